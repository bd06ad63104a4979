//! The settings: the shipped ones; over them the person's file, the environment and the flags, in this order.

mod flags;
mod keys;
mod layers;
mod mistakes;
mod paths;
pub mod profile;
mod raw;
mod shipped;
mod show;

use core::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::content::folders::{Env, Folders};
use crate::content::keymap::Keymap;
use crate::content::parse::parse;
use crate::content::{Loaded, NamedTimes, Refusal, Source, Sources, load};
pub use crate::content::{Notify, Questions, ThemeChoice, When};
pub use flags::Flags;
use layers::Layer;
use paths::{absolute, read_user, theme_variable, variable};
pub use paths::{from_here, path};
use raw::RawConfig;
pub use shipped::Shipped;

/// The embedded default, which is also the example to copy from.
pub const SHIPPED: &str = include_str!("../../config.toml");

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The embedded default.
    #[default]
    Shipped,
    /// The person's settings file.
    File,
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

impl Origin {
    /// Whether it holds whatever the settings file says.
    pub fn is_outside_files(self) -> bool {
        match self {
            Origin::Environment(_) | Origin::Flag(_) => true,
            Origin::Shipped | Origin::File => false,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Shipped => "shipped",
            Origin::File => "your file",
            Origin::Environment(name) | Origin::Flag(name) => name,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub from: Origin,
}

/// The settings in force, each within its range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The settings file that was read, if there is one.
    pub file: Option<PathBuf>,
    /// Days from one session to the next.
    pub interval_days: Setting<u32>,
    /// Uses after which a roller should be replaced.
    pub roller_uses_limit: Setting<u32>,
    /// Name of the serum; empty: asked once.
    pub serum_name: Setting<String>,
    /// Another protocol; None: the embedded one.
    pub protocol: Setting<Option<PathBuf>>,
    /// A file with further questions.
    pub checklist: Setting<Option<PathBuf>>,
    /// How the checklist is answered by a person who knows it.
    pub questions: Setting<Questions>,
    /// The folder for records; None where no folder was named and no home folder is known.
    pub data_dir: Setting<Option<PathBuf>>,
    /// The name of the profile; empty for the records that belong to none.
    pub profile: Setting<String>,
    /// The terminal bell rings.
    pub bell: Setting<bool>,
    /// A voice says what happens, where one is found.
    pub voice: Setting<bool>,
    /// The command that speaks; empty: found by itself.
    pub say_command: Setting<Vec<String>>,
    /// A command that is told of every cue; empty: none.
    pub on_event: Setting<Vec<String>>,
    /// Desktop notifications.
    pub notify: Setting<Notify>,
    /// Time and section in the title of the window.
    pub title: Setting<bool>,
    /// The screen is kept awake while hands are busy.
    pub keep_awake: Setting<bool>,
    /// Lines instead of a screen.
    pub plain: Setting<bool>,
    pub colour: Setting<When>,
    /// ASCII characters alone.
    pub ascii: Setting<When>,
    /// Bold and reverse alone.
    pub high_contrast: Setting<bool>,
    /// Bars move, and the screen is drawn in reverse for a second; without it nothing but the time changes.
    pub motion: Setting<bool>,
    pub theme: Setting<ThemeChoice>,
    /// Times outside the usual ranges are accepted; nothing then counts as a session.
    pub trial: Setting<bool>,
    /// The times that the person's file names, which override the protocol's.
    pub times: NamedTimes,
    /// The keys of every screen: the shipped ones, changed as the person's file says.
    pub keymap: Arc<Keymap>,
}

impl Settings {
    /// The settings in force, with the person's file read if there is one.
    ///
    /// # Errors
    /// Refuses a file that was named and is not there, and one with anything in it that is unknown or out of range.
    pub fn find(env: Env<'_>, flags: &Flags, folders: &Folders) -> Result<Settings, Refusal> {
        let user = read_user(env, flags, folders, Source::read)?;
        Settings::resolve(user.as_ref().map(|(path, source)| (path.as_path(), source)), env, flags, folders)
    }

    /// The settings in force; `user` is the person's file with its path.
    ///
    /// # Errors
    /// Refuses a file with anything in it that is unknown, mistyped or out of range.
    pub fn resolve(
        user: Option<(&Path, &Source)>,
        env: Env<'_>,
        flags: &Flags,
        folders: &Folders,
    ) -> Result<Settings, Refusal> {
        Settings::resolve_over(&Shipped::read()?, user, env, flags, folders)
    }

    /// As [`Settings::resolve`], over shipped settings that were read before.
    ///
    /// # Errors
    /// As [`Settings::resolve`].
    pub fn resolve_over(
        shipped: &Shipped,
        user: Option<(&Path, &Source)>,
        env: Env<'_>,
        flags: &Flags,
        folders: &Folders,
    ) -> Result<Settings, Refusal> {
        let mut settings = match user {
            None => shipped.settings.clone(),
            Some((path, source)) => Settings::over(shipped, path, source, env, folders)?,
        };
        let wrong = settings.apply_overrides(env, flags, folders);
        if let Some(first) = wrong.into_iter().next() {
            return Err(first);
        }
        Ok(settings)
    }

    /// Applies environment and flags, and returns what of them was refused.
    fn apply_overrides(&mut self, env: Env<'_>, flags: &Flags, folders: &Folders) -> Vec<Refusal> {
        let mut wrong = self.apply_environment(env, folders);
        wrong.extend(self.apply_flags(flags, env, folders));
        if self.data_dir.value.is_none() {
            self.data_dir.value = folders.data.clone();
        }
        wrong
    }

