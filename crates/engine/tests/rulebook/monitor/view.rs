//! What the engine shows.

use std::time::Duration;

use dermaroll_engine::protocol::{PerSection, Section};
use dermaroll_engine::safety::Verdict;
use dermaroll_engine::session::{Due, HaltedStep, LastTouch, Pause, SectionEnd, Session, Stage, Step};
use dermaroll_engine::timeline::{Countdown, Moment};

/// Where the engine shows that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Sterilise,
    Checklist,
    Verdict { stop: bool },
    LastTouch { skin: bool, heard: bool },
    Running { due: Due, ends: Moment, then: Option<HaltedStep> },
    Paused(Pause),
    Touched(Pause),
    Soaking(Pause),
    Advice,
    After { serum: Option<Moment> },
    Ended,
}

/// What the engine shows, as far as rules speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) at: At,
    pub(crate) section: Option<Section>,
    pub(crate) last: Option<Section>,
    pub(super) rolled: PerSection<Duration>,
    pub(super) cut_off: PerSection<u32>,
    pub(super) end: PerSection<Option<SectionEnd>>,
}

impl View {
    pub(crate) fn of(session: &Session) -> View {
        let at = match session.stage() {
            Stage::Sterilise => At::Sterilise,
            Stage::Checklist => At::Checklist,
            Stage::Verdict(verdict) => At::Verdict { stop: matches!(verdict, Verdict::Stop(_)) },
            Stage::LastTouch(LastTouch { skin_ready, heard, .. }) => {
                At::LastTouch { skin: *skin_ready, heard: heard.is_some() }
            }
            Stage::HandsFree(hands_free) => match hands_free.step {
                Step::Running { due, clock: Countdown::Running { ends }, then } => At::Running { due, ends, then },
                Step::Running { .. } => panic!("a running step has a running clock"),
                Step::Paused(pause) => At::Paused(pause),
                Step::RollerTouched(pause) => At::Touched(pause),
                Step::SoakingAgain(pause) => At::Soaking(pause),
                Step::Advice => At::Advice,
            },
            Stage::After { serum } => At::After { serum: serum.and_then(Countdown::deadline) },
            Stage::Ended => At::Ended,
        };
        let last = match session.stage() {
            Stage::HandsFree(hands_free) => hands_free.last,
            _ => None,
        };
        let progress = session.progress();
        View {
            at,
            section: session.section(),
            last,
            rolled: PerSection::from_fn(|section| progress[section].rolled()),
            cut_off: PerSection::from_fn(|section| progress[section].cut_off),
            end: PerSection::from_fn(|section| progress[section].end),
        }
    }

    pub(super) fn begun(&self, section: Section) -> bool {
        !self.rolled[section].is_zero() || self.cut_off[section] > 0
    }

    pub(super) fn anything_rolled(&self) -> bool {
        Section::ALL.into_iter().any(|section| self.begun(section))
    }

    pub(super) fn hands_free(&self) -> bool {
        matches!(self.at, At::Running { .. } | At::Paused(_) | At::Touched(_) | At::Soaking(_) | At::Advice)
    }

    pub(super) fn runs(&self) -> Option<Due> {
        match self.at {
            At::Running { due, .. } => Some(due),
            _ => None,
        }
    }

    /// What a halt, or the cleaning of hands after one, goes on with.
    pub(super) fn held(&self) -> Option<Due> {
        match self.at {
            At::Paused(pause) => Some(pause.held.due),
            At::Running { due: Due::HandClean, then, .. } => then.map(|held| held.due),
            _ => None,
        }
    }

    /// Hands are being cleaned for the saline.
    pub(super) fn cleans_for_saline(&self) -> bool {
        self.runs() == Some(Due::HandClean) && self.held() == Some(Due::Saline)
    }

    pub(crate) fn under_drum(&self) -> Option<Section> {
        match self.runs() {
            Some(Due::Stroke { section, .. }) => Some(section),
            _ => None,
        }
    }
}
