//! The data files: embedded protocol, checklist, limits and words, and the files that a person adds. Read once at the
//! start; what is wrong with one is said with its line and column before anything is drawn.

pub mod check;
mod checklist;
pub mod duration;
mod guide;
pub mod limits;
pub mod parse;
pub(crate) mod raw;
pub mod refusal;
pub mod source;
pub mod styles;
pub(crate) mod text;
pub mod times;
pub mod words;

pub use limits::Limits;
pub use refusal::Refusal;
pub use source::Source;
pub use styles::Looks;
pub use times::{NamedTimes, TimeName};

use guide::Guide;
use serde::{Deserialize, Serialize};

use crate::prepared::{self, Fresh, Part};
use crate::protocol::{Checklist, Fingerprint, Item, Kind, Protocol, Times};

/// The name of [`Embedded`] in the prepared file, and the texts that it is read from.
const PART: Part = Part::of("protocol", &TEXTS);
const TEXTS: [&str; 3] = [guide::TEXT, checklist::TEXT, limits::TEXT];

/// What a session is put together from, beside the embedded files.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A protocol to follow in place of the embedded one.
    pub protocol: Option<Source>,
    /// A file with further questions.
    pub checklist: Option<Source>,
    /// Times from the settings; they go before the protocol's.
    pub times: NamedTimes,
    /// Times outside the usual ranges are accepted, and every record is marked as a trial.
    pub trial: bool,
}

/// The protocols that can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// In earnest.
    pub session: Protocol,
    /// With an empty hand.
    pub rehearsal: Protocol,
    /// The list alone.
    pub check: Protocol,
}

/// The embedded files, read and checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Embedded {
    limits: Limits,
    guide: Guide,
    list: Checklist,
    samples: Checklist,
}

impl Embedded {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn read() -> Result<Embedded, Refusal> {
        prepared::or_read(PART, Embedded::from_text)
    }

    /// The same for the prepared file.
    ///
    /// # Errors
    /// As [`Embedded::read`].
    pub fn prepare() -> Result<Fresh, Refusal> {
        Embedded::from_text().map(|embedded| Fresh::of(PART, &embedded))
    }

    fn from_text() -> Result<Embedded, Refusal> {
        let limits = Limits::from_text()?;
        let source = Source::new("protocol.toml", guide::TEXT)?;
        let guide = guide::built_in(&source, &parse::parse(&source)?, &limits)?;
        let items = checklist::built_in(&limits)?;
        let samples = checklist::list(sample(&items, &guide.standing.rehearsal.questions, &source)?);
        Ok(Embedded { limits, guide, list: checklist::list(items), samples })
    }

    /// Everything that a session follows, with the person's own files laid over what is embedded.
    ///
    /// # Errors
    /// Refuses a file with anything in it that is unknown, missing, out of range, or weaker than what is embedded.
    pub fn load(&self, sources: &Sources) -> Result<Loaded, Refusal> {
        let Embedded { limits, .. } = self;
        let mut list = self.list.clone();
        let guide = match &sources.protocol {
            None => self.guide.clone(),
            Some(source) => {
                let raw: raw::RawProtocol = parse::parse(source)?;
                list = checklist::with(list, source, &raw.question, limits)?;
                guide::own(source, &raw, &self.guide, limits, sources.trial)?
            }
        };
        if let Some(source) = &sources.checklist {
            list = checklist::with(list, source, &checklist::read(source, limits)?, limits)?;
        }
        let times = sources.times.over(&guide.times);
        let fingerprint = fingerprint(sources, &times);
        let protocol = |kind, times: Times, checklist: Checklist| Protocol {
            id: guide.id.clone(),
            kind,
            trial: sources.trial,
            fingerprint,
            order: guide.order.clone(),
            sections: guide.sections.clone(),
            strokes: guide.strokes.clone(),
            times,
            rules: limits.rules.clone(),
            checklist,
            stop_reasons: guide.standing.stop_reasons.clone(),
            sign_out: guide.standing.sign_out.clone(),
            aftercare: guide.standing.aftercare.clone(),
            see_a_doctor: guide.standing.see_a_doctor.clone(),
        };
        Ok(Loaded {
            rehearsal: protocol(Kind::Rehearsal, rehearsal_times(&guide, &times), self.samples.clone()),
            check: protocol(Kind::Check, times.clone(), list.clone()),
            session: protocol(Kind::Session, times, list),
        })
    }
}

/// Reads everything that a session follows.
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

/// The questions that a rehearsal shows, in the list's order.
fn sample(items: &[Item], ids: &[String], embedded: &Source) -> Result<Vec<Item>, Refusal> {
    let chosen: Vec<Item> = items.iter().filter(|item| ids.contains(&item.id)).cloned().collect();
    if chosen.is_empty() || chosen.len() < ids.len() {
        let what = "names a rehearsal question that the checklist does not have";
        return Err(Refusal::whole(embedded.name(), what, "Compare [rehearsal] with checklist.toml."));
    }
    Ok(chosen)
}

/// The pace of the first section is the session's own, so that the hand learns it.
fn rehearsal_times(guide: &Guide, session: &Times) -> Times {
    Times { stroke: session.stroke, ..guide.standing.rehearsal.times.clone() }
}

/// A checksum over every text that shapes a session, and over the times that hold in the end. Each text is closed by
/// a character that none of them can hold.
fn fingerprint(sources: &Sources, times: &Times) -> Fingerprint {
    let text = |source: &Option<Source>| source.as_ref().map(|source| source.text().to_owned()).unwrap_or_default();
    let spans = TimeName::ALL.map(|name| duration::words(name.of(times))).join(" ");
    let mut hasher = crc32fast::Hasher::new();
    for part in [
        guide::TEXT,
        checklist::TEXT,
        limits::TEXT,
        &text(&sources.protocol),
        &text(&sources.checklist),
        &spans,
        if sources.trial { "trial" } else { "" },
    ] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    Fingerprint(hasher.finalize())
}
