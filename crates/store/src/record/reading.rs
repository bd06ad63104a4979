//! The content of a session file, and what its entries tell.

use core::fmt;

use super::amendment::Amended;
use super::dialect::ByName;
use super::entry::{RecordedEntry, WireError};
use super::header::Header;
use super::summary::SummaryFields;
use engine::protocol::Protocol;
use engine::safety::Roller;
use engine::session::{Carried, Entry, Event, rolled_from_events};
use engine::timeline::Moment;

/// What follows the last complete block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// The beginning of a block that was cut off while it was written.
    Torn {
        /// Its length in bytes, at least 1.
        bytes: usize,
    },
}

/// A part of the file that was changed after it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: Fault,
}

/// What is wrong with a damaged part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not match its checksum.
    Checksum,
    /// It matches its checksum, but this format has no such block.
    Unknown,
    /// It is in the wrong place: an entry before it is missing, or it appears twice.
    OutOfPlace,
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            Fault::Checksum => "does not match its checksum",
            Fault::Unknown => "is not known to this version",
            Fault::OutOfPlace => "does not follow what stands before it",
        };
        write!(out, "line {}: this part {what}; it was left as it is", self.line)
    }
}

/// Everything in a session file whose checksums match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The header.
    pub header: Header,
    /// The entries before the first damage: all of them, or at [`Depth::Ends`](super::read::Depth::Ends) those that
    /// matter to a list.
    pub entries: Vec<RecordedEntry>,
    /// The summary; without one the session was interrupted.
    pub summary: Option<SummaryFields>,
    /// Entries after the summary, made in the same run.
    pub after_summary: Vec<RecordedEntry>,
    /// What follows the last complete block.
    pub tail: Tail,
    /// Entries after the first damage whose checksums match. They do not belong to the history, which has a gap before
    /// them, but they still tell facts.
    pub after_damage: Vec<RecordedEntry>,
    /// The damaged parts, from top to bottom.
    pub damage: Vec<Damage>,
    /// What was struck out or corrected since; the rest of this is as it was corrected.
    pub amended: Amended,
}

impl Reading {
    /// All entries, translated to places in `protocol`. Entries made under an earlier protocol are left out: the first
    /// ones after the change carry over what was rolled before.
    ///
    /// # Errors
    /// If one names something that `protocol` does not have.
    pub fn events(&self, protocol: &Protocol) -> Result<Vec<Entry>, WireError> {
        let from = self.last_change().map_or(0, |(place, _)| place);
        self.entries.iter().skip(from).chain(&self.after_summary).map(|entry| entry.entry(protocol)).collect()
    }

    /// Whether the session, when it last ran, followed exactly the text of `protocol`, questions included.
    pub fn follows(&self, protocol: &Protocol) -> bool {
        let codes = (protocol.fingerprint.code(), protocol.checklist.fingerprint.code());
        let header = &self.header;
        let (text, questions) = match self.last_change() {
            Some((_, change)) => change,
            None => (header.protocol_fingerprint.clone(), header.checklist_fingerprint.clone()),
        };
        (text, questions) == codes && header.trial == protocol.trial
    }

    /// The index of the entry at which the protocol last changed, and the checksums of the new protocol.
    fn last_change(&self) -> Option<(usize, (String, String))> {
        let change = |(place, entry): (usize, &RecordedEntry)| match &entry.event {
            Event::ProtocolChanged { protocol, checklist, .. } => Some((place, (protocol.code(), checklist.code()))),
            _ => None,
        };
        self.entries.iter().enumerate().rev().find_map(change)
    }

    /// What was rolled in each section that was begun, recovered from the entries alone.
    pub fn rolled(&self) -> Vec<Carried> {
        let moments = self.entries.iter().map(|entry| (Moment::from_millis(entry.t), &entry.event));
        rolled_from_events(self.header.strokes.len(), moments)
    }

    /// How it felt, 0 to 5, by the last entry that says so.
    pub fn felt(&self) -> Option<u8> {
        self.newest().find_map(|event| if let Event::Felt { level } = event { Some(*level) } else { None })
    }

    /// The person's note, by the last entry about it; None if it was removed.
    pub fn note(&self) -> Option<&str> {
        let note = self.newest().find_map(|event| if let Event::Noted { text } = event { Some(text) } else { None });
        note.map(String::as_str).filter(|note| !note.is_empty())
    }

    /// The roller that was taken last.
    pub fn roller(&self) -> Option<&Roller> {
        self.entries.iter().rev().find_map(|entry| entry.event.roller())
    }

    fn newest(&self) -> impl Iterator<Item = &Event<ByName>> {
        self.entries.iter().chain(&self.after_summary).rev().map(|entry| &entry.event)
    }

    /// Every entry whose checksum matches, before or after damage, before or after the summary.
    pub fn verified_entries(&self) -> impl Iterator<Item = &RecordedEntry> {
        self.entries.iter().chain(&self.after_damage).chain(&self.after_summary)
    }

    /// Whether a summary closes it.
    pub fn is_closed(&self) -> bool {
        self.summary.is_some()
    }
}
