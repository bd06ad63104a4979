//! TOML files that are read in one go: rollers, serums, follow-ups, interval holds.

use std::borrow::Cow;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::folder;
use super::header::FORMAT;
use super::read::{lines_as_written, without_mark};
use super::text::sanitised;

/// The bytes of the file at `path`; the error is the reason, as the second half of a sentence.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    folder::read(path).map_err(|error| format!("could not be read: {error}"))
}

/// The text of a file with this program's line ends; an error if it is no UTF-8.
pub(super) fn as_written(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    core::str::from_utf8(without_mark(bytes)).map(lines_as_written).map_err(|_| "is no text".to_owned())
}

/// Parses the text of a file. The format number is checked first, so that a newer file is not called damaged.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let text = &*as_written(bytes)?;
    let table: toml::Table = toml::from_str(text).map_err(|error| refused(&error))?;
    match table.get("format").and_then(toml::Value::as_integer) {
        Some(format) if i64::try_from(FORMAT) == Ok(format) => {
            toml::from_str(text).map_err(|error: toml::de::Error| refused(&error))
        }
        Some(format) => Err(format!("has the format {format}, which this version does not know; update the program")),
        None => Err("says no format".to_owned()),
    }
}

/// The parser's message without its quote from the file, which could contain anything.
fn refused(error: &toml::de::Error) -> String {
    format!("is not understood: {}", sanitised(error.message(), 200))
}
