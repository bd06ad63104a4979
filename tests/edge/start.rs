//! Where it does not start: without a terminal for its keys, for its screens, or one that can place text.

use std::process::{Command, Stdio};

use crate::edge::SECOND;
use crate::support::pty::{PROGRAM, Setup, State};

#[test]
fn keys_never_come_from_a_pipe() {
    let out = Command::new(PROGRAM).stdin(Stdio::null()).output().unwrap();
    refused(&out.stderr, out.status.code());
    assert!(out.stdout.is_empty());
}

#[test]
fn screens_never_go_into_a_pipe_but_lines_do() {
    let home = tempfile::tempdir().unwrap();
    let script = format!("'{PROGRAM}' check | cat");
    let pty = Setup::new("sh", &["-c", &script]).home(home.path()).start();
    pty.wait_text("Question 1 of");
    // Ctrl-C: the terminal is not taken over.
    pty.send(b"\x03");
    pty.wait_exit(5 * SECOND);
    assert!(!pty.bytes().contains(&0x1b), "an escape sequence goes into a pipe");
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_cannot_place_text_gets_lines() {
    for kind in ["dumb", ""] {
        let home = tempfile::tempdir().unwrap();
        let pty = Setup::dermaroll(&["check"], home.path()).env("TERM", kind).start();
        pty.wait_text("Question 1 of");
        pty.press_until("?\r", "WHY THIS IS ASKED");
        pty.send(b"\x03");
        assert_eq!(pty.wait_exit(5 * SECOND).0, State::Left(130), "TERM={kind}");
        assert!(!pty.bytes().contains(&0x1b), "an escape sequence for TERM={kind}");
        pty.assert_given_back();
    }
}

fn refused(stderr: &[u8], status: Option<i32>) {
    assert_eq!(status, Some(2));
    let said = String::from_utf8_lossy(stderr);
    assert!(said.contains("Nothing was started.") && said.lines().count() == 1, "{said}");
}
