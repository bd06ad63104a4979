//! Past sessions are looked at instead of one that is begun.

use std::path::Path;

use super::App;
use crate::tui::history::PastSessions;
use crate::tui::screens::{History, HistoryOne, Screen};
use engine::timeline::Now;
use store::record::{FollowUp, Reading, What};

impl App {
    /// Lists `past`.
    pub fn start_history(&mut self, past: PastSessions, now: Now) {
        if let Some(why) = past.unlisted() {
            self.notice = why.to_owned().into();
        }
        self.history = Some(past);
        self.show(History(0));
        self.settle(now);
    }

    /// The whole session in that place of the list. Why it cannot be read stands on the screen then.
    pub(in crate::tui) fn read_past(&mut self, place: usize) -> Option<(Reading, Vec<FollowUp>)> {
        let read = self.history.as_ref()?.open(place)?;
        read.map_err(|why| self.notice = why.into()).ok()
    }

    /// What became of [`Output::AddFollowUpToPast`](super::Output::AddFollowUpToPast).
    pub fn past_followed_up(&mut self, session: &Path, noted: Result<(), String>) {
        if let Some(past) = &mut self.history {
            past.forget_notes(session);
        }
        self.read_again();
        self.notice = noted.map_or_else(|why| why, |()| self.words.say("history.noted")).into();
    }

    /// What became of [`Output::StrikePast`](super::Output::StrikePast).
    pub fn past_struck(&mut self, session: &Path, what: What, written: Result<(), String>) {
        if let Some(past) = &mut self.history {
            past.forget(session);
        }
        self.read_again();
        let word = if what == What::Struck { "history.was-struck" } else { "history.was-unstruck" };
        self.notice = written.map_or_else(|why| why, |()| self.words.say(word)).into();
    }

    /// Shows what was written of the session that is open.
    fn read_again(&mut self) {
        if let Screen::HistoryOne(one) = &self.screen {
            HistoryOne::open(self, one.place());
        }
    }
}
