//! `dermaroll log`: an older session from paper.

use std::fs;

use engine::session::Outcome;
use store::calendar::Date;
use store::record::{History, RecordKind, Tail, Totals, read};

use crate::support::home::Home;

#[test]
fn a_session_from_paper_counts_like_any_other() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(60), "--roller", "blue"]).done();
    let day = home.ago(30);
    let said = home.run(&["log", &day, "--roller", "BLUE", "--felt", "2", "--note", "from the diary"]).done();
    assert!(said.starts_with("Entered: a session of ") && said.contains(&day[..4]), "{said}");
    let history = History::read(&home.data());
    assert_eq!((history.past.len(), history.uncounted.len()), (2, 0));
    let totals = Totals::of(&history);
    let last = totals.last.as_ref().unwrap();
    assert_eq!((totals.counted(), history.past[0].kind, last.felt), (2, RecordKind::Log, Some(2)));
    assert_eq!(Date::of(last.started.wall()).to_string(), day);
    assert_eq!((last.sections_done, last.order.len()), (5, 5));
    let outcome = history.past[0].outcome;
    assert_eq!(
        (outcome, last.outcome, last.note.as_deref()),
        (Some(Outcome::Finished), Some(Outcome::Finished), Some("from the diary"))
    );
    assert_eq!(totals.uses_of("blue"), 2);
    assert!(totals.interrupted.is_empty());

    let reading = read(&last.path).unwrap();
    assert!(reading.damage.is_empty() && reading.tail == Tail::Clean && reading.entries.is_empty());
    assert_eq!((reading.after_summary.len(), reading.summary.unwrap().roller_uses), (2, Some(1)));
    let shown = home.run(&["show"]).done();
    for part in ["Session from paper", &format!("{day}, entered {}", home.ago(0)), "2 of 5"] {
        assert!(shown.contains(part), "{part:?}: {shown}");
    }
    assert!(!shown.contains("Soak") && !shown.contains("protocol"), "paper does not know: {shown}");
}

#[test]
fn some_sections_make_a_part_session() {
    let home = Home::new();
    let day = home.ago(1);
    home.run(&["log", &day, "--sections", "Mouth,upper-right", "--sections", "mouth"]).done();
    let history = History::read(&home.data());
    let past = &history.past[0];
    assert_eq!((past.sections_done, past.order.len(), past.outcome), (2, 5, Some(Outcome::Part)));
    assert_eq!(home.run(&["due"]).status, 8);
}

#[test]
fn the_same_day_twice_has_to_be_meant() {
    let home = Home::new();
    let day = home.ago(5);
    home.run(&["log", &day]).done();
    let id = home.id_of(&day);
    home.run(&["log", &day]).refused(&[&format!("There is a session of {day} already: {id}"), "--again"]);
    home.run(&["log", &day, "--again"]).done();
    assert_eq!(home.files().len(), 2);
}

#[test]
fn days_that_cannot_be_are_refused() {
    let home = Home::new();
    home.run(&["log", &home.ago(-1)]).refused(&["has not come yet", &home.ago(0)]);
    for wrong in
        ["22.11.2026", "2026-02-29", "2026-13-01", "2026-00-10", "20261122", "today", "", "2026-11-22T10:00:00Z"]
    {
        home.run(&["log", wrong]).refused(&["is no day of the calendar", "Nothing was saved", &home.ago(0)]);
    }
    home.run(&["log", "1969-12-31"]).refused(&["before 1970-01-01", &home.ago(0)]);
    home.run(&["log", "0001-01-01"]).refused(&["before 1970-01-01"]);
    home.run(&["log"]).refused(&["<DATE>"]);
    assert!(!home.data().exists(), "a refusal makes nothing");
    home.run(&["log", &home.ago(0)]).done();
    home.run(&["log", "1970-01-01"]).done();
}

#[test]
fn what_is_not_known_is_refused() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    let day = home.ago(5);
    home.run(&["log", &day, "--roller", "blu"]).refused(&["There is no roller \"blu\"", "Did you mean \"blue\"?"]);
    home.run(&["log", &day, "--felt", "6"]).refused(&["0..=5"]);
    home.run(&["log", &day, "--sections", "nose"]).refused(&["expected one of upper-right, upper-left"]);
    home.run(&["log", &day, "--note", " "]).refused(&["--note is empty"]);
    home.run(&["log", &day, "--note", &"x".repeat(2_001)]).refused(&["2000 fit"]);
    assert_eq!(home.files().len(), 1);
}

#[test]
fn of_two_retired_rollers_of_one_name_the_id_tells() {
    let home = Home::new();
    for _ in 0..2 {
        home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
        home.run(&["roller", "retire", "blue"]).done();
    }
    let day = home.ago(5);
    home.run(&["log", &day, "--roller", "Blue"])
        .refused(&["Several rollers are called \"Blue\"", "blue.toml, blue-2.toml"]);
    home.run(&["log", &day, "--roller", "blue-2"]).done();
    assert_eq!(home.json(&["roller", "list", "--json"])[1]["uses"], 1);
}

#[test]
fn hidden_characters_of_a_note_are_kept_by_their_codes() {
    let home = Home::new();
    home.run(&["log", &home.ago(5), "--note", "a\u{202e}b\u{1b}[2J"]).done();
    let text = &home.files()[0].1;
    assert!(text.contains("text = \"a\\u202Eb\\u001B[2J\""), "{text}");
}

#[test]
fn a_session_from_paper_that_was_cut_off_does_not_count_and_holds_its_day() {
    let home = Home::new();
    home.run(&["log", &home.ago(5), "--felt", "1"]).done();
    let (path, text) = home.files().remove(0);
    for end in 0..text.len() {
        fs::write(&path, &text[..end]).unwrap();
        let totals = Totals::of(&History::read(&home.data()));
        let whole = read(&path).is_ok_and(|reading| reading.is_closed());
        assert_eq!(totals.last.is_some(), whole, "cut off at {end}");
        assert!(totals.interrupted.is_empty(), "there is nothing to go on with");
        assert!(totals.last_hold(|_| false).is_some(), "cut off at {end}");
    }
}

#[test]
fn the_history_as_a_table_is_the_export() {
    let home = Home::new();
    home.run(&["log", &home.ago(40)]).done();
    let table = home.run(&["history", "--csv"]).done();
    assert_eq!(table, home.run(&["export", "--format", "csv"]).done());
    assert_eq!(table.lines().count(), 2);
    assert_eq!(home.run(&["history", "--csv", "--json"]).status, 2);
}

/// Older ones may be entered after it.
#[test]
fn of_a_roller_on_paper_nobody_says_that_it_was_not_used_before() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    for days in [30, 60] {
        home.run(&["log", &home.ago(days), "--roller", "blue"]).done();
        let shown = home.run(&["show", &home.ago(days)]).done();
        assert!(shown.contains("blue, 0.13 mm") && !shown.contains("used"), "{shown}");
        assert!(home.json(&["show", &home.ago(days), "--json"])["summary"].get("roller_uses").is_none());
    }
}

#[test]
fn a_note_may_begin_with_a_dash() {
    let home = Home::new();
    home.run(&["log", &home.ago(3), "--note", "- sore"]).done();
    assert!(home.run(&["show"]).done().contains("- sore"));
}
