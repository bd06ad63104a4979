//! Golden exports of a folder with something of everything, and what the readers of others make of them.

use std::io::{self, Write};

use engine::protocol::{Micrometres, Section};
use engine::safety::{Doctor, Keep, Sureness};
use engine::session::{Judgement, Outcome, Said, SectionEnd};
use serde_json::Value;
use store::export::{self, Range};
use store::record::ledger::Condition;
use store::record::summary::ReasonFields;
use store::record::{Ledger, ManualEntry, NamedAnswer, OsDisk, RecordKind, Skin, Timestamp, Unsure, follow_up};

use crate::export::data_folder::{DataFolder, Gathered, RICH, RecordSpec, all, calendar, csv, json, markdown, wall};
use crate::export::page::whole_year;

const EXPORTED: &str = "2026-11-23T08:00:00+01:00";

/// Three months: four sessions that count, a check, a trial, a day on which the list stopped it, and files that are
/// none of these.
pub fn autumn() -> DataFolder {
    let first = RecordSpec {
        felt: Some(1),
        note: Some("calm, a little | warm".into()),
        serum: Some("plain hyaluronic".into()),
        ..RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")
    };
    let check = RecordSpec {
        kind: RecordKind::Check,
        sections: Vec::new(),
        ..RecordSpec::new("20260915T180000Z-aa02", "2026-09-15T20:00:00+02:00").not_rolled(Outcome::Finished)
    };
    let second = RecordSpec { felt: Some(2), ..RecordSpec::new("20260927T183000Z-aa03", "2026-09-27T20:30:00+02:00") };
    let too_soon =
        ReasonFields { item: "retinoid".into(), answer: Sureness::Yes, because: "too-soon".into(), days_left: Some(2) };
    let stopped = RecordSpec {
        reasons: vec![too_soon],
        ..RecordSpec::new("20261024T170000Z-aa04", "2026-10-24T19:00:00+02:00").not_rolled(Outcome::StoppedByList)
    };
    let mut third = RecordSpec {
        outcome: Outcome::Part,
        stop_reason: Some("pink-enough".into()),
        ..RecordSpec::new("20261025T190000Z-aa05", "2026-10-25T20:00:00+01:00")
    };
    third.sections[3] = (Section::LowerLeft, SectionEnd::Stopped, Vec::new(), 9_000);
    third.sections[4] = (Section::Mouth, SectionEnd::Skipped, vec!["eczema".into(), "cold-sore".into()], 0);
    let trial = RecordSpec { trial: true, ..RecordSpec::new("20261110T183000Z-aa06", "2026-11-10T19:30:00+01:00") };
    let left = RecordSpec::new("20261111T183000Z-aa07", "2026-11-11T19:30:00+01:00").not_rolled(Outcome::LeftBefore);
    let interrupted =
        RecordSpec { closed: false, ..RecordSpec::new("20261123T063000Z-aa08", "2026-11-23T07:30:00+01:00") };
    let folder = DataFolder::with(&[first, check, second, stopped, third, trial, left, interrupted]);
    folder.put(RICH.0, RICH.1);
    folder.note("20260927T183000Z-aa03", "2026-09-28T08:00:00+02:00", Some(1), "pink, =SUM(A1:A9) sore");
    folder.note("20260927T183000Z-aa03", "2026-09-30T08:00:00+02:00", Some(3), "calm again");
    folder.note(RICH.0, "2026-11-22T23:00:00+01:00", None, "a photograph is in album 3");
    folder
}

fn golden(name: &str, text: &[u8], kept: &[u8]) {
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR")), text).unwrap();
        return;
    }
    assert_eq!(String::from_utf8_lossy(text), String::from_utf8_lossy(kept), "{name}: WRITE_GOLDEN writes it anew");
}

#[test]
fn the_golden_exports_are_written() {
    let gathered = autumn().gather();
    let sessions = all(&gathered);
    golden("export.csv", &csv(&sessions), include_bytes!("../golden/export.csv"));
    let text = json(&sessions, Timestamp::of(wall(EXPORTED)));
    golden("export.json", text.as_bytes(), include_bytes!("../golden/export.json"));
    let text = json(&full(), Timestamp::of(wall(EXPORTED)));
    golden("export-full.json", text.as_bytes(), include_bytes!("../golden/export-full.json"));
    let text = markdown(&gathered, Some(12), wall(EXPORTED));
    golden("export.md", text.as_bytes(), include_bytes!("../golden/export.md"));
    let text = markdown(&whole_year().gather(), Some(12), wall(EXPORTED));
    golden("export-year.md", text.as_bytes(), include_bytes!("../golden/export-year.md"));
    let text = calendar(&gathered, Range::default(), 28, wall(EXPORTED)).unwrap();
    golden("export.ics", text.as_bytes(), include_bytes!("../golden/export.ics"));
}

