//! An answer to the checklist as fields of an entry, in both directions. What kind of detail it is can be told from
//! the fields alone.

use super::codes::Code;
use super::entry::{Fields, coded};
use engine::protocol::{Consequence, Item, Section, Sections};
use engine::safety::{Ago, Answer, Detail, Keep, Place, Sureness, Which};

const WHICH: &str = "which";
const WHEN: &str = "when";

/// Puts `answer` to `item` into `fields`; the error is the field at fault.
pub(super) fn fill(item: &Item, answer: &Answer, fields: &mut Fields) -> Result<(), &'static str> {
    let Answer::Risk { sureness, detail } = answer else {
        fields.answer = Some("no".to_owned());
        return Ok(());
    };
    fields.answer = Some(sureness.code().to_owned());
    match detail {
        Detail::Plain => {}
        Detail::Doctor(doctor) => fields.doctor = Some(doctor.code().to_owned()),
        Detail::Waited { which, ago } => fill_waited(item, which, *ago, fields)?,
        Detail::Where(place) => fill_place(*place, fields),
        Detail::Around { place, keep } => {
            fill_place(*place, fields);
            fields.keep = Some(keep.code().to_owned());
        }
    }
    Ok(())
}

fn fill_waited(item: &Item, which: &Which, ago: Ago, fields: &mut Fields) -> Result<(), &'static str> {
    let mut unsure = Vec::new();
    match which {
        Which::These(chosen) => {
            let ids = chosen.iter().map(|ix| kind_ids(item).get(*ix).copied().map(str::to_owned));
            fields.which = Some(ids.collect::<Option<Vec<String>>>().ok_or("which")?);
        }
        Which::NotSure => unsure.push(WHICH.to_owned()),
    }
    match ago {
        Ago::Days(days) => fields.days_ago = Some(days),
        Ago::NotSure => unsure.push(WHEN.to_owned()),
    }
    if !unsure.is_empty() {
        fields.unsure_of = Some(unsure);
    }
    Ok(())
}

fn fill_place(place: Place, fields: &mut Fields) {
    match place {
        Place::Sections(sections) => {
            fields.sections = Some(sections.iter().map(|section| section.id().to_owned()).collect());
        }
        Place::Everywhere => fields.everywhere = Some(true),
    }
}

/// The answer to `item` that stands in `fields`; the error is the field at fault.
pub(super) fn read(item: &Item, fields: &Fields) -> Result<Answer, &'static str> {
    if fields.answer.as_deref() == Some("no") {
        return Ok(Answer::No);
    }
    let sureness: Sureness = coded(fields.answer.as_ref(), "answer")?;
    let detail = if fields.doctor.is_some() {
        Detail::Doctor(coded(fields.doctor.as_ref(), "doctor")?)
    } else if fields.which.is_some() || fields.days_ago.is_some() || fields.unsure_of.is_some() {
        read_waited(item, fields)?
    } else if fields.keep.is_some() {
        let keep: Keep = coded(fields.keep.as_ref(), "keep")?;
        Detail::Around { place: read_place(fields)?, keep }
    } else if fields.sections.is_some() || fields.everywhere.is_some() {
        Detail::Where(read_place(fields)?)
    } else {
        Detail::Plain
    };
    Ok(Answer::Risk { sureness, detail })
}

fn read_waited(item: &Item, fields: &Fields) -> Result<Detail, &'static str> {
    let unsure = |what: &str| fields.unsure_of.iter().flatten().any(|unsure| unsure == what);
    let which = match &fields.which {
        Some(ids) => {
            let kinds = kind_ids(item);
            let places = ids.iter().map(|id| kinds.iter().position(|kind| kind == id));
            Which::These(places.collect::<Option<Vec<usize>>>().ok_or("which")?)
        }
        None if unsure(WHICH) => Which::NotSure,
        None => return Err("which"),
    };
    let ago = match fields.days_ago {
        Some(days) => Ago::Days(days),
        None if unsure(WHEN) => Ago::NotSure,
        None => return Err("days_ago"),
    };
    Ok(Detail::Waited { which, ago })
}

fn read_place(fields: &Fields) -> Result<Place, &'static str> {
    match (&fields.sections, fields.everywhere) {
        (Some(ids), None) => {
            let sections = ids.iter().map(|id| Section::from_id(id));
            Ok(Place::Sections(sections.collect::<Option<Sections>>().ok_or("sections")?))
        }
        (None, Some(true)) => Ok(Place::Everywhere),
        (Some(_) | None, _) => Err("sections"),
    }
}

/// The ids of the things that a question with waiting times names.
fn kind_ids(item: &Item) -> Vec<&str> {
    match &item.consequence {
        Consequence::Wait(kinds) => kinds.iter().map(|kind| kind.id.as_str()).collect(),
        Consequence::Stop | Consequence::Ask | Consequence::Area | Consequence::Around => Vec::new(),
    }
}
