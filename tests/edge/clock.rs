//! The clock goes on whatever comes from the terminal, and nothing wakes the program but the clock.

use std::thread;
use std::time::Duration;

use crate::edge::{ARMED, HomeTerminal, SECOND, soaking, waiting};
use crate::support::counts::count;
use crate::support::many::figure;

/// What a terminal may leave unfinished: sequences, a character of two, three, four bytes, a paste, a mouse report, an
/// answer to a question nobody asked.
const HALVES: [&[u8]; 8] = [
    b"\x1b[",
    b"\x1bO",
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\x1b[200~never closed",
    b"\x1b[<0;1;",
    b"\x1b]11;rgb:0000/",
];
const PASTE: &[u8] = b"\x1b[200~";

#[test]
fn no_half_sequence_stops_the_clock() {
    let seconds = count(3, 10);
    thread::scope(|scope| {
        for half in HALVES {
            scope.spawn(move || {
                let terminal = soaking();
                terminal.pty.send(half);
                keeps_time(&terminal, seconds, &format!("{:?}", String::from_utf8_lossy(half)));
                terminal.pty.signal(rustix::process::Signal::TERM);
                terminal.pty.wait_exit(SECOND);
                terminal.pty.assert_given_back();
            });
        }
    });
}

/// A paste is passed on as it comes, and nothing is kept of it.
#[test]
fn an_endless_paste_takes_no_memory_and_no_time() {
    let megabytes = count(1, 64);
    let terminal = soaking();
    let before = terminal.pty.memory();
    terminal.pty.send(PASTE);
    for _ in 0..megabytes {
        terminal.pty.send(&vec![b'y'; 1 << 20]);
    }
    keeps_time(&terminal, 3, "paste without end");
    let grown = terminal.pty.memory().saturating_sub(before) >> 20;
    assert!(grown <= 4, "{grown} MiB for {megabytes}");
    figure(&format!("paste without end: {grown} MiB of memory for {megabytes} MiB, clock within 0.25 s of 3 s"));
    terminal.pty.signal(rustix::process::Signal::TERM);
    terminal.pty.wait_exit(SECOND);
    terminal.pty.assert_given_back();
}

#[test]
fn no_flood_of_keys_stops_the_clock() {
    let terminal = soaking();
    terminal.pty.send(&[b'#'; 3_000]);
    keeps_time(&terminal, 3, "flood");
}

#[track_caller]
fn keeps_time(terminal: &HomeTerminal, seconds: u32, what: &str) {
    let took = terminal.count(seconds);
    let wrong = took.abs_diff(SECOND * seconds);
    assert!(wrong < Duration::from_millis(250), "{what}: {seconds} s took {took:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn waiting_wakes_for_nothing() {
    let terminal = waiting();
    terminal.pty.settle(ARMED);
    let before = terminal.pty.wake_ups();
    assert!(terminal.pty.is_quiet(3 * SECOND), "bytes were written while nothing changed");
    assert_eq!(terminal.pty.wake_ups() - before, 0);
    // Half an answer is waited for no longer than it may take; then nothing wakes again.
    terminal.pty.send(b"\x1b]11;rgb:");
    terminal.pty.is_quiet(2 * SECOND + ARMED);
    let before = terminal.pty.wake_ups();
    terminal.pty.is_quiet(2 * SECOND);
    assert_eq!(terminal.pty.wake_ups() - before, 0, "after half an answer");
}

#[cfg(target_os = "linux")]
#[test]
fn counting_wakes_once_a_second() {
    let terminal = soaking();
    let asleep = || {
        terminal.count(1);
        // It has drawn the second and sleeps again.
        terminal.pty.settle(SECOND / 5);
        (terminal.pty.wake_ups(), terminal.left())
    };
    let (before, from) = asleep();
    terminal.count(3);
    let (after, to) = asleep();
    assert_eq!(after - before, u64::from(from - to));
}
