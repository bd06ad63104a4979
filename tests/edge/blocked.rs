//! A terminal that takes no output: the program is stuck in a write and ends all the same. Its screen cannot be left
//! then; its settings are as they were.

use std::time::Duration;

use rustix::process::Signal;

use crate::edge::breaking::{self, Break};
use crate::edge::{ARMED, SECOND, waiting, waiting_in};
use crate::support::counts::count;
use crate::support::many::{figure, worst};
use crate::support::pty::{Pty, Setup, State, now};

/// Ctrl-L, so often that the frames fill every buffer on the way.
const REPAINT: [u8; 600] = [0x0c; 600];

/// Every other terminal is halted as by Ctrl-S; nobody reads from the rest.
fn block(pty: &Pty, number: u32) {
    if number.is_multiple_of(2) {
        pty.block_output()
    } else {
        pty.stop_reading()
    }
    for part in REPAINT.chunks(200) {
        pty.send(part);
        pty.is_quiet(ARMED / 10);
    }
}

fn ends(pty: &Pty, state: State, act: impl FnOnce(&Pty)) -> Duration {
    let began = now();
    act(pty);
    let (ended, _) = pty.wait_exit(5 * SECOND);
    let took = pty.since() - began;
    assert_eq!(ended, state);
    assert_eq!(pty.settings(), pty.before, "settings of the terminal");
    assert!(took < SECOND, "{state:?} took {took:?}");
    took
}

#[test]
fn a_signal_is_obeyed() {
    let count = count(1, 20);
    for (offset, signal) in (0..).zip([Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT]) {
        let worst = worst(count, |number| {
            let terminal = waiting();
            block(&terminal.pty, number + offset);
            ends(&terminal.pty, State::Left(128 + signal.as_raw()), |pty| pty.signal(signal))
        });
        figure(&format!("output blocked, {signal:?}: {count} of {count}, worst {worst:?}"));
    }
}

/// Signals are delivered only after the first frame, and this frame is never finished.
#[test]
fn a_signal_is_obeyed_before_the_first_frame() {
    let home = tempfile::tempdir().unwrap();
    for signal in [Signal::TERM, Signal::INT] {
        let pty = Setup::dermaroll(&[], home.path()).halted().start();
        let began = now();
        while pty.settings() == pty.before {
            assert!(pty.since() - began < 5 * SECOND, "the terminal is not taken over; {:?}", pty.state());
            pty.is_quiet(ARMED / 100);
        }
        ends(&pty, State::Left(128 + signal.as_raw()), |pty| pty.signal(signal));
    }
}

#[test]
fn a_panic_on_another_thread_ends_it() {
    let count = count(2, 20);
    let worst = worst(count, |number| {
        let home = tempfile::tempdir().unwrap();
        let pty = breaking::setup(home.path()).start();
        pty.wait_text("Question 1");
        // The thread begins half a second before it panics: a program that is stuck reads no key.
        let began = now();
        pty.send(&[Break::LaterThread.byte()]);
        block(&pty, number);
        let (ended, _) = pty.wait_exit(5 * SECOND);
        assert_eq!(ended, State::Left(101));
        assert_eq!(pty.settings(), pty.before, "settings of the terminal");
        pty.since() - began
    });
    figure(&format!("output blocked, panic on another thread after 0.5 s: {count} of {count}, worst {worst:?}"));
}

#[test]
fn a_closed_window_is_seen() {
    let count = count(2, 20);
    let worst = worst(count, |number| {
        let mut terminal = if number % 4 < 2 { waiting() } else { waiting_in(|setup| setup.ignoring_hang_up()) };
        block(&terminal.pty, number);
        let began = now();
        terminal.pty.hang_up();
        assert_eq!(terminal.pty.wait_exit(5 * SECOND).0, State::Left(129));
        let took = terminal.pty.since() - began;
        assert!(took < 2 * SECOND, "took {took:?}");
        took
    });
    figure(&format!("output blocked, window closed: {count} of {count}, worst {worst:?}"));
}

/// Programs that share a terminal share how it waits, and some leave it refusing.
#[test]
fn a_terminal_that_refuses_to_wait_is_waited_for() {
    let mut terminal = waiting_in(|setup| setup.reading_slowly());
    terminal.pty.refuse_to_wait();
    terminal.pty.flood(&[0x0c; 32]);
    terminal.pty.wait_count(terminal.pty.count() + 50_000);
    terminal.pty.calm();
    terminal.pty.settle(ARMED);
    assert_eq!(terminal.pty.quit_with("q"), State::Left(0));
    terminal.pty.assert_given_back();
}
