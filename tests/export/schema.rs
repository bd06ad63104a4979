//! As much of JSON Schema as docs/export.schema.json uses; a word that is not known here fails the test.

use std::collections::BTreeSet;

use serde_json::Value;

/// The properties that were met, as `name of the definition.property`.
pub type Seen = BTreeSet<String>;

/// What is wrong with `value`, each with its place.
pub fn check(schema: &Value, value: &Value, seen: &mut Seen) -> Vec<String> {
    let mut wrong = Vec::new();
    Check { root: schema, seen, wrong: &mut wrong }.all(schema, "export", "", value);
    wrong
}

/// All properties that the schema speaks of, named as in [`Seen`].
pub fn properties(schema: &Value) -> Vec<String> {
    let of = |name: &str, schema: &Value| {
        let names = schema["properties"].as_object().unwrap().keys();
        names.map(|property| format!("{name}.{property}")).collect::<Vec<_>>()
    };
    let mut names = of("export", schema);
    names.extend(schema["$defs"].as_object().unwrap().iter().flat_map(|(name, schema)| of(name, schema)));
    names
}

struct Check<'a> {
    root: &'a Value,
    seen: &'a mut Seen,
    wrong: &'a mut Vec<String>,
}

impl Check<'_> {
    fn all(&mut self, schema: &Value, name: &str, place: &str, value: &Value) {
        for (word, rule) in schema.as_object().unwrap() {
            let holds = match word.as_str() {
                "$schema" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                    let root = self.root;
                    self.all(&root["$defs"][name], name, place, value);
                    true
                }
                "type" => match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64() || value.is_u64(),
                    other => panic!("{other}"),
                },
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                // A bound and a pattern ask nothing of a value of another type; `type` does.
                "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
                "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().unwrap()),
                "pattern" => value.as_str().is_none_or(|text| fits(rule.as_str().unwrap(), text)),
                "required" => rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
                "additionalProperties" => {
                    assert_eq!(rule, false);
                    value.as_object().unwrap().keys().all(|key| schema["properties"].get(key).is_some())
                }
                "properties" => {
                    for (key, inner) in rule.as_object().unwrap() {
                        if let Some(value) = value.get(key) {
                            self.seen.insert(format!("{name}.{key}"));
                            self.all(inner, name, &format!("{place}.{key}"), value);
                        }
                    }
                    true
                }
                "items" => {
                    for (at, value) in value.as_array().into_iter().flatten().enumerate() {
                        self.all(rule, name, &format!("{place}[{at}]"), value);
                    }
                    true
                }
                other => panic!("{other} is not known to this check"),
            };
            if !holds {
                self.wrong.push(format!("{place}: {word} {rule} does not hold for {value}"));
            }
        }
    }
}

/// Whether `text` fits a pattern of classes, counts and literal characters.
fn fits(pattern: &str, text: &str) -> bool {
    let mut rest = pattern.strip_prefix('^').unwrap().strip_suffix('$').unwrap();
    let mut text = text.chars();
    while let Some(first) = rest.chars().next() {
        let (class, after) = match rest.strip_prefix('[') {
            Some(inner) => inner.split_once(']').unwrap(),
            None => rest.split_at(first.len_utf8()),
        };
        let (count, after) = match after.strip_prefix('{') {
            Some(inner) => inner.split_once('}').map(|(count, after)| (count.parse().unwrap(), after)).unwrap(),
            None => (1, after),
        };
        let is_in = |c: char| match class {
            "0-9" => c.is_ascii_digit(),
            "0-9a-z" => c.is_ascii_digit() || c.is_ascii_lowercase(),
            literal => literal.contains(c),
        };
        if !(0..count).all(|_| text.next().is_some_and(is_in)) {
            return false;
        }
        rest = after;
    }
    text.next().is_none()
}

#[test]
fn the_check_refuses_what_is_wrong() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/export.schema.json")).unwrap();
    let golden: Value = serde_json::from_str(include_str!("../golden/export.json")).unwrap();
    let spoiled: [fn(&mut Value); 6] = [
        |export| export["format"] = 2.into(),
        |export| export["more"] = 1.into(),
        |export| export["sessions"][0]["started"] = "yesterday".into(),
        |export| export["sessions"][0]["roller"]["needle_um"] = "0.13".into(),
        |export| export["sessions"][0]["felt"] = (-1).into(),
        |export| drop(export["sessions"][0].as_object_mut().unwrap().remove("id")),
    ];
    for spoil in spoiled {
        let mut export = golden.clone();
        spoil(&mut export);
        assert_eq!(check(&schema, &export, &mut Seen::default()).len(), 1);
    }
}
