//! `dermaroll roller`: list, add, retire.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use dermaroll::protocol::Micrometres;
use dermaroll::record::Ledger;
use dermaroll::record::ledger::Condition;
use dermaroll::safety::Standing;

use crate::house::House;
use crate::support::pty::Setup;
use crate::unknown::start;

/// Where other programs leave copies of `rollers/blue.toml`.
const COPIES: [&str; 22] = [
    "rollers/blue.toml.bak",
    "rollers/blue.toml~",
    "rollers/blue.toml.orig",
    "rollers/blue (conflicted copy 2026-01-01).toml",
    "rollers/blue.sync-conflict-20260101-101010-ABCDEFG.toml",
    "rollers/blue-LAPTOP.toml",
    "rollers/blue-laptop.toml",
    "rollers/blue (1).toml",
    "rollers/BLUE 2.TOML",
    "rollers/Copy of blue.toml",
    "rollers/.syncthing.blue.toml.tmp",
    "rollers/~syncthing~blue.toml.tmp",
    "rollers/.blue.toml.swp",
    "rollers/.blue.toml.Xy12ab",
    "rollers/backup/blue.toml",
    "rollers (1)/blue.toml",
    "rollers (1)/.blue.toml.part",
    "rollers (1)/2026/11/blue.toml",
    "rollers 2/Copy of blue.toml",
    "Copy of rollers/blue.toml",
    "rollers.bak/blue.toml",
    "rollers-LAPTOP/blue-laptop.toml",
];

/// A house with two rollers and a serum.
fn two() -> House {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["roller", "add", "red", "--length", "0.13"]).done();
    house.run(&["serum", "add", "gel"]).done();
    house
}

fn put(house: &House, place: &str, text: &str) {
    let path = house.data().join(place);
    fs::create_dir_all(path.parent().unwrap()).and_then(|()| fs::write(path, text)).unwrap();
}

/// What all that asks says of `blue`: the list, the ledger and the shelf of the start. `red` may be used.
fn standing_of_blue(house: &House, kind: &str) -> Standing {
    let ledger = Ledger::new(&house.data()).standing(["blue", "red"]);
    let json = house.json(&["roller", "list", "--json"]);
    let line = |id: &str| json.as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone();
    let (known, unfinished) = start(house);
    let mut shelf: Vec<&str> = known.rollers.iter().map(|shelf| shelf.roller.id.as_str()).collect();
    shelf.retain(|id| ["blue", "red"].contains(id));
    let blue = ledger[0].1.clone();
    assert_eq!(ledger[1].1, Standing::InUse, "{kind}");
    assert!(line("red")["unread"].is_null() && line("red")["retired"] == false, "{kind}: {json}");
    assert_eq!(line("blue")["retired"] == true, blue == Standing::Retired, "{kind}: {json}");
    let file = if let Standing::NotKnown(file) = &blue { Some(file) } else { None };
    assert_eq!(line("blue")["unread"].as_str(), file.map(String::as_str), "{kind}: {json}");
    let expected: &[&str] = if blue == Standing::InUse { &["blue", "red"] } else { &["red"] };
    assert_eq!(shelf, expected, "{kind}");
    if let Some(file) = file {
        let said = house.run(&["roller", "list"]);
        assert!(said.out.contains(&format!("not to be used while {file} cannot be read")), "{kind}: {said:?}");
        assert!(said.err.contains(file), "{kind}: {said:?}");
        assert!(unfinished.unread.names.iter().any(|name| name.contains(file)), "{kind}: {unfinished:?}");
        assert!(known.unread_rollers.iter().any(|(id, other)| id == "blue" && other == file), "{kind}");
    }
    blue
}

#[test]
fn a_copy_that_cannot_be_read_bars_its_own_roller_wherever_it_lies() {
    let texts = [
        "",
        "\0\0\0",
        "format = 1\nretired = 2026-01-02\n",
        "format = 1\nname = \"blue\"\nretired = 2026-01-02\n",
        "format = 2\nname = \"blue\"\n",
        "<<<<<<< HEAD\nname = \"blue\"\n=======\nname = \"red\"\n>>>>>>> theirs\n",
    ];
    for place in COPIES {
        let house = two();
        for text in texts {
            put(&house, place, text);
            let kind = format!("{place} {text:?}");
            assert_eq!(standing_of_blue(&house, &kind), Standing::NotKnown(place.into()), "{kind}");
        }
        // What names another roller tells of that one.
        put(&house, place, "format = 1\nname = \"green\"\n");
        assert_eq!(standing_of_blue(&house, place), Standing::InUse, "{place}");
        // Retiring it is always possible, and then it is known.
        put(&house, place, "");
        assert_eq!(house.run(&["roller", "retire", "blue"]).status, 0, "{place}");
        assert_eq!(standing_of_blue(&house, place), Standing::Retired, "{place}");
    }
}

