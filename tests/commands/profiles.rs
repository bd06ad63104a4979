//! Several people on one computer: what is one's own is nobody else's.

use std::fs;

use crate::support::home::Home;
use crate::support::pty::{Pty, Setup, State};

/// dermaroll on a screen in that home, at its first one.
fn on_a_screen(home: &Home, args: &[&str]) -> Pty {
    let pty = Setup::dermaroll(args, home.path()).start();
    pty.wait_for("first screen", |screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
    pty
}

#[test]
fn a_roller_of_one_profile_is_not_there_for_another() {
    let home = Home::new();
    home.run(&["--profile", "anna", "roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["--profile", "anna", "log", &home.ago(3), "--roller", "blue", "--note", "annas own"]).done();
    assert!(home.data().join("profiles/anna/rollers/blue.toml").is_file());
    assert!(home.run(&["--profile", "anna", "roller", "list"]).done().contains("used 1 of 10"));
    for other in [&["--profile", "ben"][..], &[]] {
        let run = |words: &[&str]| home.run(&[other, words].concat());
        assert_eq!(
            run(&["roller", "list"]).done(),
            "No roller yet. To enter one: dermaroll roller add NAME --length 0.13\n"
        );
        assert!(run(&["due"]).done().starts_with("Due: no session yet."));
        let history = run(&["history", "--plain"]);
        assert_eq!((history.status, history.out.as_str()), (0, ""));
        assert!(history.err.starts_with("No sessions yet."), "{}", history.err);
        run(&["log", &home.ago(2), "--roller", "blue"]).refused(&["There is no roller \"blue\""]);
        assert!(!run(&["export", "--format", "csv"]).out.contains("annas"));
    }
    assert_eq!(home.run(&["--profile", "anna", "due"]).status, 8);
}

#[test]
fn the_file_the_variable_and_the_flag_name_one_each_over_the_other() {
    let home = Home::new();
    home.settings("profile = \"anna\"\n");
    let records = |args: &[&str]| {
        let paths = home.run(&[args, &["config", "path"]].concat()).done();
        paths.lines().find(|line| line.starts_with("records")).unwrap().to_owned()
    };
    assert!(records(&[]).ends_with("/profiles/anna"));
    assert!(records(&["--profile", "Zoë_2-a"]).ends_with("/profiles/zoë_2-a"));
    assert!(records(&["--profile", ""]).ends_with("/dermaroll"), "an empty name is nobody's in particular");
    assert!(home.run(&["config", "show"]).done().contains("profile = \"anna\""));
    let mut by_variable = crate::support::pty::command(&["config", "path"], home.path());
    let output = by_variable.env("DERMAROLL_PROFILE", "ben").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("/profiles/ben\n"));
}

#[test]
fn a_settings_file_that_cannot_be_read_hides_neither_itself_nor_what_the_flags_say() {
    let home = Home::new();
    home.settings("no settings at all");
    let ended = home.run(&["config", "path", "--data-dir", "/elsewhere", "--profile", "anna"]);
    assert!(ended.status == 2 && ended.err.contains("config.toml"), "{ended:?}");
    let paths = ended.out;
    assert!(paths.contains("config.toml\n") && paths.contains("records   /elsewhere/profiles/anna\n"), "{paths}");
}

#[test]
fn an_export_of_one_does_not_go_into_the_records_of_another() {
    let home = Home::new();
    home.run(&["log", &home.ago(9)]).done();
    home.run(&["--profile", "ben", "log", &home.ago(9)]).done();
    let before = home.files();
    let year = home.ago(9)[..4].to_owned();
    for folder in [format!("sessions/{year}"), format!("profiles/ben/sessions/{year}"), "profiles".to_owned()] {
        let out = home.data().join(folder).join("export.csv");
        let args = ["--profile", "anna", "export", "--format", "csv", "--out", out.to_str().unwrap()];
        home.run(&args).refused(&["in the folder of your records"]);
    }
    assert_eq!(home.files(), before);
}

#[test]
fn a_name_that_cannot_be_a_folder_is_refused() {
    let home = Home::new();
    for name in ["..", "a/b", "a.b", "a b", "a\u{202e}b", "\u{3164}", "Con", "lpt1", &"x".repeat(33)] {
        home.run(&["--profile", name, "due"]).refused(&["--profile", "letters, digits, - and _"]);
    }
    home.settings("interval_days = 20\nprofile = \"../anna\"\n");
    home.run(&["due"]).refused(&["config.toml, line 2, column 11", "letters, digits, - and _"]);
    let paths = home.run(&["config", "path"]);
    assert_eq!(paths.status, 2, "{}", paths.err);
    assert!(paths.out.contains("records   -\n"), "where the records of a profile without a name are is not known");
    assert!(paths.out.contains("config.toml\n"), "but the settings can be found, to mend them");
    assert!(!home.data().exists(), "nothing was made");
}

#[test]
fn a_name_is_one_person_in_capitals_too() {
    let home = Home::new();
    home.run(&["--profile", "Anna", "log", &home.ago(3)]).done();
    let sessions = home.json(&["--profile", "anna", "history", "--json"]);
    assert_eq!(sessions.as_array().unwrap().len(), 1);
}

#[test]
fn what_belongs_to_nobody_in_particular_does_not_count_those_of_profiles() {
    let home = Home::new();
    home.run(&["--profile", "anna", "log", &home.ago(3)]).done();
    home.run(&["log", &home.ago(30)]).done();
    let sessions = home.json(&["history", "--json"]);
    assert_eq!(sessions.as_array().unwrap().len(), 1);
    assert_eq!(home.run(&["history", "--plain"]).err, "", "the folder of the profiles is no odd file");
    assert!(fs::read_dir(home.data().join("profiles")).unwrap().count() == 1);
}

#[test]
fn every_command_keeps_to_its_profile() {
    let home = Home::new();
    let anna = |words: &[&str]| home.run(&[&["--profile", "anna"], words].concat());
    anna(&["serum", "add", "annas gel"]).done();
    anna(&["log", &home.ago(3), "--note", "annas own"]).done();
    anna(&["note", "last", "annas cheek", "--felt", "pink"]).done();
    let id = home.id_of(&home.ago(3));
    let annas = home.files();
    assert_eq!(annas.len(), 3);
    assert!(annas.iter().all(|(path, _)| path.starts_with(home.data().join("profiles/anna"))), "{annas:?}");
    assert!(anna(&["show", "last"]).done().contains("annas cheek"));
    for other in [&["--profile", "ben"][..], &[]] {
        let run = |words: &[&str]| home.run(&[other, words].concat());
        for of in ["last", id.as_str()] {
            run(&["show", of]).refused(&["There is no session"]);
            run(&["note", of, "mine"]).refused(&["There is no session"]);
        }
        for format in ["csv", "json", "md", "ics"] {
            let told = run(&["export", "--format", format]);
            assert!(!format!("{}{}", told.out, told.err).contains("anna"), "{format}: {told:?}");
        }
        assert!(!run(&["serum", "list"]).out.contains("annas"));
        run(&["roller", "retire", "blue"]).refused(&["blue"]);
        run(&["serum", "retire", "annas-gel"]).refused(&["annas-gel"]);
    }
    assert_eq!(home.files(), annas, "nobody else wrote anything, there or elsewhere");
    assert!(home.run(&["--profile", "anna", "doctor"]).out.contains("/profiles/anna"));
}

#[test]
fn a_session_offers_ones_own_roller_alone_and_the_screens_say_whose_they_are() {
    let home = Home::new();
    for (profile, roller) in [("", "azure"), ("ben", "green")] {
        home.run(&["--profile", profile, "roller", "add", roller, "--length", "0.13"]).done();
        home.run(&["--profile", profile, "serum", "add", "gel"]).done();
    }
    let pty = on_a_screen(&home, &["--profile", "anna"]);
    assert!(pty.screen().contains("dermaroll: anna"), "{}", pty.screen());
    // With a roller of her own she would not be asked what it is called.
    pty.press_until("\r", "What do you call your roller?");
    assert!(!pty.screen().contains("azure") && !pty.screen().contains("green"), "{}", pty.screen());
    drop(pty);
    let pty = on_a_screen(&home, &[]);
    assert!(!pty.screen().contains("dermaroll:"), "nobody in particular has no name: {}", pty.screen());
    drop(pty);
    let pty = on_a_screen(&home, &["--profile", "anna", "history"]);
    assert!(pty.screen().contains("HISTORY: anna"), "{}", pty.screen());
}

#[test]
fn a_check_that_is_kept_is_kept_with_its_profile() {
    let home = Home::new();
    let pty = on_a_screen(&home, &["--profile", "anna", "check", "--save"]);
    pty.wait_text("Question 1 of");
    pty.press_until("n", "Question 2 of");
    let _ = pty.quit_with("\x03");
    let kept = home.files();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].0.starts_with(home.data().join("profiles/anna/sessions")), "{kept:?}");
    assert!(kept[0].1.contains("kind = \"check\""));
}

#[test]
fn who_writes_keeps_nobody_out_but_those_of_the_same_profile() {
    let home = Home::new();
    let add = |profile: &str| home.run(&["--profile", profile, "roller", "add", "blue", "--length", "0.13"]);
    let pty = on_a_screen(&home, &["--profile", "anna"]);
    // The right to write is taken when a session begins, here with the question of the first roller.
    pty.press_until("\r", "What do you call your roller?");
    let second = add("anna");
    assert_eq!((second.status, second.out.as_str()), (6, ""));
    assert!(second.err.contains("Nothing was changed"), "{}", second.err);
    add("ben").done();
    add("").done();
    assert_eq!(pty.state(), State::Running);
    assert!(!home.data().join("profiles/anna/rollers").exists());
}
