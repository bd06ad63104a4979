//! Stopping: first what to do about its reason, which waits for a key, then clean hands, saline and the record. Nothing is
//! rolled after a stop. Blood and welts that show in the saline leave serum out.

use alloc::vec;
use alloc::vec::Vec;

use super::Session;
use super::event::{Cue, Due, Effect, PauseCause, Said};
use super::stage::{HaltedStep, Stage, Step};
use super::summary::SectionEnd;
use crate::protocol::StopReason;
use crate::timeline::Now;

impl Session {
    pub(super) fn stop(&mut self, reason: usize, now: Now) -> Option<Vec<Effect>> {
        let because = self.protocol.stop_reasons.get(reason).filter(|because| self.may_be_reason(because))?;
        let (retires, no_serum) = (because.retires_roller(), because.no_serum);
        let pause = match self.step()? {
            Step::Paused(pause) | Step::RollerTouched(pause) | Step::SoakingAgain(pause) => pause,
            Step::Running { .. } | Step::Advice => return None,
        };
        self.end_halt(now);
        let mut effects = self.retire(retires);
        effects.extend(if self.section().is_none() {
            // Rolling was over already, so only saline or serum is cut short.
            self.blood_or_welts |= no_serum;
            self.cut_short(pause.held.due, false, now)
        } else {
            self.stop_reason = Some(reason);
            self.end_rolling(now)
        });
        Some(effects)
    }

    /// Whether `reason` can be true: before anything was rolled, not all of them can.
    pub fn may_be_reason(&self, reason: &StopReason) -> bool {
        reason.before_rolling || self.anything_rolled()
    }

    /// Ends rolling before its time. What to do about the reason comes first; saline and the record follow as usual.
    pub(super) fn end_rolling(&mut self, now: Now) -> Vec<Effect> {
        self.stopped = true;
        self.close_begun_sections();
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.last = hands_free.section.or(hands_free.last);
            hands_free.section = None;
        }
        if self.stopped_for().is_some_and(|reason| !reason.advice.is_empty()) {
            self.set_step(Step::Advice);
            return vec![Effect::Cue(Cue::Advice)];
        }
        self.bathe(now)
    }

    pub(super) fn advice_read(&mut self, now: Now) -> Option<Vec<Effect>> {
        matches!(self.step()?, Step::Advice).then(|| self.bathe(now))
    }

    /// Keys were touched to stop, so hands are cleaned before saline. Without anything rolled there is nothing to bathe.
    pub(super) fn bathe(&mut self, now: Now) -> Vec<Effect> {
        if self.anything_rolled() {
            self.clean_hands(HaltedStep { due: Due::Saline, left: self.protocol.times.saline }, now.moment)
        } else {
            self.close_without_saline(now)
        }
    }

    /// Sections that were begun and not finished end as stopped.
    pub(super) fn close_begun_sections(&mut self) {
        for section in self.protocol.order.clone() {
            if self.progress[section].end.is_none() && self.progress[section].begun() {
                self.progress[section].close(SectionEnd::Stopped);
            }
        }
    }

    /// Until the halt is over it can be taken back. From one of the serum no serum goes on.
    pub(super) fn see_blood_or_welts(&mut self, are_seen: bool) -> Option<Vec<Effect>> {
        let Step::Paused(pause) = self.step()? else { return None };
        if !matches!(pause.held.due, Due::Saline | Due::Serum) || self.blood_or_welts == are_seen {
            return None;
        }
        self.blood_or_welts = are_seen;
        self.set_step(Step::Paused(pause.by_hand(PauseCause::Touch)));
        Some(Vec::new())
    }
}

/// What screens and summaries read.
impl Session {
    /// Rolling ended before its time.
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Why rolling was stopped, where a reason was given.
    pub fn stopped_for(&self) -> Option<&StopReason> {
        self.stop_reason.and_then(|reason| self.protocol.stop_reasons.get(reason))
    }

    /// Blood or welts were seen in the saline or the serum.
    pub fn saw_blood_or_welts(&self) -> bool {
        self.blood_or_welts
    }

    /// Whether serum comes by itself after saline.
    pub fn serum_follows(&self) -> bool {
        !self.stopped && !self.blood_or_welts
    }

    /// Whether harm may have been done: what to look out for afterwards has to stand out.
    pub fn is_alarming(&self) -> bool {
        let mut answers = self.closing_questions();
        self.blood_or_welts
            || self.stopped_for().is_some_and(|reason| reason.alarming)
            || answers.any(|(_, item, said)| item.no_serum && matches!(said, Some(Said::Yes | Said::NotSure)))
    }
}
