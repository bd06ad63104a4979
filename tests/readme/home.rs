//! A home in which a person has lived a little, with a shell that finds the program.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::house::{Ended, House};
use crate::support::pty::{PROGRAM, Setup, State};

/// A home with a session of three days ago, a roller, a serum, a photo, a file of settings and another protocol.
pub fn lived_in() -> House {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["serum", "add", "gel"]).done();
    house.run(&["log", &house.ago(3), "--roller", "blue"]).done();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accepted/protocol-three-sections.toml");
    fs::copy(own, house.path().join("own.toml")).unwrap();
    fs::write(house.path().join("cheek.jpg"), "").unwrap();
    fs::write(house.path().join("config.toml"), "interval_days = 21\n").unwrap();
    house
}

/// What comes of `lines` when they are typed in that home; the first that fails ends it.
pub fn typed(house: &House, lines: &str) -> Ended {
    let programs = Path::new(PROGRAM).parent().unwrap().display();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-euc", lines]).env_clear().current_dir(house.path()).stdin(Stdio::null());
    shell
        .env("PATH", path)
        .env("HOME", house.path())
        .env("TZ", house.zone())
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm");
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
