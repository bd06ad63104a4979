//! Lists everything below a data folder and decides, by name and content, what each file stands for.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::amendment::{Amendments, Beside, looks_like_one};
use super::history::{UncountedFile, is_named};
use super::names::{
    FOLDERS, IN_ICLOUD, INTERVALS, LATER, NameKind, PROFILES, ROLLERS, SERUMS, SESSIONS, TIMESTAMP_LENGTH,
    classify_name, evicted, id_of, is_put_away, original_name, start_of_id,
};
use super::profile_copies;
use super::read::{Depth, read_to};
use super::sniff::{Content, content};
use super::walk::{Found, Walk, children};
use engine::timeline::Wall;

/// Everything below a data folder, sorted by what it stands for.
#[derive(Debug, Default)]
pub struct Listing {
    /// The session files, newest first, by the day to which a session was corrected.
    pub sessions: Vec<PathBuf>,
    /// What was struck out or corrected of them, and of the notes on them.
    pub amendments: Amendments,
    /// The corrections that cannot be read and may have put something on another day: of what, when, and the file.
    pub(super) unread_days: Vec<(String, Wall, PathBuf)>,
    /// The files that hold the day of a deleted session, each with the session's id.
    pub(super) deleted: Vec<(String, PathBuf)>,
    /// Other files that are reported, or that may stand for a session.
    pub(super) misplaced: Vec<MisplacedFile>,
}

/// A file or folder that is not a record with its own name in its own place.
#[derive(Debug)]
pub(super) struct MisplacedFile {
    pub(super) uncounted: UncountedFile,
    /// The id of the session it stands for, or as much of the id as its name has.
    pub(super) session: Option<String>,
    /// It lies in the folder of interval holds.
    pub(super) is_of_deleted: bool,
    /// The person is told about it. Hidden files and files elsewhere are only reported if their session is missing.
    pub(super) is_reported: bool,
}

impl Listing {
    /// Lists the data folder `root`. No session is read.
    pub fn of(root: &Path) -> Listing {
        let mut classified = Classified::default();
        let mut uncounted = Vec::new();
        for (folder, place) in [(SESSIONS, Location::SESSIONS), (INTERVALS, Location::DELETED)] {
            classified.all(place, place.walk().below(&root.join(folder), &mut uncounted));
        }
        for path in children(root, &mut uncounted) {
            data_folder_entry(root, path, &mut classified, &mut uncounted);
        }
        for folder in profile_copies::of_profile(root, &mut uncounted) {
            classified.all(Location::COPY, Walk::ELSEWHERE.below(&folder, &mut uncounted));
        }
        classified.misplaced.extend(uncounted.into_iter().map(|uncounted| MisplacedFile {
            uncounted,
            session: None,
            is_of_deleted: false,
            is_reported: true,
        }));
        classified.listing()
    }

    /// The files that the person is told about.
    pub fn reported(&self) -> impl Iterator<Item = &UncountedFile> {
        self.misplaced.iter().filter(|misplaced| misplaced.is_reported).map(|misplaced| &misplaced.uncounted)
    }

    /// Reports one of the session files, because it turned out to be no session.
    pub fn refuse(&mut self, uncounted: UncountedFile) {
        let session = id_of(&uncounted.path).map(str::to_owned);
        self.misplaced.push(MisplacedFile { uncounted, session, is_of_deleted: false, is_reported: true });
    }
}

/// The session files below the data folder `root`, newest first, and the other files that are reported.
pub fn files(root: &Path) -> (Vec<PathBuf>, Vec<UncountedFile>) {
    let listing = Listing::of(root);
    let reported = listing.reported().cloned().collect();
    (listing.sessions, reported)
}

/// The session file called `id` below the data folder `root`.
pub fn find(root: &Path, id: &str) -> Option<PathBuf> {
    files(root).0.into_iter().find(|path| is_named(path, id))
}

/// Where a file lies.
#[derive(Clone, Copy)]
struct Location {
    kind: Kind,
    /// In the records folder itself, not in a copy of it.
    is_own: bool,
    /// In a records folder or a copy of one, so that the person is told about it.
    is_reported: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sessions,
    Deleted,
    /// Rollers and serums, which the ledger reads.
    Ledger,
    Elsewhere,
}

impl Location {
    const SESSIONS: Location = Location { kind: Kind::Sessions, is_own: true, is_reported: true };
    const DELETED: Location = Location { kind: Kind::Deleted, ..Location::SESSIONS };
    const COPY: Location = Location { kind: Kind::Elsewhere, is_own: false, is_reported: true };
    const ELSEWHERE: Location = Location { is_reported: false, ..Location::COPY };

    fn copy_of(folder: &str) -> Location {
        let kind = match folder {
            SESSIONS => Kind::Sessions,
            INTERVALS => Kind::Deleted,
            ROLLERS | SERUMS => Kind::Ledger,
            _ => Kind::Elsewhere,
        };
        Location { kind, ..Location::COPY }
    }

