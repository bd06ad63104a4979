//! A page of blocks as rows of text. When rows are short its gaps close, the last first; when that is not enough its
//! large digits shrink; then it scrolls, with the cursor's row kept in sight.

use ratatui::layout::Rect;

use super::pen::{Pen, width};
use super::wrap::wrap;
use super::{Class, digits, map};
use crate::view::{Block, Line, On, Page, Piece, Row, Seen, Table, Tone, What};

/// Columns between two columns of a table in large and in small windows.
const GAP: usize = 3;
const NARROW_GAP: usize = 2;
/// Columns from the digits to the lines beside them.
const BESIDE: usize = 6;

/// One row on screen.
#[derive(Debug, Clone, Default)]
struct Drawn {
    /// Text with the column at which it starts.
    parts: Vec<(usize, Line)>,
    /// Part of a large digit.
    digits: Option<(usize, String)>,
    is_gap: bool,
    cursor: Option<usize>,
    seen: Vec<usize>,
}

struct Layout {
    class: Class,
    room: usize,
    scale: usize,
    rows: Vec<Drawn>,
    /// Rows of the map still to be put at the right end, and where they go.
    map: Vec<Line>,
    map_width: usize,
}

pub(super) fn draw(page: &Page, pen: &mut Pen, area: Rect, class: Class) -> Seen {
    let height = usize::from(area.height);
    let rows = fitting(page, area, class, height);
    let max_scroll = rows.len().saturating_sub(height);
    let cursor = rows.iter().position(|row| row.cursor.is_some());
    let mut scroll = page.scroll.min(max_scroll);
    if let Some(cursor) = cursor {
        // The cursor's last row, in case its text is wrapped, and one row of what comes after it.
        let last = rows.iter().rposition(|row| row.cursor.is_some()).unwrap_or(cursor);
        // Behind the last row that a cursor can reach, the page is shown to its end.
        let is_last = !rows.iter().skip(last + 1).any(|row| !row.seen.is_empty());
        let below = if is_last { max_scroll.min(cursor) } else { (last + 2).min(rows.len()).saturating_sub(height) };
        let above = cursor.saturating_sub(1).min(max_scroll);
        scroll = if cursor < height.saturating_sub(1) && page.scroll == 0 {
            below.min(max_scroll)
        } else {
            scroll.clamp(below.min(above), above.max(below.min(above)))
        };
    }
    let shown = rows.iter().skip(scroll).take(height);
    let mut seen = Vec::new();
    for (row, y) in shown.zip(area.y..) {
        draw_row(row, pen, area, y);
        seen.extend(&row.seen);
    }
    Seen { whole: max_scroll == 0, end: scroll >= max_scroll, rows: seen, page: height.max(1), max_scroll }
}

fn draw_row(row: &Drawn, pen: &mut Pen, area: Rect, y: u16) {
    if let Some(column) = row.cursor {
        let x = (usize::from(area.x) + column).saturating_sub(2);
        pen.toned(u16::try_from(x).unwrap_or(area.x), y, 1, ">", Tone::Strong);
    }
    let style = pen.theme().digits;
    if let Some((column, text)) = &row.digits {
        let x = area.x.saturating_add(u16::try_from(*column).unwrap_or(0));
        pen.text(x, y, area.right().saturating_sub(x), text, style);
    }
    for (column, line) in &row.parts {
        let x = area.x.saturating_add(u16::try_from(*column).unwrap_or(u16::MAX));
        pen.line(x, y, area.right().saturating_sub(x), line);
    }
}

/// The rows of `page`, with gaps closed and digits shrunk as far as `height` asks for.
fn fitting(page: &Page, area: Rect, class: Class, height: usize) -> Vec<Drawn> {
    let largest = match class {
        Class::Full if area.width >= 118 && area.height >= 32 => 3,
        Class::Full => 2,
        Class::Compact | Class::Tiny | Class::Line => 1,
    };
    let mut rows = Vec::new();
    for scale in (1..=largest).rev() {
        rows = layout(page, area, class, scale);
        let gaps = rows.iter().filter(|row| row.is_gap).count();
        if rows.len().saturating_sub(gaps) <= height {
            break;
        }
    }
    close_gaps(rows, height)
}

