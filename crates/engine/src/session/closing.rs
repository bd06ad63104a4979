//! The end of a session: summary, closing questions, note, leaving.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use core::ops::RangeInclusive;
use core::time::Duration;

use super::event::{Cue, Due, Effect, PauseCause, Said};
use super::stage::{HaltedStep, Stage, Step};
use super::summary::{ContactKept, Outcome, SectionEnd, SectionSummary, Summary};
use super::{Session, SoakTime};
use crate::protocol::{Kind, PerSection, Section, SignOutItem};
use crate::safety::{Verdict, judge};
use crate::timeline::{Countdown, Now};

/// The longest note, in characters: at the end of a session, on a later day, and from paper.
pub const LONGEST_NOTE: usize = 2_000;

/// How it felt: from nothing to too much.
pub const FELT: RangeInclusive<u8> = 0..=5;

impl Session {
    /// Whether this run is recorded: a rehearsal never is.
    pub fn is_kept(&self) -> bool {
        self.protocol.kind != Kind::Rehearsal
    }

    /// Whether a roller that looks bad, fell or bent in this run is retired for good: never in a trial, which counts
    /// nowhere. In the run itself such a roller is not used any more in any case.
    pub fn retires_rollers(&self) -> bool {
        self.protocol.kind == Kind::Session && !self.protocol.trial
    }

    /// Closes the record with what happened up to `now`. A later call changes nothing.
    pub(super) fn close(&mut self, now: Now) -> Effect {
        let summary = match self.closed.take() {
            Some(former) => former,
            None => {
                // A section that was begun counts as stopped, even if the answers have skipped it since.
                self.close_begun_sections();
                Box::new(self.sum_up(now))
            }
        };
        self.closed = Some(summary.clone());
        Effect::Close(summary)
    }

    /// Goes straight to the closing questions, because no skin was touched, or too long ago for saline to be of use.
    pub(super) fn close_without_saline(&mut self, now: Now) -> Vec<Effect> {
        let close = self.close(now);
        self.stage = Stage::After { serum: None };
        vec![close, Effect::Cue(Cue::Saved)]
    }

    fn sum_up(&self, now: Now) -> Summary {
        let sections = PerSection::from_fn(|section| self.sum_up_section(section));
        Summary {
            outcome: self.outcome(&sections),
            closed: now.wall,
            judgement: self.judgement,
            reasons: self.reasons.clone(),
            stop_reason: self.stop_reason,
            roller: self.roller.clone(),
            roller_retired: self.retired && self.retires_rollers(),
            length_acknowledged: self.acknowledged,
            contact: match self.soaked.fixed(now.moment) {
                SoakTime::None | SoakTime::Since { .. } => ContactKept::None,
                SoakTime::SealedPack => ContactKept::SealedPack,
                SoakTime::For(span) => ContactKept::InLiquid(span),
            },
            cues_heard: self.cues_heard,
            rolled: self.progress.iter().map(|(_, progress)| progress.rolled()).sum(),
            sections,
            order: self.protocol.order.clone(),
            carried: self.carries,
            pauses: self.tally.pauses,
            paused: self.tally.paused,
            touches: self.tally.touches,
            hand_cleans: self.tally.hand_cleans,
            roller_events: self.tally.roller_events,
        }
    }

    fn sum_up_section(&self, section: Section) -> SectionSummary {
        let progress = &self.progress[section];
        let plan = match judge(&self.protocol.checklist, self.protocol.all_sections(), &self.answers) {
            Some(Verdict::Clear(clearance)) => clearance.plan()[section].clone(),
            Some(Verdict::Stop(_)) | None => crate::safety::Plan::default(),
        };
        let strokes = progress.plan.iter().copied().zip(progress.strokes.iter().copied()).collect();
        let skipped = !plan.skip.is_empty() && !progress.begun();
        SectionSummary {
            end: progress.end.unwrap_or(if skipped { SectionEnd::Skipped } else { SectionEnd::NotReached }),
            planned: self.stroke_length(section).saturating_mul(u32::try_from(progress.plan.len()).unwrap_or(0)),
            rolled: progress.rolled(),
            strokes,
            skip: plan.skip,
            round: plan.round,
            cut_off: progress.cut_off,
            one_more: progress.one_more,
        }
    }

