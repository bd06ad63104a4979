//! Aftercare and when to get help, days after the session: on the first screen, by `dermaroll care`, whatever is wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use engine::protocol::{Kind, Protocol};
use engine::session::{Entry, Event, Outcome};
use engine::timeline::{Moment, Now, Wall};
use store::calendar::rfc3339;
use store::record::{SessionFile, Start};

use crate::support::app_driver::AppDriver;
use crate::support::counts::skipped;
use crate::support::fixture;
use crate::support::home::Home;
use crate::support::program::shipped_protocols;

fn protocol() -> Protocol {
    (*shipped_protocols().session).clone()
}

/// A home with one session that ended so many hours ago, stopped for the reason with this id if one is named.
pub(crate) fn rolled(hours: i64, stopped_for: Option<&str>) -> Home {
    rolled_and_seen(hours, stopped_for, &[])
}

/// As [`rolled`], with what was noted in the saline.
fn rolled_and_seen(hours: i64, stopped_for: Option<&str>, seen: &[Event]) -> Home {
    let home = Home::new();
    let ended = Wall { unix: home.now().unix - hours * 3_600, ..home.now() };
    let protocol = protocol();
    let started = Wall { unix: ended.unix - 1_000, ..ended };
    let start = Start { protocol: Start::of(&protocol, started).unwrap().protocol, started, ..fixture::start() };
    let mut file = SessionFile::create(&home.data(), &start).unwrap();
    for (number, event) in (1..).zip(seen) {
        let now = Now { moment: Moment::default(), wall: ended };
        file.record(&protocol, &Entry { number, now, event: event.clone() }).unwrap();
    }
    let summary = engine::session::Summary {
        closed: ended,
        outcome: Outcome::Part,
        stop_reason: stopped_for.map(|id| protocol.stop_reasons.iter().position(|reason| reason.id == id).unwrap()),
        ..fixture::summary()
    };
    file.close(&protocol, &summary).unwrap();
    home
}

/// Without what a wider or narrower window changes.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_all(text: &str) {
    let (text, protocol) = (flat(text), protocol());
    let lines = protocol.aftercare.iter().map(|line| line.text.as_str());
    for line in lines.chain(protocol.red_flags.lines()) {
        assert!(text.contains(line), "{line:?} is missing:\n{text}");
    }
}