    fn walk(self) -> Walk {
        match self.kind {
            Kind::Sessions => Walk::OF_SESSIONS,
            Kind::Deleted => Walk::OF_DELETED,
            Kind::Ledger | Kind::Elsewhere => Walk::ELSEWHERE,
        }
    }

    fn holds_days(self) -> bool {
        matches!(self.kind, Kind::Sessions | Kind::Deleted)
    }
}

/// Classifies `path`, which lies in the data folder `root` beside the folders of sessions and interval holds.
fn data_folder_entry(root: &Path, path: PathBuf, classified: &mut Classified, uncounted: &mut Vec<UncountedFile>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if [SESSIONS, INTERVALS, PROFILES].contains(&name.as_str()) || is_put_away(&name) {
        return;
    }
    let is_hidden = name.starts_with('.');
    let Some(original) = copied_folder(&path).filter(|original| !is_same(&path, &root.join(original))) else {
        // Rollers that cannot be listed are reported by the ledger; serums hold no day.
        let is_of_ledger = [ROLLERS, SERUMS].contains(&name.as_str());
        let place = if is_of_ledger {
            Location { is_reported: false, ..Location::copy_of(ROLLERS) }
        } else {
            Location::ELSEWHERE
        };
        let unlisted = if is_of_ledger { &mut Vec::new() } else { uncounted };
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) || is_of_ledger {
            classified.all(place, place.walk().below(&path, unlisted));
        }
        return classified.one(place, Found { path, is_hidden });
    };
    let place = Location::copy_of(original);
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            if original != PROFILES {
                classified.all(place, place.walk().below(&path, uncounted));
            }
            if !is_hidden {
                uncounted.push(UncountedFile::new(
                    path,
                    format!("looks like a copy that a sync program made of {original}"),
                ));
            }
        }
        Err(error) if place.holds_days() => uncounted.push(UncountedFile::unlisted(&path, &error)),
        Ok(_) if place.holds_days() && !root.join(original).is_dir() && may_be_packed(&name, original) => {
            uncounted.push(UncountedFile::unlisted(&path, &io::ErrorKind::NotADirectory.into()));
        }
        Ok(_) | Err(_) => classified.one(Location::ELSEWHERE, Found { path, is_hidden }),
    }
}

/// Whether a file called `name` may be the missing folder `original`, packed or evicted. The folder of interval holds
/// is usually missing, so an ordinary text file with a similar name is not taken for it.
fn may_be_packed(name: &str, original: &str) -> bool {
    original == SESSIONS || evicted(name).is_some() || !name.contains('.')
}

/// Whether both paths lead to the same file: on some disks upper and lower case make no difference.
pub(super) fn is_same(path: &Path, other: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| fs::canonicalize(other).is_ok_and(|other| path == other))
}

/// The records folder that `path` may be a copy of, whatever another program added to its name.
pub(super) fn copied_folder(path: &Path) -> Option<&'static str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = original_name(path).to_lowercase();
    FOLDERS.into_iter().find(|folder| name != *folder && own.contains(folder))
}

#[derive(Default)]
struct Classified {
    sessions: BTreeMap<String, PathBuf>,
    deleted: Vec<(String, PathBuf)>,
    misplaced: Vec<MisplacedFile>,
    /// Files that belong to a session; if the session is missing, they are all that is left of it.
    beside: Vec<(String, PathBuf)>,
    amendments: Beside,
}

impl Classified {
    fn all(&mut self, place: Location, found: Vec<Found>) {
        found.into_iter().for_each(|found| self.one(place, found));
    }

