//! Reads the key table. It ships with the program; a mistake in it is found by a test, not by a person.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Action, Binding, Key, Keymap};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    keys: Vec<RawBinding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBinding {
    keys: Vec<String>,
    action: String,
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

/// Reads a key table.
///
/// # Errors
/// Names the screen and the row that cannot be read, that names an unknown key or action, or that takes a key which
/// another row of the same screen has already.
pub fn keymap(text: &str) -> Result<Keymap, String> {
    let raw: BTreeMap<String, RawScreen> = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut screens = Vec::new();
    for (name, screen) in raw {
        let rows = screen.keys.into_iter().map(binding).collect::<Result<Vec<_>, _>>();
        let rows = rows.map_err(|problem| format!("[{name}]: {problem}"))?;
        if let Some(twice) = taken_twice(&rows) {
            return Err(format!("[{name}]: {} stands for two actions", twice.name()));
        }
        screens.push((name, rows));
    }
    Ok(Keymap::new(screens))
}

fn binding(raw: RawBinding) -> Result<Binding, String> {
    let mut keys = Vec::new();
    for name in &raw.keys {
        keys.extend(keys_named(name).ok_or_else(|| format!("there is no key {name:?}"))?);
    }
    let action = Action::from_name(&raw.action).ok_or_else(|| format!("there is no action {:?}", raw.action))?;
    let RawBinding { show, label, short, help, optional, .. } = raw;
    Ok(Binding { keys, action, show, label, short, help, optional })
}

fn taken_twice(rows: &[Binding]) -> Option<Key> {
    let mut keys: Vec<Key> = rows.iter().flat_map(|row| row.keys.iter().copied()).collect();
    keys.sort();
    keys.windows(2).find_map(|pair| match pair {
        [first, second] if first == second => Some(*first),
        _ => None,
    })
}

/// One key, or the digits of a range such as `1-5`.
fn keys_named(name: &str) -> Option<Vec<Key>> {
    let one = |key| Some(vec![key]);
    match name {
        "Space" => one(Key::Char(' ')),
        "Enter" => one(Key::Enter),
        "Esc" => one(Key::Esc),
        "Tab" => one(Key::Tab),
        "Backspace" => one(Key::Backspace),
        "Delete" => one(Key::Delete),
        "Up" => one(Key::Up),
        "Down" => one(Key::Down),
        "Left" => one(Key::Left),
        "Right" => one(Key::Right),
        "Home" => one(Key::Home),
        "End" => one(Key::End),
        "PageUp" => one(Key::PageUp),
        "PageDown" => one(Key::PageDown),
        other if let Some(number) = function_key(other) => one(Key::F(number)),
        other => match other.chars().collect::<Vec<_>>().as_slice() {
            [single] if !single.is_control() => one(Key::Char(single.to_ascii_lowercase())),
            [from, '-', to] if from.is_ascii_digit() && to.is_ascii_digit() => {
                Some((*from..=*to).map(Key::Char).collect())
            }
            _ => None,
        },
    }
}

/// The number in `F1` to `F12`.
fn function_key(name: &str) -> Option<u8> {
    (1..=12).find(|number| name == format!("F{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound() {
        let keymap = keymap(include_str!("../../assets/keymap.toml")).unwrap();
        assert_eq!(keymap.action("pause", Key::Char(' ')), Some(Action::GoOn));
        assert_eq!(keymap.action("where", Key::Char('5')), Some(Action::Choose));
        assert_eq!(keymap.action("where", Key::Char('6')), None);
        for (_, action) in Action::NAMES {
            assert!(
                keymap.iter().any(|(_, rows)| rows.iter().any(|row| row.action == action)),
                "{action:?} has no key"
            );
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
    }
}
