//! What lies in other places than those of the records, or beside a sound one: what holds a day there, and what does not.

use std::fs;
use std::path::{Path, PathBuf};

use dermaroll::tui::history::PastSessions;
use engine::session::{Event, Said};
use engine::timeline::Wall;
use store::record::ledger::Condition;
use store::record::{FilePart, NamedQuestion, RecordedEntry, SessionFile, Start, Timestamp};
use store::startup::DueState;

use crate::support::fixture;
use crate::support::home::Home;

const AGO: i64 = 2;

/// A home with a roller and one session by the clock of so many days ago.
fn lived(ago: i64) -> (Home, PathBuf) {
    let home = Home::new();
    home.owns("blue", Condition::Used);
    let path = session(&home.data(), Wall { unix: home.now().unix - ago * 86_400, ..home.now() });
    (home, path)
}

fn session(root: &Path, began: Wall) -> PathBuf {
    let (protocol, start) = (fixture::protocol(), Start { started: began, ..fixture::start() });
    let mut file = SessionFile::create(root, &start).unwrap();
    fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    file.close(&protocol, &fixture::summary()).unwrap();
    file.path().to_owned()
}

/// Puts `bytes` at `path`, seen from `folder`.
fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).and_then(|()| fs::write(path, bytes)).unwrap();
}

#[test]
fn what_has_nothing_of_a_session_blocks_none() {
    let (home, path) = lived(40);
    let (root, year) = (home.data(), path.parent().unwrap());
    let name = path.file_name().unwrap().to_str().unwrap();
    let sound = fs::read(&path).unwrap();
    // Of two days ago, and nowhere else.
    let away = tempfile::tempdir().unwrap();
    let recent = session(away.path(), Wall { unix: home.now().unix - AGO * 86_400, ..home.now() });
    let (recent, recent_name) = (fs::read(&recent).unwrap(), recent.file_name().unwrap().to_str().unwrap().to_owned());
    let photo = b"\xff\xd8\xff\xe0\0\x10JFIF".repeat(40_000);
    let exported = |format: &str| home.run(&["export", "--format", format]).done().into_bytes();
    let (csv, json, md) = (exported("csv"), exported("json"), exported("md"));
    for folder in [&root, &root.join("sessions"), year, &root.join("intervals"), &root.join("photos")] {
        for (file, bytes) in [
            ("README.md", &b"# My records\n\nThe format = 1 of them is explained elsewhere.\n"[..]),
            (".DS_Store", b"\0\0\0\x01Bud1"),
            (".stignore", b"(?d).DS_Store\n"),
            (".gitignore", b"*.bak\n"),
            (".directory", b"[Dolphin]\nTimestamp=2026,11,22\n"),
            ("desktop.ini", b"[.ShellClassInfo]\r\n"),
            ("Thumbs.db", b"\xd0\xcf\x11\xe0"),
            ("IMG_20261122_183000.jpg", &photo),
            ("2026-11-22 left cheek.jpg", &photo),
            ("IMG_2026.jpg", &photo),
            ("FSCK0000.REC", &photo),
            ("empty", b""),
            ("zeros.bin", &[0; 4096]),
            ("sessions of 2026.csv", &csv),
            ("export.json", &json),
            ("doctor.md", &md),
            (".git/objects/20261128T120000Z-aaaa.toml", &recent),
            (&format!(".stversions/{recent_name}"), &recent),
            (&format!(".stfolder/{recent_name}"), &recent),
            (&format!(".Trash-1000/files/{recent_name}"), &recent),
            (&format!("$RECYCLE.BIN/{recent_name}"), &recent),
            (&format!("._{name}"), b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
            (&format!(".{name}.swp"), b"b0VIM 9.0"),
            (&format!("backup/a/b/{name}"), &sound),
        ] {
            if !folder.ends_with("intervals") || !file.starts_with(['.', 'b']) {
                put(folder, file, bytes);
            }
        }
    }
    put(&root, "photos/of/her/left/cheek/after/a/week/1.jpg", &photo);
    // What has records in it, or speaks of them, is none; photos bear the time at which they were made.
    let page = include_bytes!("../../docs/record-format.md");
    let archive = [b"sessions/2026/a.toml\0\0\0mode\0".as_slice(), &recent].concat();
    for folder in [&root, &root.join("photos"), &root.join("backup")] {
        put(folder, "record-format.md", page);
        put(folder, "backup.tar", &archive);
        put(folder, "mine.toml", b"[mine]\nrollers = [\"blue\"]\n");
        put(folder, "columns.txt", b"format = 2\ncolumns = 3\n");
        put(folder, "20261128T183000Z.jpg", &photo);
        put(folder, "rec_20261128T183000Z.m4a", b"");
    }
    put(&root, "sessions.zip", &photo);
    put(&root, "intervals.txt", b"every 28 days");
    std::os::unix::fs::symlink("sessions", root.join("latest")).unwrap();
    std::os::unix::fs::symlink("/nowhere", root.join("photos/of her")).unwrap();
    let due = home.run(&["due"]);
    assert_eq!(due.status, 0, "{due:?}");
    assert!(!due.err.contains("photos") && !due.err.contains("._"), "told of what is beside the records: {due:?}");
    assert_eq!(home.json(&["due", "--json"])["unread"], serde_json::json!([]));
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["uses"], 1);
    let (startup, interrupted) = home.startup();
    assert_eq!((startup.due, interrupted.uncounted.names), (DueState::Due, Vec::<String>::new()));
}

