//! The sessions that count, one in each row, with as much of their notes as the page has room for.

use core::time::Duration;
use std::cmp::Reverse;

use super::document::{Document, date, shortened};
use super::reactions::{Weight, notes, weight};
use crate::record::Past;
use engine::protocol::words::clock;
use engine::session::SectionEnd;

/// So many characters of a note go on one row of its cell, and so many rows has one note at most.
const NOTE: usize = 44;
const MOST_ROWS: usize = 5;
/// The lines below the table, with the empty ones.
const LINES_BELOW: usize = 4;

/// A column: its name, its line below the header, and a cell for each session.
struct Column {
    name: String,
    line: String,
    cells: Vec<String>,
}

pub(super) fn write(page: &mut Document, shown: &[&Past]) {
    let counted: Vec<&Past> = shown.iter().copied().filter(|session| session.counted).collect();
    if counted.is_empty() {
        return;
    }
    page.heading("heading.sessions");
    let (notes, is_cut) = cells_of_notes(page, &counted);
    let mut columns = columns(page, &counted, notes);
    let unknown = page.words.say("cell.unknown");
    columns.retain(|column| column.cells.iter().any(|cell| *cell != unknown));
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    page.row(&names);
    let lines: Vec<&str> = columns.iter().map(|column| column.line.as_str()).collect();
    page.lines.push(format!("|{}|", lines.join("|")));
    for at in 0..counted.len() {
        let cells: Vec<String> = columns.iter().filter_map(|column| column.cells.get(at).cloned()).collect();
        page.row(&cells);
    }
    page.is_cut = is_cut;
}

fn columns(page: &Document, counted: &[&Past], notes: Vec<String>) -> Vec<Column> {
    let unknown = || page.words.say("cell.unknown");
    let known = |value: Option<String>| value.unwrap_or_else(unknown);
    let column = |name: &str, line: &str, cell: &dyn Fn(&Past) -> String| Column {
        name: page.words.say(&format!("column.{name}")),
        line: line.to_owned(),
        cells: counted.iter().map(|session| cell(session)).collect(),
    };
    let done = |session: &Past| {
        let done = session.ended_as(SectionEnd::is_done).count().to_string();
        page.words.fill("cell.done", &[("done", &done), ("all", &session.sections.len().to_string())])
    };
    vec![
        column("date", &"-".repeat(13), &|session| date(session.day())),
        column("since", "----:", &|session| known(session.days_since_previous.map(|days| days.to_string()))),
        column("done", "-------:", &done),
        // Nobody timed what was on paper.
        column("rolled", "------:", &|session| known(session.rolled_ms.map(|ms| clock(Duration::from_millis(ms))))),
        column("felt", "----:", &|session| known(session.felt.map(|felt| felt.to_string()))),
        Column { name: page.words.say("column.notes"), line: "-".repeat(NOTE), cells: notes },
    ]
}

/// What was noted of each session, and whether any of it was cut. Notes share the rows that the page has left: the
/// heavier ones come first, then the newer ones.
fn cells_of_notes(page: &Document, counted: &[&Past]) -> (Vec<String>, bool) {
    let texts: Vec<(Weight, String)> = counted
        .iter()
        .map(|session| match weight(session) {
            heavy @ (Weight::Reaction | Weight::Severe) => (heavy, page.words.say("note.above")),
            light @ (Weight::Calm | Weight::Noted) => (light, notes(page, session).join("; ")),
        })
        .collect();
    // Its header is a row too; the lines below it say that something was cut, and who wrote the page.
    let mut left = page.rows_left(counted.len() + 1, LINES_BELOW);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|at| Reverse((texts.get(*at).map(|(weight, _)| *weight), *at)));
    let mut rooms = vec![1; texts.len()];
    for at in order {
        let (Some((_, text)), Some(room)) = (texts.get(at), rooms.get_mut(at)) else { continue };
        let more = text.chars().count().div_ceil(NOTE).min(MOST_ROWS).saturating_sub(1).min(left);
        *room += more;
        left -= more;
    }
    let mut is_cut = false;
    let cells = texts.into_iter().zip(rooms).map(|((_, text), room)| {
        let kept = shortened(&text, room * NOTE);
        is_cut |= kept != text;
        if kept.is_empty() { page.words.say("cell.unknown") } else { kept }
    });
    let cells = cells.collect();
    (cells, is_cut)
}
