//! `dermaroll log`: enters an older session from paper.

use super::find_roller::find_roller;
use super::lock;
use super::{
    Failure, NOT_SAVED, WRONG_USE, data_folder, day_until, now, path_text, print_saved, settings, state_folder,
    text_within, warn_uncounted, way_back,
};
use crate::cli::arguments::NewLog;
use crate::content;
use crate::content::config::Flags;
use engine::protocol::Section;
use engine::protocol::words::borrowed;
use engine::timeline::Wall;
use store::calendar::Date;
use store::record::interval_hold::SessionRemnant;
use store::record::text::LONGEST_NOTE;
use store::record::{History, ManualEntry, OwnedRoller, Past, UncountedFile, used_folders};

/// A date before this is a typing mistake.
const FIRST_DATE: &str = "1970-01-01";

pub(super) fn run(flags: &Flags, new: &NewLog) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let now = now();
    let (date, _) = day_until(now, "The date", &new.date)?;
    refuse_date(date, now)?;
    let sections = if new.sections.is_empty() { &Section::ALL[..] } else { &new.sections };
    let note = new.note.as_deref().map(|text| text_within("--note", text, LONGEST_NOTE)).transpose()?;
    let roller = new.roller.as_deref().map(|name| find_roller(&root, name)).transpose()?;
    let _lock = lock(&root)?;
    let history = History::read(&root);
    warn_uncounted(&history.uncounted);
    if !new.again {
        refuse_same_day(&history, date, None)?;
    }
    let manual_entry = ManualEntry {
        began: date.noon(),
        roller: roller.map(|owned| with_uses(owned, &history, date)),
        sections: sections.iter().copied().collect(),
        felt: new.felt,
        note: note.map(str::to_owned),
    };
    let path = manual_entry.enter(&root, now)?;
    state_folder(&settings, &root).iter().for_each(|state| used_folders::note_use(state, &root));
    let words = content::words::built_in();
    let places = [("date", date.words_with_year()), ("path", path.display().to_string())];
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let way_back = way_back(&format!("dermaroll strike {id} --why TEXT"));
    Ok(print_saved(&format!("{}\n{way_back}\n", words.fill("paper.saved", &borrowed(&places))), &path))
}

/// Refuses a date that is so long ago that it is a typing mistake.
pub(super) fn refuse_date(date: Date, now: Wall) -> Result<(), Failure> {
    if Date::parse(FIRST_DATE).is_none_or(|first| date >= first) {
        return Ok(());
    }
    let message = format!(
        "The date {date} is before {FIRST_DATE}. Nothing was saved. Write year, month and day, as in {}.",
        Date::of(now)
    );
    Err(Failure::new(WRONG_USE, message))
}

/// Refuses the day `date` if there is a session of it in `history`, or may be one, other than the session `own`.
pub(super) fn refuse_same_day(history: &History, date: Date, own: Option<&str>) -> Result<(), Failure> {
    let is_other = |past: &&Past| is_on(past, date) && Some(past.id.as_str()) != own;
    if let Some(there) = history.past.iter().find(is_other) {
        let message = format!(
            "There is a session of {date} already: {}. Nothing was saved. dermaroll show {} shows it; with --again a \
             second one of that day is entered.",
            there.id, there.id
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    match trace_of(history, date) {
        None => Ok(()),
        Some(told) => {
            let message = format!(
                "A session of {date} {told}. Nothing was saved. With --again a session of that day is entered all the \
                 same."
            );
            Err(Failure::new(NOT_SAVED, message))
        }
    }
}

/// Whether something was rolled in it on that day, finished or not. Trials and checks do not count.
fn is_on(past: &Past, date: Date) -> bool {
    past.is_real_session() && !past.is_void() && past.touched_skin && past.day() == date
}

/// What suggests that there is or was a session of that day, as the end of a sentence.
fn trace_of(history: &History, date: Date) -> Option<String> {
    let of_remnant = |remnant: &SessionRemnant| {
        let path = path_text(&remnant.path);
        if remnant.is_doubtful {
            format!("may be there already, of which {path} is no whole record")
        } else {
            format!("was there before, as {path} tells")
        }
    };
    let of_uncounted =
        |uncounted: &UncountedFile| format!("may be there already: {} {}", path_text(&uncounted.path), uncounted.why);
    let remnant = history.remnants.iter().find(|remnant| remnant.day == date).map(of_remnant);
    remnant.or_else(|| history.uncounted.iter().find(|uncounted| uncounted.is_unlisted).map(of_uncounted))
}

/// The roller, with the number of sessions before that day in which it was used.
fn with_uses(owned: OwnedRoller, history: &History, date: Date) -> (OwnedRoller, u32) {
    let before = |past: &&Past| past.is_real_session() && !past.is_void() && past.day() < date;
    let used = history.past.iter().filter(before).filter(|past| past.rollers.contains(&owned.id)).count();
    (owned, u32::try_from(used).unwrap_or(u32::MAX))
}
