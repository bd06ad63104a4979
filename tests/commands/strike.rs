//! `dermaroll strike`: what is struck out is shown as struck and counts no more, and everything stays in its file.

use std::fs;
use std::path::{Path, PathBuf};

use engine::timeline::Wall;
use store::record::{Amendment, History, Ledger, OsDisk, Timestamp, Totals, What, amendment};
use store::startup::DueState;

use crate::support::computer::Computer;
use crate::support::home::Home;

pub const WHY: &str = "typed the wrong year";

fn one_of(home: &Home, part: &str) -> PathBuf {
    let found: Vec<_> = home.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains(part)).collect();
    assert_eq!(found.len(), 1, "{part}: {found:?}");
    found[0].0.clone()
}

/// A home with a roller, an older session from paper with it, and one of yesterday.
pub fn ready() -> (Home, String) {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["log", &home.ago(60), "--roller", "blue"]).done();
    home.run(&["log", &home.ago(1), "--roller", "blue"]).done();
    let id = home.id_of(&home.ago(1));
    (home, id)
}

#[test]
fn a_struck_session_from_paper_lets_its_day_and_its_use_go() {
    let (home, id) = ready();
    let before = home.files();
    assert_eq!(home.run(&["due"]).status, 8);
    let said = home.run(&["strike", &home.ago(1), "--why", WHY]).done();
    for part in ["Struck out: the session of", "dermaroll undo", &format!("dermaroll strike {id} --take-back")] {
        assert!(said.contains(part), "{part:?}: {said}");
    }
    assert!(!said.contains("interval"), "{said}");
    assert!(home.run(&["due"]).done().starts_with("Due: 32 days over"), "the day before it counts again");
    assert!(home.run(&["roller", "list"]).done().contains("used 1 of 10"));
    let shown = home.run(&["show", &id]).done();
    assert!(shown.starts_with(&format!("Struck out on {}: {WHY}\n", home.ago(0))), "{shown}");
    assert!(home.run(&["show"]).done().contains(&home.ago(60)), "it is not the last one any more");
    assert!(home.run(&["show", "--struck"]).done().starts_with("Struck out"));
    let lines = home.run(&["history", "--plain"]).done();
    assert!(lines.lines().next().unwrap().contains("struck"), "{lines}");
    for (path, text) in before {
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{} stays as it was", path.display());
    }
    // Its day is free for another one.
    home.run(&["log", &home.ago(1)]).done();
}

#[test]
fn exports_leave_it_out_unless_asked_for_it() {
    let (home, id) = ready();
    home.run(&["note", &id, "a little dry"]).done();
    home.run(&["strike", &id, "--why", WHY]).done();
    for args in [&["history", "--json"][..], &["history", "--csv"], &["export", "--format", "json"]] {
        assert!(!home.run(args).done().contains(&id), "{args:?}");
        let all = home.run(&[args, &["--struck"]].concat()).done();
        assert!(all.contains(&id) && all.contains(WHY) && all.contains("a little dry"), "{args:?}: {all}");
    }
    assert!(!home.run(&["export", "--format", "md"]).done().contains(&home.ago(1)));
    let next = home.run(&["export", "--format", "ics"]).done();
    assert!(!next.contains(&id), "{next}");
    for format in ["md", "ics"] {
        home.run(&["export", "--format", format, "--struck"]).refused(&["csv and json", "Nothing was exported"]);
    }
    home.run(&["history", "--struck"]).refused(&["--json or --csv"]);
    let csv = home.run(&["export", "--format", "csv", "--struck"]).done();
    assert!(csv.lines().next().unwrap().contains("struck,struck_why,corrected"), "{csv}");
}

