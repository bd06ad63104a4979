//! `limits.toml` as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{RawFrom, Text};
use crate::content::times::TimeName;

/// `limits.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawLimits {
    pub(in crate::content) needle: RawNeedle,
    pub(in crate::content) session: RawSessionLimits,
    pub(in crate::content) interval: RawInterval,
    pub(in crate::content) check_in: RawCheckIn,
    pub(in crate::content) roller_uses: RawRollerUses,
    pub(in crate::content) course: RawCourse,
    pub(in crate::content) cards: RawCards,
    pub(in crate::content) time: BTreeMap<TimeName, RawRange>,
    pub(in crate::content) trial_time: RawRange,
    pub(in crate::content) file: RawFileLimits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawNeedle {
    pub(in crate::content) article_limit: u32,
    pub(in crate::content) longest: u32,
    pub(in crate::content) sources: RawNeedleSources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawNeedleSources {
    pub(in crate::content) article_limit: RawFrom,
    pub(in crate::content) longest: RawFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawSessionLimits {
    pub(in crate::content) stale_after: Text,
    pub(in crate::content) answers_last: Text,
    pub(in crate::content) quick_answer: Text,
    pub(in crate::content) quick_answer_pause: Text,
    pub(in crate::content) firmness: Text,
    pub(in crate::content) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawInterval {
    pub(in crate::content) least: u32,
    pub(in crate::content) shipped: u32,
    pub(in crate::content) most: u32,
    pub(in crate::content) sources: RawIntervalSources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawIntervalSources {
    pub(in crate::content) least: RawFrom,
    pub(in crate::content) shipped: RawFrom,
    pub(in crate::content) most: RawFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawCheckIn {
    pub(in crate::content) days: Vec<u32>,
    pub(in crate::content) last_for: u32,
    pub(in crate::content) firmness: Text,
    pub(in crate::content) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawRollerUses {
    pub(in crate::content) warn: u32,
    pub(in crate::content) shipped: u32,
    pub(in crate::content) least: u32,
    pub(in crate::content) most: u32,
    pub(in crate::content) firmness: Text,
    pub(in crate::content) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawCourse {
    pub(in crate::content) sessions: u32,
    pub(in crate::content) firmness: Text,
    pub(in crate::content) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawCards {
    pub(in crate::content) words_a_second: u32,
    pub(in crate::content) known_for: u32,
    pub(in crate::content) sources: RawCardSources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawCardSources {
    pub(in crate::content) words_a_second: RawFrom,
    pub(in crate::content) known_for: RawFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawRange {
    pub(in crate::content) least: Text,
    pub(in crate::content) most: Text,
    pub(in crate::content) firmness: Text,
    pub(in crate::content) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::content) struct RawFileLimits {
    pub(in crate::content) questions: usize,
    pub(in crate::content) strokes: usize,
    pub(in crate::content) stop_reasons: usize,
    pub(in crate::content) sign_out: usize,
    pub(in crate::content) aftercare: usize,
    pub(in crate::content) title: usize,
    pub(in crate::content) text: usize,
}
