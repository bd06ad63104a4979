//! Every screen of the program, reached with keys as a person reaches it.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Saving;
use engine::protocol::Kind;
use store::known::{DueState, Known, Shelf};

use super::stage::{Stage, WIDE, first_run, returning, roller};

/// What stands on it, and the screen itself, seen for long enough to take keys.
pub fn every_screen() -> Vec<(&'static str, Stage)> {
    let mut screens = before_the_list();
    screens.extend(the_list());
    screens.extend(rolling_and_after());
    for (name, stage) in &mut screens {
        // A countdown may end in that time, never the screen that was asked for.
        stage.pass(Duration::from_millis(if *name == "prepare" || name.starts_with("hands free") {
            10
        } else {
            2_000
        }));
    }
    screens
}

/// The names of the screens in the key table that `screens` stand for.
pub fn names(screens: &[(&'static str, Stage)]) -> Vec<&'static str> {
    let mut names: Vec<&str> = screens.iter().map(|(_, stage)| stage.app.screen_name().id()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn with(mut stage: Stage, reach: impl FnOnce(&mut Stage)) -> Stage {
    reach(&mut stage);
    stage
}

fn known(change: impl FnOnce(&mut Known)) -> Known {
    let mut known = returning();
    change(&mut known);
    known
}

fn before_the_list() -> Vec<(&'static str, Stage)> {
    let first = |typed: &[&str]| {
        with(Stage::new(first_run(), WIDE), |stage| {
            stage.key(Key::Enter);
            for text in typed {
                stage.types(text);
            }
        })
    };
    let sterilise = || {
        with(Stage::new(returning(), WIDE), |stage| {
            stage.key(Key::Enter);
        })
    };
    let two = || known(|known| known.rollers.push(Shelf { roller: roller(200), sealed: true, used_before: false }));
    vec![
        ("unfinished", Stage::unfinished(WIDE)),
        ("delete", with(Stage::unfinished(WIDE), |stage| _ = stage.keys("d"))),
        ("first welcome", Stage::new(first_run(), WIDE)),
        ("welcome", Stage::new(returning(), WIDE)),
        ("not due", Stage::new(known(|known| known.due = DueState::NotYet { in_days: 16 }), WIDE)),
        ("too soon", Stage::new(known(|known| known.due = DueState::TooSoon { in_days: 25, possible_in: 4 }), WIDE)),
        (
            "early reason",
            with(Stage::new(known(|known| known.due = DueState::NotYet { in_days: 16 }), WIDE), |stage| {
                stage.key(Key::Enter).keys("e").press(Key::Char('w'));
            }),
        ),
        ("help", with(Stage::new(returning(), WIDE), |stage| _ = stage.keys("?"))),
        ("roller name", first(&[])),
        ("roller length", first(&["blue"])),
        ("roller sealed", first(&["blue", "0.15"])),
        ("serum name", with(first(&["blue", "0.15"]), |stage| _ = stage.keys("2"))),
        ("acknowledge", with(first(&["blue", "0.15"]), |stage| _ = stage.keys("2").types("plain"))),
        ("too long", first(&["long", "0.5"])),
        ("rollers", with(Stage::new(two(), WIDE), |stage| _ = stage.key(Key::Enter).keys("o"))),
        ("needles", with(sterilise(), |stage| _ = stage.keys("x"))),
        ("no roller", with(sterilise(), |stage| _ = stage.keys("xy"))),
        ("sterilise", sterilise()),
        ("other soak", with(sterilise(), |stage| _ = stage.keys("e"))),
        ("soak minutes", with(sterilise(), |stage| _ = stage.keys("e1"))),
    ]
}

fn the_list() -> Vec<(&'static str, Stage)> {
    let question =
        |keys: &'static str, skipped: usize| with(Stage::soaking(WIDE), |stage| _ = stage.no(skipped).keys(keys));
    vec![
        ("question", question("", 0)),
        ("tenth question", question("", 9)),
        ("why", question("?", 0)),
        ("leave", question("q", 2)),
        ("doctor", question("y", 2)),
        ("which", question("y", 13)),
        ("ago", with(question("y24", 13), |stage| _ = stage.key(Key::Enter))),
        ("where", question("y", 17)),
        ("around", with(question("y2", 19), |stage| _ = stage.key(Key::Enter))),
        ("review", with(question("", 0), |stage| _ = stage.no_to_all().read_review())),
        ("verdict", Stage::cleared(WIDE)),
        (
            "verdict that skips",
            with(question("y2", 17), |stage| {
                stage.key(Key::Enter).no_to_all().read_review().keys("c");
            }),
        ),
        ("verdict that stops", with(question("u", 0), |stage| _ = stage.no_to_all().read_review().keys("c"))),
        ("note", with(question("u", 0), |stage| _ = stage.no_to_all().read_review().keys("cn"))),
        (
            "verdict of a check",
            with(Stage::started(Kind::Check, WIDE), |stage| _ = stage.no_to_all().read_review().keys("c")),
        ),
        ("last touch", with(Stage::cleared(WIDE), |stage| _ = stage.keys("s"))),
        ("last touch, all said", Stage::ready(WIDE)),
    ]
}

fn rolling_and_after() -> Vec<(&'static str, Stage)> {
    let paused = |seconds: u64| {
        with(Stage::rolling(WIDE), |stage| {
            stage.seconds(seconds).press(Key::Other);
        })
    };
    let ended = || with(paused(40), |stage| _ = stage.keys("x5").seconds(45));
    vec![
        (
            "prepare",
            with(Stage::ready(WIDE), |stage| {
                stage.keys(" ").seconds(5);
            }),
        ),
        ("hands free", with(Stage::rolling(WIDE), |stage| _ = stage.seconds(10))),
        ("pause", paused(40)),
        (
            "pause before rolling",
            with(Stage::ready(WIDE), |stage| {
                stage.keys(" ").seconds(20).press(Key::Other);
            }),
        ),
        ("pause after rolling", paused(152 + 50)),
        ("stale", with(paused(3), |stage| _ = stage.seconds(700).keys(" "))),
        ("stop reason", with(paused(40), |stage| _ = stage.keys("x"))),
        ("roller touched", with(paused(10), |stage| _ = stage.keys("d"))),
        ("spare", with(paused(10), |stage| _ = stage.keys("do"))),
        ("soaking again", with(paused(10), |stage| _ = stage.keys("dk"))),
        ("retire", with(paused(10), |stage| _ = stage.keys("dx"))),
        ("after", ended()),
        ("summary", with(ended(), |stage| _ = stage.keys("yyn").key(Key::Enter))),
        (
            "interrupted",
            with(Stage::rolling(WIDE), |stage| {
                stage.seconds(3).press(Key::Ctrl('c'));
                stage.seconds(3);
            }),
        ),
        (
            "not saved",
            with(paused(10), |stage| {
                stage.app.saving = Saving::Failed("The record could not be saved: no space left on the device.".into());
                stage.seconds(1);
            }),
        ),
    ]
}
