//! Two computers that share the data folder, by git or by a program that syncs: what each adds is a file of its own,
//! and a copy that such a program leaves behind is named and never counted.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::computer::Computer;
use crate::support::counts::skipped;
use crate::support::home::Home;
use crate::support::pty::Setup;
use engine::session::Outcome;

/// Every record below `root` by its path within it.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for child in fs::read_dir(&folder).into_iter().flatten() {
            let path = child.unwrap().path();
            if path.is_dir() {
                if !path.ends_with(".git") {
                    folders.push(path);
                }
            } else if !path.ends_with(".gitattributes") {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Copies what the other one does not have. A file that both have must be the same: anything else is a conflict.
fn sync(one: &Home, other: &Home) {
    for (from, to) in [(one, other), (other, one)] {
        for (path, bytes) in files(&from.data()) {
            let there = to.data().join(&path);
            match fs::read(&there) {
                Ok(same) => assert!(same == bytes, "a conflict: {}", path.display()),
                Err(_) => {
                    fs::create_dir_all(there.parent().unwrap()).unwrap();
                    fs::write(there, bytes).unwrap();
                }
            }
        }
    }
}

/// Both add sessions, notes and rollers on their own.
fn lives_apart(one: &Home, other: &Home) {
    one.run(&["log", &one.ago(30), "--roller", "blue", "--note", "here"]).done();
    one.run(&["note", "last", "calm", "--felt", "calm"]).done();
    other.run(&["roller", "add", "green", "--length", "0.1"]).done();
    other.run(&["log", &other.ago(20), "--roller", "green"]).done();
    other.run(&["note", "last", "a little pink", "--felt", "pink"]).done();
}

fn told(home: &Home) -> [String; 5] {
    let out = |args: &[&str]| {
        let ended = home.run(args);
        assert_eq!(ended.err, "", "{args:?}");
        ended.out
    };
    [
        out(&["history", "--json"]),
        out(&["roller", "list", "--json"]),
        out(&["due", "--json"]),
        out(&["serum", "list", "--json"]),
        out(&["export", "--format", "md"]),
    ]
}

#[test]
fn what_two_computers_add_comes_together_without_a_conflict() {
    let (one, other) = (Home::new(), Home::new());
    one.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    one.run(&["log", &one.ago(60), "--roller", "blue"]).done();
    sync(&one, &other);
    lives_apart(&one, &other);
    sync(&one, &other);
    assert_eq!(told(&one), told(&other));
    let rollers = one.json(&["roller", "list", "--json"]);
    let uses: Vec<_> = rollers.as_array().unwrap().iter().map(|roller| (&roller["id"], &roller["uses"])).collect();
    assert_eq!(uses, [(&"blue".into(), &2.into()), (&"green".into(), &1.into())]);
    assert_eq!(one.json(&["history", "--json"]).as_array().unwrap().len(), 3);
    assert_eq!(one.json(&["due", "--json"])["days_ago"], 20);
}

#[test]
fn git_merges_what_two_computers_add() {
    let (one, other) = (Home::new(), Home::new());
    let git = |home: &Home, args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]);
        let output = command.args(args).current_dir(home.data()).env("HOME", home.path()).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    if Command::new("git").arg("--version").output().is_err() {
        return skipped("git merges what two computers add", "there is no git");
    }
    one.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    git(&one, &["init", "-q", "-b", "main"]);
    git(&one, &["add", "."]);
    git(&one, &["commit", "-qm", "begin"]);
    fs::create_dir_all(other.data().parent().unwrap()).unwrap();
    fs::create_dir(other.data()).unwrap();
    git(&other, &["clone", "-q", one.data().to_str().unwrap(), "."]);
    lives_apart(&one, &other);
    for home in [&one, &other] {
        git(home, &["add", "."]);
        git(home, &["commit", "-qm", "a session"]);
    }
    git(&other, &["pull", "-q", "--no-rebase", "--no-edit"]);
    git(&one, &["pull", "-q", "--no-rebase", other.data().to_str().unwrap(), "main"]);
    assert_eq!(told(&one), told(&other));
    assert_eq!(one.json(&["history", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn copies_of_a_conflict_are_named_and_never_counted() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(30), "--roller", "blue"]).done();
    home.run(&["note", "last", "calm", "--felt", "calm"]).done();
    home.run(&["serum", "add", "gel"]).done();
    let deleted = home.data().join("intervals");
    fs::create_dir(&deleted).unwrap();
    fs::write(deleted.join("20260101T170000Z-zz00.toml"), "rollers = [\"blue\"]\nretired = []\n").unwrap();
    let before = told(&home);
    let originals = files(&home.data());
    let mut copies = Vec::new();
    for (path, bytes) in &originals {
        let path = home.data().join(path);
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for name in [
            format!("{stem}.sync-conflict-20260101-101010-ABCDEFG.toml"),
            format!("{stem} (conflicted copy 2026-01-01 101010).toml"),
            format!("{stem} (Anna's conflicted copy 2026-01-01).toml"),
            format!("{stem}-LAPTOP.toml"),
            format!("{stem}-laptop.toml"),
            format!("{stem} 2.toml"),
            format!("{stem}.toml~"),
            format!("{stem}.toml.orig"),
        ] {
            let copy = path.with_file_name(name);
            fs::write(&copy, bytes).unwrap();
            copies.push(copy);
        }
    }
    assert_eq!(copies.len(), 40);
    let all = files(&home.data());
    let args: [&[&str]; 5] = [
        &["history", "--json"],
        &["roller", "list", "--json"],
        &["due", "--json"],
        &["serum", "list", "--json"],
        &["export", "--format", "md"],
    ];
    let mut named = String::new();
    for (args, before) in args.iter().zip(before) {
        let ended = home.run(args);
        assert_eq!(ended.out, before, "{args:?}");
        named.push_str(&ended.err);
    }
    for copy in copies {
        assert!(named.contains(&*copy.to_string_lossy()), "{} is not named in {named}", copy.display());
    }
    assert_eq!(files(&home.data()), all, "and all of it was left as it was");
}

