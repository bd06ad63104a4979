//! How it ends: by signals, by a closed window, after a halt. The terminal is then as it was.

use std::time::Duration;

use rustix::process::Signal;

use crate::edge::{SECOND, soaking, waiting};
use crate::support::counts::count;
use crate::support::many::{figure, worst};
use crate::support::pty::{Setup, State, now};

fn status_of(signal: Signal) -> State {
    State::Left(128 + signal.as_raw())
}

#[test]
fn a_halt_gives_the_terminal_back_and_going_on_takes_it_again() {
    let terminal = soaking();
    let taken = terminal.pty.settings();
    for _ in 0..3 {
        terminal.pty.signal(Signal::TSTP);
        terminal.pty.wait_state(State::Stopped, SECOND);
        terminal.pty.assert_given_back();
        terminal.pty.signal(Signal::CONT);
        terminal.pty.wait_state(State::Running, SECOND);
        terminal.pty.wait_for("screen again", |screen| {
            screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains("soak ")
        });
        assert_eq!(terminal.pty.settings(), taken);
    }
    terminal.pty.signal(Signal::TERM);
    assert_eq!(terminal.pty.wait_exit(SECOND).0, status_of(Signal::TERM));
    terminal.pty.assert_given_back();
}

/// In a window without cells no frame is drawn after it, and the program may end before it is.
#[test]
fn a_screen_that_is_taken_once_more_is_given_back_without_a_frame() {
    let terminal = soaking();
    terminal.pty.resize(0, 0);
    terminal.pty.is_quiet(SECOND / 20);
    terminal.pty.signal(Signal::STOP);
    terminal.pty.wait_state(State::Stopped, SECOND);
    terminal.pty.signal(Signal::CONT);
    terminal.pty.wait_state(State::Running, SECOND);
    terminal.pty.is_quiet(SECOND / 20);
    terminal.pty.signal(Signal::TERM);
    assert_eq!(terminal.pty.wait_exit(SECOND).0, status_of(Signal::TERM));
    terminal.pty.assert_given_back();
}

#[test]
fn ctrl_z_halts_as_well() {
    let terminal = soaking();
    terminal.pty.send(b"\x1a");
    terminal.pty.wait_state(State::Stopped, SECOND);
    terminal.pty.assert_given_back();
    terminal.pty.signal(Signal::CONT);
    terminal.pty.wait_for("screen again", |screen| screen.alternate_screen());
}

#[test]
fn a_signal_to_a_halted_program_ends_it_when_it_goes_on() {
    let terminal = soaking();
    terminal.pty.signal(Signal::TSTP);
    terminal.pty.wait_state(State::Stopped, SECOND);
    terminal.pty.signal(Signal::TERM);
    terminal.pty.signal(Signal::CONT);
    assert_eq!(terminal.pty.wait_exit(SECOND).0, status_of(Signal::TERM));
    terminal.pty.assert_given_back();
}

#[test]
fn a_window_closed_in_the_middle_of_output_is_a_closed_window_too() {
    let count = count(8, 100);
    let worst = worst(count, |_| {
        let mut terminal = waiting();
        // Every one of these asks for the whole screen anew.
        terminal.pty.send(&[0x0c; 2_000]);
        let began = now();
        terminal.pty.hang_up();
        assert_eq!(terminal.pty.wait_exit(2 * SECOND).0, status_of(Signal::HUP));
        terminal.pty.since() - began
    });
    figure(&format!("window closed in the middle of output: {count} of {count}, worst {worst:?}"));
}

#[test]
fn a_signal_during_the_start_is_obeyed_too() {
    // Before the terminal is taken over, in the middle of it, and after.
    let count = count(12, 200);
    worst(count, |number| {
        let moment = Duration::from_micros(500) * (number % 50);
        let home = tempfile::tempdir().unwrap();
        let pty = Setup::dermaroll(&[], home.path()).start();
        pty.is_quiet(moment);
        let began = now();
        pty.signal(Signal::TERM);
        let (state, _) = pty.wait_exit(2 * SECOND);
        let untouched = State::Killed(Signal::TERM.as_raw());
        assert!(state == status_of(Signal::TERM) || state == untouched, "{state:?} after {moment:?}");
        pty.assert_given_back();
        pty.since() - began
    });
}
