//! `dermaroll serum`: list, add, retire, and what a session's record says of it; striking and correcting as rollers have
//! it too.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::home::Home;

#[test]
fn a_serum_is_entered_listed_and_retired() {
    let home = Home::new();
    assert!(home.run(&["serum", "list"]).done().contains("dermaroll serum add NAME"));
    let day = home.ago(3);
    let entered = home.run(&["serum", "add", "Plain gel", "--brand", "Somebody", "--opened", &day]).done();
    assert!(
        entered.starts_with(&format!("Entered: Plain gel, by Somebody, opened {day}.\nTo take this back:")),
        "{entered}"
    );
    home.run(&["serum", "add", "plain GEL"]).refused(&["There is a serum \"Plain gel\" already"]);
    home.run(&["serum", "add", "cream"]).done();
    let file = home.data().join("serums/plain-gel.toml");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    home.run(&["serum", "retire", "PLAIN GEL", "--why", "empty"]).done();
    home.run(&["serum", "retire", "plain gel"]).refused(&["\"Plain gel\" is retired already, since", "(empty)"]);
    let json = home.json(&["serum", "list", "--json"]);
    assert_eq!((&json[0]["name"], &json[1]["brand"]), (&"cream".into(), &"Somebody".into()));
    assert_eq!(json[1]["retired_why"], "empty");
    assert!(home.run(&["serum", "list"]).done().contains(&format!("retired {}: empty", home.ago(0))));
}

#[test]
fn a_retired_serum_is_restored_and_named_again() {
    let home = Home::new();
    home.run(&["serum", "add", "gel"]).done();
    home.run(&["serum", "restore", "gel"]).refused(&["\"gel\" is not retired", "dermaroll serum list"]);
    home.run(&["serum", "restore", "gell"]).refused(&["There is no serum \"gell\""]);
    home.run(&["serum", "retire", "gel", "--why", "empty"]).done();
    assert_eq!(named(&home), "");
    let said = home.run(&["serum", "restore", "GEL"]).done();
    assert!(said.starts_with("Restored: gel.") && said.contains("dermaroll serum retire \"gel\""), "{said}");
    assert_eq!(named(&home), "gel");
    let listed = home.run(&["serum", "list"]).done();
    assert!(listed.contains(&format!("restored {}", home.ago(0))) && !listed.contains("empty"), "{listed}");
    assert_eq!(home.json(&["serum", "list", "--json"])[0]["restored_on"], home.ago(0));
    home.run(&["serum", "retire", "gel"]).done();
    assert_eq!(home.json(&["serum", "list", "--json"])[0]["retired"], true);
    // Another bottle of that name is in use.
    home.run(&["serum", "add", "gel"]).done();
    let before = home.files();
    home.run(&["serum", "restore", "gel"]).refused(&["Another serum called \"gel\" is in use", "Nothing was changed"]);
    assert_eq!(home.files(), before);
}

#[test]
fn of_several_that_were_retired_the_last_one_is_restored() {
    let home = Home::new();
    for brand in ["first", "second"] {
        home.run(&["serum", "add", "gel", "--brand", brand]).done();
        home.run(&["serum", "retire", "gel"]).done();
    }
    home.run(&["serum", "restore", "gel"]).done();
    let json = home.json(&["serum", "list", "--json"]);
    assert_eq!((&json[0]["brand"], &json[1]["retired"]), (&"second".into(), &true.into()));
}

#[test]
fn a_copy_that_says_a_serum_is_retired_counts_by_its_day() {
    let home = Home::new();
    home.run(&["serum", "add", "gel"]).done();
    let text = fs::read_to_string(home.data().join("serums/gel.toml")).unwrap();
    let copy = home.data().join("serums/gel.sync-conflict-20260101-101010-ABCDEFG.toml");
    let retired = |days| text.replace("name =", &format!("retired = {}\nretired_why = \"\"\nname =", home.ago(days)));
    fs::write(&copy, retired(2)).unwrap();
    assert_eq!(home.json(&["serum", "list", "--json"])[0]["retired"], true);
    home.run(&["serum", "restore", "gel"]);
    assert_eq!(named(&home), "gel", "a copy of two days ago is from before");
    fs::write(&copy, retired(0)).unwrap();
    let before = home.files();
    home.run(&["serum", "restore", "gel"]).refused(&["would still be retired"]);
    assert_eq!(home.files(), before);
}

/// The name of the serum that the next session starts with.
fn named(home: &Home) -> String {
    home.startup().0.serum
}

