//! The person's own command that is told of every event: a lamp, a phone that buzzes, a diary.

use core::time::Duration;
use std::ffi::OsString;

use super::errand::{Errand, Errands};
use super::shipped::Shipped;
use super::voice::WORDS;

/// Where the command finds the name of the event.
const EVENT: &str = "DERMAROLL_EVENT";

/// A command that is told of events. Dropping it ends the command; see [`Hook::finish`].
#[derive(Debug)]
pub struct Hook {
    argv: Vec<OsString>,
    errands: Option<Errands>,
}

impl Hook {
    /// Events are told to `command`, a program and its arguments; to nobody if it is empty.
    pub fn new(command: Vec<String>) -> Hook {
        let rules = if command.is_empty() { None } else { Shipped::read().ok().map(|shipped| shipped.hook) };
        Hook { argv: command.into_iter().map(OsString::from).collect(), errands: rules.map(Errands::start) }
    }

    /// Tells of an event and of the words that belong to it; returns at once.
    pub fn tell(&self, event: &str, words: &str) {
        if let Some(errands) = &self.errands {
            let env = vec![(EVENT, event.to_owned()), (WORDS, words.to_owned())];
            errands.send(Errand { argv: self.argv.clone(), env });
        }
    }

    /// Waits until all events are told, at most for `within`. Whether it came to that. For an orderly end: what has not
    /// been told when the hook is dropped never is.
    pub fn finish(&self, within: Duration) -> bool {
        self.errands.as_ref().is_none_or(|errands| errands.finish(within))
    }

    /// What went wrong last, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.errands.as_ref().and_then(Errands::trouble)
    }
}
