//! How the files are kept: owner-only, never through a link, never waiting, one writer, a full disk.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::protocol::{Fingerprint, Micrometres};
use engine::session::{Judgement, Summary};
use rustix::fs::Mode;
use rustix::process::umask;
use store::record::ledger::Condition;
use store::record::{
    Ledger, Lock, OsDisk, ReadError, Reading, ResumeError, SessionFile, Tail, Totals, cut_torn_tail, follow_up, read,
};

use crate::support::fixture;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Writes the whole session of the fixture below `root`.
fn whole(root: &Path) -> SessionFile {
    let protocol = fixture::protocol();
    let mut file = SessionFile::create(root, &fixture::start()).unwrap();
    fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    file.close(&protocol, &fixture::summary()).unwrap();
    fixture::later().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    file
}

/// Writes the session of the fixture up to its summary, and then only `torn` of the next block.
fn interrupted(root: &Path, torn: &str) -> PathBuf {
    let protocol = fixture::protocol();
    let mut file = SessionFile::create(root, &fixture::start()).unwrap();
    fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    let path = file.path().to_owned();
    fs::write(&path, format!("{}{torn}", file.confirmed())).unwrap();
    path
}

#[test]
fn a_session_file_holds_what_was_confirmed_and_a_second_summary_is_left_out() {
    let root = tempfile::tempdir().unwrap();
    let mut file = whole(root.path());
    file.close(&fixture::protocol(), &fixture::summary()).unwrap();
    let id = file.header().id.clone();
    assert_eq!(file.path(), root.path().join(format!("sessions/2026/{id}.toml")));
    assert!(id.starts_with("20261122T183000Z-") && id.len() == 21, "{id}");
    let text = fs::read_to_string(file.path()).unwrap();
    assert_eq!(text, fixture::blocks(&id).concat());
    assert_eq!((text.as_str(), file.pending(), file.is_saved()), (file.confirmed(), "", true));
}

#[test]
fn the_name_of_the_year_is_the_local_one() {
    let root = tempfile::tempdir().unwrap();
    let mut start = fixture::start();
    start.started.unix = 1_798_758_000; // 2026-12-31 23:00 UTC, 2027 an hour east of it
    let file = SessionFile::create(root.path(), &start).unwrap();
    assert!(file.path().starts_with(root.path().join("sessions/2027")), "{:?}", file.path());
}

#[test]
fn only_the_owner_can_read_whatever_the_mask() {
    for mask in [0o000, 0o022, 0o077, 0o277] {
        let outer = tempfile::tempdir().unwrap();
        let former = umask(Mode::from_raw_mode(mask));
        let root = outer.path().join("data/profiles/name");
        let file = whole(&root);
        let note =
            follow_up::add(&OsDisk, file.path(), fixture::BEGAN, &crate::record::past::said(Some(1), "pink")).unwrap();
        let ledger = Ledger::new(&root);
        let roller = ledger.add_roller("Blue 0.13", Micrometres(130), Condition::Sealed, None, None, None).unwrap();
        ledger.retire_roller(&roller.id, store::record::Day::parse("2026-11-22").unwrap(), None, "bent").unwrap();
        let _lock = Lock::take(&root).unwrap();
        let torn = interrupted(&root, "[[ent");
        let kept = cut_torn_tail(&OsDisk, &torn).unwrap().unwrap().kept;
        umask(former);
        for file in [file.path(), &note, &root.join("rollers/blue-0-13.toml"), &kept] {
            assert_eq!(mode(file), 0o600, "{file:?} under {mask:o}");
        }
        let folders = ["data", "data/profiles", "data/profiles/name/sessions/2026", "data/profiles/name/rollers"];
        for folder in folders {
            assert_eq!(mode(&outer.path().join(folder)), 0o700, "{folder} under {mask:o}");
        }
    }
}

#[test]
fn a_session_is_gone_on_with_after_its_torn_tail_was_set_aside() {
    let root = tempfile::tempdir().unwrap();
    let torn = "[[entry]]\nn = 23\nt = 14000";
    let path = interrupted(root.path(), torn);
    let before = fs::read_to_string(&path).unwrap();
    let (mut file, reading, cut) = SessionFile::resume(&path).unwrap();
    let cut = cut.unwrap();
    assert_eq!((cut.bytes, fs::read_to_string(&cut.kept).unwrap().as_str()), (torn.len(), torn));
    assert_eq!(cut.kept.extension().unwrap(), "torn-1");
    assert_eq!(reading.entries.len(), fixture::entries().len());
    assert_eq!(fs::read_to_string(&path).unwrap(), before.strip_suffix(torn).unwrap());
    file.close(&fixture::protocol(), &fixture::summary()).unwrap();
    fixture::later().iter().for_each(|entry| file.record(&fixture::protocol(), entry).unwrap());
    let id = file.header().id.clone();
    assert_eq!(fs::read_to_string(&path).unwrap(), fixture::blocks(&id).concat());
    assert!(matches!(SessionFile::resume(&path), Err(ResumeError::Closed(_))));
    assert!(cut_torn_tail(&OsDisk, &path).unwrap().is_none());
}

