//! Commands in a narrow terminal break their lines at blanks; elsewhere the lines stay as they are.

use core::time::Duration;

use crate::support::home::Home;
use crate::support::pty::{Setup, State};

const LIMIT: Duration = Duration::from_secs(20);

/// What a command shows in a terminal of so many columns.
fn shown(home: &Home, columns: u16, args: &[&str]) -> String {
    let pty = Setup::dermaroll(args, home.path()).size(columns, 40).start();
    assert!(matches!(pty.wait_exit(LIMIT).0, State::Left(_)));
    pty.drain();
    pty.screen()
}

/// No row is wider than the window but those that hold a command or a path alone.
fn keep_to(columns: usize, text: &str) -> bool {
    text.lines().all(|row| row.chars().count() <= columns || row.starts_with("dermaroll ") || row.starts_with('/'))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_line_is_broken_in_mid_word() {
    let home = Home::new();
    let long =
        "Its needles are not below the article's limit of 0.15 mm. You can go on; each session tells you so and asks.";
    let added = shown(&home, 40, &["roller", "add", "blue", "--length", "0.2"]);
    assert!(flat(&added).contains(long) && keep_to(40, &added), "{added}");
    assert!(flat(&added).contains("dermaroll undo within the hour, later"), "{added}");
    let refused = shown(&home, 40, &["roller", "add", "blue", "--length", "0.2"]);
    assert!(keep_to(40, &refused) && flat(&refused).contains("already"), "{refused}");
    let logged = shown(&home, 40, &["log", "2026-01-05"]);
    assert!(flat(&logged).contains("Entered: a session of Mon 5 Jan 2026, in /") && keep_to(40, &logged), "{logged}");
}

#[test]
fn a_session_is_shown_in_the_shape_of_a_narrow_window() {
    let home = Home::new();
    home.run(&["log", "2026-01-05", "--note", "A note of more words than stand in one row of a narrow window"]);
    let text = shown(&home, 40, &["show", "last"]);
    assert!(text.lines().all(|row| row.chars().count() <= 38), "{text}");
    assert!(flat(&text).contains("A note of more words than stand in one row of a narrow window"), "{text}");
}

#[test]
fn without_a_terminal_every_line_is_whole() {
    let home = Home::new();
    let added = home.run(&["roller", "add", "blue", "--length", "0.2"]).done();
    assert!(added.lines().any(|line| line.chars().count() > 80), "{added}");
}

#[test]
fn what_is_to_be_copied_is_left_to_the_terminal() {
    let home = Home::new();
    let text = shown(&home, 40, &["config", "path"]);
    let line = format!("records   {}", home.data().display());
    // The terminal gives back as one line what it broke itself.
    assert!(line.len() > 40 && text.lines().any(|row| row == line), "{text}");
}
