//! An unfinished session, offered to be gone on with.

use super::DueState;
use engine::session::{Again, Away, Effect, Session};
use engine::timeline::{Moment, Now, Wall};

/// How an unfinished session was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// Cut off while hands were busy: nobody told the program to end.
    CutOff,
    /// The program was told to end, or the terminal closed.
    ToldToEnd,
    /// While it was paused.
    Paused,
    /// Before the last touch.
    Open,
}

/// An unfinished session as its record left it.
#[derive(Debug)]
pub struct ResumeCandidate {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started: Wall,
    /// The serum that was meant to be used; empty when none was named.
    pub serum: String,
    /// As its last entry left it.
    pub session: Session,
    /// As it would stand when it is gone on with.
    pub preview: Session,
    /// The moment of its last entry.
    pub last: Now,
    /// How it was left.
    pub interruption: Interruption,
    /// For how long nothing had run by the clocks at [`ResumeCandidate::found`].
    pub away: Away,
    /// When its record was read, on the time line of this program.
    pub found: Moment,
    /// What has to be recorded before it goes on: what was rolled under another protocol.
    pub pending: Vec<Effect>,
    /// It followed another protocol than the present one.
    pub other_protocol: bool,
    /// It is a trial and the settings are not, or the other way round: it cannot go on.
    pub other_times: bool,
    /// The last line of its record was cut off.
    pub torn: bool,
    /// The skin was rolled in another session, on the day of this one or later.
    pub rolled_since: bool,
    /// It was begun on another day and tells of no rolling: another program may have cut it off.
    pub may_be_cut_short: bool,
}

impl ResumeCandidate {
    /// Whether `due` forbids to go on: the skin was rolled less than the least interval ago, or nobody can say, and not in
    /// this session alone. One in which it was rolled last may be finished.
    pub fn is_too_soon(&self, due: DueState) -> bool {
        match due {
            DueState::NotKnown => true,
            DueState::TooSoon { .. } => self.rolled_since || !self.preview.anything_rolled(),
            DueState::Due | DueState::NotYet { .. } => false,
        }
    }

    /// Whether nothing has changed between `self` and `other` but the time that has passed.
    pub fn is_the_same_as(&self, other: &ResumeCandidate) -> bool {
        // Every field is named, so that a new one is not forgotten. The preview follows from the session and the time.
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

    /// For how long nothing ran by the clocks, at `now` of the program.
    pub fn away_at(&self, now: Moment) -> Away {
        self.away.plus(now.since(self.found))
    }

    /// For how long nothing ran, as the session has to take it: another protocol makes it as good as unknown.
    pub fn counted_away(&self, now: Moment) -> Away {
        if self.other_protocol { Away::Unknown } else { self.away_at(now) }
    }

    /// Why soak and list come first when it goes on at `now` of the program; None: they do not.
    pub fn again(&self, now: Moment) -> Option<Again> {
        self.session.again_after(self.counted_away(now), self.last)
    }
}

/// Sessions that were begun and never closed.
#[derive(Debug, Default)]
pub struct InterruptedSessions {
    /// Those that can be asked about, newest first.
    pub candidates: Vec<ResumeCandidate>,
    /// Files that are left as they are.
    pub uncounted: UncountedReport,
    /// Ids of rollers that were put into the liquid in one of them, or taken from their packs.
    pub opened: Vec<String>,
}

/// Files among the records that cannot be used: damaged ones, copies, and whatever stands in the place of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UncountedReport {
    /// Each with its name and why it cannot be used, fit to be shown.
    pub names: Vec<String>,
    /// The folder of all records, fit to be shown.
    pub folder: String,
}
