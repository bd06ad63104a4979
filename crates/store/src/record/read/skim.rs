//! What a list of sessions needs of a record beside its first block and its summary. Reading an entry takes much longer
//! than comparing its checksum, and a list has no use for most of them.

use engine::protocol::SignOutItem;
use engine::session::{DueKind, EventKind};
use serde::Deserialize;
use serde::de::value::{self, BorrowedStrDeserializer};

/// How much of a session file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Whole,
    /// Of a whole, closed record the first block, the summary, and the few entries that say something for a list of
    /// sessions. All checksums are compared all the same; whether this version knows the entries that are passed over is
    /// not looked at. Of any other record, everything.
    Ends,
    /// As [`Depth::Ends`], with every answer to the list and to the sign-out.
    Answers,
}

/// Tells which entries of a closed session matter beside its summary: those that say which rollers were on the skin or
/// were retired, how it felt, what was noted, and what the sign-out brought up. Only what certainly does not is passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skim {
    /// No stroke was read since a roller was taken. The first one says that it was on the skin.
    has_new_roller: bool,
    /// Every answer matters.
    answers: bool,
}

impl Skim {
    /// What is to be read at `depth`; None: everything.
    pub(super) fn at(depth: Depth) -> Option<Skim> {
        match depth {
            Depth::Whole => None,
            Depth::Ends => Some(Skim { has_new_roller: true, answers: false }),
            Depth::Answers => Some(Skim { has_new_roller: true, answers: true }),
        }
    }

    /// Whether the entry with these lines matters. Its keys are looked for in the order in which they are written.
    pub(super) fn matters(&mut self, body: &str) -> bool {
        let mut lines = body.lines();
        let mut value =
            |key: &str| lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        match value("event").and_then(named) {
            Some(EventKind::RanOut) => match value("due").and_then(named) {
                Some(DueKind::GetReady | DueKind::Stroke) => core::mem::take(&mut self.has_new_roller),
                due => due.is_none(),
            },
            // Whatever was answered: it may take a former answer back.
            Some(EventKind::SignedOut) => {
                self.answers
                    || matches!(value("question"), None | Some(SignOutItem::NEEDLES_STRAIGHT | SignOutItem::BLOOD))
            }
            Some(EventKind::Answered) => self.answers,
            Some(
                EventKind::SoakStarted
                | EventKind::ListConfirmed
                | EventKind::SetUp
                | EventKind::SkinReady
                | EventKind::CuesHeard
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

/// What is called `name` in a record; None for a name that this version does not know.
fn named<'a, T: Deserialize<'a>>(name: &'a str) -> Option<T> {
    T::deserialize(BorrowedStrDeserializer::<value::Error>::new(name)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_takes_another_one_back_matters() {
        for question in [SignOutItem::BLOOD, SignOutItem::NEEDLES_STRAIGHT] {
            for said in ["yes", "no", "not-sure"] {
                let body = format!("event = \"signed-out\"\nquestion = \"{question}\"\nsaid = \"{said}\"\n");
                assert!(Skim::at(Depth::Ends).unwrap().matters(&body), "{body}");
            }
        }
    }
}
