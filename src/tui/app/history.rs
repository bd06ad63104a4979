//! Past sessions are looked at instead of one that is begun.

use std::path::Path;

use super::{App, Exit, Output};
use crate::tui::history::PastSessions;
use crate::tui::screens::{History, HistoryOne, Screen, Welcome};
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

    /// Lists `past` in the place of the first screen.
    pub fn look_back(&mut self, past: PastSessions, now: Now) {
        self.came_from_welcome = true;
        self.start_history(past, now);
    }

    /// Out of the history: to the first screen where it was opened from there, else out of the program.
    pub(in crate::tui) fn leave_history(&mut self) -> Vec<Output> {
        if !self.came_from_welcome {
            return vec![Output::Leave(Exit::Done)];
        }
        self.came_from_welcome = false;
        self.history = None;
        let mut outputs = self.show(Welcome);
        outputs.push(Output::CloseHistory);
        outputs
    }

    /// The whole session in that place of the list. Why it cannot be read stands on the screen then.
    pub(in crate::tui) fn read_past(&mut self, place: usize) -> Option<(Reading, Vec<FollowUp>)> {
        let read = self.history.as_ref()?.open(place)?;
        read.map_err(|why| self.notice = why.into()).ok()
    }

    /// What became of [`Output::AddFollowUpToPast`].
    pub fn past_followed_up(&mut self, session: &Path, noted: Result<(), String>) {
        if let Some(past) = &mut self.history {
            past.forget_notes(session);
        }
        self.read_again();
        self.notice = noted.map_or_else(|why| why, |()| self.words.say("history.noted")).into();
    }

    /// What became of [`Output::StrikePast`].
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
