//! Draws a [`View`]. It knows nothing of sessions and cannot fail; what it showed it says with a [`Seen`].

mod arrow;
mod bar;
mod digits;
mod face;
mod foot;
mod head;
mod map;
mod page;
mod pen;
pub mod theme;
mod turn;
pub mod wrap;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use theme::{Ink, Theme};

use crate::tui::view::{Block, Body, Foot, Form, Line, Seen, View};
use pen::Pen;

/// Draws `view` over the whole frame.
pub fn draw(view: &View, theme: &Theme, frame: &mut Frame) -> Seen {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), theme, view.reversed);
    let form = Form::of_window(area.width, area.height);
    let middle = measure(area);
    let seen = match form {
        Form::Full | Form::PlainLines => full(view, &mut pen, middle),
        Form::Compact => compact(view, &mut pen, middle),
        Form::Tiny => tiny(view, &mut pen, middle),
        Form::OneLine => line(view, &mut pen, area),
    };
    let cursor = pen.cursor();
    if view.reversed {
        turn::turn(frame.buffer_mut());
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    seen
}

/// Columns of text: longer lines are hard to read.
const TEXT: u16 = 80;

/// The columns that are used; the rest of a large window stays empty on both sides. Where large digits may grow, head
/// and foot take as much on every screen, so that they stay in their place from one to the next.
fn measure(area: Rect) -> Rect {
    let is_large = area.width >= 120 && area.height >= 36;
    let width = area.width.min(if is_large { 120 } else { TEXT });
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}

/// What is not large digits is text and takes no more than text may.
fn body_of(view: &View, body: Rect) -> Rect {
    let has_large_digits = match &view.body {
        Body::Face(_) => true,
        Body::Page(page) => page.blocks.iter().any(|block| matches!(block, Block::Digits { large: true, .. })),
        Body::SmallFace(_) | Body::Few(_) | Body::OneLine(_) => false,
    };
    if has_large_digits { body } else { Rect { width: body.width.min(TEXT - 2), ..body } }
}

// head   1 sterilise  2 CHECK  3 roll …                      soak 7:12
// rule   ---------------------------------------------------------------
// body   …
// rule   ---------------------------------------------------------------
// foot   y yes   n no   u not sure                             q leave
fn full(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    head::draw(view, pen, area);
    pen.rule(area.x, area.y + 1, area.width);
    let foot = foot::draw(&view.foot, pen, area, true);
    pen.rule(area.x, area.bottom().saturating_sub(foot.rows + 1), area.width);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(3 + foot.rows), ..with_margins(area) };
    let body = body_of(view, body);
    let seen = middle(&view.body, pen, body, Form::Full);
    Seen { notice_below: foot.below, ..seen }
}

fn compact(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    head::draw(view, pen, area);
    let foot = foot::draw(&view.foot, pen, area, false);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + foot.rows), ..with_margins(area) };
    let seen = middle(&view.body, pen, body, Form::Compact);
    Seen { notice_below: foot.below, ..seen }
}

/// The most important lines where the view has some; else the body, scrolled. The foot has its row; only where no key
/// is needed the lines themselves say so.
fn tiny(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    head::draw(view, pen, area);
    let says_so_itself = matches!((&view.foot, &view.body), (Foot::HandsFree(_), Body::Few(_)));
    let foot = if says_so_itself { foot::Drawn::default() } else { foot::draw(&view.foot, pen, area, false) };
    let mut body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + foot.rows), ..area };
    if matches!(view.body, Body::Page(_)) {
        // The last column is left for the mark that says that there is more.
        body.width = body.width.saturating_sub(1);
    }
    let seen = middle(&view.body, pen, body, Form::Tiny);
    Seen { notice_below: foot.below, ..seen }
}

fn middle(body: &Body, pen: &mut Pen, area: Rect, form: Form) -> Seen {
    match body {
        Body::Page(page) => page::draw(page, pen, area, form),
        Body::Face(face) => face::full(face, pen, area),
        Body::SmallFace(face) => face::compact(face, pen, area),
        Body::Few(lines) => few_lines(lines, pen, area),
        Body::OneLine(line) => few_lines(&[Line::plain(line.whole())], pen, area),
    }
}

/// Lines, the most important first. Each gets a row; rows that are left over go to those that need a second one.
fn few_lines(lines: &[Line], pen: &mut Pen, area: Rect) -> Seen {
    let height = usize::from(area.height);
    let mut spare = height.saturating_sub(lines.len());
    let mut rows = Vec::new();
    let mut is_whole = true;
    for line in lines {
        let wrapped = wrap::wrap(line, usize::from(area.width));
        let taken = wrapped.len().min(1 + spare);
        is_whole &= taken == wrapped.len();
        spare -= taken.saturating_sub(1);
        rows.extend(wrapped.into_iter().take(taken));
    }
    is_whole &= rows.len() <= height;
    for (row, y) in rows.iter().take(height).zip(area.y..) {
        pen.line(area.x, y, area.width, row);
    }
    Seen { whole: is_whole, end: is_whole, page: height.max(1), ..Seen::default() }
}

/// The one line, over as many rows as there are. The mark has the last row, or where there is but one, its beginning.
/// A field has the last of the others, and a notice stands in the place of the line.
fn line(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    let mut rest = area;
    if let Some(mark) = &view.mark {
        let mark = Line(vec![mark.clone()]);
        if rest.height > 1 {
            rest.height -= 1;
            pen.line(area.x, last_row(area).y, area.width, &mark);
        } else {
            rest.x = pen.line(area.x, area.y, area.width, &mark).saturating_add(1);
            rest.width = area.right().saturating_sub(rest.x);
        }
    }
    let seen = Seen { page: 1, ..Seen::default() };
    let Body::OneLine(one_line) = &view.body else { return seen };
    if let Some(field) = &one_line.field {
        page::draw_field(field, pen, last_row(rest));
        rest.height = rest.height.saturating_sub(1);
    }
    if let Foot::Notice { line, scroll } = &view.foot
        && rest.height > 0
    {
        return Seen { notice_below: foot::notice(line, *scroll, pen, rest, rest.height).below, ..seen };
    }
    let text = Line::plain(one_line.whole());
    let lines = if rest.height > 1 { wrap::wrap(&text, usize::from(rest.width)) } else { vec![text] };
    for (line, y) in lines.iter().zip(rest.y..rest.bottom()) {
        pen.line(rest.x, y, rest.width, line);
    }
    seen
}

fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }
}

/// One empty column on each side.
fn with_margins(area: Rect) -> Rect {
    Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }
}
