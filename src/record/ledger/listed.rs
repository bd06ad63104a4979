//! What lies in a folder of the ledger, and which of it are copies that other programs left there.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ids::{ENDING, is_called_after, is_made_from, may_be_copy, slug};
use super::{Condition, OwnedRoller, OwnedSerum, Retired};
use crate::record::history::Odd;
use crate::record::listing::copied_folder;
use crate::record::names::{ELSEWHERE, evicted, is_of_the_system};
use crate::record::small::bytes;
use crate::record::text::{LONGEST_NAME, kept};
use crate::record::walk::{children, leads_nowhere};

/// A file that may be a copy of another one.
struct Other<T> {
    path: PathBuf,
    /// Why it is not counted; None: it is told of only where it matters.
    told: Option<String>,
    item: Result<T, Unread>,
}

/// Why a file cannot be read, and the name in it where that is left.
type Unread = (String, Option<String>);

/// What is owned, by id, and the files that are not counted. What any copy of a file says of an end counts: a roller
/// that was retired on one of two computers must not touch skin on the other. A copy that cannot be read may say so.
pub(super) fn list<T: Owned>(folder: &Path, read: impl Fn(&str, &[u8]) -> Result<T, String>) -> (Vec<T>, Vec<Odd>) {
    let (mut odd, mut unlisted) = (Vec::new(), Vec::new());
    let mut items: Vec<(PathBuf, T)> = Vec::new();
    let mut others: Vec<Other<T>> = Vec::new();
    let item = |path: &Path, id: &str| -> Result<T, Unread> {
        let bytes = bytes(path).map_err(|why| (why, None))?;
        either_half(&bytes, |bytes| read(id, bytes)).map_err(|why| (why, name_in(&bytes)))
    };
    let mut paths = children(folder, &mut odd);
    paths.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    let (folders, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_folder_of_its_own(path));
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = name.strip_suffix(ENDING).filter(|id| !id.is_empty() && slug(id) == *id);
        let (told, item) = match (id, item(&path, id.unwrap_or(&name))) {
            _ if is_of_the_system(&name) => continue,
            (_, item) if evicted(&name).is_some() => {
                (Some(ELSEWHERE.to_owned()), item.and(Err((ELSEWHERE.to_owned(), None))))
            }
            (Some(_), Ok(item)) => {
                items.push((path, item));
                continue;
            }
            (Some(_), Err(unread)) => (Some(unread.0.clone()), Err(unread)),
            // What programs hide there for themselves is heard, but not told of.
            (None, item) => {
                (Some("does not have a name of this ledger".to_owned()).filter(|_| !name.starts_with('.')), item)
            }
        };
        others.push(Other { path, told, item });
    }
    let copies = copies_of(folder).into_iter().map(|path| (path, "lies in a copy of a folder"));
    for (folder, why) in folders.into_iter().map(|path| (path, "lies in a folder of its own")).chain(copies) {
        for path in below(&folder, DEEPEST, &mut unlisted) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let told = Some(why.to_owned()).filter(|_| !name.starts_with('.'));
            let item = item(&path, &name);
            others.push(Other { path, told, item });
        }
    }
    let names: Vec<(String, String)> =
        items.iter().map(|(_, item)| (item.id().to_owned(), item.name().to_owned())).collect();
    let mut all = Vec::new();
    for (path, item) in items {
        match names.iter().find(|(id, name)| name == item.name() && is_copy::<T>(item.id(), id, name)) {
            Some((id, _)) => {
                others.push(Other { path, told: Some(format!("looks like a copy of {id}")), item: Ok(item) });
            }
            None => all.push(item),
        }
    }
    for Other { path, told, item } in others {
        let is_original = |owned: &&mut T| match &item {
            Ok(copy) => owned.name() == copy.name() && is_called_after(&path, owned.id()),
            Err((_, name)) => name.as_ref().is_none_or(|name| name == owned.name()) && may_be_copy(&path, owned.id()),
        };
        let original = all.iter_mut().filter(is_original).max_by_key(|owned| owned.id().len());
        let told = match (original, &item) {
            (Some(original), Err((why, _))) => {
                let why = format!("looks like a copy of {} and {why}", original.id());
                original.doubt(&Odd::new(path.clone(), why.clone()));
                Some(why)
            }
            (Some(original), Ok(copy)) => {
                original.end_as(copy);
                told
            }
            (None, _) => told,
        };
        odd.extend(told.map(|why| Odd::new(path, why)));
    }
    for folder in unlisted {
        all.iter_mut().for_each(|owned| owned.doubt(&folder));
        odd.push(folder);
    }
    (all, odd)
}

/// How many folders deep copies are looked for.
const DEEPEST: usize = 3;

/// Whether what stands at `path` is a folder and not in the place of a file. Hidden ones are what somebody put away.
fn is_folder_of_its_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.is_dir() && !name.starts_with('.') && !name.ends_with(ENDING)
}

