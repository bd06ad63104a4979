//! `dermaroll roller restore`: what was said before of a roller's end is taken back, what is said later counts again.

use std::fs;
use std::path::PathBuf;

use engine::session::{Event, Said};
use engine::timeline::Wall;
use store::record::dialect::NamedQuestion;
use store::record::ledger::Condition;
use store::record::{FilePart, RecordedEntry, SessionFile, Start, Timestamp};

use crate::support::fixture;
use crate::support::home::Home;

fn owner() -> Home {
    let home = Home::new();
    home.run(&["roller", "add", "Blue", "--length", "0.13"]).done();
    home
}

fn is_retired(home: &Home) -> bool {
    home.json(&["roller", "list", "--json"])[0]["retired"] == true
}

fn file(home: &Home, name: &str) -> PathBuf {
    home.data().join("rollers").join(name)
}

#[test]
fn a_retired_roller_is_taken_back_and_may_be_retired_again() {
    let home = owner();
    home.run(&["roller", "retire", "blue", "--why", "a slip"]).done();
    assert!(is_retired(&home) && home.startup().0.rollers.is_empty());
    let said = home.run(&["roller", "restore", "BLUE"]).done();
    assert!(said.starts_with("Restored: Blue."), "{said}");
    assert!(!is_retired(&home));
    assert_eq!(home.startup().0.rollers[0].roller.name, "Blue");
    let listed = home.run(&["roller", "list"]).done();
    assert!(listed.contains(&format!("restored {}", home.ago(0))), "{listed}");
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["restored_on"], home.ago(0));
    home.run(&["roller", "retire", "Blue", "--why", "bent"]).done();
    assert!(is_retired(&home));
    let listed = home.run(&["roller", "list"]).done();
    assert!(listed.contains("bent") && !listed.contains("restored"), "{listed}");
    home.run(&["roller", "restore", "Blue"]).done();
    assert!(!is_retired(&home));
}

#[test]
fn one_that_is_not_retired_or_not_known_is_refused() {
    let home = owner();
    home.run(&["roller", "restore", "Blue"]).refused(&["\"Blue\" is not retired", "dermaroll roller list"]);
    home.run(&["roller", "restore", "bleu"]).refused(&["There is no roller \"bleu\"", "Did you mean \"Blue\"?"]);
    home.run(&["roller", "retire", "Blue"]).done();
    home.run(&["roller", "add", "blue", "--length", "0.14"]).done();
    let before = home.files();
    home.run(&["roller", "restore", "Blue"]).refused(&["Another roller called \"Blue\" is in use"]);
    assert_eq!(home.files(), before);
}

#[test]
fn one_that_may_be_retired_by_a_file_nobody_can_read_is_refused() {
    let home = owner();
    home.run(&["roller", "retire", "Blue"]).done();
    let copy = file(&home, "blue (conflicted copy 2026-01-01).toml");
    fs::write(&copy, "cut").unwrap();
    let before = home.files();
    home.run(&["roller", "restore", "Blue"]).refused(&["cannot be read", "Mend that file first"]);
    assert_eq!(home.files(), before);
    fs::remove_file(copy).unwrap();
    home.run(&["roller", "restore", "Blue"]).done();
    fs::write(file(&home, "blue.toml"), "format = 2\n").unwrap();
    home.run(&["roller", "restore", "Blue"]).refused(&["may be that roller", "Mend that file first"]);
}

