//! Sessions that were kept on paper and entered later. The record has the usual form but no entries; it is written in
//! one go and closed at once.

use std::io;
use std::path::{Path, PathBuf};

use super::create;
use super::disk::OsDisk;
use super::entry::{FilePart, RecordedEntry};
use super::file::SaveError;
use super::header::{Header, ProtocolRef, RecordKind, Start};
use super::ledger::OwnedRoller;
use super::summary::{SectionFields, SummaryFields};
use super::text::{LONGEST_NAME, LONGEST_NOTE, truncated};
use super::timestamp::Timestamp;
use engine::protocol::{Section, Sections};
use engine::session::{Event, Outcome, SectionEnd};
use engine::timeline::Wall;

/// A session as it was noted on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualEntry {
    /// Any time on its day: paper rarely says when it began.
    pub began: Wall,
    /// The roller, and how many earlier sessions used it.
    pub roller: Option<(OwnedRoller, u32)>,
    /// The sections that were rolled.
    pub sections: Sections,
    /// How it felt, 0 to 5.
    pub felt: Option<u8>,
    /// The person's own words.
    pub note: Option<String>,
}

impl ManualEntry {
    /// Writes its record below the data folder `root`, entered at `now`, and returns the file's path.
    ///
    /// # Errors
    /// If it cannot be written; then no part of it is left.
    pub fn enter(&self, root: &Path, now: Wall) -> Result<PathBuf, SaveError> {
        create::session_file(&OsDisk, root, self.began, |id| self.to_text(id, now)).map(|(_, path, _)| path)
    }

    fn to_text(&self, id: &str, now: Wall) -> io::Result<String> {
        let header = Header::new(&self.start(), id);
        let mut text = header.to_text() + &self.summary(now).to_text(&header.sum);
        let felt = self.felt.map(|level| Event::Felt { level });
        let note = self.note.as_ref().map(|note| Event::Noted { text: truncated(note, LONGEST_NOTE) });
        for (event, n) in felt.into_iter().chain(note).zip(1..) {
            let entry = RecordedEntry { n, t: 0, at: Timestamp::of(now), event, sum: String::new() };
            text.push_str(&entry.to_text(FilePart::AfterSummary, &header.sum).map_err(io::Error::other)?);
        }
        Ok(text)
    }

    fn start(&self) -> Start {
        Start {
            app: env!("CARGO_PKG_VERSION").to_owned(),
            kind: RecordKind::Log,
            trial: false,
            protocol: ProtocolRef::default(),
            started: self.began,
            boot: None,
            strokes: Vec::new(),
            early_reason: None,
            serum: None,
        }
    }

    /// What nobody counted stands there as 0, and the kind of the record says why.
    fn summary(&self, now: Wall) -> SummaryFields {
        let whole = Section::ALL.into_iter().all(|section| self.sections.contains(section));
        let outcome = if whole { Outcome::Finished } else { Outcome::Part };
        let roller = self.roller.as_ref();
        SummaryFields {
            outcome,
            closed: Timestamp::of(now),
            entries: 0,
            verdict: None,
            reasons: Vec::new(),
            stop_reason: None,
            roller: roller.map(|(roller, _)| roller.id.clone()),
            roller_name: roller.map(|(roller, _)| truncated(&roller.name, LONGEST_NAME)),
            needle_um: roller.map(|(roller, _)| roller.needle.0),
            roller_uses: roller.map(|(_, uses)| *uses),
            roller_retired: false,
            length_acknowledged: false,
            contact: Some("not-known".to_owned()),
            contact_ms: None,
            cues_heard: None,
            rolled_ms: 0,
            pauses: Some(0),
            paused_ms: Some(0),
            touches: Some(0),
            hand_cleans: Some(0),
            roller_events: Some(0),
            order: Section::ALL.to_vec(),
            sections: Section::ALL.into_iter().map(|section| self.section(section)).collect(),
            sum: String::new(),
        }
    }

    fn section(&self, section: Section) -> SectionFields {
        let end = if self.sections.contains(section) { SectionEnd::Done } else { SectionEnd::LeftOut };
        SectionFields {
            section,
            end,
            planned_ms: 0,
            rolled_ms: 0,
            strokes: Vec::new(),
            skip: Vec::new(),
            round: Vec::new(),
            cut_off: 0,
            one_more: false,
        }
    }
}