/// The files below `folder`, however they are sorted there.
fn below(folder: &Path, depth: usize, odd: &mut Vec<Odd>) -> Vec<PathBuf> {
    let (folders, mut files): (Vec<_>, Vec<_>) =
        children(folder, odd).into_iter().partition(|path| is_folder_of_its_own(path));
    for folder in folders {
        match depth.checked_sub(1) {
            Some(depth) => files.extend(below(&folder, depth, odd)),
            None => odd.push(Odd { is_unlisted: true, ..Odd::new(folder, "lies too deep to be looked into") }),
        }
    }
    files
}

/// The folders beside `folder` that look like copies of it, and links that may lead to one.
fn copies_of(folder: &Path) -> Vec<PathBuf> {
    // What cannot be listed here is told of by whoever lists the sessions.
    let mut beside = folder.parent().map(|root| children(root, &mut Vec::new())).unwrap_or_default();
    beside.retain(|path| copied_folder(path).is_some_and(|original| folder.ends_with(original)));
    beside.retain(|path| path.is_dir() || leads_nowhere(path));
    beside
}

/// The name in a file that cannot be read as a whole. Where git left two of them, it may be either.
fn name_in(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Line {
        name: String,
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines().filter(|line| line.trim_start().starts_with("name"));
    let line: Line = toml::from_str(lines.next().filter(|_| lines.next().is_none())?).ok()?;
    Some(kept(&line.name, LONGEST_NAME))
}

/// What `read` makes of a file. Where git could not join two versions of it and left both there, what they agree on and
/// the end that either of them tells of.
fn either_half<T: Owned>(bytes: &[u8], read: impl Fn(&[u8]) -> Result<T, String>) -> Result<T, String> {
    let Some([ours, theirs]) = core::str::from_utf8(bytes).ok().and_then(halves) else { return read(bytes) };
    let joined = read(ours.as_bytes()).ok().zip(read(theirs.as_bytes()).ok()).and_then(|(mut ours, theirs)| {
        ours.end_as(&theirs);
        ours.is_same_as(&theirs).then_some(ours)
    });
    joined.ok_or_else(|| {
        "holds two versions that git could not join, between <<<<<<< and >>>>>>>. Leave one of them in it".to_owned()
    })
}

/// Both versions of `text`, if git left its marks in it. What they had in common before stands in neither.
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

/// Whether a file under the id `id` was made from that of `original`, which bears the same `name`, by a program that
/// syncs: some put the computer's name behind it. This program would have put a number there, or nothing.
fn is_copy<T: Owned>(id: &str, original: &str, name: &str) -> bool {
    let is_longer = id.strip_prefix(original).is_some_and(|rest| rest.starts_with('-'));
    let is_own = |id: &str| is_made_from(id, name, T::KIND);
    is_longer && is_own(original) && !is_own(id)
}

/// What a ledger lists.
pub(super) trait Owned {
    /// What it is, and its id where its name gives none.
    const KIND: &'static str;
    fn id(&self) -> &str;
    fn name(&self) -> &str;
    /// Whether `other` can be another version of it.
    fn is_same_as(&self, other: &Self) -> bool;
    /// It has come to its end if `other`, a copy of it, says so.
    fn end_as(&mut self, other: &Self);
    /// A copy of it that cannot be read, or may lie in a folder that cannot be listed, may tell of its end.
    fn doubt(&mut self, unread: &Odd);
    /// Its end.
    fn retired(&mut self) -> &mut Option<Retired>;
    /// The text of its file.
    fn to_text(&self) -> String;
}

impl Owned for OwnedRoller {
    const KIND: &'static str = "roller";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_same_as(&self, other: &OwnedRoller) -> bool {
        self.name == other.name && self.needle == other.needle
    }

    fn end_as(&mut self, other: &OwnedRoller) {
        self.retired = self.retired.take().or_else(|| other.retired.clone());
        // An opened pack is not sealed, whichever of the two says so.
        if other.condition == Condition::Used {
            self.condition = Condition::Used;
        }
        self.opened = self.opened.or(other.opened);
    }

    fn doubt(&mut self, unread: &Odd) {
        self.unread.get_or_insert_with(|| unread.clone());
    }

    fn retired(&mut self) -> &mut Option<Retired> {
        &mut self.retired
    }

    fn to_text(&self) -> String {
        OwnedRoller::to_text(self)
    }
}

impl Owned for OwnedSerum {
    const KIND: &'static str = "serum";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_same_as(&self, other: &OwnedSerum) -> bool {
        self.name == other.name
    }

    fn end_as(&mut self, other: &OwnedSerum) {
        self.retired = self.retired.take().or_else(|| other.retired.clone());
    }

    // Whether one is used up is seen on the bottle.
    fn doubt(&mut self, _unread: &Odd) {}

    fn retired(&mut self) -> &mut Option<Retired> {
        &mut self.retired
    }

    fn to_text(&self) -> String {
        OwnedSerum::to_text(self)
    }
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
