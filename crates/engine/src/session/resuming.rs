//! Going on after a crash, a closed window or a power failure. A session that was replayed from its record is where its
//! last entry left it, and what happened since is one event. Every doubt is decided for safety: a stroke that was cut
//! off counts as rolled, since rolling twice is the harm, and time that is not known is not counted.

use alloc::vec;
use alloc::vec::Vec;

use core::time::Duration;

use serde::{Deserialize, Serialize};

use super::event::{Due, Effect};
use super::stage::{HaltedStep, Pause, Stage, Step};
use super::summary::SectionEnd;
use super::{Again, PauseCause, Session};
use crate::protocol::Section;
use crate::safety::Contact;
use crate::timeline::{Now, all_as_millis, as_millis, millis};

/// How long nothing ran between the last entry and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "AwayFields", try_from = "AwayFields")]
pub enum Away {
    /// The clocks tell.
    For {
        /// The least it can have been, which counts for the contact time.
        least: Duration,
        /// The most it can have been, which counts for answers and idle time.
        most: Duration,
    },
    /// The clocks cannot tell, so soak and list are due again.
    Unknown,
}

/// [`Away`] in a record: two numbers, or none where the clocks could not say.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct AwayFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    away_least_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    away_most_ms: Option<u64>,
}

impl From<Away> for AwayFields {
    fn from(away: Away) -> AwayFields {
        let (least, most) = match away {
            Away::For { least, most } => (Some(least), Some(most)),
            Away::Unknown => (None, None),
        };
        AwayFields { away_least_ms: least.map(millis), away_most_ms: most.map(millis) }
    }
}

impl TryFrom<AwayFields> for Away {
    type Error = &'static str;

    fn try_from(fields: AwayFields) -> Result<Away, &'static str> {
        match (fields.away_least_ms, fields.away_most_ms) {
            (Some(least), Some(most)) => {
                Ok(Away::For { least: Duration::from_millis(least), most: Duration::from_millis(most) })
            }
            (None, None) => Ok(Away::Unknown),
            (Some(_), None) | (None, Some(_)) => Err("away_least_ms and away_most_ms belong together"),
        }
    }
}

impl Away {
    /// After `span` more of it.
    #[must_use]
    pub fn plus(self, span: Duration) -> Away {
        match self {
            Away::For { least, most } => {
                Away::For { least: least.saturating_add(span), most: most.saturating_add(span) }
            }
            Away::Unknown => Away::Unknown,
        }
    }
}

/// What was rolled of one section under another protocol.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Carried {
    /// Which.
    pub section: Section,
    /// Time rolled in each stroke, in the order in which they were rolled.
    #[serde(rename = "strokes_ms", with = "all_as_millis")]
    pub strokes: Vec<Duration>,
    /// Time rolled in the one that was halted.
    #[serde(rename = "part_ms", with = "as_millis")]
    pub part: Duration,
    /// How many strokes were cut off.
    pub cut_off: u32,
    /// How the section ended, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<SectionEnd>,
}

impl Carried {
    /// Time rolled in all of its strokes.
    pub fn spent(&self) -> Duration {
        self.strokes.iter().sum::<Duration>() + self.part
    }

    /// Whether the section ended as done or as enough.
    pub fn is_done(&self) -> bool {
        self.end.is_some_and(SectionEnd::is_done)
    }
}

impl Session {
    pub(super) fn resume(&mut self, away: Away, now: Now) -> Option<Vec<Effect>> {
        if self.closed.is_some() || self.stage == Stage::Ended {
            return None;
        }
        let again = self.again_after(away, now);
        match self.step() {
            Some(step) => self.halt_for_resume(step, now),
            None if self.is_all_rolled() => return Some(self.close_without_saline(now)),
            None => self.ask_skin_and_cues(),
        }
        if let Away::For { least, most } = away {
            self.pass(least, most, now);
        }
        if let Some(why) = again {
            self.end_halt(now);
            self.start_over(why);
        }
        Some(Vec::new())
    }

