//! Every screen of the program, reached with keys as a person reaches it.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Saving;
use engine::protocol::Kind;
use store::startup::{AvailableRoller, DueState, StartupContext};

use super::app_driver::{AppDriver, WIDE, first_run, returning, roller};

/// What stands on it, and the screen itself, seen for long enough to take keys.
pub fn every_screen() -> Vec<(&'static str, AppDriver)> {
    let mut screens = before_the_list();
    screens.extend(the_list());
    screens.extend(rolling_and_after());
    for (name, driver) in &mut screens {
        // A countdown may end in that time, never the screen that was asked for.
        driver.pass(Duration::from_millis(if *name == "prepare" || name.starts_with("hands free") {
            10
        } else {
            2_000
        }));
    }
    screens
}

/// The names of the screens in the key table that `screens` stand for.
pub fn names(screens: &[(&'static str, AppDriver)]) -> Vec<&'static str> {
    let mut names: Vec<&str> = screens.iter().map(|(_, driver)| driver.app.screen_name().id()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn with(mut driver: AppDriver, reach: impl FnOnce(&mut AppDriver)) -> AppDriver {
    reach(&mut driver);
    driver
}

fn startup(change: impl FnOnce(&mut StartupContext)) -> StartupContext {
    let mut startup = returning();
    change(&mut startup);
    startup
}

fn before_the_list() -> Vec<(&'static str, AppDriver)> {
    let first = |typed: &[&str]| {
        with(AppDriver::new(first_run(), WIDE), |driver| {
            driver.key(Key::Enter);
            for text in typed {
                driver.types(text);
            }
        })
    };
    let sterilise = || {
        with(AppDriver::new(returning(), WIDE), |driver| {
            driver.key(Key::Enter);
        })
    };
    let two = || {
        startup(|startup| {
            startup.rollers.push(AvailableRoller { roller: roller(200), sealed: true, used_before: false })
        })
    };
    vec![
        ("unfinished", AppDriver::interrupted(WIDE)),
        ("delete", with(AppDriver::interrupted(WIDE), |driver| _ = driver.keys("d"))),
        ("keep part", with(AppDriver::interrupted(WIDE), |driver| _ = driver.keys("p"))),
        ("first welcome", AppDriver::new(first_run(), WIDE)),
        ("welcome", AppDriver::new(returning(), WIDE)),
        ("not due", AppDriver::new(startup(|startup| startup.due = DueState::NotYet { in_days: 16 }), WIDE)),
        (
            "too soon",
            AppDriver::new(startup(|startup| startup.due = DueState::TooSoon { in_days: 25, possible_in: 4 }), WIDE),
        ),
        (
            "early reason",
            with(AppDriver::new(startup(|startup| startup.due = DueState::NotYet { in_days: 16 }), WIDE), |driver| {
                driver.key(Key::Enter).keys("e").press(Key::Char('w'));
            }),
        ),
        ("check-in", with(AppDriver::new(returning(), WIDE), |driver| _ = driver.keys("c2"))),
        ("help", with(AppDriver::new(returning(), WIDE), |driver| _ = driver.keys("?"))),
        ("roller name", first(&[])),
        ("roller length", first(&["blue"])),
        ("roller sealed", first(&["blue", "0.15"])),
        ("serum name", with(first(&["blue", "0.15"]), |driver| _ = driver.keys("2"))),
        ("acknowledge", with(first(&["blue", "0.15"]), |driver| _ = driver.keys("2").types("plain"))),
        ("too long", first(&["long", "0.5"])),
        ("rollers", with(AppDriver::new(two(), WIDE), |driver| _ = driver.key(Key::Enter).keys("o"))),
        ("needles", with(sterilise(), |driver| _ = driver.keys("x"))),
        ("no roller", with(sterilise(), |driver| _ = driver.keys("xy"))),
        ("sterilise", sterilise()),
        ("other soak", with(sterilise(), |driver| _ = driver.keys("e"))),
        ("soak minutes", with(sterilise(), |driver| _ = driver.keys("e1"))),
    ]
}

fn the_list() -> Vec<(&'static str, AppDriver)> {
    let question =
        |id: &str, keys: &'static str| with(AppDriver::soaking(WIDE), |driver| _ = driver.no_until(id).keys(keys));
    vec![
        ("question", question("under-18", "")),
        ("card", AppDriver::on_cards(WIDE)),
        ("picked line", with(AppDriver::on_cards(WIDE), |driver| _ = driver.keys("3"))),
        ("tenth question", question("raised-scars", "")),
        ("why", question("under-18", "?")),
        ("leave", question("isotretinoin", "q")),
        ("doctor", question("diabetes", "y")),
        ("which", question("recent-procedure", "y")),
        ("ago", with(question("recent-procedure", "y24"), |driver| _ = driver.key(Key::Enter))),
        ("where", question("eczema", "y")),
        ("around", with(question("mole", "y2"), |driver| _ = driver.key(Key::Enter))),
        ("review", with(question("under-18", ""), |driver| _ = driver.no_to_all().read_review())),
        ("verdict", AppDriver::cleared(WIDE)),
        (
            "verdict that skips",
            with(question("eczema", "y2"), |driver| {
                driver.key(Key::Enter).no_to_all().read_review().keys("c");
            }),
        ),
        (
            "verdict that stops",
            with(question("under-18", "u"), |driver| _ = driver.no_to_all().read_review().keys("c")),
        ),
        ("note", with(question("under-18", "u"), |driver| _ = driver.no_to_all().read_review().keys("cw"))),
        (
            "verdict of a check",
            with(AppDriver::started(Kind::Check, WIDE), |driver| _ = driver.no_to_all().read_review().keys("c")),
        ),
        ("last touch", with(AppDriver::cleared(WIDE), |driver| _ = driver.keys("s"))),
        ("last touch, all said", AppDriver::ready(WIDE)),
    ]
}

fn rolling_and_after() -> Vec<(&'static str, AppDriver)> {
    let paused = |seconds: u64| {
        with(AppDriver::rolling(WIDE), |driver| {
            driver.seconds(seconds).press(Key::Other);
        })
    };
    let ended = || with(paused(40), |driver| _ = driver.keys("x5").seconds(30 + 45));
    vec![
        (
            "prepare",
            with(AppDriver::ready(WIDE), |driver| {
                driver.keys(" ").seconds(5);
            }),
        ),
        ("hands free", with(AppDriver::rolling(WIDE), |driver| _ = driver.seconds(10))),
        ("pause", paused(40)),
        (
            "pause before rolling",
            with(AppDriver::ready(WIDE), |driver| {
                driver.keys(" ").seconds(20).press(Key::Other);
            }),
        ),
        ("pause after rolling", paused(152 + 50)),
        ("stale", with(paused(3), |driver| _ = driver.seconds(700).keys(" "))),
        ("stop reason", with(paused(40), |driver| _ = driver.keys("x"))),
        ("stop advice", with(paused(40), |driver| _ = driver.keys("x3"))),
        ("no serum", with(paused(152 + 20), |driver| _ = driver.keys("x"))),
        ("roller touched", with(paused(10), |driver| _ = driver.keys("d"))),
        ("spare", with(paused(10), |driver| _ = driver.keys("do"))),
        ("soaking again", with(paused(10), |driver| _ = driver.keys("dk"))),
        ("retire", with(paused(10), |driver| _ = driver.keys("dx"))),
        ("after", ended()),
        ("summary", with(ended(), |driver| _ = driver.keys("nnnnn").key(Key::Enter))),
        (
            "interrupted",
            with(AppDriver::rolling(WIDE), |driver| {
                driver.seconds(3).press(Key::Ctrl('c'));
                driver.seconds(3);
            }),
        ),
        (
            "not saved",
            with(paused(10), |driver| {
                driver.app.saving =
                    Saving::Failed("The record could not be saved: no space left on the device.".into());
                driver.seconds(1);
            }),
        ),
    ]
}
