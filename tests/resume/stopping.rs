//! The window was closed after a stop: what to do comes back, and nothing is rolled any more.

use std::time::Duration;

use dermaroll::content::TimeName;
use engine::session::{EventKind, Outcome};

use crate::support::computer::Computer;

/// Stopped for blood, and the window was closed before that was read.
fn closed_at_what_to_do(computer: &mut Computer) {
    let mut run = computer.start();
    run.rolling().seconds(12).keys(" ").keys("x1").shows("STOPPED: blood");
    run.killed();
}

#[test]
fn what_to_do_comes_back_whatever_is_chosen() {
    for key in ["g", "p"] {
        for minutes in [2, 60 * 24 * 3] {
            let mut computer = Computer::new();
            closed_at_what_to_do(&mut computer);
            computer.minutes(minutes);
            let mut run = computer.start();
            run.shows("stopped; clean hands and saline are next").shows_not("soak the roller");
            run.keys(key).shows("STOPPED: blood").keys(" ").shows("CLEAN YOUR HANDS").seconds(30 + 45).shows("5 AFTER");
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
    run.shows_not("UNFINISHED SESSION").shows("its record is whole now");
    run.killed();
    assert_eq!(computer.entries(EventKind::KeptAsPart), 1);
    let summary = computer.record().summary.unwrap();
    assert_eq!((summary.outcome, summary.rolled_ms), (Outcome::Part, 12_900));
    let mut run = computer.start();
    run.shows_not("UNFINISHED SESSION");
    run.killed();
    assert_eq!(computer.entries(EventKind::KeptAsPart), 1, "it is closed once");
}
