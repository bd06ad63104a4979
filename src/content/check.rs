//! Checks one file by itself, for `dermaroll protocol check FILE`.

use core::fmt;
use core::time::Duration;
use std::path::Path;

use super::duration;
use super::parse::{nearest, table};
use super::refusal::Refusal;
use super::source::Source;
use super::{Embedded, Sources, mistakes};
use engine::protocol::Protocol;

/// The keys at the top of a protocol file that a checklist file does not have.
const PROTOCOL_KEYS: [&str; 11] = [
    "id",
    "times",
    "section",
    "stroke",
    "stop_reason",
    "sign_out",
    "aftercare",
    "red_flags",
    "rehearsal",
    "see_a_doctor",
    "sources",
];

/// The key that both kinds of file have.
const QUESTION_KEY: &str = "question";

/// A file that is in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    name: String,
    protocol: Option<Box<Protocol>>,
    own_questions: usize,
    questions: usize,
}

impl Checked {
    /// The protocol, if it is one; a checklist otherwise.
    pub fn protocol(&self) -> Option<&Protocol> {
        self.protocol.as_deref()
    }

    /// How many questions it adds to the embedded ones.
    pub fn own_questions(&self) -> usize {
        self.own_questions
    }
}

/// Checks the file at `path` as it would be checked at the start of a session. With `trial`, times outside the usual
/// ranges are in order.
///
/// # Errors
/// Refuses what [`Source::read`] and [`Embedded::load`] refuse, and a file that is neither a protocol nor a checklist.
pub fn check_file(path: &Path, trial: bool) -> Result<Checked, Refusal> {
    check(Source::read(path)?, trial)
}

/// As [`check_file`], for a text that was read.
///
/// # Errors
/// As [`check_file`].
pub fn check(source: Source, trial: bool) -> Result<Checked, Refusal> {
    check_over(&Embedded::read()?, source, trial)
}

/// Every mistake in `source`, in the order of its lines.
pub fn mistakes(source: &Source, trial: bool) -> Vec<Refusal> {
    match Embedded::read() {
        Ok(embedded) => mistakes::all(source, |source| check_over(&embedded, source.clone(), trial)).1,
        Err(refusal) => vec![refusal],
    }
}

/// As [`check`], with embedded files that were read before.
///
/// # Errors
/// As [`check_file`].
pub fn check_over(embedded: &Embedded, source: Source, trial: bool) -> Result<Checked, Refusal> {
    let name = source.name().to_owned();
    let is_protocol = is_protocol(&source)?;
    let sources = if is_protocol {
        Sources { protocol: Some(source), trial, ..Sources::default() }
    } else {
        Sources { checklist: Some(source), trial, ..Sources::default() }
    };
    let session = embedded.clone().load(&sources)?.session;
    let questions = session.checklist.items.len();
    let own_questions = session.checklist.items.iter().filter(|item| item.own).count();
    Ok(Checked { name, protocol: is_protocol.then(|| Box::new(session)), own_questions, questions })
}

/// Whether `source` is a protocol rather than a checklist. A misspelt key counts as the one that it is most like.
fn is_protocol(source: &Source) -> Result<bool, Refusal> {
    let table = table(source)?;
    let keys: Vec<&str> = table.get_ref().keys().map(|key| key.get_ref().as_ref()).collect();
    if keys.is_empty() {
        let todo = "A protocol begins with an id, a checklist with [[question]].";
        return Err(Refusal::whole(source.name(), "holds neither a protocol nor a checklist", todo));
    }
    let known: Vec<&str> = PROTOCOL_KEYS.into_iter().chain([QUESTION_KEY]).collect();
    Ok(keys.iter().any(|key| nearest(key, &known) != Some(QUESTION_KEY)))
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checked { name, own_questions, questions, .. } = self;
        match &self.protocol {
            Some(protocol) => {
                let strokes = u32::try_from(protocol.strokes.len()).unwrap_or(u32::MAX);
                let section: Duration = protocol.times.stroke.saturating_mul(strokes);
                writeln!(f, "{name} is a protocol, {:?}, in order.", protocol.id)?;
                writeln!(
                    f,
                    "Sections: {}. Strokes: {strokes} of {}, {} for each section.",
                    protocol.order.len(),
                    duration::words(protocol.times.stroke),
                    duration::words(section)
                )?;
                writeln!(
                    f,
                    "Sections are those of the face: other places are not supported. What each keeps off stays."
                )?;
            }
            None => writeln!(f, "{name} is a checklist in order.")?,
        }
        write!(f, "Questions: {questions}, {own_questions} of them from this file.")
    }
}
