//! What the ledger says of one roller at this moment, and that its pack was opened.

use std::path::Path;

use super::{Ledger, OwnedRoller, RetireError, SaveError, rewrite};
use crate::record::history::Odd;
use crate::record::names::ROLLERS;
use crate::record::small::bytes;
use crate::record::stamp::Day;
use crate::safety::Standing;

impl Ledger {
    /// Whether each of the rollers called by `ids` may be used, by the files as they are now. One whose file is gone or
    /// cannot be read is not known; one that a copy beside its file calls retired is retired.
    pub fn standing<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<(String, Standing)> {
        let (rollers, odd) = self.rollers();
        ids.into_iter().map(|id| (id.to_owned(), standing(id, &rollers, &odd))).collect()
    }

    /// Notes that the pack of the roller `id` is open. One that is open already, or is not known, stays as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_pack(&self, id: &str, on: Day) -> Result<(), SaveError> {
        let known = self.rollers().0.into_iter().find(|roller| roller.id == id && roller.opened.is_none());
        let Some(mut roller) = known else { return Ok(()) };
        roller.opened = Some(on);
        match rewrite(&*self.disk, &self.root.join(ROLLERS), &roller.id, &roller.to_text()) {
            Err(RetireError::Save(error)) => Err(error),
            Ok(()) | Err(RetireError::Unknown { .. }) => Ok(()),
        }
    }
}

fn standing(id: &str, rollers: &[OwnedRoller], odd: &[Odd]) -> Standing {
    let Some(roller) = rollers.iter().find(|roller| roller.id == id) else { return Standing::NotKnown };
    let copies: Vec<Standing> = odd.iter().filter_map(|odd| told_by_copy(&odd.path, roller)).collect();
    if roller.retired.is_some() || copies.contains(&Standing::Retired) {
        Standing::Retired
    } else if copies.contains(&Standing::NotKnown) {
        Standing::NotKnown
    } else {
        Standing::InUse
    }
}

/// What the file at `path`, which is not counted, says of `roller`; None: it is no copy of its file. Programs that sync
/// put a word of their own behind the name.
fn told_by_copy(path: &Path, roller: &OwnedRoller) -> Option<Standing> {
    let name = path.file_name()?.to_string_lossy();
    let rest = name.strip_prefix(roller.id.as_str())?;
    let stem = rest.strip_suffix(".toml")?;
    let read = bytes(path).and_then(|bytes| OwnedRoller::read(&roller.id, &bytes));
    match read {
        Ok(copy) if copy.name != roller.name => None,
        Ok(copy) if copy.retired.is_some() => Some(Standing::Retired),
        Ok(_) => Some(Standing::InUse),
        // `blue-2` is a roller of its own that cannot be read; `blue (conflicted copy)` is none.
        Err(_) if stem.starts_with(|next: char| next == '-' || next.is_ascii_alphanumeric()) => None,
        Err(_) => Some(Standing::NotKnown),
    }
}
