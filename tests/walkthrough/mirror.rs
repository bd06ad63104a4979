//! What somebody found who stood at the mirror with it, each as a script.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use engine::protocol::Kind;
use engine::safety::Roller;
use engine::session::{Entry, Event};
use store::startup::{AvailableRoller, DueState, LastSession, StartupContext};

use crate::support::app_driver::{AppDriver, NARROW, TINY, WIDE, first_run, returning, roller};

#[track_caller]
pub(super) fn shows(driver: &AppDriver, text: &str) {
    assert!(driver.screen.contains(text), "no {text:?} on\n{}", driver.screen);
}

#[track_caller]
pub(super) fn shows_not(driver: &AppDriver, text: &str) {
    assert!(!driver.screen.contains(text), "{text:?} on\n{}", driver.screen);
}

/// Upper left and lower left are rolled with the same hand, which is told at each section all the same.
#[test]
fn the_hand_is_told_and_changes_only_where_it_does() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_until("eczema").keys("y3").key(Key::Enter).no_to_all().read_review();
    driver.keys("c").seconds(600).keys("sdy ").seconds(152);
    assert!(
        driver.screen.contains("GET READY") && driver.screen.contains("Roller in your right hand."),
        "{}",
        driver.screen
    );
    assert!(!driver.screen.contains("Switch"), "{}", driver.screen);
    driver.seconds(15);
    assert!(driver.screen.contains("upper left. Switch hands."), "{}", driver.screen);
    driver.seconds(14);
    assert!(driver.screen.contains("MOVE") && driver.screen.contains("Switch hands."), "{}", driver.screen);
    assert!(driver.screen.contains("Roller in your left hand."), "{}", driver.screen);
    driver.seconds(20);
    assert!(driver.screen.contains("lower left. Roller in your left hand."), "{}", driver.screen);
    driver.seconds(12);
    assert!(driver.screen.contains("MOVE") && driver.screen.contains("Roller in your left hand."), "{}", driver.screen);
    assert!(!driver.screen.contains("Switch"), "{}", driver.screen);
}

/// From 1:00 to 0:01 the digits have the same width, and the words stay where they are.
#[test]
fn words_do_not_hop_when_the_digits_come_below_ten() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::ready(size);
        driver.keys(" ");
        let row = |driver: &AppDriver| driver.screen.lines().position(|row| row.contains("Take the roller out"));
        let before = row(&driver);
        assert!(before.is_some(), "{}", driver.screen);
        for _ in 0..58 {
            driver.seconds(1);
            assert_eq!(row(&driver), before, "{}", driver.screen);
        }
    }
}

/// Both have the same digits in the same place; head and words tell one from the other.
#[test]
fn saline_and_serum_say_which_they_are() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(152 + 10);
    shows(&driver, "◉ SALINE");
    shows(&driver, "Saline: bathe the rolled sections, pat dry.");
    shows_not(&driver, "Only where you rolled.");
    driver.seconds(45);
    shows(&driver, "◉ SERUM");
    shows(&driver, "Only where you rolled.");
    shows_not(&driver, "pat dry");
}

#[test]
fn not_today_asks_as_leaving_does() {
    let mut driver = AppDriver::cleared(WIDE);
    driver.keys("n");
    assert_eq!(driver.app.screen_name().id(), "verdict-clear", "n is no, and nothing was asked");
    driver.keys("q");
    assert_eq!(driver.app.screen_name().id(), "confirm-leave");
    driver.key(Key::Esc);
    assert_eq!(driver.app.screen_name().id(), "verdict-clear", "the soak and every answer are still there");
    driver.keys("qy");
    assert_eq!(driver.count_entries(|event| *event == Event::Left), 1);
}

#[test]
fn set_up_before_its_time_says_how_long_it_takes() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_to_all().read_review().keys("cs");
    shows(&driver, "Soak 9:");
}

#[test]
fn what_stands_below_the_last_question_is_reached() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(152 + 45 + 90 + 1);
    driver.size = NARROW;
    driver.draw();
    shows(&driver, "Call your emergency number");
    for _ in 0..40 {
        driver.key(Key::Down);
    }
    shows(&driver, "even more.");
    shows_not(&driver, "strong pain?");
    driver.key(Key::Up);
    shows(&driver, ">5  strong pain?");
}

