//! Several people on one computer: what is one's own is nobody else's.

use std::fs;

use crate::house::House;

#[test]
fn a_roller_of_one_profile_is_not_there_for_another() {
    let house = House::new();
    house.run(&["--profile", "anna", "roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["--profile", "anna", "log", &house.ago(3), "--roller", "blue", "--note", "annas own"]).done();
    assert!(house.data().join("profiles/anna/rollers/blue.toml").is_file());
    assert!(house.run(&["--profile", "anna", "roller", "list"]).done().contains("used 1 of 10"));
    for other in [&["--profile", "ben"][..], &[]] {
        let run = |words: &[&str]| house.run(&[other, words].concat());
        assert_eq!(
            run(&["roller", "list"]).done(),
            "No roller yet. To enter one: dermaroll roller add NAME --length 0.13\n"
        );
        assert!(run(&["due"]).done().starts_with("Due: no session yet."));
        assert_eq!(run(&["history", "--plain"]).done(), "");
        run(&["log", &house.ago(2), "--roller", "blue"]).refused(&["There is no roller \"blue\""]);
        assert!(!run(&["export", "--format", "csv"]).out.contains("annas"));
    }
    assert_eq!(house.run(&["--profile", "anna", "due"]).status, 8);
}

#[test]
fn the_file_the_variable_and_the_flag_name_one_each_over_the_other() {
    let house = House::new();
    house.settings("profile = \"anna\"\n");
    let records = |args: &[&str]| {
        let paths = house.run(&[args, &["config", "path"]].concat()).done();
        paths.lines().find(|line| line.starts_with("records")).unwrap().to_owned()
    };
    assert!(records(&[]).ends_with("/profiles/anna"));
    assert!(records(&["--profile", "Zoë_2-a"]).ends_with("/profiles/Zoë_2-a"));
    assert!(records(&["--profile", ""]).ends_with("/dermaroll"), "an empty name is nobody's in particular");
    assert!(house.run(&["config", "show"]).done().contains("profile = \"anna\""));
    let mut by_variable = crate::support::pty::command(&["config", "path"], house.path());
    let output = by_variable.env("DERMAROLL_PROFILE", "ben").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("/profiles/ben\n"));
}

#[test]
fn a_name_that_cannot_be_a_folder_is_refused() {
    let house = House::new();
    for name in ["..", "a/b", "a.b", "a b", "a\u{202e}b", &"x".repeat(33)] {
        house.run(&["--profile", name, "due"]).refused(&["--profile", "letters, digits, - and _"]);
    }
    house.settings("interval_days = 20\nprofile = \"../anna\"\n");
    house.run(&["due"]).refused(&["config.toml, line 2, column 11", "letters, digits, - and _"]);
    assert!(!house.data().exists(), "nothing was made");
}

#[test]
fn what_belongs_to_nobody_in_particular_does_not_count_those_of_profiles() {
    let house = House::new();
    house.run(&["--profile", "anna", "log", &house.ago(3)]).done();
    house.run(&["log", &house.ago(30)]).done();
    let sessions = house.json(&["history", "--json"]);
    assert_eq!(sessions.as_array().unwrap().len(), 1);
    assert_eq!(house.run(&["history", "--plain"]).err, "", "the folder of the profiles is no odd file");
    assert!(fs::read_dir(house.data().join("profiles")).unwrap().count() == 1);
}
