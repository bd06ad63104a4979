//! An event as fields of an entry, in both directions.

use core::time::Duration;

use super::answer_fields;
use super::codes::{self, Code};
use super::entry::{Fields, coded};
use super::text::{LONGEST_NAME, LONGEST_NOTE, kept, millis};
use engine::protocol::{Fingerprint, Micrometres, Protocol, Section};
use engine::safety::Roller;
use engine::session::{Away, Carried, Due, Event, Kept, SectionEnd};
use engine::timeline::Boot;

/// Puts `event` into `fields`; the error is the field at fault.
pub(super) fn fill(protocol: &Protocol, event: &Event, fields: &mut Fields) -> Result<(), &'static str> {
    fields.event = name(event).to_owned();
    match event {
        Event::RollerTaken(roller) => fill_roller(roller, fields),
        Event::SoakStarted(kept) => fill_kept(*kept, fields),
        Event::Answered { item, answer } => {
            let item = protocol.checklist.item(*item).ok_or("item")?;
            fields.item = Some(item.id.clone());
            fields.asked = Some(kept(&item.question, LONGEST_NOTE));
            answer_fields::fill(item, answer, fields)?;
        }
        Event::ListConfirmed { verdict: judgement } => fields.verdict = Some(judgement.code().to_owned()),
        Event::CuesHeard { heard } => fields.heard = Some(*heard),
        Event::RanOut(due) => fill_due(protocol, *due, fields)?,
        Event::RollerUnfit { cause: why } => fields.cause = Some(why.code().to_owned()),
        Event::Paused { cause } => fields.cause = Some(cause.code().to_owned()),
        Event::RollerSwapped { roller, kept, acknowledged } => {
            fill_roller(roller, fields);
            fill_kept(*kept, fields);
            fields.acknowledged = Some(*acknowledged);
        }
        Event::Stopped { reason } => {
            fields.reason = Some(protocol.stop_reasons.get(*reason).ok_or("reason")?.id.clone());
        }
        Event::Slept { span } | Event::Stalled { span } => fields.span_ms = Some(millis(*span)),
        Event::SignedOut { question, said } => {
            let asked = protocol.sign_out.get(*question).ok_or("question")?;
            fields.question = Some(asked.id.clone());
            fields.asked = Some(kept(&asked.question, LONGEST_NOTE));
            fields.said = Some(said.code().to_owned());
        }
        Event::Resumed { away, boot } => fill_resumed(*away, boot.as_ref(), fields),
        Event::ProtocolChanged { protocol: text, checklist } => {
            fields.protocol_fingerprint = Some(text.code());
            fields.checklist_fingerprint = Some(checklist.code());
            fields.strokes = Some(protocol.strokes.iter().map(|stroke| stroke.id.clone()).collect());
        }
        Event::CarriedOver(carried) => fill_carried(carried, fields),
        Event::Felt { level } => fields.level = Some(*level),
        Event::Noted { text } => fields.text = Some(kept(text, LONGEST_NOTE)),
        Event::LengthAcknowledged
        | Event::NeedlesRejected
        | Event::ListReopened
        | Event::SetUp
        | Event::SkinReady
        | Event::ClickerSeen
        | Event::SteppedBack
        | Event::HandsFree
        | Event::WentOn
        | Event::Enough
        | Event::OneMore
        | Event::RollerTouched
        | Event::RollerRetired
        | Event::SoakedAgain
        | Event::SerumWanted
        | Event::KeptAsPart
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
        "list-confirmed" => Event::ListConfirmed { verdict: coded(fields.verdict.as_ref(), "verdict")? },
        "list-reopened" => Event::ListReopened,
        "set-up" => Event::SetUp,
        "skin-ready" => Event::SkinReady,
        "clicker-seen" => Event::ClickerSeen,
        "cues-heard" => Event::CuesHeard { heard: fields.heard.ok_or("heard")? },
        "stepped-back" => Event::SteppedBack,
        "hands-free" => Event::HandsFree,
        "ran-out" => Event::RanOut(read_due(protocol, fields)?),
        "paused" => Event::Paused { cause: coded(fields.cause.as_ref(), "cause")? },
        "went-on" => Event::WentOn,
        "enough" => Event::Enough,
        "one-more" => Event::OneMore,
        "roller-touched" => Event::RollerTouched,
        "roller-unfit" => Event::RollerUnfit { cause: coded(fields.cause.as_ref(), "cause")? },
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
        "slept" => Event::Slept { span: read_span(fields.span_ms, "span_ms")? },
        "stalled" => Event::Stalled { span: read_span(fields.span_ms, "span_ms")? },
        "signed-out" => {
            let known = |id: &String| protocol.sign_out.iter().position(|question| question.id == *id);
            let question = fields.question.as_ref().and_then(known).ok_or("question")?;
            Event::SignedOut { question, said: coded(fields.said.as_ref(), "said")? }
        }
        "resumed" => read_resumed(fields)?,
        "protocol-changed" => Event::ProtocolChanged {
            protocol: read_fingerprint(fields.protocol_fingerprint.as_ref(), "protocol_fingerprint")?,
            checklist: read_fingerprint(fields.checklist_fingerprint.as_ref(), "checklist_fingerprint")?,
        },
        "carried-over" => Event::CarriedOver(read_carried(fields)?),
        "kept-as-part" => Event::KeptAsPart,
        "serum-wanted" => Event::SerumWanted,
        "felt" => Event::Felt { level: fields.level.ok_or("level")? },
        "noted" => Event::Noted { text: fields.text.clone().ok_or("text")? },
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
        Event::ListConfirmed { .. } => "list-confirmed",
        Event::ListReopened => "list-reopened",
        Event::SetUp => "set-up",
        Event::SkinReady => "skin-ready",
        Event::CuesHeard { .. } => "cues-heard",
        Event::ClickerSeen => "clicker-seen",
        Event::SteppedBack => "stepped-back",
        Event::HandsFree => "hands-free",
        Event::RanOut(_) => "ran-out",
        Event::Paused { .. } => "paused",
        Event::WentOn => "went-on",
        Event::Enough => "enough",
        Event::OneMore => "one-more",
        Event::RollerTouched => "roller-touched",
        Event::RollerUnfit { .. } => "roller-unfit",
        Event::RollerRetired => "roller-retired",
        Event::RollerSwapped { .. } => "roller-swapped",
        Event::SoakedAgain => "soaked-again",
        Event::Stopped { .. } => "stopped",
        Event::Slept { .. } => "slept",
        Event::Stalled { .. } => "stalled",
        Event::SignedOut { .. } => "signed-out",
        Event::Resumed { .. } => "resumed",
        Event::ProtocolChanged { .. } => "protocol-changed",
        Event::CarriedOver(_) => "carried-over",
        Event::KeptAsPart => "kept-as-part",
        Event::SerumWanted => "serum-wanted",
        Event::Felt { .. } => "felt",
        Event::Noted { .. } => "noted",
        Event::Left => "left",
    }
}

