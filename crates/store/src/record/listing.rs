//! What lies below a data folder, and what each thing there stands for by its name and its content.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::history::{Odd, is_named};
use super::marks::{Content, content};
use super::names::{
    ELSEWHERE, FOLDERS, INTERVALS, Named, PROFILES, ROLLERS, SERUMS, SESSIONS, STAMP, begun, evicted, id_of,
    is_put_away, own_name, sort_by_name,
};
use super::read::{Depth, read_to};
use super::siblings;
use super::walk::{Found, Walk, children};

/// What lies below a data folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The session files, newest first.
    pub sessions: Vec<PathBuf>,
    /// The notes on deleted days, each with the id of its session.
    pub(super) deleted: Vec<(String, PathBuf)>,
    /// What is neither and is told of, or may tell of a session.
    pub(super) strays: Vec<Stray>,
}

/// A file or folder that is no record under its own name in its own place.
#[derive(Debug)]
pub(super) struct Stray {
    pub(super) odd: Odd,
    /// The id of the session for which it stands, or as much of it as its name has.
    pub(super) session: Option<String>,
    /// It lies among the days of deleted sessions.
    pub(super) is_of_deleted: bool,
    /// The person is told of it. What is hidden or lies elsewhere is told of where its session is missing.
    pub(super) is_told: bool,
}

impl Listing {
    /// What lies below the data folder `root`. Nothing of the sessions is read.
    pub fn of(root: &Path) -> Listing {
        let mut sorted = Sorted::default();
        let mut odd = Vec::new();
        for (folder, place) in [(SESSIONS, Place::SESSIONS), (INTERVALS, Place::DELETED)] {
            sorted.all(place, place.walk().below(&root.join(folder), &mut odd));
        }
        for path in children(root, &mut odd) {
            beside(root, path, &mut sorted, &mut odd);
        }
        for folder in siblings::of_profile(root, &mut odd) {
            sorted.all(Place::COPY, Walk::ELSEWHERE.below(&folder, &mut odd));
        }
        sorted.strays.extend(odd.into_iter().map(|odd| Stray {
            odd,
            session: None,
            is_of_deleted: false,
            is_told: true,
        }));
        sorted.listing()
    }

    /// What the person is told of.
    pub fn told(&self) -> impl Iterator<Item = &Odd> {
        self.strays.iter().filter(|stray| stray.is_told).map(|stray| &stray.odd)
    }

    /// Adds one of the session files, which is none.
    pub fn refuse(&mut self, odd: Odd) {
        let session = id_of(&odd.path).map(str::to_owned);
        self.strays.push(Stray { odd, session, is_of_deleted: false, is_told: true });
    }
}

/// The session files below the data folder `root`, newest first, and what else is there that is told of.
pub fn files(root: &Path) -> (Vec<PathBuf>, Vec<Odd>) {
    let listing = Listing::of(root);
    let told = listing.told().cloned().collect();
    (listing.sessions, told)
}

/// The session file called `id` below the data folder `root`.
pub fn find(root: &Path, id: &str) -> Option<PathBuf> {
    files(root).0.into_iter().find(|path| is_named(path, id))
}

/// Where something lies.
#[derive(Clone, Copy)]
struct Place {
    kind: Kind,
    /// In the folder of records itself, and not in a copy of it.
    is_own: bool,
    /// In such a folder, or in one that is called like it.
    is_told: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sessions,
    Deleted,
    /// Rollers and serums, which have a reader of their own.
    Ledger,
    Elsewhere,
}

impl Place {
    const SESSIONS: Place = Place { kind: Kind::Sessions, is_own: true, is_told: true };
    const DELETED: Place = Place { kind: Kind::Deleted, ..Place::SESSIONS };
    const COPY: Place = Place { kind: Kind::Elsewhere, is_own: false, is_told: true };
    const ELSEWHERE: Place = Place { is_told: false, ..Place::COPY };

