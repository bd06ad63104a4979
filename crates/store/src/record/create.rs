//! Creates the file of a new session, or of one that is entered by hand: an unused name in the folder of its year.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Handle};
use super::file::SaveError;
use super::folder;
use super::names::{self, SESSIONS};
use crate::calendar::year;
use engine::timeline::Wall;

/// How many names are tried. Each is one of a million for its second.
const TRIES: usize = 16;

/// Creates the file of a session that began at `began`, below the data folder `root`. `text` makes the content from the
/// id. Returns the id, the path, and the file open for appending.
pub(super) fn session_file(
    disk: &dyn Disk,
    root: &Path,
    began: Wall,
    text: impl Fn(&str) -> io::Result<String>,
) -> Result<(String, PathBuf, Box<dyn Handle>), SaveError> {
    let folder = root.join(SESSIONS).join(format!("{:04}", year(began)));
    folder::make(disk, &folder).map_err(|error| SaveError::new(&folder, error))?;
    let mut left = TRIES;
    loop {
        let id = names::id(began, &folder::random_name(4));
        let path = folder.join(format!("{id}.toml"));
        match text(&id).and_then(|text| folder::write_whole(disk, &path, text.as_bytes())) {
            Ok(file) => return Ok((id, path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && left > 0 => left -= 1,
            Err(error) => return Err(SaveError::new(&path, error)),
        }
    }
}
