//! Small TOML files that are read whole: rollers, serums, later notes.

use std::borrow::Cow;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::folder;
use super::header::FORMAT;
use super::read::{lines_as_written, without_mark};
use super::text::sanitised;

/// The bytes of the file at `path`; the error says why not.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    folder::read(path).map_err(|error| format!("could not be read: {error}"))
}

/// The text of a file with the line ends that this program writes; the error says why it is none.
pub(super) fn as_written(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    core::str::from_utf8(without_mark(bytes)).map(lines_as_written).map_err(|_| "is no text".to_owned())
}

/// The text of a file, its format checked before anything else; the error says why not.
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

/// The parser's message without the piece of the file that it quotes, which may hold anything.
fn refused(error: &toml::de::Error) -> String {
    format!("is not understood: {}", sanitised(error.message(), 200))
}
