//! What is known before a session begins, gathered from the data folder and the settings.

mod offers;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use offers::{Present, unfinished};

use crate::calendar::{Date, zone};
use crate::known::{DueState, Known, LastSession, Shelf, Unfinished, Unread};
use crate::record::ledger::Condition;
use crate::record::{Held, Ledger, Odd, OwnedRoller, Totals, later, show as shown};
use crate::visible::{brief, show};
use engine::protocol::Protocol;
use engine::safety;
use engine::session::Outcome;
use engine::timeline::Wall;

/// The person's own settings that matter before a session.
#[derive(Debug, Clone)]
pub struct Own {
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
}

/// Reads the data folder `root`, whose sessions come to `totals`: what is known, and what was left unfinished. What
/// cannot be read is named; nothing is changed there.
pub fn gather(
    root: &Path,
    totals: &Totals,
    protocol: &Arc<Protocol>,
    own: Own,
    present: &Present,
) -> (Known, Unfinished) {
    let mut unfinished = unfinished(totals.unfinished.iter(), protocol, present);
    // Each of them is asked about before another one can begin, so that a record which is merely not closed keeps
    // nobody from going on with it or from closing it.
    let asked_about: Vec<PathBuf> = totals
        .unfinished
        .iter()
        .filter(|past| past.may_have_rolled() && unfinished.offers.iter().any(|offer| offer.id == past.id))
        .map(|past| past.path.clone())
        .collect();
    let is_asked_about = |path: &Path| asked_about.iter().any(|asked| asked == path);
    for offer in &mut unfinished.offers {
        let Some(past) = totals.unfinished.iter().find(|past| past.id == offer.id) else { continue };
        let day = Date::of(offer.started);
        offer.rolled_since = totals.has_rolled_since(&past.path, day, is_asked_about);
        offer.may_be_cut_short = is_asked_about(&past.path) && day < Date::of(present.wall);
    }
    let is_missed = |odd: &&Odd| odd.is_unlisted || odd.path.is_dir() || totals.has_trace_of(odd);
    unfinished.unread.names.extend(totals.odd.iter().filter(is_missed).map(|odd| named(root, odd)));
    let (owned, mut odd) = Ledger::new(root).rollers();
    // What else lies in the folder of rollers is not asked about at each start.
    let bars_one = |odd: &Odd| owned.iter().any(|roller| roller.unread.as_ref() == Some(odd));
    odd.retain(|odd| bars_one(odd) || (!odd.is_unlisted && may_be_a_roller(odd)));
    unfinished.unread.names.extend(odd.iter().map(|odd| named(root, odd)));
    let ledger = (owned, odd);
    unfinished.unread.folder = show(&root.to_string_lossy());
    let standing = Standing::of(totals, protocol, own.interval_days, present.wall, is_asked_about);
    (known(root, totals, &standing, ledger, protocol, own, present), unfinished)
}

fn known(
    root: &Path,
    totals: &Totals,
    standing: &Standing,
    ledger: (Vec<OwnedRoller>, Vec<Odd>),
    protocol: &Protocol,
    own: Own,
    present: &Present,
) -> Known {
    let (rollers, retired_rollers, unread_rollers) = rollers(&Ledger::new(root), ledger, totals);
    Known {
        last: totals.last.as_ref().zip(standing.days_ago).map(|(last, days_ago)| {
            let remarks = later::remarks(&last.path).0;
            let noted = remarks.iter().filter_map(|remark| remark.day);
            LastSession {
                id: last.id.clone(),
                check_in: protocol.rules.check_in.due(days_ago, noted),
                days_ago,
                done: last.sections_done,
                of: last.order.len(),
                part: last.outcome == Some(Outcome::Part),
                felt: last.felt,
                note: remarks
                    .last()
                    .map(|remark| shown::said(&shown::words(), remark))
                    .or_else(|| last.note.clone())
                    .unwrap_or_default(),
            }
        }),
        rolled_days_ago: standing.held_days_ago,
        unread: Unread::default(),
        zone_unknown: Some(zone()).filter(|zone| !zone.is_understood).map_or(String::new(), |zone| zone.name.clone()),
        profile: own.profile,
        interval_days: own.interval_days,
        due: standing.due,
        unlisted: totals.unlisted().map(|odd| named(root, odd)).collect(),
        ahead: standing.held.as_ref().filter(|_| standing.is_ahead()).map(|held| show(&held.path.to_string_lossy())),
        uses_are_known: totals.knows_uses(),
        course_done: standing.course_done,
        rollers,
        retired_rollers,
        unread_rollers,
        full_questions: protocol.checklist.items.len(),
        full_contact: protocol.times.contact,
        serum: serum(&Ledger::new(root), own.serum),
        uses_limit: own.uses_limit,
        bell: own.bell,
        voice: own.voice,
        boot: present.boot.clone(),
    }
}