#[test]
fn a_roller_is_retired_wherever_a_copy_says_so() {
    for place in COPIES {
        let house = two();
        let text = fs::read_to_string(house.data().join("rollers/blue.toml")).unwrap();
        put(&house, place, &text);
        assert_eq!(standing_of_blue(&house, place), Standing::InUse, "{place}");
        put(&house, place, &format!("{text}retired = 2026-01-02\n"));
        assert_eq!(standing_of_blue(&house, place), Standing::Retired, "{place}");
    }
}

#[test]
fn a_folder_that_may_hold_copies_and_cannot_be_listed_bars_every_roller() {
    for place in ["rollers (1)", "rollers/old/a/b/c/d", "rollers 2/a/b/c/d/e"] {
        let house = two();
        let path = house.data().join(place);
        if place.contains('/') {
            fs::create_dir_all(&path).unwrap();
        } else {
            std::os::unix::fs::symlink("/nowhere", &path).unwrap();
        }
        let standings = Ledger::new(&house.data()).standing(["blue", "red"]);
        assert!(standings.iter().all(|(_, standing)| matches!(standing, Standing::NotKnown(_))), "{place}");
        let (known, unfinished) = start(&house);
        assert_eq!(known.rollers, [], "{place}");
        let named = place.split('/').next().unwrap();
        assert!(unfinished.unread.names.iter().any(|name| name.starts_with(named)), "{place}: {unfinished:?}");
        assert!(house.run(&["roller", "list"]).out.contains("not to be used while"), "{place}");
    }
}

#[test]
fn a_roller_is_barred_by_nothing_that_is_not_its_own() {
    let house = two();
    house.run(&["roller", "add", "e", "--length", "0.13"]).done();
    for place in [
        "rollers/readme.txt",
        "rollers/Read me.txt",
        "rollers/blue.txt",
        "rollers/blue.jpg",
        "rollers/my blue roller.txt",
        "rollers/photos/blue.jpg",
        "rollers/blue-2.toml",
        "rollers/blue-2 (conflicted copy).toml",
        "rollers/.blue-2.toml.icloud",
        "rollers/dark-blue.toml",
        "rollers/blues.toml",
        "rollers/green.toml.bak",
        "rollers/._blue.toml",
        "rollers/.DS_Store",
        "rollers/.toml",
        "rollers/.blue.toml.ab12cd.new",
        "rollers/.stversions/blue.toml",
        "rollers (1)/readme.txt",
        "rollers (1)/green.toml",
        "serums/blue.toml",
        "rollers.zip",
    ] {
        put(&house, place, "");
        assert_eq!(standing_of_blue(&house, place), Standing::InUse, "{place}");
        let e = Ledger::new(&house.data()).standing(["e"]);
        assert_eq!(e[0].1, Standing::InUse, "{place}");
        // What looks like a copy keeps nobody from entering another one.
        let added = house.run(&["roller", "add", "z", "--length", "0.13"]);
        assert_eq!(added.status, 0, "{place}: {added:?}");
        fs::remove_file(house.data().join("rollers/z.toml")).unwrap();
        fs::remove_file(house.data().join(place)).unwrap();
    }
}

/// Nothing has changed since the screen was shown, so Enter begins with the other one.
#[test]
fn a_session_begins_with_another_roller_while_a_copy_of_one_cannot_be_read() {
    let house = two();
    put(&house, "rollers/blue.toml.bak", "");
    let pty = Setup::dermaroll(&[], house.path()).env("TZ", &house.zone()).start();
    pty.wait_text("blue.toml.bak").press_until("\r", "Soak the roller");
    pty.press_until("q", "LEAVE?");
    // The only one: the name of another is asked for, and this one is not entered anew.
    let house = two();
    house.run(&["roller", "retire", "red"]).done();
    put(&house, "rollers/blue.toml.bak", "");
    let pty = Setup::dermaroll(&[], house.path()).env("TZ", &house.zone()).start();
    pty.wait_text("blue.toml.bak").press_until("\r", "What do you call your roller?");
    pty.press_until("blue", "Name  blue").press_until("\r", "rollers/blue.toml.bak cannot be used");
}

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let house = House::new();
    assert!(house.run(&["roller", "list"]).done().contains("dermaroll roller add NAME --length 0.13"));
    assert_eq!(house.json(&["roller", "list", "--json"]), serde_json::json!([]));
    assert!(!house.data().exists(), "looking makes nothing");
}

