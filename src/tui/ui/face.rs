//! Rolling, and on the way to a section. Read from two metres: the face with one section lit, what the hand does, its
//! seconds. Only the digits and a bar change each second.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::text::{columns, draw_lines, line_width, width};
use super::wrap::wrap;
use super::{Theme, arrow, bar, digits, letters, map};
use crate::tui::view::{Face, Form, MapSize, Tone};

/// Columns between the face and what stands at its right, in large and in small windows.
const BESIDE: [u16; 2] = [5, 2];
/// Columns between the arrow and the digits.
const GAP: u16 = 4;
/// Rows that are kept for the smaller words.
const BELOW_LETTERS: u16 = 3;
/// Columns between the bars of two strokes.
const BETWEEN_BARS: usize = 2;

//  ......hhhhhhhh......      ▲          ████████
//  ....11111||22222....     ███         ██    ██
//  ...                       █          ████████
//  ...                       ▼          ██    ██
//                           █ █ █▀█   ▄▀▄ █▄ █ █▀▄
//                           ▀▄▀ █▀    █ █ █ ▀█ █▄▀
//                           ▕████   ▏▕        ▏▕      ▏
//  YOUR LEFT   YOUR RIGHT    up and down  side to side …
pub(super) struct Rolling<'a> {
    pub(super) face: &'a Face,
    pub(super) form: Form,
    pub(super) theme: &'a Theme,
}

impl Widget for &Rolling<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let is_full = self.form == Form::Full;
        let size = map::Size::of(&self.face.map, area.height);
        let rows = map::lines(&self.face.map, size, self.theme);
        let free = area.height.saturating_sub(columns(rows.len()));
        // In a small window the words below take the whole width.
        let x = area.x.saturating_add(if is_full { 1 } else { 0 });
        let y = area.y.saturating_add(if is_full { free / 2 } else { 0 });
        draw_lines(&rows, Rect { x, y, width: size.columns, ..area }.intersection(area), buffer);

        let beside = if is_full { BESIDE[0] } else { BESIDE[1] };
        let x = x.saturating_add(size.columns).saturating_add(beside);
        let right = Rect { x, width: area.right().saturating_sub(x), ..area }.intersection(area);
        if is_full {
            let top = self.poster(right, digits::largest(self.form, area), buffer);
            self.words(Rect { y: top, height: area.bottom().saturating_sub(top), ..right }, buffer);
        } else {
            let top = self.poster(right, 1, buffer).max(area.y.saturating_add(columns(rows.len())));
            self.words(Rect { y: top, height: area.bottom().saturating_sub(top), ..area }, buffer);
        }
    }
}

impl<'a> Rolling<'a> {
    /// Arrow and digits side by side, and the letters below them; gives the row below all that.
    fn poster(&self, area: Rect, largest: usize, buffer: &mut Buffer) -> u16 {
        let Face { digits: text, arrow, letters: words, .. } = self.face;
        let scale = digits::scale(text, largest, usize::from(area.width));
        let (lines, digits_columns) = match scale {
            0 => (vec![self.theme.words(text, Tone::Strong)], width(text)),
            scale => (digits::lines(text, scale, self.theme.digits, self.theme), digits::width(text, scale)),
        };
        let height = columns(lines.len());
        let room = area.width.saturating_sub(columns(digits_columns).saturating_add(GAP));
        // As wide as high, or less where there is no room.
        let across = room.min(height.saturating_mul(2));
        let mut x = area.x;
        if let Some(direction) = arrow.filter(|_| across >= height) {
            let rows = arrow::rows(direction, usize::from(across), lines.len(), self.theme.ascii);
            let rows: Vec<Line> = rows.into_iter().map(|row| Line::styled(row, self.theme.arrow)).collect();
            draw_lines(&rows, Rect { height: height.min(area.height), ..area }, buffer);
            x = x.saturating_add(across).saturating_add(GAP);
        }
        draw_lines(&lines, Rect { x, width: area.right().saturating_sub(x), ..area }.intersection(area), buffer);
        let below = area.y.saturating_add(height).saturating_add(u16::from(area.height > height));
        let rest = Rect { y: below, height: area.bottom().saturating_sub(below), ..area };
        // Large letters give way to what stands below them.
        let most = usize::from(rest.height.saturating_sub(BELOW_LETTERS));
        let written = |size| {
            let width = usize::from(area.width);
            letters::lines(words, size, width, false, self.theme).filter(|lines| lines.len() <= most)
        };
        let largest = if self.form == Form::Full { scale.clamp(1, 2) } else { 0 };
        let bare = || wrap(&self.theme.words(words, Tone::Strong), usize::from(area.width));
        let lines = (1..=largest).rev().find_map(written).unwrap_or_else(bare);
        draw_lines(&lines, rest, buffer);
        rest.y.saturating_add(columns(lines.len())).min(area.bottom())
    }

    /// The bars of the strokes and the smaller words, with gaps where there is room.
    fn words(&self, area: Rect, buffer: &mut Buffer) {
        let room = usize::from(area.width);
        let mut parts: Vec<Vec<Line>> = Vec::new();
        if !self.face.strokes.is_empty() {
            parts.push(self.bars(room));
        }
        parts.extend(self.face.lines.iter().map(|line| wrap(&self.theme.line(line), room)));
        let mut free = usize::from(area.height);
        // Half a sentence is worse than none.
        parts.retain(|part| match free.checked_sub(part.len()) {
            Some(rest) => {
                free = rest;
                true
            }
            None => false,
        });
        let mut lines: Vec<Line> = Vec::new();
        for part in parts {
            if free > 0 {
                lines.push(Line::default());
                free -= 1;
            }
            lines.extend(part);
        }
        draw_lines(&lines, area, buffer);
    }

    /// A bar for each stroke, with its name below where there is room for all of them.
    fn bars(&self, room: usize) -> Vec<Line<'a>> {
        let strokes = &self.face.strokes;
        let each = (room + BETWEEN_BARS) / strokes.len().max(1);
        let cells = each.saturating_sub(BETWEEN_BARS);
        let mut bars = Line::default();
        let mut names = Line::default();
        for (place, (name, share)) in strokes.iter().enumerate() {
            let last = if place + 1 == strokes.len() { 0 } else { BETWEEN_BARS };
            bars.extend(bar::bar(*share, cells, self.theme));
            bars.push_span(" ".repeat(last));
            let named = self.theme.words(name, Tone::Quiet);
            let free = (cells + last).saturating_sub(line_width(&named));
            names.extend(named);
            names.push_span(" ".repeat(free));
        }
        let is_named = self.face.map.size == MapSize::Large && strokes.iter().all(|(name, _)| width(name) < each);
        if is_named { vec![bars, names] } else { vec![bars] }
    }
}
