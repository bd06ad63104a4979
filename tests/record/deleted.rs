//! A session that is deleted: its day and its rollers stay.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use store::record::{History, RecordKind, Start, Totals};
use store::recorder::Recorder;

use crate::record::past::{blind, holds, last_day, session};

#[test]
fn a_deleted_session_leaves_its_day_and_its_rollers_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let file = session(root.path(), 0, |_, _| {});
    Recorder::new(root.path().to_owned(), false).discard(&file.header().id).unwrap();
    let history = History::read(root.path());
    assert_eq!((history.past.len(), history.uncounted.len()), (0, 0));
    assert!(holds(&history));
    assert_eq!(Totals::of(&history).uses_of("blue"), 1);
    let text = fs::read_to_string(root.path().join(format!("intervals/{}.toml", file.header().id))).unwrap();
    assert!(text.ends_with("rollers = [\"blue\"]\nretired = []\n"), "{text}");
}

/// What is in the way must neither pass for the note on the day nor be lost.
#[test]
fn a_session_stays_where_its_day_cannot_be_kept() {
    type Harm = fn(&Path, &Path);
    let harms: [(&str, Harm); 8] = [
        ("a file for the folder", |folder, _| fs::write(folder, "").unwrap()),
        ("a link that leads nowhere", |folder, _| symlink("/nowhere", folder).unwrap()),
        ("an empty note", |folder, note| fs::create_dir(folder).and_then(|()| fs::write(note, "")).unwrap()),
        ("half a note", |folder, note| {
            fs::create_dir(folder).and_then(|()| fs::write(note, "rollers = [\"blue\"]\n")).unwrap();
        }),
        ("a newer note", |folder, note| {
            fs::create_dir(folder).and_then(|()| fs::write(note, "format = 2\n")).unwrap();
        }),
        ("a folder for the note", |_, note| fs::create_dir_all(note).unwrap()),
        ("a link for the note", |folder, note| {
            fs::create_dir(folder).and_then(|()| symlink("/nowhere", note)).unwrap();
        }),
        ("a record that cannot be read", |folder, _| {
            let year = fs::read_dir(folder.with_file_name("sessions")).unwrap().next().unwrap().unwrap().path();
            let record = fs::read_dir(year).unwrap().next().unwrap().unwrap().path();
            blind(&record).unwrap();
        }),
    ];
    for (kind, harm) in harms {
        let root = tempfile::tempdir().unwrap();
        let file = session(root.path(), 0, |_, _| {});
        let folder = root.path().join("intervals");
        harm(&folder, &folder.join(format!("{}.toml", file.header().id)));
        let there = fs::symlink_metadata(&folder).is_ok();
        let refused = Recorder::new(root.path().to_owned(), false).discard(&file.header().id);
        assert!(refused.is_err() && file.path().exists(), "{kind}: {refused:?}");
        assert_eq!(fs::symlink_metadata(&folder).is_ok(), there, "{kind}");
    }
}

/// Deleted before on another computer, from which it came back.
#[test]
fn a_day_that_is_kept_already_takes_what_is_new_of_it() {
    for there in [
        "rollers = []\nretired = [\"red\"]\n",
        "rollers = [\"blue\"]\nretired = [\"red\"]\n",
        "format = 1\nrollers = [\"blue\"]\nretired = [\"red\"]\n",
    ] {
        let root = tempfile::tempdir().unwrap();
        let file = session(root.path(), 0, |_, _| {});
        let note = root.path().join(format!("intervals/{}.toml", file.header().id));
        fs::create_dir(note.parent().unwrap()).and_then(|()| fs::write(&note, there)).unwrap();
        Recorder::new(root.path().to_owned(), false).discard(&file.header().id).unwrap();
        assert!(!file.path().exists());
        let kept = fs::read_to_string(&note).unwrap();
        assert!(kept.ends_with("rollers = [\"blue\"]\nretired = [\"red\"]\n"), "{kept}");
    }
}

/// Cut off anywhere, also behind a whole line, it is told of.
#[test]
fn a_note_on_a_deleted_day_that_was_cut_off_is_never_a_whole_one() {
    let root = tempfile::tempdir().unwrap();
    let file = session(root.path(), 0, |_, _| {});
    Recorder::new(root.path().to_owned(), false).discard(&file.header().id).unwrap();
    let note = root.path().join(format!("intervals/{}.toml", file.header().id));
    let whole = fs::read(&note).unwrap();
    for length in 0..whole.len() - 1 {
        fs::write(&note, &whole[..length]).unwrap();
        let history = History::read(root.path());
        assert!(holds(&history), "cut off at {length}");
        let totals = Totals::of(&history);
        assert_eq!(totals.unread().collect::<Vec<_>>(), [note.as_path()], "cut off at {length}");
        assert!(!totals.knows_uses(), "cut off at {length}");
    }
}

#[test]
fn a_trial_or_a_check_that_is_deleted_holds_nothing() {
    for change in [|start: &mut Start| start.trial = true, |start: &mut Start| start.kind = RecordKind::Check] {
        let root = tempfile::tempdir().unwrap();
        let file = session(root.path(), 0, |start, _| change(start));
        Recorder::new(root.path().to_owned(), false).discard(&file.header().id).unwrap();
        assert_eq!(last_day(&History::read(root.path())), None);
    }
}
