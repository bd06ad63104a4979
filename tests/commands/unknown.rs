//! What cannot be read, listed or understood is never taken for nothing there: every kind of damage to a record of two
//! days ago, and to the folders above it, by three commands and by the start.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::process::Command;

use engine::timeline::Wall;
use store::calendar::compact_timestamp;
use store::record::ledger::Condition;
use store::record::{FilePart, Header, RecordedEntry, SessionFile, Start, SummaryFields};
use store::startup::DueState;

use crate::commands::damage::{FOLDERS, HARMS, Harm, MOVES, NAMELESS, year};
use crate::support::counts::skipped;
use crate::support::fixture;
use crate::support::home::{Ended, Home};
use crate::support::pty::{PROGRAM, Setup};

/// Days since the session that is damaged.
const AGO: i64 = 2;

/// A home with two rollers and one session with the first, of two days ago, on paper or by the clock.
fn lived(is_timed: bool) -> (Home, PathBuf) {
    let home = Home::new();
    home.owns("blue", Condition::Used);
    home.owns("red", Condition::Sealed);
    if is_timed {
        let began = Wall { unix: home.now().unix - AGO * 86_400, ..home.now() };
        let (protocol, start) = (fixture::protocol(), Start { started: began, ..fixture::start() });
        let mut file = SessionFile::create(&home.data(), &start).unwrap();
        fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
        file.close(&protocol, &fixture::summary()).unwrap();
        let path = file.path().to_owned();
        (home, path)
    } else {
        home.run(&["log", &home.ago(AGO), "--roller", "blue"]).done();
        let files = home.files().into_iter().map(|(path, _)| path);
        let path = files.into_iter().find(|path| path.to_string_lossy().contains("/sessions/")).unwrap();
        (home, path)
    }
}

/// No command says that one is due or that the roller is unused, and no session begins.
fn holds(home: &Home, kind: &str) {
    let due = home.run(&["due"]);
    assert_eq!(due.status, 8, "{kind}: {due:?}");
    assert!(due.out.starts_with("Not due yet") || due.out.starts_with("Not today"), "{kind}: {due:?}");
    let json = home.json(&["due", "--json"]);
    assert_eq!(json["due"], false, "{kind}: {json}");
    let is_listed = json["state"] != "not-known";
    assert!(!is_listed || json["days_ago"] == AGO, "{kind}: {json}");
    // What cannot be read may tell of either roller.
    let is_whole = json["unread"] == serde_json::json!([]);
    let rollers = home.run(&["roller", "list"]);
    assert!(!rollers.out.contains("blue: 0.13 mm, used 0"), "{kind}: {rollers:?}");
    assert!(is_whole || !rollers.out.contains("used 0"), "{kind}: {rollers:?}");
    assert_ne!(home.json(&["roller", "list", "--json"])[0]["uses"], 0, "{kind}");
    let (startup, interrupted) = home.startup();
    let is_shut = matches!(startup.due, DueState::TooSoon { possible_in: 5, .. } | DueState::NotKnown);
    assert!(is_shut || !interrupted.candidates.is_empty(), "{kind}: {:?}", startup.due);
    assert!(
        startup.rollers.iter().all(|available| !available.sealed || (is_whole && available.roller.id == "red")),
        "{kind}"
    );
}

/// One block of each kind is no longer what it was. The day is known all the same; which rollers were used is not.
#[test]
fn a_gap_in_a_record_leaves_no_roller_unused() {
    let (home, path) = lived(true);
    let text = fs::read_to_string(&path).unwrap();
    let blocks: Vec<&str> = text.split_inclusive("\n\n").collect();
    for place in 0..blocks.len() {
        let harmed = blocks[place].replacen(" = ", " =  ", 1);
        fs::write(&path, [&blocks[..place], &[&harmed], &blocks[place + 1..]].concat().concat()).unwrap();
        holds(&home, &format!("block {place}"));
        assert_ne!(home.json(&["due", "--json"])["unread"], serde_json::json!([]), "block {place}");
        assert!(!home.run(&["roller", "list"]).out.contains("used 0"), "block {place}");
    }
}

#[test]
fn whatever_is_left_of_a_record_holds_its_day() {
    for is_timed in [true, false] {
        let (home, path) = lived(is_timed);
        let text = fs::read_to_string(&path).unwrap();
        holds(&home, "whole");
        for (kind, harm) in HARMS {
            let harmed = harm(&text);
            assert_ne!(harmed, text.as_bytes(), "{kind} changes nothing");
            fs::write(&path, harmed).unwrap();
            holds(&home, kind);
        }
    }
}

