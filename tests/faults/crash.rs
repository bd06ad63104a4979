//! What may stand on a disk after the power went: all that was synced, and of the rest whatever the disk pleased.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use crate::faults::faulty_disk::Op;

/// Files by path, folders without content.
pub(crate) type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// What became of bytes that were written and not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsynced {
    /// All gone.
    Dropped,
    /// All there.
    Kept,
    /// Of the last write only the first byte.
    FirstByte,
    /// Of the last write the first half.
    FirstHalf,
    /// Of the last write all but its last byte.
    AllButOne,
    /// The length is there, the bytes are not.
    Zeros,
    /// Of the last write the second half; before it a hole.
    SecondHalf,
}

pub(crate) const UNSYNCED: [Unsynced; 7] = [
    Unsynced::Dropped,
    Unsynced::Kept,
    Unsynced::FirstByte,
    Unsynced::FirstHalf,
    Unsynced::AllButOne,
    Unsynced::Zeros,
    Unsynced::SecondHalf,
];

#[derive(Debug, Clone)]
enum Data {
    Write(Vec<u8>),
    Cut(usize),
}

#[derive(Debug, Clone, Default)]
struct Node {
    synced: Vec<u8>,
    pending: Vec<Data>,
}

impl Node {
    fn sync(&mut self) {
        for data in self.pending.drain(..) {
            apply(&mut self.synced, &data);
        }
    }

    /// The system forgets what it could not write: a later sync finds nothing to do for it.
    fn forget(&mut self) {
        for data in &mut self.pending {
            if let Data::Write(bytes) = data {
                bytes.fill(0);
            }
        }
    }

    fn after(&self, fate: Unsynced) -> Vec<u8> {
        let mut content = self.synced.clone();
        if fate == Unsynced::Dropped {
            return content;
        }
        let last = self.pending.iter().rposition(|data| matches!(data, Data::Write(_)));
        for (place, data) in self.pending.iter().enumerate() {
            match data {
                Data::Write(bytes) if fate == Unsynced::Zeros || Some(place) == last => {
                    content.extend(torn(bytes, fate));
                }
                data => apply(&mut content, data),
            }
        }
        content
    }
}

fn apply(content: &mut Vec<u8>, data: &Data) {
    match data {
        Data::Write(bytes) => content.extend(bytes),
        Data::Cut(length) => content.resize(*length, 0),
    }
}

fn torn(bytes: &[u8], fate: Unsynced) -> Vec<u8> {
    let half = bytes.len() / 2;
    match fate {
        Unsynced::Dropped => Vec::new(),
        Unsynced::Kept => bytes.to_vec(),
        Unsynced::FirstByte => bytes[..1.min(bytes.len())].to_vec(),
        Unsynced::FirstHalf => bytes[..half].to_vec(),
        Unsynced::AllButOne => bytes[..bytes.len().saturating_sub(1)].to_vec(),
        Unsynced::Zeros => vec![0; bytes.len()],
        Unsynced::SecondHalf => [vec![0; half], bytes[half..].to_vec()].concat(),
    }
}

/// A disk just before the power goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Crash {
    nodes: HashMap<usize, Node>,
    names: BTreeMap<PathBuf, Option<usize>>,
    /// Changes of names that are not synced, oldest first.
    unsynced: Vec<Op>,
    /// So much of the record had been confirmed.
    pub(crate) confirmed: Option<usize>,
}

impl Crash {
    /// The disk after the calls in `log`, on which `base` stood before, known by its numbers in `files`.
    pub(crate) fn after(log: &[Op]) -> Crash {
        let mut crash = Crash::default();
        log.iter().for_each(|op| crash.take(op));
        crash
    }

    pub(crate) fn take(&mut self, op: &Op) {
        match op {
            Op::Write(file, bytes) => self.node(*file).pending.push(Data::Write(bytes.clone())),
            Op::Cut(file, length) => self.node(*file).pending.push(Data::Cut(*length)),
            Op::Sync(file) => self.node(*file).sync(),
            Op::SyncFailed(file) => self.node(*file).forget(),
            Op::SyncFolder(folder) => {
                let synced = |op: &Op| target(op).parent() == Some(folder);
                let (now, later) = self.unsynced.drain(..).partition(synced);
                self.unsynced = later;
                rename_all(&mut self.names, &now);
            }
            Op::MakeFolder(_) | Op::Create(..) | Op::Rename(..) | Op::Remove(_) => self.unsynced.push(op.clone()),
            Op::Confirmed(parts) => self.confirmed = Some(*parts),
        }
    }

    fn node(&mut self, file: usize) -> &mut Node {
        self.nodes.entry(file).or_default()
    }

    /// Which of the changes of names that are not synced may have come through, as bits. Any of a few; of many, which
    /// only a careless writer has, all up to one of them.
    pub(crate) fn ways(&self) -> Vec<u64> {
        let count = self.unsynced.len().min(63);
        if count <= 6 { (0..1 << count).collect() } else { (0..=count).map(|first| (1 << first) - 1).collect() }
    }

    /// What stands there when of the changes of names those in the bits of `way` came through.
    pub(crate) fn image(&self, way: u64, fate: Unsynced) -> Image {
        let mut names = self.names.clone();
        let through = self.unsynced.iter().take(63).enumerate().filter(|(bit, _)| way & (1 << bit) != 0);
        rename_all(&mut names, &through.map(|(_, op)| op.clone()).collect::<Vec<_>>());
        let content = |file: &usize| self.nodes.get(file).map(|node| node.after(fate)).unwrap_or_default();
        names.iter().map(|(path, file)| (path.clone(), file.as_ref().map(content))).collect()
    }
}

fn target(op: &Op) -> &Path {
    match op {
        Op::MakeFolder(path) | Op::Create(path, _) | Op::Remove(path) | Op::Rename(_, path) => path,
        _ => Path::new(""),
    }
}

fn rename_all(names: &mut BTreeMap<PathBuf, Option<usize>>, changes: &[Op]) {
    for change in changes {
        match change {
            Op::MakeFolder(path) => {
                names.insert(path.clone(), None);
            }
            Op::Create(path, file) => {
                names.insert(path.clone(), Some(*file));
            }
            Op::Remove(path) => {
                names.remove(path);
            }
            Op::Rename(from, to) => {
                // Both names are in one folder, so a rename comes through whole or not at all.
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
            _ => {}
        }
    }
}

/// Makes `image`, whose paths begin with `old`, stand below `new`. What lies in a folder that did not come through
/// is gone with it.
pub(crate) fn restore(image: &Image, old: &Path, new: &Path) {
    for (path, content) in image {
        let path = new.join(path.strip_prefix(old).unwrap());
        if !path.parent().is_some_and(Path::is_dir) {
            continue;
        }
        match content {
            None => fs::create_dir(path).unwrap(),
            Some(bytes) => fs::write(path, bytes).unwrap(),
        }
    }
}
