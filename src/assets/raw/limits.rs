//! What `limits.toml` looks like on the page.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{RawFrom, Text};
use crate::assets::times::TimeName;

/// `limits.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawLimits {
    pub(in crate::assets) needle: RawNeedle,
    pub(in crate::assets) session: RawSessionLimits,
    pub(in crate::assets) interval: RawInterval,
    pub(in crate::assets) check_in: RawCheckIn,
    pub(in crate::assets) roller_uses: RawRollerUses,
    pub(in crate::assets) course: RawCourse,
    pub(in crate::assets) time: BTreeMap<TimeName, RawRange>,
    pub(in crate::assets) trial_time: RawRange,
    pub(in crate::assets) file: RawFileLimits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawNeedle {
    pub(in crate::assets) article_limit: u32,
    pub(in crate::assets) longest: u32,
    pub(in crate::assets) sources: RawNeedleSources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawNeedleSources {
    pub(in crate::assets) article_limit: RawFrom,
    pub(in crate::assets) longest: RawFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawSessionLimits {
    pub(in crate::assets) stale_after: Text,
    pub(in crate::assets) answers_last: Text,
    pub(in crate::assets) quick_answer: Text,
    pub(in crate::assets) quick_answer_pause: Text,
    pub(in crate::assets) firmness: Text,
    pub(in crate::assets) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawInterval {
    pub(in crate::assets) least: u32,
    pub(in crate::assets) shipped: u32,
    pub(in crate::assets) most: u32,
    pub(in crate::assets) sources: RawIntervalSources,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawIntervalSources {
    pub(in crate::assets) least: RawFrom,
    pub(in crate::assets) shipped: RawFrom,
    pub(in crate::assets) most: RawFrom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawCheckIn {
    pub(in crate::assets) days: Vec<u32>,
    pub(in crate::assets) last_for: u32,
    pub(in crate::assets) firmness: Text,
    pub(in crate::assets) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawRollerUses {
    pub(in crate::assets) warn: u32,
    pub(in crate::assets) shipped: u32,
    pub(in crate::assets) least: u32,
    pub(in crate::assets) most: u32,
    pub(in crate::assets) firmness: Text,
    pub(in crate::assets) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawCourse {
    pub(in crate::assets) sessions: u32,
    pub(in crate::assets) firmness: Text,
    pub(in crate::assets) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawRange {
    pub(in crate::assets) least: Text,
    pub(in crate::assets) most: Text,
    pub(in crate::assets) firmness: Text,
    pub(in crate::assets) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(in crate::assets) struct RawFileLimits {
    pub(in crate::assets) questions: usize,
    pub(in crate::assets) strokes: usize,
    pub(in crate::assets) stop_reasons: usize,
    pub(in crate::assets) sign_out: usize,
    pub(in crate::assets) aftercare: usize,
    pub(in crate::assets) title: usize,
    pub(in crate::assets) text: usize,
}
