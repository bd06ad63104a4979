//! What lies in a folder of the ledger, without the copies that programs which sync leave there.

use std::path::{Path, PathBuf};

use super::ids::{is_made_from, slug};
use super::{Condition, OwnedRoller, OwnedSerum, Retired};
use crate::record::history::Odd;
use crate::record::listing::copied_folder;
use crate::record::names::{ELSEWHERE, evicted, is_of_the_system};
use crate::record::small::bytes;
use crate::record::walk::children;

/// What is owned, by id, and the files that are not counted. What any copy of a file says of an end counts: a roller
/// that was retired on one of two computers must not touch skin on the other.
pub(super) fn list<T: Owned>(folder: &Path, read: impl Fn(&str, &[u8]) -> Result<T, String>) -> (Vec<T>, Vec<Odd>) {
    let mut odd = Vec::new();
    let mut items: Vec<(PathBuf, T)> = Vec::new();
    let mut copies: Vec<(String, T)> = Vec::new();
    let mut paths = children(folder, &mut odd);
    paths.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if evicted(&name).is_some() {
            odd.push(Odd::new(path, ELSEWHERE));
            continue;
        }
        if is_of_the_system(&name) {
            continue;
        }
        let id = name.strip_suffix(".toml").filter(|id| slug(id) == *id);
        let item = bytes(&path).and_then(|bytes| either_half(&bytes, |bytes| read(id.unwrap_or(&name), bytes)));
        match (id, item) {
            (Some(_), Ok(item)) => items.push((path, item)),
            (Some(_), Err(why)) => odd.push(Odd::new(path, why)),
            (None, item) => {
                copies.extend(item.ok().map(|item| (name.clone(), item)));
                // What programs hide there for themselves is heard, but not told of.
                if !name.starts_with('.') {
                    odd.push(Odd::new(path, "does not have a name of this ledger"));
                }
            }
        }
    }
    for path in in_copies_of(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let item = bytes(&path).and_then(|bytes| either_half(&bytes, |bytes| read(&name, bytes)));
        copies.extend(item.ok().map(|item| (name, item)));
        odd.push(Odd::new(path, "lies in a copy of a folder"));
    }
    let names: Vec<(String, String)> =
        items.iter().map(|(_, item)| (item.id().to_owned(), item.name().to_owned())).collect();
    let mut kept = Vec::new();
    for (path, item) in items {
        match names.iter().find(|(id, name)| name == item.name() && is_copy::<T>(item.id(), id, name)) {
            Some((id, _)) => {
                odd.push(Odd::new(path, format!("looks like a copy of {id}")));
                copies.push((item.id().to_owned(), item));
            }
            None => kept.push(item),
        }
    }
    for (name, copy) in copies {
        let name = name.to_lowercase();
        let is_original = |item: &&mut T| item.name() == copy.name() && name.contains(item.id());
        if let Some(original) = kept.iter_mut().filter(is_original).max_by_key(|item| item.id().len()) {
            original.end_as(&copy);
        }
    }
    (kept, odd)
}

/// The files in the folders beside `folder` that look like copies of it.
fn in_copies_of(folder: &Path) -> Vec<PathBuf> {
    // What cannot be listed here is told of by whoever lists the sessions.
    let mut odd = Vec::new();
    let mut beside = folder.parent().map(|root| children(root, &mut odd)).unwrap_or_default();
    beside.retain(|path| path.is_dir() && copied_folder(path).is_some_and(|original| folder.ends_with(original)));
    beside.iter().flat_map(|path| children(path, &mut odd)).collect()
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
