//! How it ends: by signals, by a closed window, after a halt. The terminal is then as it was.

use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::support::pty::{Setup, State};
use crate::{ARMED, SECOND, soaking, waiting, waiting_in};

const FATAL: [Signal; 4] = [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT];

fn status_of(signal: Signal) -> State {
    State::Left(128 + signal.as_raw())
}

/// Does `check` for each of `cases`, all at once.
fn each<T: Copy + Send + Sync>(cases: &[T], check: impl Fn(T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| check(*case));
        }
    });
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_as_before() {
    each(&FATAL, |signal| {
        let room = soaking();
        assert_ne!(room.pty.settings(), room.pty.before);
        room.pty.signal(signal);
        assert_eq!(room.pty.wait_exit(SECOND).0, status_of(signal));
        room.pty.assert_given_back();
    });
}

#[test]
fn a_halt_gives_the_terminal_back_and_going_on_takes_it_again() {
    let room = soaking();
    let taken = room.pty.settings();
    for _ in 0..3 {
        room.pty.signal(Signal::TSTP);
        room.pty.wait_state(State::Stopped, SECOND);
        room.pty.assert_given_back();
        room.pty.signal(Signal::CONT);
        room.pty.wait_state(State::Running, SECOND);
        room.pty.wait_for("screen again", |screen| {
            screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains("soak ")
        });
        assert_eq!(room.pty.settings(), taken);
    }
    room.pty.signal(Signal::TERM);
    assert_eq!(room.pty.wait_exit(SECOND).0, status_of(Signal::TERM));
    room.pty.assert_given_back();
}

#[test]
fn ctrl_z_halts_as_well() {
    let room = soaking();
    room.pty.send(b"\x1a");
    room.pty.wait_state(State::Stopped, SECOND);
    room.pty.assert_given_back();
    room.pty.signal(Signal::CONT);
    room.pty.wait_for("screen again", |screen| screen.alternate_screen());
}

#[test]
fn a_signal_to_a_halted_program_ends_it_when_it_goes_on() {
    let room = soaking();
    room.pty.signal(Signal::TSTP);
    room.pty.wait_state(State::Stopped, SECOND);
    room.pty.signal(Signal::TERM);
    room.pty.signal(Signal::CONT);
    assert_eq!(room.pty.wait_exit(SECOND).0, status_of(Signal::TERM));
    room.pty.assert_given_back();
}

#[test]
fn a_closed_window_ends_it_also_where_hang_up_is_ignored() {
    let plain: fn(Setup) -> Setup = |setup| setup;
    each(&[plain, Setup::ignoring_hang_up], |change| {
        let mut room = waiting_in(change);
        room.pty.hang_up();
        assert_eq!(room.pty.wait_exit(2 * SECOND).0, status_of(Signal::HUP));
    });
}

#[test]
fn a_window_closed_in_the_middle_of_output_is_a_closed_window_too() {
    each(&[(); 8], |()| {
        let mut room = waiting();
        // Every one of these asks for the whole screen anew.
        room.pty.send(&[0x0c; 2_000]);
        room.pty.hang_up();
        assert_eq!(room.pty.wait_exit(2 * SECOND).0, status_of(Signal::HUP));
    });
}

#[test]
fn a_signal_is_obeyed_while_the_terminal_takes_no_output() {
    each(&FATAL, |signal| {
        let room = soaking();
        room.pty.block_output();
        // The next second cannot be drawn; the program is stuck in it.
        room.pty.send(b"\x0c");
        room.pty.settle(ARMED);
        room.pty.signal(signal);
        let (state, took) = room.pty.wait_exit(SECOND);
        assert_eq!(state, status_of(signal), "after {took:?}");
        assert_eq!(room.pty.settings(), room.pty.before);
    });
}

#[test]
fn a_signal_during_the_start_is_obeyed_too() {
    // Before the terminal is taken over, in the middle of it, and after.
    let moments: Vec<u64> = (0..12).map(|step| step * 2).collect();
    for moment in moments {
        let home = tempfile::tempdir().unwrap();
        let pty = Setup::dermaroll(&[], home.path()).start();
        pty.is_quiet(Duration::from_millis(moment));
        pty.signal(Signal::TERM);
        let (state, _) = pty.wait_exit(2 * SECOND);
        let untouched = State::Killed(Signal::TERM.as_raw());
        assert!(state == status_of(Signal::TERM) || state == untouched, "{state:?} after {moment} ms");
        pty.assert_given_back();
    }
}
