//! What all commands that write have in common: the lock, private files, a full or shut folder.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use store::record::Lock;

use crate::support::home::{Ended, Home};
use crate::support::pty::PROGRAM;

/// A home with a roller and a session, and each command that would add to it.
fn ready() -> (Home, Vec<Vec<String>>) {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(9)]).done();
    let day = home.ago(3);
    let commands: [&[&str]; 4] =
        [&["roller", "add", "red", "--length", ".1"], &["roller", "retire", "blue"], &["note", "calm"], &["log", &day]];
    let commands = commands.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    (home, commands.into())
}

fn run(home: &Home, words: &[String]) -> Ended {
    home.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn nothing_is_written_while_a_session_runs() {
    let (home, commands) = ready();
    let lock = Lock::take(&home.data()).unwrap();
    let before = home.files();
    for words in &commands {
        let refused = run(&home, words);
        assert_eq!((refused.status, refused.out.as_str()), (6, ""), "{words:?}");
        assert!(refused.err.contains("in use by another window or command"), "{}", refused.err);
        assert!(refused.err.contains("Nothing was changed"), "{}", refused.err);
    }
    assert_eq!(home.files(), before);
    // Looking disturbs nobody.
    assert_eq!(home.run(&["due"]).status, 8);
    home.run(&["roller", "list"]).done();
    drop(lock);
    for words in &commands {
        run(&home, words).done();
    }
}

#[test]
fn files_are_their_owners_alone_whatever_the_mask() {
    for mask in ["000", "077", "022"] {
        let home = Home::new();
        let day = home.ago(9);
        let commands: [&[&str]; 4] = [
            &["roller", "add", "blue", "--length", "0.13"],
            &["log", &day, "--roller", "blue"],
            &["note", "calm"],
            &["roller", "retire", "blue"],
        ];
        for words in commands {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &format!("umask {mask}; exec \"$@\""), "sh", PROGRAM]).args(words);
            command.env_clear().env("HOME", home.path()).env("TZ", home.zone()).stdin(Stdio::null());
            Ended::of(command.output().unwrap()).done();
        }
        let files = home.files();
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
    let home = Home::new();
    fs::create_dir_all(home.data().parent().unwrap()).unwrap();
    fs::write(home.data(), "in the way").unwrap();
    for words in [vec!["roller", "add", "red", "--length", ".1"], vec!["log", &home.ago(3)]] {
        let refused = home.run(&words);
        assert_eq!((refused.status, refused.out.as_str()), (5, ""), "{words:?} {}", refused.err);
        assert!(refused.err.contains("--data-dir"), "{}", refused.err);
    }
    assert_eq!(fs::read_to_string(home.data()).unwrap(), "in the way");
}

#[test]
fn what_could_not_be_saved_is_told_with_its_own_status() {
    let home = Home::new();
    let day = home.ago(3);
    fs::create_dir_all(home.data()).unwrap();
    // In place of the folders stand files.
    fs::write(home.data().join("rollers"), "mine").unwrap();
    fs::write(home.data().join("sessions"), "mine").unwrap();
    let doubted = home.run(&["log", &day]);
    assert_eq!((doubted.status, doubted.out.as_str()), (5, ""), "{}", doubted.err);
    assert!(doubted.err.contains("sessions cannot be listed: "), "{}", doubted.err);
    for words in [&["roller", "add", "red", "--length", ".1"][..], &["log", &day, "--again"]] {
        let failed = home.run(words);
        assert_eq!((failed.status, failed.out.as_str()), (5, ""), "{words:?} {}", failed.err);
        assert!(failed.err.contains("Could not save to") && failed.err.contains("is kept"), "{}", failed.err);
    }
    assert_eq!(home.files().len(), 2);
}

#[test]
fn another_data_folder_is_another_ledger() {
    let home = Home::new();
    let other = home.path().join("other");
    let other = other.to_str().unwrap();
    home.run(&["--data-dir", other, "roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["--data-dir", other, "log", &home.ago(3), "--roller", "blue"]).done();
    assert_eq!(home.run(&["due"]).status, 0);
    assert_eq!(home.run(&["--data-dir", other, "due"]).status, 8);
    assert!(home.run(&["roller", "list"]).done().starts_with("No roller yet."));
}
