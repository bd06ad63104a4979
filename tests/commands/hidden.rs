//! What a record, a folder or a roller's file is taken for once other programs have moved, copied or lost it: cases in
//! which something sound lies beside what cannot be read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use store::calendar::compact_timestamp;

use crate::support::home::Home;

/// A home with a roller and a session on paper of two days ago, and the session's file.
fn lived() -> (Home, PathBuf) {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(2), "--roller", "blue"]).done();
    let files = home.files().into_iter().map(|(path, _)| path);
    let path = files.into_iter().find(|path| path.to_string_lossy().contains("/sessions/")).unwrap();
    (home, path)
}

#[track_caller]
fn holds(home: &Home, args: &[&str], kind: &str) {
    let due = home.run(&[args, &["due"]].concat());
    assert_eq!(due.status, 8, "{kind}: {due:?}");
}

/// One computer closed the session as one in which nothing was rolled, the other one went on with it.
#[test]
fn what_a_copy_says_of_rolling_counts_beside_a_record_that_says_nothing_of_it() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1/sessions/2026");
    let (path, text) = fs::read_dir(golden)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .find(|(_, text)| text.contains("kind = \"session\"") && text.contains("due = \"stroke\""))
        .unwrap();
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let blocks: Vec<&str> = text.split_inclusive("\n\n").collect();
    let closing = text.rfind("[summary]").unwrap();
    let home = Home::new();
    // Long enough for any day on which this is run.
    home.settings("interval_days = 365\n");
    let year = home.data().join("sessions/2026");
    fs::create_dir_all(&year).unwrap();
    for copy in [" (conflicted copy 2026-11-23).toml", "-LAPTOP.toml", ".toml~"] {
        let copy = year.join(name.replace(".toml", copy));
        fs::write(&copy, &text).unwrap();
        for kept in [1, 3, 8] {
            fs::write(year.join(&name), blocks[..kept].concat()).unwrap();
            assert!(text[..closing].len() > blocks[..kept].concat().len());
            assert!(home.json(&["due", "--json"])["days_ago"].is_i64(), "{kept} blocks and a copy");
            let pty = crate::support::pty::Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).start();
            pty.wait_text("UNFINISHED SESSION")
                .press_until("p", "CLOSE THIS SESSION?")
                .press_until("y", "NOT DUE YET")
                .quit_with("q");
            holds(&home, &[], "closed as one that rolled nothing");
        }
        fs::remove_file(copy).unwrap();
    }
    // The same of a day that was deleted elsewhere.
    fs::create_dir_all(home.data().join("intervals")).unwrap();
    fs::write(home.data().join("intervals").join(&name), "rollers = [\"blue\"]\nretired = []\n").unwrap();
    holds(&home, &[], "deleted elsewhere");
}

#[test]
fn links_that_lead_nowhere_are_seen_at_every_level() {
    let (home, _) = lived();
    home.run(&["--profile", "anna", "log", &home.ago(2)]).done();
    let data = home.data();
    for (folder, args) in [
        (data.join("profiles"), &["--profile", "anna"][..]),
        (data.clone(), &[]),
        (data.parent().unwrap().to_owned(), &[]),
        (data.parent().unwrap().parent().unwrap().to_owned(), &[]),
    ] {
        let away = home.path().join("away");
        fs::rename(&folder, &away).unwrap();
        symlink("/nowhere/at all", &folder).unwrap();
        holds(&home, args, folder.to_str().unwrap());
        fs::remove_file(&folder).and_then(|()| fs::rename(away, &folder)).unwrap();
    }
}

#[test]
fn what_lies_too_deep_is_told_of() {
    let (home, path) = lived();
    let deep = path.with_file_name("a/".repeat(20));
    fs::create_dir_all(&deep).unwrap();
    fs::rename(&path, deep.join(path.file_name().unwrap())).unwrap();
    holds(&home, &[], "too deep");
    assert_ne!(home.json(&["due", "--json"])["unread"], serde_json::json!([]));
}

