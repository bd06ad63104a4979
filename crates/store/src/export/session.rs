//! One session as it is exported: the fields of docs/schemas/export.schema.json, in this order.

mod answers;

use serde::Serialize;

pub use self::answers::{Answer, Asked};
use super::later::Later;
#[cfg(test)]
use super::shape;
use crate::calendar::Date;
use crate::record::summary::{ReasonFields, SectionFields};
use crate::record::{Day, Past, Reading, RecordKind, Remark, Stamp};
use engine::protocol::Section;
use engine::safety::Sureness;
use engine::session::{Event, Judgement, Outcome, SectionEnd};

/// A session, a trial or a check of the list. What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Session {
    /// The name of its file without the ending: the start in UTC and four characters.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub id: String,
    /// Of what it is a record.
    pub kind: RecordKind,
    /// Made with times outside the usual ranges; never counted.
    pub trial: bool,
    /// It counts as a session: no check, no trial, and the drum was on the skin.
    pub counted: bool,
    /// A part of its file is damaged; what is sound is given.
    pub damaged: bool,
    /// When it began: local time with its offset.
    #[cfg_attr(test, schemars(with = "shape::Moment"))]
    pub started: Stamp,
    /// When it was closed, if that is known; of paper it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Moment>"))]
    pub ended: Option<Stamp>,
    /// When its record was closed: for a session from paper when it was entered. No part of an export.
    #[serde(skip)]
    #[cfg_attr(test, schemars(skip))]
    pub entered: Option<Stamp>,
    /// Local days since the session before it that counts, for one that does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_since_previous: Option<i64>,
    /// Why it was begun before the interval was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_reason: Option<String>,
    /// How it ended; not known of a damaged record that was never closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::End>"))]
    pub outcome: Option<Outcome>,
    /// Of the list, if it was confirmed: `clear`, `skip` or `stop`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub verdict: Option<Judgement>,
    /// Why the list stopped it.
    pub reasons: Vec<Reason>,
    /// Id of the person's reason for stopping early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<String>,
    /// The answers that held in the end, one for each question.
    pub answers: Vec<Answer>,
    /// The roller that was in use at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roller: Option<Roller>,
    /// Ids of all rollers that touched the skin, in order: more than one where a spare was taken.
    pub rollers_used: Vec<String>,
    /// How the roller was kept before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The sections in the article's order; none for a check.
    pub sections: Vec<SectionRow>,
    /// Rolling time in all, in milliseconds. Nobody timed what was on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolled_ms: Option<u64>,
    /// What came between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_the_way: Option<OnTheWay>,
    /// The serum that was meant to be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serum: Option<Serum>,
    /// The answers of the sign-out.
    pub sign_out: Vec<Asked>,
    /// How it felt; the program asks for 0 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub felt: Option<u8>,
    /// The person's note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Notes of the days after, oldest first.
    pub later: Vec<Later>,
    /// Version of the program that made the record.
    pub app: String,
    /// Id of the protocol that was followed.
    pub protocol: String,
}

/// Why an answer stopped the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reason {
    /// Id of the question.
    pub item: String,
    /// `yes` or `not-sure`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub answer: Sureness,
    /// What about it stops: `listed`, `not-asked`, `said-no`, `too-soon` or `no-section-left`.
    pub because: String,
    /// For `too-soon`: days until it would not have stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<u32>,
}

/// A roller as it was in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Roller {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Needle length in micrometres.
    pub needle_um: u32,
    /// Sessions in which it was used before. Not known of a session from paper, before which others may be entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_before: Option<u32>,
    /// It was retired in this session.
    pub retired: bool,
    /// Needles above the article's limit were acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_acknowledged: Option<bool>,
}

/// How the roller was kept before rolling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contact {
    /// `none`, `sealed-pack` or `in-liquid`.
    pub kept: String,
    /// How long it was in the liquid, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionRow {
    /// Its id: `upper-right`, `upper-left`, `lower-right`, `lower-left` or `mouth`, the person's own sides.
    #[cfg_attr(test, schemars(with = "String"))]
    pub section: Section,
    /// `done`, `enough`, `left-out`, `skipped`, `stopped` or `not-reached`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub end: SectionEnd,
    /// The time it would have taken, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_ms: Option<u64>,
    /// The time for which the clock ran in it, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolled_ms: Option<u64>,
    /// What was rolled, in order.
    pub strokes: Vec<Stroke>,
    /// Ids of the questions because of which it was skipped.
    pub skipped_because: Vec<String>,
    /// Ids of the questions whose spots were gone round.
    pub went_round: Vec<String>,
    /// How many of the strokes were cut off, their time not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<u32>,
    /// One more stroke was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_more: Option<bool>,
}

/// A stroke that was rolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stroke {
    /// Its id.
    pub stroke: String,
    /// For how long, in milliseconds.
    pub ms: u64,
}

/// What came between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OnTheWay {
    /// How often it was paused.
    pub pauses: u32,
    /// How long it stood still, in milliseconds.
    pub paused_ms: u64,
    /// Keys touched while hands free.
    pub touches: u32,
    /// Hand cleanings gone through.
    pub hand_cleans: u32,
    /// How often the roller touched something.
    pub roller_events: u32,
    /// Whether the cues were noticed at the mirror.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cues_heard: Option<bool>,
}

