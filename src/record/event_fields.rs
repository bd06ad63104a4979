//! An event as fields of an entry, in both directions.

use core::time::Duration;

use super::answer_fields;
use super::codes::{self, Code};
use super::entry::{Fields, coded};
use super::text::{LONGEST_NAME, LONGEST_NOTE, millis, visible};
use crate::protocol::{Micrometres, Protocol, Section};
use crate::safety::Roller;
use crate::session::{Due, Event, Kept};

/// Puts `event` into `fields`; the error is the field at fault.
pub(super) fn fill(protocol: &Protocol, event: &Event, fields: &mut Fields) -> Result<(), &'static str> {
    fields.event = name(event).to_owned();
    match event {
        Event::RollerTaken(roller) => fill_roller(roller, fields),
        Event::SoakStarted(kept) => fill_kept(*kept, fields),
        Event::Answered { item, answer } => {
            let item = protocol.checklist.item(*item).ok_or("item")?;
            fields.item = Some(item.id.clone());
            answer_fields::fill(item, answer, fields)?;
        }
        Event::ListConfirmed(judgement) => fields.verdict = Some(judgement.code().to_owned()),
        Event::CuesHeard(heard) => fields.heard = Some(*heard),
        Event::RanOut(due) => fill_due(protocol, *due, fields)?,
        Event::Paused(cause) => fields.cause = Some(cause.code().to_owned()),
        Event::RollerSwapped { roller, kept, acknowledged } => {
            fill_roller(roller, fields);
            fill_kept(*kept, fields);
            fields.acknowledged = Some(*acknowledged);
        }
        Event::Stopped { reason } => {
            fields.reason = Some(protocol.stop_reasons.get(*reason).ok_or("reason")?.id.clone());
        }
        Event::Slept(span) | Event::Stalled(span) => fields.span_ms = Some(millis(*span)),
        Event::SignedOut { question, said } => {
            fields.question = Some(protocol.sign_out.get(*question).ok_or("question")?.id.clone());
            fields.said = Some(said.code().to_owned());
        }
        Event::Felt(level) => fields.level = Some(*level),
        Event::Noted(text) => fields.text = Some(visible(text, LONGEST_NOTE)),
        Event::LengthAcknowledged
        | Event::NeedlesRejected
        | Event::ListReopened
        | Event::SetUp
        | Event::SkinReady
        | Event::SteppedBack
        | Event::HandsFree
        | Event::WentOn
        | Event::Enough
        | Event::OneMore
        | Event::RollerTouched
        | Event::RollerRetired
        | Event::SoakedAgain
        | Event::SerumWanted
        | Event::Left => {}
    }
    Ok(())
}

/// The event that stands in `fields`; the error is the field at fault. Fields too many are the caller's business.
pub(super) fn read(protocol: &Protocol, fields: &Fields) -> Result<Event, &'static str> {
    Ok(match fields.event.as_str() {
        "roller-taken" => Event::RollerTaken(read_roller(fields)?),
        "length-acknowledged" => Event::LengthAcknowledged,
        "needles-rejected" => Event::NeedlesRejected,
        "soak-started" => Event::SoakStarted(read_kept(fields)?),
        "answered" => {
            let item = fields.item.as_deref().and_then(|id| protocol.checklist.find(id)).ok_or("item")?;
            let asked = protocol.checklist.item(item).ok_or("item")?;
            Event::Answered { item, answer: answer_fields::read(asked, fields)? }
        }
        "list-confirmed" => Event::ListConfirmed(coded(fields.verdict.as_ref(), "verdict")?),
        "list-reopened" => Event::ListReopened,
        "set-up" => Event::SetUp,
        "skin-ready" => Event::SkinReady,
        "cues-heard" => Event::CuesHeard(fields.heard.ok_or("heard")?),
        "stepped-back" => Event::SteppedBack,
        "hands-free" => Event::HandsFree,
        "ran-out" => Event::RanOut(read_due(protocol, fields)?),
        "paused" => Event::Paused(coded(fields.cause.as_ref(), "cause")?),
        "went-on" => Event::WentOn,
        "enough" => Event::Enough,
        "one-more" => Event::OneMore,
        "roller-touched" => Event::RollerTouched,
        "roller-retired" => Event::RollerRetired,
        "roller-swapped" => Event::RollerSwapped {
            roller: read_roller(fields)?,
            kept: read_kept(fields)?,
            acknowledged: fields.acknowledged.ok_or("acknowledged")?,
        },
        "soaked-again" => Event::SoakedAgain,
        "stopped" => {
            let known = |id: &String| protocol.stop_reasons.iter().position(|reason| reason.id == *id);
            Event::Stopped { reason: fields.reason.as_ref().and_then(known).ok_or("reason")? }
        }
        "slept" => Event::Slept(read_span(fields.span_ms, "span_ms")?),
        "stalled" => Event::Stalled(read_span(fields.span_ms, "span_ms")?),
        "signed-out" => {
            let known = |id: &String| protocol.sign_out.iter().position(|question| question.id == *id);
            let question = fields.question.as_ref().and_then(known).ok_or("question")?;
            Event::SignedOut { question, said: coded(fields.said.as_ref(), "said")? }
        }
        "serum-wanted" => Event::SerumWanted,
        "felt" => Event::Felt(fields.level.ok_or("level")?),
        "noted" => Event::Noted(fields.text.clone().ok_or("text")?),
        "left" => Event::Left,
        _ => return Err("event"),
    })
}

