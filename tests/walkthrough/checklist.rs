//! The checklist: several things with a day each, what a stop says, what a check leaves out.

use dermaroll::content::keymap::Key;
use dermaroll::content::{Source, Sources};
use engine::protocol::Kind;
use engine::safety::{Ago, Answer, Detail};
use engine::session::Event;

use crate::support::app_driver::{AppDriver, NARROW, WIDE};
use crate::support::program::protocols;

const PROTOCOL: &str = include_str!("../../assets/protocol.toml");

#[track_caller]
fn shows(driver: &AppDriver, text: &str) {
    assert!(driver.screen.contains(text), "no {text:?} on\n{}", driver.screen);
}

#[track_caller]
fn shows_not(driver: &AppDriver, text: &str) {
    assert!(!driver.screen.contains(text), "{text:?} on\n{}", driver.screen);
}

/// Each of several has a day of its own; Esc leads back from one to the one before, and from the first to the choice.
#[test]
fn each_of_several_procedures_is_asked_for_its_own_day() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::soaking(size);
        driver.no_until("recent-procedure").keys("y24").key(Key::Enter);
        shows(&driver, "Laser or light (1 of 2): how long ago?");
        driver.key(Key::Esc);
        assert_eq!(driver.app.screen_name().id(), "which");
        shows(&driver, "[x]  2");
        driver.key(Key::Enter).keys("3").keys("d");
        shows(&driver, "Filler (2 of 2): how long ago?");
        driver.key(Key::Esc);
        shows(&driver, "Laser or light (1 of 2)");
        driver.keys("2").keys("w").keys("5").keys("m").no_to_all().read_review().keys("c");
        shows(&driver, "STOP");
        let answered = driver.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::Answered { answer: Answer::Risk { detail, .. }, .. } => Some(detail.clone()),
            _ => None,
        });
        assert_eq!(answered, Some(Detail::WaitedEach(vec![(1, Ago::Days(14)), (3, Ago::Days(150))])));
        shows(&driver, "laser or light: from");
        if size == WIDE {
            shows(&driver, "in 2 weeks");
            shows(&driver, "filler: from");
        }
    }
}

/// A date of another year says which, and how far off it is.
#[test]
fn a_stop_of_many_months_names_the_year() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_until("recent-procedure").keys("y4").key(Key::Enter).keys("3d").no_to_all().read_review().keys("c");
    shows(&driver, "filler: from Mon 18 May 2026, in 6 months");
    shows(&driver, "recent peel, filler: Ask the clinic that did it if anything is unclear.");
}

/// A stop says what to do next by its own reason.
#[test]
fn each_reason_of_a_stop_has_its_next_step() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.keys("y").no_until("diabetes").keys("y2").no_until("skin-cancer").keys("y").no_until("cold-sore").keys("u");
    driver.no_to_all().read_review().keys("c");
    shows(&driver, "under 18: Come back when you are 18.");
    shows(&driver, "diabetes: a doctor or pharmacist said no, so do not roll.");
    shows(&driver, "skin cancer, spot: Have a doctor look at the spot.");
    shows(&driver, "cold sore: Come back when it is fully gone.");
    shows_not(&driver, "Ask a doctor or pharmacist about this");
}

/// A check rolls nothing: no key pauses and no section is planned.
#[test]
fn a_check_promises_neither_a_pause_nor_a_plan() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::started(Kind::Check, size);
        driver.no_to_all().read_review().keys("c");
        assert_eq!(driver.app.screen_name().id(), "verdict-check");
        shows_not(&driver, "pauses");
        shows_not(&driver, "in the plan");
        shows_not(&driver, "Plan:");
    }
}

/// Help stood over a review whose cursor was far down, and what is above it is to be read again: down alone leads there.
#[test]
fn down_reads_the_whole_review_from_wherever_the_cursor_is() {
    let mut driver = AppDriver::soaking(NARROW);
    driver.no_to_all().read_review().keys("n?").key(Key::Esc);
    assert!(!driver.app.review_read(), "{}", driver.screen);
    driver.read_review();
    assert!(driver.app.review_read(), "{}", driver.screen);
}

/// A file may leave sections out: they are not rolled, and nothing is asked about them.
#[test]
fn where_offers_the_sections_that_are_followed() {
    let start = PROTOCOL.find("[[section]]\nid = \"lower-right\"").unwrap();
    let end = PROTOCOL.find("# The strokes").unwrap();
    let text = format!("{}{}", &PROTOCOL[..start], &PROTOCOL[end..]);
    let protocol = Some(Source::new("mine.toml", text).unwrap());
    let mut driver = AppDriver::following(protocols(&Sources { protocol, ..Sources::default() }), WIDE);
    driver.key(Key::Enter).keys(" ").no_until("eczema").keys("y");
    shows(&driver, "2  your upper left");
    shows_not(&driver, "your lower right");
    driver.keys("3").key(Key::Enter);
    shows(&driver, "Please choose a section");
    driver.keys("2").key(Key::Enter);
    assert_eq!(driver.app.screen_name().id(), "question");
}