fn fill_roller(roller: &Roller, fields: &mut Fields) {
    fields.roller = Some(kept(&roller.id, LONGEST_NAME));
    fields.name = Some(kept(&roller.name, LONGEST_NAME));
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
        Due::GetReady { section } | Due::Move { section } => fields.section = Some(section.id().to_owned()),
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
        Some("get-ready") => Due::GetReady { section: section()? },
        Some("stroke") => Due::Stroke { section: section()?, stroke: stroke()? },
        Some("move") => Due::Move { section: section()? },
        Some("saline") => Due::Saline,
        Some("serum") => Due::Serum,
        Some(_) | None => return Err("due"),
    })
}

fn fill_resumed(away: Away, boot: Option<&Boot>, fields: &mut Fields) {
    if let Away::For { least, most } = away {
        fields.away_least_ms = Some(millis(least));
        fields.away_most_ms = Some(millis(most));
    }
    fields.boot = boot.map(|boot| kept(&boot.id, LONGEST_NAME));
    fields.boot_ms = boot.map(|boot| millis(boot.up));
}

fn read_resumed(fields: &Fields) -> Result<Event, &'static str> {
    let away = match (fields.away_least_ms, fields.away_most_ms) {
        (Some(least), Some(most)) => {
            Away::For { least: Duration::from_millis(least), most: Duration::from_millis(most) }
        }
        (None, None) => Away::Unknown,
        (Some(_), None) | (None, Some(_)) => return Err("away_most_ms"),
    };
    let boot = match (&fields.boot, fields.boot_ms) {
        (Some(id), Some(up)) => Some(Boot { id: id.clone(), up: Duration::from_millis(up) }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => return Err("boot_ms"),
    };
    Ok(Event::Resumed { away, boot })
}

fn read_fingerprint(text: Option<&String>, field: &'static str) -> Result<Fingerprint, &'static str> {
    text.and_then(|text| Fingerprint::from_code(text)).ok_or(field)
}

fn fill_carried(carried: &Carried, fields: &mut Fields) {
    fields.section = Some(carried.section.id().to_owned());
    fields.strokes_ms = Some(carried.strokes.iter().map(|span| millis(*span)).collect());
    fields.part_ms = Some(millis(carried.part));
    fields.cut_off = Some(carried.cut_off);
    fields.end = carried.end.map(|end| end.code().to_owned());
}

fn read_carried(fields: &Fields) -> Result<Carried, &'static str> {
    Ok(Carried {
        section: fields.section.as_deref().and_then(Section::from_id).ok_or("section")?,
        strokes: fields.strokes_ms.iter().flatten().copied().map(Duration::from_millis).collect(),
        part: read_span(fields.part_ms, "part_ms")?,
        cut_off: fields.cut_off.ok_or("cut_off")?,
        end: match &fields.end {
            Some(code) => Some(SectionEnd::from_code(code).ok_or("end")?),
            None => None,
        },
    })
}

fn read_span(millis: Option<u64>, field: &'static str) -> Result<Duration, &'static str> {
    millis.map(Duration::from_millis).ok_or(field)
}
