//! A view as lines to be read one after the other.

use crate::content::keymap::Action;
use crate::tui::view::{Block, Body, Field, Foot, Line, Means, Row, View};
use engine::protocol::Words;

/// The line that names the screen.
pub(super) fn head(view: &View) -> String {
    let mark = view.mark.as_ref().map(|mark| mark.text.clone());
    let parts = mark.into_iter().chain([view.head.short.text(), view.status.longest().text()]);
    parts
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .map(|part| ended(&part))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The lines of the page, without what changes every second.
pub(super) fn lines(view: &View, choices: &[Action], words: &Words) -> Vec<String> {
    let mut lines: Vec<String> =
        blocks(view).iter().flat_map(|part| block(part, choices, words)).filter(|line| !line.is_empty()).collect();
    if let Some(row) = rows(view).find(|row| row.cursor) {
        lines.push(words.fill("plain.at", &[("row", &self::row(row, words))]));
    }
    lines
}

/// The notice about the last line, if there is one.
pub(super) fn notice(view: &View) -> Option<String> {
    match &view.foot {
        Foot::Notice { line, .. } => Some(line.text()),
        Foot::Keys(_) | Foot::HandsFree(_) => None,
    }
}

/// The numbers of the table rows that were printed.
pub(super) fn seen(view: &View) -> Vec<usize> {
    rows(view).filter_map(|row| row.seen_as).collect()
}

/// How many rows can be gone to by their numbers; 0 where numbers mean something else.
pub(super) fn numbered(view: &View) -> usize {
    let of = |block: &Block| match block {
        Block::Table(table) if table.rows.iter().any(|row| row.cursor || row.seen_as.is_some()) => table.rows.len(),
        _ => 0,
    };
    blocks(view).iter().map(of).find(|count| *count > 0).unwrap_or(0)
}

fn blocks(view: &View) -> &[Block] {
    match &view.body {
        Body::Page(page) => &page.blocks,
        Body::Face(_) | Body::Few(_) | Body::OneLine(_) => &[],
    }
}

/// The rows of all tables.
fn rows(view: &View) -> impl Iterator<Item = &Row> {
    blocks(view).iter().flat_map(|block| match block {
        Block::Table(table) => table.rows.as_slice(),
        _ => &[],
    })
}

/// The words beside the key of `action`, where the page lists it as a choice.
pub(super) fn choice(view: &View, action: Action) -> Option<String> {
    rows(view)
        .find_map(|row| {
            let place = row.cells.iter().position(|cell| cell.means() == Means::Key(action))?;
            // Two choices may be side by side.
            let rest = row.cells.iter().skip(place + 1).take_while(|cell| !matches!(cell.means(), Means::Key(_)));
            Some(joined(rest.map(|cell| cell.text().trim().to_owned())))
        })
        .filter(|text| !text.is_empty())
}

fn block(block: &Block, choices: &[Action], words: &Words) -> Vec<String> {
    match block {
        Block::Gap => Vec::new(),
        Block::Digits { text, beside, .. } => {
            let clock = words.fill("plain.clock", &[("time", text)]);
            core::iter::once(clock).chain(beside.iter().map(Line::text)).collect()
        }
        Block::Letters { text, .. } => vec![text.clone()],
        Block::Text { line, .. } => vec![line.text()],
        Block::Table(table) => {
            // A row that is a choice is printed with the choices.
            let is_choice = |row: &&Row| match row.cells.first().map(Line::means) {
                Some(Means::Key(action)) => choices.contains(&action),
                _ => false,
            };
            let rows = table.rows.iter().filter(|row| !is_choice(row));
            rows.map(|row| self::row(row, words)).collect()
        }
        // The words beside it say what it shows.
        Block::Map(_) => Vec::new(),
        Block::Field(Field { label, before, after }) => vec![format!("{label}: {before}{after}")],
    }
}

/// A row as one line. That it is ticked is said at its end.
fn row(row: &Row, words: &Words) -> String {
    let mut is_chosen = false;
    let mut cells = Vec::new();
    for cell in &row.cells {
        match cell.means() {
            Means::Tick(ticked) => is_chosen |= ticked,
            Means::Level(level) => cells.extend(level.map(|level| level.to_string())),
            Means::Unanswered => cells.push(words.say("plain.unanswered")),
            Means::Words | Means::Key(_) | Means::Mark(_) => cells.push(cell.text().trim().to_owned()),
        }
    }
    let text = joined(cells.into_iter());
    if is_chosen { words.fill("plain.chosen", &[("row", &text)]) } else { text }
}

/// Cells as one line: `5. eczema, yes, everywhere`.
fn joined(cells: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for cell in cells.filter(|cell| !cell.is_empty()) {
        match text.chars().last() {
            None => {}
            Some('.' | ':' | ',' | '?') => text.push(' '),
            Some(_) if is_number(&text) => text.push_str(". "),
            Some(_) => text.push_str(", "),
        }
        text.push_str(&cell);
    }
    text
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_digit())
}

/// With a full stop, unless it has an ending.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}
