//! `dermaroll undo`: what was written last is taken back, one after the other, within the hour.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::support::home::Home;

/// What each command wrote is gone again, and the one before it is next.
#[test]
fn every_command_is_taken_back_one_after_the_other() {
    let home = Home::new();
    let (day, old) = (home.ago(3), home.ago(40));
    let steps: Vec<(Vec<&str>, &str)> = vec![
        (vec!["roller", "add", "red", "--length", "0.13"], "the roller red"),
        (vec!["serum", "add", "gel"], "the serum gel"),
        (vec!["log", &old], "from paper"),
        (vec!["serum", "retire", "gel", "--why", "empty"], "that the serum gel was retired"),
        (vec!["note", &old, "calm"], "(calm)"),
        (vec!["correct", &old, "--feel", "2"], "(feel)"),
        (vec!["strike", &old, "--later", "1", "--why", "x"], "was struck out"),
        (vec!["strike", &old, "--why", "x"], "was struck out"),
        (vec!["strike", &old, "--take-back"], "was no longer struck out"),
        (vec!["log", &day], "from paper"),
        (vec!["roller", "add", "blue", "--length", "0.13"], "the roller blue"),
        (vec!["roller", "correct", "blue", "--name", "navy"], "(name)"),
        (vec!["roller", "strike", "navy", "--why", "x"], "was struck out"),
        (vec!["serum", "strike", "gel", "--why", "x"], "was struck out"),
    ];
    // Files tell the second: each step is made to be of a second of its own, the first the longest ago.
    let mut states = Vec::new();
    for (place, (args, _)) in steps.iter().enumerate() {
        let before = home.files();
        states.push(before.clone());
        home.run(args).done();
        let ago = Duration::from_secs(60 * u64::try_from(steps.len() - place).unwrap());
        home.set_back(&before, ago);
    }
    for ((args, what), before) in steps.iter().zip(&states).rev() {
        let said = home.run(&["undo"]).done();
        assert!(said.starts_with("Taken back: ") && said.contains(what), "{args:?}: {said}");
        assert!(said.contains(".toml"), "{said}");
        assert_eq!(paths(&home), before.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), "{args:?}");
    }
    assert!(home.run(&["undo"]).done().contains("There is nothing to take back"));
}

fn paths(home: &Home) -> Vec<std::path::PathBuf> {
    home.files().into_iter().map(|(path, _)| path).collect()
}

#[test]
fn what_is_older_than_an_hour_stays() {
    let home = Home::new();
    let commands: [&[&str]; 4] = [
        &["roller", "add", "red", "--length", "0.13"],
        &["serum", "add", "gel"],
        &["log", &home.ago(9)],
        &["note", "last", "calm"],
    ];
    for args in commands {
        let before = home.files();
        home.run(args).done();
        home.set_back(&before, Duration::from_secs(3_700));
    }
    let before = home.files();
    let said = home.run(&["undo"]).done();
    assert!(said.contains("in the last hour") && said.contains("Nothing was changed"), "{said}");
    assert_eq!(home.files(), before);
}

#[test]
fn a_roller_that_is_retired_no_more_is_none_that_was_just_entered() {
    let home = Home::new();
    let before = home.files();
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.set_back(&before, Duration::from_secs(86_400));
    let entered = home.files();
    home.run(&["roller", "retire", "red", "--why", "bent"]).done();
    assert!(home.run(&["undo"]).done().contains("that the roller red was retired"));
    assert_eq!(home.files(), entered);
    assert!(home.run(&["undo"]).done().contains("nothing to take back"));
    assert_eq!(home.startup().0.rollers.len(), 1);
}

#[test]
fn a_roller_that_was_restored_is_retired_again() {
    let home = Home::new();
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "retire", "red", "--why", "bent"]).done();
    let before: Vec<_> = Vec::new();
    home.set_back(&before, Duration::from_secs(86_400));
    home.run(&["roller", "restore", "red"]).done();
    let said = home.run(&["undo"]).done();
    assert!(said.contains("that the roller red was restored") && said.contains("retired again"), "{said}");
    let list = home.run(&["roller", "list"]).done();
    assert!(list.contains("restored by mistake"), "{list}");
    assert!(home.startup().0.rollers.is_empty());
    assert!(home.run(&["undo"]).done().contains("nothing to take back"));
}

#[test]
fn nothing_that_others_hang_on_is_taken_back() {
    let home = Home::new();
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    let before = home.files();
    home.run(&["log", &home.ago(9), "--roller", "red"]).done();
    home.set_back(&before, Duration::from_secs(3_700));
    let said = home.run(&["undo"]).done();
    assert!(said.contains("nothing to take back"), "a session names the roller: {said}");
    // A note of another computer, older than the hour, hangs on the session.
    home.run(&["log", &home.ago(3)]).done();
    let before = home.files();
    home.run(&["note", "last", "calm"]).done();
    home.set_back(&before, Duration::from_secs(3_700));
    assert!(home.run(&["undo"]).done().contains("nothing to take back"));
}

