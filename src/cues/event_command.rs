//! The command of the setting `on_event`, which is run for every cue: it may switch a lamp, ring a phone, keep a diary.

use core::time::Duration;
use std::ffi::OsString;

use super::jobs::{Job, JobQueue};
use super::programs::Programs;
use super::voice::WORDS;

/// The variable in which the command finds the name of the event.
const EVENT: &str = "DERMAROLL_EVENT";

/// Dropping it kills the command if it runs; see [`EventCommand::finish`].
#[derive(Debug)]
pub struct EventCommand {
    argv: Vec<OsString>,
    jobs: Option<JobQueue>,
}

impl EventCommand {
    /// `command` is a program and its arguments; nothing is run for an empty one.
    pub fn new(command: Vec<String>) -> EventCommand {
        let rules = if command.is_empty() { None } else { Programs::read().ok().map(|programs| programs.on_event) };
        EventCommand { argv: command.into_iter().map(OsString::from).collect(), jobs: rules.map(JobQueue::start) }
    }

    /// Has the command run for an event and the words that belong to it; returns at once.
    pub fn send(&self, event: &str, words: &str) {
        if let Some(jobs) = &self.jobs {
            let env = vec![(EVENT, event.to_owned()), (WORDS, words.to_owned())];
            jobs.send(Job { argv: self.argv.clone(), env });
        }
    }

    /// Waits until the command has run for every event, for no longer than `limit`, and returns whether it has. What is
    /// left when this is dropped is never run.
    pub fn finish(&self, limit: Duration) -> bool {
        self.jobs.as_ref().is_none_or(|jobs| jobs.finish(limit))
    }

    /// Why the command failed last, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.jobs.as_ref().and_then(JobQueue::trouble)
    }
}
