//! Reads all sessions below a data folder for an export, oldest first, each with its follow-ups, and what is left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::FollowUpRow;
use crate::calendar::Date;
use crate::record::amendment::Amendments;
use crate::record::follow_up;
use crate::record::history::{UncountedFile, open};
use crate::record::interval_hold::ReadableSession;
use crate::record::listing::Listing;
use crate::record::parallel::in_parallel;
use crate::record::read::Depth;
use crate::record::{Damage, FollowUp, Past, Retirement, Totals};

/// What a data folder holds that is not exported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotExported {
    /// Sessions that were begun and never closed.
    pub interrupted: Vec<PathBuf>,
    /// Files that are not counted, or damaged, each with the reason.
    pub uncounted: Vec<UncountedFile>,
    /// The last day on which a session rolled the skin that is not exported, because its record is gone, unreadable or
    /// was never closed.
    pub last_hold: Option<Date>,
    /// What all sessions add up to, exported or not.
    pub totals: Totals,
}

impl NotExported {
    /// Whether the uses of every roller are known.
    pub fn knows_uses(&self) -> bool {
        self.totals.knows_uses() && !self.uncounted.iter().any(|uncounted| uncounted.is_unlisted)
    }
}

/// A session, and the first damage of its file.
type Found = (Past, Option<Damage>);

/// The sessions below a data folder, oldest first. Each is read when it is asked for; of earlier ones only what affects
/// others is kept.
pub struct Sessions {
    listing: Listing,
    files: Box<dyn Iterator<Item = (PathBuf, Result<Found, UncountedFile>)>>,
    /// Struck sessions and notes are exported as well.
    with_struck: bool,
    amendments: Arc<Amendments>,
    /// The paths of follow-ups on sessions that were not read yet, by session id.
    notes: BTreeMap<String, Vec<PathBuf>>,
    read: Vec<ReadSession>,
    /// The day of the last session that counts.
    previous: Option<Date>,
    /// Follow-ups that cannot be read, and sessions that are exported in part.
    partly: Vec<UncountedFile>,
    rest: NotExported,
}

/// What of a session that was read is compared with remnants of it; see [`ReadableSession`].
struct ReadSession {
    id: String,
    touched_skin: bool,
    typed_day: Option<Date>,
    rollers: Vec<String>,
    retired: Vec<Retirement>,
}

/// The sessions below the data folder `root`, read to the given `depth`; only at the whole depth do they have all
/// answers. What was struck out is left out unless `with_struck`. Files that cannot be read are reported and left as
/// they are. A missing folder holds no sessions.
pub fn sessions(root: &Path, depth: Depth, with_struck: bool) -> Sessions {
    let mut listing = Listing::of(root);
    let paths = core::mem::take(&mut listing.sessions);
    let amendments = Arc::new(core::mem::take(&mut listing.amendments));
    let amended = amendments.clone();
    let one = move |path: &PathBuf| {
        let reading = open(path, depth, &amended)?;
        Ok((Past::of(path, &reading), reading.damage.into_iter().next()))
    };
    Sessions {
        listing,
        with_struck,
        amendments,
        notes: follow_up::by_session(paths.iter().map(PathBuf::as_path)),
        files: Box::new(in_parallel(paths.into_iter().rev(), one)),
        read: Vec::new(),
        previous: None,
        partly: Vec::new(),
        rest: NotExported::default(),
    }
}

impl Sessions {
    /// The files to report, as far as they are known without reading a session.
    pub fn reported(&self) -> impl Iterator<Item = &UncountedFile> {
        self.listing.reported()
    }

    /// What was struck out or corrected.
    pub(super) fn amendments(&self) -> Arc<Amendments> {
        self.amendments.clone()
    }

    /// Reads the remaining sessions and returns what is not exported.
    pub fn rest(mut self) -> NotExported {
        self.by_ref().for_each(drop);
        let (remnants, uncounted) = self.listing.classify(self.read.iter_mut().map(|read| ReadableSession {
            id: &read.id,
            touched_skin: read.touched_skin,
            typed_day: read.typed_day,
            rollers: &mut read.rollers,
            retired: &mut read.retired,
        }));
        let mut totals = self.rest.totals;
        remnants.iter().for_each(|remnant| totals.add_remnant(remnant));
        let orphans =
            self.notes.into_iter().flat_map(|(id, paths)| paths.into_iter().map(move |path| orphan(path, &id)));
        NotExported {
            uncounted: uncounted.into_iter().chain(self.partly).chain(orphans).collect(),
            last_hold: remnants.into_iter().map(|remnant| remnant.day).chain(self.rest.last_hold).max(),
            interrupted: self.rest.interrupted,
            totals,
        }
    }

    /// The session `past` in the file at `path` as it is exported, with the first `damage` of that file. One that was
    /// never closed is left out, since it may still be resumed. If the drum touched the skin and the file can no longer
    /// be closed, it counts and is exported.
    fn read(&mut self, path: PathBuf, mut past: Past, damage: Option<Damage>) -> Option<Past> {
        let notes = self.notes.remove(&past.id).unwrap_or_default();
        let (follow_ups, unread) = follow_up::read_all(&notes, &past.id, &self.amendments);
        self.partly.extend(unread);
        self.rest.totals.add(&past);
        self.read.push(ReadSession {
            id: past.id.clone(),
            touched_skin: past.touched_skin,
            typed_day: past.typed_day(),
            rollers: past.rollers.clone(),
            retired: past.retired.clone(),
        });
        // One that is damaged is closed no more, so that it can be struck out as it is.
        let can_be_struck = !past.damaged_lines.is_empty();
        if past.closed.is_none() && !past.counted && !(can_be_struck && past.struck.is_some()) {
            self.rest.interrupted.push(path);
            // Whether a session that was merely never closed rolled the skin is asked at the next start, so it sets no
            // date.
            let day = (past.holds_interval() && !past.may_have_rolled()).then(|| past.day());
            self.rest.last_hold = self.rest.last_hold.max(day);
            return None;
        }
        if past.struck.is_some() && !self.with_struck {
            // What was rolled was rolled: the next date is counted from its day.
            let day = past.holds_interval().then(|| past.day());
            self.rest.last_hold = self.rest.last_hold.max(day);
            return None;
        }
        let damage = damage.map(|damage| format!("is given as far as it is sound: {damage}"));
        self.partly.extend(damage.map(|damage| UncountedFile::new(path, damage)));
        let is_exported = |follow_up: &FollowUp| follow_up.struck.is_none() || self.with_struck;
        past.follow_ups = follow_ups.into_iter().filter(is_exported).map(FollowUpRow::of).collect();
        if past.counted {
            // Sessions come in order of time. After a trip across the date line the next may be dated on the day
            // before.
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
            let (path, read) = self.files.next()?;
            match read.map(|(past, damage)| self.read(path, past, damage)) {
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