/// The name of an event.
fn name(event: &Event) -> &'static str {
    match event {
        Event::RollerTaken(_) => "roller-taken",
        Event::LengthAcknowledged => "length-acknowledged",
        Event::NeedlesRejected => "needles-rejected",
        Event::SoakStarted(_) => "soak-started",
        Event::Answered { .. } => "answered",
        Event::ListConfirmed(_) => "list-confirmed",
        Event::ListReopened => "list-reopened",
        Event::SetUp => "set-up",
        Event::SkinReady => "skin-ready",
        Event::CuesHeard(_) => "cues-heard",
        Event::SteppedBack => "stepped-back",
        Event::HandsFree => "hands-free",
        Event::RanOut(_) => "ran-out",
        Event::Paused(_) => "paused",
        Event::WentOn => "went-on",
        Event::Enough => "enough",
        Event::OneMore => "one-more",
        Event::RollerTouched => "roller-touched",
        Event::RollerRetired => "roller-retired",
        Event::RollerSwapped { .. } => "roller-swapped",
        Event::SoakedAgain => "soaked-again",
        Event::Stopped { .. } => "stopped",
        Event::Slept(_) => "slept",
        Event::Stalled(_) => "stalled",
        Event::SignedOut { .. } => "signed-out",
        Event::SerumWanted => "serum-wanted",
        Event::Felt(_) => "felt",
        Event::Noted(_) => "noted",
        Event::Left => "left",
    }
}

fn fill_roller(roller: &Roller, fields: &mut Fields) {
    fields.roller = Some(visible(&roller.id, LONGEST_NAME));
    fields.name = Some(visible(&roller.name, LONGEST_NAME));
    fields.needle_um = Some(roller.needle.0);
    fields.uses = Some(roller.uses);
}

fn read_roller(fields: &Fields) -> Result<Roller, &'static str> {
    Ok(Roller {
        id: fields.roller.clone().ok_or("roller")?,
        name: fields.name.clone().ok_or("name")?,
        needle: Micrometres(fields.needle_um.ok_or("needle_um")?),
        uses: fields.uses.ok_or("uses")?,
    })
}

fn fill_kept(kept: Kept, fields: &mut Fields) {
    match kept {
        Kept::InLiquid { already } => {
            fields.kept = Some("in-liquid".to_owned());
            fields.already_ms = Some(millis(already));
        }
        Kept::SealedPack => fields.kept = Some("sealed-pack".to_owned()),
    }
}

fn read_kept(fields: &Fields) -> Result<Kept, &'static str> {
    match fields.kept.as_deref() {
        Some("in-liquid") => Ok(Kept::InLiquid { already: read_span(fields.already_ms, "already_ms")? }),
        Some("sealed-pack") => Ok(Kept::SealedPack),
        Some(_) | None => Err("kept"),
    }
}

fn fill_due(protocol: &Protocol, due: Due, fields: &mut Fields) -> Result<(), &'static str> {
    fields.due = Some(codes::due(due).to_owned());
    match due {
        Due::GetReady(section) | Due::Move(section) => fields.section = Some(section.id().to_owned()),
        Due::Stroke { section, stroke } => {
            fields.section = Some(section.id().to_owned());
            fields.stroke = Some(protocol.strokes.get(stroke).ok_or("stroke")?.id.clone());
        }
        Due::Contact | Due::Prepare | Due::HandClean | Due::Saline | Due::Serum => {}
    }
    Ok(())
}

fn read_due(protocol: &Protocol, fields: &Fields) -> Result<Due, &'static str> {
    let section = || fields.section.as_deref().and_then(Section::from_id).ok_or("section");
    let known = |id: &String| protocol.strokes.iter().position(|stroke| stroke.id == *id);
    let stroke = || fields.stroke.as_ref().and_then(known).ok_or("stroke");
    Ok(match fields.due.as_deref() {
        Some("contact") => Due::Contact,
        Some("prepare") => Due::Prepare,
        Some("hand-clean") => Due::HandClean,
        Some("get-ready") => Due::GetReady(section()?),
        Some("stroke") => Due::Stroke { section: section()?, stroke: stroke()? },
        Some("move") => Due::Move(section()?),
        Some("saline") => Due::Saline,
        Some("serum") => Due::Serum,
        Some(_) | None => return Err("due"),
    })
}

fn read_span(millis: Option<u64>, field: &'static str) -> Result<Duration, &'static str> {
    millis.map(Duration::from_millis).ok_or(field)
}
