//! What may stand where a file of ours belongs, and the lock that is never replaced.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::{CWD, Mode, mkfifoat};
use store::record::folder::{replace, write_new};
use store::record::{History, Ledger, Lock, LockError, OsDisk};

use crate::support::counts::skipped;

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
        let error = write_new(&OsDisk, &place, b"new").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "{what}");
        // A rename takes the place of the link itself, never of what it leads to; a folder keeps its place.
        assert_eq!(replace(&OsDisk, &place, b"new").is_ok(), what != "folder", "{what}");
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
    assert_eq!((history.past.len(), history.uncounted.len()), (0, 5), "{:?}", history.uncounted);
    assert_eq!((ledger.rollers().0.len(), ledger.rollers().1.len()), (0, 5));
    assert_eq!((ledger.serums().0.len(), ledger.serums().1.len()), (0, 5));
}

#[test]
fn the_folder_is_the_lock_however_it_is_reached() {
    let outer = tempfile::tempdir().unwrap();
    let at = |name: &str| outer.path().join(name);
    fs::create_dir_all(at("data/profiles/anna")).unwrap();
    fs::create_dir(at("other")).unwrap();
    symlink("data", at("link")).unwrap();
    symlink(at("link"), at("link to a link")).unwrap();
    let here = std::env::current_dir().unwrap();
    let up = "../".repeat(here.components().count() - 1);
    let relative = PathBuf::from(format!("{up}{}", at("data").strip_prefix("/").unwrap().display()));
    let ways = [at("data"), at("data/"), at("other/../data"), at("link"), at("link to a link"), relative];
    for first in &ways {
        let lock = Lock::take(first).unwrap();
        for second in &ways {
            let refused = Lock::try_once(second).unwrap_err();
            assert!(matches!(refused, LockError::Held), "{}: {refused:?}", second.display());
            let said = refused.to_string();
            assert!(
                said.starts_with("These records are in use by another window or command. Nothing was changed."),
                "{said}"
            );
        }
        // Each profile, and each other folder, is one of its own.
        Lock::take(&at("data/profiles/anna")).unwrap();
        Lock::take(&at("other")).unwrap();
        drop(lock);
    }
    assert_eq!(fs::read_dir(at("other")).unwrap().count(), 0, "nothing lies in the folder for it");
    // One that is moved while it is held keeps its lock.
    let lock = Lock::take(&at("data")).unwrap();
    fs::rename(at("data"), at("moved")).unwrap();
    assert!(matches!(Lock::try_once(&at("moved")), Err(LockError::Held)));
    drop(lock);
    Lock::take(&at("moved")).unwrap();
}

#[test]
fn what_is_no_folder_that_can_be_listed_is_no_lock() {
    for what in ["missing", "link", "loose link", "pipe", "huge", "shut", "not to be listed"] {
        let outer = tempfile::tempdir().unwrap();
        let (data, victim) = (outer.path().join("data"), outer.path().join("victim"));
        fs::write(&victim, "mine").unwrap();
        match what {
            "missing" => {}
            "shut" | "not to be listed" => {
                fs::create_dir(&data).unwrap();
                let mode = if what == "shut" { 0o000 } else { 0o300 };
                fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
                if fs::read_dir(&data).is_ok() {
                    skipped(what, "to root every folder is open");
                    continue;
                }
            }
            _ => put(what, &data, &victim),
        }
        let refused = Lock::take(&data).unwrap_err();
        assert!(matches!(refused, LockError::Unusable(_)), "{what}: {refused:?}");
        assert!(refused.to_string().contains("Nothing was changed."), "{refused}");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine", "{what}");
    }
}

/// Set for the child of the test below: its folder.
const CHILD: &str = "DERMAROLL_TEST_LOCK_CHILD";

#[test]
fn a_lock_is_let_go_by_a_kill() {
    if let Some(data) = std::env::var_os(CHILD) {
        let _lock = Lock::take(Path::new(&data)).unwrap();
        println!("held");
        let _ = std::io::stdin().read(&mut [0]);
        return;
    }
    let data = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["record::places::a_lock_is_let_go_by_a_kill", "--exact", "--nocapture"])
            .env(CHILD, data.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        assert!(said.any(|line| line.ends_with("held")));
        assert!(matches!(Lock::take(data.path()), Err(LockError::Held)));
        child.kill().unwrap();
        child.wait().unwrap();
        drop(Lock::take(data.path()).unwrap());
    }
}

#[test]
fn whoever_meets_one_that_is_held_for_a_moment_waits_for_it() {
    let data = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    drop(Lock::take(data.path()).unwrap());
                }
            });
        }
    });
}
