//! What can happen in a session, and what follows from it outside. Events are what the record keeps; a session is
//! the fold of them. The engine reads them in one dialect, [`ByPlace`]; a record has them in another, by name, so that it
//! can be read without the protocol.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use core::time::Duration;

use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantArray, VariantNames};

use super::dialect::{ByPlace, Dialect};
use super::resuming::{Away, Carried};
use super::summary::Summary;
use crate::protocol::{Fingerprint, Protocol, Section};
use crate::safety::{Roller, Unfit};
use crate::timeline::{Boot, Now, as_millis};

/// How a roller was kept before it is used, by the person's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "kebab-case")]
pub enum Kept {
    /// Put into the liquid now, or some time ago.
    InLiquid {
        /// How long it has been in there already; zero for now.
        #[serde(rename = "already_ms", with = "as_millis")]
        already: Duration,
    },
    /// New, in a sealed pack.
    SealedPack,
}

/// A countdown that can run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "due", rename_all = "kebab-case")]
#[serde(bound(serialize = "D::Stroke: Serialize", deserialize = "D::Stroke: Deserialize<'de>"))]
#[strum_discriminants(
    name(DueKind),
    doc = "Which countdown it is.",
    derive(Hash, Deserialize),
    serde(rename_all = "kebab-case")
)]
pub enum Due<D: Dialect = ByPlace> {
    /// The contact time.
    Contact,
    /// Cleaning hands, taking the roller out, letting it dry, after the last touch.
    Prepare,
    /// Cleaning hands after a touch.
    HandClean,
    /// The last seconds before the drum meets the skin.
    GetReady {
        /// Of this section.
        section: Section,
    },
    /// One stroke.
    Stroke {
        /// Of this section.
        section: Section,
        /// Which of the protocol's strokes.
        stroke: D::Stroke,
    },
    /// The way to the next section.
    Move {
        /// That section.
        section: Section,
    },
    /// Bathing with saline.
    Saline,
    /// Spreading the serum.
    Serum,
}

/// Why a hands-free step stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PauseCause {
    /// A key was touched.
    Touch,
    /// A clicker or pedal asked for it; no key was touched.
    Clicker,
    /// Ctrl-C was pressed.
    Interrupt,
    /// The program was suspended or told to end; the terminal may have gone.
    Signal,
    /// The computer slept.
    Slept,
    /// The program could not run for a while.
    Stalled,
    /// The roller was soaked once more; never sent in, the engine itself halts so.
    Soaked,
    /// The program was gone and nothing halted it first; never sent in either.
    Closed,
}

/// Answer to a question of the sign-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Said {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    NotSure,
}

/// The short form of a verdict, as confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Judgement {
    /// Nothing on the list stops today.
    Clear,
    /// Some sections are skipped.
    Skip,
    /// No rolling today.
    Stop,
}

