//! Reads the startup context from the data folder and the settings.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::replay::{ClockReading, interrupted_sessions};
use super::{
    AvailableRoller, DueState, HeldLine, InterruptedSessions, LastSession, StartupContext, UncountedReport, care,
};
use crate::calendar::{Date, zone};
use crate::record::ledger::Condition;
use crate::record::{IntervalHold, Ledger, OwnedRoller, Totals, UncountedFile, follow_up, show as shown};
use crate::sanitise::{brief, escape_hidden};
use engine::protocol::Protocol;
use engine::safety::{self, Acquaintance, Knows};
use engine::session::Outcome;
use engine::timeline::Wall;

/// The settings of the person that matter before a session.
#[derive(Debug, Clone)]
pub struct PersonalSettings {
    /// The name of the profile; empty for the records that belong to none.
    pub profile: String,
    /// Days from one session to the next.
    pub interval_days: u32,
    /// Uses after which a roller should be replaced.
    pub uses_limit: u32,
    /// Name of the serum; empty: the one last entered.
    pub serum: String,
    /// The terminal bell rings.
    pub bell: bool,
    /// A voice speaks.
    pub voice: bool,
    /// Questions that the person knows may stand on one screen.
    pub cards: bool,
}

/// Reads the data folder `root`, whose sessions add up to `totals`. Files that cannot be read are named in the result.
/// Nothing in the folder is changed.
pub fn load(
    root: &Path,
    totals: &Totals,
    protocol: &Arc<Protocol>,
    own: PersonalSettings,
    clocks: &ClockReading,
) -> (StartupContext, InterruptedSessions) {
    let mut interrupted = interrupted_sessions(totals.interrupted.iter(), protocol, clocks);
    // The person is asked about each of these before a new session can begin. So a record that was merely never closed
    // does not block resuming or closing it.
    let asked_about: Vec<PathBuf> = totals
        .interrupted
        .iter()
        .filter(|past| past.may_have_rolled() && interrupted.candidates.iter().any(|candidate| candidate.id == past.id))
        .map(|past| past.path.clone())
        .collect();
    let is_asked_about = |path: &Path| asked_about.iter().any(|asked| asked == path);
    for candidate in &mut interrupted.candidates {
        let Some(past) = totals.interrupted.iter().find(|past| past.id == candidate.id) else { continue };
        let day = Date::of(candidate.started);
        candidate.rolled_since = totals.has_rolled_since(&past.path, day, is_asked_about);
        candidate.may_be_cut_short = is_asked_about(&past.path) && day < Date::of(clocks.wall);
    }
    let is_missed = |uncounted: &&UncountedFile| {
        uncounted.is_unlisted || uncounted.path.is_dir() || totals.has_remnant_in(uncounted)
    };
    interrupted
        .uncounted
        .names
        .extend(totals.uncounted.iter().filter(is_missed).map(|uncounted| named(root, uncounted)));
    let (owned, mut uncounted) = Ledger::new(root).rollers();
    // Other files in the rollers folder are not worth a warning at every start.
    let bars_one = |uncounted: &UncountedFile| owned.iter().any(|roller| roller.unread.as_ref() == Some(uncounted));
    uncounted.retain(|uncounted| bars_one(uncounted) || (!uncounted.is_unlisted && may_be_a_roller(uncounted)));
    interrupted.uncounted.names.extend(uncounted.iter().map(|uncounted| named(root, uncounted)));
    let ledger = (owned, uncounted);
    interrupted.uncounted.folder = escape_hidden(&root.to_string_lossy());
    let status = IntervalStatus::of(totals, protocol, own.interval_days, clocks.wall, is_asked_about);
    (context(root, totals, &status, ledger, protocol, own, clocks), interrupted)
}

