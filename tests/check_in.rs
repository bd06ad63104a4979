//! The days after a session: the first screen asks how the skin is, one key answers, and a file of its own keeps it.

#[allow(dead_code)]
use crate::support::computer::Computer;
use dermaroll::content::keymap::Key;
use store::record::{FollowUp, Skin, follow_up};

const DAY: u64 = 24 * 60;

/// One session, so many days ago.
fn lived(days: u64) -> Computer {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(500).keys("nnnnn").key(Key::Enter).keys("2").key(Key::Enter);
    run.ended();
    computer.minutes(days * DAY);
    computer
}

fn follow_ups(computer: &Computer) -> Vec<FollowUp> {
    follow_up::of_session(&computer.sessions()[0]).0
}

#[test]
fn one_key_says_how_the_skin_is() {
    let mut computer = lived(1);
    computer.start().shows("Day 1 since rolling on").snapshot("check-in");
    let before = std::fs::read(&computer.sessions()[0]).unwrap();
    let mut run = computer.start();
    run.keys("3").shows("Noted, day 1: calm").keys("1").shows_not("how is your skin").shows_not("Noted, day 1: pink");
    drop(run);
    let follow_ups = follow_ups(&computer);
    assert_eq!(follow_ups.len(), 1, "the second digit answered nothing");
    assert_eq!(
        (follow_ups[0].day, follow_ups[0].felt.as_slice(), follow_ups[0].text.as_str()),
        (Some(1), &[Skin::Calm][..], "")
    );
    assert_eq!(std::fs::read(&computer.sessions()[0]).unwrap(), before);
    computer.start().shows_not("how is your skin");
}

#[test]
fn it_is_asked_on_its_days_and_not_for_ever() {
    let mut computer = lived(0);
    for (days, asked) in [(0, None), (1, Some(1)), (1, Some(2)), (1, Some(3)), (4, Some(7)), (6, Some(13)), (1, None)] {
        computer.minutes(days * DAY);
        let mut run = computer.start();
        match asked {
            Some(day) => run.shows(&format!("Day {day} since rolling")),
            None => run.shows_not("since rolling"),
        };
    }
}

#[test]
fn a_note_in_words_answers_too_and_is_possible_at_any_time() {
    let mut computer = lived(4);
    let mut run = computer.start();
    run.shows("Day 4 since rolling").keys("n").shows("A LATER NOTE").snapshot("check-in-note");
    run.key(Key::Enter).shows("how is your skin").keys("n");
    run.typed_at_once("dry").shows("Noted, day 4: dry").shows_not("how is your skin");
    drop(run);
    computer.minutes(40 * DAY);
    let mut run = computer.start();
    run.shows("28 days                   due").shows_not("due today").keys("n").keys("gon").key(Key::Esc).keys("n");
    run.typed_at_once("gone").shows("Noted, day 44: gone");
    drop(run);
    let said: Vec<(Option<u32>, String)> =
        follow_ups(&computer).into_iter().map(|note| (note.day, note.text)).collect();
    assert_eq!(said, [(Some(4), "dry".into()), (Some(44), "gone".into())]);
}

#[test]
fn before_the_first_session_nothing_is_asked() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.shows_not("how is your skin").keys("n").shows_not("A LATER NOTE").keys("1");
    drop(run);
    assert!(computer.sessions().is_empty());
}