#[test]
fn wherever_a_record_went_and_whatever_it_is_called_it_holds_its_day() {
    for is_timed in [true, false] {
        for (kind, harm) in MOVES {
            let (home, path) = lived(is_timed);
            harm(&path);
            holds(&home, kind);
        }
    }
}

/// The same names with nothing in them that can be read.
#[test]
fn a_name_that_stands_for_a_session_is_enough() {
    for (kind, harm) in MOVES {
        let (home, path) = lived(true);
        fs::write(&path, "no record\n").unwrap();
        harm(&path);
        holds(&home, kind);
    }
}

/// By its content, as far as that is left.
#[test]
fn a_record_that_lost_its_name_holds_its_day_or_means_not_today() {
    const LEFT: [&str; 8] = [
        "half",
        "its second half",
        "CRLF",
        "UTF-16",
        "aligned by a tool",
        "marks of a conflict on top",
        "another letter in its first block",
        "a newer format",
    ];
    let harms = HARMS.into_iter().filter(|(kind, _)| LEFT.contains(kind));
    let kinds: Vec<Harm> = harms.chain([("whole", (|text: &str| text.into()) as fn(&str) -> Vec<u8>)]).collect();
    assert_eq!(kinds.len(), LEFT.len() + 1);
    for name in NAMELESS {
        for (kind, harm) in &kinds {
            let (home, path) = lived(true);
            let harmed = harm(&fs::read_to_string(&path).unwrap());
            let nameless = path.with_file_name(name);
            fs::create_dir_all(nameless.parent().unwrap()).unwrap();
            fs::remove_file(&path).and_then(|()| fs::write(nameless, harmed)).unwrap();
            holds(&home, &format!("{kind} as {name}"));
        }
    }
}

#[test]
fn a_folder_that_cannot_be_listed_means_not_today() {
    for (kind, harm) in FOLDERS {
        let (home, _) = lived(false);
        harm(&home.data());
        let due = home.run(&["due"]);
        assert_eq!(due.status, 8, "{kind}: {due:?}");
        let what =
            if kind.starts_with("rollers") { "which rollers were retired" } else { "when the skin was rolled last" };
        assert!(due.out.starts_with(&format!("Not today: it is not known {what}. ")), "{kind}: {due:?}");
        let json = home.json(&["due", "--json"]);
        assert_eq!((&json["due"], &json["state"]), (&false.into(), &"not-known".into()), "{kind}: {json}");
        assert_ne!(json["unread"], serde_json::json!([]), "{kind}");
        let rollers = home.run(&["roller", "list"]);
        assert!(!rollers.out.contains("used 0"), "{kind}: {rollers:?}");
        // Of the rollers no date is made.
        if !kind.starts_with("rollers") {
            let dates = home.run(&["export", "--format", "ics"]);
            assert_eq!((dates.status, dates.out.as_str()), (1, ""), "{kind}: {dates:?}");
        }
        let (startup, _) = home.startup();
        assert_eq!(startup.due, DueState::NotKnown, "{kind}");
        assert!(!startup.unlisted.is_empty(), "{kind}");
    }
}

#[test]
fn links_are_followed_at_every_level_and_what_is_written_is_read_again() {
    for level in ["", "sessions", "year", "rollers"] {
        let (home, _) = lived(false);
        let root = home.data();
        let folder = match level {
            "year" => year(&root),
            level => root.join(level),
        };
        let elsewhere = home.path().join("elsewhere");
        fs::rename(&folder, &elsewhere).unwrap();
        symlink(&elsewhere, folder.as_os_str().to_str().unwrap().trim_end_matches('/')).unwrap();
        holds(&home, level);
        let again = home.run(&["log", &home.ago(AGO)]);
        assert_eq!(again.status, 2, "{level}: entered twice without a word: {again:?}");
        home.run(&["log", &home.ago(1), "--roller", "blue"]).done();
        assert_eq!(home.json(&["due", "--json"])["days_ago"], 1, "{level}");
        assert_eq!(home.json(&["roller", "list", "--json"])[0]["uses"], 2, "{level}");
    }
}

/// Runs the program as somebody who may read only what their modes allow.
struct Unprivileged;

impl Unprivileged {
    const WORDS: [&str; 5] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];

    /// None where that is not possible.
    fn find(home: &Home) -> Option<Unprivileged> {
        let mut owned = Command::new("chown");
        owned.args(["-R", "65534:65534"]).arg(home.path());
        (owned.status().is_ok_and(|status| status.success()) && Unprivileged.run(home, &["due"]).is_ok())
            .then_some(Unprivileged)
    }

    fn run(&self, home: &Home, args: &[&str]) -> std::io::Result<Ended> {
        let mut command = Command::new(Unprivileged::WORDS[0]);
        command.args(&Unprivileged::WORDS[1..]).arg(PROGRAM).args(args).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home.path()).env("TZ", home.zone());
        command.output().map(Ended::of)
    }
}

