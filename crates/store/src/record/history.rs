//! All sessions of one person, newest first, as far as their files can be vouched for. What cannot be read is named
//! and never stands in the way of the rest.

use core::time::Duration;
use std::io;
use std::path::{Path, PathBuf};

use super::facts::Facts;
use super::header::RecordKind;
use super::held::Trace;
use super::listing::Listing;
use super::names::own_name;
use super::parallel::in_parallel;
use super::read::{Depth, read_to};
use super::reading::{Reading, Tail};
use super::stamp::Stamp;
use super::text::{LONGEST_NAME, kept};
use super::walk::leads_nowhere;
use engine::protocol::Section;
use engine::session::{Carried, Outcome, SectionEnd};

/// A file that is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// Which.
    pub path: PathBuf,
    /// Why, as the second half of a sentence that begins with its name.
    pub why: String,
    /// It is, or may be, a folder, and what lies in it is not known.
    pub is_unlisted: bool,
}

impl Odd {
    /// A file that is not counted.
    pub fn new(path: PathBuf, why: impl Into<String>) -> Odd {
        Odd { path, why: why.into(), is_unlisted: false }
    }

    /// A folder of which nobody can say what lies in it.
    pub fn unlisted(path: &Path, error: &io::Error) -> Odd {
        let is_dead_link = error.kind() == io::ErrorKind::NotFound && leads_nowhere(path);
        let why =
            if is_dead_link { "is a link that leads nowhere".to_owned() } else { format!("cannot be listed: {error}") };
        Odd { path: path.to_owned(), why, is_unlisted: true }
    }

    /// Its name without the ending.
    pub fn id(&self) -> String {
        let name = own_name(&self.path);
        name.rsplit_once('.').map_or(name.as_str(), |(id, _)| id).to_owned()
    }
}

/// One session of the past, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its file.
    pub path: PathBuf,
    /// Its id, the name of the file without its ending.
    pub id: String,
    /// What it is a record of.
    pub kind: RecordKind,
    /// A trial never counts.
    pub trial: bool,
    /// When it began.
    pub started: Stamp,
    /// When it was closed; None for an unfinished one.
    pub closed: Option<Stamp>,
    /// How it ended; None for an unfinished one.
    pub outcome: Option<Outcome>,
    /// Sections that were done or were enough.
    pub sections_done: usize,
    /// Sections in its protocol; 0 without a summary, which alone says so.
    pub sections_in_all: usize,
    /// The sections that were skipped, each with the ids of the questions because of which.
    pub skipped: Vec<(Section, Vec<String>)>,
    /// Id of the reason for stopping early.
    pub stop_reason: Option<String>,
    /// Rolling time in all.
    pub rolled: Duration,
    /// The drum was on the skin, for however long.
    pub touched_skin: bool,
    /// How it felt, 0 to 5.
    pub felt: Option<u8>,
    /// The person's note.
    pub note: Option<String>,
    /// Ids of the rollers that touched the skin, in order.
    pub rollers: Vec<String>,
    /// What its owner calls the one used last, and which use of it this was; not known of paper, before which others may
    /// be entered.
    pub roller: Option<(String, Option<u32>)>,
    /// Ids of the rollers that were retired in it: the ledger may not have been reached before a crash.
    pub retired: Vec<String>,
    /// Lines at which the file is damaged, or none.
    pub damaged_lines: Vec<usize>,
    /// Its last part was cut off while it was being written.
    pub torn: bool,
}

impl Past {
    /// The short form of `reading`, which came from the file at `path`.
    pub fn of(path: &Path, reading: &Reading) -> Past {
        let summary = reading.summary.as_ref();
        let mut facts = Facts::of(reading.told(), !reading.damage.is_empty());
        if let Some(summary) = summary {
            // Its word on the skin is the last one; its roller may stand in an entry that is damaged.
            facts.touched_skin = summary.touched_skin();
        }
        // Nobody timed what was on paper, and nobody enters a session in which nothing was rolled.
        facts.touched_skin |= reading.header.kind == RecordKind::Log;
        if let Some(summary) = summary {
            facts.add_roller(summary.roller.as_ref().filter(|_| facts.touched_skin));
        }
        let sections = || summary.iter().flat_map(|summary| &summary.sections);
        // Without a summary the entries say it, unless some of them are missing.
        let is_told = summary.is_none() && reading.damage.is_empty();
        let so_far = if is_told { reading.rolled() } else { Vec::new() };
        Past {
            path: path.to_owned(),
            id: reading.header.id.clone(),
            kind: reading.header.kind,
            trial: reading.header.trial,
            started: reading.header.started,
            closed: summary.map(|summary| summary.closed),
            outcome: summary.map(|summary| summary.outcome),
            sections_done: sections().filter(|section| section.is_done()).count()
                + so_far.iter().filter(|one| one.is_done()).count(),
            sections_in_all: summary.map_or(0, |summary| summary.order.len()),
            skipped: sections()
                .filter(|section| section.end == SectionEnd::Skipped)
                .map(|section| (section.section, section.skip.clone()))
                .collect(),
            stop_reason: summary.and_then(|summary| summary.stop_reason.clone()),
            rolled: Duration::from_millis(summary.map_or(0, |summary| summary.rolled_ms))
                + so_far.iter().map(Carried::spent).sum::<Duration>(),
            touched_skin: facts.touched_skin,
            felt: reading.felt(),
            note: reading.note().map(str::to_owned),
            rollers: facts.rollers,
            roller: roller(reading),
            retired: facts.retired,
            damaged_lines: reading.damage.iter().map(|damage| damage.line).collect(),
            torn: reading.tail != Tail::Clean,
        }
    }

