//! Golden exports of a folder with something of everything, and what the readers of others make of them.

use dermaroll::export::{Range, calendar, csv, json, markdown};
use dermaroll::record::summary::ReasonFields;
use dermaroll::record::{RecordKind, Stamp};
use serde_json::Value;

use crate::house::{House, RICH, Sketch, all, wall};
use crate::support::schema;

const EXPORTED: &str = "2026-11-23T08:00:00+01:00";

/// Three months: four sessions that count, a check, a trial, a day on which the list stopped it, and files that are
/// none of these.
pub fn autumn() -> House {
    let first = Sketch {
        felt: Some(1),
        note: Some("calm, a little | warm".into()),
        serum: Some("plain hyaluronic".into()),
        ..Sketch::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")
    };
    let check = Sketch {
        kind: RecordKind::Check,
        sections: Vec::new(),
        ..Sketch::new("20260915T180000Z-aa02", "2026-09-15T20:00:00+02:00").not_rolled("finished")
    };
    let second = Sketch { felt: Some(2), ..Sketch::new("20260927T183000Z-aa03", "2026-09-27T20:30:00+02:00") };
    let too_soon =
        ReasonFields { item: "retinoid".into(), answer: "yes".into(), because: "too-soon".into(), days_left: Some(2) };
    let stopped = Sketch {
        reasons: vec![too_soon],
        ..Sketch::new("20261024T170000Z-aa04", "2026-10-24T19:00:00+02:00").not_rolled("stopped-by-list")
    };
    let mut third = Sketch {
        outcome: "part",
        stop_reason: Some("pink-enough".into()),
        ..Sketch::new("20261025T190000Z-aa05", "2026-10-25T20:00:00+01:00")
    };
    third.sections[3] = ("lower-left", "stopped", Vec::new(), 9_000);
    third.sections[4] = ("mouth", "skipped", vec!["eczema".into(), "cold-sore".into()], 0);
    let trial = Sketch { trial: true, ..Sketch::new("20261110T183000Z-aa06", "2026-11-10T19:30:00+01:00") };
    let left = Sketch::new("20261111T183000Z-aa07", "2026-11-11T19:30:00+01:00").not_rolled("left-before");
    let unfinished = Sketch { closed: false, ..Sketch::new("20261123T063000Z-aa08", "2026-11-23T07:30:00+01:00") };
    let house = House::with(&[first, check, second, stopped, third, trial, left, unfinished]);
    house.put(RICH.0, RICH.1);
    house.note("20260927T183000Z-aa03", "2026-09-28T08:00:00+02:00", Some(1), "pink, =SUM(A1:A9) sore");
    house.note("20260927T183000Z-aa03", "2026-09-30T08:00:00+02:00", Some(3), "calm again");
    house.note(RICH.0, "2026-11-22T23:00:00+01:00", None, "a photograph is in album 3");
    house
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
    golden("export.csv", &csv(&sessions).unwrap(), include_bytes!("../golden/export.csv"));
    let text = json(&sessions, Stamp::of(wall(EXPORTED))).unwrap();
    golden("export.json", text.as_bytes(), include_bytes!("../golden/export.json"));
    let text = markdown(&sessions, Some(12), wall(EXPORTED));
    golden("export.md", text.as_bytes(), include_bytes!("../golden/export.md"));
    let text = calendar(&gathered, Range::default(), 28, &[1, 3, 7], wall(EXPORTED)).unwrap();
    golden("export.ics", text.as_bytes(), include_bytes!("../golden/export.ics"));
}

#[test]
fn the_table_is_rfc_4180() {
    let bytes = csv(&all(&autumn().gather())).unwrap();
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

#[test]
fn the_json_is_what_its_schema_says() {
    let rules = schema::schema("export");
    let mut seen = schema::Seen::default();
    for text in [include_str!("../golden/export.json").to_owned(), json(&full(), Stamp::of(wall(EXPORTED))).unwrap()] {
        let export: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema::check(&rules, &export, &mut seen), Vec::<String>::new());
    }
    let unseen: Vec<String> = schema::properties(&rules).into_iter().filter(|name| !seen.contains(name)).collect();
    assert!(unseen.is_empty(), "the schema speaks of what no export has: {unseen:?}");
}

