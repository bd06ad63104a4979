//! Idle time, and what follows from it. Only this module decides what passing time does to a session. Time passes on
//! the session's own time line while the program runs, and beside it during sleep and while the program is closed.
//!
//! From the last touch on, all time in which nothing runs is idle time, in whatever step the session is. While the
//! roller soaks again, only the rest of its contact time is not. Before the last touch, the contact time runs on and
//! answers grow old.

use alloc::vec::Vec;

use core::time::Duration;

use super::event::Effect;
use super::stage::{LastTouch, Pause, Stage, Step};
use super::{Again, Session, SoakTime};
use crate::safety::Contact;
use crate::timeline::{Moment, Now};

impl Session {
    /// Time passed beside the time line, which is at `now`. `least` of it counts for the contact time; `most` of it
    /// counts for the age of answers and for idle time.
    pub(super) fn pass(&mut self, least: Duration, most: Duration, now: Now) {
        self.stand_still(self.standing_still_of(most, now.moment));
        if let Some(Step::SoakingAgain(mut pause)) = self.step() {
            pause.since.moment = pause.since.moment.minus(excused(&pause, most, now.moment));
            self.set_step(Step::SoakingAgain(pause));
        }
        if let Contact::Soaking { ends } = self.contact {
            self.contact = Contact::Soaking { ends: ends.minus(least) };
        }
        if let SoakTime::Since { began, before } = self.soaked {
            self.soaked = SoakTime::Since { began, before: before.saturating_add(least) };
        }
        if self.list.first.is_some() {
            self.list.slept = self.list.slept.saturating_add(most);
        }
    }

    /// Whether time in which nothing runs is idle time, that is from the last touch on.
    pub fn stands_still(&self) -> bool {
        match self.stage {
            Stage::LastTouch(_) | Stage::HandsFree(_) => true,
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::After { .. } | Stage::Ended => false,
        }
    }

    /// How much of `span` beside the time line, which is at `now`, is idle time.
    fn standing_still_of(&self, span: Duration, now: Moment) -> Duration {
        if !self.stands_still() {
            return Duration::ZERO;
        }
        match self.step() {
            Some(Step::SoakingAgain(pause)) => span.saturating_sub(excused(&pause, span, now)),
            // Nothing is rolled any more.
            Some(Step::Advice) => Duration::ZERO,
            Some(Step::Running { .. } | Step::Paused(_) | Step::RollerTouched(_)) | None => span,
        }
    }

    /// How long the present halt has lasted on the time line.
    fn stood(&self, now: Moment) -> Duration {
        match self.step() {
            Some(Step::Paused(pause) | Step::RollerTouched(pause) | Step::SoakingAgain(pause)) => {
                now.since(pause.since.moment)
            }
            Some(Step::Running { .. } | Step::Advice) | None => Duration::ZERO,
        }
    }

    pub(super) fn stand_still(&mut self, span: Duration) {
        self.idle = self.idle.saturating_add(span);
        self.tally.paused = self.tally.paused.saturating_add(span);
    }

    /// Ends the present halt at `now` and adds its length to the idle time.
    pub(super) fn end_halt(&mut self, now: Now) {
        self.stand_still(self.stood(now.moment));
    }

    /// Whether soak and list are due again after another `span` beside the time line, which is at `now`.
    pub(super) fn would_be_stale(&self, span: Duration, now: Moment) -> bool {
        let more = self.stood(now).saturating_add(self.standing_still_of(span, now));
        self.idle.saturating_add(more) > self.protocol.rules.stale_after
    }

    /// The idle time at `now`.
    pub fn idle(&self, now: Moment) -> Duration {
        self.idle.saturating_add(self.stood(now))
    }

    /// Leads back to soak and list after a halt if the session was idle for too long, and to the list if a soak took so
    /// long that answers are too old. None where the session goes on.
    pub(super) fn send_back(&mut self, was_soaked: bool, now: Now) -> Option<Vec<Effect>> {
        // With nothing left to roll, only saline is to come.
        self.section()?;
        if self.idle > self.protocol.rules.stale_after {
            return Some(self.start_over(Again::Stale));
        }
        if was_soaked && self.answers_are_old(now) {
            self.ask_again(Again::OldAnswers);
            return Some(Vec::new());
        }
        None
    }

    pub(super) fn answers_are_old(&self, now: Now) -> bool {
        self.list.first.is_some_and(|first| {
            now.moment.since(first).saturating_add(self.list.slept) > self.protocol.rules.answers_last
        })
    }

    /// Asks again whether the skin is ready and cues are noticed, since both may have changed.
    pub(super) fn ask_skin_and_cues(&mut self) {
        if let Stage::LastTouch(LastTouch { skin_ready, heard, clicker, .. }) = &mut self.stage {
            *skin_ready = false;
            *heard = None;
            *clicker = false;
        }
    }

    /// Goes back to the soak and keeps what was rolled.
    pub(super) fn start_over(&mut self, why: Again) -> Vec<Effect> {
        self.ask_again(why);
        if self.unfit.is_some() {
            self.roller = None;
        }
        self.contact = Contact::NotStarted;
        self.soaked = SoakTime::None;
        self.acknowledged = false;
        self.idle = Duration::ZERO;
        self.stage = Stage::Sterilise;
        Vec::new()
    }
}

/// How much of `span` was contact time of a roller that soaks again. [`Pause::since`] is when that is over.
fn excused(pause: &Pause, span: Duration, now: Moment) -> Duration {
    pause.since.moment.since(now).min(span)
}
