//! Days that hold the interval although no readable session record says so: the record was deleted, or its header is
//! damaged. Skin does not heal faster because a record is gone, and a roller used on such a day has still been used.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::disk::Disk;
use super::facts::{Facts, Retirement};
use super::file::SaveError;
use super::folder;
use super::history::UncountedFile;
use super::listing::{Listing, MisplacedFile};
use super::names::{INTERVALS, start_of_id};
use super::past::Past;
use super::read::{read, unverified_entries};
use super::text::{TomlBlock, sanitised};
use super::toml_file::{as_written, bytes, parse};
use crate::calendar::Date;

const TEXT: &str = "# A session was deleted in which skin was rolled. Its day is kept for the interval, and which rollers \
                    were used and\n# retired; nothing else of it.\n";

/// What is left of a session that may have rolled the skin and whose record is missing or unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRemnant {
    /// The session's id, or at least the timestamp that it begins with.
    pub id: String,
    /// The local day.
    pub day: Date,
    /// The file that tells most about it.
    pub path: PathBuf,
    /// Other files of the same session, which add nothing.
    pub others: Vec<PathBuf>,
    /// No complete record tells of it.
    pub is_doubtful: bool,
    /// Something in the file says that the drum touched the skin.
    pub tells_of_rolling: bool,
    /// Ids of the rollers that touched the skin, as far as is known.
    pub rollers: Vec<String>,
    /// The rollers that were retired in it, as far as is known.
    pub retired: Vec<Retirement>,
}

/// The file that holds the day of a deleted session. Both lists are required, so that a file that was cut off cannot
/// pass for a complete one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldFile {
    #[serde(rename = "format")]
    _format: Option<u64>,
    rollers: Vec<String>,
    retired: Vec<String>,
}

/// Saves the day of the session `past`, which is about to be deleted, with the rollers it used and retired.
///
/// # Errors
/// If the file cannot be written, or one of that name exists and cannot be read. The session must not be deleted then.
pub fn save(disk: &dyn Disk, root: &Path, past: &Past) -> Result<(), SaveError> {
    let folder = root.join(INTERVALS);
    let path = folder.join(format!("{}.toml", past.id));
    let save = |error| SaveError::new(&path, error);
    folder::make(disk, &folder).map_err(save)?;
    let past_retired: Vec<String> = past.retired.iter().map(|retired| retired.roller.clone()).collect();
    match folder::write_new(disk, &path, noted(&past.rollers, &past_retired).as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        written => return written.map(|_| ()).map_err(save),
    }
    // The session was deleted once before, here or on another computer, and then came back or went on.
    let there = bytes(&path).and_then(|bytes| read_hold_file(&bytes)).map_err(|why| save(io::Error::other(why)))?;
    let (rollers, retired) = (union(&there.rollers, &past.rollers), union(&there.retired, &past_retired));
    if rollers == there.rollers && retired == there.retired {
        return Ok(());
    }
    folder::replace(disk, &path, noted(&rollers, &retired).as_bytes()).map(|_| ()).map_err(save)
}

fn noted(rollers: &[String], retired: &[String]) -> String {
    let mut lines = TomlBlock::default();
    lines.texts("rollers", Some(rollers));
    lines.texts("retired", Some(retired));
    format!("{TEXT}{}", lines.finish())
}

/// `some` and those of `more` that are not among them.
fn union(some: &[String], more: &[String]) -> Vec<String> {
    some.iter().chain(more.iter().filter(|id| !some.contains(id))).cloned().collect()
}

/// A session that can be read, as far as it is compared with the remnants of the same session.
pub struct ReadableSession<'a> {
    /// Its id.
    pub id: &'a str,
    /// The drum touched the skin, for however long.
    pub touched_skin: bool,
    /// Its day, if that counts as a person typed it: it is from paper and not struck out.
    pub typed_day: Option<Date>,
    /// Ids of the rollers that touched the skin.
    pub rollers: &'a mut Vec<String>,
    /// The rollers that were retired in it.
    pub retired: &'a mut Vec<Retirement>,
}

