//! Draws a [`View`]. It knows nothing of sessions and cannot fail; what it showed it says with a [`Seen`].

mod arrow;
mod bar;
mod digits;
mod letters;
mod face;
mod foot;
mod head;
mod map;
mod page;
mod text;
pub mod theme;
pub mod wrap;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block as Frames, Borders, Padding, StatefulWidget as _, Widget as _};

pub use theme::{Ink, Theme};

use crate::tui::view::{Body, Foot, Form, Line as Words, Seen, View};
use face::Rolling;
use foot::FootRows;
use head::Head;
use page::Blocks;
use text::{draw_line, draw_lines};

/// Columns of text: longer lines are hard to read.
const TEXT: u16 = 80;

/// Below the middle of a large window.
const ASCII_RULE: border::Set = border::Set { horizontal_bottom: "-", ..border::PLAIN };

/// The columns and rows that are used, by what the window has at least: the face, digits and arrow grow with it.
const BLOCKS: [[(u16, u16); 2]; 3] = [[(160, 45), (130, 45)], [(110, 32), (110, 36)], [(0, 0), PAGE]];
/// Of a page, which does not grow.
const PAGE: (u16, u16) = (TEXT, 28);
/// Rows of a page for head, foot and what parts them from the middle.
const FRAME: u16 = 4;

/// Draws `view` over the whole frame.
pub fn draw(view: &View, theme: &Theme, frame: &mut Frame) -> Seen {
    let area = frame.area();
    let seen = match Form::of_window(area.width, area.height) {
        Form::OneLine => one_line(view, theme, area, frame.buffer_mut()),
        form => framed(view, theme, form, area, frame.buffer_mut()),
    };
    theme.finish(frame.buffer_mut(), view.reversed);
    if let Some(cursor) = seen.cursor {
        frame.set_cursor_position(cursor);
    }
    seen
}

// head   *--@ Checklist --o--o--o                            soak 7:12
//
// body   …
// rule   ---------------------------------------------------------------
// foot   y yes   n no   u not sure                             q leave
/// Without the rule in smaller windows.
fn framed(view: &View, theme: &Theme, form: Form, area: Rect, buffer: &mut Buffer) -> Seen {
    let area = match &view.body {
        Body::Page(page) if Blocks { page, theme, form }.rows(measure(area, false)) > usize::from(PAGE.1 - FRAME) => {
            // What is long has all the rows that there are.
            Rect { y: area.y, height: area.height, ..measure(area, false) }
        }
        body => measure(area, matches!(body, Body::Face(_))),
    };
    let margin = Margin::new(u16::from(area.width >= 40), 0);
    // While hands are busy the few lines of a tiny window say themselves that no key is needed.
    let foot = match (&view.foot, &view.body) {
        (Foot::HandsFree(_), Body::Few(_)) => FootRows::default(),
        (foot, _) => FootRows::new(foot, theme, form, area.inner(margin)),
    };
    let rows = [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(foot.height())];
    let [head, middle, last] = area.layout(&Layout::vertical(rows));
    Head { view, theme }.render(head.inner(margin), buffer);
    foot.render(last.inner(margin), buffer);
    let frames = match (form, &view.body) {
        (Form::Full, _) => Frames::new()
            .borders(Borders::BOTTOM)
            .border_set(if theme.ascii { ASCII_RULE } else { border::PLAIN })
            .border_style(theme.rule)
            .padding(Padding { top: 1, ..Padding::horizontal(1) }),
        // The last column is left for the mark that says that there is more.
        (Form::Tiny, Body::Page(_)) => Frames::new().padding(Padding::right(1)),
        (Form::Tiny, _) => Frames::new(),
        _ => Frames::new().padding(Padding::horizontal(1)),
    };
    let inner = frames.inner(middle);
    frames.render(middle, buffer);
    let seen = body(&view.body, theme, form, inner, buffer);
    Seen { notice_below: foot.below, ..seen }
}

/// The part of the window that is used, in its middle; the rest stays empty on all sides.
fn measure(area: Rect, grows: bool) -> Rect {
    let fits = |[(columns, rows), _]: &[(u16, u16); 2]| area.width >= *columns && area.height >= *rows;
    let (columns, rows) = BLOCKS.into_iter().filter(|_| grows).find(fits).map_or(PAGE, |[_, most]| most);
    let (width, height) = (area.width.min(columns), area.height.min(rows));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

fn body(body: &Body, theme: &Theme, form: Form, area: Rect, buffer: &mut Buffer) -> Seen {
    let all = Seen { whole: true, end: true, page: 1, ..Seen::default() };
    match body {
        Body::Page(page) => {
            let mut seen = Seen::default();
            Blocks { page, theme, form }.render(area, buffer, &mut seen);
            seen
        }
        Body::Face(face) => {
            Rolling { face, form, theme }.render(area, buffer);
            all
        }
        Body::Few(lines) => few_lines(lines, theme, area, buffer),
        Body::OneLine(line) => few_lines(&[Words::plain(line.whole())], theme, area, buffer),
    }
}

/// Lines, the most important first. Each gets a row; rows that are left over go to those that need a second one.
fn few_lines(lines: &[Words], theme: &Theme, area: Rect, buffer: &mut Buffer) -> Seen {
    let height = usize::from(area.height);
    let mut spare = height.saturating_sub(lines.len());
    let mut rows = Vec::new();
    let mut is_whole = true;
    for line in lines {
        let wrapped = wrap::wrap(&theme.line(line), usize::from(area.width));
        let taken = wrapped.len().min(1 + spare);
        is_whole &= taken == wrapped.len();
        spare -= taken.saturating_sub(1);
        rows.extend(wrapped.into_iter().take(taken));
    }
    is_whole &= rows.len() <= height;
    draw_lines(&rows, area, buffer);
    Seen { whole: is_whole, end: is_whole, page: height.max(1), ..Seen::default() }
}

/// The one line, over as many rows as there are. The mark has the last row, or where there is but one, its beginning.
/// A field has the last of the others, and a notice stands in the place of the line.
fn one_line(view: &View, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Seen {
    let mut rest = area;
    if let Some(mark) = &view.mark {
        let mark = Line::from(theme.span(mark));
        if area.height > 1 {
            let last;
            (rest, last) = without_last_row(area);
            draw_line(&mark, last, buffer);
        } else {
            rest.x = draw_line(&mark, area, buffer).saturating_add(1);
            rest.width = area.right().saturating_sub(rest.x);
        }
    }
    let mut seen = Seen { page: 1, ..Seen::default() };
    let Body::OneLine(one_line) = &view.body else { return seen };
    if let Some(field) = &one_line.field {
        let last;
        (rest, last) = without_last_row(rest);
        seen.cursor = page::draw_field(field, theme, last, buffer);
    }
    if let Foot::Notice { line, scroll } = &view.foot
        && rest.height > 0
    {
        let notice = FootRows::notice(line, *scroll, theme, rest.width, rest.height);
        let [_, last] = rest.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(notice.height())]));
        notice.render(last, buffer);
        return Seen { notice_below: notice.below, ..seen };
    }
    let text = Words::plain(one_line.whole());
    let line = theme.line(&text);
    let lines = if rest.height > 1 { wrap::wrap(&line, usize::from(rest.width)) } else { vec![line] };
    draw_lines(&lines, rest, buffer);
    seen
}

fn without_last_row(area: Rect) -> (Rect, Rect) {
    let [rest, last] = area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]));
    (rest, last)
}