/// A checkout or a sync program dates files anew; what a file tells of itself counts.
#[test]
fn the_time_of_a_file_says_nothing() {
    let home = Home::new();
    for args in [&["roller", "add", "red", "--length", "0.13"][..], &["roller", "retire", "red"]] {
        home.run(args).done();
    }
    fs::create_dir(home.data().join(".git")).unwrap();
    let touch = |ago: u64| {
        let then = UNIX_EPOCH + Duration::from_secs(u64::try_from(home.now().unix).unwrap() - ago);
        for (path, _) in home.files() {
            fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        }
    };
    touch(90_000);
    assert!(home.run(&["undo"]).done().contains("that the roller red was retired"));
    touch(90_000);
    assert!(home.run(&["undo"]).done().contains("the roller red"));
    // One that was entered long ago, or by a build that did not keep when, is not taken for new.
    for key in ["entered", "retired_at"] {
        home.run(&["roller", "add", "red", "--length", "0.13"]).done();
        home.run(&["roller", "retire", "red"]).done();
        let path = home.data().join("rollers/red.toml");
        let text = fs::read_to_string(&path).unwrap();
        let is_left =
            |line: &&str| !line.starts_with("retired_at") && (key != "entered" || !line.starts_with("retired"));
        let mut left: Vec<&str> = text.lines().filter(is_left).collect();
        left.retain(|line| key != "entered" || !line.starts_with(key));
        fs::write(&path, left.join("\n") + "\n").unwrap();
        touch(10);
        let before = home.files();
        assert!(home.run(&["undo"]).done().contains("There is nothing to take back"), "{key}");
        assert_eq!(home.files(), before);
        fs::remove_file(path).unwrap();
    }
}

/// What the lists and the exports show, but for what is shown as struck, and for how often something was corrected or
/// restored.
fn shown(home: &Home) -> Vec<String> {
    let lists: [&[&str]; 4] = [
        &["history", "--plain"],
        &["roller", "list", "--json"],
        &["serum", "list", "--json"],
        &["export", "--format", "md"],
    ];
    let mut all: Vec<String> = lists.iter().map(|args| home.run(args).out).collect();
    for text in &mut all {
        let lines = text.lines().filter(|line| !line.contains("\"restored_on\"") && !line.contains(" struck "));
        *text = lines.map(|line| line.trim_end_matches(',')).collect::<Vec<_>>().join("\n");
    }
    let table = home.run(&["export", "--format", "csv"]).out;
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(',').collect()).collect();
    let corrected = rows[0].iter().position(|column| *column == "corrected").unwrap();
    all.extend(rows.iter().map(|row| [&row[..corrected], &row[corrected + 1..]].concat().join(",")));
    all
}

/// The words of a command as a shell would read them; names stand in quotation marks.
fn words_of(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Every command that writes names two ways back: `undo`, and a command for later. After either, what is shown is as it was
/// before. Of a correction the second needs what was there before.
#[test]
fn both_ways_back_that_a_command_names_lead_back() {
    let log = "log OLD --feel 1 --note paper";
    let note = "note OLD warm --skin pink";
    let roller = "roller add \"red one\" --length 0.13 --opened OLD";
    let serum = "serum add \"mild gel\" --brand somebody --opened OLD";
    // What stood before, the command, and what a correction puts back.
    let rows: [(&[&str], &str, &str); 19] = [
        (&[], log, ""),
        (&[log], note, ""),
        (&[log], "strike OLD --why x", ""),
        (&[log, "strike OLD --why x"], "strike OLD --take-back", ""),
        (&[log, note], "strike OLD --later 1 --why x", ""),
        (&[log, note, "strike OLD --later 1 --why x"], "strike OLD --later 1 --take-back", ""),
        (&[log], "correct OLD --feel 4 --note other", "--feel 1 --note paper"),
        (&[log], "correct OLD --day OTHER", "--day OLD"),
        (&[log, note], "correct OLD --later 1 --text hot --skin sore", "--text warm --skin pink"),
        (&[], roller, ""),
        (&[roller], "roller retire \"red one\" --why bent", ""),
        (&[roller], "roller strike \"red one\" --why x", ""),
        (&[roller, "roller strike \"red one\" --why x"], "roller strike \"red one\" --take-back", ""),
        (
            &[roller],
            "roller correct \"red one\" --name blue --length 0.2 --opened OTHER",
            "--name \"red one\" --length 0.13 --opened OLD",
        ),
        (&[], serum, ""),
        (&[serum], "serum retire \"mild gel\" --why empty", ""),
        (&[serum], "serum strike \"mild gel\" --why x", ""),
        (&[serum, "serum strike \"mild gel\" --why x"], "serum strike \"mild gel\" --take-back", ""),
        (
            &[serum],
            "serum correct \"mild gel\" --name zinc --brand other --opened OTHER",
            "--name \"mild gel\" --brand somebody --opened OLD",
        ),
    ];
    for (before, command, was) in rows {
        for later in [false, true] {
            let home = Home::new();
            let run = |command: &str| {
                let words = words_of(&command.replace("OLD", &home.ago(40)).replace("OTHER", &home.ago(39)));
                home.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).done()
            };
            before.iter().for_each(|command| _ = run(command));
            home.set_back(&[], Duration::from_secs(60));
            let as_before = shown(&home);
            let said = run(command).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_ne!(shown(&home), as_before, "{command} shows");
            let ways = said.split_once("To take this back: dermaroll undo within the hour, later dermaroll ");
            let (_, way) = ways.unwrap_or_else(|| panic!("{command} names no way back: {said}"));
            let way = way.replace("TEXT", "slip").replace("with what was there before", was);
            run(if later { &way } else { "undo" });
            assert_eq!(shown(&home), as_before, "{command}, taken back by {way}: {later}");
        }
    }
}