    /// The shipped settings with the person's file over them.
    fn over(
        shipped: &Shipped,
        path: &Path,
        source: &Source,
        env: Env<'_>,
        folders: &Folders,
    ) -> Result<Settings, Refusal> {
        raw::misplaced(source)?;
        let path_in_full = absolute(path.to_owned());
        let layer = Layer {
            source,
            raw: &parse::<RawConfig>(source)?,
            from: Origin::File,
            below: Some(&shipped.settings),
            folder: path_in_full.parent(),
            folders,
            env,
            limits: &shipped.limits,
        };
        let keymap = keys::over(&shipped.settings.keymap, source)?;
        layer.settings(Some(path.to_owned()), Arc::new(keymap))
    }

    /// The files that a session is built from.
    ///
    /// # Errors
    /// Refuses a protocol or checklist file that cannot be read.
    pub fn sources(&self) -> Result<Sources, Refusal> {
        Ok(Sources {
            protocol: self.file_named("protocol", &self.protocol, Source::read)?,
            checklist: self.file_named("checklist", &self.checklist, Source::read)?,
            times: self.times.clone(),
            trial: self.trial.value,
        })
    }

    /// The protocols that these settings ask for.
    ///
    /// # Errors
    /// Refuses a protocol or checklist file that cannot be read or has anything wrong in it.
    pub fn protocols(&self) -> Result<Loaded, Refusal> {
        load(&self.sources()?)
    }

    /// The folder of sessions, rollers and serums: the profile's, where there is one. None where no folder was named
    /// and no home folder is known.
    pub fn records(&self) -> Option<PathBuf> {
        let data = self.data_dir.value.as_ref()?;
        Some(profile::folder(data, &self.profile.value))
    }

    fn apply_environment(&mut self, env: Env<'_>, folders: &Folders) -> Vec<Refusal> {
        let mut wrong = Vec::new();
        for (name, setting) in [
            ("DERMAROLL_PROTOCOL", &mut self.protocol),
            ("DERMAROLL_CHECKLIST", &mut self.checklist),
            ("DERMAROLL_DATA_DIR", &mut self.data_dir),
        ] {
            match variable(name, env, folders) {
                Ok(Some(path)) => *setting = Setting { value: Some(path), from: Origin::Environment(name) },
                Ok(None) => {}
                Err(refusal) => wrong.push(refusal),
            }
        }
        match theme_variable("DERMAROLL_THEME", env, folders) {
            Ok(Some(theme)) => self.theme = Setting { value: theme, from: Origin::Environment("DERMAROLL_THEME") },
            Ok(None) => {}
            Err(refusal) => wrong.push(refusal),
        }
        let colour = |value, name| Setting { value, from: Origin::Environment(name) };
        let is = |name: &str, wanted: fn(&str) -> bool| env(name).is_some_and(|value| wanted(&value.to_string_lossy()));
        if is("ACCESSIBLE", |value| !value.is_empty() && value != "0") {
            self.plain = Setting { value: true, from: Origin::Environment("ACCESSIBLE") };
        }
        if is("NO_COLOR", |value| !value.is_empty()) {
            self.colour = colour(When::Never, "NO_COLOR");
        } else if is("CLICOLOR_FORCE", |value| !value.is_empty() && value != "0") {
            self.colour = colour(When::Always, "CLICOLOR_FORCE");
        } else if is("CLICOLOR", |value| value == "0") {
            self.colour = colour(When::Never, "CLICOLOR");
        }
        if let Some(name) = env("DERMAROLL_PROFILE").filter(|name| !name.is_empty()) {
            let from = Origin::Environment("DERMAROLL_PROFILE");
            match profile::named(&name.to_string_lossy(), from) {
                Ok(value) => self.profile = Setting { value, from },
                Err(refusal) => wrong.push(refusal),
            }
        }
        wrong
    }

    fn apply_flags(&mut self, flags: &Flags, env: Env<'_>, folders: &Folders) -> Vec<Refusal> {
        let mut wrong = Vec::new();
        for (name, given, setting) in
            [("--protocol", &flags.protocol, &mut self.protocol), ("--data-dir", &flags.data_dir, &mut self.data_dir)]
        {
            match given.as_ref().map(|path| from_here(name, path, env, folders)) {
                Some(Ok(path)) => *setting = Setting { value: Some(absolute(path)), from: Origin::Flag(name) },
                Some(Err(refusal)) => wrong.push(refusal),
                None => {}
            }
        }
        if flags.ascii {
            self.ascii = Setting { value: When::Always, from: Origin::Flag("--ascii") };
        }
        for (is_set, setting, value, name) in [
            (flags.plain, &mut self.plain, true, "--plain"),
            (flags.high_contrast, &mut self.high_contrast, true, "--high-contrast"),
            (flags.no_motion, &mut self.motion, false, "--no-motion"),
        ] {
            if is_set {
                *setting = Setting { value, from: Origin::Flag(name) };
            }
        }
        if flags.no_color {
            self.colour = Setting { value: When::Never, from: Origin::Flag("--no-color") };
        }
        if let Some(name) = &flags.profile {
            let from = Origin::Flag("--profile");
            match profile::named(name, from) {
                Ok(value) => self.profile = Setting { value, from },
                Err(refusal) => wrong.push(refusal),
            }
        }
        wrong
    }
}
