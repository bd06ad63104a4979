//! What is remembered of the years, in a file beside the lock.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Newest, Sum, Totals};
use crate::record::history::{History, Past, copies_of_folders, is_named, sorted, years};
use crate::record::names::SESSIONS;
use crate::record::text::checksum;
use crate::record::{folder, held, read};
use crate::timeline::Wall;

/// Seconds after a change within which a file or folder may change once more and show the same time, as the clocks of
/// file systems are coarse. Nothing is remembered before they are over.
const SETTLED_AFTER: i64 = 2;

/// What is remembered of the records of a data folder, and which of its years are still as they were.
#[derive(Debug)]
pub struct Recollection<'a> {
    root: &'a Path,
    /// The file of the memory; None where there is no folder for it.
    path: Option<PathBuf>,
    memory: Memory,
    /// The folders of the years, and whether each is as it was.
    years: Vec<(PathBuf, bool)>,
    /// Nothing but what this program leaves there was seen around them.
    is_clear: bool,
}

impl Recollection<'_> {
    /// What the folder `state` has of the data folder `root`.
    pub fn of<'a>(root: &'a Path, state: Option<&Path>) -> Recollection<'a> {
        let path = state.map(|state| state.join(memory_name(root)));
        let memory = path.as_deref().and_then(|path| Memory::read(path, root)).unwrap_or_default();
        let mut odd = Vec::new();
        let folders = years(root, &mut odd);
        let is_clear = odd.is_empty() && copies_of_folders(root).is_empty() && held::odd(root).is_empty();
        let years = folders.into_iter().map(|path| {
            let is_known = memory.year(&path).is_some_and(|year| Mark::of(&path).as_ref() == Some(&year.mark));
            (path, is_known && is_clear)
        });
        Recollection { root, path, years: years.collect(), memory, is_clear }
    }

    /// How many files [`Recollection::totals`] will have to look into, as far as can be told without looking at any.
    pub fn unread(&self) -> usize {
        let anew = self.years.iter().filter(|(_, is_known)| !is_known);
        anew.map(|(path, _)| fs::read_dir(path).map_or(0, Iterator::count)).sum()
    }

    /// What all sessions come to at `now`, and what is to be remembered of it if that is news. Where anything is not as
    /// this program leaves it, every record is read and nothing remembered.
    pub fn totals(self, now: Wall) -> (Totals, Option<Unwritten>) {
        let anew = || (Totals::of(&History::read(self.root)), None);
        let Some(path) = &self.path else { return anew() };
        let Some(mut fresh) = self.brought_up_to_date() else { return anew() };
        let Some((totals, newest)) = fresh.totals(self.root) else { return anew() };
        fresh.newest = newest;
        let fresh = fresh.settled(now);
        let is_news = fresh.years != self.memory.years || fresh.newest != self.memory.newest;
        (totals, is_news.then(|| Unwritten { memory: fresh, path: path.clone() }))
    }

    /// The years as they are now: remembered, or read anew. None where anything asks for a closer look.
    fn brought_up_to_date(&self) -> Option<Memory> {
        if !self.is_clear {
            return None;
        }
        let mut fresh = Memory { by: env!("CARGO_PKG_VERSION").to_owned(), years: BTreeMap::new(), newest: None };
        for (path, is_known) in &self.years {
            let name = path.file_name()?.to_str()?.to_owned();
            let year = match self.memory.year(path).filter(|_| *is_known) {
                Some(year) => {
                    let is_here = |kept: &&Kept| kept.year() == Some(&name);
                    fresh.newest = fresh.newest.or_else(|| self.memory.newest.as_ref().filter(is_here).cloned());
                    year.clone()
                }
                None => Year::read(path, &name)?,
            };
            fresh.years.insert(name, year);
        }
        (!fresh.has_one_twice(self.root)).then_some(fresh)
    }
}

/// What is to be remembered, not on disk yet.
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

/// One memory for each data folder, however it is reached.
fn memory_name(root: &Path) -> String {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    format!("years-{}.bin", checksum("", &root.to_string_lossy()))
}

/// What changes with everything that is written into a file, and with every name that is put into a folder or taken
/// from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// When it was changed last: seconds since 1970 and nanoseconds.
    changed: (i64, i64),
    /// When anything about it was, which nobody can set back.
    touched: (i64, i64),
    /// The number that the file system gives it.
    inode: u64,
    /// In bytes.
    length: u64,
}

impl Mark {
    /// None for what is neither a folder nor a file by itself.
    fn of(path: &Path) -> Option<Mark> {
        let found = fs::symlink_metadata(path).ok().filter(|found| found.is_dir() || found.is_file())?;
        Some(Mark {
            changed: (found.mtime(), found.mtime_nsec()),
            touched: (found.ctime(), found.ctime_nsec()),
            inode: found.ino(),
            length: found.len(),
        })
    }

