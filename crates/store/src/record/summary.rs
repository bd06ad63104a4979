//! The summary of a session as a block of its file, in the names of the protocol.

use serde::{Deserialize, Serialize};

use super::text::{LONGEST_NAME, TomlBlock, millis, quoted, quoted_list, truncated};
use super::timestamp::Timestamp;
use engine::protocol::{ItemIx, Protocol, Section};
use engine::safety::{Because, Reason, Sureness};
use engine::session::{ContactKept, Judgement, Outcome, SectionEnd, SectionSummary, Summary};

/// Why an answer stopped the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Reason"))]
#[serde(deny_unknown_fields)]
pub struct ReasonFields {
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

/// A stroke that was rolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Stroke"))]
#[serde(deny_unknown_fields)]
pub struct StrokeFields {
    /// Its id.
    pub stroke: String,
    /// For how long, in milliseconds.
    pub ms: u64,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFields {
    /// Which.
    pub section: Section,
    /// How it ended.
    pub end: SectionEnd,
    /// The time it would have taken, in milliseconds.
    pub planned_ms: u64,
    /// The time for which the clock ran in it, in milliseconds.
    pub rolled_ms: u64,
    /// What was rolled, in order.
    pub strokes: Vec<StrokeFields>,
    /// Ids of the questions because of which it was skipped.
    pub skip: Vec<String>,
    /// Ids of the questions whose spots were gone round.
    pub round: Vec<String>,
    /// How many of the strokes were cut off by a crash; absent for none.
    #[serde(default)]
    pub cut_off: u32,
    /// One more stroke was asked for.
    pub one_more: bool,
}

impl SectionFields {
    /// Whether it came to an end of its own.
    pub fn is_done(&self) -> bool {
        self.end.is_done()
    }
}

/// The summary as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryFields {
    /// How it ended.
    pub outcome: Outcome,
    /// When it was closed.
    pub closed: Timestamp,
    /// How many entries stand before it.
    pub entries: u32,
    /// The verdict, if the list was confirmed.
    pub verdict: Option<Judgement>,
    /// Why the list stopped it.
    pub reasons: Vec<ReasonFields>,
    /// Id of the reason for stopping early.
    pub stop_reason: Option<String>,
    /// Id of the roller in use at the end.
    pub roller: Option<String>,
    /// What its owner calls it.
    pub roller_name: Option<String>,
    /// Needle length in micrometres.
    pub needle_um: Option<u32>,
    /// Sessions in which it was used before this one.
    pub roller_uses: Option<u32>,
    /// It was retired in this session.
    pub roller_retired: bool,
    /// Needles above the article's limit were acknowledged.
    pub length_acknowledged: bool,
    /// `none`, `sealed-pack` or `in-liquid`; absent where it was before another protocol took over.
    pub contact: Option<String>,
    /// Milliseconds for which it was in the liquid.
    pub contact_ms: Option<u64>,
    /// Whether the cues were noticed at the mirror.
    pub cues_heard: Option<bool>,
    /// Rolling time in all, in milliseconds.
    pub rolled_ms: u64,
    /// How often it was paused. This and the next four are absent where another protocol took over on the way.
    pub pauses: Option<u32>,
    /// How long it stood still, in milliseconds.
    pub paused_ms: Option<u64>,
    /// Keys touched while hands free.
    pub touches: Option<u32>,
    /// Hand cleanings gone through.
    pub hand_cleans: Option<u32>,
    /// How often the roller touched something.
    pub roller_events: Option<u32>,
    /// The sections in the order in which they were to be rolled.
    pub order: Vec<Section>,
    /// All five sections, in the article's order.
    pub sections: Vec<SectionFields>,
    /// Checksum.
    pub sum: String,
}

impl SummaryFields {
    /// `summary` in the names of `protocol`, without its checksum; `entries` is the number of entries before it.
    ///
    /// # Errors
    /// The field that speaks of something that `protocol` does not have.
    pub fn of(protocol: &Protocol, summary: &Summary, entries: u32) -> Result<SummaryFields, &'static str> {
        let (contact, contact_ms) = match summary.contact {
            ContactKept::None if summary.carried => (None, None),
            ContactKept::None => (Some("none"), None),
            ContactKept::SealedPack => (Some("sealed-pack"), None),
            ContactKept::InLiquid(span) => (Some("in-liquid"), Some(millis(span))),
        };
        let counted = |count: u32| (!summary.carried).then_some(count);
        let stop_reason = match summary.stop_reason {
            Some(place) => Some(protocol.stop_reasons.get(place).ok_or("stop_reason")?.id.clone()),
            None => None,
        };
        let roller = summary.roller.as_ref();
        let reasons: Result<Vec<_>, _> = summary.reasons.iter().map(|reason| reason_fields(protocol, reason)).collect();
        let sections = summary.sections.iter().map(|(section, summary)| section_fields(protocol, section, summary));
        Ok(SummaryFields {
            outcome: summary.outcome,
            closed: Timestamp::of(summary.closed),
            entries,
            verdict: summary.judgement,
            reasons: reasons?,
            stop_reason,
            roller: roller.map(|roller| truncated(&roller.id, LONGEST_NAME)),
            roller_name: roller.map(|roller| truncated(&roller.name, LONGEST_NAME)),
            needle_um: roller.map(|roller| roller.needle.0),
            roller_uses: roller.map(|roller| roller.uses),
            roller_retired: summary.roller_retired,
            length_acknowledged: summary.length_acknowledged,
            contact: contact.map(str::to_owned),
            contact_ms,
            cues_heard: summary.cues_heard,
            rolled_ms: millis(summary.rolled),
            pauses: counted(summary.pauses),
            paused_ms: (!summary.carried).then(|| millis(summary.paused)),
            touches: counted(summary.touches),
            hand_cleans: counted(summary.hand_cleans),
            roller_events: counted(summary.roller_events),
            order: summary.order.clone(),
            sections: sections.collect::<Result<Vec<_>, _>>()?,
            sum: String::new(),
        })
    }

