//! The first row: where the person is, what the clock says, and the word that must never be missing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Theme;
use super::text::{columns, draw_line, line_width};
use crate::tui::view::{Fit, View};

/// Columns between the head and the mark, and the least before the status.
const GAP: usize = 2;

/// Head at the left, the mark behind it, status at the right end. What does not fit gives way: first the longer words,
/// then the status, then the end of the head. The mark never does.
pub(super) struct Head<'a> {
    pub(super) view: &'a View,
    pub(super) theme: &'a Theme,
}

impl Widget for &Head<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mark = self.view.mark.as_ref().map(|mark| Line::from(self.theme.span(mark)));
        let room = usize::from(area.width).saturating_sub(mark.as_ref().map_or(0, |mark| line_width(mark) + GAP));
        let (head, status) = self.fitting(room);
        let from = |x: u16| Rect { x, width: area.right().saturating_sub(x), ..area };
        let mut x = draw_line(&head, Rect { width: columns(room), ..area }, buffer);
        if let Some(mark) = mark {
            x = draw_line(&mark, from(if x > area.x { x.saturating_add(columns(GAP)) } else { x }), buffer);
        }
        if let Some(status) = status {
            let at = area.right().saturating_sub(columns(line_width(&status)));
            if at > x {
                draw_line(&status, from(at), buffer);
            }
        }
    }
}

impl<'a> Head<'a> {
    /// The longest forms of head and status that stand side by side in `room` columns.
    fn fitting(&self, room: usize) -> (Line<'a>, Option<Line<'a>>) {
        let forms = |fit: &'a Fit| fit.forms().map(|line| self.theme.line(line)).collect::<Vec<_>>();
        let (heads, statuses) = (forms(&self.view.head), forms(&self.view.status));
        for head in &heads {
            for status in &statuses {
                let gap = if line_width(status) == 0 { 0 } else { GAP };
                if line_width(head) + gap + line_width(status) <= room {
                    return (head.clone(), Some(status.clone()));
                }
            }
        }
        let fits = heads.into_iter().find(|head| line_width(head) <= room);
        (fits.unwrap_or_else(|| self.theme.line(&self.view.head.short)), None)
    }
}
