//! One settings file: what it sets, over the settings that hold without it.

use core::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::raw::{Command, RawConfig};
use super::{Notify, Origin, Questions, Setting, Settings, ThemeChoice, When};
use crate::content::folders::{Env, Folders, PathError};
use crate::content::keymap::Keymap;
use crate::content::limits::trial_hint;
use crate::content::parse::instead;
use crate::content::raw::{Number, Text};
use crate::content::text::{name, optional_text};
use crate::content::times::named;
use crate::content::{Limits, Refusal, Source};
use store::sanitise::brief;

pub(super) struct Layer<'a> {
    pub(super) source: &'a Source,
    pub(super) raw: &'a RawConfig,
    /// The origin of what the file names.
    pub(super) from: Origin,
    /// What holds where the file names nothing; None where it has to name everything.
    pub(super) below: Option<&'a Settings>,
    /// The folder of the file.
    pub(super) folder: Option<&'a Path>,
    pub(super) folders: &'a Folders,
    /// For advice on paths with variables in them.
    pub(super) env: Env<'a>,
    pub(super) limits: &'a Limits,
}

struct Found<'a, T> {
    key: &'static str,
    raw: &'a T,
}

impl<'a> Layer<'a> {
    pub(super) fn settings(&self, file: Option<PathBuf>, keymap: Arc<Keymap>) -> Result<Settings, Refusal> {
        let Layer { source, raw, limits, .. } = *self;
        let number = |range| move |found: &Found<'_, Number>| self.number(found, range);
        let path = |found: &Found<'_, Text>| self.path(found.raw);
        let command = |found: &Found<'_, Command>| self.command(found);
        let any = |found: &Found<'_, Text>| self.choice(found, &When::NAMES);
        let switch = |found: &Found<'_, Spanned<bool>>| Ok(*found.raw.get_ref());
        let trial = self.setting("trial", &raw.trial, |below| &below.trial, switch)?;
        Ok(Settings {
            file,
            interval_days: self.setting(
                "interval_days",
                &raw.interval_days,
                |below| &below.interval_days,
                number(&limits.interval_days),
            )?,
            roller_uses_limit: self.setting(
                "roller_uses_limit",
                &raw.roller_uses_limit,
                |below| &below.roller_uses_limit,
                number(&limits.roller_uses),
            )?,
            serum_name: self.setting(
                "serum_name",
                &raw.serum_name,
                |below| &below.serum_name,
                |found| name(source, found.key, found.raw, limits),
            )?,
            protocol: self.setting("protocol", &raw.protocol, |below| &below.protocol, path)?,
            checklist: self.setting("checklist", &raw.checklist, |below| &below.checklist, path)?,
            questions: self.setting(
                "questions",
                &raw.questions,
                |below| &below.questions,
                |found| self.choice(found, &Questions::NAMES),
            )?,
            data_dir: self.setting("data_dir", &raw.data_dir, |below| &below.data_dir, path)?,
            profile: self.setting("profile", &raw.profile, |below| &below.profile, |found| self.profile(found))?,
            bell: self.setting("bell", &raw.bell, |below| &below.bell, switch)?,
            voice: self.setting("voice", &raw.voice, |below| &below.voice, switch)?,
            say_command: self.setting("say_command", &raw.say_command, |below| &below.say_command, command)?,
            on_event: self.setting("on_event", &raw.on_event, |below| &below.on_event, command)?,
            notify: self.setting(
                "notify",
                &raw.notify,
                |below| &below.notify,
                |found| self.choice(found, &Notify::NAMES),
            )?,
            title: self.setting("title", &raw.title, |below| &below.title, switch)?,
            keep_awake: self.setting("keep_awake", &raw.keep_awake, |below| &below.keep_awake, switch)?,
            plain: self.setting("plain", &raw.plain, |below| &below.plain, switch)?,
            colour: self.setting("colour", &raw.colour, |below| &below.colour, any)?,
            ascii: self.setting("ascii", &raw.ascii, |below| &below.ascii, any)?,
            high_contrast: self.setting("high_contrast", &raw.high_contrast, |below| &below.high_contrast, switch)?,
            motion: self.setting("motion", &raw.motion, |below| &below.motion, switch)?,
            theme: self.setting("theme", &raw.theme, |below| &below.theme, |found| self.theme(found.raw))?,
            times: named(source, &raw.times, |name| limits.time(name, trial.value), trial_hint(trial.value))?,
            trial,
            keymap,
        })
    }

