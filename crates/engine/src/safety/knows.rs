//! Who knows the checklist well enough to answer several questions together.

use crate::protocol::{Checklist, Fingerprint, Rules};

/// What the records tell of a person and a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquaintance {
    /// They answered the whole of it before under the present wording, and confirmed that.
    pub has_passed: bool,
    /// Their sessions in this course so far.
    pub sessions_in_course: u32,
    /// Days since their last session; None where there was none, or where nobody can say.
    pub days_since: Option<i64>,
}

/// That the person knows one checklist. Only [`Knows::of`] says so, and for no other checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knows {
    checklist: Fingerprint,
}

impl Knows {
    /// That of `checklist`, by what is told of it: not before it was gone through once in this wording, not in the first
    /// session of a course, and not after a long time without a session.
    pub fn of(checklist: &Checklist, rules: &Rules, told: Acquaintance) -> Option<Knows> {
        let is_fresh = told.days_since.is_some_and(|days| (0..i64::from(rules.known_for_days)).contains(&days));
        let is_first = told.sessions_in_course == 0;
        (told.has_passed && is_fresh && !is_first).then_some(Knows { checklist: checklist.fingerprint })
    }

    /// Whether `checklist` is the one that they know.
    pub fn is_of(&self, checklist: &Checklist) -> bool {
        self.checklist == checklist.fingerprint
    }
}
