//! Lists a folder and everything below it. A folder that cannot be listed is reported and never taken for empty.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::history::UncountedFile;
use super::names::{is_put_away, session_in, year_in};

/// How many levels of folders are searched: the years, and whatever a person sorted them into.
pub(super) const DEEPEST: usize = 16;
/// How many levels are searched behind a link, which may lead back to where it is, or to a whole disk.
pub(super) const DEEPEST_BEHIND_A_LINK: usize = 3;

/// A file, or a folder with a session id in its name.
pub(super) struct Found {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its name, or that of a searched folder above it, begins with a dot.
    pub(super) is_hidden: bool,
}

/// How to search a folder.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    deepest: usize,
    follows_links: bool,
    /// Its direct subfolders are years.
    has_years: bool,
}

impl Walk {
    /// For a folder of sessions.
    pub(super) const OF_SESSIONS: Walk = Walk { deepest: DEEPEST, follows_links: true, has_years: true };
    /// For the folder of interval holds.
    pub(super) const OF_DELETED: Walk = Walk { has_years: false, ..Walk::OF_SESSIONS };
    /// For any other folder. Links are not followed, since they lead out of the data folder.
    pub(super) const ELSEWHERE: Walk = Walk { follows_links: false, ..Walk::OF_DELETED };

    /// Everything below `folder`, sorted by name. Bins and folders of old versions are skipped.
    pub(super) fn below(self, folder: &Path, uncounted: &mut Vec<UncountedFile>) -> Vec<Found> {
        let mut found = Vec::new();
        let is_hidden = folder.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        self.through(folder, is_hidden, uncounted, &mut found);
        found
    }

    fn through(self, folder: &Path, is_hidden: bool, uncounted: &mut Vec<UncountedFile>, found: &mut Vec<Found>) {
        for Child { path, is_plain } in listed(folder, uncounted) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_hidden = is_hidden || name.starts_with('.');
            let is_folder = match (is_plain, self.follows_links) {
                (true, _) => Ok(false),
                (false, true) => fs::metadata(&path).map(|metadata| metadata.is_dir()),
                (false, false) => fs::symlink_metadata(&path).map(|metadata| metadata.is_dir()),
            };
            match is_folder {
                Ok(true) => {
                    if is_put_away(&name) {
                        continue;
                    }
                    if session_in(&name).is_some() {
                        found.push(Found { path: path.clone(), is_hidden });
                    }
                    let behind = if path.is_symlink() { DEEPEST_BEHIND_A_LINK } else { DEEPEST };
                    match self.deepest.min(behind).checked_sub(1) {
                        Some(deepest) => {
                            Walk { deepest, has_years: false, ..self }.through(&path, is_hidden, uncounted, found);
                        }
                        None => uncounted.push(too_deep(path)),
                    }
                }
                Ok(_) if self.has_years && stands_for_a_year(&path, &name) => {
                    uncounted.push(UncountedFile::unlisted(&path, &io::ErrorKind::NotADirectory.into()));
                }
                Err(error) if self.follows_links && !is_hidden && session_in(&name).is_none() => {
                    uncounted.push(UncountedFile::unlisted(&path, &error));
                }
                Ok(_) | Err(_) => found.push(Found { path, is_hidden }),
            }
        }
    }
}

/// Reports a folder that is too deep to be searched.
pub(super) fn too_deep(folder: PathBuf) -> UncountedFile {
    UncountedFile { is_unlisted: true, ..UncountedFile::new(folder, "lies too deep to be looked into: move it up") }
}

fn stands_for_a_year(path: &Path, name: &str) -> bool {
    year_in(name).is_some_and(|year| !path.with_file_name(year).is_dir())
}

/// The content of a folder, sorted by name. A missing folder counts as empty, but a broken link is reported.
pub(super) fn children(folder: &Path, uncounted: &mut Vec<UncountedFile>) -> Vec<PathBuf> {
    listed(folder, uncounted).into_iter().map(|child| child.path).collect()
}

struct Child {
    path: PathBuf,
    /// The folder lists it as a plain file, which saves a call for the file itself.
    is_plain: bool,
}

fn listed(folder: &Path, uncounted: &mut Vec<UncountedFile>) -> Vec<Child> {
    let mut children = Vec::new();
    match fs::read_dir(folder) {
        Ok(listed) => {
            for child in listed {
                match child {
                    Ok(child) => {
                        let is_plain = child.file_type().is_ok_and(|kind| kind.is_file());
                        children.push(Child { path: child.path(), is_plain });
                    }
                    Err(error) => uncounted.push(UncountedFile::unlisted(folder, &error)),
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !leads_nowhere(folder) => {}
        Err(error) => uncounted.push(UncountedFile::unlisted(folder, &error)),
    }
    // Only their names differ, and comparing whole paths part by part is slower.
    children.sort_unstable_by(|child, other| child.path.as_os_str().cmp(other.path.as_os_str()));
    children
}

/// Whether a link on the way to `path` is broken: then nobody knows what is behind it, which is not the same as
/// nothing.
pub(super) fn leads_nowhere(path: &Path) -> bool {
    path.ancestors().any(|above| above.is_symlink() && !above.exists())
}
