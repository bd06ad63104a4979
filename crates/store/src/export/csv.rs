//! The sessions as a table by RFC 4180: a header row, one row for each session, CR LF, UTF-8 without a byte order mark.

use std::borrow::{Borrow, Cow};
use std::io::{self, Write};

use super::words::listed;
use crate::record::Past;
use crate::record::Timestamp;
use crate::record::header::RecordKind;
use crate::record::past::{SectionRow, SignOutRow};
use crate::sanitise::hidden;
use engine::protocol::SignOutItem;
use engine::session::{Said, SectionEnd};

type Column = (&'static str, fn(&Past) -> String);

/// The columns in order. New ones are added at the end, so that a spreadsheet made for these still fits.
const COLUMNS: [Column; 53] = [
    ("id", |session| session.id.clone()),
    ("started", |session| session.started.text()),
    ("ended", |session| text(session.ended.map(Timestamp::text))),
    ("kind", |session| name(session.kind)),
    ("trial", |session| yes(session.trial)),
    ("counted", |session| yes(session.counted)),
    ("days_since_previous", |session| text(session.days_since_previous)),
    ("early_reason", |session| text(session.early_reason.as_ref())),
    ("outcome", |session| text(session.outcome.map(name))),
    ("verdict", |session| text(session.verdict.map(name))),
    ("reasons", reasons),
    ("stop_reason", |session| text(session.stop_reason.as_ref())),
    ("roller_id", |session| text(session.roller.as_ref().map(|roller| &roller.id))),
    ("roller_name", |session| text(session.roller.as_ref().map(|roller| &roller.name))),
    ("needle_um", |session| text(session.roller.as_ref().map(|roller| roller.needle_um))),
    ("roller_uses_before", |session| text(session.roller.as_ref().and_then(|roller| roller.uses_before))),
    ("roller_retired", |session| text(session.roller.as_ref().map(|roller| yes(roller.retired)))),
    ("length_acknowledged", |session| {
        text(session.roller.as_ref().and_then(|roller| roller.length_acknowledged).map(yes))
    }),
    ("kept", |session| text(session.contact.as_ref().map(|contact| &contact.kept))),
    ("contact_ms", |session| text(session.contact.as_ref().and_then(|contact| contact.ms))),
    ("sections_rolled", |session| sections(session, SectionEnd::is_done)),
    ("sections_skipped", |session| sections(session, |end| end == SectionEnd::Skipped)),
    ("sections_stopped", |session| sections(session, |end| end == SectionEnd::Stopped)),
    ("sections_left_out", |session| sections(session, |end| end == SectionEnd::LeftOut)),
    ("sections_not_reached", |session| sections(session, |end| end == SectionEnd::NotReached)),
    ("skipped_because", |session| because(session, |part| &part.skipped_because)),
    ("went_round", |session| because(session, |part| &part.went_round)),
    ("planned_ms", |session| text(planned(session))),
    ("rolled_ms", |session| text(session.rolled_ms)),
    ("strokes", |session| text(strokes(session))),
    ("cut_off", |session| text(cut_off(session))),
    ("pauses", |session| text(session.on_the_way.as_ref().map(|way| way.pauses))),
    ("paused_ms", |session| text(session.on_the_way.as_ref().map(|way| way.paused_ms))),
    ("touches", |session| text(session.on_the_way.as_ref().map(|way| way.touches))),
    ("hand_cleans", |session| text(session.on_the_way.as_ref().map(|way| way.hand_cleans))),
    ("roller_events", |session| text(session.on_the_way.as_ref().map(|way| way.roller_events))),
    ("cues_heard", |session| text(session.on_the_way.as_ref().and_then(|way| way.cues_heard).map(yes))),
    ("serum", |session| text(session.serum.as_ref().map(|serum| &serum.name))),
    ("serum_opened", |session| text(session.serum.as_ref().and_then(|serum| serum.opened))),
    ("felt", |session| text(session.felt)),
    ("sign_out", |session| listed(session.sign_out.iter().map(signed_out))),
    ("note", |session| text(session.note.as_ref())),
    ("later_notes", later),
    ("answers_not_no", answers),
    ("app", |session| session.app.clone()),
    ("protocol", |session| session.protocol.clone()),
    ("damaged", |session| yes(session.damaged)),
    ("rollers_used", |session| listed(session.rollers.iter().cloned())),
    ("serum_brand", |session| text(session.serum.as_ref().and_then(|serum| serum.brand.as_ref()))),
    ("struck", |session| text(session.struck.as_ref().map(|struck| struck.at.text()))),
    ("struck_why", |session| text(session.struck.as_ref().map(|struck| &struck.why))),
    ("corrected", |session| text(session.corrected.map(Timestamp::text))),
    ("blood_or_welts", |session| text(session.blood_or_welts.then_some("yes"))),
];

/// Writes `sessions` to `out` as a table.
///
/// # Errors
/// If `out` cannot be written.
pub fn csv<S: Borrow<Past>>(sessions: impl IntoIterator<Item = S>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS.iter().map(|(name, _)| name)).map_err(io_error)?;
    for session in sessions {
        writer
            .write_record(COLUMNS.iter().map(|(_, value)| harmless(&value(session.borrow())).into_owned()))
            .map_err(io_error)?;
    }
    writer.flush()
}

