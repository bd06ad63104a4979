//! Speech, by a program that is installed already. An utterance is said whole and in time, or not at all.

use core::time::Duration;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::ear::line_with;
use super::errand::{Errand, Errands};
use super::shipped::{Shipped, find};
use store::visible::brief;

/// What stands for the words in an argument.
const PLACE: &str = "{words}";
/// Where every command finds the words too.
pub(super) const WORDS: &str = "DERMAROLL_WORDS";

/// What the person has set about speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoiceSetting {
    /// Speak, if a known program is installed.
    Auto,
    /// Do not speak.
    Never,
    /// Speak by this program with these arguments; `{words}` in one of them stands for the words, which are the last
    /// argument otherwise.
    Command(Vec<String>),
}

/// A voice. Dropping it cuts off what it says.
#[derive(Debug)]
pub struct Voice {
    name: String,
    program: OsString,
    arguments: Vec<String>,
    errands: Errands,
    /// What it says where there is nothing to speak through.
    no_sound: Vec<String>,
}

impl Voice {
    /// The voice that `setting` asks for; `path` is the value of `PATH`. Nothing is run to find one. A command that was
    /// set is taken even if there is no such program: its trouble is told once it has been tried.
    pub fn find(setting: &VoiceSetting, path: Option<&OsStr>) -> Option<Voice> {
        let shipped = Shipped::read().ok()?;
        let errands = || Errands::listening(shipped.speech);
        match setting {
            VoiceSetting::Never => None,
            VoiceSetting::Auto => shipped.voices.iter().find_map(|tool| {
                let program = tool.installed("", path)?.into();
                Some(Voice {
                    name: tool.program.clone(),
                    program,
                    arguments: tool.arguments.clone(),
                    errands: errands(),
                    no_sound: shipped.no_sound.clone(),
                })
            }),
            VoiceSetting::Command(command) => {
                let (program, arguments) = command.split_first()?;
                let mut arguments = arguments.to_vec();
                if !arguments.iter().any(|argument| argument.contains(PLACE)) {
                    arguments.push(PLACE.to_owned());
                }
                let name = Path::new(program).file_name().map(|name| name.to_string_lossy().into_owned());
                let found = if program.contains('/') { None } else { find(program, path) };
                Some(Voice {
                    name: name.unwrap_or_else(|| program.clone()),
                    program: found.map_or_else(|| program.into(), OsString::from),
                    arguments,
                    errands: errands(),
                    no_sound: shipped.no_sound.clone(),
                })
            }
        }
    }

    /// The name of the program, for the person.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says `words` after all that is to be said before; returns at once. Nothing is said for words without any.
    pub fn say(&self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let argument = |template: &String| {
            let argument = template.replace(PLACE, words);
            // What is to be said must not be taken for an option.
            if argument.starts_with('-') && !template.starts_with('-') { format!(" {argument}") } else { argument }
        };
        let mut argv = vec![self.program.clone()];
        argv.extend(self.arguments.iter().map(|template| OsString::from(argument(template))));
        self.errands.send(Errand { argv, env: vec![(WORDS, words.to_owned())] });
    }

    /// Cuts off what is being said and drops what was to be said.
    pub fn hush(&self) {
        self.errands.hush();
    }

    /// Waits until all is said, at most for `within`. Whether it came to that.
    pub fn finish(&self, within: Duration) -> bool {
        self.errands.finish(within)
    }

    /// What went wrong last, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.errands.trouble().or_else(|| {
            let said = self.errands.said();
            let line = brief(line_with(&said, &self.no_sound)?.trim());
            let todo = "Check the sound of this computer; the session goes on without it.";
            Some(format!("{} ended without having spoken, and says \"{line}\". {todo}", self.name))
        })
    }

    /// What the program complained of last, as far as that fits into a line, though it ended well.
    pub fn complaint(&self) -> Option<String> {
        let said = self.errands.said();
        let line = said.lines().map(str::trim).rfind(|line| !line.is_empty())?;
        Some(brief(line))
    }
}
