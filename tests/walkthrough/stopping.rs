//! Every way of stopping as a person meets it: what to do first, clean hands, saline; and what is taken back.

use dermaroll::content::keymap::Key;
use engine::session::{Due, Event, Session, Stage};

use super::mirror::{shows, shows_not};
use super::screens::at_both;
use crate::support::app_driver::{AppDriver, NARROW, WIDE};

/// Paused after so many seconds of rolling.
fn paused(size: (u16, u16), seconds: u64) -> AppDriver {
    let mut driver = AppDriver::rolling(size);
    driver.seconds(seconds).press(Key::Other);
    driver.draw();
    driver
}

#[test]
fn what_to_do_comes_first_and_waits() {
    at_both(|size| {
        let mut driver = paused(size, 40);
        driver.keys("x1").snapshot("stop-blood");
        driver.seconds(900).keys("xnd1").key(Key::Enter).key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "stop-advice");
        assert_eq!(driver.app.deadline(driver.now()), None, "no clock runs");
        driver.keys(" ").snapshot("stop-hands");
        assert_eq!(driver.app.running(), Some(Due::HandClean));
        driver.seconds(30);
        assert_eq!(driver.app.running(), Some(Due::Saline));
        driver.seconds(45);
        assert!(driver.app.session().is_some_and(Session::is_alarming));
        assert!(matches!(driver.app.session().map(Session::stage), Some(Stage::After { .. })));
        let mut driver = paused(size, 40);
        driver.keys("x3").snapshot("stop-welts");
        let mut driver = paused(size, 40);
        driver.keys("x4").snapshot("stop-dizzy");
        let mut driver = paused(size, 40);
        driver.keys("x2").snapshot("stop-pain");
    });
}

/// In the smallest windows it is read to its end first, and its foot still leads on.
#[test]
fn all_of_what_to_do_is_read_in_any_window() {
    for size in [(20, 5), (28, 8), NARROW, WIDE] {
        let mut driver = paused(WIDE, 40);
        driver.size = size;
        driver.keys("x3");
        assert_eq!(driver.app.screen_name().id(), "stop-advice", "{}", driver.screen);
        let mut read = 0;
        driver.keys(" ");
        while driver.app.running().is_none() {
            driver.key(Key::Down);
            driver.keys(" ");
            read += 1;
            assert!(read < 40, "{}", driver.screen);
        }
        assert_eq!(read > 0, size.0 < 40, "{size:?}");
    }
}

#[test]
fn before_anything_was_rolled_only_what_can_be_true_is_asked() {
    at_both(|size| {
        let mut driver = AppDriver::ready(size);
        driver.keys(" ").seconds(20).press(Key::Other);
        driver.keys("x").snapshot("stop-reason-unrolled");
        for untrue in ["blood", "sharp pain", "welts", "pink"] {
            shows_not(&driver, untrue);
        }
        driver.keys("1");
        assert_eq!(driver.app.screen_name().id(), "stop-reason", "what is not offered is not taken");
        driver.keys("4").keys(" ");
        assert_eq!(driver.app.screen_name().id(), "after");
    });
}

#[test]
fn a_slip_leads_back_to_the_pause() {
    let mut driver = paused(WIDE, 10);
    let before = driver.screen.clone();
    driver.keys("d");
    shows(&driver, "Esc  back to the pause");
    driver.key(Key::Esc);
    assert_eq!(driver.screen, before);
    assert_eq!(driver.count_entries(|event| *event == Event::RollerTouched), 1);
    assert_eq!(driver.count_entries(|event| *event == Event::TouchedNothing), 1);
    assert_eq!(driver.app.session().unwrap().tally().roller_events, 0);
}

#[test]
fn blood_or_welts_in_the_saline_are_asked_for_and_leave_serum_out() {
    at_both(|size| {
        let mut driver = paused(size, 152 + 20);
        driver.snapshot("pause-saline").keys("x").snapshot("pause-no-serum").key(Key::Esc);
        shows(&driver, "blood or welts");
        assert_eq!(driver.count_entries(|event| *event == Event::NoBloodOrWelts), 1);
        driver.keys("x").keys(" ").seconds(30);
        assert_eq!(driver.app.running(), Some(Due::Saline));
        shows_not(&driver, "lood or welts?");
        shows_not(&driver, "serum");
        driver.seconds(25);
        assert_eq!(driver.app.screen_name().id(), "after");
        shows_not(&driver, "Serum");
    });
}

#[test]
fn blood_or_welts_end_the_serum() {
    let mut driver = paused(WIDE, 152 + 50);
    shows(&driver, "blood or welts: no more serum");
    driver.keys("x").keys(" ");
    assert_eq!(driver.app.screen_name().id(), "after");
}

/// Both count to the end of everything.
#[test]
fn time_to_go_and_the_end_are_the_same() {
    let mut driver = AppDriver::ready(WIDE);
    driver.keys(" ").seconds(1);
    shows(&driver, "7:21 to go");
    let end = driver.app.session().unwrap().session_left(driver.now());
    driver.seconds(200);
    let now = driver.app.session().unwrap().session_left(driver.now());
    assert_eq!(end - now, core::time::Duration::from_secs(200));
}

/// The mark is that of the section's own place, and the last one says so.
#[test]
fn a_section_has_its_own_mark_whatever_is_left_out() {
    let mut driver = AppDriver::rolling(WIDE);
    shows(&driver, "▶ · · · ·   your upper right");
    driver.seconds(4 * 32);
    shows(&driver, "✓ ✓ ✓ ✓ ▶   around your mouth, last");
    let mut driver = AppDriver::rolling(NARROW);
    driver.seconds(4 * 32);
    shows(&driver, "✓✓✓✓▶ mouth, last");
}