/// What is restored was retired for a reason that its file does not keep: `undo` says so.
#[test]
fn what_was_restored_is_retired_again_by_both_ways() {
    let enter: [&[&str]; 2] = [&["roller", "add", "red", "--length", "0.13"], &["serum", "add", "red"]];
    for (kind, enter) in ["roller", "serum"].into_iter().zip(enter) {
        for back in [&["undo"][..], &[kind, "retire", "red"]] {
            let home = Home::new();
            for args in [enter, &[kind, "retire", "red", "--why", "bent"], &[kind, "restore", "red"]] {
                home.run(args).done();
            }
            assert_eq!(home.json(&[kind, "list", "--json"])[0]["retired"], false);
            home.run(back).done();
            let list = home.json(&[kind, "list", "--json"]);
            assert_eq!(list[0]["retired"], true);
            assert_eq!(list[0]["retired_why"] == "restored by mistake", back == ["undo"], "{list}");
        }
    }
}

#[test]
fn undo_waits_for_the_lock_and_makes_no_folder() {
    let home = Home::new();
    assert!(home.run(&["undo"]).done().contains("nothing to take back"));
    assert!(!home.data().exists());
    home.run(&["log", &home.ago(3)]).done();
    let _lock = store::record::Lock::take(&home.data()).unwrap();
    let refused = home.run(&["undo"]);
    assert_eq!((refused.status, refused.out.as_str()), (6, ""));
}

impl Home {
    /// Makes all that is not as it was `before` as old as this, by the times in the files and by those of the files.
    fn set_back(&self, before: &[(std::path::PathBuf, String)], ago: Duration) {
        let then = store::record::Timestamp::of(engine::timeline::Wall {
            unix: self.now().unix - i64::try_from(ago.as_secs()).unwrap(),
            ..self.now()
        });
        for (path, text) in self.files().into_iter().filter(|file| !before.contains(file)) {
            let is_new = before.iter().all(|(other, _)| *other != path);
            let stamped = ["written", "closed", "entered", "retired_at", "restored"]
                .into_iter()
                .filter(|key| is_new || *key == "retired_at")
                .fold(text.clone(), |text, key| {
                    let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).map(str::to_owned);
                    line.map_or(text.clone(), |line| text.replace(&line, &format!("{key} = {}", then.text())))
                });
            let sealed = crate::fuzz_checks::record::sealed(stamped.as_bytes()).unwrap();
            fs::write(&path, if text.contains("sum = ") { sealed } else { stamped.into_bytes() }).unwrap();
            let file = fs::File::options().write(true).open(&path).unwrap();
            let then = u64::try_from(then.wall().unix).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(then)).unwrap();
        }
    }
}

#[test]
fn a_folder_whose_only_session_was_taken_back_is_not_missed() {
    let home = Home::new();
    let folder = home.path().join("elsewhere");
    let in_it = |args: &[&str]| home.run(&[&["--data-dir", folder.to_str().unwrap()], args].concat());
    in_it(&["log", &home.ago(9)]).done();
    in_it(&["undo"]).done();
    for args in [&["roller", "list"][..], &["due"], &["log", &home.ago(8)]] {
        in_it(args).done();
    }
    // Its disk is not there.
    fs::rename(&folder, home.path().join("away")).unwrap();
    assert!(in_it(&["history"]).err.contains("Its disk may not be there"));
}

#[test]
fn a_retirement_stays_while_a_session_that_may_have_written_it_cannot_be_read() {
    let home = Home::new();
    home.run(&["roller", "add", "red", "--length", "0.13"]).done();
    home.run(&["roller", "retire", "red"]).done();
    let session = home.data().join("sessions/2026/20261122T183000Z-ab12.toml");
    fs::create_dir_all(session.parent().unwrap()).unwrap();
    fs::write(&session, "").unwrap();
    assert!(home.run(&["undo"]).out.contains("There is nothing to take back"));
    assert_eq!(home.json(&["roller", "list", "--json"])[0]["retired"], true);
    fs::remove_file(&session).unwrap();
    assert!(home.run(&["undo"]).done().contains("that the roller red was retired"));
}