#[test]
fn modes_that_keep_somebody_out_mean_not_today() {
    const WHAT: &str = "modes that keep somebody out mean not today";
    let (home, path) = lived(false);
    let year = path.parent().unwrap();
    let inner = year.join("mine");
    fs::create_dir(&inner).unwrap();
    fs::copy(&path, inner.join("last session.toml")).unwrap();
    let Some(unprivileged) = Unprivileged::find(&home) else {
        return skipped(WHAT, "this user cannot run the program as another one");
    };
    let root = home.data();
    let mut folders = vec![root.clone(), root.join("sessions"), year.to_owned(), inner, root.join("rollers")];
    folders.push(root.join("intervals"));
    fs::create_dir(root.join("intervals")).unwrap();
    let whole = unprivileged.run(&home, &["due"]).unwrap();
    assert!(whole.out.starts_with("Not due yet: "), "{whole:?}");
    for folder in folders {
        let before = fs::metadata(&folder).unwrap().permissions();
        for mode in [0o000, 0o100, 0o200, 0o300, 0o400, 0o600] {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
            let kind = format!("{} {mode:o}", folder.display());
            let due = unprivileged.run(&home, &["due"]).unwrap();
            assert_eq!(due.status, 8, "{kind}: {due:?}");
            let json = unprivileged.run(&home, &["due", "--json"]).unwrap();
            let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
            let is_empty = folder.ends_with("intervals") && mode & 0o400 != 0;
            let is_entered = folder.ends_with("rollers") && mode & 0o400 != 0;
            assert!(is_empty || is_entered || json["unread"] != serde_json::json!([]), "{kind}: {json}");
            let rollers = unprivileged.run(&home, &["roller", "list"]).unwrap();
            assert!(!rollers.out.contains("used 0"), "{kind}: {rollers:?}");
            let words: Vec<&str> = Unprivileged::WORDS[1..].iter().copied().chain([PROGRAM]).collect();
            let pty = Setup::new(Unprivileged::WORDS[0], &words).home(home.path()).env("TZ", &home.zone()).start();
            pty.wait_for("a screen that lets nobody begin", |screen| {
                let text = screen.contents();
                text.contains("NOT TODAY") || text.contains("NOT DUE YET")
            });
            let _ = pty.quit_with("q");
            fs::set_permissions(&folder, before.clone()).unwrap();
        }
    }
}

/// A session without a sound first block that tells of a name alone, and the sentence that goes with it.
#[test]
fn the_sentence_says_what_could_not_be_read() {
    let (home, path) = lived(true);
    fs::write(&path, "").unwrap();
    let due = home.run(&["due"]);
    assert!(due.out.contains("No whole record tells of "), "{due:?}");
    assert!(due.err.contains(path.to_str().unwrap()), "{due:?}");
    assert_eq!(home.json(&["due", "--json"])["unread"], serde_json::json!([path]));
    // Once it is older than the interval, it holds nothing.
    let old = format!("{}-ab12.toml", compact_timestamp(home.now().unix - 40 * 86_400));
    fs::rename(&path, path.with_file_name(old)).unwrap();
    assert_eq!(home.run(&["due"]).status, 0);
}

/// The last entries of a session that rolled are lost, at the end of a block.
#[test]
fn a_session_that_is_not_closed_is_asked_about_and_does_not_begin_anew() {
    let (home, path) = lived(true);
    let start = Start { started: Wall { unix: home.now().unix - AGO * 86_400, ..home.now() }, ..fixture::start() };
    let header = Header::new(&start, path.file_stem().unwrap().to_str().unwrap());
    let fields = RecordedEntry::of(&fixture::protocol(), &fixture::entries()[0]).unwrap();
    fs::write(&path, header.to_text() + &fields.to_text(FilePart::BeforeSummary, &header.sum).unwrap()).unwrap();
    holds(&home, "begun");
    let pty = Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).start();
    pty.wait_text("UNFINISHED SESSION").wait_text("Its record tells of no rolling.");
    // Whoever closes it says that nothing was rolled.
    pty.press_until("p", "CLOSE THIS SESSION?").press_until("y", "First session").quit_with("q");
}

