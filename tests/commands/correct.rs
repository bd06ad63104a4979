//! `dermaroll correct`: what was wrong is given as it was corrected, and the record itself stays as it is.

use std::fs;

use store::record::{History, Totals};

use crate::care::rolled;
use crate::support::computer::Computer;
use crate::support::home::Home;

#[test]
fn a_session_from_paper_is_corrected_in_all_that_paper_says() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["roller", "add", "red", "--length", "0.2"]).done();
    home.run(&["serum", "add", "gel", "--brand", "Some"]).done();
    home.run(&["log", &home.ago(1), "--roller", "blue", "--felt", "1", "--note", "wrong"]).done();
    let id = home.id_of(&home.ago(1));
    let before = home.files();
    let said = home
        .run(&[
            "correct",
            &home.ago(1),
            "--day",
            &home.ago(40),
            "--feel",
            "3",
            "--note",
            "right",
            "--why",
            "wrong page",
        ])
        .done();
    assert!(said.starts_with("Corrected, day, feel, note:") && said.contains("dermaroll undo"), "{said}");
    home.run(&["correct", &home.ago(40), "--sections", "mouth", "--roller", "red", "--serum", "GEL"]).done();
    let shown = home.run(&["show", &id]).done();
    let parts = [
        format!("Corrected on {}: day, feel, note (wrong page).", home.ago(0)),
        format!("{}, entered {}", home.ago(40), home.ago(0)),
        "sections, roller, serum".to_owned(),
        "red, 0.2 mm".to_owned(),
        "by Some".to_owned(),
        "3 of 5".to_owned(),
        "right".to_owned(),
    ];
    for part in parts {
        assert!(shown.contains(&part), "{part:?}: {shown}");
    }
    assert!(!shown.contains("wrong\n") && !shown.contains("blue"), "{shown}");
    assert!(home.run(&["due"]).done().starts_with("Due: 12 days over"));
    let history = History::read(&home.data());
    let past = &history.past[0];
    assert_eq!((past.sections_done, past.felt, past.note.as_deref()), (1, Some(3), Some("right")));
    let totals = Totals::of(&history);
    assert_eq!((totals.uses_of("blue"), totals.uses_of("red")), (0, 1));
    let json = home.json(&["export", "--format", "json"]);
    assert_eq!(json["sessions"][0]["started"].as_str().unwrap()[..10], home.ago(40));
    assert!(json["sessions"][0]["corrected"].is_string(), "{json}");
    for (path, text) in before {
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{} stays as it was", path.display());
    }
}

#[test]
fn sessions_stand_in_the_order_of_their_corrected_days() {
    let home = Home::new();
    for days in [60, 30, 10] {
        home.run(&["log", &home.ago(days)]).done();
    }
    home.run(&["correct", &home.ago(10), "--day", &home.ago(90)]).done();
    let days: Vec<String> = History::read(&home.data()).past.iter().map(|past| past.day().to_string()).collect();
    assert_eq!(days, [home.ago(30), home.ago(60), home.ago(90)]);
    let csv = home.run(&["export", "--format", "csv"]).done();
    let between: Vec<&str> = csv.lines().skip(1).map(|row| row.split(',').nth(6).unwrap()).collect();
    assert_eq!(between, ["", "30", "30"]);
    home.run(&["correct", &home.ago(90), "--day", &home.ago(30)]).refused(&["There is a session of", "--again"]);
    home.run(&["correct", &home.ago(90), "--day", &home.ago(30), "--again"]).done();
    // Its own day is no other session.
    home.run(&["correct", &home.ago(60), "--day", &home.ago(60)]).done();
    home.run(&["show", &home.ago(30)]).refused(&["More than one session"]);
}

#[test]
fn days_and_fields_that_cannot_be_are_refused() {
    let home = Home::new();
    home.run(&["log", &home.ago(5)]).done();
    let before = home.files();
    let correct = |args: &[&str]| home.run(&[&["correct", "last"], args].concat());
    correct(&[]).refused(&["nothing to correct", "Nothing was changed"]);
    correct(&["--why", "x"]).refused(&["nothing to correct"]);
    correct(&["--day", &home.ago(-1)]).refused(&["has not come yet"]);
    correct(&["--day", "2026-02-29"]).refused(&["no day of the calendar"]);
    correct(&["--day", "1969-12-31"]).refused(&["before 1970-01-01"]);
    correct(&["--feel", "6"]).refused(&["0..=5"]);
    correct(&["--roller", "none"]).refused(&["There is no roller"]);
    correct(&["--sections", "nose"]).refused(&["expected one of"]);
    correct(&["--serum", " "]).refused(&["--serum is empty"]);
    correct(&["--note", &"x".repeat(2_001)]).refused(&["2001 characters"]);
    correct(&["--text", "x"]).refused(&["--later"]);
    correct(&["--later", "1", "--text", "x"]).refused(&["no later note 1"]);
    correct(&["--later", "1", "--feel", "1"]).refused(&["cannot be used with"]);
    assert_eq!(home.files(), before);
    home.run(&["correct", "last", "--note", ""]).done();
}

