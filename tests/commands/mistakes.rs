//! `config check` and `protocol check` name every mistake, each with its place, in the order of the file.

use std::fs;

use crate::support::home::Home;
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
    let home = Home::new();
    home.settings(
        "interval_days = \"28\"\nbell = yes\nsounds = 3\nvoice = true\nvoice = false\nserum_name = \u{201c}x\u{201d}\n\
         data_dir = \"$HOME/rec\"\ncolour = \"blue\"\non_event = [\n  \"x\",\n  3,\n]\n\n[times]\ncontact = 600\nstroke = \"9\"\n\
         bell = true\nsaline = \"99h\"\n\n[keys.nosuch]\nrest = [\"g\"]\nbell = [\"a\"]\n\n[keys.pause]\nnothing = [\"g\"]\n",
    );
    let ended = home.run(&["config", "check"]);
    let lines: Vec<usize> = places(&ended.err).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 5, 6, 7, 8, 11, 15, 16, 17, 18, 20, 22, 25], "{}", ended.err);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(
        ended.err.ends_with("These are 15 mistakes. Nothing was started; the files are as they were.\n"),
        "{}",
        ended.err
    );
    let started = home.run(&["due"]);
    started.refused(&["line 2, column", "These settings have 15 mistakes: dermaroll config check lists them all."]);
    assert_eq!(places(&started.err).len(), 1, "a start names the first");
}

#[test]
fn one_mistake_is_told_as_ever_and_none_is_in_order() {
    let home = Home::new();
    home.settings("\u{feff}bell = true\r\n[times]\r\nstroke = \"8s\"\r\n");
    assert!(home.run(&["config", "check"]).done().ends_with(" is in order.\n"), "a byte mark and CR LF are no mistake");
    home.settings("bell = true\r\nvoice = 3\r\n");
    let ended = home.run(&["config", "check"]);
    ended.refused(&["line 2, column 9", "Nothing was started; the file is as it was."]);
    assert!(!ended.err.contains("mistakes"));
}

#[test]
fn mistakes_of_variables_flags_and_named_files_are_named_too() {
    let home = Home::new();
    let list = home.path().join("list.toml");
    fs::write(
        &list,
        "[[question]]\nid = \"A B\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"skin\"\nconsequence = \"stop\"\n\
         [[question]]\nid = \"x\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"hair\"\nconsequence = \"stop\"\n\
         [[question]]\nid = \"y\"\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"skin\"\nconsequence = \"halt\"\n",
    )
    .unwrap();
    home.settings(&format!("bell = 1\nchecklist = \"{}\"\nprotocol = \"gone.toml\"\n", list.display()));
    let output = command(&["config", "check", "--profile", "a/b"], home.path()).env("DERMAROLL_THEME", "here").output();
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
    home.settings("");
    home.run(&["protocol", "check", list.to_str().unwrap()]).refused(&[
        "line 2,",
        "line 13,",
        "line 21,",
        "3 mistakes",
    ]);
}

#[test]
fn a_file_in_another_encoding_is_told_as_what_it_is() {
    let home = Home::new();
    let path = home.path().join(".config/dermaroll/config.toml");
    home.settings("");
    let text = "bell = true\n";
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(&path, utf_16).unwrap();
    home.run(&["config", "check"]).refused(&["is a text in UTF-16", "Save it as UTF-8"]);
    let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&path, bare).unwrap();
    home.run(&["config", "check"]).refused(&["as in a text in UTF-16", "Save it as UTF-8"]);
    fs::write(&path, b"bell = true\nserum_name = \"caf\xe9\"\n").unwrap();
    home.run(&["config", "check"]).refused(&["line 2, column 18: the byte 0xe9 stands here", "Save it as UTF-8"]);
}

#[test]
fn what_stands_below_an_open_header_is_read_all_the_same() {
    let home = Home::new();
    home.settings(
        "bell = yes\nvoice = no\ndata_dir = \"\n[times\ncontact = 3\nstroke=\"999h\"\n[keys.pause\ngo-on=3\n",
    );
    let ended = home.run(&["config", "check"]);
    let lines: Vec<usize> = places(&ended.err).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8], "{}", ended.err);
}

/// The lines and columns that `config check` names, and what it says.
fn checked(text: &[u8]) -> (Vec<(usize, usize)>, String) {
    let home = Home::new();
    home.settings("");
    fs::write(home.path().join(".config/dermaroll/config.toml"), text).unwrap();
    let ended = home.run(&["config", "check"]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.err);
    (places(&ended.err), ended.err)
}

