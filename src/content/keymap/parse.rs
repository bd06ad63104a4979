//! Reads the key table. It ships with the program; a mistake in it is found by a test, not by a person.

use serde::Deserialize;

use super::{Action, Binding, Field, Key, ScreenKeys};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    #[serde(default)]
    inert: Vec<String>,
    field: Option<RawField>,
    #[serde(default)]
    heard_on: Vec<String>,
    keys: Vec<RawBinding>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawField {
    Text,
    Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBinding {
    keys: Vec<String>,
    action: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    short: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    optional: bool,
}

/// Reads what stands below the header `name`.
///
/// # Errors
/// Names what cannot be read, and an unknown key or action.
pub(super) fn screen(name: &str, text: &str) -> Result<ScreenKeys, String> {
    made(name, toml::from_str(text).map_err(|error| error.to_string())?)
}

fn made(name: &str, raw: RawScreen) -> Result<ScreenKeys, String> {
    let rows = raw.keys.into_iter().map(binding).collect::<Result<Vec<_>, _>>()?;
    let field = raw.field.map(|field| match field {
        RawField::Text => Field::Text,
        RawField::Number => Field::Number,
    });
    Ok(ScreenKeys { name: name.to_owned(), inert: keys(&raw.inert)?, field, heard_on: raw.heard_on, rows })
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

fn binding(raw: RawBinding) -> Result<Binding, String> {
    let keys = keys(&raw.keys)?;
    let with = raw.with.iter().map(|name| action(name)).collect::<Result<_, _>>()?;
    let action = action(&raw.action)?;
    let RawBinding { show, label, short, help, optional, .. } = raw;
    Ok(Binding { keys, action, with, show, label, short, help, optional, own: false })
}

fn keys(names: &[String]) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for name in names {
        keys.extend(keys_named(name).ok_or_else(|| format!("there is no key {name:?}"))?);
    }
    Ok(keys)
}

fn action(name: &str) -> Result<Action, String> {
    Action::from_name(name).ok_or_else(|| format!("there is no action {name:?}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::content::keymap::{Keymap, SHIPPED};

    /// The key table of `text`, if nothing is wrong with it. Each screen is read by itself as it is among all.
    fn keymap(text: &str) -> Result<Keymap, String> {
        let keymap = Keymap::in_text(text.to_owned().leak());
        let whole: BTreeMap<String, RawScreen> = toml::from_str(text).unwrap();
        for (name, raw) in whole {
            let screen = made(&name, raw).map_err(|problem| format!("[{name}]: {problem}"))?;
            assert_eq!(keymap.screen(&name), Some(&screen));
        }
        for screen in keymap.screens() {
            sound(&keymap, screen).map_err(|problem| format!("[{}]: {problem}", screen.name))?;
        }
        match keymap.clash() {
            Some(clash) => Err(format!("[{}]: {} stands for two actions", clash.second.0, clash.key.name())),
            None => Ok(keymap),
        }
    }

    /// What a row cannot say by itself: that everything it speaks of exists, and that its keys may be given away.
    fn sound(keymap: &Keymap, screen: &ScreenKeys) -> Result<(), String> {
        if let Some(other) = screen.heard_on.iter().find(|other| keymap.screen(other).is_none()) {
            return Err(format!("there is no screen {other:?}"));
        }
        for row in screen.rows.iter() {
            let name = row.action.id();
            if row.keys.is_empty() {
                return Err(format!("{name} has no key"));
            }
            if let Some(key) = row.keys.iter().find(|key| screen.refuses(**key).is_some()) {
                return Err(format!("{} must not stand for {name}", key.name()));
            }
            if let Some(other) = row.with.iter().find(|other| screen.row(**other).is_none()) {
                return Err(format!("{name} is shown with {}, which is not here", other.id()));
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
        assert_eq!(keymap.action("pause", Key::Char(' ')), Some(Action::GoOn));
        assert_eq!(keymap.action("where", Key::Char('5')), Some(Action::Choose));
        assert_eq!(keymap.action("where", Key::Char('6')), None);
        for (_, action) in Action::NAMES {
            assert!(keymap.screens().any(|screen| screen.row(action).is_some()), "{action:?} has no key");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let refused = |text: &str| keymap(text).unwrap_err();
        assert_eq!(
            refused("[pause]\nkeys = [{ keys = [\"Hyper\"], action = \"go-on\" }]"),
            "[pause]: there is no key \"Hyper\""
        );
        assert_eq!(
            refused("[pause]\nkeys = [{ keys = [\"x\"], action = \"jump\" }]"),
            "[pause]: there is no action \"jump\""
        );
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
        let heard = "[clicker]\nheard_on = [\"b\"]\nkeys = []\n[b]\nkeys = [{ keys = [\"x\"], action = \"stop\" }]";
        assert!(keymap(heard).is_ok());
        assert_eq!(refused("[clicker]\nheard_on = [\"b\"]\nkeys = []"), "[clicker]: there is no screen \"b\"");
    }
}
