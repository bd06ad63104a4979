//! All sessions below a data folder, oldest first, each with the notes beside it, and what is not among them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::FollowUpRow;
use crate::calendar::Date;
use crate::record::follow_up;
use crate::record::history::{UncountedFile, open};
use crate::record::interval_hold::ReadableSession;
use crate::record::listing::Listing;
use crate::record::parallel::in_parallel;
use crate::record::read::Depth;
use crate::record::{Past, Reading};

/// What a data folder has beside the sessions that are exported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotExported {
    /// Sessions that were begun and never closed: they are not among the others.
    pub interrupted: Vec<PathBuf>,
    /// Files that are not counted, or not whole, each with the reason.
    pub uncounted: Vec<UncountedFile>,
    /// The last day on which the skin was rolled in a session that is not among them: one whose record is gone or
    /// cannot be read, or that was never closed.
    pub last_hold: Option<Date>,
}

/// The sessions below a data folder, oldest first. They are read when they are asked for; of those that
/// were given only what bears on the others is kept.
pub struct Sessions {
    listing: Listing,
    files: Box<dyn Iterator<Item = (PathBuf, Result<Reading, UncountedFile>)>>,
    /// Where the notes on those that were not read yet are.
    notes: BTreeMap<String, Vec<PathBuf>>,
    /// Of those that were read: the id, whether it touched the skin, its rollers, and those that were retired in it.
    read: Vec<(String, bool, Vec<String>, Vec<String>)>,
    /// The day of the last one that counts.
    previous: Option<Date>,
    /// Notes that cannot be read, and sessions that are given in part.
    partly: Vec<UncountedFile>,
    rest: NotExported,
}

/// The sessions below the data folder `root`, read as far as `depth` says: the answers and the whole sign-out are in those
/// alone that are read whole. What cannot be read is named and left as it is. No folder means no sessions.
pub fn sessions(root: &Path, depth: Depth) -> Sessions {
    let mut listing = Listing::of(root);
    let paths = core::mem::take(&mut listing.sessions);
    Sessions {
        listing,
        notes: follow_up::by_session(paths.iter().map(PathBuf::as_path)),
        files: Box::new(in_parallel(paths.into_iter().rev(), move |path| open(path, depth))),
        read: Vec::new(),
        previous: None,
        partly: Vec::new(),
        rest: NotExported::default(),
    }
}

impl Sessions {
    /// What the person is told of, as far as it was found without reading a session.
    pub fn reported(&self) -> impl Iterator<Item = &UncountedFile> {
        self.listing.reported()
    }

    /// Reads those that nobody asked for, and tells what is not among the sessions.
    pub fn rest(mut self) -> NotExported {
        self.by_ref().for_each(drop);
        let (remnants, uncounted) =
            self.listing.classify(self.read.iter_mut().map(|(id, touched_skin, rollers, retired)| ReadableSession {
                id,
                touched_skin: *touched_skin,
                rollers,
                retired,
            }));
        let orphans =
            self.notes.into_iter().flat_map(|(id, paths)| paths.into_iter().map(move |path| orphan(path, &id)));
        NotExported {
            uncounted: uncounted.into_iter().chain(self.partly).chain(orphans).collect(),
            last_hold: remnants.into_iter().map(|remnant| remnant.day).chain(self.rest.last_hold).max(),
            ..self.rest
        }
    }

    /// What is exported of the session in the file at `path`. One that was never closed is not, as it may still be gone on
    /// with, unless the drum was on the skin and its file can no longer be closed: that one counts.
    fn read(&mut self, path: &Path, reading: &Reading) -> Option<Past> {
        let mut past = Past::of(path, reading);
        let notes = self.notes.remove(&past.id).unwrap_or_default();
        let (follow_ups, unread) = follow_up::read_all(&notes, &past.id);
        self.partly.extend(unread);
        self.read.push((past.id.clone(), past.touched_skin, past.rollers.clone(), past.retired.clone()));
        if past.closed.is_none() && !past.counted {
            self.rest.interrupted.push(path.to_owned());
            // Whether one that is merely not closed rolled the skin is asked at the next start; no date is made of it.
            let day = (past.holds_interval() && !past.may_have_rolled()).then(|| past.day());
            self.rest.last_hold = self.rest.last_hold.max(day);
            return None;
        }
        let damage = reading.damage.first().map(|damage| format!("is given as far as it is sound: {damage}"));
        self.partly.extend(damage.map(|damage| UncountedFile::new(path.to_owned(), damage)));
        past.follow_ups = follow_ups.into_iter().map(FollowUpRow::of).collect();
        if past.counted {
            // Sessions come in the order of their time. On a way across the date line the next may begin on the day before.
            past.days_since_previous = self.previous.map(|previous| past.day().days_since(previous).max(0));
            self.previous = Some(past.day());
        }
        Some(past)
    }
}

impl Iterator for Sessions {
    type Item = Past;

    fn next(&mut self) -> Option<Past> {
        loop {
            let (path, reading) = self.files.next()?;
            match reading.map(|reading| self.read(&path, &reading)) {
                Ok(None) => {}
                Ok(session) => return session,
                Err(uncounted) => self.listing.refuse(uncounted),
            }
        }
    }
}

fn orphan(path: PathBuf, id: &str) -> UncountedFile {
    let why = follow_up::read(&path, id).err();
    UncountedFile::new(
        path,
        why.unwrap_or_else(|| "is a note on a session that is not there or cannot be read".to_owned()),
    )
}
