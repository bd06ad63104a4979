//! Rolling. Read from two metres: digits, section, arrow, next. Only the digits and a bar change each second.

use ratatui::layout::Rect;

use super::pen::{Pen, width};
use super::{arrow, bar, digits, map};
use crate::view::{Face, Line, Seen, Tone};

/// Cells of a bar in a large window, and the columns before it.
const BAR: usize = 50;
const LABEL: usize = 9;

/// Everything is on screen; there is nothing to scroll.
fn all_seen() -> Seen {
    Seen { whole: true, end: true, rows: Vec::new(), page: 1, max_scroll: 0 }
}

//   .----------------------. ████████████         ████ …
//   |  2 UPPER ||  1 upper | ████    ████    ████████
//   …                        …
//   |---.--------------.---|
//   '---| 5 mouth wait |---' SIDE TO SIDE   <====================>
//       '--xx lips xx--'     light hand, lift, back, again
//   YOUR LEFT     YOUR RIGHT then diagonal / in 0:06
//      as in the mirror
//
// stroke   up-down done | SIDE-SIDE | diagonal
// section  [#####################.............................]  42%
// session  [##############....................................]  28%
// next: YOUR LOWER RIGHT. Switch hands.              keep off: eye, mole
pub(super) fn full(face: &Face, pen: &mut Pen, area: Rect) -> Seen {
    let inner = Rect { x: area.x + 1, width: area.width - 1, ..area };
    for (row, y) in map::rows(&face.map).iter().zip(inner.y..inner.bottom()) {
        pen.line(inner.x, y, inner.width, row);
    }
    let right = inner.x + u16::try_from(map::LARGE).unwrap_or(0) + 1;
    let room = area.right().saturating_sub(right);
    let below = large_digits(face, pen, Rect { x: right, y: inner.y, width: room, height: inner.height });
    let stroke = (inner.y + 11).max(below + 1);
    pen.line(right, stroke, room, &face.stroke);
    pen.line(right, stroke + 1, room, &face.hint);
    pen.line(right, stroke + 2, room, &face.turn);
    let style = pen.theme().arrow;
    let at = right + 30;
    for (row, y) in arrow::tall(face.arrow).into_iter().zip(stroke - 1..) {
        pen.text(at, y, area.right().saturating_sub(at), row, style);
    }
    lower_rows(face, pen, area);
    all_seen()
}

/// Digits as large as the window takes, at least ten rows; gives the row behind them.
fn large_digits(face: &Face, pen: &mut Pen, area: Rect) -> u16 {
    let scale = if area.width >= 78 && area.height >= 32 { 3 } else { 2 };
    let style = pen.theme().digits;
    let rows = digits::rows(&face.digits, scale);
    for (row, y) in rows.iter().zip(area.y..) {
        pen.text(area.x, y, area.width, row, style);
    }
    area.y + u16::try_from(rows.len()).unwrap_or(0)
}

fn lower_rows(face: &Face, pen: &mut Pen, area: Rect) {
    let top = area.bottom().saturating_sub(4);
    let label = |text: &str| format!("{text:<LABEL$}");
    let style = pen.theme().bar;
    let x = pen.line(area.x, top, area.width, &Line::toned(label(&face.strokes_label), Tone::Quiet));
    pen.line(x, top, area.right().saturating_sub(x), &face.strokes);
    for (place, (name, share)) in [&face.section, &face.session].into_iter().enumerate() {
        let y = top + 1 + u16::try_from(place).unwrap_or(0);
        let x = pen.line(area.x, y, area.width, &Line::toned(label(name), Tone::Quiet));
        pen.text(x, y, area.right().saturating_sub(x), &bar::bar(*share, BAR, " "), style);
    }
    let x = pen.line(area.x, top + 3, area.width, &face.next.wide);
    let keep_off = u16::try_from(width(&face.keep_off.wide.text())).unwrap_or(u16::MAX);
    let at = area.right().saturating_sub(keep_off.saturating_add(1)).max(x + 2);
    pen.line(at, top + 3, area.right().saturating_sub(at), &face.keep_off.wide);
}

//        ██████        ██    ██  ██
//        …
//
//  SIDE TO SIDE   <==============>
//  then diagonal / in 0:06
//
//  UL NOW UR done LL wait LR next M wait
//  [#########.......................] 28%
//  next: YOUR LOWER RIGHT. Switch hands.
//  keep off: eye, mole
pub(super) fn compact(face: &Face, pen: &mut Pen, area: Rect) -> Seen {
    let style = pen.theme().digits;
    let rows = digits::rows(&face.digits, 1);
    let columns = u16::try_from(digits::width(&face.digits, 1)).unwrap_or(0);
    let at = area.x + area.width.saturating_sub(columns) / 2;
    for (row, y) in rows.iter().zip(area.y..) {
        pen.text(at, y, area.width, row, style);
    }
    // Below the digits there is one free row to spend in the smallest window of this class.
    let spare = area.height.saturating_sub(13).min(2);
    let mut y = area.y + 5 + spare.min(1);
    let x = pen.line(area.x, y, area.width, &face.stroke);
    let arrow_style = pen.theme().arrow;
    pen.text(x + 3, y, area.right().saturating_sub(x + 3), arrow::flat(face.arrow), arrow_style);
    y += 1;
    pen.line(area.x, y, area.width, &face.turn);
    y += 1 + u16::from(area.height >= 13);
    pen.line(area.x, y, area.width, &face.map_line);
    let cells = usize::from(area.width).saturating_sub(8).min(BAR);
    let bar_style = pen.theme().bar;
    pen.text(area.x, y + 1, area.width, &bar::bar(face.session.1, cells, ""), bar_style);
    pen.line(area.x, y + 2, area.width, &face.next.narrow);
    pen.line(area.x, y + 3, area.width, &face.keep_off.narrow);
    all_seen()
}
