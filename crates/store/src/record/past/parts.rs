//! The parts of a past session.

use serde::Serialize;

use crate::record::facts::Retirement;
use crate::record::header::RecordKind;
use crate::record::reading::Reading;
use crate::record::summary::{SectionFields, StrokeFields, SummaryFields};
use engine::protocol::Section;
use engine::session::{Event, SectionEnd};

/// A roller as it was in the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Roller"))]
pub struct RollerRow {
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
#[cfg_attr(test, schemars(rename = "Contact"))]
pub struct ContactRow {
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
    pub strokes: Vec<StrokeFields>,
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

impl OnTheWay {
    /// None where another protocol took over on the way: nobody counted what was before.
    pub(super) fn of(summary: &SummaryFields) -> Option<OnTheWay> {
        Some(OnTheWay {
            pauses: summary.pauses?,
            paused_ms: summary.paused_ms?,
            touches: summary.touches?,
            hand_cleans: summary.hand_cleans?,
            roller_events: summary.roller_events?,
            cues_heard: summary.cues_heard,
        })
    }
}

impl RollerRow {
    /// Which use of it this was, from 1; not known of a session from paper.
    pub fn use_number(&self) -> Option<u32> {
        self.uses_before.map(|before| before.saturating_add(1))
    }
}

impl SectionRow {
    pub(super) fn of(fields: &SectionFields, is_timed: bool) -> SectionRow {
        SectionRow {
            section: fields.section,
            end: fields.end,
            planned_ms: is_timed.then_some(fields.planned_ms),
            rolled_ms: is_timed.then_some(fields.rolled_ms),
            strokes: fields.strokes.clone(),
            skipped_because: fields.skip.clone(),
            went_round: fields.round.clone(),
            cut_off: is_timed.then_some(fields.cut_off),
            one_more: is_timed.then_some(fields.one_more),
        }
    }
}

/// The roller of the summary. A file that lost its summary still tells which one was taken last. `retired` are those
/// that were retired, as the entries tell: some are retired before rolling, others by the closing questions, after
/// the summary was written.
pub(super) fn roller(reading: &Reading, retired: &[Retirement]) -> Option<RollerRow> {
    let is_timed = reading.header.kind != RecordKind::Log;
    let is_said = reading.summary.as_ref().is_some_and(|summary| summary.roller_retired);
    let is_retired = |id: &String| is_said || retired.iter().any(|retired| retired.roller == *id);
    let of_summary = || {
        let summary = reading.summary.as_ref()?;
        Some(RollerRow {
            id: summary.roller.clone()?,
            name: summary.roller_name.clone()?,
            needle_um: summary.needle_um?,
            uses_before: Some(summary.roller_uses?).filter(|_| is_timed),
            retired: summary.roller.as_ref().is_some_and(is_retired),
            length_acknowledged: is_timed.then_some(summary.length_acknowledged),
        })
    };
    let of_entry = || {
        let taken = reading.entries.iter().rev().find_map(|entry| Some((entry.event.roller()?, &entry.event)))?;
        let (roller, event) = taken;
        Some(RollerRow {
            id: roller.id.clone(),
            name: roller.name.clone(),
            needle_um: roller.needle.0,
            uses_before: Some(roller.uses),
            retired: is_retired(&roller.id),
            length_acknowledged: Some(matches!(event, Event::RollerSwapped { acknowledged: true, .. })),
        })
    };
    of_summary().or_else(of_entry)
}
