//! Keys in the settings file: taken, checked, shown.

use std::process::Command;
use std::time::Duration;

use dermaroll::content;
use dermaroll::content::keymap::{Action, Key, ScreenName};
use engine::protocol::Kind;

use crate::keys::session::OTHERS;
use crate::keys::{settled, shipped};
use crate::support::pty::Setup;

/// Longer than a new screen is deaf, and than a key counts as held.
const ARMED: Duration = Duration::from_millis(700);

#[test]
fn two_actions_may_change_places() {
    let keymap = settled("[keys.question]\nyes = [\"n\"]\nno = [\"y\"]\n").keymap;
    assert_eq!(keymap.action(ScreenName::Question, Key::Char('y')), Some(Action::No));
    assert_eq!(keymap.action(ScreenName::Question, Key::Char('n')), Some(Action::Yes));
    assert_eq!(keymap.action(ScreenName::Review, Key::Char('y')), Some(Action::Yes));
}

#[test]
fn the_shipped_keys_may_be_written_out() {
    let mut text = String::new();
    for screen in shipped().screens() {
        text.push_str(&format!("[keys.{}]\n", screen.name));
        for row in screen.rows.iter() {
            let names: Vec<String> = row.keys.iter().map(|key| format!("{:?}", key.id())).collect();
            text.push_str(&format!("{} = [{}]\n", row.action.id(), names.join(", ")));
        }
    }
    let own = settled(&text).keymap;
    for (own, shipped) in own.screens().zip(shipped().screens()) {
        assert!(own.rows.iter().zip(shipped.rows.iter()).all(|(own, shipped)| own.keys == shipped.keys && own.own));
    }
}

#[test]
fn the_settings_in_force_are_printed_with_the_keys_and_read_back_as_they_are() {
    let text = "[keys.where]\nchoose = [\"1-5\"]\n[keys.pause]\ngo-on = [\"g\", \"Space\", \"\\\"\"]\n";
    let settings = settled(text);
    let shown = settings.show(&content::built_in(Kind::Session).unwrap());
    let tail = shown.split_once("[keys").unwrap().1;
    assert!(tail.starts_with(".pause]\ngo-on = [\"g\", \"Space\", \"\\\"\"]"), "{shown}");
    assert!(tail.contains("# your file") && tail.contains("[keys.where]\nchoose = [\"1-5\"]"), "{shown}");
    assert_eq!(settled(&shown).keymap, settings.keymap);
}

#[test]
fn the_program_checks_and_shows_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let run = |text: &str, what: &str| {
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dermaroll"));
        let output = command.arg("--config").arg(&file).args(["config", what]).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (status, _, said) = run("[keys.pause]\nstop = [\"e\"]\n", "check");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("line 2, column 9: e would stand for two actions on pause"), "{said}");
    let (status, said, _) = run(OTHERS, "check");
    assert_eq!((status, said.ends_with("is in order.\n")), (Some(0), true), "{said}");
    let (status, said, _) = run(OTHERS, "show");
    assert_eq!((status, said.contains("\nskin-ready = [\"F1\"]")), (Some(0), true), "{said}");
}

#[test]
fn the_program_in_a_terminal_goes_by_the_keys_of_the_settings() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("own.toml");
    std::fs::write(&file, OTHERS).unwrap();
    let pty = Setup::dermaroll(&["--config", file.to_str().unwrap(), "check"], home.path()).start();
    pty.wait_text("Question 1 of");
    pty.wait_text("8 why this is asked");
    pty.settle(ARMED);
    for key in ["y", "n", "u", "q", "?"] {
        pty.send(key.as_bytes());
        assert!(pty.is_quiet(ARMED), "{key} did something:\n{}", pty.screen());
    }
    pty.send(b"2");
    pty.wait_text("Question 2 of");
}
