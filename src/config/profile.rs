//! Whose records: the name of a profile, and the folder that is its own.

use std::path::{Path, PathBuf};

use super::Origin;
use crate::assets::Refusal;
use crate::visible::brief;

/// The folder of all profiles within the data folder.
const FOLDER: &str = "profiles";

/// Characters of a name.
pub(super) const LONGEST: usize = 32;

/// The data folder of the profile called `name` within `data`; an empty name means `data` itself.
pub fn folder(data: &Path, name: &str) -> PathBuf {
    if name.is_empty() { data.to_owned() } else { data.join(FOLDER).join(name) }
}

/// What is wrong with `name` and what to do, if it cannot be that of a folder on every computer that it may be synced
/// to. An empty one is no name and in order.
pub(super) fn wrong(name: &str) -> Option<(String, String)> {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let is_short = name.chars().count() <= LONGEST;
    (!is_short || !name.chars().all(is_plain)).then(|| {
        let what = format!("profile \"{}\" cannot be the name of a folder", brief(name));
        (what, format!("Write 1 to {LONGEST} letters, digits, - and _, such as anna."))
    })
}

/// A name that a variable or a flag gives.
pub(super) fn named(name: &str, from: Origin) -> Result<String, Refusal> {
    match wrong(name) {
        None => Ok(name.to_owned()),
        Some((what, todo)) => Err(Refusal::whole(&from.to_string(), what, &todo)),
    }
}