#[test]
fn a_damaged_session_is_not_gone_on_with_and_not_touched() {
    let root = tempfile::tempdir().unwrap();
    let path = interrupted(root.path(), "[[");
    let text = fs::read_to_string(&path).unwrap().replace("in-liquid", "in-liquor");
    fs::write(&path, &text).unwrap();
    let error = SessionFile::resume(&path).unwrap_err();
    assert!(matches!(error, ResumeError::Damaged(_)), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn links_pipes_folders_and_huge_files_are_refused_at_once() {
    let root = tempfile::tempdir().unwrap();
    let whole = whole(root.path());
    let place = |name: &str| root.path().join(name);
    symlink(whole.path(), place("link")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, place("pipe"), Mode::from_raw_mode(0o600)).unwrap();
    fs::create_dir(place("folder")).unwrap();
    fs::File::create(place("huge")).unwrap().set_len((1 << 20) + 1).unwrap();
    for name in ["link", "pipe", "folder", "huge", "missing"] {
        let error = read(&place(name)).unwrap_err();
        assert!(matches!(error, ReadError::Unreadable(_)), "{name}");
        assert!(SessionFile::resume(&place(name)).is_err() && cut_torn_tail(&OsDisk, &place(name)).is_err(), "{name}");
    }
    assert!(read(&place("link")).unwrap_err().to_string().contains("symbolic link"));
    assert_eq!(read(whole.path()).unwrap().tail, Tail::Clean);
}

#[test]
fn a_link_in_the_place_of_a_folder_is_followed_and_one_that_leads_nowhere_is_told_of() {
    let root = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    whole(elsewhere.path());
    fs::create_dir(root.path().join("sessions")).unwrap();
    symlink(elsewhere.path().join("sessions/2026"), root.path().join("sessions/2026")).unwrap();
    let history = store::record::History::read(root.path());
    assert_eq!((history.past.len(), history.uncounted.len()), (1, 0));
    // What is written there is read again.
    let file = whole(root.path());
    assert_eq!(store::record::listing::find(root.path(), &file.header().id).as_deref(), Some(file.path()));
    fs::rename(elsewhere.path().join("sessions"), elsewhere.path().join("away")).unwrap();
    let history = store::record::History::read(root.path());
    assert_eq!((history.past.len(), history.uncounted.len(), history.uncounted[0].is_unlisted), (0, 1, true));
}

/// A small file system of its own, if this user may make one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, size: &str) -> Option<SmallDisk> {
        if !rustix::process::geteuid().is_root() {
            return None;
        }
        let options = format!("size={size},mode=0700");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(at).output();
        mount.is_ok_and(|output| output.status.success()).then(|| SmallDisk(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

fn fill(disk: &Path) -> PathBuf {
    let path = disk.join("filler");
    let mut size = 1 << 20;
    let mut filler = fs::File::create(&path).unwrap();
    while size > 0 {
        if std::io::Write::write_all(&mut filler, &vec![b'x'; size]).is_err() {
            size /= 2;
        }
    }
    path
}

#[test]
fn a_disk_that_fills_up_still_takes_a_whole_session_and_then_nothing_is_lost() {
    let outer = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(outer.path(), "160k") else {
        eprintln!("SKIPPED: a full disk needs the right to mount a tmpfs");
        return;
    };
    let protocol = fixture::protocol();
    let mut file = SessionFile::create(&disk.0, &fixture::start()).unwrap();
    let filler = fill(&disk.0);
    let mut taken = 0;
    let error = loop {
        let mut entry = fixture::entries()[taken % 20].clone();
        entry.number = u32::try_from(taken).unwrap() + 1;
        match file.record(&protocol, &entry) {
            Ok(()) => taken += 1,
            Err(error) => break error,
        }
    };
    assert!(taken >= 150, "the room set aside took only {taken} entries");
    assert!(error.to_string().contains("No space left"), "{error}");
    let on_disk: Reading = read(file.path()).unwrap();
    assert_eq!((on_disk.entries.len(), on_disk.damage.len(), on_disk.tail), (taken, 0, Tail::Clean));

    file.rescue().unwrap_err();
    assert_eq!(read(file.path()).unwrap(), on_disk);
    fs::remove_file(filler).unwrap();
    file.rescue().unwrap();
    assert_eq!(read(file.path()).unwrap().entries.len(), taken + 1);
    assert!(SessionFile::create(&disk.0, &fixture::start()).is_ok());
}

#[test]
fn no_file_is_left_where_a_session_cannot_begin() {
    let outer = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(outer.path(), "64k") else {
        eprintln!("SKIPPED: a full disk needs the right to mount a tmpfs");
        return;
    };
    fs::create_dir_all(disk.0.join("sessions/2026")).unwrap();
    let _filler = fill(&disk.0);
    let error = SessionFile::create(&disk.0, &fixture::start()).unwrap_err();
    assert!(error.to_string().contains("No space left"), "{error}");
    assert_eq!(fs::read_dir(disk.0.join("sessions/2026")).unwrap().count(), 0);
}

/// A file that counts how often it is written to and synced.
mod counted {
    use std::io;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use store::record::{Disk, Handle, OsDisk};

    #[derive(Debug, Default)]
    pub(super) struct Counted {
        pub(super) writes: Arc<AtomicU32>,
        pub(super) syncs: Arc<AtomicU32>,
    }

    #[derive(Debug)]
    struct File(Box<dyn Handle>, Arc<AtomicU32>, Arc<AtomicU32>);

    impl Counted {
        fn over(&self, file: io::Result<Box<dyn Handle>>) -> io::Result<Box<dyn Handle>> {
            Ok(Box::new(File(file?, self.writes.clone(), self.syncs.clone())))
        }
    }

    impl Disk for Counted {
        fn make_folder(&self, path: &Path) -> io::Result<()> {
            OsDisk.make_folder(path)
        }
        fn sync_folder(&self, path: &Path) -> io::Result<()> {
            OsDisk.sync_folder(path)
        }
        fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
            self.over(OsDisk.create(path))
        }
        fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
            self.over(OsDisk.append(path))
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            OsDisk.rename(from, to)
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            OsDisk.remove(path)
        }
    }

    impl io::Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1.fetch_add(1, Ordering::SeqCst);
            self.0.write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            self.0.flush()
        }
    }

    impl Handle for File {
        fn sync(&mut self) -> io::Result<()> {
            self.2.fetch_add(1, Ordering::SeqCst);
            self.0.sync()
        }
        fn cut(&mut self, length: u64) -> io::Result<()> {
            self.0.cut(length)
        }
        fn reserve(&mut self, bytes: u64) -> io::Result<()> {
            self.0.reserve(bytes)
        }
    }
}

