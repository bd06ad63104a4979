//! Decides whether a roller may be used, for the start, the commands and every gate of a session: nothing else does.
//! Also notes that a pack was opened.

use std::path::Path;

use super::{Condition, Ledger, OwnedRoller, SaveError};
use crate::record::timestamp::Day;
use crate::sanitise::escape_hidden;
use engine::safety::Standing;

impl OwnedRoller {
    /// Whether what a session said of it at `told`, in seconds since the beginning of 1970, retires it: it does unless
    /// that was taken back later.
    pub(crate) fn is_told_retired(&self, told: Option<i64>) -> bool {
        let restored = self.restored.map(|restored| restored.wall().unix);
        told.is_some_and(|told| restored.is_none_or(|restored| told >= restored))
    }
}

impl Ledger {
    /// Whether each of the rollers `ids` may be used, by the files as they are now. A roller whose file is missing or
    /// unreadable is not known.
    pub fn standing<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<(String, Standing)> {
        let rollers = self.rollers().0;
        let standing = |id: &str| match rollers.iter().find(|roller| roller.id == id) {
            Some(roller) => self.standing_of(roller, None),
            None => Standing::NotKnown(self.shown(&self.roller_file(id))),
        };
        ids.into_iter().map(|id| (id.to_owned(), standing(id))).collect()
    }

    /// Whether `roller` may be used. `told` is when a session last said that it was retired, in seconds since the
    /// beginning of 1970. If an unreadable copy might say so, nobody knows.
    pub fn standing_of(&self, roller: &OwnedRoller, told: Option<i64>) -> Standing {
        match &roller.unread {
            // One that was struck out is not what its entry says, so that nobody may trust its length.
            _ if roller.is_told_retired(told) || !roller.is_in_use() => Standing::Retired,
            Some(unread) => Standing::NotKnown(self.shown(&unread.path)),
            None => Standing::InUse,
        }
    }

    /// The path of a file below the data folder; safe to print.
    pub fn shown(&self, path: &Path) -> String {
        escape_hidden(&path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy())
    }

    /// Notes that the pack of the roller `id` is open. Nothing changes if it came without a pack, is open already, or
    /// is not known.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_pack(&self, id: &str, on: Day) -> Result<(), SaveError> {
        let is_closed = |roller: &OwnedRoller| roller.condition == Condition::Sealed && roller.opened.is_none();
        let known = self.recorded_rollers().items.into_iter().find(|roller| roller.id == id && is_closed(roller));
        let Some(mut roller) = known else { return Ok(()) };
        roller.opened = Some(on);
        self.rewrite(&self.roller_file(id), &roller.to_text())
    }
}
