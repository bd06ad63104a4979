//! The person's own keys over the shipped ones: which may be given to what, and why not.

use super::parse::keys_named;
use super::{Action, Binding, Field, Key, Keymap, Refused, ScreenKeys, ScreenName};
use crate::content::parse::{instead, near};
use store::sanitise::brief;

/// No action needs more keys than this.
pub(crate) const MOST_KEYS: usize = 12;

/// What the person's settings give one action of one screen: these keys and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The screen by its name.
    pub screen: String,
    /// The action by its name.
    pub action: String,
    /// Its keys by their names, the one to be shown first.
    pub keys: Vec<String>,
}

/// The part of a change that a fault lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The name of the screen.
    Screen,
    /// The name of the action.
    Action,
    /// The list of keys as a whole.
    Keys,
    /// The key at this place of the list, from 0.
    Key(usize),
}

/// Why a change is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The change, by its place, from 0.
    pub change: usize,
    /// What of it is wrong.
    pub part: Part,
    /// What is wrong.
    pub what: String,
    /// What to do; a sentence.
    pub todo: String,
}

/// A fault within one change.
type Wrong = (Part, String, String);

/// A key that would stand for two actions at a time, each with its screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) key: Key,
    pub(super) first: (ScreenName, Action),
    pub(super) second: (ScreenName, Action),
}

impl Keymap {
    /// This table with `changes` over it, all of them together, so that two actions may change places.
    ///
    /// # Errors
    /// The first change that names what there is not, that leaves an action without a key, or that gives away a key
    /// which is fixed, typed, kept from standing for anything, or needed for something else at the same time.
    pub fn remapped(&self, changes: &[Change]) -> Result<Keymap, Fault> {
        let mut table = self.clone();
        for (place, change) in changes.iter().enumerate() {
            table.take(change).map_err(|(part, what, todo)| Fault { change: place, part, what, todo })?;
        }
        match table.clash() {
            None => Ok(table),
            Some(clash) => Err(blamed(changes, &clash)),
        }
    }

    /// A key that stands for two actions on a screen, or on two screens that hear each other's keys.
    pub(super) fn clash(&self) -> Option<Clash> {
        self.screens().find_map(|screen| {
            let heard = screen.heard_on.iter().filter_map(|other| self.screen(*other));
            within(screen).or_else(|| heard.into_iter().find_map(|other| between(screen, other)))
        })
    }

    /// What is wrong with the names of a screen and of an action on it, where nothing is known of the keys yet.
    pub fn unknown(&self, screen: &str, action: Option<&str>) -> Option<(Part, String, String)> {
        let screen = self.known_screen(screen);
        screen.and_then(|screen| action.map_or(Ok(()), |name| known_action(screen, name).map(drop))).err()
    }

    fn known_screen(&self, name: &str) -> Result<&ScreenKeys, Wrong> {
        ScreenName::from_id(name).and_then(|name| self.screen(name)).ok_or_else(|| {
            let names: Vec<&str> = self.screens().map(|screen| screen.name.id()).collect();
            (Part::Screen, format!("unknown screen {}", brief(name)), instead(name, "screen", &names))
        })
    }

    fn take(&mut self, change: &Change) -> Result<(), Wrong> {
        let screen = self.known_screen(&change.screen)?;
        let action = known_action(screen, &change.action)?;
        let Some(row) = screen.row(action) else { return Ok(()) };
        let keys = allowed(screen, row, &change.keys)?;
        let name = screen.name;
        let rows = self.0.get_mut(name.id()).into_iter().flat_map(|screen| &mut screen.rows);
        for row in rows.filter(|row| row.action == action) {
            row.keys.clone_from(&keys);
            row.own = true;
        }
        Ok(())
    }
}

fn known_action(screen: &ScreenKeys, name: &str) -> Result<Action, Wrong> {
    let here: Vec<&str> = screen.rows.iter().map(|row| row.action.id()).collect();
    match Action::from_id(name) {
        Some(action) if screen.row(action).is_some() => Ok(action),
        Some(_) => {
            let what = format!("the screen {} has no action {name}", screen.name);
            Err((Part::Action, what, format!("Its actions are: {}.", here.join(", "))))
        }
        None => Err((Part::Action, format!("unknown action {}", brief(name)), instead(name, "action", &here))),
    }
}

/// The keys called `names`, if all of them may stand for what `row` does on `screen`.
fn allowed(screen: &ScreenKeys, row: &Binding, names: &[String]) -> Result<Vec<Key>, Wrong> {
    let action = row.action.id();
    if let Some(digits) = row.digits() {
        return numbers(screen, row, digits, names);
    }
    if names.len() > MOST_KEYS {
        let what = format!("{} keys for {action} on {}, and {MOST_KEYS} are the most", names.len(), screen.name);
        return Err((Part::Keys, what, "Keep those that are pressed.".into()));
    }
    let mut keys: Vec<Key> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let wrong = |what: String, todo: String| (Part::Key(place), what, todo);
        let found = keys_named(name).ok_or_else(|| unknown_key(place, name))?;
        if found.len() > 1 {
            let what = format!("{name} stands for numbers beside choices, and {action} is none");
            return Err(wrong(what, "Write each of its keys by itself.".into()));
        }
        for key in found {
            if let Some(refused) = screen.refuses(key) {
                let (what, todo) = why_not(screen, key, refused);
                return Err(wrong(what, todo));
            }
            if keys.contains(&key) {
                return Err(wrong(
                    format!("{} stands twice in this list", brief(&key.id())),
                    "Keep one of them.".into(),
                ));
            }
            keys.push(key);
        }
    }
    if keys.is_empty() {
        let kept = row.keys.first().map(|key| key.id()).unwrap_or_default();
        let what = format!("{action} on {} would be left without a key", screen.name);
        return Err((Part::Keys, what, format!("Write at least one key, or take the line out to keep {kept}.")));
    }
    Ok(keys)
}

