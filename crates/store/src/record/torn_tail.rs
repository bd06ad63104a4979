//! The torn tail of a session file, which a crash cut off in the middle of a block: it is moved to a file of its own
//! and never thrown away. Also the only way to delete a whole session, which its owner has confirmed twice.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::read;
use super::reading::Tail;

/// A torn tail that was moved out of its session file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TornTail {
    /// The file it was moved to.
    pub kept: PathBuf,
    /// Its length in bytes.
    pub bytes: usize,
}

/// Moves the torn tail of the file at `path` to a file of its own and truncates the session file; None if there is no
/// torn tail. Everything before the tail stays as it is.
///
/// # Errors
/// If the file cannot be read or the tail cannot be saved. The session file is then left whole.
pub fn cut_torn_tail(disk: &dyn Disk, path: &Path) -> Result<Option<TornTail>, SaveError> {
    let save = |error| SaveError::new(path, error);
    let text = folder::read(path).map_err(save)?;
    let reading = read::parse(&text).map_err(|error| save(io::Error::other(error.to_string())))?;
    let Tail::Torn { bytes } = reading.tail else { return Ok(None) };
    let good = text.len().saturating_sub(bytes);
    let Some((_, tail)) = text.split_at_checked(good) else { return Ok(None) };
    let kept = set_aside(disk, path, &reading.header.id, tail)?;
    let length = u64::try_from(good).map_err(|error| save(io::Error::other(error)))?;
    let mut file = disk.append(path).map_err(save)?;
    file.cut(length).and_then(|()| file.sync()).map_err(save)?;
    Ok(Some(TornTail { kept, bytes }))
}

/// Deletes the session file at `path` and its torn tails for good.
///
/// # Errors
/// If the session file itself cannot be deleted.
pub fn discard(disk: &dyn Disk, path: &Path) -> Result<(), SaveError> {
    let save = |error| SaveError::new(path, error);
    let torn_of = |path: &Path| Some(format!("{}.torn-", path.file_stem()?.to_str()?));
    disk.remove(path).map_err(save)?;
    for beside in std::fs::read_dir(folder::of(path)).into_iter().flatten().flatten() {
        let is_torn = torn_of(path).is_some_and(|start| beside.file_name().to_string_lossy().starts_with(&start));
        if is_torn {
            // The tail of a deleted session is of no use, and trying again would change nothing.
            let _ = disk.remove(&beside.path());
        }
    }
    disk.sync_folder(folder::of(path)).map_err(save)
}

fn set_aside(disk: &dyn Disk, path: &Path, id: &str, tail: &[u8]) -> Result<PathBuf, SaveError> {
    let mut number: u32 = 1;
    loop {
        let kept = path.with_file_name(format!("{id}.torn-{number}"));
        match folder::write_new(disk, &kept, tail) {
            Ok(_) => return Ok(kept),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => number += 1,
            Err(error) => return Err(SaveError::new(&kept, error)),
        }
    }
}
