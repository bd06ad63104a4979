//! The sessions as JSON, in the form that docs/schemas/export.schema.json describes.

use serde::Serialize;

use super::Session;
#[cfg(test)]
use super::shape;
use crate::record::Stamp;
use crate::visible::printed_json;

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
    exported: Stamp,
    /// Oldest first.
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