#[test]
fn whatever_stands_for_a_deleted_day_holds_it() {
    let note = "rollers = [\"blue\"]\nretired = []\n";
    for name in [
        "intervals/ID.toml",
        "intervals/2026/ID.toml",
        "intervals/2026/11/28/ID.toml",
        "intervals/.syncthing.ID.toml.tmp",
        "intervals/~syncthing~ID.toml.tmp",
        "intervals/.ID.toml.icloud",
        "intervals/.ID.toml.swp",
        "intervals/.ID.toml.ab12cd.new",
        "intervals/.ID.toml.Ab12Cd",
        "intervals/.~tmp~/ID.toml",
        "intervals/ID.toml.download/ID.toml",
        "intervals/ID",
        "intervals/ID.toml~",
        "intervals/STAMP.toml",
        "intervals (1)/ID.toml",
        ".intervals/ID.toml",
        "Intervals/ID.toml",
        "old/intervals/ID.toml",
        "ID.toml",
    ] {
        for text in [note, "", "format = 2\n", &note[..note.len() - 13], &note.replace('\n', "\r\n")] {
            let home = Home::new();
            home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
            let id = format!("{}-zz00", home.stamp(AGO));
            let name = name.replace("ID", &id).replace("STAMP", &id[..16]);
            put(&home.data(), &name, text.as_bytes());
            let due = home.json(&["due", "--json"]);
            assert_eq!((&due["due"], &due["days_ago"]), (&false.into(), &AGO.into()), "{name} {text:?}: {due}");
            let is_sound = text.contains("retired");
            assert_eq!(due["unread"] == serde_json::json!([]), is_sound, "{name} {text:?}: {due}");
            assert!(!home.run(&["roller", "list"]).out.contains("used 0"), "{name} {text:?}");
        }
    }
    // Without a name nobody knows the day.
    let home = Home::new();
    put(&home.data(), "intervals/FSCK0000.REC", note.as_bytes());
    assert_eq!(home.json(&["due", "--json"])["state"], "not-known");
}

#[test]
fn copies_and_pointers_of_the_folder_of_a_profile_hold_its_days() {
    let anna = &["--profile", "anna"][..];
    for folder in [
        "profiles/anna (conflicted copy 2026-01-01)",
        "profiles/anna 2",
        "profiles/Copy of anna",
        "profiles/anna-LAPTOP",
        "profiles/.anna.partial",
        "profiles (1)/anna",
        "profiles (1)/anna 2",
        "Profiles/anna",
        ".profiles/Anna",
    ] {
        for has_own in [false, true] {
            let home = Home::new();
            home.run(&[anna, &["log", &home.ago(AGO)]].concat()).done();
            let (own, copy) = (home.data().join("profiles/anna"), home.data().join(folder));
            fs::rename(&own, home.path().join("away")).unwrap();
            if has_own {
                home.run(&[anna, &["log", &home.ago(71)]].concat()).done();
            } else if !folder.starts_with("profiles/") {
                fs::remove_dir(own.parent().unwrap()).unwrap();
            }
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::rename(home.path().join("away"), &copy).unwrap();
            let due = home.json(&[anna, &["due", "--json"]].concat());
            assert_eq!(due["days_ago"], AGO, "{folder}: {due}");
            // Nobody else's.
            for other in ["ben", "hanna", "anna-maria", ""] {
                assert_eq!(home.json(&["--profile", other, "due", "--json"])["state"], "first", "{folder} of {other}");
            }
        }
    }
    for file in ["profiles/.anna.icloud", "profiles/anna (1)", ".profiles.icloud", "profiles.zip"] {
        let home = Home::new();
        put(&home.data(), file, b"");
        assert_eq!(home.run(&[anna, &["due"]].concat()).status, 8, "{file}");
        assert_eq!(home.run(&["--profile", "", "due"]).status, 0, "{file}");
    }
}

/// The copy bears the same id.
#[test]
fn a_record_that_was_cut_short_does_not_go_on_behind_its_sound_copy() {
    for copy in ["NAME (conflicted copy).toml", ".syncthing.NAME.toml.tmp", "../1999/NAME.toml", "../../NAME.toml"] {
        let (home, path) = lived(AGO);
        let text = fs::read_to_string(&path).unwrap();
        let blocks: Vec<&str> = text.split_inclusive("\n\n").collect();
        put(
            path.parent().unwrap(),
            &copy.replace("NAME", path.file_stem().unwrap().to_str().unwrap()),
            text.as_bytes(),
        );
        for kept in [1, 2, 4] {
            fs::write(&path, blocks[..kept].concat()).unwrap();
            let (startup, interrupted) = home.startup();
            assert_eq!(home.json(&["due", "--json"])["days_ago"], AGO, "{copy}, {kept} blocks");
            assert_eq!(startup.rolled_days_ago, Some(AGO), "{copy}, {kept} blocks");
            assert!(
                interrupted.candidates.iter().all(|candidate| candidate.is_too_soon(startup.due)),
                "{copy}, {kept} blocks"
            );
        }
    }
}