#[test]
fn what_stands_in_the_place_of_a_folder_is_not_nothing() {
    let replace = |what: &str, put: &dyn Fn(&Path)| {
        let (home, path) = lived();
        let sessions = path.parent().unwrap().parent().unwrap();
        let folder = if what.contains("2026") { path.parent().unwrap() } else { sessions };
        let name = what.replace("2026", folder.file_name().unwrap().to_str().unwrap());
        fs::rename(folder, home.path().join("away")).unwrap();
        put(&folder.with_file_name(name));
        holds(&home, &[], what);
    };
    for what in ["sessions (1)", "sessions.nextcloud", ".sessions.icloud", "sessions.zip"] {
        replace(what, &|path| fs::write(path, "").unwrap());
    }
    for what in ["2026", "2026.nextcloud", ".2026.icloud", "2026.zip"] {
        replace(what, &|path| fs::write(path, "").unwrap());
    }
    replace("sessions (1)", &|path| symlink("/nowhere", path).unwrap());
    for what in ["Sessions", "Copy of sessions", "sessions-LAPTOP"] {
        let (home, path) = lived();
        let sessions = path.parent().unwrap().parent().unwrap();
        fs::rename(sessions, sessions.with_file_name(what)).unwrap();
        holds(&home, &[], what);
    }
    // A backup beside the folder is no more than that.
    let home = Home::new();
    home.run(&["log", &home.ago(40)]).done();
    fs::write(home.data().join("sessions.zip"), "").unwrap();
    assert_eq!(home.run(&["due"]).status, 0);
}

#[test]
fn a_day_that_does_not_exist_is_not_an_old_one() {
    for name in ["20261128T246060Z-aaaa.toml", "20261399T120000Z-aaaa.toml"] {
        let home = Home::new();
        fs::create_dir_all(home.data().join("sessions/2026")).unwrap();
        fs::write(home.data().join("sessions/2026").join(name), "").unwrap();
        holds(&home, &[], name);
    }
}

#[test]
fn what_belongs_to_a_session_that_is_missing_holds_its_day() {
    for word in [".later-20261130T120000Z.toml", ".torn-1"] {
        let (home, path) = lived();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        fs::write(path.with_file_name(format!("{stem}{word}")), "").unwrap();
        fs::remove_file(&path).unwrap();
        holds(&home, &[], word);
        assert!(home.run(&["due"]).err.contains("which is missing"));
    }
    let (home, path) = lived();
    fs::rename(&path, path.with_extension("toml.new")).unwrap();
    holds(&home, &[], "a name of another program");
}

/// The next run need not have read the folder while the disk was there.
#[test]
fn the_first_record_notes_that_its_folder_holds_some() {
    let home = Home::new();
    let disk = home.path().join("disk");
    let data = disk.join("records");
    let named = data.to_str().unwrap();
    home.run(&["--data-dir", named, "log", &home.ago(2)]).done();
    let detour = format!("{}/../disk/./records/", disk.display());
    type Put = fn(&Path);
    let lost: [(&str, Put); 4] = [
        ("nothing", |_| {}),
        ("an empty disk", |disk| fs::create_dir(disk).unwrap()),
        ("a folder without records", |disk| fs::create_dir_all(disk.join("records/sessions")).unwrap()),
        ("something else", |disk| fs::create_dir_all(disk.join("records/rollers.bak")).unwrap()),
    ];
    for (kind, put) in lost {
        let away = home.path().join("away");
        fs::rename(&disk, &away).unwrap();
        put(&disk);
        for spelt in [named, &detour] {
            holds(&home, &["--data-dir", spelt], kind);
        }
        let _ = fs::remove_dir_all(&disk);
        fs::rename(away, &disk).unwrap();
    }
    // A folder in which no session was ever kept is new.
    let other = home.path().join("other");
    home.run(&["--data-dir", other.to_str().unwrap(), "roller", "add", "blue", "--length", "0.13"]).done();
    assert_eq!(home.run(&["--data-dir", other.to_str().unwrap(), "due"]).status, 0);
}

