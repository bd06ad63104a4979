//! A home in which a person has lived a little, with a shell that finds the program.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::home::{Ended, Home};
use crate::support::pty::{PROGRAM, Setup, State};

/// A home with a session of three days ago, a roller, a serum, a photo, a file of settings and another protocol.
pub fn lived_in() -> Home {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["serum", "add", "gel"]).done();
    home.run(&["log", &home.ago(3), "--roller", "blue"]).done();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accepted/protocol-three-sections.toml");
    fs::copy(own, home.path().join("own.toml")).unwrap();
    fs::write(home.path().join("cheek.jpg"), "").unwrap();
    fs::write(home.path().join("config.toml"), "interval_days = 21\n").unwrap();
    home
}

/// What comes of `lines` when they are typed in that home; the first that fails ends it.
pub fn typed(home: &Home, lines: &str) -> Ended {
    let programs = Path::new(PROGRAM).parent().unwrap().display();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-euc", lines]).env_clear().current_dir(home.path()).stdin(Stdio::null());
    shell.env("PATH", path).env("HOME", home.path()).env("TZ", home.zone()).env("LANG", "C.UTF-8").env("TERM", "xterm");
    Ended::of(shell.output().unwrap())
}

/// Starts the program in a terminal, waits for `words` on its first screen, and leaves with Ctrl-C twice.
#[track_caller]
pub fn looked_at(args: &[&str], words: &str) {
    let home = tempfile::tempdir().unwrap();
    let terminal = Setup::dermaroll(args, home.path()).start();
    terminal.wait_text(words);
    terminal.send(b"\x03\x03");
    let (state, screen) = terminal.end();
    assert!(matches!(state, State::Left(0 | 130)), "dermaroll {args:?}: {state:?}\n{screen}");
}
