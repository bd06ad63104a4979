//! For tests alone: JSON Schemas of what files may hold, made from the types that read and write them, and held to
//! docs/schemas/. Each module describes its own files; here is what they share.

use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::Value;

/// Gives names to the shapes of texts, numbers and lists. A field takes one with `schemars(with = "…")`, because its
/// Rust type alone does not say what the parser asks of it.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident($generator:ident) $schema:block)+) => {
        $(
            $(#[$doc])*
            pub(crate) struct $name;

            impl schemars::JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema($generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    $schema
                }
            }
        )+
    };
}
pub(crate) use shapes;

/// One of `names`.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Schema {
    json_schema!({ "type": "string", "enum": names.into_iter().collect::<Vec<_>>() })
}

/// Fails when docs/schemas/ does not have `schema` under `name`; with WRITE_GOLDEN it is written there.
pub(crate) fn hold(name: &str, schema: &Schema) {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|above| above.join("docs/schemas"));
    let path = folders.find(|folder| folder.is_dir()).expect("docs/schemas is there");
    let path = path.join(format!("{name}.schema.json"));
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
        std::fs::write(&path, text).expect("docs/schemas can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let kept: Value = serde_json::from_str(&kept).unwrap_or_default();
    assert!(
        &kept == schema.as_value(),
        "{name}.schema.json is stale: WRITE_GOLDEN=1 cargo test --workspace --lib schema"
    );
    assert_eq!(undescribed(&kept, ""), Vec::<String>::new(), "what an editor shows beside it is missing");
}

/// The schema, in the draft of `settings`, of a file that is read into a `T` or written from one.
pub(crate) fn titled<T: JsonSchema>(mut settings: SchemaSettings, title: &str) -> Schema {
    // Before the transforms of the draft, which part a reference from what stands beside it.
    settings.transforms.insert(0, Box::new(tidy));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
}

/// What the derived schema says differently from the files: TOML has no null and an export leaves out what is not
/// known; no table takes a key that it does not name; a sentence does not end where the line of a comment does; how
/// wide an integer is in memory does not belong in a schema.
fn tidy(schema: &mut Schema) {
    transform_subschemas(&mut tidy, schema);
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = schema.get("anyOf") {
        let rest: Vec<&Value> = options.iter().filter(|option| option["type"] != "null").collect();
        if let ([Value::Object(only)], true) = (rest.as_slice(), rest.len() < options.len()) {
            let only = only.clone();
            schema.remove("anyOf");
            schema.ensure_object().extend(only);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::String(words)) = schema.get_mut("description") {
        *words = words.replace('\n', " ");
    }
    if schema.get("type").is_some_and(|name| name == "object") {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    schema.remove("format");
}

/// The keys that say nothing about themselves.
fn undescribed(schema: &Value, place: &str) -> Vec<String> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (key, property) in properties {
        let place = format!("{place}.{key}");
        if property.get("description").is_none() && property != &Value::Bool(false) {
            found.push(place.clone());
        }
        found.extend(undescribed(property, &place));
    }
    for table in ["definitions", "$defs"] {
        for (name, inner) in schema[table].as_object().into_iter().flatten() {
            found.extend(undescribed(inner, name));
        }
    }
    found
}
