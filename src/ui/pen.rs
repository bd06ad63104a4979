//! Puts text into cells: cut on grapheme borders, never past the edge, nothing invisible.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::theme::Theme;
use crate::editor::is_text;
use crate::view::{Line, Tone};

/// Columns of `text` on screen.
pub(super) fn width(text: &str) -> usize {
    text.graphemes(true).map(cells).sum()
}

/// Columns of one grapheme; what is invisible takes one, since it is shown as a mark.
pub(super) fn cells(grapheme: &str) -> usize {
    if grapheme.chars().all(is_text) { grapheme.width() } else { 1 }
}

/// Shown in place of a character that would hide or reorder others.
const MARK: &str = "?";

/// Draws on a buffer with a theme.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
}

impl<'a> Pen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Pen<'a> {
        Pen { buffer, theme }
    }

    pub(super) fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// Draws `line` in at most `room` columns; gives the column behind it.
    pub(super) fn line(&mut self, x: u16, y: u16, room: u16, line: &Line) -> u16 {
        let end = x.saturating_add(room);
        line.0.iter().fold(x, |x, piece| {
            let style = self.theme.of(piece.tone);
            self.text(x, y, end.saturating_sub(x), &piece.text, style)
        })
    }

    /// Draws `text`; gives the column behind it.
    pub(super) fn text(&mut self, mut x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let end = x.saturating_add(room).min(self.buffer.area.right());
        for grapheme in text.graphemes(true) {
            let columns = u16::try_from(cells(grapheme)).unwrap_or(u16::MAX);
            // A wide character in the very last column is the next frame's panic in the toolkit.
            let last_column = columns > 1 && x.saturating_add(columns) >= self.buffer.area.right();
            if columns == 0 {
                continue;
            }
            if x.saturating_add(columns) > end || last_column {
                break;
            }
            let symbol = self.symbol(grapheme);
            if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                cell.set_symbol(symbol).set_style(style);
            }
            for covered in x + 1..x + columns {
                if let Some(cell) = self.buffer.cell_mut(Position { x: covered, y }) {
                    cell.reset();
                }
            }
            x += columns;
        }
        x
    }

    fn symbol<'t>(&self, grapheme: &'t str) -> &'t str {
        if !grapheme.chars().all(is_text) {
            MARK
        } else if self.theme.ascii && grapheme == "\u{2588}" {
            "#"
        } else if self.theme.ascii && !grapheme.is_ascii() {
            MARK
        } else {
            grapheme
        }
    }

    /// A rule over `width` columns.
    pub(super) fn rule(&mut self, x: u16, y: u16, width: u16) {
        let style = self.theme.rule;
        self.text(x, y, width, &"-".repeat(usize::from(width)), style);
    }

    /// Text of one weight.
    pub(super) fn toned(&mut self, x: u16, y: u16, room: u16, text: &str, tone: Tone) -> u16 {
        let style = self.theme.of(tone);
        self.text(x, y, room, text, style)
    }
}
