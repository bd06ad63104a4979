//! `[keys.SCREEN]`: the person's own keys, with the position of each part in the file.

use core::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::raw::TOP_KEYS;
use crate::content::keymap::remap::{Change, Fault, Part};
use crate::content::keymap::{Action, Key, Keymap};
use crate::content::parse::table;
use crate::content::{Refusal, Source, TimeName};
use store::sanitise::brief;

/// What to write where no screen is named.
const EXAMPLE: &str = "Write a line that names the screen, such as [keys.pause], and the actions below it.";

/// A change with the positions of its parts.
struct Placed {
    change: Change,
    screen: Range<usize>,
    action: Range<usize>,
    list: Range<usize>,
    keys: Vec<Range<usize>>,
}

/// The shipped keys with those of `source` over them.
///
/// # Errors
/// Refuses what is no list of key names under a screen, and what the keymap does not take.
pub(super) fn over(shipped: &Keymap, source: &Source) -> Result<Keymap, Refusal> {
    let table = table(source)?;
    let Some(keys) = table.get_ref().get("keys") else { return Ok(shipped.clone()) };
    let mut placed = Vec::new();
    for (screen, actions) in tables(source, keys)? {
        let unknown = |action: Option<&Name<'_>>| {
            let (part, what, todo) =
                shipped.unknown(screen.get_ref(), action.map(|action| action.get_ref().as_ref()))?;
            let span = action.filter(|_| part == Part::Action).unwrap_or(screen).span();
            Some(source.refuse(span, what, todo))
        };
        if let Some(refusal) = actions.keys().find_map(|name| misplaced(source, name)).or_else(|| unknown(None)) {
            return Err(refusal);
        }
        for (action, list) in actions {
            if let Some(refusal) = unknown(Some(action)) {
                return Err(refusal);
            }
            let (keys, spans) = names(source, screen.get_ref(), action, list)?;
            let change = Change { screen: screen.get_ref().to_string(), action: action.get_ref().to_string(), keys };
            placed.push(Placed {
                change,
                screen: screen.span(),
                action: action.span(),
                list: list.span(),
                keys: spans,
            });
        }
    }
    // So that the first mistake of the file is the one that is reported.
    placed.sort_by_key(|placed| placed.action.start);
    let changes: Vec<Change> = placed.iter().map(|placed| placed.change.clone()).collect();
    shipped.remapped(&changes).map_err(|fault| refusal(source, &placed, fault))
}

/// The person's own keys as `[keys.SCREEN]` lines; `write` makes a line of a key and its value.
pub(super) fn lines(
    keymap: &Keymap,
    write: impl Fn(&str, &str) -> String,
    quote: impl Fn(&str) -> String,
) -> Vec<String> {
    let mut lines = Vec::new();
    for screen in keymap.screens().filter(|screen| screen.rows.iter().any(|row| row.own)) {
        lines.extend([String::new(), format!("[keys.{}]", screen.name)]);
        for row in screen.rows.iter().filter(|row| row.own) {
            let names = match row.digits() {
                Some((from, to)) => vec![format!("{from}-{to}")],
                None => row.keys.iter().copied().map(Key::id).collect(),
            };
            let list = names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ");
            lines.push(write(row.action.id(), &format!("[{list}]")));
        }
    }
    lines
}

type Name<'a> = Spanned<std::borrow::Cow<'a, str>>;
type Value<'a> = Spanned<DeValue<'a>>;

/// The screens with their tables.
fn tables<'t, 'a>(source: &Source, keys: &'t Value<'a>) -> Result<Vec<(&'t Name<'a>, &'t DeTable<'a>)>, Refusal> {
    let Some(screens) = keys.get_ref().as_table() else {
        return Err(source.refuse(keys.span(), "keys is no table of screens", EXAMPLE));
    };
    let mut tables = Vec::new();
    for (name, value) in screens {
        match value.get_ref().as_table() {
            Some(table) => tables.push((name, table)),
            None => return Err(no_screen(source, name)),
        }
    }
    Ok(tables)
}

/// The refusal of a name right below `[keys]` that is no table of keys.
fn no_screen(source: &Source, name: &Name<'_>) -> Refusal {
    misplaced(source, name).unwrap_or_else(|| {
        source.refuse(name.span(), format!("{} stands below no screen", brief(name.get_ref())), EXAMPLE)
    })
}

/// The refusal of a setting or a time among the keys: in TOML every line belongs to the table above it.
fn misplaced(source: &Source, name: &Name<'_>) -> Option<Refusal> {
    let text = name.get_ref().as_ref();
    // Where an action has the same name as a setting, the action is meant.
    let todo = if Action::from_id(text).is_some() {
        return None;
    } else if TOP_KEYS.contains(&text) {
        "Move it up, above [times] and [keys]: every line below [keys] belongs to the keys."
    } else if TimeName::ALL.iter().any(|time| time.id() == text) {
        "Move it up, below [times] and above [keys]: every line below [keys] belongs to the keys."
    } else {
        return None;
    };
    Some(source.refuse(name.span(), format!("{text} stands among the keys"), todo))
}

/// The names in a list of keys, with their positions.
fn names(
    source: &Source,
    screen: &str,
    action: &Name<'_>,
    list: &Value<'_>,
) -> Result<(Vec<String>, Vec<Range<usize>>), Refusal> {
    let Some(list) = list.get_ref().as_array() else {
        let what = format!("{} on {} is no list of keys", brief(action.get_ref()), brief(screen));
        let todo = "Put brackets round it, and quotes round each key: [\"g\", \"F2\"].";
        return Err(source.refuse(list.span(), what, todo));
    };
    let mut names = (Vec::new(), Vec::new());
    for key in list.iter() {
        let Some(name) = key.get_ref().as_str() else {
            return Err(source.refuse(key.span(), "a key is a text in quotes", "Put quotes round it."));
        };
        names.0.push(name.to_owned());
        names.1.push(key.span());
    }
    Ok(names)
}

fn refusal(source: &Source, placed: &[Placed], fault: Fault) -> Refusal {
    let Fault { change, part, what, todo } = fault;
    let span = placed.get(change).map(|placed| match part {
        Part::Screen => placed.screen.clone(),
        Part::Action => placed.action.clone(),
        Part::Keys => placed.list.clone(),
        Part::Key(at) => placed.keys.get(at).unwrap_or(&placed.list).clone(),
    });
    source.refuse(span.unwrap_or_default(), what, todo)
}
