//! What all sessions together come to, as far as the next one depends on it. Reading a thousand records for that takes
//! longer than a person waits, so what a year came to is remembered outside the records, in a file that may be deleted
//! at any time.
//!
//! A year is remembered while nothing was added to its folder, taken from it or renamed in it, and only while every
//! file in it is a whole session. Unfinished sessions, and the last one that counts, are read each time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder;
use super::held::{self, Trace};
use super::history::{History, Odd, Past, copies_of_folders, is_named, sorted, years};
use super::names::{SESSIONS, own_name};
use super::read;
use super::text::checksum;
use crate::calendar::Date;
use crate::timeline::Wall;

/// Seconds after a change within which a folder may change once more and show the same time, as the clocks of file
/// systems are coarse. A year is remembered only after that.
const SETTLED_AFTER: i64 = 2;

/// What all sessions together come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    sum: Sum,
    /// The newest session that counts.
    pub last: Option<Past>,
    /// Sessions that were begun and never closed, newest first.
    pub unfinished: Vec<Past>,
    /// Files in the sessions folder that are not counted.
    pub odd: Vec<Odd>,
    /// Sessions of which no sound record is left, but that rolled the skin.
    pub traces: Vec<Trace>,
}

impl Totals {
    /// What `history` comes to.
    pub fn of(history: &History) -> Totals {
        let pasts = history.past.iter().map(Sum::of_past);
        let sum = pasts.chain(history.traces.iter().map(Sum::of_trace)).fold(Sum::default(), Sum::plus);
        Totals {
            sum,
            last: history.past.iter().find(|past| past.counts()).cloned(),
            unfinished: history.past.iter().filter(|past| past.is_unfinished()).cloned().collect(),
            odd: history.odd.clone(),
            traces: history.traces.clone(),
        }
    }

    /// What all sessions below the data folder `root` come to at `now`. What the years came to is remembered in the
    /// folder `state`; without one, or where anything is not as this program leaves it, every record is read.
    pub fn read(root: &Path, state: Option<&Path>, now: Wall) -> Totals {
        let (totals, unwritten) = Totals::recall(root, state, now);
        if let Some(unwritten) = unwritten {
            unwritten.write();
        }
        totals
    }

    /// As [`Totals::read`], with what is to be remembered still to be written.
    pub fn recall(root: &Path, state: Option<&Path>, now: Wall) -> (Totals, Option<Unwritten>) {
        let anew = || (Totals::of(&History::read(root)), None);
        let Some(path) = state.map(|state| state.join(memory_name(root))) else { return anew() };
        let memory = Memory::read(&path).unwrap_or_default();
        let Some(fresh) = memory.brought_up_to_date(root) else { return anew() };
        let Some(totals) = fresh.totals(root) else { return anew() };
        let memory = Some(fresh.settled(now)).filter(|fresh| fresh.years != memory.years);
        (totals, memory.map(|memory| Unwritten { memory, path }))
    }

    /// How many files [`Totals::read`] would have to look into, as far as can be told without looking at any.
    pub fn unread(root: &Path, state: Option<&Path>) -> usize {
        let memory = state.and_then(|state| Memory::read(&state.join(memory_name(root)))).unwrap_or_default();
        let years = years(root, &mut Vec::new());
        let anew = years.iter().filter(|path| memory.known(path).is_none());
        anew.map(|path| fs::read_dir(path).map_or(0, Iterator::count)).sum()
    }

    /// How many sessions count.
    pub fn counted(&self) -> u32 {
        self.sum.counted
    }

    /// The last local day on which the skin was rolled, whatever tells of it.
    pub fn last_day(&self) -> Option<Date> {
        self.sum.last_day()
    }

    /// Whether the skin was rolled on `day` or later in another session than the one of this id, which began that day.
    pub fn has_rolled_since(&self, id: &str, day: Date) -> bool {
        let is_other = |other: &str, held: Date| other != id && held >= day;
        let counted = self.last.iter().map(|past| (past.id.as_str(), Date::of(past.started.wall())));
        let traced = self.traces.iter().map(|trace| (trace.id.as_str(), trace.day));
        self.last_day().is_some_and(|last| last > day)
            || counted.chain(traced).any(|(other, held)| is_other(other, held))
    }

    /// In how many sessions the roller of this id touched the skin, unfinished ones included.
    pub fn uses_of(&self, roller: &str) -> u32 {
        self.sum.roller_uses.get(roller).copied().unwrap_or(0)
    }

    /// Whether the roller of this id was retired in a session in earnest.
    pub fn is_retired(&self, roller: &str) -> bool {
        self.sum.retired_rollers.contains(roller)
    }

    /// Id of the roller that was used last.
    pub fn roller_in_use(&self) -> Option<&str> {
        self.sum.in_use.as_ref().map(|(_, roller)| roller.as_str())
    }

