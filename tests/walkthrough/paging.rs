//! What does not fit into the window is read by scrolling and by pages, and nothing is passed over.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Saving;
use store::startup::{DueState, StartupContext};

use crate::support::app_driver::{AppDriver, NARROW, TINY, WIDE, first_run, returning};
use crate::support::program::questions;
use crate::support::screens::every_screen;

/// Answers every question, with yes where `is_yes` says so for its place, and whatever that leads to.
fn answer(driver: &mut AppDriver, is_yes: impl Fn(usize) -> bool) {
    let mut numbers = 0..questions();
    for _ in 0..100 {
        match driver.app.screen_name().id() {
            "review" => return,
            "doctor" => driver.keys("3"),
            "which" => driver.keys("1").key(Key::Enter),
            "ago" => driver.types("41").keys("d"),
            "where" => driver.keys("12").key(Key::Enter),
            "around" => driver.keys("r"),
            _ => driver.keys(if numbers.next().is_some_and(&is_yes) { "y" } else { "n" }),
        };
    }
    panic!("no review:\n{}", driver.screen);
}

/// However long the answers are, paging passes over no line, and does not take longer than lines of two rows ask for.
#[test]
fn the_review_is_read_by_pages_alone() {
    for size in [NARROW, (46, 19), (60, 18), (79, 21), (80, 22)] {
        for yes in 0..questions() {
            let mut driver = AppDriver::soaking(NARROW);
            answer(&mut driver, |question| question == yes || question == 19 || yes % 4 == 0);
            // Read in a window of another size than it was answered in, too.
            driver.size = size;
            driver.draw();
            let mut pages = 0;
            while !driver.app.review_read() {
                driver.key(Key::PageDown);
                pages += 1;
                assert!(pages < 50, "{size:?}, yes to {yes}:\n{}", driver.screen);
            }
            assert!(size != NARROW || pages <= 6, "{pages} pages at {size:?}");
        }
    }
}

/// Every page can be read to its end in the smallest window that shows pages.
#[test]
fn in_the_smallest_window_every_page_scrolls_to_its_end() {
    let early = StartupContext { due: DueState::NotYet { in_days: 16 }, ..returning() };
    let soon = StartupContext { due: DueState::TooSoon { in_days: 25, possible_in: 4 }, ..returning() };
    let touched = |driver: &mut AppDriver| {
        driver.seconds(10).press(Key::Other);
        driver.keys("d");
    };
    let mut sterilise = AppDriver::new(returning(), WIDE);
    sterilise.key(Key::Enter);
    let mut last_touch = AppDriver::cleared(WIDE);
    last_touch.keys("s");
    let mut roller_touched = AppDriver::rolling(WIDE);
    touched(&mut roller_touched);
    let pages = [
        (AppDriver::new(first_run(), WIDE), "first: r."),
        (AppDriver::new(returning(), WIDE), "asked each time."),
        (AppDriver::new(early, WIDE), "your reason."),
        (AppDriver::new(soon, WIDE), "possible from"),
        (AppDriver::interrupted(WIDE), "choose one."),
        (sterilise, "nothing sterile."),
        (AppDriver::cleared(WIDE), "then s."),
        (last_touch, "first."),
        (roller_touched, "1."),
    ];
    for (mut driver, end) in pages {
        let name = driver.app.screen_name().id();
        driver.size = (20, 5);
        driver.draw();
        for _ in 0..40 {
            driver.key(Key::Down);
        }
        assert!(!driver.screen.lines().any(|row| row.ends_with('v')), "{name}:\n{}", driver.screen);
        let flat = driver.screen.replace('\n', " ");
        assert!(flat.contains(end), "{name} ends with {end:?}:\n{}", driver.screen);
        for _ in 0..40 {
            driver.key(Key::Up);
        }
        assert!(driver.screen.lines().any(|row| row.ends_with('v')), "{name}, back at its top:\n{}", driver.screen);
    }
}

#[test]
fn a_failed_write_is_read_by_pages() {
    let mut driver = AppDriver::cleared(WIDE);
    driver.app.saving = Saving::Failed("The record could not be saved: no space left on the device.".into());
    driver.size = TINY;
    driver.key(Key::Other);
    assert_eq!(driver.app.screen_name().id(), "not-saved");
    let top = driver.screen.clone();
    driver.key(Key::PageDown);
    assert_ne!(driver.screen, top, "turned");
    driver.key(Key::PageUp);
    assert_eq!(driver.screen, top, "and back");
}

/// The arrows read a notice to its end, whatever else they do on that screen; the next key is one of the screen again.
#[test]
fn in_the_smallest_window_a_notice_is_read_to_its_end() {
    let mut read = 0;
    for (name, mut driver) in every_screen() {
        if driver.app.hands_are_busy() {
            continue;
        }
        let words: Vec<String> = (1..=20).map(|number| format!("w{number}")).collect();
        driver.size = TINY;
        driver.app.notice = words.join(" ").into();
        driver.draw();
        let (before, mut unread) = (driver.app.screen_id(), words);
        for _ in 0..20 {
            let shown = driver.screen.replace("v\n", "\n").replace("^\n", "\n");
            unread.retain(|word| !shown.trim_end_matches('v').split_whitespace().any(|shown| shown == word));
            if unread.is_empty() || driver.app.notice.get().is_none() {
                break;
            }
            driver.key(Key::Down);
        }
        assert!(unread.is_empty(), "{name}: {unread:?}\n{}", driver.screen);
        assert_eq!(driver.app.screen_id(), before, "{name}");
        driver.key(Key::Up);
        assert!(driver.app.notice.get().is_some() && !driver.screen.contains("w20"), "{name}: back\n{}", driver.screen);
        driver.key(Key::Other);
        assert_eq!(driver.app.notice.get(), None, "{name}");
        read += 1;
    }
    assert!(read >= 30, "{read}");
}
