//! A session by other keys than the shipped ones.

use dermaroll::content::keymap::{Key, Keymap, ScreenName};
use engine::session::Event;

use crate::keys::sentences::old_names;
use crate::keys::{settled, shipped, with_keys};
use crate::support::program::questions;
use crate::support::stage::{NARROW, Stage, WIDE, returning};

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
fn names_none_but(stage: &mut Stage, keys: &[&str]) {
    stage.draw();
    assert_eq!(old_names(&stage.screen), [] as [String; 0], "{}", stage.screen);
    for key in keys {
        assert!(stage.screen.split_whitespace().any(|word| word == *key), "{key} is not named:\n{}", stage.screen);
    }
}

/// Presses each of the shipped keys of the present screen, long enough apart for each of them to count.
#[track_caller]
fn shipped_keys_do_nothing(stage: &mut Stage) {
    let (name, entries, focus) = (stage.app.screen_name().id(), stage.entries.len(), format!("{:?}", stage.app.screen));
    for row in shipped().of(ScreenName::from_id(name).unwrap()) {
        for key in &row.keys {
            stage.key(*key);
            let now = (stage.app.screen_name().id(), stage.entries.len(), format!("{:?}", stage.app.screen));
            assert_eq!(now, (name, entries, focus.clone()), "{key:?} did something on {name}");
        }
    }
}

#[test]
fn a_session_goes_by_the_new_keys_and_by_no_other() {
    let keymap = settled(OTHERS).keymap;
    let f = Key::F;
    for size in [WIDE, NARROW] {
        let mut stage = Stage::new(returning(), size);
        with_keys(&mut stage, &keymap);
        stage.key(Key::Enter).keys(" ");
        assert_eq!(stage.app.screen_name().id(), "question");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["1", "2", "3", "8", "9"]);
        stage.keys("8");
        assert!(stage.screen.contains("WHY THIS IS ASKED"), "{}", stage.screen);
        stage.key(Key::Esc).keys("9");
        assert_eq!(stage.app.screen_name().id(), "confirm-leave");
        stage.key(Key::Esc).keys("5");
        assert!(stage.screen.contains("No answer to 1 yet: 1, 2 or 3."), "{}", stage.screen);
        stage.keys("3").keys("4").keys("2");
        stage.keys(&"2".repeat(questions() - 1));

        assert_eq!(stage.app.screen_name().id(), "review");
        shipped_keys_do_nothing(&mut stage);
        for _ in 0..30 {
            stage.key(f(6));
        }
        stage.seconds(6);
        names_none_but(&mut stage, &["F1", "F2"]);
        assert!(stage.screen.contains("F1 confirms."), "{}", stage.screen);
        let answers = |stage: &Stage| stage.count_entries(|event| matches!(event, Event::Answered { .. }));
        let before = answers(&stage);
        stage.key(f(5)).key(f(3));
        assert_eq!(answers(&stage), before + 1);
        stage.key(f(9));
        names_in_help(&mut stage, "review", &keymap);
        stage.key(Key::Esc);
        // Another screen stood there: the list is to be read again.
        for _ in 0..30 {
            stage.key(f(6));
        }
        stage.key(f(1)).seconds(600);
        assert_eq!(stage.app.screen_name().id(), "verdict-clear", "{}", stage.screen);

        stage.keys("s");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["F1", "F2", "F3", "F4"]);
        stage.key(f(8));
        names_in_help(&mut stage, "last-touch", &keymap);
        stage.key(Key::Esc).key(f(1)).key(f(3)).key(f(2));
        assert!(stage.screen.contains("F4 IS THE LAST KEY YOU PRESS"), "{}", stage.screen);
        stage.key(f(4)).seconds(80);
        assert!(stage.app.running().is_some(), "{}", stage.screen);

        stage.press(Key::Other);
        stage.seconds(2);
        assert_eq!(stage.app.screen_name().id(), "pause");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["F1", "F2", "F3", "F4", "F6", "F7"]);
        stage.key(f(7));
        names_in_help(&mut stage, "pause", &keymap);
        stage.key(Key::Esc).key(f(6));
        assert_eq!(stage.app.screen_name().id(), "stop-reason");
        stage.key(Key::Esc).key(f(1));
        assert!(stage.app.running().is_some(), "{}", stage.screen);
    }
}

/// The help page has every key of `screen` that its footer or a sentence explains.
#[track_caller]
fn names_in_help(stage: &mut Stage, screen: &str, keymap: &Keymap) {
    assert_eq!(stage.app.screen_name().id(), "help");
    let size = stage.size;
    stage.size = (100, 60);
    stage.draw();
    for row in
        keymap.of(ScreenName::from_id(screen).unwrap()).iter().filter(|row| row.is_in_footer() || !row.help.is_empty())
    {
        let shown = row.shown();
        assert!(stage.screen.split_whitespace().any(|word| word == shown), "{shown}:\n{}", stage.screen);
    }
    stage.size = size;
    stage.draw();
}