    /// Whether there is a session of which the roller is not known any more. It may have been any of them.
    pub fn has_unnamed_roller(&self) -> bool {
        self.sum.has_unnamed_roller
    }

    /// Whether `odd` tells of a session that rolled the skin.
    pub fn has_trace_of(&self, odd: &Odd) -> bool {
        let name = own_name(&odd.path);
        self.traces.iter().any(|trace| name.starts_with(&trace.id))
    }
}

/// What the years came to, not on disk yet.
#[derive(Debug)]
pub struct Unwritten {
    memory: Memory,
    path: PathBuf,
}

impl Unwritten {
    /// Writes it. Not being able to costs time at the next start, and nothing else; nor has it to outlive a power cut.
    pub fn write(&self) {
        let Ok(bytes) = postcard::to_allocvec(&self.memory) else { return };
        let folder = folder::of(&self.path);
        let written = folder::make_at_once(folder).and_then(|()| tempfile::NamedTempFile::new_in(folder));
        let _ = written.and_then(|mut file| file.write_all(&bytes).map(|()| file.persist(&self.path)));
    }
}

/// What some sessions come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Sum {
    counted: u32,
    /// Id of the newest that counts.
    last: Option<String>,
    /// When the one began that holds the interval longest: seconds since 1970, and of offset.
    held: Option<(i64, i32)>,
    roller_uses: BTreeMap<String, u32>,
    retired_rollers: BTreeSet<String>,
    /// Id of the newest session that used a roller, and of that roller.
    in_use: Option<(String, String)>,
    has_unnamed_roller: bool,
}

impl Sum {
    fn of_past(past: &Past) -> Sum {
        let in_use = past.rollers.last().map(|roller| (past.id.clone(), roller.clone()));
        if !past.is_in_earnest() {
            return Sum { in_use, ..Sum::default() };
        }
        let (counts, holds) = (past.counts(), past.holds_interval());
        let began = past.started.wall();
        Sum {
            counted: u32::from(counts),
            last: counts.then(|| past.id.clone()),
            held: holds.then_some((began.unix, began.offset)),
            roller_uses: past.rollers.iter().map(|roller| (roller.clone(), 1)).collect(),
            retired_rollers: past.retired.iter().cloned().collect(),
            in_use,
            has_unnamed_roller: holds && past.is_timed() && past.rollers.is_empty(),
        }
    }

    fn of_trace(trace: &Trace) -> Sum {
        let noon = trace.day.noon();
        Sum {
            held: Some((noon.unix, noon.offset)),
            roller_uses: trace.rollers.iter().map(|roller| (roller.clone(), 1)).collect(),
            retired_rollers: trace.retired.iter().cloned().collect(),
            has_unnamed_roller: trace.rollers.is_empty(),
            ..Sum::default()
        }
    }

    fn plus(mut self, other: Sum) -> Sum {
        for (roller, uses) in other.roller_uses {
            let sum = self.roller_uses.entry(roller).or_default();
            *sum = sum.saturating_add(uses);
        }
        self.retired_rollers.extend(other.retired_rollers);
        Sum {
            counted: self.counted.saturating_add(other.counted),
            // Ids begin with the time, so that the greater one is the newer one.
            last: self.last.max(other.last),
            held: self.held.into_iter().chain(other.held).max_by_key(|held| day(*held)),
            in_use: self.in_use.max(other.in_use),
            has_unnamed_roller: self.has_unnamed_roller || other.has_unnamed_roller,
            ..self
        }
    }

    fn last_day(&self) -> Option<Date> {
        self.held.map(day)
    }
}

fn day((unix, offset): (i64, i32)) -> Date {
    Date::of(Wall { unix, offset })
}

/// One memory for each data folder, however it is reached.
fn memory_name(root: &Path) -> String {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    format!("years-{}.bin", checksum("", &root.to_string_lossy()))
}

/// What changes with every name that is put into the folder at `path` or taken from it; None for what is no folder.
fn mark(path: &Path) -> Option<((i64, i64), u64)> {
    let found = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_dir)?;
    Some(((found.mtime(), found.mtime_nsec()), found.ino()))
}

/// What the sessions of one year come to, and how its folder was when they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Year {
    /// When a name in the folder changed last: seconds and nanoseconds.
    changed: (i64, i64),
    /// The number that the file system gives the folder.
    inode: u64,
    /// Ids of the sessions that are not closed; not part of the sum.
    open: Vec<String>,
    /// Ids of the sessions that begin with another year: around New Year the id, in UTC, and the folder, in local time,
    /// may differ.
    strays: Vec<String>,
    sum: Sum,
}

