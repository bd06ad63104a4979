//! The file of the running session. Whatever it reports as saved is on disk. After a failed write or sync nothing
//! counts as saved until the whole text is in a new file, because a second sync of the failed file can report success
//! and lose data.

use core::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::create;
use super::disk::{Disk, Handle, OsDisk};
use super::entry::{FilePart, RecordedEntry};
use super::folder;
use super::header::{Header, Start};
use super::read::{self, ReadError};
use super::reading::Reading;
use super::summary::SummaryFields;
use super::torn_tail::{TornTail, cut_torn_tail};
use engine::protocol::Protocol;
use engine::session::{Entry, Summary};

/// Bytes reserved when a session begins, so that the whole session fits even if the disk fills up meanwhile.
const RESERVE: u64 = 32 * 1024;

/// Something could not be written to disk.
#[derive(Debug)]
pub struct SaveError {
    path: PathBuf,
    cause: io::Error,
}

impl SaveError {
    pub(super) fn new(path: &Path, cause: io::Error) -> SaveError {
        SaveError { path: path.to_owned(), cause }
    }

    /// The file that could not be written.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        let advice = match self.cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "Make room, then try again"
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "Let the folder be written, then try again"
            }
            _ => "Look after the disk, then try again",
        };
        write!(out, "Could not save to {path}: {}. What was saved before is kept. {advice}.", self.cause)
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Why a session cannot be resumed.
#[derive(Debug)]
pub enum ResumeError {
    /// Nothing in the file can be read.
    Read(ReadError),
    /// Parts of the file are damaged, so nobody knows what happened.
    Damaged(Box<Reading>),
    /// It is closed. A closed session is never changed.
    Closed(Box<Reading>),
    /// The torn tail could not be cut off.
    Save(SaveError),
}

