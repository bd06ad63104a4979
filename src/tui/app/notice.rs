//! A word about the last key that does not fit into the window is read to its end.

use super::App;
use super::debounce::{Decision, KeyClass};
use crate::content::keymap::{Action, Key};
use engine::timeline::Now;

impl App {
    /// What of a notice is out of sight comes by the keys that scroll; any other key is done with it.
    pub(super) fn reads_on(&mut self, key: Key, now: Now) -> bool {
        if self.notice.is_none() || self.hands_are_busy() || self.paused_by_clicker() {
            return false;
        }
        let scroll = match self.keymap.action(self.screen_name(), key) {
            Some(Action::Down | Action::PageDown) if self.notice_below > 0 => self.notice_scroll + 1,
            Some(Action::Up | Action::PageUp) if self.notice_scroll > 0 => self.notice_scroll - 1,
            _ => return false,
        };
        if self.debounce.decide(KeyClass::Moves, now.moment) == Decision::Act {
            self.notice_scroll = scroll;
        }
        true
    }
}
