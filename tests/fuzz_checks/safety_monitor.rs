//! Whether rolling is allowed, worked out from the raw events alone: a second opinion on the engine's.

use engine::protocol::{Consequence, Protocol, Section};
use engine::safety::{Ago, Answer, Detail, Doctor, Keep, Which};
use engine::session::{Away, Due, Entry, Event, HandsFree, Judgement, Kept, Session, Stage, Step};
use engine::timeline::Moment;

/// The section whose stroke is running.
pub fn rolling(session: &Session) -> Option<Section> {
    match session.stage() {
        Stage::HandsFree(HandsFree {
            step: Step::Running { due: Due::Stroke { section, .. } | Due::GetReady { section }, .. },
            ..
        }) => Some(*section),
        _ => None,
    }
}

/// What has been said and done so far.
pub struct SafetyMonitor<'a> {
    protocol: &'a Protocol,
    roller: bool,
    soaked_at: Option<Moment>,
    answers: Vec<Option<Answer>>,
    confirmed: bool,
    hands_free: bool,
}

impl<'a> SafetyMonitor<'a> {
    pub fn new(protocol: &'a Protocol) -> SafetyMonitor<'a> {
        let answers = vec![None; protocol.checklist.items.len()];
        SafetyMonitor { protocol, roller: false, soaked_at: None, answers, confirmed: false, hands_free: false }
    }

    /// Takes what the engine recorded.
    pub fn take(&mut self, entry: &Entry) {
        let now = entry.now.moment;
        let contact = self.protocol.times.contact;
        let soaked_at = |kept: &Kept| match kept {
            Kept::SealedPack => now,
            Kept::InLiquid { already } => now.plus(contact.saturating_sub(*already)),
        };
        match &entry.event {
            Event::RollerTaken(_) => self.roller = true,
            Event::NeedlesRejected | Event::RollerUnfit { .. } => {
                self.roller = false;
                self.soaked_at = None;
            }
            Event::SoakStarted(kept) => self.soaked_at = Some(soaked_at(kept)),
            Event::RollerSwapped { kept, .. } => {
                self.roller = true;
                self.soaked_at = Some(soaked_at(kept));
            }
            Event::SoakedAgain => self.soaked_at = Some(now.plus(contact)),
            // The liquid works while the computer sleeps.
            Event::Slept { span } => self.soaked_at = self.soaked_at.map(|at| at.minus(*span)),
            Event::Resumed { away: Away::For { least, .. }, .. } => {
                self.soaked_at = self.soaked_at.map(|at| at.minus(*least));
            }
            Event::Resumed { away: Away::Unknown, .. } => self.starts_over(),
            Event::Answered { item, answer } => {
                if let Some(kept) = self.answers.get_mut(item.0) {
                    *kept = Some(answer.clone());
                }
                self.confirmed = false;
            }
            Event::ListConfirmed { verdict: judgement } => self.confirmed = *judgement != Judgement::Stop,
            Event::ListReopened => self.confirmed = false,
            Event::HandsFree => self.hands_free = true,
            Event::RollerRetired | Event::Stopped { .. } | Event::Left => self.hands_free = false,
            _ => {}
        }
    }

    /// Soak and list are due again.
    fn starts_over(&mut self) {
        self.soaked_at = None;
        self.answers.fill(None);
        self.confirmed = false;
        self.hands_free = false;
    }

    /// Why `section` must not be rolled at `now`, if it must not.
    pub fn forbids(&self, section: Section, now: Moment) -> Option<&'static str> {
        let reasons = [
            (!self.roller, "no roller"),
            (self.soaked_at.is_none_or(|at| now < at), "not soaked"),
            (!self.confirmed, "list not confirmed"),
            (!self.hands_free, "not hands free"),
            (self.answers.iter().any(Option::is_none), "a question is open"),
            (self.answers.iter().enumerate().any(|(ix, answer)| self.bad(ix, answer.as_ref(), section)), "an answer"),
        ];
        reasons.into_iter().find(|(holds, _)| *holds).map(|(_, reason)| reason)
    }

    fn bad(&self, ix: usize, answer: Option<&Answer>, section: Section) -> bool {
        let Some(Answer::Risk { detail, .. }) = answer else { return false };
        let consequence = self.protocol.checklist.items.get(ix).map(|item| &item.consequence);
        match (consequence, detail) {
            (Some(Consequence::Ask), Detail::Doctor(doctor)) => *doctor != Doctor::AllRight,
            (Some(Consequence::Wait(kinds)), Detail::Waited { which, ago }) => {
                let chosen = |place: usize| match which {
                    Which::These(these) => these.contains(&place),
                    Which::NotSure => true,
                };
                let days = match ago {
                    Ago::Days(days) => *days,
                    Ago::NotSure => 0,
                };
                kinds.iter().enumerate().any(|(place, kind)| chosen(place) && days < kind.days)
            }
            (Some(Consequence::Wait(kinds)), Detail::WaitedEach(each)) => each.iter().any(|(place, ago)| {
                let passed = if let Ago::Days(days) = ago { *days } else { 0 };
                kinds.get(*place).is_none_or(|kind| passed < kind.days)
            }),
            (Some(Consequence::Area), Detail::Where(place)) => place.sections().contains(section),
            (Some(Consequence::Around), Detail::Around { place, keep }) => {
                *keep == Keep::Skip && place.sections().contains(section)
            }
            // A question that stops, or an answer that does not fit.
            _ => true,
        }
    }

    /// Holds that what `session` does at `now` is allowed.
    #[track_caller]
    pub fn hold(&self, session: &Session, now: Moment) {
        if let Some(section) = rolling(session) {
            let forbidden = self.forbids(section, now);
            assert!(forbidden.is_none(), "rolls {section:?} at {now:?}: {}", forbidden.unwrap_or_default());
        }
    }
}