#[test]
fn a_strike_is_taken_back_by_a_later_file() {
    let (home, id) = ready();
    home.run(&["strike", &id, "--why", WHY]).done();
    home.run(&["strike", &id, "--why", "again"]).refused(&["is struck out already", "--take-back"]);
    assert!(home.run(&["strike", &id, "--take-back"]).done().contains("No longer struck out"));
    assert_eq!(home.run(&["due"]).status, 8);
    home.run(&["strike", &id, "--take-back"]).refused(&["is not struck out"]);
    assert!(!home.run(&["show", &id]).done().contains("Struck"));
    assert_eq!(one_of(&home, ".unstruck-").parent(), one_of(&home, ".struck-").parent());
}

#[test]
fn what_is_wrong_is_refused_and_nothing_written() {
    let (home, id) = ready();
    let before = home.files();
    home.run(&["strike", &id]).refused(&["--why"]);
    home.run(&["strike", &id, "--why", " "]).refused(&["--why is empty"]);
    home.run(&["strike", &id, "--why", &"x".repeat(121)]).refused(&["121 characters; 120 fit"]);
    home.run(&["strike", "2001-01-01", "--why", WHY]).refused(&["There is no session"]);
    home.run(&["strike", &id, "--later", "1", "--why", WHY]).refused(&["no later note 1", "which has 0"]);
    home.run(&["strike", &id, "--later", "0", "--why", WHY]).refused(&["no later note 0"]);
    home.run(&["roller", "strike", "green", "--why", WHY]).refused(&["There is no roller"]);
    home.run(&["roller", "strike", "blue", "--why", WHY]).refused(&[
        "was used in a session",
        "Nothing was changed",
        "retire",
    ]);
    home.run(&["serum", "strike", "gel", "--why", WHY]).refused(&["There is no serum"]);
    assert_eq!(home.files(), before);
}

#[test]
fn one_later_note_is_struck_out_and_the_others_stay() {
    let (home, id) = ready();
    home.run(&["note", &id, "first", "--felt", "pink"]).done();
    home.run(&["note", &id, "second"]).done();
    let said = home.run(&["strike", &id, "--later", "1", "--why", "of another day"]).done();
    assert!(said.contains("the note of") && said.contains("(first)"), "{said}");
    let shown = home.run(&["show", &id]).done();
    assert!(shown.contains("struck out (of another day)") && shown.contains("second"), "{shown}");
    assert!(!shown.starts_with("Struck out"), "{shown}");
    let csv = home.run(&["export", "--format", "csv"]).done();
    assert!(csv.contains("second") && !csv.contains("first"), "{csv}");
    assert!(home.run(&["export", "--format", "csv", "--struck"]).done().contains("first (struck out)"));
    assert!(!home.run(&["history", "--json"]).done().contains("first"));
    home.run(&["strike", &id, "--later", "1", "--take-back"]).done();
    assert!(home.run(&["export", "--format", "csv"]).done().contains("first"));
}

#[test]
fn rollers_and_serums_are_struck_out_where_nothing_hangs_on_them() {
    let home = Home::new();
    home.run(&["roller", "add", "comma", "--length", "0.2"]).done();
    home.run(&["serum", "add", "gel"]).done();
    home.run(&["roller", "strike", "comma", "--why", WHY]).done();
    home.run(&["serum", "strike", "gel", "--why", WHY]).done();
    for list in ["roller", "serum"] {
        assert!(!home.run(&[list, "list"]).out.contains("struck"));
        let all = home.run(&[list, "list", "--struck"]).done();
        assert!(all.contains("struck out") && all.contains(WHY), "{all}");
        assert_eq!(home.json(&[list, "list", "--json", "--struck"])[0]["struck"]["why"], WHY);
    }
    let (startup, _) = home.startup();
    assert!(startup.rollers.is_empty() && startup.serum.is_empty());
    assert_eq!(startup.retired_rollers, ["comma"], "its id is taken");
    for args in [&["log", &home.ago(3), "--roller", "comma"][..], &["roller", "retire", "comma"]] {
        home.run(args).refused(&["The roller \"comma\" is struck out already"]);
    }
    home.run(&["serum", "retire", "gel"]).refused(&["The serum \"gel\" is struck out already"]);
    // Its name is free.
    home.run(&["roller", "add", "comma", "--length", "0.13"]).done();
    home.run(&["roller", "strike", "comma", "--take-back"]).refused(&["There is a roller \"comma\" already"]);
    home.run(&["serum", "strike", "gel", "--take-back"]).done();
    home.run(&["serum", "strike", "gel", "--take-back"]).refused(&["The serum \"gel\" is not struck out"]);
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "strike", "red", "--take-back"]).refused(&["The roller \"red\" is not struck out"]);
    assert!(home.run(&["serum", "list"]).done().contains("gel"));
}

