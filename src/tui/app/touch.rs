//! Keys while hands are busy: every one pauses, but for those of a clicker that was seen at the last touch.

use super::{App, Output};
use crate::content::keymap::{Action, Key, ScreenName};
use engine::session::{Event, PauseCause, Session, Stage, Step};
use engine::timeline::Now;

impl App {
    /// A key while hands are busy pauses and does nothing else, but for those of a clicker that was seen.
    pub(super) fn touched(&mut self, key: Key, now: Now) -> Vec<Output> {
        match self.clicked(key) {
            Some(Action::Enough) => self.send(Event::Enough, now),
            Some(Action::OneMore) => self.send(Event::OneMore, now),
            Some(_) => self.send(Event::Paused { cause: PauseCause::Clicker }, now),
            None => self.send(Event::Paused { cause: PauseCause::Touch }, now),
        }
    }

    /// What `key` means as one of a clicker: at the last touch, where it makes itself known, and afterwards when it
    /// did. Keys that scroll a window which is too small for the last touch are taken for just that.
    pub(super) fn clicked(&self, key: Key) -> Option<Action> {
        let clicker = self.keymap.screen(ScreenName::Clicker)?;
        let action = self.keymap.action(clicker.name, key)?;
        let name = self.screen.component().facts(self).name;
        let is_heard = name == ScreenName::HandsFree || clicker.heard_on.contains(&name);
        let session = self.session().filter(|_| is_heard && self.overlay.is_none())?;
        match session.stage() {
            Stage::LastTouch(_) if self.viewport.max_scroll == 0 || action == Action::Click => Some(action),
            Stage::LastTouch(_) => match key {
                Key::PageUp => Some(Action::PageUp),
                Key::PageDown => Some(Action::PageDown),
                _ => None,
            },
            _ if !session.clicker_was_seen() => None,
            _ if action == Action::Click && !self.hands_are_busy() => Some(Action::GoOn),
            _ => Some(action),
        }
    }

    pub(super) fn paused_by_clicker(&self) -> bool {
        let step = self.session().and_then(Session::step);
        matches!(step, Some(Step::Paused(pause)) if pause.cause == PauseCause::Clicker)
    }

    /// A countdown runs that needs no key.
    pub fn hands_are_busy(&self) -> bool {
        matches!(self.session().and_then(Session::step), Some(Step::Running { .. })) && !self.saving_failed()
    }
}
