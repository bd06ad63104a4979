//! `dermaroll strike`: strikes out a session or a later note, in a file beside it, or takes that back.

use std::path::{Path, PathBuf};

use super::find_session::Meant;
use super::{
    Failure, UNEXPECTED, WRONG_USE, data_folder, find_session, lock, now, print_saved, reason, settings, way_back,
};
use crate::cli::arguments::{Strike, StrikeEntry};
use crate::content;
use crate::content::config::Flags;
use store::calendar::Date;
use store::record::amendment::{self, read_session};
use store::record::{Amendment, FollowUp, OsDisk, Past, Reading, What, follow_up};
use store::sanitise::brief;

/// A session or a later note that is struck out or corrected.
pub(super) struct Entry {
    /// Its file.
    pub(super) path: PathBuf,
    /// What it is called in a sentence.
    pub(super) called: String,
    pub(super) past: Past,
    /// The note, if it is one.
    pub(super) note: Option<FollowUp>,
}

impl Entry {
    /// The session at `session`, or the later note on it that is number `later` from 1.
    pub(super) fn of(session: &Path, later: Option<usize>) -> Result<Entry, Failure> {
        let reading = read(session)?;
        let past = Past::of(session, &reading);
        if past.is_interrupted() && past.damaged_lines.is_empty() {
            let message = format!(
                "The session {} is not finished. Nothing was changed. dermaroll goes on with it, closes it or deletes it.",
                past.id
            );
            return Err(Failure::new(WRONG_USE, message));
        }
        let words = content::words::built_in();
        let date = past.day().words_with_year();
        let called = words.fill("amend.session", &[("date", &date)]);
        let Some(later) = later else {
            return Ok(Entry { path: session.to_owned(), called, past, note: None });
        };
        let notes = follow_up::of_session(session).0;
        let count = notes.len();
        let note = later.checked_sub(1).and_then(|place| notes.into_iter().nth(place));
        let Some((note, path)) = note.and_then(|note| Some((note.clone(), note.path?))) else {
            let message = format!(
                "There is no later note {later} on the session {}, which has {count}. Nothing was changed. dermaroll \
                 show {} lists them.",
                past.id, past.id
            );
            return Err(Failure::new(WRONG_USE, message));
        };
        let written = Date::of(note.written.wall()).words_with_year();
        let text = brief(&note.text);
        let called = words.fill("amend.note", &[("written", &written), ("session", &called), ("text", &text)]);
        Ok(Entry { path, called, past, note: Some(note) })
    }

    /// The name of its file without the extension, which its amendments bear.
    pub(super) fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn is_struck(&self) -> bool {
        self.note.as_ref().map_or(self.past.struck.is_some(), |note| note.struck.is_some())
    }
}

pub(super) fn run(flags: &Flags, entry: &StrikeEntry) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let why = reason(entry.strike.why.as_deref())?;
    let meant = match (entry.later, entry.strike.take_back) {
        (Some(_), _) => Meant::Any,
        (None, true) => Meant::Struck,
        (None, false) => Meant::NotStruck,
    };
    let session = find_session::named(&root, &entry.id, meant)?;
    let _lock = lock(&root)?;
    let found = Entry::of(&session, entry.later)?;
    if found.is_struck() != entry.strike.take_back {
        return Err(not_meant(&found.called, found.is_struck()));
    }
    let held = if found.note.is_none() && found.past.holds_interval() && found.past.is_timed() {
        "amend.struck-held"
    } else {
        "amend.struck"
    };
    let command = format!("dermaroll strike {}{}", found.past.id, later_flag(entry.later));
    strike(&found.path, &found.stem(), &found.called, held, why, &entry.strike, &command)
}

/// Writes that the entry in the file at `path` is struck out, or no longer. `command` does the opposite later.
pub(super) fn strike(
    path: &Path,
    stem: &str,
    called: &str,
    said: &str,
    why: &str,
    strike: &Strike,
    command: &str,
) -> Result<u8, Failure> {
    let (what, said, later) = if strike.take_back {
        (What::Unstruck, "amend.unstruck", format!("{command} --why TEXT"))
    } else {
        (What::Struck, said, format!("{command} --take-back"))
    };
    let written = amendment::write(&OsDisk, path, &Amendment::new(what, stem, now(), why))?;
    let text = content::words::built_in().fill(said, &[("what", called)]);
    Ok(print_saved(&format!("{text}\n{}\n", way_back(&later)), &written))
}

/// What names a later note behind the id of its session.
pub(super) fn later_flag(later: Option<usize>) -> String {
    later.map(|later| format!(" --later {later}")).unwrap_or_default()
}

/// That `called` is not meant, since it is struck out, or is not.
pub(super) fn not_meant(called: &str, is_struck: bool) -> Failure {
    let what = if is_struck {
        "is struck out already. Nothing was changed. strike --take-back takes that back."
    } else {
        "is not struck out. Nothing was changed."
    };
    Failure::new(WRONG_USE, format!("{} {what}", capitalised(called)))
}

/// For the beginning of a sentence.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The session at `path` as it was corrected.
pub(super) fn read(path: &Path) -> Result<Reading, Failure> {
    read_session(path).map_err(|error| Failure::new(UNEXPECTED, format!("{}: {error}.", path.display())))
}
