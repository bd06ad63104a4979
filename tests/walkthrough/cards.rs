//! The checklist for a person who knows it: several questions on one screen.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Output;
use engine::protocol::Kind;
use engine::safety::{Answer, Detail, Doctor, Sureness};
use engine::session::{Cue, Effect, Event, Judgement};
use store::startup::StartupContext;

use crate::support::app_driver::{AppDriver, NARROW, WIDE, knowing, returning};
use crate::support::program::questions;

#[track_caller]
fn shows(driver: &AppDriver, text: &str) {
    assert!(driver.screen.contains(text), "no {text:?} on\n{}", driver.screen);
}

#[track_caller]
fn shows_not(driver: &AppDriver, text: &str) {
    assert!(!driver.screen.contains(text), "{text:?} on\n{}", driver.screen);
}

fn answers(driver: &AppDriver) -> usize {
    driver.count_entries(|event| matches!(event, Event::Answered { .. }))
}

fn name(driver: &AppDriver) -> &'static str {
    driver.app.screen_name().id()
}

/// Every shipped card stands whole in the least of the large windows, and looks as it is kept.
#[test]
fn the_cards_look_as_they_are_kept() {
    let mut driver = AppDriver::on_cards(WIDE);
    for number in 1..=5 {
        assert_eq!(name(&driver), "card", "{}", driver.screen);
        driver.seconds(4).snapshot(&format!("card-{number}-reading"));
        driver.read_card();
        if number == 3 {
            driver.keys("4").snapshot("card-3-picked");
            driver.key(Key::Esc);
        }
        driver.snapshot(&format!("card-{number}")).keys("n");
    }
    assert_eq!(name(&driver), "review");
    driver.snapshot("card-review-no").keys("c").snapshot("card-verdict");
}

/// What was answered with anything but no comes first in the review, in full.
#[test]
fn the_review_begins_with_what_is_not_no() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::new(knowing(), WIDE);
        driver.key(Key::Enter).keys(" ").keys("6y3");
        while name(&driver) == "card" {
            driver.read_card().keys("n");
            if name(&driver) == "card" && driver.screen.contains("card 5 of 5") {
                driver.keys("3y5").key(Key::Enter).keys("s");
            }
        }
        driver.size = size;
        driver.draw();
        driver.snapshot("card-review-some");
        let diabetes = driver.screen.find("diabetes").unwrap();
        let under = driver.screen.find("under 18");
        assert!(under.is_none_or(|under| diabetes < under), "{}", driver.screen);
        driver.read_review();
        assert!(driver.app.review_read(), "{}", driver.screen);
    }
}

#[test]
fn no_to_the_rest_is_written_as_single_answers_in_one_piece() {
    let mut driver = AppDriver::on_cards(WIDE);
    driver.read_card();
    let before = driver.entries.len();
    driver.keys("n");
    let together =
        driver.outputs.iter().filter(|output| matches!(output, Output::Together(effects) if effects.len() == 6));
    assert_eq!(together.count(), 1);
    assert_eq!(driver.entries.len(), before + 6);
    assert!(
        driver.entries[before..].iter().all(|entry| matches!(entry.event, Event::Answered { answer: Answer::No, .. }))
    );
}

/// An early press is told and changes nothing; habit chooses nothing; the clock of the card goes on.
#[test]
fn an_early_press_is_told_and_restarts_nothing() {
    let mut driver = AppDriver::on_cards(WIDE);
    driver.key(Key::Enter).key(Key::Char(' '));
    assert_eq!(answers(&driver), 0);
    let opens = driver.app.session().unwrap().rest_opens();
    driver.keys("n");
    shows(&driver, "Too early");
    assert_eq!((answers(&driver), driver.app.session().unwrap().rest_opens()), (0, opens));
    driver.keys("yu");
    shows(&driver, "Press the number of a line first.");
    driver.read_card().keys("n");
    assert_eq!(answers(&driver), 6);
}

/// A key that was pressed before the rest opens and is held down never answers it.
#[test]
fn a_held_no_answers_nothing() {
    for early in [100, 300, 500, 700, 900] {
        let mut driver = AppDriver::on_cards(WIDE);
        let local = driver.app.running_session.as_ref().unwrap().local(driver.now()).moment;
        let opens = driver.app.session().unwrap().rest_opens().unwrap().since(local);
        driver.pass(opens - Duration::from_millis(early));
        driver.press(Key::Char('n'));
        driver.pass(Duration::from_millis(500));
        for _ in 0..200 {
            driver.press(Key::Char('n'));
            driver.pass(Duration::from_millis(33));
        }
        assert_eq!(answers(&driver), 0, "held from {early} ms before");
        driver.seconds(1).keys("n");
        assert_eq!(answers(&driver), 6, "a fresh press counts");
    }
}

