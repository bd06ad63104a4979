//! Past sessions by the names of their files, each read when it is first looked at: a list of ten thousand opens as fast
//! as its folder can be listed.

mod rows;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use engine::protocol::Words;
pub use rows::line;
pub(super) use rows::{Cells, cells};
use store::calendar::Date;
use store::record::amendment::read_session;
use store::record::listing::Listing;
use store::record::read::Depth;
use store::record::{Amendments, FollowUp, Past, Reading, follow_up, history, names, show};
use store::sanitise::{self, folded};

/// How many files are read in search of a session that counts: behind so many stops, trials and checks in a row there is
/// none worth comparing with.
const FAR: usize = 60;

/// One session, read or not yet. None: it cannot be read.
#[derive(Debug)]
struct SessionFile {
    path: PathBuf,
    past: OnceCell<Option<Box<Past>>>,
    follow_ups: OnceCell<Vec<FollowUp>>,
}

/// All sessions, newest first, and those of them that are listed.
#[derive(Debug)]
pub struct PastSessions {
    files: Vec<SessionFile>,
    listed: Vec<usize>,
    search: String,
    record_words: OnceCell<Words>,
    root: PathBuf,
    /// What is said of the first folder that cannot be listed.
    unlisted: Option<String>,
    /// What was struck out or corrected.
    amendments: Amendments,
}

impl PastSessions {
    /// What is in the data folder `root`. Only names are looked at.
    pub fn of(root: &Path) -> PastSessions {
        let listing = Listing::of(root);
        let unlisted = listing.reported().find(|uncounted| uncounted.path.is_dir());
        let unlisted = unlisted.map(|uncounted| {
            sanitise::escape_hidden(&format!("{} {}.", uncounted.path.to_string_lossy(), uncounted.why))
        });
        let files: Vec<SessionFile> = listing
            .sessions
            .into_iter()
            .map(|path| SessionFile { path, past: OnceCell::new(), follow_ups: OnceCell::new() })
            .collect();
        PastSessions {
            listed: (0..files.len()).collect(),
            files,
            search: String::new(),
            record_words: OnceCell::new(),
            root: root.to_owned(),
            unlisted,
            amendments: listing.amendments,
        }
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether any is listed: a search may find none.
    pub fn lists_any(&self) -> bool {
        !self.listed.is_empty()
    }

    /// Whether there is none at all, listed or not.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What is said of the first folder that cannot be listed, if there is one.
    pub fn unlisted(&self) -> Option<&str> {
        self.unlisted.as_deref()
    }

    /// The data folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many were read so far.
    pub fn read_so_far(&self) -> usize {
        self.files.iter().filter(|file| file.past.get().is_some()).count()
    }

    /// The session in that place of the list; None when there is none, or it cannot be read.
    pub fn past(&self, place: usize) -> Option<&Past> {
        self.read_once(*self.listed.get(place)?)
    }

    /// The file in that place of the list.
    pub fn path(&self, place: usize) -> Option<&Path> {
        self.files.get(*self.listed.get(place)?).map(|file| file.path.as_path())
    }

    /// The notes written later on the session in that place of the list.
    pub fn follow_ups(&self, place: usize) -> &[FollowUp] {
        let file = self.listed.get(place).and_then(|place| self.files.get(*place));
        file.map_or(&[], |file| file.follow_ups.get_or_init(|| follow_up::of_session(&file.path).0))
    }

    /// Forgets the notes on the session at `path`: another one was written.
    pub fn forget_notes(&mut self, path: &Path) {
        self.files.iter_mut().filter(|file| file.path == path).for_each(|file| _ = file.follow_ups.take());
    }

    /// Forgets what is known of the session at `path`: it was struck out, or that was taken back.
    pub fn forget(&mut self, path: &Path) {
        self.amendments = Listing::of(&self.root).amendments;
        self.files.iter_mut().filter(|file| file.path == path).for_each(|file| _ = file.past.take());
        self.forget_notes(path);
    }

    /// The last one before that place of the list that counts as a session.
    pub fn before(&self, place: usize) -> Option<&Past> {
        let from = self.listed.get(place)? + 1;
        (from..self.files.len()).take(FAR).find_map(|place| self.read_once(place).filter(|past| past.counted))
    }

    /// The day of the oldest session, listed or not: where it was, or where this is if its file only has a name.
    pub fn oldest(&self) -> Option<Date> {
        let last = self.files.len().checked_sub(1)?;
        let named = || names::start_of_id(self.files.get(last)?.path.file_name()?.to_str()?).map(Date::of);
        self.read_once(last).map(Past::day).or_else(named)
    }

    /// Up to `most` sessions that count, newest first.
    pub fn counted(&self, most: usize) -> Vec<&Past> {
        let near = (0..self.files.len()).take(FAR).filter_map(|place| self.read_once(place));
        near.filter(|past| past.counted).take(most).collect()
    }

    /// What is searched for, as [`folded`] has it; empty: all of them are listed.
    pub fn search(&self) -> &str {
        &self.search
    }

    /// Lists only those with `search` in their text, or all of them if it is empty. Every session and every later note is
    /// read for that.
    pub fn find(&mut self, search: &str, words: &Words) {
        self.search = folded(search);
        let all = 0..self.files.len();
        if self.search.is_empty() {
            self.listed = all.collect();
            return;
        }
        let notes = follow_up::by_session(self.files.iter().map(|file| file.path.as_path()));
        let noted = |past: &Past| {
            follow_up::read_all(notes.get(&past.id).map_or(&[], Vec::as_slice), &past.id, &self.amendments).0
        };
        let has = |past: &Past| rows::is_found(&self.search, past, &noted(past), words, self.record_words());
        self.listed = all.filter(|place| self.read_once(*place).is_some_and(has)).collect();
    }

    /// The whole session in that place of the list with its later notes; why it cannot be read, in a sentence.
    pub fn open(&self, place: usize) -> Option<Result<(Reading, Vec<FollowUp>), String>> {
        let path = self.path(place)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let reading = read_session(path).map_err(|error| format!("{name} {error}."));
        Some(reading.map(|reading| (reading, follow_up::of_session(path).0)))
    }

    /// The words of a record, read once one with a note is looked at.
    pub fn record_words(&self) -> &Words {
        self.record_words.get_or_init(show::words)
    }

    fn read_once(&self, place: usize) -> Option<&Past> {
        let file = self.files.get(place)?;
        let read = || {
            let reading = history::open(&file.path, Depth::Ends, &self.amendments).ok()?;
            Some(Box::new(Past::of(&file.path, &reading)))
        };
        file.past.get_or_init(read).as_deref()
    }
}
