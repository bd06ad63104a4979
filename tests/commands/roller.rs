//! `dermaroll roller`: list, add, retire.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use engine::protocol::Micrometres;
use store::record::Ledger;
use store::record::ledger::Condition;

use crate::support::home::Home;

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let home = Home::new();
    assert!(home.run(&["roller", "list"]).done().contains("dermaroll roller add NAME --length 0.13"));
    assert_eq!(home.json(&["roller", "list", "--json"]), serde_json::json!([]));
    assert!(!home.data().exists(), "looking makes nothing");
}

#[test]
fn a_roller_is_entered_listed_and_retired() {
    let home = Home::new();
    let shop = "the pharmacy";
    let day = home.ago(3);
    let entered = home.run(&["roller", "add", "Blue", "--length", "0,13", "--opened", &day, "--bought-from", shop]);
    let line = format!("Blue: 0.13 mm, used 0 of 10, opened {day}, from {shop}");
    let way_back =
        "To take this back: dermaroll undo within the hour, later dermaroll roller strike \"Blue\" --why TEXT";
    assert_eq!(entered.done(), format!("Entered: {line}.\n{way_back}\n"));
    home.run(&["roller", "add", "green", "--length", ".14 mm", "--sealed"]).done();
    assert_eq!(home.run(&["roller", "list"]).done(), format!("{line}\ngreen: 0.14 mm, used 0 of 10, sealed pack\n"));
    let said = home.run(&["roller", "retire", "BLUE", "--why", "one needle bent"]).done();
    assert!(said.starts_with("Retired: Blue."), "{said}");
    let listed = home.run(&["roller", "list"]).done();
    assert!(listed.starts_with("green"), "those in use come first: {listed}");
    assert!(listed.contains(&format!("retired {}: one needle bent", home.ago(0))), "{listed}");
    let json = home.json(&["roller", "list", "--json"]);
    assert_eq!(json[0]["needle_um"], 140);
    assert_eq!(json[0]["kept"], "sealed");
    assert_eq!(json[1]["bought_from"], shop);
    assert_eq!(json[1]["retired_why"], "one needle bent");
    assert_eq!((&json[1]["id"], &json[1]["retired"]), (&"blue".into(), &true.into()));
}

