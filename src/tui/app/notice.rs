//! A word about the last key. One that does not fit into the window is read to its end.

use super::App;
use super::debounce::Decision;
use crate::content::keymap::{Action, Key};
use engine::timeline::Now;

/// A word about the last key, until the next one.
#[derive(Debug, Default)]
pub struct Notice {
    text: Option<String>,
    scroll: usize,
    rows_below: usize,
}

impl From<String> for Notice {
    fn from(text: String) -> Notice {
        Notice { text: Some(text), ..Notice::default() }
    }
}

impl Notice {
    /// Its text, and how many of its rows are scrolled out of sight.
    pub fn get(&self) -> Option<(&str, usize)> {
        self.text.as_deref().map(|text| (text, self.scroll))
    }

    pub(super) fn shown(&mut self, rows_below: usize) {
        self.rows_below = rows_below;
    }
}

impl App {
    /// What of a notice is out of sight comes by the keys that scroll; any other key is done with it.
    pub(super) fn reads_on(&mut self, key: Key, now: Now) -> bool {
        if self.notice.text.is_none() || self.hands_are_busy() || self.paused_by_clicker() {
            return false;
        }
        let Some(action) = self.keymap.action(self.screen_name(), key) else { return false };
        let scroll = match action {
            Action::Down | Action::PageDown if self.notice.rows_below > 0 => self.notice.scroll + 1,
            Action::Up | Action::PageUp if self.notice.scroll > 0 => self.notice.scroll - 1,
            _ => return false,
        };
        if self.debounce.decide(self.class_of(action), now.moment) == Decision::Act {
            self.notice.scroll = scroll;
        }
        true
    }
}
