//! What a typed line means, and what means nothing.

use engine::protocol::Kind;

use crate::plain::talk::Talk;
use crate::support::bathroom::Bathroom;
use crate::support::program::questions;

#[test]
fn an_empty_line_is_no_answer() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Check);
    talk.line("").says("No answer yet. Type one of these: y, n, u, ?, q.");
    talk.line("maybe").says("\"maybe\" means nothing here.");
    talk.line("y").says("Question 2 of");
}

#[test]
fn a_line_in_another_script_says_what_to_do() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Check);
    talk.line("\u{442}")
        .says("means nothing here. Type one of these: y, n, u, ?, q.\nSwitch the keyboard to Latin letters.");
    talk.line("\u{ff4e}").says("Question 2 of");
}

#[test]
fn a_choice_has_a_letter_a_number_and_a_word() {
    for no in ["n", "N", "2", "no", " no "] {
        let mut room = Bathroom::new();
        Talk::start(&mut room, Kind::Check).line(no).says("Question 2 of");
    }
    let mut room = Bathroom::new();
    Talk::start(&mut room, Kind::Check).line("not sure").says("Question 2 of");
}

#[test]
fn lines_that_come_at_once_answer_nothing() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Check);
    talk.seconds(1);
    talk.out.clear();
    for _ in 0..questions() {
        talk.at_once("n");
    }
    talk.seconds(2).says("Too soon");
    talk.line("?").says("WHY THIS IS ASKED");
    talk.line("back").says("Question 1 of");
}

#[test]
fn a_number_goes_to_a_line_of_the_review() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Check);
    talk.no(questions()).seconds(6).line("y").says("move to its line first");
    talk.line("1").says("You are at: 1. clotting problem, no.");
    talk.line("y").says("clotting problem, YES");
    talk.line("c").says("NO ROLLING TODAY");
}

#[test]
fn days_weeks_and_months_are_typed_in_one_line() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Rehearsal);
    talk.lines("space n y").says("Which?");
    talk.line("1").says("chosen");
    talk.line("").says("How long ago");
    talk.line("soon").says("means nothing here");
    talk.line("3 weeks").says("Question 3 of 3");
}

#[test]
fn any_line_pauses_while_hands_are_busy_and_does_nothing_else() {
    for line in ["", "n", "x", "q", "space", "stop", "b"] {
        let mut room = Bathroom::new();
        let mut talk = Talk::start(&mut room, Kind::Session);
        talk.rolling().line(line).says("Paused.");
        assert_eq!(talk.left, None);
        drop(talk);
        assert_eq!(room.entries("paused"), 1);
        assert_eq!(room.record().entries.last().unwrap().event, "paused");
    }
}

/// Keys are read when Enter ends a line: whoever presses another one would go on rolling.
#[test]
fn what_pauses_is_called_enter_in_lines() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Session);
    talk.rolling();
    assert!(talk.out.contains("To pause at any time: Enter."), "{}", talk.out);
    assert!(!talk.out.to_lowercase().contains("any key"), "{}", talk.out);
}

#[test]
fn a_field_takes_a_line_as_it_is_and_back_leaves_it() {
    let mut room = Bathroom::new();
    let mut talk = Talk::start(&mut room, Kind::Rehearsal);
    talk.lines("space n n n").seconds(6).lines("c s d y space").seconds(60).line("").line("note");
    talk.line("q").says("Note, q");
    talk.line("note").line("/back").says("Note, q");
}

#[test]
fn a_time_in_minutes_or_hours_is_no_number_of_months() {
    for line in ["10 minutes", "5 min", "2 moments", "3 hours", "1 day 2 weeks"] {
        let mut room = Bathroom::new();
        let mut talk = Talk::start(&mut room, Kind::Rehearsal);
        talk.lines("space n y 1").line("").says("How long ago");
        talk.line(line).says("means nothing here");
    }
    for line in ["3 weeks", "3 w", "3w", "1 month", "2 days.", "not sure", "u"] {
        let mut room = Bathroom::new();
        let mut talk = Talk::start(&mut room, Kind::Rehearsal);
        talk.lines("space n y 1").line("").says("How long ago");
        talk.line(line).says("Question 3 of 3");
    }
}

#[test]
fn a_number_is_not_put_together_from_parts_of_a_line() {
    for (line, answer) in
        [("5-6", "means nothing here"), ("1 h 30", "means nothing here"), ("12 minutes", "Question 1")]
    {
        let mut room = Bathroom::new();
        let mut talk = Talk::start(&mut room, Kind::Session);
        talk.line("").line("e").line("1").says("minutes");
        talk.line(line).says(answer);
    }
}
