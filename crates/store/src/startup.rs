//! What is known before a session begins: the last one, the interval, the rollers on the shelf.

mod candidate;
mod load;
mod replay;

pub use self::candidate::{InterruptedSessions, Interruption, ResumeCandidate, UncountedReport};
pub use self::load::{IntervalStatus, PersonalSettings, due, load};
pub use self::replay::{ClockReading, interrupted_sessions};

use crate::sanitise::look_the_same;
use engine::safety::Roller;
use engine::timeline::Boot;

/// How many rollers are offered: as many as there are digits to choose by.
const OFFERED: usize = 9;

/// The last session in which something was rolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSession {
    /// Its id.
    pub id: String,
    /// Local calendar days since.
    pub days_ago: i64,
    /// Sections that came to their end.
    pub done: usize,
    /// Sections of its protocol.
    pub of: usize,
    /// It was stopped before its plan was through.
    pub part: bool,
    /// How it felt.
    pub felt: Option<u8>,
    /// What was noted on it last, then or on a later day.
    pub note: String,
    /// The day after it for which the skin is asked about now.
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
    /// Within the least interval: refused.
    TooSoon {
        /// Days until the interval is over.
        in_days: i64,
        /// Days until an early start is possible.
        possible_in: i64,
    },
    /// A folder that may hold sessions cannot be listed: refused.
    #[default]
    NotKnown,
}

/// A roller that was not retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailableRoller {
    /// The roller.
    pub roller: Roller,
    /// It came in a sealed pack and was never used.
    pub sealed: bool,
    /// It had been used already when it was entered.
    pub used_before: bool,
}

/// What is known before a session begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartupContext {
    /// The last session.
    pub last: Option<LastSession>,
    /// Local calendar days since the skin was rolled last, also where no sound record is left of it.
    pub rolled_days_ago: Option<i64>,
    /// Files among the records that cannot be used.
    pub uncounted: UncountedReport,
    /// What names the time zone, where it is none that is known, fit to be shown; empty where all is well.
    pub zone_unknown: String,
    /// The name of the profile; empty for the records that belong to none.
    pub profile: String,
    /// The person's own interval in days.
    pub interval_days: u32,
    /// Whether one may begin today.
    pub due: DueState,
    /// Folders that cannot be listed, each with why, fit to be shown.
    pub unlisted: Vec<String>,
    /// The record that is dated ahead of the clock, fit to be shown, if there is one.
    pub ahead: Option<String>,
    /// Every session tells which roller it used. Without that a roller may have been used more often than is counted.
    pub uses_are_known: bool,
    /// Sessions so far in this course.
    pub course_done: u32,
    /// Rollers, the one used last first.
    pub rollers: Vec<AvailableRoller>,
    /// Names for records of rollers that are retired, so that none is given again.
    pub retired_rollers: Vec<String>,
    /// Ids of those of which nobody can say whether they may be used, each with the file that cannot be read.
    pub unread_rollers: Vec<(String, String)>,
    /// Questions of the list in earnest; a rehearsal has fewer.
    pub full_questions: usize,
    /// Contact time in earnest.
    pub full_contact: core::time::Duration,
    /// Name of the serum; empty until named.
    pub serum: String,
    /// Uses after which the person wants to replace a roller.
    pub uses_limit: u32,
    /// The terminal bell rings.
    pub bell: bool,
    /// A voice speaks.
    pub voice: bool,
    /// The boot of the computer and how long it had been up when the program started, where the system says so.
    pub boot: Option<Boot>,
}

impl StartupContext {
    /// Whether the roller of this id is new in its pack, as far as is known.
    pub fn is_sealed(&self, id: &str) -> bool {
        self.rollers.iter().any(|available| available.roller.id == id && available.sealed)
    }

    /// Whether the roller of this id had been used when it was entered.
    pub fn was_used_before(&self, id: &str) -> bool {
        self.rollers.iter().any(|available| available.roller.id == id && available.used_before)
    }

    /// The roller of this id is sealed no longer.
    pub fn unseal(&mut self, id: &str) {
        self.rollers
            .iter_mut()
            .filter(|available| available.roller.id == id)
            .for_each(|available| available.sealed = false);
    }

    /// The roller whose name looks like `name`.
    pub fn roller_called(&self, name: &str) -> Option<&Roller> {
        self.rollers.iter().map(|available| &available.roller).find(|roller| look_the_same(&roller.name, name))
    }

    /// The files for which nobody can say whether those rollers may be used of whose ids `is_meant`; None: there are none.
    pub fn unread_files(&self, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        let files: Vec<&str> =
            self.unread_rollers.iter().filter(|(id, _)| is_meant(id)).map(|(_, file)| file.as_str()).collect();
        Some(files.join(", ")).filter(|files| !files.is_empty())
    }

    /// Rollers to choose from; the one in use is no spare for itself.
    pub fn offered(&self, in_use: Option<&str>) -> impl Iterator<Item = &AvailableRoller> {
        let in_use = in_use.map(str::to_owned);
        self.rollers.iter().filter(move |available| Some(&available.roller.id) != in_use.as_ref()).take(OFFERED)
    }
}

/// Whether the screen is kept awake while hands are busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InhibitorState {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// Whether it is has not been found out yet.
    Asked,
    /// It is.
    Held,
    /// There is no way, or it was refused.
    Refused,
}
