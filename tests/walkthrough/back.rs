//! The way back from a slip, where it was made.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;
use engine::session::Event;

use super::screens::at_both;
use crate::support::app_driver::{AppDriver, WIDE, first_run, returning};

fn entered(driver: &AppDriver) -> usize {
    driver.outputs.iter().filter(|output| matches!(output, Output::AddRoller { .. })).count()
}

#[track_caller]
fn shows(driver: &AppDriver, words: &str) {
    let text = driver.screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(words), "no {words:?} on\n{}", driver.screen);
}

#[test]
fn a_length_typed_wrong_is_typed_again_where_it_was_typed() {
    for mut driver in [AppDriver::new(first_run(), WIDE), AppDriver::new(returning(), WIDE)] {
        driver.key(Key::Enter);
        if driver.screen.contains("Soak the roller") {
            driver.keys("on");
        }
        driver.types("red").types("13");
        shows(&driver, "NEEDLES TOO LONG");
        driver.key(Key::Esc);
        shows(&driver, "Length in mm 13");
        driver.key(Key::Backspace).key(Key::Backspace).types("0.2");
        shows(&driver, "\"red\", 0.2 mm: new in a sealed pack, or used before?");
        driver.key(Key::Esc);
        shows(&driver, "Length in mm 0.2");
        driver.key(Key::Enter).keys("2");
        shows(&driver, "NOT BELOW THE ARTICLE'S LIMIT");
        assert_eq!(entered(&driver), 0, "nothing is kept before it is acknowledged");
        driver.key(Key::Esc).key(Key::Backspace).types("1");
        shows(&driver, "\"red\", 0.1 mm");
        driver.key(Key::Esc).key(Key::Esc);
        shows(&driver, "Name red");
        driver.key(Key::Enter).types("0.1").keys("2");
        assert_eq!(entered(&driver), 1);
    }
}

#[test]
fn no_way_back_from_the_first_form_leaves_the_program() {
    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter).types("red");
    for _ in 0..6 {
        driver.key(Key::Esc);
    }
    assert!(driver.outputs.iter().all(|output| !matches!(output, Output::Leave(_))));
}

#[test]
fn skin_that_was_called_done_is_called_undone() {
    at_both(|size| {
        let mut driver = AppDriver::cleared(size);
        driver.keys("sdy").snapshot("last-touch-both").keys("d").keys(" ");
        shows(&driver, "Answer both questions first.");
        assert_eq!(driver.count_entries(|event| *event == Event::SkinTakenBack), 1);
        driver.keys("d ");
        assert_eq!(driver.count_entries(|event| *event == Event::HandsFree), 1);
    });
}
