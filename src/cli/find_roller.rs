//! Finds the roller that an argument names: by its name, its id or its file.

use std::path::Path;

use super::amend_ledger::called_roller;
use super::strike::not_meant;
use super::{Failure, WRONG_USE, in_quotes, path_text, warn_uncounted};
use store::record::ledger::{ENDING, may_hold};
use store::record::{Ledger, OwnedRoller, UncountedFile};
use store::sanitise::{folded, look_the_same};

/// Names that are less similar than this, from 0 to 1, are not suggested.
const LEAST_SIMILARITY: f64 = 0.5;

/// The roller called `name`, in whatever case; one in use before one that is retired. `name` may also be an id, or the
/// name of a file, which tells rollers of one name apart.
pub(super) fn find_roller(root: &Path, name: &str) -> Result<OwnedRoller, Failure> {
    find(root, name, false, |owned| owned.retired.is_none())
}

/// As [`find_roller`], of those that are struck out if `struck`, else of the others. One for which `is_first` holds comes
/// before the rest.
pub(super) fn find(
    root: &Path,
    name: &str,
    struck: bool,
    is_first: impl Fn(&OwnedRoller) -> bool,
) -> Result<OwnedRoller, Failure> {
    let (rollers, uncounted) = Ledger::new(root).rollers();
    warn_uncounted(&uncounted);
    let (rollers, others): (Vec<_>, Vec<_>) = rollers.into_iter().partition(|owned| owned.struck.is_some() == struck);
    let is_called = |owned: &OwnedRoller| look_the_same(&owned.name, name);
    let mut found: Vec<&OwnedRoller> = rollers.iter().filter(|owned| is_called(owned) && is_first(owned)).collect();
    let id = name.strip_suffix(ENDING).unwrap_or(name);
    if found.is_empty() {
        found = rollers.iter().filter(|owned| owned.id == id).collect();
    }
    if found.is_empty() {
        found = rollers.iter().filter(|owned| is_called(owned)).collect();
    }
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => match uncounted.iter().find(|uncounted| uncounted.is_unlisted || may_hold(&uncounted.path, name)) {
            Some(UncountedFile { path, why, .. }) => {
                let message = format!(
                    "{} may be that roller, and {why}. Nothing was changed. Mend that file first.",
                    path_text(path)
                );
                Err(Failure::new(WRONG_USE, message))
            }
            None => Err(match others.iter().find(|owned| is_called(owned) || owned.id == id) {
                Some(other) => not_meant(&called_roller(other), !struck),
                None => Failure::new(WRONG_USE, unknown(name, &rollers)),
            }),
        },
        several => {
            let files: Vec<String> = several.iter().map(|owned| format!("{}{ENDING}", owned.id)).collect();
            let message = format!(
                "Several rollers are called {}. Nothing was changed. Name one by its file instead: {}.",
                in_quotes(name),
                files.join(", ")
            );
            Err(Failure::new(WRONG_USE, message))
        }
    }
}

fn unknown(name: &str, rollers: &[OwnedRoller]) -> String {
    let wanted = folded(name);
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(&wanted, &folded(known));
    let nearest = rollers
        .iter()
        .filter(|owned| owned.retired.is_none())
        .map(|owned| (likeness(&owned.name), &owned.name))
        .filter(|(likeness, _)| *likeness >= LEAST_SIMILARITY)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    let advice = match nearest {
        Some((_, nearest)) => format!("Did you mean {}?", in_quotes(nearest)),
        None => "dermaroll roller list shows all.".to_owned(),
    };
    format!("There is no roller {}. Nothing was changed. {advice}", in_quotes(name))
}