    /// Why soak and list are due again if the session goes on at `now` after `away`; None where it goes on from where
    /// it was.
    pub fn again_after(&self, away: Away, now: Now) -> Option<Again> {
        match self.step() {
            None if self.is_all_rolled() => return None,
            None => {}
            Some(Step::Running { due: Due::Stroke { section, .. }, .. }) if !self.rolls_on_after(section) => {
                return None;
            }
            // With nothing left to roll, only saline is to come.
            Some(_) => drop(self.section()?),
        }
        match away {
            Away::Unknown if self.carries && self.is_untouched() => Some(Again::OtherProtocol),
            Away::Unknown => Some(Again::Clocks),
            Away::For { most, .. } => self.would_be_stale(most, now.moment).then_some(Again::Stale),
        }
    }

    /// Whether anything is left to roll once the present stroke of `section` is cut off.
    fn rolls_on_after(&self, section: Section) -> bool {
        let progress = &self.progress[section];
        let allows = |other| self.permit().is_some_and(|permit| permit.allows(other));
        progress.plan.len() > progress.strokes.len() + 1
            || self.next_section(|other| other != section && allows(other)).is_some()
    }

    /// Whether something was rolled and nothing is left to roll. Before hands are free, all of it was then carried over
    /// from another protocol.
    fn is_all_rolled(&self) -> bool {
        self.anything_rolled() && self.to_roll().is_empty()
    }

    /// Halts `step`, which was running when the program ended.
    fn halt_for_resume(&mut self, step: Step, now: Now) {
        match step {
            Step::Running { due: Due::Stroke { section, .. }, .. } => self.cut_off(section, now),
            Step::Running { due, clock, then } => self.halt(due, clock.left(now.moment), then, PauseCause::Closed, now),
            // To start the program again, the person touched a key.
            Step::Paused(pause) => self.set_step(Step::Paused(pause.by_hand(PauseCause::Closed))),
            Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => {}
        }
    }

    /// The present stroke was cut off: it counts as rolled, with the time that is known.
    fn cut_off(&mut self, section: Section, now: Now) {
        let of = match self.step() {
            Some(Step::Running { due, .. }) => due,
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) | None => return,
        };
        self.progress[section].cut_stroke_off();
        let held = if self.progress[section].stroke().is_some() {
            self.rest_of_stroke(section)
        } else {
            self.progress[section].close(SectionEnd::Done);
            match self.advance(Some(section)) {
                Some(next) => self.rest_of_stroke(next),
                None => HaltedStep { due: Due::Saline, left: self.protocol.times.saline },
            }
        };
        self.tally.pauses = self.tally.pauses.saturating_add(1);
        self.set_step(Step::Paused(Pause { of, held, since: now, cause: PauseCause::Closed }));
    }

    /// The session goes on under another protocol; the next events say what was rolled under the first one.
    pub(super) fn change_protocol(&mut self) -> Option<Vec<Effect>> {
        (self.is_untouched() && !self.carries).then(|| {
            self.carries = true;
            Vec::new()
        })
    }

    pub(super) fn carry_over(&mut self, carried: &Carried) -> Option<Vec<Effect>> {
        let fresh = self.progress[carried.section].is_untouched();
        if !self.carries || !self.is_untouched() || !fresh {
            return None;
        }
        self.progress[carried.section].carry_over(carried);
        Some(Vec::new())
    }

    /// Whether nothing has been done yet under this protocol.
    fn is_untouched(&self) -> bool {
        self.stage == Stage::Sterilise && self.roller.is_none() && self.contact == Contact::NotStarted
    }

    /// The person keeps what was rolled and closes the session. Soon after rolling, saline comes first, as after any
    /// stop; not when soak and list are due again, since nobody is at the mirror any more.
    pub(super) fn keep_as_part(&mut self, now: Now) -> Option<Vec<Effect>> {
        if self.closed.is_some() {
            return None;
        }
        match self.stage {
            Stage::Ended | Stage::After { .. } => return None,
            Stage::HandsFree(_) if matches!(self.step(), Some(Step::Running { .. })) => return None,
            Stage::HandsFree(_) | Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::LastTouch(_) => {}
        }
        self.stopped = true;
        if !self.anything_rolled() {
            let close = self.close(now);
            self.stage = Stage::Ended;
            return Some(vec![close]);
        }
        match self.step() {
            None => return Some(self.close_without_saline(now)),
            // What to do about the stop comes before anything else.
            Some(Step::Advice) => return Some(Vec::new()),
            Some(Step::Running { .. } | Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_)) => {}
        }
        self.end_halt(now);
        Some(if self.section().is_some() { self.end_rolling(now) } else { self.bathe(now) })
    }
}
