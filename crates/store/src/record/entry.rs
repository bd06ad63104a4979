//! Turns an event into a block of a session file, and back.

use core::fmt;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::dialect::{ByName, NamedItem, NamedQuestion, ToNames, ToPlaces};
use super::text::{LONGEST_NAME, LONGEST_NOTE, TomlBlock, truncated};
use super::timestamp::Timestamp;
use engine::protocol::Protocol;
use engine::session::{Entry, Event};
use engine::timeline::{Moment, Now};

/// Which part of the file an entry is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePart {
    /// Before the summary.
    BeforeSummary,
    /// After it, in the same run.
    AfterSummary,
}

/// Why an entry cannot be written or understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireError {
    /// Number of the entry.
    pub number: u32,
    /// The field that is wrong.
    pub field: &'static str,
}

impl fmt::Display for WireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "entry {} does not fit the protocol: its {} is not known there", self.number, self.field)
    }
}

impl std::error::Error for WireError {}

/// An entry as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedEntry {
    /// The number of the entry: 1, 2, 3 … through both parts of the file.
    pub n: u32,
    /// Milliseconds on the session's own timeline.
    pub t: u64,
    /// Wall time.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event<ByName>,
    /// Checksum.
    pub sum: String,
}

impl RecordedEntry {
    /// Translates `entry` to the names in `protocol`, without a checksum.
    ///
    /// # Errors
    /// If the entry refers to something that `protocol` does not have.
    pub fn of(protocol: &Protocol, entry: &Entry) -> Result<RecordedEntry, WireError> {
        let event = entry.event.clone().translate(&ToNames(protocol));
        let mut event = event.map_err(|field| WireError { number: entry.number, field })?;
        shorten(&mut event);
        Ok(RecordedEntry {
            n: entry.number,
            t: entry.now.moment.millis().min(i64::MAX.unsigned_abs()),
            at: Timestamp::of(entry.now.wall),
            event,
            sum: String::new(),
        })
    }

    /// Translates the entry to the places in `protocol`.
    ///
    /// # Errors
    /// If `protocol` lacks a name, or a field is missing or superfluous.
    pub fn entry(&self, protocol: &Protocol) -> Result<Entry, WireError> {
        let wrong = |field| WireError { number: self.n, field };
        let event = self.event.clone().translate(&ToPlaces(protocol)).map_err(wrong)?;
        let now = Now { moment: Moment::from_millis(self.t), wall: self.at.wall() };
        let entry = Entry { number: self.n, now, event };
        // Writing the entry again must give exactly what was read: no field missing, none added.
        let mut again = RecordedEntry { sum: self.sum.clone(), ..RecordedEntry::of(protocol, &entry)? };
        let mut read = self.clone();
        if let (Some(again), Some(None)) = (asked(&mut again.event), asked(&mut read.event)) {
            *again = None;
        }
        if again == read { Ok(entry) } else { Err(wrong("set of fields")) }
    }

    /// Parses `text`, the lines of a block after its first; None if a line is missing or would not be written.
    pub fn read(text: &str) -> Option<RecordedEntry> {
        let entry: RecordedEntry = toml::from_str(text).ok()?;
        let mut keys = KeyCount::default();
        entry.event.serialize(&mut Serializer::with_formatter(io::sink(), &mut keys)).ok()?;
        let lines = text.trim_end_matches('\n').bytes().filter(|byte| *byte == b'\n').count() + 1;
        (OWN_KEYS + keys.count == lines).then_some(entry)
    }

    /// The block as text. `key`, the checksum of the header, ties it to its file.
    ///
    /// # Errors
    /// Never for an entry that [`RecordedEntry::of`] gave.
    pub fn to_text(&self, part: FilePart, key: &str) -> Result<String, WireError> {
        let wrong = |_| WireError { number: self.n, field: "set of fields" };
        let mut lines = TomlBlock::new(match part {
            FilePart::BeforeSummary => "[[entry]]",
            FilePart::AfterSummary => "[[later]]",
        });
        lines.number("n", Some(u64::from(self.n)));
        lines.number("t", Some(self.t));
        lines.time("at", self.at);
        for (key, value) in &toml::Table::try_from(&self.event).map_err(wrong)? {
            lines.value(key, value);
        }
        Ok(lines.seal(key))
    }
}

/// How many keys an entry has besides those of its event: `n`, `t`, `at` and `sum`.
const OWN_KEYS: usize = 4;

/// Counts the keys of the outermost object while it is written.
#[derive(Default)]
struct KeyCount {
    depth: usize,
    count: usize,
}

impl Formatter for &mut KeyCount {
    fn begin_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.depth += 1;
        Ok(())
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.count += usize::from(self.depth == 1);
        Ok(())
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.depth -= 1;
        Ok(())
    }
}

/// The wording of the question that `event` answers.
fn asked(event: &mut Event<ByName>) -> Option<&mut Option<String>> {
    match event {
        Event::Answered { item: NamedItem { asked, .. }, .. }
        | Event::SignedOut { question: NamedQuestion { asked, .. }, .. } => Some(asked),
        _ => None,
    }
}

/// Shortens names from a person or the system to the length that a record keeps.
fn shorten(event: &mut Event<ByName>) {
    match event {
        Event::RollerTaken(roller) | Event::RollerSwapped { roller, .. } => {
            roller.id = truncated(&roller.id, LONGEST_NAME);
            roller.name = truncated(&roller.name, LONGEST_NAME);
        }
        Event::Resumed { boot: Some(boot), .. } => boot.id = truncated(&boot.id, LONGEST_NAME),
        Event::Noted { text } => *text = truncated(text, LONGEST_NOTE),
        _ => {}
    }
}
