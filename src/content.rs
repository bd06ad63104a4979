//! The data files: the embedded protocol, checklist, limits and words, and the files that a person adds. They are read
//! once at the start. A mistake in one is reported with its line and column before anything is drawn.

pub mod check;
pub mod config;
pub mod folders;
pub mod keymap;
mod checklist;
mod setting_words;
pub mod duration;
mod protocol_file;
pub mod limits;
pub mod mistakes;
pub mod parse;
pub(crate) mod raw;
pub mod refusal;
pub mod source;
mod span;
pub mod styles;
mod tables;
pub(crate) mod text;
pub mod times;
pub mod words;

pub use limits::Limits;
pub use refusal::Refusal;
pub use setting_words::{Notify, Questions, ThemeChoice, When};
pub use source::Source;
pub use styles::StyleSets;
pub use times::{NamedTimes, TimeName};

use std::sync::Arc;

use crc32fast::Hasher;
use protocol_file::ProtocolFile;

use engine::protocol::{Checklist, Fingerprint, Item, Kind, Protocol, Times};

/// The texts that [`Embedded`] is read from.
const TEXTS: [&str; 3] = [protocol_file::TEXT, checklist::TEXT, limits::TEXT];

/// The person's own files and settings that shape a session.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A protocol that replaces the embedded one.
    pub protocol: Option<Source>,
    /// A file with further questions.
    pub checklist: Option<Source>,
    /// Times from the settings, which override the protocol's.
    pub times: NamedTimes,
    /// Times outside the usual ranges are accepted, and every record is marked as a trial.
    pub trial: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    pub session: Protocol,
    pub rehearsal: Protocol,
    /// The checklist alone.
    pub check: Protocol,
}

/// The embedded files, read and checked.
#[derive(Debug, Clone)]
pub struct Embedded {
    limits: Limits,
    file: ProtocolFile,
    list: Checklist,
    samples: Checklist,
    /// The checksum over [`TEXTS`], with which every fingerprint begins.
    texts: u32,
}

impl Embedded {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn read() -> Result<Embedded, Refusal> {
        let limits = Limits::built_in()?;
        let source = Source::embedded("protocol.toml", protocol_file::TEXT);
        let file = protocol_file::built_in(&source, &parse::parse(&source)?, &limits)?;
        let items = checklist::built_in(&limits)?;
        let samples = checklist::list(sample(&items, &file.fixed.rehearsal.questions, &source)?);
        let mut texts = Hasher::new();
        hash_texts(&mut texts, &TEXTS);
        Ok(Embedded { limits, file, list: checklist::list(items), samples, texts: texts.finalize() })
    }

    /// The protocols to follow, with the person's own files over the embedded ones.
    ///
    /// # Errors
    /// Refuses a file with anything in it that is unknown, missing, out of range, or weaker than what is embedded.
    pub fn load(self, sources: &Sources) -> Result<Loaded, Refusal> {
        let Embedded { limits, mut file, mut list, samples, texts } = self;
        if let Some(source) = &sources.protocol {
            let raw: raw::RawProtocol = parse::parse(source)?;
            list = checklist::with(list, source, &raw.question, &limits)?;
            file = protocol_file::own(source, &raw, &file, &limits, sources.trial)?;
        }
        if let Some(source) = &sources.checklist {
            list = checklist::with(list, source, &checklist::read(source, &limits)?, &limits)?;
        }
        let times = sources.times.over(&file.times);
        let rehearsal_times = rehearsal_times(&file, &times);
        let session = Protocol {
            id: file.id,
            kind: Kind::Session,
            trial: sources.trial,
            fingerprint: fingerprint(texts, sources, &times),
            order: file.order,
            sections: Arc::new(file.sections),
            strokes: file.strokes.into(),
            times,
            rules: limits.rules,
            checklist: Arc::new(list),
            stop_reasons: file.fixed.stop_reasons.into(),
            sign_out: file.fixed.sign_out.into(),
            aftercare: file.fixed.aftercare.into(),
            red_flags: file.fixed.red_flags,
        };
        Ok(Loaded {
            rehearsal: Protocol {
                kind: Kind::Rehearsal,
                times: rehearsal_times,
                checklist: Arc::new(samples),
                ..session.clone()
            },
            check: Protocol { kind: Kind::Check, ..session.clone() },
            session,
        })
    }
}

/// The protocols to follow.
///
/// # Errors
/// As [`Embedded::load`].
pub fn load(sources: &Sources) -> Result<Loaded, Refusal> {
    Embedded::read()?.load(sources)
}

/// The embedded protocol for `kind`.
///
/// # Errors
/// Refuses an embedded file with a mistake in it; a test holds that there is none.
pub fn built_in(kind: Kind) -> Result<Protocol, Refusal> {
    let loaded = load(&Sources::default())?;
    Ok(match kind {
        Kind::Session => loaded.session,
        Kind::Check => loaded.check,
        Kind::Rehearsal => loaded.rehearsal,
    })
}

/// The questions that a rehearsal shows, in the order of the checklist.
fn sample(items: &[Item], ids: &[String], embedded: &Source) -> Result<Vec<Item>, Refusal> {
    let chosen: Vec<Item> = items.iter().filter(|item| ids.contains(&item.id)).cloned().collect();
    if chosen.is_empty() || chosen.len() < ids.len() {
        let what = "names a rehearsal question that the checklist does not have";
        return Err(Refusal::whole(embedded.name(), what, "Compare [rehearsal] with checklist.toml."));
    }
    Ok(chosen)
}

/// A rehearsal rolls its first section at the pace of the session, so that the hand learns it.
fn rehearsal_times(file: &ProtocolFile, session: &Times) -> Times {
    Times { stroke: session.stroke, ..file.fixed.rehearsal.times.clone() }
}

/// A checksum over every text that shapes a session, and over the times in force. `texts` is the checksum over the
/// embedded texts.
fn fingerprint(texts: u32, sources: &Sources, times: &Times) -> Fingerprint {
    fn text(source: &Option<Source>) -> &str {
        source.as_ref().map(Source::text).unwrap_or_default()
    }
    let spans = TimeName::ALL.map(|name| duration::words(name.of(times))).join(" ");
    let trial = if sources.trial { "trial" } else { "" };
    let mut hasher = Hasher::new_with_initial(texts);
    hash_texts(&mut hasher, &[text(&sources.protocol), text(&sources.checklist), &spans, trial]);
    Fingerprint(hasher.finalize())
}

/// Adds texts to a checksum, each ended by a NUL, which none of them can contain.
fn hash_texts(hasher: &mut Hasher, texts: &[&str]) {
    for text in texts {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
}