/// Takes gaps out, the last first, until the rows fit; all of them when they never do.
fn close_gaps(mut rows: Vec<Drawn>, height: usize) -> Vec<Drawn> {
    while rows.len() > height {
        match rows.iter().rposition(|row| row.is_gap) {
            Some(gap) => drop(rows.remove(gap)),
            None => break,
        }
    }
    rows
}

fn layout(page: &Page, area: Rect, class: Class, scale: usize) -> Vec<Drawn> {
    let room = usize::from(area.width).min(if class == Class::Full { 78 } else { usize::from(area.width) });
    let mut layout = Layout { class, room, scale, rows: Vec::new(), map: Vec::new(), map_width: 0 };
    for block in page.blocks.iter().filter(|block| stands(block, class)) {
        layout.block(&block.what);
    }
    layout.finish()
}

fn stands(block: &Block, class: Class) -> bool {
    match block.on {
        On::All => true,
        On::Wide => class == Class::Full,
        On::Narrow => class != Class::Full,
    }
}

impl Layout {
    /// Columns before a block in this window.
    fn indent(&self, indent: usize) -> usize {
        if self.class == Class::Full { indent } else { (indent / 2).saturating_sub(1) }
    }

    /// Columns that a row may take: fewer beside the map.
    fn row_room(&self) -> usize {
        if self.map.is_empty() { self.room } else { self.room.saturating_sub(self.map_width + 2) }
    }

    fn push(&mut self, mut row: Drawn) {
        if !self.map.is_empty() {
            let line = self.map.remove(0);
            row.parts.push((self.room.saturating_sub(self.map_width + 2), line));
            // A gap beside the map cannot be closed without tearing it.
            row.is_gap = false;
        }
        self.rows.push(row);
    }

    fn finish(mut self) -> Vec<Drawn> {
        while !self.map.is_empty() {
            self.push(Drawn::default());
        }
        self.rows
    }

    fn block(&mut self, what: &What) {
        match what {
            What::Gap => self.push(Drawn { is_gap: true, ..Drawn::default() }),
            What::Text { indent, line } => {
                let indent = self.indent(*indent);
                for line in wrap(line, self.row_room().saturating_sub(indent)) {
                    self.push(Drawn { parts: vec![(indent, line)], ..Drawn::default() });
                }
            }
            What::Table(table) if table.two_up && self.class == Class::Full => self.two_up(table),
            What::Table(table) => {
                let indent = self.indent(table.indent);
                let room = self.row_room().saturating_sub(indent);
                let gap = if self.class == Class::Full { GAP } else { NARROW_GAP };
                for row in table_rows(table, indent, room, gap) {
                    self.push(row);
                }
            }
            What::Digits { text, large, beside } => self.digits(text, *large, beside),
            What::Map(map) => {
                self.map = map::rows(map);
                self.map_width = map::width(map);
            }
            What::Field { label, before, after } => self.field(label, before, after),
        }
    }

    /// Two columns of rows, the first half at the left.
    fn two_up(&mut self, table: &Table) {
        let indent = self.indent(table.indent);
        let half = table.rows.len().div_ceil(2);
        let all = self.room.saturating_sub(indent + GAP);
        let part = |rows: &[Row], indent: usize, room: usize| {
            let part = Table { indent, rows: rows.to_vec(), two_up: false };
            table_rows(&part, indent, room, NARROW_GAP)
        };
        let (first, second) = table.rows.split_at(half.min(table.rows.len()));
        // The left half takes what it needs, so that the right one, with the skin's details, has the rest.
        let left = part(first, indent, all * 3 / 5);
        let ends = left.iter().flat_map(|row| &row.parts).map(|(at, line)| at + width(&line.text())).max().unwrap_or(0);
        let start = ends.max(indent + all * 2 / 5) + GAP;
        let right = part(second, start, self.room.saturating_sub(start));
        for place in 0..left.len().max(right.len()) {
            let mut row = left.get(place).cloned().unwrap_or_default();
            if let Some(right) = right.get(place) {
                row.parts.extend(right.parts.iter().cloned());
                row.seen.extend(&right.seen);
                row.cursor = row.cursor.or(right.cursor);
            }
            self.push(row);
        }
    }

