//! Text comes back as it was typed, and names that look the same are the same.

use std::fs;

use crate::support::home::Home;
use crate::support::pty::Setup;

/// What people type: joiners of Persian and Hindi, emoji, a flag, marks of direction, a variant of a letter; and what
/// nobody should, which comes back all the same.
const TYPED: [&str; 12] = [
    "نمی\u{200c}دانم، می\u{200c}خواهم",
    "क्\u{200d}ष रक्\u{200d}त",
    "\u{1f469}\u{1f3fd}\u{200d}\u{1f52c} calm \u{2764}\u{fe0f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 1\u{fe0f}\u{20e3}",
    "葛\u{e0100}城 日本 e\u{301}",
    "שלום\u{200f}, a\u{200e}",
    "no\u{200b}t \u{202e}gnillor\u{202c} s\u{ad}top",
    "two\nlines\tand \u{1b}[31mred\u{7}",
    "a <U+200C> of old, \"quotes\" and \\ slashes",
    "  inner   blanks\u{a0}stay",
    "- begins with a dash? no, x",
    "\u{fe0f}\u{200d}",
];

/// What must not be on its way to a terminal.
fn assert_printed(text: &str) {
    for hidden in ['\u{202e}', '\u{200b}', '\u{1b}', '\u{7}', '\u{ad}', '\u{200f}'] {
        assert!(!text.contains(hidden), "{:#x} in {text}", u32::from(hidden));
    }
}

#[test]
fn a_note_comes_back_as_it_was_typed_in_every_export() {
    for typed in TYPED {
        let home = Home::new();
        let day = home.ago(3);
        home.run(&["log", &day, &format!("--note={typed}")]).done();

        let kept = typed.trim();
        home.run(&["note", "last", &format!("x {kept}")]).done();
        let json = home.json(&["export", "--format", "json"]);
        assert_eq!(json["sessions"][0]["note"].as_str(), Some(kept));
        assert_eq!(json["sessions"][0]["later"][0]["text"].as_str(), Some(format!("x {kept}").as_str()));
        let shown = home.json(&["show", "last", "--json"]);
        assert_eq!(shown["later"][0]["text"].as_str(), Some(kept), "{shown}");
        let table = home.run(&["export", "--format", "csv"]).done();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == "note").unwrap();
        let cell = reader.records().next().unwrap().unwrap()[at].to_owned();
        assert_eq!(cell.strip_prefix('\'').filter(|_| kept.starts_with('-')).unwrap_or(&cell), kept);
        let file = home.path().join("out.csv");
        home.run(&["export", "--format", "csv", "--out", file.to_str().unwrap()]).done();
        assert_eq!(fs::read_to_string(&file).unwrap(), table, "a file holds what a pipe gets");
        let printed = home.run(&["show", "last"]).done();
        assert_printed(&printed);
        // A record may be printed as it is, too.
        home.files().iter().for_each(|(_, text)| assert_printed(text));
    }
}

#[test]
fn writing_that_needs_its_joiners_is_shown_with_them() {
    let home = Home::new();
    home.run(&["roller", "add", TYPED[0].split('،').next().unwrap(), "--length", "0.13"]).done();
    home.run(&["roller", "add", TYPED[2], "--length", "0.13", "--bought-from", TYPED[1]]).done();
    let list = home.run(&["roller", "list"]).done();
    for typed in [TYPED[0].split('،').next().unwrap(), TYPED[2]] {
        assert!(list.contains(typed), "{list}");
    }
    let json = home.json(&["roller", "list", "--json"]);
    let shops: Vec<Option<&str>> =
        json.as_array().unwrap().iter().map(|roller| roller["bought_from"].as_str()).collect();
    assert!(shops.contains(&Some(TYPED[1])), "{json}");
}

