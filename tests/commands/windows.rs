//! Two windows, or a window and a command, on one data folder, each with a state folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::Signal;

use crate::support::home::Home;
use crate::support::pty::{Pty, Setup, State};

const BUSY: &str = "These records are in use by another window or command.";
const CHANGED: &str = "The records or the day have changed";

/// A home with a roller and a serum, so that Enter begins at once.
fn ready() -> Home {
    let home = Home::new();
    home.settings("serum_name = \"plain\"\n");
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home
}

fn window(home: &Home, state: &str, args: &[&str]) -> Pty {
    let state = home.path().join(state);
    let setup = Setup::dermaroll(args, home.path()).env("TZ", &home.zone());
    setup.env("XDG_STATE_HOME", state.to_str().unwrap()).start()
}

/// Opens a field by `key` and types `text` there. `title` stands above it.
fn typed(window: &Pty, key: &str, title: &str, text: &str) {
    window.press_until(key, title);
    // The key may have been pressed twice.
    window.send(b"\x15");
    window.send(text.as_bytes());
    window.wait_text(text);
}

fn whole(window: &Pty) -> String {
    window.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An unfinished session, left by a window that was killed.
fn leave_one_unfinished(home: &Home) {
    let begun = window(home, "other", &[]);
    begun.wait_text("Last session").press_until("\r", "Soak the roller");
    begun.signal(Signal::KILL);
    begun.end();
}

fn deleted_day(home: &Home, days: i64) {
    let folder = home.data().join("intervals");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{}-aaaa.toml", home.stamp(days))), "").unwrap();
}

fn sessions(home: &Home) -> Vec<(PathBuf, String)> {
    home.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/sessions/")).collect()
}

#[test]
fn a_second_window_is_told_and_changes_nothing_whatever_its_state_folder() {
    let home = ready();
    let first = window(&home, "one", &[]);
    first.wait_text("First session").press_until("\r", "Soak the roller");
    let before = home.files();
    for args in [&[][..], &["--plain"], &["check", "--save"], &["--data-dir", home.data().to_str().unwrap()]] {
        let second = window(&home, "two", args);
        let (state, text) = second.end();
        assert_eq!(state, State::Left(6), "{args:?}: {text}");
        assert!(text.contains(BUSY) && text.contains("Nothing was changed."), "{args:?}: {text}");
    }
    let note = home.run(&["roller", "retire", "blue"]);
    assert_eq!(note.status, 6, "{note:?}");
    assert_eq!(home.files(), before);
    // Another person's records are another folder.
    window(&home, "two", &["--profile", "anna"]).wait_text("First session").quit_with("q");
    // One that is killed holds nothing.
    first.signal(Signal::KILL);
    first.end();
    window(&home, "two", &[]).wait_text("UNFINISHED SESSION").quit_with("q");
    home.run(&["roller", "retire", "blue"]).done();
}

#[test]
fn a_welcome_screen_keeps_nobody_from_writing_and_waits_for_its_turn() {
    let home = ready();
    let (first, second) = (window(&home, "one", &[]), window(&home, "two", &[]));
    second.wait_text("First session");
    first.wait_text("First session");
    home.run(&["serum", "add", "gel"]).done();
    first.press_until("\r", "Soak the roller");
    let before = home.files();
    second.press_until("\r", BUSY);
    assert!(second.screen().contains("First session") && second.screen().contains("Nothing was changed."));
    assert_eq!(home.files(), before);
    assert_eq!(home.run(&["log", &home.ago(40)]).status, 6);
    // The other one is over: what it left is shown before anything else can be chosen.
    first.press_until("q", "LEAVE?");
    first.signal(Signal::TERM);
    first.end();
    second.press_until("\r", "UNFINISHED SESSION");
    assert_eq!(sessions(&home).len(), 1, "no second one was begun");
    home.run(&["serum", "add", "cream"]).done();
    second.press_until("g", "Soak the roller");
    assert_eq!(home.run(&["serum", "add", "oil"]).status, 6);
    assert_eq!(sessions(&home).len(), 1);
}

#[test]
fn how_long_ago_another_window_left_a_session_is_told_by_the_present_clocks() {
    let home = ready();
    let (first, second) = (window(&home, "one", &[]), window(&home, "two", &[]));
    second.wait_text("First session");
    first.wait_text("First session").press_until("\r", "Soak the roller").press_until(" ", "Question 1 of");
    first.signal(Signal::TERM);
    first.end();
    second.press_until("\r", "UNFINISHED SESSION");
    let shown = whole(&second);
    assert!(shown.contains("just now") && !shown.contains("can't tell how long"), "{shown}");
    second.press_until("g", "Question 1 of");
}

#[test]
fn what_changed_behind_a_welcome_screen_is_shown_before_anything_is_begun() {
    let home = ready();
    let today = home.ago(0);
    let changes: [(&[&str], &str); 3] = [
        (&["roller", "retire", "blue"], "First session"),
        (&["log", "2026-01-04"], "Last session"),
        (&["log", &today], "not today"),
    ];
    for (change, shown) in changes {
        let window = window(&home, "one", &[]);
        window.settle(std::time::Duration::from_millis(300));
        home.run(change).done();
        let before = sessions(&home);
        window.press_until("\r", CHANGED).wait_text(shown);
        assert_eq!(sessions(&home), before, "{change:?}");
        window.quit_with("q");
        if change[0] == "roller" {
            home.run(&["roller", "add", "red", "--length", "0.13"]).done();
        }
    }
}

#[test]
fn an_offer_that_is_gone_cannot_be_taken() {
    for (key, asks) in [("p", "CLOSE THIS SESSION?"), ("d", "DELETE THIS SESSION?")] {
        let home = ready();
        let begun = window(&home, "one", &[]);
        begun.wait_text("First session").press_until("\r", "Soak the roller");
        begun.signal(Signal::KILL);
        begun.end();
        let windows = ["one", "two"].map(|state| window(&home, state, &[]));
        windows.iter().for_each(|window| _ = window.wait_text("UNFINISHED SESSION"));
        let [first, second] = &windows;
        first.press_until(key, asks).press_until("y", "First session");
        let before = home.files();
        second.press_until("g", CHANGED).wait_text("First session");
        assert_eq!(home.files(), before);
        windows.iter().for_each(|window| _ = window.quit_with("q"));
    }
}

#[test]
fn in_lines_it_is_the_same() {
    let home = ready();
    let (first, second) = (window(&home, "one", &[]), window(&home, "two", &["--plain"]));
    second.wait_text("Enter: begin a session.");
    first.wait_text("First session").press_until("\r", "Soak the roller");
    let before = home.files();
    second.press_until("\r", BUSY);
    assert_eq!(home.files(), before);
}

/// What another window or a sync program does while something is typed here, and what is shown then.
type Deed = (&'static str, fn(&Home), &'static str);

const WHILE_A_NOTE_IS_TYPED: [Deed; 7] = [
    ("another session", |home| _ = home.run(&["log", &home.ago(1)]).done(), "not today"),
    ("an older session", |home| _ = home.run(&["log", &home.ago(60)]).done(), "session 3 of"),
    ("a note", |home| _ = home.run(&["note", "calm again"]).done(), "\"pink"),
    ("a roller", |home| _ = home.run(&["roller", "retire", "blue"]).done(), "asked next"),
    ("a deleted day", |home| deleted_day(home, 3), "not today"),
    ("an unreadable folder", |home| fs::write(home.data().join("intervals"), "").unwrap(), "NOT TODAY"),
    ("an unfinished session", leave_one_unfinished, "UNFINISHED SESSION"),
];

#[test]
fn a_note_is_kept_with_the_session_that_it_was_typed_for() {
    for (what, deed, shown) in WHILE_A_NOTE_IS_TYPED {
        for (key, title) in [("w", "A LATER NOTE"), ("", "")] {
            let home = ready();
            // Day 3 would be within the least interval, and nobody could begin there.
            let days = if key.is_empty() { 7 } else { 40 };
            home.settings("serum_name = \"plain\"\ninterval_days = 7\n");
            home.run(&["log", &home.ago(days)]).done();
            let id = home.id_of(&home.ago(days));
            let here = window(&home, "one", &[]);
            here.wait_text("Last session");
            if !key.is_empty() {
                typed(&here, key, title, "pink until noon");
            } else {
                here.press_until("c", "HOW IS YOUR SKIN?").press_until("1", "[x]");
            }
            deed(&home);
            let before = home.files();
            here.press_until("\r", CHANGED).wait_text(shown);
            assert!(whole(&here).contains("Noted all the same"), "{what}: {}", whole(&here));
            let new: Vec<_> = home.files().into_iter().filter(|file| !before.contains(file)).collect();
            let [(path, text)] = new.as_slice() else { panic!("{what}: {new:?}") };
            assert!(path.to_string_lossy().contains(&format!("{id}.later-")), "{what}: {path:?}");
            let said = if key.is_empty() { "felt = [\"pink\"]" } else { "text = \"pink until noon\"" };
            assert!(text.contains(said) && text.contains(&format!("day = {days}\n")), "{what}: {text}");
            here.quit_with("q");
        }
    }
}

#[test]
fn a_note_on_a_session_that_is_gone_stays_in_its_field() {
    let remove = |home: &Home, days: i64| {
        let id = home.id_of(&home.ago(days));
        let is_its = |path: &Path| path.to_string_lossy().contains(&id);
        home.files().iter().filter(|(path, _)| is_its(path)).for_each(|(path, _)| fs::remove_file(path).unwrap());
    };
    let home = ready();
    home.run(&["log", &home.ago(50)]).done();
    home.run(&["log", &home.ago(40)]).done();
    let here = window(&home, "one", &[]);
    here.wait_text("Last session");
    typed(&here, "w", "A LATER NOTE", "pink until noon");
    remove(&home, 40);
    let before = home.files();
    here.press_until("\r", "is gone").wait_text("pink until noon").wait_text("50 days ago");
    assert_eq!(home.files(), before, "it was noted on another session");
    remove(&home, 50);
    here.press_until("\r", "no session left").wait_text("pink until noon").wait_text("No session is left");
    here.press_until("\r", "no session left").wait_text("pink until noon");
    here.press_until("\x1b", "First session").quit_with("q");
    // Where another one is there, the next Enter notes it there, since that is what the screen says.
    home.run(&["log", &home.ago(50)]).done();
    home.run(&["log", &home.ago(40)]).done();
    let here = window(&home, "one", &[]);
    here.wait_text("Last session");
    typed(&here, "w", "A LATER NOTE", "pink until noon");
    remove(&home, 40);
    here.press_until("\r", "is gone").press_until("\r", "Noted, day 50");
    assert!(home.files().iter().any(|(_, text)| text.contains("pink until noon") && text.contains("day = 50\n")));
}

/// What decides whether one may begin, or is shown before: nothing begins behind it, and the reason is not lost.
const WHILE_A_REASON_IS_TYPED: [Deed; 10] = [
    ("a deleted day of nine days ago", |home| deleted_day(home, 9), "19 days early"),
    ("a deleted day of two days ago", |home| deleted_day(home, 2), "not today"),
    ("a session of ten days ago", |home| _ = home.run(&["log", &home.ago(10)]).done(), "18 days early"),
    ("an older session", |home| _ = home.run(&["log", &home.ago(60)]).done(), "8 days early"),
    ("a note", |home| _ = home.run(&["note", "calm again"]).done(), "8 days early"),
    ("another roller", |home| _ = home.run(&["roller", "add", "red", "--length", ".1"]).done(), "8 days early"),
    ("a roller retired", |home| _ = home.run(&["roller", "retire", "blue"]).done(), "8 days early"),
    (
        "a session that cannot be read",
        |home| {
            fs::write(home.data().join(format!("sessions/{}-bbbb.toml", home.stamp(12))), "").unwrap();
        },
        "16 days early",
    ),
    ("an unreadable folder", |home| fs::write(home.data().join("intervals"), "").unwrap(), "NOT TODAY"),
    ("the only session gone", |home| fs::remove_dir_all(home.data().join("sessions")).unwrap(), "First session"),
];

#[test]
fn no_early_start_begins_on_what_was_not_seen_and_its_reason_stays() {
    for (what, deed, shown) in WHILE_A_REASON_IS_TYPED {
        let home = ready();
        home.run(&["log", &home.ago(20)]).done();
        let here = window(&home, "one", &[]);
        here.wait_text("NOT DUE YET");
        typed(&here, "e", "START EARLY", "a wedding on Friday");
        deed(&home);
        let before = home.files();
        here.press_until("\r", CHANGED).wait_text(shown);
        assert_eq!(home.files(), before, "{what}: {}", here.screen());
        if shown.starts_with("ends") {
            here.wait_text("a wedding on Friday").press_until("\x1b", "NOT DUE YET");
            here.press_until("e", "START EARLY").wait_text("a wedding on Friday");
        }
        here.signal(Signal::TERM);
    }
    // It is written down once it begins.
    let home = ready();
    home.run(&["log", &home.ago(20)]).done();
    let here = window(&home, "one", &[]);
    here.wait_text("NOT DUE YET");
    typed(&here, "e", "START EARLY", "a wedding on Friday");
    deleted_day(&home, 9);
    here.press_until("\r", CHANGED).press_until("\r", "Soak the roller");
    assert!(sessions(&home).iter().any(|(_, text)| text.contains("early_reason = \"a wedding on Friday\"")));
}

#[test]
fn what_is_typed_on_the_first_run_is_held_by_the_lock() {
    let home = Home::new();
    let here = window(&home, "one", &[]);
    here.wait_text("First session").press_until("\r", "YOUR ROLLER");
    for (text, next) in [("blue", "How long are the needles"), ("0.13", "new in a sealed pack")] {
        here.send(text.as_bytes());
        here.wait_text(text);
        // No session runs, and nobody says so.
        let (other, refused) = (window(&home, "two", &[]), home.run(&["roller", "add", "red", "--length", ".1"]));
        assert!(refused.status == 6 && refused.err.contains(BUSY), "{refused:?}");
        other.press_until("\r", BUSY).quit_with("q");
        assert!(home.files().is_empty());
        here.wait_text(text).press_until("\r", next);
    }
    here.press_until("2", "YOUR SERUM");
    here.send(b"gel");
    here.wait_text("gel");
    assert_eq!(home.run(&["serum", "add", "oil"]).status, 6);
    here.press_until("\r", "Soak the roller");
    let texts: Vec<String> = home.files().into_iter().map(|(_, text)| text).collect();
    assert!(["\"blue\"", "\"gel\""].iter().all(|name| texts.iter().any(|text| text.contains(name))), "{texts:?}");
}

#[test]
fn what_changed_is_told_whole_on_a_small_window() {
    let home = ready();
    home.run(&["log", &home.ago(20)]).done();
    let small = || Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).size(40, 15).start();
    let here = small();
    here.wait_text("NOT DUE YET");
    typed(&here, "e", "START EARLY", "a wedding");
    deleted_day(&home, 9);
    here.press_until("\r", "The records or the day");
    let told = "Nothing was begun, and your reason is still here. Press Esc to see what is known now.";
    assert!(whole(&here).contains(told), "{}", here.screen());
    let there = window(&home, "two", &[]);
    there.wait_text("NOT DUE YET");
    typed(&there, "e", "START EARLY", "a wedding");
    there.press_until("\r", "Soak the roller");
    here.press_until("\r", "These records are in use");
    let told = "by another window or command. Nothing was changed. Finish there, then try again.";
    assert!(whole(&here).contains(told), "{}", here.screen());
}