/// A copy from before does not retire it again; one that was retired since by somebody who did not know does.
#[test]
fn a_copy_counts_by_its_day() {
    let home = owner();
    let path = file(&home, "blue.toml");
    let copy = file(&home, "blue.sync-conflict-20260101-101010-ABCDEFG.toml");
    let whole = fs::read_to_string(&path).unwrap();
    let retired = |day: &str| whole.replace("name =", &format!("retired = {day}\nretired_why = \"bent\"\nname ="));
    fs::write(&copy, retired(&home.ago(2))).unwrap();
    assert!(is_retired(&home));
    let ended = home.run(&["roller", "restore", "Blue"]);
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(!is_retired(&home), "a copy of two days ago is from before");
    // Of today nobody can say which came first.
    fs::write(&copy, retired(&home.ago(0))).unwrap();
    assert!(is_retired(&home));
    let before = home.files();
    home.run(&["roller", "restore", "Blue"]).refused(&["would still be retired", "Take that copy out of the folder"]);
    assert_eq!(home.files(), before);
    // A copy that knows of it and was not retired since takes nothing back on its own.
    let knows = fs::read_to_string(&path).unwrap();
    fs::write(&copy, &knows).unwrap();
    assert!(!is_retired(&home));
    fs::write(&copy, knows.replace("name =", &format!("retired = {}\nname =", home.ago(0)))).unwrap();
    assert!(is_retired(&home), "it was retired after it was restored");
    // Where only the copy tells of it, that is enough too.
    fs::write(&copy, &knows).unwrap();
    fs::write(&path, retired(&home.ago(2))).unwrap();
    assert!(!is_retired(&home));
}

/// A session by the clock of so many days ago that ends with these answers about the needles.
fn session(home: &Home, days_ago: i64, answers: &[(&str, Said)]) {
    let began = Wall { unix: home.now().unix - days_ago * 86_400, ..home.now() };
    let (protocol, start) = (fixture::protocol(), Start { started: began, ..fixture::start() });
    let mut file = SessionFile::create(&home.data(), &start).unwrap();
    fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    file.close(&protocol, &fixture::summary()).unwrap();
    let path = file.path().to_owned();
    let mut text = fs::read_to_string(&path).unwrap();
    let sum = text.split("sum = \"").nth(1).unwrap()[..8].to_owned();
    let before = u32::try_from(fixture::entries().len()).unwrap();
    for (n, (question, said)) in (before + 1..).zip(answers) {
        let question = NamedQuestion { asked: None, question: (*question).into() };
        let event = Event::SignedOut { question, said: *said };
        let entry = RecordedEntry { n, t: 900_000, at: Timestamp::of(began), event, sum: String::new() };
        text += &entry.to_text(FilePart::AfterSummary, &sum).unwrap();
    }
    fs::write(path, text).unwrap();
}

#[test]
fn what_a_record_alone_tells_is_taken_back_too_and_counts_again_later() {
    let home = Home::new();
    home.owns("blue", Condition::Used);
    session(&home, 40, &[("needles-bent", Said::Yes)]);
    assert!(is_retired(&home), "the window was closed on that page");
    assert!(home.run(&["roller", "list"]).done().contains("retired in a session"));
    home.run(&["roller", "restore", "blue"]).done();
    assert!(!is_retired(&home) && home.startup().0.rollers.len() == 1);
    // By the clock of a computer that is a day ahead.
    session(&home, -1, &[("needles-bent", Said::Yes)]);
    assert!(is_retired(&home));
    home.run(&["roller", "restore", "blue"]).refused(&["would still be retired", "set the clock"]);
}

#[test]
fn the_last_answer_about_the_needles_counts_and_the_first_of_old_records() {
    for (answers, retired) in [
        (vec![("needles-bent", Said::Yes), ("needles-bent", Said::No)], false),
        (vec![("needles-bent", Said::Yes), ("needles-bent", Said::NotSure)], false),
        (vec![("needles-bent", Said::No), ("needles-bent", Said::Yes)], true),
        (vec![("needles-straight", Said::Yes)], false),
        (vec![("needles-straight", Said::No)], true),
        (vec![("needles-straight", Said::No), ("needles-straight", Said::Yes)], true),
    ] {
        let home = Home::new();
        home.owns("blue", Condition::Used);
        session(&home, 40, &answers);
        assert_eq!(is_retired(&home), retired, "{answers:?}");
        let shown = home.json(&["show", "last", "--json"]);
        assert!(shown.to_string().contains(answers[0].0), "{shown}");
    }
}
