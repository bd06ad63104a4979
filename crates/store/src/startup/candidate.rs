//! Sessions that were begun and never closed, and what is known of each so that the person can decide whether to resume
//! it.

use super::DueState;
use engine::session::{Again, Away, Effect, Session};
use engine::timeline::{Moment, Now, Wall};

/// What state a session was in when it was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// It was running when the program died without being told to end.
    CutOff,
    /// The program was told to end, or the terminal was closed.
    ToldToEnd,
    /// It was paused.
    Paused,
    /// It had not gone hands free yet.
    Open,
}

/// An interrupted session, replayed from its record.
#[derive(Debug)]
pub struct ResumeCandidate {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started: Wall,
    /// The planned serum; empty if none was named.
    pub serum: String,
    /// Its state after its last entry.
    pub session: Session,
    /// Its state if it were resumed now.
    pub preview: Session,
    /// The moment of its last entry.
    pub last: Now,
    /// What state it was interrupted in.
    pub interruption: Interruption,
    /// How long nothing had run, measured when the record was read: at [`ResumeCandidate::found`].
    pub away: Away,
    /// When its record was read, on the program's own timeline.
    pub found: Moment,
    /// Effects to record before it resumes: what was rolled under another protocol.
    pub pending: Vec<Effect>,
    /// It followed another protocol than the current one.
    pub other_protocol: bool,
    /// It is a trial and the current settings are not, or the other way round. It cannot be resumed.
    pub other_times: bool,
    /// The end of its record was cut off.
    pub torn: bool,
    /// Another session rolled the skin on the same day or later.
    pub rolled_since: bool,
    /// It began on another day and records no rolling. Another program, such as one that syncs folders, may have cut
    /// off its end.
    pub may_be_cut_short: bool,
}

impl ResumeCandidate {
    /// Whether `due` forbids resuming: another session rolled the skin less than the least interval ago, or nobody can
    /// say. If this session itself did the rolling, it may be finished.
    pub fn is_too_soon(&self, due: DueState) -> bool {
        match due {
            DueState::NotKnown => true,
            DueState::TooSoon { .. } => self.rolled_since || !self.preview.anything_rolled(),
            DueState::Due | DueState::NotYet { .. } => false,
        }
    }

    /// Whether `self` and `other` differ in nothing but the time that has passed.
    pub fn is_the_same_as(&self, other: &ResumeCandidate) -> bool {
        // Every field is named, so that a new one cannot be forgotten. The preview follows from session and time.
        let ResumeCandidate {
            id,
            started,
            serum,
            session,
            preview: _,
            last,
            interruption,
            away: _,
            found: _,
            pending,
            other_protocol,
            other_times,
            torn,
            rolled_since,
            may_be_cut_short,
        } = self;
        (id, started, serum, session, last, interruption)
            == (&other.id, &other.started, &other.serum, &other.session, &other.last, &other.interruption)
            && (pending, other_protocol, other_times) == (&other.pending, &other.other_protocol, &other.other_times)
            && (torn, rolled_since, may_be_cut_short) == (&other.torn, &other.rolled_since, &other.may_be_cut_short)
    }

    /// How long nothing has run by `now` on the program's timeline.
    pub fn away_at(&self, now: Moment) -> Away {
        self.away.plus(now.since(self.found))
    }

    /// How long nothing has run, as far as the session may rely on it: unknown after a change of protocol.
    pub fn counted_away(&self, now: Moment) -> Away {
        if self.other_protocol { Away::Unknown } else { self.away_at(now) }
    }

    /// Why soak and checklist must be repeated before it resumes at `now`; None if they need not be.
    pub fn again(&self, now: Moment) -> Option<Again> {
        self.session.again_after(self.counted_away(now), self.last)
    }
}

/// Sessions that were begun and never closed.
#[derive(Debug, Default)]
pub struct InterruptedSessions {
    /// Those the person can be asked about, newest first.
    pub candidates: Vec<ResumeCandidate>,
    /// Files that were left out.
    pub uncounted: UncountedReport,
    /// Ids of rollers that one of them put into the liquid or took out of their packs.
    pub opened: Vec<String>,
}

/// Files among the records that are not counted: damaged ones, copies, and anything else in their place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UncountedReport {
    /// Each file's name with the reason; safe to print.
    pub names: Vec<String>,
    /// The data folder; safe to print.
    pub folder: String,
}