#[test]
fn a_strike_never_makes_a_retirement_or_a_use_disappear() {
    let home = Home::new();
    home.run(&["roller", "add", "blue", "--length", "0.13"]).done();
    home.run(&["roller", "retire", "blue", "--why", "bent"]).done();
    let said = home.run(&["roller", "strike", "blue", "--why", WHY]).done();
    assert!(said.contains("Struck out"), "{said}");
    let standing = Ledger::new(&home.data()).standing(["blue"]);
    assert_eq!(format!("{standing:?}"), "[(\"blue\", Retired)]");
    home.run(&["roller", "strike", "blue", "--take-back"]).done();
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["retired"], true);
    // Another computer used it before it heard of the strike.
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "strike", "red", "--why", WHY]).done();
    fs::rename(one_of(&home, "red.struck-"), home.path().join("kept")).unwrap();
    home.run(&["log", &home.ago(3), "--roller", "red"]).done();
    fs::copy(home.path().join("kept"), home.data().join("rollers/red.struck-20260101-000000-ab12.toml")).unwrap();
    let list = home.run(&["roller", "list"]).done();
    assert!(list.contains("red") && list.contains("struck out"), "a used one is listed: {list}");
    assert!(home.startup().0.rollers.is_empty());
}

/// A session that the program ran keeps its day and its roller's use.
#[test]
fn a_day_on_which_skin_was_rolled_stays_held() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(500).keys("yyn").key(dermaroll::content::keymap::Key::Enter);
    drop(run);
    let (root, path) = (computer.root(), computer.sessions()[0].clone());
    let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let before = Totals::read(&root);
    amendment::write(&OsDisk, &path, &Amendment::new(What::Struck, &stem, Wall::default(), WHY)).unwrap();
    let totals = Totals::read(&root);
    assert_eq!((before.counted(), totals.counted()), (1, 0));
    assert_eq!(totals.last, None);
    let hold = totals.last_hold(|_| false).unwrap();
    assert!(hold.is_struck && !hold.is_doubtful);
    let roller = &before.last.unwrap().rollers[0];
    assert_eq!((totals.uses_of(roller), totals.knows_uses()), (1, true));
    let history = History::read(&root);
    assert!(history.past[0].holds_interval() && !history.past[0].is_void());
    assert!(history.uncounted.is_empty() && history.remnants.is_empty(), "{history:?}");
    let due = store::startup::due(Some(0), 28, 7);
    assert!(matches!(due, DueState::TooSoon { .. }));
}

#[test]
fn a_struck_session_that_was_rolled_is_told_by_due() {
    let home = Home::new();
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(500).keys("yyn").key(dermaroll::content::keymap::Key::Enter);
    drop(run);
    // The same record as if it were of today: a new header needs a new checksum everywhere, so the clock goes back instead.
    let path = computer.sessions()[0].clone();
    let folder = home.data().join("sessions/2026");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    let id = path.file_stem().unwrap().to_str().unwrap();
    let struck = home.run(&["strike", id, "--why", WHY]).done();
    assert!(struck.contains("the interval is still counted from it"), "{struck}");
    assert!(home.run(&["show", id]).done().contains("the interval is still counted from it"));
    assert_eq!(home.json(&["due", "--json"])["held_by_struck"], true);
    // A note on it does not go to the session before.
    home.run(&["log", "2025-01-01"]).done();
    for args in [&["note", "calm"][..], &["note", "last", "calm"]] {
        home.run(args).refused(&["skin was rolled", id, "is struck out", "Nothing was saved", "by its id"]);
    }
    assert!(home.run(&["note", id, "calm"]).done().contains(id));
    assert!(home.run(&["note", "2025-01-01", "calm"]).done().contains("20250101"));
}