#[test]
fn a_summary_that_vouches_for_itself_says_that_nothing_was_rolled() {
    let (home, path) = lived(true);
    let summary = SummaryFields::of(&fixture::protocol(), &fixture::summary(), 0).unwrap();
    assert!(summary.touched_skin(), "the fixture rolled, so that what follows shows something");
    home.run(&["due"]);
    fs::remove_file(&path).unwrap();
    assert_eq!(home.run(&["due"]).done(), "Due: no session yet.\n");
}

#[test]
fn a_data_folder_that_held_records_and_is_missing_is_not_new() {
    let home = Home::new();
    let disk = home.path().join("disk");
    let named = disk.join("records");
    let data = named.to_str().unwrap();
    assert_eq!(home.run(&["--data-dir", data, "due"]).done(), "Due: no session yet.\n");
    home.run(&["--data-dir", data, "log", &home.ago(AGO)]).done();
    assert_eq!(home.run(&["--data-dir", data, "due"]).status, 8);
    let away = home.path().join("away");
    fs::rename(&disk, &away).unwrap();
    let absent = |kind: &str| {
        let due = home.run(&["--data-dir", data, "due"]);
        assert_eq!(due.status, 8, "{kind}: {due:?}");
        assert!(due.out.contains("held records before and holds none now"), "{kind}: {due:?}");
        for args in [&["history", "--plain"][..], &["log", &home.ago(1)], &["roller", "add", "red", "--length", ".1"]] {
            let refused = home.run(&[&["--data-dir", data], args].concat());
            assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{kind} {args:?}: {refused:?}");
        }
        let pty = Setup::dermaroll(&["--data-dir", data], home.path()).env("TZ", &home.zone()).start();
        pty.wait_text("NOT TODAY").wait_text("held records before").quit_with("q");
    };
    absent("not mounted");
    assert!(!disk.exists(), "nothing is made where the disk is missing");
    fs::create_dir(&disk).unwrap();
    absent("an empty place to mount it");
    fs::create_dir(&named).unwrap();
    absent("an empty folder");
    fs::remove_dir_all(&disk).and_then(|()| fs::rename(&away, &disk)).unwrap();
    assert_eq!(home.json(&["--data-dir", data, "due", "--json"])["days_ago"], AGO);
}

#[test]
fn git_leaves_the_line_ends_of_a_data_folder_alone() {
    let home = Home::new();
    home.run(&["log", &home.ago(AGO)]).done();
    let attributes = home.data().join(".gitattributes");
    assert!(fs::read_to_string(&attributes).unwrap().ends_with("\n* -text\n"));
    // One that its owner changed or took away is left so.
    fs::remove_file(&attributes).unwrap();
    home.run(&["log", &home.ago(AGO + 30)]).done();
    assert!(!attributes.exists());
}

/// Retired on one of two computers, it must not touch skin on the other.
#[test]
fn a_roller_is_retired_if_either_half_of_a_conflict_or_any_copy_says_so() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13", "--sealed"]).done();
    let path = home.data().join("rollers/blue.toml");
    let whole = fs::read_to_string(&path).unwrap();
    let end = "retired = 2026-01-02\nretired_why = \"bent\"\n";
    let is_retired = || home.json(&["roller", "list", "--json"])[0]["retired"] == true;
    let halves = |ours: &str, theirs: &str| {
        format!("{whole}<<<<<<< HEAD\n{ours}||||||| before\n=======\n{theirs}>>>>>>> theirs\n")
    };
    for text in [halves(end, ""), halves("", end), halves(end, end).replace('\n', "\r\n")] {
        fs::write(&path, text).unwrap();
        assert!(is_retired());
        assert!(home.startup().0.rollers.is_empty());
    }
    // A pack that one of them opened is open.
    fs::write(&path, halves("", "opened = 2026-01-02\n")).unwrap();
    assert!(!is_retired() && !home.startup().0.rollers[0].sealed);
    // Two that are no versions of one roller are neither.
    fs::write(
        &path,
        whole.replace("needle_um = 130\n", &halves("needle_um = 130\n", "needle_um = 250\n")[whole.len()..]),
    )
    .unwrap();
    let said = home.run(&["roller", "list"]);
    assert!(said.out.is_empty() && said.err.contains("two versions that git could not join"), "{said:?}");
    assert!(home.startup().0.rollers.is_empty());
    for name in
        ["blue (conflicted copy 2026-01-01).toml", "blue.sync-conflict-20260101-101010-ABCDEFG.toml", "blue.toml~"]
    {
        fs::write(&path, &whole).unwrap();
        assert!(!is_retired());
        let copy = path.with_file_name(name);
        fs::write(&copy, whole.clone() + end).unwrap();
        assert!(is_retired(), "{name}");
        fs::remove_file(copy).unwrap();
    }
}
