//! The script of a whole session, handed to the recorder as the controller does it, and what the disk must hold afterwards.

use std::path::Path;
use std::sync::Arc;

use engine::protocol::Protocol;
use engine::safety::Roller;
use engine::session::{Effect, Entry};
use store::record::{Ledger, Reading, RecordedEntry, SaveError, listing, read};
use store::recorder::Recorder;

use crate::faults::faulty_disk::{FaultyDisk, Op};
use crate::support::fixture;

/// What the person does when NOT SAVED is on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Tries again at once.
    Retry,
    /// Tries again when a few more things have happened.
    RetryLater,
    /// Goes on unsaved and makes room only at the end.
    GoOn,
    /// Leaves.
    Leave,
}

pub(crate) const CHOICES: [Choice; 4] = [Choice::Retry, Choice::RetryLater, Choice::GoOn, Choice::Leave];

/// What the record is told, in order: entries, the summary, entries that come later.
pub(crate) fn script() -> Vec<Effect> {
    let entries = fixture::entries().into_iter().map(Effect::Record);
    let later = fixture::later().into_iter().map(Effect::Record);
    entries.chain([Effect::Close(Box::new(fixture::summary()))]).chain(later).collect()
}

/// How a session went.
#[derive(Debug)]
pub(crate) struct Played {
    /// So much of the script was handed over.
    pub(crate) handed: usize,
    /// So much of it was said to be on disk; None: not even the top.
    pub(crate) confirmed: Option<usize>,
    /// Errors that were told.
    pub(crate) errors: Vec<String>,
    patience: u32,
    pub(crate) recorder: Recorder,
}

/// Plays the session on `disk` below `root`. `recorder` is given by the caller so that a broken one can be tried.
pub(crate) fn play(disk: &FaultyDisk, root: &Path, choice: Choice) -> Played {
    let mut played = Played {
        handed: 0,
        confirmed: None,
        errors: Vec::new(),
        patience: 0,
        recorder: Recorder::on(Arc::new(disk.clone()), root.to_owned(), false),
    };
    let protocol = Arc::new(fixture::protocol());
    let mut left =
        told(&mut played, disk, choice, |recorder| recorder.open(&protocol, fixture::BEGAN, None, String::new(), None));
    let roller = Roller { id: "spare".into(), ..fixture::roller() };
    left = left || told(&mut played, disk, choice, |recorder| recorder.add_roller(&roller, true));
    for effect in script() {
        if left {
            break;
        }
        played.handed += 1;
        left = told(&mut played, disk, choice, |recorder| recorder.write(&effect));
    }
    played
}

/// One call of the recorder. Whether the person leaves then.
fn told(
    played: &mut Played,
    disk: &FaultyDisk,
    choice: Choice,
    call: impl FnOnce(&mut Recorder) -> Result<(), SaveError>,
) -> bool {
    let (was_saved, grave) = (played.recorder.is_saved(), disk.grave());
    let told = call(&mut played.recorder);
    let failed = told.is_err();
    assert!(failed || disk.grave() == grave, "a call that failed was not told");
    assert!(failed || played.recorder.is_saved() || !was_saved, "what is not saved was not told");
    confirm(played, disk);
    if let Err(error) = told {
        played.errors.push(error.to_string());
        if played.patience == 0 {
            played.patience = 6;
        }
    }
    if failed && choice == Choice::Retry
        || !played.recorder.is_saved() && choice == Choice::RetryLater && played.bored()
    {
        if let Err(error) = played.recorder.retry() {
            played.errors.push(error.to_string());
        }
        confirm(played, disk);
    }
    failed && choice == Choice::Leave
}

impl Played {
    /// Whether the person has waited for long enough.
    fn bored(&mut self) -> bool {
        self.patience = self.patience.saturating_sub(1);
        self.patience == 0
    }
}

/// What the screen may call saved now.
pub(crate) fn confirm(played: &mut Played, disk: &FaultyDisk) {
    if played.recorder.is_saved() && played.recorder.path().is_some() {
        played.confirmed = Some(played.handed);
        disk.note(Op::Confirmed(played.handed));
    }
}

/// How much of the script `reading` holds; it must hold nothing else.
pub(crate) fn held(reading: &Reading, protocol: &Protocol) -> usize {
    let begins = |read: &[RecordedEntry], all: Vec<Entry>| {
        let is = |(read, entry): (&RecordedEntry, &Entry)| {
            *read == RecordedEntry { sum: read.sum.clone(), ..RecordedEntry::of(protocol, entry).unwrap() }
        };
        read.len() <= all.len() && read.iter().zip(&all).all(is)
    };
    assert!(begins(&reading.entries, fixture::entries()), "entries that nobody wrote");
    assert!(begins(&reading.after_summary, fixture::later()), "later entries that nobody wrote");
    assert!(reading.after_summary.is_empty() || reading.is_closed());
    reading.entries.len() + usize::from(reading.is_closed()) + reading.after_summary.len()
}

/// The most that any session file below `root` holds; None: there is none with a sound top.
pub(crate) fn found(root: &Path) -> Option<usize> {
    let protocol = fixture::protocol();
    let (paths, _) = listing::files(root);
    let readings = paths.iter().filter_map(|path| read(path).ok());
    readings
        .map(|reading| {
            assert!(reading.damage.is_empty(), "damage: {:?}", reading.damage);
            held(&reading, &protocol)
        })
        .max()
}

/// Whether the ledger below `root` knows the spare roller; nothing in it may be half written.
pub(crate) fn has_spare(root: &Path) -> bool {
    Ledger::new(root).rollers().0.iter().any(|roller| roller.id == "spare")
}