#[test]
fn a_strike_that_cannot_be_read_strikes_nothing_and_is_named() {
    let (home, id) = ready();
    home.run(&["note", &id, "a little dry"]).done();
    home.run(&["strike", &id, "--why", WHY]).done();
    let strike = one_of(&home, ".struck-");
    let whole = fs::read_to_string(&strike).unwrap();
    let name = strike.file_name().unwrap().to_str().unwrap().to_owned();
    let newer = whole.replace("format = 1", "format = 2");
    let cut = &whole[..whole.len() - 20];
    let other = whole.replace(&id, "20200101T000000Z-ab12");
    for text in [cut, "", "what = \"struck\"", &newer, &other, &whole.replace("struck\"", "erased\"")] {
        fs::write(&strike, text).unwrap();
        let due = home.run(&["due"]);
        assert_eq!(due.status, 8, "{text}");
        for args in [&["due"][..], &["history", "--plain"], &["history", "--json"], &["show", &id]] {
            let ended = home.run(args);
            assert!(ended.err.contains(&name) && ended.err.contains("strikes out and corrects nothing"), "{ended:?}");
            assert!(!ended.out.contains("Struck"), "{args:?}: {ended:?}");
        }
        assert_eq!(home.json(&["due", "--json"])["unread"].as_array().unwrap().len(), 0, "no session is unread");
    }
}

/// Nobody knows what it says, so that the later day may hold.
#[test]
fn what_takes_a_strike_back_or_corrects_a_day_holds_also_where_it_cannot_be_read() {
    let (home, id) = ready();
    home.run(&["strike", &id, "--why", WHY]).done();
    home.run(&["strike", &id, "--take-back"]).done();
    fs::write(one_of(&home, ".unstruck-"), "format = 1").unwrap();
    assert_eq!(home.run(&["due"]).status, 8, "it is struck out no longer");
    let home = Home::new();
    home.run(&["log", &home.ago(400)]).done();
    home.run(&["correct", "last", "--day", &home.ago(3)]).done();
    let correction = one_of(&home, ".corrected-");
    for text in ["", "format = 1"] {
        fs::write(&correction, text).unwrap();
        let due = home.run(&["due"]);
        assert!(due.status == 8 && due.err.contains(correction.to_str().unwrap()), "{due:?}");
        let json = home.json(&["due", "--json"]);
        assert_eq!(
            (&json["days_ago"], &json["unread"][0]),
            (&0.into(), &correction.to_str().unwrap().into()),
            "{json}"
        );
        let next = home.run(&["export", "--format", "ics"]).out;
        assert!(next.contains(&home.ago(-28).replace('-', "")), "{next}");
    }
    // The day was said anew since.
    home.run(&["correct", "last", "--day", &home.ago(60)]).done();
    assert_eq!(home.run(&["due"]).status, 0);
}