    fn outcome(&self, sections: &PerSection<SectionSummary>) -> Outcome {
        let rolled = self.anything_rolled();
        let cut_short =
            |section: &Section| matches!(sections[*section].end, SectionEnd::NotReached | SectionEnd::Stopped);
        let through = !self.protocol.order.iter().any(cut_short);
        if !rolled && matches!(self.stage, Stage::Verdict(Verdict::Stop(_))) {
            Outcome::StoppedByList
        } else if !rolled {
            Outcome::LeftBefore
        } else if self.stopped || !through {
            Outcome::Part
        } else {
            Outcome::Finished
        }
    }

    pub(super) fn sign_out(&mut self, question: usize, said: Said) -> Option<Vec<Effect>> {
        let item = self.protocol.sign_out.get(question)?;
        let may_be_said = said != Said::NotSure || item.may_be_unsure;
        if !matches!(self.stage, Stage::After { .. }) || !self.asks(item) || !may_be_said {
            return None;
        }
        *self.sign_out.get_mut(question)? = Some(said);
        // Serum that was asked for after a stop ends as well.
        if item.no_serum && said != Said::No {
            self.stage = Stage::After { serum: None };
        }
        Some(Vec::new())
    }

    /// Whether `item` is asked at the end: where nothing was rolled, only what can be true all the same.
    fn asks(&self, item: &SignOutItem) -> bool {
        self.anything_rolled() || !item.is_about_rolling()
    }

    /// The closing questions that are asked, each with its place among those of the protocol and its answer.
    pub fn closing_questions(&self) -> impl Iterator<Item = (usize, &SignOutItem, Option<Said>)> {
        let all = self.protocol.sign_out.iter().zip(&self.sign_out).enumerate();
        all.filter(|(_, (item, _))| self.asks(item)).map(|(place, (item, said))| (place, item, *said))
    }

    /// Whether leaving now would retire the roller in use, because of the answer about its needles that stands.
    pub fn leaving_retires_roller(&self) -> bool {
        let mut said = self.protocol.sign_out.iter().zip(&self.sign_out);
        matches!(self.stage, Stage::After { .. })
            && self.roller.is_some()
            && !self.retired
            && said.any(|(item, said)| item.yes_retires_roller() && *said == Some(Said::Yes))
    }

    /// Whether serum may follow a stop: never after blood, welts or pain, whether that was the reason, seen in the saline
    /// or an answer.
    pub fn serum_may_be_wanted(&self) -> bool {
        let by_reason = self.stopped_for().is_some_and(|reason| reason.no_serum);
        let by_sign_out = self.protocol.sign_out.iter().zip(&self.sign_out).any(|(item, said)| {
            // Until the question is answered, there may have been blood.
            item.no_serum && !matches!(said, Some(Said::No))
        });
        matches!(self.stage, Stage::After { serum: None })
            && self.stopped
            && self.anything_rolled()
            && !self.blood_or_welts
            && !by_reason
            && !by_sign_out
    }

    pub(super) fn want_serum(&mut self, now: Now) -> Option<Vec<Effect>> {
        if !self.serum_may_be_wanted() {
            return None;
        }
        self.stage = Stage::After { serum: Some(Countdown::start(now.moment, self.protocol.times.serum)) };
        Some(vec![Effect::Cue(Cue::Serum)])
    }

    pub(super) fn feel(&mut self, level: u8) -> Option<Vec<Effect>> {
        if !FELT.contains(&level) || !matches!(self.stage, Stage::After { .. }) {
            return None;
        }
        self.felt = Some(level);
        Some(Vec::new())
    }

    pub(super) fn take_note(&mut self, text: &str) -> Option<Vec<Effect>> {
        let here = match self.stage {
            Stage::After { .. } | Stage::Verdict(Verdict::Stop(_)) => true,
            Stage::Sterilise
            | Stage::Checklist
            | Stage::Verdict(Verdict::Clear(_))
            | Stage::LastTouch(_)
            | Stage::HandsFree(_)
            | Stage::Ended => false,
        };
        if !here || text.chars().count() > LONGEST_NOTE || text == self.note {
            return None;
        }
        self.note = text.to_owned();
        Some(Vec::new())
    }

