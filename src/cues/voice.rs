//! Speech, by a program that is installed already. A cue is spoken whole and in time, or not at all.

use core::time::Duration;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::jobs::{Job, JobQueue};
use super::output::line_containing;
use super::programs::{Programs, find};
use store::sanitise::brief;

/// Stands for the words in an argument.
const PLACEHOLDER: &str = "{words}";
/// The variable in which every command finds the words.
pub(super) const WORDS: &str = "DERMAROLL_WORDS";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoiceSetting {
    /// Speak, if a known program is installed.
    Auto,
    Never,
    /// Speak by this program with these arguments. `{words}` in one of them stands for the words, which are added as
    /// the last argument otherwise.
    Command(Vec<String>),
}

/// Dropping it cuts off what it says.
#[derive(Debug)]
pub struct Voice {
    name: String,
    program: OsString,
    arguments: Vec<String>,
    jobs: JobQueue,
    /// What the program writes where there is no sound device.
    no_sound: Vec<String>,
}

impl Voice {
    /// The voice that `setting` asks for; `path` is the value of `PATH`. Nothing is run to find one. A command of the
    /// person's is taken even if there is no such program: it fails when it first speaks, and [`Voice::trouble`] says
    /// so.
    pub fn find(setting: &VoiceSetting, path: Option<&OsStr>) -> Option<Voice> {
        let programs = Programs::read().ok()?;
        let (name, program, arguments) = match setting {
            VoiceSetting::Never => return None,
            VoiceSetting::Auto => programs.voices.into_iter().find_map(|tool| {
                let program = tool.installed("", path)?.into();
                Some((tool.program, program, tool.arguments))
            })?,
            VoiceSetting::Command(command) => {
                let (program, arguments) = command.split_first()?;
                let mut arguments = arguments.to_vec();
                if !arguments.iter().any(|argument| argument.contains(PLACEHOLDER)) {
                    arguments.push(PLACEHOLDER.to_owned());
                }
                let name = Path::new(program).file_name().map(|name| name.to_string_lossy().into_owned());
                let found = if program.contains('/') { None } else { find(program, path) };
                let path = found.map_or_else(|| program.into(), OsString::from);
                (name.unwrap_or_else(|| program.clone()), path, arguments)
            }
        };
        let jobs = JobQueue::keeping_stderr(programs.speech);
        Some(Voice { name, program, arguments, jobs, no_sound: programs.no_sound })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says `words` once what was sent before is said; returns at once. Blank words are not said.
    pub fn say(&self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let argument = |template: &String| {
            let argument = template.replace(PLACEHOLDER, words);
            // Words must not be taken for an option.
            if argument.starts_with('-') && !template.starts_with('-') { format!(" {argument}") } else { argument }
        };
        let mut argv = vec![self.program.clone()];
        argv.extend(self.arguments.iter().map(|template| OsString::from(argument(template))));
        self.jobs.send(Job { argv, env: vec![(WORDS, words.to_owned())] });
    }

    /// Cuts off what is being said and drops what is waiting.
    pub fn cancel(&self) {
        self.jobs.cancel();
    }

    /// Waits until all is said, for no longer than `limit`, and returns whether it is.
    pub fn finish(&self, limit: Duration) -> bool {
        self.jobs.finish(limit)
    }

    /// Why it did not speak, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.jobs.trouble().or_else(|| {
            let stderr = self.jobs.stderr();
            let line = brief(line_containing(&stderr, &self.no_sound)?.trim());
            let todo = "Check the sound of this computer; the session goes on without it.";
            Some(format!("{} ended without having spoken, and says \"{line}\". {todo}", self.name))
        })
    }

    /// The last line that the program wrote on standard error although it ended well, cut to fit into a line.
    pub fn complaint(&self) -> Option<String> {
        let stderr = self.jobs.stderr();
        let line = stderr.lines().map(str::trim).rfind(|line| !line.is_empty())?;
        Some(brief(line))
    }
}
