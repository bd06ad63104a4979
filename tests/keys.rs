//! The person's own keys: they do what the shipped ones did, the shipped ones do nothing, and all that is on screen names
//! them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use dermaroll::assets::{self, Source};
use dermaroll::config::{Flags, Settings};
use dermaroll::folders::Folders;
use dermaroll::keymap::remap::Change;
use dermaroll::keymap::{Action, Key, Keymap, Screen};
use dermaroll::protocol::{Kind, Words};
use dermaroll::session::Event;
use proptest::prelude::*;
use support::counts::count;
use support::screens::every_screen;
use support::stage::{NARROW, Stage, WIDE, returning};

/// Every word that names a key, as it is with the shipped ones.
const NAMING: [(&str, &str); 33] = [
    ("after.or", "y n"),
    ("after.or-unsure", "y n u"),
    ("after.serum-offer", "Serum on the rolled sections? Press s: {time}."),
    ("ago.ask", "How long ago? Type a number, then d, w or m."),
    ("ago.ask-several", "How long ago was the latest? Type a number, then d, w or m."),
    ("ago.note", "Not sure (u) counts as today."),
    ("early.needs-reason", "Type a reason first, or Esc."),
    ("last-touch.after", "After Space"),
    ("last-touch.last", "SPACE IS THE LAST KEY YOU PRESS"),
    ("not-saved.do", "Free some space or plug the disk in, then press r."),
    (
        "pause.by-clicker",
        "The clicker paused it, and no key was touched. The clicker goes on at once; Space goes on with {time} for hands.",
    ),
    (
        "pause.by-clicker-after",
        "The clicker paused it, and no key was touched. The clicker goes on at once; Space goes on with {time} for hands.",
    ),
    ("pause.signs", "Blood, sharp pain, swelling, dizzy: press x. Pink already: press n."),
    ("pause.signs-narrow", "Blood, pain, swelling, dizzy: x"),
    ("question.no-answer", "No answer to {n} yet: y, n or u."),
    ("question.read-first", "Read to the end: press down."),
    ("resoak.then", "When the soak is finished it waits for you. Space goes on then."),
    ("resume.go-on", "It goes on paused from there; Space starts it."),
    ("resume.go-on-after", "It goes on paused from there; Space starts it."),
    ("review.open", "Every line was shown. c confirms."),
    ("review.read-all", "Some lines have not been on screen yet. Press down to the end."),
    ("review.read-all-narrow", "Read to the end: press down."),
    ("roller.list-none", "No other roller is known. Press n to describe one."),
    ("sterilise.step-1", "Take it from its case. Needles bent, missing, rusty? Press x."),
    ("sterilise.step-1-narrow", "Look at the needles. Bad? Press x."),
    ("sterilise.step-4", "Press Space. The list runs while it soaks."),
    ("sterilise.step-4-narrow", "Press Space."),
    ("verdict.soak-done", "The soak is finished. Wash your face, wipe with saline, pat dry. Then press s."),
    ("verdict.soak-done-narrow", "Soak finished. Wash, saline, dry: then s."),
    (
        "verdict.soak-left",
        "The soak still has **{left}** to go. Wash your face, wipe with saline, pat dry. s opens when the soak is finished.",
    ),
    ("welcome.rehearse-narrow", "New here? Rehearse first: r."),
    ("where.needs-one", "Choose a section, or a."),
    ("which.needs-one", "Choose one, or u for not sure."),
];

/// Every action of four screens on another key.
const OTHERS: &str = r#"
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

fn settings(text: &str) -> Settings {
    let source = Source::new("config.toml", text).unwrap();
    let user = Some((Path::new("config.toml"), &source));
    Settings::settle(user, &|_: &str| None, &Flags::default(), &Folders::default()).unwrap_or_else(|no| panic!("{no}"))
}

fn shipped() -> Keymap {
    Keymap::shipped().unwrap()
}

fn words() -> Words {
    assets::words::built_in().unwrap()
}

/// The same program with other keys from here on.
fn with_keys(stage: &mut Stage, keymap: &Keymap) {
    stage.app.words = Arc::new(keymap.named_in(&words()));
    stage.app.keymap = Arc::new(keymap.clone());
    stage.draw();
}

#[test]
fn with_the_shipped_keys_every_sentence_is_what_it_was() {
    let (unnamed, named) = (words(), shipped().named_in(&words()));
    let naming: Vec<&str> =
        unnamed.iter().filter(|(_, text)| text.to_lowercase().contains("{key:")).map(|(name, _)| name).collect();
    assert_eq!(naming, NAMING.map(|(name, _)| name));
    for (name, text) in NAMING {
        assert_eq!(named.say(name), text, "{name}");
    }
    for (name, text) in named.iter() {
        assert!(!text.to_lowercase().contains("{key"), "{name} names a key that there is not: {text}");
    }
}