#[test]
fn a_copy_whose_original_is_gone_holds_the_interval_once() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(3), "--roller", "blue"]).done();
    let (path, text) = home.files().into_iter().find(|(path, _)| path.to_str().unwrap().contains("sessions")).unwrap();
    fs::write(path.with_extension("sync-conflict-20260101-101010-ABCDEFG.toml"), &text).unwrap();
    fs::write(path.with_extension("toml~"), &text).unwrap();
    fs::remove_file(path).unwrap();
    assert_eq!(home.json(&["due", "--json"])["days_ago"], 3);
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["uses"], 1);
}

/// Every file below the data folder `root` lies in one of its folders, ends as records do, and is not hidden.
fn holds_records_alone(root: &Path) {
    for path in files(root).into_keys() {
        let folder = path.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        assert!(["sessions", "rollers", "serums", "intervals"].contains(&folder.as_str()), "{}", path.display());
        assert!(path.extension().is_some_and(|end| end == "toml"), "{}", path.display());
        assert!(!path.file_name().unwrap().to_str().unwrap().starts_with('.'), "{}", path.display());
    }
}

#[test]
fn a_whole_session_leaves_records_and_nothing_else_at_any_moment() {
    let mut computer = Computer::new();
    let root = computer.root();
    let mut run = computer.start();
    run.soaking().answered();
    holds_records_alone(&root);
    run.seconds(600).hands_free();
    for _ in 0..50 {
        run.seconds(10);
        holds_records_alone(&root);
    }
    run.shows("Aftercare");
    run.killed();
    holds_records_alone(&root);
    assert_eq!(computer.sessions().len(), 1);
    assert_eq!(computer.record().summary.unwrap().outcome, Outcome::Finished);
}

#[test]
fn the_lock_of_a_running_program_is_no_file() {
    let home = Home::new();
    let pty = Setup::dermaroll(&["check", "--save"], home.path()).start();
    pty.wait_text("Question 1 of");
    pty.press_until("n", "Question 2 of");
    holds_records_alone(&home.data());
    assert!(files(&home.state()).keys().all(|path| path.extension().is_none_or(|end| end != "lock")));
    let _ = pty.quit_with("\x03");
    holds_records_alone(&home.data());
    assert_eq!(files(&home.data()).len(), 1, "the check alone");
}

#[test]
fn the_shared_folder_holds_records_and_nothing_else() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(30), "--roller", "blue"]).done();
    home.run(&["note", "last", "calm"]).done();
    home.run(&["due"]);
    home.run(&["roller", "retire", "blue"]).done();
    holds_records_alone(&home.data());
}

