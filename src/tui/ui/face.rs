//! Rolling. Read from two metres: digits, section, arrow, next. Only the digits and a bar change each second.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::{columns, draw_lines, line_width};
use super::wrap::wrap;
use super::{Theme, arrow, bar, digits, map};
use crate::tui::view::{Face, Form, Share, SmallFace, Tone};

/// Cells of a bar in a large window, and the columns before it.
const BAR: usize = 50;
const LABEL: u16 = 9;
/// Columns of the words to the left of the arrow, so that it stands in the same place in every stroke.
const WORDS: u16 = 30;
/// Columns at least between what comes next and what to keep off.
const GAP: usize = 2;

//  .----------------------. ████████████         ████ …
//  |  2 UPPER ||  1 upper | ████    ████    ████████
//  …                        …
//  |---.--------------.---|
//  '---| 5 mouth wait |---' SIDE TO SIDE                  <====================>
//      '--xx lips xx--'     light hand; each place once
//  YOUR LEFT     YOUR RIGHT done early? wait, lifted
//     as in the mirror      then diagonal, in 0:06
//
// stroke   up-down done | SIDE-SIDE | diagonal
// section  [#####################.............................]  42%
// session  [##############....................................]  28%
// next     YOUR LOWER RIGHT. Switch hands.                     keep off: eye, mole
pub(super) struct Rolling<'a> {
    pub(super) face: &'a Face,
    pub(super) theme: &'a Theme,
}

impl Widget for &Rolling<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Rolling { face, theme } = self;
        let across =
            [Constraint::Length(1), Constraint::Length(map::LARGE), Constraint::Length(1), Constraint::Fill(1)];
        let [_, map_area, _, right] = area.layout(&Layout::horizontal(across));
        let map = map::lines(&face.map, theme);
        let digits = digits_lines(&face.digits, theme, digits::largest(Form::Full, area), right.width);
        let last = self.last_lines(usize::from(area.width.saturating_sub(LABEL)));

        // The stroke stands beside the mouth, or below digits that reach further down; what is below all that goes up
        // where rows are short.
        let stroke = columns(digits.len() + 1).max(11);
        let upper = columns(map.len()).max(stroke + 4) + 1;
        let down = [Constraint::Length(upper), Constraint::Min(columns(3 + last.len()))];
        let [_, lower] = area.layout(&Layout::vertical(down));

        draw_lines(&map, map_area, buffer);
        draw_lines(&digits, right, buffer);
        self.draw_stroke(Rect { y: right.y.saturating_add(stroke), ..right }, buffer);
        self.draw_lower(&last, lower, buffer);
    }
}

impl<'a> Rolling<'a> {
    /// The words of the stroke, and its arrow from one row above them on.
    fn draw_stroke(&self, area: Rect, buffer: &mut Buffer) {
        let all = [&self.face.stroke].into_iter().chain(&self.face.hint).chain([&self.face.turn]);
        let lines: Vec<Line> = all.map(|line| self.theme.line(line)).collect();
        draw_lines(&lines, Rect { height: 4, ..area }, buffer);
        // Words that are longer than they ought to be are not written over.
        let words = lines.iter().map(line_width).max().unwrap_or(0);
        let x = area.x.saturating_add(WORDS.max(columns(words + 1)));
        if x.saturating_add(arrow::COLUMNS) <= area.right() {
            let arrow = arrow::tall(self.face.arrow).map(|row| Line::styled(row, self.theme.arrow));
            let place = Rect { x, y: area.y.saturating_sub(1), width: arrow::COLUMNS, height: 5 };
            draw_lines(&arrow, place, buffer);
        }
    }

    /// What comes next and what to keep off, in one row where both fit, else one below the other. Neither is ever cut.
    fn last_lines(&self, room: usize) -> Vec<Line<'a>> {
        let (mut next, keep_off) = (self.theme.line(&self.face.next), self.theme.line(&self.face.keep_off));
        let words = line_width(&next) + line_width(&keep_off);
        if words + GAP > room {
            return [next, keep_off].iter().flat_map(|line| wrap(line, room)).collect();
        }
        next.push_span(" ".repeat(room - words));
        next.extend(keep_off);
        vec![next]
    }

    fn draw_lower(&self, last: &[Line], area: Rect, buffer: &mut Buffer) {
        let [labels, rest] = area.layout(&Layout::horizontal([Constraint::Length(LABEL), Constraint::Fill(1)]));
        let Face { strokes_label, section, session, next_label, .. } = self.face;
        let words = [strokes_label, &section.0, &session.0, next_label].map(|word| self.theme.words(word, Tone::Quiet));
        draw_lines(&words, labels, buffer);
        let bars = [section.1, session.1].map(|share| bar_line(share, self.theme, rest.width, " "));
        draw_lines([&self.theme.line(&self.face.strokes)].into_iter().chain(&bars).chain(last), rest, buffer);
    }
}

/// Digits as large as fits, or the bare text.
fn digits_lines<'a>(text: &'a str, theme: &Theme, largest: usize, room: u16) -> Vec<Line<'a>> {
    match digits::scale(text, largest, usize::from(room)) {
        0 => vec![theme.words(text, Tone::Strong)],
        scale => digits::lines(text, scale, theme),
    }
}

/// Brackets, percentage and gap stand around the cells.
fn bar_line(share: Share, theme: &Theme, room: u16, gap: &str) -> Line<'static> {
    let cells = usize::from(room).saturating_sub(6 + gap.len()).min(BAR);
    Line::styled(bar::bar(share, cells, gap), theme.bar)
}

//        ██████        ██    ██  ██
//        …
//
//  SIDE TO SIDE   <==============>
//  then diagonal, in 0:06
//  each place once; lift, wait
//  UL NOW UR done LL wait LR next M wait
//  [#########.......................] 28%
//  next: YOUR LOWER RIGHT. Switch hands.
//  keep off: eye, mole
pub(super) struct SmallRolling<'a> {
    pub(super) face: &'a SmallFace,
    pub(super) theme: &'a Theme,
}

impl Widget for &SmallRolling<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let SmallRolling { face, theme } = self;
        let [top, below] = area.layout(&Layout::vertical([Constraint::Length(5), Constraint::Fill(1)]));
        let digits = digits_lines(&face.digits, theme, 1, area.width);
        let free = match digits::scale(&face.digits, 1, usize::from(area.width)) {
            0 => 0,
            scale => area.width.saturating_sub(columns(digits::width(&face.digits, scale))),
        };
        draw_lines(&digits, Rect { x: top.x + free / 2, width: top.width - free / 2, ..top }, buffer);

        // What is long takes the empty rows first.
        let last: Vec<Line> = [&face.next, &face.keep_off]
            .into_iter()
            .flat_map(|line| wrap(&theme.line(line), usize::from(area.width)))
            .collect();
        let gaps = area.height.saturating_sub(9).saturating_sub(columns(last.len()));
        let mut stroke = theme.line(&face.stroke);
        stroke.extend([Span::raw("   "), Span::styled(arrow::flat(face.arrow), theme.arrow)]);
        let mut lines = Vec::new();
        lines.extend((gaps > 1).then(Line::default));
        lines.extend([stroke, theme.line(&face.turn)]);
        lines.extend((gaps > 0).then(|| theme.line(&face.hint)));
        lines.extend([theme.line(&face.sections), bar_line(face.session, theme, area.width, "")]);
        draw_lines(lines.iter().chain(&last), below, buffer);
    }
}