impl fmt::Display for ResumeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ResumeError::Read(error) => write!(out, "The unfinished session {error}."),
            ResumeError::Damaged(reading) => {
                let first = reading.damage.first().map(ToString::to_string).unwrap_or_default();
                write!(out, "The unfinished session {} is damaged. {first}. Begin a new one.", reading.header.id)
            }
            ResumeError::Closed(reading) => write!(out, "The session {} is closed already.", reading.header.id),
            ResumeError::Save(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for ResumeError {}

impl ResumeError {
    /// Turns this into the error of writing the record at `path`.
    pub fn into_save(self, path: &Path) -> SaveError {
        match self {
            ResumeError::Save(error) => error,
            other => SaveError::new(path, io::Error::other(other.to_string())),
        }
    }
}

/// The file of the running session, open for appending.
#[derive(Debug)]
pub struct SessionFile {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    header: Header,
    file: Box<dyn Handle>,
    /// On disk.
    confirmed: String,
    /// Text that is not certainly on disk; empty unless `failed`.
    pending: String,
    failed: bool,
    /// An event cannot be expressed in the file, so trying again would not save it either.
    lost: bool,
    entries: u32,
    closed: bool,
}

impl SessionFile {
    /// Creates the file of a session that begins now, below the data folder `root`. On return its header is on disk and
    /// space for the session is reserved.
    ///
    /// # Errors
    /// When it cannot be made or written.
    pub fn create(root: &Path, start: &Start) -> Result<SessionFile, SaveError> {
        SessionFile::create_on(OsDisk::shared(), root, start)
    }

    /// As [`SessionFile::create`], with every change going through `disk`.
    ///
    /// # Errors
    /// When it cannot be made or written.
    pub fn create_on(disk: Arc<dyn Disk>, root: &Path, start: &Start) -> Result<SessionFile, SaveError> {
        let (id, path, file) =
            create::session_file(&*disk, root, start.started, |id| Ok(Header::new(start, id).to_text()))?;
        Ok(SessionFile::begin(disk, path, file, Header::new(start, &id)))
    }

    fn begin(disk: Arc<dyn Disk>, path: PathBuf, mut file: Box<dyn Handle>, header: Header) -> SessionFile {
        reserve_room(&mut *file);
        SessionFile {
            disk,
            path,
            confirmed: header.to_text(),
            header,
            file,
            pending: String::new(),
            failed: false,
            lost: false,
            entries: 0,
            closed: false,
        }
    }

    /// Opens the interrupted session at `path` for appending. A torn tail is moved to a file of its own first.
    ///
    /// # Errors
    /// If the file is damaged, closed or unreadable, or the tail cannot be cut off.
    pub fn resume(path: &Path) -> Result<(SessionFile, Reading, Option<TornTail>), ResumeError> {
        SessionFile::resume_on(OsDisk::shared(), path)
    }

    /// As [`SessionFile::resume`], with every change going through `disk`.
    ///
    /// # Errors
    /// If the file is damaged, closed or unreadable, or the tail cannot be cut off.
    pub fn resume_on(
        disk: Arc<dyn Disk>,
        path: &Path,
    ) -> Result<(SessionFile, Reading, Option<TornTail>), ResumeError> {
        let reading = read::read(path).map_err(ResumeError::Read)?;
        if !reading.damage.is_empty() {
            return Err(ResumeError::Damaged(Box::new(reading)));
        }
        if reading.is_closed() {
            return Err(ResumeError::Closed(Box::new(reading)));
        }
        let save = |error| ResumeError::Save(SaveError::new(path, error));
        let torn = cut_torn_tail(&*disk, path).map_err(ResumeError::Save)?;
        let text = folder::read(path).map_err(save)?;
        let mut file = disk.append(path).map_err(save)?;
        reserve_room(&mut *file);
        let resumed = SessionFile {
            disk,
            path: path.to_owned(),
            header: reading.header.clone(),
            file,
            confirmed: String::from_utf8(text).map_err(|_| ResumeError::Read(ReadError::NoHeader))?,
            pending: String::new(),
            failed: false,
            lost: false,
            entries: u32::try_from(reading.entries.len()).unwrap_or(u32::MAX),
            closed: false,
        };
        Ok((resumed, reading, torn))
    }

    /// Appends `entry`: as `[[entry]]` before the summary, as `[[later]]` after it.
    ///
    /// # Errors
    /// When it is not certainly on disk; it is kept in memory for [`SessionFile::rescue`].
    pub fn record(&mut self, protocol: &Protocol, entry: &Entry) -> Result<(), SaveError> {
        let text = self.text_of(protocol, entry)?;
        self.append(&text)
    }

    /// The text of `entry`, which is counted.
    fn text_of(&mut self, protocol: &Protocol, entry: &Entry) -> Result<String, SaveError> {
        let part = if self.closed { FilePart::AfterSummary } else { FilePart::BeforeSummary };
        let text = RecordedEntry::of(protocol, entry).and_then(|entry| entry.to_text(part, &self.header.sum));
        let text = text.map_err(|error| self.unwritable(error.to_string()))?;
        if !self.closed {
            self.entries = self.entries.saturating_add(1);
        }
        Ok(text)
    }

    /// Appends `entries` in one piece: with one write and one sync.
    ///
    /// # Errors
    /// When they are not certainly on disk; all are kept in memory for [`SessionFile::rescue`].
    pub fn record_together(&mut self, protocol: &Protocol, entries: &[&Entry]) -> Result<(), SaveError> {
        let texts: Result<Vec<String>, SaveError> = entries.iter().map(|entry| self.text_of(protocol, entry)).collect();
        self.append(&texts?.concat())
    }

    /// Appends the summary. A second summary would break the file and is ignored.
    ///
    /// # Errors
    /// When it is not certainly on disk; it is kept in memory for [`SessionFile::rescue`].
    pub fn close(&mut self, protocol: &Protocol, summary: &Summary) -> Result<(), SaveError> {
        if self.closed {
            return Ok(());
        }
        let fields = SummaryFields::of(protocol, summary, self.entries)
            .map_err(|field| self.unwritable(format!("the summary's {field} is not in the protocol")))?;
        self.closed = true;
        self.append(&fields.to_text(&self.header.sum))
    }

    /// Appends `block` with one write and one sync. After an error everything waits for [`SessionFile::rescue`].
    fn append(&mut self, block: &str) -> Result<(), SaveError> {
        if self.failed {
            self.pending.push_str(block);
            return Err(SaveError::new(&self.path, io::Error::other("an earlier part is not saved yet")));
        }
        match self.file.write_all(block.as_bytes()).and_then(|()| self.file.sync()) {
            Ok(()) => {
                self.confirmed.push_str(block);
                Ok(())
            }
            Err(error) => {
                self.failed = true;
                self.pending.push_str(block);
                // Best effort, so that the next run finds no half block. No sync follows, since its result could not be
                // trusted.
                if let Ok(length) = u64::try_from(self.confirmed.len()) {
                    let _ = self.file.cut(length);
                }
                Err(SaveError::new(&self.path, error))
            }
        }
    }

    /// Writes the whole text, pending parts included, to a new file that replaces the failed one. Does nothing if
    /// everything is saved.
    ///
    /// # Errors
    /// When that fails too; everything stays in memory and may be tried again.
    pub fn rescue(&mut self) -> Result<(), SaveError> {
        if self.lost {
            return Err(SaveError::new(&self.path, io::Error::other("one step of it cannot be put into words")));
        }
        if !self.failed {
            return Ok(());
        }
        let whole = format!("{}{}", self.confirmed, self.pending);
        self.file = folder::replace(&*self.disk, &self.path, whole.as_bytes())
            .map_err(|error| SaveError::new(&self.path, error))?;
        reserve_room(&mut *self.file);
        self.confirmed = whole;
        self.pending.clear();
        self.failed = false;
        Ok(())
    }

    /// Whether everything recorded so far is on disk.
    pub fn is_saved(&self) -> bool {
        !(self.failed || self.lost)
    }

    /// The text that is on disk.
    pub fn confirmed(&self) -> &str {
        &self.confirmed
    }

    /// The text that is not certainly on disk.
    pub fn pending(&self) -> &str {
        &self.pending
    }

    /// The top of the file.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes that an event cannot be expressed in the file. From here on the file never reports that all is saved.
    fn unwritable(&mut self, why: String) -> SaveError {
        self.lost = true;
        SaveError::new(&self.path, io::Error::new(io::ErrorKind::InvalidData, why))
    }
}

/// Reserves disk space if the file system can; if not, the session goes on without.
fn reserve_room(file: &mut dyn Handle) {
    let _ = file.reserve(RESERVE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ByName, ProtocolRef, RecordKind, Tail, Timestamp};
    use engine::session::Event;
    use engine::timeline::Wall;

    fn begun(root: &Path) -> SessionFile {
        let start = Start {
            app: "0.1.0".into(),
            kind: RecordKind::Session,
            trial: false,
            protocol: ProtocolRef { id: "test".into(), ..ProtocolRef::default() },
            started: Wall { unix: 1_795_372_200, offset: 3_600 },
            boot: None,
            strokes: Vec::new(),
            early_reason: None,
            serum: None,
        };
        SessionFile::create(root, &start).unwrap()
    }

    fn block(file: &SessionFile, n: u32, event: Event<ByName>) -> String {
        let at = Timestamp::of(Wall::default());
        RecordedEntry { n, t: 0, at, event, sum: String::new() }
            .to_text(FilePart::BeforeSummary, &file.header.sum)
            .unwrap()
    }

    #[test]
    fn after_a_failed_write_nothing_is_confirmed_until_the_whole_text_is_rescued() {
        let root = tempfile::tempdir().unwrap();
        let mut file = begun(root.path());
        let blocks = [block(&file, 1, Event::SetUp), block(&file, 2, Event::SkinReady), block(&file, 3, Event::Left)];
        file.append(&blocks[0]).unwrap();
        let confirmed = file.confirmed().to_owned();

        // A handle that cannot write fails as a full disk does.
        file.file = Box::new(std::fs::File::open(&file.path).unwrap());
        let error = file.append(&blocks[1]).unwrap_err().to_string();
        assert!(error.contains("Could not save to") && error.contains("try again"), "{error}");
        file.append(&blocks[2]).unwrap_err();
        assert!(!file.is_saved());
        assert_eq!((file.confirmed(), file.pending().len()), (confirmed.as_str(), blocks[1].len() + blocks[2].len()));
        assert_eq!(std::fs::read_to_string(file.path()).unwrap(), confirmed);

        file.rescue().unwrap();
        assert!(file.is_saved() && file.pending().is_empty());
        let reading = read::read(file.path()).unwrap();
        assert_eq!((reading.entries.len(), reading.tail, reading.damage.len()), (3, Tail::Clean, 0));
        file.append(&block(&file, 4, Event::Left)).unwrap();
        assert_eq!(read::read(file.path()).unwrap().entries.len(), 4);
        let left_over = std::fs::read_dir(file.path().parent().unwrap()).unwrap().count();
        assert_eq!(left_over, 1, "a rescue leaves no other file behind");
    }

    #[test]
    fn a_rescue_that_fails_loses_nothing_and_may_be_tried_again() {
        let root = tempfile::tempdir().unwrap();
        let mut file = begun(root.path());
        let only = block(&file, 1, Event::SetUp);
        file.file = Box::new(std::fs::File::open(&file.path).unwrap());
        file.append(&only).unwrap_err();
        let folder = file.path().parent().unwrap().to_owned();
        let away = root.path().join("away");
        std::fs::rename(&folder, &away).unwrap();
        file.rescue().unwrap_err();
        assert_eq!((file.is_saved(), file.pending()), (false, only.as_str()));
        std::fs::rename(&away, &folder).unwrap();
        file.rescue().unwrap();
        assert_eq!(read::read(file.path()).unwrap().entries.len(), 1);
    }
}
