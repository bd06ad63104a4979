//! The files as they are written: plain structs that refuse unknown keys. Nothing here is checked beyond its type.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::times::TimeName;

/// A text with its place.
pub(crate) type Text = Spanned<String>;
/// A whole number with its place.
pub(crate) type Number = Spanned<i64>;

/// `[times]`; which of them a file must name depends on the file.
pub(crate) type RawTimes = BTreeMap<TimeName, Text>;

/// `protocol.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawProtocol {
    pub(super) id: Text,
    pub(super) see_a_doctor: Option<Text>,
    pub(super) times: Spanned<RawTimes>,
    #[serde(default)]
    pub(super) sources: BTreeMap<TimeName, RawFrom>,
    pub(super) section: Spanned<Vec<RawSection>>,
    pub(super) stroke: Spanned<Vec<RawStroke>>,
    #[serde(default)]
    pub(super) stop_reason: Vec<RawStopReason>,
    #[serde(default)]
    pub(super) sign_out: Vec<RawSignOut>,
    #[serde(default)]
    pub(super) aftercare: Vec<RawAftercare>,
    pub(super) rehearsal: Option<Spanned<RawRehearsal>>,
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawFrom {
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSection {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) bare: Text,
    pub(super) short: Text,
    pub(super) covers: Text,
    pub(super) bounds: Option<Text>,
    pub(super) keep_off: Text,
    pub(super) hands: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStroke {
    pub(super) id: Text,
    pub(super) direction: Text,
    pub(super) name: Text,
    pub(super) short: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStopReason {
    pub(super) id: Text,
    pub(super) key: Text,
    pub(super) text: Text,
    pub(super) no_serum: bool,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSignOut {
    pub(super) id: Text,
    pub(super) question: Text,
    pub(super) short: Text,
    pub(super) may_be_unsure: bool,
    pub(super) no_serum: bool,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawAftercare {
    pub(super) span: Text,
    pub(super) text: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// `[rehearsal]`: the times that differ from a session's, and the sample questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRehearsal {
    pub(super) contact: Text,
    pub(super) prepare: Text,
    pub(super) hand_clean: Text,
    pub(super) get_ready: Text,
    #[serde(rename = "move")]
    pub(super) move_on: Text,
    pub(super) later_stroke: Text,
    pub(super) saline: Text,
    pub(super) serum: Text,
    pub(super) questions: Vec<Text>,
}

/// `checklist.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawChecklist {
    pub(super) question: Spanned<Vec<RawQuestion>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawQuestion {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) question: Text,
    pub(super) why: Text,
    pub(super) group: Text,
    pub(super) consequence: Text,
    pub(super) kind: Option<Spanned<Vec<RawKind>>>,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawKind {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) days: Number,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// `limits.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawLimits {
    pub(super) needle: RawNeedle,
    pub(super) session: RawSessionLimits,
    pub(super) interval: RawInterval,
    pub(super) check_in: RawCheckIn,
    pub(super) roller_uses: RawRollerUses,
    pub(super) course: RawCourse,
    pub(super) time: BTreeMap<TimeName, RawRange>,
    pub(super) trial_time: RawRange,
    pub(super) file: RawFileLimits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawNeedle {
    pub(super) article_limit: u32,
    pub(super) longest: u32,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSessionLimits {
    pub(super) stale_after: Text,
    pub(super) answers_last: Text,
    pub(super) quick_answer: Text,
    pub(super) quick_answer_pause: Text,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawInterval {
    pub(super) least: u32,
    pub(super) shipped: u32,
    pub(super) most: u32,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawCheckIn {
    pub(super) days: Vec<u32>,
    pub(super) last_for: u32,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRollerUses {
    pub(super) warn: u32,
    pub(super) shipped: u32,
    pub(super) least: u32,
    pub(super) most: u32,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawCourse {
    pub(super) sessions: u32,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRange {
    pub(super) least: Text,
    pub(super) most: Text,
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawFileLimits {
    pub(super) questions: usize,
    pub(super) strokes: usize,
    pub(super) stop_reasons: usize,
    pub(super) sign_out: usize,
    pub(super) aftercare: usize,
    pub(super) title: usize,
    pub(super) name: usize,
    pub(super) text: usize,
}
