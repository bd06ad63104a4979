//! What stands in the folders of records. What cannot be listed is told of as such and never taken for nothing there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::held;
use super::history::{Odd, is_named};
use super::names::{
    ELSEWHERE, FOLDERS, INTERVALS, Named, PROFILES, SESSIONS, begun, belongs_to, evicted, id_of, own_name,
    sort_by_name, stands_for,
};

/// The session files below the data folder `root`, newest first, and what else is there. Notes and torn tails
/// beside the sessions, and files that are still being written, are passed over.
pub fn files(root: &Path) -> (Vec<PathBuf>, Vec<Odd>) {
    let mut odd = Vec::new();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    let (mut twice, mut of_others, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    for path in below(&root.join(SESSIONS), DEEPEST, &mut odd) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match sort_by_name(&name) {
            Named::Session(id) if begun(id).is_none() => odd.push(out_of_the_calendar(path)),
            Named::Copy(id) if begun(&id).is_none() => odd.push(out_of_the_calendar(path)),
            Named::Session(id) => match found.entry(id.to_owned()) {
                Entry::Occupied(first) => twice.push((path, first.key().clone())),
                Entry::Vacant(place) => _ = place.insert(path),
            },
            Named::Beside => beside.extend(belongs_to(&name).map(|id| (id.to_owned(), path))),
            Named::OfTheSystem => {}
            Named::Evicted => odd.push(Odd::new(path, ELSEWHERE)),
            Named::Copy(id) => of_others.push((path, id, name.starts_with('.'))),
            Named::Foreign => odd.push(Odd::new(path, "is not the name of a session")),
        }
    }
    odd.extend(twice.into_iter().map(|(path, id)| Odd::new(path, format!("is a second file of the session {id}"))));
    // What an editor or a program that syncs hides beside a session is told of only where the session is missing.
    of_others.retain(|(_, id, is_hidden)| !is_hidden || !found.contains_key(id));
    odd.extend(of_others.into_iter().map(|(path, id, _)| {
        Odd::new(path, format!("looks like a copy that a sync program or an editor made of something of {id}"))
    }));
    // What was noted on a session, or cut off its record, is all that is left of one that is missing.
    let is_deleted = |id: &str| root.join(INTERVALS).join(format!("{id}.toml")).exists();
    beside.retain(|(id, _)| !found.contains_key(id) && !is_deleted(id));
    odd.extend(
        beside.into_iter().map(|(id, path)| Odd::new(path, format!("belongs to the session {id}, which is missing"))),
    );
    odd.extend(copies_of_folders(root));
    odd.extend(held::odd(root));
    if let Some(profiles) = root.parent().filter(|parent| parent.ends_with(PROFILES)) {
        // Where the profiles cannot be listed, this one may have another folder that looks the same.
        children(profiles, &mut odd);
    }
    (found.into_values().rev().collect(), odd)
}

/// How many folders deep below that of the sessions is looked: the years, and what somebody may have sorted them into.
const DEEPEST: usize = 3;

/// The files below `folder`, in their order. Links are followed as folders are. Names with a dot are what file managers
/// and programs that sync keep there for themselves, so that nothing is looked for in such a folder.
fn below(folder: &Path, depth: usize, odd: &mut Vec<Odd>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in children(folder, odd) {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        match fs::metadata(&path) {
            // What bears the name of a session is read as one, and says then why it is none.
            Ok(found) if found.is_dir() && id_of(&path).is_none() => match depth.checked_sub(1) {
                _ if is_hidden => {}
                Some(depth) => files.extend(below(&path, depth, odd)),
                None => odd.push(Odd { is_unlisted: true, ..Odd::new(path, "lies too deep to be looked into") }),
            },
            Ok(_) if stands_for_a_year(&path) => {
                odd.push(Odd::unlisted(&path, &io::ErrorKind::NotADirectory.into()));
            }
            Ok(_) => files.push(path),
            Err(_) if is_hidden || id_of(&path).is_some() => files.push(path),
            Err(error) => odd.push(Odd::unlisted(&path, &error)),
        }
    }
    files
}

/// Whether the file at `path` stands for the folder of a year: some systems check a link to a folder out as a file, and
/// programs that sync leave a file where they took a folder away.
fn stands_for_a_year(path: &Path) -> bool {
    let name = own_name(path);
    let (year, ending) = name.split_once('.').unwrap_or((&name, ""));
    let is_year = year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
    is_year && ending.bytes().all(|letter| letter.is_ascii_lowercase()) && !path.with_file_name(year).is_dir()
}

fn out_of_the_calendar(path: PathBuf) -> Odd {
    Odd { is_unlisted: true, ..Odd::new(path, "bears a day or time that does not exist") }
}

/// Folders beside those of the records that look like copies which a program that syncs made of one, and the sessions
/// in them. Where the folder of sessions is missing, anything that is called so may stand for it.
fn copies_of_folders(root: &Path) -> Vec<Odd> {
    let mut odd = Vec::new();
    let is_bare = !root.join(SESSIONS).is_dir();
    for path in children(root, &mut odd) {
        let name = own_name(&path).to_lowercase();
        let Some(original) = copied_folder(&path) else { continue };
        let holds_days = [SESSIONS, INTERVALS].contains(&original);
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => {
                if holds_days {
                    let name_of = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let mut sessions = below(&path, DEEPEST, &mut odd);
                    sessions.retain(|path| stands_for(&name_of(path)).is_some());
                    odd.extend(sessions.into_iter().map(|path| Odd::new(path, "lies in a copy of a folder")));
                }
                odd.push(Odd::new(path, format!("looks like a copy that a sync program made of {original}")));
            }
            Err(error) if holds_days => odd.push(Odd::unlisted(&path, &error)),
            Ok(_) if is_bare && name.starts_with(SESSIONS) => {
                odd.push(Odd::unlisted(&path, &io::ErrorKind::NotADirectory.into()));
            }
            Ok(_) | Err(_) => {}
        }
    }
    odd
}

/// The folder of records of which what stands at `path` may be a copy, whatever a program put around its name.
pub(super) fn copied_folder(path: &Path) -> Option<&'static str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = evicted(&name).unwrap_or(&name).to_lowercase();
    let is_hidden = name.starts_with('.') && evicted(&name).is_none();
    FOLDERS.into_iter().find(|folder| name != *folder && own.contains(folder) && !is_hidden)
}

/// The session file called `id` below the data folder `root`.
pub fn find(root: &Path, id: &str) -> Option<PathBuf> {
    files(root).0.into_iter().find(|path| is_named(path, id))
}

/// What stands in a folder, by name. A missing folder is an empty one; a link that leads nowhere is none.
pub(super) fn children(folder: &Path, odd: &mut Vec<Odd>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    match fs::read_dir(folder) {
        Ok(listed) => {
            for child in listed {
                match child {
                    Ok(child) => paths.push(child.path()),
                    Err(error) => odd.push(Odd::unlisted(folder, &error)),
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !leads_nowhere(folder) => {}
        Err(error) => odd.push(Odd::unlisted(folder, &error)),
    }
    paths.sort();
    paths
}

/// Whether a link on the way to `path` has no end: what lies behind it is not known, rather than not there.
pub(super) fn leads_nowhere(path: &Path) -> bool {
    path.ancestors().any(|above| above.is_symlink() && !above.exists())
}