#[test]
fn what_cannot_be_read_is_named_and_not_entered_again() {
    let home = Home::new();
    let folder = home.data().join("rollers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("blue.toml"), "format = 2\n").unwrap();
    let listed = home.run(&["roller", "list"]);
    assert_eq!(listed.out, "", "nobody can say that there is none");
    assert!(listed.err.contains("blue.toml has the format 2"), "{}", listed.err);
    home.run(&["roller", "add", "Blue", "--length", "0.13"]).refused(&["blue.toml may be that roller", "format 2"]);
    home.run(&["roller", "add", "green", "--length", "0.13"]).done();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let is_shut = fs::read_dir(&folder).is_err();
    if is_shut {
        assert_eq!(home.run(&["roller", "list"]).out, "");
        home.run(&["roller", "add", "red", "--length", "0.13"]).refused(&["cannot be listed"]);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
}

/// The screens let two rollers have one name; the command refuses that.
#[test]
fn of_two_with_one_name_either_can_be_meant() {
    let home = Home::new();
    let ledger = Ledger::new(&home.data());
    for length in [130, 140] {
        ledger.add_roller("blue", Micrometres(length), Condition::Used, None, None, None).unwrap();
    }
    home.run(&["roller", "retire", "Blue"]).refused(&[
        "Several rollers",
        "blue.toml, blue-2.toml",
        "Nothing was changed",
    ]);
    home.run(&["roller", "retire", "blue.toml"]).done();
    let retired = |home: &Home| home.json(&["roller", "list", "--json"])[1]["id"].clone();
    assert_eq!(retired(&home), "blue");
    home.run(&["roller", "retire", "blue"]).done();
    assert_eq!(home.json(&["roller", "list", "--json"])[1]["retired"], true);
}

/// As a tab is: its code, on one line, wherever a command says the name.
#[test]
fn a_name_with_something_hidden_in_it_is_said_as_the_list_shows_it() {
    let home = Home::new();
    let typed = "re\u{301}d\nnext\ttab\u{202e}";
    let shown = "re\u{301}d\\u{a}next\\u{9}tab\\u{202e}";
    let added = home.run(&["roller", "add", typed, "--length", "0.13", "--bought-from", "a\nb"]).done();
    assert!(added.starts_with(&format!("Entered: {shown}: 0.13 mm")), "{added}");
    assert_eq!(home.run(&["roller", "list"]).done().lines().count(), 1);
    let quoted = format!("\"{shown}\"");
    let listed = home.run(&["roller", "list"]).done();
    assert!(listed.starts_with(&format!("{shown}: 0.13 mm")) && listed.contains("a\\u{a}b"), "{listed}");
    home.run(&["roller", "add", typed, "--length", "0.13"]).refused(&[&format!("a roller {quoted} already")]);
    home.run(&["roller", "retire", "re\u{301}d\nnext\ttap"]).refused(&[&format!("Did you mean {quoted}?")]);
    assert!(home.run(&["roller", "retire", typed]).done().starts_with(&format!("Retired: {shown}.")));
    home.run(&["roller", "retire", typed]).refused(&[&format!("{quoted} is retired already")]);
    home.run(&["serum", "add", typed]).done();
    assert!(home.run(&["serum", "list"]).done().starts_with(shown));
    home.run(&["serum", "add", typed]).refused(&[&format!("a serum {quoted} already")]);
}

#[test]
fn a_name_with_braces_stays_as_it_is() {
    let home = Home::new();
    home.run(&["roller", "add", "{mm} {used}", "--length", "0.13"]).done();
    assert!(home.run(&["roller", "list"]).done().starts_with("{mm} {used}: 0.13 mm"));
}

#[test]
fn the_length_decides_as_the_article_does() {
    let home = Home::new();
    for (name, typed, shown, above) in
        [("a", "0.149", "0.149", false), ("b", "0.15", "0.15", true), ("c", ".3", "0.3", true)]
    {
        let said = home.run(&["roller", "add", name, "--length", typed]).done();
        assert!(said.contains(&format!("{shown} mm")), "{said}");
        assert_eq!(said.contains("not below the article's limit of 0.15 mm"), above, "{said}");
        assert_eq!(said.contains("each session tells you so and asks"), above, "{said}");
    }
    let refused = home.run(&["roller", "add", "d", "--length", "0.301"]);
    refused.refused(&["0.301 mm are too long", "stops at 0.3 mm", "trained hands", "Nothing was saved"]);
    for wrong in ["5 cm", "mm", "", "0", "-0.1", "0.1234", "1/8", "NaN", "1e-1", "٠.١"] {
        let length = format!("--length={wrong}");
        home.run(&["roller", "add", "d", &length]).refused(&["is no length", "0.13, 0,13 or .13", "Nothing was saved"]);
    }
    assert_eq!(home.files().len(), 3);
}

#[test]
fn the_help_says_what_to_ask_of_a_shop() {
    let help = Home::new().run(&["roller", "add", "--help"]).done();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("a well-made roller from a retailer that you trust"), "{help}");
}

#[test]
fn uses_are_counted_against_the_warning_and_the_persons_own_limit() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    for use_number in 1..=10 {
        home.run(&["log", &home.ago(400 - use_number * 30), "--roller", "blue"]).done();
        let listed = home.run(&["roller", "list"]).done();
        assert!(listed.contains(&format!("used {use_number} of 10")), "{listed}");
        assert_eq!(listed.contains("time for a new one"), (8..10).contains(&use_number), "{listed}");
        assert_eq!(listed.contains("replace it"), use_number >= 10, "{listed}");
    }
    home.settings("roller_uses_limit = 12\n");
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["wear"], "near-limit");
    home.settings("roller_uses_limit = 5\n");
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["wear"], "at-limit");
}

