//! What was read of a session file, and what its entries tell.

use core::fmt;

use super::dialect::ByName;
use super::entry::{RecordedEntry, WireError};
use super::header::Header;
use super::summary::SummaryFields;
use engine::protocol::Protocol;
use engine::safety::Roller;
use engine::session::{Carried, Entry, Event, recover};
use engine::timeline::Moment;

/// What follows the last whole block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// The beginning of a block whose writing was cut off.
    Torn {
        /// How many bytes there are of it, at least 1.
        bytes: usize,
    },
}

/// A part of the file that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Line at which it begins, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: Fault,
}

/// What is wrong with a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not match its checksum.
    Checksum,
    /// It matches, but is not a block that this format knows.
    Unknown,
    /// It does not belong at this place: an entry is missing before it, or it comes twice.
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

/// A session file as far as it can be vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The top.
    pub header: Header,
    /// The entries before the first damage: all from number 1 on, or at [`Depth::Ends`] those that matter to a list.
    pub entries: Vec<RecordedEntry>,
    /// The summary; without one the session is unfinished.
    pub summary: Option<SummaryFields>,
    /// What came after the summary in the same run.
    pub after_summary: Vec<RecordedEntry>,
    /// What follows the last whole block.
    pub tail: Tail,
    /// Entries behind the first damage that vouch for themselves. They are no part of the history, which has a hole
    /// before them; but what they tell of is told.
    pub after_damage: Vec<RecordedEntry>,
    /// What is not as it was written, from top to bottom.
    pub damage: Vec<Damage>,
}

impl Reading {
    /// The entries, later ones included, in the places of `protocol`. Those made under a former protocol are not
    /// among them: what was rolled then is carried over by the first that are.
    ///
    /// # Errors
    /// When one speaks of something that `protocol` does not have.
    pub fn events(&self, protocol: &Protocol) -> Result<Vec<Entry>, WireError> {
        let from = self.last_change().map_or(0, |(place, _)| place);
        self.entries.iter().skip(from).chain(&self.after_summary).map(|entry| entry.entry(protocol)).collect()
    }

    /// Whether the session followed the very text of `protocol`, questions included, when it was last gone on with.
    pub fn follows(&self, protocol: &Protocol) -> bool {
        let codes = (protocol.fingerprint.code(), protocol.checklist.fingerprint.code());
        let header = &self.header;
        let (text, questions) = match self.last_change() {
            Some((_, change)) => change,
            None => (header.protocol_fingerprint.clone(), header.checklist_fingerprint.clone()),
        };
        (text, questions) == codes && header.trial == protocol.trial
    }

    /// Where the protocol changed for the last time, and the checksums of the one that took over.
    fn last_change(&self) -> Option<(usize, (String, String))> {
        let change = |(place, entry): (usize, &RecordedEntry)| match &entry.event {
            Event::ProtocolChanged { protocol, checklist, .. } => Some((place, (protocol.code(), checklist.code()))),
            _ => None,
        };
        self.entries.iter().enumerate().rev().find_map(change)
    }

    /// What was rolled in each section that was begun or brought to an end, by the entries alone.
    pub fn rolled(&self) -> Vec<Carried> {
        let moments = self.entries.iter().map(|entry| (Moment::from_millis(entry.t), &entry.event));
        recover(self.header.strokes.len(), moments)
    }

    /// How it felt by the last word on it, 0 to 5.
    pub fn felt(&self) -> Option<u8> {
        self.newest().find_map(|event| if let Event::Felt { level } = event { Some(*level) } else { None })
    }

    /// The person's note by the last word on it; None where it was taken back.
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

    /// Every entry that vouches for itself, with or without a hole before it.
    pub fn sound_entries(&self) -> impl Iterator<Item = &RecordedEntry> {
        self.entries.iter().chain(&self.after_damage).chain(&self.after_summary)
    }

    /// Whether a summary closes it.
    pub fn is_closed(&self) -> bool {
        self.summary.is_some()
    }
}
