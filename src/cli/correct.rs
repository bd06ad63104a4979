//! `dermaroll correct`: corrects a session or a later note in a file beside it.

use std::path::Path;

use super::find_roller::find_roller;
use super::find_session::Meant;
use super::log::{refuse_date, refuse_same_day};
use super::strike::{Entry, later_flag};
use super::{
    Failure, WRONG_USE, data_folder, day_until, find_session, lock, now, print_saved, reason, settings, text_within,
    way_back,
};
use crate::cli::arguments::CorrectEntry;
use crate::content;
use crate::content::config::Flags;
use engine::timeline::Wall;
use store::calendar::Date;
use store::record::text::{LONGEST_NAME, LONGEST_NOTE};
use store::record::{Amendment, Day, History, Ledger, OsDisk, RecordKind, What, amendment};
use store::sanitise::look_the_same;

pub(super) fn run(flags: &Flags, entry: &CorrectEntry) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let why = reason(entry.why.as_deref())?;
    let session = find_session::named(&root, &entry.id, Meant::NotStruck)?;
    let _lock = lock(&root)?;
    let found = Entry::of(&session, entry.later)?;
    let now = now();
    let mut amendment = Amendment::new(What::Corrected, &found.stem(), now, why);
    if found.note.is_some() {
        amendment.text = entry.text.as_deref().map(|text| note("--text", text)).transpose()?;
        let felt = super::note::felt(&entry.skin)?;
        amendment.felt = Some(felt).filter(|felt| !felt.is_empty());
    } else {
        of_session(&root, &found, entry, now, &mut amendment)?;
    }
    let fields = amendment.fields();
    if fields.is_empty() {
        let message = "There is nothing to correct. Nothing was changed. Say what is right, as in: dermaroll correct \
                       last --feel 2";
        return Err(Failure::new(WRONG_USE, message));
    }
    let path = amendment::write(&OsDisk, &found.path, &amendment)?;
    let id = &found.past.id;
    let places = [("what", found.called.as_str()), ("fields", &fields.join(", ")), ("id", id)];
    let text = content::words::built_in().fill("amend.corrected", &places);
    let later = format!("dermaroll correct {id}{} with what was there before", later_flag(entry.later));
    Ok(print_saved(&format!("{text}\n{}\n", way_back(&later)), &path))
}

fn of_session(
    root: &Path,
    found: &Entry,
    entry: &CorrectEntry,
    now: Wall,
    amendment: &mut Amendment,
) -> Result<(), Failure> {
    let of_paper = [
        ("--sections", !entry.sections.is_empty()),
        ("--roller", entry.roller.is_some()),
        ("--serum", entry.serum.is_some()),
    ];
    let asked = of_paper.iter().find(|(_, is_asked)| *is_asked).map(|(flag, _)| *flag);
    if let Some(flag) = asked.filter(|_| found.past.kind != RecordKind::Log) {
        let message = format!(
            "{flag} corrects sessions from paper. The program recorded {} itself, and that stays as it was. Nothing was \
             changed. --feel and --note correct what you said of it; dermaroll strike {} strikes it out.",
            found.called, found.past.id
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    amendment.day = entry.day.as_deref().map(|text| day(root, found, text, entry.again, now)).transpose()?;
    amendment.sections = Some(entry.sections.clone()).filter(|sections| !sections.is_empty());
    amendment.feel = entry.feel;
    amendment.note = entry.note.as_deref().map(|text| note("--note", text)).transpose()?;
    if let Some(name) = &entry.roller {
        let roller = find_roller(root, name)?;
        amendment.roller = Some(roller.id);
        amendment.roller_name = Some(roller.name);
        amendment.needle_um = Some(roller.needle.0);
    }
    if let Some(name) = &entry.serum {
        let name = text_within("--serum", name, LONGEST_NAME)?;
        let known = Ledger::new(root).newest_serum(|serum| look_the_same(&serum.name, name));
        amendment.brand = known.as_ref().and_then(|serum| serum.brand.clone());
        amendment.opened = known.and_then(|serum| serum.opened);
        amendment.serum = Some(name.to_owned());
    }
    Ok(())
}

/// The day that `text` names. The clock ran where the program recorded a session itself, so that its day is right unless
/// it lies ahead, or did until a person said which day it was.
fn day(root: &Path, found: &Entry, text: &str, again: bool, now: Wall) -> Result<Day, Failure> {
    let (date, day) = day_until(now, "--day", text)?;
    refuse_date(date, now)?;
    let was_corrected = amendment::of_session(&found.path).0.last(|one| one.day).is_some();
    if found.past.kind != RecordKind::Log && found.past.day() <= Date::of(now) && !was_corrected {
        let message = format!(
            "The program recorded {} itself, by a clock that was not ahead, so that its day stays. Nothing was changed. \
             dermaroll strike {} strikes it out.",
            found.called, found.past.id
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    if !again {
        refuse_same_day(&History::read(root), date, Some(&found.past.id))?;
    }
    Ok(day)
}

/// A note; an empty one takes it away.
fn note(what: &str, text: &str) -> Result<String, Failure> {
    if text.trim().is_empty() { Ok(String::new()) } else { text_within(what, text, LONGEST_NOTE).map(str::to_owned) }
}
