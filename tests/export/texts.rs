//! Any text of a person, and of a file that anybody may have written, in every form: it comes back whole, and does
//! nothing where it is opened.

use engine::session::Said;
use proptest::prelude::*;
use serde_json::Value;
use store::record::{Timestamp, text::sanitised};
use store::sanitise::hidden;

use crate::export::data_folder::{DataFolder, RecordSpec, all, csv, json, markdown, wall};

const EXPORTED: &str = "2026-11-23T08:00:00+01:00";
const ID: &str = "20260830T180000Z-aa01";

/// Texts that do something elsewhere.
const HARMFUL: [&str; 30] = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "=HYPERLINK(\"http://x.y\",\"z\")",
    "=cmd|' /C calc'!A0",
    "\"=1+1",
    "＝1",
    ",",
    "\"",
    "a\"b,c\r\nd",
    "'",
    "a|b",
    "\\|b",
    "</td><script>alert(1)</script>",
    "<img src=x onerror=y>",
    "[a](javascript:b)",
    "![a](http://x.y/z.png)",
    "`code`",
    "**bold** _it_ ~~no~~",
    "{text}",
    "{date}",
    "\u{202e}esrever",
    "\u{1b}[2J",
    "\u{0}\u{7f}\u{85}\u{2028}",
    "日本 für é 🙂",
];

/// A session with `text` wherever a person may have typed any, as far as the record takes it.
fn folder(text: &str) -> DataFolder {
    let text = sanitised(text, 2_000);
    let spec = RecordSpec {
        note: Some(text.clone()),
        answers: vec![("own".into(), text.clone(), "answer = \"yes\"".into())],
        sign_out: vec![("blood".into(), text.clone(), Said::Yes), ("own".into(), text.clone(), Said::Yes)],
        early_reason: Some(text.clone()),
        serum: Some(text.clone()),
        stop_reason: Some(text.clone()),
        roller_name: text.clone(),
        outcome: engine::session::Outcome::Part,
        ..RecordSpec::new(ID, "2026-08-30T20:00:00+02:00")
    };
    let folder = DataFolder::with(&[spec]);
    // A hand can put anything into a file that is no part of the sealed record.
    let quoted: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    folder.put(
        &format!("{ID}.later-20261201T101010Z"),
        &format!("format = 1\nsession = \"{ID}\"\nwritten = 2026-08-31T08:00:00+02:00\nday = 1\ntext = \"{quoted}\"\n"),
    );
    folder
}

/// What is wrong with the exports of a session that has `text` in it.
fn harm(text: &str) -> Result<(), String> {
    let gathered = folder(text).gather();
    let sessions = all(&gathered);
    if sessions.len() != 1 || sessions[0].follow_ups.len() != 1 {
        return Err(format!("not taken: {:?}", gathered.rest.uncounted));
    }
    table(&csv(&sessions), sessions[0])?;
    let exported = json(&sessions, Timestamp::of(wall(EXPORTED)));
    let back: Value = serde_json::from_str(&exported).map_err(|error| error.to_string())?;
    if back["sessions"][0]["note"] != serde_json::json!(sessions[0].note) && sessions[0].note.is_some() {
        return Err(format!("the note came back as {}", back["sessions"][0]["note"]));
    }
    let page = markdown(&gathered, None, wall(EXPORTED));
    for printed in [&exported, &page] {
        if let Some(c) = printed.chars().find(|c| *c != '\n' && hidden(*c).is_some()) {
            return Err(format!("hidden {c:?} in {printed}"));
        }
    }
    marks(&page)
}

fn table(bytes: &[u8], session: &store::record::Past) -> Result<(), String> {
    let mut reader = ::csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let rows: Vec<::csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    if rows.len() != 1 {
        return Err(format!("{} rows", rows.len()));
    }
    for (name, cell) in header.iter().zip(&rows[0]) {
        let begins = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        if begins || cell.chars().any(|c| hidden(c).is_some()) {
            return Err(format!("{name}: {cell:?}"));
        }
        if name == "note" {
            let note = session.note.clone().unwrap_or_default();
            if cell.strip_prefix('\'').unwrap_or(cell) != note && cell != note {
                return Err(format!("the note {note:?} came back as {cell:?}"));
            }
        }
    }
    Ok(())
}

/// No mark of the page comes from a text: each is behind an odd number of backslashes, or one of the page's own.
fn marks(page: &str) -> Result<(), String> {
    let mut bars_of_rows = Vec::new();
    for line in page.lines() {
        let own_row = line.starts_with('|');
        let (mut bare, mut escaped) = (0, false);
        for (at, c) in line.char_indices() {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '|' && own_row {
                bare += 1;
            } else if "<>`*_[]{}~$!|".contains(c) || (c == '#' && at > 1) {
                return Err(format!("{c:?} in {line:?}"));
            }
        }
        bars_of_rows.extend(own_row.then_some(bare));
        if line.trim_start() != line {
            return Err(format!("set in: {line:?}"));
        }
    }
    if bars_of_rows.len() != 3 || bars_of_rows.iter().any(|bars| *bars != bars_of_rows[0]) {
        return Err(format!("bars of the table: {bars_of_rows:?}\n{page}"));
    }
    Ok(())
}

#[test]
fn no_text_does_anything_where_it_is_opened() {
    let found: Vec<String> =
        HARMFUL.iter().filter_map(|text| harm(text).err().map(|why| format!("{text:?}: {why}"))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_formula_gets_an_apostrophe_and_nothing_else_does() {
    let cell = |note: &str| {
        let bytes = csv(&all(&folder(note).gather()));
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let place = reader.headers().unwrap().iter().position(|name| name == "note").unwrap();
        reader.records().next().unwrap().unwrap()[place].to_owned()
    };
    assert_eq!(cell("=1+1"), "'=1+1");
    assert_eq!(cell("-"), "'-");
    assert_eq!(cell("calm - a little"), "calm - a little");
    assert_eq!(cell("1=1"), "1=1");
    assert_eq!(cell("'quoted'"), "'quoted'");
}

#[test]
fn many_notes_stay_whole_in_their_cell() {
    let folder = folder("first");
    for (day, hour) in (2..32).zip(10..) {
        let written = format!("2026-09-01T08:00:{hour}+02:00");
        folder.note(ID, &written, Some(day), &"x".repeat(1_999));
    }
    let text = String::from_utf8(csv(&all(&folder.gather()))).unwrap();
    assert_eq!(text.matches('x').count(), 30 * 1_999 + text.lines().next().unwrap().matches('x').count());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_whole_and_does_nothing(text in prop_oneof![".{0,60}", "[=+@'\",|\\\\<>`*_\r\n\t -]{0,12}"]) {
        prop_assert_eq!(harm(&text), Ok(()));
    }
}
