//! Finds folders that look like copies of a profile's folder, made by a program that syncs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::history::UncountedFile;
use super::listing::is_same;
use super::names::PROFILES;
use super::walk::children;
use crate::sanitise::folded;

/// The copies of `root`, if it is a profile's folder: beside it, and in copies of the folder of all profiles. What
/// cannot be listed is added to `uncounted`.
pub(super) fn of_profile(root: &Path, uncounted: &mut Vec<UncountedFile>) -> Vec<PathBuf> {
    let Some((profiles, data)) = root
        .parent()
        .filter(|parent| parent.ends_with(PROFILES))
        .and_then(|profiles| Some((profiles, profiles.parent()?)))
    else {
        return Vec::new();
    };
    let own = name(root);
    let beside = children(profiles, uncounted);
    let names: Vec<String> =
        beside.iter().map(|path| name(path)).filter(|name| is_plain(name)).chain([own.clone()]).collect();
    let is_copy =
        |path: &PathBuf| !is_same(path, root) && original(&name(path), &names).is_some_and(|name| *name == own);
    let mut copies: Vec<PathBuf> =
        beside.into_iter().filter(is_copy).filter(|path| is_folder(path, root, uncounted)).collect();
    for other in children(data, uncounted) {
        let is_of_profiles = name(&other).to_lowercase().contains(PROFILES) && !is_same(&other, profiles);
        if is_of_profiles && is_folder(&other, profiles, uncounted) {
            let mut inside = children(&other, uncounted);
            inside.retain(|path| folded(&name(path)) == folded(&own) || is_copy(path));
            copies.extend(inside.into_iter().filter(|path| is_folder(path, root, uncounted)));
        }
    }
    uncounted.extend(
        copies.iter().map(|path| UncountedFile::new(path.clone(), "looks like a copy of the folder of a profile")),
    );
    copies
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a profile of this program could have a folder called `name`: programs that sync add other characters, or the
/// name of a computer in capitals.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_' || !c.is_ascii())
}

/// The profile in `names` that the folder `copy` is a copy of: the longest name that appears in it as separate words.
fn original<'a>(copy: &str, names: &'a [String]) -> Option<&'a String> {
    let folded_copy = folded(copy);
    let is_within = |name: &&String| {
        let name = folded(name);
        folded_copy.match_indices(&name).any(|(at, _)| {
            let (before, from) = folded_copy.split_at(at);
            let after = from.strip_prefix(&*name).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    };
    names.iter().filter(|_| !is_plain(copy)).filter(is_within).max_by_key(|name| name.len())
}

/// Whether `path` is a folder. Anything else may be what is left of the folder `of`, if that is missing.
fn is_folder(path: &Path, of: &Path, uncounted: &mut Vec<UncountedFile>) -> bool {
    let found = fs::metadata(path);
    let is_folder = found.as_ref().is_ok_and(fs::Metadata::is_dir);
    if !is_folder && !of.is_dir() {
        let error = found.err().unwrap_or_else(|| io::ErrorKind::NotADirectory.into());
        uncounted.push(UncountedFile::unlisted(path, &error));
    }
    is_folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_a_profile_is_told_from_another_profile() {
        let names = ["anna", "anna-maria", "joanna", "zo\u{eb}"].map(str::to_owned);
        for (copy, of) in [
            ("anna 2", "anna"),
            ("anna (conflicted copy 2026-01-01)", "anna"),
            ("Copy of anna", "anna"),
            ("anna-LAPTOP", "anna"),
            (".anna.icloud", "anna"),
            ("anna-maria (1)", "anna-maria"),
            ("joanna (1)", "joanna"),
            ("Zoe\u{308} 2", "zo\u{eb}"),
        ] {
            assert_eq!(original(copy, &names).map(String::as_str), Some(of), "{copy}");
        }
        for other in ["anna-2", "hanna", "ben 2", "annabel (1)", ""] {
            assert_eq!(original(other, &names), None, "{other}");
        }
    }
}
