//! The way back from a slip, where it was made.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;
use engine::protocol::Kind;
use engine::session::{Due, Event, Session, Stage};

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

#[track_caller]
fn shows_not(driver: &AppDriver, words: &str) {
    let text = driver.screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!text.contains(words), "{words:?} on\n{}", driver.screen);
}

#[test]
fn a_length_typed_wrong_is_typed_again_where_it_was_typed() {
    for mut driver in [AppDriver::new(first_run(), WIDE), AppDriver::new(returning(), WIDE)] {
        driver.key(Key::Enter);
        if driver.screen.contains("Soak the roller") {
            driver.keys("oo");
        }
        driver.types("red").types("13");
        shows(&driver, "NEEDLES TOO LONG");
        driver.key(Key::Esc);
        shows(&driver, "Length in mm 13");
        driver.key(Key::Backspace).key(Key::Backspace).types("0.2");
        shows(&driver, "Is \"red\" (0.2 mm) new in a sealed pack, or used before?");
        driver.key(Key::Esc);
        shows(&driver, "Length in mm 0.2");
        driver.key(Key::Enter).keys("2");
        shows(&driver, "NOT BELOW THE ARTICLE'S LIMIT");
        assert_eq!(entered(&driver), 0, "nothing is kept before it is acknowledged");
        driver.key(Key::Esc).key(Key::Backspace).types("1");
        shows(&driver, "\"red\" (0.1 mm)");
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
        shows(&driver, "First say that your skin is done: d.");
        assert_eq!(driver.count_entries(|event| *event == Event::SkinTakenBack), 1);
        driver.keys("d ");
        assert_eq!(driver.count_entries(|event| *event == Event::HandsFree), 1);
    });
}

/// Esc asks whether to leave, and leads back to the roller as well: from the first question, and with all of them answered.
#[test]
fn a_soak_that_did_not_begin_is_taken_back() {
    at_both(|size| {
        let mut driver = AppDriver::new(returning(), size);
        driver.key(Key::Enter).keys(" ").key(Key::Esc).snapshot("leave-soaking").keys("r");
        assert_eq!(driver.app.screen_name().id(), "sterilise", "{}", driver.screen);
        driver.key(Key::Esc);
        shows_not(&driver, "back to the roller");
        driver.keys("r").key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "sterilise", "{}", driver.screen);
        assert_eq!(driver.count_entries(|event| *event == Event::SoakTakenBack), 1);
        let mut driver = AppDriver::cleared(size);
        driver.key(Key::Esc).keys("r").keys(" ");
        assert_eq!(driver.app.screen_name().id(), "review", "{}", driver.screen);
        assert!(!driver.app.session().unwrap().contact().is_done(), "the clock began anew");
    });
}

#[test]
fn a_check_has_no_roller_to_go_back_to() {
    let mut driver = AppDriver::started(Kind::Check, WIDE);
    driver.key(Key::Esc);
    shows_not(&driver, "back to the roller");
    driver.keys("r");
    assert_eq!(driver.count_entries(|event| *event == Event::SoakTakenBack), 0);
}

#[test]
fn enough_by_a_slip_is_taken_back_at_the_next_pause() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        driver.seconds(11).press(Key::Other);
        driver.draw();
        shows_not(&driver, "not enough");
        driver.key(Key::Esc).keys("e").seconds(2).press(Key::Other);
        driver.draw();
        driver.snapshot("pause-not-enough").key(Key::Esc);
        assert_eq!(driver.count_entries(|event| *event == Event::EnoughTakenBack), 1);
        shows(&driver, "upper right");
        // The last one leads to saline, and back from there.
        let mut driver = AppDriver::rolling(size);
        driver.seconds(4 * 32 + 4).press(Key::Other);
        driver.draw();
        driver.keys("e").seconds(2).press(Key::Other);
        driver.draw();
        driver.snapshot("pause-saline-not-enough").key(Key::Esc);
        shows(&driver, "mouth");
        driver.keys(" ").seconds(36);
        assert!(matches!(driver.app.running(), Some(Due::Stroke { .. })));
    });
}

#[test]
fn blood_or_welts_in_the_serum_are_taken_back() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        driver.seconds(152 + 50).press(Key::Other);
        driver.draw();
        driver.keys("x").snapshot("pause-no-more-serum").key(Key::Esc).keys(" ").seconds(31);
        assert_eq!(driver.app.running(), Some(Due::Serum));
        driver.press(Key::Other);
        driver.draw();
        driver.keys("x").keys("e");
        assert!(matches!(driver.app.session().map(Session::stage), Some(Stage::After { .. })));
    });
}

#[test]
fn closing_an_unfinished_session_asks_first() {
    at_both(|size| {
        let mut driver = AppDriver::interrupted(size);
        driver.keys("p").snapshot("confirm-part").key(Key::Enter).keys(" ");
        assert!(driver.outputs.is_empty(), "nothing is closed at one key");
        driver.key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "resume");
        driver.keys("pn");
        assert_eq!(driver.app.screen_name().id(), "resume");
        driver.keys("py");
        assert_eq!(driver.count_entries(|event| *event == Event::KeptAsPart), 1);
    });
}
