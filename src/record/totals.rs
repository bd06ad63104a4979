//! What all sessions together come to, as far as the next one depends on it. Reading a thousand records for that takes
//! longer than a person waits, so what a year came to is remembered outside the records, in a file that may be deleted
//! at any time.
//!
//! A year is remembered while nothing was added to its folder, taken from it or renamed in it, and only while every
//! file in it is a whole session; the last session that counts, while its own file is as it was too. Unfinished sessions
//! are read each time.

mod memory;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use memory::{Recollection, Unwritten};

use super::held::Trace;
use super::history::{History, Odd, Past};
use super::later::{self, Remark};
use super::names::own_name;
use crate::calendar::Date;
use crate::session::Outcome;
use crate::timeline::Wall;

/// What all sessions together come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    sum: Sum,
    /// The newest session that counts.
    pub last: Option<Newest>,
    /// Sessions that were begun and never closed, newest first.
    pub unfinished: Vec<Past>,
    /// Files in the sessions folder that are not counted.
    pub odd: Vec<Odd>,
    /// Sessions of which no sound record is left, but that rolled the skin.
    pub traces: Vec<Trace>,
}

impl Totals {
    /// What `history` comes to.
    pub fn of(history: &History) -> Totals {
        let pasts = history.past.iter().map(Sum::of_past);
        let sum = pasts.chain(history.traces.iter().map(Sum::of_trace)).fold(Sum::default(), Sum::plus);
        Totals {
            sum,
            last: history.past.iter().find(|past| past.counts()).map(Newest::of),
            unfinished: history.past.iter().filter(|past| past.is_unfinished()).cloned().collect(),
            odd: history.odd.clone(),
            traces: history.traces.clone(),
        }
    }

    /// What all sessions below the data folder `root` come to at `now`. What the years came to is remembered in the
    /// folder `state`; without one, or where anything is not as this program leaves it, every record is read.
    pub fn read(root: &Path, state: Option<&Path>, now: Wall) -> Totals {
        let (totals, unwritten) = Recollection::of(root, state).totals(now);
        unwritten.iter().for_each(Unwritten::write);
        totals
    }

    /// How many sessions count.
    pub fn counted(&self) -> u32 {
        self.sum.counted
    }

    /// The last local day on which the skin was rolled, whatever tells of it.
    pub fn last_day(&self) -> Option<Date> {
        self.sum.last_day()
    }

    /// Whether the skin was rolled on `day` or later in another session than the one of this id, which began that day.
    pub fn has_rolled_since(&self, id: &str, day: Date) -> bool {
        let is_other = |other: &str, held: Date| other != id && held >= day;
        let counted = self.last.iter().map(|newest| (newest.id.as_str(), Date::of(newest.started)));
        let traced = self.traces.iter().map(|trace| (trace.id.as_str(), trace.day));
        self.last_day().is_some_and(|last| last > day)
            || counted.chain(traced).any(|(other, held)| is_other(other, held))
    }

    /// In how many sessions the roller of this id touched the skin, unfinished ones included.
    pub fn uses_of(&self, roller: &str) -> u32 {
        self.sum.roller_uses.get(roller).copied().unwrap_or(0)
    }

    /// Whether the roller of this id was retired in a session in earnest.
    pub fn is_retired(&self, roller: &str) -> bool {
        self.sum.retired_rollers.contains(roller)
    }

    /// Id of the roller that was used last.
    pub fn roller_in_use(&self) -> Option<&str> {
        self.sum.in_use.as_ref().map(|(_, roller)| roller.as_str())
    }

    /// Whether there is a session of which the roller is not known any more. It may have been any of them.
    pub fn has_unnamed_roller(&self) -> bool {
        self.sum.has_unnamed_roller
    }

    /// Whether `odd` tells of a session that rolled the skin.
    pub fn has_trace_of(&self, odd: &Odd) -> bool {
        let name = own_name(&odd.path);
        self.traces.iter().any(|trace| name.starts_with(&trace.id))
    }
}

