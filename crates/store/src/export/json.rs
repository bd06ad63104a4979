//! The sessions as JSON, in the form that docs/schemas/export.schema.json describes.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::Serialize;

#[cfg(test)]
use super::shape;
use crate::record::Past;
use crate::record::Timestamp;
use crate::sanitise::printed_json;

/// The form that this program writes.
pub(super) const FORMAT: u32 = 1;

/// What is not known is left out. A form with other fields has another format number.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Export<'a> {
    /// The form of this file.
    #[cfg_attr(test, schemars(with = "shape::Format"))]
    format: u32,
    /// When it was written.
    #[cfg_attr(test, schemars(with = "shape::Moment"))]
    exported: Timestamp,
    /// Oldest first.
    sessions: &'a [&'a Past],
}

/// Writes `sessions` to `out` as JSON; `exported` is the current time. Hidden characters are escaped, so that a reader
/// gets them and a terminal does not.
///
/// # Errors
/// When `out` does not take it.
pub fn json<S: Borrow<Past> + Serialize>(
    sessions: impl IntoIterator<Item = S>,
    exported: Timestamp,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let whole = serde_json::to_string_pretty(&Export { format: FORMAT, exported, sessions: &[] })?;
    let (head, foot) = whole.split_once("[]").unwrap_or_default();
    out.write_all(head.as_bytes())?;
    array(sessions.into_iter().map(|session| value(&session)), 2, out)?;
    writeln!(out, "{foot}")
}

/// `of` as indented JSON, for [`array()`]. Hidden characters are escaped.
///
/// # Errors
/// If it cannot be expressed in JSON.
pub fn value(of: &impl Serialize) -> io::Result<String> {
    Ok(printed_json(&serde_json::to_string_pretty(of)?))
}

/// Writes `values` to `out` as a JSON array, one after the other, each line indented by `indent` more blanks.
///
/// # Errors
/// If one of them is an error, or `out` cannot be written.
pub fn array(
    values: impl IntoIterator<Item = io::Result<String>>,
    indent: usize,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let margin = format!("\n{}", " ".repeat(indent));
    let further = format!("{margin}  ");
    let mut before = "[";
    for value in values {
        write!(out, "{before}{further}{}", value?.replace('\n', &further))?;
        before = ",";
    }
    if before == "[" { out.write_all(b"[]") } else { write!(out, "{margin}]") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemas::{hold, titled};

    #[test]
    fn the_schema_of_an_export_is_the_one_of_its_types() {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        hold("export", &titled::<Export<'_>>(settings, &format!("dermaroll export, format {FORMAT}")));
    }
}
