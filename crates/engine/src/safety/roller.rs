//! The roller: how long its needles are, and whether it has been in the liquid for its contact time.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::protocol::{Micrometres, Rules};
use crate::timeline::Moment;

/// A roller as its owner described it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Roller {
    /// The id in records, which is the name of its file in the ledger. It never changes.
    #[serde(rename = "roller")]
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Needle length.
    #[serde(rename = "needle_um")]
    pub needle: Micrometres,
    /// Sessions in which it was used before this one.
    pub uses: u32,
}

/// What the needle length means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Strictly below the article's limit for home use.
    Within,
    /// At or above it: possible once acknowledged.
    AboveArticle,
    /// Too long for a home session: refused.
    TooLong,
}

impl Roller {
    /// What its needle length means under `rules`.
    pub fn band(&self, rules: &Rules) -> Band {
        if self.needle < rules.article_needle_limit {
            Band::Within
        } else if self.needle <= rules.longest_needle {
            Band::AboveArticle
        } else {
            Band::TooLong
        }
    }
}

/// What the ledger says of a roller now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It may be used.
    InUse,
    /// It is retired.
    Retired,
    /// Its file or a copy of that is gone or cannot be read, so it may be retired. Holds the name of the file, with
    /// hidden characters shown.
    NotKnown(String),
}

impl Standing {
    /// Why the roller may not touch the skin; None where it may.
    pub fn unfit(&self) -> Option<Unfit> {
        match self {
            Standing::InUse => None,
            Standing::Retired => Some(Unfit::Retired),
            Standing::NotKnown(_) => Some(Unfit::NotKnown),
        }
    }
}

/// Why a roller may not touch the skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Unfit {
    /// It was retired.
    Retired,
    /// Whether it was retired is not known.
    NotKnown,
}

/// The contact time, which runs on during questions, pauses and sleep and while the program is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contact {
    /// The roller is not in the liquid.
    NotStarted,
    /// A new roller in a sealed pack, as the person says: it needs no contact time.
    SealedPack,
    /// In the liquid.
    Soaking {
        /// When the contact time is over.
        ends: Moment,
    },
    /// The contact time is over.
    Soaked,
}

impl Contact {
    /// Whether the roller has had its contact time, or needs none.
    pub fn is_done(self) -> bool {
        match self {
            Contact::SealedPack | Contact::Soaked => true,
            Contact::NotStarted | Contact::Soaking { .. } => false,
        }
    }
}
