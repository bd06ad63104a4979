//! TOML to plain structs, and the parser's complaints put into words that a person can act on.

use core::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::refusal::Refusal;
use super::source::Source;
use crate::visible::{brief, hidden, show};

/// No name that is known anywhere is longer, in characters.
const LONGEST_NAME: usize = 60;

/// Reads `source` as a `T`.
///
/// # Errors
/// Refuses a text that is not TOML, holds an unknown, missing or mistyped key, or spells out a hidden character.
pub fn parse<T: DeserializeOwned>(source: &Source) -> Result<T, Refusal> {
    T::deserialize(Deserializer::from(table(source)?)).map_err(|error| refusal(source, &error))
}

/// Reads `source` as a table with places. An escape must not bring in what the text itself may not hold.
///
/// # Errors
/// Refuses a text that is not TOML or spells out a hidden character.
pub fn table(source: &Source) -> Result<Spanned<DeTable<'_>>, Refusal> {
    let table = DeTable::parse(source.text()).map_err(|error| refusal(source, &error))?;
    plain_table(source, table.get_ref())?;
    Ok(table)
}

/// The name among `known` that is most like `name`.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // The measure takes room in proportion to the name, which may be as long as the file.
    let start: String = name.chars().take(LONGEST_NAME).collect();
    known.iter().copied().min_by_key(|candidate| strsim::damerau_levenshtein(&start, candidate))
}

/// What to do about `name`, which is none of `known`.
pub fn instead(name: &str, what: &str, known: &[&str]) -> String {
    match (nearest(name, known), known) {
        (None, _) => "Take it out.".into(),
        (Some(only), [_]) => format!("The only {what} here is {only}."),
        (Some(near), _) => format!("The nearest known {what} is {near}. Known here: {}.", known.join(", ")),
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
    let Some((c, kind)) = text.chars().find_map(|c| Some((c, hidden(c)?))) else { return Ok(()) };
    let what = match c {
        '\n' | '\r' => "this text goes over more than one line".into(),
        '\t' => "there is a tab in this text".into(),
        c => format!("this text spells out a hidden {kind} character, {}", show(&c.to_string())),
    };
    Err(source.refuse(span, what, "Write one line of characters that can all be seen."))
}

fn refusal(source: &Source, error: &Error) -> Refusal {
    let span = error.span().unwrap_or_default();
    let (what, todo) = in_words(error.message());
    source.refuse(span, what, todo)
}

/// What happened and what to do. The messages of serde have had this form since its first release; another one is
/// passed on as it is.
fn in_words(message: &str) -> (String, String) {
    let quoted = quoted(message);
    if let Some((name, known)) = unknown(message) {
        (format!("unknown key {}", brief(name)), instead(name, "key", &known))
    } else if let (Some(_), [name, ..]) = (message.strip_prefix("missing field "), quoted.as_slice()) {
        (format!("the key {name} is missing here"), add(name))
    } else if let (Some(_), [name, ..]) = (message.strip_prefix("duplicate field "), quoted.as_slice()) {
        (format!("the key {name} stands here twice"), "Keep one of them.".into())
    } else if let Some((found, wanted)) = mistyped(message) {
        (format!("expected {}, found {}", kind_wanted(wanted), brief(&kind_found(found))), how(wanted, found).into())
    } else {
        (format!("this is not TOML: {}", show(message)), "Mend this line; it is read no further.".into())
    }
}

fn add(name: &str) -> String {
    match name {
        "times" => "Add it: a line that says [times], and the times below it.".into(),
        "section" | "stroke" | "question" => {
            format!("Add at least one: a line that says [[{name}]], and its keys below.")
        }
        _ => format!("Add a line that begins with: {name} ="),
    }
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The name and the known ones of "unknown field `lenght`, expected `length` or `width`". Nobody says that the name has
/// no backticks in it; the known ones have none, so it ends where they begin.
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

fn kind_wanted(wanted: &str) -> &str {
    match wanted {
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "i64" => "a whole number",
        "a sequence" => "a list",
        "a map" => "a table",
        other => other,
    }
}

fn kind_found(found: &str) -> String {
    match found {
        "map" => "a table".into(),
        "sequence" => "a list".into(),
        other => {
            let (kind, value) = other.split_once(' ').unwrap_or(("", other));
            let value = value.replace('`', "");
            if kind == "string" { format!("the text {value}") } else { value.replace("point ", "") }
        }
    }
}

fn how(wanted: &str, found: &str) -> &'static str {
    match (wanted, found) {
        ("a string", _) => "Put quotes round it.",
        ("a boolean", _) => "Write true or false, without quotes.",
        ("i64", _) => "Write a whole number, without quotes.",
        ("a sequence", "map") => "Put its name in two brackets: it is a list of tables.",
        ("a sequence", found) if found.starts_with("string") => {
            "Put brackets round it, and quotes round each part: [\"first\", \"second\"]."
        }
        _ => "Compare with the embedded file.",
    }
}
