//! One writing instance for each data folder. The lock is a file in the state folder, outside what is synced
//! between computers; it is never replaced or removed, since a lock on a removed file keeps nobody out.

use core::fmt;
use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::disk::OWNER_FILE;
use super::folder;
use super::text::checksum;

/// Held for as long as this instance may write. The system lets go of it however the program ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why this instance may not write.
#[derive(Debug)]
pub enum LockError {
    /// Another one may.
    Held {
        /// Its process number, if it could be read.
        process: Option<u32>,
    },
    /// The lock itself cannot be used, which counts as held.
    Unusable(io::Error),
}

impl fmt::Display for LockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LockError::Held { process } => {
                out.write_str("A session is already running in another window")?;
                if let Some(process) = process {
                    write!(out, " (process {process})")?;
                }
                out.write_str(". Nothing was changed. Go on there, or close it first.")
            }
            LockError::Unusable(error) => write!(
                out,
                "It could not be made certain that no other session is running: {error}. Nothing was changed. \
                 Check the state folder's permissions; a network folder may not do."
            ),
        }
    }
}

impl std::error::Error for LockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LockError::Held { .. } => None,
            LockError::Unusable(error) => Some(error),
        }
    }
}

impl Lock {
    /// Takes the right to write to the folder `data`, which must exist. The lock file is kept in the folder `state`.
    ///
    /// # Errors
    /// When another instance holds it, or it cannot be told whether one does.
    pub fn take(state: &Path, data: &Path) -> Result<Lock, LockError> {
        let mut file = open(state, data).map_err(LockError::Unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { process: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(LockError::Unusable(error)),
        }
        // Only a help for whoever comes second; the lock holds without it.
        let _ = sign(&mut file, std::process::id());
        Ok(Lock { _file: file })
    }
}

/// One lock file for each data folder, however it is reached.
fn open(state: &Path, data: &Path) -> io::Result<File> {
    let data = fs::canonicalize(data)?;
    // The lock is of no use after a power cut.
    folder::make_at_once(state)?;
    let name = format!("writing-{}.lock", checksum("", &data.to_string_lossy()));
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(state.join(name), flags, Mode::from_raw_mode(OWNER_FILE))?);
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the lock is not a plain file"));
    }
    file.set_permissions(Permissions::from_mode(OWNER_FILE))?;
    Ok(file)
}

fn sign(file: &mut File, process: u32) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(format!("{process}\n").as_bytes())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
