//! Keys, answers and halves of both at the real terminal; where its cursor stands, and what terminals of other kinds get.

use std::num::NonZero;
use std::time::Duration;

use rustix::process::Signal;

use crate::edge::{ARMED, SECOND, soaking, waiting};
use crate::support::counts::count;
use crate::support::pty::{Pty, Setup, State};
use crate::support::typed::ANSWERS;

/// A rehearsal, hands free for the best part of a minute.
fn hands_free(home: &std::path::Path, term: &str) -> Pty {
    let pty = Setup::dermaroll(&["rehearse"], home).env("TERM", term).start();
    pty.press_until(" ", "Question 1 of 3").press_until("n", "Question 2").press_until("n", "Question 3");
    pty.press_until("n", "Read your answers").press_until("c", "NOTHING ON YOUR CHECKLIST STOPS TODAY");
    pty.press_until("s", "LAST TOUCH").press_until("d", "done   done").press_until("y", "bell noticed");
    pty.press_until(" ", "HANDS FREE");
    // Nobody's last key is held any longer.
    pty.let_pass(SECOND * 3 / 2);
    pty
}

#[test]
fn no_answer_pauses_and_any_key_does() {
    let home = tempfile::tempdir().unwrap();
    let pty = hands_free(home.path(), "xterm-256color");
    for (number, answer) in ANSWERS.iter().enumerate() {
        let cut = number % answer.len();
        pty.send(&answer[..cut]);
        pty.is_quiet(Duration::from_millis(5));
        pty.send(&answer[cut..]);
    }
    pty.is_quiet(Duration::from_millis(300));
    assert!(pty.screen().contains("HANDS FREE"), "{}", pty.screen());
    let keys: [&[u8]; 6] = [b"\x1b[E", b"\x1bOM", b"\x1b[27;5;13~", b"\xff", b"\x1b[", b"\x1b[200~never closed"];
    let few = usize::try_from(count(3, 6)).unwrap();
    for key in &keys[6 - few..] {
        pty.send(key);
        pty.wait_text("PAUSED");
        if key.starts_with(b"\x1b[200~") {
            break;
        }
        pty.settle(ARMED);
        pty.press_until(" ", "HANDS FREE");
        pty.let_pass(SECOND * 3 / 2);
    }
    // Within the paste, too.
    pty.send(b"\x03");
    pty.wait_text("Press Ctrl-C once more");
    pty.send(b"\x03");
    assert_eq!(pty.wait_exit(SECOND).0, State::Left(130));
    pty.assert_given_back();
}

#[test]
fn what_reports_elsewhere_is_a_key_of_the_consoles_that_report_nothing() {
    let home = tempfile::tempdir().unwrap();
    let pty = hands_free(home.path(), "cons25");
    let keys: [&[u8]; 4] = [b"\x1b[I", b"\x1b[O", b"\x1b[M", b"\x1b[["];
    let few = usize::try_from(count(2, 4)).unwrap();
    for key in &keys[..few] {
        pty.send(key);
        pty.wait_text("PAUSED");
        pty.settle(ARMED);
        pty.press_until(" ", "HANDS FREE");
        pty.let_pass(SECOND * 3 / 2);
    }
    // Keys at once behind F1 are keys.
    pty.send(b"\x1b[M\x03\x03");
    assert_eq!(pty.wait_exit(SECOND).0, State::Left(130));
    pty.assert_given_back();
}

