//! The roller: how long its needles are, and whether it has been in the liquid for its contact time.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::protocol::{Micrometres, Rules};
use crate::timeline::Moment;

/// A roller as its owner described it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Roller {
    /// A stable name for records; the file name in the ledger.
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

/// What the ledger of rollers says of one at the moment at which it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is there, and was not retired.
    InUse,
    /// It is retired.
    Retired,
    /// Its file is gone or cannot be read, or a copy of it cannot: nobody can say whether it is retired. This is the file,
    /// fit to be shown.
    NotKnown(String),
}

impl Standing {
    /// Why a roller of this standing may not touch skin; None: it may.
    pub fn unfit(&self) -> Option<Unfit> {
        match self {
            Standing::InUse => None,
            Standing::Retired => Some(Unfit::Retired),
            Standing::NotKnown(_) => Some(Unfit::NotKnown),
        }
    }
}

/// Why a roller may not touch skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Unfit {
    /// It was retired.
    Retired,
    /// Whether it was retired cannot be known.
    NotKnown,
}

/// The contact clock. It runs through everything: questions, pauses, sleep, a closed window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contact {
    /// The roller is not in the liquid.
    NotStarted,
    /// A new roller in a sealed pack, by the person's own word: no contact time needed.
    SealedPack,
    /// In the liquid; done at that moment.
    Soaking {
        /// When the contact time is over.
        ends: Moment,
    },
    /// The contact time is over.
    Soaked,
}

impl Contact {
    /// Whether the roller may be used as far as the contact time goes.
    pub fn is_done(self) -> bool {
        match self {
            Contact::SealedPack | Contact::Soaked => true,
            Contact::NotStarted | Contact::Soaking { .. } => false,
        }
    }
}