#[test]
fn of_a_session_that_the_program_ran_what_was_said_of_it_is_corrected() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(500).keys("yyn").key(dermaroll::content::keymap::Key::Enter);
    drop(run);
    let home = Home::new();
    let path = computer.sessions()[0].clone();
    let folder = home.data().join("sessions/2026");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
    home.run(&["correct", &id, "--sections", "mouth"]).refused(&["corrects sessions from paper", "--feel"]);
    home.run(&["correct", &id, "--feel", "4", "--note", "warm"]).done();
    let shown = home.run(&["show", &id]).done();
    assert!(shown.contains("4 of 5") && shown.contains("warm"), "{shown}");
    assert!(!shown.contains("damaged"), "{shown}");
}

#[test]
fn of_a_session_that_the_program_ran_only_a_day_ahead_is_corrected() {
    let home = rolled(30, None);
    let today = home.ago(0);
    home.run(&["correct", "last", "--day", &today]).refused(&["by a clock that was not ahead", "Nothing was changed"]);
    let home = rolled(-72, None);
    let id = History::read(&home.data()).past[0].id.clone();
    let due = home.run(&["due"]);
    assert!(due.out.contains(&format!("dermaroll correct {id} --day")), "{due:?}");
    home.run(&["correct", &id, "--day", &home.ago(2), "--why", "the clock was ahead"]).done();
    assert_eq!(home.json(&["due", "--json"])["last"], home.ago(2));
    // That was mistyped.
    home.run(&["correct", &id, "--day", &home.ago(1)]).done();
    assert_eq!(home.json(&["due", "--json"])["last"], home.ago(1));
}

#[test]
fn a_later_note_is_corrected() {
    let home = Home::new();
    home.run(&["log", &home.ago(3)]).done();
    home.run(&["note", "last", "a litle dry", "--felt", "sore"]).done();
    home.run(&["correct", "last", "--later", "1", "--text", "a little dry", "--skin", "itchy,pink"]).done();
    let shown = home.run(&["show"]).done();
    assert!(shown.contains("a little dry (corrected)"), "{shown}");
    assert!(shown.contains("pink") && !shown.contains("sore"), "{shown}");
    let json = home.json(&["export", "--format", "json"]);
    assert_eq!(json["sessions"][0]["later"][0]["felt"], serde_json::json!(["pink", "itchy"]));
    home.run(&["correct", "last", "--later", "1"]).refused(&["nothing to correct"]);
}

#[test]
fn rollers_and_serums_are_corrected_and_retired_without_losing_either_word() {
    let home = Home::new();
    home.run(&["roller", "add", "bleu", "--length", "0.2"]).done();
    home.run(&["serum", "add", "gle"]).done();
    let file = home.data().join("rollers/bleu.toml");
    let entered = fs::read_to_string(&file).unwrap();
    let said = home
        .run(&["roller", "correct", "bleu", "--name", "blue", "--length", "0,13", "--bought-from", "a shop"])
        .done();
    assert!(said.starts_with("Corrected, name, length, bought-from:"), "{said}");
    home.run(&["roller", "correct", "blue", "--opened", &home.ago(2)]).done();
    home.run(&["serum", "correct", "gle", "--name", "gel", "--brand", "Some", "--opened", &home.ago(2)]).done();
    let list = home.run(&["roller", "list"]).done();
    assert!(list.starts_with("blue: 0.13 mm") && list.contains("from a shop") && list.contains(&home.ago(2)), "{list}");
    let serums = home.run(&["serum", "list"]).done();
    assert!(serums.starts_with("gel, by Some") && serums.contains(&home.ago(2)), "{serums}");
    assert_eq!(fs::read_to_string(&file).unwrap(), entered);
    home.run(&["roller", "add", "blue", "--length", "0.13"]).refused(&["There is a roller \"blue\" already"]);
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "correct", "red", "--name", "BLUE"]).refused(&["There is a roller"]);
    home.run(&["roller", "correct", "red"]).refused(&["nothing to correct"]);
    home.run(&["roller", "correct", "red", "--length", "0.5"]).refused(&["too long"]);
    home.run(&["roller", "correct", "red", "--opened", &home.ago(-1)]).refused(&["has not come yet"]);
    home.run(&["serum", "correct", "gel"]).refused(&["nothing to correct"]);
    // Retiring writes the file anew, and what was entered stays in it.
    home.run(&["roller", "retire", "blue", "--why", "bent"]).done();
    let retired = fs::read_to_string(&file).unwrap();
    assert!(
        retired.contains("\"bleu\"") && retired.contains("needle_um = 200") && retired.contains("retired"),
        "{retired}"
    );
    assert!(home.run(&["roller", "list"]).done().contains("blue: 0.13 mm"));
}

#[test]
fn the_length_of_a_roller_that_was_used_stays() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(3), "--roller", "blue"]).done();
    home.run(&["roller", "correct", "blue", "--length", "0.2"])
        .refused(&["was used in a session", "Nothing was changed"]);
    home.run(&["roller", "correct", "blue", "--name", "old blue"]).done();
    assert!(home.run(&["roller", "list"]).done().starts_with("old blue: 0.13 mm, used 1"));
}