#[test]
fn a_copy_of_a_strike_is_named_and_strikes_nothing() {
    let (home, id) = ready();
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "strike", "red", "--why", WHY]).done();
    home.run(&["strike", &id, "--why", WHY]).done();
    for part in ["red.struck-", "Z-"].map(|part| if part == "Z-" { format!("{id}.struck-") } else { part.to_owned() }) {
        let strike = one_of(&home, &part);
        let copied = strike.with_file_name(
            strike.file_name().unwrap().to_str().unwrap().replace(".toml", " (conflicted copy 2026-01-01).toml"),
        );
        fs::rename(&strike, &copied).unwrap();
    }
    let list = home.run(&["roller", "list"]);
    assert!(list.err.contains("looks like a copy of what was struck out") && list.out.contains("red"), "{list:?}");
    assert!(!list.out.contains("not to be used"), "it says nothing of a retirement: {list:?}");
    let due = home.run(&["due"]);
    assert_eq!(due.status, 8);
    let what = format!("looks like a copy of what was struck out or corrected of the session {id}");
    assert!(due.err.contains(&what), "{due:?}");
}

#[test]
fn a_copy_of_a_later_note_is_no_copy_of_the_session() {
    let (home, id) = ready();
    home.run(&["note", &id, "a little dry"]).done();
    let note = one_of(&home, ".later-");
    fs::copy(&note, note.with_file_name(format!("{id}.later-20260101T080000Z (1).toml"))).unwrap();
    let due = home.run(&["due"]);
    assert!(due.err.contains(&format!("looks like a copy of a later note on the session {id}")), "{due:?}");
}

/// Copies what the other does not have; what both have must be the same.
fn sync(one: &Home, other: &Home) {
    for (from, to) in [(one, other), (other, one)] {
        for (path, text) in from.files() {
            let there = to.data().join(path.strip_prefix(from.data()).unwrap());
            if let Ok(same) = fs::read_to_string(&there) {
                assert_eq!(same, text, "a conflict: {}", there.display());
            } else {
                fs::create_dir_all(there.parent().unwrap()).unwrap();
                fs::write(there, text).unwrap();
            }
        }
    }
}

#[test]
fn two_computers_strike_the_same_without_a_conflict() {
    let (one, id) = ready();
    let other = Home::new();
    sync(&one, &other);
    for home in [&one, &other] {
        home.run(&["strike", &id, "--why", WHY]).done();
        home.run(&["correct", &home.ago(60), "--feel", "2"]).done();
    }
    sync(&one, &other);
    for home in [&one, &other] {
        assert_eq!(home.files().iter().filter(|(path, _)| path.to_string_lossy().contains(".struck-")).count(), 2);
        assert!(home.run(&["due"]).done().starts_with("Due: 32 days over"));
    }
    other.run(&["strike", &id, "--take-back"]).done();
    sync(&one, &other);
    assert_eq!(one.run(&["due"]).status, 8);
}

/// What an older build makes of it: a copy of the session, whose day it keeps.
#[test]
fn the_day_stays_held_where_the_session_is_missing() {
    let (home, id) = ready();
    home.run(&["strike", &id, "--why", WHY]).done();
    let session: &Path = &home.data().join("sessions").join(&id[..4]).join(format!("{id}.toml"));
    fs::remove_file(session).unwrap();
    let due = home.run(&["due"]);
    assert_eq!(due.status, 8);
    assert!(due.err.contains("which is missing"), "{due:?}");
}

#[test]
fn of_two_words_the_later_counts_whatever_the_order_of_the_files() {
    let (home, id) = ready();
    let session = home.data().join("sessions").join(&id[..4]).join(format!("{id}.toml"));
    let at = |unix, what| {
        let amendment = Amendment {
            written: Timestamp::of(Wall { unix, offset: 0 }),
            ..Amendment::new(what, &id, Wall::default(), WHY)
        };
        let what: &str = what.into();
        fs::write(
            session.with_file_name(format!("{id}.{what}-20260101-00{unix:04}-ab12.toml", unix = unix % 10_000)),
            amendment.to_text(),
        )
        .unwrap();
    };
    at(1_790_000_000, What::Unstruck);
    at(1_780_000_000, What::Struck);
    assert_eq!(home.run(&["due"]).status, 8);
    at(1_790_000_001, What::Struck);
    assert_eq!(home.run(&["due"]).status, 0);
}