    /// Leaving closes an open session. If skin was rolled, the closing questions come first; while hands are busy, only
    /// a stop leads out.
    pub(super) fn leave(&mut self, now: Now) -> Option<Vec<Effect>> {
        match self.stage {
            Stage::Ended | Stage::HandsFree(_) => None,
            Stage::After { .. } => {
                let mut effects = self.retire(self.leaving_retires_roller());
                self.stage = Stage::Ended;
                effects.push(Effect::Leave);
                Some(effects)
            }
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::LastTouch(_) => {
                if self.anything_rolled() {
                    self.stopped = true;
                    return Some(self.close_without_saline(now));
                }
                let close = self.close(now);
                self.stage = Stage::Ended;
                Some(vec![close, Effect::Leave])
            }
        }
    }
}

/// How much time is left, for the screens.
impl Session {
    /// Time until rolling is over if nothing halts it: the present step, all strokes to come, and the time between
    /// sections.
    pub fn rolling_left(&self, now: Now) -> Duration {
        if self.section().is_none() {
            return Duration::ZERO;
        }
        let strokes = self.strokes_left();
        match self.step() {
            Some(Step::Running { due: Due::Stroke { section, .. }, clock, .. }) => {
                let whole = self.stroke_length(section).saturating_sub(self.progress[section].part);
                strokes.saturating_sub(whole.saturating_sub(clock.left(now.moment)))
            }
            Some(Step::Running { due: Due::Prepare | Due::HandClean, clock, .. }) => {
                clock.left(now.moment) + self.protocol.times.get_ready + strokes
            }
            Some(Step::Running { clock, .. }) => clock.left(now.moment) + strokes,
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) | None => strokes,
        }
    }

    /// Time until everything is over if nothing halts it; in a halt, if the session goes on now.
    pub fn session_left(&self, now: Now) -> Duration {
        let times = &self.protocol.times;
        let serum = if self.serum_follows() { times.serum } else { Duration::ZERO };
        let rest = |held: HaltedStep| match held.due {
            Due::Saline => held.left + serum,
            Due::Serum => held.left,
            Due::Contact
            | Due::Prepare
            | Due::HandClean
            | Due::GetReady { .. }
            | Due::Stroke { .. }
            | Due::Move { .. } => times.get_ready + self.strokes_left() + times.saline + serum,
        };
        match self.step() {
            Some(Step::Running { due: Due::HandClean, clock, then: Some(then) }) => clock.left(now.moment) + rest(then),
            Some(Step::Running { due: Due::Serum, clock, .. }) => clock.left(now.moment),
            Some(Step::Running { due: Due::Saline, clock, .. }) => clock.left(now.moment) + serum,
            Some(Step::Running { .. }) => self.rolling_left(now) + times.saline + serum,
            Some(Step::Paused(pause) | Step::RollerTouched(pause) | Step::SoakingAgain(pause)) => {
                let is_clean = pause.cause == PauseCause::Clicker && pause.held.due != Due::Prepare;
                let hands = if pause.held.due == Due::Prepare { times.prepare } else { times.hand_clean };
                rest(pause.held) + if is_clean { Duration::ZERO } else { hands }
            }
            Some(Step::Advice) if self.anything_rolled() => times.hand_clean + times.saline,
            Some(Step::Advice) | None => Duration::ZERO,
        }
    }

    /// All strokes to come, and the time between sections.
    fn strokes_left(&self) -> Duration {
        let Some(permit) = self.permit() else { return Duration::ZERO };
        let is_open = |section: &Section| self.progress[*section].end.is_none() && permit.allows(*section);
        self.open_strokes(&self.protocol.order.iter().copied().filter(is_open).collect::<Vec<_>>())
    }

    fn open_strokes(&self, open: &[Section]) -> Duration {
        let strokes: Duration = open
            .iter()
            .map(|section| {
                let progress = &self.progress[*section];
                let count = progress.plan.len().saturating_sub(progress.strokes.len());
                let whole = self.stroke_length(*section).saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
                whole.saturating_sub(progress.part)
            })
            .sum();
        let ways = u32::try_from(open.len().saturating_sub(1)).unwrap_or(0);
        strokes + self.protocol.times.move_on.saturating_mul(ways)
    }
}