#[test]
fn a_single_repeat_of_an_early_press_is_no_fresh_press() {
    let mut driver = AppDriver::on_cards(WIDE);
    let local = driver.app.running_session.as_ref().unwrap().local(driver.now()).moment;
    let opens = driver.app.session().unwrap().rest_opens().unwrap().since(local);
    driver.pass(opens - Duration::from_millis(200));
    driver.press(Key::Char('n'));
    driver.pass(Duration::from_millis(500));
    driver.press(Key::Char('n'));
    driver.pass(Duration::from_millis(200));
    assert_eq!(answers(&driver), 0);
    shows(&driver, "same press");
    driver.seconds(1).keys("n");
    assert_eq!(answers(&driver), 6);
}

/// A number, yes and what goes with it are one answer, recorded at once; Esc takes the number back.
#[test]
fn a_yes_is_given_by_its_number_and_kept() {
    let mut driver = AppDriver::on_cards(WIDE);
    driver.keys("6");
    shows(&driver, "Your answer to number 6:");
    driver.key(Key::Esc);
    shows_not(&driver, "Your answer to number");
    driver.keys("6y").key(Key::Esc);
    assert_eq!((name(&driver), answers(&driver)), ("card", 0), "the follow-up is left with Esc as well");
    driver.keys("6n");
    shows(&driver, "first, then n.");
    driver.keys("u3");
    assert_eq!(answers(&driver), 1);
    shows(&driver, "NOT SURE  doctor: all right");
    shows(&driver, "no to the other 5");
    driver.read_card().keys("n");
    assert_eq!(answers(&driver), 6);
    let diabetes = driver.app.protocols.session.checklist.find("diabetes").unwrap();
    let kept = Answer::Risk { sureness: Sureness::NotSure, detail: Detail::Doctor(Doctor::AllRight) };
    assert_eq!(driver.app.session().unwrap().answers().given(diabetes), Some(&kept));
    // And is changed on its card again.
    driver.key(Key::Left);
    shows(&driver, "card 1 of 5");
    driver.keys("6n");
    shows(&driver, "card 2 of 5");
    assert_eq!(driver.app.session().unwrap().answers().given(diabetes), Some(&Answer::No));
}

/// What covers a card hides it, and it is timed on from its last whole line; another window begins it anew.
#[test]
fn what_is_not_seen_is_not_read() {
    let mut driver = AppDriver::on_cards(WIDE);
    driver.seconds(5).keys("?").seconds(60).key(Key::Esc);
    shows_not(&driver, "open now");
    driver.read_card();
    driver.size = (100, 30);
    driver.draw();
    driver.seconds(1);
    shows_not(&driver, "open now");
    driver.keys("6y3").read_card();
    driver.happens(Event::Slept { span: Duration::from_secs(30) });
    driver.draw();
    driver.seconds(1);
    shows_not(&driver, "open now");
    shows(&driver, "doctor: all right");
}

/// In a small window the same questions come one by one, and as cards again in a large one.
#[test]
fn a_small_window_asks_one_by_one() {
    let mut driver = AppDriver::new(knowing(), NARROW);
    driver.key(Key::Enter).keys(" ");
    assert_eq!(name(&driver), "question");
    driver.keys("n");
    driver.size = WIDE;
    driver.draw();
    assert_eq!(name(&driver), "card");
    shows(&driver, "no to the other 5");
    driver.size = NARROW;
    driver.draw();
    assert_eq!(name(&driver), "question");
    shows(&driver, "Question 2 of");
}

/// Whoever does not know the checklist, a rehearsal, and a check by who does.
#[test]
fn only_who_knows_the_checklist_gets_cards() {
    let mut driver = AppDriver::new(returning(), WIDE);
    driver.key(Key::Enter).keys(" ");
    assert_eq!(name(&driver), "question");
    let mut rehearsal = AppDriver::new(knowing(), WIDE);
    rehearsal.keys("r").keys(" ");
    assert_eq!(name(&rehearsal), "question", "{}", rehearsal.screen);
    let mut check = AppDriver::of(Kind::Check, knowing(), WIDE);
    assert_eq!(check.app.kind(), Kind::Check);
    for _ in 0..5 {
        check.read_card().keys("n");
    }
    check.keys("c");
    assert_eq!((name(&check), answers(&check)), ("verdict-check", questions()));
}

/// An answer that stops alone: the verdict is one key away, names what was not asked, and no day to come back.
#[test]
fn an_answer_that_stops_alone_leads_to_the_verdict_at_once() {
    for knows in [true, false] {
        let mut driver = AppDriver::new(if knows { knowing() } else { returning() }, WIDE);
        driver.key(Key::Enter).keys(" ");
        driver.keys("v");
        assert!(driver.count_entries(|event| matches!(event, Event::ListConfirmed { .. })) == 0);
        driver.keys(if knows { "2y" } else { "ny" });
        shows(&driver, "One answer already stops today.");
        let form = if knows { "cards" } else { "one-by-one" };
        driver.snapshot(&format!("stops-already-{form}")).keys("v");
        let stopped = |event: &Event| matches!(event, Event::ListConfirmed { verdict: Judgement::Stop });
        assert_eq!(driver.count_entries(stopped), 1);
        shows(&driver, "questions were not asked");
        driver.snapshot(&format!("stopped-early-{form}"));
        driver.keys("a");
        assert_eq!(name(&driver), if knows { "card" } else { "question" });
    }
    let mut driver = AppDriver::on_cards(WIDE);
    driver.read_card().keys("n").read_card().keys("n").keys("3y1").key(Key::Enter).keys("1d").keys("v");
    shows(&driver, "adapalene: not long");
    shows_not(&driver, "2025");
    shows_not(&driver, "Wait until");
}

