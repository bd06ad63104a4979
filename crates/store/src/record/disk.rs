//! The few calls with which the records change a disk, so that a test can fail, cut short or forget each of them.

use core::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use platform::files;

/// The calls that make, rename and remove files and folders.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Makes one folder for its owner alone.
    ///
    /// # Errors
    /// When anything stands there already, or it cannot be made.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Puts the names in the folder at `path` on disk.
    ///
    /// # Errors
    /// When the folder cannot be opened or synced.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// A new file at `path` for its owner alone, which can only grow.
    ///
    /// # Errors
    /// When anything at all stands there already, or it cannot be made.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// The file at `path`, to be appended to.
    ///
    /// # Errors
    /// When it is no plain file, is reached by a symbolic link, or cannot be opened.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Gives the file at `from` the name `to` in the same folder, in the place of a file that has it.
    ///
    /// # Errors
    /// When it cannot; both are then as they were.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes the file at `path` away.
    ///
    /// # Errors
    /// When it cannot.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// A file that is open for writing. What is written goes to its end.
pub trait Handle: io::Write + fmt::Debug + Send {
    /// Puts what was written on disk, and all that is needed to find it again. Must not be called again on a file
    /// where it has failed: it can then report success and lose data.
    ///
    /// # Errors
    /// When what was written is not certainly on disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts the file to `length` bytes.
    ///
    /// # Errors
    /// When it cannot.
    fn cut(&mut self, length: u64) -> io::Result<()>;

    /// Sets `bytes` of room aside behind what is written, without a change of length.
    ///
    /// # Errors
    /// When the file system cannot.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;
}

/// The disk of this computer.
#[derive(Debug, Clone, Copy)]
pub struct OsDisk;

impl OsDisk {
    /// This disk as [`Disk`], to be shared.
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
