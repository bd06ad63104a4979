//! For how long nothing ran, and what follows from it: the one place that decides what time does to a session. It passes
//! in two ways: on the session's own time line, while the program runs, and beside it, in sleep and while the program is
//! gone.
//!
//! From the last touch on all of it is standing still, whatever step the session is in. Where the roller soaks once
//! more, what was left of its contact clock is no standing still, and nothing beyond that. Before the last touch the
//! contact clock runs on and the answers grow old.

use alloc::vec::Vec;

use core::time::Duration;

use super::event::Effect;
use super::stage::{LastTouch, Pause, Stage, Step};
use super::{Again, Session, SoakKept};
use crate::safety::Contact;
use crate::timeline::{Moment, Now};

impl Session {
    /// Time passed beside the time line, which stands at `now`. The roller was in the liquid for `least` of it; the
    /// answers are older, and the session stood still, by `most`.
    pub(super) fn pass(&mut self, least: Duration, most: Duration, now: Now) {
        self.stand_still(self.standing_still_of(most, now.moment));
        if let Some(Step::SoakingAgain(mut pause)) = self.step() {
            pause.since.moment = pause.since.moment.minus(excused(&pause, most, now.moment));
            self.set_step(Step::SoakingAgain(pause));
        }
        if let Contact::Soaking { ends } = self.contact {
            self.contact = Contact::Soaking { ends: ends.minus(least) };
        }
        if let SoakKept::Since { began, before } = self.soaked {
            self.soaked = SoakKept::Since { began, before: before.saturating_add(least) };
        }
        if self.list.first.is_some() {
            self.list.slept = self.list.slept.saturating_add(most);
        }
    }

    /// Whether time in which nothing runs is standing still: from the last touch on, whatever of it a soak excludes.
    pub fn stands_still(&self) -> bool {
        match self.stage {
            Stage::LastTouch(_) | Stage::HandsFree(_) => true,
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::After { .. } | Stage::Ended => false,
        }
    }

    /// How much of `span` beside the time line, which stands at `now`, is standing still.
    fn standing_still_of(&self, span: Duration, now: Moment) -> Duration {
        if !self.stands_still() {
            return Duration::ZERO;
        }
        match self.step() {
            Some(Step::SoakingAgain(pause)) => span.saturating_sub(excused(&pause, span, now)),
            Some(Step::Running { .. } | Step::Paused(_) | Step::RollerTouched(_)) | None => span,
        }
    }

    /// For how long the present halt has lasted on the time line.
    fn stood(&self, now: Moment) -> Duration {
        match self.step() {
            Some(Step::Paused(pause) | Step::RollerTouched(pause) | Step::SoakingAgain(pause)) => {
                now.since(pause.since.moment)
            }
            Some(Step::Running { .. }) | None => Duration::ZERO,
        }
    }

    pub(super) fn stand_still(&mut self, span: Duration) {
        self.idle = self.idle.saturating_add(span);
        self.tally.paused = self.tally.paused.saturating_add(span);
    }

    /// The present halt ends at `now`: what it lasted is added.
    pub(super) fn end_halt(&mut self, now: Now) {
        self.stand_still(self.stood(now.moment));
    }

    /// Whether soak and list are due again after `span` more beside the time line, which stands at `now`.
    pub(super) fn would_be_stale(&self, span: Duration, now: Moment) -> bool {
        let more = self.stood(now).saturating_add(self.standing_still_of(span, now));
        self.idle.saturating_add(more) > self.protocol.rules.stale_after
    }

    /// For how long it has stood still at `now`.
    pub fn idle(&self, now: Moment) -> Duration {
        self.idle.saturating_add(self.stood(now))
    }

    /// A halt that is over leads back to soak and list when it stood still for too long. After a soak in mid-session it
    /// leads back to the list when the answers have grown old meanwhile. None: it goes on.
    pub(super) fn send_back(&mut self, was_soaked: bool, now: Now) -> Option<Vec<Effect>> {
        // With nothing left to roll only saline is to come.
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

    /// Skin dries and rooms change: both are asked once more.
    pub(super) fn ask_skin_and_cues(&mut self) {
        if let Stage::LastTouch(LastTouch { skin_ready, heard, clicker, .. }) = &mut self.stage {
            *skin_ready = false;
            *heard = None;
            *clicker = false;
        }
    }

    /// Back to the soak with every rolled second kept.
    pub(super) fn start_over(&mut self, why: Again) -> Vec<Effect> {
        self.ask_again(why);
        if self.unfit.is_some() {
            self.roller = None;
        }
        self.contact = Contact::NotStarted;
        self.soaked = SoakKept::None;
        self.acknowledged = false;
        self.idle = Duration::ZERO;
        self.stage = Stage::Sterilise;
        Vec::new()
    }
}

/// How much of `span` was left of the contact clock of a roller that soaks once more, by the longest that the clocks
/// allow: [`Pause::since`] is when it will be over.
fn excused(pause: &Pause, span: Duration, now: Moment) -> Duration {
    pause.since.moment.since(now).min(span)
}
