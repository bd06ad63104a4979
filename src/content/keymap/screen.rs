//! One screen of the key table: its rows, how their keys are shown, and the keys that it keeps from standing for
//! anything.

use serde::Deserialize;

use super::{Action, Key, ScreenName, parse};

/// One row of the key table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// The keys that do it; the first one is shown.
    #[serde(deserialize_with = "parse::keys")]
    pub keys: Vec<Key>,
    pub action: Action,
    /// Other actions of the screen whose first keys are shown in the same hint.
    #[serde(default)]
    pub with: Vec<Action>,
    /// A word in place of the digits of `choose`; empty: the digits.
    #[serde(default)]
    pub show: String,
    /// What they do, in the footer of a wide window; empty: not in the footer.
    #[serde(default)]
    pub label: String,
    /// What stands there in a narrow one; empty: the key alone.
    #[serde(default)]
    pub short: String,
    /// What they do, on the help page.
    #[serde(default)]
    pub help: String,
    /// The footer may leave it out when it is full.
    #[serde(default)]
    pub optional: bool,
    /// The person's settings name its keys.
    #[serde(skip)]
    pub own: bool,
}

impl Binding {
    /// How its keys are named to the person: the first one, or a range of digits as a whole.
    pub fn shown(&self) -> String {
        match (self.show.is_empty(), self.digits()) {
            (false, Some(_)) => self.show.clone(),
            (true, Some((from, to))) => format!("{from}-{to}"),
            (_, None) => self.keys.first().map(|key| key.name()).unwrap_or_default(),
        }
    }

    /// Whether the footer has it.
    pub fn is_in_footer(&self) -> bool {
        !self.label.is_empty()
    }

    /// The first and the last digit, where its keys are the numbers beside choices.
    pub fn digits(&self) -> Option<(char, char)> {
        let digit = |key: Option<&Key>| match key {
            Some(Key::Char(digit)) if digit.is_ascii_digit() => Some(*digit),
            _ => None,
        };
        let ends = digit(self.keys.first()).zip(digit(self.keys.last()));
        ends.filter(|_| self.action == Action::Choose)
    }
}

/// What is typed on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Any character.
    Text,
    /// Digits, a point, a comma.
    Number,
}

impl Field {
    /// Whether a field like this takes `key` as its own.
    pub fn takes(self, key: Key) -> bool {
        match (self, key) {
            (_, Key::Backspace | Key::Delete | Key::Left | Key::Right | Key::Home | Key::End) => true,
            (Field::Text, Key::Char(_)) => true,
            (Field::Number, Key::Char(character)) => character.is_ascii_digit() || character == '.' || character == ',',
            (_, _) => false,
        }
    }
}

/// Why a key cannot stand for anything on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is pressed from habit.
    Inert,
    /// It is typed.
    Typed(Field),
}

/// The keys of one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenKeys {
    pub name: ScreenName,
    /// Keys that stand for nothing here, because they are pressed from habit.
    pub inert: Vec<Key>,
    /// What is typed here.
    pub field: Option<Field>,
    /// Screens on which these keys are heard as well.
    pub heard_on: Vec<ScreenName>,
    /// Its rows, in order of importance.
    pub rows: Vec<Binding>,
}

impl ScreenKeys {
    pub fn row(&self, action: Action) -> Option<&Binding> {
        self.rows.iter().find(|row| row.action == action)
    }

    /// How the keys of `row`, and those of the actions that go with it and are `live`, are named to the person.
    pub fn shown_with(&self, row: &Binding, live: impl Fn(Action) -> bool) -> String {
        let others = row.with.iter().filter(|action| live(**action)).filter_map(|action| self.row(*action));
        let shown: Vec<String> = core::iter::once(row).chain(others).map(Binding::shown).collect();
        shown.join(" ")
    }

    /// Why `key` cannot stand for anything here; None when it can.
    pub fn refuses(&self, key: Key) -> Option<Refused> {
        if self.inert.contains(&key) {
            return Some(Refused::Inert);
        }
        self.field.filter(|field| field.takes(key)).map(Refused::Typed)
    }
}
