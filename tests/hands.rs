//! What may act while hands are busy: the clock, a clicker that was seen, and nothing else.

use std::cell::Cell;
use std::time::Duration;

use dermaroll::content::keymap::Key;
use engine::session::EventKind;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

mod bytes;
mod sco;

use crate::support::computer::{Computer, ProgramRun};
use crate::support::counts::count;
use crate::support::many::figure;

/// At the beginning of the first stroke, with a clicker.
fn with_clicker(run: &mut ProgramRun<'_>) {
    run.soaking().answered().seconds(600).keys("sd").key(Key::PageDown).keys("y ");
    run.pass(Duration::from_millis(155_000 - 40));
}

#[test]
fn a_clicker_is_shown_once_it_was_seen() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().answered().seconds(600).keys("s").shows("Clicker or pedal: not seen");
    run.key(Key::F(5)).shows("Clicker or pedal: seen").keys("dy ").seconds(156);
    run.shows("clicker: PgDn enough  PgUp one more  . pause");
}

#[test]
fn a_key_of_a_clicker_that_was_not_seen_is_a_touch() {
    for key in [Key::PageDown, Key::PageUp, Key::Char('.'), Key::Char('b'), Key::F(5)] {
        let mut computer = Computer::new();
        let mut run = computer.start();
        run.rolling().seconds(3).key(key).shows("PAUSED");
        drop(run);
        assert!(computer.text().contains("cause = \"touch\""), "{key:?}");
    }
}

#[test]
fn a_clicker_pauses_and_goes_on_without_a_touch() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    with_clicker(&mut run);
    run.seconds(3).keys(".").shows("PAUSED").shows("no key was touched").seconds(5).keys("b").shows("GET READY");
    run.seconds(500);
    drop(run);
    let text = computer.text();
    assert!(text.contains("cause = \"clicker\"") && text.contains("touches = 0"), "{text}");
    assert!(text.contains("pauses = 1"), "{text}");
}

#[test]
fn a_key_during_a_pause_by_the_clicker_asks_for_clean_hands() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    with_clicker(&mut run);
    run.seconds(3).keys(".").keys("j").shows("You touched a key").keys(".").shows("CLEAN YOUR HANDS");
    drop(run);
    assert!(computer.text().contains("cause = \"touch\""));
}

#[test]
fn a_clicker_ends_a_section_once_and_adds_a_stroke_once() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    with_clicker(&mut run);
    run.seconds(3).key(Key::PageUp).key(Key::PageUp).shows("▶ · · · ·   your upper right");
    run.key(Key::PageDown).shows("MOVE: your upper left").key(Key::PageDown).shows("MOVE: your upper left");
    run.seconds(8).shows("✓ ▶ · · ·   your upper left");
    drop(run);
    assert_eq!(
        (
            computer.entries(EventKind::OneMore),
            computer.entries(EventKind::Enough),
            computer.entries(EventKind::Paused)
        ),
        (1, 1, 0)
    );
}

/// Whether most of the window is in reverse.
fn is_turned(run: &ProgramRun<'_>) -> bool {
    run.turned() > 80 * 24 / 2
}

#[test]
fn for_whoever_watches_the_screen_alone_it_turns_for_one_second_at_a_change_of_section() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().answered().seconds(600).keys("sdn ").seconds(154);
    let bells = run.rung;
    let mut turned = Vec::new();
    for second in 64..330 {
        run.seconds(1);
        if is_turned(&run) {
            turned.push(second);
        }
    }
    // 155 seconds to the first stroke, 24 a section, 8 on the way to the next; the last time it is saline.
    assert_eq!(turned, [88, 120, 152, 184, 216]);
    assert_eq!(run.rung, bells, "nothing sounds");
}

#[test]
fn it_turns_for_nobody_else_and_never_without_motion() {
    for (keys, motion) in [("sdy ", true), ("sdn ", false)] {
        let mut computer = Computer::new();
        computer.motion = motion;
        let mut run = computer.start();
        run.soaking().answered().seconds(600).keys(keys);
        for _ in 0..330 {
            run.seconds(1);
            assert!(!is_turned(&run), "{keys} {motion}");
        }
    }
}

