//! One record as a person reads it, and as other programs do.

use std::fs;
use std::time::Duration;

use engine::protocol::SignOutItem;
use engine::session::{Event, EventKind, Judgement, Outcome, Said, SectionEnd};
use store::record::show::{self, Shape};
use store::record::{NamedQuestion, OsDisk, RecordKind, RecordedEntry, follow_up, read};

use crate::record::past::said;
use crate::record::wire::{GOLDEN, ID};
use crate::support::fixture::{self, BEGAN};

#[test]
fn a_session_reads_as_a_person_would_tell_it() {
    let root = tempfile::tempdir().unwrap();
    let beside = root.path().join(format!("{ID}.toml"));
    follow_up::add(&OsDisk, &beside, BEGAN.plus(Duration::from_secs(86_400)), &said(Some(1), "pink")).unwrap();
    let long = "a longer note that goes on for so long that it needs a second line of its own to be read";
    follow_up::add(&OsDisk, &beside, BEGAN.plus(Duration::from_secs(259_200)), &said(None, long)).unwrap();
    let text = show::text(&read::parse(GOLDEN.as_bytes()).unwrap(), &follow_up::of_session(&beside).0, Shape::Wide);
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/show.txt"), &text).unwrap();
    }
    assert_eq!(text, include_str!("../golden/show.txt"));
}

#[test]
fn whatever_is_shown_keeps_to_its_columns_and_has_all_its_words() {
    let blocks = fixture::blocks(ID);
    for count in 1..=blocks.len() {
        let reading = read::parse(blocks[..count].concat().as_bytes()).unwrap();
        for (shape, columns) in [(Shape::Wide, 80), (Shape::Narrow, 38)] {
            let text = show::text(&reading, &[], shape);
            assert!(text.lines().all(|line| line.chars().count() <= columns), "{text}");
            assert!(!text.contains(['<', '{', '}']), "{text}");
            assert!(text.ends_with('\n') && !text.contains(" \n"));
        }
    }
}

#[test]
fn json_is_complete_and_its_names_are_those_of_the_file() {
    let torn = format!("{GOLDEN}[[la");
    let json = show::json(&read::parse(torn.as_bytes()).unwrap(), &[], 0).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["id"], ID);
    assert_eq!(json["finished"], true);
    assert_eq!(json["header"]["started"], "2026-11-22T19:30:00+01:00");
    assert_eq!(json["entries"].as_array().unwrap().len(), fixture::entries().len());
    assert_eq!(json["entries"][4]["which"][0], "filler");
    assert_eq!(json["entries"][4].get("text"), None);
    assert_eq!(json["summary"]["sections"][0]["strokes"][1]["ms"], 3000);
    assert_eq!(json["later"][2]["level"], 2);
    assert_eq!(json["torn_bytes"], 4);
}

#[test]
fn a_roller_that_was_retired_before_it_was_used_is_told_as_retired() {
    let mut reading = read::parse(GOLDEN.as_bytes()).unwrap();
    let summary = reading.summary.as_mut().unwrap();
    (summary.roller, summary.roller_name, summary.needle_um, summary.roller_uses) = (None, None, None, None);
    for retired in [false, true] {
        reading.summary.as_mut().unwrap().roller_retired = retired;
        let text = show::text(&reading, &[], Shape::Wide);
        let on_one_line: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(on_one_line.join(" ").contains("retired in this session"), retired, "{text}");
    }
}

/// The closing questions are answered after the summary was written.
#[test]
fn a_roller_that_the_closing_questions_retire_is_told_as_retired() {
    let mut reading = read::parse(GOLDEN.as_bytes()).unwrap();
    assert!(!show::text(&reading, &[], Shape::Wide).contains("retired"));
    let question = NamedQuestion { asked: None, question: SignOutItem::NEEDLES_STRAIGHT.into() };
    let event = Event::SignedOut { question, said: Said::No };
    let last = reading.after_summary.last().unwrap().clone();
    reading.after_summary.push(RecordedEntry { event, ..last });
    let text = show::text(&reading, &[], Shape::Wide);
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("retired in this session"), "{text}");
}

#[test]
fn a_pause_that_has_no_end_yet_is_told_as_that() {
    let reading = read::parse(GOLDEN.as_bytes()).unwrap();
    let at = reading.entries.iter().position(|entry| entry.event.kind() == EventKind::Paused).unwrap();
    let cut_off = store::record::Reading { entries: reading.entries[..=at].to_vec(), summary: None, ..reading };
    let text = show::text(&cut_off, &[], Shape::Wide);
    assert!(text.contains("paused since, "), "{text}");
    assert!(text.contains("0 done, 0:11 rolled so far"), "{text}");
    assert!(!text.contains("paused ,"), "{text}");
}

#[test]
fn a_review_of_the_list_alone_is_not_told_as_a_session_that_was_left() {
    let review = |verdict: Option<Judgement>| {
        let mut reading = read::parse(GOLDEN.as_bytes()).unwrap();
        reading.header.kind = RecordKind::Check;
        let summary = reading.summary.as_mut().unwrap();
        summary.outcome = Outcome::LeftBefore;
        (summary.rolled_ms, summary.verdict) = (0, verdict);
        for (place, section) in summary.sections.iter_mut().enumerate() {
            let items = |at: usize| if place == at { vec!["mole".to_owned()] } else { Vec::new() };
            let end = if place == 0 { SectionEnd::Skipped } else { SectionEnd::NotReached };
            (section.skip, section.round, section.end) = (items(0), items(1), end);
            (section.rolled_ms, section.strokes) = (0, Vec::new());
        }
        show::text(&reading, &[], Shape::Wide)
    };
    let text = review(Some(Judgement::Skip));
    assert!(text.contains("The checklist was reviewed") && text.contains("because of mole"), "{text}");
    assert!(text.contains("went round mole"), "{text}");
    assert!(!text.contains("Left before rolling") && !text.contains("not reached"), "{text}");
    assert!(review(None).contains("The checklist was not confirmed"));
}
