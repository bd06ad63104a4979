//! Halts while hands are busy, and what the person can choose then.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use core::time::Duration;

use super::Session;
use super::event::{Cue, Due, Effect, Kept, PauseCause};
use super::stage::{HaltedStep, Pause, Stage, Step};
use super::summary::SectionEnd;
use crate::protocol::Section;
use crate::safety::{Contact, Missing, Roller, roller_gate};
use crate::timeline::{Moment, Now};

impl Session {
    pub(super) fn pause(&mut self, cause: PauseCause, now: Now) -> Option<Vec<Effect>> {
        let is_touch = matches!(cause, PauseCause::Touch | PauseCause::Interrupt);
        match self.step()? {
            Step::Running { .. } if cause == PauseCause::Clicker && !self.clicker_was_seen() => return None,
            Step::Running { due, clock, then } => self.halt(due, clock.left(now.moment), then, cause, now),
            Step::Paused(pause) if pause.by_hand(cause) != pause => {
                self.set_step(Step::Paused(pause.by_hand(cause)));
                self.tally.touches += u32::from(is_touch);
                return Some(Vec::new());
            }
            Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => return None,
        }
        self.tally.touches += u32::from(is_touch);
        Some(vec![Effect::Cue(Cue::Paused(cause))])
    }

    pub(super) fn halt(&mut self, due: Due, left: Duration, then: Option<HaltedStep>, cause: PauseCause, now: Now) {
        let held = self.held(due, left, then);
        self.tally.pauses += 1;
        self.set_step(Step::Paused(Pause { of: due, held, since: now, cause }));
    }

    /// The step to go on with after `due` was halted with `left` to go. Notes what was rolled of a stroke.
    fn held(&mut self, due: Due, left: Duration, then: Option<HaltedStep>) -> HaltedStep {
        match (due, then) {
            (Due::HandClean | Due::GetReady { .. }, Some(then)) => then,
            (Due::Move { section } | Due::GetReady { section }, _) => self.rest_of_stroke(section),
            (Due::Stroke { section, .. }, _) => {
                self.mark_rolled(section, left);
                self.rest_of_stroke(section)
            }
            (Due::Contact | Due::Prepare | Due::HandClean | Due::Saline | Due::Serum, _) => HaltedStep { due, left },
        }
    }

    /// Notes what was rolled of the present stroke of `section`, which has `left` to go.
    pub(super) fn mark_rolled(&mut self, section: Section, left: Duration) {
        let rolled = self.stroke_length(section).saturating_sub(left);
        let progress = &mut self.progress[section];
        // A stall may be reported as longer than the stroke has run. What was noted before stays.
        progress.part = rolled.max(progress.part);
    }

    /// Sleep halts a running step. A person who wakes the computer has touched it, so hands have to be cleaned.
    pub(super) fn halt_for_sleep(&mut self, now: Now) -> Vec<Effect> {
        match self.step() {
            Some(Step::Running { due, clock, then }) => {
                self.halt(due, clock.left(now.moment), then, PauseCause::Slept, now);
                vec![Effect::Cue(Cue::Paused(PauseCause::Slept))]
            }
            Some(Step::Paused(pause)) => {
                self.set_step(Step::Paused(pause.by_hand(PauseCause::Slept)));
                Vec::new()
            }
            Some(Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) | None => Vec::new(),
        }
    }

    /// The clock ran on while the program could not run, so the countdown gets that time back.
    pub(super) fn stalled(&mut self, span: Duration, now: Now) -> Option<Vec<Effect>> {
        if matches!(self.stage, Stage::LastTouch(_)) {
            self.stand_still(span);
            return Some(self.touch_anew(now));
        }
        let Step::Running { due, clock, then } = self.step()? else { return None };
        // However long that was, a countdown never has more left than its whole length.
        let left = clock.left(now.moment.minus(span)).min(self.whole(due));
        self.halt(due, left, then, PauseCause::Stalled, now);
        self.stand_still(span);
        Some(vec![Effect::Cue(Cue::Paused(PauseCause::Stalled))])
    }

    /// The whole length of a countdown.
    pub fn whole(&self, due: Due) -> Duration {
        let times = &self.protocol.times;
        match due {
            Due::Contact => times.contact,
            Due::Prepare => times.prepare,
            Due::HandClean => times.hand_clean,
            Due::GetReady { .. } => times.get_ready,
            Due::Stroke { section, .. } => self.stroke_length(section),
            Due::Move { .. } => times.move_on,
            Due::Saline => times.saline,
            Due::Serum => times.serum,
        }
    }

    pub(super) fn go_on(&mut self, now: Now) -> Option<Vec<Effect>> {
        let Step::Paused(pause) = self.step()? else { return None };
        self.end_halt(now);
        if let Some(back) = self.send_back(pause.cause == PauseCause::Soaked, now) {
            return Some(back);
        }
        if pause.held.due == Due::Serum && self.saw_blood_or_welts() {
            return Some(self.cut_short(Due::Serum, false, now));
        }
        Some(self.go_on_with(&pause, pause.held, now.moment))
    }

