//! What somebody found who stood at the mirror with it, each as a script.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use engine::protocol::Kind;
use engine::safety::Roller;
use engine::session::Event;
use store::known::{DueState, Known, LastSession, Shelf};

use crate::support::stage::{NARROW, Stage, TINY, WIDE, first_run, returning, roller};

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
    stage.no_until("eczema").keys("y3").key(Key::Enter).no_to_all().read_review();
    stage.keys("c").seconds(600).keys("sdy ").seconds(62);
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
fn not_today_asks_as_leaving_does() {
    let mut stage = Stage::cleared(WIDE);
    stage.keys("n");
    assert_eq!(stage.app.screen_name().id(), "confirm-leave");
    stage.key(Key::Esc);
    assert_eq!(stage.app.screen_name().id(), "verdict-clear", "the soak and every answer are still there");
    stage.keys("ny");
    assert_eq!(stage.count_entries(|event| *event == Event::Left), 1);
}

#[test]
fn set_up_before_its_time_says_how_long_it_takes() {
    let mut stage = Stage::soaking(WIDE);
    stage.no_to_all().read_review().keys("cs");
    shows(&stage, "Soak 9:");
}

#[test]
fn what_stands_below_the_last_question_is_reached() {
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(152 + 45 + 90 + 1);
    stage.size = NARROW;
    stage.draw();
    shows(&stage, "See a doctor if redness spreads");
    for _ in 0..20 {
        stage.key(Key::Down);
    }
    shows(&stage, "once calm.");
    shows_not(&stage, "blood, welts");
    stage.key(Key::Up);
    shows(&stage, ">3  blood, welts");
}

#[test]
fn what_was_not_shown_takes_no_answer() {
    let mut stage = Stage::cleared(WIDE);
    stage.size = TINY;
    stage.keys("sdy ");
    shows(&stage, "Read to the end");
    let answers =
        |stage: &Stage| stage.count_entries(|event| matches!(event, Event::SkinReady | Event::CuesHeard { .. }));
    assert_eq!(answers(&stage), 0);
    for _ in 0..40 {
        stage.key(Key::Down);
    }
    stage.keys("dy ");
    assert_eq!(answers(&stage), 2);
    assert_eq!(stage.count_entries(|event| *event == Event::HandsFree), 1);

    let mut asked = returning();
    asked.last = asked.last.map(|last| LastSession { days_ago: 7, check_in: Some(7), ..last });
    let mut stage = Stage::new(asked, TINY);
    stage.keys("1");
    assert!(stage.outputs.is_empty(), "{}", stage.screen);
    for _ in 0..40 {
        stage.key(Key::Down);
    }
    stage.keys("1");
    assert_eq!(stage.outputs.len(), 1);
}

/// Whoever has to stop must not read to the end first.
#[test]
fn stopping_is_open_in_any_window() {
    let mut stage = Stage::rolling(WIDE);
    stage.size = TINY;
    stage.seconds(10).press(Key::Other);
    stage.keys("x1");
    assert_eq!(stage.count_entries(|event| matches!(event, Event::Stopped { .. })), 1);
}

#[test]
fn a_pause_before_rolling_offers_what_acts_and_nothing_else() {
    for size in [WIDE, NARROW] {
        let mut stage = Stage::ready(size);
        stage.keys(" ").seconds(20).press(Key::Other);
        stage.draw();
        for dead in ["enough", "stroke", "Pink", "leave this section out", "saline"] {
            shows_not(&stage, dead);
        }
        shows(&stage, "Going on starts with 1:00 to clean");
        stage.keys("x");
        shows(&stage, "STOP. WHY?");
        shows_not(&stage, "aline");
    }
}

#[test]
fn serum_after_a_stop_runs_in_sight_and_is_offered_once() {
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(40).press(Key::Other);
    stage.keys("x5").seconds(46).keys("yyn");
    shows(&stage, "Serum on the rolled sections? Press s: 1:30.");
    stage.keys("s");
    shows(&stage, "SERUM  Only where you rolled: your upper right, your upper left.");
    shows(&stage, "██");
    stage.seconds(91);
    shows_not(&stage, "SERUM  Only");
    shows_not(&stage, "Press s");
    stage.keys("s");
    assert_eq!(stage.count_entries(|event| *event == Event::SerumWanted), 1);
}

#[test]
fn the_check_in_counts_the_days_that_went_by() {
    let mut asked = Known { due: DueState::NotYet { in_days: 16 }, ..returning() };
    asked.last = asked.last.map(|last| LastSession { days_ago: 12, check_in: Some(7), ..last });
    shows(&Stage::new(asked, WIDE), "Day 12 since rolling on");
}

