//! The embedded `assets/cues.toml`: which commands speak and which keep the screen on, and how long they may take.

use core::time::Duration;
use std::env::consts::OS;
use std::ffi::OsStr;
use std::path::PathBuf;

use serde::Deserialize;

use super::errand::Rules;
use crate::content::parse::parse;
use crate::content::raw::Text;
use crate::content::times::read;
use crate::content::{Refusal, Source};

const TEXT: &str = include_str!("../../assets/cues.toml");

/// The embedded commands of cues.
#[derive(Debug, Clone)]
pub struct Shipped {
    /// How utterances are run.
    pub speech: Rules,
    /// How the person's own command is run.
    pub hook: Rules,
    /// A program that keeps the screen on holds within this, or is taken to be refused.
    pub(super) holds_within: Duration,
    /// What such a program says that was refused, in small letters.
    pub(super) refused: Vec<String>,
    /// What a voice says that has nothing to speak through, in small letters.
    pub(super) no_sound: Vec<String>,
    pub(super) voices: Vec<Tool>,
    pub(super) inhibitors: Vec<Tool>,
}

/// A program that may be installed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tool {
    /// Its name in a folder of PATH.
    pub(super) program: String,
    /// What it is given.
    pub(super) arguments: Vec<String>,
    /// The only system on which the name means this program.
    on: Option<String>,
    /// The only desktop on which it does anything.
    desktop: Option<String>,
    /// The program that undoes it, for one that does not do so by ending.
    pub(super) release: Option<String>,
    /// Where it is documented that it does what it is here for.
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCues {
    speech: RawRules,
    hook: RawRules,
    screen: RawScreen,
    said: RawSaid,
    voice: Vec<Tool>,
    inhibitor: Vec<Tool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    limit: Text,
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

impl Shipped {
    /// Reads the embedded file.
    ///
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn read() -> Result<Shipped, Refusal> {
        let source = Source::embedded("cues.toml", TEXT);
        let raw: RawCues = parse(&source)?;
        let rules = |raw: &RawRules| -> Result<Rules, Refusal> {
            Ok(Rules {
                late: read(&source, "late", &raw.late)?,
                limit: read(&source, "limit", &raw.limit)?,
                room: raw.room,
            })
        };
        Ok(Shipped {
            speech: rules(&raw.speech)?,
            hook: rules(&raw.hook)?,
            holds_within: read(&source, "limit", &raw.screen.limit)?,
            refused: raw.said.refused,
            no_sound: raw.said.no_sound,
            voices: raw.voice,
            inhibitors: raw.inhibitor,
        })
    }
}

impl Tool {
    /// Where the program is, if it is of any use on this system and on `desktop`, the value of `XDG_CURRENT_DESKTOP`.
    pub(super) fn installed(&self, desktop: &str, path: Option<&OsStr>) -> Option<PathBuf> {
        let here = self.on.as_deref().is_none_or(|system| system == OS);
        let wanted = self.desktop.as_deref().is_none_or(|name| desktop.split(':').any(|part| part == name));
        if here && wanted { find(&self.program, path) } else { None }
    }
}

/// The regular file that `program` names in a folder of `path`, if someone may run it. Nothing is run to find out.
/// Folders that depend on where the person happens to be are left out.
pub(super) fn find(program: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    let folders = std::env::split_paths(path?).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(program)).find(|file| platform::files::is_program(file))
}
