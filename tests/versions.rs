//! Format versions: a data folder of version 1 as it was once written is read by this build with the very same content,
//! and a newer version of any of its files is refused, named, left as it is, and keeps nothing else from being shown.

#[allow(dead_code)]
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::home::Home;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");
/// The session followed on the screen.
const SESSION: &str = "20261122T183000Z-ab12";

/// Some of them as they were struck out and corrected.
const AMENDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/amended");

/// A session and a check that tell when each of several procedures was.
const PROCEDURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/procedures");
/// The check among them.
const CHECK: &str = "20261123T143926Z-m34a";

/// Every file of version 1, by its path in the data folder.
fn files() -> Vec<PathBuf> {
    files_in(GOLDEN)
}

fn files_in(golden: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(golden)];
    while let Some(folder) = folders.pop() {
        for child in fs::read_dir(folder).unwrap() {
            let path = child.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                found.push(path.strip_prefix(golden).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// A home with all of them.
fn home() -> Home {
    home_of(GOLDEN)
}

fn home_of(golden: &str) -> Home {
    let home = Home::new();
    for file in files_in(golden) {
        let to = home.data().join(&file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(Path::new(golden).join(file), to).unwrap();
    }
    home
}

/// What the commands that read make of a home; the present does not come into it.
fn told(home: &Home) -> Vec<(&'static str, String)> {
    let run = |name, args: &[&str]| {
        let ended = home.run(args);
        let said = ended.err.replace(&home.path().to_string_lossy().into_owned(), "HOME");
        (name, format!("{}{said}", ended.out))
    };
    vec![
        run("show", &["show", SESSION]),
        run("show.json", &["show", SESSION, "--json"]),
        run("history", &["history", "--plain"]),
        run("rollers.json", &["roller", "list", "--json"]),
        run("serums.json", &["serum", "list", "--json"]),
        run("export.csv", &["export", "--format", "csv"]),
    ]
}

#[test]
fn version_one_is_read_as_ever() {
    is_read_as_ever(GOLDEN, told);
}

#[test]
fn what_was_struck_out_and_corrected_is_read_as_ever() {
    is_read_as_ever(AMENDED, |home| {
        let run = |name, args: &[&str]| (name, home.run(args).done());
        let mut all = told(home);
        all.push(run("show-paper", &["show", "20260920T120000Z-fhdh"]));
        all.push(run("history-struck.json", &["history", "--json", "--struck"]));
        all.push(run("serums-struck", &["serum", "list", "--struck"]));
        all.push(run("export-struck.csv", &["export", "--format", "csv", "--struck"]));
        all
    });
}

/// Of several procedures each has its own days, and one of which the person was not sure when.
#[test]
fn days_of_several_procedures_are_read_as_ever() {
    is_read_as_ever(PROCEDURES, |home| {
        let mut all = told(home);
        all.push(("show-check", home.run(&["show", CHECK]).done()));
        all
    });
    let home = home_of(PROCEDURES);
    let told = |args: &[&str]| home.run(args).done().split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "yes, peel 40 days before, filler 200 days before, surgery 366 days before";
    for args in [&["show", SESSION][..], &["export", "--format", "md"]] {
        assert!(told(args).contains(said), "{args:?}: {}", told(args));
    }
    assert!(told(&["show", CHECK]).contains("yes, laser 12 days before, threads not sure when"));
    let days = r#""days_ago_each": [ 40, 200, 366 ]"#;
    for args in [&["show", SESSION, "--json"][..], &["history", "--json"]] {
        assert!(told(args).contains(days), "{args:?}: {}", told(args));
    }
    let exported = home.json(&["export", "--format", "json"]);
    let answers = exported["sessions"][0]["answers"].as_array().unwrap();
    let answer = answers.iter().find(|answer| answer["item"] == "recent-procedure").unwrap();
    assert_eq!(answer["days_ago_each"], serde_json::json!([40, 200, 366]), "{answer}");
    assert!(told(&["show", CHECK, "--json"]).contains(r#""unsure_when": [ "threads" ]"#));
    assert!(home.run(&["export", "--format", "ics"]).done().contains(SESSION));
}

fn is_read_as_ever(folder: &str, told: impl Fn(&Home) -> Vec<(&'static str, String)>) {
    let home = home_of(folder);
    for (name, said) in told(&home) {
        let golden = Path::new(folder).join(format!("{name}.expected"));
        if std::env::var_os("WRITE_GOLDEN").is_some() {
            fs::write(&golden, &said).unwrap();
        }
        assert_eq!(said, fs::read_to_string(&golden).unwrap(), "{name}");
    }
    for file in files_in(folder) {
        let (there, golden) = (home.data().join(&file), Path::new(folder).join(&file));
        assert_eq!(fs::read(there).unwrap(), fs::read(golden).unwrap(), "{} was left as it is", file.display());
    }
}

#[test]
fn a_newer_version_of_any_file_is_named_and_left_and_all_others_are_shown() {
    for file in files().into_iter().filter(|file| !file.starts_with("intervals")) {
        let home = home();
        let path = home.data().join(&file);
        let newer = fs::read_to_string(&path).unwrap().replacen("format = 1\n", "format = 2\n", 1);
        fs::write(&path, &newer).unwrap();
        let said: String = told(&home).into_iter().map(|(_, said)| said).collect();
        let name = file.file_name().unwrap().to_str().unwrap();
        let place = said.find(name).unwrap_or_else(|| panic!("{name} is not named in {said}"));
        let what = said[place..].lines().next().unwrap().to_lowercase();
        assert!(what.contains("format 2") && what.contains("update the program"), "{what}");
        assert_eq!(fs::read_to_string(&path).unwrap(), newer, "{name} was left as it is");
        let others = [("blue", "rollers"), ("gel", "serums"), ("20260920", "20260920T120000Z-fhdh")];
        for (word, _) in others.into_iter().filter(|(_, of)| !file.to_str().unwrap().contains(of)) {
            assert!(said.contains(word), "{word} is still shown beside {name}");
        }
    }
}

/// The home with that file of version 2, and the text of it.
fn with_newer(file: &Path) -> (Home, PathBuf, String) {
    let home = home();
    let path = home.data().join(file);
    let newer = fs::read_to_string(&path).unwrap().replacen("format = 1\n", "format = 2\n", 1);
    fs::write(&path, &newer).unwrap();
    (home, path, newer)
}

/// Every command that reads a session, with what it still has to show of the others.
fn readers() -> Vec<(Vec<&'static str>, &'static str)> {
    vec![
        (vec!["history", "--plain"], "20260920T120000Z-fhdh"),
        (vec!["history", "--json"], "20260920T120000Z-fhdh"),
        (vec!["export", "--format", "csv"], "20260920T120000Z-fhdh"),
        (vec!["export", "--format", "json"], "20260920T120000Z-fhdh"),
        (vec!["export", "--format", "md"], "20\u{a0}Sep\u{a0}2026"),
        (vec!["export", "--format", "ics"], "20260920T120000Z-fhdh"),
        (vec!["roller", "list"], "blue"),
        (vec!["due"], "session 2 of 4"),
    ]
}

#[test]
fn each_command_names_a_newer_session_says_what_to_do_and_shows_the_others() {
    let file = Path::new("sessions/2026").join(format!("{SESSION}.toml"));
    let (home, path, newer) = with_newer(&file);
    let before = home.files();
    for (args, other) in readers() {
        let ended = home.run(&args);
        assert!(ended.out.contains(other), "{args:?} shows {other}: {ended:?}");
        assert!(!ended.out.contains(SESSION), "{args:?} does not count it: {ended:?}");
        let said = ended.err.lines().find(|line| line.contains(SESSION));
        let said = said.unwrap_or_else(|| panic!("{args:?} does not name it: {ended:?}"));
        for part in ["format 2", "left as it is", "Update the program"] {
            let past = said.replace("was left as it is", "left as it is");
            assert!(past.contains(part), "{args:?}: {said}");
        }
    }
    assert_eq!(fs::read_to_string(path).unwrap(), newer);
    assert_eq!(home.files(), before, "and nothing was written");
}

#[test]
fn a_newer_session_holds_the_interval_though_nobody_can_read_it() {
    let file = Path::new("sessions/2026").join(format!("{SESSION}.toml"));
    let (home, ..) = with_newer(&file);
    assert_eq!(home.json(&["due", "--json"])["last"], home.day_of(SESSION));
}

#[test]
fn a_newer_session_is_neither_shown_nor_noted_on() {
    let file = Path::new("sessions/2026").join(format!("{SESSION}.toml"));
    let (home, ..) = with_newer(&file);
    let before = home.files();
    let noted = &["note", "last", "a little dry"];
    for args in [&["show", SESSION][..], &["show", SESSION, "--json"], &["note", SESSION, "a little dry"], noted] {
        let ended = home.run(args);
        assert_ne!(ended.status, 0, "{args:?}");
        assert_eq!(ended.out, "", "{args:?}");
        assert!(ended.err.contains(SESSION) && ended.err.contains("Update the program"), "{args:?}: {}", ended.err);
    }
    assert_eq!(home.files(), before);
}

#[test]
fn a_newer_note_is_named_and_its_session_takes_a_further_one() {
    let note = format!("{SESSION}.later-20261123T070000Z.toml");
    let (home, path, newer) = with_newer(&Path::new("sessions/2026").join(&note));
    for args in [&["show", SESSION][..], &["export", "--format", "md"], &["export", "--format", "json"]] {
        let ended = home.run(args);
        assert_eq!(ended.status, 0, "{args:?}");
        let said = ended.err.lines().find(|line| line.contains(&note)).unwrap_or_else(|| panic!("{args:?}: {ended:?}"));
        assert!(said.contains("format 2") && said.contains("update the program"), "{said}");
        assert!(!ended.out.contains("a little dry"), "{args:?}");
    }
    home.run(&["note", SESSION, "calm again"]).done();
    assert!(home.run(&["show", SESSION]).out.contains("calm again"));
    assert_eq!(fs::read_to_string(path).unwrap(), newer);
}

#[test]
fn what_is_exported_is_of_version_one_and_tells_all_of_it() {
    let home = home();
    let exported = home.json(&["export", "--format", "json"]);
    assert_eq!(exported["format"], 1, "{exported}");
    let sessions = exported["sessions"].as_array().unwrap();
    let ids: Vec<&str> = sessions.iter().map(|session| session["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["20260920T120000Z-fhdh", SESSION, "20261123T143926Z-m34a"]);
}

#[test]
fn nothing_new_is_written_over_a_newer_file() {
    let home = home();
    let roller = home.data().join("rollers/blue.toml");
    let newer = fs::read_to_string(&roller).unwrap().replacen("format = 1\n", "format = 2\n", 1);
    fs::write(&roller, &newer).unwrap();
    home.run(&["roller", "retire", "blue"]).refused(&["Nothing was changed"]);
    home.run(&["roller", "add", "blue", "--length", "0.13"]).refused(&["may be that roller", "update the program"]);
    assert_eq!(fs::read_to_string(&roller).unwrap(), newer);
    assert!(!home.data().join("rollers/blue-2.toml").exists());
}

#[test]
fn a_newer_note_of_a_deleted_session_is_named_and_holds_its_day() {
    let home = home();
    let path = home.data().join("intervals/20260801T170000Z-zz00.toml");
    let newer = "format = 2\nused = \"something new\"\n";
    fs::write(&path, newer).unwrap();
    let due = home.run(&["due"]);
    assert!(due.err.contains("20260801T170000Z-zz00.toml has the format 2"), "{due:?}");
    assert!(due.err.contains("update the program"), "{due:?}");
    fs::remove_dir_all(home.data().join("sessions")).unwrap();
    assert_eq!(home.json(&["due", "--json"])["last"], home.day_of("20260801T170000Z-zz00"));
    assert_eq!(fs::read_to_string(path).unwrap(), newer);
}
