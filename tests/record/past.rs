//! What was: the list of sessions, the ledger, later notes, and one session as text.

use std::fs;
use std::path::Path;
use std::time::Duration;

use engine::protocol::{Micrometres, Section};
use engine::session::{Outcome, SectionEnd, Summary};
use engine::timeline::Wall;
use store::calendar::Date;
use store::record::ledger::{Condition, RetireError};
use store::record::{
    Day, History, Ledger, OsDisk, OwnedRoller, Past, RecordKind, SessionFile, Start, Totals, follow_up, read,
};

use crate::support::counts::count;
use crate::support::fixture::{self, BEGAN};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Words of a later note.
pub(crate) fn said(day: Option<u32>, text: &str) -> follow_up::NewFollowUp {
    follow_up::NewFollowUp { day, text: text.to_owned(), ..follow_up::NewFollowUp::default() }
}

pub(crate) fn session(root: &Path, days_later: i64, change: impl Fn(&mut Start, &mut Summary)) -> SessionFile {
    let (mut start, mut summary) = (fixture::start(), fixture::summary());
    start.started = Wall { unix: BEGAN.unix + days_later * 86_400, ..BEGAN };
    change(&mut start, &mut summary);
    let protocol = fixture::protocol();
    let mut file = SessionFile::create(root, &start).unwrap();
    fixture::entries().iter().for_each(|entry| file.record(&protocol, entry).unwrap());
    file.close(&protocol, &summary).unwrap();
    file
}

#[test]
fn the_last_session_that_counts_is_found_among_those_that_do_not() {
    let root = tempfile::tempdir().unwrap();
    let first = session(root.path(), 0, |_, _| {});
    let second = session(root.path(), 28, |_, _| {});
    session(root.path(), 30, |start, _| start.trial = true);
    session(root.path(), 31, |start, _| start.kind = RecordKind::Check);
    session(root.path(), 32, |_, summary| {
        summary.outcome = Outcome::StoppedByList;
        summary.rolled = Duration::ZERO;
    });
    let begun = SessionFile::create(
        root.path(),
        &Start { started: Wall { unix: BEGAN.unix + 33 * 86_400, ..BEGAN }, ..fixture::start() },
    )
    .unwrap();
    let history = History::read(root.path());
    assert_eq!((history.past.len(), history.uncounted.len()), (6, 0));
    assert!(history.past.is_sorted_by(|newer, older| newer.id > older.id));
    let totals = Totals::of(&history);
    let last = totals.last.as_ref().unwrap();
    assert_eq!((last.id.as_str(), totals.counted()), (second.header().id.as_str(), 2));
    assert_eq!(Date::of(last.started.wall()).to_string(), "2026-12-20");
    assert_eq!((last.outcome, last.sections_done, last.order.len()), (Some(Outcome::Part), 0, 5));
    let past = history.past.iter().find(|past| past.id == last.id).unwrap();
    let skipped = past.ended_as(|end| end == SectionEnd::Skipped).next().unwrap();
    assert_eq!((skipped.section, &skipped.skipped_because[..]), (Section::LowerRight, &["eczema".to_owned()][..]));
    let interrupted: Vec<&str> = totals.interrupted.iter().map(|past| past.id.as_str()).collect();
    assert_eq!(interrupted, [begun.header().id.as_str()]);
    assert!(first.path().is_file());
}

#[test]
fn uses_are_counted_where_the_roller_touched_the_skin() {
    let root = tempfile::tempdir().unwrap();
    session(root.path(), 0, |_, _| {});
    session(root.path(), 28, |start, _| start.trial = true);
    let protocol = fixture::protocol();
    // Left open by a crash in mid-session: the roller was used all the same.
    let mut crashed = SessionFile::create(root.path(), &fixture::start()).unwrap();
    fixture::entries().iter().take(17).for_each(|entry| crashed.record(&protocol, entry).unwrap());
    // Taken, soaked, and never used.
    let mut early = SessionFile::create(root.path(), &fixture::start()).unwrap();
    fixture::entries().iter().take(9).for_each(|entry| early.record(&protocol, entry).unwrap());
    let history = History::read(root.path());
    assert_eq!(Totals::of(&history).uses_of("blue"), 2);
}