fn wide(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn every_mistake_is_named_once_whatever_shape_the_file_is_in() {
    for (text, expected) in [
        // A header again, apart from the first, also with dotted keys.
        (
            "[times]\ncontact = 3\n[keys.pause]\ngo-on = 3\n[times]\nstroke = 9\n[times]\ncontact = \"6m\"\n",
            &[(2, 11), (4, 9), (5, 2), (6, 10), (7, 2), (8, 1)][..],
        ),
        ("times.contact = 3\nbell.x = 1\n[times]\nsaline = 4\nnope = 1\n", &[(1, 17), (2, 1), (3, 2), (4, 10), (5, 1)]),
        // What was never closed.
        ("on_event = [ \"a\",\nbell = 3\n[times]\ncontact = 4\n", &[(1, 12), (2, 8), (4, 11)]),
        ("on_event = [\n \"a\",\n \"b\"\n\nbell = true\nvoice = 3\n", &[(1, 12), (6, 9)]),
        ("theme = { a = \"b\"\nvoice = 3\n", &[(1, 9), (2, 9)]),
        ("bell = 3\nserum_name = \"\"\"abc\nvoice = 3\ntitle = \"x\"\n", &[(1, 8), (2, 14), (3, 9), (4, 9)]),
        ("theme = '''\nvoice = 3\n", &[(1, 9), (2, 9)]),
        ("serum_name = \"\"\"a\nbell = 3\"\"\"\nbell = 3\n", &[(1, 14), (3, 8)]),
        // Several in one line.
        ("times = { contact = \"3\", stroke = 8, nope = 3 }\n", &[(1, 21), (1, 35), (1, 38)]),
        ("on_event = [\"x\", 3, 4]\n[keys.pause]\ngo-on = [\"zzz\", \"yyy\"]\n", &[(1, 18), (1, 21), (3, 10), (3, 17)]),
        // Names before values, and tables without anything in them.
        ("[keys.nosuch]\n[keys.pause]\nnothing = 3\n[keys.other]\na = 3\n", &[(1, 7), (3, 1), (4, 7)]),
        ("bell\n= true\nvoice =\n[]\n]\ntitle = 3\n", &[(1, 5), (2, 1), (3, 8), (4, 2), (5, 1), (6, 9)]),
        // Dates, numbers beyond all bounds, and what is none.
        (
            "interval_days = 2026-01-01\nbell = nan\nvoice = 99999999999999999999\ntitle = 1e999\ncolour = 12:00:00\n",
            &[(1, 17), (2, 8), (3, 9), (4, 9), (5, 10)],
        ),
        // What cannot be seen.
        (
            "bell\u{200b} = 3\nvoice = 4\n[times]\u{200b}\ncontact = 3\nserum_name = \"a\u{202e}b\"\n",
            &[(1, 5), (2, 9), (3, 8), (4, 11), (5, 16)],
        ),
        ("bell = 3\nvoice = \"a\rb\"\ntitle = 4\n", &[(1, 8), (2, 11), (3, 9)]),
        ("bell = 3\rvoice = 4\r", &[(1, 8), (1, 9), (2, 9)]),
        ("\u{feff}\tbell\t=\t3\r\n[times\r\n\tcontact = 5\r\n", &[(1, 9), (2, 7), (3, 12)]),
    ] {
        let (found, said) = checked(text.as_bytes());
        assert_eq!(found, expected, "{text}\n{said}");
    }
}

#[test]
fn in_another_encoding_the_rest_is_looked_at_as_well() {
    let (found, said) = checked(b"bell = 3\nserum_name = \"caf\xe9 \xe9\"\nvoice = 4\n");
    assert_eq!(found, [(1, 8), (2, 18), (3, 9)], "{said}");
    let (found, said) = checked(&wide("bell = 3\r\nvoice = 4\r\n"));
    assert_eq!(found, [(1, 8), (2, 9)], "{said}");
    assert!(said.contains("is a text in UTF-16") && said.contains("These are 3 mistakes."), "{said}");
    let (found, said) = checked(wide("bell = 3\nvoice = 4\n").get(2..).unwrap());
    assert_eq!(found, [(1, 2), (1, 8), (2, 9)], "{said}");
}

#[test]
fn what_is_advised_for_the_open_and_the_dotted_is_taken() {
    for (text, advised) in [
        ("on_event = [ \"a\",\nbell = true\n", "on_event = [\"a\"]"),
        ("serum_name = \"\"\"gel\nbell = true\n", "serum_name = \"gel\""),
        ("times = { stroke = 8 }\n", "stroke = \"8s\""),
        ("times.stroke = 8\n", "times.stroke = \"8s\""),
    ] {
        let (_, said) = checked(text.as_bytes());
        assert!(said.ends_with(&format!("Write: {advised}\n")), "{text}: {said}");
        let home = Home::new();
        let advised = if text.contains('{') { format!("times = {{ {advised} }}") } else { advised.to_owned() };
        home.settings(&advised);
        home.run(&["config", "check"]).done();
    }
}
