//! `dermaroll note`: a reaction, days later.

use std::fs;

use dermaroll::content::built_in;
use engine::protocol::Kind;
use store::record::{RecordKind, SessionFile, Start};

use crate::support::house::House;
use crate::support::pty::command;

/// A home with one session, three days ago.
fn with_session() -> (House, String) {
    let house = House::new();
    let day = house.ago(3);
    house.run(&["log", &day]).done();
    let id = house.id_of(&day);
    (house, id)
}

fn notes(house: &House) -> Vec<String> {
    let later = |(path, text): (std::path::PathBuf, String)| path.to_str().unwrap().contains(".later-").then_some(text);
    house.files().into_iter().filter_map(later).collect()
}

#[test]
fn a_note_is_a_file_of_its_own_and_is_shown() {
    let (house, id) = with_session();
    let before = house.files();
    let photo = house.path().join("cheek.jpg");
    fs::write(&photo, "").unwrap();
    let photo = photo.to_str().unwrap();
    let said = house.run(&["note", "last", "a little dry", "--felt", "sore,pink", "--felt", "pink", "--photo", photo]);
    assert!(said.done().contains(&format!("{id} ")), "it says with which session");
    let files = house.files();
    assert_eq!(files.len(), 2);
    assert!(files.contains(&before[0]), "the session itself is never touched again");
    let note = notes(&house).remove(0);
    let ends = format!("day = 3\nfelt = [\"pink\", \"sore\"]\ntext = \"a little dry\"\nphotos = [\"{photo}\"]\n");
    assert!(note.starts_with(&format!("format = 1\nsession = \"{id}\"\nwritten = {}T", house.ago(0))), "{note}");
    assert!(note.ends_with(&ends), "{note}");
    let shown = house.run(&["show", &id]).done();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!("Later {}, day 3: pink, sore; a little dry; photo", house.ago(0));
    assert!(shown.contains(&line), "{shown}");
    let json = house.json(&["show", &id, "--json"]);
    assert_eq!(json["remarks"][0]["felt"], serde_json::json!(["pink", "sore"]));
    assert_eq!(json["remarks"][0]["photos"], serde_json::json!([photo]));
}

#[test]
fn every_form_of_the_command_reaches_the_session() {
    let (house, id) = with_session();
    let forms: [&[&str]; 7] = [
        &["note", "calm again"],
        &["note", "calm"],
        &["note", "last", "calm"],
        &["note", &id, "calm"],
        &["note", &id[..8], "--felt", "calm"],
        &["note", "--felt", "calm", "--day", "1"],
        &["note", "--photo", "/dev/null"],
    ];
    for (count, form) in forms.into_iter().enumerate() {
        house.run(form).done();
        // Also within one second each note has a file of its own.
        assert_eq!(notes(&house).len(), count + 1, "{form:?}");
    }
    assert!(notes(&house).iter().any(|note| note.contains("day = 1\n")));
    assert_eq!(house.json(&["show", "--json"])["remarks"].as_array().unwrap().len(), 7);
}

#[test]
fn a_note_goes_to_the_last_session_that_rolled() {
    let (house, id) = with_session();
    let protocol = built_in(Kind::Session).unwrap();
    let mut start = Start::of(&protocol, house.now()).unwrap();
    SessionFile::create(&house.data(), &start).unwrap();
    start.kind = RecordKind::Check;
    SessionFile::create(&house.data(), &start).unwrap();
    assert!(house.run(&["note", "calm"]).done().contains(&id));
}

#[test]
fn nothing_to_note_is_refused_with_an_example() {
    let (house, id) = with_session();
    for words in [&["note"][..], &["note", "last"], &["note", &id], &["note", "--day", "1"]] {
        house.run(words).refused(&["nothing to note", "dermaroll note last \"a little dry\" --felt pink"]);
    }
    house.run(&["note", "last", "  "]).refused(&["The note is empty"]);
    house.run(&["note", &"x".repeat(2_001)]).refused(&["2001 characters; 2000 fit", "Make it shorter"]);
    house.run(&["note", "--felt", "dry"]).refused(&["'dry'", "expected one of pink, sore, calm, spots"]);
    house.run(&["note", "calm", "--day", "4"]).refused(&["Day 4", "has not come yet; today is day 3"]);
    house.run(&["note", "nowhere", "calm"]).refused(&["There is no session \"nowhere\"", "Nothing was changed"]);
    house.run(&["note", "20200101", "calm"]).refused(&["There is no session \"20200101\""]);
    let many: Vec<&str> = ["note"].into_iter().chain(["--photo", "x"].into_iter().cycle().take(42)).collect();
    house.run(&many).refused(&["21 photos", "20 fit"]);
    let output = command(&["note", "--photo"], house.path()).arg(not_text()).output().unwrap();
    crate::support::house::Ended::of(output).refused(&["is no text"]);
    assert_eq!(notes(&house), Vec::<String>::new());
}

fn not_text() -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(vec![b'x', 0xff])
}

#[test]
fn without_a_session_there_is_nothing_to_note_on() {
    let house = House::new();
    house.run(&["note", "calm"]).refused(&["There is no session in", "dermaroll begins one"]);
    assert!(!house.data().exists(), "a refusal makes nothing");
}

#[test]
fn a_photo_need_not_be_there() {
    let (house, _) = with_session();
    let output =
        command(&["note", "--photo", "later.jpg"], house.path()).env("TZ", house.zone()).current_dir("/").output();
    let ended = crate::support::house::Ended::of(output.unwrap());
    assert_eq!(ended.status, 0);
    assert!(ended.err.contains("There is no file /later.jpg at present"), "{}", ended.err);
    assert!(notes(&house)[0].contains("photos = [\"/later.jpg\"]"));
}

