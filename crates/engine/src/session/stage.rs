//! The stages of a session, each with what it needs to know.

use core::time::Duration;

use super::event::{Due, PauseCause};
use crate::protocol::Section;
use crate::safety::{Clearance, Permit, Verdict};
use crate::timeline::{Countdown, Now};

/// Where the session stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Stage {
    /// The roller is to be put into the liquid.
    Sterilise,
    /// The list is being answered or read again; the contact clock runs.
    Checklist,
    /// The list was confirmed.
    Verdict(Verdict),
    /// All is ready but the last key.
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

/// The last touch: what must be said before the last key.
#[derive(Debug, PartialEq, Eq)]
pub struct LastTouch {
    /// What the list gave.
    pub clearance: Clearance,
    /// Face washed, wiped, dry.
    pub skin_ready: bool,
    /// Whether the cues were noticed; None until that was answered.
    pub heard: Option<bool>,
    /// A clicker or pedal was pressed.
    pub clicker: bool,
}

/// From the last touch to the saved record.
#[derive(Debug, PartialEq, Eq)]
pub struct HandsFree {
    /// Leave to roll.
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
        /// Which.
        due: Due,
        /// What is left of it.
        clock: Countdown,
        /// What it leads back to after a halt.
        then: Option<Held>,
    },
    /// Halted until the person chooses.
    Paused(Pause),
    /// The roller touched something; what is to be done with it?
    RollerTouched(Pause),
    /// The roller is in the liquid once more. It stands still from the moment at which the contact time will be over.
    SoakingAgain(Pause),
}

/// A step that was halted, to be taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    /// What goes on after hands are clean.
    pub due: Due,
    /// How much of it is left.
    pub left: Duration,
}

/// A halt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pause {
    /// What was halted.
    pub of: Due,
    /// What going on leads to.
    pub held: Held,
    /// Since when the session stands still.
    pub since: Now,
    /// Why.
    pub cause: PauseCause,
}

impl Pause {
    /// This halt after a touch because of `cause`. It takes the place of the clicker, which alone leaves hands clean.
    #[must_use]
    pub(super) fn by_hand(self, cause: PauseCause) -> Pause {
        if self.cause == PauseCause::Clicker { Pause { cause, ..self } } else { self }
    }
}