#[test]
fn without_motion_a_bar_moves_when_a_stroke_is_over() {
    let bars = |run: &ProgramRun<'_>| -> Vec<String> {
        let lines = run.screen.lines().map(str::trim).filter(|line| line.contains('▕'));
        lines.map(|line| line.to_owned()).collect()
    };
    for (motion, changes) in [(true, 24), (false, 3)] {
        let mut computer = Computer::new();
        computer.motion = motion;
        let mut run = computer.start();
        run.rolling().pass(Duration::from_millis(40));
        let mut seen = vec![bars(&run)];
        for _ in 0..24 {
            seen.push(bars(run.seconds(1)));
        }
        seen.dedup();
        assert_eq!(seen.len() - 1, changes, "{motion}: {seen:#?}");
    }
}

#[test]
fn each_cue_rings_within_20_ms_of_its_moment() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling();
    // The first stroke has just begun: two turns, on the way (two bells), the next section, a turn.
    let moments = [8_000, 16_000, 24_000, 24_250, 32_000, 40_000];
    let (mut rung, mut now) = (run.rung, 0);
    for moment in moments {
        run.pass(Duration::from_millis(moment - 20 - now));
        assert_eq!(run.rung, rung, "before {moment} ms");
        run.pass(Duration::from_millis(40));
        rung += 1;
        assert_eq!(run.rung, rung, "after {moment} ms");
        now = moment + 20;
    }
}

#[test]
fn random_keys_while_rolling_only_ever_pause() {
    let keys = prop::sample::select(
        (0x20..0x7f_u8)
            .map(|byte| Key::Char(char::from(byte)))
            .chain([Key::Enter, Key::Esc, Key::Tab, Key::Backspace, Key::Delete])
            .chain([Key::Up, Key::Down, Key::Left, Key::Right, Key::Home, Key::End])
            .chain([Key::PageUp, Key::PageDown, Key::Ctrl('a'), Key::Other])
            .chain((1..=12).map(Key::F))
            .collect::<Vec<_>>(),
    );
    let sessions = count(5, 500);
    let mut runner = TestRunner::new(Config { cases: sessions, failure_persistence: None, ..Config::default() });
    let pressed = Cell::new(0);
    runner
        .run(&prop::collection::vec((keys, 1_300..21_000_u64), 40), |presses| {
            let mut computer = Computer::new();
            let mut run = computer.start();
            run.rolling();
            let mut pauses = 0;
            for (key, after) in presses {
                run.pass(Duration::from_millis(after));
                if !run.screen.contains("HANDS FREE") {
                    break;
                }
                run.press(key);
                pauses += 1;
                prop_assert!(run.screen.contains("PAUSED"), "{key:?}: {}", run.screen);
                prop_assert_eq!(run.left, None);
                // Clean hands, get ready, or saline and serum at once.
                run.keys(" ").pass(Duration::from_millis(35_000));
            }
            drop(run);
            pressed.set(pressed.get() + pauses);
            let text = computer.text();
            prop_assert_eq!(text.matches("\ncause = ").count(), pauses);
            prop_assert_eq!(text.matches("\ncause = \"touch\"\n").count(), pauses);
            for event in ["enough", "one-more", "stopped", "roller-touched", "left", "roller-swapped"] {
                prop_assert!(!text.contains(&format!("event = \"{event}\"")), "{}", event);
            }
            Ok(())
        })
        .unwrap();
    figure(&format!("{} random keys while rolling: each paused, none did anything else", pressed.get()));
}

#[test]
fn drawing_the_screen_again_is_a_touch_like_any_other() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(3).control('l').shows("PAUSED").keys(" ").shows("CLEAN YOUR HANDS");
    let mut computer = Computer::new();
    let mut run = computer.start();
    with_clicker(&mut run);
    run.seconds(3).keys(".").shows("no key was touched").control('l').keys(" ").shows("CLEAN YOUR HANDS");
}
