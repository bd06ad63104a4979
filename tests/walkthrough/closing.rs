//! The closing questions: what each answer says at once, and what can be taken back.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;
use engine::session::Effect;

use super::screens::at_both;
use crate::support::app_driver::AppDriver;

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
