//! What a record, a folder or a roller's file is taken for once other programs have moved, copied or lost it: cases in
//! which something sound lies beside what cannot be read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use store::calendar::file_stamp;

use crate::support::house::House;

/// A house with a roller and a session on paper of two days ago, and the session's file.
fn lived() -> (House, PathBuf) {
    let house = House::new();
    house.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    house.run(&["log", &house.ago(2), "--roller", "blue"]).done();
    let files = house.files().into_iter().map(|(path, _)| path);
    let path = files.into_iter().find(|path| path.to_string_lossy().contains("/sessions/")).unwrap();
    (house, path)
}

#[track_caller]
fn holds(house: &House, args: &[&str], kind: &str) {
    let due = house.run(&[args, &["due"]].concat());
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
    let house = House::new();
    // Long enough for any day on which this is run.
    house.settings("interval_days = 365\n");
    let year = house.data().join("sessions/2026");
    fs::create_dir_all(&year).unwrap();
    for copy in [" (conflicted copy 2026-11-23).toml", "-LAPTOP.toml", ".toml~"] {
        let copy = year.join(name.replace(".toml", copy));
        fs::write(&copy, &text).unwrap();
        for kept in [1, 3, 8] {
            fs::write(year.join(&name), blocks[..kept].concat()).unwrap();
            assert!(text[..closing].len() > blocks[..kept].concat().len());
            assert!(house.json(&["due", "--json"])["days_ago"].is_i64(), "{kept} blocks and a copy");
            let pty = crate::support::pty::Setup::dermaroll(&[], house.path()).env("TZ", &house.zone()).start();
            pty.wait_text("UNFINISHED SESSION").press_until("p", "NOT DUE YET").quit_with("q");
            holds(&house, &[], "closed as one that rolled nothing");
        }
        fs::remove_file(copy).unwrap();
    }
    // The same of a day that was deleted elsewhere.
    fs::create_dir_all(house.data().join("intervals")).unwrap();
    fs::write(house.data().join("intervals").join(&name), "rollers = [\"blue\"]\nretired = []\n").unwrap();
    holds(&house, &[], "deleted elsewhere");
}

#[test]
fn links_that_lead_nowhere_are_seen_at_every_level() {
    let (house, _) = lived();
    house.run(&["--profile", "anna", "log", &house.ago(2)]).done();
    let data = house.data();
    for (folder, args) in [
        (data.join("profiles"), &["--profile", "anna"][..]),
        (data.clone(), &[]),
        (data.parent().unwrap().to_owned(), &[]),
        (data.parent().unwrap().parent().unwrap().to_owned(), &[]),
    ] {
        let away = house.path().join("away");
        fs::rename(&folder, &away).unwrap();
        symlink("/nowhere/at all", &folder).unwrap();
        holds(&house, args, folder.to_str().unwrap());
        fs::remove_file(&folder).and_then(|()| fs::rename(away, &folder)).unwrap();
    }
}

#[test]
fn what_lies_too_deep_is_told_of() {
    let (house, path) = lived();
    let deep = path.with_file_name("a/".repeat(20));
    fs::create_dir_all(&deep).unwrap();
    fs::rename(&path, deep.join(path.file_name().unwrap())).unwrap();
    holds(&house, &[], "too deep");
    assert_ne!(house.json(&["due", "--json"])["unread"], serde_json::json!([]));
}

