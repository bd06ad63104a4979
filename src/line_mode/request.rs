//! What a typed line means on the present screen.

use super::text;
use crate::content::keymap::script::as_ascii;
use crate::content::keymap::{Action, Binding, Key};
use crate::tui::app::App;
use crate::tui::editor::Editor;
use crate::tui::screens::Screen;
use crate::tui::view::{Foot, Form, View};
use engine::timeline::Now;

/// The line that leaves a field as it was. No name or note begins like this.
const BACK: &str = "/back";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// None where numbers mean something else on the screen.
    number: Option<usize>,
    key: Key,
    action: Action,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Request {
    Press(Key),
    /// Enter the text into the field, then press the key.
    Text {
        text: String,
        then: Key,
    },
    /// Go to this row of the list, from 0.
    GoTo(usize),
    /// An empty line, which means nothing here.
    Nothing,
    /// A line that means nothing here.
    Unknown,
}

/// What can be chosen on the present screen, in order of importance.
pub(super) fn choices(app: &App, view: &View) -> Vec<Choice> {
    let is_inert = |row: &Binding| match &view.foot {
        Foot::Keys(hints) => row.is_in_footer() && !hints.iter().any(|hint| hint.live && hint.action == row.action),
        Foot::HandsFree(_) | Foot::Notice { .. } => false,
    };
    let bindings = app.keymap.of(app.screen_name());
    let numbers_are_free = !bindings.iter().any(|row| row.keys.iter().any(is_digit)) && text::numbered(view) == 0;
    let rows = bindings.iter().filter(|row| !row.action.only_moves());
    let mut number = 0;
    rows.filter_map(|row| {
        // Also counted where it cannot be chosen yet, so that numbers do not change.
        number += usize::from(row.action != Action::Choose);
        if is_inert(row) {
            return None;
        }
        let key = row.keys.first().copied()?;
        let text = match row.action {
            Action::Choose => row.shown(),
            _ => text::choice(view, row.action).unwrap_or_else(|| text(row)),
        };
        Some(Choice { number: numbers_are_free.then_some(number), key, action: row.action, text })
    })
    .collect()
}

fn text(row: &Binding) -> String {
    let answers = [Action::Yes, Action::No, Action::NotSure];
    let said = [&row.help, &row.label].into_iter().find(|text| !text.is_empty() && !answers.contains(&row.action));
    said.map_or_else(|| row.action.id().replace('-', " "), ToString::to_string)
}

/// The choices as lines, without those by digit, which are on the page.
pub(super) fn list(choices: &[Choice]) -> Vec<String> {
    choices
        .iter()
        .filter(|choice| choice.action != Action::Choose)
        .map(|choice| match choice.number {
            Some(number) => format!("{number}, or {}: {}.", choice.key.name(), choice.text),
            None => format!("{}: {}.", choice.key.name(), choice.text),
        })
        .collect()
}

pub(super) fn actions(choices: &[Choice]) -> Vec<Action> {
    choices.iter().map(|choice| choice.action).filter(|action| *action != Action::Choose).collect()
}

/// The keys of the choices, on one line.
pub(super) fn listed(choices: &[Choice]) -> String {
    let name = |choice: &Choice| if choice.action == Action::Choose { choice.text.clone() } else { choice.key.name() };
    choices.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What `line` means.
pub(super) fn read(line: &str, app: &App, choices: &[Choice], now: Now) -> Request {
    let line = line.trim();
    let field = app.screen.field();
    if let Some(field) = field.as_ref().filter(|field| field.takes_letters()) {
        return in_field(line, field, app, choices);
    }
    let same: String = line.chars().map(as_ascii).collect();
    let line = same.trim();
    if let Some(field) = &field {
        return in_field(line, field, app, choices);
    }
    if line.is_empty() {
        let enter = app.keymap.action(app.screen_name(), Key::Enter);
        return if enter.is_some() { Request::Press(Key::Enter) } else { Request::Nothing };
    }
    let lower = line.to_lowercase();
    if let Some(key) = single_key(&lower).filter(|key| app.keymap.action(app.screen_name(), *key).is_some()) {
        return Request::Press(key);
    }
    let by_word = |choice: &&Choice| {
        choice.key.name().to_lowercase() == lower || choice.action.id().replace('-', " ") == lower.replace('-', " ")
    };
    if let Some(choice) = choices.iter().find(by_word) {
        return Request::Press(choice.key);
    }
    let Ok(wanted) = lower.parse::<usize>() else { return Request::Unknown };
    if (1..=text::numbered(&app.view(now, Form::LineMode))).contains(&wanted) {
        return Request::GoTo(wanted - 1);
    }
    let chosen = choices.iter().find(|choice| choice.number == Some(wanted));
    chosen.map_or(Request::Unknown, |choice| Request::Press(choice.key))
}

/// What `line` means while a field is open.
fn in_field(line: &str, field: &Editor, app: &App, choices: &[Choice]) -> Request {
    if line.eq_ignore_ascii_case(BACK) {
        return Request::Press(key(choices, Action::Back).unwrap_or(Key::Esc));
    }
    if matches!(app.screen, Screen::Ago(_)) {
        return span_of_time(line, choices);
    }
    if !field.takes_letters() && is_more_than_a_number(line) {
        return Request::Unknown;
    }
    Request::Text { text: line.to_owned(), then: key(choices, Action::Keep).unwrap_or(Key::Enter) }
}

/// The number and the key of the unit in "3 weeks" or "3w". The unit has to be the name of the key or the beginning of
/// its action: ten minutes must not be taken for ten months because both begin with m.
fn span_of_time(line: &str, choices: &[Choice]) -> Request {
    let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
    let rest = line.get(digits.len()..).unwrap_or_default().trim().to_lowercase();
    let (unit, more) = rest.split_once(' ').unwrap_or((&rest, ""));
    let word = unit.trim_end_matches(['.', ',']);
    let named = |choice: &&Choice| choice.key.name().to_lowercase() == unit;
    let begun = |choice: &&Choice| !word.is_empty() && choice.action.id().starts_with(word);
    // "1 day 2 weeks" is two spans, and the field takes one.
    let is_one = !more.contains(|c: char| c.is_ascii_digit());
    let chosen = choices.iter().find(named).or_else(|| choices.iter().find(begun)).filter(|_| is_one);
    chosen.map_or(Request::Unknown, |choice| Request::Text { text: digits, then: choice.key })
}

/// Whether more digits follow the number in `line`: the field would read "5-6" as 56.
fn is_more_than_a_number(line: &str) -> bool {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    behind.contains(|c: char| c.is_ascii_digit())
}

fn key(choices: &[Choice], action: Action) -> Option<Key> {
    choices.iter().find(|choice| choice.action == action).map(|choice| choice.key)
}

fn single_key(text: &str) -> Option<Key> {
    let mut characters = text.chars();
    let first = characters.next()?;
    characters.next().is_none().then_some(Key::Char(first))
}

fn is_digit(key: &Key) -> bool {
    matches!(key, Key::Char(digit) if digit.is_ascii_digit())
}