/// The file below the data folder `root` that `odd` is about, and why it is not counted.
fn named(root: &Path, odd: &Odd) -> String {
    let place = odd.path.strip_prefix(root).unwrap_or(&odd.path);
    let name = brief(&place.file_name().unwrap_or_default().to_string_lossy());
    let folder = place.parent().map(|folder| show(&folder.to_string_lossy())).filter(|folder| !folder.is_empty());
    let path = folder.map_or_else(|| name.clone(), |folder| format!("{folder}/{name}"));
    let path = if path.is_empty() { show(&root.to_string_lossy()) } else { path };
    format!("{path} {}", odd.why)
}

fn may_be_a_roller(odd: &Odd) -> bool {
    let is_of_the_ledger = |ending: &OsStr| ending == "toml" || ending == "icloud";
    odd.path.is_dir() || odd.path.extension().is_some_and(is_of_the_ledger)
}

/// Where a person stands between two sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Local calendar days since the last session that counts; None when there was none. Negative when a clock was
    /// wrong.
    pub days_ago: Option<i64>,
    /// Local calendar days since the last day that holds the interval: also one of which no sound record is left.
    pub held_days_ago: Option<i64>,
    /// What holds the interval.
    pub held: Option<Held>,
    /// Whether one may begin today.
    pub due: DueState,
    /// Sessions so far in this course.
    pub course_done: u32,
}

impl Standing {
    /// Where the person whose sessions come to `totals` stands at `now`. Days are those of the calendar in the place
    /// where each thing happened. Records of which `is_left_out` says so by their files hold nothing.
    pub fn of(
        totals: &Totals,
        protocol: &Protocol,
        interval_days: u32,
        now: Wall,
        is_left_out: impl Fn(&Path) -> bool,
    ) -> Standing {
        let rolled = totals.last.as_ref().map(|last| Date::of(last.started.wall()));
        let days_since = |day: Date| Date::of(now).days_since(day);
        let held = totals.last_held(is_left_out).cloned();
        let held_days_ago = held.as_ref().map(|held| days_since(held.day));
        let binding = held_days_ago.filter(|_| !protocol.trial);
        Standing {
            days_ago: rolled.map(days_since),
            held_days_ago,
            held,
            due: if totals.unlisted().next().is_some() {
                DueState::NotKnown
            } else {
                due(binding, interval_days, protocol.rules.least_interval_days)
            },
            course_done: totals.counted().checked_rem(protocol.rules.course).unwrap_or(0),
        }
    }

    /// Whether the last day that holds the interval has not come anywhere. On a flight to the west the calendar goes back
    /// by a day, and no clock is wrong.
    pub fn is_ahead(&self) -> bool {
        self.held_days_ago.is_some_and(|days| days < -1)
    }
}

/// Whether a session may begin `days_ago` days after the last one; None: there was none.
pub fn due(days_ago: Option<i64>, interval: u32, least: u32) -> DueState {
    let Some(days_ago) = days_ago else { return DueState::Due };
    let in_days = i64::from(interval).saturating_sub(days_ago);
    let possible_in = i64::from(least).saturating_sub(days_ago);
    // A last session in the future means that a clock was wrong; that is no reason to roll again.
    if in_days <= 0 {
        DueState::Due
    } else if possible_in > 0 {
        DueState::TooSoon { in_days, possible_in }
    } else {
        DueState::NotYet { in_days }
    }
}

/// Rollers that may be used, the one used last first; the ids of those that were retired; and those of which nobody can
/// say whether they were, each with the file that cannot be read.
fn rollers(
    ledger: &Ledger,
    (all, odd): (Vec<OwnedRoller>, Vec<Odd>),
    totals: &Totals,
) -> (Vec<Shelf>, Vec<String>, Vec<(String, String)>) {
    let (mut shelves, mut retired, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for owned in all {
        match ledger.standing_of(&owned, totals.is_retired(&owned.id)) {
            safety::Standing::Retired => retired.push(owned.id),
            safety::Standing::NotKnown(file) => unread.push((owned.id, file)),
            safety::Standing::InUse => {
                let used = totals.uses_of(&owned.id);
                let is_opened = owned.opened.is_some() || used > 0 || !totals.knows_uses();
                let sealed = owned.condition == Condition::Sealed && !is_opened;
                let used_before = owned.condition == Condition::Used;
                shelves.push(Shelf { roller: owned.for_session(used), sealed, used_before });
            }
        }
    }
    for (id, file) in odd.iter().map(|odd| (odd.id(), ledger.shown(&odd.path))) {
        if unread.iter().all(|(_, other)| *other != file) {
            unread.push((id, file));
        }
    }
    shelves.sort_by_key(|shelf| Some(shelf.roller.id.as_str()) != totals.roller_in_use());
    (shelves, retired, unread)
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
