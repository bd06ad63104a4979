//! Keyboards that are set to another script.

use dermaroll::content::keymap::Key;
use engine::session::Event;

use crate::support::stage::{NARROW, Stage, WIDE, first_run};

const HINT: &str = "Switch the keyboard to Latin letters.";

fn answers(stage: &Stage) -> usize {
    stage.count_entries(|event| matches!(event, Event::Answered { .. }))
}

#[test]
fn a_letter_of_another_script_says_what_to_do() {
    for size in [WIDE, NARROW] {
        // n on Russian, Greek, Hebrew, Arabic, Korean, Thai and Hindi keyboards.
        for letter in "\u{442}\u{3bd}\u{5de}\u{649}\u{315c}\u{e37}\u{932}".chars() {
            let mut stage = Stage::soaking(size);
            stage.key(Key::Char(letter));
            assert!(stage.screen.contains(HINT), "{letter}:\n{}", stage.screen);
            assert_eq!(answers(&stage), 0);
            stage.keys("n");
            assert!(!stage.screen.contains(HINT), "{letter}:\n{}", stage.screen);
            assert_eq!(answers(&stage), 1);
        }
        // A sign or a letter with an accent is on Latin keyboards too.
        for other in "\u{e9}\u{a7};\u{df}".chars() {
            let mut stage = Stage::soaking(size);
            stage.key(Key::Char(other));
            assert!(!stage.screen.contains(HINT), "{other}:\n{}", stage.screen);
        }
    }
}

#[test]
fn full_width_letters_and_digits_of_any_script_are_read() {
    let mut stage = Stage::soaking(WIDE);
    stage.keys("\u{ff4e}\u{ff2e}\u{ff4e}");
    assert_eq!(answers(&stage), 3);

    let mut stage = Stage::new(first_run(), WIDE);
    stage.key(Key::Enter).types("\u{441}\u{438}\u{43d}\u{ff11}");
    assert!(stage.screen.contains("How long are the needles"), "{}", stage.screen);
    stage.types("\u{660}\u{66b}\u{661}\u{ff13}");
    assert!(stage.screen.contains("\u{441}\u{438}\u{43d}\u{ff11}"), "a name is text: {}", stage.screen);
    stage.keys("\u{ff12}");
    assert!(stage.screen.contains("YOUR SERUM"), "{}", stage.screen);

    // Letters are lost in a field for digits.
    let mut stage = Stage::new(first_run(), WIDE);
    stage.key(Key::Enter).types("blue");
    stage.key(Key::Char('\u{444}'));
    assert!(stage.screen.contains(HINT), "{}", stage.screen);
}
