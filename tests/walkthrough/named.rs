//! What a new roller may be called.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;

use super::screens::at_both;
use crate::support::app_driver::{AppDriver, returning};

/// Pairs that nobody can tell apart on a screen.
const ALIKE: [[&str; 2]; 8] = [
    ["caf\u{e9} 0.13", "cafe\u{301} 0.13"],
    ["Ros\u{e9}", "ROSE\u{301}"],
    ["blue one", "  Blue \u{a0} one "],
    ["blue", "\u{ff42}\u{ff4c}\u{ff55}\u{ff45}"],
    ["\u{304c}\u{304e}", "\u{304b}\u{3099}\u{304d}\u{3099}"],
    ["\u{2764}\u{fe0f}", "\u{2764}"],
    ["Anna\u{2019}s", "anna's"],
    ["Stra\u{df}e", "STRASSE"],
];

#[test]
fn a_name_that_looks_like_that_of_another_roller_is_refused() {
    at_both(|size| {
        for pair in ALIKE {
            for [name, other] in [pair, [pair[1], pair[0]]] {
                let mut startup = returning();
                startup.rollers[0].roller.name = name.to_owned();
                let mut driver = AppDriver::new(startup, size);
                driver.key(Key::Enter).keys("oo").types(other);
                assert_eq!(driver.app.screen_name().id(), "text", "{name} {other}: {}", driver.screen);
                assert!(driver.screen.contains("already"), "{name} {other}: {}", driver.screen);
                assert!(!driver.outputs.iter().any(|output| matches!(output, Output::AddRoller { .. })));
            }
        }
        let mut driver = AppDriver::new(returning(), size);
        driver.key(Key::Enter).keys("oo").types("Blue  0.13").snapshot("roller-twin").key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "rollers", "{}", driver.screen);
        // One that has just been described is as well known.
        driver.keys("o").types("red").types("0.13").keys("2oo").types(" Red");
        assert!(driver.screen.contains("already"), "{}", driver.screen);
        for _ in 0..4 {
            driver.key(Key::Backspace);
        }
        driver.types("green");
        assert!(driver.screen.contains("How long"), "{}", driver.screen);
    });
}

#[test]
fn a_rehearsal_may_be_with_a_roller_that_is_known() {
    at_both(|size| {
        let mut driver = AppDriver::new(returning(), size);
        driver.keys("r").keys("oo").types("blue 0.13");
        assert!(driver.screen.contains("How long"), "{}", driver.screen);
    });
}