#[test]
fn a_record_that_spells_them_out_is_read_as_before() {
    let home = Home::new();
    let rollers = home.data().join("rollers");
    fs::create_dir_all(&rollers).unwrap();
    let text = "format = 1\nname = \"می<U+200C>خواهم\"\nneedle_um = 130\nkept = \"used\"\n";
    fs::write(rollers.join("roller-1.toml"), text).unwrap();
    assert!(home.run(&["roller", "list"]).done().contains("<U+200C>"));
    home.run(&["roller", "retire", "می\u{200c}خواهم"]).done();
}

/// Pairs that nobody can tell apart on a screen.
const ALIKE: [[&str; 2]; 8] = [
    ["café 0.13", "cafe\u{301} 0.13"],
    ["Rosé", "ROSE\u{301}"],
    ["blue one", "  Blue \u{a0} one "],
    ["blue", "ｂｌｕｅ"],
    ["がぎ", "か\u{3099}き\u{3099}"],
    ["\u{2764}\u{fe0f}", "\u{2764}"],
    ["Anna’s", "anna's"],
    ["نمی\u{200c}دانم", "نمی\u{200c}دانم\u{200b}"],
];

#[test]
fn names_that_look_the_same_are_one_roller_and_one_serum() {
    for [name, other] in ALIKE {
        let home = Home::new();
        home.run(&["roller", "add", name, "--length", "0.13"]).done();
        home.run(&["roller", "add", other, "--length", "0.2"]).refused(&["There is a roller"]);
        home.run(&["log", &home.ago(3), "--roller", other]).done();
        home.run(&["roller", "retire", other]).done();
        assert_eq!(home.json(&["roller", "list", "--json"])[0]["name"].as_str(), Some(name.trim()), "kept as typed");
        home.run(&["serum", "add", name]).done();
        home.run(&["serum", "add", other]).refused(&["There is a serum"]);
        home.run(&["serum", "retire", other]).done();
    }
}

#[test]
fn the_screen_refuses_what_the_command_refuses() {
    let home = Home::new();
    home.settings("serum_name = \"plain\"\n");
    home.run(&["roller", "add", "Ros\u{e9}", "--length", "0.13"]).done();
    let pty = Setup::dermaroll(&[], home.path()).start();
    pty.wait_text("First session").press_until("\r", "Soak the roller").press_until("o", "Which one?");
    pty.press_until("o", "What do you call your roller?");
    pty.send("ROSE\u{301}".as_bytes());
    pty.wait_text("ROSE").press_until("\r", "You have a roller \"Ros\u{e9}\" already");
    assert_eq!(home.json(&["roller", "list", "--json"]).as_array().unwrap().len(), 1);
    pty.press_until("\x1b", "Which one?");
}

#[test]
fn a_profile_is_found_under_either_spelling_and_never_under_two() {
    let home = Home::new();
    home.run(&["--profile", "Zoë", "log", &home.ago(3)]).done();
    assert_eq!(home.run(&["--profile", "zoe\u{308}", "due"]).status, 8, "the other spelling is the same person");
    let profiles = home.data().join("profiles");
    fs::rename(profiles.join("zoë"), profiles.join("zoe\u{308}")).unwrap();
    assert_eq!(home.run(&["--profile", "Zoë", "due"]).status, 8, "as another system wrote the name");
    fs::create_dir(profiles.join("zoë")).unwrap();
    home.run(&["--profile", "Zoë", "due"]).refused(&["more than one folder", "Move the files"]);
}

#[test]
fn a_terminal_is_not_given_what_a_file_is() {
    let home = Home::new();
    home.run(&["log", &home.ago(3), "--note", "\u{202e}x\u{1b}[2J y\nz"]).done();
    for format in ["csv", "md"] {
        let pty = Setup::dermaroll(&["export", "--format", format], home.path()).start();
        pty.wait_text("u{202e");
        let file = home.run(&["export", "--format", format]).done();
        assert!(file.contains("\u{202e}x\u{1b}"), "{file}");
    }
}
