//! The closing questions: what each answer says at once, and what can be taken back.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;
use engine::session::Effect;

use super::mirror::{shows, shows_not};
use super::screens::at_both;
use crate::support::app_driver::{AppDriver, NARROW, WIDE};
use crate::support::program::questions;

#[test]
fn a_roller_that_an_answer_retires_is_named_in_every_window_and_the_answer_can_be_taken_back() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        let says = |driver: &AppDriver, words: &str| {
            driver.screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
        };
        driver.seconds(400).keys("ny");
        assert!(says(&driver, "will be retired"), "{size:?}:\n{}", driver.screen);
        driver.snapshot("after-needles-bent").key(Key::Up).keys("n");
        assert!(!says(&driver, "retired"), "{size:?}:\n{}", driver.screen);
        driver.key(Key::Up).keys("y").key(Key::Enter);
        let retired = |driver: &AppDriver| {
            let is_one = |output: &&Output| matches!(output, Output::Session(Effect::RetireRoller { .. }));
            driver.outputs.iter().filter(is_one).count()
        };
        assert_eq!(retired(&driver), 0, "it may be answered anew");
        driver.key(Key::Enter);
        assert_eq!(retired(&driver), 1);
    });
}

#[test]
fn blood_marks_and_pain_say_at_once_what_to_do() {
    at_both(|size| {
        for (keys, words) in [("nny", "Press a clean tissue"), ("nnnu", "Watch your lips"), ("nnnny", "strong pain?")] {
            let mut driver = AppDriver::rolling(size);
            driver.seconds(400).keys(keys);
            let text = driver.screen.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(words) && text.contains("No serum and no cream"), "{size:?}:\n{}", driver.screen);
        }
        AppDriver::rolling(size).seconds(400).keys("nnyyy").snapshot("after-trouble");
    });
}

/// Serum that was asked for after a stop ends with such an answer, and can be asked for again once it is taken back.
#[test]
fn serum_ends_when_blood_shows() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(40).press(Key::Other);
    driver.keys("x5").seconds(30 + 46).keys("nnnnns");
    shows(&driver, "SERUM  Only where you rolled");
    driver.key(Key::Down).key(Key::Down).keys("y");
    shows_not(&driver, "SERUM  Only where you rolled");
    shows_not(&driver, "Press s");
    driver.key(Key::Up).keys("n");
    shows(&driver, "Press s");
    driver.keys("s");
    shows(&driver, "SERUM  Only where you rolled");
}

/// After a stop before anything was rolled, one question is left.
#[test]
fn a_page_with_one_question_begins_at_its_top() {
    let mut driver = AppDriver::ready(NARROW);
    driver.keys(" ").seconds(3).press(Key::Other);
    driver.keys("x4").keys(" ");
    shows(&driver, "You didn't roll today.");
    driver.key(Key::Down);
    shows_not(&driver, "You didn't roll today.");
    shows(&driver, "needle bent, missing?");
}

/// The session stood still for too long, and the checklist that was asked anew stops it.
#[test]
fn a_stop_by_the_checklist_after_rolling_is_no_day_without_rolling() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(40).press(Key::Other);
    driver.seconds(700).keys(" ").keys(" y").no(questions() - 1).read_review().keys("c");
    shows(&driver, "NO ROLLING TODAY");
    shows(&driver, "What you rolled is saved as a part session. The closing questions come next.");
    shows_not(&driver, "stopped by the checklist");
    driver.keys("q");
    shows(&driver, "Aftercare");
}