#[test]
fn a_copy_of_a_deleted_day_whose_original_is_gone_holds_it_once() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    let folder = home.data().join("intervals");
    fs::create_dir(&folder).unwrap();
    let stem = format!("{}-zz00", home.stamp(3));
    for name in [format!("{stem}-LAPTOP.toml"), format!("{stem} 2.toml")] {
        fs::write(folder.join(name), "rollers = [\"blue\"]\nretired = []\n").unwrap();
    }
    let due = home.run(&["due"]);
    assert_eq!((due.status, due.err.lines().count()), (8, 2), "{due:?}");
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["uses"], 1);
}

#[test]
fn a_second_roller_of_one_name_is_no_copy() {
    let home = Home::new();
    for _ in 0..3 {
        home.run(&["roller", "retire", "blue"]);
        home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    }
    home.run(&["roller", "add", "blue laptop", "--length", "0.13"]).done();
    assert_eq!(home.run(&["roller", "list"]).done().lines().count(), 4);
}

/// iCloud leaves `.NAME.icloud` where it takes a file away from a computer.
#[test]
fn a_file_that_icloud_took_away_is_named_and_its_day_holds() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(3), "--roller", "blue"]).done();
    for (path, _) in home.files() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        fs::rename(&path, path.with_file_name(format!(".{name}.icloud"))).unwrap();
        fs::write(path.with_file_name(format!(".{name}.icloud")), "bplist00").unwrap();
    }
    let due = home.run(&["due"]);
    assert_eq!(due.status, 8, "{due:?}");
    assert!(due.err.contains("is not on this computer"), "{due:?}");
    assert_eq!(home.json(&["due", "--json"])["days_ago"], 3);
    let history = home.run(&["history"]);
    assert!(history.err.contains(".toml.icloud is not on this computer"), "{history:?}");
    home.run(&["roller", "add", "blue", "--length", "0.13"]).refused(&["may be that roller", "iCloud"]);
}

#[test]
fn copies_of_whole_folders_and_of_later_notes_are_named() {
    let home = Home::new();
    home.run(&["log", &home.ago(3)]).done();
    home.run(&["note", "last", "calm"]).done();
    for name in ["sessions 2", "rollers (1)"] {
        fs::create_dir(home.data().join(name)).unwrap();
    }
    let notes = home.files().into_iter().find(|(path, _)| path.to_string_lossy().contains(".later-")).unwrap();
    fs::write(notes.0.with_extension("sync-conflict-20260101-101010-ABCDEFG.toml"), &notes.1).unwrap();
    let due = home.run(&["due"]).err;
    assert!(due.contains("sessions 2 looks like a copy") && due.contains("rollers (1) looks like a copy"), "{due}");
    let shown = home.run(&["show"]).err;
    assert!(shown.contains("looks like a copy of a later note"), "{shown}");
}

/// What stands in the place of a folder that cannot be listed is such a folder for everybody, root too.
#[test]
fn a_year_that_cannot_be_listed_hides_no_other() {
    let home = Home::new();
    let day = home.ago(3);
    home.run(&["log", &day]).done();
    let shut = home.data().join("sessions/1999");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&shut).is_ok() {
        return skipped("a year that cannot be listed hides no other", "this user may list everything");
    }
    for args in [&["history"][..], &["history", "--json"], &["show", &day], &["export", "--format", "csv"]] {
        let said = home.run(args);
        assert_eq!(said.status, 0, "{args:?}: {said:?}");
        assert!(said.out.contains(&day), "{args:?}: {said:?}");
    }
    assert!(home.run(&["history"]).err.contains("1999 cannot be listed"));
    assert_eq!(home.run(&["due"]).status, 8);
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_line_break_in_the_name_of_a_foreign_file_breaks_no_line() {
    let home = Home::new();
    home.run(&["log", &home.ago(3)]).done();
    let folder = home.data().join("sessions").join(&home.ago(3)[..4]);
    fs::write(folder.join("a\nNot counted: b"), "").unwrap();
    for args in [&["due"][..], &["export", "--format", "csv"]] {
        let said = home.run(args);
        assert_eq!(said.err.lines().count(), 1, "{args:?}: {}", said.err);
    }
}
