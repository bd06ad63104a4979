//! `dermaroll note`: a reaction, days later.

use std::fs;

use dermaroll::content::built_in;
use engine::protocol::Kind;
use store::record::{RecordKind, SessionFile, Skin, Start};

use crate::support::home::Home;
use crate::support::pty::command;

/// A home with one session, three days ago.
fn with_session() -> (Home, String) {
    let home = Home::new();
    let day = home.ago(3);
    home.run(&["log", &day]).done();
    let id = home.id_of(&day);
    (home, id)
}

fn notes(home: &Home) -> Vec<String> {
    let later = |(path, text): (std::path::PathBuf, String)| path.to_str().unwrap().contains(".later-").then_some(text);
    home.files().into_iter().filter_map(later).collect()
}

#[test]
fn a_note_is_a_file_of_its_own_and_is_shown() {
    let (home, id) = with_session();
    let before = home.files();
    let photo = home.path().join("cheek.jpg");
    fs::write(&photo, "").unwrap();
    let photo = photo.to_str().unwrap();
    let said = home.run(&["note", "last", "a little dry", "--felt", "sore,pink", "--felt", "pink", "--photo", photo]);
    assert!(said.done().contains(&format!("{id} ")), "it says with which session");
    let files = home.files();
    assert_eq!(files.len(), 2);
    assert!(files.contains(&before[0]), "the session itself is never touched again");
    let note = notes(&home).remove(0);
    let ends = format!("day = 3\nfelt = [\"pink\", \"sore\"]\ntext = \"a little dry\"\nphotos = [\"{photo}\"]\n");
    assert!(note.starts_with(&format!("format = 1\nsession = \"{id}\"\nwritten = {}T", home.ago(0))), "{note}");
    assert!(note.ends_with(&ends), "{note}");
    let shown = home.run(&["show", &id]).done();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!("Later {}, day 3: pink, sore; a little dry; photo", home.ago(0));
    assert!(shown.contains(&line), "{shown}");
    let json = home.json(&["show", &id, "--json"]);
    assert_eq!(json["remarks"][0]["felt"], serde_json::json!(["pink", "sore"]));
    assert_eq!(json["remarks"][0]["photos"], serde_json::json!([photo]));
}

#[test]
fn the_way_back_names_the_note_by_its_number() {
    let (home, id) = with_session();
    for (number, text) in [("1", "first"), ("2", "second")] {
        let said = home.run(&["note", "last", text]).done();
        assert!(said.contains(&format!("dermaroll strike {id} --later {number} --why TEXT")), "{said}");
        let struck = home.run(&["strike", &id, "--later", number, "--why", "a slip"]).done();
        assert!(struck.contains(&format!("({text})")), "{struck}");
    }
    let said = home.run(&["correct", &id, "--later", "2", "--text", "the second"]).done();
    assert!(said.contains(&format!("dermaroll correct {id} --later 2 with what was there before")), "{said}");
}

#[test]
fn every_word_but_calm_says_when_to_get_help() {
    for skin in Skin::ALL {
        let (home, _) = with_session();
        let said = home.run(&["note", "--skin", skin.id()]).done();
        assert_eq!(said.contains("Call your emergency number"), skin != Skin::Calm, "{said}");
        assert!(notes(&home)[0].contains(&format!("felt = [\"{}\"]", skin.id())));
        let shown = home.run(&["show", "last"]).done();
        assert!(shown.contains(&skin.id().replace('-', " ")) && !shown.contains('<'), "{shown}");
        assert!(home.run(&["export", "--format", "csv"]).out.contains(skin.id()));
        assert!(home.run(&["export", "--format", "json"]).out.contains(&format!("\"{}\"", skin.id())));
        assert!(home.run(&["export", "--format", "md"]).out.contains(&skin.id().replace('-', " ")));
    }
}

#[test]
fn every_form_of_the_command_reaches_the_session() {
    let (home, id) = with_session();
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
        home.run(form).done();
        // Also within one second each note has a file of its own.
        assert_eq!(notes(&home).len(), count + 1, "{form:?}");
    }
    assert!(notes(&home).iter().any(|note| note.contains("day = 1\n")));
    assert_eq!(home.json(&["show", "--json"])["remarks"].as_array().unwrap().len(), 7);
}

#[test]
fn a_note_goes_to_the_last_session_that_rolled() {
    let (home, id) = with_session();
    let protocol = built_in(Kind::Session).unwrap();
    let mut start = Start::of(&protocol, home.now()).unwrap();
    SessionFile::create(&home.data(), &start).unwrap();
    start.kind = RecordKind::Check;
    SessionFile::create(&home.data(), &start).unwrap();
    assert!(home.run(&["note", "calm"]).done().contains(&id));
}

#[test]
fn nothing_to_note_is_refused_with_an_example() {
    let (home, id) = with_session();
    for words in [&["note"][..], &["note", "last"], &["note", &id], &["note", "--day", "1"]] {
        home.run(words).refused(&["nothing to note", "dermaroll note last \"a little warm\" --skin pink"]);
    }
    home.run(&["note", "last", "  "]).refused(&["The note is empty"]);
    home.run(&["note", &"x".repeat(2_001)]).refused(&["2001 characters; 2000 fit", "Make it shorter"]);
    home.run(&["note", "--skin", "red"]).refused(&["'red'", "expected one of pink, sore, itchy, dry, spots, blisters"]);
    home.run(&["note", "--skin", "calm,sore"]).refused(&["calm", "stands alone", "Nothing was saved"]);
    home.run(&["note", "calm", "--day", "4"]).refused(&["Day 4", "has not come yet; today is day 3"]);
    home.run(&["note", "nowhere", "calm"]).refused(&["There is no session \"nowhere\"", "Nothing was changed"]);
    home.run(&["note", "20200101", "calm"]).refused(&["There is no session \"20200101\""]);
    let many: Vec<&str> = ["note"].into_iter().chain(["--photo", "x"].into_iter().cycle().take(42)).collect();
    home.run(&many).refused(&["21 photos", "20 fit"]);
    let output = command(&["note", "--photo"], home.path()).arg(not_text()).output().unwrap();
    crate::support::home::Ended::of(output).refused(&["is no text"]);
    assert_eq!(notes(&home), Vec::<String>::new());
}

