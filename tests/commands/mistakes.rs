//! `config check` and `protocol check` name every mistake, each with its place, in the order of the file.

use std::fs;

use crate::house::House;
use crate::support::pty::command;

/// The places that a message names: `line 3, column 8`.
fn places(message: &str) -> Vec<(usize, usize)> {
    let place = |line: &str| {
        let (_, rest) = line.split_once(", line ")?;
        let (number, rest) = rest.split_once(", column ")?;
        Some((number.parse().ok()?, rest.split_once(':')?.0.parse().ok()?))
    };
    message.lines().filter_map(place).collect()
}

#[test]
fn every_mistake_of_the_settings_is_named_in_order() {
    let house = House::new();
    house.settings(
        "interval_days = \"28\"\nbell = yes\nsounds = 3\nvoice = true\nvoice = false\nserum_name = \u{201c}x\u{201d}\n\
         data_dir = \"$HOME/rec\"\ncolour = \"blue\"\non_event = [\n  \"x\",\n  3,\n]\n\n[times]\ncontact = 600\nstroke = \"9\"\n\
         bell = true\nsaline = \"99h\"\n\n[keys.nosuch]\nrest = [\"g\"]\nbell = [\"a\"]\n\n[keys.pause]\nnothing = [\"g\"]\n",
    );
    let ended = house.run(&["config", "check"]);
    let lines: Vec<usize> = places(&ended.err).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 5, 6, 7, 8, 11, 15, 16, 17, 18, 20, 22, 25], "{}", ended.err);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(
        ended.err.ends_with("These are 15 mistakes. Nothing was started; the files are as they were.\n"),
        "{}",
        ended.err
    );
    let started = house.run(&["due"]);
    started.refused(&["line 2, column", "These settings have 15 mistakes: dermaroll config check lists them all."]);
    assert_eq!(places(&started.err).len(), 1, "a start names the first");
}

#[test]
fn one_mistake_is_told_as_ever_and_none_is_in_order() {
    let house = House::new();
    house.settings("\u{feff}bell = true\r\n[times]\r\nstroke = \"8s\"\r\n");
    assert!(
        house.run(&["config", "check"]).done().ends_with(" is in order.\n"),
        "a byte mark and CR LF are no mistake"
    );
    house.settings("bell = true\r\nvoice = 3\r\n");
    let ended = house.run(&["config", "check"]);
    ended.refused(&["line 2, column 9", "Nothing was started; the file is as it was."]);
    assert!(!ended.err.contains("mistakes"));
}

#[test]
fn mistakes_of_variables_flags_and_named_files_are_named_too() {
    let house = House::new();
    let list = house.path().join("list.toml");
    fs::write(
        &list,
        "[[question]]\nid = \"A B\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"skin\"\nconsequence = \"stop\"\n\
         [[question]]\nid = \"x\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"hair\"\nconsequence = \"stop\"\n\
         [[question]]\nid = \"y\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"skin\"\nconsequence = \"halt\"\n",
    )
    .unwrap();
    house.settings(&format!("bell = 1\nchecklist = \"{}\"\nprotocol = \"gone.toml\"\n", list.display()));
    let output =
        command(&["config", "check", "--profile", "a/b"], house.path()).env("DERMAROLL_THEME", "here").output();
    let message = String::from_utf8(output.unwrap().stderr).unwrap();
    for part in [
        "config.toml, line 1",
        "DERMAROLL_THEME: ",
        "--profile: ",
        "config.toml, line 3, column 1: protocol names",
        "list.toml, line 2",
        "list.toml, line 13",
        "list.toml, line 21",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(message.contains("These are 7 mistakes."), "{message}");
    house.settings("");
    house.run(&["protocol", "check", list.to_str().unwrap()]).refused(&[
        "line 2,",
        "line 13,",
        "line 21,",
        "3 mistakes",
    ]);
}

#[test]
fn a_file_in_another_encoding_is_told_as_what_it_is() {
    let house = House::new();
    let path = house.path().join(".config/dermaroll/config.toml");
    house.settings("");
    let text = "bell = true\n";
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(&path, utf_16).unwrap();
    house.run(&["config", "check"]).refused(&["is a text in UTF-16", "Save it as UTF-8"]);
    let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&path, bare).unwrap();
    house.run(&["config", "check"]).refused(&["as in a text in UTF-16", "Save it as UTF-8"]);
    fs::write(&path, b"bell = true\nserum_name = \"caf\xe9\"\n").unwrap();
    house.run(&["config", "check"]).refused(&["line 2, column 18 has the byte 0xe9", "Save it as UTF-8"]);
}

#[test]
fn what_stands_below_an_open_header_is_read_all_the_same() {
    let house = House::new();
    house.settings(
        "bell = yes\nvoice = no\ndata_dir = \"\n[times\ncontact = 3\nstroke=\"999h\"\n[keys.pause\ngo-on=3\n",
    );
    let ended = house.run(&["config", "check"]);
    let lines: Vec<usize> = places(&ended.err).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8], "{}", ended.err);
}
