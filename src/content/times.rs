//! The timed steps by name, and how long each lasts.

use core::convert::Infallible;
use core::ops::RangeInclusive;
use core::time::Duration;

use serde::Deserialize;

use toml::Spanned;

use super::duration;
use super::parse::value_kind::ValueKind;
use super::raw::{RawTimes, Text};
use super::refusal::Refusal;
use super::source::Source;
use engine::protocol::Times;
use store::sanitise::brief;

/// A timed step, as files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeName {
    /// The roller in the liquid.
    Contact,
    /// Hands free after the last touch.
    Prepare,
    /// Cleaning the hands after a touch.
    HandClean,
    /// Before the drum meets the skin.
    GetReady,
    Stroke,
    /// From one section to the next.
    Move,
    Saline,
    Serum,
}

impl TimeName {
    /// In the order of a session.
    pub const ALL: [TimeName; 8] = [
        TimeName::Contact,
        TimeName::Prepare,
        TimeName::HandClean,
        TimeName::GetReady,
        TimeName::Stroke,
        TimeName::Move,
        TimeName::Saline,
        TimeName::Serum,
    ];

    /// The key in files.
    pub fn id(self) -> &'static str {
        match self {
            TimeName::Contact => "contact",
            TimeName::Prepare => "prepare",
            TimeName::HandClean => "hand_clean",
            TimeName::GetReady => "get_ready",
            TimeName::Stroke => "stroke",
            TimeName::Move => "move",
            TimeName::Saline => "saline",
            TimeName::Serum => "serum",
        }
    }

    pub fn of(self, times: &Times) -> Duration {
        match self {
            TimeName::Contact => times.contact,
            TimeName::Prepare => times.prepare,
            TimeName::HandClean => times.hand_clean,
            TimeName::GetReady => times.get_ready,
            TimeName::Stroke => times.stroke,
            TimeName::Move => times.move_on,
            TimeName::Saline => times.saline,
            TimeName::Serum => times.serum,
        }
    }
}

/// The times that one file names, each within its range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedTimes(Vec<(TimeName, Duration)>);

impl FromIterator<(TimeName, Duration)> for NamedTimes {
    fn from_iter<I: IntoIterator<Item = (TimeName, Duration)>>(times: I) -> NamedTimes {
        NamedTimes(times.into_iter().collect())
    }
}

impl NamedTimes {
    pub fn named(&self, name: TimeName) -> Option<Duration> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, span)| *span)
    }

    /// `base` with these in place of its own.
    #[must_use]
    pub fn over(&self, base: &Times) -> Times {
        let Ok(times) = times(|name| Ok::<_, Infallible>(self.named(name).unwrap_or(name.of(base))));
        times
    }
}

/// The times of a session, each from `span`. Every section has the pace of the first.
fn times<E>(span: impl Fn(TimeName) -> Result<Duration, E>) -> Result<Times, E> {
    Ok(Times {
        contact: span(TimeName::Contact)?,
        prepare: span(TimeName::Prepare)?,
        hand_clean: span(TimeName::HandClean)?,
        get_ready: span(TimeName::GetReady)?,
        stroke: span(TimeName::Stroke)?,
        later_stroke: span(TimeName::Stroke)?,
        move_on: span(TimeName::Move)?,
        saline: span(TimeName::Saline)?,
        serum: span(TimeName::Serum)?,
    })
}

/// Reads the times that `raw` names. `trial_hint` is added to a refusal of one that is out of its range.
pub(crate) fn named(
    source: &Source,
    raw: &RawTimes,
    range: impl Fn(TimeName) -> RangeInclusive<Duration>,
    trial_hint: &str,
) -> Result<NamedTimes, Refusal> {
    let read =
        |(name, text): (&TimeName, &Text)| Ok((*name, within(source, name.id(), text, &range(*name), trial_hint)?));
    raw.iter().map(read).collect()
}

/// Reads the times of a protocol, which has to name all of them.
pub(super) fn all(
    source: &Source,
    raw: &Spanned<RawTimes>,
    range: impl Fn(TimeName) -> RangeInclusive<Duration>,
    trial_hint: &str,
) -> Result<Times, Refusal> {
    let named = named(source, raw.get_ref(), range, trial_hint)?;
    times(|name| {
        named.named(name).ok_or_else(|| {
            let what = format!("the time {} is missing here", name.id());
            source.refuse(raw.span(), what, "Give all eight times.")
        })
    })
}

/// Reads one span that must lie within `range`.
pub(crate) fn within(
    source: &Source,
    key: &str,
    text: &Text,
    range: &RangeInclusive<Duration>,
    trial_hint: &str,
) -> Result<Duration, Refusal> {
    let span = read_or(source, key, text, || {
        let kind = ValueKind::Time(range.clone());
        match kind.corrected(text.get_ref()) {
            Some(value) => format!("Write: {key} = {value}"),
            None => format!("{}{trial_hint}", kind.advice()),
        }
    })?;
    if range.contains(&span) {
        return Ok(span);
    }
    let (least, most) = (duration::words(*range.start()), duration::words(*range.end()));
    let what = format!("{key} = {} is out of its range, {least} to {most}", duration::words(span));
    Err(source.refuse(text.span(), what, format!("Write a time from {least} to {most}.{trial_hint}")))
}

/// Reads one span of any length.
pub(crate) fn read(source: &Source, key: &str, text: &Text) -> Result<Duration, Refusal> {
    read_or(source, key, text, || duration::HOW.to_owned())
}

/// Reads one span; `todo` is the advice where it cannot be read.
fn read_or(source: &Source, key: &str, text: &Text, todo: impl Fn() -> String) -> Result<Duration, Refusal> {
    duration::parse(text.get_ref())
        .map_err(|wrong| source.refuse(text.span(), format!("{key} \"{}\" {wrong}", brief(text.get_ref())), todo()))
}
