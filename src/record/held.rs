//! Days on which the skin was rolled although no sound record tells of it: the record was deleted, or its top is
//! damaged. They hold the interval all the same, since the skin does not heal faster for it.

use std::path::Path;

use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::history::{HANDS_FREE, Odd, children};
use crate::calendar::{self, Date};

/// The folder of days whose records were deleted.
const FOLDER: &str = "intervals";
const TEXT: &str = "# A session of this day was deleted. Its day is kept for the interval, and nothing else of it.\n";
/// A name begins with so many characters that tell the time: `20261122T183000Z`.
const STAMP: usize = "20261122T183000Z".len();

/// Keeps the day of the session `id`, which is about to be deleted.
///
/// # Errors
/// When that cannot be written; then the session must stay.
pub fn hold(disk: &dyn Disk, root: &Path, id: &str) -> Result<(), SaveError> {
    let folder = root.join(FOLDER);
    let path = folder.join(format!("{id}.toml"));
    let written = folder::make(disk, &folder).and_then(|()| folder::write_new(disk, &path, TEXT.as_bytes()));
    match written {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(SaveError::new(&path, error)),
    }
}

/// The local days that hold the interval besides the records, by the names of files: `odd` ones count when what can
/// still be read of them says that hands were busy.
pub fn days(root: &Path, odd: &[Odd]) -> Vec<Date> {
    let deleted = children(&root.join(FOLDER), &mut Vec::new());
    let unsound = odd.iter().filter(|odd| tells_of_rolling(&odd.path)).map(|odd| odd.path.clone());
    deleted.into_iter().chain(unsound).filter_map(|path| day(&path)).collect()
}

/// Whether the text at `path` looks like a session in which the last key was pressed. Nothing vouches for it.
pub fn tells_of_rolling(path: &Path) -> bool {
    let text = folder::read(path).unwrap_or_default();
    let last_key = format!("event = \"{HANDS_FREE}\"");
    text.windows(last_key.len()).any(|window| window == last_key.as_bytes())
}

fn day(path: &Path) -> Option<Date> {
    let name = path.file_name()?.to_str()?;
    calendar::parse_file_stamp(name.get(..STAMP)?).map(Date::of)
}
