//! The two dialects of an event: by place in the protocol that is followed, as the engine reads it, and by name, as a
//! record keeps it.

use core::fmt::Debug;
use core::hash::Hash;

use super::event::{Due, Event};
use crate::protocol::ItemIx;
use crate::safety::Answer;

/// How an event speaks of what a protocol has.
pub trait Dialect {
    /// A question of the checklist.
    type Item: Debug + Clone + Eq + Hash;
    /// The answer to it.
    type Answer: Debug + Clone + Eq + Hash;
    /// A stroke.
    type Stroke: Debug + Clone + Eq + Hash;
    /// A reason for stopping.
    type Reason: Debug + Clone + Eq + Hash;
    /// A question of the sign-out.
    type Question: Debug + Clone + Eq + Hash;
}

/// By place in the protocol that is followed: the dialect of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByPlace;

impl Dialect for ByPlace {
    type Item = ItemIx;
    type Answer = Answer;
    type Stroke = usize;
    type Reason = usize;
    type Question = usize;
}

/// From one dialect into another.
pub trait Translate<From: Dialect, To: Dialect> {
    /// Of what there is nothing in the other dialect.
    type Unknown;

    /// A question of the checklist with its answer.
    ///
    /// # Errors
    /// When the protocol does not have it.
    fn answered(&self, item: From::Item, answer: From::Answer) -> Result<(To::Item, To::Answer), Self::Unknown>;

    /// A stroke.
    ///
    /// # Errors
    /// When the protocol does not have it.
    fn stroke(&self, stroke: From::Stroke) -> Result<To::Stroke, Self::Unknown>;

    /// A reason for stopping.
    ///
    /// # Errors
    /// When the protocol does not have it.
    fn reason(&self, reason: From::Reason) -> Result<To::Reason, Self::Unknown>;

    /// A question of the sign-out.
    ///
    /// # Errors
    /// When the protocol does not have it.
    fn question(&self, question: From::Question) -> Result<To::Question, Self::Unknown>;
}

impl<D: Dialect> Event<D> {
    /// The same event in another dialect.
    ///
    /// # Errors
    /// When it speaks of something that the protocol does not have.
    pub fn translate<To: Dialect, T: Translate<D, To>>(self, to: &T) -> Result<Event<To>, T::Unknown> {
        Ok(match self {
            Event::RollerTaken(roller) => Event::RollerTaken(roller),
            Event::LengthAcknowledged => Event::LengthAcknowledged,
            Event::NeedlesRejected => Event::NeedlesRejected,
            Event::SoakStarted(kept) => Event::SoakStarted(kept),
            Event::Answered { item, answer } => {
                let (item, answer) = to.answered(item, answer)?;
                Event::Answered { item, answer }
            }
            Event::ListConfirmed { verdict } => Event::ListConfirmed { verdict },
            Event::ListReopened => Event::ListReopened,
            Event::SetUp => Event::SetUp,
            Event::SkinReady => Event::SkinReady,
            Event::SkinTakenBack => Event::SkinTakenBack,
            Event::SoakTakenBack => Event::SoakTakenBack,
            Event::EnoughTakenBack => Event::EnoughTakenBack,
            Event::CuesHeard { heard } => Event::CuesHeard { heard },
            Event::CuesKnown { heard } => Event::CuesKnown { heard },
            Event::ClickerSeen => Event::ClickerSeen,
            Event::SteppedBack => Event::SteppedBack,
            Event::HandsFree => Event::HandsFree,
            Event::RanOut(due) => Event::RanOut(match due {
                Due::Stroke { section, stroke } => Due::Stroke { section, stroke: to.stroke(stroke)? },
                Due::Contact => Due::Contact,
                Due::Prepare => Due::Prepare,
                Due::HandClean => Due::HandClean,
                Due::GetReady { section } => Due::GetReady { section },
                Due::Move { section } => Due::Move { section },
                Due::Saline => Due::Saline,
                Due::Serum => Due::Serum,
            }),
            Event::Paused { cause } => Event::Paused { cause },
            Event::WentOn => Event::WentOn,
            Event::Enough => Event::Enough,
            Event::OneMore => Event::OneMore,
            Event::RollerTouched => Event::RollerTouched,
            Event::TouchedNothing => Event::TouchedNothing,
            Event::RollerUnfit { cause } => Event::RollerUnfit { cause },
            Event::RollerRetired => Event::RollerRetired,
            Event::RollerSwapped { roller, kept, acknowledged } => Event::RollerSwapped { roller, kept, acknowledged },
            Event::SoakedAgain => Event::SoakedAgain,
            Event::Stopped { reason } => Event::Stopped { reason: to.reason(reason)? },
            Event::AdviceRead => Event::AdviceRead,
            Event::BloodOrWelts => Event::BloodOrWelts,
            Event::NoBloodOrWelts => Event::NoBloodOrWelts,
            Event::Slept { span } => Event::Slept { span },
            Event::Stalled { span } => Event::Stalled { span },
            Event::Resumed { away, boot } => Event::Resumed { away, boot },
            Event::ProtocolChanged { protocol, checklist, strokes } => {
                Event::ProtocolChanged { protocol, checklist, strokes }
            }
            Event::CarriedOver(carried) => Event::CarriedOver(carried),
            Event::KeptAsPart => Event::KeptAsPart,
            Event::SignedOut { question, said } => Event::SignedOut { question: to.question(question)?, said },
            Event::SerumWanted => Event::SerumWanted,
            Event::Felt { level } => Event::Felt { level },
            Event::Noted { text } => Event::Noted { text },
            Event::Left => Event::Left,
        })
    }
}