#[test]
fn what_was_not_shown_takes_no_answer() {
    let mut driver = AppDriver::cleared(WIDE);
    driver.size = TINY;
    driver.keys("sdy ");
    shows(&driver, "Read to the end");
    let answers =
        |driver: &AppDriver| driver.count_entries(|event| matches!(event, Event::SkinReady | Event::CuesHeard { .. }));
    assert_eq!(answers(&driver), 0);
    for _ in 0..40 {
        driver.key(Key::Down);
    }
    driver.keys("dy ");
    assert_eq!(answers(&driver), 2);
    assert_eq!(driver.count_entries(|event| *event == Event::HandsFree), 1);

    let mut asked = returning();
    asked.last = asked.last.map(|last| LastSession { days_ago: 7, check_in: Some(7), ..last });
    let mut driver = AppDriver::new(asked, TINY);
    let read = |driver: &mut AppDriver| {
        for _ in 0..60 {
            driver.key(Key::Down);
        }
    };
    driver.keys("c1").key(Key::Enter);
    shows_not(&driver, "[x]");
    read(&mut driver);
    driver.keys("1").key(Key::Enter);
    assert!(driver.outputs.is_empty(), "when to get help was not read yet: {}", driver.screen);
    read(&mut driver);
    driver.key(Key::Enter);
    assert_eq!(driver.outputs.len(), 1);
}

/// Whoever has to stop must not read to the end first.
#[test]
fn stopping_is_open_in_any_window() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.size = TINY;
    driver.seconds(10).press(Key::Other);
    driver.keys("x1");
    assert_eq!(driver.count_entries(|event| matches!(event, Event::Stopped { .. })), 1);
}

#[test]
fn a_pause_before_rolling_offers_what_acts_and_nothing_else() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::ready(size);
        driver.keys(" ").seconds(20).press(Key::Other);
        driver.draw();
        for dead in ["enough", "stroke", "Pink", "leave this section out", "saline"] {
            shows_not(&driver, dead);
        }
        shows(&driver, "Going on starts with 2:30 to clean");
        driver.keys("x");
        shows(&driver, "STOPPING: WHAT HAPPENED?");
        shows_not(&driver, "aline");
    }
}

#[test]
fn serum_after_a_stop_runs_in_sight_and_is_offered_once() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(40).press(Key::Other);
    driver.keys("x5").seconds(30 + 46).keys("nnnnn");
    shows(&driver, "Would you like serum where you rolled? Press s: 1:30.");
    driver.keys("s");
    shows(&driver, "SERUM  Only where you rolled: your upper right, your upper left.");
    shows(&driver, "██");
    driver.seconds(91);
    shows_not(&driver, "SERUM  Only");
    shows_not(&driver, "Press s");
    driver.keys("s");
    assert_eq!(driver.count_entries(|event| *event == Event::SerumWanted), 1);
}

#[test]
fn the_check_in_counts_the_days_that_went_by() {
    let mut asked = StartupContext { due: DueState::NotYet { in_days: 16 }, ..returning() };
    asked.last = asked.last.map(|last| LastSession { days_ago: 12, check_in: Some(7), ..last });
    shows(&AppDriver::new(asked, WIDE), "Day 12 since rolling on");
}

/// A file of an older program may hold one.
#[test]
fn a_roller_that_is_too_long_is_taken_by_nobody_unasked() {
    let long = Roller { id: "long".into(), name: "long".into(), ..roller(500) };
    let mut startup = returning();
    startup.rollers.insert(0, AvailableRoller { roller: long, sealed: false, used_before: true });
    let mut driver = AppDriver::new(startup, WIDE);
    driver.key(Key::Enter);
    shows(&driver, "\"blue 0.13\"");
    driver.keys("o");
    shows(&driver, "1  blue 0.13   0.13 mm, used 5 times");
    shows(&driver, "2  long        0.5 mm, too long");
    shows(&driver, "1-2 choose");
}

#[test]
fn a_roller_that_was_used_before_is_told_as_that() {
    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter).types("blue").types("0.13").keys("2").types("plain");
    shows(&driver, "used 0 of 10, plus uses before");
    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter).types("blue").types("0.13").keys("1").types("plain");
    shows(&driver, "used 0 of 10");
    shows_not(&driver, "and before");
}

/// From the review the way leads back to the review.
#[test]
fn esc_goes_back_to_where_a_yes_was_pressed() {
    for (id, screen) in [("diabetes", "doctor"), ("recent-procedure", "which"), ("eczema", "where")] {
        let mut driver = AppDriver::soaking(WIDE);
        driver.no_to_all().key(Key::Down);
        for _ in 0..driver.app.protocols.session.checklist.find(id).unwrap().0 {
            driver.key(Key::Down);
        }
        driver.keys("y");
        assert_eq!(driver.app.screen_name().id(), screen);
        driver.key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "review", "{screen}:\n{}", driver.screen);
    }
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_until("diabetes").keys("y").key(Key::Esc);
    assert_eq!(driver.app.screen_name().id(), "question");
}