#[test]
fn what_file_managers_and_sync_programs_keep_for_themselves_is_passed_over() {
    let root = tempfile::tempdir().unwrap();
    session(root.path(), 0, |_, _| {});
    let sessions = root.path().join("sessions");
    fs::write(sessions.join(".DS_Store"), "").unwrap();
    fs::create_dir(sessions.join(".stversions")).unwrap();
    fs::write(sessions.join(".stversions/20260101T000000Z-ab12.toml"), "an old version").unwrap();
    let history = History::read(root.path());
    assert_eq!((history.past.len(), history.uncounted.len()), (1, 0), "{:?}", history.uncounted);
}

/// The file of a session that rolled, after `change`, and the history that it leaves.
fn harmed(change: impl Fn(&Path, String)) -> (tempfile::TempDir, History) {
    let root = tempfile::tempdir().unwrap();
    let file = session(root.path(), 0, |_, _| {});
    change(file.path(), fs::read_to_string(file.path()).unwrap());
    let history = History::read(root.path());
    (root, history)
}

pub(crate) fn last_day(history: &History) -> Option<Date> {
    Totals::of(history).last_hold(|_| false).map(|held| held.day)
}

/// Its day is held. The name of a file tells it by the clock of whoever runs the test, where it may be the next.
pub(crate) fn holds(history: &History) -> bool {
    last_day(history).is_some_and(|day| day.days_since(Date::of(BEGAN)).abs() <= 1)
}

#[test]
fn a_damaged_top_leaves_the_day_and_the_rollers() {
    let (_root, history) = harmed(|path, text| fs::write(path, text.replacen("kind", "kinb", 1)).unwrap());
    assert_eq!((history.past.len(), history.uncounted.len()), (0, 1));
    assert!(holds(&history));
    assert_eq!(Totals::of(&history).uses_of("blue"), 1);
    assert!(!Totals::of(&history).knows_uses(), "what is damaged may name another one");
}

#[test]
fn a_session_of_which_nothing_can_be_read_counts_as_rolled() {
    type Harm = fn(&Path, String);
    let harms: [Harm; 5] = [
        |path, text| fs::write(path, vec![0; text.len()]).unwrap(),
        |path, text| fs::write(path, text.replace("event", "evemt")).and_then(|()| blind(path)).unwrap(),
        |path, _| fs::write(path, vec![b'x'; 2 << 20]).unwrap(),
        |path, _| fs::remove_file(path).and_then(|()| fs::create_dir(path)).unwrap(),
        |path, _| fs::write(path, "format = 2\n\n").unwrap(),
    ];
    for (place, harm) in harms.iter().enumerate() {
        let (_root, history) = harmed(harm);
        assert_eq!((history.past.len(), history.uncounted.len()), (0, 1), "{place}");
        assert!(holds(&history), "{place}");
        assert!(!Totals::of(&history).knows_uses(), "{place}");
    }
}

/// Damages the top.
pub(crate) fn blind(path: &Path) -> std::io::Result<()> {
    fs::write(path, fs::read_to_string(path)?.replacen("kind", "kinb", 1))
}

/// Every prefix of a record, whole blocks and torn ones: another program may have cut off what told of rolling.
#[test]
fn a_record_cut_off_anywhere_holds_its_day() {
    let root = tempfile::tempdir().unwrap();
    let path = session(root.path(), 0, |_, _| {}).path().to_owned();
    let text = fs::read(&path).unwrap();
    for length in 0..text.len() {
        fs::write(&path, &text[..length]).unwrap();
        let history = History::read(root.path());
        assert!(holds(&history), "cut off at {length}");
        let totals = Totals::of(&history);
        assert!(!totals.knows_uses() || totals.uses_of("blue") == 1, "cut off at {length}");
    }
}