/// What would name a shipped key on a screen that has none of them.
fn old_names(screen: &str) -> Vec<String> {
    // The one key that is named for doing nothing, and always will.
    let text = screen.replace("Enter does nothing here", "");
    let named = ["Space", "SPACE", "Enter", "Esc", "PgUp", "PgDn", "+"];
    // "a" is a word of sentences too; where it is a key it is looked for below.
    let letters: Vec<String> = shipped()
        .screens()
        .iter()
        .flat_map(|screen| &screen.rows)
        .flat_map(|row| &row.keys)
        .filter(|key| matches!(key, Key::Char('b'..='z')))
        .map(|key| key.id())
        .collect();
    let is_name = |word: &&str| named.contains(word) || letters.iter().any(|letter| letter == word);
    let words = text.split_whitespace().map(|word| word.trim_matches(['.', ',', ':', ';', '(', ')']));
    let mut found: Vec<String> = words.filter(is_name).map(str::to_owned).collect();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    found.extend(
        ["press down", "up down", "section, or a.", "a everywhere", "a all"]
            .map(str::to_owned)
            .into_iter()
            .filter(|it| flat.contains(it)),
    );
    let footer = text.trim_end().lines().last().unwrap_or_default();
    found.extend(footer.split_whitespace().filter(|word| *word == "?").map(str::to_owned));
    found
}

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
    let (name, entries, focus) = (stage.app.screen_name(), stage.entries.len(), format!("{:?}", stage.app.focus));
    for row in shipped().of(name) {
        for key in &row.keys {
            stage.key(*key);
            let now = (stage.app.screen_name(), stage.entries.len(), format!("{:?}", stage.app.focus));
            assert_eq!(now, (name, entries, focus.clone()), "{key:?} did something on {name}");
        }
    }
}

#[test]
fn a_session_goes_by_the_new_keys_and_by_no_other() {
    let keymap = settings(OTHERS).keymap;
    let f = Key::F;
    for size in [WIDE, NARROW] {
        let mut stage = Stage::new(returning(), size);
        with_keys(&mut stage, &keymap);
        stage.key(Key::Enter).keys(" ");
        assert_eq!(stage.app.screen_name(), "question");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["1", "2", "3", "8", "9"]);
        stage.keys("8");
        assert!(stage.screen.contains("WHY THIS IS ASKED"), "{}", stage.screen);
        stage.key(Key::Esc).keys("9");
        assert_eq!(stage.app.screen_name(), "confirm-leave");
        stage.key(Key::Esc).keys("5");
        assert!(stage.screen.contains("No answer to 1 yet: 1, 2 or 3."), "{}", stage.screen);
        stage.keys("3").keys("4").keys("2");
        stage.keys(&"2".repeat(23));

        assert_eq!(stage.app.screen_name(), "review");
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
        assert_eq!(stage.app.screen_name(), "verdict-clear", "{}", stage.screen);

        stage.keys("s");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["F1", "F2", "F3", "F4"]);
        assert!(stage.screen.contains("F4 IS THE LAST KEY YOU PRESS"), "{}", stage.screen);
        stage.key(f(8));
        names_in_help(&mut stage, "last-touch", &keymap);
        stage.key(Key::Esc).key(f(1)).key(f(3)).key(f(2)).key(f(4)).seconds(80);
        assert!(stage.app.running().is_some(), "{}", stage.screen);

        stage.press(Key::Other);
        stage.seconds(2);
        assert_eq!(stage.app.screen_name(), "pause");
        shipped_keys_do_nothing(&mut stage);
        names_none_but(&mut stage, &["F1", "F2", "F3", "F4", "F6", "F7"]);
        stage.key(f(7));
        names_in_help(&mut stage, "pause", &keymap);
        stage.key(Key::Esc).key(f(6));
        assert_eq!(stage.app.screen_name(), "stop-reason");
        stage.key(Key::Esc).key(f(1));
        assert!(stage.app.running().is_some(), "{}", stage.screen);
    }
}

/// The help page has every key of `screen` that its footer or a sentence explains.
#[track_caller]
fn names_in_help(stage: &mut Stage, screen: &str, keymap: &Keymap) {
    assert_eq!(stage.app.screen_name(), "help");
    let size = stage.size;
    stage.size = (100, 60);
    stage.draw();
    for row in keymap.of(screen).iter().filter(|row| row.is_in_footer() || !row.help.is_empty()) {
        let shown = row.shown();
        assert!(stage.screen.split_whitespace().any(|word| word == shown), "{shown}:\n{}", stage.screen);
    }
    stage.size = size;
    stage.draw();
}

