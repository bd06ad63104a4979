//! One writing instance for each data folder. The lock lies on the opened folder itself: it is the same however the
//! folder is reached and whatever other folders are set, the system lets go of it however the program ends, and nothing of
//! it is synced between computers.

use core::fmt;
use core::time::Duration;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::thread;

use platform::files::{FolderLock, lock_folder};

/// A command writes for a moment. Whoever meets it tries again so often before saying that the records are in use.
const TRIES: u32 = 8;
const BETWEEN_TRIES: Duration = Duration::from_millis(25);

/// Held for as long as this instance may write.
#[derive(Debug)]
pub struct Lock {
    _folder: FolderLock,
}

/// Why this instance may not write.
#[derive(Debug)]
pub enum LockError {
    /// Another one may.
    Held,
    /// It cannot be told whether another one may, which counts as if it might.
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
    /// Takes the right to write to the folder `data`, which must exist.
    ///
    /// # Errors
    /// When another instance holds it, or it cannot be told whether one does.
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

    /// As [`Lock::take`], for whoever only asks.
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
