//! For tests alone: what the parser asks of the fields of a protocol or checklist file, as JSON Schema. Names, counts
//! and ranges are those that the parser uses.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::{
    RawChecklist, RawFrom, RawKind, RawProtocol, RawQuestion, RawSection, RawSignOut, RawStopReason, RawStroke,
};
use crate::assets::checklist::{CONSEQUENCES, GROUPS, LONGEST_WAIT, MOST_KINDS};
use crate::assets::guide::{DIGITS, DIRECTIONS};
use crate::assets::text::{FIRMNESS, LONGEST_ID};
use crate::assets::{Limits, TimeName, duration};
use crate::protocol::Section;
use crate::schemas::{hold, narrow, one_of, shapes, toml_file, words};

shapes! {
    /// A stable name.
    Id(_generator) {
        json_schema!({ "type": "string", "pattern": format!("^[a-z0-9-]{{1,{LONGEST_ID}}}$") })
    }

    /// A text that may be empty.
    Line(_generator) {
        json_schema!({ "type": "string", "maxLength": limits().text_characters })
    }

    /// A text with something in it.
    Words(_generator) {
        words(limits().text_characters)
    }

    /// A text of few columns.
    Title(_generator) {
        let Limits { title_columns, text_characters, .. } = limits();
        narrow(title_columns, text_characters, false)
    }

    /// The sentence that no file changes.
    DoctorLine(_generator) {
        let text = crate::assets::built_in(crate::protocol::Kind::Session).expect("it reads").see_a_doctor;
        json_schema!({ "const": text })
    }

    Firmness(_generator) {
        let mut schema = one_of(FIRMNESS);
        described(&mut schema, "How firmly it stands; the tags are explained in the shipped protocol.");
        schema
    }

    Origin(_generator) {
        json_schema!({ "type": "string", "pattern": r"\S", "description": "Who says so." })
    }

    Time(_generator) {
        time()
    }

    /// Each time at most once.
    Times(generator) {
        times(generator)
    }

    /// Each time once.
    AllTimes(generator) {
        let mut schema = times(generator);
        schema.insert("required".to_owned(), TimeName::ALL.map(TimeName::id).to_vec().into());
        schema
    }

    /// Where each time comes from.
    Sources(generator) {
        by_time(generator, |generator, _| generator.subschema_for::<RawFrom>())
    }

    SectionId(_generator) {
        one_of(Section::ALL.map(Section::id))
    }

    DirectionId(_generator) {
        one_of(DIRECTIONS.map(|(name, _)| name))
    }

    Digit(_generator) {
        one_of(DIGITS)
    }

    GroupId(_generator) {
        one_of(GROUPS.map(|(name, _)| name))
    }

    ConsequenceId(_generator) {
        one_of(CONSEQUENCES.map(|(name, _)| name))
    }

    Days(_generator) {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": LONGEST_WAIT })
    }

    Ids(generator) {
        list::<Id>(generator, 0, None)
    }

    Sections(generator) {
        list::<RawSection>(generator, 1, Some(Section::ALL.len()))
    }

    Strokes(generator) {
        list::<RawStroke>(generator, 1, Some(limits().strokes))
    }

    StopReasons(generator) {
        list::<RawStopReason>(generator, 0, Some(limits().stop_reasons))
    }

    SignOuts(generator) {
        list::<RawSignOut>(generator, 0, Some(limits().sign_out))
    }

    Questions(generator) {
        list::<Question>(generator, 1, Some(limits().questions))
    }

    MoreQuestions(generator) {
        list::<Question>(generator, 0, Some(limits().questions))
    }

    Kinds(generator) {
        list::<RawKind>(generator, 1, Some(MOST_KINDS))
    }
}

/// A question: wait has kinds, and nothing else has.
struct Question;

impl JsonSchema for Question {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        RawQuestion::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = RawQuestion::json_schema(generator);
        schema.insert("if".to_owned(), serde_json::json!({ "properties": { "consequence": { "const": "wait" } } }));
        schema.insert("then".to_owned(), serde_json::json!({ "required": ["kind"] }));
        schema.insert("else".to_owned(), serde_json::json!({ "not": { "required": ["kind"] } }));
        schema
    }
}

fn limits() -> Limits {
    Limits::built_in().expect("the embedded limits read")
}

fn described(schema: &mut Schema, words: &str) {
    schema.insert("description".to_owned(), words.into());
}

fn list<T: JsonSchema>(generator: &mut SchemaGenerator, least: usize, most: Option<usize>) -> Schema {
    let mut schema = json_schema!({ "type": "array", "items": generator.subschema_for::<T>() });
    if least > 0 {
        schema.insert("minItems".to_owned(), least.into());
    }
    if let Some(most) = most {
        schema.insert("maxItems".to_owned(), most.into());
    }
    schema
}

/// A time span: each unit at most once, the longest first.
fn time() -> Schema {
    let units: String = duration::UNITS.map(|(unit, _)| format!("([0-9]+{unit})?")).concat();
    json_schema!({ "type": "string", "pattern": format!("^{units}$"), "minLength": 1 })
}

/// The range is told and not checked: no pattern knows that 90s are 1m30s.
fn times(generator: &mut SchemaGenerator) -> Schema {
    by_time(generator, |_, name| {
        let range = limits().time(name, false);
        let mut schema = time();
        let words = format!("{} to {}.", duration::words(*range.start()), duration::words(*range.end()));
        described(&mut schema, &words);
        schema
    })
}

/// A table with a key for each time, described by what that time is and by what `value` says of it.
fn by_time(generator: &mut SchemaGenerator, value: impl Fn(&mut SchemaGenerator, TimeName) -> Schema) -> Schema {
    let names = TimeName::json_schema(generator);
    let said = |name: TimeName| {
        let all = names.get("oneOf").and_then(Value::as_array).expect("each name is described");
        let one = all.iter().find(|one| one["const"] == name.id()).expect("it is among them");
        one["description"].as_str().expect("it is described").to_owned()
    };
    let properties: Map<String, Value> = TimeName::ALL
        .into_iter()
        .map(|name| {
            let mut schema = value(generator, name);
            let more = schema.get("description").and_then(Value::as_str).map(|more| format!(" {more}"));
            described(&mut schema, &(said(name) + &more.unwrap_or_default()));
            (name.id().to_owned(), schema.to_value())
        })
        .collect();
    json_schema!({ "type": "object", "properties": properties })
}

#[test]
fn the_schema_of_a_protocol_is_the_one_of_its_types() {
    let mut schema = toml_file::<RawProtocol>("dermaroll protocol");
    described(&mut schema, "A protocol to be followed in place of the embedded one: sections, strokes, times, words.");
    hold("protocol", &schema);
}

#[test]
fn the_schema_of_a_checklist_is_the_one_of_its_types() {
    let mut schema = toml_file::<RawChecklist>("dermaroll checklist");
    described(&mut schema, "Further questions before rolling; the embedded ones always stay.");
    hold("checklist", &schema);
}
