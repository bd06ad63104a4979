//! The ledger is asked again at every gate: a roller that was retired meanwhile, or of which nobody can say whether it
//! was, does not touch the skin.

use std::fs;
use std::path::PathBuf;

use dermaroll::content::keymap::Key;
use engine::protocol::Micrometres;
use engine::safety::Roller;
use engine::session::EventKind;
use store::record::Ledger;
use store::record::ledger::Condition;
use store::record::timestamp::Day;

use crate::support::computer::{Computer, ProgramRun};

fn file(computer: &Computer) -> PathBuf {
    computer.root().join("rollers/blue.toml")
}

fn retire(path: &std::path::Path) {
    Ledger::new(path).retire_roller("blue", day(), None, "bent").unwrap();
}

fn day() -> Day {
    Day::parse("2026-11-22").unwrap()
}

fn roller(id: &str) -> Roller {
    Roller { id: id.into(), name: id.into(), needle: Micrometres(130), uses: 0 }
}

/// What another program, or a disk, does to the roller's file meanwhile.
type Harm = (&'static str, fn(&std::path::Path));

fn harms() -> [Harm; 14] {
    [
        ("retired", |root| retire(root)),
        ("gone", |root| fs::remove_file(root.join("rollers/blue.toml")).unwrap()),
        ("empty", |root| fs::write(root.join("rollers/blue.toml"), "").unwrap()),
        ("conflict marks", |root| {
            let path = root.join("rollers/blue.toml");
            let text = fs::read_to_string(&path).unwrap();
            let other = "retired = 2026-11-22\nretired_why = \"bent\"\n";
            fs::write(path, format!("{text}<<<<<<< HEAD\n=======\n{other}>>>>>>> other\n")).unwrap();
        }),
        ("a copy that says retired", |root| {
            let path = root.join("rollers/blue.toml");
            let text = fs::read_to_string(&path).unwrap();
            let copy = root.join("rollers/blue.sync-conflict-20261122-101010-ABCDEFG.toml");
            fs::write(copy, format!("{text}retired = 2026-11-22\nretired_why = \"bent\"\n")).unwrap();
        }),
        ("cut short", |root| {
            let path = root.join("rollers/blue.toml");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, &text[..text.len() - "kept = \"used\"\n".len()]).unwrap();
        }),
        ("a copy that cannot be read", |root| fs::write(root.join("rollers/blue.toml.bak"), "").unwrap()),
        ("a hidden copy", |root| fs::write(root.join("rollers/.syncthing.blue.toml.tmp"), "format").unwrap()),
        ("a copy under another name, hidden, that says retired", |root| {
            let text = fs::read_to_string(root.join("rollers/blue.toml")).unwrap();
            fs::create_dir(root.join("rollers/.old")).unwrap();
            fs::write(root.join("rollers/.old/azure"), format!("{text}retired = 2026-11-22\n")).unwrap();
        }),
        ("a file beside it that names it and says retired", |root| {
            let text = fs::read_to_string(root.join("rollers/blue.toml")).unwrap();
            fs::write(root.join("rollers/x.toml"), format!("{text}retired = 2026-11-22\n")).unwrap();
        }),
        ("a copy of the folder, cut short", |root| {
            fs::create_dir(root.join("rollers (1)")).unwrap();
            fs::write(root.join("rollers (1)/blue.toml"), "format = 1\nretired = 2026-11-22\n").unwrap();
        }),
        ("a copy of the folder, sorted", |root| {
            let text = fs::read_to_string(root.join("rollers/blue.toml")).unwrap();
            fs::create_dir_all(root.join("rollers (1)/old")).unwrap();
            fs::write(root.join("rollers (1)/old/blue.toml"), format!("{text}retired = 2026-11-22\n")).unwrap();
        }),
        ("a copy of the folder that leads nowhere", |root| {
            std::os::unix::fs::symlink("/nowhere", root.join("rollers 2")).unwrap();
        }),
        ("the folder is no folder", |root| {
            fs::remove_dir_all(root.join("rollers")).unwrap();
            fs::write(root.join("rollers"), "").unwrap();
        }),
    ]
}

/// A way through a session up to a gate, and the key that opens it.
type Gate = (&'static str, fn(&mut ProgramRun<'_>), &'static str);

const GATES: [Gate; 6] = [
    ("the soak", at_the_soak, " "),
    ("set up", cleared, "s"),
    ("hands free", at_the_last_touch, " "),
    ("going on", paused, " "),
    ("one more", paused, "+"),
    ("soaking again", touched, "k"),
];

fn at_the_soak(run: &mut ProgramRun<'_>) {
    run.key(Key::Enter).shows("Sterilise");
}

fn cleared(run: &mut ProgramRun<'_>) {
    run.soaking().answered().seconds(600).shows("set up");
}

