//! Draws a [`View`]. It knows nothing of sessions and cannot fail; what it showed it says with a [`Seen`].

mod arrow;
mod bar;
mod digits;
mod face;
mod map;
mod page;
mod pen;
pub mod theme;
pub mod wrap;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use theme::Theme;

use crate::view::{Body, Fit, Foot, KeyHint, Line, Piece, Seen, Tone, View};
use pen::{Pen, width};

/// How much fits into a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Less than 20x5: one line.
    Line,
    /// Less than 40x15: time, section, stroke.
    Tiny,
    /// Less than 80x24.
    Compact,
    /// 80x24 and more.
    Full,
}

impl Class {
    /// What fits into `area`.
    pub fn of(area: Rect) -> Class {
        let fits = |width, height| area.width >= width && area.height >= height;
        if fits(80, 24) {
            Class::Full
        } else if fits(40, 15) {
            Class::Compact
        } else if fits(20, 5) {
            Class::Tiny
        } else {
            Class::Line
        }
    }
}

/// Draws `view` over the whole frame.
pub fn draw(view: &View, theme: &Theme, frame: &mut Frame) -> Seen {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), theme);
    match Class::of(area) {
        Class::Full => full(view, &mut pen, area),
        Class::Compact => compact(view, &mut pen, area),
        Class::Tiny => tiny(view, &mut pen, area),
        Class::Line => line(view, &mut pen, area),
    }
}

// head   1 sterilise  2 CHECK  3 roll …                      soak 7:12
// rule   ---------------------------------------------------------------
// body   …
// rule   ---------------------------------------------------------------
// foot   y yes   n no   u not sure                             q leave
fn full(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    let last = area.height - 1;
    head(view, pen, area, false);
    pen.rule(area.x, area.y + 1, area.width);
    pen.rule(area.x, area.y + last - 1, area.width);
    foot(&view.foot, pen, Rect::new(area.x, area.y + last, area.width, 1), false);
    let body = Rect::new(area.x + 1, area.y + 2, area.width - 2, area.height - 4);
    match &view.body {
        Body::Page(page) => page::draw(page, pen, body, Class::Full),
        Body::Face(face) => face::full(face, pen, body),
    }
}

fn compact(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    head(view, pen, area, true);
    foot(&view.foot, pen, Rect::new(area.x, area.y + area.height - 1, area.width, 1), true);
    let body = Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2);
    match &view.body {
        Body::Page(page) => page::draw(page, pen, body, Class::Compact),
        Body::Face(face) => face::compact(face, pen, body),
    }
}

/// The most important lines where the view has some; else the body, scrolled, between head and foot.
fn tiny(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    head(view, pen, area, true);
    let rest = Rect::new(area.x, area.y + 1, area.width, area.height - 1);
    if !view.tiny.is_empty() {
        let rows = view.tiny.iter().take(usize::from(rest.height));
        for (line, y) in rows.zip(rest.y..) {
            pen.line(rest.x, y, rest.width, line);
        }
        return Seen { whole: true, end: true, rows: Vec::new(), page: 1, max_scroll: 0 };
    }
    foot(&view.foot, pen, Rect::new(area.x, area.y + area.height - 1, area.width, 1), true);
    let body = Rect::new(area.x, area.y + 1, area.width, area.height - 2);
    match &view.body {
        Body::Page(page) => page::draw(page, pen, body, Class::Tiny),
        Body::Face(_) => Seen::default(),
    }
}

fn line(view: &View, pen: &mut Pen, area: Rect) -> Seen {
    if !area.is_empty() {
        let mark = view.mark.iter().map(|mark| Piece { text: format!("{} ", mark.text), tone: mark.tone });
        let text = core::iter::once(Piece { text: view.line.clone(), tone: Tone::Plain });
        pen.line(area.x, area.y, area.width, &Line(mark.chain(text).collect()));
    }
    Seen { page: 1, ..Seen::default() }
}

/// Head at the left, mark behind it, status at the right end. The shorter forms come in when the longer do not fit.
fn head(view: &View, pen: &mut Pen, area: Rect, narrow: bool) {
    let room = usize::from(area.width.saturating_sub(2));
    let mark = view.mark.as_ref().map_or(0, |mark| width(&mark.text) + 2);
    let wide = |fit: &Fit| width(&fit.wide.text());
    let fits = wide(&view.head) + mark + wide(&view.status) + 1 <= room;
    let (head, status) = if narrow || !fits {
        (&view.head.narrow, if narrow { &view.status.narrow } else { &view.status.wide })
    } else {
        (&view.head.wide, &view.status.wide)
    };
    let start = area.x + u16::from(area.width >= 40);
    let mut x = pen.line(start, area.y, area.width.saturating_sub(start - area.x), head);
    if let Some(mark) = &view.mark {
        x = pen.line(x + 2, area.y, area.right().saturating_sub(x + 2), &Line(vec![mark.clone()]));
    }
    let status_width = u16::try_from(width(&status.text())).unwrap_or(u16::MAX);
    let at = area.right().saturating_sub(status_width.saturating_add(1));
    // What is at the left is never written over.
    if at > x {
        pen.line(at, area.y, status_width, status);
    }
}

fn foot(foot: &Foot, pen: &mut Pen, area: Rect, narrow: bool) {
    let room = usize::from(area.width.saturating_sub(2));
    let x = area.x + u16::from(area.width >= 40);
    match foot {
        Foot::HandsFree(fit) => {
            pen.line(x, area.y, area.width, if narrow { &fit.narrow } else { &fit.wide });
        }
        Foot::Notice(line) => {
            pen.line(x, area.y, area.width, line);
        }
        Foot::Keys(hints) => {
            let gap = if narrow { "  " } else { "   " };
            let line = fitting(hints, room, narrow, gap);
            pen.line(x, area.y, area.width, &line);
        }
    }
}

/// The keys in a row; an optional one that does nothing now is left out. When they do not fit, the optional ones go first, the last of them first; then the labels.
fn fitting(hints: &[KeyHint], room: usize, narrow: bool, gap: &str) -> Line {
    let mut kept: Vec<&KeyHint> = hints.iter().filter(|hint| hint.live || !hint.optional).collect();
    loop {
        let line = hint_line(&kept, narrow, gap);
        if width(&line.text()) <= room {
            return line;
        }
        match kept.iter().rposition(|hint| hint.optional) {
            Some(place) => drop(kept.remove(place)),
            None => break,
        }
    }
    let labelled = hint_line(&kept, true, gap);
    if width(&labelled.text()) <= room {
        return labelled;
    }
    let bare: Vec<KeyHint> = kept.into_iter().map(|hint| KeyHint { short: String::new(), ..hint.clone() }).collect();
    hint_line(&bare.iter().collect::<Vec<_>>(), true, gap)
}

fn hint_line(hints: &[&KeyHint], narrow: bool, gap: &str) -> Line {
    let mut line = Line::default();
    for (place, hint) in hints.iter().enumerate() {
        let label = if narrow { &hint.short } else { &hint.label };
        let (key, words) = if hint.live { (Tone::Strong, Tone::Plain) } else { (Tone::Quiet, Tone::Quiet) };
        line = line.and(if place == 0 { "" } else { gap }, Tone::Plain).and(&hint.key, key);
        if !label.is_empty() {
            line = line.and(format!(" {label}"), words);
        }
    }
    line
}
