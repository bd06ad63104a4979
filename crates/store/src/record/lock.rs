//! Only one instance of the program may write to a data folder at a time. The lock is taken on the opened folder
//! itself. So it is the same by whatever path the folder is reached, the system releases it however the program ends,
//! and no lock file is synced between computers.

use core::fmt;
use core::time::Duration;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::thread;

use platform::files::{FolderLock, lock_folder};

/// A command holds the lock only for a moment, so taking it is tried this many times before the records count as in
/// use.
const TRIES: u32 = 8;
const BETWEEN_TRIES: Duration = Duration::from_millis(25);

/// The right to write; held for as long as this instance may.
#[derive(Debug)]
pub struct Lock {
    _folder: FolderLock,
}

/// Why this instance may not write.
#[derive(Debug)]
pub enum LockError {
    /// Another instance may.
    Held,
    /// Nobody can tell whether another instance may, which is treated as if it did.
    Unusable(io::Error),
}

impl fmt::Display for LockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LockError::Held => out.write_str(
                "These records are in use by another window or command. Nothing was changed. Finish there, then try again.",
            ),
            LockError::Unusable(error) => write!(
                out,
                "It could not be made certain that nothing else is writing to these records: {error}. Nothing was changed. \
                 Check the permissions of the folder for records; a network folder may not do."
            ),
        }
    }
}

impl std::error::Error for LockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LockError::Held => None,
            LockError::Unusable(error) => Some(error),
        }
    }
}

impl Lock {
    /// Takes the right to write to the folder `data`, which must exist. Waits a moment for a command that holds it.
    ///
    /// # Errors
    /// If another instance holds it, or nobody can tell.
    pub fn take(data: &Path) -> Result<Lock, LockError> {
        let mut taken = Lock::try_once(data);
        for _ in 1..TRIES {
            if !matches!(taken, Err(LockError::Held)) {
                break;
            }
            thread::park_timeout(BETWEEN_TRIES);
            taken = Lock::try_once(data);
        }
        taken
    }

    /// As [`Lock::take`], with one attempt and no wait.
    ///
    /// # Errors
    /// As [`Lock::take`].
    pub fn try_once(data: &Path) -> Result<Lock, LockError> {
        match lock_folder(data) {
            Ok(folder) => Ok(Lock { _folder: folder }),
            Err(TryLockError::WouldBlock) => Err(LockError::Held),
            Err(TryLockError::Error(error)) => Err(LockError::Unusable(error)),
        }
    }
}