#[test]
fn a_bit_flipped_anywhere_leaves_the_day() {
    let root = tempfile::tempdir().unwrap();
    let path = session(root.path(), 0, |_, _| {}).path().to_owned();
    let text = fs::read(&path).unwrap();
    for place in 0..text.len() {
        for bit in (0..8).filter(|bit| count(0, 1) == 1 || *bit == place % 8) {
            let mut flipped = text.clone();
            flipped[place] ^= 1 << bit;
            fs::write(&path, &flipped).unwrap();
            assert!(holds(&History::read(root.path())), "bit {bit} of byte {place}");
        }
    }
}

#[test]
fn foreign_copied_and_broken_files_are_named_and_not_counted() {
    let root = tempfile::tempdir().unwrap();
    let good = session(root.path(), 0, |_, _| {});
    let folder = good.path().parent().unwrap();
    let text = fs::read_to_string(good.path()).unwrap();
    let id = &good.header().id;
    let other = "20261123T183000Z-zzzz";
    fs::write(folder.join(format!("{id}.sync-conflict-20261123-101010-ABCDEFG.toml")), &text).unwrap();
    fs::write(folder.join(format!("{other}.toml")), &text).unwrap();
    fs::write(folder.join("20261124T183000Z-zzzz.toml"), "format = 2\n").unwrap();
    fs::write(folder.join("20261125T183000Z-zzzz.toml"), [0xff, 0xfe, b'\n', b'\n']).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    fs::write(folder.join(format!("{id}.torn-1")), "x").unwrap();
    fs::write(root.path().join("sessions/readme"), "mine").unwrap();
    follow_up::add(&OsDisk, good.path(), BEGAN, &said(None, "calm")).unwrap();
    let copy = root.path().join("sessions/2027");
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join(format!("{id}.toml")), &text).unwrap();
    let history = History::read(root.path());
    assert_eq!(history.past.iter().map(|past| &past.id).collect::<Vec<_>>(), [id]);
    let mut uncounted: Vec<String> = history.uncounted.iter().map(|uncounted| uncounted.why.clone()).collect();
    uncounted.sort();
    assert_eq!(uncounted.len(), 7, "{uncounted:#?}");
    assert!(uncounted.iter().any(|why| why.contains("newer version")), "{uncounted:#?}");
    assert_eq!(Totals::of(&history).counted(), 1);
    assert_eq!(History::read(&root.path().join("nowhere")), History::default());
}

#[test]
fn a_damaged_session_that_rolled_still_counts() {
    let root = tempfile::tempdir().unwrap();
    let file = session(root.path(), 0, |_, _| {});
    let text = fs::read_to_string(file.path()).unwrap().replace("set-up", "sat-up");
    fs::write(file.path(), text).unwrap();
    let history = History::read(root.path());
    let past = history.past.first().unwrap();
    assert_eq!(Totals::of(&history).last.unwrap().id, past.id);
    assert_eq!((past.damaged_lines.len(), past.rollers.as_slice()), (1, ["blue".to_owned()].as_slice()));
}

