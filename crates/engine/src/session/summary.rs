//! The summary of a session, which is computed from its state and recorded once.

use alloc::vec::Vec;

use core::time::Duration;

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::event::Judgement;
use crate::protocol::{ItemIx, PerSection, Section};
use crate::safety::{Reason, Roller};
use crate::timeline::Wall;

/// How the session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Outcome {
    /// Every section in the plan was rolled or ended by the person's own choice.
    Finished,
    /// Rolling was stopped before every planned section was over.
    Part,
    /// The checklist stopped the session.
    StoppedByList,
    /// The person left before anything was rolled.
    LeftBefore,
}

/// How one section ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SectionEnd {
    /// All its strokes were rolled.
    Done,
    /// The person said enough.
    Enough,
    /// Left out by choice before it began.
    LeftOut,
    /// Skipped because of an answer.
    Skipped,
    /// The session stopped in it.
    Stopped,
    /// Not reached, or not part of this protocol.
    NotReached,
}

impl SectionEnd {
    /// Whether it was rolled in full, or the person said enough.
    pub fn is_done(self) -> bool {
        matches!(self, SectionEnd::Done | SectionEnd::Enough)
    }
}

/// One section in the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSummary {
    /// How it ended.
    pub end: SectionEnd,
    /// Planned rolling time.
    pub planned: Duration,
    /// Actual rolling time.
    pub rolled: Duration,
    /// The strokes rolled, in order: which of the protocol's strokes, and for how long.
    pub strokes: Vec<(usize, Duration)>,
    /// Because of these answers it was skipped.
    pub skip: Vec<ItemIx>,
    /// The spots gone round.
    pub round: Vec<ItemIx>,
    /// How many of the strokes were cut off, so that their time is not known.
    pub cut_off: u32,
    /// The one more stroke was used.
    pub one_more: bool,
}

/// What a record says about a session at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How it ended.
    pub outcome: Outcome,
    /// When it was closed.
    pub closed: Wall,
    /// The verdict, if the list was confirmed.
    pub judgement: Option<Judgement>,
    /// Why the list stopped it.
    pub reasons: Vec<Reason>,
    /// The reason for stopping early, by its index in the protocol.
    pub stop_reason: Option<usize>,
    /// The roller in use at the end.
    pub roller: Option<Roller>,
    /// It fell, bent or looked bad and was retired.
    pub roller_retired: bool,
    /// Needles above the article's limit were acknowledged.
    pub length_acknowledged: bool,
    /// The contact time was over, or a sealed pack was opened.
    pub contact: ContactKept,
    /// Whether the cues were noticed at the mirror.
    pub cues_heard: Option<bool>,
    /// Each section.
    pub sections: PerSection<SectionSummary>,
    /// The order in which they were to be rolled.
    pub order: Vec<Section>,
    /// Rolling time in all.
    pub rolled: Duration,
    /// A part was rolled under another protocol. The counts that follow do not include that part, and its contact time
    /// is not known.
    pub carried: bool,
    /// How often it was paused.
    pub pauses: u32,
    /// Idle time in all.
    pub paused: Duration,
    /// Keys touched while hands free.
    pub touches: u32,
    /// How often hands were cleaned.
    pub hand_cleans: u32,
    /// How often the roller touched something.
    pub roller_events: u32,
}

impl Summary {
    /// Sections that ended as done or as enough.
    pub fn sections_done(&self) -> usize {
        self.sections.iter().filter(|(_, section)| section.end.is_done()).count()
    }
}

/// What is known about the contact time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKept {
    /// Never started.
    None,
    /// A sealed pack.
    SealedPack,
    /// How long it had been in the liquid when the session was closed or rolling began, whichever came first.
    InLiquid(Duration),
}