#[test]
fn an_id_may_be_short_as_long_as_it_is_one() {
    let house = House::new();
    let (early, late) = (house.ago(40), house.ago(9));
    house.run(&["log", &early]).done();
    house.run(&["show", ""]).refused(&["There is no session \"\"", "dermaroll show last"]);
    house.run(&["log", &late]).done();
    house.run(&["show", "20"]).refused(&["More than one session is meant by \"20\"", "Type more of its id"]);
    assert!(house.run(&["show", &early.replace('-', "")]).done().contains(&early));
}

#[test]
fn the_day_names_a_session_too() {
    let house = House::new();
    let (early, late) = (house.ago(40), house.ago(9));
    house.run(&["log", &early]).done();
    house.run(&["log", &late]).done();
    assert!(house.run(&["show", &early]).done().contains(&early));
    house.run(&["note", &early, "all calm"]).done();
    house.run(&["note", &early, "--felt", "pink"]).done();
    let shown = house.run(&["show", &early]).done();
    assert!(shown.contains("all calm") && shown.contains("day 40: pink"), "{shown}");
    house.run(&["show", &house.ago(8)]).refused(&["There is no session"]);
    house.run(&["log", &late, "--again"]).done();
    house.run(&["show", &late]).refused(&["More than one session is meant by", "Type more of its id"]);
}

#[test]
fn a_note_of_a_newer_build_stands_beside_and_is_left() {
    let (house, id) = with_session();
    let path = house.files()[0].0.with_file_name(format!("{id}.later-20260101T000000Z.toml"));
    fs::write(&path, "format = 2\nmood = 3\n").unwrap();
    house.run(&["note", "calm"]).done();
    assert_eq!(house.json(&["show", "--json"])["remarks"].as_array().unwrap().len(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "format = 2\nmood = 3\n");
}

/// As a text it would go to another session without a word.
#[test]
fn what_was_probably_meant_as_a_session_is_refused() {
    let (house, _) = with_session();
    for word in ["2026-9-5", "202611", "2026-13-45", "lsat", "Last", "las", "7"] {
        let said = house.run(&["note", word, "--felt", "pink"]);
        said.refused(&["names no session and no day", "Nothing was saved", "2026-11-22", "dermaroll note last"]);
    }
    assert_eq!(notes(&house), Vec::<String>::new());
    for word in ["list", "fast", "least red so far"] {
        house.run(&["note", word]).done();
    }
    house.run(&["note", "last", "202611"]).done();
    assert_eq!(notes(&house).len(), 4);
}

#[test]
fn notes_of_one_second_stay_in_their_order() {
    let (house, _) = with_session();
    for word in ["first", "second", "third", "fourth"] {
        house.run(&["note", word]).done();
    }
    let shown = house.run(&["show"]).done();
    let places = ["first", "second", "third", "fourth"].map(|word| shown.find(word).unwrap());
    assert!(places.is_sorted(), "{shown}");
}

/// What is said of the last session must not go to the one before it, nor that one be shown in its place.
#[test]
fn the_last_session_is_none_while_a_newer_one_may_be_there() {
    type Harm = fn(&std::path::Path);
    let harms: [(&str, Harm); 7] = [
        ("a copy", |path| fs::rename(path, path.with_file_name(format!("Copy of {}", name(path)))).unwrap()),
        ("a download", |path| fs::rename(path, path.with_file_name(format!("{}.part", name(path)))).unwrap()),
        ("in the cloud", |path| fs::rename(path, path.with_file_name(format!(".{}.icloud", name(path)))).unwrap()),
        ("empty", |path| fs::write(path, "").unwrap()),
        ("an empty copy", |path| {
            fs::write(path.with_file_name(name(path).replace(".toml", " (1).toml")), "").unwrap();
            fs::remove_file(path).unwrap();
        }),
        ("a folder", |path| fs::remove_file(path).and_then(|()| fs::create_dir(path)).unwrap()),
        ("marks of a conflict", |path| fs::write(path, "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n").unwrap()),
    ];
    for (kind, harm) in harms {
        let house = House::new();
        house.run(&["log", &house.ago(40)]).done();
        let older = house.files().remove(0).0;
        house.run(&["log", &house.ago(3)]).done();
        let newer = house.files().into_iter().map(|(path, _)| path).find(|path| *path != older).unwrap();
        // A copy of the older one stands in nobody's way.
        fs::copy(&older, older.with_file_name(format!("Copy of {}", name(&older)))).unwrap();
        assert!(house.run(&["note", "last", "calm"]).out.contains(&house.id_of(&house.ago(3))), "{kind}");
        fs::remove_file(newer.with_file_name(name_of_note(&house))).unwrap();
        harm(&newer);
        for args in [&["note", "last", "calm"][..], &["show", "last"]] {
            let refused = house.run(args);
            assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{kind} {args:?}: {refused:?}");
            assert!(refused.err.contains(newer.file_stem().unwrap().to_str().unwrap()), "{kind}: {refused:?}");
        }
        assert_eq!(notes(&house), [""; 0], "{kind}");
    }
    // One that was deleted is no session any more.
    let house = House::new();
    house.run(&["log", &house.ago(40)]).done();
    fs::create_dir_all(house.data().join("intervals")).unwrap();
    let day = house.data().join("intervals/20991122T183000Z-ab12.toml");
    fs::write(day, "rollers = []\nretired = []\n").unwrap();
    house.run(&["note", "last", "calm"]).done();
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The name of the only note.
fn name_of_note(house: &House) -> String {
    let mut names = house.files().into_iter().map(|(path, _)| name(&path)).filter(|name| name.contains(".later-"));
    names.next().unwrap()
}
