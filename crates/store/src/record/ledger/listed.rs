//! Lists a folder of the ledger and finds the copies that other programs left there.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::amended::Listed;
use super::ids::{ENDING, is_called_after, is_made_from, may_be_copy, slug};
use super::item::LedgerItem;
use crate::record::amendment::{in_folder, looks_like_one};
use crate::record::history::UncountedFile;
use crate::record::listing::copied_folder;
use crate::record::names::{IN_ICLOUD, evicted, is_lock, is_of_the_system, is_put_away};
use crate::record::text::{LONGEST_NAME, truncated};
use crate::record::toml_file::bytes;
use crate::record::walk::{DEEPEST, DEEPEST_BEHIND_A_LINK, children, leads_nowhere, too_deep};
use crate::sanitise::{folded, look_the_same};

/// A file that may be a copy of another one.
struct OtherFile<T> {
    path: PathBuf,
    /// Why it is not counted; None: it is only reported if it affects an item.
    reason: Option<String>,
    item: Result<T, UnreadableItem>,
}

/// Why a file cannot be read, and the name in it if that is still there.
type UnreadableItem = (String, Option<String>);

/// The items by id, and the files that are not counted. If any copy of a file says that a roller is retired, it is: a
/// roller that was retired on one of two computers must not touch skin on the other. A copy that cannot be read may say
/// so too.
pub(super) fn list<T: LedgerItem>(folder: &Path, read: impl Fn(&str, &[u8]) -> Result<T, String>) -> Listed<T> {
    let (mut uncounted, mut unlisted) = (Vec::new(), Vec::new());
    let mut items: Vec<(PathBuf, T)> = Vec::new();
    let mut others: Vec<OtherFile<T>> = Vec::new();
    let item = |path: &Path, id: &str| -> Result<T, UnreadableItem> {
        let bytes = bytes(path).map_err(|why| (why, None))?;
        either_half(&bytes, |bytes| read(id, bytes)).map_err(|why| (why, name_in(&bytes)))
    };
    let (amendments, unread, mut paths) = in_folder(children(folder, &mut uncounted));
    uncounted.extend(unread);
    paths.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    let (folders, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_folder_of_its_own(path));
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = name.strip_suffix(ENDING).filter(|id| !id.is_empty() && slug(id) == *id);
        let (reason, item) = match (id, item(&path, id.unwrap_or(&name))) {
            _ if is_of_the_system(&name) => continue,
            _ if looks_like_one(&name) => {
                let why = "looks like a copy of what was struck out or corrected";
                uncounted.push(UncountedFile::new(path, why));
                continue;
            }
            (_, item) if evicted(&name).is_some() => {
                (Some(IN_ICLOUD.to_owned()), item.and(Err((IN_ICLOUD.to_owned(), None))))
            }
            (Some(_), Ok(item)) => {
                items.push((path, item));
                continue;
            }
            (Some(_), Err(unread)) => (Some(unread.0.clone()), Err(unread)),
            // Hidden files of other programs are considered, but not reported.
            (None, item) => {
                (Some("does not have a name of this ledger".to_owned()).filter(|_| !name.starts_with('.')), item)
            }
        };
        others.push(OtherFile { path, reason, item });
    }
    let copies = copies_of(folder).into_iter().map(|path| (path, "lies in a copy of a folder"));
    for (folder, why) in folders.into_iter().map(|path| (path, "lies in a folder of its own")).chain(copies) {
        for path in below(&folder, DEEPEST, &mut unlisted) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if looks_like_one(&name) {
                continue;
            }
            let reason = Some(why.to_owned()).filter(|_| !name.starts_with('.'));
            let item = item(&path, &name);
            others.push(OtherFile { path, reason, item });
        }
    }
    let names: Vec<(String, String)> =
        items.iter().map(|(_, item)| (item.id().to_owned(), item.name().to_owned())).collect();
    let mut all = Vec::new();
    for (path, item) in items {
        match names.iter().find(|(id, name)| is_copy(&item, id, name)) {
            Some((id, _)) => {
                others.push(OtherFile { path, reason: Some(format!("looks like a copy of {id}")), item: Ok(item) });
            }
            None => all.push(item),
        }
    }
    for OtherFile { path, reason, item } in others {
        let ids = originals(&all, &path, &item);
        let of_these = all.iter_mut().filter(|owned| ids.iter().any(|id| id == owned.id()));
        let reason = match (&item, ids.first()) {
            (Err((why, _)), Some(id)) => {
                let why = format!("looks like a copy of {id} and {why}");
                of_these.for_each(|original| original.note_unread(&UncountedFile::new(path.clone(), why.clone())));
                Some(why)
            }
            (Ok(copy), _) => {
                of_these.for_each(|original| original.merge_end(copy));
                reason
            }
            (Err(_), None) => reason,
        };
        uncounted.extend(reason.map(|why| UncountedFile::new(path, why)));
    }
    for folder in unlisted {
        all.iter_mut().for_each(|owned| owned.note_unread(&folder));
        uncounted.push(folder);
    }
    Listed { items: all, uncounted, amendments }
}

