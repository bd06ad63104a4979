//! The window was closed after a stop: what to do comes back, and nothing is rolled any more.

use std::time::Duration;

use dermaroll::content::TimeName;
use dermaroll::content::keymap::Key;
use engine::session::{EventKind, Outcome};

use crate::support::computer::Computer;
use crate::support::program::{questions, questions_before};

/// Stopped for blood, and the window was closed before that was read.
fn closed_at_what_to_do(computer: &mut Computer) {
    let mut run = computer.start();
    run.rolling().seconds(12).keys(" ").keys("x1").shows("STOPPED: blood");
    run.killed();
}

#[test]
fn what_to_do_comes_back_whatever_is_chosen() {
    for key in ["g", "py"] {
        for minutes in [2, 60 * 24 * 3] {
            let mut computer = Computer::new();
            closed_at_what_to_do(&mut computer);
            computer.minutes(minutes);
            let mut run = computer.start();
            run.shows("stopped; clean hands and saline are next").shows_not("soak the roller");
            run.keys(key)
                .shows("STOPPED: blood")
                .keys(" ")
                .shows("CLEAN YOUR HANDS")
                .seconds(30 + 45)
                .shows("Aftercare");
            run.killed();
            let summary = computer.record().summary.unwrap();
            assert_eq!((summary.outcome, summary.rolled_ms), (Outcome::Part, 12_900));
            assert_eq!(summary.stop_reason.as_deref(), Some("blood"));
        }
    }
}

#[test]
fn a_stop_is_no_other_one_under_other_times() {
    let mut computer = Computer::new();
    closed_at_what_to_do(&mut computer);
    computer.sources.times = [(TimeName::Serum, Duration::from_secs(60))].into_iter().collect();
    computer.minutes(2);
    let mut run = computer.start();
    run.shows_not("UNFINISHED SESSION").shows("its record is now complete");
    run.killed();
    assert_eq!(computer.entries(EventKind::KeptAsPart), 1);
    let summary = computer.record().summary.unwrap();
    assert_eq!((summary.outcome, summary.rolled_ms), (Outcome::Part, 12_900));
    let mut run = computer.start();
    run.shows_not("UNFINISHED SESSION");
    run.killed();
    assert_eq!(computer.entries(EventKind::KeptAsPart), 1, "it is closed once");
}

#[test]
fn after_a_stop_nothing_is_still_to_do() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(24 + 8 + 5).keys(" ").keys("x1").shows("STOPPED: blood");
    run.killed();
    let mut run = computer.start();
    run.shows("Finished   your upper right").shows_not("your upper left");
    run.shows_not("Still to do").shows_not("Keep it as a part session");
}

#[test]
fn a_skipped_section_is_not_still_to_do() {
    let mut computer = Computer::new();
    let before = questions_before("eczema");
    let mut run = computer.start();
    run.soaking().no(before).keys("y3").key(Key::Enter).no(questions() - before - 1).seconds(6).keys("c");
    run.shows("SKIP 1 SECTION").seconds(600).hands_free().seconds(155 + 24 + 8 + 5).shows("your upper left");
    run.killed();
    let mut run = computer.start();
    run.shows("your upper left, your lower left, around your mouth").shows_not("your lower right");
}
