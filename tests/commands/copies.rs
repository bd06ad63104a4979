//! Copies of the files of rollers that other programs leave, and what is none.

use std::fs;

use engine::safety::Standing;
use store::record::Ledger;
use store::record::ledger::Condition;

use crate::support::home::Home;
use crate::support::pty::Setup;

/// Where other programs leave copies of `rollers/blue.toml`.
const COPIES: [&str; 27] = [
    "rollers/blue.toml.bak",
    "rollers/blue.toml~",
    "rollers/blue.toml.orig",
    "rollers/blue (conflicted copy 2026-01-01).toml",
    "rollers/blue.sync-conflict-20260101-101010-ABCDEFG.toml",
    "rollers/blue-LAPTOP.toml",
    "rollers/blue-laptop.toml",
    "rollers/blue (1).toml",
    "rollers/BLUE 2.TOML",
    "rollers/Copy of blue.toml",
    "rollers/.syncthing.blue.toml.tmp",
    "rollers/~syncthing~blue.toml.tmp",
    "rollers/blue.toml.gz",
    "rollers/.blue.toml.Xy12ab",
    "rollers/backup/blue.toml",
    "rollers/.sub/blue.toml",
    "rollers/a/b/c/d/e/blue.toml",
    ".rollers/blue.toml",
    "rollers (1)/.old/blue.toml",
    "rollers.bak/a/.b/c/d/blue.toml",
    "rollers (1)/blue.toml",
    "rollers (1)/.blue.toml.part",
    "rollers (1)/2026/11/blue.toml",
    "rollers 2/Copy of blue.toml",
    "Copy of rollers/blue.toml",
    "rollers.bak/blue.toml",
    "rollers-LAPTOP/blue-laptop.toml",
];

/// A home with two rollers and a serum.
fn two() -> Home {
    let home = Home::new();
    home.owns("blue", Condition::Used);
    home.owns("red", Condition::Used);
    Ledger::new(&home.data()).add_serum("gel", None, None, home.now()).unwrap();
    home
}

fn put(home: &Home, place: &str, text: &str) {
    let path = home.data().join(place);
    fs::create_dir_all(path.parent().unwrap()).and_then(|()| fs::write(path, text)).unwrap();
}

/// What the list, the ledger and the start say of `blue`, which must agree. `red` may be used.
fn standing_of_blue(home: &Home, kind: &str) -> Standing {
    let ledger = Ledger::new(&home.data()).standing(["blue", "red"]);
    let json = home.json(&["roller", "list", "--json"]);
    let line = |id: &str| json.as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone();
    let (startup, interrupted) = home.startup();
    let mut available: Vec<&str> = startup.rollers.iter().map(|available| available.roller.id.as_str()).collect();
    available.retain(|id| ["blue", "red"].contains(id));
    let blue = ledger[0].1.clone();
    assert_eq!(ledger[1].1, Standing::InUse, "{kind}");
    assert!(line("red")["unread"].is_null() && line("red")["retired"] == false, "{kind}: {json}");
    assert_eq!(line("blue")["retired"] == true, blue == Standing::Retired, "{kind}: {json}");
    let file = if let Standing::NotKnown(file) = &blue { Some(file) } else { None };
    assert_eq!(line("blue")["unread"].as_str(), file.map(String::as_str), "{kind}: {json}");
    let expected: &[&str] = if blue == Standing::InUse { &["blue", "red"] } else { &["red"] };
    assert_eq!(available, expected, "{kind}");
    if let Some(file) = file {
        let said = home.run(&["roller", "list"]);
        assert!(said.out.contains(&format!("not to be used while {file} cannot be read")), "{kind}: {said:?}");
        assert!(said.err.contains(file), "{kind}: {said:?}");
        assert!(interrupted.uncounted.names.iter().any(|name| name.contains(file)), "{kind}: {interrupted:?}");
        assert!(startup.unread_rollers.iter().any(|(id, other)| id == "blue" && other == file), "{kind}");
    }
    blue
}

#[test]
fn a_copy_that_cannot_be_read_bars_its_own_roller_wherever_it_lies() {
    let texts = [
        "",
        "\0\0\0",
        "format = 1\nretired = 2026-01-02\n",
        "format = 1\nname = \"blue\"\nretired = 2026-01-02\n",
        "format = 2\nname = \"blue\"\n",
        "<<<<<<< HEAD\nname = \"blue\"\n=======\nname = \"red\"\n>>>>>>> theirs\n",
    ];
    for place in COPIES {
        let home = two();
        for text in texts {
            put(&home, place, text);
            let kind = format!("{place} {text:?}");
            assert_eq!(standing_of_blue(&home, &kind), Standing::NotKnown(place.into()), "{kind}");
        }
        // What names another roller tells of that one.
        put(&home, place, "format = 1\nname = \"green\"\n");
        assert_eq!(standing_of_blue(&home, place), Standing::InUse, "{place}");
        // Retiring it is always possible, and then it is known.
        put(&home, place, "");
        assert_eq!(home.run(&["roller", "retire", "blue"]).status, 0, "{place}");
        assert_eq!(standing_of_blue(&home, place), Standing::Retired, "{place}");
    }
}

