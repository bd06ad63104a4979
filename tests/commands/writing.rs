//! What all commands that write have in common: the lock, private files, a full or shut folder.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use store::record::Lock;

use crate::support::house::{Ended, House};
use crate::support::pty::PROGRAM;

/// A home with a roller and a session, and each command that would add to it.
fn ready() -> (House, Vec<Vec<String>>) {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["log", &house.ago(9)]).done();
    let day = house.ago(3);
    let commands: [&[&str]; 4] =
        [&["roller", "add", "red", "--length", ".1"], &["roller", "retire", "blue"], &["note", "calm"], &["log", &day]];
    let commands = commands.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    (house, commands.into())
}

fn run(house: &House, words: &[String]) -> Ended {
    house.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn nothing_is_written_while_a_session_runs() {
    let (house, commands) = ready();
    let lock = Lock::take(&house.data()).unwrap();
    let before = house.files();
    for words in &commands {
        let refused = run(&house, words);
        assert_eq!((refused.status, refused.out.as_str()), (6, ""), "{words:?}");
        assert!(refused.err.contains("in use by another window or command"), "{}", refused.err);
        assert!(refused.err.contains("Nothing was changed"), "{}", refused.err);
    }
    assert_eq!(house.files(), before);
    // Looking disturbs nobody.
    assert_eq!(house.run(&["due"]).status, 8);
    house.run(&["roller", "list"]).done();
    drop(lock);
    for words in &commands {
        run(&house, words).done();
    }
}

#[test]
fn files_are_their_owners_alone_whatever_the_mask() {
    for mask in ["000", "077", "022"] {
        let house = House::new();
        let day = house.ago(9);
        let commands: [&[&str]; 4] = [
            &["roller", "add", "blue", "--length", "0.13"],
            &["log", &day, "--roller", "blue"],
            &["note", "calm"],
            &["roller", "retire", "blue"],
        ];
        for words in commands {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &format!("umask {mask}; exec \"$@\""), "sh", PROGRAM]).args(words);
            command.env_clear().env("HOME", house.path()).env("TZ", house.zone()).stdin(Stdio::null());
            Ended::of(command.output().unwrap()).done();
        }
        let files = house.files();
        assert_eq!(files.len(), 3);
        for (path, _) in files {
            let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600, "{} under {mask}", path.display());
            assert_eq!(mode(path.parent().unwrap()), 0o700, "{} under {mask}", path.display());
        }
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_told_with_its_own_status() {
    let house = House::new();
    fs::create_dir_all(house.data().parent().unwrap()).unwrap();
    fs::write(house.data(), "in the way").unwrap();
    for words in [vec!["roller", "add", "red", "--length", ".1"], vec!["log", &house.ago(3)]] {
        let refused = house.run(&words);
        assert_eq!((refused.status, refused.out.as_str()), (5, ""), "{words:?} {}", refused.err);
        assert!(refused.err.contains("--data-dir"), "{}", refused.err);
    }
    assert_eq!(fs::read_to_string(house.data()).unwrap(), "in the way");
}

#[test]
fn what_could_not_be_saved_is_told_with_its_own_status() {
    let house = House::new();
    let day = house.ago(3);
    fs::create_dir_all(house.data()).unwrap();
    // In place of the folders stand files.
    fs::write(house.data().join("rollers"), "mine").unwrap();
    fs::write(house.data().join("sessions"), "mine").unwrap();
    let doubted = house.run(&["log", &day]);
    assert_eq!((doubted.status, doubted.out.as_str()), (5, ""), "{}", doubted.err);
    assert!(doubted.err.contains("sessions cannot be listed: "), "{}", doubted.err);
    for words in [&["roller", "add", "red", "--length", ".1"][..], &["log", &day, "--again"]] {
        let failed = house.run(words);
        assert_eq!((failed.status, failed.out.as_str()), (5, ""), "{words:?} {}", failed.err);
        assert!(failed.err.contains("Could not save to") && failed.err.contains("is kept"), "{}", failed.err);
    }
    assert_eq!(house.files().len(), 2);
}

#[test]
fn another_data_folder_is_another_ledger() {
    let house = House::new();
    let other = house.path().join("other");
    let other = other.to_str().unwrap();
    house.run(&["--data-dir", other, "roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["--data-dir", other, "log", &house.ago(3), "--roller", "blue"]).done();
    assert_eq!(house.run(&["due"]).status, 0);
    assert_eq!(house.run(&["--data-dir", other, "due"]).status, 8);
    assert!(house.run(&["roller", "list"]).done().starts_with("No roller yet."));
}
