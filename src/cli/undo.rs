//! `dermaroll undo`: takes back what was written last among the records, within the hour.

use super::{Failure, data_folder, lock, now, path_text, print, print_saved, settings, state_folder};
use crate::content;
use crate::content::config::Flags;
use engine::protocol::Words;
use store::calendar::Date;
use store::record::undo::{self, Written, Wrote};
use store::record::{OsDisk, What, used_folders};
use store::sanitise::{brief, escape_hidden};

pub(super) fn run(flags: &Flags) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let words = content::words::built_in();
    let none = || print(&(words.say("undo.none") + "\n")).map(|()| 0);
    if !root.is_dir() {
        return none();
    }
    let _lock = lock(&root)?;
    let Some(last) = undo::last(&root, now()) else { return none() };
    undo::take_back(&OsDisk, &last, &words.say("undo.retired-again"))?;
    if matches!(last.wrote, Wrote::Log(_)) {
        state_folder(&settings, &root).iter().for_each(|state| used_folders::forget_if_empty(state, &root));
    }
    let word = match last.wrote {
        Wrote::RetiredRoller(_) | Wrote::RetiredSerum(_) => "undo.as-before",
        Wrote::RestoredRoller(_) | Wrote::RestoredSerum(_) => "undo.is-retired",
        _ => "undo.deleted",
    };
    let at = last.at.local_minute();
    // The path comes last, so that braces in it are not filled in.
    let places = [("what", escape_hidden(&what(&words, &last))), ("at", at), ("file", path_text(&last.path))];
    let text = words.fill(word, &engine::protocol::words::borrowed(&places));
    Ok(print_saved(&format!("{text}\n"), &last.path))
}

/// What was written, in a sentence.
fn what(words: &Words, last: &Written) -> String {
    match &last.wrote {
        Wrote::Log(past) => words.fill("undo.log", &[("date", &past.day().words_with_year())]),
        Wrote::Note(note) => {
            let date = Date::of(note.written.wall()).words_with_year();
            words.fill("undo.note", &[("date", &date), ("session", &note.session), ("text", &brief(&note.text))])
        }
        Wrote::Amendment(one) => {
            let word = match one.what {
                What::Struck => "undo.struck",
                What::Unstruck => "undo.unstruck",
                What::Corrected => "undo.corrected",
            };
            words.fill(word, &[("of", &one.of), ("fields", &one.fields().join(", "))])
        }
        Wrote::Roller(owned) => words.fill("undo.roller", &[("name", &owned.name)]),
        Wrote::RetiredRoller(owned) => words.fill("undo.retired-roller", &[("name", &owned.name)]),
        Wrote::RestoredRoller(owned) => words.fill("undo.restored-roller", &[("name", &owned.name)]),
        Wrote::Serum(owned) => words.fill("undo.serum", &[("name", &owned.name)]),
        Wrote::RetiredSerum(owned) => words.fill("undo.retired-serum", &[("name", &owned.name)]),
        Wrote::RestoredSerum(owned) => words.fill("undo.restored-serum", &[("name", &owned.name)]),
    }
}
