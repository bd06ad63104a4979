//! What a typed line means, and what means nothing.

use engine::protocol::Kind;
use engine::session::EventKind;

use crate::line_mode::line_driver::LineDriver;
use crate::support::computer::Computer;
use crate::support::program::questions;

#[test]
fn an_empty_line_is_no_answer() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Check);
    driver.line("").says("No answer yet. Please type one of these: y, n, u, ?, q.");
    driver.line("maybe").says("\"maybe\" isn't an answer here.");
    driver.line("y").says("Question 2 of");
}

#[test]
fn a_line_in_another_script_says_what_to_do() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Check);
    driver
        .line("\u{442}")
        .says("isn't an answer here. Please type one of these: y, n, u, ?, q.\nSwitch the keyboard to Latin letters.");
    driver.line("\u{ff4e}").says("Question 2 of");
}

#[test]
fn a_choice_has_a_letter_a_number_and_a_word() {
    for no in ["n", "N", "2", "no", " no "] {
        let mut computer = Computer::new();
        LineDriver::start(&mut computer, Kind::Check).line(no).says("Question 2 of");
    }
    let mut computer = Computer::new();
    LineDriver::start(&mut computer, Kind::Check).line("not sure").says("Question 2 of");
}

#[test]
fn lines_that_come_at_once_answer_nothing() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Check);
    driver.seconds(1);
    driver.out.clear();
    for _ in 0..questions() {
        driver.at_once("n");
    }
    driver.seconds(2).says("too quickly");
    driver.line("?").says("WHY THIS IS ASKED");
    driver.line("back").says("Question 1 of");
}

#[test]
fn a_number_goes_to_a_line_of_the_review() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Check);
    driver.no(questions()).seconds(6).line("y").says("move to its line first");
    driver.line("1").says("You are at: 1. under 18, no.");
    driver.line("y").says("Are you under 18? YES");
    driver.line("c").says("NO ROLLING TODAY");
}

#[test]
fn days_weeks_and_months_are_typed_in_one_line() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Rehearsal);
    driver.lines("space n y").says("Which is it?");
    driver.line("1").says("chosen");
    driver.line("").says("How long ago");
    driver.line("soon").says("isn't an answer here");
    driver.line("3 weeks").says("Question 3 of 3");
}

#[test]
fn any_line_pauses_while_hands_are_busy_and_does_nothing_else() {
    for line in ["", "n", "x", "q", "space", "stop", "b"] {
        let mut computer = Computer::new();
        let mut driver = LineDriver::start(&mut computer, Kind::Session);
        driver.rolling().line(line).says("Paused.");
        assert_eq!(driver.left, None);
        drop(driver);
        assert_eq!(computer.entries(EventKind::Paused), 1);
        assert_eq!(computer.record().entries.last().unwrap().event.kind(), EventKind::Paused);
    }
}

/// Keys are read when Enter ends a line: whoever presses another one would go on rolling.
#[test]
fn what_pauses_is_called_enter_in_lines() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Session);
    driver.rolling();
    assert!(driver.out.contains("To pause at any time: Enter."), "{}", driver.out);
    assert!(!driver.out.to_lowercase().contains("any key"), "{}", driver.out);
}

#[test]
fn a_field_takes_a_line_as_it_is_and_back_leaves_it() {
    let mut computer = Computer::new();
    let mut driver = LineDriver::start(&mut computer, Kind::Rehearsal);
    driver.lines("space n n n").seconds(6).lines("c s d y space").seconds(60).line("").line("note");
    driver.line("q").says("Note, q");
    driver.line("note").line("/back").says("Note, q");
}

#[test]
fn a_time_in_minutes_or_hours_is_no_number_of_months() {
    for line in ["10 minutes", "5 min", "2 moments", "3 hours", "1 day 2 weeks"] {
        let mut computer = Computer::new();
        let mut driver = LineDriver::start(&mut computer, Kind::Rehearsal);
        driver.lines("space n y 1").line("").says("How long ago");
        driver.line(line).says("isn't an answer here");
    }
    for line in ["3 weeks", "3 w", "3w", "1 month", "2 days.", "not sure", "u"] {
        let mut computer = Computer::new();
        let mut driver = LineDriver::start(&mut computer, Kind::Rehearsal);
        driver.lines("space n y 1").line("").says("How long ago");
        driver.line(line).says("Question 3 of 3");
    }
}

#[test]
fn a_number_is_not_put_together_from_parts_of_a_line() {
    for (line, answer) in
        [("5-6", "isn't an answer here"), ("1 h 30", "isn't an answer here"), ("12 minutes", "Question 1")]
    {
        let mut computer = Computer::new();
        let mut driver = LineDriver::start(&mut computer, Kind::Session);
        driver.line("").line("e").line("1").says("minutes");
        driver.line(line).says(answer);
    }
}
