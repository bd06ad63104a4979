//! All sessions below a data folder, oldest first, each with the notes beside it, and what is not among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Range, Session};
use crate::calendar::Date;
use crate::record::history::{Odd, Past, open};
use crate::record::listing::Listing;
use crate::record::names::note_of;
use crate::record::{Reading, folder, later, later::Remark};

/// What a data folder has to export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathered {
    /// Oldest first.
    pub sessions: Vec<Session>,
    /// Sessions that were begun and never closed: they are not among the others.
    pub unfinished: Vec<PathBuf>,
    /// Files that are not counted, or not whole, each with the reason.
    pub odd: Vec<Odd>,
    /// The last day on which the skin was rolled in a session that is not among them: one whose record is gone or
    /// cannot be read, or that was never closed.
    pub held: Option<Date>,
}

impl Gathered {
    /// The sessions of `range`.
    pub fn within(&self, range: Range) -> Vec<&Session> {
        self.sessions.iter().filter(|session| range.holds(session.day())).collect()
    }
}

/// Reads everything below the data folder `root`. What cannot be read is named and left as it is. No folder means no
/// sessions.
pub fn gather(root: &Path) -> Gathered {
    let mut listing = Listing::of(root);
    let paths = core::mem::take(&mut listing.sessions);
    let mut gathered = Gathered::default();
    let mut past = Vec::new();
    let mut partly = Vec::new();
    let mut notes = Notes::beside(&paths, &mut partly);
    let mut previous = None;
    for path in paths.into_iter().rev() {
        let reading = match open(&path) {
            Ok(reading) => reading,
            Err(odd) => {
                listing.refuse(odd);
                continue;
            }
        };
        let one = Past::of(&path, &reading);
        let taken = take(&mut gathered, &mut notes, &mut previous, &one, &reading);
        let damage = reading.damage.first().filter(|_| taken);
        partly.extend(damage.map(|damage| Odd::new(path, format!("is given as far as it is sound: {damage}"))));
        past.push(one);
    }
    let (traces, odd) = listing.judge(&mut past);
    gathered.odd = odd;
    gathered.held = traces.into_iter().map(|trace| trace.day).chain(gathered.held).max();
    gathered.odd.extend(partly);
    gathered.odd.extend(notes.orphans());
    gathered
}

/// Whether the session is in the export. One that was never closed is not, as it may still be gone on with, unless the
/// drum was on the skin and its file can no longer be closed: that one counts.
fn take(
    gathered: &mut Gathered,
    notes: &mut Notes,
    previous: &mut Option<Date>,
    past: &Past,
    reading: &Reading,
) -> bool {
    let remarks = notes.of(&past.id);
    if past.closed.is_none() && !past.counts() {
        gathered.unfinished.push(past.path.clone());
        // Whether one that is merely not closed rolled the skin is asked at the next start; no date is made of it.
        let day = (past.holds_interval() && !past.may_have_rolled()).then(|| Date::of(past.started.wall()));
        gathered.held = gathered.held.max(day);
        return false;
    }
    let session = Session::of(past, reading, remarks, *previous);
    if session.counted {
        *previous = Some(session.day());
    }
    gathered.sessions.push(session);
    true
}

/// The notes beside the sessions. Each folder is listed once, however many sessions stand in it.
struct Notes {
    by_session: BTreeMap<String, Vec<(PathBuf, Remark)>>,
}

impl Notes {
    fn beside(sessions: &[PathBuf], odd: &mut Vec<Odd>) -> Notes {
        let folders: BTreeSet<&Path> = sessions.iter().map(|path| folder::of(path)).collect();
        let mut notes = Notes { by_session: BTreeMap::new() };
        for folder in folders {
            // A folder that cannot be listed has been named with the sessions.
            for child in fs::read_dir(folder).into_iter().flatten().flatten() {
                notes.hear(child.path(), odd);
            }
        }
        for of_one in notes.by_session.values_mut() {
            of_one.sort_by(|(path, remark), (other_path, other)| {
                (remark.written.wall().unix, path).cmp(&(other.written.wall().unix, other_path))
            });
        }
        notes
    }

    fn hear(&mut self, path: PathBuf, odd: &mut Vec<Odd>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(id) = note_of(&name) else { return };
        match later::remark(&path, id) {
            Ok(remark) => self.by_session.entry(id.to_owned()).or_default().push((path, remark)),
            Err(why) => odd.push(Odd::new(path, why)),
        }
    }

    fn of(&mut self, id: &str) -> Vec<Remark> {
        let of_one = self.by_session.remove(id).unwrap_or_default();
        of_one.into_iter().map(|(_, remark)| remark).collect()
    }

    /// Those whose session is not there.
    fn orphans(self) -> impl Iterator<Item = Odd> {
        let why = || "is a note on a session that is not there or cannot be read".to_owned();
        self.by_session.into_values().flatten().map(move |(path, _)| Odd::new(path, why()))
    }
}
