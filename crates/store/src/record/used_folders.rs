//! Remembers which data folders held records. A data folder on a disk that is not mounted looks like one that was never
//! used; a note in the state folder tells the two apart.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::disk::{Disk as _, OsDisk};
use super::folder;
use super::history::UncountedFile;
use super::listing::files;
use super::show::words;
use super::text::checksum;
use super::totals::Totals;

/// Notes in the state folder `state` that the data folder `root` holds records. Without the note a missing folder
/// counts as new; nothing else depends on it.
pub fn note_use(state: &Path, root: &Path) {
    for spelt in spellings(root) {
        let note = note(state, &spelt);
        if note.exists() || folder::make_at_once(state).is_err() {
            continue;
        }
        let text = format!("{}\n", root.to_string_lossy());
        let _ = OsDisk.create(&note).and_then(|mut file| file.write_all(text.as_bytes()));
    }
}

/// Takes back that the data folder `root` held records, if it holds none any more: the last one was just taken back.
pub fn forget_if_empty(state: &Path, root: &Path) {
    if holds_none(root) {
        // Where a note stays, the folder counts as missing, which is said.
        spellings(root).iter().for_each(|spelt| _ = fs::remove_file(note(state, spelt)));
    }
}

/// What to report about the data folder `root` if it once held records and now holds none.
pub fn missing(state: &Path, root: &Path) -> Option<UncountedFile> {
    let noted = spellings(root).into_iter().map(|spelt| note(state, &spelt)).find(|note| may_be_there(note));
    noted.filter(|_| holds_none(root)).map(|note| UncountedFile {
        path: root.to_owned(),
        why: words().fill("folder.emptied", &[("note", &note.to_string_lossy())]),
        is_unlisted: true,
    })
}

/// If nobody can tell whether the note exists, it may.
fn may_be_there(note: &Path) -> bool {
    !fs::symlink_metadata(note).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Whether `root` holds no session and no trace of one.
fn holds_none(root: &Path) -> bool {
    files(root).0.is_empty() && !Totals::read(root).tells_of_any()
}

/// Ways in which the same folder may be written another time: without `.` and `..`, and with links resolved as far as
/// they exist.
fn spellings(root: &Path) -> Vec<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(root).unwrap_or_else(|_| root.to_owned()).components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    let real = plain.ancestors().find_map(|above| {
        let real = fs::canonicalize(above).ok()?;
        Some(real.join(plain.strip_prefix(above).ok()?))
    });
    let mut spellings = vec![plain];
    spellings.extend(real);
    spellings.dedup();
    spellings
}

fn note(state: &Path, root: &Path) -> PathBuf {
    state.join(format!("used-{}.txt", checksum("", &root.to_string_lossy())))
}
