//! Rolling. Read from two metres: digits, section, arrow, next. Only the digits and a bar change each second.

use ratatui::layout::Rect;

use super::pen::{Pen, columns, line_width};
use super::wrap::wrap;
use super::{arrow, bar, digits, map};
use crate::tui::view::{Face, Form, Line, Seen, Share, SmallFace, Tone};

/// Cells of a bar in a large window, and the columns before it.
const BAR: usize = 50;
const LABEL: u16 = 9;
/// Columns of the words to the left of the arrow, so that it stands in the same place in every stroke.
const WORDS: u16 = 30;
/// Columns at least between what comes next and what to keep off.
const GAP: usize = 2;

/// Everything is on screen; there is nothing to scroll.
fn all_seen() -> Seen {
    Seen { whole: true, end: true, page: 1, ..Seen::default() }
}

//  .----------------------. ████████████         ████ …
//  |  2 UPPER ||  1 upper | ████    ████    ████████
//  …                        …
//  |---.--------------.---|
//  '---| 5 mouth wait |---' SIDE TO SIDE                  <====================>
//      '--xx lips xx--'     light hand, lift, back, again
//  YOUR LEFT     YOUR RIGHT then diagonal, in 0:06
//     as in the mirror
//
// stroke   up-down done | SIDE-SIDE | diagonal
// section  [#####################.............................]  42%
// session  [##############....................................]  28%
// next     YOUR LOWER RIGHT. Switch hands.                     keep off: eye, mole
pub(super) fn full(face: &Face, pen: &mut Pen, area: Rect) -> Seen {
    let rows = map::rows(&face.map);
    let map_x = area.x.saturating_add(1);
    for (row, y) in rows.iter().zip(area.y..area.bottom()) {
        pen.line(map_x, y, area.width, row);
    }
    let x = map_x.saturating_add(columns(map::width(&face.map)) + 1);
    let room = area.right().saturating_sub(x);
    let largest = digits::largest(Form::Full, area);
    let below = large_digits(&face.digits, pen, Rect { x, width: room, ..area }, largest);
    let stroke = below.saturating_add(1).max(area.y.saturating_add(11));
    for (line, y) in [&face.stroke, &face.hint, &face.turn].into_iter().zip(stroke..) {
        pen.line(x, y, room, line);
    }
    // Words that are longer than they ought to be are not written over.
    let words = [&face.stroke, &face.hint, &face.turn].map(line_width).into_iter().max().unwrap_or(0);
    let arrow_x = x.saturating_add(WORDS.max(columns(words) + 1));
    if arrow_x.saturating_add(arrow::COLUMNS) <= area.right() {
        let style = pen.theme().arrow;
        for (row, y) in arrow::tall(face.arrow).into_iter().zip(stroke.saturating_sub(1)..) {
            pen.text(arrow_x, y, arrow::COLUMNS, row, style);
        }
    }
    let last = last_rows(face, usize::from(area.width.saturating_sub(LABEL)));
    let height = columns(3 + last.len());
    let middle = area.y.saturating_add(columns(rows.len())).max(stroke.saturating_add(4));
    let top = middle.saturating_add(1).min(area.bottom().saturating_sub(height));
    lower_rows(face, &last, pen, Rect { y: top, height, ..area });
    all_seen()
}

/// Digits as large as fits; gives the row behind them.
fn large_digits(text: &str, pen: &mut Pen, area: Rect, largest: usize) -> u16 {
    let scale = digits::scale(text, largest, usize::from(area.width));
    if scale == 0 {
        let style = pen.theme().of(Tone::Strong);
        pen.text(area.x, area.y, area.width, text, style);
        return area.y.saturating_add(1);
    }
    let style = pen.theme().digits;
    let rows = digits::rows(text, scale);
    for (row, y) in rows.iter().zip(area.y..area.bottom()) {
        pen.blocks(area.x, y, area.width, row, style);
    }
    area.y.saturating_add(columns(rows.len()))
}

