//! Keyboards that are set to another script.

use dermaroll::content::keymap::Key;
use engine::session::Event;

use crate::support::app_driver::{AppDriver, NARROW, WIDE, first_run};

const HINT: &str = "Switch the keyboard to Latin letters.";

fn answers(driver: &AppDriver) -> usize {
    driver.count_entries(|event| matches!(event, Event::Answered { .. }))
}

#[test]
fn a_letter_of_another_script_says_what_to_do() {
    for size in [WIDE, NARROW] {
        // n on Russian, Greek, Hebrew, Arabic, Korean, Thai and Hindi keyboards.
        for letter in "\u{442}\u{3bd}\u{5de}\u{649}\u{315c}\u{e37}\u{932}".chars() {
            let mut driver = AppDriver::soaking(size);
            driver.key(Key::Char(letter));
            assert!(driver.screen.contains(HINT), "{letter}:\n{}", driver.screen);
            assert_eq!(answers(&driver), 0);
            driver.keys("n");
            assert!(!driver.screen.contains(HINT), "{letter}:\n{}", driver.screen);
            assert_eq!(answers(&driver), 1);
        }
        // A sign or a letter with an accent is on Latin keyboards too.
        for other in "\u{e9}\u{a7};\u{df}".chars() {
            let mut driver = AppDriver::soaking(size);
            driver.key(Key::Char(other));
            assert!(!driver.screen.contains(HINT), "{other}:\n{}", driver.screen);
        }
    }
}

#[test]
fn full_width_letters_and_digits_of_any_script_are_read() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.keys("\u{ff4e}\u{ff2e}\u{ff4e}");
    assert_eq!(answers(&driver), 3);

    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter).types("\u{441}\u{438}\u{43d}\u{ff11}");
    assert!(driver.screen.contains("How long are the needles"), "{}", driver.screen);
    driver.types("\u{660}\u{66b}\u{661}\u{ff13}");
    assert!(driver.screen.contains("\u{441}\u{438}\u{43d}\u{ff11}"), "a name is text: {}", driver.screen);
    driver.keys("\u{ff12}");
    assert!(driver.screen.contains("YOUR SERUM"), "{}", driver.screen);

    // Letters are lost in a field for digits.
    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter).types("blue");
    driver.key(Key::Char('\u{444}'));
    assert!(driver.screen.contains(HINT), "{}", driver.screen);
}
