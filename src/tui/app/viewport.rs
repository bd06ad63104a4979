//! How far the present screen is scrolled, and what of it has been in the window.

use std::collections::BTreeSet;

use crate::tui::view::Seen;

#[derive(Debug, Default)]
pub(crate) struct Viewport {
    /// The first row that is shown, as far as there are that many.
    pub(in crate::tui) scroll: usize,
    pub(in crate::tui) max_scroll: usize,
    /// Rows of a window.
    pub(in crate::tui) page: usize,
    /// The first row of a list that the next window begins with.
    pub(in crate::tui) next_page: Option<usize>,
    /// The first row that was shown last. It differs from `scroll` where a cursor has to be in sight.
    shown_from: usize,
    was_seen_whole: bool,
    /// Rows of a list that were in the window.
    seen_rows: BTreeSet<usize>,
}

impl Viewport {
    /// Another screen or page stands there, with `first_row` as the first row that is shown.
    pub(in crate::tui) fn reset(&mut self, first_row: usize) {
        (self.scroll, self.was_seen_whole) = (first_row, false);
        self.seen_rows.clear();
    }

    /// What the window showed. Gives whether that was anything new.
    pub(super) fn observe(&mut self, seen: &Seen) -> bool {
        let state = |it: &Viewport| (it.was_seen_whole, it.seen_rows.len(), it.page, it.max_scroll, it.scroll);
        let before = state(self);
        self.was_seen_whole |= seen.whole || (seen.end && self.scroll > 0);
        self.seen_rows.extend(&seen.rows);
        (self.page, self.next_page) = (seen.page.max(1), seen.next);
        (self.max_scroll, self.shown_from) = (seen.max_scroll, seen.scroll);
        self.scroll = self.scroll.min(seen.max_scroll);
        before != state(self)
    }

    pub(in crate::tui) fn has_shown_all(&self) -> bool {
        self.was_seen_whole
    }

    /// The first row of a list that was not in the window yet.
    pub(in crate::tui) fn first_unseen(&self, rows: usize) -> Option<usize> {
        (0..rows).find(|row| !self.seen_rows.contains(row))
    }

    /// Nothing stands below what the window shows.
    pub(in crate::tui) fn is_at_end(&self) -> bool {
        self.scroll.max(self.shown_from) >= self.max_scroll
    }

    pub(in crate::tui) fn scroll_by(&mut self, direction: i32, rows: usize) {
        self.scroll =
            if direction < 0 { self.scroll.saturating_sub(rows) } else { (self.scroll + rows).min(self.max_scroll) };
    }

    /// From the last row of a list on through what stands below it.
    pub(in crate::tui) fn scroll_on(&mut self) {
        self.scroll = self.scroll.max(self.shown_from);
        self.scroll_by(1, 1);
    }
}
