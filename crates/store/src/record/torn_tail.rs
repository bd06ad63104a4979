//! The end of a file whose writing was cut off: set aside in a file of its own, never thrown away. And the one way in
//! which a whole session goes: because its owner said so twice.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::read;
use super::reading::Tail;

/// What was cut off a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TornTail {
    /// Where it was set aside.
    pub kept: PathBuf,
    /// How many bytes.
    pub bytes: usize,
}

/// Sets the torn tail of the file at `path` aside in a file of its own and cuts it off; None when there is none.
/// Everything before it is left as it is.
///
/// # Errors
/// When the file cannot be read, or the tail not be set aside; then nothing is cut off.
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

/// Takes the session file at `path` away for good, and the torn tails that were set aside beside it.
///
/// # Errors
/// When the session itself cannot be taken away.
pub fn discard(disk: &dyn Disk, path: &Path) -> Result<(), SaveError> {
    let save = |error| SaveError::new(path, error);
    let torn_of = |path: &Path| Some(format!("{}.torn-", path.file_stem()?.to_str()?));
    disk.remove(path).map_err(save)?;
    for beside in std::fs::read_dir(folder::of(path)).into_iter().flatten().flatten() {
        let is_torn = torn_of(path).is_some_and(|start| beside.file_name().to_string_lossy().starts_with(&start));
        if is_torn {
            // What is left of a session that is gone is of no use; one more attempt would change nothing.
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
