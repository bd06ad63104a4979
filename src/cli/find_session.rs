//! Finds the session that an argument names: the last one, one of a day, or one whose id begins so.

use std::path::{Path, PathBuf};

use super::{Failure, UNEXPECTED, WRONG_USE, path_text, refuse_unlisted, refuse_unlisted_top};
use store::calendar::Date;
use store::record::amendment::read_session;
use store::record::listing::Listing;
use store::record::{self, History, Past, UncountedFile, names};

/// How many sessions are listed where several begin alike.
const MOST_LISTED: usize = 3;

/// Which sessions are meant, where a day or `last` may mean several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    Any,
    Struck,
    NotStruck,
}

impl Meant {
    fn is(self, past: &Past) -> bool {
        self == Meant::Any || past.struck.is_some() == (self == Meant::Struck)
    }
}

/// The session that `id` names: the newest record, of any kind, of those that are `meant`, if it says `last`.
pub(super) fn named(root: &Path, id: &str, meant: Meant) -> Result<PathBuf, Failure> {
    match id {
        "last" => newest(root, meant, |past| past.iter().find(|past| meant.is(past))).map(|past| past.path),
        id => by_id(root, id, meant),
    }
}

/// The newest session in which something was rolled; where there is none, the newest session. It is an error if that one
/// was struck out although the program saw skin being rolled: a note on it must not go to the session before it.
pub(super) fn last_rolled(root: &Path) -> Result<PathBuf, Failure> {
    let last = newest(root, Meant::NotStruck, |past| {
        let mut sessions = past.iter().filter(|past| past.kind.is_rolling() && past.struck.is_none());
        let rolled = sessions.clone().find(|past| past.touched_skin);
        let struck = past.iter().find(|past| past.is_rolled_and_struck());
        // Of one day the other one was entered in its place.
        let is_last = |struck: &&Past| rolled.is_none_or(|rolled| struck.day() > rolled.day());
        struck.filter(is_last).or(rolled).or_else(|| sessions.next())
    })?;
    if last.struck.is_none() {
        return Ok(last.path);
    }
    let message = format!(
        "The last session in which skin was rolled, {} ({}), is struck out. Nothing was saved. Name the session that is \
         meant by its id.",
        last.id,
        last.day().words_with_year()
    );
    Err(Failure::new(WRONG_USE, message))
}

/// The session that `chosen` takes from all of them, which are sorted from the newest. It is an error if a newer file
/// cannot be read: that one may be meant, and a note must not go to the session before it.
fn newest(root: &Path, meant: Meant, chosen: impl Fn(&[Past]) -> Option<&Past>) -> Result<Past, Failure> {
    let history = History::read(root);
    refuse_unlisted(history.uncounted.iter())?;
    let chosen = chosen(&history.past);
    let is_newer = |id: &str| chosen.is_none_or(|past| id > past.id.as_str());
    let mut newer = history.remnants.iter().filter(|remnant| is_newer(&remnant.id));
    // A session that was deleted cannot be meant.
    match newer.find_map(|remnant| history.uncounted.iter().find(|uncounted| uncounted.path == remnant.path)) {
        Some(uncounted) => Err(unreadable(uncounted)),
        None => chosen.cloned().ok_or_else(|| none(root, meant, &history.past)),
    }
}

/// The session whose id begins with `id`, or that began on the day `id`. Of several of one day, those that are `meant`.
pub(super) fn by_id(root: &Path, id: &str, meant: Meant) -> Result<PathBuf, Failure> {
    let listing = Listing::of(root);
    let uncounted: Vec<UncountedFile> = listing.reported().cloned().collect();
    refuse_unlisted_top(root, &uncounted)?;
    let files = listing.sessions.iter().cloned();
    let found: Vec<PathBuf> = match Date::parse(id) {
        Some(day) => meant_if_any(files.filter(|path| began_on(&listing, path, day)).collect(), meant),
        None if id.is_empty() => Vec::new(),
        None => files.filter(|path| stem(path).is_some_and(|stem| stem.starts_with(id))).collect(),
    };
    match found.as_slice() {
        [only] => Ok(only.clone()),
        // It may be in a folder that cannot be listed.
        [] => refuse_unlisted(uncounted.iter()).and_then(|()| {
            Err(Failure::new(
                WRONG_USE,
                format!(
                    "There is no session {id:?} in {}. Nothing was changed. dermaroll show last shows the last one.",
                    root.display()
                ),
            ))
        }),
        several => {
            let names: Vec<&str> = several.iter().filter_map(|path| stem(path)).take(MOST_LISTED).collect();
            let more = if several.len() > MOST_LISTED { " and others" } else { "" };
            let message = format!(
                "More than one session is meant by {id:?}: {}{more}. Nothing was changed. Type more of its id.",
                names.join(", ")
            );
            Err(Failure::new(WRONG_USE, message))
        }
    }
}

/// Those of `paths` that are not struck out, or are if that is `meant`; all of them if there is none of these.
fn meant_if_any(paths: Vec<PathBuf>, meant: Meant) -> Vec<PathBuf> {
    let is_struck = |path: &Path| read_session(path).is_ok_and(|reading| reading.amended.struck().is_some());
    let is_meant = |path: &&PathBuf| paths.len() > 1 && is_struck(path) == (meant == Meant::Struck);
    let those: Vec<PathBuf> = paths.iter().filter(is_meant).cloned().collect();
    if those.is_empty() { paths } else { those }
}

/// Whether the session at `path` began on `day` in local time. Its name has the time in UTC, at most a day off, so that
/// few files have to be read.
fn began_on(listing: &Listing, path: &Path, day: Date) -> bool {
    if let Some(corrected) = stem(path).and_then(|id| listing.amendments.day_of(id)) {
        return corrected.to_string() == day.to_string();
    }
    let begun = stem(path).and_then(names::start_of_id);
    let is_near = begun.is_some_and(|begun| Date::of(begun).days_since(day).abs() <= 1);
    is_near && record::read(path).is_ok_and(|reading| Date::of(reading.header.started.wall()) == day)
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}

fn unreadable(uncounted: &UncountedFile) -> Failure {
    let message = format!(
        "{} {}. It may be the last session. Nothing was saved. Name the session that is meant by its id.",
        path_text(&uncounted.path),
        uncounted.why.trim_end_matches('.')
    );
    Failure::new(UNEXPECTED, message)
}

/// That none of `past`, which are all there are, is `meant`.
fn none(root: &Path, meant: Meant, past: &[Past]) -> Failure {
    let root = root.display();
    let is_struck = past.iter().any(|past| past.struck.is_some());
    let message = match meant {
        Meant::Struck if !past.is_empty() => format!("No session in {root} is struck out. Nothing was changed."),
        Meant::NotStruck if is_struck => {
            format!("All sessions in {root} are struck out. Nothing was changed. dermaroll history lists them.")
        }
        Meant::Any | Meant::Struck | Meant::NotStruck => {
            format!("There is no session in {root} yet. Nothing was changed. dermaroll begins one.")
        }
    };
    Failure::new(WRONG_USE, message)
}