#[test]
fn what_any_copy_of_a_session_says_of_its_rollers_counts() {
    for copy in ["NAME (conflicted copy).toml", ".syncthing.NAME.toml.tmp", "../1999/NAME.toml", "../../old/NAME.toml"]
    {
        let (home, path) = lived(AGO);
        let text = fs::read_to_string(&path).unwrap();
        let sum = text.split("sum = \"").nth(1).unwrap()[..8].to_owned();
        let n = u32::try_from(fixture::entries().len()).unwrap() + 1;
        let question = NamedQuestion { asked: None, question: "needles-straight".into() };
        let event = Event::SignedOut { question, said: Said::No };
        let said = RecordedEntry { n, t: 0, at: Timestamp::of(Wall::default()), event, sum: String::new() };
        assert_eq!(home.json(&["roller", "list", "--json"])[0]["retired"], false);
        let told = text + &said.to_text(FilePart::AfterSummary, &sum).unwrap();
        put(
            path.parent().unwrap(),
            &copy.replace("NAME", path.file_stem().unwrap().to_str().unwrap()),
            told.as_bytes(),
        );
        let roller = &home.json(&["roller", "list", "--json"])[0];
        assert_eq!((&roller["retired"], &roller["uses"]), (&true.into(), &1.into()), "{copy}: {roller}");
        assert!(home.startup().0.rollers.is_empty(), "{copy}");
    }
}

#[test]
fn of_two_files_of_one_session_the_sound_one_is_it() {
    for year in ["1999", "2099"] {
        for harmed in ["", "format = 2\n", "zeros\0\0"] {
            let (home, path) = lived(AGO);
            let id = path.file_stem().unwrap().to_str().unwrap();
            put(&home.data().join("sessions"), &format!("{year}/{id}.toml"), harmed.as_bytes());
            let history = home.run(&["history", "--plain"]);
            assert_eq!(history.out.lines().count(), 1, "{year} {harmed:?}: {history:?}");
            assert!(history.err.contains("is a second file of the session"), "{history:?}");
            assert!(home.run(&["show", "last"]).done().contains("blue"), "{year} {harmed:?}");
            assert_eq!(home.run(&["export", "--format", "csv"]).out.lines().count(), 2, "{year} {harmed:?}");
            assert_eq!(home.json(&["due", "--json"])["next_of_course"], 2, "{year} {harmed:?}");
        }
    }
}

/// A session under the name of another is one of them, on the screen as in lines.
#[test]
fn a_copy_under_the_name_of_another_session_is_none_of_its_own() {
    let (home, path) = lived(AGO);
    let id = path.file_stem().unwrap().to_str().unwrap();
    fs::copy(&path, path.with_file_name(format!("{}-zz99.toml", &id[..16]))).unwrap();
    assert_eq!(home.run(&["history", "--plain"]).out.lines().count(), 1);
    assert_eq!(home.json(&["history", "--json"]).as_array().unwrap().len(), 1);
    let available = PastSessions::of(&home.data());
    assert_eq!((0..available.len()).filter(|place| available.past(*place).is_some()).count(), 1);
}

/// The note on a deleted day, or a copy, is all that is left.
#[test]
fn a_folder_of_which_only_traces_are_left_is_there_for_every_command() {
    let moves: [fn(&Path, &Path); 3] = [
        |root, path| {
            put(
                root,
                &format!("intervals/{}", path.file_name().unwrap().to_str().unwrap()),
                b"rollers = []\nretired = []\n",
            );
            fs::remove_file(path).unwrap();
        },
        |_, path| fs::rename(path, path.with_file_name("FSCK0000.REC")).unwrap(),
        |root, path| fs::rename(path, root.join("found again.toml")).unwrap(),
    ];
    for (place, harm) in moves.iter().enumerate() {
        let (home, path) = lived(AGO);
        let root = home.data();
        let run = |args: &[&str]| home.run(&[&["--data-dir", root.to_str().unwrap()], args].concat());
        assert_eq!(run(&["due"]).status, 8);
        harm(&root, &path);
        assert_eq!(run(&["due"]).status, 8, "{place}");
        for args in
            [&["history", "--plain"][..], &["roller", "list"], &["serum", "list"], &["export", "--format", "csv"]]
        {
            let said = run(args);
            assert_eq!(said.status, 0, "{place} {args:?}: {said:?}");
        }
        let entered = run(&["log", &home.ago(AGO)]);
        assert!(entered.status == 5 && entered.err.contains("was there before, as "), "{place}: {entered:?}");
        assert!(!entered.err.contains("cannot be read"), "{place}: {entered:?}");
        assert_eq!(run(&["log", &home.ago(AGO), "--again"]).status, 0, "{place}");
    }
}
