//! From the last touch to the saved record: countdowns that follow each other without a key.

use alloc::vec;
use alloc::vec::Vec;

use core::time::Duration;

use super::Session;
use super::event::{Cue, Due, Effect};
use super::stage::{HaltedStep, HandsFree, Stage, Step};
use super::summary::SectionEnd;
use crate::protocol::Section;
use crate::safety::Permit;
use crate::timeline::{Countdown, Moment, Now};

/// A computer that is not overloaded wakes the program within this after the requested moment.
const WAKES_WITHIN: Duration = Duration::from_millis(250);

/// In a shorter stroke the last three seconds would begin before the cue of the stroke had been spoken.
const COUNTED_FROM: Duration = Duration::from_secs(6);

/// Which countdown follows which.
impl Session {
    pub(super) fn step_over(&mut self, over: Due, now: Now) -> Option<Vec<Effect>> {
        if let Stage::After { serum: Some(clock) } = self.stage {
            if over != Due::Serum || !clock.is_over(now.moment) {
                return None;
            }
            self.stage = Stage::After { serum: None };
            return Some(Vec::new());
        }
        let (due, ends, then) = match self.step()? {
            Step::Running { due, clock: Countdown::Running { ends }, then } => (due, ends, then),
            Step::Running { .. } | Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => {
                return None;
            }
        };
        if due != over || now.moment < ends {
            return None;
        }
        // The next countdown starts where this one ended, so that seconds do not drift. If the program woke too late
        // for that, it starts now: nobody began to roll before the cue.
        let ends = if now.moment.since(ends) > WAKES_WITHIN { now.moment } else { ends };
        match due {
            Due::Contact => None,
            Due::Prepare => {
                self.tally.hand_cleans += 1;
                let section = self.section()?;
                Some(self.run_get_ready(section, self.rest_of_stroke(section), ends))
            }
            Due::HandClean => {
                self.tally.hand_cleans += 1;
                Some(self.take_up(then?, ends))
            }
            Due::GetReady { section } => Some(self.run_stroke(section, then?.left, ends)),
            Due::Stroke { section, .. } => Some(self.stroke_over(section, ends)),
            Due::Move { section } => Some(self.run_stroke(section, self.rest_of_stroke(section).left, ends)),
            Due::Saline => Some(self.saline_over(ends, true, now)),
            Due::Serum => {
                self.stage = Stage::After { serum: None };
                Some(vec![Effect::Cue(Cue::Saved)])
            }
        }
    }

    /// Goes on with what was halted, once hands are clean.
    pub(super) fn take_up(&mut self, held: HaltedStep, from: Moment) -> Vec<Effect> {
        match held.due {
            Due::Stroke { section, .. } => self.run_get_ready(section, held, from),
            Due::Saline => self.run(Due::Saline, held.left, None, from, Cue::RollingOver),
            Due::Serum => self.run(Due::Serum, held.left, None, from, Cue::Serum),
            Due::Contact | Due::Prepare | Due::HandClean | Due::GetReady { .. } | Due::Move { .. } => {
                self.run(Due::Prepare, self.protocol.times.prepare, None, from, Cue::HandClean)
            }
        }
    }

    pub(super) fn run_get_ready(&mut self, section: Section, stroke: HaltedStep, from: Moment) -> Vec<Effect> {
        let length = self.protocol.times.get_ready;
        self.run(Due::GetReady { section }, length, Some(stroke), from, Cue::GetReady(section))
    }

    pub(super) fn run_stroke(&mut self, section: Section, left: Duration, from: Moment) -> Vec<Effect> {
        let Some(stroke) = self.progress[section].stroke() else { return self.next_or_over(section, from) };
        let first = self.progress[section].strokes.is_empty();
        let cue = if first { Cue::Start(section) } else { Cue::Turn { section, stroke } };
        self.run(Due::Stroke { section, stroke }, left, None, from, cue)
    }

    pub(super) fn stroke_over(&mut self, section: Section, from: Moment) -> Vec<Effect> {
        let length = self.stroke_length(section);
        let progress = &mut self.progress[section];
        // More may have been carried over from a protocol with longer strokes than a stroke takes in this one.
        progress.finish_stroke(length.max(progress.part));
        if progress.stroke().is_some() {
            return self.run_stroke(section, length, from);
        }
        progress.close(SectionEnd::Done);
        self.next_or_over(section, from)
    }

    /// Moves to the next section, or ends rolling.
    pub(super) fn next_or_over(&mut self, from_section: Section, from: Moment) -> Vec<Effect> {
        match self.advance(Some(from_section)) {
            Some(next) => {
                self.run(Due::Move { section: next }, self.protocol.times.move_on, None, from, Cue::Move(next))
            }
            None => self.run(Due::Saline, self.protocol.times.saline, None, from, Cue::RollingOver),
        }
    }

