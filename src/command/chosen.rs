//! The session that somebody means: by its id, or by as much of its beginning as tells it from others.

use std::path::{Path, PathBuf};

use super::{Failure, UNEXPECTED, WRONG_USE, all_in_sight, top_in_sight};
use crate::calendar::Date;
use crate::record::{self, Odd, Past, held, listing, names};

/// Sessions named where several begin alike.
const NAMED: usize = 3;

/// The newest record of any kind.
pub(super) fn last(root: &Path) -> Result<PathBuf, Failure> {
    files(root)?.into_iter().next().ok_or_else(|| none(root))
}

/// The newest session in which something was rolled; where there is none, the newest session. One that cannot be read
/// and may be the one that is meant is an error: what is said of it must not go to the one before it.
pub(super) fn last_rolled(root: &Path) -> Result<PathBuf, Failure> {
    let mut begun = None;
    for path in files(root)? {
        let reading = match record::read(&path) {
            Ok(reading) => reading,
            Err(error) => {
                let odd = Odd::new(path, error.to_string());
                if held::traces(root, std::slice::from_ref(&odd), |_| None).iter().any(|trace| is_of(&odd, &trace.id)) {
                    return Err(unreadable(&odd));
                }
                continue;
            }
        };
        let past = Past::of(&path, &reading);
        if !past.kind.is_rolling() {
            continue;
        }
        if past.touched_skin {
            return Ok(path);
        }
        begun = begun.or(Some(path));
    }
    begun.ok_or_else(|| none(root))
}

/// The session whose id begins with `id`, or that began on the day `id`.
pub(super) fn by_id(root: &Path, id: &str) -> Result<PathBuf, Failure> {
    let (files, odd) = listing::files(root);
    top_in_sight(root, &odd)?;
    let files = files.into_iter();
    let found: Vec<PathBuf> = match Date::parse(id) {
        Some(day) => files.filter(|path| began_on(path, day)).collect(),
        None if id.is_empty() => Vec::new(),
        None => files.filter(|path| stem(path).is_some_and(|stem| stem.starts_with(id))).collect(),
    };
    match found.as_slice() {
        [only] => Ok(only.clone()),
        // It may lie in a folder that nobody can see into.
        [] => all_in_sight(odd.iter()).and_then(|()| {
            Err(Failure::new(
                WRONG_USE,
                format!(
                    "There is no session {id:?} in {}. Nothing was changed. dermaroll show last shows the last one.",
                    root.display()
                ),
            ))
        }),
        several => {
            let names: Vec<&str> = several.iter().filter_map(|path| stem(path)).take(NAMED).collect();
            let more = if several.len() > NAMED { " and others" } else { "" };
            let message = format!(
                "More than one session is meant by {id:?}: {}{more}. Nothing was changed. Type more of its id.",
                names.join(", ")
            );
            Err(Failure::new(WRONG_USE, message))
        }
    }
}

/// Whether the session at `path` began on `day`, where its owner was then. Its name has the time in UTC, which is a day
/// off at most.
fn began_on(path: &Path, day: Date) -> bool {
    let begun = stem(path).and_then(names::begun);
    let is_near = begun.is_some_and(|begun| Date::of(begun).days_since(day).abs() <= 1);
    is_near && record::read(path).is_ok_and(|reading| Date::of(reading.header.started.wall()) == day)
}

/// The session files, newest first.
fn files(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (files, odd) = listing::files(root);
    all_in_sight(odd.iter())?;
    Ok(files)
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}

fn is_of(odd: &Odd, id: &str) -> bool {
    names::id_of(&odd.path) == Some(id)
}

fn unreadable(odd: &Odd) -> Failure {
    let message = format!(
        "{} {}. It may be the last session, so nothing was saved. Name the session that is meant by its id.",
        odd.path.display(),
        odd.why.trim_end_matches('.')
    );
    Failure::new(UNEXPECTED, message)
}

fn none(root: &Path) -> Failure {
    let message = format!("There is no session in {} yet. Nothing was changed. dermaroll begins one.", root.display());
    Failure::new(WRONG_USE, message)
}