fn not_text() -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(vec![b'x', 0xff])
}

#[test]
fn without_a_session_there_is_nothing_to_note_on() {
    let home = Home::new();
    home.run(&["note", "calm"]).refused(&["There is no session in", "dermaroll begins one"]);
    assert!(!home.data().exists(), "a refusal makes nothing");
}

#[test]
fn a_photo_need_not_be_there() {
    let (home, _) = with_session();
    let output =
        command(&["note", "--photo", "later.jpg"], home.path()).env("TZ", home.zone()).current_dir("/").output();
    let ended = crate::support::home::Ended::of(output.unwrap());
    assert_eq!(ended.status, 0);
    assert!(ended.err.contains("There is no file /later.jpg at present"), "{}", ended.err);
    assert!(notes(&home)[0].contains("photos = [\"/later.jpg\"]"));
}

#[test]
fn an_id_may_be_short_as_long_as_it_is_one() {
    let home = Home::new();
    let (early, late) = (home.ago(40), home.ago(9));
    home.run(&["log", &early]).done();
    home.run(&["show", ""]).refused(&["There is no session \"\"", "dermaroll show last"]);
    home.run(&["log", &late]).done();
    home.run(&["show", "20"]).refused(&["More than one session is meant by \"20\"", "Type more of its id"]);
    assert!(home.run(&["show", &early.replace('-', "")]).done().contains(&early));
}

#[test]
fn the_day_names_a_session_too() {
    let home = Home::new();
    let (early, late) = (home.ago(40), home.ago(9));
    home.run(&["log", &early]).done();
    home.run(&["log", &late]).done();
    assert!(home.run(&["show", &early]).done().contains(&early));
    home.run(&["note", &early, "all calm"]).done();
    home.run(&["note", &early, "--felt", "pink"]).done();
    let shown = home.run(&["show", &early]).done();
    assert!(shown.contains("all calm") && shown.contains("day 40: pink"), "{shown}");
    home.run(&["show", &home.ago(8)]).refused(&["There is no session"]);
    home.run(&["log", &late, "--again"]).done();
    home.run(&["show", &late]).refused(&["More than one session is meant by", "Type more of its id"]);
}

#[test]
fn a_note_of_a_newer_build_stands_beside_and_is_left() {
    let (home, id) = with_session();
    let path = home.files()[0].0.with_file_name(format!("{id}.later-20260101T000000Z.toml"));
    fs::write(&path, "format = 2\nmood = 3\n").unwrap();
    home.run(&["note", "calm"]).done();
    assert_eq!(home.json(&["show", "--json"])["remarks"].as_array().unwrap().len(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "format = 2\nmood = 3\n");
}

/// As a text it would go to another session without a word.
#[test]
fn what_was_probably_meant_as_a_session_is_refused() {
    let (home, _) = with_session();
    for word in ["2026-9-5", "202611", "2026-13-45", "lsat", "Last", "las", "7"] {
        let said = home.run(&["note", word, "--felt", "pink"]);
        said.refused(&["names no session and no day", "Nothing was saved", "2026-11-22", "dermaroll note last"]);
    }
    assert_eq!(notes(&home), Vec::<String>::new());
    for word in ["list", "fast", "least red so far"] {
        home.run(&["note", word]).done();
    }
    home.run(&["note", "last", "202611"]).done();
    assert_eq!(notes(&home).len(), 4);
}

#[test]
fn notes_of_one_second_stay_in_their_order() {
    let (home, _) = with_session();
    for word in ["first", "second", "third", "fourth"] {
        home.run(&["note", word]).done();
    }
    let shown = home.run(&["show"]).done();
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
        let home = Home::new();
        home.run(&["log", &home.ago(40)]).done();
        let older = home.files().remove(0).0;
        home.run(&["log", &home.ago(3)]).done();
        let newer = home.files().into_iter().map(|(path, _)| path).find(|path| *path != older).unwrap();
        // A copy of the older one stands in nobody's way.
        fs::copy(&older, older.with_file_name(format!("Copy of {}", name(&older)))).unwrap();
        assert!(home.run(&["note", "last", "calm"]).out.contains(&home.id_of(&home.ago(3))), "{kind}");
        fs::remove_file(newer.with_file_name(name_of_note(&home))).unwrap();
        harm(&newer);
        for args in [&["note", "last", "calm"][..], &["show", "last"]] {
            let refused = home.run(args);
            assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{kind} {args:?}: {refused:?}");
            assert!(refused.err.contains(newer.file_stem().unwrap().to_str().unwrap()), "{kind}: {refused:?}");
        }
        assert_eq!(notes(&home), [""; 0], "{kind}");
    }
    // One that was deleted is no session any more.
    let home = Home::new();
    home.run(&["log", &home.ago(40)]).done();
    fs::create_dir_all(home.data().join("intervals")).unwrap();
    let day = home.data().join("intervals/20991122T183000Z-ab12.toml");
    fs::write(day, "rollers = []\nretired = []\n").unwrap();
    home.run(&["note", "last", "calm"]).done();
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The name of the only note.
fn name_of_note(home: &Home) -> String {
    let mut names = home.files().into_iter().map(|(path, _)| name(&path)).filter(|name| name.contains(".later-"));
    names.next().unwrap()
}
