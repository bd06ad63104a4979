//! One event as a block of a session file, in both directions. Whatever the protocol names goes in by its name and
//! never by its place, so that a record can be read without the protocol it was made under.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::codes::Code;
use super::event_fields;
use super::stamp::Stamp;
use super::text::Lines;
use engine::protocol::Protocol;
use engine::session::Entry;
use engine::timeline::{Moment, Now};

/// In which part of the file an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Before the summary.
    Session,
    /// After it, in the same run.
    Later,
}

/// Why an entry cannot be written, or not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireError {
    /// Number of the entry.
    pub number: u32,
    /// The field that is at fault.
    pub field: &'static str,
}

impl fmt::Display for WireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "entry {} does not fit the protocol: its {} is not known there", self.number, self.field)
    }
}

impl std::error::Error for WireError {}

/// An event as it stands in the file. Which fields there are follows from `event`; all others are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// Number of the entry: 1, 2, 3 … through both parts.
    pub n: u32,
    /// Milliseconds on the session's own time line.
    pub t: u64,
    /// Wall time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Stamp>,
    /// What happened.
    pub event: String,
    /// Id of a roller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roller: Option<String>,
    /// What its owner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Needle length in micrometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needle_um: Option<u32>,
    /// Sessions before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<u32>,
    /// `in-liquid` or `sealed-pack`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// Milliseconds for which it had been in the liquid already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub already_ms: Option<u64>,
    /// The needle length was acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<bool>,
    /// Id of a question of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The wording of the question, of the list or of the sign-out, as it stood on the screen. Records of the first
    /// builds have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// `no`, `yes` or `not-sure`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What a doctor said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doctor: Option<String>,
    /// Ids of the things meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub which: Option<Vec<String>>,
    /// Days since the last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_ago: Option<u32>,
    /// What of the two above the person was not sure of: `which`, `when`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsure_of: Option<Vec<String>>,
    /// Ids of sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<String>>,
    /// True: everywhere, or not sure where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub everywhere: Option<bool>,
    /// `skip` or `go-round`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<String>,
    /// `clear`, `skip` or `stop`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Whether the cues were noticed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard: Option<bool>,
    /// Which countdown ran out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Id of a section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Id of a stroke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stroke: Option<String>,
    /// Why it was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Id of the reason for stopping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Milliseconds for which nothing ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span_ms: Option<u64>,
    /// The shortest time away that the clocks allow, in milliseconds; absent when they could not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_least_ms: Option<u64>,
    /// The longest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_most_ms: Option<u64>,
    /// Which boot of the computer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boot: Option<String>,
    /// Milliseconds since that boot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boot_ms: Option<u64>,
    /// Checksum of the protocol's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_fingerprint: Option<String>,
    /// Checksum of the questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checklist_fingerprint: Option<String>,
    /// Milliseconds rolled in each stroke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strokes_ms: Option<Vec<u64>>,
    /// Milliseconds rolled in the one that was halted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_ms: Option<u64>,
    /// Ids of the strokes of every section, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strokes: Option<Vec<String>>,
    /// How many of them were cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<u32>,
    /// How a section ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Id of a question of the sign-out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answer to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// 0 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The person's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Checksum.
    pub sum: String,
}

impl Fields {
    /// `entry` in the names of `protocol`, without its checksum.
    ///
    /// # Errors
    /// When the entry speaks of something that `protocol` does not have.
    pub fn of(protocol: &Protocol, entry: &Entry) -> Result<Fields, WireError> {
        let mut fields = Fields {
            n: entry.number,
            t: entry.now.moment.millis().min(i64::MAX.unsigned_abs()),
            at: Some(Stamp::of(entry.now.wall)),
            ..Fields::default()
        };
        match event_fields::fill(protocol, &entry.event, &mut fields) {
            Ok(()) => Ok(fields),
            Err(field) => Err(WireError { number: entry.number, field }),
        }
    }

    /// The entry in the places of `protocol`.
    ///
    /// # Errors
    /// When a name is not in `protocol`, a field is missing, or there is one too many.
    pub fn entry(&self, protocol: &Protocol) -> Result<Entry, WireError> {
        let wrong = |field| WireError { number: self.n, field };
        let at = self.at.ok_or(wrong("at"))?;
        let event = event_fields::read(protocol, self).map_err(wrong)?;
        let now = Now { moment: Moment::from_millis(self.t), wall: at.wall() };
        let entry = Entry { number: self.n, now, event };
        // What the entry would be written as must be what was read: nothing missing, nothing too much.
        let again = Fields::of(protocol, &entry)?;
        let asked = again.asked.clone().filter(|_| self.asked.is_some());
        let again = Fields { sum: self.sum.clone(), asked, ..again };
        if again == *self { Ok(entry) } else { Err(wrong("set of fields")) }
    }

    /// The block in the file, tied to it by `key`, the checksum of the header.
    pub fn to_text(&self, part: Part, key: &str) -> String {
        let mut lines = Lines::new(match part {
            Part::Session => "[[entry]]",
            Part::Later => "[[later]]",
        });
        lines.number("n", Some(u64::from(self.n)));
        lines.number("t", Some(self.t));
        if let Some(at) = self.at {
            lines.time("at", at);
        }
        lines.text("event", Some(&self.event));
        lines.text("roller", self.roller.as_deref());
        lines.text("name", self.name.as_deref());
        lines.number("needle_um", self.needle_um.map(u64::from));
        lines.number("uses", self.uses.map(u64::from));
        lines.text("kept", self.kept.as_deref());
        lines.number("already_ms", self.already_ms);
        lines.flag("acknowledged", self.acknowledged);
        lines.text("item", self.item.as_deref());
        lines.text("asked", self.asked.as_deref());
        lines.text("answer", self.answer.as_deref());
        lines.text("doctor", self.doctor.as_deref());
        lines.texts("which", self.which.as_deref());
        lines.number("days_ago", self.days_ago.map(u64::from));
        lines.texts("unsure_of", self.unsure_of.as_deref());
        lines.texts("sections", self.sections.as_deref());
        lines.flag("everywhere", self.everywhere);
        lines.text("keep", self.keep.as_deref());
        lines.text("verdict", self.verdict.as_deref());
        lines.flag("heard", self.heard);
        lines.text("due", self.due.as_deref());
        lines.text("section", self.section.as_deref());
        lines.text("stroke", self.stroke.as_deref());
        lines.text("cause", self.cause.as_deref());
        lines.text("reason", self.reason.as_deref());
        lines.number("span_ms", self.span_ms);
        lines.number("away_least_ms", self.away_least_ms);
        lines.number("away_most_ms", self.away_most_ms);
        lines.text("boot", self.boot.as_deref());
        lines.number("boot_ms", self.boot_ms);
        lines.text("protocol_fingerprint", self.protocol_fingerprint.as_deref());
        lines.text("checklist_fingerprint", self.checklist_fingerprint.as_deref());
        lines.numbers("strokes_ms", self.strokes_ms.as_deref());
        lines.number("part_ms", self.part_ms);
        lines.texts("strokes", self.strokes.as_deref());
        lines.number("cut_off", self.cut_off.map(u64::from));
        lines.text("end", self.end.as_deref());
        lines.text("question", self.question.as_deref());
        lines.text("said", self.said.as_deref());
        lines.number("level", self.level.map(u64::from));
        lines.text("text", self.text.as_deref());
        lines.seal(key)
    }
}

/// The value that the field called `field` names.
pub(super) fn coded<T: Code>(text: Option<&String>, field: &'static str) -> Result<T, &'static str> {
    text.and_then(|text| T::from_code(text)).ok_or(field)
}