#[test]
fn ctrl_c_is_heard_in_every_half() {
    let halves: [&[u8]; 8] =
        [b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[200~yy", b"\x1b]11;rgb:", b"\x1bP1$r", b"\xe2\x82", b"\x1b[<0;1"];
    for half in halves {
        let terminal = soaking();
        terminal.pty.send(half);
        terminal.pty.wait_typed();
        terminal.pty.send(b"\x03");
        terminal.pty.wait_text("Press Ctrl-C once more");
        terminal.pty.send(b"\x03");
        assert_eq!(terminal.pty.wait_exit(SECOND).0, State::Left(130), "{half:?}");
    }
}

/// The name of a roller, which is asked for at the first start.
fn naming(home: &std::path::Path) -> Pty {
    let pty = Setup::dermaroll(&[], home).start();
    pty.wait_text("First session").press_until("\r", "What do you call your roller?");
    pty.send(b"blue");
    pty.wait_text("blue");
    pty
}

#[test]
fn a_slow_line_makes_no_escape_of_an_arrow_in_a_field() {
    let home = tempfile::tempdir().unwrap();
    let pty = naming(home.path());
    pty.send(b"\x1b");
    pty.is_quiet(Duration::from_millis(2));
    pty.send(b"[D");
    pty.wait_typed();
    for answer in ANSWERS {
        pty.send(answer);
    }
    pty.send(b"x");
    pty.wait_text("bluxe").wait_text("What do you call your roller?");
    // The cursor of the terminal stands behind what was typed.
    pty.wait_for("the cursor in the field", |screen| {
        let (row, column) = screen.cursor_position();
        screen.contents_between(row, 0, row, column).ends_with("blux")
    });
    assert_eq!(pty.quit_with("\x03"), State::Left(130));
}

#[test]
fn the_cursor_stays_in_the_field_while_a_clock_counts() {
    let terminal = soaking();
    for question in 2..=14 {
        terminal.pty.press_until("n", &format!("Question {question} of"));
    }
    terminal.pty.press_until("y", "Choose every one").press_until("2", "[x]  2").press_until("\r", "Type a number");
    terminal.pty.send(b"34");
    terminal.pty.wait_text("How long  34");
    terminal.count(2);
    terminal.pty.settle(SECOND / 5);
    terminal.pty.wait_for("the cursor in the field", |screen| {
        let (row, column) = screen.cursor_position();
        screen.contents_between(row, 0, row, column).ends_with("How long  34")
    });
    terminal.pty.signal(Signal::TERM);
    terminal.pty.wait_exit(SECOND);
}

#[test]
fn answers_within_a_line_answer_nothing() {
    let home = tempfile::tempdir().unwrap();
    let pty = Setup::dermaroll(&["--plain", "check"], home.path()).start();
    pty.wait_text("Question 1 of");
    let all = ANSWERS.concat();
    for (line, wanted) in [("", "No answer yet."), ("n", "Question 2 of")] {
        pty.settle(ARMED);
        pty.is_quiet(ARMED);
        pty.send(&all);
        pty.send(line.as_bytes());
        pty.send(b"\n");
        pty.wait_text(wanted);
    }
    pty.signal(Signal::TERM);
    pty.wait_exit(SECOND);
}

#[test]
fn a_key_of_a_console_within_a_line_swallows_no_letter_of_it() {
    let home = tempfile::tempdir().unwrap();
    let pty = Setup::dermaroll(&["--plain", "check"], home.path()).env("TERM", "scoansi").start();
    pty.wait_text("Question 1 of");
    pty.settle(ARMED);
    pty.is_quiet(ARMED);
    pty.send(b"\x1b[Mn\n");
    pty.wait_text("Question 2 of");
    pty.signal(Signal::TERM);
    pty.wait_exit(SECOND);
}

/// What a terminal without an alternate screen shows of `bytes`, and where its cursor ends up.
fn without_alternate_screen(bytes: &[u8]) -> vt100::Parser {
    let size = |size| NonZero::new(size).unwrap();
    let mut parser = vt100::Parser::new(size(24), size(80), 0);
    let text = String::from_utf8_lossy(bytes).replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
    parser.process(text.as_bytes());
    parser
}

#[test]
fn the_prompt_stands_on_a_line_of_its_own_on_every_terminal() {
    let terminal = waiting();
    assert_eq!(terminal.pty.quit_with("q"), State::Left(0));
    terminal.pty.assert_given_back();
    let mut parser = without_alternate_screen(&terminal.pty.bytes());
    assert_eq!(parser.screen().cursor_position().1, 0, "in the first column");
    parser.process(b"$ ls");
    let contents = parser.screen().contents();
    assert_eq!(contents.trim_end().lines().last(), Some("$ ls"), "{contents}");
    assert!(contents.contains("q leave"), "the last frame stays: {contents}");
}

#[test]
fn terminals_get_what_they_can_show() {
    for (term, screens) in
        [("xterm-256color", true), ("vt100", true), ("vt52", false), ("adm3a", false), ("never-heard-of", false)]
    {
        let home = tempfile::tempdir().unwrap();
        let pty = Setup::dermaroll(&[], home.path()).size(80, 60).env("TERM", term).start();
        pty.wait_text("First session");
        pty.settle(ARMED);
        let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
        assert_eq!(text.contains('\x1b'), screens, "{term}: {text:?}");
        pty.signal(Signal::TERM);
        pty.wait_exit(SECOND);
    }
}
