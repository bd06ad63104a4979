//! Writes an export to a file: it holds the old text or the new one, never a mixture, and only its owner can read it.

use core::fmt;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::record::folder;
use platform::files;

/// Why an export could not be written to its file.
#[derive(Debug)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: io::Error,
    /// The file holds the new text all the same, though a power cut might undo that.
    pub replaced: bool,
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, why) = (self.path.display(), &self.why);
        if self.replaced {
            write!(
                out,
                "{path}: the export is in it, but the disk did not confirm that: {why}. Your records are as they \
                 were. Look at the disk, then export again."
            )
        } else {
            write!(
                out,
                "{path}: the export could not be written: {why}. What stood there before and your records are as \
                 they were. Name another file with --out, or leave it out to print the export."
            )
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.why)
    }
}

/// Creates or replaces the plain file at `path` with what `write` writes. The text is on disk before it gets that name,
/// and the name is on disk when this returns.
///
/// # Errors
/// If anything but a plain file exists there, or it cannot be written. The old file is then unchanged, unless the error
/// says otherwise.
pub fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    let failed = |replaced| move |why| WriteError { path: path.to_owned(), why, replaced };
    exchange(path, write).map_err(failed(false))?;
    files::sync_folder(folder::of(path)).map_err(failed(true))
}

fn exchange(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.file_name().is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "that is no name of a file"));
    }
    if !folder::of(path).is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "its folder is not there"));
    }
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() => {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "what stands there is no plain file"));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(_) | Err(_) => {}
    }
    // Deleted automatically if anything below fails.
    let fresh =
        tempfile::Builder::new().prefix(".dermaroll-export-").make_in(folder::of(path), files::create_private)?;
    let mut out = BufWriter::new(fresh.as_file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|error| error.error)?;
    Ok(())
}
