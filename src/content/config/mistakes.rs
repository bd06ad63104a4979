//! Every mistake in the settings and in the files that they name.

use std::path::{Path, PathBuf};

use super::paths::read_user;
use super::{Flags, Origin, Setting, Settings, Shipped};
use crate::content::folders::{Env, Folders};
use crate::content::parse::table;
use crate::content::{Refusal, Source, StyleSets, ThemeChoice, check, mistakes};

impl Settings {
    /// The settings as [`Settings::find`] has them, and every mistake in the file, the variables and the flags. The
    /// settings leave out what is a mistake; they are None where nothing is left.
    pub fn with_mistakes(env: Env<'_>, flags: &Flags, folders: &Folders) -> (Option<Settings>, Vec<Refusal>) {
        let read = || -> Result<_, Refusal> {
            Ok((Shipped::read()?, read_user(env, flags, folders, Source::read_leniently)?))
        };
        let (shipped, user) = match read() {
            Ok(read) => read,
            Err(refusal) => return (None, vec![refusal]),
        };
        let (settings, mut found) = match &user {
            None => (Some(shipped.settings.clone()), Vec::new()),
            Some((path, source)) => {
                mistakes::all(source, |source| Settings::over(&shipped, path, source, env, folders))
            }
        };
        let Some(mut settings) = settings else { return (None, found) };
        found.extend(settings.apply_overrides(env, flags, folders));
        (Some(settings), found)
    }

    /// Every mistake in the protocol, checklist and theme that these settings name.
    pub fn mistakes_of_files(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        for (key, setting) in [("protocol", &self.protocol), ("checklist", &self.checklist)] {
            match self.file_named(key, setting, Source::read_leniently) {
                Ok(Some(source)) => found.extend(check::mistakes(&source, self.trial.value)),
                Ok(None) => {}
                Err(refusal) => found.push(refusal),
            }
        }
        match self.file_named("theme", &self.theme_file(), Source::read_leniently) {
            Ok(Some(source)) => found.extend(mistakes::all(&source, StyleSets::read).1),
            Ok(None) => {}
            Err(refusal) => found.push(refusal),
        }
        if found.is_empty() {
            // Each file by itself is in order, but together they may have too many questions.
            found.extend(self.protocols().err());
        }
        found
    }

    /// The theme that the settings name, or where they name none `usual`.
    ///
    /// # Errors
    /// Refuses a file that cannot be read or is no theme.
    pub fn styles(&self, usual: &str) -> Result<StyleSets, Refusal> {
        match (&self.theme.value, self.file_named("theme", &self.theme_file(), Source::read)?) {
            (_, Some(own)) => StyleSets::read(&own),
            (ThemeChoice::Shipped(name), None) => StyleSets::shipped(name),
            (ThemeChoice::Usual | ThemeChoice::File(_), None) => StyleSets::shipped(usual),
        }
    }

    fn theme_file(&self) -> Setting<Option<PathBuf>> {
        let value = match &self.theme.value {
            ThemeChoice::File(path) => Some(path.clone()),
            ThemeChoice::Usual | ThemeChoice::Shipped(_) => None,
        };
        Setting { value, from: self.theme.from }
    }

    /// The file that the setting `key` names, read by `read`.
    pub(super) fn file_named(
        &self,
        key: &str,
        setting: &Setting<Option<PathBuf>>,
        read: fn(&Path) -> Result<Source, Refusal>,
    ) -> Result<Option<Source>, Refusal> {
        let Some(path) = &setting.value else { return Ok(None) };
        read(path).map(Some).map_err(|refusal| self.with_setting(key, setting.from, refusal))
    }

    /// Where a file cannot be read, adds to its `refusal` which setting names it.
    fn with_setting(&self, key: &str, from: Origin, refusal: Refusal) -> Refusal {
        if !refusal.is_unread() {
            return refusal;
        }
        let what = format!("names {}, which {}", refusal.file(), refusal.what());
        match from {
            Origin::Environment(name) | Origin::Flag(name) => Refusal::unread(name, what, refusal.todo()),
            Origin::File => {
                let source = self.file.as_deref().and_then(|file| Source::read_leniently(file).ok());
                let place = source.as_ref().and_then(|source| {
                    let table = table(source).ok()?;
                    let (name, value) = table.get_ref().get_key_value(key)?;
                    Some(name.span().start..value.span().end)
                });
                match source.zip(place) {
                    Some((source, place)) => source.refuse(place, format!("{key} {what}"), refusal.todo()),
                    None => refusal,
                }
            }
            Origin::Shipped => refusal,
        }
    }
}