#[test]
fn without_any_record_all_lines_are_there() {
    let home = Home::new();
    let text = home.run(&["care"]).done();
    has_all(&text);
    assert!(text.starts_with("After every session:") && !text.contains("until"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    assert!(home.files().is_empty(), "it writes nothing");
    let json = home.json(&["care", "--json"]);
    assert_eq!((&json["session"], &json["still"]), (&().into(), &serde_json::json!([])));
    assert_eq!(json["aftercare"].as_array().unwrap().len(), protocol().aftercare.len());
    assert_eq!(json["red_flags"]["emergency"], protocol().red_flags.emergency);
}

#[test]
fn what_still_counts_comes_first_and_is_over_at_its_hour() {
    let spans = [(0, 8), (11, 8), (12, 7), (23, 7), (24, 5), (71, 5), (72, 3), (119, 3), (120, 0), (5_000, 0)];
    for (hours, still) in spans {
        let home = rolled(hours, None);
        let json = home.json(&["care", "--json"]);
        let ended = Wall { unix: home.now().unix - hours * 3_600, ..home.now() };
        assert_eq!(json["ended"], rfc3339(ended));
        assert_eq!(json["still"].as_array().unwrap().len(), still, "after {hours} hours: {json}");
        let text = home.run(&["care"]).done();
        assert_eq!(text.starts_with("After your session of "), still > 0, "{text}");
        assert!(!text.contains("Last time you noted"), "{text}");
        has_all(&text);
        let (startup, _) = home.startup();
        assert_eq!(startup.care.iter().filter(|line| line.holds(home.now())).count(), still);
        assert!(!startup.was_worrying);
    }
}

#[test]
fn blood_welts_or_pain_are_recalled() {
    for (reason, recalled) in
        [("blood", true), ("sharp-pain", true), ("welts", true), ("dizzy", true), ("pink-enough", false)]
    {
        let home = rolled(200, Some(reason));
        assert_eq!(home.startup().0.was_worrying, recalled, "{reason}");
        let text = home.run(&["care"]).done();
        assert_eq!(text.starts_with("Last time you noted blood, welts, pain or dizziness."), recalled, "{text}");
        assert_eq!(home.json(&["care", "--json"])["worrying"], recalled);
    }
}

#[test]
fn blood_or_welts_that_were_seen_in_the_saline_are_recalled_everywhere() {
    for (seen, recalled) in
        [(vec![Event::BloodOrWelts], true), (vec![Event::BloodOrWelts, Event::NoBloodOrWelts], false)]
    {
        let home = rolled_and_seen(200, None, &seen);
        assert_eq!(home.startup().0.was_worrying, recalled, "{seen:?}");
        assert_eq!(home.json(&["care", "--json"])["worrying"], recalled);
        let json = home.json(&["export", "--format", "json"]);
        let noted = json["sessions"][0].get("blood_or_welts");
        assert_eq!(noted, recalled.then_some(&true.into()), "{json}");
        let csv = home.run(&["export", "--format", "csv"]).done();
        let last = csv.lines().nth(1).unwrap().rsplit(',').next().unwrap();
        assert_eq!(last, if recalled { "yes" } else { "" }, "{csv}");
        let page = home.run(&["export", "--format", "md"]).done();
        assert_eq!(page.contains("blood or welts in the saline or the serum"), recalled, "{page}");
    }
}

#[test]
fn of_a_session_that_was_rolled_and_struck_out_it_counts_all_the_same() {
    let home = rolled(20, Some("blood"));
    let before = home.json(&["care", "--json"]);
    home.run(&["strike", "last", "--why", "not mine"]).done();
    assert_eq!(home.json(&["care", "--json"]), before);
    let (startup, _) = home.startup();
    assert!(startup.last.is_none() && startup.was_worrying, "{startup:?}");
    let screen = AppDriver::new(startup, (100, 60)).screen;
    for part in [&protocol().red_flags.emergency, "Last time you noted blood", "Aftercare that still counts"] {
        assert!(flat(&screen).contains(part), "{part:?} is missing:\n{screen}");
    }
    // Of paper nobody saw that anything was rolled.
    let home = Home::new();
    home.run(&["log", &home.ago(1)]).done();
    home.run(&["strike", "last", "--why", "wrong year"]).done();
    assert!(home.run(&["care"]).done().starts_with("After every session:"));
    assert!(home.startup().0.care.is_empty());
}

#[test]
fn of_paper_the_whole_day_counts() {
    let home = Home::new();
    home.run(&["log", &home.ago(1)]).done();
    let text = home.run(&["care"]).done();
    assert!(text.starts_with(&format!("After your session of {} this still counts:", home.words_in(-1))), "{text}");
    // It is noon, and the day before ended half a day ago.
    assert_eq!(home.json(&["care", "--json"])["still"].as_array().unwrap().len(), 7);
}

#[test]
fn what_cannot_be_read_is_said_and_the_lines_are_there_all_the_same() {
    let home = rolled(0, None);
    let sessions = home.data().join("sessions");
    let year = fs::read_dir(&sessions).unwrap().next().unwrap().unwrap().path();
    fs::set_permissions(&year, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&year).is_ok() {
        skipped("a folder that cannot be listed", "this user can list any");
    } else {
        let ended = home.run(&["care"]);
        assert_eq!(ended.status, 0);
        assert!(ended.err.contains(year.to_str().unwrap()), "{ended:?}");
        assert!(ended.out.starts_with("Not all records can be read"), "{ended:?}");
        has_all(&ended.out);
    }
    fs::set_permissions(&year, fs::Permissions::from_mode(0o700)).unwrap();
    let file = home.files().into_iter().find(|(path, _)| path.starts_with(&year)).unwrap().0;
    fs::write(&file, "this is no record").unwrap();
    let ended = home.run(&["care"]);
    assert!(ended.err.contains("Not counted"), "{ended:?}");
    assert!(ended.out.starts_with("Not all records can be read"), "{ended:?}");
    has_all(&ended.out);
    assert_eq!(home.json(&["care", "--json"])["unread"].as_array().unwrap().len(), 1);
}

#[test]
fn settings_that_are_refused_do_not_keep_the_lines_back() {
    let home = rolled(0, None);
    home.settings("nonsense = true\n");
    let ended = home.run(&["care"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("nonsense"), "{ended:?}");
    has_all(&ended.out);
    let file = home.path().join("mine.toml");
    fs::write(&file, "see_a_doctor = \"Never.\"\n").unwrap();
    let ended = home.run(&["--protocol", file.to_str().unwrap(), "care"]);
    assert_eq!(ended.status, 2);
    has_all(&ended.out);
}

#[test]
fn a_protocol_of_the_persons_own_adds_its_lines() {
    let home = rolled(30, None);
    let file = home.path().join("mine.toml");
    let shipped = include_str!("../assets/protocol.toml");
    fs::write(&file, format!("{shipped}\n[[aftercare]]\nspan = \"2 days\"\ntext = \"No cap.\"\n")).unwrap();
    let text = home.run(&["--protocol", file.to_str().unwrap(), "care"]).done();
    assert_eq!(text.matches("No cap.").count(), 2, "{text}");
    assert_eq!(protocol().kind, Kind::Session);
}
