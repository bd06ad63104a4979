//! What lies in a folder of the ledger, without the copies that programs which sync leave there.

use std::path::{Path, PathBuf};

use super::ids::{is_made_from, slug};
use super::{OwnedRoller, OwnedSerum};
use crate::record::history::{Odd, children};
use crate::record::names::{ELSEWHERE, evicted};
use crate::record::small::bytes;

/// What is owned, by id, and the files that are not counted.
pub(super) fn list<T: Named>(folder: &Path, read: impl Fn(&str, &[u8]) -> Result<T, String>) -> (Vec<T>, Vec<Odd>) {
    let mut odd = Vec::new();
    let mut items: Vec<(PathBuf, T)> = Vec::new();
    let mut paths = children(folder, &mut odd);
    paths.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if evicted(&name).is_some() {
            odd.push(Odd { path, why: ELSEWHERE.to_owned() });
            continue;
        }
        if name.starts_with('.') {
            continue;
        }
        match name.strip_suffix(".toml") {
            Some(id) if slug(id) == id => match bytes(&path).and_then(|bytes| read(id, &bytes)) {
                Ok(item) => items.push((path, item)),
                Err(why) => odd.push(Odd { path, why }),
            },
            Some(_) | None => odd.push(Odd { path, why: "does not have a name of this ledger".to_owned() }),
        }
    }
    let names: Vec<(String, String)> =
        items.iter().map(|(_, item)| (item.id().to_owned(), item.name().to_owned())).collect();
    let mut kept = Vec::new();
    for (path, item) in items {
        match names.iter().find(|(id, name)| name == item.name() && is_copy::<T>(item.id(), id, name)) {
            Some((id, _)) => odd.push(Odd { path, why: format!("looks like a copy of {id}") }),
            None => kept.push(item),
        }
    }
    (kept, odd)
}

/// Whether a file under the id `id` was made from that of `original`, which bears the same `name`, by a program that
/// syncs: some put the computer's name behind it. This program would have put a number there, or nothing.
fn is_copy<T: Named>(id: &str, original: &str, name: &str) -> bool {
    let is_longer = id.strip_prefix(original).is_some_and(|rest| rest.starts_with('-'));
    let is_own = |id: &str| is_made_from(id, name, T::KIND);
    is_longer && is_own(original) && !is_own(id)
}

/// What a ledger lists.
pub(super) trait Named {
    /// What it is, and its id where its name gives none.
    const KIND: &'static str;
    fn id(&self) -> &str;
    fn name(&self) -> &str;
}

impl Named for OwnedRoller {
    const KIND: &'static str = "roller";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for OwnedSerum {
    const KIND: &'static str = "serum";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}
