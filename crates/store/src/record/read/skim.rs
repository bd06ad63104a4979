//! Which entries of a record a list of sessions needs. Parsing an entry takes much longer than comparing its checksum,
//! and a list needs few of them.

use engine::protocol::SignOutItem;
use engine::session::{DueKind, EventKind};
use serde::Deserialize;
use serde::de::value::{self, BorrowedStrDeserializer};

/// The closing questions that matter to a list of sessions: those about needles and skin.
const MATTERING: [&str; 6] = [
    SignOutItem::NEEDLES_BENT,
    SignOutItem::NEEDLES_STRAIGHT,
    SignOutItem::BLEEDING,
    SignOutItem::WELTS,
    SignOutItem::STRONG_PAIN,
    SignOutItem::BLOOD,
];

/// How much of a session file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Whole,
    /// Of an intact, closed record: the header, the summary, and the few entries that matter to a list of sessions. All
    /// checksums are compared; entries that are skipped are not parsed. Any other record is read whole.
    Ends,
    /// As [`Depth::Ends`], and every answer to the checklist and the sign-out.
    Answers,
}

/// Decides which entries of a closed session matter besides its summary: those that say which rollers touched the skin
/// or were retired, how it felt, what was noted, and what the sign-out brought up. Only entries that certainly do not
/// matter are skipped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skim {
    /// A roller was taken and no stroke was read since. The first stroke shows that it touched the skin.
    has_new_roller: bool,
    /// Every answer matters.
    answers: bool,
}

impl Skim {
    /// The filter for `depth`; None: read everything.
    pub(super) fn at(depth: Depth) -> Option<Skim> {
        match depth {
            Depth::Whole => None,
            Depth::Ends => Some(Skim { has_new_roller: true, answers: false }),
            Depth::Answers => Some(Skim { has_new_roller: true, answers: true }),
        }
    }

    /// Whether the entry with the lines `body` matters. Its keys are looked up in the order in which they are written.
    pub(super) fn matters(&mut self, body: &str) -> bool {
        let mut lines = body.lines();
        let mut value =
            |key: &str| lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        match value("event").and_then(named) {
            Some(EventKind::RanOut) => match value("due").and_then(named) {
                Some(DueKind::GetReady | DueKind::Stroke) => core::mem::take(&mut self.has_new_roller),
                due => due.is_none(),
            },
            // Whatever the answer: it may revoke an earlier one.
            Some(EventKind::SignedOut) => {
                self.answers || value("question").is_none_or(|question| MATTERING.contains(&question))
            }
            Some(EventKind::Answered) => self.answers,
            Some(
                EventKind::SoakStarted
                | EventKind::ListConfirmed
                | EventKind::SetUp
                | EventKind::SkinReady
                | EventKind::SkinTakenBack
                | EventKind::SoakTakenBack
                | EventKind::EnoughTakenBack
                | EventKind::CuesHeard
                | EventKind::CuesKnown
                | EventKind::HandsFree
                | EventKind::Paused
                | EventKind::WentOn
                | EventKind::Resumed
                | EventKind::SerumWanted,
            ) => false,
            Some(_) | None => {
                self.has_new_roller = true;
                true
            }
        }
    }
}

/// The value called `name` in a record; None if this version does not know the name.
fn named<'a, T: Deserialize<'a>>(name: &'a str) -> Option<T> {
    T::deserialize(BorrowedStrDeserializer::<value::Error>::new(name)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_takes_another_one_back_matters() {
        for question in MATTERING {
            for said in ["yes", "no", "not-sure"] {
                let body = format!("event = \"signed-out\"\nquestion = \"{question}\"\nsaid = \"{said}\"\n");
                assert!(Skim::at(Depth::Ends).unwrap().matters(&body), "{body}");
            }
        }
    }
}
