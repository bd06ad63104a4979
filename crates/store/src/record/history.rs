//! All sessions of one person, newest first. Files that cannot be read are reported and never hide the rest.

use std::io;
use std::path::{Path, PathBuf};

use super::amendment::Amendments;
use super::interval_hold::{ReadableSession, SessionRemnant};
use super::listing::Listing;
use super::names::original_name;
use super::parallel::in_parallel;
use super::past::Past;
use super::read::{Depth, read_to};
use super::reading::Reading;
use super::walk::leads_nowhere;

/// A file that is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncountedFile {
    /// Which.
    pub path: PathBuf,
    /// Why, as the second half of a sentence that begins with its name.
    pub why: String,
    /// It is, or may be, a folder whose content cannot be listed.
    pub is_unlisted: bool,
}

impl UncountedFile {
    /// A file that is not counted.
    pub fn new(path: PathBuf, why: impl Into<String>) -> UncountedFile {
        UncountedFile { path, why: why.into(), is_unlisted: false }
    }

    /// A folder that cannot be listed, because of `error`.
    pub fn unlisted(path: &Path, error: &io::Error) -> UncountedFile {
        let is_dead_link = error.kind() == io::ErrorKind::NotFound && leads_nowhere(path);
        let why =
            if is_dead_link { "is a link that leads nowhere".to_owned() } else { format!("cannot be listed: {error}") };
        UncountedFile { path: path.to_owned(), why, is_unlisted: true }
    }

    /// Its name without the extension.
    pub fn id(&self) -> String {
        let name = original_name(&self.path);
        name.rsplit_once('.').map_or(name.as_str(), |(id, _)| id).to_owned()
    }
}

/// Whether the file at `path` is named after the session `id`.
pub fn is_named(path: &Path, id: &str) -> bool {
    path.file_stem().is_some_and(|stem| stem == id)
}

/// Reads the session file at `path` to the given `depth`, with what `amendments` say of it.
///
/// # Errors
/// Why the file is not counted: it cannot be read, or it is a copy of another session.
pub fn open(path: &Path, depth: Depth, amendments: &Amendments) -> Result<Reading, UncountedFile> {
    let reading = read_to(path, depth).map_err(|error| UncountedFile::new(path.to_owned(), error.to_string()))?;
    if is_named(path, &reading.header.id) {
        let amended = amendments.of(&reading.header.id);
        Ok(reading.amended_by(amended))
    } else {
        Err(UncountedFile::new(path.to_owned(), format!("is a copy of the session {}", reading.header.id)))
    }
}

/// All sessions of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Newest first, by the names of their files.
    pub past: Vec<Past>,
    /// Files that are not counted.
    pub uncounted: Vec<UncountedFile>,
    /// What is left of sessions that hold their day without a readable record.
    pub remnants: Vec<SessionRemnant>,
}

impl History {
    /// Reads all sessions below the data folder `root`. No folder means no sessions.
    pub fn read(root: &Path) -> History {
        History::of(Listing::of(root))
    }

    /// Reads all sessions of `listing`.
    pub fn of(mut listing: Listing) -> History {
        let mut past = Vec::new();
        let amendments = core::mem::take(&mut listing.amendments);
        let read = |path: &PathBuf| open(path, Depth::Ends, &amendments).map(|reading| Past::of(path, &reading));
        for (_, one) in in_parallel(core::mem::take(&mut listing.sessions), read) {
            match one {
                Ok(one) => past.push(one),
                Err(uncounted) => listing.refuse(uncounted),
            }
        }
        let (remnants, uncounted) = listing.classify(past.iter_mut().map(ReadableSession::of));
        History { past, uncounted, remnants }
    }
}