#[test]
fn a_roller_is_retired_wherever_a_copy_says_so() {
    for place in COPIES {
        let home = two();
        let text = fs::read_to_string(home.data().join("rollers/blue.toml")).unwrap();
        put(&home, place, &text);
        assert_eq!(standing_of_blue(&home, place), Standing::InUse, "{place}");
        put(&home, place, &format!("{text}retired = 2026-01-02\n"));
        assert_eq!(standing_of_blue(&home, place), Standing::Retired, "{place}");
    }
}

#[test]
fn a_folder_that_may_hold_copies_and_cannot_be_listed_bars_every_roller() {
    for place in ["rollers (1)", "rollers/old/a/b/c/d", "rollers 2/a/b/c/d/e", "rollers/.old/a/b/c/d"] {
        let home = two();
        let place = &place.replace("/d", &"/d".repeat(16));
        let path = home.data().join(place);
        if place.contains('/') {
            fs::create_dir_all(&path).unwrap();
        } else {
            std::os::unix::fs::symlink("/nowhere", &path).unwrap();
        }
        let standings = Ledger::new(&home.data()).standing(["blue", "red"]);
        assert!(standings.iter().all(|(_, standing)| matches!(standing, Standing::NotKnown(_))), "{place}");
        let (startup, interrupted) = home.startup();
        assert_eq!(startup.rollers, [], "{place}");
        let named = place.split('/').next().unwrap();
        assert!(interrupted.uncounted.names.iter().any(|name| name.starts_with(named)), "{place}: {interrupted:?}");
        assert!(home.run(&["roller", "list"]).out.contains("not to be used while"), "{place}");
    }
}

#[test]
fn a_roller_is_barred_by_nothing_that_is_not_its_own() {
    let home = two();
    home.run(&["roller", "add", "e", "--length", "0.13"]).done();
    for place in [
        "rollers/readme.txt",
        "rollers/Read me.txt",
        "rollers/blue.txt",
        "rollers/blue.jpg",
        "rollers/my blue roller.txt",
        "rollers/photos/blue.jpg",
        "rollers/blue-2.toml",
        "rollers/blue-2 (conflicted copy).toml",
        "rollers/.blue-2.toml.icloud",
        "rollers/dark-blue.toml",
        "rollers/blues.toml",
        "rollers/green.toml.bak",
        "rollers/._blue.toml",
        "rollers/.DS_Store",
        "rollers/.toml",
        "rollers/.blue.toml.ab12cd.new",
        "rollers/.stversions/blue.toml",
        "rollers/old/.git/blue.toml",
        "rollers (1)/.Trash-1000/files/blue.toml",
        "rollers/.blue.toml.swp",
        "rollers/.blue.toml.swo",
        "rollers/.blue.toml.kate-swp",
        "rollers/.~lock.blue.toml#",
        "rollers/.#blue.toml",
        "rollers/~$blue.toml",
        "rollers/blue.toml.lock",
        "rollers/blue.toml:Zone.Identifier",
        "rollers/BLUE.TOML:Zone.Identifier",
        "rollers/old/.blue.toml.swp",
        "rollers (1)/blue.toml:Zone.Identifier",
        "rollers (1)/readme.txt",
        "rollers (1)/green.toml",
        "serums/blue.toml",
        "rollers.zip",
    ] {
        put(&home, place, "");
        assert_eq!(standing_of_blue(&home, place), Standing::InUse, "{place}");
        let e = Ledger::new(&home.data()).standing(["e"]);
        assert_eq!(e[0].1, Standing::InUse, "{place}");
        // What looks like a copy keeps nobody from entering another one.
        let added = home.run(&["roller", "add", "z", "--length", "0.13"]);
        assert_eq!(added.status, 0, "{place}: {added:?}");
        fs::remove_file(home.data().join("rollers/z.toml")).unwrap();
        fs::remove_file(home.data().join(place)).unwrap();
    }
}

/// An editor locks what it has open with a link that leads nowhere.
#[test]
fn a_link_that_an_editor_leaves_bars_nobody() {
    let home = two();
    std::os::unix::fs::symlink("somebody@somewhere.1234", home.data().join("rollers/.#blue.toml")).unwrap();
    assert_eq!(standing_of_blue(&home, "a lock"), Standing::InUse);
}