    /// What the file says of `key`, read by `read`, or what holds without the file.
    fn setting<R, T: Clone>(
        &self,
        key: &'static str,
        raw: &Option<R>,
        below: impl Fn(&Settings) -> &Setting<T>,
        read: impl Fn(&Found<'_, R>) -> Result<T, Refusal>,
    ) -> Result<Setting<T>, Refusal> {
        match (raw, self.below) {
            (Some(raw), _) => Ok(Setting { value: read(&Found { key, raw })?, from: self.from }),
            (None, Some(settings)) => Ok(below(settings).clone()),
            (None, None) => {
                Err(Refusal::whole(self.source.name(), format!("has no {key}"), "Compare with the embedded file."))
            }
        }
    }

    /// A name without a slash or a dot is that of a shipped theme, anything else a file.
    fn theme(&self, text: &Text) -> Result<ThemeChoice, Refusal> {
        match ThemeChoice::named(text.get_ref()) {
            Some(Ok(theme)) => Ok(theme),
            Some(Err((what, todo))) => Err(self.source.refuse(text.span(), what, todo)),
            None => self.resolve(text, text.get_ref()).map(ThemeChoice::File),
        }
    }

    fn path(&self, text: &Text) -> Result<Option<PathBuf>, Refusal> {
        if text.get_ref().is_empty() { Ok(None) } else { self.resolve(text, text.get_ref()).map(Some) }
    }

    /// The path `path` of the value `text`. After ~/ it begins in the home folder; a relative one begins in the folder
    /// of the file, wherever the program is started.
    fn resolve(&self, text: &Text, path: &str) -> Result<PathBuf, Refusal> {
        let meant = self.folders.resolve(Path::new(path), self.env);
        let meant = meant.map_err(|PathError { what, todo }| self.source.refuse(text.span(), what, todo))?;
        Ok(self.folder.map_or(meant.clone(), |folder| folder.join(meant)))
    }

    /// A program with its arguments. A program that is named by a path is read as other paths are; a mere name is
    /// looked for in `PATH`.
    fn command(&self, found: &Found<'_, Command>) -> Result<Vec<String>, Refusal> {
        let Found { key, raw } = *found;
        let mut value = Vec::new();
        for text in raw.get_ref() {
            value.push(optional_text(self.source, key, text, self.limits)?);
        }
        match value.first_mut() {
            None => {}
            Some(program) if program.is_empty() => {
                let what = format!("{key} names no program");
                return Err(self.source.refuse(raw.span(), what, "Write the program first, then its arguments."));
            }
            Some(program) => {
                let named =
                    raw.get_ref().first().filter(|_| program.contains('/') || program.starts_with(['~', '$', '`']));
                if let Some(text) = named {
                    *program = self.resolve(text, program)?.to_string_lossy().into_owned();
                }
            }
        }
        Ok(value)
    }

    fn profile(&self, found: &Found<'_, Text>) -> Result<String, Refusal> {
        let Found { raw, .. } = *found;
        match super::profile::wrong(raw.get_ref()) {
            None => Ok(raw.get_ref().clone()),
            Some((what, todo)) => Err(self.source.refuse(raw.span(), what, todo)),
        }
    }

    fn number(&self, found: &Found<'_, Number>, range: &RangeInclusive<u32>) -> Result<u32, Refusal> {
        let Found { key, raw } = *found;
        u32::try_from(*raw.get_ref()).ok().filter(|value| range.contains(value)).ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            let what = format!("{key} = {} is out of its range, {least} to {most}", raw.get_ref());
            self.source.refuse(raw.span(), what, format!("Write a number from {least} to {most}."))
        })
    }

    fn choice<T: Copy, const N: usize>(
        &self,
        found: &Found<'_, Text>,
        names: &[(&'static str, T); N],
    ) -> Result<T, Refusal> {
        let Found { key, raw } = *found;
        let value = names.iter().find(|(name, _)| name == raw.get_ref()).map(|(_, value)| *value);
        value.ok_or_else(|| {
            let what = format!("{key} \"{}\" is not known", brief(raw.get_ref()));
            self.source.refuse(raw.span(), what, instead(raw.get_ref(), "value", &names.map(|(name, _)| name)))
        })
    }
}
