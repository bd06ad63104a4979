//! Blocks as rows: what stands where in a window of that width.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::text::{cells, line_width, sanitised, width};
use super::super::wrap::wrap;
use super::super::{Theme, digits, letters, map};
use super::Drawn;
use super::table;
use crate::tui::view::{Block, FaceMap, Field, Form, Line as Words, Page, Tone};

/// Columns before large digits that have lines beside them, and from the digits to those lines.
const BEFORE_DIGITS: usize = 9;
const BESIDE: usize = 10;
/// The least number of columns beside the map.
const BESIDE_MAP: usize = 36;
/// A field is at least so wide; else its label has a row of its own.
const FIELD: usize = 16;

/// How large the largest things of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Of digits, at most.
    pub(super) digits: usize,
    /// Of letters; 0 for those of any other text.
    pub(super) letters: usize,
}

/// The rows of `page` in `room` columns.
pub(super) fn rows<'a>(page: &'a Page, theme: &'a Theme, room: usize, form: Form, sizes: Sizes) -> Vec<Drawn<'a>> {
    let Sizes { digits: scale, letters } = sizes;
    let mut layout = Rows { form, theme, room, scale, letters, rows: Vec::new(), map: Vec::new(), map_at: 0 };
    page.blocks.iter().for_each(|block| layout.block(block));
    layout.finish()
}

struct Rows<'a> {
    form: Form,
    theme: &'a Theme,
    room: usize,
    scale: usize,
    letters: usize,
    rows: Vec<Drawn<'a>>,
    /// Rows of the map that are still to be put at the right end, the last first, and where they go.
    map: Vec<Line<'a>>,
    map_at: usize,
}

