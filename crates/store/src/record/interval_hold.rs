//! Days on which the skin was rolled although no sound record tells of it: the record was deleted, or its top is
//! damaged. They hold the interval all the same, since the skin does not heal faster for it; and a roller that was
//! used then is no fresh one.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::disk::Disk;
use super::facts::Facts;
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

/// What is left of a session in which the skin was rolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRemnant {
    /// The session's id, as far as it is known: the stamp with which it begins, at least.
    pub id: String,
    /// The local day.
    pub day: Date,
    /// The file that says most of it.
    pub path: PathBuf,
    /// Other files of the same session, which say no more.
    pub others: Vec<PathBuf>,
    /// Less than a whole record tells of it.
    pub is_doubtful: bool,
    /// Something in the file says that the drum was on the skin.
    pub tells_of_rolling: bool,
    /// Ids of the rollers that were on the skin, as far as is known.
    pub rollers: Vec<String>,
    /// Ids of the rollers that were retired in it, as far as is known.
    pub retired: Vec<String>,
}

/// What the file of a deleted session says. Both are required, so that one that was cut off does not pass for a whole one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldFile {
    #[serde(rename = "format")]
    _format: Option<u64>,
    rollers: Vec<String>,
    retired: Vec<String>,
}

/// Keeps the day of the session `past`, which is about to be deleted, and the rollers used in it.
///
/// # Errors
/// When that cannot be written, or another file stands there that cannot be read; then the session must stay.
pub fn save(disk: &dyn Disk, root: &Path, past: &Past) -> Result<(), SaveError> {
    let folder = root.join(INTERVALS);
    let path = folder.join(format!("{}.toml", past.id));
    let save = |error| SaveError::new(&path, error);
    folder::make(disk, &folder).map_err(save)?;
    match folder::write_new(disk, &path, noted(&past.rollers, &past.retired).as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        written => return written.map(|_| ()).map_err(save),
    }
    // It was deleted before, here or on another computer, and went on or came back meanwhile.
    let there = bytes(&path).and_then(|bytes| read_hold_file(&bytes)).map_err(|why| save(io::Error::other(why)))?;
    let (rollers, retired) = (union(&there.rollers, &past.rollers), union(&there.retired, &past.retired));
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

/// What is held against the traces of a session that can be read.
pub struct ReadableSession<'a> {
    /// Its id.
    pub id: &'a str,
    /// The drum was on the skin, for however long.
    pub touched_skin: bool,
    /// Ids of the rollers that touched the skin.
    pub rollers: &'a mut Vec<String>,
    /// Ids of the rollers that were retired in it.
    pub retired: &'a mut Vec<String>,
}

impl<'a> ReadableSession<'a> {
    /// That of `past`.
    pub fn of(past: &'a mut Past) -> ReadableSession<'a> {
        let Past { id, touched_skin, rollers, retired, .. } = past;
        ReadableSession { id, touched_skin: *touched_skin, rollers, retired }
    }
}

impl Listing {
    /// The traces of sessions that do not tell all that is known of them themselves, and the files that are told of. `past`
    /// are the sessions that can be read. What a copy of one of them says of rollers is added to it.
    ///
    /// A session that is there speaks for itself, unless it tells of no rolling and another file does: on two computers one
    /// record may end in two ways.
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
        // What says most is heard first.
        all.sort_by_key(|remnant| (!remnant.tells_of_rolling, remnant.is_doubtful));
        let mut remnants: Vec<SessionRemnant> = Vec::new();
        for remnant in all {
            let own = past.iter_mut().find(|past| past.id.starts_with(&remnant.id));
            let is_news = own.as_ref().is_none_or(|own| remnant.tells_of_rolling && !own.touched_skin);
            match (own, remnants.iter_mut().find(|other| other.id == remnant.id)) {
                (Some(own), _) if !is_news => {
                    *own.rollers = union(own.rollers, &remnant.rollers);
                    *own.retired = union(own.retired, &remnant.retired);
                }
                (_, Some(other)) => {
                    other.rollers = union(&other.rollers, &remnant.rollers);
                    other.retired = union(&other.retired, &remnant.retired);
                    other.others.push(remnant.path);
                }
                (_, None) => remnants.push(remnant),
            }
        }
        (remnants, uncounted)
    }
}

/// Version 1 writes no format. One that says a format is held to it.
fn read_hold_file(text: &[u8]) -> Result<HoldFile, String> {
    let refused = |error: toml::de::Error| format!("is not understood: {}", sanitised(error.message(), 200));
    let plain = as_written(text)?;
    let table: toml::Table = toml::from_str(&plain).map_err(refused)?;
    if table.contains_key("format") { parse(text) } else { toml::from_str(&plain).map_err(refused) }
}

/// A note that cannot be read any more holds its day too: its name says all that matters. With it why it cannot.
fn of_deleted(id: &str, path: &Path) -> (Option<SessionRemnant>, Option<String>) {
    let kept = bytes(path).and_then(|bytes| read_hold_file(&bytes));
    let is_doubtful = kept.is_err();
    let (kept, why) = match kept {
        Ok(kept) => (Some(kept), None),
        Err(why) => (None, Some(why)),
    };
    let (rollers, retired) = kept.map(|kept| (kept.rollers, kept.retired)).unwrap_or_default();
    let remnant = remnant(id, path).map(|remnant| SessionRemnant {
        rollers,
        retired,
        is_doubtful,
        tells_of_rolling: true,
        ..remnant
    });
    (remnant, why)
}

/// The one place that says what a file is worth that is no sound session under its own name. A sound copy says so
/// itself. Any other file that stands for a session holds its day, whatever is left of it: nobody can say that nothing
/// was rolled. Nothing vouches for what still reads like entries in it, so that it is believed to the careful side.
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

/// What the name alone tells of the session `id`.
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