    /// Whether it has not changed just before `now`.
    fn is_settled(&self, now: Wall) -> bool {
        now.unix.saturating_sub(self.changed.0) >= SETTLED_AFTER
    }
}

/// The newest session that counts, and how its file was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    mark: Mark,
    newest: Newest,
}

impl Kept {
    /// The session in the file at `path`, if all of it is as it was written.
    fn read(path: &Path) -> Option<Kept> {
        // Before anything else, as for a year.
        let mark = Mark::of(path)?;
        Some(Kept { mark, newest: Newest::of(&sound(path)?) })
    }

    /// The same, if it is of the session `id`, whose file at `path` is still as it was.
    fn known(&self, id: &str, path: &Path) -> Option<Kept> {
        let is_known = self.newest.id == id && Mark::of(path).as_ref() == Some(&self.mark);
        is_known.then(|| self.clone())
    }

    /// The name of the folder in which its file is.
    fn year(&self) -> Option<&str> {
        folder::of(&self.newest.path).file_name()?.to_str()
    }
}

/// What the sessions of one year come to, and how its folder was when they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Year {
    mark: Mark,
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
        let mark = Mark::of(path)?;
        let is_a_year = name.len() == 4 && name.bytes().all(|digit| digit.is_ascii_digit());
        let mut odd = Vec::new();
        let sessions = sorted(path, &mut odd);
        if !is_a_year || !odd.is_empty() {
            return None;
        }
        let mut year = Year { mark, open: Vec::new(), strays: Vec::new(), sum: Sum::default() };
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

/// What the years came to, and what the newest session says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Memory {
    /// The version of the program that remembers: another one may count otherwise.
    by: String,
    years: BTreeMap<String, Year>,
    /// Only together with the year in whose folder it is.
    newest: Option<Kept>,
}

impl Memory {
    /// What the file at `path` has of the data folder `root`. None where there is none, or another version wrote it.
    fn read(path: &Path, root: &Path) -> Option<Memory> {
        let bytes = folder::read(path).ok()?;
        let mut memory = match postcard::take_from_bytes::<Memory>(&bytes) {
            Ok((memory, [])) if memory.by == env!("CARGO_PKG_VERSION") => memory,
            Ok(_) | Err(_) => return None,
        };
        if let Some(kept) = memory.newest.take() {
            // However the data folder is reached this time.
            let path = memory.place(root, &kept.newest.id)?;
            memory.newest = Some(Kept { newest: Newest { path, ..kept.newest }, ..kept });
        }
        Some(memory)
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

    /// What is remembered of the year whose folder is at `path`.
    fn year(&self, path: &Path) -> Option<&Year> {
        self.years.get(path.file_name()?.to_str()?)
    }

    /// Without what changed a moment ago.
    fn settled(mut self, now: Wall) -> Memory {
        self.years.retain(|_, year| year.mark.is_settled(now));
        let has_its_year = |kept: &Kept| kept.year().is_some_and(|year| self.years.contains_key(year));
        self.newest = self.newest.filter(|kept| kept.mark.is_settled(now) && has_its_year(kept));
        self
    }

    /// The sum over all years, and the newest session. None when a session that has to be read is not whole any more.
    fn totals(&self, root: &Path) -> Option<(Totals, Option<Kept>)> {
        let place = |id: &str| self.place(root, id);
        let ids = self.years.values().flat_map(|year| &year.open);
        let mut open = ids.map(|id| sound(&place(id)?)).collect::<Option<Vec<Past>>>()?;
        open.sort_by(|one, other| other.id.cmp(&one.id));
        let traces = held::traces(root, &[], |id| place(id).is_some_and(|path| path.exists()));
        let years = self.years.values().map(|year| year.sum.clone());
        let others = open.iter().map(Sum::of_past).chain(traces.iter().map(Sum::of_trace));
        let sum = years.chain(others).fold(Sum::default(), Sum::plus);
        let newest = |id: &str| {
            let path = place(id)?;
            let known = self.newest.as_ref().and_then(|kept| kept.known(id, &path));
            known.or_else(|| Kept::read(&path))
        };
        let newest = sum.last.as_deref().map(newest).map_or(Some(None), |newest| newest.map(Some))?;
        let last = newest.as_ref().map(|kept| kept.newest.clone());
        let unfinished = open.into_iter().filter(Past::is_unfinished).collect();
        Some((Totals { sum, last, unfinished, odd: Vec::new(), traces }, newest))
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
