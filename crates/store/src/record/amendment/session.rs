//! What is read of a session, with its amendments in it.

use std::path::Path;

use super::{Amended, in_folder};
use crate::calendar::Date;
use crate::record::entry::RecordedEntry;
use crate::record::folder;
use crate::record::header::RecordKind;
use crate::record::history::UncountedFile;
use crate::record::read::{ReadError, read};
use crate::record::reading::Reading;
use crate::record::timestamp::Timestamp;
use crate::record::walk::children;
use engine::protocol::Section;
use engine::session::{Event, Outcome, SectionEnd};
use engine::timeline::Wall;

/// The session in the file at `path` with its amendments.
///
/// # Errors
/// As [`read`].
pub fn read_session(path: &Path) -> Result<Reading, ReadError> {
    read(path).map(|reading| reading.amended_by(of_session(path).0))
}

/// The amendments of the session in the file at `path`, and the files beside it that cannot be read.
pub fn of_session(path: &Path) -> (Amended, Vec<UncountedFile>) {
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut beside = children(folder::of(path), &mut Vec::new());
    beside.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&*id)));
    let (all, uncounted, _) = in_folder(beside);
    (all.of(&id), uncounted)
}

impl Reading {
    /// The same with `amended` in it. Of a session that the program ran only what a person said of it is corrected, and
    /// its day.
    pub(in crate::record) fn amended_by(mut self, amended: Amended) -> Reading {
        if let Some(day) = amended.last(|one| one.day).and_then(|day| Date::parse(&day.to_string())) {
            let began = self.header.started.wall();
            let days = day.days_since(Date::of(began));
            let moved = |wall: Wall| Wall { unix: wall.unix.saturating_add(days.saturating_mul(86_400)), ..wall };
            self.header.started = Timestamp::of(moved(began));
            // A session from paper was closed when it was entered.
            if let Some(summary) = self.summary.as_mut().filter(|_| self.header.kind != RecordKind::Log) {
                summary.closed = Timestamp::of(moved(summary.closed.wall()));
            }
        }
        if self.header.kind == RecordKind::Log {
            self.amend_paper(&amended);
        }
        let feel = amended.last(|one| one.feel).map(|level| Event::Felt { level });
        let note = amended.last(|one| one.note.clone()).map(|text| Event::Noted { text });
        let last = self.entries.iter().chain(&self.after_summary).map(|entry| (entry.n, entry.t)).next_back();
        let (n, t) = last.unwrap_or_default();
        let at = amended.corrected().unwrap_or(self.header.started);
        let corrected = feel.into_iter().chain(note).zip(n.saturating_add(1)..);
        let entries = corrected.map(|(event, n)| RecordedEntry { n, t, at, event, sum: String::new() });
        self.after_summary.extend(entries);
        self.amended = amended;
        self
    }

    fn amend_paper(&mut self, amended: &Amended) {
        let serum = |one: &super::Amendment| Some((one.serum.clone()?, one.brand.clone(), one.opened));
        if let Some((name, brand, opened)) = amended.last(serum) {
            self.header.serum = Some(name);
            self.header.serum_brand = brand;
            self.header.serum_opened = opened;
        }
        let Some(summary) = &mut self.summary else { return };
        let roller = |one: &super::Amendment| Some((one.roller.clone()?, one.roller_name.clone()?, one.needle_um?));
        if let Some((id, name, needle_um)) = amended.last(roller) {
            summary.roller = Some(id);
            summary.roller_name = Some(name);
            summary.needle_um = Some(needle_um);
            // Nobody counted them; of paper they are not shown.
            summary.roller_uses = Some(0);
        }
        if let Some(rolled) = amended.last(|one| one.sections.clone()).filter(|rolled| !rolled.is_empty()) {
            for part in &mut summary.sections {
                part.end = if rolled.contains(&part.section) { SectionEnd::Done } else { SectionEnd::LeftOut };
            }
            let is_whole = Section::ALL.iter().all(|section| rolled.contains(section));
            summary.outcome = if is_whole { Outcome::Finished } else { Outcome::Part };
        }
    }
}