impl Year {
    /// The sessions in the folder at `path`. None where one is damaged or torn, or where anything else lies
    /// there.
    fn read(path: &Path, name: &str) -> Option<Year> {
        // Before anything else: what changes while it is read must not be taken for known.
        let (changed, inode) = mark(path)?;
        let is_a_year = name.len() == 4 && name.bytes().all(|digit| digit.is_ascii_digit());
        let mut odd = Vec::new();
        let sessions = sorted(path, &mut odd);
        if !is_a_year || !odd.is_empty() {
            return None;
        }
        let mut year = Year { changed, inode, open: Vec::new(), strays: Vec::new(), sum: Sum::default() };
        for (id, path) in sessions {
            let past = sound(&path)?;
            if !id.starts_with(name) {
                year.strays.push(id.clone());
            }
            if past.closed.is_some() {
                year.sum = year.sum.plus(Sum::of_past(&past));
            } else {
                year.open.push(id);
            }
        }
        Some(year)
    }
}

/// What the years came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Memory {
    /// The version of the program that remembers: another one may count otherwise.
    by: String,
    years: BTreeMap<String, Year>,
}

impl Memory {
    /// None where there is none, or another version wrote it.
    fn read(path: &Path) -> Option<Memory> {
        let bytes = folder::read(path).ok()?;
        match postcard::take_from_bytes::<Memory>(&bytes) {
            Ok((memory, [])) if memory.by == env!("CARGO_PKG_VERSION") => Some(memory),
            Ok(_) | Err(_) => None,
        }
    }

    /// The years as they are now below `root`: remembered, or read anew. None where anything asks for a closer look.
    fn brought_up_to_date(&self, root: &Path) -> Option<Memory> {
        let mut fresh = Memory { by: env!("CARGO_PKG_VERSION").to_owned(), years: BTreeMap::new() };
        let mut odd = Vec::new();
        for path in years(root, &mut odd) {
            let name = path.file_name()?.to_str()?.to_owned();
            let year = match self.known(&path) {
                Some(year) => year.clone(),
                None => Year::read(&path, &name)?,
            };
            fresh.years.insert(name, year);
        }
        odd.extend(copies_of_folders(root));
        (odd.is_empty() && held::odd(root).is_empty() && !fresh.has_one_twice(root)).then_some(fresh)
    }

    /// Whether a session lies in the folders of two years.
    fn has_one_twice(&self, root: &Path) -> bool {
        let strays: Vec<&String> = self.years.values().flat_map(|year| &year.strays).collect();
        let is_at_home = |id: &String| id.get(..4).is_some_and(|year| file_of(root, year, id).exists());
        let is_twice = |id: &String| strays.iter().filter(|other| **other == id).count() > 1;
        strays.iter().any(|id| is_at_home(id) || is_twice(id))
    }

    /// Where the session `id` is.
    fn place(&self, root: &Path, id: &str) -> Option<PathBuf> {
        let strayed = self.years.iter().find(|(_, year)| year.strays.iter().any(|stray| stray == id));
        Some(file_of(root, strayed.map_or(id.get(..4)?, |(name, _)| name), id))
    }

    /// What is remembered of the year whose folder is at `path`, if the folder is still as it was.
    fn known(&self, path: &Path) -> Option<&Year> {
        let year = self.years.get(path.file_name()?.to_str()?)?;
        Some(year).filter(|year| mark(path) == Some((year.changed, year.inode)))
    }

    /// Without the years whose folders changed a moment ago.
    fn settled(mut self, now: Wall) -> Memory {
        self.years.retain(|_, year| now.unix.saturating_sub(year.changed.0) >= SETTLED_AFTER);
        self
    }

    /// The sum over all years. None when a session that has to be read is not whole any more.
    fn totals(&self, root: &Path) -> Option<Totals> {
        let place = |id: &str| self.place(root, id);
        let ids = self.years.values().flat_map(|year| &year.open);
        let mut open = ids.map(|id| sound(&place(id)?)).collect::<Option<Vec<Past>>>()?;
        open.sort_by(|one, other| other.id.cmp(&one.id));
        let traces = held::traces(root, &[], |id| place(id).is_some_and(|path| path.exists()));
        let years = self.years.values().map(|year| year.sum.clone());
        let others = open.iter().map(Sum::of_past).chain(traces.iter().map(Sum::of_trace));
        let sum = years.chain(others).fold(Sum::default(), Sum::plus);
        let last = sum.last.as_deref().map(|id| sound(&place(id)?)).map_or(Some(None), |past| past.map(Some))?;
        let unfinished = open.into_iter().filter(Past::is_unfinished).collect();
        Some(Totals { sum, last, unfinished, odd: Vec::new(), traces })
    }
}

/// The file of the session `id` in the folder of `year`.
fn file_of(root: &Path, year: &str, id: &str) -> PathBuf {
    root.join(SESSIONS).join(year).join(format!("{id}.toml"))
}

/// The session at `path`, if all of its file is as it was written and it bears its own name. One that is not closed may
/// end in the middle of a line.
fn sound(path: &Path) -> Option<Past> {
    let past = Past::of(path, &read::read(path).ok()?);
    let is_whole = past.damaged_lines.is_empty() && (!past.torn || past.closed.is_none());
    (is_whole && is_named(path, &past.id)).then_some(past)
}
