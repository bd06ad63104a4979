//! Whole sessions as they are read from top to bottom.

use engine::protocol::Kind;

use crate::line_mode::line_driver::LineDriver;
use crate::support::computer::Computer;
use crate::support::program::questions;

#[test]
fn a_rehearsal_from_top_to_bottom() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Rehearsal);
    driver.lines("space n n y 2").line("").seconds(6).lines("c s d y space").seconds(60);
    driver.lines("y n n").line("").line("3").line("note").line("all calm").line("q");
    assert_eq!(driver.left, Some(0));
    driver.snapshot("rehearsal");
}

#[test]
fn a_pause_and_its_choices() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Session);
    driver.rolling();
    driver.out.clear();
    driver.line("x").line("?").line("back").line("space").seconds(40).snapshot("pause");
}

#[test]
fn a_stop_by_the_list() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Check);
    driver.line("y").no(questions() - 1);
    driver.out.clear();
    driver.seconds(6).line("c").snapshot("stop");
    driver.line("q");
    assert_eq!(driver.left, Some(3));
}

#[test]
fn an_unfinished_session() {
    let mut computer = Computer::new();
    LineDriver::start(&mut computer, Kind::Session).rolling();
    LineDriver::start(&mut computer, Kind::Session).line("").line("g").snapshot("resume");
}

#[test]
fn while_hands_are_busy_the_cues_are_all_that_is_printed() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Session);
    driver.soaking().answered().seconds(600).lines("s d y");
    driver.out.clear();
    driver.line("space").seconds(530);
    let cues: Vec<&str> = driver.out.lines().filter_map(|line| line.get(9..)).collect();
    assert_eq!(cues.iter().filter(|cue| **cue == "Start.").count(), 5);
    assert_eq!(cues.iter().filter(|cue| cue.starts_with("Turn.")).count(), 10);
    assert_eq!(cues.iter().filter(|cue| ["3", "2", "1"].contains(cue)).count(), 15);
    assert!(!driver.out.contains("to go"), "nothing ticks");
    // Turns 1, moves 2, rolling over 3, serum 2, saved 3, after two for the check of the cues and two for the soak.
    assert_eq!(driver.bells, 2 + 2 + 5 + 10 + 4 * 2 + 3 + 2 + 3);
}