#[test]
fn what_stands_in_the_place_of_a_folder_is_not_nothing() {
    let replace = |what: &str, put: &dyn Fn(&Path)| {
        let (house, path) = lived();
        let sessions = path.parent().unwrap().parent().unwrap();
        let folder = if what.contains("2026") { path.parent().unwrap() } else { sessions };
        let name = what.replace("2026", folder.file_name().unwrap().to_str().unwrap());
        fs::rename(folder, house.path().join("away")).unwrap();
        put(&folder.with_file_name(name));
        holds(&house, &[], what);
    };
    for what in ["sessions (1)", "sessions.nextcloud", ".sessions.icloud", "sessions.zip"] {
        replace(what, &|path| fs::write(path, "").unwrap());
    }
    for what in ["2026", "2026.nextcloud", ".2026.icloud", "2026.zip"] {
        replace(what, &|path| fs::write(path, "").unwrap());
    }
    replace("sessions (1)", &|path| symlink("/nowhere", path).unwrap());
    for what in ["Sessions", "Copy of sessions", "sessions-LAPTOP"] {
        let (house, path) = lived();
        let sessions = path.parent().unwrap().parent().unwrap();
        fs::rename(sessions, sessions.with_file_name(what)).unwrap();
        holds(&house, &[], what);
    }
    // A backup beside the folder is no more than that.
    let house = House::new();
    house.run(&["log", &house.ago(40)]).done();
    fs::write(house.data().join("sessions.zip"), "").unwrap();
    assert_eq!(house.run(&["due"]).status, 0);
}

#[test]
fn a_day_that_does_not_exist_is_not_an_old_one() {
    for name in ["20261128T246060Z-aaaa.toml", "20261399T120000Z-aaaa.toml"] {
        let house = House::new();
        fs::create_dir_all(house.data().join("sessions/2026")).unwrap();
        fs::write(house.data().join("sessions/2026").join(name), "").unwrap();
        holds(&house, &[], name);
    }
}

#[test]
fn what_belongs_to_a_session_that_is_missing_holds_its_day() {
    for word in [".later-20261130T120000Z.toml", ".torn-1"] {
        let (house, path) = lived();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        fs::write(path.with_file_name(format!("{stem}{word}")), "").unwrap();
        fs::remove_file(&path).unwrap();
        holds(&house, &[], word);
        assert!(house.run(&["due"]).err.contains("which is missing"));
    }
    let (house, path) = lived();
    fs::rename(&path, path.with_extension("toml.new")).unwrap();
    holds(&house, &[], "a name of another program");
}

/// The next run need not have read the folder while the disk was there.
#[test]
fn the_first_record_notes_that_its_folder_holds_some() {
    let house = House::new();
    let disk = house.path().join("disk");
    let data = disk.join("records");
    let named = data.to_str().unwrap();
    house.run(&["--data-dir", named, "log", &house.ago(2)]).done();
    let detour = format!("{}/../disk/./records/", disk.display());
    type Put = fn(&Path);
    let lost: [(&str, Put); 4] = [
        ("nothing", |_| {}),
        ("an empty disk", |disk| fs::create_dir(disk).unwrap()),
        ("a folder without records", |disk| fs::create_dir_all(disk.join("records/sessions")).unwrap()),
        ("something else", |disk| fs::create_dir_all(disk.join("records/rollers.bak")).unwrap()),
    ];
    for (kind, put) in lost {
        let away = house.path().join("away");
        fs::rename(&disk, &away).unwrap();
        put(&disk);
        for spelt in [named, &detour] {
            holds(&house, &["--data-dir", spelt], kind);
        }
        let _ = fs::remove_dir_all(&disk);
        fs::rename(away, &disk).unwrap();
    }
    // A folder in which no session was ever kept is new.
    let other = house.path().join("other");
    house.run(&["--data-dir", other.to_str().unwrap(), "roller", "add", "blue", "--length", "0.13"]).done();
    assert_eq!(house.run(&["--data-dir", other.to_str().unwrap(), "due"]).status, 0);
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
        let (house, _) = lived();
        let path = house.data().join("rollers/blue.toml");
        let retired = fs::read_to_string(&path).unwrap() + "retired = 2026-01-02\n";
        let copy_at = path.with_file_name(copy);
        fs::create_dir_all(copy_at.parent().unwrap()).unwrap();
        fs::write(&copy_at, retired).unwrap();
        assert_eq!(house.json(&["roller", "list", "--json"])[0]["retired"], true, "{copy}");
        // Nor is it entered anew while only its copy is there.
        if !copy.starts_with('.') {
            fs::remove_file(&path).unwrap();
            let again = house.run(&["roller", "add", "blue", "--length", "0.13"]);
            assert_eq!(again.status, 2, "{copy}: {again:?}");
        }
    }
}