fn at_the_last_touch(run: &mut ProgramRun<'_>) {
    run.soaking().answered().seconds(600).keys("sdy");
}

fn paused(run: &mut ProgramRun<'_>) {
    run.rolling().seconds(3).keys(" ").shows("PAUSED");
}

fn touched(run: &mut ProgramRun<'_>) {
    run.rolling().seconds(3).keys(" d").shows("TOUCHED");
}

#[test]
fn at_every_gate_it_does_not_go_on_with_a_roller_that_may_not_be_used() {
    let mut count = 0;
    for (harm, harms) in harms() {
        for (gate, way, key) in GATES {
            let mut computer = Computer::new();
            let root = computer.root();
            let mut run = computer.start();
            way(&mut run);
            harms(&root);
            run.keys(key);
            let says = ["was retired", "We can't tell whether"].iter().any(|said| run.screen.contains(said));
            assert!(says, "{harm} at {gate}:\n{}", run.screen);
            run.keys(" ").keys(key).seconds(120);
            assert!(!run.hands_are_busy(), "{harm} at {gate}:\n{}", run.screen);
            count += 1;
        }
    }
    println!("unfit rollers: {count} cases of harm and gate");
}

#[test]
fn on_going_on_with_an_unfinished_session_it_is_named_at_once() {
    for (harm, harms) in harms() {
        for (away, head) in [(2, "NOT THIS ROLLER"), (40, "NO ROLLER")] {
            let mut computer = Computer::new();
            computer.start().rolling().seconds(8 + 3).keys(" ");
            harms(&computer.root());
            let mut run = computer.minutes(away).start();
            run.keys("g");
            // Where the folder cannot be listed at all, nothing goes on.
            let stays = harm == "the folder is no folder" && run.screen.contains("UNFINISHED SESSION");
            assert!(stays || run.screen.contains(head), "{harm}, {away}:\n{}", run.screen);
            run.keys(" kg").seconds(120);
            assert!(!run.hands_are_busy());
        }
    }
}

/// The file is named where the roller may not go on, at the gate, in the pause and on the page without one.
#[test]
fn what_keeps_it_from_being_used_is_named_where_it_is_said() {
    let mut computer = Computer::new();
    let root = computer.root();
    fs::write(root.join("rollers/.blue.toml.swp"), "").unwrap();
    let mut run = computer.start();
    run.key(Key::Enter).shows("Sterilise");
    fs::write(root.join("rollers/blue.toml.bak"), "").unwrap();
    run.keys(" ").shows("NO ROLLER").shows("rollers/blue.toml.bak is gone or");
    run.killed();
    let mut computer = Computer::new();
    let root = computer.root();
    let mut run = computer.start();
    run.rolling().seconds(3).keys(" ");
    fs::write(root.join("rollers/blue.toml.bak"), "").unwrap();
    run.keys(" ").shows("NOT THIS ROLLER").shows("rollers/blue.toml.bak is gone or");
    run.killed();
}

/// None is left that may be used: which file is in the way is said before another one is asked for.
#[test]
fn a_start_without_a_roller_that_may_be_used_says_why() {
    let mut computer = Computer::new();
    let root = computer.root();
    fs::write(root.join("rollers/blue.toml.bak"), "").unwrap();
    let mut run = computer.start();
    run.key(Key::Enter).shows("NO ROLLER").shows("rollers/blue.toml.bak").shows_not("What do you call");
    run.keys("o").shows("What do you call").key(Key::Esc).shows("blue.toml.bak looks like a copy of blue");
}

#[test]
fn another_one_takes_its_place_or_the_session_is_stopped_through_saline() {
    let mut computer = Computer::new();
    let root = computer.root();
    Ledger::new(&root).enter_roller(&roller("green"), Condition::Used).unwrap();
    let mut run = computer.start();
    run.rolling().seconds(8 + 3).keys(" ");
    retire(&root);
    run.keys(" ").shows("NOT THIS ROLLER").shows("It was retired meanwhile").snapshot("roller-unfit");
    run.keys("?").shows("other roller").shows("stop and save").shows_not("soak again").shows_not("retire it");
    run.key(Key::Esc).shows("NOT THIS ROLLER");
    run.keys("o").shows("green").shows_not("blue").keys("11").typed_at_once("10").seconds(40).shows("upper right");
    run.keys(" ");
    fs::remove_file(root.join("rollers/green.toml")).unwrap();
    run.keys(" ").shows("We can't tell whether").keys("x").shows("STOPPING: WHAT HAPPENED?").keys("7").shows("SALINE");
    run.killed();
    assert_eq!(computer.entries(EventKind::RollerUnfit), 2);
    assert_eq!(computer.entries(EventKind::RollerRetired), 0);
}