#[test]
fn a_roller_is_entered_listed_and_retired() {
    let house = House::new();
    let shop = "the pharmacy";
    let day = house.ago(3);
    let entered = house.run(&["roller", "add", "Blue", "--length", "0,13", "--opened", &day, "--bought-from", shop]);
    let line = format!("Blue: 0.13 mm, used 0 of 10, opened {day}, from {shop}");
    assert_eq!(entered.done(), format!("Entered: {line}.\n"));
    house.run(&["roller", "add", "green", "--length", ".14 mm", "--sealed"]).done();
    assert_eq!(house.run(&["roller", "list"]).done(), format!("{line}\ngreen: 0.14 mm, used 0 of 10, sealed pack\n"));
    let said = house.run(&["roller", "retire", "BLUE", "--why", "one needle bent"]).done();
    assert!(said.starts_with("Retired: Blue."), "{said}");
    let listed = house.run(&["roller", "list"]).done();
    assert!(listed.starts_with("green"), "those in use come first: {listed}");
    assert!(listed.contains(&format!("retired {}: one needle bent", house.ago(0))), "{listed}");
    let json = house.json(&["roller", "list", "--json"]);
    assert_eq!(json[0]["needle_um"], 140);
    assert_eq!(json[0]["kept"], "sealed");
    assert_eq!(json[1]["bought_from"], shop);
    assert_eq!(json[1]["retired_why"], "one needle bent");
    assert_eq!((&json[1]["id"], &json[1]["retired"]), (&"blue".into(), &true.into()));
}