/// Every action that may have another key on one that no screen ships with.
fn all_others() -> Keymap {
    let mut changes = Vec::new();
    for screen in shipped().screens() {
        let keys: Vec<String> = if screen.heard_on.is_empty() {
            (1..=12).map(|number| format!("F{number}")).collect()
        } else {
            ["!", "$", "&"].map(str::to_owned).into()
        };
        let rows = screen.rows.iter().filter(|row| row.digits().is_none());
        changes.extend(rows.zip(keys).map(|(row, key)| change(screen, row.action, vec![key])));
    }
    shipped().remapped(&changes).unwrap()
}

fn change(screen: &Screen, action: Action, keys: Vec<String>) -> Change {
    Change { screen: screen.name.clone(), action: action.id().to_owned(), keys }
}

#[test]
fn no_sentence_on_any_screen_names_a_key_that_is_another_one() {
    let keymap = all_others();
    for (name, mut stage) in every_screen() {
        with_keys(&mut stage, &keymap);
        for size in [WIDE, NARROW, (30, 9), (24, 5), (100, 40)] {
            stage.size = size;
            stage.draw();
            // A letter typed into a field, and a question mark that is the short word for "not sure".
            let screen = stage.screen.replace("Reason  w", "Reason").replace("F4 ?", "F4");
            assert_eq!(old_names(&screen), [] as [String; 0], "{name} in {size:?}:\n{screen}");
        }
    }
}

#[test]
fn two_actions_may_change_places() {
    let keymap = settings("[keys.question]\nyes = [\"n\"]\nno = [\"y\"]\n").keymap;
    assert_eq!(keymap.action("question", Key::Char('y')), Some(Action::No));
    assert_eq!(keymap.action("question", Key::Char('n')), Some(Action::Yes));
    assert_eq!(keymap.action("review", Key::Char('y')), Some(Action::Yes));
}

#[test]
fn the_shipped_keys_may_be_written_out() {
    let mut text = String::new();
    for screen in shipped().screens() {
        text.push_str(&format!("[keys.{}]\n", screen.name));
        for row in &screen.rows {
            let names: Vec<String> = row.keys.iter().map(|key| format!("{:?}", key.id())).collect();
            text.push_str(&format!("{} = [{}]\n", row.action.id(), names.join(", ")));
        }
    }
    let own = settings(&text).keymap;
    for (own, shipped) in own.screens().iter().zip(shipped().screens()) {
        assert!(own.rows.iter().zip(&shipped.rows).all(|(own, shipped)| own.keys == shipped.keys && own.own));
    }
}

#[test]
fn the_settings_in_force_are_printed_with_the_keys_and_read_back_as_they_are() {
    let text = "[keys.where]\nchoose = [\"1-5\"]\n[keys.pause]\ngo-on = [\"g\", \"Space\", \"\\\"\"]\n";
    let settings = settings(text);
    let shown = settings.show(&assets::built_in(Kind::Session).unwrap());
    let tail = shown.split_once("[keys").unwrap().1;
    assert!(tail.starts_with(".pause]\ngo-on = [\"g\", \"Space\", \"\\\"\"]"), "{shown}");
    assert!(tail.contains("# your file") && tail.contains("[keys.where]\nchoose = [\"1-5\"]"), "{shown}");
    assert_eq!(self::settings(&shown).keymap, settings.keymap);
}

#[test]
fn the_program_checks_and_shows_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let run = |text: &str, what: &str| {
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dermaroll"));
        let output = command.arg("--config").arg(&file).args(["config", what]).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (status, _, said) = run("[keys.pause]\nstop = [\"n\"]\n", "check");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("line 2, column 9: n would stand for two actions on pause"), "{said}");
    let (status, said, _) = run(OTHERS, "check");
    assert_eq!((status, said.ends_with("is in order.\n")), (Some(0), true), "{said}");
    let (status, said, _) = run(OTHERS, "show");
    assert_eq!((status, said.contains("\nskin-ready = [\"F1\"]")), (Some(0), true), "{said}");
}

/// Names of keys, some of them of none.
fn any_name() -> impl Strategy<Value = String> {
    let named = Key::NAMED.map(|(id, _)| id);
    prop_oneof![
        4 => proptest::sample::select(named.to_vec()).prop_map(str::to_owned),
        4 => (1..=12_u8).prop_map(|number| format!("F{number}")),
        8 => any::<char>().prop_map(String::from),
        8 => proptest::char::range('!', '~').prop_map(String::from),
        1 => Just("1-5".to_owned()),
        1 => Just("Ctrl-C".to_owned()),
    ]
}