#[test]
fn the_ledger_keeps_rollers_and_serums() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::new(root.path());
    assert!(ledger.rollers().0.is_empty() && ledger.rollers().1.is_empty());
    let blue = ledger
        .add_roller("Blue 0.13", Micrometres(130), Condition::Sealed, Some(day("2026-11-01")), None, None)
        .unwrap();
    let twin = ledger.add_roller("blue 0.13", Micrometres(130), Condition::Used, None, None, None).unwrap();
    let nameless = ledger.add_roller("日本\u{202e}", Micrometres(250), Condition::Used, None, None, None).unwrap();
    assert_eq!([&blue.id, &twin.id, &nameless.id], ["blue-0-13", "blue-0-13-2", "roller-c7b7cdcc"]);
    ledger.retire_roller(&blue.id, day("2026-11-22"), None, "fell").unwrap();
    ledger.retire_roller(&blue.id, day("2026-12-24"), None, "again").unwrap();
    let missing = ledger.retire_roller("../rollers/blue-0-13", day("2026-11-22"), None, "x").unwrap_err();
    assert!(matches!(missing, RetireError::Unknown { .. }));
    let (rollers, uncounted) = ledger.rollers();
    assert!(uncounted.is_empty());
    let retired = rollers[0].retired.clone().unwrap();
    assert_eq!((rollers.len(), retired.on, retired.why.as_str()), (3, day("2026-11-22"), "fell"));
    assert_eq!(rollers[1], twin);
    assert_eq!(rollers[2].name, "日本\u{202e}");
    assert_eq!(blue.for_session(5).needle, Micrometres(130));
    let serum = ledger.add_serum("Plain", None, Some(day("2026-10-01")), BEGAN).unwrap();
    ledger.retire_serum(&serum.id, day("2026-11-22"), None, "used up").unwrap();
    assert_eq!(ledger.serums().0[0].retired.as_ref().unwrap().why, "used up");
    assert_eq!(
        fs::read_to_string(root.path().join("rollers/blue-0-13.toml")).unwrap(),
        "format = 1\nopened = 2026-11-01\nretired = 2026-11-22\nretired_why = \"fell\"\nname = \"Blue 0.13\"\n\
         needle_um = 130\nkept = \"sealed\"\n"
    );
}

/// What says that something must not be used again comes before what has to be there.
#[test]
fn a_file_of_the_ledger_that_was_cut_anywhere_is_no_ordinary_one() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::new(root.path());
    let end = day("2026-11-22");
    ledger.add_roller("Blue", Micrometres(130), Condition::Used, Some(end), Some("a shop"), None).unwrap();
    ledger.add_roller("Red", Micrometres(130), Condition::Sealed, None, None, None).unwrap();
    ledger.add_serum("Gel", Some("Somebody"), Some(end), BEGAN).unwrap();
    ledger.retire_roller("blue", end, None, "bent").unwrap();
    ledger.retire_serum("gel", end, None, "empty").unwrap();
    let mut cuts = 0;
    for file in [ledger.roller_file("blue"), ledger.roller_file("red"), ledger.serum_file("gel")] {
        let text = fs::read_to_string(&file).unwrap();
        // Without its last line end alone, nothing is missing.
        for length in 0..text.len() - 1 {
            fs::write(&file, &text[..length]).unwrap();
            let known = ledger.rollers().0.len() + ledger.serums().0.len();
            assert_eq!(known, 2, "{} cut to {length}", file.display());
            cuts += 1;
        }
        fs::write(&file, text).unwrap();
    }
    println!("cut ledger files: {cuts}");
}

/// A day is missing, so nobody can say that it is in use.
#[test]
fn a_reason_for_the_end_without_its_day_is_not_nothing() {
    let text = "format = 1\nname = \"Blue\"\nneedle_um = 130\nkept = \"used\"\n";
    assert_eq!(OwnedRoller::read("blue", text.as_bytes()).unwrap().retired, None);
    let said = OwnedRoller::read("blue", format!("{text}retired_why = \"bent\"\n").as_bytes()).unwrap_err();
    assert_eq!(said, "says why it was retired and not when");
}

