//! Finds the session that an argument names: the last one, one of a day, or one whose id begins so.

use std::path::{Path, PathBuf};

use super::{Failure, UNEXPECTED, WRONG_USE, path_text, refuse_unlisted, refuse_unlisted_top};
use store::calendar::Date;
use store::record::amendment::read_session;
use store::record::listing::Listing;
use store::record::{self, History, Past, UncountedFile, names};

/// How many sessions are listed where several begin alike.
const MOST_LISTED: usize = 3;

/// The session that `id` names: the newest record, of any kind, for which `is_meant` holds, if it says `last`.
pub(super) fn named(root: &Path, id: &str, is_meant: impl Fn(&Past) -> bool) -> Result<PathBuf, Failure> {
    match id {
        "last" => newest(root, |past| past.iter().find(|past| is_meant(past))),
        id => by_id(root, id),
    }
}

/// The newest session in which something was rolled; where there is none, the newest session.
pub(super) fn last_rolled(root: &Path) -> Result<PathBuf, Failure> {
    newest(root, |past| {
        let mut sessions = past.iter().filter(|past| past.kind.is_rolling() && past.struck.is_none());
        sessions.clone().find(|past| past.touched_skin).or_else(|| sessions.next())
    })
}

/// The file of the session that `chosen` takes from all of them, which are sorted from the newest. It is an error if a
/// newer file cannot be read: that one may be meant, and a note must not go to the session before it.
fn newest(root: &Path, chosen: impl Fn(&[Past]) -> Option<&Past>) -> Result<PathBuf, Failure> {
    let history = History::read(root);
    refuse_unlisted(history.uncounted.iter())?;
    let chosen = chosen(&history.past);
    let is_newer = |id: &str| chosen.is_none_or(|past| id > past.id.as_str());
    let mut newer = history.remnants.iter().filter(|remnant| is_newer(&remnant.id));
    // A session that was deleted cannot be meant.
    match newer.find_map(|remnant| history.uncounted.iter().find(|uncounted| uncounted.path == remnant.path)) {
        Some(uncounted) => Err(unreadable(uncounted)),
        None => chosen.map(|past| past.path.clone()).ok_or_else(|| none(root)),
    }
}

/// The session whose id begins with `id`, or that began on the day `id`.
pub(super) fn by_id(root: &Path, id: &str) -> Result<PathBuf, Failure> {
    let listing = Listing::of(root);
    let uncounted: Vec<UncountedFile> = listing.reported().cloned().collect();
    refuse_unlisted_top(root, &uncounted)?;
    let files = listing.sessions.iter().cloned();
    let found: Vec<PathBuf> = match Date::parse(id) {
        Some(day) => unstruck_if_any(files.filter(|path| began_on(&listing, path, day)).collect()),
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

/// Those of `paths` that are not struck out, if there are any.
fn unstruck_if_any(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_struck = |path: &Path| read_session(path).is_ok_and(|reading| reading.amended.struck().is_some());
    let unstruck: Vec<PathBuf> = paths.iter().filter(|path| paths.len() > 1 && !is_struck(path)).cloned().collect();
    if unstruck.is_empty() { paths } else { unstruck }
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

fn none(root: &Path) -> Failure {
    let message = format!("There is no session in {} yet. Nothing was changed. dermaroll begins one.", root.display());
    Failure::new(WRONG_USE, message)
}