impl<'a> Rows<'a> {
    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Gap => self.push(Drawn { is_gap: true, ..Drawn::default() }),
            Block::Text { indent, line } => {
                let indent = self.indent(*indent);
                self.text(indent, &self.theme.line(line));
            }
            Block::Table(table) => {
                let is_full = self.form == Form::Full;
                let marked = table.rows.iter().any(|row| row.cursor) && self.form == Form::Tiny;
                // In the smallest windows the cursor has no margin to stand in.
                let indent = self.indent(table.indent).max(usize::from(marked));
                let place = table::Place { indent, room: self.row_room().saturating_sub(indent), is_full };
                let rows = table::rows(table, place, self.theme);
                rows.into_iter().for_each(|row| self.push(row));
            }
            Block::Digits { text, large, beside } => self.digits(text, *large, beside),
            Block::Letters { text, still } => self.letters(text, *still),
            Block::Map(map) => self.map(map),
            Block::Field(field) => self.field(field),
        }
    }

    fn finish(mut self) -> Vec<Drawn<'a>> {
        while !self.map.is_empty() {
            self.push(Drawn::default());
        }
        self.rows
    }

    /// Columns before a block in this window.
    fn indent(&self, indent: usize) -> usize {
        if self.form == Form::Full { indent } else { (indent / 2).saturating_sub(1) }
    }

    /// Columns that a row may take: fewer beside the map.
    fn row_room(&self) -> usize {
        if self.map.is_empty() { self.room } else { self.map_at.saturating_sub(2) }
    }

    fn push(&mut self, mut row: Drawn<'a>) {
        if let Some(line) = self.map.pop() {
            row.parts.push((self.map_at, line));
            // A gap beside the map cannot be closed without tearing it.
            row.is_gap = false;
        }
        self.rows.push(row);
    }

    fn part(&mut self, column: usize, line: Line<'a>) {
        self.push(Drawn { parts: vec![(column, line)], ..Drawn::default() });
    }

    fn text(&mut self, indent: usize, line: &Line<'a>) {
        for line in wrap(line, self.row_room().saturating_sub(indent).max(1)) {
            self.part(indent, line);
        }
    }

    /// The map waits for the rows of the next blocks, or stands alone where there is no room beside it.
    fn map(&mut self, map: &'a FaceMap) {
        let size = map::Size::of(map, 0);
        let columns = usize::from(size.columns);
        let rows = map::lines(map, size, self.theme);
        if self.room >= columns + BESIDE_MAP {
            self.map_at = self.room - columns - 2;
            self.map = rows.into_iter().rev().collect();
        } else {
            let at = self.room.saturating_sub(columns) / 2;
            rows.into_iter().for_each(|row| self.part(at, row));
        }
    }

    fn letters(&mut self, text: &'a str, still: bool) {
        let indent = self.indent(2);
        let room = self.row_room().saturating_sub(indent);
        let large = (self.letters > 0).then(|| letters::lines(text, self.letters, room, still, self.theme)).flatten();
        match large {
            Some(lines) => lines.into_iter().for_each(|line| self.part(indent, line)),
            None => self.text(indent, &self.theme.words(text, Tone::Strong)),
        }
    }

    fn digits(&mut self, text: &'a str, large: bool, beside: &'a [Words]) {
        let beside: Vec<Line> = beside.iter().map(|line| self.theme.line(line)).collect();
        let largest = if large { self.scale } else { self.scale.min(1) };
        let scale = digits::scale(text, largest, self.row_room());
        if scale == 0 {
            self.text(0, &self.theme.words(text, Tone::Strong));
            beside.iter().filter(|line| line_width(line) > 0).for_each(|line| self.text(0, line));
            return;
        }
        let columns = digits::width(text, scale);
        let lines = digits::lines(text, scale, self.theme.digits, self.theme);
        let longest = beside.iter().map(line_width).max().unwrap_or(0);
        let beside_at = BEFORE_DIGITS + columns + BESIDE;
        if longest > 0 && self.form == Form::Full && beside_at + longest <= self.row_room() {
            self.digits_beside(&lines, &beside, beside_at);
            return;
        }
        let start = self.row_room().saturating_sub(columns) / 2;
        lines.into_iter().for_each(|line| self.part(start, line));
        if longest > 0 {
            self.push(Drawn { is_gap: true, ..Drawn::default() });
            let indent = self.indent(2);
            beside.iter().filter(|line| line_width(line) > 0).for_each(|line| self.text(indent, line));
        }
    }

    /// Digits at the left, lines at their right, the shorter of the two in the middle of the longer.
    fn digits_beside(&mut self, digits: &[Line<'a>], beside: &[Line<'a>], beside_at: usize) {
        let above = |own: usize, other: usize| other.saturating_sub(own).div_ceil(2);
        let digits_top = above(digits.len(), beside.len());
        let beside_top = above(beside.len(), digits.len());
        for place in 0..digits.len().max(beside.len()) {
            let digits = place.checked_sub(digits_top).and_then(|row| digits.get(row));
            let line = place.checked_sub(beside_top).and_then(|row| beside.get(row));
            let digits = digits.map(|row| (BEFORE_DIGITS, row.clone()));
            let parts = digits.into_iter().chain(line.map(|line| (beside_at, line.clone()))).collect();
            self.push(Drawn { parts, ..Drawn::default() });
        }
    }

    /// What is being typed, with the cursor as a cell of its own. Of a text that is too long the end stays in sight.
    fn field(&mut self, Field { label, before, after }: &'a Field) {
        let mut at = self.indent(2);
        let label = self.theme.words(label, Tone::Quiet);
        let label_width = line_width(&label) + 2;
        if self.row_room() < at + label_width + FIELD {
            self.text(at, &label);
        } else {
            at += label_width;
        }
        let after = sanitised(after);
        let under = after.graphemes(true).next().unwrap_or(" ").to_owned();
        let rest = after.get(under.len()..).unwrap_or_default().to_owned();
        let room = self.row_room().saturating_sub(at + cells(&under)).max(1);
        let before = last_columns(before, room);
        let typed_at = Some(at + width(&before));
        let strong = self.theme.of(Tone::Strong);
        let pieces = [(before, strong), (under, self.theme.cursor), (rest, strong)];
        let typed = pieces.into_iter().map(|(text, style)| Span::styled(text, style)).collect();
        let mut row = Drawn { parts: vec![(at, typed)], typed_at, ..Drawn::default() };
        if at > self.indent(2) {
            row.parts.insert(0, (self.indent(2), label));
        }
        self.push(row);
    }
}

/// The end of `text`, at most `room` columns of it.
fn last_columns(text: &str, room: usize) -> String {
    let text = sanitised(text);
    let mut over = width(&text).saturating_sub(room);
    let dropped = |grapheme: &&str| {
        let drop = over > 0;
        over = over.saturating_sub(cells(grapheme));
        drop
    };
    text.graphemes(true).skip_while(dropped).collect()
}
