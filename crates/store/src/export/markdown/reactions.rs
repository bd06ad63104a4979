//! Reactions of the skin, in full and worst first, and what else was said of a session.

use super::document::{Document, date, own};
use crate::calendar::Date;
use crate::export::FollowUpRow;
use crate::export::words::id;
use crate::record::past::SignOutRow;
use crate::record::show::stop_reason;
use crate::record::{Past, Skin};
use engine::protocol::{SignOutItem, StopReason};
use engine::session::Said;

/// How much of what was said of a session a doctor has to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Nothing was said, or that the skin was calm, pink or dry.
    Calm,
    /// Something was said in the person's own words, or a photo was taken.
    Noted,
    /// The skin was sore or itchy, had spots or dark marks, it felt like 4 of 5, or the person was not sure about blood,
    /// welts or pain.
    Reaction,
    /// Swelling or blisters, blood, welts or strong pain, a stop because of dizziness, or it felt like 5 of 5.
    Severe,
}

/// Where a feel of 0 to 5 begins to be a reaction, and a severe one.
const FELT_MUCH: u8 = 4;
const FELT_TOO_MUCH: u8 = 5;

pub(super) fn weight(session: &Past) -> Weight {
    let stopped = session.stop_reason.as_deref().map_or(Weight::Calm, of_stop);
    let seen = if session.blood_or_welts { Weight::Severe } else { Weight::Calm };
    let asked = session.sign_out.iter().filter(|asked| is_of_skin(asked)).map(|asked| match asked.said {
        Said::No => Weight::Calm,
        Said::NotSure => Weight::Reaction,
        Said::Yes => Weight::Severe,
    });
    let felt = match session.felt {
        Some(FELT_TOO_MUCH..) => Weight::Severe,
        Some(FELT_MUCH..) => Weight::Reaction,
        Some(_) | None => Weight::Calm,
    };
    let noted = if session.note.is_some() { Weight::Noted } else { Weight::Calm };
    let later = session.follow_ups.iter().map(of_later);
    asked.chain(later).chain([stopped, seen, felt, noted]).max().unwrap_or(Weight::Calm)
}

fn of_stop(reason: &str) -> Weight {
    if StopReason::ALARMING.contains(&reason) { Weight::Severe } else { Weight::Calm }
}

fn of_later(later: &FollowUpRow) -> Weight {
    let own = !later.text.is_empty() || !later.photos.is_empty();
    let said = later.felt.iter().map(|skin| match skin {
        Skin::Calm | Skin::Pink | Skin::Dry => Weight::Calm,
        Skin::Sore | Skin::Itchy | Skin::Spots | Skin::DarkMarks => Weight::Reaction,
        Skin::Swelling | Skin::Blisters => Weight::Severe,
    });
    said.chain([if own { Weight::Noted } else { Weight::Calm }]).max().unwrap_or(Weight::Calm)
}

/// Whether a closing question is about the skin and not about the roller.
pub(super) fn is_of_skin(asked: &SignOutRow) -> bool {
    SignOutItem::ABOUT_SKIN.contains(&asked.question.as_str())
}

/// Every session with a reaction, and all that was said of it.
pub(super) fn write(page: &mut Document, shown: &[&Past]) {
    let mut found: Vec<(Weight, &Past)> = shown.iter().map(|session| (weight(session), *session)).collect();
    found.retain(|(weight, _)| *weight >= Weight::Reaction);
    found.sort_by_key(|(weight, session)| core::cmp::Reverse((*weight, session.started.wall().unix)));
    page.heading("heading.reactions");
    for (_, session) in &found {
        let said = all(page, session).join("; ");
        page.item("reactions.line", &[("date", &date(session.day())), ("said", &said)]);
    }
    if found.is_empty() {
        let none = page.words.say("reactions.none");
        page.lines.push(none);
    }
}

/// All that was said of the skin in and after `session`.
fn all(page: &Document, session: &Past) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(reason) = session.stop_reason.as_deref().filter(|reason| of_stop(reason) > Weight::Calm) {
        parts.push(page.words.fill("reactions.stopped", &[("reason", &own(&stop_reason(reason)))]));
    }
    parts.extend(session.blood_or_welts.then(|| page.words.say("reactions.blood-or-welts")));
    let asked = session.sign_out.iter().filter(|asked| is_of_skin(asked) && asked.said != Said::No);
    parts.extend(asked.map(|asked| sign_out(page, asked)));
    parts.extend(session.felt.map(|felt| page.words.fill("reactions.felt", &[("felt", &felt.to_string())])));
    parts.extend(notes(page, session));
    parts
}

/// A closing question in its own words, with the answer.
pub(super) fn sign_out(page: &Document, asked: &SignOutRow) -> String {
    let said = page.named("said", asked.said.into());
    match asked.asked.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => format!("{} {said}", own(text)),
        None => {
            let name = page.words.find(&format!("asked.{}", asked.question));
            format!("{}: {said}", name.unwrap_or_else(|| own(&id(&asked.question))))
        }
    }
}

/// The note of the day and those of later days. Days of which the same was said, one after the other, are told together.
pub(super) fn notes(page: &Document, session: &Past) -> Vec<String> {
    let mut later: Vec<(Vec<u32>, Date, String)> = Vec::new();
    for one in &session.follow_ups {
        let felt = one.felt.iter().map(|skin| page.named("skin", skin.id())).collect::<Vec<_>>().join(", ");
        let mut said = vec![felt, one.text.clone()];
        said.extend(one.photo_names().map(|name| page.words.fill("note.photo", &[("name", name)])));
        said.retain(|part| !part.is_empty());
        let said = own(&said.join(", "));
        match (one.day, later.last_mut()) {
            (Some(day), Some((days, _, before))) if !days.is_empty() && *before == said => days.push(day),
            (day, _) => later.push((day.into_iter().collect(), Date::of(one.written.wall()), said)),
        }
    }
    let when = |(days, written, said): (Vec<u32>, Date, String)| {
        let listed = days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let when = match days.as_slice() {
            [] => page.words.fill("note.written", &[("date", &date(written))]),
            [_] => page.words.fill("note.day", &[("day", &listed)]),
            [_, ..] => page.words.fill("note.days", &[("days", &listed)]),
        };
        format!("{when} {said}")
    };
    session.note.iter().map(|note| own(note)).chain(later.into_iter().map(when)).collect()
}
