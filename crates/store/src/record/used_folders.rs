//! Data folders that held records once. A folder on a disk that is not there looks like one that was never used: an empty
//! place to mount it, or none at all. A note in the state folder tells the two apart.

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

/// Notes in the folder `state` that there are records in the data folder `root`. Without the note a folder that is missing
/// later counts as new; nothing else depends on it.
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

/// What is to be told of the data folder `root` if it held records once and holds none now.
pub fn missing(state: &Path, root: &Path) -> Option<UncountedFile> {
    let noted = spellings(root).into_iter().map(|spelt| note(state, &spelt)).find(|note| may_be_there(note));
    noted.filter(|_| holds_none(root)).map(|note| UncountedFile {
        path: root.to_owned(),
        why: words().fill("folder.emptied", &[("note", &note.to_string_lossy())]),
        is_unlisted: true,
    })
}

/// A note that cannot be looked for may be there.
fn may_be_there(note: &Path) -> bool {
    !fs::symlink_metadata(note).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Nothing below `root` is a session or tells of one.
fn holds_none(root: &Path) -> bool {
    files(root).0.is_empty() && !Totals::read(root).tells_of_any()
}

/// The same folder as it may be written another time: without detours, and without links as far as it is there.
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