/// Retired in another terminal while the list of spare ones stands open.
#[test]
fn a_spare_one_that_was_retired_meanwhile_is_not_taken() {
    let mut computer = Computer::new();
    let root = computer.root();
    Ledger::new(&root).enter_roller(&roller("green"), Condition::Used).unwrap();
    let mut run = computer.start();
    run.rolling().seconds(3).keys(" do1").shows("green");
    Ledger::new(&root).retire_roller("green", day(), None, "bent").unwrap();
    run.keys("1").typed_at_once("10");
    assert!(!run.hands_are_busy(), "{}", run.screen);
    run.seconds(60).shows("\"green\" is retired");
}

#[test]
fn a_pack_that_was_opened_is_sealed_neither_in_this_session_nor_in_another() {
    let mut computer = sealed();
    let mut run = computer.start();
    run.key(Key::Enter).keys("e2").shows("Question 1 of");
    run.answered().keys("sdy ").seconds(160).keys(" ").shows("PAUSED");
    run.killed();
    assert!(fs::read_to_string(file(&computer)).unwrap().contains("opened = 2026-11-22"));
    // Stale: back to the soak, and the pack lies open.
    let mut run = computer.minutes(30).start();
    run.keys("g").shows("Sterilise").keys("e2").shows("it needs to soak").shows_not("Question 1 of");
    run.key(Key::Esc).keys(" ").shows("Question 1 of");
    run.killed();
    // The record is deleted; the pack is open all the same.
    let mut run = computer.minutes(30).start();
    run.keys("dy");
    run.killed();
    let owned = Ledger::new(&computer.root()).rollers().0;
    assert!(owned[0].opened.is_some());
}

fn sealed() -> Computer {
    let computer = Computer::new();
    fs::remove_file(file(&computer)).unwrap();
    Ledger::new(&computer.root()).enter_roller(&roller("blue"), Condition::Sealed).unwrap();
    computer
}

/// Whether it may be taken from a sealed pack in a new session.
fn is_offered_sealed(computer: &mut Computer) -> bool {
    let mut run = computer.start();
    run.key(Key::Enter).keys("e2");
    !run.screen.contains("it needs to soak")
}

/// The pack is open as soon as the roller lies in the liquid, however the session ends and whatever becomes of its record.
#[test]
fn a_pack_that_was_opened_into_the_liquid_stays_open() {
    assert!(is_offered_sealed(&mut sealed()), "until it is opened");
    // Deleted, kept, and gone on with: of each, what the ledger did not hear is written down then.
    for (hears, keys) in [(true, "dy"), (false, "dy"), (false, "py"), (false, "g")] {
        let mut computer = sealed();
        let before = fs::read_to_string(file(&computer)).unwrap();
        let mut run = computer.start();
        run.key(Key::Enter).keys(" ").shows("Question 1 of");
        run.killed();
        if hears {
            assert!(fs::read_to_string(file(&computer)).unwrap().contains("opened = 2026-11-22"));
        } else {
            // It died between record and ledger.
            fs::write(file(&computer), before).unwrap();
        }
        let mut run = computer.minutes(2).start();
        run.keys(keys);
        run.killed();
        assert!(Ledger::new(&computer.root()).rollers().0[0].opened.is_some(), "{keys}");
        if keys != "g" {
            assert!(!is_offered_sealed(&mut computer), "{keys}");
        }
    }
}

/// With other times it cannot be gone on with; it is kept or deleted, and the pack is open all the same.
#[test]
fn a_pack_that_was_opened_in_a_trial_stays_open() {
    for keys in ["dy", "py"] {
        let mut computer = sealed();
        let before = fs::read_to_string(file(&computer)).unwrap();
        computer.sources.trial = true;
        let mut run = computer.start();
        run.key(Key::Enter).keys("e2").shows("Question 1 of");
        run.killed();
        // It died between record and ledger.
        fs::write(file(&computer), before).unwrap();
        computer.sources.trial = false;
        let mut run = computer.minutes(2).start();
        run.shows("other times (trial)").keys("g").shows("UNFINISHED").keys(keys);
        run.killed();
        assert!(Ledger::new(&computer.root()).rollers().0[0].opened.is_some(), "{keys}");
        assert!(!is_offered_sealed(&mut computer), "{keys}");
    }
}

#[test]
fn a_roller_that_came_in_no_pack_has_none_that_is_opened() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.key(Key::Enter).keys(" ").shows("Question 1 of");
    run.killed();
    assert_eq!(Ledger::new(&computer.root()).rollers().0[0].opened, None);
}

#[test]
fn a_session_that_was_soaking_again_says_so() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(3).keys(" dk").shows("SOAKING AGAIN");
    run.killed();
    computer.minutes(2).start().shows("closed while the roller was soaking again");
}