    fn copy_of(folder: &str) -> Place {
        let kind = match folder {
            SESSIONS => Kind::Sessions,
            INTERVALS => Kind::Deleted,
            ROLLERS | SERUMS => Kind::Ledger,
            _ => Kind::Elsewhere,
        };
        Place { kind, ..Place::COPY }
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

/// Sorts what stands at `path`, in the data folder `root` beside the folders of sessions and of deleted days.
fn beside(root: &Path, path: PathBuf, sorted: &mut Sorted, odd: &mut Vec<Odd>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if [SESSIONS, INTERVALS, PROFILES].contains(&name.as_str()) || is_put_away(&name) {
        return;
    }
    let is_hidden = name.starts_with('.');
    let Some(original) = copied_folder(&path).filter(|original| !is_same(&path, &root.join(original))) else {
        // What cannot be listed of rollers is told of with them; serums hold no day.
        let is_of_ledger = [ROLLERS, SERUMS].contains(&name.as_str());
        let place = if is_of_ledger { Place { is_told: false, ..Place::copy_of(ROLLERS) } } else { Place::ELSEWHERE };
        let unlisted = if is_of_ledger { &mut Vec::new() } else { odd };
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) || is_of_ledger {
            sorted.all(place, place.walk().below(&path, unlisted));
        }
        return sorted.one(place, Found { path, is_hidden });
    };
    let place = Place::copy_of(original);
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            if original != PROFILES {
                sorted.all(place, place.walk().below(&path, odd));
            }
            if !is_hidden {
                odd.push(Odd::new(path, format!("looks like a copy that a sync program made of {original}")));
            }
        }
        Err(error) if place.holds_days() => odd.push(Odd::unlisted(&path, &error)),
        Ok(_) if place.holds_days() && !root.join(original).is_dir() && may_be_packed(&name, original) => {
            odd.push(Odd::unlisted(&path, &io::ErrorKind::NotADirectory.into()));
        }
        Ok(_) | Err(_) => sorted.one(Place::ELSEWHERE, Found { path, is_hidden }),
    }
}

/// Whether a file of that name may be what is left of the folder `original`, which is missing. That of deleted days is
/// missing as a rule, so that a text of a like name is none.
fn may_be_packed(name: &str, original: &str) -> bool {
    original == SESSIONS || evicted(name).is_some() || !name.contains('.')
}

/// Whether both names lead to the same thing: on some disks capitals make no difference.
pub(super) fn is_same(path: &Path, other: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| fs::canonicalize(other).is_ok_and(|other| path == other))
}

/// The folder of records of which what stands at `path` may be a copy, whatever a program put around its name.
pub(super) fn copied_folder(path: &Path) -> Option<&'static str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = own_name(path).to_lowercase();
    FOLDERS.into_iter().find(|folder| name != *folder && own.contains(folder))
}

#[derive(Default)]
struct Sorted {
    sessions: BTreeMap<String, PathBuf>,
    deleted: Vec<(String, PathBuf)>,
    strays: Vec<Stray>,
    /// What is all that is left of a session, if that is missing.
    beside: Vec<(String, PathBuf)>,
}

impl Sorted {
    fn all(&mut self, place: Place, found: Vec<Found>) {
        found.into_iter().for_each(|found| self.one(place, found));
    }

