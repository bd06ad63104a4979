//! Finds the files of amendments and reads them.

use std::path::{Path, PathBuf};

use super::names::{amended, parts, written_at};
use super::{Amendment, Amendments, What, read};
use crate::record::history::UncountedFile;

/// The files of amendments that were found so far.
#[derive(Debug, Default)]
pub(in crate::record) struct Beside(Vec<PathBuf>);

impl Beside {
    /// Adds the file at `path` if it is an amendment by its name, and tells whether it is.
    pub(in crate::record) fn take(&mut self, path: &Path) -> bool {
        let is_one = path.file_name().is_some_and(|name| amended(&name.to_string_lossy()).is_some());
        if is_one {
            self.0.push(path.to_owned());
        }
        is_one
    }

    /// All of them, each read, and the files that cannot be. Those strike out and correct nothing; but what their names
    /// tell counts on the careful side: nothing stays struck out because of them, and the day of an entry may be another.
    pub(in crate::record) fn read(mut self) -> (Amendments, Vec<UncountedFile>) {
        let (mut all, mut uncounted) = (Amendments::default(), Vec::new());
        self.0.sort();
        for path in self.0 {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some((stem, what, stamp)) = parts(&name) else { continue };
            let amended = all.0.entry(stem.to_owned()).or_default();
            match read(&path, stem) {
                Ok(one) => amended.all.push(one),
                Err(why) => {
                    match (what, written_at(stamp)) {
                        (What::Unstruck, Some(at)) => amended.all.push(Amendment::new(what, stem, at, "")),
                        (What::Corrected, Some(at)) => amended.unread.push((at, path.clone())),
                        (What::Struck, _) | (_, None) => {}
                    }
                    uncounted.push(UncountedFile::new(path, format!("{why}. It strikes out and corrects nothing")));
                }
            }
        }
        // The sort is stable: of one second, the names decide.
        for amended in all.0.values_mut() {
            amended.all.sort_by_key(|one| one.written.wall().unix);
        }
        (all, uncounted)
    }
}

/// The amendments among the files at `paths`, the files that cannot be read, and the other paths.
pub(in crate::record) fn in_folder(paths: Vec<PathBuf>) -> (Amendments, Vec<UncountedFile>, Vec<PathBuf>) {
    let mut beside = Beside::default();
    let others = paths.into_iter().filter(|path| !beside.take(path)).collect();
    let (all, uncounted) = beside.read();
    (all, uncounted, others)
}
