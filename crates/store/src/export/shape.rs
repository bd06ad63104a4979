//! For tests alone: what stands in the fields of an export, as JSON Schema.

use schemars::json_schema;
use strum::VariantNames as _;

use crate::export::json::FORMAT;
use crate::record::follow_up::Skin;
use crate::schemas::{one_of, shapes};
use engine::session::Outcome;

shapes! {
    /// The form of an export.
    Format(_generator) {
        json_schema!({ "const": FORMAT })
    }

    /// The start in UTC and four characters.
    Id(_generator) {
        json_schema!({ "type": "string", "pattern": "^[0-9]{8}T[0-9]{6}Z-[0-9a-z]{4}$" })
    }

    /// A date and time with its offset.
    Moment(_generator) {
        let pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$";
        json_schema!({ "type": "string", "pattern": pattern })
    }

    /// A date.
    Date(_generator) {
        json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }

    /// How a session ended.
    End(_generator) {
        one_of(Outcome::VARIANTS.iter().copied())
    }

    /// Paths.
    Photos(_generator) {
        json_schema!({ "type": "array", "items": { "type": "string" } })
    }

    /// How the skin was.
    Felt(_generator) {
        json_schema!({ "type": "array", "items": one_of(Skin::ALL.map(Skin::id)) })
    }
}