/// A closing question by its id, with its answer. The one of version 0.1.0 that asked about three things at once is given
/// in its words, since its id names one of them alone.
fn signed_out(asked: &SignOutRow) -> String {
    let of_three = asked.question == SignOutItem::BLOOD;
    let question = if of_three { "blood, welts or strong pain" } else { &asked.question };
    format!("{question}: {}", name(asked.said))
}

/// The error of `out` itself, whose kind tells whether the reader has gone.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// `text` as a cell that no spreadsheet takes for a formula: an apostrophe is put before a first character that would
/// begin one. Spaces and characters without width before it do not count, because some programs skip them. Nothing else
/// is changed.
fn harmless(text: &str) -> Cow<'_, str> {
    let first = text.chars().find(|c| !c.is_whitespace() && hidden(*c).is_none());
    let formula = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if formula || text.starts_with(['\t', '\r', '\n']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The name that files use.
fn name(value: impl Into<&'static str>) -> String {
    value.into().to_owned()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn sections(session: &Past, is_meant: fn(SectionEnd) -> bool) -> String {
    listed(session.ended_as(is_meant).map(|part| part.section.id().to_owned()))
}

fn because(session: &Past, items: fn(&SectionRow) -> &Vec<String>) -> String {
    let parts = session.sections.iter().filter(|part| !items(part).is_empty());
    listed(parts.map(|part| format!("{}: {}", part.section.id(), items(part).join(", "))))
}

/// A session from paper was entered later, and nobody timed it.
fn is_timed(session: &Past) -> bool {
    session.kind != RecordKind::Log
}

fn planned(session: &Past) -> Option<u64> {
    let mut planned = session.sections.iter().filter_map(|part| part.planned_ms);
    planned.next().map(|first| planned.fold(first, u64::saturating_add))
}

fn strokes(session: &Past) -> Option<usize> {
    is_timed(session).then(|| session.sections.iter().map(|part| part.strokes.len()).sum())
}

fn cut_off(session: &Past) -> Option<u64> {
    is_timed(session).then(|| session.sections.iter().filter_map(|part| part.cut_off).map(u64::from).sum())
}

fn reasons(session: &Past) -> String {
    listed(session.reasons.iter().map(|reason| {
        let days = reason.days_left.map(|days| format!(", {days} days left")).unwrap_or_default();
        format!("{}: {}, {}{days}", reason.item, name(reason.answer), reason.because)
    }))
}

fn later(session: &Past) -> String {
    listed(session.follow_ups.iter().map(|later| {
        let day = later.day.map(|day| format!(" (day {day})")).unwrap_or_default();
        let struck = if later.struck.is_some() { " (struck out)" } else { "" };
        format!("{}{day}: {}{struck}", later.written.text().get(..10).unwrap_or_default(), later.said())
    }))
}

fn answers(session: &Past) -> String {
    let risks = session.answers.iter().filter(|answer| answer.answer.answer != Said::No);
    listed(risks.map(|answer| format!("{}: {}", answer.item, name(answer.answer.answer))))
}
