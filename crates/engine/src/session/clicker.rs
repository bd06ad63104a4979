//! A clicker or pedal. Besides the clock, only this may act while hands are busy, and only if it was pressed at the
//! last touch. An elbow or a foot presses it, so hands stay clean.

use alloc::vec::Vec;

use super::Session;
use super::event::{Due, Effect};
use super::stage::{LastTouch, Stage};
use super::summary::SectionEnd;
use crate::timeline::{Countdown, Now};

impl Session {
    pub(super) fn see_clicker(&mut self) -> Option<Vec<Effect>> {
        let Stage::LastTouch(last @ LastTouch { clicker: false, .. }) = &mut self.stage else { return None };
        last.clicker = true;
        Some(Vec::new())
    }

    /// Whether a clicker or pedal was seen at the last touch.
    pub fn clicker_was_seen(&self) -> bool {
        match &self.stage {
            Stage::LastTouch(last) => last.clicker,
            Stage::HandsFree(hands_free) => hands_free.clicker,
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::After { .. } | Stage::Ended => false,
        }
    }

    /// The person has enough of the present step. On the way to a section this is ignored: a second click would leave
    /// that section out.
    pub(super) fn click_enough(&mut self, due: Due, clock: Countdown, now: Now) -> Option<Vec<Effect>> {
        if !self.clicker_was_seen() {
            return None;
        }
        match due {
            Due::Stroke { section, .. } => {
                self.mark_rolled(section, clock.left(now.moment));
                self.progress[section].close(SectionEnd::Enough);
                Some(self.next_or_over(section, now.moment))
            }
            Due::Saline | Due::Serum => Some(self.cut_short(due, true, now)),
            Due::Contact | Due::Prepare | Due::HandClean | Due::GetReady { .. } | Due::Move { .. } => None,
        }
    }

    /// One more stroke, after the present one; on the way to the next section the drum goes back to the last.
    pub(super) fn click_one_more(&mut self, due: Due, now: Now) -> Option<Vec<Effect>> {
        if !self.clicker_was_seen() {
            return None;
        }
        let section = match due {
            Due::Stroke { section, .. } => Some(section),
            Due::Move { section } => self.one_more_from(due, section),
            Due::Contact | Due::Prepare | Due::HandClean | Due::GetReady { .. } | Due::Saline | Due::Serum => None,
        }?;
        if !self.progress[section].add_one_more() {
            return None;
        }
        if matches!(due, Due::Stroke { .. }) {
            return Some(Vec::new());
        }
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.section = Some(section);
        }
        let held = self.rest_of_stroke(section);
        Some(self.run_get_ready(section, held, now.moment))
    }
}