#[test]
fn a_number_without_its_unit_asks_for_it() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_until("recent-procedure").keys("y1").key(Key::Enter).keys("3").key(Key::Enter);
    shows(&driver, "Please press d, w or m.");
}

/// What is not no stands first, and no detail of it is lost in any window.
#[test]
fn the_review_keeps_what_is_not_no_together() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::soaking(size);
        driver.no_until("diabetes").keys("y3").no_until("recent-procedure").keys("y1").key(Key::Enter).keys("13m");
        driver.no_to_all();
        let row = |text: &str| driver.screen.lines().position(|row| row.contains(text));
        assert!(row("diabetes") < row("under 18") && row("390 days") < row("under 18"), "{}", driver.screen);
        shows(&driver, "doctor: all right");
        shows(&driver, "390 days");
        shows(&driver, "No to the other 27:");
    }
}

/// Whoever changes an answer in the review stays on its line, and may correct it there.
#[test]
fn a_changed_answer_stays_under_the_cursor_of_the_review() {
    let mut driver = AppDriver::soaking(WIDE);
    let diabetes = driver.app.protocols.session.checklist.find("diabetes").unwrap();
    driver.no_to_all().key(Key::Down);
    for _ in 0..diabetes.0 {
        driver.key(Key::Down);
    }
    let line = format!("> {:>2}", diabetes.0 + 1);
    driver.keys("y3");
    assert_eq!(driver.app.screen_name().id(), "review", "{}", driver.screen);
    shows(&driver, &line);
    driver.keys("n");
    shows(&driver, &line);
    let answered = |entry: &&Entry| matches!(entry.event, Event::Answered { item, .. } if item == diabetes);
    assert_eq!(driver.entries.iter().filter(answered).count(), 3);
}

#[test]
fn a_rehearsal_promises_no_record() {
    let mut driver = AppDriver::started(Kind::Rehearsal, WIDE);
    driver.keys(" ").no(3).seconds(6).keys("c").seconds(6).keys("s");
    shows(&driver, "saline, serum, hands free; nothing is saved");
    shows_not(&driver, "then it is saved");
    driver.keys("dy ").seconds(20).keys("z");
    shows(&driver, "PAUSED");
    shows_not(&driver, "and save");
    driver.keys("x");
    shows(&driver, "Nothing is saved");
    shows_not(&driver, "closing questions");
    driver.key(Key::Esc).keys("d");
    shows_not(&driver, "Noted at");
    shows_not(&driver, "retire this roller");
    driver.keys("x");
    shows(&driver, "RETIRE THIS ROLLER?");
    shows(&driver, "no roller is retired");
    shows_not(&driver, "offer \"blue");
    let mut driver = AppDriver::started(Kind::Rehearsal, WIDE);
    driver.keys("e");
    shows(&driver, "nothing is noted");
    driver
        .key(Key::Esc)
        .keys(" ")
        .no(3)
        .seconds(6)
        .keys("c")
        .seconds(6)
        .keys("sdy ")
        .seconds(165)
        .key(Key::Enter)
        .keys("w");
    shows(&driver, "nothing is saved");
    shows_not(&driver, "stays in the record");
    shows_not(&driver, "Written in the record");
}

#[test]
fn the_foot_of_a_pause_offers_what_the_page_offers() {
    let foot = |driver: &AppDriver| driver.screen.lines().last().unwrap_or_default().to_owned();
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(2).press(Key::Other);
    driver.draw();
    assert!(foot(&driver).contains("e enough") && foot(&driver).contains("+ stroke"), "{}", driver.screen);
    driver.keys("+").seconds(40).press(Key::Other);
    driver.draw();
    assert!(!foot(&driver).contains('+'), "{}", driver.screen);
    driver.keys("+");
    shows(&driver, "You've had your one more stroke here.");
    driver.keys("e").seconds(33).press(Key::Other);
    driver.draw();
    assert!(foot(&driver).contains("e leave out") && !foot(&driver).contains('+'), "{}", driver.screen);
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(2).press(Key::Other);
    driver.draw();
    driver.keys("e").seconds(33).press(Key::Other);
    driver.draw();
    driver.keys("e").seconds(33).press(Key::Other);
    driver.draw();
    driver.keys("+");
    shows_not(&driver, "You've had your one more stroke here.");
}

#[test]
fn keys_that_do_nothing_are_not_named() {
    let mut driver = AppDriver::new(returning(), WIDE);
    driver.key(Key::Enter);
    shows(&driver, "o other");
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_to_all();
    shows_not(&driver, "PgDn");
    driver.keys("?");
    shows_not(&driver, "more");
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(152 + 45 + 91);
    shows(&driver, "y n answer");
    driver.key(Key::Down);
    shows(&driver, "y n u answer");
    driver.pass(Duration::from_secs(1));
}
