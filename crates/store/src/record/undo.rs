//! Takes back what a command wrote last among the records, within the hour. The files tell by themselves when that was;
//! nothing else is remembered. What a session wrote is never taken back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::amendment::{Amendment, amended};
use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::follow_up::{self, FollowUp};
use super::header::RecordKind;
use super::history::History;
use super::ledger::{Ledger, OwnedRoller, OwnedSerum, Retired};
use super::names::{ROLLERS, SERUMS};
use super::past::Past;
use super::timestamp::Timestamp;
use super::toml_file::bytes;
use super::walk::children;
use crate::sanitise::look_the_same;
use engine::timeline::Wall;

/// For how long something can be taken back, in seconds.
pub const WITHIN: i64 = 3_600;
/// How far ahead of the clock a file may be, in seconds: notes of one second get the seconds after it.
const AHEAD: i64 = 90;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrote {
    /// A session from paper.
    Log(Box<Past>),
    /// A later note.
    Note(Box<FollowUp>),
    /// Something was struck out, taken back or corrected.
    Amendment(Box<Amendment>),
    /// A roller was entered.
    Roller(Box<OwnedRoller>),
    /// A roller was retired.
    RetiredRoller(Box<OwnedRoller>),
    /// It was taken back that a roller was retired.
    RestoredRoller(Box<OwnedRoller>),
    /// A serum was entered.
    Serum(Box<OwnedSerum>),
    /// A serum was retired.
    RetiredSerum(Box<OwnedSerum>),
    /// It was taken back that a serum was retired.
    RestoredSerum(Box<OwnedSerum>),
}

/// Something that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its file.
    pub path: PathBuf,
    /// When it was written.
    pub at: Timestamp,
    /// What it is.
    pub wrote: Wrote,
}

/// What was written last within the hour before `now`, below the data folder `root`; None if nothing was.
pub fn last(root: &Path, now: Wall) -> Option<Written> {
    let history = History::read(root);
    let folders = folders_of(root, &history);
    let beside: Vec<PathBuf> = folders.iter().flat_map(|folder| children(folder, &mut Vec::new())).collect();
    let search = Search { root, now, history: &history, beside: &beside };
    let mut found = search.amendments();
    found.extend(search.notes());
    found.extend(search.logs());
    found.extend(search.rollers());
    found.extend(search.serums());
    found.retain(|written| search.is_recent(written.at.wall().unix));
    // Of one second, the file that was changed last; an amendment of something is newer than that.
    found.sort_by_key(|written| {
        let changed = fs::metadata(&written.path).and_then(|metadata| metadata.modified()).ok();
        (written.at.wall().unix, changed, matches!(written.wrote, Wrote::Amendment(_)))
    });
    found.pop()
}

/// Takes `written` back. What is not restored after all is retired because of `why`, since its file does not tell what was
/// said before.
///
/// # Errors
/// If its file cannot be deleted or written.
pub fn take_back(disk: &dyn Disk, written: &Written, why: &str) -> Result<(), SaveError> {
    let save = |error: io::Error| SaveError::new(&written.path, error);
    let again = || written.at.day().map(|on| Retired { on, at: None, why: why.to_owned() });
    let text = match &written.wrote {
        Wrote::RetiredRoller(roller) => Some(OwnedRoller { retired: None, ..OwnedRoller::clone(roller) }.to_text()),
        Wrote::RestoredRoller(roller) => {
            Some(OwnedRoller { retired: again(), restored: None, ..OwnedRoller::clone(roller) }.to_text())
        }
        Wrote::RetiredSerum(serum) => Some(OwnedSerum { retired: None, ..OwnedSerum::clone(serum) }.to_text()),
        Wrote::RestoredSerum(serum) => {
            Some(OwnedSerum { retired: again(), restored: None, ..OwnedSerum::clone(serum) }.to_text())
        }
        Wrote::Log(_) | Wrote::Note(_) | Wrote::Amendment(_) | Wrote::Roller(_) | Wrote::Serum(_) => None,
    };
    match text {
        Some(text) => folder::replace(disk, &written.path, text.as_bytes()).map(|_| ()).map_err(save),
        None => disk.remove(&written.path).and_then(|()| disk.sync_folder(folder::of(&written.path))).map_err(save),
    }
}

fn folders_of(root: &Path, history: &History) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = history.past.iter().map(|past| folder::of(&past.path).to_owned()).collect();
    folders.extend([root.join(ROLLERS), root.join(SERUMS)]);
    folders.sort();
    folders.dedup();
    folders
}

