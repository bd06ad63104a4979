//! `dermaroll due`: one line and an exit status.

use std::fs;
use std::time::Duration;

use dermaroll::content::built_in;
use engine::protocol::{Kind, Section};
use store::record::{ManualEntry, SessionFile, Start};

use crate::support::home::Home;

#[test]
fn no_session_yet_counts_as_due() {
    let home = Home::new();
    assert_eq!(home.run(&["due"]).done(), "Due: no session yet.\n");
    let json = home.json(&["due", "--json"]);
    assert_eq!((&json["due"], &json["state"], &json["last"]), (&true.into(), &"first".into(), &().into()));
    assert!(!home.data().exists(), "looking makes nothing");
}

#[test]
fn the_line_follows_the_days() {
    let cases = [
        (0, 8, "Not due yet: from {28}, in 28 days; at the earliest on {7}. The next one is session 2 of 4.\n"),
        (6, 8, "Not due yet: from {22}, in 22 days; at the earliest on {1}. The next one is session 2 of 4.\n"),
        (7, 8, "Not due yet: from {21}, in 21 days. The next one is session 2 of 4.\n"),
        (27, 8, "Not due yet: from {1}, tomorrow. The next one is session 2 of 4.\n"),
        (28, 0, "Due today. The next one is session 2 of 4.\n"),
        (29, 0, "Due: 1 day over your interval. The next one is session 2 of 4.\n"),
        (40, 0, "Due: 12 days over your interval. The next one is session 2 of 4.\n"),
    ];
    for (days, status, line) in cases {
        let home = Home::new();
        home.run(&["log", &home.ago(days)]).done();
        let line = [28, 22, 21, 7, 1]
            .iter()
            .fold(line.to_owned(), |line, days| line.replace(&format!("{{{days}}}"), &home.words_in(*days)));
        let said = home.run(&["due"]);
        assert_eq!((said.status, said.out, said.err), (status, line, String::new()));
        let json = home.json(&["due", "--json"]);
        assert_eq!(json["due"], status == 0);
        assert_eq!((&json["days_ago"], &json["in_days"]), (&days.into(), &(28 - days).into()));
        assert_eq!((&json["last"], &json["due_on"]), (&home.ago(days).into(), &home.ago(days - 28).into()));
        assert_eq!(json["earliest_on"].as_str(), (days < 7).then(|| home.ago(days - 7)).as_deref());
    }
}

#[test]
fn the_interval_is_the_persons_own_and_never_under_a_week() {
    let home = Home::new();
    home.run(&["log", &home.ago(10)]).done();
    home.settings("interval_days = 10\n");
    assert_eq!(home.run(&["due"]).status, 0);
    home.settings("interval_days = 11\n");
    assert_eq!(home.run(&["due"]).status, 8);
    home.settings("interval_days = 6\n");
    home.run(&["due"]).refused(&["interval_days", "7"]);
}

#[test]
fn a_course_has_four_and_begins_anew() {
    let home = Home::new();
    for (number, next) in [(1, 2), (2, 3), (3, 4), (4, 1), (5, 2)] {
        home.run(&["log", &home.ago(300 - number * 30)]).done();
        assert!(home.run(&["due"]).done().contains(&format!("session {next} of 4")));
    }
    let json = home.json(&["due", "--json"]);
    assert_eq!((&json["next_of_course"], &json["course"]), (&2.into(), &4.into()));
}

#[test]
fn a_session_that_has_not_come_is_a_matter_of_the_clock() {
    let home = Home::new();
    let began = home.now().plus(Duration::from_secs(2 * 86_400));
    let manual_entry =
        ManualEntry { began, roller: None, sections: Section::ALL.into_iter().collect(), felt: None, note: None };
    manual_entry.enter(&home.data(), home.now()).unwrap();
    let said = home.run(&["due"]);
    let line = format!("Not due yet: the last session is dated {}, which has not come.", home.words_in(2));
    assert_eq!(said.status, 8);
    assert!(said.out.starts_with(&line), "{}", said.out);
    assert_eq!(home.json(&["due", "--json"])["last"], home.ago(-2));
}

#[test]
fn an_unfinished_session_is_told_of() {
    let home = Home::new();
    let protocol = built_in(Kind::Session).unwrap();
    SessionFile::create(&home.data(), &Start::of(&protocol, home.now()).unwrap()).unwrap();
    // Its record may have been cut off by another program.
    let said = home.run(&["due"]);
    assert_eq!((said.status, said.err.as_str()), (8, ""));
    assert!(
        said.out.starts_with("Not due yet: ") && said.out.contains(" is not closed, so its day counts"),
        "{said:?}"
    );
    assert_eq!(home.json(&["due", "--json"])["unfinished"], 1);
    home.settings("trial = true\n");
    let said = home.run(&["due"]).done();
    assert!(said.ends_with(" An unfinished session is waiting: dermaroll shows it.\n"), "{said}");
}

#[test]
fn a_trial_asks_for_no_interval() {
    let home = Home::new();
    home.run(&["log", &home.ago(1)]).done();
    home.settings("trial = true\n");
    assert_eq!(home.run(&["due"]).done(), "Due: this is a trial, which asks for no interval.\n");
}

#[test]
fn files_that_are_not_counted_are_named() {
    let home = Home::new();
    home.run(&["log", &home.ago(3)]).done();
    let folder = home.data().join("sessions").join(&home.ago(3)[..4]);
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let said = home.run(&["due"]);
    assert_eq!((said.status, said.out.lines().count()), (8, 1));
    assert!(said.err.contains("notes.txt is not the name of a session"), "{}", said.err);
}

#[test]
fn where_sessions_cannot_be_seen_nothing_is_said_to_be_due() {
    let home = Home::new();
    fs::create_dir_all(home.data()).unwrap();
    fs::write(home.data().join("sessions"), "no folder").unwrap();
    let said = home.run(&["due"]);
    assert_eq!(said.status, 8, "{said:?}");
    assert!(said.out.starts_with("Not today: ") && said.out.contains("sessions cannot be listed"), "{said:?}");
    let json = home.json(&["due", "--json"]);
    assert_eq!((&json["due"], &json["state"]), (&false.into(), &"not-known".into()));
    assert_eq!(json["unread"], serde_json::json!([home.data().join("sessions")]));
    for args in [&["show"][..], &["history"], &["history", "--json"], &["export", "--format", "csv"], &["note", "dry"]]
    {
        let said = home.run(args);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{args:?}");
        assert!(said.err.contains("is not known until that is mended"), "{args:?}: {}", said.err);
    }
}