/// A file of an older program may hold one.
#[test]
fn a_roller_that_is_too_long_is_taken_by_nobody_unasked() {
    let long = Roller { id: "long".into(), name: "long".into(), ..roller(500) };
    let mut known = returning();
    known.rollers.insert(0, Shelf { roller: long, sealed: false, used_before: true });
    let mut stage = Stage::new(known, WIDE);
    stage.key(Key::Enter);
    shows(&stage, "\"blue 0.13\"");
    stage.keys("o");
    shows(&stage, "1  blue 0.13   0.13 mm, used 5 times");
    shows(&stage, "2  long        0.5 mm, too long");
    shows(&stage, "1-2 choose");
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

/// From the review the way leads back to the review.
#[test]
fn esc_goes_back_to_where_a_yes_was_pressed() {
    for (line, screen) in [(2, "doctor"), (13, "which"), (17, "where")] {
        let mut stage = Stage::soaking(WIDE);
        stage.no_to_all().key(Key::Down);
        for _ in 0..line {
            stage.key(Key::Down);
        }
        stage.keys("y");
        assert_eq!(stage.app.screen_name().id(), screen);
        stage.key(Key::Esc);
        assert_eq!(stage.app.screen_name().id(), "review", "{screen}:\n{}", stage.screen);
    }
    let mut stage = Stage::soaking(WIDE);
    stage.no(2).keys("y").key(Key::Esc);
    assert_eq!(stage.app.screen_name().id(), "question");
}

#[test]
fn a_number_without_its_unit_asks_for_it() {
    let mut stage = Stage::soaking(WIDE);
    stage.no_until("recent-procedure").keys("y1").key(Key::Enter).keys("3").key(Key::Enter);
    shows(&stage, "Press d, w or m.");
}

/// A detail takes no answer out of its column and is lost in no window.
#[test]
fn the_review_keeps_answers_in_their_column() {
    for size in [WIDE, NARROW] {
        let mut stage = Stage::soaking(size);
        stage.no(2).keys("y3").no(10).keys("y1").key(Key::Enter).keys("13m").no_to_all();
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

#[test]
fn a_rehearsal_promises_no_record() {
    let mut stage = Stage::started(Kind::Rehearsal, WIDE);
    stage.keys(" ").no(3).seconds(6).keys("c").seconds(6).keys("s");
    shows(&stage, "saline, serum, hands free; nothing is saved");
    shows_not(&stage, "then it is saved");
    stage.keys("dy ").seconds(20).keys("z");
    shows(&stage, "PAUSED");
    shows_not(&stage, "and save");
    stage.keys("x");
    shows(&stage, "nothing is saved");
    shows_not(&stage, "saved record");
    stage.key(Key::Esc).keys("d");
    shows_not(&stage, "Written down");
    stage.keys("x");
    shows(&stage, "RETIRE THIS ROLLER?");
    shows(&stage, "no roller is retired");
    shows_not(&stage, "not offered again");
    let mut stage = Stage::started(Kind::Rehearsal, WIDE);
    stage.keys("e");
    shows(&stage, "nothing is written down");
    stage
        .key(Key::Esc)
        .keys(" ")
        .no(3)
        .seconds(6)
        .keys("c")
        .seconds(6)
        .keys("sdy ")
        .seconds(75)
        .key(Key::Enter)
        .keys("n");
    shows(&stage, "nothing is saved");
    shows_not(&stage, "stays in the record");
    shows_not(&stage, "Written in the record");
}

#[test]
fn the_foot_of_a_pause_offers_what_the_page_offers() {
    let foot = |stage: &Stage| stage.screen.lines().last().unwrap_or_default().to_owned();
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(2).press(Key::Other);
    stage.draw();
    assert!(foot(&stage).contains("n enough") && foot(&stage).contains("+ stroke"), "{}", stage.screen);
    stage.keys("+").seconds(40).press(Key::Other);
    stage.draw();
    assert!(!foot(&stage).contains('+'), "{}", stage.screen);
    stage.keys("+");
    shows(&stage, "once a section");
    stage.keys("n").seconds(33).press(Key::Other);
    stage.draw();
    assert!(foot(&stage).contains("n leave out") && !foot(&stage).contains('+'), "{}", stage.screen);
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(2).press(Key::Other);
    stage.draw();
    stage.keys("n").seconds(33).press(Key::Other);
    stage.draw();
    stage.keys("n").seconds(33).press(Key::Other);
    stage.draw();
    stage.keys("+");
    shows_not(&stage, "once a section");
}

#[test]
fn keys_that_do_nothing_are_not_named() {
    let mut stage = Stage::new(returning(), WIDE);
    stage.key(Key::Enter);
    shows(&stage, "o other");
    let mut stage = Stage::soaking(WIDE);
    stage.no_to_all();
    shows_not(&stage, "PgDn");
    stage.keys("?");
    shows_not(&stage, "more");
    let mut stage = Stage::rolling(WIDE);
    stage.seconds(152 + 45 + 91);
    shows(&stage, "y n answer");
    stage.key(Key::Down);
    shows(&stage, "y n u answer");
    stage.pass(Duration::from_secs(1));
}
