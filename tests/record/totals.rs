//! What is remembered of the years comes to the same as reading every record, whatever becomes of the folders between.

use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use dermaroll::calendar::parse_rfc3339;
use dermaroll::keeper::Keeper;
use dermaroll::protocol::Section;
use dermaroll::record::{History, Paper, Recollection, SessionFile, Start, Totals, history};
use dermaroll::session::{Outcome, Summary};
use dermaroll::timeline::Wall;
use proptest::prelude::*;

use crate::fixture::{self, BEGAN};
use crate::past::session;

/// Long after every change of a folder.
const NOW: Wall = Wall { unix: 4_000_000_000, offset: 0 };

/// What may become of the folders between two starts.
#[derive(Debug, Clone, Copy)]
enum Change {
    Add(i64),
    AddTrial(i64),
    Begin(i64),
    Stop(i64),
    Delete(usize),
    Rename(usize),
    Copy(usize),
    Note(usize),
    NewYear(i32),
    /// A start before anything has settled.
    Glance,
    Nothing,
}

fn change() -> impl Strategy<Value = Change> {
    let days = 0_i64..800;
    prop_oneof![
        days.clone().prop_map(Change::Add),
        days.clone().prop_map(Change::AddTrial),
        days.clone().prop_map(Change::Begin),
        days.prop_map(Change::Stop),
        (0_usize..8).prop_map(Change::Delete),
        (0_usize..8).prop_map(Change::Rename),
        (0_usize..8).prop_map(Change::Copy),
        (0_usize..8).prop_map(Change::Note),
        (0..3).prop_map(Change::NewYear),
        Just(Change::Glance),
        Just(Change::Nothing),
    ]
}

/// A person's records, and the folder for what is remembered.
struct House {
    root: tempfile::TempDir,
    state: tempfile::TempDir,
    changes: u64,
}

impl House {
    fn new() -> House {
        House { root: tempfile::tempdir().unwrap(), state: tempfile::tempdir().unwrap(), changes: 0 }
    }

    fn file(&self, place: usize) -> Option<PathBuf> {
        history::files(self.root.path()).0.into_iter().nth(place)
    }

    fn undergoes(&mut self, change: Change) {
        let root = self.root.path();
        match change {
            Change::Add(day) => drop(session(root, day, |_, _| {})),
            Change::AddTrial(day) => drop(session(root, day, |start, _| start.trial = true)),
            Change::Stop(day) => drop(session(root, day, |_, summary| summary.outcome = Outcome::StoppedByList)),
            Change::Begin(day) => {
                let mut start = fixture::start();
                start.started = Wall { unix: BEGAN.unix + day * 86_400, ..BEGAN };
                let mut file = SessionFile::create(root, &start).unwrap();
                let rolled = fixture::entries();
                let some = rolled.iter().take(5 + usize::try_from(day).unwrap() % 15);
                some.for_each(|entry| file.record(&fixture::protocol(), entry).unwrap());
            }
            Change::Delete(place) => {
                let Some(path) = self.file(place) else { return };
                let id = path.file_stem().unwrap().to_str().unwrap();
                Keeper::new(root.to_owned(), false).discard(id).unwrap();
            }
            Change::Rename(place) => {
                let Some(path) = self.file(place) else { return };
                fs::rename(&path, path.with_extension("toml~")).unwrap();
            }
            Change::Copy(place) => {
                let Some(path) = self.file(place) else { return };
                fs::copy(&path, path.with_extension("sync-conflict-20261123-101010-ABCDEFG.toml")).unwrap();
            }
            Change::Note(place) => {
                let Some(path) = self.file(place) else { return };
                let said = crate::past::said(Some(1), "calm");
                dermaroll::record::later::add(&dermaroll::record::Plain, &path, BEGAN, &said).unwrap();
            }
            Change::NewYear(years) => {
                // Its folder is that of the local year, and its name begins with the year in UTC.
                let began = parse_rfc3339(&format!("{}-12-31T20:00:00-05:00", 2026 + years)).unwrap();
                drop(session(root, 0, |start, _| start.started = began));
            }
            Change::Glance => {
                let now = Wall { unix: 1_800_000_000 + i64::try_from(self.changes).unwrap(), offset: 0 };
                Totals::read(root, Some(self.state.path()), now);
                return;
            }
            Change::Nothing => return,
        }
        self.tick();
    }

