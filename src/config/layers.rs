//! The two files, one over the other, and what each setting may be.

use core::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::raw::{Command, RawConfig};
use super::{Choice, Notify, Origin, Setting, Settings};
use crate::assets::limits::beyond;
use crate::assets::parse::instead;
use crate::assets::raw::{Number, Text};
use crate::assets::text::{any_words, name};
use crate::assets::times::named;
use crate::assets::{Limits, Refusal, Source};
use crate::keymap::Keymap;
use crate::visible::brief;

/// The two files, the person's over the shipped one.
pub(super) struct Layers<'a> {
    pub(super) shipped: (&'a Source, &'a RawConfig),
    pub(super) user: (&'a Source, &'a RawConfig),
    /// The folder of the person's file.
    pub(super) folder: Option<&'a Path>,
    pub(super) home: Option<&'a Path>,
    pub(super) limits: &'a Limits,
}

/// A value as one of the files has it.
struct Found<'a, T> {
    key: &'static str,
    raw: &'a T,
    source: &'a Source,
    from: Origin,
}

impl<'a> Layers<'a> {
    pub(super) fn settings(&self, file: Option<PathBuf>, keymap: Arc<Keymap>) -> Result<Settings, Refusal> {
        let limits = self.limits;
        let trial = self.find("trial", |raw| raw.trial.as_ref())?;
        let trial = Setting { value: *trial.raw.get_ref(), from: trial.from };
        let serum = self.find("serum_name", |raw| raw.serum_name.as_ref())?;
        let (source, raw) = self.user;
        Ok(Settings {
            file,
            interval_days: number(
                &self.find("interval_days", |raw| raw.interval_days.as_ref())?,
                &limits.interval_days,
            )?,
            roller_uses_limit: number(
                &self.find("roller_uses_limit", |raw| raw.roller_uses_limit.as_ref())?,
                &limits.roller_uses,
            )?,
            serum_name: Setting { value: name(serum.source, serum.key, serum.raw, limits)?, from: serum.from },
            protocol: self.path(&self.find("protocol", |raw| raw.protocol.as_ref())?),
            checklist: self.path(&self.find("checklist", |raw| raw.checklist.as_ref())?),
            data_dir: self.path(&self.find("data_dir", |raw| raw.data_dir.as_ref())?),
            profile: profile(&self.find("profile", |raw| raw.profile.as_ref())?)?,
            bell: self.switch("bell", |raw| raw.bell.as_ref())?,
            voice: self.switch("voice", |raw| raw.voice.as_ref())?,
            say_command: self.command(&self.find("say_command", |raw| raw.say_command.as_ref())?)?,
            on_event: self.command(&self.find("on_event", |raw| raw.on_event.as_ref())?)?,
            notify: choice(&self.find("notify", |raw| raw.notify.as_ref())?, &Notify::NAMES)?,
            title: self.switch("title", |raw| raw.title.as_ref())?,
            keep_awake: self.switch("keep_awake", |raw| raw.keep_awake.as_ref())?,
            plain: self.switch("plain", |raw| raw.plain.as_ref())?,
            colour: choice(&self.find("colour", |raw| raw.colour.as_ref())?, &Choice::NAMES)?,
            ascii: choice(&self.find("ascii", |raw| raw.ascii.as_ref())?, &Choice::NAMES)?,
            high_contrast: self.switch("high_contrast", |raw| raw.high_contrast.as_ref())?,
            motion: self.switch("motion", |raw| raw.motion.as_ref())?,
            theme: self.path(&self.find("theme", |raw| raw.theme.as_ref())?),
            times: named(source, &raw.times, |name| limits.time(name, trial.value), beyond(trial.value))?,
            trial,
            keymap,
        })
    }

    /// The value of the person's file, else the shipped one.
    fn find<T>(
        &self,
        key: &'static str,
        field: impl Fn(&'a RawConfig) -> Option<&'a T>,
    ) -> Result<Found<'a, T>, Refusal> {
        let layer =
            |(source, raw): (&'a Source, &'a RawConfig), from| field(raw).map(|raw| Found { key, raw, source, from });
        layer(self.user, Origin::File).or_else(|| layer(self.shipped, Origin::Shipped)).ok_or_else(|| {
            Refusal::whole(self.shipped.0.name(), format!("has no {key}"), "Compare with the embedded file.")
        })
    }

    fn switch(
        &self,
        key: &'static str,
        field: impl Fn(&'a RawConfig) -> Option<&'a Spanned<bool>>,
    ) -> Result<Setting<bool>, Refusal> {
        let found = self.find(key, field)?;
        Ok(Setting { value: *found.raw.get_ref(), from: found.from })
    }

    fn path(&self, found: &Found<'_, Text>) -> Setting<Option<PathBuf>> {
        let text = found.raw.get_ref().as_str();
        let value = if text.is_empty() { None } else { Some(self.meant(text)) };
        Setting { value, from: found.from }
    }

    /// A path as the file means it: from the home folder after ~/, else from the folder of the file.
    fn meant(&self, text: &str) -> PathBuf {
        match (text.strip_prefix("~/"), self.home, self.folder) {
            (Some(rest), Some(home), _) => home.join(rest),
            (None, _, Some(folder)) => folder.join(text),
            (Some(_), None, _) | (None, _, None) => PathBuf::from(text),
        }
    }

    /// A program with its arguments. One that is named by a path is taken as other paths are; a mere name is looked for
    /// where programs are.
    fn command(&self, found: &Found<'_, Command>) -> Result<Setting<Vec<String>>, Refusal> {
        let Found { key, raw, source, from } = *found;
        let mut value = Vec::new();
        for text in raw.get_ref() {
            value.push(any_words(source, key, text, self.limits)?);
        }
        match value.first_mut() {
            None => {}
            Some(program) if program.is_empty() => {
                let what = format!("{key} names no program");
                return Err(source.refuse(raw.span(), what, "Write the program first, then its arguments."));
            }
            Some(program) if program.contains('/') => *program = self.meant(program).to_string_lossy().into_owned(),
            Some(_) => {}
        }
        Ok(Setting { value, from })
    }
}

fn profile(found: &Found<'_, Text>) -> Result<Setting<String>, Refusal> {
    let Found { raw, source, from, .. } = *found;
    match super::profile::wrong(raw.get_ref()) {
        None => Ok(Setting { value: raw.get_ref().clone(), from }),
        Some((what, todo)) => Err(source.refuse(raw.span(), what, todo)),
    }
}

fn number(found: &Found<'_, Number>, range: &RangeInclusive<u32>) -> Result<Setting<u32>, Refusal> {
    let Found { key, raw, source, from } = *found;
    match u32::try_from(*raw.get_ref()).ok().filter(|value| range.contains(value)) {
        Some(value) => Ok(Setting { value, from }),
        None => {
            let (least, most) = (range.start(), range.end());
            let what = format!("{key} = {} is out of its range, {least} to {most}", raw.get_ref());
            Err(source.refuse(raw.span(), what, format!("Write a number from {least} to {most}.")))
        }
    }
}

fn choice<T: Copy, const N: usize>(
    found: &Found<'_, Text>,
    names: &[(&'static str, T); N],
) -> Result<Setting<T>, Refusal> {
    let Found { key, raw, source, from } = *found;
    match names.iter().find(|(name, _)| name == raw.get_ref()) {
        Some((_, value)) => Ok(Setting { value: *value, from }),
        None => {
            let what = format!("{key} \"{}\" is not known", brief(raw.get_ref()));
            Err(source.refuse(raw.span(), what, instead(raw.get_ref(), "value", &names.map(|(name, _)| name))))
        }
    }
}