fn context(
    root: &Path,
    totals: &Totals,
    status: &IntervalStatus,
    ledger: (Vec<OwnedRoller>, Vec<UncountedFile>),
    protocol: &Protocol,
    own: PersonalSettings,
    clocks: &ClockReading,
) -> StartupContext {
    let (rollers, retired_rollers, unread_rollers) = rollers(&Ledger::new(root), ledger, totals);
    StartupContext {
        last: totals.last.as_ref().zip(status.days_ago).map(|(last, days_ago)| {
            let mut follow_ups = follow_up::of_session(&last.path).0;
            follow_ups.retain(|follow_up| follow_up.struck.is_none());
            let noted = follow_ups.iter().filter_map(|follow_up| follow_up.day);
            LastSession {
                id: last.id.clone(),
                check_in: protocol.rules.check_in.due(days_ago, noted),
                days_ago,
                done: last.sections_done,
                of: last.order.len(),
                part: last.outcome == Some(Outcome::Part),
                felt: last.felt,
                note: follow_ups
                    .last()
                    .map(|follow_up| shown::said(&shown::words(), follow_up))
                    .or_else(|| last.note.clone())
                    .unwrap_or_default(),
            }
        }),
        recent: totals.recent.clone(),
        care: totals
            .last_rolled
            .as_ref()
            .map_or_else(Vec::new, |past| HeldLine::after(care::ended(past), clocks.wall, protocol)),
        was_worrying: totals.last_rolled.as_ref().is_some_and(care::was_worrying),
        rolled_days_ago: status.hold_days_ago,
        uncounted: UncountedReport::default(),
        zone_unknown: Some(zone()).filter(|zone| !zone.is_understood).map_or(String::new(), |zone| zone.name.clone()),
        profile: own.profile,
        interval_days: own.interval_days,
        due: status.due,
        unlisted: totals.unlisted().map(|uncounted| named(root, uncounted)).collect(),
        ahead: status
            .hold
            .as_ref()
            .filter(|_| status.is_ahead())
            .map(|hold| escape_hidden(&hold.path.to_string_lossy())),
        uses_are_known: totals.knows_uses(),
        course_done: status.course_done,
        rollers,
        retired_rollers,
        unread_rollers,
        full_questions: protocol.checklist.items.len(),
        full_contact: protocol.times.contact,
        serum: serum(&Ledger::new(root), own.serum),
        uses_limit: own.uses_limit,
        bell: own.bell,
        voice: own.voice,
        boot: clocks.boot.clone(),
        cues_heard: None,
        knows: knows(totals, status, protocol).filter(|_| own.cards),
    }
}

/// That the person knows the checklist, by their records.
fn knows(totals: &Totals, status: &IntervalStatus, protocol: &Protocol) -> Option<Knows> {
    let told = Acquaintance {
        has_passed: totals.has_passed(protocol.checklist.fingerprint),
        sessions_in_course: status.course_done,
        days_since: status.days_ago,
    };
    Knows::of(&protocol.checklist, &protocol.rules, told)
}

/// The path of `uncounted` below the data folder `root`, and why it is not counted; safe to print.
fn named(root: &Path, uncounted: &UncountedFile) -> String {
    let place = uncounted.path.strip_prefix(root).unwrap_or(&uncounted.path);
    let name = brief(&place.file_name().unwrap_or_default().to_string_lossy());
    let folder =
        place.parent().map(|folder| escape_hidden(&folder.to_string_lossy())).filter(|folder| !folder.is_empty());
    let path = folder.map_or_else(|| name.clone(), |folder| format!("{folder}/{name}"));
    let path = if path.is_empty() { escape_hidden(&root.to_string_lossy()) } else { path };
    format!("{path} {}", uncounted.why)
}

fn may_be_a_roller(uncounted: &UncountedFile) -> bool {
    let is_of_the_ledger = |ending: &OsStr| ending == "toml" || ending == "icloud";
    uncounted.path.is_dir() || uncounted.path.extension().is_some_and(is_of_the_ledger)
}

/// How far the interval since the last session has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalStatus {
    /// Local calendar days since the last session that counts; None if there was none. Negative if a clock was wrong.
    pub days_ago: Option<i64>,
    /// Local calendar days since the last day that holds the interval, even if no readable record of it is left.
    pub hold_days_ago: Option<i64>,
    /// The day that holds the interval.
    pub hold: Option<IntervalHold>,
    /// Whether one may begin today.
    pub due: DueState,
    /// Sessions so far in this course.
    pub course_done: u32,
}

