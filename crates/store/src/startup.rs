//! What a session has to know before it begins: the last session, the interval, the rollers to choose from, and the
//! sessions that were interrupted. [`load()`] reads it from the data folder.

mod candidate;
pub mod care;
mod load;
mod replay;

pub use self::candidate::{InterruptedSessions, Interruption, ResumeCandidate, UncountedReport};
pub use self::care::HeldLine;
pub use self::load::{IntervalStatus, PersonalSettings, due, load};
pub use self::replay::{ClockReading, interrupted_sessions};

use crate::calendar::Date;
use crate::sanitise::look_the_same;
use engine::safety::{Knows, Roller};
use engine::timeline::Boot;

/// How many rollers a list offers: one for each digit key.
const OFFERED: usize = 9;

/// The last session in which something was rolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSession {
    /// Its id.
    pub id: String,
    /// Local calendar days since.
    pub days_ago: i64,
    /// Sections that were rolled to their end.
    pub done: usize,
    /// How many sections its protocol has.
    pub of: usize,
    /// It ended before everything planned was rolled.
    pub part: bool,
    /// How it felt, 0 to 5.
    pub felt: Option<u8>,
    /// The newest note on it, written at once or on a later day.
    pub note: String,
    /// If the skin should be asked about now: which day after the session this is.
    pub check_in: Option<u32>,
}

/// Whether a session may begin today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DueState {
    /// The interval is over, or there was no session yet.
    Due,
    /// Early: possible with a reason.
    NotYet {
        /// Days until the interval is over.
        in_days: i64,
    },
    /// Less than the least interval has passed: refused.
    TooSoon {
        /// Days until the interval is over.
        in_days: i64,
        /// Days until an early start is possible.
        possible_in: i64,
    },
    /// A folder that may hold sessions cannot be listed, so nobody knows: refused.
    #[default]
    NotKnown,
}

/// A roller that was not retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailableRoller {
    /// The roller.
    pub roller: Roller,
    /// It is still in its sealed pack.
    pub sealed: bool,
    /// It had been used before it was entered.
    pub used_before: bool,
}

/// What is known before a session begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartupContext {
    /// The last session.
    pub last: Option<LastSession>,
    /// The newest sessions that count, oldest first: the day of each, and how it felt.
    pub recent: Vec<(Date, Option<u8>)>,
    /// The lines of aftercare of the session in which skin was last rolled, also where that one was struck out; also those
    /// that hold no longer.
    pub care: Vec<HeldLine>,
    /// That session ended with blood, welts, pain or dizziness.
    pub was_worrying: bool,
    /// Local calendar days since the skin was last rolled, even if no readable record of that day is left.
    pub rolled_days_ago: Option<i64>,
    /// Files among the records that cannot be used.
    pub uncounted: UncountedReport,
    /// What TZ or the system names as the time zone, if that is no known zone; safe to print. Empty if all is well.
    pub zone_unknown: String,
    /// The name of the profile; empty for the records that belong to none.
    pub profile: String,
    /// The person's own interval in days.
    pub interval_days: u32,
    /// Whether one may begin today.
    pub due: DueState,
    /// Folders that cannot be listed, each with the reason; safe to print.
    pub unlisted: Vec<String>,
    /// A record dated in the future, if there is one; safe to print.
    pub ahead: Option<String>,
    /// Every session names the roller it used. If not, a roller may have been used more often than is counted.
    pub uses_are_known: bool,
    /// Sessions so far in this course.
    pub course_done: u32,
    /// Rollers in use, the one used last first.
    pub rollers: Vec<AvailableRoller>,
    /// Ids of retired rollers, so that no new roller gets one of them.
    pub retired_rollers: Vec<String>,
    /// Ids of rollers that may or may not be retired, each with the file that cannot be read.
    pub unread_rollers: Vec<(String, String)>,
    /// How many questions the checklist of a real session has; a rehearsal has fewer.
    pub full_questions: usize,
    /// How long a roller soaks in a real session.
    pub full_contact: core::time::Duration,
    /// Name of the serum; empty if none was named.
    pub serum: String,
    /// Uses after which the person wants to replace a roller.
    pub uses_limit: u32,
    /// The terminal bell rings.
    pub bell: bool,
    /// A voice speaks.
    pub voice: bool,
    /// Whether bell and voice were noticed the last time that this was asked, with this terminal and these settings; None
    /// where it never was.
    pub cues_heard: Option<bool>,
    /// That the person knows the checklist, by their records, unless they want it one by one.
    pub knows: Option<Knows>,
    /// The boot of the computer and its uptime when the program started, if the system tells.
    pub boot: Option<Boot>,
}

impl StartupContext {
    /// Whether the roller `id` is still in its sealed pack, as far as is known.
    pub fn is_sealed(&self, id: &str) -> bool {
        self.rollers.iter().any(|available| available.roller.id == id && available.sealed)
    }

    /// Whether the roller `id` had been used before it was entered.
    pub fn was_used_before(&self, id: &str) -> bool {
        self.rollers.iter().any(|available| available.roller.id == id && available.used_before)
    }

    /// Marks the pack of the roller `id` as opened.
    pub fn unseal(&mut self, id: &str) {
        self.rollers
            .iter_mut()
            .filter(|available| available.roller.id == id)
            .for_each(|available| available.sealed = false);
    }

    /// The roller whose name looks the same as `name` on a screen.
    pub fn roller_called(&self, name: &str) -> Option<&Roller> {
        self.rollers.iter().map(|available| &available.roller).find(|roller| look_the_same(&roller.name, name))
    }

    /// Names of the unreadable files that leave the fate of the rollers for which `is_meant` unknown; None if there are
    /// none.
    pub fn unread_files(&self, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        let files: Vec<&str> =
            self.unread_rollers.iter().filter(|(id, _)| is_meant(id)).map(|(_, file)| file.as_str()).collect();
        Some(files.join(", ")).filter(|files| !files.is_empty())
    }

    /// The rollers to choose from. The roller `in_use` is left out: it cannot be a spare for itself.
    pub fn offered(&self, in_use: Option<&str>) -> impl Iterator<Item = &AvailableRoller> {
        let in_use = in_use.map(str::to_owned);
        self.rollers.iter().filter(move |available| Some(&available.roller.id) != in_use.as_ref()).take(OFFERED)
    }
}

/// Whether the screen is kept from turning off while hands are busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InhibitorState {
    /// Not requested yet.
    #[default]
    Unasked,
    /// Requested; no answer yet.
    Asked,
    /// The screen stays on.
    Held,
    /// No way to do it was found, or it was refused.
    Refused,
}
