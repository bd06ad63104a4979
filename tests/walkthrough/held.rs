//! A key held down, a paste, a burst: on every screen there is.

use std::time::Duration;

use dermaroll::content::keymap::{Key, Keymap};
use engine::protocol::Kind;
use engine::session::Event;

use crate::support::app_driver::AppDriver;
use crate::support::counts::count;
use crate::support::many::figure;
use crate::support::screens::{every_screen, names};

/// The first repeat of a held key comes after so long, the others at 30 a second.
const FIRST: Duration = Duration::from_millis(500);
const REPEAT: Duration = Duration::from_millis(33);

fn answers(driver: &AppDriver) -> usize {
    driver.count_entries(|event| matches!(event, Event::Answered { .. }))
}

/// What stands there, told apart from all else that might.
fn what(driver: &AppDriver) -> String {
    format!("{} {:?} {:?}", driver.app.screen_name().id(), driver.app.screen, driver.app.session().map(|it| it.stage()))
}

#[test]
fn neither_a_paste_nor_a_held_enter_answers_on_any_screen() {
    let screens = every_screen();
    all_are_there(&names(&screens));
    let (repeats, many) = (count(60, 300), screens.len());
    for (name, mut driver) in screens {
        for (what, marked, bare) in [("whole", 1_000, 0), ("closed early", 500, 500), ("not marked", 0, 1_000)] {
            paste(&format!("{name}: a paste, {what},"), &mut driver, marked, bare);
        }
        hold_enter(name, &mut driver, repeats);
    }
    figure(&format!("{many} screens, pastes of 1000 y and Enter held {repeats} times: at most one screen, 0 answers"));
}

/// Screens by their name in the key table; what comes and goes by itself has none.
fn all_are_there(reached: &[&str]) {
    let table = Keymap::shipped();
    // A clicker's keys are a table of their own, heard on the screens of others.
    let is_here = |screen: &&dermaroll::content::keymap::ScreenKeys| {
        screen.heard_on.is_empty() && !screen.name.id().starts_with("history")
    };
    // The history is a program of its own.
    let names = table.screens().filter(is_here).map(|screen| screen.name.id());
    let missing: Vec<&str> = names.filter(|name| !reached.contains(name)).collect();
    assert_eq!(missing, [] as [&str; 0], "screens of the key table that no test reaches");
}

fn hold_enter(name: &str, driver: &mut AppDriver, repeats: u32) {
    let (before, mut last, mut moved) = (answers(driver), what(driver), Vec::new());
    for repeat in 0..repeats {
        driver.press(Key::Enter);
        driver.pass_unseen(if repeat == 0 { FIRST } else { REPEAT });
        if what(driver) != last {
            last = what(driver);
            moved.push(driver.app.screen_name().id());
        }
    }
    assert!(moved.len() <= 1, "{name}: Enter held led through {moved:?}");
    assert_eq!(answers(driver), before, "{name}: Enter held answered");
}

/// `marked` characters as a paste that the terminal marks, `bare` ones as keys.
fn paste(name: &str, driver: &mut AppDriver, marked: usize, bare: usize) {
    let (screen, entries) = (driver.app.screen_name().id(), driver.entries.len());
    // A halt is what any touch leads to while hands are busy; nothing else may.
    let busy = driver.app.running().is_some() && screen == "hands-free";
    if marked > 0 {
        let outputs = driver.app.paste(&"y".repeat(marked), driver.now());
        assert!(busy || outputs.is_empty(), "{name} did something");
        driver.keep(outputs);
    }
    for key in 0..bare {
        driver.press(Key::Char('y'));
        if key % 100 == 0 {
            driver.pass_unseen(Duration::from_millis(1));
        }
    }
    driver.pass(Duration::from_secs(2));
    let new = &driver.entries[entries..];
    let answered = new.iter().filter(|entry| matches!(entry.event, Event::Answered { .. })).count();
    assert_eq!(answered, 0, "{name} answered");
    if !busy {
        let by_key = new.iter().filter(|entry| !matches!(entry.event, Event::RanOut(_))).count();
        assert_eq!(by_key, 0, "{name} recorded {new:?}");
        assert_eq!(driver.app.screen_name().id(), screen, "{name} moved on");
    }
}

#[test]
fn help_is_put_away_as_soon_as_it_was_glanced_at() {
    let mut driver = AppDriver::started(Kind::Session, (80, 24));
    driver.pass(Duration::from_secs(1));
    let screen = driver.app.screen_name().id();
    driver.press(Key::Char('?'));
    assert_eq!(driver.app.screen_name().id(), "help");
    driver.pass_unseen(Duration::from_millis(5));
    driver.press(Key::Esc);
    assert_eq!(driver.app.screen_name().id(), screen);
    driver.pass_unseen(REPEAT);
    driver.press(Key::Esc);
    assert_eq!(
        (driver.app.screen_name().id(), driver.app.overlay.is_none()),
        (screen, true),
        "a key held too long goes no further"
    );
}
