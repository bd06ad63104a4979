//! Data folders that held records once. A folder on a disk that is not there looks like one that was never used: an empty
//! place to mount it, or none at all. A note in the state folder tells the two apart.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::disk::{Disk as _, Plain};
use super::folder;
use super::history::Odd;
use super::names::SESSIONS;
use super::text::checksum;

/// Notes in the folder `state` that there are records in the data folder `root`. Without the note a folder that is missing
/// later counts as new; nothing else depends on it.
pub fn note_use(state: &Path, root: &Path) {
    let note = note(state, root);
    if note.exists() || folder::make_at_once(state).is_err() {
        return;
    }
    let text = format!("{}\n", root.to_string_lossy());
    let _ = Plain.create(&note).and_then(|mut file| file.write_all(text.as_bytes()));
}

/// What is to be told of the data folder `root` if it held records once and holds none now.
pub fn missing(state: &Path, root: &Path) -> Option<Odd> {
    let note = note(state, root);
    let is_missing = note.exists() && fs::read_dir(root.join(SESSIONS)).is_err_and(|error| is_absence(&error));
    is_missing.then(|| Odd {
        path: root.to_owned(),
        why: format!(
            "held records before and holds none now. Its disk may not be there; if you took the records away yourself, \
             remove {}",
            note.display()
        ),
        is_unlisted: true,
    })
}

/// Everything else is told of by whoever lists the folder.
fn is_absence(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}

fn note(state: &Path, root: &Path) -> PathBuf {
    state.join(format!("used-{}.txt", checksum("", &root.to_string_lossy())))
}
