//! As much of JSON Schema as docs/schemas/ uses, drafts 07 and 2020-12; a word that is not known here fails the test.
//! tests/tools/check_exports.py holds the same files to a validator of others.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::pattern::fits;

/// The properties that were met, as `name of the definition.property`.
pub type Seen = BTreeSet<String>;

/// The schema of that name in docs/schemas/.
pub fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schemas/{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with `value`, each with its place.
pub fn check(schema: &Value, value: &Value, seen: &mut Seen) -> Vec<String> {
    let mut wrong = Vec::new();
    Check { root: schema, seen, wrong: &mut wrong }.all(schema, "", "", value);
    wrong
}

/// All properties that the schema speaks of, named as in [`Seen`].
pub fn properties(schema: &Value) -> Vec<String> {
    let of = |name: &str, schema: &Value| {
        let names = schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys());
        names.map(|property| format!("{name}.{property}")).collect::<Vec<_>>()
    };
    let mut names = of("", schema);
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
            if !self.holds(schema, word, rule, name, place, value) {
                self.wrong.push(format!("{place}: {word} {rule} does not hold for {value}"));
            }
        }
    }

    fn holds(&mut self, schema: &Value, word: &str, rule: &Value, name: &str, place: &str, value: &Value) -> bool {
        match word {
            "$schema" | "$defs" | "definitions" | "title" | "description" | "default" => true,
            "$ref" => {
                let (table, name) = rule.as_str().unwrap().strip_prefix("#/").unwrap().split_once('/').unwrap();
                let root = self.root;
                self.all(&root[table][name], name, place, value);
                true
            }
            "type" => is(rule.as_str().unwrap(), value),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => rule.as_array().unwrap().iter().any(|one| self.fits(one, value)),
            "oneOf" => rule.as_array().unwrap().iter().filter(|one| self.fits(one, value)).count() == 1,
            "allOf" => rule.as_array().unwrap().iter().all(|one| self.fits(one, value)),
            "not" => !self.fits(rule, value),
            "if" => {
                let branch = if self.fits(rule, value) { "then" } else { "else" };
                schema.get(branch).is_none_or(|branch| self.fits(branch, value))
            }
            "then" | "else" => schema.get("if").is_some(),
            // What asks something of one type asks nothing of a value of another; `type` does.
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| fits(rule.as_str().unwrap(), text)),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= size(rule)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= size(rule)),
            "minItems" => value.as_array().is_none_or(|list| list.len() >= size(rule)),
            "maxItems" => value.as_array().is_none_or(|list| list.len() <= size(rule)),
            "uniqueItems" => {
                let is_first = |list: &[Value], at: usize| !list[..at].contains(&list[at]);
                value.as_array().is_none_or(|list| (0..list.len()).all(|at| is_first(list, at)))
            }
            "required" => {
                let names = || rule.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                value.as_object().is_none_or(|table| names().all(|name| table.contains_key(name)))
            }
            "additionalProperties" => {
                assert_eq!(rule, false);
                value.as_object().is_none_or(|table| table.keys().all(|key| schema["properties"].get(key).is_some()))
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
            "items" | "additionalItems" => {
                // Draft 07 has a list of schemas for the first ones, and another word for those behind them.
                let (firsts, rest) = match (rule.as_array(), schema["items"].as_array()) {
                    (Some(firsts), _) => (firsts.as_slice(), None),
                    (None, Some(firsts)) => (&firsts[..0], Some((firsts.len(), rule))),
                    (None, None) => (&[][..], Some((0, rule))),
                };
                for (at, value) in value.as_array().into_iter().flatten().enumerate() {
                    let behind = || rest.filter(|(from, _)| at >= *from).map(|(_, rule)| rule);
                    if let Some(inner) = firsts.get(at).or_else(behind) {
                        self.all(inner, name, &format!("{place}[{at}]"), value);
                    }
                }
                true
            }
            other => panic!("{other} is not known to this check"),
        }
    }

    /// Whether `value` fits a schema within this one.
    fn fits(&mut self, schema: &Value, value: &Value) -> bool {
        let mut wrong = Vec::new();
        Check { root: self.root, seen: self.seen, wrong: &mut wrong }.all(schema, "", "", value);
        wrong.is_empty()
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        // As the specification has it: 28.0 is an integer as well.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("{other}"),
    }
}

fn size(rule: &Value) -> usize {
    usize::try_from(rule.as_u64().unwrap()).unwrap()
}