/// The keys of numbered choices are the numbers that stand beside them, and no others: a shorter or another range would
/// leave a choice without its key.
fn numbers(screen: &ScreenKeys, row: &Binding, (from, to): (char, char), names: &[String]) -> Result<Vec<Key>, Wrong> {
    let found: Option<Vec<Vec<Key>>> = names.iter().map(|name| keys_named(name)).collect();
    let mut keys: Vec<Key> = found.unwrap_or_default().concat();
    keys.sort_unstable();
    if keys == row.keys {
        return Ok(keys);
    }
    let what = format!("{} on {} stands for the numbers beside its choices", row.action.id(), screen.name);
    Err((Part::Keys, what, format!("Its keys can only be \"{from}-{to}\"; take the line out.")))
}

fn unknown_key(place: usize, name: &str) -> Wrong {
    let lower = name.to_lowercase();
    if name.trim().is_empty() {
        let what = format!("\"{}\" names no key", brief(name));
        return (
            Part::Key(place),
            what,
            "Write Space for the space bar, or the character that is to be pressed.".into(),
        );
    }
    if lower.starts_with("ctrl") || lower.starts_with("c-") || name.starts_with('^') {
        let what = format!("{} is a key with Ctrl, and those are fixed", brief(name));
        let todo = "Choose a key without Ctrl: Ctrl-C, Ctrl-L and Ctrl-Z are the same on every screen.";
        return (Part::Key(place), what, todo.into());
    }
    // As the person may have seen it in a footer, too: PgDn.
    let near = near(name, &Key::NAMED.map(|(id, _)| id)).or_else(|| {
        let seen = |(id, key): (&'static str, Key)| (key.name().to_lowercase() == lower).then_some(id);
        Key::NAMED.into_iter().find_map(seen)
    });
    let near = near.map(|id| format!("The nearest known key is {id}. ")).unwrap_or_default();
    let known = Key::NAMED.map(|(id, _)| id).join(", ");
    let todo = format!("{near}Known here: one character, F1 to F12, {known}.");
    (Part::Key(place), format!("unknown key \"{}\"", brief(name)), todo)
}

fn why_not(screen: &ScreenKeys, key: Key, refused: Refused) -> (String, String) {
    let (name, key) = (screen.name, brief(&key.id()));
    match refused {
        Refused::Inert => (
            format!("{key} stands for nothing on {name}, so that neither habit nor an elbow chooses anything"),
            format!("Choose a key other than {}.", listed(&screen.inert)),
        ),
        Refused::Typed(Field::Text) => (
            format!("{key} is needed for typing on {name}"),
            "Choose a key that types nothing, such as Enter, Esc, Tab or F2.".into(),
        ),
        Refused::Typed(Field::Number) => (
            format!("{key} is needed for typing a number on {name}"),
            "Choose a letter, or a key that types nothing, such as F2.".into(),
        ),
    }
}

/// "Enter or Space".
fn listed(keys: &[Key]) -> String {
    keys.iter().map(|key| key.id()).collect::<Vec<_>>().join(" or ")
}

fn within(screen: &ScreenKeys) -> Option<Clash> {
    screen.rows.iter().enumerate().find_map(|(place, row)| {
        screen.rows.iter().skip(place + 1).find_map(|other| shared(screen, row, screen, other))
    })
}

fn between(screen: &ScreenKeys, other: &ScreenKeys) -> Option<Clash> {
    screen.rows.iter().find_map(|row| other.rows.iter().find_map(|there| shared(screen, row, other, there)))
}

fn shared(screen: &ScreenKeys, row: &Binding, other: &ScreenKeys, there: &Binding) -> Option<Clash> {
    let key = row.keys.iter().copied().find(|key| there.keys.contains(key))?;
    Some(Clash { key, first: (screen.name, row.action), second: (other.name, there.action) })
}

/// The fault of a clash lies with the last change that takes part in it.
fn blamed(changes: &[Change], clash: &Clash) -> Fault {
    let is = |change: &Change, (screen, action): &(ScreenName, Action)| {
        change.screen == screen.id() && change.action == action.id()
    };
    let takes_part = |change: &&Change| is(change, &clash.first) || is(change, &clash.second);
    let change = changes.iter().rposition(|change| takes_part(&change)).unwrap_or_default();
    let names = changes.get(change).map(|change| change.keys.as_slice()).unwrap_or_default();
    let place = names.iter().position(|name| keys_named(name).is_some_and(|keys| keys.contains(&clash.key)));
    let ((screen, action), (other, there)) = (&clash.first, &clash.second);
    let (action, there, key) = (action.id(), there.id(), brief(&clash.key.id()));
    let (what, todo) = if screen == other {
        (
            format!("{key} would stand for two actions on {screen}: {action} and {there}"),
            format!("Give one of the two another key below [keys.{screen}]."),
        )
    } else {
        (
            format!("{key} would stand for {action} of {screen} and for {there} of {other}, which are heard together"),
            format!("Give one of the two another key, below [keys.{screen}] or [keys.{other}]."),
        )
    };
    Fault { change, part: place.map_or(Part::Keys, Part::Key), what, todo }
}