#[test]
fn a_roller_is_retired_by_its_copy_whatever_that_is_called() {
    for copy in [
        "Copy of blue.toml",
        "Kopie von blue.toml",
        "BLUE (1).toml",
        ".syncthing.blue.toml.tmp",
        "../rollers (1)/blue.toml",
        "../rollers-LAPTOP/blue.toml",
    ] {
        let (home, _) = lived();
        let path = home.data().join("rollers/blue.toml");
        let retired = fs::read_to_string(&path).unwrap() + "retired = 2026-01-02\n";
        let copy_at = path.with_file_name(copy);
        fs::create_dir_all(copy_at.parent().unwrap()).unwrap();
        fs::write(&copy_at, retired).unwrap();
        assert_eq!(home.json(&["roller", "list", "--json"])[0]["retired"], true, "{copy}");
        // Nor is it entered anew while only its copy is there.
        if !copy.starts_with('.') {
            fs::remove_file(&path).unwrap();
            let again = home.run(&["roller", "add", "blue", "--length", "0.13"]);
            assert_eq!(again.status, 2, "{copy}: {again:?}");
        }
    }
}

#[test]
fn nobody_is_told_that_there_is_nothing_where_something_cannot_be_read() {
    let (home, path) = lived();
    let year = path.parent().unwrap();
    fs::remove_dir_all(year).unwrap();
    symlink("/nowhere", year).unwrap();
    for args in [&["history", "--plain"][..], &["history", "--json"]] {
        let said = home.run(args);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{args:?}: {said:?}");
    }
    fs::remove_file(year).and_then(|()| fs::create_dir(year)).and_then(|()| fs::write(&path, "")).unwrap();
    let said = home.run(&["history", "--plain"]);
    assert!(!said.err.contains("No sessions yet"), "{said:?}");
    let rollers = home.data().join("rollers");
    fs::remove_dir_all(&rollers).and_then(|()| symlink("/nowhere", &rollers)).unwrap();
    for args in [&["roller", "list"][..], &["roller", "list", "--json"], &["roller", "retire", "blue"]] {
        let said = home.run(args);
        assert!(said.status != 0 && said.out.is_empty(), "{args:?}: {said:?}");
        assert!(!said.err.contains("There is no roller"), "{said:?}");
    }
}

#[test]
fn small_files_are_read_with_any_line_ends() {
    for ends in ["\r\n", "\r"] {
        let (home, _) = lived();
        home.run(&["note", "last", "calm"]).done();
        for (path, text) in home.files() {
            fs::write(path, text.replace('\n', ends)).unwrap();
        }
        assert_eq!(home.json(&["roller", "list", "--json"])[0]["uses"], 1, "{ends:?}");
        assert!(home.run(&["show"]).done().contains("calm"), "{ends:?}");
    }
}

/// Behind the date line it is still the day before.
#[test]
fn a_flight_to_the_west_sends_nobody_to_look_at_the_clock() {
    let home = Home::new();
    home.run_in("KIR-14", &["log", &today_in(&home, 14)]).done();
    let due = home.run_in("PPG11", &["due"]);
    assert_eq!(due.status, 8);
    assert!(!due.out.contains("clock"), "{due:?}");
    // One that is years ahead is told with its year and its file.
    let name = format!("{}-aaaa.toml", compact_timestamp(4_070_908_800));
    fs::create_dir_all(home.data().join("sessions/2099")).unwrap();
    fs::write(home.data().join("sessions/2099").join(&name), "").unwrap();
    let due = home.run(&["due"]);
    assert!(due.out.contains("2099") && due.out.contains(&name), "{due:?}");
    let pty = crate::support::pty::Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).start();
    pty.wait_text("NOT DUE YET").wait_text("ahead of the clock").quit_with("q");
}

fn today_in(home: &Home, hours: i32) -> String {
    let wall = engine::timeline::Wall { unix: home.now().unix, offset: hours * 3_600 };
    store::calendar::Date::of(wall).to_string()
}

#[test]
fn a_new_folder_of_profiles_is_made_ready_for_git_at_its_top() {
    let home = Home::new();
    home.run(&["--profile", "anna", "log", &home.ago(2)]).done();
    assert!(home.data().join(".gitattributes").exists());
    assert!(!home.data().join("profiles/anna/.gitattributes").exists());
    let own = home.path().join("own");
    fs::create_dir(&own).unwrap();
    home.run(&["--data-dir", own.to_str().unwrap(), "log", &home.ago(2)]).done();
    assert!(own.join(".gitattributes").exists(), "an empty folder is a new one");
}