    fn one(&mut self, place: Location, Found { path, is_hidden }: Found) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_own = place.is_own && !is_hidden;
        let (id, why) = match classify_name(&name) {
            NameKind::OfTheSystem => return,
            NameKind::BeingWritten(_) if place.kind != Kind::Deleted => return,
            NameKind::Beside(id) => {
                if is_own && place.kind == Kind::Sessions {
                    self.amendments.take(&path);
                }
                return self.beside.push((id.to_owned(), path));
            }
            NameKind::Foreign => return self.foreign(place, path, is_own && !name.starts_with('.')),
            NameKind::Session(id) if is_own && start_of_id(id).is_some() => match place.kind {
                Kind::Deleted => return self.deleted.push((id.to_owned(), path)),
                _ => return self.session(id, path),
            },
            NameKind::Evicted(id) => (id, IN_ICLOUD.to_owned()),
            NameKind::Session(id) | NameKind::BeingWritten(id) => {
                let why = if place.is_reported {
                    "lies in a copy of a folder"
                } else {
                    "lies outside the folder of sessions"
                };
                (id.to_owned(), why.to_owned())
            }
            // Photos and recordings are named after the time at which they were made.
            NameKind::Copy(id)
                if id.len() == TIMESTAMP_LENGTH && !place.holds_days() && !name.to_lowercase().contains(".toml") =>
            {
                return self.foreign(place, path, false);
            }
            NameKind::Copy(id) => {
                let why = match place.kind {
                    Kind::Deleted => "looks like a copy of the day of a deleted session".to_owned(),
                    _ if looks_like_one(&name) => {
                        format!("looks like a copy of what was struck out or corrected of the session {id}")
                    }
                    _ if name.contains(&format!("{id}{LATER}")) => {
                        format!("looks like a copy of a later note on the session {id}")
                    }
                    _ => format!("looks like a copy of the session {id}"),
                };
                (id, why)
            }
        };
        if start_of_id(&id).is_none() {
            self.misplaced.push(unlisted(path, "bears a day or time that does not exist"));
            return;
        }
        let is_reported = place.is_reported && !is_hidden;
        let is_of_deleted = place.kind == Kind::Deleted;
        self.misplaced.push(MisplacedFile {
            uncounted: UncountedFile::new(path, why),
            session: Some(id),
            is_of_deleted,
            is_reported,
        });
    }

    /// Of two files of one session, the readable one counts, then the one in the right year's folder.
    fn session(&mut self, id: &str, path: PathBuf) {
        let Some(first) = self.sessions.get_mut(id) else {
            self.sessions.insert(id.to_owned(), path);
            return;
        };
        let rank = |path: &Path| {
            let is_in_its_year = path.parent().is_some_and(|year| id.starts_with(&*original_name(year)));
            (read_to(path, Depth::Ends).is_ok_and(|reading| reading.header.id == id), is_in_its_year)
        };
        let second = if rank(&path) > rank(first) { core::mem::replace(first, path) } else { path };
        let uncounted = UncountedFile::new(second, format!("is a second file of the session {id}"));
        self.misplaced.push(MisplacedFile {
            uncounted,
            session: Some(id.to_owned()),
            is_of_deleted: false,
            is_reported: true,
        });
    }

    fn foreign(&mut self, place: Location, path: PathBuf, is_reported: bool) {
        // The ledger reports its own unreadable files.
        if place.kind == Kind::Ledger {
            return;
        }
        match content(&path, place.holds_days()) {
            Content::Of(id) => {
                let uncounted = UncountedFile::new(path, "is not the name of a session");
                self.misplaced.push(MisplacedFile { uncounted, session: Some(id), is_of_deleted: false, is_reported });
            }
            Content::Unknown(why) => self.misplaced.push(unlisted(path, &why)),
            Content::Foreign if is_reported => {
                let uncounted = UncountedFile::new(path, "is not the name of a session");
                self.misplaced.push(MisplacedFile { uncounted, session: None, is_of_deleted: false, is_reported });
            }
            Content::Foreign => {}
        }
    }

    fn listing(self) -> Listing {
        let Classified { sessions, deleted, mut misplaced, beside, amendments } = self;
        // Some names have only the timestamp that the id begins with.
        let is_there = |id: &str| {
            let is_session = sessions.range(id.to_owned()..).next().is_some_and(|(own, _)| own.starts_with(id));
            is_session || deleted.iter().any(|(own, _)| own.starts_with(id))
        };
        for (id, path) in beside.into_iter().filter(|(id, _)| !is_there(id)) {
            let uncounted = UncountedFile::new(path, format!("belongs to the session {id}, which is missing"));
            misplaced.push(MisplacedFile { uncounted, session: Some(id), is_of_deleted: false, is_reported: true });
        }
        let (amendments, unread) = amendments.read();
        misplaced.extend(unread.into_iter().map(|uncounted| MisplacedFile {
            uncounted,
            session: None,
            is_of_deleted: false,
            is_reported: true,
        }));
        for misplaced in &mut misplaced {
            misplaced.is_reported |= misplaced.session.as_ref().is_some_and(|id| !is_there(id));
        }
        let unread_days = amendments.unread_days();
        Listing { deleted, misplaced, sessions: newest_first(sessions, &amendments), amendments, unread_days }
    }
}

/// The files in order. Only where a day was corrected does it differ from that of the names.
fn newest_first(sessions: BTreeMap<String, PathBuf>, amendments: &Amendments) -> Vec<PathBuf> {
    let mut sessions: Vec<(String, PathBuf)> = sessions.into_iter().collect();
    let mut is_out_of_order = false;
    for (id, _) in &mut sessions {
        if let Some(day) = amendments.day_of(id) {
            let time = id.get("20261122".len()..).unwrap_or_default();
            *id = day.to_string().replace('-', "") + time;
            is_out_of_order = true;
        }
    }
    if is_out_of_order {
        sessions.sort();
    }
    sessions.into_iter().rev().map(|(_, path)| path).collect()
}

fn unlisted(path: PathBuf, why: &str) -> MisplacedFile {
    let uncounted = UncountedFile { is_unlisted: true, ..UncountedFile::new(path, why) };
    MisplacedFile { uncounted, session: None, is_of_deleted: false, is_reported: true }
}
