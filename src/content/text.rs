//! Checks of the texts in a file: that they are not empty, not too long, and, for ids, fit for records.

use toml::Spanned;
use unicode_width::UnicodeWidthStr;

use super::limits::Limits;
use super::parse::instead;
use super::raw::Text;
use super::refusal::Refusal;
use super::source::Source;
use store::record::text::LONGEST_NAME;
use store::sanitise::brief;

/// How well a fact is founded; explained at the top of `protocol.toml`.
pub(super) const FIRMNESS: [&str; 9] =
    ["ARTICLE", "ARTICLE-L", "REG", "PAPER", "IFU", "DERM", "CLINIC", "BLOG", "DERIVED"];

/// The source of something that a person's file adds without naming one.
const OWN: &str = "own";

/// In characters.
pub(super) const LONGEST_ID: usize = 40;

/// A text that must not be empty or too long.
pub(crate) fn required_text(source: &Source, key: &str, text: &Text, limits: &Limits) -> Result<String, Refusal> {
    if text.get_ref().trim().is_empty() {
        return Err(source.refuse(text.span(), format!("{key} is empty"), "Write a text between the quotes."));
    }
    optional_text(source, key, text, limits)
}

/// A text that may be empty and must not be too long.
pub(crate) fn optional_text(source: &Source, key: &str, text: &Text, limits: &Limits) -> Result<String, Refusal> {
    let (length, most) = (text.get_ref().chars().count(), limits.text_characters);
    if length > most {
        let what = format!("{key} has {length} characters");
        return Err(source.refuse(text.span(), what, format!("Write at most {most}.")));
    }
    Ok(text.get_ref().trim().to_owned())
}

/// A title that fits into the columns of a list.
pub(super) fn title(source: &Source, key: &str, text: &Text, limits: &Limits) -> Result<String, Refusal> {
    let title = required_text(source, key, text, limits)?;
    narrow(source, key, text, limits.title_columns)?;
    Ok(title)
}

/// A name that a person gives, which may be empty. It may have as many columns as a record keeps characters.
pub(crate) fn name(source: &Source, key: &str, text: &Text, limits: &Limits) -> Result<String, Refusal> {
    let name = optional_text(source, key, text, limits)?;
    narrow(source, key, text, LONGEST_NAME)?;
    Ok(name)
}

pub(super) fn narrow(source: &Source, key: &str, text: &Text, most: usize) -> Result<(), Refusal> {
    let columns = text.get_ref().trim().width();
    if columns > most {
        let what = format!("{key} is {columns} columns wide");
        return Err(source.refuse(text.span(), what, format!("Write at most {most} columns, two or three words.")));
    }
    Ok(())
}

/// A name that never changes: small letters, digits and hyphens.
pub(super) fn id(source: &Source, text: &Text) -> Result<String, Refusal> {
    let id = text.get_ref();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(plain) {
        let what = format!("id \"{}\" cannot stand in records", brief(id));
        let todo = format!("Write 1 to {LONGEST_ID} small letters a to z, digits and hyphens, such as cold-sore.");
        return Err(source.refuse(text.span(), what, todo));
    }
    Ok(id.clone())
}

/// What `text` stands for, which must be one of `known`.
pub(super) fn one_of<T: Copy>(
    source: &Source,
    key: &str,
    text: &Text,
    known: &[(&'static str, T)],
) -> Result<T, Refusal> {
    known.iter().find(|(name, _)| name == text.get_ref()).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let what = format!("{key} \"{}\" is not known", brief(text.get_ref()));
        source.refuse(text.span(), what, instead(text.get_ref(), key, &names))
    })
}

/// Refuses the first id that an earlier entry has.
pub(super) fn unique<'a>(source: &Source, key: &str, ids: impl Iterator<Item = &'a Text>) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for text in ids {
        if seen.contains(&text.get_ref().as_str()) {
            let what = format!("there are two with the {key} \"{}\"", brief(text.get_ref()));
            return Err(source.refuse(text.span(), what, format!("Give each {key} once.")));
        }
        seen.push(text.get_ref());
    }
    Ok(())
}

/// Refuses a list with fewer than one or more than `most` entries.
pub(super) fn count<T>(source: &Source, what: &str, list: &Spanned<Vec<T>>, most: usize) -> Result<(), Refusal> {
    match list.get_ref().len() {
        0 => Err(source.refuse(list.span(), format!("there is no {what}"), format!("Give 1 to {most}."))),
        n if n > most => {
            Err(source.refuse(list.span(), format!("the list of {what} has {n} entries"), format!("Give 1 to {most}.")))
        }
        _ => Ok(()),
    }
}

/// The source of a fact in an embedded file, which must also say how well the fact is founded.
pub(super) fn firmness(source: &Source, firmness: &Text, from: &Text) -> Result<String, Refusal> {
    known_firmness(source, firmness)?;
    named_source(source, from)?;
    Ok(from.get_ref().clone())
}

fn known_firmness(source: &Source, tag: &Text) -> Result<(), Refusal> {
    one_of(source, "firmness", tag, &FIRMNESS.map(|tag| (tag, ())))
}

fn named_source(source: &Source, from: &Text) -> Result<(), Refusal> {
    if from.get_ref().trim().is_empty() {
        return Err(source.refuse(from.span(), "source is empty", "Say where it comes from."));
    }
    Ok(())
}

/// The source of something. An embedded file has to name source and firmness; a person's file may leave out either.
pub(super) fn origin(
    source: &Source,
    of: &Text,
    tag: Option<&Text>,
    from: Option<&Text>,
    own: bool,
) -> Result<String, Refusal> {
    if let Some(tag) = tag {
        known_firmness(source, tag)?;
    }
    if let Some(from) = from {
        named_source(source, from)?;
    }
    match (tag, from) {
        (Some(_), Some(from)) => Ok(from.get_ref().clone()),
        (None, Some(from)) if own => Ok(from.get_ref().clone()),
        (_, None) if own => Ok(OWN.into()),
        (None, _) | (_, None) => {
            Err(source.refuse(of.span(), "firmness or source is missing", "Say how firmly it stands and who says so."))
        }
    }
}