#[test]
fn the_table_is_rfc_4180() {
    let bytes = csv(&all(&autumn().gather()));
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with("id,started,"), "no mark before the header");
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}"));
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 8, "all but the unfinished one");
    let column = |name: &str| rows.iter().map(|row| row[place(name)].to_owned()).collect::<Vec<_>>();
    assert_eq!(column("counted"), ["yes", "no", "yes", "no", "yes", "no", "no", "yes"]);
    assert_eq!(column("days_since_previous"), ["", "", "28", "", "28", "", "", "28"]);
    assert_eq!(column("sections_rolled")[4], "upper-right; upper-left; lower-right");
    assert_eq!(column("skipped_because")[4], "mouth: eczema, cold-sore");
    assert_eq!(column("later_notes")[2], "2026-09-28 (day 1): pink, =SUM(A1:A9) sore; 2026-09-30 (day 3): calm again");
    assert_eq!(column("kind")[1], "check");
}

/// A session with every field that there is. A field that is new in the types does not compile here until it is
/// filled; `tests/tools/check_exports.py` then holds the file to the schema.
fn full() -> Vec<&'static store::record::Past> {
    use store::export::FollowUpRow;
    use store::record::past::{AnswerRow, ContactRow, OnTheWay, RollerRow, SectionRow, SignOutRow};
    use store::record::summary::StrokeFields;
    use store::record::{Past, SerumNote};
    let timestamp = Timestamp::of(wall(EXPORTED));
    let text = || "x".to_owned();
    let struck = || store::record::Struck { at: timestamp, why: text() };
    let session = Past {
        path: std::path::PathBuf::new(),
        id: "20261122T183000Z-ab12".into(),
        kind: RecordKind::Session,
        trial: false,
        counted: true,
        struck: Some(struck()),
        corrected: Some(timestamp),
        damaged: false,
        started: timestamp,
        ended: Some(timestamp),
        closed: None,
        days_since_previous: Some(-1),
        early_reason: Some(text()),
        outcome: Some(Outcome::Part),
        verdict: Some(Judgement::Skip),
        reasons: vec![ReasonFields { item: text(), answer: Sureness::Yes, because: text(), days_left: Some(1) }],
        stop_reason: Some(text()),
        blood_or_welts: true,
        answers: vec![AnswerRow {
            item: text(),
            asked: None,
            answer: NamedAnswer {
                answer: Said::NotSure,
                doctor: Some(Doctor::NotAsked),
                which: Some(vec![text()]),
                days_ago: Some(1),
                days_ago_each: Some(vec![1]),
                unsure_when: Some(vec![text()]),
                unsure_of: Some(vec![Unsure::When]),
                sections: Some(vec![Section::Mouth]),
                everywhere: Some(true),
                keep: Some(Keep::GoRound),
            },
        }],
        roller: Some(RollerRow {
            id: text(),
            name: text(),
            needle_um: 130,
            uses_before: Some(0),
            retired: false,
            length_acknowledged: Some(false),
        }),
        rollers: vec![text()],
        contact: Some(ContactRow { kept: text(), ms: Some(1) }),
        sections: vec![SectionRow {
            section: Section::Mouth,
            end: SectionEnd::Done,
            planned_ms: Some(1),
            rolled_ms: Some(1),
            strokes: vec![StrokeFields { stroke: text(), ms: 1 }],
            skipped_because: vec![text()],
            went_round: vec![text()],
            cut_off: Some(0),
            one_more: Some(false),
        }],
        rolled_ms: Some(1),
        on_the_way: Some(OnTheWay {
            pauses: 0,
            paused_ms: 0,
            touches: 0,
            hand_cleans: 0,
            roller_events: 0,
            cues_heard: Some(true),
        }),
        serum: Some(SerumNote { name: text(), brand: Some(text()), opened: store::record::Day::parse("2026-08-01") }),
        sign_out: vec![SignOutRow { question: text(), asked: Some(text()), said: Said::No }],
        felt: Some(5),
        note: Some(text()),
        follow_ups: vec![FollowUpRow {
            written: timestamp,
            day: Some(7),
            felt: vec![Skin::Calm],
            text: text(),
            photos: vec![text()],
            struck: Some(struck()),
            corrected: Some(timestamp),
        }],
        app: text(),
        protocol: text(),
        passed_checklist: None,
        touched_skin: true,
        sections_done: 1,
        order: Vec::new(),
        rolled: std::time::Duration::ZERO,
        retired: Vec::new(),
        damaged_lines: Vec::new(),
        torn: false,
    };
    vec![Box::leak(Box::new(session))]
}

