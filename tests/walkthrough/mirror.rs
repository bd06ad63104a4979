//! What somebody found who stood at the mirror with it, each as a script.

use dermaroll::keymap::Key;

use crate::support::stage::{NARROW, Stage, WIDE, first_run};

#[track_caller]
fn shows(stage: &Stage, text: &str) {
    assert!(stage.screen.contains(text), "no {text:?} on\n{}", stage.screen);
}

#[track_caller]
fn shows_not(stage: &Stage, text: &str) {
    assert!(!stage.screen.contains(text), "{text:?} on\n{}", stage.screen);
}

/// Upper left and lower left are rolled with the same hand, which is told at each section all the same.
#[test]
fn the_hand_is_told_and_changes_only_where_it_does() {
    let mut stage = Stage::soaking(WIDE);
    stage.no(17).keys("y3").key(Key::Enter).no(6).read_review().keys("c").seconds(600).keys("sdy ").seconds(62);
    assert!(
        stage.screen.contains("GET READY") && stage.screen.contains("Roller in your right hand."),
        "{}",
        stage.screen
    );
    assert!(!stage.screen.contains("Switch"), "{}", stage.screen);
    stage.seconds(15);
    assert!(stage.screen.contains("YOUR UPPER LEFT. Switch hands."), "{}", stage.screen);
    stage.seconds(14);
    assert!(stage.screen.contains("MOVE") && stage.screen.contains("Switch hands."), "{}", stage.screen);
    assert!(stage.screen.contains("Roller in your left hand."), "{}", stage.screen);
    stage.seconds(20);
    assert!(stage.screen.contains("YOUR LOWER LEFT. Roller in your left hand."), "{}", stage.screen);
    stage.seconds(12);
    assert!(stage.screen.contains("MOVE") && stage.screen.contains("Roller in your left hand."), "{}", stage.screen);
    assert!(!stage.screen.contains("Switch"), "{}", stage.screen);
}

/// From 1:00 to 0:01 the digits have the same width, and the words stay where they are.
#[test]
fn words_do_not_hop_when_the_digits_come_below_ten() {
    for size in [WIDE, NARROW] {
        let mut stage = Stage::ready(size);
        stage.keys(" ");
        let row = |stage: &Stage| stage.screen.lines().position(|row| row.contains("Take the roller out"));
        let before = row(&stage);
        assert!(before.is_some(), "{}", stage.screen);
        for _ in 0..58 {
            stage.seconds(1);
            assert_eq!(row(&stage), before, "{}", stage.screen);
        }
    }
}

/// Both have the same digits in the same place; the first line below them tells one from the other.
#[test]
fn saline_and_serum_say_which_they_are() {
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(152 + 10);
    let below =
        |stage: &Stage| stage.screen.lines().skip(3).find(|row| row.contains("  S")).map(str::trim).unwrap().to_owned();
    assert_eq!(below(&stage), "SALINE  Bathe the rolled sections. Pat dry.");
    shows(&stage, "4 SALINE");
    shows(&stage, "next: serum, 1:30");
    stage.seconds(45);
    assert_eq!(below(&stage), "SERUM  Only where you rolled.");
    shows(&stage, "4 SERUM");
}

#[test]
fn a_roller_that_was_used_before_is_told_as_that() {
    let mut stage = Stage::new(first_run(), WIDE);
    stage.key(Key::Enter).types("blue").types("0.13").keys("2").types("plain");
    shows(&stage, "used 0 of 10 here, and before");
    let mut stage = Stage::new(first_run(), WIDE);
    stage.key(Key::Enter).types("blue").types("0.13").keys("1").types("plain");
    shows(&stage, "used 0 of 10");
    shows_not(&stage, "and before");
}

/// A detail takes no answer out of its column and is lost in no window.
#[test]
fn the_review_keeps_answers_in_their_column() {
    for size in [WIDE, NARROW] {
        let mut stage = Stage::soaking(size);
        stage.no(2).keys("y3").no(10).keys("y1").key(Key::Enter).keys("13m").no(10);
        let row = |text: &str| stage.screen.lines().find(|row| row.contains(text)).unwrap_or_default().to_owned();
        let column = |row: &str, text: &str| row.find(text);
        assert_eq!(column(&row("other medicine"), "YES"), column(&row("skin concern"), "no"), "{}", stage.screen);
        shows(&stage, "doctor: all right");
        if size == NARROW {
            stage.key(Key::Down).key(Key::PageDown).key(Key::PageDown);
            shows(&stage, "390 days");
        }
    }
}