fn any_change() -> impl Strategy<Value = Change> {
    let pairs: Vec<(String, String)> = shipped()
        .screens()
        .iter()
        .flat_map(|screen| screen.rows.iter().map(|row| (screen.name.clone(), row.action.id().to_owned())))
        .collect();
    (proptest::sample::select(pairs), proptest::collection::vec(any_name(), 0..3))
        .prop_map(|((screen, action), keys)| Change { screen, action, keys })
}

/// One screen, with every action that may have other keys on one or two of those that are free there.
fn dealt() -> impl Strategy<Value = Vec<Change>> {
    let table = shipped();
    proptest::sample::select(table.screens().to_vec()).prop_flat_map(move |screen| {
        let near = |other: &Screen| other.heard_on.contains(&screen.name) || screen.heard_on.contains(&other.name);
        let apart = table.screens().iter().filter(|other| near(other)).flat_map(|other| &other.rows);
        let numbers = screen.rows.iter().filter(|row| row.digits().is_some());
        let taken: Vec<Key> = apart.chain(numbers).flat_map(|row| row.keys.clone()).collect();
        let all = Key::NAMED.into_iter().map(|(_, key)| key).chain((1..=12).map(Key::F));
        let all = all.chain(('!'..='~').filter(|c| !c.is_ascii_uppercase()).map(Key::Char));
        let free: Vec<Key> = all.filter(|key| screen.refuses(*key).is_none() && !taken.contains(key)).collect();
        let rows: Vec<Action> = screen.rows.iter().filter(|row| row.digits().is_none()).map(|row| row.action).collect();
        Just(free).prop_shuffle().prop_map(move |keys| {
            let size = if keys.len() >= 2 * rows.len() { 2 } else { 1 };
            let lists = keys.chunks(size).map(|keys| keys.iter().copied().map(Key::id).collect());
            rows.iter().zip(lists).map(|(action, keys)| change(&screen, *action, keys)).collect()
        })
    })
}

/// What holds of every table, whoever made it.
fn is_sound(table: &Keymap) {
    for screen in table.screens() {
        let mut meant: BTreeMap<Key, Vec<Action>> = BTreeMap::new();
        for row in &screen.rows {
            assert!(!row.shown().is_empty(), "{} on {} is shown with no key", row.action.id(), screen.name);
            for key in &row.keys {
                meant.entry(*key).or_default().push(row.action);
                assert_eq!(table.action(&screen.name, *key), Some(row.action), "{key:?} on {}", screen.name);
                assert_eq!(screen.refuses(*key), None, "{key:?} on {}", screen.name);
                assert!(!matches!(key, Key::Ctrl(_) | Key::Other), "{key:?} on {}", screen.name);
                for other in &screen.heard_on {
                    assert_eq!(table.action(other, *key), None, "{key:?} on {other} and {}", screen.name);
                }
            }
        }
        assert!(meant.values().all(|actions| actions.len() == 1), "{}: {meant:?}", screen.name);
        assert!(table.hints(&screen.name, |_| true).iter().all(|hint| !hint.key.trim().is_empty()), "{}", screen.name);
    }
    let named = table.named_in(&words());
    assert!(named.iter().all(|(_, text)| !text.to_lowercase().contains("{key:")));
}

#[test]
fn the_shipped_table_is_sound_and_names_each_action_once_on_a_screen() {
    is_sound(&shipped());
    for screen in shipped().screens() {
        for row in &screen.rows {
            assert_eq!(screen.rows.iter().filter(|other| other.action == row.action).count(), 1, "{}", screen.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: count(200, 2_000), ..ProptestConfig::default() })]

    #[test]
    fn free_keys_may_be_dealt_out_in_any_way(changes in dealt()) {
        let table = shipped().remapped(&changes).map_err(|fault| TestCaseError::fail(fault.what))?;
        is_sound(&table);
        for change in &changes {
            let action = Action::from_name(&change.action).unwrap();
            for key in &change.keys {
                prop_assert_eq!(table.action(&change.screen, Key::from_id(key).unwrap()), Some(action));
            }
        }
    }

    #[test]
    fn what_is_taken_is_sound_and_what_is_refused_says_where(changes in proptest::collection::vec(any_change(), 1..4)) {
        match shipped().remapped(&changes) {
            Ok(table) => is_sound(&table),
            Err(fault) => {
                prop_assert!(fault.change < changes.len() && !fault.what.is_empty());
                prop_assert!(fault.todo.ends_with('.'), "{}", fault.todo);
            }
        }
    }
}
