//! What the ledger says of one roller at this moment, its copies included, and that its pack was opened.

use std::path::Path;

use super::ids::{may_be_called, slug};
use super::{Condition, Ledger, OwnedRoller, SaveError};
use crate::record::history::Odd;
use crate::record::small::bytes;
use crate::record::stamp::Day;
use crate::safety::Standing;

impl Ledger {
    /// Whether each of the rollers called by `ids` may be used, by the files as they are now. One whose file is gone or
    /// cannot be read is not known; one that may be retired by a copy that cannot be read is not known either.
    pub fn standing<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<(String, Standing)> {
        let (rollers, odd) = self.rollers();
        ids.into_iter().map(|id| (id.to_owned(), standing(id, &rollers, &odd))).collect()
    }

    /// Whether the file or folder that `odd` is about could hold a roller called `name`.
    pub fn may_be_called(&self, odd: &Odd, name: &str) -> bool {
        (odd.is_unlisted && odd.path.is_dir()) || may_be_called(&odd.id(), name)
    }

    /// Notes that the pack of the roller `id` is open. One that came in none, is open already, or is not known, stays as
    /// it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_pack(&self, id: &str, on: Day) -> Result<(), SaveError> {
        let is_closed = |roller: &OwnedRoller| roller.condition == Condition::Sealed && roller.opened.is_none();
        let known = self.rollers().0.into_iter().find(|roller| roller.id == id && is_closed(roller));
        let Some(mut roller) = known else { return Ok(()) };
        roller.opened = Some(on);
        self.rewrite(&self.roller_file(id), &roller.to_text())
    }
}

fn standing(id: &str, rollers: &[OwnedRoller], odd: &[Odd]) -> Standing {
    let Some(roller) = rollers.iter().find(|roller| roller.id == id) else { return Standing::NotKnown };
    if roller.retired.is_some() {
        Standing::Retired
    } else if odd.iter().any(|odd| is_unreadable_copy(&odd.path, id)) {
        Standing::NotKnown
    } else {
        Standing::InUse
    }
}

/// Whether the file at `path`, which is not counted, is a copy of that of the roller `id` and cannot be read: it may say
/// that the roller is retired. Programs that sync put words of their own around the name; `blue-2` is a roller of its own,
/// `blue (conflicted copy)` is none.
fn is_unreadable_copy(path: &Path, id: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_of_its_own = name.strip_suffix(".toml").is_some_and(|stem| slug(stem) == stem);
    name.contains(id) && !is_of_its_own && bytes(path).and_then(|bytes| OwnedRoller::read(id, &bytes)).is_err()
}
