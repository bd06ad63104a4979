//! The first row: where the person is, what the clock says, and the word that must never be missing.

use ratatui::layout::Rect;

use super::pen::{Pen, columns, line_width, width};
use crate::tui::view::{Line, View};

/// Columns between the head and the mark, and the least before the status.
const GAP: usize = 2;

/// Head at the left, the mark behind it, status at the right end. What does not fit gives way: first the longer words,
/// then the status, then the end of the head. The mark never does.
pub(super) fn draw(view: &View, pen: &mut Pen, area: Rect) {
    let margin = u16::from(area.width >= 40);
    let room = usize::from(area.width.saturating_sub(2 * margin));
    let mark = view.mark.as_ref().map_or(0, |mark| width(&mark.text) + GAP);
    let (head, status) = fitting(view, room.saturating_sub(mark));

    let start = area.x.saturating_add(margin);
    let end = area.right().saturating_sub(margin);
    let mut x = pen.line(start, area.y, columns(room.saturating_sub(mark)), head);
    if let Some(mark) = &view.mark {
        let at = if x > start { x.saturating_add(columns(GAP)) } else { x };
        x = pen.line(at, area.y, end.saturating_sub(at), &Line(vec![mark.clone()]));
    }
    if let Some(status) = status {
        let at = end.saturating_sub(columns(line_width(status)));
        if at > x {
            pen.line(at, area.y, end.saturating_sub(at), status);
        }
    }
}

/// The longest forms of head and status that stand side by side in `room` columns.
fn fitting(view: &View, room: usize) -> (&Line, Option<&Line>) {
    let fits = |head: &Line, status: &Line| {
        let status = line_width(status);
        line_width(head) + if status == 0 { 0 } else { status + GAP } <= room
    };
    let (heads, statuses) = (view.head.forms(), view.status.forms());
    let mut pairs = heads.clone().flat_map(|head| statuses.clone().map(move |status| (head, status)));
    match pairs.find(|(head, status)| fits(head, status)) {
        Some((head, status)) => (head, Some(status)),
        None => (heads.clone().find(|head| line_width(head) <= room).unwrap_or(&view.head.short), None),
    }
}
