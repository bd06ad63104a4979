//! Two windows, or a window and a command, on one data folder, each with a state folder of its own.

use std::path::PathBuf;

use rustix::process::Signal;

use crate::house::House;
use crate::support::pty::{Pty, Setup, State};

const BUSY: &str = "A session is already running in another window.";
const CHANGED: &str = "The records or the day have changed meanwhile.";

/// A home with a roller and a serum, so that Enter begins at once.
fn ready() -> House {
    let house = House::new();
    house.settings("serum_name = \"plain\"\n");
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house
}

fn window(house: &House, state: &str, args: &[&str]) -> Pty {
    let state = house.path().join(state);
    let setup = Setup::dermaroll(args, house.path()).env("TZ", &house.zone());
    setup.env("XDG_STATE_HOME", state.to_str().unwrap()).start()
}

fn sessions(house: &House) -> Vec<(PathBuf, String)> {
    house.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/sessions/")).collect()
}

#[test]
fn a_second_window_is_told_and_changes_nothing_whatever_its_state_folder() {
    let house = ready();
    let first = window(&house, "one", &[]);
    first.wait_text("First session").press_until("\r", "Soak the roller");
    let before = house.files();
    for args in [&[][..], &["--plain"], &["check", "--save"], &["--data-dir", house.data().to_str().unwrap()]] {
        let second = window(&house, "two", args);
        let (state, text) = second.end();
        assert_eq!(state, State::Left(6), "{args:?}: {text}");
        assert!(text.contains(BUSY) && text.contains("Nothing was changed."), "{args:?}: {text}");
    }
    let note = house.run(&["roller", "retire", "blue"]);
    assert_eq!(note.status, 6, "{note:?}");
    assert_eq!(house.files(), before);
    // Another person's records are another folder.
    window(&house, "two", &["--profile", "anna"]).wait_text("First session").quit_with("q");
    // One that is killed holds nothing.
    first.signal(Signal::KILL);
    first.end();
    window(&house, "two", &[]).wait_text("UNFINISHED SESSION").quit_with("q");
    house.run(&["roller", "retire", "blue"]).done();
}

#[test]
fn a_welcome_screen_keeps_nobody_from_writing_and_waits_for_its_turn() {
    let house = ready();
    let (first, second) = (window(&house, "one", &[]), window(&house, "two", &[]));
    second.wait_text("First session");
    first.wait_text("First session");
    house.run(&["serum", "add", "gel"]).done();
    first.press_until("\r", "Soak the roller");
    let before = house.files();
    second.press_until("\r", BUSY);
    assert!(second.screen().contains("First session") && second.screen().contains("Nothing was changed."));
    assert_eq!(house.files(), before);
    assert_eq!(house.run(&["log", &house.ago(40)]).status, 6);
    // The other one is over: what it left is shown before anything else can be chosen.
    first.press_until("q", "LEAVE?");
    first.signal(Signal::TERM);
    first.end();
    second.press_until("\r", "UNFINISHED SESSION");
    assert_eq!(sessions(&house).len(), 1, "no second one was begun");
    house.run(&["serum", "add", "cream"]).done();
    second.press_until("g", "Soak the roller");
    assert_eq!(house.run(&["serum", "add", "oil"]).status, 6);
    assert_eq!(sessions(&house).len(), 1);
}

#[test]
fn what_changed_behind_a_welcome_screen_is_shown_before_anything_is_begun() {
    let house = ready();
    let today = house.ago(0);
    let changes: [(&[&str], &str); 3] = [
        (&["roller", "retire", "blue"], "First session"),
        (&["log", "2026-01-04"], "Last session"),
        (&["log", &today], "not today"),
    ];
    for (change, shown) in changes {
        let window = window(&house, "one", &[]);
        window.settle(std::time::Duration::from_millis(300));
        house.run(change).done();
        let before = sessions(&house);
        window.press_until("\r", CHANGED).wait_text(shown);
        assert_eq!(sessions(&house), before, "{change:?}");
        window.quit_with("q");
        if change[0] == "roller" {
            house.run(&["roller", "add", "red", "--length", "0.13"]).done();
        }
    }
}

#[test]
fn an_offer_that_is_gone_cannot_be_taken() {
    for (key, sure) in [("p", ""), ("d", "y")] {
        let house = ready();
        let begun = window(&house, "one", &[]);
        begun.wait_text("First session").press_until("\r", "Soak the roller");
        begun.signal(Signal::KILL);
        begun.end();
        let windows = ["one", "two"].map(|state| window(&house, state, &[]));
        windows.iter().for_each(|window| _ = window.wait_text("UNFINISHED SESSION"));
        let [first, second] = &windows;
        if sure.is_empty() {
            first.press_until(key, "First session");
        } else {
            first.press_until(key, "DELETE THIS SESSION?").press_until(sure, "Deleted.");
        }
        let before = house.files();
        second.press_until("g", CHANGED).wait_text("First session");
        assert_eq!(house.files(), before);
        windows.iter().for_each(|window| _ = window.quit_with("q"));
    }
}

#[test]
fn in_lines_it_is_the_same() {
    let house = ready();
    let (first, second) = (window(&house, "one", &[]), window(&house, "two", &["--plain"]));
    second.wait_text("Enter: begin a session.");
    first.wait_text("First session").press_until("\r", "Soak the roller");
    let before = house.files();
    second.press_until("\r", BUSY);
    assert_eq!(house.files(), before);
}
