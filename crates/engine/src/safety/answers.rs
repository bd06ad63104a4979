//! Answers to the checklist, complete in every detail or not given at all.

use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::protocol::{Consequence, ItemIx, Section, Sections};

/// Whether the person knows. Not sure counts as yes and is recorded as itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Sureness {
    /// Yes.
    Yes,
    /// Not sure.
    NotSure,
}

/// Where on the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// These sections; at least one.
    Sections(Sections),
    /// Everywhere, or not sure where.
    Everywhere,
}

impl Place {
    /// The sections it touches.
    pub fn sections(self) -> Sections {
        match self {
            Place::Sections(sections) => sections,
            Place::Everywhere => Section::ALL.into_iter().collect(),
        }
    }
}

/// What to do about a single spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Keep {
    /// Skip the whole section.
    Skip,
    /// Roll the section and go round the spot.
    GoRound,
}

/// What a doctor or pharmacist who knows about it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Doctor {
    /// Nobody was asked.
    NotAsked,
    /// No rolling.
    SaidNo,
    /// It is all right.
    AllRight,
}

impl Doctor {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Doctor; 3] = [Doctor::NotAsked, Doctor::SaidNo, Doctor::AllRight];
}

/// Which of the things a question names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// These, by their place in the question; at least one.
    These(Vec<usize>),
    /// Not sure which: the longest waiting time holds.
    NotSure,
}

/// How long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ago {
    /// Whole days; 0 is today.
    Days(u32),
    /// Not sure: counts as today.
    NotSure,
}

/// What goes with a yes or a not sure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Detail {
    /// For a question that stops by itself.
    Plain,
    /// For a question that sends to a doctor or pharmacist.
    Doctor(Doctor),
    /// For a question with waiting times.
    Waited {
        /// Which.
        which: Which,
        /// How long ago; the latest, where there are several, as the first builds asked it.
        ago: Ago,
    },
    /// The same for several of the things that the question names: each by its place with its own day, in order, at
    /// least two.
    WaitedEach(Vec<(usize, Ago)>),
    /// For a question about areas.
    Where(Place),
    /// For a question about single spots.
    Around {
        /// Where.
        place: Place,
        /// Skip the section, or go round.
        keep: Keep,
    },
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The risk is not there.
    No,
    /// It is, or may be.
    Risk {
        /// Yes or not sure.
        sureness: Sureness,
        /// What goes with it.
        detail: Detail,
    },
}

impl Answer {
    /// Whether the answer says all that its question needs to know.
    pub fn fits(&self, consequence: &Consequence) -> bool {
        let Answer::Risk { detail, .. } = self else { return true };
        match (consequence, detail) {
            (Consequence::Stop, Detail::Plain) | (Consequence::Ask, Detail::Doctor(_)) => true,
            (Consequence::Wait(kinds), Detail::Waited { which, .. }) => match which {
                Which::These(chosen) => !chosen.is_empty() && chosen.iter().all(|ix| *ix < kinds.len()),
                Which::NotSure => true,
            },
            (Consequence::Wait(kinds), Detail::WaitedEach(each)) => {
                let rising = each.windows(2).all(|pair| matches!(pair, [(one, _), (next, _)] if one < next));
                each.len() > 1 && rising && each.iter().all(|(ix, _)| *ix < kinds.len())
            }
            (Consequence::Area, Detail::Where(place)) => !place.sections().is_empty(),
            (Consequence::Around, Detail::Around { place, keep }) => match place {
                Place::Sections(sections) => !sections.is_empty(),
                Place::Everywhere => *keep == Keep::Skip,
            },
            (
                Consequence::Stop | Consequence::Ask | Consequence::Wait(_) | Consequence::Area | Consequence::Around,
                _,
            ) => false,
        }
    }
}

/// The answers of one checklist; each is there complete or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Answers(Vec<Option<Answer>>);

impl Answers {
    /// No answer to any of `count` questions.
    pub fn none(count: usize) -> Answers {
        Answers(vec![None; count])
    }

    /// The answer to `item`, if there is one.
    pub fn given(&self, item: ItemIx) -> Option<&Answer> {
        self.0.get(item.0).and_then(Option::as_ref)
    }

    /// Takes `answer` for `item` in place of any former one. An unknown item changes nothing.
    pub fn take(&mut self, item: ItemIx, answer: Answer) {
        if let Some(slot) = self.0.get_mut(item.0) {
            *slot = Some(answer);
        }
    }

    /// How many questions have an answer.
    pub fn count(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// Whether every question has an answer.
    pub fn complete(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }

    /// The first question at or after `from`, going round, that has no answer.
    pub fn next_open(&self, from: ItemIx) -> Option<ItemIx> {
        let count = self.0.len();
        (0..count).map(|step| ItemIx((from.0 + step) % count)).find(|ix| self.given(*ix).is_none())
    }
}
