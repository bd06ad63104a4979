//! The data folder: whether it is there and can be read, and the lock on it.

use std::path::{Path, PathBuf};

use super::{Failure, env, path_text, print_error};
use crate::content::config::{Origin, Settings};
use crate::content::folders::Folders;
use crate::exit::{NOT_SAVED, UNEXPECTED, WRONG_USE};
use store::record::listing::Listing;
use store::record::names::SESSIONS;
use store::record::{Lock, LockError, Totals, UncountedFile, folder, used_folders};

/// The data folder; an error where it once held records and holds none now.
pub(super) fn data_folder(settings: &Settings) -> Result<PathBuf, Failure> {
    let root = data_folder_unchecked(settings)?;
    let missing = state_folder(settings, &root).and_then(|state| used_folders::missing(&state, &root));
    refuse_unlisted(missing.iter()).map(|()| root)
}

/// The sessions in the data folder `root`. Where it once held some and holds none now, [`Totals::uncounted`] says so.
pub(super) fn totals(settings: &Settings, root: &Path) -> Totals {
    totals_of(settings, root, Listing::of(root))
}

/// As [`totals`], from a `listing` of `root`.
pub(super) fn totals_of(settings: &Settings, root: &Path, listing: Listing) -> Totals {
    let mut totals = Totals::of_listing(root, listing);
    if let Some(state) = state_folder(settings, root) {
        if totals.tells_of_any() {
            used_folders::note_use(&state, root);
        } else {
            totals.uncounted.extend(used_folders::missing(&state, root));
        }
    }
    totals
}

/// The folder in which it is noted that the data folder `root` holds records. None for the usual data folder, which is
/// there whenever the home folder is; another one may be on a disk that is not mounted.
pub(super) fn state_folder(settings: &Settings, root: &Path) -> Option<PathBuf> {
    let is_elsewhere = settings.data_dir.from != Origin::Shipped
        || env("XDG_DATA_HOME").is_some()
        || root.ancestors().any(Path::is_symlink);
    Folders::find(&env).state.filter(|_| is_elsewhere)
}

pub(super) fn data_folder_unchecked(settings: &Settings) -> Result<PathBuf, Failure> {
    settings.records().ok_or_else(|| {
        Failure::new(
            WRONG_USE,
            "There is no home folder to keep records in. Nothing was started. Name a folder with --data-dir.",
        )
    })
}

/// Warns of files that are not counted.
pub(super) fn warn_uncounted(uncounted: &[UncountedFile]) {
    for UncountedFile { path, why, .. } in uncounted {
        print_error(&format!("Not counted: {} {why}.", path_text(path)));
    }
}

/// Fails where the data folder `root` or its folder of sessions cannot be listed. A single year that cannot be listed
/// does not count: the others can still be shown.
pub(super) fn refuse_unlisted_top<'a>(
    root: &Path,
    uncounted: impl IntoIterator<Item = &'a UncountedFile>,
) -> Result<(), Failure> {
    let tops = [root.to_owned(), root.join(SESSIONS)];
    refuse_unlisted(uncounted.into_iter().filter(|uncounted| tops.contains(&uncounted.path)))
}

/// Fails where any folder that may hold sessions cannot be listed: what is said of them would be a guess.
pub(super) fn refuse_unlisted<'a>(mut uncounted: impl Iterator<Item = &'a UncountedFile>) -> Result<(), Failure> {
    match uncounted.find(|uncounted| uncounted.is_unlisted) {
        None => Ok(()),
        Some(UncountedFile { path, why, .. }) => {
            let path = path_text(path);
            Err(Failure::new(UNEXPECTED, format!("{path} {why}. What is in it is not known until that is mended.")))
        }
    }
}

/// Makes the data folder if need be, and locks it.
pub(super) fn lock(root: &Path) -> Result<Lock, Failure> {
    make_folder(root)?;
    Lock::take(root).map_err(Failure::from)
}

/// Locks the data folder if it is there; where it is not, nothing in it can be changed.
pub(super) fn lock_if_there(root: &Path) -> Result<Option<Lock>, Failure> {
    root.is_dir().then(|| lock(root)).transpose()
}

/// Makes the data folder if need be, and checks that it can be locked. That another instance holds the lock is no
/// failure yet, since nothing is to be written yet.
pub(super) fn check_writable(root: &Path) -> Result<(), Failure> {
    make_folder(root)?;
    match Lock::try_once(root) {
        Ok(_) | Err(LockError::Held) => Ok(()),
        Err(error) => Err(Failure::from(error)),
    }
}

fn make_folder(root: &Path) -> Result<(), Failure> {
    // It is synced when a record is created in it, not at every start.
    folder::make_data_folder(root).map_err(|error| {
        let message = format!(
            "The folder for records, {}, cannot be written: {error}. Nothing was started. Mend that, or name another \
             folder with --data-dir.",
            root.display()
        );
        Failure::new(NOT_SAVED, message)
    })
}
