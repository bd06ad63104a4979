//! Days on which the skin was rolled although no sound record tells of it: the record was deleted, or its top is
//! damaged. They hold the interval all the same, since the skin does not heal faster for it; and a roller that was
//! used then is no fresh one.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::history::{Odd, Past};
use super::listing::children;
use super::names::{ELSEWHERE, INTERVALS, begins_with_id, begun, belongs_to, evicted, id_of, own_name, stands_for};
use super::read::{read, unvouched};
use super::small::{as_written, bytes, parse};
use super::text::{Lines, visible};
use super::told::Told;
use crate::calendar::Date;

const TEXT: &str = "# A session was deleted in which skin was rolled. Its day is kept for the interval, and which rollers \
                    were used and\n# retired; nothing else of it.\n";

/// What is left of a session in which the skin was rolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The session's id, as far as the name of the file tells it.
    pub id: String,
    /// The local day.
    pub day: Date,
    /// Its file.
    pub path: PathBuf,
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
struct Kept {
    #[serde(rename = "format")]
    _format: Option<u64>,
    rollers: Vec<String>,
    retired: Vec<String>,
}

/// Keeps the day of the session `past`, which is about to be deleted, and the rollers used in it.
///
/// # Errors
/// When that cannot be written, or another file stands there that cannot be read; then the session must stay.
pub fn hold(disk: &dyn Disk, root: &Path, past: &Past) -> Result<(), SaveError> {
    let folder = root.join(INTERVALS);
    let path = folder.join(format!("{}.toml", past.id));
    let save = |error| SaveError::new(&path, error);
    folder::make(disk, &folder).map_err(save)?;
    match folder::write_new(disk, &path, noted(&past.rollers, &past.retired).as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        written => return written.map(|_| ()).map_err(save),
    }
    // It was deleted before, here or on another computer, and went on or came back meanwhile.
    let there = bytes(&path).and_then(|bytes| kept(&bytes)).map_err(|why| save(io::Error::other(why)))?;
    let (rollers, retired) = (union(&there.rollers, &past.rollers), union(&there.retired, &past.retired));
    if rollers == there.rollers && retired == there.retired {
        return Ok(());
    }
    folder::replace(disk, &path, noted(&rollers, &retired).as_bytes()).map(|_| ()).map_err(save)
}

fn noted(rollers: &[String], retired: &[String]) -> String {
    let mut lines = Lines::default();
    lines.texts("rollers", Some(rollers));
    lines.texts("retired", Some(retired));
    format!("{TEXT}{}", lines.finish())
}

/// `some` and those of `more` that are not among them.
fn union(some: &[String], more: &[String]) -> Vec<String> {
    some.iter().chain(more.iter().filter(|id| !some.contains(id))).cloned().collect()
}

/// The traces of deleted sessions below the data folder `root`, and of `odd` files, which are no sessions; each session
/// leaves one, however many copies there are of it. `tells` says of a session that is there whether it tells of rolling. It
/// speaks for itself, unless it tells of none and another file does: on two computers one record may end in two ways.
pub fn traces(root: &Path, odd: &[Odd], tells: impl Fn(&str) -> Option<bool>) -> Vec<Trace> {
    let deleted = children(&root.join(INTERVALS), &mut Vec::new());
    let mut all: Vec<Trace> = deleted.iter().filter_map(|path| of_deleted(path)).collect();
    all.extend(odd.iter().filter_map(|odd| of_odd(&odd.path)));
    // What says most is heard.
    all.sort_by_key(|trace| (!trace.tells_of_rolling, trace.is_doubtful));
    let mut traces: Vec<Trace> = Vec::new();
    for trace in all {
        let is_news = tells(&trace.id).is_none_or(|own| trace.tells_of_rolling && !own);
        if is_news && traces.iter().all(|other| other.id != trace.id) {
            traces.push(trace);
        }
    }
    traces
}

/// The files in the folder of deleted days below the data folder `root` that are not what this program leaves there.
/// Their days hold the interval all the same.
pub(super) fn odd(root: &Path) -> Vec<Odd> {
    let mut odd = Vec::new();
    for path in children(&root.join(INTERVALS), &mut odd) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let why = match id_of(&path) {
            _ if evicted(&name).is_some() => Some(ELSEWHERE.to_owned()),
            _ if name.starts_with('.') => None,
            Some(_) => bytes(&path).and_then(|bytes| kept(&bytes)).err(),
            None if is_of_a_session(&path) => Some("looks like a copy of the day of a deleted session".to_owned()),
            None => Some("is not the name of a session".to_owned()),
        };
        odd.extend(why.map(|why| Odd::new(path, why)));
    }
    odd
}

fn is_of_a_session(path: &Path) -> bool {
    begins_with_id(&own_name(path)).is_some()
}

/// Version 1 writes no format. One that says a format is held to it.
fn kept(text: &[u8]) -> Result<Kept, String> {
    let refused = |error: toml::de::Error| format!("is not understood: {}", visible(error.message(), 200));
    let plain = as_written(text)?;
    let table: toml::Table = toml::from_str(&plain).map_err(refused)?;
    if table.contains_key("format") { parse(text) } else { toml::from_str(&plain).map_err(refused) }
}

/// A note that cannot be read any more holds its day too: its name says all that matters.
fn of_deleted(path: &Path) -> Option<Trace> {
    let kept = bytes(path).and_then(|bytes| kept(&bytes));
    let is_doubtful = kept.is_err();
    let (rollers, retired) = kept.map_or_else(|_| Default::default(), |kept| (kept.rollers, kept.retired));
    let name = own_name(path);
    let tells_of_rolling = true;
    Some(Trace { rollers, retired, is_doubtful, tells_of_rolling, ..trace(begins_with_id(&name)?, path)? })
}

/// The one place that says what a file is worth that is no sound session under its own name. A sound copy says so
/// itself. Any other file that stands for a session holds its day, whatever is left of it: nobody can say that nothing
/// was rolled. Nothing vouches for what still reads like entries in it, so that it is believed to the careful side.
fn of_odd(path: &Path) -> Option<Trace> {
    if let Ok(reading) = read(path) {
        let past = Past::of(path, &reading);
        let holds = past.holds_interval();
        let Past { id, started, closed, rollers, retired, damaged_lines, touched_skin: tells_of_rolling, .. } = past;
        let is_doubtful = !damaged_lines.is_empty() || closed.is_none();
        let (day, path) = (Date::of(started.wall()), path.to_owned());
        return holds.then_some(Trace { id, day, path, is_doubtful, tells_of_rolling, rollers, retired });
    }
    let name = path.file_name()?.to_string_lossy();
    let id = stands_for(&name).or_else(|| belongs_to(&name).map(str::to_owned))?;
    let entries = folder::read(path).as_deref().map(unvouched).unwrap_or_default();
    let told = Told::by(entries.iter(), true);
    let tells_of_rolling = told.touched_skin;
    Some(Trace { rollers: told.rollers, retired: told.retired, tells_of_rolling, ..trace(&id, path)? })
}

/// What the name alone tells of the session `id`.
fn trace(id: &str, path: &Path) -> Option<Trace> {
    let day = Date::of(begun(id)?);
    let (rollers, retired) = (Vec::new(), Vec::new());
    let (is_doubtful, tells_of_rolling) = (true, false);
    Some(Trace { id: id.to_owned(), day, path: path.to_owned(), is_doubtful, tells_of_rolling, rollers, retired })
}