#[test]
fn what_is_recorded_together_is_one_write_and_one_sync_and_reads_as_single_entries() {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    let (protocol, entries) = (fixture::protocol(), fixture::entries());
    let root = tempfile::tempdir().unwrap();
    let disk = counted::Counted::default();
    let (writes, syncs) = (disk.writes.clone(), disk.syncs.clone());
    let mut file = SessionFile::create_on(Arc::new(disk), root.path(), &fixture::start()).unwrap();
    let before = (writes.load(Ordering::SeqCst), syncs.load(Ordering::SeqCst));
    file.record_together(&protocol, &entries.iter().collect::<Vec<_>>()).unwrap();
    let after = (writes.load(Ordering::SeqCst), syncs.load(Ordering::SeqCst));
    assert_eq!(after, (before.0 + 1, before.1 + 1));
    file.close(&protocol, &fixture::summary()).unwrap();
    let one_by_one = whole(tempfile::tempdir().unwrap().path());
    let reading = read(file.path()).unwrap();
    assert_eq!(reading.entries.len(), entries.len());
    assert!(one_by_one.confirmed().lines().count() >= file.confirmed().lines().count());
}

#[test]
fn a_record_tells_which_checklist_was_gone_through_to_its_end() {
    let root = tempfile::tempdir().unwrap();
    let fingerprint = fixture::protocol().checklist.fingerprint;
    assert!(!Totals::read(root.path()).has_passed(fingerprint), "nobody has answered anything");
    whole(root.path());
    let totals = Totals::read(root.path());
    assert!(totals.has_passed(fingerprint));
    assert!(!totals.has_passed(Fingerprint(fingerprint.0 ^ 1)), "another wording is another checklist");

    let unfinished = tempfile::tempdir().unwrap();
    interrupted(unfinished.path(), "");
    assert!(!Totals::read(unfinished.path()).has_passed(fingerprint));

    let stopped = tempfile::tempdir().unwrap();
    let mut file = SessionFile::create(stopped.path(), &fixture::start()).unwrap();
    let summary = Summary { judgement: Some(Judgement::Stop), ..fixture::summary() };
    file.close(&fixture::protocol(), &summary).unwrap();
    assert!(!Totals::read(stopped.path()).has_passed(fingerprint), "some questions may not have been asked");
}