/// Something that happened. In a record it stands under its name in small letters with hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[serde(bound(
    serialize = "D::Item: Serialize, D::Answer: Serialize, D::Stroke: Serialize, D::Reason: Serialize, \
                 D::Question: Serialize",
    deserialize = "D::Item: Deserialize<'de>, D::Answer: Deserialize<'de>, D::Stroke: Deserialize<'de>, \
                   D::Reason: Deserialize<'de>, D::Question: Deserialize<'de>"
))]
#[strum_discriminants(
    name(EventKind),
    doc = "What kind of event it is.",
    derive(Hash, Serialize, Deserialize, VariantArray),
    serde(rename_all = "kebab-case")
)]
pub enum Event<D: Dialect = ByPlace> {
    /// This roller is to be used.
    RollerTaken(Roller),
    /// Needles above the article's limit were acknowledged.
    LengthAcknowledged,
    /// The needles look bad: the roller is retired.
    NeedlesRejected,
    /// The roller is in the liquid, or needs none.
    SoakStarted(Kept),
    /// It is not in the liquid after all, or not for so long, or its pack was open.
    SoakTakenBack,
    /// One question of the checklist was answered, for the first time or anew.
    Answered {
        /// Which question.
        #[serde(flatten)]
        item: D::Item,
        /// The whole answer.
        #[serde(flatten)]
        answer: D::Answer,
    },
    /// Every line was read again and confirmed.
    ListConfirmed {
        /// What the list says.
        verdict: Judgement,
    },
    /// The person goes back to change answers; the verdict is void.
    ListReopened,
    /// On to the last touch.
    SetUp,
    /// Face washed, wiped, dry.
    SkinReady,
    /// It is not, after all.
    SkinTakenBack,
    /// The cues were tried; were they noticed at the mirror?
    CuesHeard {
        /// They were.
        heard: bool,
    },
    /// They were noticed, or not, at the last touch of an earlier session, with the same terminal and the same settings, so
    /// that nobody is asked.
    CuesKnown {
        /// They were.
        heard: bool,
    },
    /// A clicker or pedal was pressed at the last touch: from now on its keys mean something while hands are busy.
    ClickerSeen,
    /// Back from the last touch to the verdict.
    SteppedBack,
    /// The last key. From here nothing needs one.
    HandsFree,
    /// A countdown ran out.
    RanOut(Due<D>),
    /// A hands-free step was halted.
    Paused {
        /// Why.
        cause: PauseCause,
    },
    /// And goes on.
    WentOn,
    /// Enough of this section, or of this step.
    Enough,
    /// That was a slip: the section before goes on.
    EnoughTakenBack,
    /// One more stroke in this section; once.
    OneMore,
    /// The roller touched something else than the skin.
    RollerTouched,
    /// That was a slip: it touched nothing.
    TouchedNothing,
    /// The ledger was asked about the roller in use, and it may not touch skin.
    RollerUnfit {
        /// Why it may not.
        cause: Unfit,
    },
    /// It fell or bent: it is retired and the rolling is over.
    RollerRetired,
    /// Another one takes its place.
    RollerSwapped {
        /// The other one.
        #[serde(flatten)]
        roller: Roller,
        /// How it was kept.
        #[serde(flatten)]
        kept: Kept,
        /// Its needles are above the article's limit and that was acknowledged.
        acknowledged: bool,
    },
    /// It is soaked once more, then the session goes on.
    SoakedAgain,
    /// The rolling ends before its time.
    Stopped {
        /// Which of the protocol's reasons.
        reason: D::Reason,
    },
    /// After a stop, what to do about its reason was read.
    AdviceRead,
    /// Blood or welts were seen before serum: there is none today.
    BloodOrWelts,
    /// That was a slip: there are none.
    NoBloodOrWelts,
    /// The computer slept for this long. Nothing ran meanwhile but the contact clock.
    Slept {
        /// For how long.
        #[serde(rename = "span_ms", with = "as_millis")]
        span: Duration,
    },
    /// The program could not run for this long, though its clock did.
    Stalled {
        /// For how long.
        #[serde(rename = "span_ms", with = "as_millis")]
        span: Duration,
    },
    /// The session goes on after the program was gone.
    Resumed {
        /// For how long.
        #[serde(flatten)]
        away: Away,
        /// Which boot of the computer it goes on in, where the system says so.
        #[serde(flatten)]
        boot: Option<Boot>,
    },
    /// It goes on under another protocol; nothing before this entry counts but what is carried over.
    ProtocolChanged {
        /// Checksum of the protocol's text.
        #[serde(rename = "protocol_fingerprint")]
        protocol: Fingerprint,
        /// Checksum of its questions.
        #[serde(rename = "checklist_fingerprint")]
        checklist: Fingerprint,
        /// Ids of the strokes of every section, in order.
        strokes: Vec<String>,
    },
    /// What was rolled of one section under the former protocol.
    CarriedOver(Carried),
    /// The unfinished session is closed as it is.
    KeptAsPart,
    /// One question of the sign-out was answered.
    SignedOut {
        /// Which of the protocol's questions.
        #[serde(flatten)]
        question: D::Question,
        /// The answer.
        said: Said,
    },
    /// Serum after a stop is asked for.
    SerumWanted,
    /// How it felt, 0 (nothing) to 5 (too much).
    Felt {
        /// 0 to 5.
        level: u8,
    },
    /// A note in the person's own words; empty takes a former one back.
    Noted {
        /// The words.
        text: String,
    },
    /// The person leaves, whatever the stage.
    Left,
}

impl Event {
    /// That `protocol` takes over.
    pub fn change_to(protocol: &Protocol) -> Event {
        Event::ProtocolChanged {
            protocol: protocol.fingerprint,
            checklist: protocol.checklist.fingerprint,
            strokes: protocol.strokes.iter().map(|stroke| stroke.id.clone()).collect(),
        }
    }
}

impl<D: Dialect> Event<D> {
    /// What kind of event it is.
    pub fn kind(&self) -> EventKind {
        self.into()
    }

    /// The roller that is in use from then on, where it says so.
    pub fn roller(&self) -> Option<&Roller> {
        if let Event::RollerTaken(roller) | Event::RollerSwapped { roller, .. } = self { Some(roller) } else { None }
    }

    /// Whether the roller in use is in no sealed pack after it.
    pub fn opens_a_pack(&self) -> bool {
        matches!(self, Event::SoakStarted(_) | Event::RollerSwapped { .. })
    }
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … within the session.
    pub number: u32,
    /// When.
    pub now: Now,
    /// What.
    pub event: Event,
}

/// A moment that the person is told of. How they are told is up to whoever hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// The contact time is over.
    SoakFinished,
    /// The cues are tried.
    Check,
    /// Clean your hands.
    HandClean,
    /// Get ready for this section.
    GetReady(Section),
    /// The drum goes on the skin.
    Start(Section),
    /// The next stroke.
    Turn {
        /// Of this section.
        section: Section,
        /// Which of the protocol's strokes.
        stroke: usize,
    },
    /// Lift and go to this section.
    Move(Section),
    /// A step was halted.
    Paused(PauseCause),
    /// Rolling was stopped for a reason that something has to be done about.
    Advice,
    /// The last section is done: roller down, saline.
    RollingOver,
    /// Serum on the rolled sections.
    Serum,
    /// The record is closed.
    Saved,
}

/// What has to be done outside because of an event, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put this on disk before the screen shows it.
    Record(Entry),
    /// Close the record with this.
    Close(Box<Summary>),
    /// Tell the person.
    Cue(Cue),
    /// Note in the ledger that this roller must not be used again.
    RetireRoller {
        /// Its name for records.
        id: String,
    },
    /// The session has come to its end; the program may leave.
    Leave,
}