#[test]
fn what_cannot_be_entered_is_refused_with_a_reason() {
    let home = Home::new();
    home.run(&["roller", "add", "Blue", "--length", "0.13"]).done();
    let add = |args: &[&str]| home.run(&[&["roller", "add"], args, &["--length", "0.13"]].concat());
    add(&["blue"]).refused(&["There is a roller \"Blue\" already", "Choose another name"]);
    add(&["  "]).refused(&["The name is empty"]);
    add(&[&"x".repeat(61)]).refused(&["61 characters; 60 fit", "Make it shorter"]);
    add(&["new", "--opened", &home.ago(-1)]).refused(&["has not come yet", &home.ago(0)]);
    add(&["new", "--opened", "1.11.2026"]).refused(&["is no day of the calendar", &home.ago(0)]);
    add(&["new", "--opened", "2026-02-29"]).refused(&["is no day of the calendar"]);
    add(&["new", "--bought-from", ""]).refused(&["--bought-from is empty"]);
    add(&["new", "--sealed", "--opened", &home.ago(0)]).refused(&["cannot be used with"]);
    home.run(&["roller", "add", "new"]).refused(&["--length <MM>"]);
    home.run(&["roller", "ad"]).refused(&["similar", "add"]);
    assert_eq!(home.files().len(), 1);
}

#[test]
fn only_a_known_roller_in_use_is_retired() {
    let home = Home::new();
    home.run(&["roller", "retire", "blue"]).refused(&["There is no roller \"blue\"", "dermaroll roller list"]);
    assert!(!home.data().exists(), "a refusal makes nothing");
    home.run(&["roller", "add", "Blue", "--length", "0.13"]).done();
    home.run(&["roller", "retire", "bleu"]).refused(&["There is no roller \"bleu\"", "Did you mean \"Blue\"?"]);
    home.run(&["roller", "retire", "gold leaf"]).refused(&["dermaroll roller list"]);
    home.run(&["roller", "retire", "../rollers/blue"]).refused(&["There is no roller"]);
    home.run(&["roller", "retire", "blue"]).done();
    let before = home.files();
    home.run(&["roller", "retire", "blue", "--why", "again"]).refused(&["is retired already", &home.ago(0)]);
    assert_eq!(home.files(), before);
    // The name is free again, and means the one in use.
    home.run(&["roller", "add", "blue", "--length", "0.14"]).done();
    home.run(&["roller", "retire", "Blue", "--why", "fell"]).done();
    assert_eq!(home.json(&["roller", "list", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_is_not_counted_is_named_once() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    fs::write(home.data().join("rollers/newer.toml"), "format = 2").unwrap();
    for args in [&["retire", "blue"][..], &["restore", "blue"], &["strike", "blue", "--why", "a slip"]] {
        let said = home.run(&[&["roller"], args].concat());
        assert_eq!((said.status, said.err.matches("Not counted").count()), (0, 1), "{said:?}");
    }
}

#[test]
fn a_roller_file_that_is_not_understood_is_named_and_left() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    let newer = home.data().join("rollers/newer.toml");
    fs::write(&newer, "format = 2\nname = \"newer\"\n").unwrap();
    let listed = home.run(&["roller", "list"]);
    assert_eq!((listed.status, listed.out.lines().count()), (0, 1));
    assert!(listed.err.contains("newer.toml has the format 2"), "{}", listed.err);
    assert_eq!(fs::read_to_string(newer).unwrap(), "format = 2\nname = \"newer\"\n");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_length_is_kept_to_the_micrometre(micrometres in 1_u32..1_000_000, comma: bool, bare: bool) {
        use engine::protocol::Micrometres;
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
        use engine::protocol::Micrometres;
        if let Some(needle) = Micrometres::from_millimetres(&text) {
            let number = text.trim().trim_end_matches("mm").trim_end().replace(',', ".");
            let by_float: f64 = format!("0{number}").parse().unwrap();
            prop_assert!((by_float * 1_000.0 - f64::from(needle.0)).abs() < 1e-3, "{text:?} is {needle:?}");
        }
    }
}
