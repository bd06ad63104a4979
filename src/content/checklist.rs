//! The checklist: the embedded questions, and those that files add. Nothing takes one away or makes it weaker.

use super::limits::Limits;
use super::parse::parse;
use super::raw::{RawChecklist, RawKind, RawQuestion, Text};
use super::refusal::Refusal;
use super::source::Source;
use super::text::{count, id, narrow, one_of, origin, required_text, title, unique};
use engine::protocol::{Checklist, Consequence, Fingerprint, Group, Item, WaitKind};

/// The embedded text of the questions.
pub(super) const TEXT: &str = include_str!("../../assets/checklist.toml");

/// The longest waiting time that can be written, in days.
pub(super) const LONGEST_WAIT: i64 = 3650;

/// How many kinds one question may name, since the digits choose them.
pub(super) const MOST_KINDS: usize = 9;

/// The widest title of a card, in columns.
const CARD_COLUMNS: usize = 40;

pub(super) const GROUPS: [(&str, Group); 2] = [("general", Group::General), ("skin", Group::Skin)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConsequenceKind {
    Stop,
    Ask,
    Wait,
    Area,
    Around,
}

pub(super) const CONSEQUENCES: [(&str, ConsequenceKind); 5] = [
    ("stop", ConsequenceKind::Stop),
    ("ask", ConsequenceKind::Ask),
    ("wait", ConsequenceKind::Wait),
    ("area", ConsequenceKind::Area),
    ("around", ConsequenceKind::Around),
];

/// The embedded questions alone.
pub(super) fn built_in(limits: &Limits) -> Result<Vec<Item>, Refusal> {
    let source = Source::embedded("checklist.toml", TEXT);
    let raw: RawChecklist = parse(&source)?;
    count(&source, "question", &raw.question, limits.questions)?;
    unique(&source, "id", raw.question.get_ref().iter().map(|question| &question.id))?;
    raw.question.get_ref().iter().map(|question| item(&source, question, limits, false)).collect()
}

/// The questions of a checklist file.
pub(super) fn read(source: &Source, limits: &Limits) -> Result<Vec<RawQuestion>, Refusal> {
    let raw: RawChecklist = parse(source)?;
    count(source, "question", &raw.question, limits.questions)?;
    Ok(raw.question.into_inner())
}

/// The list `known` with the questions of a file added. A question that repeats an embedded one word for word, as a
/// copy of the embedded file does, adds nothing; one that changes it is refused.
pub(super) fn with(
    known: Checklist,
    source: &Source,
    questions: &[RawQuestion],
    limits: &Limits,
) -> Result<Checklist, Refusal> {
    let mut items = known.items;
    unique(source, "id", questions.iter().map(|question| &question.id))?;
    for question in questions {
        let own = item(source, question, limits, true)?;
        match items.iter().find(|known| known.id == own.id) {
            Some(known) if same(known, &own) => {}
            Some(known) if known.own => {
                let what = format!("the question {:?} was added by another file already", own.id);
                return Err(source.refuse(question.id.span(), what, "Give it another id, or take it out."));
            }
            Some(_) => {
                let what = format!("the embedded question {:?} cannot be changed", own.id);
                let todo = "Add questions under ids of your own; the embedded ones always stay as they are.";
                return Err(source.refuse(question.id.span(), what, todo));
            }
            None if items.len() == limits.questions => {
                let most = limits.questions;
                let embedded = items.iter().filter(|item| !item.own).count();
                let what = format!("with this question the checklist has more than {most}");
                let todo = format!("Add at most {}: {embedded} are embedded.", most - embedded.min(most));
                return Err(source.refuse(question.id.span(), what, todo));
            }
            None => items.push(own),
        }
    }
    Ok(list(items))
}

/// The list of `items`: those about the person first, then those about the skin, each in the order given.
pub(super) fn list(mut items: Vec<Item>) -> Checklist {
    items.sort_by_key(|item| item.group == Group::Skin);
    let mut hasher = crc32fast::Hasher::new();
    for item in &items {
        // On which card it stands is no wording.
        let Item { id, title, question, why, next, group, card: _, consequence, source, own } = item;
        let asked = format!("{id:?} {title:?} {question:?} {why:?} {next:?} {group:?}");
        let wording = format!("{asked} {consequence:?} {source:?} {own:?}\n");
        hasher.update(wording.as_bytes());
    }
    Checklist { items, fingerprint: Fingerprint(hasher.finalize()) }
}

fn same(known: &Item, own: &Item) -> bool {
    !known.own && Item { own: true, card: own.card.clone(), ..known.clone() } == *own
}

fn item(source: &Source, raw: &RawQuestion, limits: &Limits, own: bool) -> Result<Item, Refusal> {
    Ok(Item {
        id: id(source, &raw.id)?,
        title: title(source, "title", &raw.title, limits)?,
        question: required_text(source, "question", &raw.question, limits)?,
        why: required_text(source, "why", &raw.why, limits)?,
        next: raw
            .next
            .as_ref()
            .map(|next| required_text(source, "next", next, limits))
            .transpose()?
            .unwrap_or_default(),
        group: one_of(source, "group", &raw.group, &GROUPS)?,
        card: raw
            .card
            .as_ref()
            .map(|card| required_text(source, "card", card, limits).and_then(|title| card_title(source, card, title)))
            .transpose()?
            .unwrap_or_default(),
        consequence: consequence(source, raw, limits, own)?,
        source: origin(source, &raw.id, raw.firmness.as_ref(), raw.source.as_ref(), own)?,
        own,
    })
}

/// A title that leaves room beside it.
fn card_title(source: &Source, card: &Text, title: String) -> Result<String, Refusal> {
    narrow(source, "card", card, CARD_COLUMNS)?;
    Ok(title)
}

fn consequence(source: &Source, raw: &RawQuestion, limits: &Limits, own: bool) -> Result<Consequence, Refusal> {
    let leads = one_of(source, "consequence", &raw.consequence, &CONSEQUENCES)?;
    if let (
        Some(kinds),
        ConsequenceKind::Stop | ConsequenceKind::Ask | ConsequenceKind::Area | ConsequenceKind::Around,
    ) = (&raw.kind, leads)
    {
        let what = format!("kind does not go with consequence {:?}", raw.consequence.get_ref());
        return Err(source.refuse(kinds.span(), what, "Take it out, or write consequence = \"wait\"."));
    }
    Ok(match leads {
        ConsequenceKind::Stop => Consequence::Stop,
        ConsequenceKind::Ask => Consequence::Ask,
        ConsequenceKind::Area => Consequence::Area,
        ConsequenceKind::Around => Consequence::Around,
        ConsequenceKind::Wait => {
            let Some(kinds) = &raw.kind else {
                let todo = "Add kind = [{ id = \"filler\", name = \"filler\", days = 180 }], one for each thing asked.";
                return Err(source.refuse(raw.consequence.span(), "wait has no kind that says how many days", todo));
            };
            count(source, "kind", kinds, MOST_KINDS)?;
            unique(source, "id", kinds.get_ref().iter().map(|kind| &kind.id))?;
            let kinds = kinds.get_ref().iter().map(|kind| wait(source, kind, limits, own));
            Consequence::Wait(kinds.collect::<Result<_, _>>()?)
        }
    })
}

fn wait(source: &Source, raw: &RawKind, limits: &Limits, own: bool) -> Result<WaitKind, Refusal> {
    let days = u32::try_from(*raw.days.get_ref()).ok().filter(|_| (1..=LONGEST_WAIT).contains(raw.days.get_ref()));
    let Some(days) = days else {
        let what = format!("days = {} is out of its range, 1 to {LONGEST_WAIT}", raw.days.get_ref());
        return Err(source.refuse(raw.days.span(), what, format!("Write a number from 1 to {LONGEST_WAIT}.")));
    };
    Ok(WaitKind {
        id: id(source, &raw.id)?,
        name: required_text(source, "name", &raw.name, limits)?,
        days,
        source: origin(source, &raw.id, raw.firmness.as_ref(), raw.source.as_ref(), own)?,
    })
}
