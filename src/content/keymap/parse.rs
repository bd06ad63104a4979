//! Reads the key table. It ships with the program; a mistake in it is found by a test, not by a person.

use serde::de::{Deserialize, Deserializer, Error};

use super::{Binding, Field, Key, ScreenKeys, ScreenName};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    #[serde(default, deserialize_with = "keys")]
    inert: Vec<Key>,
    field: Option<Field>,
    #[serde(default)]
    heard_on: Vec<ScreenName>,
    keys: Vec<Binding>,
}

/// The keys of the screen called `name`, as `text` has them below its header. None for a screen, an action or a key that
/// there is not.
pub(super) fn screen(name: &str, text: &str) -> Option<ScreenKeys> {
    let name = ScreenName::from_id(name)?;
    let RawScreen { inert, field, heard_on, keys: rows } = toml::from_str(text).ok()?;
    Some(ScreenKeys { name, inert, field, heard_on, rows })
}

/// One key, or the digits of a range such as `1-5`.
pub(super) fn keys_named(name: &str) -> Option<Vec<Key>> {
    match (Key::from_id(name), name.chars().collect::<Vec<_>>().as_slice()) {
        (Some(key), _) => Some(vec![key]),
        (None, [from, '-', to]) if from.is_ascii_digit() && to.is_ascii_digit() && from <= to => {
            Some((*from..=*to).map(Key::Char).collect())
        }
        (None, _) => None,
    }
}

/// A list of names of keys.
pub(super) fn keys<'de, D: Deserializer<'de>>(list: D) -> Result<Vec<Key>, D::Error> {
    let names = Vec::<String>::deserialize(list)?;
    let keys =
        names.iter().map(|name| keys_named(name).ok_or_else(|| D::Error::custom(format!("there is no key {name:?}"))));
    Ok(keys.collect::<Result<Vec<_>, _>>()?.concat())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::content::keymap::{Action, Keymap, SHIPPED};

    /// The key table of `text`, if nothing is wrong with it.
    fn keymap(text: &str) -> Result<Keymap, String> {
        // The whole text at once says where a mistake is.
        toml::from_str::<BTreeMap<ScreenName, RawScreen>>(text).map_err(|error| error.to_string())?;
        let keymap = Keymap::in_text(text.to_owned().leak());
        for screen in keymap.screens() {
            sound(screen).map_err(|problem| format!("[{}]: {problem}", screen.name))?;
        }
        match keymap.clash() {
            Some(clash) => Err(format!("[{}]: {} stands for two actions", clash.second.0, clash.key.name())),
            None => Ok(keymap),
        }
    }

    /// What a row cannot say by itself: that the other actions it speaks of are here, and that its keys may be given
    /// away.
    fn sound(screen: &ScreenKeys) -> Result<(), String> {
        for row in screen.rows.iter() {
            let name = row.action;
            if row.keys.is_empty() {
                return Err(format!("{name} has no key"));
            }
            if let Some(key) = row.keys.iter().find(|key| screen.refuses(**key).is_some()) {
                return Err(format!("{} must not stand for {name}", key.name()));
            }
            if let Some(other) = row.with.iter().find(|other| screen.row(**other).is_none()) {
                return Err(format!("{name} is shown with {other}, which is not here"));
            }
            if !row.show.is_empty() && row.digits().is_none() {
                return Err(format!("{name} stands for no digits, so its own keys are shown"));
            }
        }
        Ok(())
    }

    #[test]
    fn the_shipped_table_is_sound() {
        let keymap = keymap(SHIPPED).unwrap();
        assert_eq!(Keymap::shipped(), keymap);
        assert_eq!(keymap.action(ScreenName::Pause, Key::Char(' ')), Some(Action::GoOn));
        assert_eq!(keymap.action(ScreenName::Where, Key::Char('5')), Some(Action::Choose));
        assert_eq!(keymap.action(ScreenName::Where, Key::Char('6')), None);
        for action in Action::ALL {
            assert!(keymap.screens().any(|screen| screen.row(*action).is_some()), "{action} has no key");
        }
        for name in ScreenName::ALL.iter().filter(|name| **name != ScreenName::HandsFree) {
            assert!(keymap.screen(*name).is_some(), "{name} has no keys");
        }
        assert!(ScreenName::ALL.is_sorted_by_key(|name| name.id()));
    }

    #[test]
    fn what_there_is_not_is_refused_with_its_place() {
        let action = "[pause]\nkeys = [{ keys = [\"x\"], action = \"jump\" }]";
        let key = "[pause]\nkeys = [{ keys = [\"Hyper\"], action = \"go-on\" }]";
        let screen = "[pause]\nkeys = []\n[paws]\nkeys = []";
        let heard = "[clicker]\nheard_on = [\"b\"]\nkeys = []";
        for (text, place) in [(action, (2, 34)), (key, (2, 18)), (screen, (3, 2)), (heard, (2, 13))] {
            let (line, column) = place;
            let refusal = keymap(text).unwrap_err();
            assert!(refusal.contains(&format!("line {line}, column {column}\n")), "{refusal}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let refused = |text: &str| keymap(text).unwrap_err();
        let twice = "[pause]\nkeys = [{ keys = [\"x\"], action = \"stop\" }, { keys = [\"X\"], action = \"go-on\" }]";
        assert_eq!(refused(twice), "[pause]: x stands for two actions");
        let inert = "[pause]\ninert = [\"Enter\"]\nkeys = [{ keys = [\"Enter\"], action = \"stop\" }]";
        assert_eq!(refused(inert), "[pause]: Enter must not stand for stop");
        let typed = "[ago]\nfield = \"number\"\nkeys = [{ keys = [\"1\"], action = \"days\" }]";
        assert_eq!(refused(typed), "[ago]: 1 must not stand for days");
        let with = "[pause]\nkeys = [{ keys = [\"x\"], action = \"stop\", with = [\"go-on\"] }]";
        assert_eq!(refused(with), "[pause]: stop is shown with go-on, which is not here");
        let show = "[pause]\nkeys = [{ keys = [\"x\"], action = \"stop\", show = \"y\" }]";
        assert_eq!(refused(show), "[pause]: stop stands for no digits, so its own keys are shown");
        let heard = "[clicker]\nheard_on = [\"after\"]\nkeys = [{ keys = [\"x\"], action = \"click\" }]\n\
                     [after]\nkeys = [{ keys = [\"x\"], action = \"yes\" }]";
        assert_eq!(refused(heard), "[after]: x stands for two actions");
    }
}