/// The ids of the items in `all` that the file at `path` may be a copy of. If an item matches by file name and by the
/// name inside, it is the only one. Otherwise these are all items that match by the name inside, and the one that
/// matches by file name.
fn originals<T: LedgerItem>(all: &[T], path: &Path, item: &Result<T, UnreadableItem>) -> Vec<String> {
    if item.is_err() && is_lock(&path.file_name().unwrap_or_default().to_string_lossy()) {
        return Vec::new();
    }
    let name = match item {
        Ok(copy) => Some(copy.name()),
        Err((_, name)) => name.as_deref(),
    };
    let is_named = |owned: &&T| name.is_some_and(|name| look_the_same(name, owned.name()));
    let is_called = |owned: &&T| match item {
        Ok(_) => is_called_after(path, owned.id()),
        Err(_) => may_be_copy(path, owned.id()),
    };
    let length = |owned: &&T| owned.id().len();
    if let Some(original) = all.iter().filter(is_named).filter(is_called).max_by_key(length) {
        return vec![original.id().to_owned()];
    }
    // If an item was retired on the same day for the same reason, it is the original, rather than a later one of that
    // name.
    let is_as_ended = |owned: &&T| {
        let end = |owned: &T| owned.end().map(|end| (end.on, end.why.clone()));
        item.as_ref().is_ok_and(|copy| end(owned).is_some() && end(copy) == end(owned))
    };
    let named: Vec<&T> = match all.iter().filter(is_named).find(is_as_ended) {
        Some(original) => vec![original],
        None => all.iter().filter(is_named).collect(),
    };
    let by_file = all.iter().filter(is_called).max_by_key(length).filter(|owned| match (item, name) {
        (Ok(_), _) | (Err(_), None) => true,
        (Err(_), Some(name)) => named.is_empty() && is_part(name, owned.name()),
    });
    named.into_iter().chain(by_file).map(|owned| owned.id().to_owned()).collect()
}

/// Whether one of two names contains the other, as when something was added to it later.
fn is_part(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    one.contains(&other) || other.contains(&one)
}

/// Whether `path` is a folder that does not stand in for a file and is no bin.
fn is_folder_of_its_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.is_dir() && !is_put_away(&name) && !name.ends_with(ENDING)
}

/// The files below `folder` at any level, at most `depth` folders deep.
fn below(folder: &Path, depth: usize, uncounted: &mut Vec<UncountedFile>) -> Vec<PathBuf> {
    let depth = if folder.is_symlink() { depth.min(DEEPEST_BEHIND_A_LINK) } else { depth };
    let (folders, mut files): (Vec<_>, Vec<_>) =
        children(folder, uncounted).into_iter().partition(|path| is_folder_of_its_own(path));
    for folder in folders {
        match depth.checked_sub(1) {
            Some(depth) => files.extend(below(&folder, depth, uncounted)),
            None => uncounted.push(too_deep(folder)),
        }
    }
    files
}

