//! All calls that change the disk, behind a trait, so that a test can make each of them fail, stop short or get lost.

use core::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use platform::files;

/// The calls that create, rename and delete files and folders.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Creates one folder, private to its owner.
    ///
    /// # Errors
    /// If anything exists there, or the folder cannot be created.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Syncs the names in the folder at `path` to disk.
    ///
    /// # Errors
    /// If the folder cannot be opened or synced.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Creates a file at `path`, private to its owner and open for appending only.
    ///
    /// # Errors
    /// If anything exists there, or the file cannot be created.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Opens the file at `path` for appending.
    ///
    /// # Errors
    /// If it is no plain file, is a symbolic link, or cannot be opened.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Renames the file at `from` to `to` in the same folder, replacing a file of that name.
    ///
    /// # Errors
    /// If that fails. Both files are then unchanged.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Deletes the file at `path`.
    ///
    /// # Errors
    /// When it cannot.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// A file that is open for appending.
pub trait Handle: io::Write + fmt::Debug + Send {
    /// Syncs everything written so far to disk, and whatever is needed to find it again. Must not be called again on a
    /// file after it failed: it could then report success and lose data.
    ///
    /// # Errors
    /// If what was written is not certainly on disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Truncates the file to `length` bytes.
    ///
    /// # Errors
    /// When it cannot.
    fn cut(&mut self, length: u64) -> io::Result<()>;

    /// Reserves `bytes` of disk space after what is written, without changing the file's length.
    ///
    /// # Errors
    /// If the file system cannot.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;
}

/// The real disk, through the operating system.
#[derive(Debug, Clone, Copy)]
pub struct OsDisk;

impl OsDisk {
    /// The real disk as a shared [`Disk`].
    pub fn shared() -> Arc<dyn Disk> {
        Arc::new(OsDisk)
    }
}

impl Disk for OsDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        files::make_private_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        files::sync_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(files::create_private(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(files::append_plain(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

impl Handle for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        files::reserve(self, bytes)
    }
}
