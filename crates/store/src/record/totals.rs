//! Sums up all sessions, as far as the next one depends on them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::facts::Retirement;
use super::history::{History, UncountedFile};
use super::interval_hold::SessionRemnant;
use super::listing::Listing;
use super::names::ROLLERS;
use super::past::Past;
use super::walk::children;
use crate::calendar::Date;
use engine::protocol::Fingerprint;

/// What all sessions add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    counted: u32,
    /// The newest session that counts.
    pub last: Option<Past>,
    /// The newest session in which skin was rolled: that one, or a later one that was struck out all the same.
    pub last_rolled: Option<Past>,
    /// The newest sessions that count, oldest first: the day of each, and how it felt.
    pub recent: Vec<(Date, Option<u8>)>,
    /// Interrupted sessions, newest first.
    pub interrupted: Vec<Past>,
    /// Files that are not counted.
    pub uncounted: Vec<UncountedFile>,
    /// Every day that holds the interval.
    holds: Vec<IntervalHold>,
    roller_uses: BTreeMap<String, u32>,
    /// The rollers that were retired in a real session, and when that was last, in seconds since the beginning of 1970.
    retired_rollers: BTreeMap<String, i64>,
    roller_in_use: Option<String>,
    has_unnamed_roller: bool,
    /// The checksums of the questions that were all answered and confirmed in some session or check.
    passed_checklists: BTreeSet<String>,
    /// Records that count although part of them cannot be read.
    partly_read: Vec<PathBuf>,
}

/// A day from which the interval is counted, and the file that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalHold {
    /// The session's id.
    pub id: String,
    /// The local day.
    pub day: Date,
    /// The file.
    pub path: PathBuf,
    /// Other files of the same session, which add nothing.
    others: Vec<PathBuf>,
    /// No complete record tells of it: the record mentions no rolling, is cut off, or cannot be read.
    pub is_doubtful: bool,
    /// Its record is struck out, and skin was rolled all the same.
    pub is_struck: bool,
}

/// How many sessions are kept to be compared with each other.
const RECENT: usize = 9;

fn recent(history: &History) -> Vec<(Date, Option<u8>)> {
    let counted = history.past.iter().filter(|past| past.counted).take(RECENT);
    let mut recent: Vec<_> = counted.map(|past| (past.day(), past.felt)).collect();
    recent.reverse();
    recent
}

impl Totals {
    /// Sums up all sessions below the data folder `root`.
    pub fn read(root: &Path) -> Totals {
        Totals::of_listing(root, Listing::of(root))
    }

    /// As [`Totals::read`], if `root` was already listed.
    pub fn of_listing(root: &Path, listing: Listing) -> Totals {
        let mut totals = Totals::of(&History::of(listing));
        // If rollers cannot be listed, nobody knows whether one was retired.
        children(&root.join(ROLLERS), &mut totals.uncounted);
        totals
    }

    /// Sums up `history`.
    pub fn of(history: &History) -> Totals {
        let mut totals = Totals {
            last: history.past.iter().find(|past| past.counted).cloned(),
            last_rolled: history.past.iter().find(|past| past.counted || past.is_rolled_and_struck()).cloned(),
            recent: recent(history),
            roller_in_use: history
                .past
                .iter()
                .filter(|past| !past.is_void())
                .find_map(|past| past.rollers.last().cloned()),
            interrupted: history.past.iter().filter(|past| past.is_interrupted()).cloned().collect(),
            uncounted: history.uncounted.clone(),
            passed_checklists: history.past.iter().filter_map(|past| past.passed_checklist.clone()).collect(),
            ..Totals::default()
        };
        history.past.iter().for_each(|past| totals.add(past));
        history.remnants.iter().for_each(|remnant| totals.add_remnant(remnant));
        totals
    }

    pub(crate) fn add(&mut self, past: &Past) {
        if !past.is_real_session() || past.is_void() {
            return;
        }
        self.counted = self.counted.saturating_add(u32::from(past.counted));
        if past.holds_interval() {
            self.holds.push(IntervalHold {
                id: past.id.clone(),
                day: Date::of(past.started.wall()),
                path: past.path.clone(),
                others: Vec::new(),
                is_doubtful: past.may_have_rolled() || (past.closed.is_none() && !past.is_timed()),
                is_struck: past.struck.is_some(),
            });
        }
        self.add_rollers(&past.rollers, &past.retired);
        let should_name_one = past.is_timed() || past.closed.is_none();
        self.has_unnamed_roller |= past.holds_interval() && should_name_one && past.rollers.is_empty();
        // What is missing of it may name another roller.
        if !past.damaged_lines.is_empty() || (past.closed.is_none() && past.torn) {
            self.has_unnamed_roller = true;
            self.partly_read.push(past.path.clone());
        }
    }

