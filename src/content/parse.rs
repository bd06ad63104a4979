//! Reads TOML into plain structs, and turns the parser's errors into refusals that a person can act on.

pub(super) mod header;
pub(super) mod value_kind;
mod message;
pub(super) mod statement;

use core::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::refusal::Refusal;
use super::source::Source;
use store::sanitise::{brief, concealed, escape_hidden};

/// In characters. No known name is longer.
const LONGEST_NAME: usize = 60;

/// Reads `source` as a `T`.
///
/// # Errors
/// Refuses a text that is not TOML, has an unknown, missing or mistyped key, or contains a hidden character as an
/// escape.
pub fn parse<T: DeserializeOwned>(source: &Source) -> Result<T, Refusal> {
    T::deserialize(Deserializer::from(table(source)?)).map_err(|error| refusal(source, &error))
}

/// Reads `source` as a table with positions. An escape must not bring in a character that the text itself may not
/// contain.
///
/// # Errors
/// Refuses a text that is not TOML or contains a hidden character as an escape.
pub fn table(source: &Source) -> Result<Spanned<DeTable<'_>>, Refusal> {
    let table = match source.ignored_errors() {
        [] => DeTable::parse(source.text()),
        passed => {
            let (table, errors) = DeTable::parse_recoverable(source.text());
            let is_told = |error: &Error| error.span().is_some_and(|span| passed.contains(&span.start));
            errors.into_iter().find(|error| !is_told(error)).map_or(Ok(table), Err)
        }
    }
    .map_err(|error| refusal(source, &error))?;
    if !source.is_embedded() {
        plain_table(source, table.get_ref())?;
    }
    Ok(table)
}

/// The name among `known` that is most like `name`.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // The comparison takes memory in proportion to the name, which may be as long as the file.
    let start: String = name.chars().take(LONGEST_NAME).collect();
    known.iter().copied().min_by_key(|candidate| strsim::damerau_levenshtein(&start, candidate))
}

/// The one among `known` that `name` may be a misspelling of: words that have little in common are not.
pub fn near<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    const SHORTEST_PART: usize = 4;
    let small: String = name.chars().take(LONGEST_NAME).collect::<String>().to_lowercase().replace(['-', ' '], "_");
    let contains = |long: &str, short: &str| short.chars().count() >= SHORTEST_PART && long.contains(short);
    let alike = |candidate: &&&str| {
        let other = candidate.to_lowercase().replace(['-', ' '], "_");
        let length = small.chars().count().max(other.chars().count());
        strsim::damerau_levenshtein(&small, &other) * 3 <= length
            || contains(&other, &small)
            || contains(&small, &other)
    };
    let likely: Vec<&str> = known.iter().filter(alike).copied().collect();
    nearest(&small, &likely)
}

/// Advice about `name`, which is none of `known`.
pub fn instead(name: &str, what: &str, known: &[&str]) -> String {
    match (near(name, known), known) {
        (_, []) => "Take it out.".into(),
        (_, [only]) => format!("The only {what} here is {only}."),
        (Some(near), _) => format!("The nearest known {what} is {near}. Known here: {}.", known.join(", ")),
        (None, _) if what == "key" => format!("Take it out, or write one that is known here: {}.", known.join(", ")),
        (None, _) => format!("Write one of these: {}.", known.join(", ")),
    }
}

fn plain_table(source: &Source, table: &DeTable<'_>) -> Result<(), Refusal> {
    table.iter().try_for_each(|(key, value)| {
        plain_text(source, key.get_ref(), key.span())?;
        plain_value(source, value)
    })
}

fn plain_value(source: &Source, value: &Spanned<DeValue<'_>>) -> Result<(), Refusal> {
    match value.get_ref() {
        DeValue::String(text) => plain_text(source, text, value.span()),
        DeValue::Array(array) => array.iter().try_for_each(|value| plain_value(source, value)),
        DeValue::Table(table) => plain_table(source, table),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => Ok(()),
    }
}

fn plain_text(source: &Source, text: &str, span: Range<usize>) -> Result<(), Refusal> {
    let Some((_, c, kind)) = concealed(text).next() else { return Ok(()) };
    let what = match c {
        '\n' | '\r' => "this text goes over more than one line".into(),
        '\t' => "there is a tab in this text".into(),
        c => format!("this text spells out a hidden {kind} character, {}", escape_hidden(&c.to_string())),
    };
    let written = source.text().get(span.clone()).unwrap_or_default();
    if let Some(path) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|text| {
        // C:\temp: an escape that nobody meant.
        text.contains('\\') && !text.contains(['\n', '\t']) && text.contains(":\\")
    }) {
        let todo = format!("A backslash in double quotes begins a code. Use single quotes: '{}'", brief(path));
        return Err(source.refuse(span, what, todo));
    }
    Err(source.refuse(span, what, "Write one line of characters that can all be seen."))
}

fn refusal(source: &Source, error: &Error) -> Refusal {
    message::refusal(source, error.message(), error.span().unwrap_or_default())
}

/// The parts of `text` between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The name and the known ones of "unknown field `lenght`, expected `length` or `width`". The name may contain
/// backticks; the known ones do not, so it ends where they begin.
fn unknown(message: &str) -> Option<(&str, Vec<&str>)> {
    // The keys of [times] are an enum, for which serde says variant.
    let rest = message.strip_prefix("unknown field `").or(message.strip_prefix("unknown variant `"))?;
    let (name, known) = rest.rsplit_once("`, expected ")?;
    Some((name, quoted(known)))
}

/// Both halves of `invalid type: integer `3`, expected a string`.
fn mistyped(message: &str) -> Option<(&str, &str)> {
    message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "))?.rsplit_once(", expected ")
}