/// Each says of a roller called so, with the id `blue` or, where the name has more, with that of the name, that it is
/// retired: by the name in it or by that of its file.
#[test]
fn a_sound_copy_that_says_retired_counts_whatever_it_is_called() {
    let conflicted = "rollers/blue (conflicted copy).toml";
    let mut count = 0;
    for place in [
        "rollers/x.toml",
        "rollers/azure.toml",
        "rollers/blue-laptop.toml",
        "rollers/blau.txt",
        "rollers/.blau.toml",
        "rollers/old/blau.toml",
        "rollers/.sub/blau",
        "rollers (1)/blau.toml",
        ".rollers/a/blau.toml",
        "rollers/.blue.toml.swp",
        conflicted,
    ] {
        for name in ["blue", "Blue", "BLUE", " blue ", "\u{ff42}lue"] {
            let home = two();
            let text = fs::read_to_string(home.data().join("rollers/blue.toml")).unwrap();
            let text = text.replace("name = \"blue\"", &format!("name = \"{name}\""));
            let kind = format!("{place} {name:?}");
            put(&home, place, &text);
            assert_eq!(standing_of_blue(&home, &kind), Standing::InUse, "{kind}");
            let listed = home.json(&["roller", "list", "--json"]);
            assert_eq!(listed.as_array().unwrap().len(), 2, "{kind}: {listed}");
            put(&home, place, &format!("{text}retired = 2026-01-02\n"));
            assert_eq!(standing_of_blue(&home, &kind), Standing::Retired, "{kind}");
            // One that cannot be read and names it may say so too.
            if !place.ends_with(".swp") {
                put(&home, place, &text.replace("format = 1", "format = 2"));
                assert_eq!(standing_of_blue(&home, &kind), Standing::NotKnown(place.into()), "{kind}");
            }
            count += 1;
        }
    }
    for (place, name) in [
        (conflicted, "blue 0.13"),
        (conflicted, "green"),
        ("rollers/blue-laptop.toml", "blue 0.13"),
        ("rollers/old/blue.toml", "my old one"),
        ("rollers (1)/blue.toml", "red"),
    ] {
        let home = two();
        let text = format!("format = 1\nretired = 2026-01-02\nname = \"{name}\"\nneedle_um = 130\nkept = \"used\"\n");
        put(&home, place, &text);
        let ledger = Ledger::new(&home.data()).standing(["blue"]);
        assert_eq!(ledger[0].1, Standing::Retired, "{place} {name}");
        count += 1;
    }
    println!("copies under other names: {count}");
}

/// The old one of two with one name is retired; what is a copy of its file says nothing of the new one.
#[test]
fn a_copy_of_one_that_was_retired_before_does_not_retire_the_next_of_its_name() {
    for place in ["rollers/blue (1).toml", "rollers/old/blue.toml", "rollers/x.toml", "rollers (1)/azure.toml"] {
        let home = two();
        home.run(&["roller", "retire", "blue", "--why", "bent"]).done();
        let text = fs::read_to_string(home.data().join("rollers/blue.toml")).unwrap();
        home.run(&["roller", "add", "blue", "--length", "0.14"]).done();
        put(&home, place, &text);
        let standings = Ledger::new(&home.data()).standing(["blue", "blue-2"]);
        assert_eq!(standings[0].1, Standing::Retired, "{place}");
        assert_eq!(standings[1].1, Standing::InUse, "{place}");
    }
}

/// Of two under ids that neither was made from the name, either may say it.
#[test]
fn of_two_files_that_were_renamed_by_hand_either_says_that_it_is_retired() {
    for retired in ["x", "y"] {
        let home = two();
        let text = fs::read_to_string(home.data().join("rollers/blue.toml")).unwrap();
        fs::remove_file(home.data().join("rollers/blue.toml")).unwrap();
        for id in ["x", "y"] {
            let end = if id == retired { "retired = 2026-01-02\n" } else { "" };
            put(&home, &format!("rollers/{id}.toml"), &format!("{text}{end}"));
        }
        let standings = Ledger::new(&home.data()).standing(["x", "y"]);
        assert_eq!(standings[0].1, Standing::Retired, "{retired}");
        assert_ne!(standings[1].1, Standing::InUse, "{retired}");
    }
}

/// Nothing has changed since the screen was shown, so Enter begins with the other one.
#[test]
fn a_session_begins_with_another_roller_while_a_copy_of_one_cannot_be_read() {
    let home = two();
    put(&home, "rollers/blue.toml.bak", "");
    let pty = Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).start();
    pty.wait_text("blue.toml.bak").press_until("\r", "Soak the roller");
    pty.press_until("q", "LEAVE?");
    // The only one: the file is named, another one can be described, and this one is not entered anew.
    let home = two();
    home.run(&["roller", "retire", "red"]).done();
    put(&home, "rollers/blue.toml.bak", "");
    let pty = Setup::dermaroll(&[], home.path()).env("TZ", &home.zone()).start();
    pty.wait_text("blue.toml.bak").press_until("\r", "NO ROLLER");
    pty.wait_text("rollers/blue.toml.bak. Mend").press_until("o", "What do you call your roller?");
    pty.press_until("blue", "Name  blue").press_until("\r", "rollers/blue.toml.bak cannot be used");
    // Once it is put right, the rollers are read anew.
    fs::remove_file(home.data().join("rollers/blue.toml.bak")).unwrap();
    pty.press_until("\x1b", "looks like a copy of blue")
        .press_until("\r", "have changed since")
        .press_until("\r", "Soak the roller");
    pty.press_until("q", "LEAVE?");
}
