//! The sessions as JSON, in the form that docs/schemas/export.schema.json describes.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::Serialize;

#[cfg(test)]
use super::shape;
use crate::json::{Fields, array, value};
use crate::record::Past;
use crate::record::Timestamp;

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
    array(sessions.into_iter().map(|session| value(&session, Fields::AsDeclared, 2)), 1, out)?;
    writeln!(out, "{foot}")
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
