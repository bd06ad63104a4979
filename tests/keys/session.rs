//! A session by other keys than the shipped ones.

use dermaroll::content::keymap::{Key, Keymap, ScreenName};
use engine::session::Event;

use crate::keys::sentences::old_names;
use crate::keys::{settled, shipped, with_keys};
use crate::support::app_driver::{AppDriver, NARROW, WIDE, returning};
use crate::support::program::questions;

/// Every action of four screens on another key.
pub(crate) const OTHERS: &str = r#"
[keys.question]
yes = ["1"]
no = ["2"]
not-sure = ["3"]
up = ["4"]
down = ["5"]
page-up = ["6"]
page-down = ["7"]
help = ["8"]
leave = ["9"]
verdict-now = ["0"]

[keys.review]
confirm = ["F1"]
yes = ["F2"]
no = ["F3"]
not-sure = ["F4"]
up = ["F5"]
down = ["F6"]
page-up = ["F7"]
page-down = ["F8"]
help = ["F9"]
leave = ["F10"]

[keys.last-touch]
skin-ready = ["F1"]
yes = ["F2"]
no = ["F3"]
go = ["F4"]
test-cues = ["F6"]
back = ["F7"]
help = ["F8"]

[keys.pause]
go-on = ["F1"]
enough = ["F2"]
one-more = ["F3"]
dropped = ["F4"]
stop = ["F6"]
help = ["F7"]
"#;

#[track_caller]
fn names_none_but(driver: &mut AppDriver, keys: &[&str]) {
    driver.draw();
    assert_eq!(old_names(&driver.screen), [] as [String; 0], "{}", driver.screen);
    for key in keys {
        assert!(driver.screen.split_whitespace().any(|word| word == *key), "{key} is not named:\n{}", driver.screen);
    }
}

/// Presses each of the shipped keys of the present screen, long enough apart for each of them to count.
#[track_caller]
fn shipped_keys_do_nothing(driver: &mut AppDriver) {
    let (name, entries, focus) =
        (driver.app.screen_name().id(), driver.entries.len(), format!("{:?}", driver.app.screen));
    for row in shipped().of(ScreenName::from_id(name).unwrap()) {
        for key in &row.keys {
            driver.key(*key);
            let now = (driver.app.screen_name().id(), driver.entries.len(), format!("{:?}", driver.app.screen));
            assert_eq!(now, (name, entries, focus.clone()), "{key:?} did something on {name}");
        }
    }
}

#[test]
fn a_session_goes_by_the_new_keys_and_by_no_other() {
    let keymap = settled(OTHERS).keymap;
    let f = Key::F;
    for size in [WIDE, NARROW] {
        let mut driver = AppDriver::new(returning(), size);
        with_keys(&mut driver, &keymap);
        driver.key(Key::Enter).keys(" ");
        assert_eq!(driver.app.screen_name().id(), "question");
        shipped_keys_do_nothing(&mut driver);
        names_none_but(&mut driver, &["1", "2", "3", "8", "9"]);
        driver.keys("8");
        assert!(driver.screen.contains("WHY THIS IS ASKED"), "{}", driver.screen);
        driver.key(Key::Esc).keys("9");
        assert_eq!(driver.app.screen_name().id(), "confirm-leave");
        driver.key(Key::Esc).keys("5");
        assert!(driver.screen.contains("Please answer 1 first: 1, 2 or 3."), "{}", driver.screen);
        driver.keys("3").keys("4").keys("2");
        driver.keys(&"2".repeat(questions() - 1));

        assert_eq!(driver.app.screen_name().id(), "review");
        shipped_keys_do_nothing(&mut driver);
        for _ in 0..40 {
            driver.key(f(6));
        }
        driver.seconds(6);
        names_none_but(&mut driver, &["F1", "F2"]);
        assert!(driver.screen.contains("F1 confirms."), "{}", driver.screen);
        let answers = |driver: &AppDriver| driver.count_entries(|event| matches!(event, Event::Answered { .. }));
        let before = answers(&driver);
        driver.key(f(5)).key(f(3));
        assert_eq!(answers(&driver), before + 1);
        driver.key(f(9));
        names_in_help(&mut driver, "review", &keymap);
        driver.key(Key::Esc);
        // Another screen stood there: the list is to be read again.
        for _ in 0..40 {
            driver.key(f(6));
        }
        driver.key(f(1)).seconds(600);
        assert_eq!(driver.app.screen_name().id(), "verdict-clear", "{}", driver.screen);

        driver.keys("s");
        shipped_keys_do_nothing(&mut driver);
        names_none_but(&mut driver, &["F1", "F2", "F3", "F4"]);
        driver.key(f(8));
        names_in_help(&mut driver, "last-touch", &keymap);
        driver.key(Key::Esc).key(f(1)).key(f(3)).key(f(2));
        assert!(driver.screen.contains("F4 IS THE LAST KEY YOU PRESS"), "{}", driver.screen);
        driver.key(f(4)).seconds(170);
        assert!(driver.app.running().is_some(), "{}", driver.screen);

        driver.press(Key::Other);
        driver.seconds(2);
        assert_eq!(driver.app.screen_name().id(), "pause");
        shipped_keys_do_nothing(&mut driver);
        names_none_but(&mut driver, &["F1", "F2", "F3", "F4", "F6", "F7"]);
        driver.key(f(7));
        names_in_help(&mut driver, "pause", &keymap);
        driver.key(Key::Esc).key(f(6));
        assert_eq!(driver.app.screen_name().id(), "stop-reason");
        driver.key(Key::Esc).key(f(1));
        assert!(driver.app.running().is_some(), "{}", driver.screen);
    }
}

/// The help page has every key of `screen` that its footer or a sentence explains.
#[track_caller]
fn names_in_help(driver: &mut AppDriver, screen: &str, keymap: &Keymap) {
    assert_eq!(driver.app.screen_name().id(), "help");
    let size = driver.size;
    driver.size = (100, 60);
    driver.draw();
    for row in
        keymap.of(ScreenName::from_id(screen).unwrap()).iter().filter(|row| row.is_in_footer() || !row.help.is_empty())
    {
        let shown = row.shown();
        assert!(driver.screen.split_whitespace().any(|word| word == shown), "{shown}:\n{}", driver.screen);
    }
    driver.size = size;
    driver.draw();
}