/// What comes next and what to keep off, in one row where both fit, else one below the other. Neither is ever cut.
fn last_rows(face: &Face, room: usize) -> Vec<Line> {
    let (next, keep_off) = (&face.next, &face.keep_off);
    let words = line_width(next) + line_width(keep_off);
    if words + GAP > room {
        return [next, keep_off].into_iter().flat_map(|line| wrap(line, room)).collect();
    }
    let between = " ".repeat(room - words);
    let mut row = next.clone().and(between, Tone::Plain);
    row.0.extend(keep_off.0.iter().cloned());
    vec![row]
}

fn lower_rows(face: &Face, last: &[Line], pen: &mut Pen, area: Rect) {
    let behind = area.x.saturating_add(LABEL);
    let room = area.width.saturating_sub(LABEL);
    pen.toned(area.x, area.y, LABEL, &face.strokes_label, Tone::Quiet);
    pen.line(behind, area.y, room, &face.strokes);
    for ((label, share), y) in [&face.section, &face.session].into_iter().zip(area.y.saturating_add(1)..) {
        pen.toned(area.x, y, LABEL, label, Tone::Quiet);
        draw_bar(*share, pen, Rect { x: behind, y, width: room, height: 1 }, " ");
    }
    let next = area.y.saturating_add(3);
    pen.toned(area.x, next, LABEL, &face.next_label, Tone::Quiet);
    for (line, y) in last.iter().zip(next..area.bottom()) {
        pen.line(behind, y, room, line);
    }
}

fn draw_bar(share: Share, pen: &mut Pen, area: Rect, gap: &str) {
    // Brackets, percentage and gap stand around the cells.
    let cells = usize::from(area.width).saturating_sub(6 + gap.len()).min(BAR);
    let style = pen.theme().bar;
    pen.text(area.x, area.y, area.width, &bar::bar(share, cells, gap), style);
}

//        ██████        ██    ██  ██
//        …
//
//  SIDE TO SIDE   <==============>
//  then diagonal, in 0:06
//
//  UL NOW UR done LL wait LR next M wait
//  [#########.......................] 28%
//  next: YOUR LOWER RIGHT. Switch hands.
//  keep off: eye, mole
pub(super) fn compact(face: &SmallFace, pen: &mut Pen, area: Rect) -> Seen {
    let scale = digits::scale(&face.digits, 1, usize::from(area.width));
    let free = usize::from(area.width).saturating_sub(digits::width(&face.digits, scale));
    let x = if scale == 0 { area.x } else { area.x.saturating_add(columns(free / 2)) };
    large_digits(&face.digits, pen, Rect { x, width: area.right().saturating_sub(x), ..area }, 1);

    // What is long takes the empty rows first.
    let room = usize::from(area.width);
    let lines = [&face.next, &face.keep_off].into_iter().flat_map(|line| wrap(line, room));
    let lines: Vec<Line> = lines.collect();
    let gaps = area.height.saturating_sub(9).saturating_sub(columns(lines.len()));
    let stroke = area.y.saturating_add(5 + u16::from(gaps > 1));
    let behind = pen.line(area.x, stroke, area.width, &face.stroke).saturating_add(3);
    let style = pen.theme().arrow;
    pen.text(behind, stroke, area.right().saturating_sub(behind), arrow::flat(face.arrow), style);
    pen.line(area.x, stroke.saturating_add(1), area.width, &face.turn);

    let lower = stroke.saturating_add(2 + u16::from(gaps > 0));
    pen.line(area.x, lower, area.width, &face.sections);
    draw_bar(face.session, pen, Rect { y: lower.saturating_add(1), height: 1, ..area }, "");
    for (line, y) in lines.iter().zip(lower.saturating_add(2)..area.bottom()) {
        pen.line(area.x, y, area.width, line);
    }
    all_seen()
}
