//! Rows with aligned columns. Where columns have no room, a row is written like a sentence; nothing is cut off.

use ratatui::text::{Line, Span};

use super::super::Theme;
use super::super::text::line_width;
use super::super::wrap::wrap;
use super::Drawn;
use crate::tui::view::{self, Table};

/// Columns between two columns in large and in small windows. Numbers and keys stand close to what they name.
const GAP: usize = 3;
const CLOSE: usize = 2;
/// A cell as wide as a number or a key.
const KEY: usize = 3;
/// A last column narrower than this is not worth wrapping in.
const LAST: usize = 14;

/// Where a table goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Columns before the first cell.
    pub(super) indent: usize,
    /// Columns for all cells.
    pub(super) room: usize,
    /// In a large window.
    pub(super) is_full: bool,
}

/// A row as the toolkit's text.
struct Row<'a> {
    cells: Vec<Line<'a>>,
    cursor: bool,
    seen_as: Option<usize>,
}

/// The rows of `table`.
pub(super) fn rows<'a>(table: &'a Table, place: Place, theme: &Theme) -> Vec<Drawn<'a>> {
    let in_list = table.rows.iter().any(|row| row.cursor);
    let of_view = |row: &'a view::Row| Row {
        cells: row.cells.iter().map(|cell| theme.line(cell)).collect(),
        cursor: row.cursor,
        seen_as: row.seen_as,
    };
    let rows: Vec<Row> = table.rows.iter().map(of_view).collect();
    let rows = if table.two_up && place.is_full {
        two_up(&rows, place)
    } else {
        one_up(&rows, place, if place.is_full { GAP } else { CLOSE })
    };
    rows.into_iter().map(|row| Drawn { in_list, ..row }).collect()
}

/// Two columns of rows, the first half at the left, divided so that both halves keep their columns and the fewest rows
/// are needed; one below the other where that cannot be.
fn two_up<'a>(table: &[Row<'a>], place: Place) -> Vec<Drawn<'a>> {
    let fewest = table.len().div_ceil(2);
    let mut best: Option<Vec<Drawn>> = None;
    for rows in (3..=6).filter_map(|tenths| divided(table, place, tenths)) {
        // Nothing is wrapped in it: no other can be shorter.
        if rows.len() == fewest {
            return rows;
        }
        if best.as_ref().is_none_or(|best| rows.len() < best.len()) {
            best = Some(rows);
        }
    }
    best.unwrap_or_else(|| one_up(table, place, GAP))
}

/// Tenths of the room that the left one of two columns of rows takes.
fn divided<'a>(rows: &[Row<'a>], place: Place, tenths: usize) -> Option<Vec<Drawn<'a>>> {
    let (first, second) = rows.split_at(rows.len().div_ceil(2));
    let left = Place { room: place.room * tenths / 10, ..place };
    let start = place.indent + left.room + GAP;
    let right = Place { indent: start, room: (place.indent + place.room).saturating_sub(start), ..place };
    let keeps_columns = |rows: &[Row], place: Place| fits(&starts(rows, CLOSE), place.room);
    (keeps_columns(first, left) && keeps_columns(second, right))
        .then(|| side_by_side(one_up(first, left, CLOSE), one_up(second, right, CLOSE)))
}

/// Whether every column has room for the shortest of words.
fn fits(starts: &[usize], room: usize) -> bool {
    starts.iter().all(|start| start + KEY <= room)
}

fn side_by_side<'a>(left: Vec<Drawn<'a>>, right: Vec<Drawn<'a>>) -> Vec<Drawn<'a>> {
    let count = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut rows = Vec::new();
    for _ in 0..count {
        let mut row = left.next().unwrap_or_default();
        if let Some(right) = right.next() {
            row.parts.extend(right.parts);
            row.numbers.extend(right.numbers);
            row.at_cursor |= right.at_cursor;
            row.marker = row.marker.or(right.marker);
        }
        rows.push(row);
    }
    rows
}