    /// Whether it counts as a session: the drum was on the skin, and it is closed. A damaged one that can no longer be
    /// closed counts too, since the skin does not heal faster for it.
    pub fn counts(&self) -> bool {
        self.is_in_earnest() && self.touched_skin && (self.closed.is_some() || !self.damaged_lines.is_empty())
    }

    /// Whether its day holds the interval: no check, no trial, and the drum was on the skin, or nobody can say that it
    /// was not. A record that is not closed may have been cut off by another program at any line.
    pub fn holds_interval(&self) -> bool {
        self.is_in_earnest() && (self.touched_skin || self.closed.is_none())
    }

    /// Whether its day holds the interval for no other reason than that it is not closed.
    pub fn may_have_rolled(&self) -> bool {
        self.holds_interval() && !self.touched_skin
    }

    /// Whether it is a session, on paper or by the clock, and no trial.
    pub fn is_in_earnest(&self) -> bool {
        self.kind.is_rolling() && !self.trial
    }

    /// Whether it was followed on the screen.
    pub(super) fn is_timed(&self) -> bool {
        self.kind == RecordKind::Session
    }

    /// Whether it was begun and never closed.
    pub fn is_unfinished(&self) -> bool {
        self.kind == RecordKind::Session && self.closed.is_none()
    }
}

/// The roller of the summary, or the one that was taken last.
fn roller(reading: &Reading) -> Option<(String, Option<u32>)> {
    let of_summary = || {
        let summary = reading.summary.as_ref()?;
        Some((summary.roller_name.clone()?, summary.roller_uses))
    };
    let taken = || reading.roller().map(|roller| (roller.name.clone(), Some(roller.uses)));
    let (name, before) = of_summary().or_else(taken)?;
    let is_timed = reading.header.kind == RecordKind::Session;
    Some((kept(&name, LONGEST_NAME), before.filter(|_| is_timed).map(|before| before.saturating_add(1))))
}

/// Whether the file at `path` is called after the session `id`.
pub fn is_named(path: &Path, id: &str) -> bool {
    path.file_stem().is_some_and(|stem| stem == id)
}

/// Reads the session file at `path` as far as `depth` says.
///
/// # Errors
/// When it cannot be read, or is a copy of another session; and why.
pub fn open(path: &Path, depth: Depth) -> Result<Reading, Odd> {
    let reading = read_to(path, depth).map_err(|error| Odd::new(path.to_owned(), error.to_string()))?;
    if is_named(path, &reading.header.id) {
        Ok(reading)
    } else {
        Err(Odd::new(path.to_owned(), format!("is a copy of the session {}", reading.header.id)))
    }
}

/// All sessions of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Newest first, by the names of their files.
    pub past: Vec<Past>,
    /// Files in the sessions folder that are not counted.
    pub odd: Vec<Odd>,
    /// Sessions of which no sound record is left, but that rolled the skin.
    pub traces: Vec<Trace>,
}

impl History {
    /// Reads all sessions below the data folder `root`. No folder means no sessions.
    pub fn read(root: &Path) -> History {
        History::of(Listing::of(root))
    }

    /// Reads all sessions of `listing`.
    pub fn of(mut listing: Listing) -> History {
        let mut past = Vec::new();
        let read = |path: &PathBuf| open(path, Depth::Ends).map(|reading| Past::of(path, &reading));
        for (_, one) in in_parallel(core::mem::take(&mut listing.sessions), read) {
            match one {
                Ok(one) => past.push(one),
                Err(odd) => listing.refuse(odd),
            }
        }
        let (traces, odd) = listing.judge(&mut past);
        History { past, odd, traces }
    }
}
