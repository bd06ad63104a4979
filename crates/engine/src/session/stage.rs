//! The stages of a session, each with what it needs to know.

use core::time::Duration;

use super::event::{Due, PauseCause};
use crate::protocol::Section;
use crate::safety::{Clearance, Permit, Verdict};
use crate::timeline::{Countdown, Now};

/// The stage of a session.
#[derive(Debug, PartialEq, Eq)]
pub enum Stage {
    /// The roller is to be put into the liquid.
    Sterilise,
    /// The list is being answered or read again; the contact clock runs.
    Checklist,
    /// The list was confirmed.
    Verdict(Verdict),
    /// Everything is ready but the last key.
    LastTouch(LastTouch),
    /// No key is needed from here to the saved record.
    HandsFree(HandsFree),
    /// Rolling is over and saved; the closing questions are open.
    After {
        /// Serum that was asked for after a stop.
        serum: Option<Countdown>,
    },
    /// Nothing more can happen.
    Ended,
}

/// The last touch: what has to be answered before the last key.
#[derive(Debug, PartialEq, Eq)]
pub struct LastTouch {
    /// The clearance from the answers.
    pub clearance: Clearance,
    /// The face is washed, wiped and dry.
    pub skin_ready: bool,
    /// Whether the cues were noticed; None until that was answered.
    pub heard: Option<bool>,
    /// A clicker or pedal was pressed.
    pub clicker: bool,
}

/// From the last touch to the saved record.
#[derive(Debug, PartialEq, Eq)]
pub struct HandsFree {
    /// The permission to roll.
    pub permit: Permit,
    /// The section being rolled or reached next; None once rolling is over.
    pub section: Option<Section>,
    /// The section rolled before it.
    pub last: Option<Section>,
    /// A clicker or pedal was seen at the last touch and may be used.
    pub clicker: bool,
    /// What is happening.
    pub step: Step,
}

/// What is happening while hands are busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A countdown runs.
    Running {
        /// What ends with it.
        due: Due,
        /// How long it runs.
        clock: Countdown,
        /// The step to go on with after it, where it follows a halt.
        then: Option<HaltedStep>,
    },
    /// Halted until the person chooses.
    Paused(Pause),
    /// The roller touched something. The person has to say what to do with it.
    RollerTouched(Pause),
    /// The roller is in the liquid again. The session is idle from the moment at which the contact time is over.
    SoakingAgain(Pause),
    /// Rolling was stopped, and what to do about its reason waits to be read. No clock runs, and nothing is rolled any
    /// more.
    Advice,
}

/// The rest of a step that was halted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HaltedStep {
    /// The step.
    pub due: Due,
    /// How much of it is left.
    pub left: Duration,
}

/// A halt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pause {
    /// What was halted.
    pub of: Due,
    /// The step to go on with.
    pub held: HaltedStep,
    /// Since when the session is idle.
    pub since: Now,
    /// Why.
    pub cause: PauseCause,
}

impl Pause {
    /// This pause after a touch because of `cause`. Only a clicker leaves hands clean, so `cause` replaces that cause.
    #[must_use]
    pub(super) fn by_hand(self, cause: PauseCause) -> Pause {
        if self.cause == PauseCause::Clicker { Pause { cause, ..self } } else { self }
    }
}
