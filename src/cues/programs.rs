//! The embedded `assets/cues.toml`: which programs speak, which keep the screen on, and how long each may take.

use core::time::Duration;
use std::env::consts::OS;
use std::ffi::OsStr;
use std::path::PathBuf;

use serde::Deserialize;

use super::jobs::JobRules;
use crate::content::parse::parse;
use crate::content::raw::Text;
use crate::content::times::read;
use crate::content::{Refusal, Source};

const TEXT: &str = include_str!("../../assets/cues.toml");

#[derive(Debug, Clone)]
pub struct Programs {
    /// How the voice is run.
    pub speech: JobRules,
    /// How the person's own command is run.
    pub on_event: JobRules,
    /// A program that has not proved by then that it keeps the screen on counts as refused.
    pub(super) active_within: Duration,
    /// For so long it must have kept the screen on before anybody is told that it does.
    pub(super) active_for: Duration,
    /// What a program writes that may not keep the screen on, in small letters.
    pub(super) refused: Vec<String>,
    /// What a voice writes that has no sound device, in small letters.
    pub(super) no_sound: Vec<String>,
    pub(super) voices: Vec<Tool>,
    pub(super) inhibitors: Vec<Tool>,
}

/// A program that may be installed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tool {
    /// The name of its file in a folder of `PATH`.
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
    /// The only system on which the name means this program.
    on: Option<String>,
    /// The only desktop on which it does anything.
    desktop: Option<String>,
    /// The program that undoes what it does, for one that does not undo it by ending.
    pub(super) release: Option<String>,
    /// Where its use is documented.
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCues {
    speech: RawRules,
    on_event: RawRules,
    screen: RawScreen,
    said: RawSaid,
    voice: Vec<Tool>,
    inhibitor: Vec<Tool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    limit: Text,
    lasts: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSaid {
    refused: Vec<String>,
    no_sound: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    late: Text,
    limit: Text,
    room: usize,
}

impl Programs {
    /// Reads the embedded file.
    ///
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn read() -> Result<Programs, Refusal> {
        let source = Source::embedded("cues.toml", TEXT);
        let raw: RawCues = parse(&source)?;
        let rules = |raw: &RawRules| -> Result<JobRules, Refusal> {
            Ok(JobRules {
                late: read(&source, "late", &raw.late)?,
                limit: read(&source, "limit", &raw.limit)?,
                room: raw.room,
            })
        };
        Ok(Programs {
            speech: rules(&raw.speech)?,
            on_event: rules(&raw.on_event)?,
            active_within: read(&source, "limit", &raw.screen.limit)?,
            active_for: read(&source, "lasts", &raw.screen.lasts)?,
            refused: raw.said.refused,
            no_sound: raw.said.no_sound,
            voices: raw.voice,
            inhibitors: raw.inhibitor,
        })
    }
}

impl Tool {
    /// The path of the program, if it is installed and of use on this system and on `desktop`, the value of
    /// `XDG_CURRENT_DESKTOP`.
    pub(super) fn installed(&self, desktop: &str, path: Option<&OsStr>) -> Option<PathBuf> {
        let here = self.on.as_deref().is_none_or(|system| system == OS);
        let wanted = self.desktop.as_deref().is_none_or(|name| desktop.split(':').any(|part| part == name));
        if here && wanted { find(&self.program, path) } else { None }
    }
}

/// The path of the file called `program` in a folder of `path`, if somebody may run it; nothing is run to find out.
/// Relative folders are left out, since they depend on where the person happens to be.
pub(super) fn find(program: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    let folders = std::env::split_paths(path?).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(program)).find(|file| platform::files::is_program(file))
}
