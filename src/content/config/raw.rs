//! The settings file as it is written.

#[cfg(test)]
mod shape;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use crate::content::parse::table;
use crate::content::raw::{Number, RawTimes, Text};
use crate::content::{Refusal, Source, TimeName};

/// A program and its arguments.
pub(super) type Command = Spanned<Vec<Text>>;

/// The keys above `[times]`.
pub(super) const TOP_KEYS: [&str; 22] = [
    "interval_days",
    "roller_uses_limit",
    "serum_name",
    "protocol",
    "checklist",
    "questions",
    "data_dir",
    "profile",
    "bell",
    "voice",
    "say_command",
    "on_event",
    "notify",
    "title",
    "keep_awake",
    "plain",
    "colour",
    "ascii",
    "high_contrast",
    "motion",
    "theme",
    "trial",
];

/// `config.toml`; a file names what it wants to change.
#[derive(Debug, Deserialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawConfig {
    #[cfg_attr(test, schemars(with = "Option<shape::Interval>"))]
    pub(super) interval_days: Option<Number>,
    #[cfg_attr(test, schemars(with = "Option<shape::Uses>"))]
    pub(super) roller_uses_limit: Option<Number>,
    #[cfg_attr(test, schemars(with = "Option<shape::Name>"))]
    pub(super) serum_name: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) protocol: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) checklist: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::QuestionsId>"))]
    pub(super) questions: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) data_dir: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Profile>"))]
    pub(super) profile: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) bell: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) voice: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<shape::Program>"))]
    pub(super) say_command: Option<Command>,
    #[cfg_attr(test, schemars(with = "Option<shape::Program>"))]
    pub(super) on_event: Option<Command>,
    #[cfg_attr(test, schemars(with = "Option<shape::NotifyId>"))]
    pub(super) notify: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) title: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) keep_awake: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) plain: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<shape::ChoiceId>"))]
    pub(super) colour: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::ChoiceId>"))]
    pub(super) ascii: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) high_contrast: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) motion: Option<Spanned<bool>>,
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(super) theme: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(super) trial: Option<Spanned<bool>>,
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "shape::Times"))]
    pub(super) times: RawTimes,
    /// Read by `keys.rs`, which knows the places of names.
    #[serde(default, rename = "keys")]
    #[cfg_attr(test, schemars(with = "shape::Keys"))]
    pub(super) _keys: serde::de::IgnoredAny,
}

/// Refuses a setting on the wrong side of `[times]`, which in TOML takes in every line that follows it.
pub(super) fn misplaced(source: &Source) -> Result<(), Refusal> {
    let table = table(source)?;
    let times = table.get_ref().get("times").and_then(|times| times.get_ref().as_table());
    let found = |table: &DeTable<'_>, wanted: &dyn Fn(&str) -> bool| {
        table.keys().find(|key| wanted(key.get_ref())).map(|key| (key.span(), key.get_ref().to_string()))
    };
    let is_time = |key: &str| TimeName::ALL.iter().any(|name| name.id() == key);
    let is_setting = |key: &str| TOP_KEYS.contains(&key);
    if let Some((span, key)) = times.and_then(|times| found(times, &is_setting)) {
        let todo = "Move it up: every line after [times] belongs to the times.";
        return Err(source.refuse(span, format!("{key} stands among the times"), todo));
    }
    if let Some((span, key)) = found(table.get_ref(), &is_time) {
        return Err(source.refuse(
            span,
            format!("{key} is one of the times"),
            "Put it below a line that says [times].",
        ));
    }
    Ok(())
}