#[test]
fn what_cannot_be_read_is_named_and_not_entered_again() {
    let house = House::new();
    let folder = house.data().join("rollers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("blue.toml"), "format = 2\n").unwrap();
    let listed = house.run(&["roller", "list"]);
    assert_eq!(listed.out, "", "nobody can say that there is none");
    assert!(listed.err.contains("blue.toml has the format 2"), "{}", listed.err);
    house.run(&["roller", "add", "Blue", "--length", "0.13"]).refused(&["blue.toml may be that roller", "format 2"]);
    house.run(&["roller", "add", "green", "--length", "0.13"]).done();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let is_shut = fs::read_dir(&folder).is_err();
    if is_shut {
        assert_eq!(house.run(&["roller", "list"]).out, "");
        house.run(&["roller", "add", "red", "--length", "0.13"]).refused(&["cannot be listed"]);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
}

/// The screens let two rollers have one name; the command refuses that.
#[test]
fn of_two_with_one_name_either_can_be_meant() {
    let house = House::new();
    let ledger = Ledger::new(&house.data());
    for length in [130, 140] {
        ledger.add_roller("blue", Micrometres(length), Condition::Used, None, None).unwrap();
    }
    house.run(&["roller", "retire", "Blue"]).refused(&[
        "Several rollers",
        "blue.toml, blue-2.toml",
        "Nothing was changed",
    ]);
    house.run(&["roller", "retire", "blue.toml"]).done();
    let retired = |house: &House| house.json(&["roller", "list", "--json"])[1]["id"].clone();
    assert_eq!(retired(&house), "blue");
    house.run(&["roller", "retire", "blue"]).done();
    assert_eq!(house.json(&["roller", "list", "--json"])[1]["retired"], true);
}

#[test]
fn a_name_with_braces_stays_as_it_is() {
    let house = House::new();
    house.run(&["roller", "add", "{mm} {used}", "--length", "0.13"]).done();
    assert!(house.run(&["roller", "list"]).done().starts_with("{mm} {used}: 0.13 mm"));
}

#[test]
fn the_length_decides_as_the_article_does() {
    let house = House::new();
    for (name, typed, shown, above) in
        [("a", "0.149", "0.149", false), ("b", "0.15", "0.15", true), ("c", ".3", "0.3", true)]
    {
        let said = house.run(&["roller", "add", name, "--length", typed]).done();
        assert!(said.contains(&format!("{shown} mm")), "{said}");
        assert_eq!(said.contains("not below the article's limit of 0.15 mm"), above, "{said}");
        assert_eq!(said.contains("each session tells you so and asks"), above, "{said}");
    }
    let refused = house.run(&["roller", "add", "d", "--length", "0.301"]);
    refused.refused(&["0.301 mm are too long", "stops at 0.3 mm", "trained hands", "Nothing was saved"]);
    for wrong in ["5 cm", "mm", "", "0", "-0.1", "0.1234", "1/8", "NaN", "1e-1", "٠.١"] {
        let length = format!("--length={wrong}");
        house.run(&["roller", "add", "d", &length]).refused(&[
            "is no length",
            "0.13, 0,13 or .13",
            "Nothing was saved",
        ]);
    }
    assert_eq!(house.files().len(), 3);
}

#[test]
fn the_help_says_what_to_ask_of_a_shop() {
    let help = House::new().run(&["roller", "add", "--help"]).done();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("a well-made roller from a retailer that you trust"), "{help}");
}

#[test]
fn uses_are_counted_against_the_warning_and_the_persons_own_limit() {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    for use_number in 1..=10 {
        house.run(&["log", &house.ago(400 - use_number * 30), "--roller", "blue"]).done();
        let listed = house.run(&["roller", "list"]).done();
        assert!(listed.contains(&format!("used {use_number} of 10")), "{listed}");
        assert_eq!(listed.contains("time for a new one"), (8..10).contains(&use_number), "{listed}");
        assert_eq!(listed.contains("replace it"), use_number >= 10, "{listed}");
    }
    house.settings("roller_uses_limit = 12\n");
    assert_eq!(house.json(&["roller", "list", "--json"])[0]["wear"], "near-limit");
    house.settings("roller_uses_limit = 5\n");
    assert_eq!(house.json(&["roller", "list", "--json"])[0]["wear"], "at-limit");
}

#[test]
fn what_cannot_be_entered_is_refused_with_a_reason() {
    let house = House::new();
    house.run(&["roller", "add", "Blue", "--length", "0.13"]).done();
    let add = |args: &[&str]| house.run(&[&["roller", "add"], args, &["--length", "0.13"]].concat());
    add(&["blue"]).refused(&["There is a roller \"Blue\" already", "Choose another name"]);
    add(&["  "]).refused(&["The name is empty"]);
    add(&[&"x".repeat(61)]).refused(&["61 characters; 60 fit", "Make it shorter"]);
    add(&["new", "--opened", &house.ago(-1)]).refused(&["has not come yet", &house.ago(0)]);
    add(&["new", "--opened", "1.11.2026"]).refused(&["is no day of the calendar", &house.ago(0)]);
    add(&["new", "--opened", "2026-02-29"]).refused(&["is no day of the calendar"]);
    add(&["new", "--bought-from", ""]).refused(&["--bought-from is empty"]);
    add(&["new", "--sealed", "--opened", &house.ago(0)]).refused(&["cannot be used with"]);
    house.run(&["roller", "add", "new"]).refused(&["--length <MM>"]);
    house.run(&["roller", "ad"]).refused(&["similar", "add"]);
    assert_eq!(house.files().len(), 1);
}

#[test]
fn only_a_known_roller_in_use_is_retired() {
    let house = House::new();
    house.run(&["roller", "retire", "blue"]).refused(&["There is no roller \"blue\"", "dermaroll roller list"]);
    assert!(!house.data().exists(), "a refusal makes nothing");
    house.run(&["roller", "add", "Blue", "--length", "0.13"]).done();
    house.run(&["roller", "retire", "bleu"]).refused(&["There is no roller \"bleu\"", "Did you mean \"Blue\"?"]);
    house.run(&["roller", "retire", "gold leaf"]).refused(&["dermaroll roller list"]);
    house.run(&["roller", "retire", "../rollers/blue"]).refused(&["There is no roller"]);
    house.run(&["roller", "retire", "blue"]).done();
    let before = house.files();
    house.run(&["roller", "retire", "blue", "--why", "again"]).refused(&["is retired already", &house.ago(0)]);
    assert_eq!(house.files(), before);
    // The name is free again, and means the one in use.
    house.run(&["roller", "add", "blue", "--length", "0.14"]).done();
    house.run(&["roller", "retire", "Blue", "--why", "fell"]).done();
    assert_eq!(house.json(&["roller", "list", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_roller_file_that_is_not_understood_is_named_and_left() {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    let newer = house.data().join("rollers/newer.toml");
    fs::write(&newer, "format = 2\nname = \"newer\"\n").unwrap();
    let listed = house.run(&["roller", "list"]);
    assert_eq!((listed.status, listed.out.lines().count()), (0, 1));
    assert!(listed.err.contains("newer.toml has the format 2"), "{}", listed.err);
    assert_eq!(fs::read_to_string(newer).unwrap(), "format = 2\nname = \"newer\"\n");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_length_is_kept_to_the_micrometre(micrometres in 1_u32..1_000_000, comma: bool, bare: bool) {
        use dermaroll::protocol::Micrometres;
        let mut typed = Micrometres(micrometres).millimetres();
        if bare {
            typed = typed.strip_prefix('0').unwrap_or(&typed).to_owned();
        }
        if comma {
            typed = typed.replace('.', ",");
        }
        prop_assert_eq!(Micrometres::from_millimetres(&typed), Some(Micrometres(micrometres)));
    }

    #[test]
    fn no_text_is_a_length_by_accident(text in "[0-9.,+\\-e am]{0,8}") {
        use dermaroll::protocol::Micrometres;
        if let Some(needle) = Micrometres::from_millimetres(&text) {
            let number = text.trim().trim_end_matches("mm").trim_end().replace(',', ".");
            let by_float: f64 = format!("0{number}").parse().unwrap();
            prop_assert!((by_float * 1_000.0 - f64::from(needle.0)).abs() < 1e-3, "{text:?} is {needle:?}");
        }
    }
}