/// Between keys one look a second is enough, with the soak running beside; once all is read, the soak alone counts.
#[test]
fn a_card_wakes_the_loop_once_a_second() {
    let mut driver = AppDriver::on_cards(WIDE);
    driver.seconds(1);
    let (start, mut turns) = (driver.moment, 0);
    while let Some(deadline) =
        driver.app.deadline(driver.now()).filter(|deadline| deadline.since(start) <= Duration::from_secs(10))
    {
        driver.pass(deadline.since(driver.moment));
        turns += 1;
    }
    assert!(turns <= 10, "{turns} in ten seconds");
}

/// Who knows the checklist, this terminal and has nothing to report: from the first screen to free hands.
#[test]
fn ten_keys_lead_from_the_start_to_free_hands() {
    let mut driver = AppDriver::new(StartupContext { cues_heard: Some(true), ..knowing() }, WIDE);
    let mut pressed = 0;
    let mut press = |driver: &mut AppDriver, key: Key| {
        driver.key(key);
        pressed += 1;
    };
    press(&mut driver, Key::Enter);
    press(&mut driver, Key::Char(' '));
    while name(&driver) == "card" {
        driver.read_card();
        press(&mut driver, Key::Char('n'));
    }
    press(&mut driver, Key::Char('c'));
    driver.snapshot("verdict-leads-on");
    assert_eq!(name(&driver), "verdict-clear");
    driver.seconds(600).snapshot("last-touch-known");
    assert_eq!(name(&driver), "last-touch", "it came by itself");
    assert_eq!(driver.count_entries(|event| *event == Event::CuesKnown { heard: true }), 1);
    let rings = |output: &&Output| **output == Output::Session(Effect::Cue(Cue::Check));
    assert_eq!(driver.outputs.iter().filter(rings).count(), 0, "nobody is asked, so nothing rings for it");
    press(&mut driver, Key::Char('d'));
    press(&mut driver, Key::Char(' '));
    assert!(driver.app.hands_are_busy(), "{}", driver.screen);
    assert_eq!(pressed, 10);
}

/// What was answered once is known at the next last touch, and can be answered otherwise there.
#[test]
fn the_bell_is_asked_about_once() {
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::cleared(size);
        driver.keys("s");
        assert!(driver.outputs.contains(&Output::Session(Effect::Cue(Cue::Check))));
        driver.keys("n");
        assert_eq!(driver.outputs.last(), Some(&Output::NoteCues(false)));
        driver.key(Key::Esc).keys("s");
        shows(&driver, "You watch the screen");
        driver.snapshot("last-touch-known-not").keys("y");
        shows_not(&driver, "You watch the screen");
        assert_eq!(driver.outputs.last(), Some(&Output::NoteCues(true)));
        let asked = driver.count_entries(|event| matches!(event, Event::CuesHeard { .. }));
        assert_eq!((asked, driver.count_entries(|event| matches!(event, Event::CuesKnown { .. }))), (2, 1));
        driver.keys("d ");
        assert!(driver.app.hands_are_busy(), "{}", driver.screen);
    }
}

/// Sections to skip are read before the last touch comes, and help that is open is not taken away.
#[test]
fn the_last_touch_does_not_come_by_itself_over_something_to_read() {
    let known = || StartupContext { cues_heard: Some(true), ..returning() };
    let begun = || {
        let mut driver = AppDriver::new(known(), WIDE);
        driver.key(Key::Enter).keys(" ");
        driver
    };
    let mut skipping = begun();
    skipping.no_until("eczema").keys("y3").key(Key::Enter).no_to_all().read_review().keys("c").seconds(600);
    assert_eq!(name(&skipping), "verdict-clear");
    let mut helped = begun();
    helped.no_to_all().read_review().keys("c?").seconds(600).key(Key::Esc);
    assert_eq!(name(&helped), "verdict-clear");
    helped.keys("sd ");
    assert!(helped.app.hands_are_busy(), "{}", helped.screen);
    let mut stalled = begun();
    stalled.no_to_all().read_review().keys("c").seconds(600).happens(Event::Slept { span: Duration::from_secs(60) });
    stalled.keys("d ");
    assert!(!stalled.app.hands_are_busy(), "after a sleep it is asked again");
    stalled.keys("y ");
    assert!(stalled.app.hands_are_busy(), "{}", stalled.screen);
}