    fn one(&mut self, place: Place, Found { path, is_hidden }: Found) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_own = place.is_own && !is_hidden;
        let (id, why) = match sort_by_name(&name) {
            Named::OfTheSystem => return,
            Named::BeingWritten(_) if place.kind != Kind::Deleted => return,
            Named::Beside(id) => return self.beside.push((id.to_owned(), path)),
            Named::Foreign => return self.foreign(place, path, is_own && !name.starts_with('.')),
            Named::Session(id) if is_own && begun(id).is_some() => match place.kind {
                Kind::Deleted => return self.deleted.push((id.to_owned(), path)),
                _ => return self.session(id, path),
            },
            Named::Evicted(id) => (id, ELSEWHERE.to_owned()),
            Named::Session(id) | Named::BeingWritten(id) => {
                let why =
                    if place.is_told { "lies in a copy of a folder" } else { "lies outside the folder of sessions" };
                (id.to_owned(), why.to_owned())
            }
            // Photos and recordings bear the time at which they were made.
            Named::Copy(id) if id.len() == STAMP && !place.holds_days() && !name.to_lowercase().contains(".toml") => {
                return self.foreign(place, path, false);
            }
            Named::Copy(id) => {
                let why = match place.kind {
                    Kind::Deleted => "looks like a copy of the day of a deleted session".to_owned(),
                    _ => format!("looks like a copy of the session {id}"),
                };
                (id, why)
            }
        };
        if begun(&id).is_none() {
            self.strays.push(unlisted(path, "bears a day or time that does not exist"));
            return;
        }
        let is_told = place.is_told && !is_hidden;
        let is_of_deleted = place.kind == Kind::Deleted;
        self.strays.push(Stray { odd: Odd::new(path, why), session: Some(id), is_of_deleted, is_told });
    }

    /// Of two files of one session the one that can be read is it, then the one in its own year.
    fn session(&mut self, id: &str, path: PathBuf) {
        let Some(first) = self.sessions.get_mut(id) else {
            self.sessions.insert(id.to_owned(), path);
            return;
        };
        let rank = |path: &Path| {
            let is_in_its_year = path.parent().is_some_and(|year| id.starts_with(&*own_name(year)));
            (read_to(path, Depth::Ends).is_ok_and(|reading| reading.header.id == id), is_in_its_year)
        };
        let second = if rank(&path) > rank(first) { core::mem::replace(first, path) } else { path };
        let odd = Odd::new(second, format!("is a second file of the session {id}"));
        self.strays.push(Stray { odd, session: Some(id.to_owned()), is_of_deleted: false, is_told: true });
    }

    fn foreign(&mut self, place: Place, path: PathBuf, is_told: bool) {
        // The ledger says itself which of its files it cannot read.
        if place.kind == Kind::Ledger {
            return;
        }
        match content(&path, place.holds_days()) {
            Content::Of(id) => {
                let odd = Odd::new(path, "is not the name of a session");
                self.strays.push(Stray { odd, session: Some(id), is_of_deleted: false, is_told });
            }
            Content::Unknown(why) => self.strays.push(unlisted(path, &why)),
            Content::Foreign if is_told => {
                let odd = Odd::new(path, "is not the name of a session");
                self.strays.push(Stray { odd, session: None, is_of_deleted: false, is_told });
            }
            Content::Foreign => {}
        }
    }

    fn listing(self) -> Listing {
        let Sorted { sessions, deleted, mut strays, beside } = self;
        // Of some the stamp alone is known, with which the id begins.
        let is_there = |id: &str| {
            let is_session = sessions.range(id.to_owned()..).next().is_some_and(|(own, _)| own.starts_with(id));
            is_session || deleted.iter().any(|(own, _)| own.starts_with(id))
        };
        for (id, path) in beside.into_iter().filter(|(id, _)| !is_there(id)) {
            let odd = Odd::new(path, format!("belongs to the session {id}, which is missing"));
            strays.push(Stray { odd, session: Some(id), is_of_deleted: false, is_told: true });
        }
        for stray in &mut strays {
            stray.is_told |= stray.session.as_ref().is_some_and(|id| !is_there(id));
        }
        Listing { deleted, strays, sessions: sessions.into_values().rev().collect() }
    }
}

fn unlisted(path: PathBuf, why: &str) -> Stray {
    let odd = Odd { is_unlisted: true, ..Odd::new(path, why) };
    Stray { odd, session: None, is_of_deleted: false, is_told: true }
}
