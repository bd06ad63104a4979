//! `dermaroll roller strike`, `roller correct` and the same of serums: each in a file beside the one that it is about.

use std::path::Path;

use super::find_roller::{find, find_roller};
use super::roller::{length, refuse_duplicate};
use super::serum::find_serum;
use super::strike::{capitalised, strike};
use super::{
    Failure, WRONG_USE, data_folder, day_until, in_quotes, lock_if_there, now, print_saved, reason, settings,
    text_within, way_back,
};
use crate::cli::arguments::{CorrectRoller, CorrectSerum, StrikeNamed};
use crate::content;
use crate::content::config::Flags;
use engine::protocol::Words;
use store::record::text::LONGEST_NAME;
use store::record::{Amendment, Day, Ledger, OsDisk, OwnedRoller, OwnedSerum, Struck, Totals, What, amendment};

pub(super) fn strike_roller(flags: &Flags, named: &StrikeNamed) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let why = reason(named.strike.why.as_deref())?;
    let _lock = lock_if_there(&root)?;
    let owned = find(&root, &named.name, named.strike.take_back, |owned| owned.retired.is_none())?;
    if named.strike.take_back {
        refuse_duplicate(&Ledger::new(&root), &owned.name)?;
    } else {
        refuse_used(&root, &owned, "Retire it instead: dermaroll roller retire")?;
    }
    let command = format!("dermaroll roller strike {}", in_quotes(&owned.name));
    let path = Ledger::new(&root).roller_file(&owned.id);
    strike(&path, &owned.id, &called_roller(&owned), "amend.struck-roller", why, &named.strike, &command)
}

pub(super) fn correct_roller(flags: &Flags, fields: &CorrectRoller) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let rules = settings.protocols()?.session.rules;
    let root = data_folder(&settings)?;
    let _lock = lock_if_there(&root)?;
    let owned = find_roller(&root, &fields.name)?;
    let mut amendment = Amendment::new(What::Corrected, &owned.id, now(), reason(fields.why.as_deref())?);
    amendment.name = name(fields.new_name.as_deref(), "--name")?;
    if let Some(name) = &amendment.name {
        refuse_duplicate(&Ledger::new(&root), name)?;
    }
    if let Some(text) = &fields.length {
        amendment.needle_um = Some(length(text, &rules)?.0);
        refuse_used(&root, &owned, "Retire it, and enter one of the right length")?;
    }
    amendment.opened = opened(fields.opened.as_deref())?;
    amendment.bought_from = name(fields.bought_from.as_deref(), "--bought-from")?;
    let path = Ledger::new(&root).roller_file(&owned.id);
    write(&path, &amendment, &called_roller(&owned), "dermaroll roller correct", &owned.name)
}

pub(super) fn strike_serum(flags: &Flags, named: &StrikeNamed) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let why = reason(named.strike.why.as_deref())?;
    let _lock = lock_if_there(&root)?;
    let owned = find_serum(&root, &named.name, named.strike.take_back, |owned| owned.retired.is_none())?;
    if named.strike.take_back {
        super::serum::refuse_duplicate(&root, &owned.name)?;
    }
    let command = format!("dermaroll serum strike {}", in_quotes(&owned.name));
    let path = Ledger::new(&root).serum_file(&owned.id);
    strike(&path, &owned.id, &called_serum(&owned), "amend.struck-serum", why, &named.strike, &command)
}

pub(super) fn correct_serum(flags: &Flags, fields: &CorrectSerum) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let _lock = lock_if_there(&root)?;
    let owned = find_serum(&root, &fields.name, false, |owned| owned.retired.is_none())?;
    let mut amendment = Amendment::new(What::Corrected, &owned.id, now(), reason(fields.why.as_deref())?);
    amendment.name = name(fields.new_name.as_deref(), "--name")?;
    if let Some(name) = &amendment.name {
        super::serum::refuse_duplicate(&root, name)?;
    }
    amendment.brand = name(fields.brand.as_deref(), "--brand")?;
    amendment.opened = opened(fields.opened.as_deref())?;
    let path = Ledger::new(&root).serum_file(&owned.id);
    write(&path, &amendment, &called_serum(&owned), "dermaroll serum correct", &owned.name)
}

/// Writes the correction of the roller or serum called `name` until now, in the file at `path`.
fn write(path: &Path, amendment: &Amendment, called: &str, command: &str, name: &str) -> Result<u8, Failure> {
    let fields = amendment.fields();
    if fields.is_empty() {
        let message = format!(
            "There is nothing to correct. Nothing was changed. Say what is right; {command} --help lists what can be \
             corrected."
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    let written = amendment::write(&OsDisk, path, amendment)?;
    let places = [("what", called), ("fields", &fields.join(", "))];
    let text = content::words::built_in().fill("amend.corrected-in-ledger", &places);
    let name = in_quotes(amendment.name.as_deref().unwrap_or(name));
    let later = format!("{command} {name} with what was there before");
    Ok(print_saved(&format!("{text}\n{}\n", way_back(&later)), &written))
}

/// Refuses where a session used `owned`, or nobody can say that none did. Its uses would be counted for nothing, and the
/// sessions tell the length that it had.
fn refuse_used(root: &Path, owned: &OwnedRoller, instead: &str) -> Result<(), Failure> {
    let totals = Totals::read(root);
    let called = capitalised(&called_roller(owned));
    let why = match (totals.uses_of(&owned.id), totals.knows_uses()) {
        (0, true) => return Ok(()),
        (0, false) => "may have been used in a record that cannot be read or is not closed, so that its entry stays",
        (_, _) => "was used in a session, which tells of it as it was entered",
    };
    Err(Failure::new(WRONG_USE, format!("{called} {why}. Nothing was changed. {instead}.")))
}

pub(super) fn called_roller(owned: &OwnedRoller) -> String {
    content::words::built_in().fill("amend.roller", &[("name", &in_quotes(&owned.name))])
}

pub(super) fn called_serum(owned: &OwnedSerum) -> String {
    content::words::built_in().fill("amend.serum", &[("name", &in_quotes(&owned.name))])
}

fn name(text: Option<&str>, what: &str) -> Result<Option<String>, Failure> {
    text.map(|text| text_within(what, text, LONGEST_NAME).map(str::to_owned)).transpose()
}

/// The day of opening that `--opened` names.
pub(super) fn opened(text: Option<&str>) -> Result<Option<Day>, Failure> {
    text.map(|text| day_until(now(), "--opened", text).map(|(_, day)| day)).transpose()
}

/// When and why something was retired.
pub(super) fn retired(words: &Words, day: &str, why: Option<&str>) -> String {
    match why {
        Some(why) => words.fill("ledger.retired-why", &[("date", day), ("why", why)]),
        None => words.fill("ledger.retired", &[("date", day)]),
    }
}

/// When and why something was struck out.
pub(super) fn struck_out(words: &Words, struck: &Struck) -> String {
    let date = struck.at.day().map(|day| day.to_string()).unwrap_or_default();
    words.fill("ledger.struck", &[("date", &date), ("why", &struck.why)])
}