    pub(crate) fn add_remnant(&mut self, remnant: &SessionRemnant) {
        self.add_rollers(&remnant.rollers, &remnant.retired);
        // What is missing of it may name another roller.
        self.has_unnamed_roller |= remnant.rollers.is_empty() || remnant.is_doubtful;
        self.holds.push(IntervalHold {
            id: remnant.id.clone(),
            day: remnant.day,
            path: remnant.path.clone(),
            others: remnant.others.clone(),
            is_doubtful: remnant.is_doubtful,
            is_struck: false,
        });
    }

    fn add_rollers(&mut self, used: &[String], retired: &[Retirement]) {
        for roller in used {
            let uses = self.roller_uses.entry(roller.clone()).or_default();
            *uses = uses.saturating_add(1);
        }
        for Retirement { roller, at } in retired {
            let last = self.retired_rollers.entry(roller.clone()).or_insert(*at);
            *last = (*last).max(*at);
        }
    }

    /// Whether a record says that all questions of this checksum were answered and confirmed.
    pub fn has_passed(&self, checklist: Fingerprint) -> bool {
        self.passed_checklists.contains(&checklist.code())
    }

    /// The number of sessions that count.
    pub fn counted(&self) -> u32 {
        self.counted
    }

    /// The last local day that holds the interval. Files for which `is_left_out` are ignored, but not their copies.
    pub fn last_hold(&self, is_left_out: impl Fn(&Path) -> bool) -> Option<&IntervalHold> {
        self.holds.iter().filter(|hold| !is_left_out(&hold.path)).max_by_key(|hold| (hold.day, !hold.is_doubtful))
    }

    /// Whether another record than the one at `path`, which began on `day`, may have rolled the skin on that day or
    /// later. Files for which `is_left_out` are ignored.
    pub fn has_rolled_since(&self, path: &Path, day: Date, is_left_out: impl Fn(&Path) -> bool) -> bool {
        self.holds.iter().any(|hold| hold.path != path && hold.day >= day && !is_left_out(&hold.path))
    }

    /// Files and folders that may record a session and cannot be read completely.
    pub fn unread(&self) -> impl Iterator<Item = &Path> {
        let uncounted = self
            .uncounted
            .iter()
            .filter(|uncounted| uncounted.is_unlisted || self.has_remnant_in(uncounted))
            .map(|uncounted| &uncounted.path);
        let is_named = |path: &Path| self.uncounted.iter().any(|uncounted| uncounted.path == path);
        let is_interrupted = |path: &Path| self.interrupted.iter().any(|past| past.path == path);
        let doubtful = self.holds.iter().filter(|hold| hold.is_doubtful).map(|hold| &hold.path);
        let is_partly_read = |path: &Path| self.partly_read.iter().any(|other| other == path);
        let doubtful = doubtful.filter(move |path| !is_named(path) && !is_interrupted(path) && !is_partly_read(path));
        uncounted.chain(doubtful).chain(&self.partly_read).map(PathBuf::as_path)
    }

    /// Folders that may hold sessions and cannot be listed.
    pub fn unlisted(&self) -> impl Iterator<Item = &UncountedFile> {
        self.uncounted.iter().filter(|uncounted| uncounted.is_unlisted)
    }

    /// Whether there is any sign of a session.
    pub fn tells_of_any(&self) -> bool {
        !self.holds.is_empty() || !self.interrupted.is_empty() || self.last.is_some()
    }

    /// The number of sessions in which the roller `roller` touched the skin, interrupted ones included.
    pub fn uses_of(&self, roller: &str) -> u32 {
        self.roller_uses.get(roller).copied().unwrap_or(0)
    }

    /// Whether the uses of every roller are known: no session leaves open which roller it used.
    pub fn knows_uses(&self) -> bool {
        !self.has_unnamed_roller && self.unlisted().next().is_none()
    }

    /// When the roller `roller` was last retired in a real session, in seconds since the beginning of 1970; None if none
    /// tells of that.
    pub fn told_retired(&self, roller: &str) -> Option<i64> {
        self.retired_rollers.get(roller).copied()
    }

    /// The id of the roller that was used last.
    pub fn roller_in_use(&self) -> Option<&str> {
        self.roller_in_use.as_deref()
    }

    /// Whether `odd` is all that is left of a session that holds its day, or one of several such files.
    pub fn has_remnant_in(&self, uncounted: &UncountedFile) -> bool {
        let mut doubtful = self.holds.iter().filter(|hold| hold.is_doubtful);
        doubtful.any(|hold| hold.path == uncounted.path || hold.others.contains(&uncounted.path))
    }
}
