//! Keys that must do nothing, and keys that must always pause.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use engine::session::{Event, PauseCause};
use proptest::prelude::*;
use store::startup::{AvailableRoller, DueState, StartupContext};

use crate::support::app_driver::{AppDriver, NARROW, WIDE, first_run, returning, roller};

fn answers(driver: &AppDriver) -> usize {
    driver.count_entries(|event| matches!(event, Event::Answered { .. }))
}

/// Every screen before rolling, ready for a key.
fn screens() -> Vec<(&'static str, AppDriver)> {
    let mut named = vec![
        ("welcome", AppDriver::new(first_run(), WIDE)),
        ("question", AppDriver::soaking(WIDE)),
        ("verdict", AppDriver::cleared(WIDE)),
        ("last touch", AppDriver::ready(NARROW)),
    ];
    let mut sterilise = AppDriver::new(returning(), WIDE);
    sterilise.key(Key::Enter);
    named.push(("sterilise", sterilise));
    let mut review = AppDriver::soaking(WIDE);
    review.no_to_all();
    named.push(("review", review));
    for (_, driver) in &mut named {
        driver.seconds(2);
    }
    named
}

#[test]
fn enter_and_space_answer_nothing() {
    let mut driver = AppDriver::soaking(WIDE);
    for _ in 0..5 {
        driver.key(Key::Enter).key(Key::Char(' '));
    }
    assert_eq!(answers(&driver), 0);
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_to_all().read_review();
    let before = driver.entries.len();
    driver.key(Key::Enter).key(Key::Char(' '));
    assert_eq!(driver.entries.len(), before);
}

#[test]
fn a_held_key_moves_at_most_one_screen() {
    for key in [Key::Enter, Key::Char('n'), Key::Char(' '), Key::Char('y'), Key::Char('s')] {
        for (name, mut driver) in screens() {
            let (screen, entries) = (driver.app.screen_name().id(), driver.entries.len());
            let mut changes = 0;
            let mut last = screen;
            driver.press(key);
            driver.pass_unseen(Duration::from_millis(500));
            for _ in 0..300 {
                driver.press(key);
                driver.pass_unseen(Duration::from_millis(33));
                if driver.app.screen_name().id() != last {
                    changes += 1;
                    last = driver.app.screen_name().id();
                }
            }
            assert!(changes <= 1, "{key:?} on {name} went through {changes} screens");
            assert!(driver.entries.len() <= entries + 2, "{key:?} on {name}");
            assert!(answers(&driver) <= 1 || entries > 20, "{key:?} on {name}");
        }
    }
}

#[test]
fn a_burst_and_a_paste_answer_nothing() {
    for key in [Key::Char('y'), Key::Char('n'), Key::Char('c'), Key::Char(' '), Key::Enter] {
        for (name, mut driver) in screens() {
            let entries = driver.entries.len();
            for _ in 0..1_000 {
                driver.press(key);
            }
            driver.pass(Duration::from_secs(2));
            assert_eq!(driver.entries.len(), entries, "a burst of {key:?} on {name}");
            let pasted = driver.app.paste(&"y".repeat(1_000), driver.now());
            assert!(pasted.is_empty());
            driver.pass(Duration::from_secs(2));
            assert_eq!(driver.entries.len(), entries, "a paste on {name}");
        }
    }
}

#[test]
fn a_paste_while_rolling_pauses_as_any_touch_does() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(2);
    let outputs = driver.app.paste("y", driver.now());
    driver.keep(outputs);
    assert_eq!(driver.count_entries(|event| matches!(event, Event::Paused { cause: PauseCause::Touch })), 1);
    assert_eq!(driver.app.screen_name().id(), "pause");
    let again = driver.app.paste("y", driver.now());
    assert!(again.is_empty(), "a halt is not left by it");
}

#[test]
fn a_paste_goes_into_a_field_and_what_is_hidden_is_marked() {
    let mut driver = AppDriver::new(first_run(), WIDE);
    driver.key(Key::Enter);
    let pasted = driver.app.paste("bl\u{202e}ue\u{1b}[31m\n0.13", driver.now());
    assert!(pasted.is_empty());
    driver.draw();
    assert!(driver.screen.contains("bl?ue?[31m 0.13"), "{}", driver.screen);
}

#[test]
fn a_retired_roller_is_not_offered_again_whichever_it_was() {
    let mut startup = returning();
    let red = engine::safety::Roller { id: "red".into(), name: "red".into(), ..roller(130) };
    startup.rollers.push(AvailableRoller { roller: red, sealed: true, used_before: false });
    let mut driver = AppDriver::new(startup, WIDE);
    driver.key(Key::Enter).keys("o2xyo");
    assert!(driver.screen.contains("blue 0.13") && !driver.screen.contains("red"), "{}", driver.screen);
}

fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        any::<char>().prop_map(Key::Char),
        Just(Key::Enter),
        Just(Key::Esc),
        Just(Key::Up),
        Just(Key::Down),
        Just(Key::PageUp),
        Just(Key::PageDown),
        Just(Key::Backspace),
        Just(Key::Other),
        Just(Key::Ctrl('a')),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]
    #[test]
    fn while_rolling_any_key_pauses_and_does_nothing_else(key in any_key(), after in 1_100_u64..200_000) {
        let mut driver = AppDriver::rolling(WIDE);
        driver.pass(Duration::from_millis(after));
        let running = driver.app.running().is_some();
        let before = driver.entries.len();
        driver.press(key);
        if running {
            prop_assert_eq!(driver.entries.len(), before + 1);
            let paused = matches!(driver.entries[before].event, Event::Paused { .. });
            prop_assert!(paused);
        }
    }
}

#[test]
fn one_n_too_many_after_the_last_question_changes_no_answer() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.key(Key::Char('y')).no_to_all();
    assert_eq!(driver.app.screen_name().id(), "review");
    let before = answers(&driver);
    driver.no(3);
    assert_eq!(answers(&driver), before);
    assert!(driver.screen.contains("move to its line first"), "{}", driver.screen);
    driver.key(Key::Down).no(1);
    assert_eq!(answers(&driver), before + 1);
}

/// A roller above the article's limit, taken and not acknowledged: pressing on to the soak asks for the word again.
#[test]
fn long_needles_ask_for_their_word_however_the_soak_is_reached() {
    let mut startup = returning();
    startup.rollers[0].roller = roller(200);
    let mut driver = AppDriver::new(startup, WIDE);
    driver.key(Key::Enter);
    assert_eq!(driver.app.screen_name().id(), "acknowledge");
    driver.keys("o").key(Key::Esc);
    assert_eq!(driver.app.screen_name().id(), "acknowledge", "{}", driver.screen);
}

/// After a long pause soak and list are due again, and so is the word about long needles.
#[test]
fn long_needles_ask_for_their_word_again_after_a_long_pause() {
    let mut startup = returning();
    startup.rollers[0].roller = roller(200);
    let mut driver = AppDriver::new(startup, WIDE);
    driver.key(Key::Enter).keys("a");
    assert_eq!(driver.app.screen_name().id(), "sterilise", "{}", driver.screen);
    driver.keys(" ").no_to_all().read_review().keys("c").seconds(600).keys("sdy ").seconds(160);
    driver.key(Key::Other).seconds(7_200).keys(" ");
    assert_eq!(driver.app.screen_name().id(), "acknowledge", "{}", driver.screen);
    driver.keys("a ");
    assert_eq!(driver.app.screen_name().id(), "question", "{}", driver.screen);
}

/// Most of the first section is rolled, which leaves less than four seconds of it; the last section is skipped by the list that is due again.
#[test]
fn the_verdict_after_a_long_pause_counts_only_what_is_left_to_roll() {
    let mut driver = AppDriver::rolling(WIDE);
    driver.seconds(20).key(Key::Other).seconds(7_200).keys("  ");
    driver.no_until("eczema").keys("y5").key(Key::Enter).no_to_all().read_review().keys("c");
    assert!(driver.screen.contains("4 sections left: rolling 1:45"), "{}", driver.screen);
}

#[test]
fn a_roller_that_was_used_cannot_be_new_in_its_pack() {
    for (sealed, screen) in [(false, "other-soak"), (true, "question")] {
        let mut startup = returning();
        startup.rollers[0].sealed = sealed;
        let mut driver = AppDriver::new(startup, WIDE);
        driver.key(Key::Enter).keys("e2");
        assert_eq!(driver.app.screen_name().id(), screen);
        assert_eq!(driver.count_entries(|event| matches!(event, Event::SoakStarted(_))), usize::from(sealed));
        assert_eq!(driver.screen.contains("it needs to soak"), !sealed, "{}", driver.screen);
    }
}

/// A zone that is none is said with the offset that is counted, on whichever first screen there is.
#[test]
fn a_zone_that_is_none_is_said_on_every_first_screen() {
    let due = |due| StartupContext { due, ..returning() };
    let firsts = [
        first_run(),
        returning(),
        due(DueState::NotYet { in_days: 16 }),
        due(DueState::TooSoon { in_days: 25, possible_in: 4 }),
        StartupContext { unlisted: vec!["sessions cannot be listed".into()], ..due(DueState::NotKnown) },
    ];
    for size in [WIDE, NARROW] {
        let mut stages: Vec<AppDriver> = firsts.iter().map(|startup| AppDriver::new(startup.clone(), size)).collect();
        stages.push(AppDriver::interrupted(size));
        for mut driver in stages {
            driver.app.startup.zone_unknown = "Foo3!".into();
            driver.draw();
            let said = driver.screen.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in ["TZ=\"Foo3!\" names no time zone", "with +01:00 from UTC", "then start anew."] {
                assert!(said.contains(part), "{}: no {part:?} on\n{}", driver.app.screen_name().id(), driver.screen);
            }
        }
    }
}