/// The folders beside `folder` that look like copies of it, and links that may lead to one.
fn copies_of(folder: &Path) -> Vec<PathBuf> {
    // What cannot be listed here is reported when the sessions are listed.
    let mut beside = folder.parent().map(|root| children(root, &mut Vec::new())).unwrap_or_default();
    beside.retain(|path| copied_folder(path).is_some_and(|original| folder.ends_with(original)));
    beside.retain(|path| path.is_dir() || leads_nowhere(path));
    beside
}

/// The name in a file that cannot be parsed; None if git left two names in it.
fn name_in(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Line {
        name: String,
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().filter(|line| line.trim_start().starts_with("name"));
    let line: Line = toml::from_str(lines.next().filter(|_| lines.next().is_none())?).ok()?;
    Some(truncated(&line.name, LONGEST_NAME))
}

/// Reads a file. If git left both versions of a conflict in it and they agree in everything but being retired, they are
/// merged: retired in either is retired.
fn either_half<T: LedgerItem>(bytes: &[u8], read: impl Fn(&[u8]) -> Result<T, String>) -> Result<T, String> {
    let Some([ours, theirs]) = core::str::from_utf8(bytes).ok().and_then(halves) else { return read(bytes) };
    let joined = read(ours.as_bytes()).ok().zip(read(theirs.as_bytes()).ok()).and_then(|(mut ours, theirs)| {
        ours.merge_end(&theirs);
        ours.is_same_as(&theirs).then_some(ours)
    });
    joined.ok_or_else(|| {
        "holds two versions that git could not join, between <<<<<<< and >>>>>>>. Leave one of them in it".to_owned()
    })
}

/// Both versions of `text`, if it contains git's conflict markers. The common ancestor between them is in neither.
fn halves(text: &str) -> Option<[String; 2]> {
    #[derive(Clone, Copy)]
    enum Of {
        Both,
        Ours,
        Before,
        Theirs,
    }
    text.lines().find(|line| line.starts_with("<<<<<<<"))?;
    let mut halves = [String::new(), String::new()];
    let [ours, theirs] = &mut halves;
    let mut of = Of::Both;
    for line in text.lines() {
        of = match (of, line.get(..7)) {
            (_, Some("<<<<<<<")) => Of::Ours,
            (Of::Ours, Some("|||||||")) => Of::Before,
            (Of::Ours | Of::Before, Some("=======")) => Of::Theirs,
            (Of::Theirs, Some(">>>>>>>")) => Of::Both,
            (of, _) => {
                let into = match of {
                    Of::Both => [Some(&mut *ours), Some(&mut *theirs)],
                    Of::Ours => [Some(&mut *ours), None],
                    Of::Theirs => [None, Some(&mut *theirs)],
                    Of::Before => [None, None],
                };
                into.into_iter().flatten().for_each(|half| half.extend([line, "\n"]));
                of
            }
        };
    }
    Some(halves)
}

/// Whether `item` is a copy of the item `name` with the id `original`. This program makes ids from names. An item with
/// any other id was put there by hand or by a program that syncs, which may have added a computer's name.
fn is_copy<T: LedgerItem>(item: &T, original: &str, name: &str) -> bool {
    let is_own = |id: &str, name: &str| is_made_from(id, name, T::KIND);
    if item.id() == original || is_own(item.id(), item.name()) {
        return false;
    }
    if look_the_same(item.name(), name) {
        // If neither id decides, the first one is the original.
        return is_own(original, name) || original < item.id();
    }
    let is_longer = item.id().strip_prefix(original).is_some_and(|rest| rest.starts_with('-'));
    is_longer && is_own(original, name) && is_part(item.name(), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str = "a\n<<<<<<< HEAD\nb\n||||||| before\nold\n=======\nc\n>>>>>>> theirs\nd\n";

    #[test]
    fn both_versions_of_a_conflict_are_told_apart() {
        assert_eq!(halves(MARKED), Some(["a\nb\nd\n".to_owned(), "a\nc\nd\n".to_owned()]));
        assert_eq!(halves(&MARKED.replace('\n', "\r\n")), halves(MARKED));
        assert_eq!(halves("a\n=======\nb\n"), None);
    }
}