/// A session with every field that there is. A field that is new in the types does not compile here until it is
/// filled, and is then held to the schema.
fn full() -> Vec<&'static dermaroll::export::Session> {
    use dermaroll::export::{
        Answer, Asked, Contact, Later, OnTheWay, Reason, Roller, SectionRow, Serum, Session, Stroke,
    };
    let stamp = Stamp::of(wall(EXPORTED));
    let text = || "x".to_owned();
    let session = Session {
        id: "20261122T183000Z-ab12".into(),
        kind: RecordKind::Session,
        trial: false,
        counted: true,
        damaged: false,
        started: stamp,
        ended: Some(stamp),
        days_since_previous: Some(-1),
        early_reason: Some(text()),
        outcome: Some("part".into()),
        verdict: Some("skip".into()),
        reasons: vec![Reason { item: text(), answer: text(), because: text(), days_left: Some(1) }],
        stop_reason: Some(text()),
        answers: vec![Answer {
            item: text(),
            answer: text(),
            doctor: Some(text()),
            which: Some(vec![text()]),
            days_ago: Some(1),
            unsure_of: Some(vec![text()]),
            sections: Some(vec![text()]),
            everywhere: Some(true),
            keep: Some(text()),
        }],
        roller: Some(Roller {
            id: text(),
            name: text(),
            needle_um: 130,
            uses_before: 0,
            retired: false,
            length_acknowledged: false,
        }),
        rollers_used: vec![text()],
        contact: Some(Contact { kept: text(), ms: Some(1) }),
        sections: vec![SectionRow {
            section: text(),
            end: text(),
            planned_ms: 1,
            rolled_ms: 1,
            strokes: vec![Stroke { stroke: text(), ms: 1 }],
            skipped_because: vec![text()],
            went_round: vec![text()],
            cut_off: 0,
            one_more: false,
        }],
        rolled_ms: 1,
        on_the_way: Some(OnTheWay {
            pauses: 0,
            paused_ms: 0,
            touches: 0,
            hand_cleans: 0,
            roller_events: 0,
            cues_heard: Some(true),
        }),
        serum: Some(Serum { name: text(), brand: Some(text()), opened: dermaroll::record::Day::parse("2026-08-01") }),
        sign_out: vec![Asked { question: text(), said: text() }],
        felt: Some(5),
        note: Some(text()),
        later: vec![Later { written: stamp, day: Some(7), felt: vec!["calm".to_owned()], text: text() }],
        app: text(),
        protocol: text(),
    };
    vec![Box::leak(Box::new(session))]
}

#[test]
fn the_page_tells_what_was_done_and_no_more() {
    let page = markdown(&all(&autumn().gather()), Some(12), wall(EXPORTED));
    for line in [
        "Sessions from 2026-08-30 to 2026-11-22.",
        "- Sessions: 4",
        "- Days from one session to the next: 28",
        "- Needle length: 0.13 mm",
        "- Ended early: 2",
        "trials 1, reviews of the list alone 1",
        "| 2026-10-25 | 28 | 0.13 | 3 of 5 | 1:21 | mouth (eczema, cold sore) | - |",
        "- 2026-10-24: no rolling, because of the list: retinoid, yes: too soon, days left: 2",
        "- 2026-10-25: ended early, reason: pink enough",
        "- 2026-08-30: calm, a little \\| warm",
        "- 2026-09-27, day 1: pink, =SUM(A1:A9) sore",
        "- 2026-11-22, after 28 days: away from Monday",
    ] {
        assert!(page.contains(line), "{line} is missing:\n{page}");
    }
    assert!(!page.contains("2026-11-10"), "a trial is counted and not listed");
    assert!(page.lines().count() < 60, "one page");
    let short = markdown(&all(&autumn().gather()), Some(2), wall(EXPORTED));
    assert!(short.contains("The newest 2 of 6"), "{short}");
    assert!(short.contains("- Sessions: 4") && !short.contains("2026-09-27"), "{short}");
}

#[test]
fn no_sessions_are_no_trouble() {
    for house in [House::new(), House::with(&[])] {
        let gathered = house.gather();
        assert_eq!(gathered, dermaroll::export::Gathered::default());
        let table = csv(&[]).unwrap();
        assert_eq!(table.iter().filter(|byte| **byte == b'\n').count(), 1, "the header alone");
        let text: Value = serde_json::from_str(&json(&[], Stamp::of(wall(EXPORTED))).unwrap()).unwrap();
        assert_eq!(text["sessions"], serde_json::json!([]));
        assert!(markdown(&[], None, wall(EXPORTED)).contains("No session in this period"));
        assert_eq!(calendar(&gathered, Range::default(), 28, &[1, 3, 7], wall(EXPORTED)), None);
    }
}

#[test]
fn a_page_on_days_without_rolling_has_no_table() {
    let left = Sketch::new("20261111T183000Z-aa07", "2026-11-11T19:30:00+01:00").not_rolled("left-before");
    let gathered = House::with(&[left]).gather();
    let page = markdown(&all(&gathered), None, wall(EXPORTED));
    assert!(!page.contains("|---") && page.contains("- 2026-11-11"), "{page}");
}

#[test]
fn one_value_alone_is_no_range() {
    let one = Sketch { felt: Some(3), ..Sketch::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00") };
    let gathered = House::with(&[one]).gather();
    let page = markdown(&all(&gathered), None, wall(EXPORTED));
    assert!(page.contains("- Felt, 0 to 5: 3\n"), "{page}");
}