/// A pipe whose reader has gone.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_has_gone_is_told_from_other_errors() {
    let gathered = autumn().gather();
    let sessions = all(&gathered);
    let many = || sessions.iter().cycle().take(1_000).copied();
    assert_eq!(export::csv(many(), &mut Closed).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    assert_eq!(
        export::json(many(), Timestamp::of(wall(EXPORTED)), &mut Closed).unwrap_err().kind(),
        io::ErrorKind::BrokenPipe
    );
}

#[test]
fn no_sessions_are_no_trouble() {
    for folder in [DataFolder::new(), DataFolder::with(&[])] {
        let gathered = folder.gather();
        assert_eq!(gathered, Gathered::default());
        let table = csv(&[]);
        assert_eq!(table.iter().filter(|byte| **byte == b'\n').count(), 1, "the header alone");
        let text: Value = serde_json::from_str(&json(&[], Timestamp::of(wall(EXPORTED)))).unwrap();
        assert_eq!(text["sessions"], serde_json::json!([]));
        assert!(markdown(&gathered, None, wall(EXPORTED)).contains("No session in this period"));
        assert_eq!(calendar(&gathered, Range::default(), 28, wall(EXPORTED)), None);
    }
}

/// Nobody timed or counted what was on paper, nor said that it was stopped.
#[test]
fn what_paper_does_not_tell_is_left_out() {
    let folder = DataFolder::new();
    let sections = [Section::UpperRight, Section::Mouth].into_iter().collect();
    let began = wall("2026-08-30T12:00:00+02:00");
    let blue =
        Ledger::new(&folder.root()).add_roller("blue", Micrometres(130), Condition::Used, None, None, None).unwrap();
    let manual_entry = ManualEntry { began, roller: Some((blue, 0)), sections, felt: Some(2), note: None };
    manual_entry.enter(&folder.root(), wall(EXPORTED)).unwrap();
    let gathered = folder.gather();
    let sessions = all(&gathered);
    let text: Value = serde_json::from_str(&json(&sessions, Timestamp::of(wall(EXPORTED)))).unwrap();
    let session = &text["sessions"][0];
    for missing in ["ended", "rolled_ms", "on_the_way", "contact"] {
        assert!(session.get(missing).is_none(), "{missing}: {session}");
    }
    for missing in ["planned_ms", "rolled_ms", "cut_off", "one_more"] {
        assert!(session["sections"][0].get(missing).is_none(), "{missing}: {session}");
    }
    for missing in ["uses_before", "length_acknowledged"] {
        assert!(session["roller"].get(missing).is_none(), "{missing}: {session}");
    }
    let table = csv(&sessions);
    let mut reader = ::csv::Reader::from_reader(table.as_slice());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let counted = ["strokes", "cut_off", "pauses", "paused_ms", "touches", "hand_cleans", "roller_events", "ended"];
    for name in counted.iter().chain(&["planned_ms", "rolled_ms", "length_acknowledged", "roller_uses_before"]) {
        let place = header.iter().position(|column| column == *name).unwrap();
        assert_eq!(&row[place], "", "{name}");
    }
    let page = markdown(&gathered, None, wall(EXPORTED));
    assert!(!page.contains("nded early") && !page.contains("Rolled"), "{page}");
    assert!(page.contains("| 2 of 5 | 2 |"), "{page}");
}

#[test]
fn photos_of_a_later_day_are_in_the_json() {
    let folder = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]);
    let said =
        follow_up::NewFollowUp { photos: vec!["/folder/anna/day 1.jpg".into()], ..follow_up::NewFollowUp::default() };
    follow_up::add(&OsDisk, &folder.path("20260830T180000Z-aa01"), wall(EXPORTED), &said).unwrap();
    let gathered = folder.gather();
    let text: Value = serde_json::from_str(&json(&all(&gathered), Timestamp::of(wall(EXPORTED)))).unwrap();
    assert_eq!(text["sessions"][0]["later"][0]["photos"], serde_json::json!(["/folder/anna/day 1.jpg"]));
}
