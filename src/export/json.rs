//! The sessions as JSON, in the form that docs/export.schema.json describes.

use serde::Serialize;

use super::Session;
use crate::record::Stamp;
use crate::visible::printed_json;

/// The form that this program writes.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Export<'a> {
    format: u32,
    exported: Stamp,
    sessions: &'a [&'a Session],
}

/// `sessions` as JSON, exported at `exported`. Hidden characters are spelled out, so that a reader gets them and a
/// terminal does not.
///
/// # Errors
/// When they cannot be put as JSON, which nothing in them should cause.
pub fn json(sessions: &[&Session], exported: Stamp) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string_pretty(&Export { format: FORMAT, exported, sessions })?;
    Ok(printed_json(&text) + "\n")
}
