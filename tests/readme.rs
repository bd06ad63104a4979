//! Every command that the README names is run: those that only print by themselves, those that take over the screen in
//! a pseudo-terminal, up to their first screen and out again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "commands/house.rs"]
#[allow(dead_code)]
mod house;

use std::collections::BTreeSet;
use std::fs;

use house::House;
use support::pty::{Setup, State};

const README: &str = include_str!("../README.md");

/// How a command of the README is tried: what it is called with, and the words that show that it does what it is for.
enum Try {
    /// It prints and leaves with this status.
    Prints(&'static [&'static str], i32, &'static str),
    /// It draws a screen, and two Ctrl-C leave it.
    Draws(&'static [&'static str], &'static str),
}

fn tried() -> Vec<(&'static str, Try)> {
    use Try::{Draws, Prints};
    vec![
        ("dermaroll", Draws(&[], "First session")),
        ("dermaroll check", Draws(&["check"], "Question 1 of 24")),
        ("dermaroll rehearse", Draws(&["rehearse"], "REHEARSAL")),
        ("dermaroll doctor", Prints(&["doctor", "--json"], 0, "\"records\"")),
        ("dermaroll history", Draws(&["history"], "HISTORY")),
        ("dermaroll show [ID]", Prints(&["show"], 0, "Session from paper")),
        ("dermaroll note [ID] [TEXT]", Prints(&["note", "a little dry", "--felt", "pink,sore"], 0, "Noted with")),
        ("dermaroll log DATE", Prints(&["log", "2026-01-04", "--felt", "2"], 0, "Entered")),
        ("dermaroll due", Prints(&["due"], 8, "Not due yet")),
        ("dermaroll roller list", Prints(&["roller", "list"], 0, "blue: 0.13 mm")),
        ("dermaroll roller add NAME --length MM", Prints(&["roller", "add", "red", "--length", "0.1"], 0, "Entered")),
        ("dermaroll roller retire NAME", Prints(&["roller", "retire", "blue", "--why", "bent"], 0, "Retired")),
        ("dermaroll serum list", Prints(&["serum", "list"], 0, "gel")),
        ("dermaroll serum add NAME", Prints(&["serum", "add", "cream", "--brand", "Some"], 0, "Entered")),
        ("dermaroll serum retire NAME", Prints(&["serum", "retire", "gel"], 0, "Retired")),
        ("dermaroll export --format FORM", Prints(&["export", "--format", "md"], 0, "#")),
        ("dermaroll config path", Prints(&["config", "path"], 0, "records")),
        ("dermaroll config check", Prints(&["config", "check"], 0, "the shipped settings hold")),
        ("dermaroll config show", Prints(&["config", "show"], 0, "interval_days = 28")),
        ("dermaroll completions SHELL", Prints(&["completions", "zsh"], 0, "#compdef dermaroll")),
        ("dermaroll man", Prints(&["man"], 0, ".TH dermaroll")),
        ("dermaroll protocol check FILE", Prints(&["protocol", "check", "own.toml"], 0, "in order")),
        ("dermaroll --plain", Prints(&["--plain", "due"], 8, "Not due yet")),
        ("dermaroll man --out ~/.local/share/man/man1", Prints(&["man", "--out", "man1"], 0, "")),
        (
            "dermaroll completions bash > ~/.local/share/bash-completion/completions/dermaroll",
            Prints(&["completions", "bash"], 0, "_dermaroll"),
        ),
    ]
}

/// What stands between backticks, or on a line of a code block, and begins with the program's name.
fn named() -> BTreeSet<&'static str> {
    let is_command = |text: &&str| *text == "dermaroll" || text.starts_with("dermaroll ");
    let mut is_code = false;
    let mut found = BTreeSet::new();
    for line in README.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            found.extend(Some(line).filter(is_command));
        } else {
            found.extend(line.split('`').skip(1).step_by(2).filter(is_command));
        }
    }
    found
}

/// A home with a session of three days ago, a roller and a serum, and a file with another protocol.
fn lived_in() -> House {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["serum", "add", "gel"]).done();
    house.run(&["log", &house.ago(3), "--roller", "blue"]).done();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accepted/protocol-three-sections.toml");
    fs::copy(own, house.path().join("own.toml")).unwrap();
    house
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let tried = tried();
    for named in named() {
        assert!(tried.iter().any(|(known, _)| *known == named), "the README names `{named}`, which is not tried here");
    }
    for (name, how) in tried {
        assert!(named().contains(name), "`{name}` is tried here, and the README does not name it");
        match how {
            Try::Prints(args, status, words) => {
                let house = lived_in();
                let mut command = support::pty::command(args, house.path());
                let ended =
                    house::Ended::of(command.env("TZ", house.zone()).current_dir(house.path()).output().unwrap());
                assert_eq!(ended.status, status, "{name}: {ended:?}");
                assert!(ended.out.contains(words), "{name}: {words:?} is missing: {ended:?}");
            }
            Try::Draws(args, words) => {
                let home = tempfile::tempdir().unwrap();
                let terminal = Setup::dermaroll(args, home.path()).start();
                terminal.wait_text(words);
                terminal.send(b"\x03\x03");
                let (state, _) = terminal.end();
                assert!(matches!(state, State::Left(0 | 130)), "{name}: {state:?}");
            }
        }
    }
}

#[test]
fn every_cargo_command_of_the_readme_names_what_is_there() {
    for line in README.lines().flat_map(|line| line.split('`')).filter(|text| text.starts_with("cargo ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(["run", "test", "install", "build"].contains(&words[1]), "{line}");
        if let Some(place) = words.iter().position(|word| *word == "--example") {
            assert!(fs::exists(format!("examples/{}.rs", words[place + 1])).unwrap(), "{line}");
        }
    }
}

#[test]
fn the_oldest_toolchain_is_the_same_wherever_it_is_named() {
    let manifest = include_str!("../Cargo.toml");
    let oldest = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    for (name, text) in [("README.md", README), ("CONTRIBUTING.md", include_str!("../CONTRIBUTING.md"))] {
        assert!(text.contains(&format!("Rust {oldest}")), "{name} names Rust {oldest}");
    }
}

#[test]
fn a_word_that_is_nearly_one_is_answered_with_that_one() {
    let house = House::new();
    for (args, nearest) in [
        (&["histroy"][..], "'history'"),
        (&["due", "--jsn"], "'--json'"),
        (&["export", "--format", "cvs"], "csv, json, md, ics"),
        (&["roller", "ad"], "'add'"),
    ] {
        let ended = house.run(args);
        assert_eq!(ended.status, 2, "{ended:?}");
        assert!(ended.err.contains(nearest), "{args:?}: {}", ended.err);
    }
    let help = house.run(&["--help"]).done();
    let (examples, usage) = (help.find("Examples:").unwrap(), help.find("Usage:").unwrap());
    assert!(examples < usage, "examples come first");
}
