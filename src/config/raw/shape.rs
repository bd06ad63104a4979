//! For tests alone: what the parser asks of each setting, as JSON Schema. Ranges, names and keys are those that the
//! parser uses; the words beside a setting are those of the shipped config.toml, and so is its default.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{RawConfig, TOP_KEYS};
use crate::assets::Limits;
use crate::config::{Choice, Notify, SHIPPED};
use crate::folders::LONGEST_PROFILE;
use crate::keymap::remap::MOST_KEYS;
use crate::keymap::{Field, Key, Keymap, Screen};
use crate::record::text::LONGEST_NAME;
use crate::schemas::{hold, narrow, one_of, shapes, toml_file};

pub(super) use crate::assets::raw::Times;

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
        narrow(LONGEST_NAME, limits().text_characters, true)
    }

    /// Of letters beyond ASCII a pattern knows no more than that they are beyond it.
    Profile(_generator) {
        json_schema!({ "type": "string", "pattern": "^[-0-9A-Z_a-z\u{a1}-\u{10fffd}]*$", "maxLength": LONGEST_PROFILE })
    }

    /// A program and its arguments; none at all is a choice as well.
    Program(_generator) {
        let most = limits().text_characters;
        json_schema!({
            "type": "array",
            "prefixItems": [{ "type": "string", "pattern": r"\S", "maxLength": most }],
            "items": { "type": "string", "maxLength": most },
        })
    }

    NotifyId(_generator) {
        one_of(Notify::NAMES.map(|(name, _)| name))
    }

    ChoiceId(_generator) {
        one_of(Choice::NAMES.map(|(name, _)| name))
    }

    /// Screens, their actions, and the keys that may stand for each.
    Keys(generator) {
        let keymap = Keymap::shipped().expect("the shipped keys read");
        let mut named = |screen: &Screen| (screen.name.to_string(), actions(generator, screen).to_value());
        let screens: Map<String, Value> = keymap.screens().iter().map(&mut named).collect();
        json_schema!({ "type": "object", "properties": screens })
    }
}

fn limits() -> Limits {
    Limits::built_in().expect("the embedded limits read")
}

fn actions(generator: &mut SchemaGenerator, screen: &Screen) -> Schema {
    let mut actions = Map::new();
    for row in screen.rows.iter() {
        let name = row.action.id().replace('-', " ");
        let help = [&row.help, &row.label, &name].into_iter().find(|words| !words.is_empty());
        let mut list = json!({ "type": "array", "description": help, "minItems": 1, "uniqueItems": true });
        if let Some((from, to)) = row.digits() {
            let digit = format!("[{from}-{to}]");
            list["items"] = json!({ "type": "string", "pattern": format!("^{digit}(-{digit})?$") });
        } else {
            list["items"] = json!({ "$ref": key(generator, screen) });
            list["maxItems"] = MOST_KEYS.into();
        }
        actions.insert(row.action.id().to_owned(), list);
    }
    json_schema!({ "type": "object", "properties": actions })
}

/// Where the schema of a key that may stand for something on `screen` is found. Screens that keep off the same keys
/// share one.
fn key(generator: &mut SchemaGenerator, screen: &Screen) -> String {
    let is_free = |name: &str| Key::from_id(name).is_some_and(|key| screen.refuses(key).is_none());
    let functions: Vec<String> = (1..100).map(|number| format!("F{number}")).collect();
    let words: Vec<&str> =
        Key::NAMED.into_iter().map(|(name, _)| name).chain(functions.iter().map(String::as_str)).collect();
    let free: Vec<&str> = words.into_iter().filter(|name| is_free(name)).collect();
    let taken: String = ('!'..='~').filter(|c| !is_free(&c.to_string())).collect();
    let any = if taken.contains('a') { None } else { Some(format!(r"^[^\s{taken}]$")) };
    let mut options = vec![json!({ "enum": free })];
    options.extend(any.as_ref().map(|pattern| json!({ "pattern": pattern })));
    let schema = json!({
        "type": "string",
        "description": "A key by its name: a character, or one of the words.",
        "anyOf": options,
    });
    let beside = match screen.field {
        None => "key",
        Some(Field::Text) => "key-beside-text",
        Some(Field::Number) => "key-beside-a-number",
    };
    let inert = screen.inert.iter().map(|key| format!("-but-{}", key.id()));
    let name: String = [beside.to_owned()].into_iter().chain(inert).collect();
    let place = format!("#/definitions/{name}");
    generator.definitions_mut().insert(name, schema);
    place
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
    let mut schema = toml_file::<RawConfig>("dermaroll settings");
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
