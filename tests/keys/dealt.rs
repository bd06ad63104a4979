//! Keys dealt out at random: what is taken keeps each key to one action and each action to a key.

use std::collections::BTreeMap;
use std::sync::Arc;

use dermaroll::content::keymap::remap::Change;
use dermaroll::content::keymap::{Action, Key, Keymap, ScreenKeys, ScreenName};
use proptest::prelude::*;

use crate::keys::{all, change, shipped, words};
use crate::support::counts::count;

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
        .flat_map(|screen| screen.rows.iter().map(|row| (screen.name.to_string(), row.action.id().to_owned())))
        .collect();
    (proptest::sample::select(pairs), proptest::collection::vec(any_name(), 0..3))
        .prop_map(|((screen, action), keys)| Change { screen, action, keys })
}

/// One screen, with every action that may have other keys on one or two of those that are free there.
fn dealt() -> impl Strategy<Value = Vec<Change>> {
    let table = shipped();
    proptest::sample::select(table.screens().cloned().collect::<Vec<_>>()).prop_flat_map(move |screen| {
        let near = |other: &ScreenKeys| other.heard_on.contains(&screen.name) || screen.heard_on.contains(&other.name);
        let apart = table.screens().filter(|other| near(other)).flat_map(|other| other.rows.iter());
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
        for row in screen.rows.iter() {
            assert!(!row.shown().is_empty(), "{} on {} is shown with no key", row.action.id(), screen.name);
            for key in &row.keys {
                meant.entry(*key).or_default().push(row.action);
                assert_eq!(table.action(screen.name, *key), Some(row.action), "{key:?} on {}", screen.name);
                assert_eq!(screen.refuses(*key), None, "{key:?} on {}", screen.name);
                assert!(!matches!(key, Key::Ctrl(_) | Key::Other), "{key:?} on {}", screen.name);
                for other in &screen.heard_on {
                    assert_eq!(table.action(*other, *key), None, "{key:?} on {other} and {}", screen.name);
                }
            }
        }
        assert!(meant.values().all(|actions| actions.len() == 1), "{}: {meant:?}", screen.name);
        assert!(table.hints(screen.name, |_| true).iter().all(|hint| !hint.key.trim().is_empty()), "{}", screen.name);
    }
    let named = Arc::new(table.clone()).named_in(words());
    assert!(all(&named).iter().all(|(_, text)| !text.to_lowercase().contains("{key:")));
}

#[test]
fn the_shipped_table_is_sound_and_names_each_action_once_on_a_screen() {
    is_sound(&shipped());
    for screen in shipped().screens() {
        for row in screen.rows.iter() {
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
            let action = Action::from_id(&change.action).unwrap();
            for key in &change.keys {
                prop_assert_eq!(table.action(ScreenName::from_id(&change.screen).unwrap(), Key::from_id(key).unwrap()), Some(action));
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