#[test]
fn the_serum_entered_last_is_the_one_that_is_meant() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::new(root.path());
    fs::create_dir(root.path().join("serums")).unwrap();
    fs::write(root.path().join("serums/zz-old.toml"), "format = 1\nname = \"zz old\"\n").unwrap();
    let later = |seconds| BEGAN.plus(Duration::from_secs(seconds));
    assert_eq!(ledger.newest_serum(|_| true).unwrap().name, "zz old", "an early build did not say when");
    // The third within the second of the second one, the last by a clock that was set back.
    for (name, seconds, stands) in [("zinc", 0, 0), ("milk", 60, 60), ("gel", 60, 61), ("aloe", 30, 62)] {
        ledger.add_serum(name, None, None, later(seconds)).unwrap();
        let newest = ledger.newest_serum(|_| true).unwrap();
        assert_eq!((newest.name.as_str(), newest.entered.unwrap().wall()), (name, later(stands)));
    }
    ledger.retire_serum("aloe", day("2026-11-22"), None, "").unwrap();
    assert_eq!(ledger.newest_serum(|_| true).unwrap().name, "gel");
    assert_eq!(ledger.newest_serum(|serum| serum.name == "zinc").unwrap().name, "zinc");
}

#[test]
fn strange_files_in_the_ledger_are_named() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("rollers");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [
        ("newer.toml", "format = 2\nblades = 9\n"),
        ("unknown.toml", "format = 1\nname = \"a\"\nneedle_um = 1\nkept = \"used\"\nblades = 9\n"),
        ("none.toml", "name = \"a\"\n"),
        ("broken.toml", "format = 1\nname = \"\u{1b}[2J\n"),
        ("Upper Case.toml", "format = 1\n"),
        ("notes.txt", ""),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let (rollers, uncounted) = Ledger::new(root.path()).rollers();
    assert_eq!((rollers.len(), uncounted.len()), (0, 6));
    assert!(uncounted.iter().all(|uncounted| !uncounted.why.contains('\u{1b}')));
}

#[test]
fn later_notes_stand_beside_the_session_and_leave_it_alone() {
    let root = tempfile::tempdir().unwrap();
    let file = session(root.path(), 0, |_, _| {});
    let before = fs::read(file.path()).unwrap();
    let after = |days: u64| BEGAN.plus(Duration::from_secs(days * 86_400));
    follow_up::add(&OsDisk, file.path(), after(3), &said(Some(3), "calm")).unwrap();
    follow_up::add(&OsDisk, file.path(), after(1), &said(Some(1), "pink\u{7}")).unwrap();
    let twin = follow_up::add(&OsDisk, file.path(), after(1), &said(None, "and dry")).unwrap();
    // In the order in which they were written.
    assert!(twin.file_name().unwrap().to_str().unwrap().ends_with(".later-20261123T183001Z.toml"), "{twin:?}");
    fs::write(file.path().with_extension("later-20261130T101010Z.toml"), "format = 1\n").unwrap();
    let (follow_ups, uncounted) = follow_up::of_session(file.path());
    assert_eq!(follow_ups.iter().map(|follow_up| follow_up.day).max(), Some(Some(3)));
    assert_eq!(follow_ups.last().unwrap().text, "calm");
    assert!(follow_ups.iter().any(|follow_up| follow_up.text == "pink\u{7}"));
    assert_eq!((follow_ups.len(), uncounted.len()), (3, 1));
    assert_eq!(fs::read(file.path()).unwrap(), before);
    assert!(History::read(root.path()).uncounted.is_empty());
}

/// A list reads less of a record than a page about it does, and comes to the same.
#[test]
fn what_a_list_leaves_unread_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    session(root.path(), 0, |_, _| {});
    session(root.path(), 28, |_, summary| summary.outcome = Outcome::StoppedByList);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1");
    let folders = [root.path().to_owned(), golden];
    let mut seen = 0;
    for folder in folders {
        for past in History::read(&folder).past {
            let whole = Past::of(&past.path, &read(&past.path).unwrap());
            // Of these a list tells nothing.
            let (answers, sign_out) = (past.answers.clone(), past.sign_out.clone());
            assert_eq!(past, Past { answers, sign_out, ..whole });
            seen += 1;
        }
    }
    assert!(seen > 2, "the golden folder lies elsewhere");
}
