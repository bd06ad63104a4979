//! `dermaroll roller retire`, `roller restore` and the same of serums.

use std::path::{Path, PathBuf};

use super::find_roller::{find, find_roller};
use super::serum::find_serum;
use super::{
    Failure, WRONG_USE, data_folder, in_quotes, lock_if_there, now, print_saved, settings, text_within, today, way_back,
};
use crate::content;
use crate::content::config::Flags;
use engine::safety::Standing;
use store::record::ledger::{RestoreError, Retired};
use store::record::text::LONGEST_NAME;
use store::record::{Ledger, OwnedRoller, OwnedSerum, Timestamp, Totals};
use store::sanitise::{escape_hidden, look_the_same};

pub(super) fn retire_roller(flags: &Flags, name: &str, why: Option<&str>) -> Result<u8, Failure> {
    let (root, why) = (root(flags)?, reason(why)?);
    let _lock = lock_if_there(&root)?;
    let owned = find_roller(&root, name)?;
    refuse_retired("roller", &owned.name, owned.retired.as_ref())?;
    let ledger = Ledger::new(&root);
    ledger.retire_roller(&owned.id, today()?, Some(Timestamp::of(now())), why)?;
    Ok(saved("ledger.is-retired", "roller", &owned.name, "restore", &ledger.roller_file(&owned.id)))
}

pub(super) fn retire_serum(flags: &Flags, name: &str, why: Option<&str>) -> Result<u8, Failure> {
    let (root, why) = (root(flags)?, reason(why)?);
    let _lock = lock_if_there(&root)?;
    let owned = find_serum(&root, name, false, |owned| owned.retired.is_none())?;
    refuse_retired("serum", &owned.name, owned.retired.as_ref())?;
    let ledger = Ledger::new(&root);
    ledger.retire_serum(&owned.id, today()?, Some(Timestamp::of(now())), why)?;
    Ok(saved("ledger.serum-retired", "serum", &owned.name, "restore", &ledger.serum_file(&owned.id)))
}

/// Takes back that a roller was retired, whoever said so.
pub(super) fn restore_roller(flags: &Flags, name: &str) -> Result<u8, Failure> {
    let root = root(flags)?;
    let _lock = lock_if_there(&root)?;
    let (owned, told) = restorable(&root, name)?;
    let ledger = Ledger::new(&root);
    let restored = ledger.restore_roller(&owned.id, Timestamp::of(now()), told);
    restored.map_err(|error| why_not_restored(&owned.name, error))?;
    Ok(saved("ledger.is-restored", "roller", &owned.name, "retire", &ledger.roller_file(&owned.id)))
}

/// The same of a serum.
pub(super) fn restore_serum(flags: &Flags, name: &str) -> Result<u8, Failure> {
    let root = root(flags)?;
    let _lock = lock_if_there(&root)?;
    let owned = find_serum(&root, name, false, |owned| owned.retired.is_some())?;
    if owned.retired.is_none() {
        return Err(not_retired("serum", &owned.name));
    }
    let ledger = Ledger::new(&root);
    let is_twin = |other: &OwnedSerum| other.is_in_use() && look_the_same(&other.name, &owned.name);
    if ledger.serums().0.iter().any(is_twin) {
        return Err(has_twin("serum", &owned.name));
    }
    let restored = ledger.restore_serum(&owned.id, Timestamp::of(now()));
    restored.map_err(|error| why_not_restored(&owned.name, error))?;
    Ok(saved("ledger.serum-restored", "serum", &owned.name, "retire", &ledger.serum_file(&owned.id)))
}

fn root(flags: &Flags) -> Result<PathBuf, Failure> {
    let (settings, _) = settings(flags)?;
    data_folder(&settings)
}

fn reason(why: Option<&str>) -> Result<&str, Failure> {
    why.map(|text| text_within("--why", text, LONGEST_NAME)).transpose().map(Option::unwrap_or_default)
}

/// Says by `word` what became of the roller or serum called `name`, and that `dermaroll KIND BACK` takes it back.
fn saved(word: &str, kind: &str, name: &str, back: &str, path: &Path) -> u8 {
    let text = content::words::built_in().fill(word, &[(kind, &escape_hidden(name))]);
    let later = way_back(&format!("dermaroll {kind} {back} {}", in_quotes(name)));
    print_saved(&format!("{text}\n{later}\n"), path)
}

fn refuse_retired(kind: &str, name: &str, retired: Option<&Retired>) -> Result<(), Failure> {
    let Some(retired) = retired else { return Ok(()) };
    let why = if retired.why.is_empty() { String::new() } else { format!(" ({})", escape_hidden(&retired.why)) };
    let message = format!(
        "{} is retired already, since {}{why}. Nothing was changed. dermaroll {kind} list shows all.",
        in_quotes(name),
        retired.on
    );
    Err(Failure::new(WRONG_USE, message))
}

/// The retired roller called `name`, and when a session last said that it was retired.
fn restorable(root: &Path, name: &str) -> Result<(OwnedRoller, Option<i64>), Failure> {
    let (ledger, totals) = (Ledger::new(root), Totals::read(root));
    let standing = |owned: &OwnedRoller| ledger.standing_of(owned, totals.told_retired(&owned.id));
    let owned = find(root, name, false, |owned| standing(owned) == Standing::Retired)?;
    match standing(&owned) {
        Standing::Retired => {}
        Standing::InUse => return Err(not_retired("roller", &owned.name)),
        Standing::NotKnown(file) => return Err(why_not_restored(&owned.name, RestoreError::NotKnown(file))),
    }
    let is_twin = |other: &OwnedRoller| other.id != owned.id && look_the_same(&other.name, &owned.name);
    if ledger.rollers().0.iter().any(|other| is_twin(other) && standing(other) != Standing::Retired) {
        return Err(has_twin("roller", &owned.name));
    }
    let told = totals.told_retired(&owned.id);
    Ok((owned, told))
}

fn not_retired(kind: &str, name: &str) -> Failure {
    let name = in_quotes(name);
    let message = format!("{name} is not retired. Nothing was changed. dermaroll {kind} list shows all.");
    Failure::new(WRONG_USE, message)
}

fn has_twin(kind: &str, name: &str) -> Failure {
    let message = format!(
        "Another {kind} called {} is in use, so nobody could tell them apart. Nothing was changed. Retire that one first.",
        in_quotes(name)
    );
    Failure::new(WRONG_USE, message)
}

fn why_not_restored(name: &str, error: RestoreError) -> Failure {
    let called = in_quotes(name);
    let message = match error {
        RestoreError::Save(error) => return error.into(),
        RestoreError::Unknown => format!("The file of {called} is gone. Nothing was changed."),
        RestoreError::NotKnown(file) => format!(
            "{file} cannot be read and may say that {called} was retired. Nothing was changed. Mend that file first, \
             or take it out of the folder."
        ),
        RestoreError::StillRetired => format!(
            "{called} would still be retired: a copy of its file says so of today or later, or a session says so of a \
             time that has not come by the clock of this computer. Nothing was changed. Take that copy out of the \
             folder, or set the clock."
        ),
    };
    Failure::new(WRONG_USE, message)
}
