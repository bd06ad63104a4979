//! Retires a roller or serum, and takes that back.

use core::fmt;
use std::path::Path;

use super::item::LedgerItem;
use super::listed::list;
use super::{Ledger, OwnedRoller, OwnedSerum, Retired, SaveError};
use crate::record::folder;
use crate::record::text::{LONGEST_NAME, sanitised, truncated};
use crate::record::timestamp::{Day, Timestamp};
use engine::safety::Standing;

/// Why something could not be retired.
#[derive(Debug)]
pub enum RetireError {
    /// No readable file has that id.
    Unknown {
        /// The id.
        id: String,
    },
    /// It could not be written.
    Save(SaveError),
}

impl fmt::Display for RetireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RetireError::Unknown { id } => {
                let id = sanitised(id, LONGEST_NAME);
                write!(out, "There is no \"{id}\" that could be retired. Nothing was changed. List them for their ids.")
            }
            RetireError::Save(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for RetireError {}

/// Why it could not be taken back that something was retired.
#[derive(Debug)]
pub enum RestoreError {
    /// No readable file has that id.
    Unknown,
    /// A copy of its file, or a session, says so of a day or a time that the clock has not passed.
    StillRetired,
    /// This file cannot be read and may say so.
    NotKnown(String),
    /// It could not be written.
    Save(SaveError),
}

impl Ledger {
    /// Retires the roller `id` on this day; `at` is the moment, if a command does. One that is retired already stays as it is.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    pub fn retire_roller(&self, id: &str, on: Day, at: Option<Timestamp>, why: &str) -> Result<(), RetireError> {
        self.retire(&self.roller_file(id), self.recorded_rollers().items, id, Retired { on, at, why: why.to_owned() })
    }

    /// As [`Ledger::retire_roller`], of a serum.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    pub fn retire_serum(&self, id: &str, on: Day, at: Option<Timestamp>, why: &str) -> Result<(), RetireError> {
        self.retire(&self.serum_file(id), self.recorded_serums().items, id, Retired { on, at, why: why.to_owned() })
    }

    fn retire<T: LedgerItem>(&self, path: &Path, all: Vec<T>, id: &str, retired: Retired) -> Result<(), RetireError> {
        let known = all.into_iter().find(|owned| owned.id() == id);
        let mut owned = known.ok_or_else(|| RetireError::Unknown { id: id.to_owned() })?;
        if owned.retired().is_some() {
            return Ok(());
        }
        *owned.retired() = Some(Retired { why: truncated(&retired.why, LONGEST_NAME), ..retired });
        self.rewrite(path, &owned.to_text()).map_err(RetireError::Save)
    }

    /// Takes back, at `now`, that the roller `id` was retired. What its file, a copy of it or a session said before does
    /// not count any more; of the day of `now` a copy that does not know of this is believed, since it may have been
    /// written later. `told` is when a session last said so. Nothing is written if the roller would be retired still.
    ///
    /// # Errors
    /// As [`RestoreError`] says.
    pub fn restore_roller(&self, id: &str, now: Timestamp, told: Option<i64>) -> Result<(), RestoreError> {
        self.restore(&self.roller_file(id), id, now, |owned: &OwnedRoller| self.standing_of(owned, told))
    }

    /// As [`Ledger::restore_roller`], of a serum.
    ///
    /// # Errors
    /// As [`RestoreError`] says.
    pub fn restore_serum(&self, id: &str, now: Timestamp) -> Result<(), RestoreError> {
        let standing = |owned: &OwnedSerum| if owned.retired.is_some() { Standing::Retired } else { Standing::InUse };
        self.restore(&self.serum_file(id), id, now, standing)
    }

    fn restore<T: LedgerItem>(
        &self,
        path: &Path,
        id: &str,
        now: Timestamp,
        standing: impl Fn(&T) -> Standing,
    ) -> Result<(), RestoreError> {
        let restored = |own: &str, bytes: &[u8]| {
            let mut owned = T::read(own, bytes)?;
            if own == id {
                (*owned.retired(), *owned.restored()) = (None, Some(now));
            }
            Ok(owned)
        };
        let all = list(folder::of(path), restored).items;
        let owned = all.into_iter().find(|owned| owned.id() == id).ok_or(RestoreError::Unknown)?;
        match standing(&owned) {
            Standing::InUse => self.rewrite(path, &owned.to_text()).map_err(RestoreError::Save),
            Standing::Retired => Err(RestoreError::StillRetired),
            Standing::NotKnown(file) => Err(RestoreError::NotKnown(file)),
        }
    }
}