struct Search<'a> {
    root: &'a Path,
    now: Wall,
    history: &'a History,
    /// Everything in the folders of sessions, rollers and serums.
    beside: &'a [PathBuf],
}

impl Search<'_> {
    fn is_recent(&self, unix: i64) -> bool {
        (-AHEAD..=WITHIN).contains(&self.now.unix.saturating_sub(unix))
    }

    fn amendments(&self) -> Vec<Written> {
        let of = |path: &PathBuf| {
            let stem = amended(path.file_name()?.to_str()?)?;
            let amendment = Amendment::read(&bytes(path).ok()?).ok().filter(|amendment| amendment.of == stem)?;
            let (at, wrote) = (amendment.written, Wrote::Amendment(Box::new(amendment)));
            Some(Written { path: path.clone(), at, wrote })
        };
        self.beside.iter().filter_map(of).collect()
    }

    fn notes(&self) -> Vec<Written> {
        let paths = self.history.past.iter().map(|past| past.path.as_path());
        let notes = follow_up::by_session(paths).into_iter();
        let read = notes.flat_map(|(id, paths)| {
            paths.into_iter().filter_map(move |path| Some((follow_up::read(&path, &id).ok()?, path)))
        });
        let free = read.filter(|(_, path)| !self.has_more(path));
        free.map(|(note, path)| Written { path, at: note.written, wrote: Wrote::Note(Box::new(note)) }).collect()
    }

    fn logs(&self) -> Vec<Written> {
        let entered = |past: &Past| Some((past.closed.filter(|_| past.kind == RecordKind::Log)?, past.clone()));
        let logs = self.history.past.iter().filter_map(entered).filter(|(_, past)| !self.has_more(&past.path));
        logs.map(|(at, past)| Written { path: past.path.clone(), at, wrote: Wrote::Log(Box::new(past)) }).collect()
    }

    /// Of each the last that a command wrote, if its file tells when that was.
    fn rollers(&self) -> Vec<Written> {
        let ledger = Ledger::new(self.root);
        let of = |owned: OwnedRoller| {
            let path = ledger.roller_file(&owned.id);
            let past = &self.history.past;
            let is_named = |past: &Past| {
                let id = &owned.id;
                past.roller.as_ref().is_some_and(|roller| roller.id == *id) || past.rollers.contains(id)
            };
            // What a session wrote, or relies on, is not taken back; one that cannot be read may have.
            let is_unread = !self.history.remnants.is_empty();
            let is_told = |past: &Past| past.retired.iter().any(|told| told.roller == owned.id);
            let (at, wrote) = match (&owned.retired, owned.restored) {
                _ if self.has_more(&path) => return None,
                (Some(_), _) if is_unread || past.iter().any(is_told) => return None,
                (Some(retired), _) => (retired.at?, Wrote::RetiredRoller(Box::new(owned))),
                (None, Some(restored)) => (restored, Wrote::RestoredRoller(Box::new(owned))),
                (None, None) if is_unread || past.iter().any(is_named) => return None,
                (None, None) => (owned.entered?, Wrote::Roller(Box::new(owned))),
            };
            Some(Written { path, at, wrote })
        };
        ledger.recorded_rollers().items.into_iter().filter_map(of).collect()
    }

    fn serums(&self) -> Vec<Written> {
        let ledger = Ledger::new(self.root);
        let of = |owned: OwnedSerum| {
            let path = ledger.serum_file(&owned.id);
            let is_named =
                |past: &Past| past.serum.as_ref().is_some_and(|serum| look_the_same(&serum.name, &owned.name));
            let (at, wrote) = match (&owned.retired, owned.restored) {
                _ if self.has_more(&path) => return None,
                (Some(retired), _) => (retired.at?, Wrote::RetiredSerum(Box::new(owned))),
                (None, Some(restored)) => (restored, Wrote::RestoredSerum(Box::new(owned))),
                (None, None) if self.history.past.iter().any(is_named) => return None,
                (None, None) => (owned.entered?, Wrote::Serum(Box::new(owned))),
            };
            Some(Written { path, at, wrote })
        };
        ledger.recorded_serums().items.into_iter().filter_map(of).collect()
    }

    /// Whether other files belong to that at `path`: they would be left behind.
    fn has_more(&self, path: &Path) -> bool {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let belongs = |other: &PathBuf| {
            let name = other.file_name().unwrap_or_default().to_string_lossy();
            name.strip_prefix(&*stem).is_some_and(|rest| rest.starts_with('.') && rest != ".toml")
        };
        self.beside.iter().any(belongs)
    }
}