#[test]
fn sessions_name_the_one_entered_last_and_no_retired_one() {
    let home = Home::new();
    for name in ["mild gel", "zinc", "aloe"] {
        home.run(&["serum", "add", name]).done();
        assert_eq!(named(&home), name);
    }
    home.run(&["serum", "retire", "aloe"]).done();
    assert_eq!(named(&home), "zinc");
    let file = fs::read_to_string(home.data().join("serums/zinc.toml")).unwrap();
    assert!(file.contains("entered = "), "{file}");
}

#[test]
fn a_day_that_is_none_or_has_not_come_is_refused() {
    let home = Home::new();
    home.run(&["serum", "add", "gel", "--opened", "yesterday"]).refused(&["no day of the calendar", &home.ago(0)]);
    home.run(&["serum", "add", "gel", "--opened", &home.ago(-2)]).refused(&["has not come yet"]);
    home.run(&["serum", "add", " "]).refused(&["is empty"]);
    assert!(!home.data().exists());
}

#[test]
fn a_file_without_a_brand_is_read_as_before() {
    let home = Home::new();
    let folder = home.data().join("serums");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("old.toml"), "format = 1\nname = \"old\"\nopened = 2026-01-01\n").unwrap();
    fs::write(folder.join("newer.toml"), "format = 2\nname = \"newer\"\n").unwrap();
    let ended = home.run(&["serum", "list"]);
    assert_eq!(ended.out, "old, opened 2026-01-01\n");
    assert!(ended.err.contains("newer.toml") && ended.err.contains("update the program"), "{}", ended.err);
}

#[test]
fn a_folder_that_cannot_be_listed_is_no_empty_list() {
    let home = Home::new();
    fs::create_dir_all(home.data()).unwrap();
    for ledger in ["serum", "roller"] {
        let folder = home.data().join(format!("{ledger}s"));
        let harms: [fn(&std::path::Path); 2] =
            [|path| fs::write(path, "").unwrap(), |path| std::os::unix::fs::symlink("/nowhere", path).unwrap()];
        for harm in harms {
            harm(&folder);
            for args in [&[ledger, "list"][..], &[ledger, "list", "--json"]] {
                let refused = home.run(args);
                assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{args:?}: {refused:?}");
                assert!(refused.err.contains(folder.to_str().unwrap()), "{args:?}: {refused:?}");
            }
            fs::remove_file(&folder).unwrap();
        }
    }
}

#[test]
fn a_strike_is_not_taken_back_while_another_one_has_the_name() {
    let home = Home::new();
    home.run(&["serum", "add", "gel"]).done();
    home.run(&["serum", "strike", "gel", "--why", "entered twice"]).done();
    home.run(&["serum", "add", "gel"]).done();
    home.run(&["serum", "strike", "gel", "--take-back"]).refused(&["There is a serum \"gel\" already"]);
}

#[test]
fn a_struck_roller_or_serum_is_said_to_be_where_it_is() {
    let home = Home::new();
    home.run(&["roller", "add", "comma", "--length", "0.2"]).done();
    home.run(&["serum", "add", "gel"]).done();
    for (list, name) in [("roller", "comma"), ("serum", "gel")] {
        home.run(&[list, "strike", name, "--take-back"]).refused(&["is not struck out", "Nothing was changed"]);
        let said = home.run(&[list, "strike", name, "--why", "a slip"]).done();
        let all = format!("dermaroll {list} list --struck");
        assert!(said.contains(&all) && !said.contains("shown as struck"), "{said}");
        assert!(home.run(&all.split(' ').skip(1).collect::<Vec<_>>()).done().contains(name), "{said}");
        home.run(&[list, "strike", name, "--why", "a slip"]).refused(&["is struck out already", "--take-back"]);
        home.run(&[list, "strike", name, "--take-back"]).done();
        let said = home.run(&[list, "correct", name, "--name", "other"]).done();
        assert!(said.contains(&format!("dermaroll {list} correct \"other\" with what was there before")), "{said}");
    }
}

#[test]
fn a_refusal_makes_no_folder() {
    for list in ["roller", "serum"] {
        for args in [&["strike", "x", "--why", "a slip"][..], &["correct", "x", "--name", "y"], &["retire", "x"]] {
            let home = Home::new();
            home.run(&[&[list], args].concat()).refused(&["There is no "]);
            assert!(!home.data().exists(), "{list} {args:?}");
        }
    }
}