    /// Going on starts with cleaning hands, since a key was touched, if only to go on. After a clicker hands are still
    /// clean.
    fn go_on_with(&mut self, pause: &Pause, held: HaltedStep, from: Moment) -> Vec<Effect> {
        if pause.cause == PauseCause::Clicker { self.take_up(held, from) } else { self.clean_hands(held, from) }
    }

    pub(super) fn clean_hands(&mut self, held: HaltedStep, from: Moment) -> Vec<Effect> {
        // A roller that was soaked again is taken out here, so its time in the liquid ends.
        self.soaked = self.soaked.fixed(from);
        if held.due == Due::Prepare {
            return self.run(Due::Prepare, self.protocol.times.prepare, None, from, Cue::HandClean);
        }
        self.run(Due::HandClean, self.protocol.times.hand_clean, Some(held), from, Cue::HandClean)
    }

    pub(super) fn enough(&mut self, now: Now) -> Option<Vec<Effect>> {
        let pause = match self.step()? {
            Step::Paused(pause) => pause,
            Step::Running { due, clock, .. } => return self.click_enough(due, clock, now),
            Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => return None,
        };
        let then = match pause.held.due {
            Due::Stroke { section, .. } => {
                let end = if self.progress[section].begun() { SectionEnd::Enough } else { SectionEnd::LeftOut };
                self.progress[section].close(end);
                match self.advance(Some(section)) {
                    Some(next) => self.rest_of_stroke(next),
                    None => HaltedStep { due: Due::Saline, left: self.protocol.times.saline },
                }
            }
            Due::Saline | Due::Serum => {
                self.end_halt(now);
                return Some(self.cut_short(pause.held.due, pause.cause == PauseCause::Clicker, now));
            }
            Due::Contact | Due::Prepare | Due::HandClean | Due::GetReady { .. } | Due::Move { .. } => return None,
        };
        self.end_halt(now);
        if !self.anything_rolled() && then.due == Due::Saline {
            return Some(self.close_without_saline(now));
        }
        if let Some(back) = self.send_back(pause.cause == PauseCause::Soaked, now) {
            return Some(back);
        }
        Some(self.go_on_with(&pause, then, now.moment))
    }

