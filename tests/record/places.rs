//! What may stand where a file of ours belongs, and the lock that is never replaced.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dermaroll::record::folder::{replace, write_new};
use dermaroll::record::{History, Ledger, Lock, LockError, Plain};
use rustix::fs::{CWD, Mode, mkfifoat};

const WHATEVER: [&str; 5] = ["link", "loose link", "pipe", "folder", "huge"];

/// Puts something else in the place of a file.
fn put(what: &str, at: &Path, victim: &Path) {
    match what {
        "link" => symlink(victim, at).unwrap(),
        "loose link" => symlink("nowhere", at).unwrap(),
        "pipe" => mkfifoat(CWD, at, Mode::from_raw_mode(0o600)).unwrap(),
        "folder" => fs::create_dir(at).unwrap(),
        _ => fs::File::create(at).unwrap().set_len(10 << 30).unwrap(),
    }
}

#[test]
fn nothing_is_written_through_what_stands_in_a_files_place() {
    for what in WHATEVER {
        let root = tempfile::tempdir().unwrap();
        let (victim, place) = (root.path().join("victim"), root.path().join("place"));
        fs::write(&victim, "mine").unwrap();
        put(what, &place, &victim);
        let error = write_new(&Plain, &place, b"new").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "{what}");
        // A rename takes the place of the link itself, never of what it leads to; a folder keeps its place.
        assert_eq!(replace(&Plain, &place, b"new").is_ok(), what != "folder", "{what}");
        if what != "folder" {
            let now = fs::symlink_metadata(&place).unwrap();
            assert_eq!((now.is_file(), now.len(), now.permissions().mode() & 0o7777), (true, 3, 0o600), "{what}");
        }
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine", "{what}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "{what}: something is left over");
    }
}

#[test]
fn reading_the_past_waits_for_nothing_that_stands_in_a_files_place() {
    let root = tempfile::tempdir().unwrap();
    let victim = root.path().join("victim");
    fs::write(&victim, "format = 1\n\n").unwrap();
    for (folder, name) in [("sessions/2026", "20261122T183000Z-ab1"), ("rollers", "blue-"), ("serums", "plain-")] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
        for (number, what) in WHATEVER.iter().enumerate() {
            put(what, &root.path().join(folder).join(format!("{name}{number}.toml")), &victim);
        }
    }
    let (history, ledger) = (History::read(root.path()), Ledger::new(root.path()));
    assert_eq!((history.past.len(), history.odd.len()), (0, 5), "{:?}", history.odd);
    assert_eq!((ledger.rollers().0.len(), ledger.rollers().1.len()), (0, 5));
    assert_eq!((ledger.serums().0.len(), ledger.serums().1.len()), (0, 5));
}

struct Folders {
    outer: tempfile::TempDir,
    state: PathBuf,
    data: PathBuf,
}

impl Folders {
    fn new() -> Folders {
        let outer = tempfile::tempdir().unwrap();
        let (state, data) = (outer.path().join("state"), outer.path().join("data"));
        fs::create_dir(&data).unwrap();
        Folders { outer, state, data }
    }

    fn lock(&self) -> PathBuf {
        let mut files = fs::read_dir(&self.state).unwrap();
        let lock = files.next().unwrap().unwrap().path();
        assert!(files.next().is_none());
        lock
    }
}

#[test]
fn a_lock_that_is_not_a_plain_file_is_no_lock() {
    for what in &WHATEVER[..4] {
        let folders = Folders::new();
        drop(Lock::take(&folders.state, &folders.data).unwrap());
        let (lock, victim) = (folders.lock(), folders.outer.path().join("victim"));
        fs::write(&victim, "mine").unwrap();
        fs::remove_file(&lock).unwrap();
        put(what, &lock, &victim);
        let refused = Lock::take(&folders.state, &folders.data);
        assert!(matches!(refused, Err(LockError::Unusable(_))), "{what}: {refused:?}");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine", "{what}");
    }
}

/// Set for the child of the test below: its folders.
const CHILD: &str = "DERMAROLL_TEST_LOCK_CHILD";

#[test]
fn a_lock_is_let_go_by_a_kill_and_is_the_same_file_for_ever() {
    if let Some(outer) = std::env::var_os(CHILD) {
        let _lock = Lock::take(&Path::new(&outer).join("state"), &Path::new(&outer).join("data")).unwrap();
        println!("held");
        let _ = std::io::stdin().read(&mut [0]);
        return;
    }
    let folders = Folders::new();
    drop(Lock::take(&folders.state, &folders.data).unwrap());
    let inode = fs::metadata(folders.lock()).unwrap().ino();
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["places::a_lock_is_let_go_by_a_kill_and_is_the_same_file_for_ever", "--exact", "--nocapture"])
            .env(CHILD, folders.outer.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        assert!(said.any(|line| line.ends_with("held")));
        let refused = Lock::take(&folders.state, &folders.data);
        let process = child.id();
        assert!(matches!(refused, Err(LockError::Held { process: Some(held) }) if held == process), "{refused:?}");
        child.kill().unwrap();
        child.wait().unwrap();
        drop(Lock::take(&folders.state, &folders.data).unwrap());
        assert_eq!(fs::metadata(folders.lock()).unwrap().ino(), inode);
    }
}
