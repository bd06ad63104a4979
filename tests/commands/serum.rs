//! `dermaroll serum`: list, add, retire, and what a session's record says of it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::house::House;

#[test]
fn a_serum_is_entered_listed_and_retired() {
    let house = House::new();
    assert!(house.run(&["serum", "list"]).done().contains("dermaroll serum add NAME"));
    let day = house.ago(3);
    let entered = house.run(&["serum", "add", "Plain gel", "--brand", "Somebody", "--opened", &day]).done();
    assert_eq!(entered, format!("Entered: Plain gel, by Somebody, opened {day}.\n"));
    house.run(&["serum", "add", "plain GEL"]).refused(&["There is a serum \"Plain gel\" already"]);
    house.run(&["serum", "add", "cream"]).done();
    let file = house.data().join("serums/plain-gel.toml");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    house.run(&["serum", "retire", "PLAIN GEL", "--why", "empty"]).done();
    house.run(&["serum", "retire", "plain gel"]).refused(&["There is no serum \"plain gel\" in use"]);
    let json = house.json(&["serum", "list", "--json"]);
    assert_eq!((&json[0]["name"], &json[1]["brand"]), (&"cream".into(), &"Somebody".into()));
    assert_eq!(json[1]["retired_why"], "empty");
    assert!(house.run(&["serum", "list"]).done().contains(&format!("retired {}: empty", house.ago(0))));
}

/// The name of the serum that the next session starts with.
fn named(house: &House) -> String {
    house.known().0.serum
}

#[test]
fn sessions_name_the_one_entered_last_and_no_retired_one() {
    let house = House::new();
    for name in ["mild gel", "zinc", "aloe"] {
        house.run(&["serum", "add", name]).done();
        assert_eq!(named(&house), name);
    }
    house.run(&["serum", "retire", "aloe"]).done();
    assert_eq!(named(&house), "zinc");
    let file = fs::read_to_string(house.data().join("serums/zinc.toml")).unwrap();
    assert!(file.contains("entered = "), "{file}");
}

#[test]
fn a_day_that_is_none_or_has_not_come_is_refused() {
    let house = House::new();
    house.run(&["serum", "add", "gel", "--opened", "yesterday"]).refused(&["no day of the calendar", &house.ago(0)]);
    house.run(&["serum", "add", "gel", "--opened", &house.ago(-2)]).refused(&["has not come yet"]);
    house.run(&["serum", "add", " "]).refused(&["is empty"]);
    assert!(!house.data().exists());
}

#[test]
fn a_file_without_a_brand_is_read_as_before() {
    let house = House::new();
    let folder = house.data().join("serums");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("old.toml"), "format = 1\nname = \"old\"\nopened = 2026-01-01\n").unwrap();
    fs::write(folder.join("newer.toml"), "format = 2\nname = \"newer\"\n").unwrap();
    let ended = house.run(&["serum", "list"]);
    assert_eq!(ended.out, "old, opened 2026-01-01\n");
    assert!(ended.err.contains("newer.toml") && ended.err.contains("update the program"), "{}", ended.err);
}

#[test]
fn a_folder_that_cannot_be_listed_is_no_empty_list() {
    let house = House::new();
    fs::create_dir_all(house.data()).unwrap();
    for ledger in ["serum", "roller"] {
        let folder = house.data().join(format!("{ledger}s"));
        let harms: [fn(&std::path::Path); 2] =
            [|path| fs::write(path, "").unwrap(), |path| std::os::unix::fs::symlink("/nowhere", path).unwrap()];
        for harm in harms {
            harm(&folder);
            for args in [&[ledger, "list"][..], &[ledger, "list", "--json"]] {
                let refused = house.run(args);
                assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{args:?}: {refused:?}");
                assert!(refused.err.contains(folder.to_str().unwrap()), "{args:?}: {refused:?}");
            }
            fs::remove_file(&folder).unwrap();
        }
    }
}