    /// The pause stays, and goes on with the section that was ended.
    pub(super) fn take_enough_back(&mut self) -> Option<Vec<Effect>> {
        let Step::Paused(pause) = self.step()? else { return None };
        let section = self.enough_to_take_back(&pause)?;
        self.progress[section].reopen();
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.section = Some(section);
        }
        let held = self.rest_of_stroke(section);
        self.set_step(Step::Paused(Pause { held, ..pause.by_hand(PauseCause::Touch) }));
        Some(Vec::new())
    }

    /// The section that was ended, or left out, by a key that can be taken back: until the next one or saline begins.
    pub fn enough_to_take_back(&self, pause: &Pause) -> Option<Section> {
        let nothing_has_begun = match pause.held.due {
            Due::Stroke { section, .. } => !self.progress[section].begun(),
            Due::Saline => !self.stopped && !self.blood_or_welts && pause.held.left == self.whole(Due::Saline),
            Due::Contact | Due::Prepare | Due::HandClean | Due::GetReady { .. } | Due::Move { .. } | Due::Serum => {
                false
            }
        };
        let was_ended =
            |section: &Section| matches!(self.progress[*section].end, Some(SectionEnd::Enough | SectionEnd::LeftOut));
        self.last_section().filter(|_| nothing_has_begun).filter(was_ended)
    }

    pub(super) fn one_more(&mut self, now: Now) -> Option<Vec<Effect>> {
        let pause = match self.step()? {
            Step::Paused(pause) => pause,
            Step::Running { due, .. } => return self.click_one_more(due, now),
            Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => return None,
        };
        let section = self.one_more_in(&pause)?;
        if !self.progress[section].add_one_more() {
            return None;
        }
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.section = Some(section);
        }
        self.end_halt(now);
        if let Some(back) = self.send_back(pause.cause == PauseCause::Soaked, now) {
            return Some(back);
        }
        let held = self.rest_of_stroke(section);
        Some(self.go_on_with(&pause, held, now.moment))
    }

    /// The section that would get one more stroke: the present one, or on the way to the next the one just left. None
    /// where there is none, or it has had its one more stroke.
    pub fn one_more_in(&self, pause: &Pause) -> Option<Section> {
        let Due::Stroke { section, .. } = pause.held.due else { return None };
        self.one_more_from(pause.of, section)
    }

    /// Whether the paused section has had its one more stroke; between two sections, whether the last one has.
    pub fn one_more_was_used(&self) -> bool {
        let Some(Step::Paused(Pause { of, held: HaltedStep { due: Due::Stroke { section, .. }, .. }, .. })) =
            self.step()
        else {
            return false;
        };
        self.one_more_candidate(of, section).is_some_and(|section| self.progress[section].one_more)
    }

    /// As [`Session::one_more_in`], from `due`, which leads to `section`.
    pub(super) fn one_more_from(&self, due: Due, section: Section) -> Option<Section> {
        let candidate = self.one_more_candidate(due, section);
        candidate.filter(|section| self.progress[*section].begun() && !self.progress[*section].one_more)
    }

    fn one_more_candidate(&self, due: Due, section: Section) -> Option<Section> {
        // The next section may have been begun under another protocol.
        let is_under_drum = self.progress[section].begun() && !matches!(due, Due::Move { .. });
        if is_under_drum { Some(section) } else { self.last_section() }
    }

    pub(super) fn roller_touched(&mut self) -> Option<Vec<Effect>> {
        let Step::Paused(pause) = self.step()? else { return None };
        self.section()?;
        self.tally.roller_events += 1;
        self.set_step(Step::RollerTouched(pause));
        Some(Vec::new())
    }

    /// Back to the pause that it was, but for the key that was touched. Where the ledger speaks against the roller, that
    /// does not lead out.
    pub(super) fn touched_nothing(&mut self) -> Option<Vec<Effect>> {
        let Step::RollerTouched(pause) = self.step()? else { return None };
        if self.unfit.is_some() {
            return None;
        }
        self.tally.roller_events = self.tally.roller_events.saturating_sub(1);
        self.set_step(Step::Paused(pause.by_hand(PauseCause::Touch)));
        Some(Vec::new())
    }

    pub(super) fn retire_roller(&mut self, now: Now) -> Option<Vec<Effect>> {
        let Step::RollerTouched(_) = self.step()? else { return None };
        self.end_halt(now);
        let mut effects = self.retire(true);
        effects.extend(self.end_rolling(now));
        Some(effects)
    }

    /// Retires the roller in use if `is_called_for`, unless it is retired already.
    pub(super) fn retire(&mut self, is_called_for: bool) -> Vec<Effect> {
        let in_use = self.roller.as_ref().filter(|_| is_called_for && !self.retired);
        let Some(id) = in_use.map(|roller| roller.id.clone()) else { return Vec::new() };
        self.retired = true;
        self.bar(id.clone());
        self.retirement(id)
    }

    /// The effect of retiring the roller `id`, in a run that retires rollers for good.
    pub(super) fn retirement(&self, id: String) -> Vec<Effect> {
        if self.retires_rollers() { vec![Effect::RetireRoller { id }] } else { Vec::new() }
    }

    pub(super) fn swap_roller(
        &mut self,
        roller: &Roller,
        kept: Kept,
        acknowledged: bool,
        now: Now,
    ) -> Option<Vec<Effect>> {
        let Step::RollerTouched(pause) = self.step()? else { return None };
        if self.is_barred(&roller.id) || self.is_no_longer_sealed(roller, kept) {
            return None;
        }
        let contact = self.contact_of(kept, now.moment);
        let missing = roller_gate(contact, Some(roller), acknowledged, &self.protocol.rules);
        if !matches!(missing, None | Some(Missing::ContactTime)) {
            return None;
        }
        self.end_halt(now);
        self.roller = Some(roller.clone());
        self.unfit = None;
        self.acknowledged = acknowledged;
        self.put_in_liquid(kept, now.moment);
        if missing.is_some() {
            self.soak_once_more(pause, now);
            return Some(Vec::new());
        }
        if let Some(back) = self.send_back(true, now) {
            return Some(back);
        }
        Some(self.clean_hands(pause.held, now.moment))
    }

    pub(super) fn soak_again(&mut self, now: Now) -> Option<Vec<Effect>> {
        let Step::RollerTouched(pause) = self.step()? else { return None };
        if self.unfit.is_some() {
            return None;
        }
        self.end_halt(now);
        self.put_in_liquid(Kept::InLiquid { already: Duration::ZERO }, now.moment);
        self.soak_once_more(pause, now);
        Some(Vec::new())
    }

    /// The roller is in the liquid again. The session is idle from the moment at which its contact time is over.
    fn soak_once_more(&mut self, pause: Pause, now: Now) {
        let Contact::Soaking { ends } = self.contact else { return };
        let over = Now { moment: ends, wall: now.wall.plus(ends.since(now.moment)) };
        self.set_step(Step::SoakingAgain(Pause { since: over, ..pause }));
    }

    /// The contact time is over again. The session waits for the person, who may have left the mirror.
    pub(super) fn soaked_again_is_over(&mut self, now: Now) {
        let Some(Step::SoakingAgain(pause)) = self.step() else { return };
        self.set_step(Step::Paused(Pause { cause: PauseCause::Soaked, ..pause }));
        if self.would_be_stale(Duration::ZERO, now.moment) || self.answers_are_old(now) {
            self.end_halt(now);
            let _ = self.send_back(true, now);
        }
    }
}
