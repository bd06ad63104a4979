//! For tests alone: what the parser asks of each setting, as JSON Schema. Ranges and names are those that the parser
//! uses; the words beside a setting are those of the shipped config.toml, and so is its default.

use schemars::json_schema;
use serde_json::Value;

use super::{RawConfig, TOP_KEYS};
use crate::content::config::{Notify, Questions, SHIPPED, When};
use crate::content::folders::LONGEST_PROFILE;
use crate::content::{Limits, TimeName};
use crate::schemas::{hold, one_of, shapes, titled};
use store::record::text::LONGEST_NAME;

shapes! {
    Interval(_generator) {
        let range = limits().interval_days;
        json_schema!({ "type": "integer", "minimum": range.start(), "maximum": range.end() })
    }

    Uses(_generator) {
        let range = limits().roller_uses;
        json_schema!({ "type": "integer", "minimum": range.start(), "maximum": range.end() })
    }

    /// A name that may be empty.
    Name(_generator) {
        // Blanks at the ends do not count.
        let between = LONGEST_NAME.saturating_sub(2);
        json_schema!({ "type": "string", "pattern": format!(r"^\s*(\S(.{{0,{between}}}\S)?)?\s*$") })
    }

    Profile(_generator) {
        json_schema!({ "type": "string", "maxLength": LONGEST_PROFILE })
    }

    /// A program and its arguments; none at all is a choice as well.
    Program(_generator) {
        json_schema!({ "type": "array", "items": { "type": "string", "maxLength": limits().text_characters } })
    }

    NotifyId(_generator) {
        one_of(Notify::NAMES.map(|(name, _)| name))
    }

    QuestionsId(_generator) {
        one_of(Questions::NAMES.map(|(name, _)| name))
    }

    ChoiceId(_generator) {
        one_of(When::NAMES.map(|(name, _)| name))
    }

    /// A time by its name, as a number with its unit: `90s`, `1m30s`.
    Times(_generator) {
        let time = json_schema!({ "type": "string", "pattern": "^([0-9]+(h|m|s|ms))+$" });
        let properties: std::collections::BTreeMap<_, _> = TimeName::ALL.map(|name| (name.id(), &time)).into();
        json_schema!({ "type": "object", "properties": properties })
    }

    /// The keys of an action, by screen.
    Keys(_generator) {
        let keys = json_schema!({ "type": "array", "minItems": 1, "items": { "type": "string", "pattern": r"^\S+$" } });
        let actions = json_schema!({ "type": "object", "patternProperties": { "^[a-z-]+$": keys } });
        json_schema!({ "type": "object", "patternProperties": { "^[a-z-]+$": actions } })
    }
}

fn limits() -> Limits {
    Limits::built_in().expect("the embedded limits read")
}

/// The comment above `line` of the shipped file, and what stands behind its equals sign.
fn shipped(line: &str) -> (String, String) {
    let lines: Vec<&str> = SHIPPED.lines().collect();
    let at = lines.iter().position(|other| other.starts_with(line)).unwrap_or_else(|| panic!("{line} is shipped"));
    let comment = lines[..at].iter().rev().map_while(|line| line.strip_prefix("# ")).collect::<Vec<_>>();
    let words: Vec<&str> = comment.into_iter().rev().collect();
    assert!(!words.is_empty(), "{line} is explained in config.toml");
    let value = lines[at].split_once('=').map(|(_, value)| value.trim().to_owned());
    (words.join(" "), value.unwrap_or_default())
}

fn describe(property: &mut Value, line: &str) {
    let (words, value) = shipped(line);
    property["description"] = words.into();
    if TOP_KEYS.iter().any(|key| line == format!("{key} =")) {
        // Numbers, texts, switches and empty lists are written alike in TOML and in JSON.
        property["default"] = serde_json::from_str(&value).expect("a plain value");
    }
}

#[test]
fn the_schema_of_the_settings_is_the_one_of_their_types() {
    // Draft 07 is what editors of TOML know.
    let mut schema = titled::<RawConfig>(schemars::generate::SchemaSettings::draft07(), "dermaroll settings");
    schema.insert("description".to_owned(), "Settings of dermaroll: a file names what it wants to change.".into());
    let properties = schema.get_mut("properties").expect("it is a table");
    for key in TOP_KEYS {
        describe(&mut properties[key], &format!("{key} ="));
    }
    describe(&mut properties["times"], "[times]");
    describe(&mut properties["keys"], "# [keys.");
    let times = properties["times"]["properties"].as_object_mut().expect("times by name");
    for (name, time) in times {
        describe(time, &format!("{name} ="));
    }
    let names: Vec<&String> = properties.as_object().expect("settings by name").keys().collect();
    assert_eq!(names.len(), TOP_KEYS.len() + 2, "{names:?}");
    hold("config", &schema);
}