/// Serum or moisturiser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Serum {
    /// Its name.
    pub name: String,
    /// Who makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The day on which it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Date>"))]
    pub opened: Option<Day>,
}

impl Session {
    /// What `past` and `reading` of one file say, with the notes beside it. `previous` is the day of the session
    /// before it that counts.
    pub(super) fn of(past: &Past, reading: &Reading, remarks: Vec<Remark>, previous: Option<Date>) -> Session {
        let (header, summary) = (&reading.header, reading.summary.as_ref());
        let parts = || summary.iter().flat_map(|summary| &summary.sections);
        // What nobody counted stands as 0 in the record of a session from paper.
        let is_timed = header.kind != RecordKind::Log;
        // Sessions come in the order of their time. On a way across the date line the next may begin on the day before.
        let since = |previous| Date::of(past.started.wall()).days_since(previous).max(0);
        Session {
            id: past.id.clone(),
            kind: past.kind,
            trial: past.trial,
            counted: past.counts(),
            damaged: !past.damaged_lines.is_empty() || past.torn,
            started: past.started,
            ended: past.closed.filter(|_| is_timed),
            entered: past.closed,
            days_since_previous: previous.filter(|_| past.counts()).map(since),
            early_reason: header.early_reason.clone(),
            outcome: past.outcome,
            verdict: summary.and_then(|summary| summary.verdict),
            reasons: summary.iter().flat_map(|summary| &summary.reasons).map(Reason::of).collect(),
            stop_reason: past.stop_reason.clone(),
            answers: answers::of_list(reading),
            roller: roller(reading),
            rollers_used: past.rollers.clone(),
            contact: summary
                .and_then(|summary| Some(Contact { kept: summary.contact.clone()?, ms: summary.contact_ms }))
                .filter(|_| header.kind == RecordKind::Session),
            sections: parts().map(|part| SectionRow::of(part, is_timed)).collect(),
            rolled_ms: is_timed.then(|| summary.map_or(0, |summary| summary.rolled_ms)),
            on_the_way: summary.filter(|_| is_timed).and_then(|summary| {
                Some(OnTheWay {
                    pauses: summary.pauses?,
                    paused_ms: summary.paused_ms?,
                    touches: summary.touches?,
                    hand_cleans: summary.hand_cleans?,
                    roller_events: summary.roller_events?,
                    cues_heard: summary.cues_heard,
                })
            }),
            serum: header.serum.clone().map(|name| Serum {
                name,
                brand: header.serum_brand.clone(),
                opened: header.serum_opened,
            }),
            sign_out: answers::of_sign_out(reading),
            felt: past.felt,
            note: past.note.clone(),
            later: remarks.into_iter().map(Later::of).collect(),
            app: header.app.clone(),
            protocol: header.protocol.clone(),
        }
    }

    /// The local day on which it began.
    pub fn day(&self) -> Date {
        Date::of(self.started.wall())
    }

    /// The sections that ended in one of these ways.
    pub(super) fn ended_as(&self, is_meant: impl Fn(SectionEnd) -> bool) -> impl Iterator<Item = &SectionRow> {
        self.sections.iter().filter(move |part| is_meant(part.end))
    }
}

impl Reason {
    fn of(fields: &ReasonFields) -> Reason {
        Reason {
            item: fields.item.clone(),
            answer: fields.answer,
            because: fields.because.clone(),
            days_left: fields.days_left,
        }
    }
}

impl SectionRow {
    fn of(fields: &SectionFields, is_timed: bool) -> SectionRow {
        let strokes = fields.strokes.iter().map(|stroke| Stroke { stroke: stroke.stroke.clone(), ms: stroke.ms });
        SectionRow {
            section: fields.section,
            end: fields.end,
            planned_ms: is_timed.then_some(fields.planned_ms),
            rolled_ms: is_timed.then_some(fields.rolled_ms),
            strokes: strokes.collect(),
            skipped_because: fields.skip.clone(),
            went_round: fields.round.clone(),
            cut_off: is_timed.then_some(fields.cut_off),
            one_more: is_timed.then_some(fields.one_more),
        }
    }
}

/// The roller of the summary. A file that lost its summary still tells which one was taken last.
fn roller(reading: &Reading) -> Option<Roller> {
    let is_timed = reading.header.kind != RecordKind::Log;
    let of_summary = || {
        let summary = reading.summary.as_ref()?;
        Some(Roller {
            id: summary.roller.clone()?,
            name: summary.roller_name.clone()?,
            needle_um: summary.needle_um?,
            uses_before: Some(summary.roller_uses?).filter(|_| is_timed),
            retired: summary.roller_retired,
            length_acknowledged: is_timed.then_some(summary.length_acknowledged),
        })
    };
    let of_entry = || {
        let taken = reading.entries.iter().rev().find_map(|entry| Some((entry.event.roller()?, &entry.event)))?;
        let (roller, event) = taken;
        Some(Roller {
            id: roller.id.clone(),
            name: roller.name.clone(),
            needle_um: roller.needle.0,
            uses_before: Some(roller.uses),
            retired: false,
            length_acknowledged: Some(matches!(event, Event::RollerSwapped { acknowledged: true, .. })),
        })
    };
    of_summary().or_else(of_entry)
}