/// The newest session that counts, as far as the next one is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newest {
    /// Its id.
    pub id: String,
    /// Its file.
    #[serde(skip)]
    pub path: PathBuf,
    /// When it began.
    #[serde(with = "wall")]
    pub started: Wall,
    /// Sections that were done or were enough.
    pub sections_done: usize,
    /// Sections in its protocol.
    pub sections_in_all: usize,
    /// It was stopped before its plan was through.
    pub part: bool,
    /// How it felt, 0 to 5.
    pub felt: Option<u8>,
    /// The person's note.
    pub note: Option<String>,
    /// The names of the files of later notes on it.
    pub later: Vec<String>,
}

impl Newest {
    fn of(past: &Past) -> Newest {
        Newest {
            id: past.id.clone(),
            path: past.path.clone(),
            started: past.started.wall(),
            sections_done: past.sections_done,
            sections_in_all: past.sections_in_all,
            part: past.outcome == Some(Outcome::Part),
            felt: past.felt,
            note: past.note.clone(),
            later: later::beside(&past.path).0,
        }
    }

    /// Later notes on it, oldest first. What cannot be read is passed over.
    pub fn remarks(&self) -> Vec<Remark> {
        later::read(&self.path, &self.later).0
    }
}

/// A wall time, for the memory alone.
mod wall {
    use super::{Deserialize, Serialize, Wall};

    pub(super) fn serialize<S: serde::Serializer>(wall: &Wall, to: S) -> Result<S::Ok, S::Error> {
        (wall.unix, wall.offset).serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Wall, D::Error> {
        <(i64, i32)>::deserialize(from).map(|(unix, offset)| Wall { unix, offset })
    }
}

/// What some sessions come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Sum {
    counted: u32,
    /// Id of the newest that counts.
    last: Option<String>,
    /// When the one began that holds the interval longest: seconds since 1970, and of offset.
    held: Option<(i64, i32)>,
    roller_uses: BTreeMap<String, u32>,
    retired_rollers: BTreeSet<String>,
    /// Id of the newest session that used a roller, and of that roller.
    in_use: Option<(String, String)>,
    has_unnamed_roller: bool,
}

impl Sum {
    fn of_past(past: &Past) -> Sum {
        let in_use = past.rollers.last().map(|roller| (past.id.clone(), roller.clone()));
        if !past.is_in_earnest() {
            return Sum { in_use, ..Sum::default() };
        }
        let (counts, holds) = (past.counts(), past.holds_interval());
        let began = past.started.wall();
        Sum {
            counted: u32::from(counts),
            last: counts.then(|| past.id.clone()),
            held: holds.then_some((began.unix, began.offset)),
            roller_uses: past.rollers.iter().map(|roller| (roller.clone(), 1)).collect(),
            retired_rollers: past.retired.iter().cloned().collect(),
            in_use,
            has_unnamed_roller: holds && past.is_timed() && past.rollers.is_empty(),
        }
    }

    fn of_trace(trace: &Trace) -> Sum {
        let noon = trace.day.noon();
        Sum {
            held: Some((noon.unix, noon.offset)),
            roller_uses: trace.rollers.iter().map(|roller| (roller.clone(), 1)).collect(),
            retired_rollers: trace.retired.iter().cloned().collect(),
            has_unnamed_roller: trace.rollers.is_empty(),
            ..Sum::default()
        }
    }

    fn plus(mut self, other: Sum) -> Sum {
        for (roller, uses) in other.roller_uses {
            let sum = self.roller_uses.entry(roller).or_default();
            *sum = sum.saturating_add(uses);
        }
        self.retired_rollers.extend(other.retired_rollers);
        Sum {
            counted: self.counted.saturating_add(other.counted),
            // Ids begin with the time, so that the greater one is the newer one.
            last: self.last.max(other.last),
            held: self.held.into_iter().chain(other.held).max_by_key(|held| day(*held)),
            in_use: self.in_use.max(other.in_use),
            has_unnamed_roller: self.has_unnamed_roller || other.has_unnamed_roller,
            ..self
        }
    }

    fn last_day(&self) -> Option<Date> {
        self.held.map(day)
    }
}

fn day((unix, offset): (i64, i32)) -> Date {
    Date::of(Wall { unix, offset })
}