#[test]
fn nobody_is_told_that_there_is_nothing_where_something_cannot_be_read() {
    let (house, path) = lived();
    let year = path.parent().unwrap();
    fs::remove_dir_all(year).unwrap();
    symlink("/nowhere", year).unwrap();
    for args in [&["history", "--plain"][..], &["history", "--json"]] {
        let said = house.run(args);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{args:?}: {said:?}");
    }
    fs::remove_file(year).and_then(|()| fs::create_dir(year)).and_then(|()| fs::write(&path, "")).unwrap();
    let said = house.run(&["history", "--plain"]);
    assert!(!said.err.contains("No sessions yet"), "{said:?}");
    let rollers = house.data().join("rollers");
    fs::remove_dir_all(&rollers).and_then(|()| symlink("/nowhere", &rollers)).unwrap();
    for args in [&["roller", "list"][..], &["roller", "list", "--json"], &["roller", "retire", "blue"]] {
        let said = house.run(args);
        assert!(said.status != 0 && said.out.is_empty(), "{args:?}: {said:?}");
        assert!(!said.err.contains("There is no roller"), "{said:?}");
    }
}

#[test]
fn small_files_are_read_with_any_line_ends() {
    for ends in ["\r\n", "\r"] {
        let (house, _) = lived();
        house.run(&["note", "last", "calm"]).done();
        for (path, text) in house.files() {
            fs::write(path, text.replace('\n', ends)).unwrap();
        }
        assert_eq!(house.json(&["roller", "list", "--json"])[0]["uses"], 1, "{ends:?}");
        assert!(house.run(&["show"]).done().contains("calm"), "{ends:?}");
    }
}

/// Behind the date line it is still the day before.
#[test]
fn a_flight_to_the_west_sends_nobody_to_look_at_the_clock() {
    let house = House::new();
    house.run_in("KIR-14", &["log", &today_in(&house, 14)]).done();
    let due = house.run_in("PPG11", &["due"]);
    assert_eq!(due.status, 8);
    assert!(!due.out.contains("clock"), "{due:?}");
    // One that is years ahead is told with its year and its file.
    let name = format!("{}-aaaa.toml", file_stamp(4_070_908_800));
    fs::create_dir_all(house.data().join("sessions/2099")).unwrap();
    fs::write(house.data().join("sessions/2099").join(&name), "").unwrap();
    let due = house.run(&["due"]);
    assert!(due.out.contains("2099") && due.out.contains(&name), "{due:?}");
    let pty = crate::support::pty::Setup::dermaroll(&[], house.path()).env("TZ", &house.zone()).start();
    pty.wait_text("NOT DUE YET").wait_text("ahead of the clock").quit_with("q");
}

fn today_in(house: &House, hours: i32) -> String {
    let wall = engine::timeline::Wall { unix: house.now().unix, offset: hours * 3_600 };
    store::calendar::Date::of(wall).to_string()
}

#[test]
fn a_new_folder_of_profiles_is_made_ready_for_git_at_its_top() {
    let house = House::new();
    house.run(&["--profile", "anna", "log", &house.ago(2)]).done();
    assert!(house.data().join(".gitattributes").exists());
    assert!(!house.data().join("profiles/anna/.gitattributes").exists());
    let own = house.path().join("own");
    fs::create_dir(&own).unwrap();
    house.run(&["--data-dir", own.to_str().unwrap(), "log", &house.ago(2)]).done();
    assert!(own.join(".gitattributes").exists(), "an empty folder is a new one");
}
