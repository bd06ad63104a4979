//! The words of the screens, read from nested tables into dotted names.

use toml::de::{DeTable, DeValue};

use super::parse::table;
use super::refusal::Refusal;
use super::source::Source;
use engine::protocol::Words;

/// The embedded text of the words.
const TEXT: &str = include_str!("../../assets/words.toml");

/// The embedded words.
///
/// # Errors
/// Refuses an embedded file with a mistake in it; a test holds that there is none.
pub fn built_in() -> Result<Words, Refusal> {
    read(&Source::embedded("words.toml", TEXT))
}

/// The words of `source`: tables within tables, texts at their ends.
///
/// # Errors
/// Refuses what is not TOML, a value that is no text, and a name with a dot in it.
pub fn read(source: &Source) -> Result<Words, Refusal> {
    let mut entries = Vec::new();
    collect(source, table(source)?.get_ref(), "", &mut entries)?;
    Ok(Words::new(entries))
}

fn collect(
    source: &Source,
    table: &DeTable<'_>,
    prefix: &str,
    entries: &mut Vec<(String, String)>,
) -> Result<(), Refusal> {
    table.iter().try_for_each(|(key, value)| {
        if key.get_ref().contains('.') {
            return Err(source.refuse(key.span(), "there is a dot in this name", "Dots stand between tables."));
        }
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::String(text) => entries.push((name, text.to_string())),
            DeValue::Table(inner) => collect(source, inner, &format!("{name}."), entries)?,
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => return Err(source.refuse(value.span(), "this is no text", "Put quotes round it.")),
        }
        Ok(())
    })
}
