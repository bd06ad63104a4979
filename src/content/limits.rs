//! The embedded limits: those that protect the person, and the ranges of settings and times.

use core::ops::RangeInclusive;
use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::parse::parse;
use super::raw::Text;
use super::raw::limits::{RawFileLimits, RawLimits, RawRange};
use super::refusal::Refusal;
use super::source::Source;
use super::text::firmness;
use super::times::{TimeName, read};
use engine::protocol::{CheckIn, Micrometres, Rules};

/// The embedded text of the limits.
pub(super) const TEXT: &str = include_str!("../../assets/limits.toml");

/// What no file and no setting can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Limits that a session follows.
    pub rules: Rules,
    /// The range of the setting, in days.
    pub interval_days: RangeInclusive<u32>,
    /// In days.
    pub interval_shipped: u32,
    /// The range of the setting `roller_uses_limit`.
    pub roller_uses: RangeInclusive<u32>,
    /// The widest title, in columns.
    pub title_columns: usize,
    /// The longest other text, in characters.
    pub text_characters: usize,
    pub(super) questions: usize,
    pub(super) strokes: usize,
    pub(super) stop_reasons: usize,
    pub(super) sign_out: usize,
    pub(super) aftercare: usize,
    times: BTreeMap<TimeName, RangeInclusive<Duration>>,
    trial: RangeInclusive<Duration>,
}

impl Limits {
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn built_in() -> Result<Limits, Refusal> {
        // Settings and protocols both need them at every start.
        static READ: LazyLock<Result<Limits, Refusal>> = LazyLock::new(Limits::read);
        READ.clone()
    }

    fn read() -> Result<Limits, Refusal> {
        let source = Source::embedded("limits.toml", TEXT);
        let raw: RawLimits = parse(&source)?;
        let time = |key: &str, text: &Text| read(&source, key, text);
        let range = |raw: &RawRange| -> Result<RangeInclusive<Duration>, Refusal> {
            firmness(&source, &raw.firmness, &raw.source)?;
            Ok(time("least", &raw.least)?..=time("most", &raw.most)?)
        };
        let (needle, interval, cards) = (&raw.needle.sources, &raw.interval.sources, &raw.cards.sources);
        for (tag, from) in [
            (&needle.article_limit.firmness, &needle.article_limit.source),
            (&needle.longest.firmness, &needle.longest.source),
            (&raw.session.firmness, &raw.session.source),
            (&interval.least.firmness, &interval.least.source),
            (&interval.shipped.firmness, &interval.shipped.source),
            (&interval.most.firmness, &interval.most.source),
            (&raw.check_in.firmness, &raw.check_in.source),
            (&raw.roller_uses.firmness, &raw.roller_uses.source),
            (&raw.course.firmness, &raw.course.source),
            (&cards.words_a_second.firmness, &cards.words_a_second.source),
            (&cards.known_for.firmness, &cards.known_for.source),
        ] {
            firmness(&source, tag, from)?;
        }
        if let Some(name) = TimeName::ALL.into_iter().find(|name| !raw.time.contains_key(name)) {
            let what = format!("has no range for the time {}", name.id());
            return Err(Refusal::whole(source.name(), what, "Add it under [time]."));
        }
        let RawFileLimits { questions, strokes, stop_reasons, sign_out, aftercare, title, text } = raw.file;
        Ok(Limits {
            rules: Rules {
                article_needle_limit: Micrometres(raw.needle.article_limit),
                longest_needle: Micrometres(raw.needle.longest),
                stale_after: time("stale_after", &raw.session.stale_after)?,
                answers_last: time("answers_last", &raw.session.answers_last)?,
                quick_answer: time("quick_answer", &raw.session.quick_answer)?,
                quick_answer_pause: time("quick_answer_pause", &raw.session.quick_answer_pause)?,
                least_interval_days: raw.interval.least,
                check_in: CheckIn { days: raw.check_in.days, last_for: raw.check_in.last_for },
                roller_uses_warn: raw.roller_uses.warn,
                roller_uses_limit: raw.roller_uses.shipped,
                course: raw.course.sessions,
                words_a_second: raw.cards.words_a_second,
                known_for_days: raw.cards.known_for,
            },
            interval_days: raw.interval.least..=raw.interval.most,
            interval_shipped: raw.interval.shipped,
            roller_uses: raw.roller_uses.least..=raw.roller_uses.most,
            title_columns: title,
            text_characters: text,
            questions,
            strokes,
            stop_reasons,
            sign_out,
            aftercare,
            times: raw.time.iter().map(|(name, raw)| Ok((*name, range(raw)?))).collect::<Result<_, Refusal>>()?,
            trial: range(&raw.trial_time)?,
        })
    }

    /// The range of the time called `name`.
    pub fn time(&self, name: TimeName, trial: bool) -> RangeInclusive<Duration> {
        match self.times.get(&name) {
            Some(range) if !trial => range.clone(),
            Some(_) | None => self.trial.clone(),
        }
    }

    /// The range of any time in a trial.
    pub fn trial(&self) -> RangeInclusive<Duration> {
        self.trial.clone()
    }
}

/// What a refusal of a time adds: that a trial may go past its range.
pub(crate) fn trial_hint(trial: bool) -> &'static str {
    if trial { "" } else { " Only with trial = true in config.toml may it lie outside." }
}