    /// The clock of a file system may stand still while a test does ten things; here every change has its own time.
    fn tick(&mut self) {
        self.changes += 1;
        let when = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + self.changes);
        for year in fs::read_dir(self.root.path().join("sessions")).into_iter().flatten() {
            set_changed(&year.unwrap().path(), when);
        }
    }

    fn remembered(&self) -> Totals {
        Totals::read(self.root.path(), Some(self.state.path()), NOW)
    }

    fn read_anew(&self) -> Totals {
        Totals::of(&History::read(self.root.path()))
    }
}

fn set_changed(folder: &Path, when: SystemTime) {
    File::open(folder).unwrap().set_times(FileTimes::new().set_modified(when)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_comes_to_what_is_read(changes in prop::collection::vec(change(), 1..12)) {
        let mut house = House::new();
        for change in changes {
            house.undergoes(change);
            prop_assert_eq!(house.remembered(), house.read_anew(), "after {:?}", change);
            prop_assert_eq!(house.remembered(), house.read_anew(), "once more after {:?}", change);
        }
    }
}

#[test]
fn a_year_that_is_remembered_is_not_read() {
    let mut house = House::new();
    for day in [0, 40, 400] {
        house.undergoes(Change::Add(day));
    }
    let before = house.remembered();
    assert_eq!(before.counted(), 3);
    // They are not looked at again: they may as well be something else.
    for place in [1, 2] {
        let path = house.file(place).unwrap();
        fs::write(&path, "something else").unwrap();
    }
    assert_eq!(house.remembered(), before);
    assert_eq!(house.read_anew().counted(), 1);
}

#[test]
fn what_is_remembered_already_is_not_written_again() {
    let mut house = House::new();
    let news = |house: &House| Recollection::of(house.root.path(), Some(house.state.path())).totals(NOW).1.is_some();
    assert!(!news(&house), "there is nothing to remember");
    house.undergoes(Change::Add(0));
    house.undergoes(Change::NewYear(1));
    house.undergoes(Change::Note(0));
    assert!(news(&house));
    house.remembered();
    assert!(!news(&house));
}

#[test]
fn the_newest_session_is_read_again_when_its_file_or_its_notes_changed() {
    let mut house = House::new();
    for day in [0, 40] {
        house.undergoes(Change::Add(day));
    }
    house.undergoes(Change::Note(0));
    assert_eq!(house.remembered(), house.read_anew());
    let newest = house.file(0).unwrap();
    let remarks = house.remembered().last.unwrap().remarks();
    assert_eq!(remarks.iter().map(|remark| remark.text.as_str()).collect::<Vec<_>>(), ["calm"]);
    // Whoever sets the time of a file back leaves a trace all the same.
    let when = fs::metadata(&newest).unwrap().modified().unwrap();
    let text = fs::read(&newest).unwrap();
    fs::write(&newest, vec![b'#'; text.len()]).unwrap();
    File::open(&newest).unwrap().set_times(FileTimes::new().set_modified(when)).unwrap();
    assert_eq!(house.remembered(), house.read_anew());
    assert_ne!(house.remembered().last.unwrap().path, newest);
    fs::write(&newest, &text).unwrap();
    assert_eq!(house.remembered(), house.read_anew());
    assert_eq!(house.remembered().last.unwrap().path, newest);
    house.undergoes(Change::Note(0));
    assert_eq!(house.remembered().last.unwrap().remarks().len(), 2);
    assert_eq!(house.remembered(), house.read_anew());
}

/// The newest one is remembered together with its year, or not at all: where its file is told from the year.
#[test]
fn a_note_on_a_stray_of_a_year_that_is_not_remembered_is_seen() {
    let house = House::new();
    // Begun in 2027 by local time, in 2026 by its name.
    let began = parse_rfc3339("2027-01-01T05:00:00+13:00").unwrap();
    drop(session(house.root.path(), 0, |_, _| {}));
    drop(session(house.root.path(), 0, |start, _| start.started = began));
    let folder = house.root.path().join("sessions/2027");
    let settled = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let note = |text: &str| {
        let said = crate::past::said(Some(1), text);
        dermaroll::record::later::add(&dermaroll::record::Plain, &house.file(0).unwrap(), BEGAN, &said).unwrap();
    };
    let read = |seconds: i64| {
        let now = Wall { unix: 1_800_000_000 + seconds, offset: 0 };
        let last = Totals::read(house.root.path(), Some(house.state.path()), now).last.unwrap();
        last.remarks().into_iter().map(|remark| remark.text).collect::<Vec<_>>()
    };
    // Its own file settled long ago, its folder did not.
    let age = |path: &Path| set_changed(path, settled);
    age(&house.file(0).unwrap());
    age(&folder);
    assert_eq!(read(9), [""; 0]);
    note("pink");
    set_changed(&folder, settled + Duration::from_secs(10));
    assert_eq!(read(11), ["pink"]);
    note("calm");
    set_changed(&folder, settled + Duration::from_secs(20));
    assert_eq!(read(29), ["pink", "calm"]);
    assert_eq!(read(39), ["pink", "calm"]);
}

/// The folder is that of the local year, and the name of the file begins with the year in UTC.
#[test]
fn sessions_around_new_year_are_remembered_wherever_they_were() {
    let mut house = House::new();
    for began in ["2026-12-31T20:00:00-05:00", "2027-01-01T00:30:00+01:00"] {
        let change = |start: &mut Start, _: &mut Summary| start.started = parse_rfc3339(began).unwrap();
        drop(session(house.root.path(), 0, change));
    }
    let began = parse_rfc3339("2028-01-01T12:00:00+13:00").unwrap();
    let sections = Section::ALL.into_iter().collect();
    Paper { began, roller: None, sections, felt: None, note: None }.enter(house.root.path(), began).unwrap();
    house.tick();
    assert_eq!(house.remembered(), house.read_anew());
    assert_eq!(Recollection::of(house.root.path(), Some(house.state.path())).unread(), 0);
    // A copy in the folder of the other year is not counted, however it is come by.
    let stray = house.file(0).unwrap();
    let other = house.root.path().join("sessions/2027").join(stray.file_name().unwrap());
    fs::copy(&stray, &other).unwrap();
    house.tick();
    assert_eq!(house.remembered(), house.read_anew());
    assert_eq!(house.remembered().odd.len(), 1);
}

#[test]
fn a_session_that_is_still_open_is_read_each_time() {
    let mut house = House::new();
    house.undergoes(Change::Begin(14));
    assert_eq!((house.remembered().counted(), house.remembered().unfinished.len()), (0, 1));
    let path = house.file(0).unwrap();
    let mut file = SessionFile::resume(&path).unwrap().0;
    file.close(&fixture::protocol(), &fixture::summary()).unwrap();
    assert_eq!(house.remembered(), house.read_anew());
    assert!(house.remembered().unfinished.is_empty());
}

#[test]
fn a_folder_that_changed_a_moment_ago_is_not_remembered() {
    let mut house = House::new();
    house.undergoes(Change::Add(0));
    let at = |seconds: i64| Wall { unix: 1_800_000_001 + seconds, offset: 0 };
    let read = |house: &House, now| Totals::read(house.root.path(), Some(house.state.path()), now).counted();
    assert_eq!(read(&house, at(1)), 1);
    house.changes -= 1;
    house.undergoes(Change::Add(3));
    assert_eq!(read(&house, at(1)), 2, "the folder's time is the same, and the new one is seen");
}

#[test]
fn without_a_folder_to_remember_in_and_with_nonsense_in_it_all_is_read() {
    let mut house = House::new();
    house.undergoes(Change::Add(0));
    assert_eq!(Totals::read(house.root.path(), None, NOW), house.read_anew());
    let nowhere = house.state.path().join("file");
    fs::write(&nowhere, "").unwrap();
    assert_eq!(Totals::read(house.root.path(), Some(&nowhere), NOW), house.read_anew());
    house.remembered();
    let mut beside = fs::read_dir(house.state.path()).unwrap().map(|entry| entry.unwrap().path());
    let memory = beside.find(|path| path.extension().is_some_and(|end| end == "bin")).unwrap();
    let bytes = fs::read(&memory).unwrap();
    for end in 0..bytes.len() {
        fs::write(&memory, &bytes[..end]).unwrap();
        assert_eq!(house.remembered(), house.read_anew(), "cut off at {end}");
    }
    assert_eq!(Totals::read(&house.root.path().join("nowhere"), Some(house.state.path()), NOW), Totals::default());
}