    /// Makes the next open section the present one.
    pub(super) fn advance(&mut self, from: Option<Section>) -> Option<Section> {
        let next = self.permit().and_then(|permit| self.next_section(|section| permit.allows(section)));
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.last = from.or(hands_free.last);
            hands_free.section = next;
        }
        next
    }

    /// Closes the record as soon as saline is over. Serum is still to come after a whole session, once hands are clean;
    /// not after a stop, blood or welts.
    pub(super) fn saline_over(&mut self, ends: Moment, are_hands_clean: bool, now: Now) -> Vec<Effect> {
        self.bathed = true;
        let close = self.close(now);
        if !self.serum_follows() {
            self.stage = Stage::After { serum: None };
            return vec![close, Effect::Cue(Cue::Saved)];
        }
        let serum = HaltedStep { due: Due::Serum, left: self.protocol.times.serum };
        let mut effects = vec![close];
        effects.extend(if are_hands_clean { self.take_up(serum, ends) } else { self.clean_hands(serum, ends) });
        effects
    }

    /// The person ends saline or serum.
    pub(super) fn cut_short(&mut self, due: Due, are_hands_clean: bool, now: Now) -> Vec<Effect> {
        if due == Due::Saline {
            return self.saline_over(now.moment, are_hands_clean, now);
        }
        self.stage = Stage::After { serum: None };
        vec![Effect::Cue(Cue::Saved)]
    }

    pub(super) fn run(
        &mut self,
        due: Due,
        length: Duration,
        then: Option<HaltedStep>,
        from: Moment,
        cue: Cue,
    ) -> Vec<Effect> {
        self.set_step(Step::Running { due, clock: Countdown::start(from, length), then });
        vec![Effect::Cue(cue)]
    }

    /// The present stroke of `section`, with the time that is left of it.
    pub(super) fn rest_of_stroke(&self, section: Section) -> HaltedStep {
        let stroke = self.progress[section].stroke().unwrap_or(0);
        let left = self.stroke_length(section).saturating_sub(self.progress[section].part);
        HaltedStep { due: Due::Stroke { section, stroke }, left }
    }

    /// How long one stroke of `section` takes.
    pub fn stroke_length(&self, section: Section) -> Duration {
        let place = self.protocol.order.iter().position(|other| *other == section).unwrap_or(usize::MAX);
        self.protocol.stroke_time(place)
    }
}

/// What the screens and the other parts of the engine ask about the hands-free stage.
impl Session {
    /// What is happening while hands are busy, if they are.
    pub fn step(&self) -> Option<Step> {
        self.hands_free().map(|hands_free| hands_free.step)
    }

    /// The section being rolled or reached next.
    pub fn section(&self) -> Option<Section> {
        self.hands_free().and_then(|hands_free| hands_free.section)
    }

    pub(super) fn last_section(&self) -> Option<Section> {
        self.hands_free().and_then(|hands_free| hands_free.last)
    }

    /// How much of the present countdown has passed; None while none runs.
    pub fn step_taken(&self, now: Now) -> Option<Duration> {
        let Some(Step::Running { due, clock, .. }) = self.step() else { return None };
        Some(self.whole(due).saturating_sub(clock.left(now.moment)))
    }

    /// 3, 2 or 1 in the last three seconds of a section. None at any other time, and where strokes are too short for
    /// that.
    pub fn seconds_to_lift(&self, now: Now) -> Option<u8> {
        let Some(Step::Running { due: Due::Stroke { section, .. }, clock, .. }) = self.step() else { return None };
        let progress = &self.progress[section];
        let is_last = progress.strokes.len() + 1 >= progress.plan.len();
        if !is_last || self.stroke_length(section) < COUNTED_FROM {
            return None;
        }
        let left = clock.left(now.moment);
        (1..=3).find(|seconds| {
            let seconds = u64::from(*seconds);
            left > Duration::from_secs(seconds - 1) && left <= Duration::from_secs(seconds)
        })
    }

    /// What the list left open, while hands are busy.
    pub fn permit(&self) -> Option<&Permit> {
        self.hands_free().map(|hands_free| &hands_free.permit)
    }

    fn hands_free(&self) -> Option<&HandsFree> {
        let Stage::HandsFree(hands_free) = &self.stage else { return None };
        Some(hands_free)
    }

    pub(super) fn set_step(&mut self, step: Step) {
        if let Stage::HandsFree(hands_free) = &mut self.stage {
            hands_free.step = step;
        }
    }
}