impl<'a> ReadableSession<'a> {
    /// That of `past`.
    pub fn of(past: &'a mut Past) -> ReadableSession<'a> {
        let typed_day = past.typed_day();
        let Past { id, touched_skin, rollers, retired, .. } = past;
        ReadableSession { id, touched_skin: *touched_skin, typed_day, rollers, retired }
    }
}

impl Listing {
    /// Sorts the other files: into remnants of sessions that `past` does not account for, and files to report. `past`
    /// holds the sessions that can be read; rollers that only a copy of one mentions are added to it.
    ///
    /// A session in `past` counts by its own record, with one exception: if it records no rolling and another file of
    /// the same session does, the remnant counts too. The same record may have ended differently on two computers.
    pub fn classify<'a>(
        self,
        past: impl Iterator<Item = ReadableSession<'a>>,
    ) -> (Vec<SessionRemnant>, Vec<UncountedFile>) {
        let mut past: Vec<ReadableSession<'_>> = past.collect();
        let mut uncounted = Vec::new();
        let mut all = Vec::new();
        for (id, path) in self.deleted {
            let (remnant, why) = of_deleted(&id, &path);
            all.extend(remnant);
            uncounted.extend(why.map(|why| UncountedFile::new(path, why)));
        }
        for misplaced in self.misplaced {
            all.extend(of_misplaced(&misplaced));
            uncounted.extend(misplaced.is_reported.then_some(misplaced.uncounted));
        }
        // Files that tell most come first, so that they become the remnant and the rest its `others`.
        all.sort_by_key(|remnant| (!remnant.tells_of_rolling, remnant.is_doubtful));
        let mut remnants: Vec<SessionRemnant> = Vec::new();
        for remnant in all {
            let own = past.iter_mut().find(|past| past.id.starts_with(&remnant.id));
            let is_news = own.as_ref().is_none_or(|own| remnant.tells_of_rolling && !own.touched_skin);
            match (own, remnants.iter_mut().find(|other| other.id == remnant.id)) {
                (Some(own), _) if !is_news => {
                    *own.rollers = union(own.rollers, &remnant.rollers);
                    *own.retired = Retirement::union(own.retired, &remnant.retired);
                }
                (_, Some(other)) => {
                    other.rollers = union(&other.rollers, &remnant.rollers);
                    other.retired = Retirement::union(&other.retired, &remnant.retired);
                    other.others.push(remnant.path);
                }
                (_, None) => remnants.push(remnant),
            }
        }
        // A correction that cannot be read may have put it on any day up to that on which it was written.
        for (id, written, path) in self.unread_days {
            let typed = past.iter().find(|past| past.id == id).and_then(|past| past.typed_day);
            let day = Date::of(written);
            if typed.is_some_and(|typed| typed < day) {
                remnants.extend(remnant(&id, &path).map(|remnant| SessionRemnant { day, ..remnant }));
            }
        }
        (remnants, uncounted)
    }
}

/// Version 1 writes no format. If a file states one, it is checked.
fn read_hold_file(text: &[u8]) -> Result<HoldFile, String> {
    let refused = |error: toml::de::Error| format!("is not understood: {}", sanitised(error.message(), 200));
    let plain = as_written(text)?;
    let table: toml::Table = toml::from_str(&plain).map_err(refused)?;
    if table.contains_key("format") { parse(text) } else { toml::from_str(&plain).map_err(refused) }
}

/// The remnant for the file of a deleted session. Even an unreadable file holds its day, since its name tells the date;
/// the second value says why it cannot be read.
fn of_deleted(id: &str, path: &Path) -> (Option<SessionRemnant>, Option<String>) {
    let kept = bytes(path).and_then(|bytes| read_hold_file(&bytes));
    let is_doubtful = kept.is_err();
    let (kept, why) = match kept {
        Ok(kept) => (Some(kept), None),
        Err(why) => (None, Some(why)),
    };
    let (rollers, retired) = kept.map(|kept| (kept.rollers, kept.retired)).unwrap_or_default();
    // Only their names are kept of a deleted session.
    let at = start_of_id(id).unwrap_or_default().unix;
    let retired = retired.into_iter().map(|roller| Retirement { roller, at }).collect();
    let remnant = remnant(id, path).map(|remnant| SessionRemnant {
        rollers,
        retired,
        is_doubtful,
        tells_of_rolling: true,
        ..remnant
    });
    (remnant, why)
}

/// Decides what a file counts for that is no readable session under its own name. This is the only place that does. A
/// readable copy says itself whether skin was rolled. Any other file that stands for a session holds its day, whatever
/// is left of it, since nobody can say that nothing was rolled. Entries found in it have no checksum to prove them, so
/// they are read on the cautious side.
fn of_misplaced(misplaced: &MisplacedFile) -> Option<SessionRemnant> {
    let path = &misplaced.uncounted.path;
    if let Ok(reading) = read(path) {
        let past = Past::of(path, &reading);
        let holds = past.holds_interval();
        let Past { id, started, closed, rollers, retired, damaged_lines, touched_skin: tells_of_rolling, .. } = past;
        let is_doubtful = !damaged_lines.is_empty() || closed.is_none();
        let (day, path, others) = (Date::of(started.wall()), path.clone(), Vec::new());
        return holds.then_some(SessionRemnant {
            id,
            day,
            path,
            others,
            is_doubtful,
            tells_of_rolling,
            rollers,
            retired,
        });
    }
    let id = misplaced.session.as_deref()?;
    let (of_deleted, why) = of_deleted(id, path);
    if misplaced.is_of_deleted || why.is_none() {
        return of_deleted;
    }
    let entries = folder::read(path).as_deref().map(unverified_entries).unwrap_or_default();
    let facts = Facts::of(entries.iter(), true);
    let tells_of_rolling = facts.touched_skin;
    Some(SessionRemnant { rollers: facts.rollers, retired: facts.retired, tells_of_rolling, ..remnant(id, path)? })
}

/// The remnant of the session `id` as far as its name alone tells.
fn remnant(id: &str, path: &Path) -> Option<SessionRemnant> {
    Some(SessionRemnant {
        id: id.to_owned(),
        day: Date::of(start_of_id(id)?),
        path: path.to_owned(),
        others: Vec::new(),
        is_doubtful: true,
        tells_of_rolling: false,
        rollers: Vec::new(),
        retired: Vec::new(),
    })
}