fn one_up<'a>(rows: &[Row<'a>], place: Place, gap: usize) -> Vec<Drawn<'a>> {
    let starts = starts(rows, gap);
    let is_aligned = fits(&starts, place.room);
    let mut drawn = Vec::new();
    for row in rows {
        let lines = if is_aligned { aligned(row, &starts, place) } else { as_sentence(row, place) };
        for (number, parts) in lines.into_iter().enumerate() {
            drawn.push(Drawn {
                parts,
                at_cursor: row.cursor,
                marker: (row.cursor && number == 0).then_some(place.indent),
                numbers: row.seen_as.into_iter().collect(),
                ..Drawn::default()
            });
        }
    }
    drawn
}

/// The column at which each cell starts. The last cell of a row may be as long as it likes, so it widens no column.
fn starts(rows: &[Row], gap: usize) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for row in rows {
        for (cell, column) in row.cells.iter().zip(widths.iter_mut()).take(last_filled(row)) {
            *column = line_width(cell).max(*column);
        }
    }
    let mut at = 0;
    let mut starts = Vec::new();
    for width in widths {
        starts.push(at);
        at += match width {
            0 => 0,
            1..=KEY => width + gap.min(CLOSE),
            wide => wide + gap,
        };
    }
    starts
}

/// The place of the last cell with something in it.
fn last_filled(row: &Row) -> usize {
    row.cells.iter().rposition(|cell| line_width(cell) > 0).unwrap_or(0)
}

type Lines<'a> = Vec<Vec<(usize, Line<'a>)>>;

/// Cells in their columns, the last one wrapped within its own, or below when that is too narrow.
fn aligned<'a>(row: &Row<'a>, starts: &[usize], place: Place) -> Lines<'a> {
    let last = last_filled(row);
    let mut lines: Lines = vec![Vec::new()];
    for (number, (cell, start)) in row.cells.iter().zip(starts).enumerate().take(last + 1) {
        let at = place.indent + start;
        let room = place.room.saturating_sub(*start);
        if number < last || line_width(cell) <= room {
            put(&mut lines, 0, at, cell.clone());
        } else if room >= LAST || number < 2 {
            for (down, line) in wrap(cell, room.max(1)).into_iter().enumerate() {
                put(&mut lines, down, at, line);
            }
        } else {
            let second = starts.get(1).copied().unwrap_or(0);
            let (start, below) = match parted(cell).filter(|(word, _)| line_width(word) <= room) {
                // The first word in its own weight stays in the column; the rest goes below, as far to the right as it fits.
                Some((word, rest)) => {
                    put(&mut lines, 0, at, word);
                    (place.room.saturating_sub(line_width(&rest)).clamp(second, (*start).max(second)), rest)
                }
                None => (second, cell.clone()),
            };
            for (down, line) in wrap(&below, place.room.saturating_sub(start).max(1)).into_iter().enumerate() {
                put(&mut lines, down + 1, place.indent + start, line);
            }
        }
    }
    lines
}

/// The first piece of a cell, and what follows it in another weight, without the blanks between them.
fn parted<'a>(cell: &Line<'a>) -> Option<(Line<'a>, Line<'a>)> {
    let (first, rest) = cell.spans.split_first()?;
    let (second, more) = rest.split_first()?;
    let second = Span::styled(second.content.trim_start().to_owned(), second.style);
    Some((Line::from(first.clone()), core::iter::once(second).chain(more.iter().cloned()).collect()))
}

/// A number or key, then everything else one after the other, wrapped behind it.
fn as_sentence<'a>(row: &Row<'a>, place: Place) -> Lines<'a> {
    let mut cells = row.cells.iter().filter(|cell| line_width(cell) > 0).peekable();
    let mut lines: Lines = vec![Vec::new()];
    let mut start = 0;
    if let Some(key) = cells.next_if(|cell| line_width(cell) <= KEY && place.room > LAST) {
        start = line_width(key) + 1;
        put(&mut lines, 0, place.indent, key.clone());
    }
    let mut text = Line::default();
    for cell in cells {
        text.push_span(if text.spans.is_empty() { "" } else { "  " });
        text.extend(cell.iter().cloned());
    }
    for (down, line) in wrap(&text, place.room.saturating_sub(start).max(1)).into_iter().enumerate() {
        put(&mut lines, down, place.indent + start, line);
    }
    lines
}

fn put<'a>(lines: &mut Lines<'a>, row: usize, at: usize, line: Line<'a>) {
    while lines.len() <= row {
        lines.push(Vec::new());
    }
    if let Some(parts) = lines.get_mut(row) {
        parts.push((at, line));
    }
}