    /// The block in the file, tied to it by `key`, the checksum of the header. Lists of more than one value are
    /// inline tables, so that the checksum can be the last key.
    pub fn to_text(&self, key: &str) -> String {
        let mut lines = TomlBlock::new("[summary]");
        lines.text("outcome", Some(self.outcome.into()));
        lines.time("closed", self.closed);
        lines.number("entries", Some(u64::from(self.entries)));
        lines.text("verdict", self.verdict.map(Into::into));
        lines.raw("reasons", &rows(self.reasons.iter().map(ReasonFields::inline)));
        lines.text("stop_reason", self.stop_reason.as_deref());
        lines.text("roller", self.roller.as_deref());
        lines.text("roller_name", self.roller_name.as_deref());
        lines.number("needle_um", self.needle_um.map(u64::from));
        lines.number("roller_uses", self.roller_uses.map(u64::from));
        lines.flag("roller_retired", Some(self.roller_retired));
        lines.flag("length_acknowledged", Some(self.length_acknowledged));
        lines.text("contact", self.contact.as_deref());
        lines.number("contact_ms", self.contact_ms);
        lines.flag("cues_heard", self.cues_heard);
        lines.number("rolled_ms", Some(self.rolled_ms));
        lines.number("pauses", self.pauses.map(u64::from));
        lines.number("paused_ms", self.paused_ms);
        lines.number("touches", self.touches.map(u64::from));
        lines.number("hand_cleans", self.hand_cleans.map(u64::from));
        lines.number("roller_events", self.roller_events.map(u64::from));
        lines.raw("order", &quoted_list(self.order.iter().map(|section| section.id())));
        lines.raw("sections", &rows(self.sections.iter().map(SectionFields::inline)));
        lines.seal(key)
    }

    /// Whether the drum was on the skin at all, for however long.
    pub fn touched_skin(&self) -> bool {
        self.rolled_ms > 0 || self.sections.iter().any(|section| section.cut_off > 0)
    }
}

impl ReasonFields {
    fn inline(&self) -> String {
        let days = self.days_left.map(|days| format!(", days_left = {days}")).unwrap_or_default();
        let (item, answer, because) = (quoted(&self.item), quoted(self.answer.into()), quoted(&self.because));
        format!("{{ item = {item}, answer = {answer}, because = {because}{days} }}")
    }
}

impl SectionFields {
    fn inline(&self) -> String {
        let stroke = |stroke: &StrokeFields| format!("{{ stroke = {}, ms = {} }}", quoted(&stroke.stroke), stroke.ms);
        let strokes: Vec<String> = self.strokes.iter().map(stroke).collect();
        format!(
            "{{ section = {}, end = {}, planned_ms = {}, rolled_ms = {}, strokes = [{}], skip = {}, round = {}{}, \
             one_more = {} }}",
            quoted(self.section.id()),
            quoted(self.end.into()),
            self.planned_ms,
            self.rolled_ms,
            strokes.join(", "),
            quoted_list(self.skip.iter().map(String::as_str)),
            quoted_list(self.round.iter().map(String::as_str)),
            if self.cut_off > 0 { format!(", cut_off = {}", self.cut_off) } else { String::new() },
            self.one_more,
        )
    }
}

fn reason_fields(protocol: &Protocol, reason: &Reason) -> Result<ReasonFields, &'static str> {
    Ok(ReasonFields {
        item: item_id(protocol, reason.item)?,
        answer: reason.sureness,
        because: <&str>::from(reason.because).to_owned(),
        days_left: match reason.because {
            Because::TooSoon { days_left } => Some(days_left),
            Because::Listed | Because::NotAsked | Because::SaidNo | Because::NoSectionLeft => None,
        },
    })
}

fn section_fields(
    protocol: &Protocol,
    which: Section,
    section: &SectionSummary,
) -> Result<SectionFields, &'static str> {
    let ids = |items: &[ItemIx]| items.iter().map(|item| item_id(protocol, *item)).collect::<Result<Vec<_>, _>>();
    let stroke = |(place, span): &(usize, core::time::Duration)| match protocol.strokes.get(*place) {
        Some(stroke) => Ok(StrokeFields { stroke: stroke.id.clone(), ms: millis(*span) }),
        None => Err("strokes"),
    };
    Ok(SectionFields {
        section: which,
        end: section.end,
        planned_ms: millis(section.planned),
        rolled_ms: millis(section.rolled),
        strokes: section.strokes.iter().map(stroke).collect::<Result<Vec<_>, _>>()?,
        skip: ids(&section.skip)?,
        round: ids(&section.round)?,
        cut_off: section.cut_off,
        one_more: section.one_more,
    })
}

fn item_id(protocol: &Protocol, item: ItemIx) -> Result<String, &'static str> {
    protocol.checklist.item(item).map(|item| item.id.clone()).ok_or("item")
}

/// An array with one value on each line; empty on one line.
fn rows(values: impl Iterator<Item = String>) -> String {
    let rows: String = values.map(|value| format!("  {value},\n")).collect();
    if rows.is_empty() { "[]".to_owned() } else { format!("[\n{rows}]") }
}