    fn digits(&mut self, text: &str, large: bool, beside: &[Line]) {
        let scale = if large { self.scale } else { 1 };
        let columns = digits::width(text, scale);
        let longest = beside.iter().map(|line| width(&line.text())).max().unwrap_or(0);
        let at_left = self.class == Class::Full && !beside.is_empty();
        let start = if at_left { 8 } else { self.room.saturating_sub(columns) / 2 };
        let fits_beside = start + columns + BESIDE + longest <= self.room && self.class == Class::Full;
        let rows = digits::rows(text, scale);
        let top = if rows.len() > beside.len() { (rows.len() - beside.len()) / 2 } else { 0 };
        for (place, row) in rows.into_iter().enumerate() {
            let mut drawn = Drawn { digits: Some((start, row)), ..Drawn::default() };
            if fits_beside && let Some(line) = place.checked_sub(top).and_then(|place| beside.get(place)) {
                drawn.parts.push((start + columns + BESIDE, line.clone()));
            }
            self.push(drawn);
        }
        if !fits_beside && !beside.is_empty() {
            self.push(Drawn { is_gap: true, ..Drawn::default() });
            for line in beside.iter().filter(|line| !line.0.is_empty()) {
                for line in wrap(line, self.room) {
                    self.push(Drawn { parts: vec![(self.indent(2), line)], ..Drawn::default() });
                }
            }
        }
    }

    /// The end of what is typed stays in sight, with the cursor as a reversed cell.
    fn field(&mut self, label: &str, before: &str, after: &str) {
        let indent = self.indent(2);
        let label = format!("{label}  ");
        let room = self.row_room().saturating_sub(indent + width(&label) + 1).max(1);
        let mut start = before;
        while width(start) >= room {
            let mut rest = start.chars();
            rest.next();
            start = rest.as_str();
        }
        let mut under = after.chars();
        let cursor = under.next().map_or_else(|| " ".to_owned(), |character| character.to_string());
        let line = Line(vec![
            Piece { text: label, tone: Tone::Quiet },
            Piece { text: start.to_owned(), tone: Tone::Strong },
            Piece { text: cursor, tone: Tone::Current },
            Piece { text: under.as_str().to_owned(), tone: Tone::Strong },
        ]);
        self.push(Drawn { parts: vec![(indent, line)], ..Drawn::default() });
    }
}

/// The rows of a table whose columns are aligned and whose last column is wrapped within itself.
fn table_rows(table: &Table, indent: usize, room: usize, gap: usize) -> Vec<Drawn> {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for row in &table.rows {
        for (cell, column) in row.cells.iter().zip(widths.iter_mut()) {
            *column = (*column).max(width(&cell.text()));
        }
    }
    let mut drawn = Vec::new();
    for row in &table.rows {
        let mut at = indent;
        let mut lines: Vec<Vec<(usize, Line)>> = vec![Vec::new()];
        let last = row.cells.len().saturating_sub(1);
        for (place, (cell, column)) in row.cells.iter().zip(&widths).enumerate() {
            let left = (indent + room).saturating_sub(at);
            if place == last {
                for (number, line) in wrap(cell, left.max(1)).into_iter().enumerate() {
                    if number == lines.len() {
                        lines.push(Vec::new());
                    }
                    if let Some(parts) = lines.get_mut(number) {
                        parts.push((at, line));
                    }
                }
            } else if let Some(parts) = lines.first_mut() {
                parts.push((at, cell.clone()));
            }
            // Numbers and keys stand close to what they name.
            at += match *column {
                0 => 0,
                1..=3 => column + gap.min(NARROW_GAP),
                wide => wide + gap,
            };
        }
        for (number, parts) in lines.into_iter().enumerate() {
            drawn.push(Drawn {
                parts,
                cursor: (row.cursor && number == 0).then_some(indent),
                seen: row.seen_as.into_iter().filter(|_| number == 0).collect(),
                ..Drawn::default()
            });
        }
    }
    drawn
}