impl IntervalStatus {
    /// The status at `now` for sessions that add up to `totals`. Each day is the local day where the session took
    /// place. Files for which `is_left_out` hold nothing.
    pub fn of(
        totals: &Totals,
        protocol: &Protocol,
        interval_days: u32,
        now: Wall,
        is_left_out: impl Fn(&Path) -> bool,
    ) -> IntervalStatus {
        let rolled = totals.last.as_ref().map(|last| Date::of(last.started.wall()));
        let days_since = |day: Date| Date::of(now).days_since(day);
        let hold = totals.last_hold(is_left_out).cloned();
        let hold_days_ago = hold.as_ref().map(|hold| days_since(hold.day));
        let binding = hold_days_ago.filter(|_| !protocol.trial);
        IntervalStatus {
            days_ago: rolled.map(days_since),
            hold_days_ago,
            hold,
            due: if totals.unlisted().next().is_some() {
                DueState::NotKnown
            } else {
                due(binding, interval_days, protocol.rules.least_interval_days)
            },
            course_done: totals.counted().checked_rem(protocol.rules.course).unwrap_or(0),
        }
    }

    /// Whether the last day that holds the interval is in the future everywhere on earth. Flying west can turn the
    /// calendar back by one day without any clock being wrong.
    pub fn is_ahead(&self) -> bool {
        self.hold_days_ago.is_some_and(|days| days < -1)
    }
}

/// Whether a session may begin `days_ago` days after the last one; None means there was none. `interval` and `least`
/// are in days.
pub fn due(days_ago: Option<i64>, interval: u32, least: u32) -> DueState {
    let Some(days_ago) = days_ago else { return DueState::Due };
    let in_days = i64::from(interval).saturating_sub(days_ago);
    let possible_in = i64::from(least).saturating_sub(days_ago);
    // A session in the future means that some clock was wrong. That is no reason to allow another one.
    if in_days <= 0 {
        DueState::Due
    } else if possible_in > 0 {
        DueState::TooSoon { in_days, possible_in }
    } else {
        DueState::NotYet { in_days }
    }
}

/// Sorts the rollers into three lists: those that may be used, the one used last first; ids of retired ones; and those
/// that may be retired, each id with the file that cannot be read.
fn rollers(
    ledger: &Ledger,
    (all, uncounted): (Vec<OwnedRoller>, Vec<UncountedFile>),
    totals: &Totals,
) -> (Vec<AvailableRoller>, Vec<String>, Vec<(String, String)>) {
    let (mut available_rollers, mut retired, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for owned in all {
        match ledger.standing_of(&owned, totals.told_retired(&owned.id)) {
            safety::Standing::Retired => retired.push(owned.id),
            safety::Standing::NotKnown(file) => unread.push((owned.id, file)),
            safety::Standing::InUse => {
                let used = totals.uses_of(&owned.id);
                let is_opened = owned.opened.is_some() || used > 0 || !totals.knows_uses();
                let sealed = owned.condition == Condition::Sealed && !is_opened;
                let used_before = owned.condition == Condition::Used;
                available_rollers.push(AvailableRoller { roller: owned.for_session(used), sealed, used_before });
            }
        }
    }
    for (id, file) in uncounted.iter().map(|uncounted| (uncounted.id(), ledger.shown(&uncounted.path))) {
        if unread.iter().all(|(_, other)| *other != file) {
            unread.push((id, file));
        }
    }
    available_rollers.sort_by_key(|available| Some(available.roller.id.as_str()) != totals.roller_in_use());
    (available_rollers, retired, unread)
}

fn serum(ledger: &Ledger, own: String) -> String {
    if !own.is_empty() {
        return own;
    }
    ledger.newest_serum(|_| true).map(|serum| serum.name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_opens_on_its_day() {
        assert_eq!(due(None, 28, 7), DueState::Due);
        assert_eq!(due(Some(28), 28, 7), DueState::Due);
        assert_eq!(due(Some(27), 28, 7), DueState::NotYet { in_days: 1 });
        assert_eq!(due(Some(7), 28, 7), DueState::NotYet { in_days: 21 });
        assert_eq!(due(Some(6), 28, 7), DueState::TooSoon { in_days: 22, possible_in: 1 });
        assert_eq!(due(Some(-3), 28, 7), DueState::TooSoon { in_days: 31, possible_in: 10 });
    }
}
