//! Works out from the raw events what may be rolled, without the engine's own judgement. It looks at the session only
//! to see what is running and what was recorded, and speaks up when that should not be.

use std::rc::Rc;
use std::time::Duration;

use dermaroll::protocol::{PerSection, Section, Sections};
use dermaroll::safety::{Answer, Verdict};
use dermaroll::session::{Away, Due, Effect, Event, Kept, Outcome, Progress, Session, Stage, Step};
use dermaroll::timeline::Moment;

use crate::small::{ANSWERS_LAST, CONTACT, Means, Question, STALE, STROKE};

/// The monitor's own memory. Everything in it comes from events and from the passing of time.
#[derive(Clone)]
pub(crate) struct Monitor {
    questions: Rc<Vec<Question>>,
    /// Needle length in micrometres, and whether it was acknowledged since the roller was taken.
    roller: Option<(u32, bool)>,
    soak: Soak,
    /// Meaning of each answer; None: not answered.
    answers: Vec<Option<Means>>,
    first_answer: Option<Moment>,
    slept_since: Duration,
    confirmed: bool,
    skin_ready: bool,
    cues_answered: bool,
    /// The last key was pressed, and nothing has taken it back since.
    gone: bool,
    /// Stood still since then.
    idle: Duration,
    /// A halt happened and hands were not cleaned since.
    dirty_hands: bool,
    /// The person or a roller ended the rolling.
    over: bool,
    /// Times the record was closed.
    closed: u32,
    /// How long each stroke's clock could have run over each section.
    attended: [Duration; 5],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Soak {
    No,
    Sealed,
    Since { began: Moment, credit: Duration },
}

/// What the monitor saw before an event.
pub(crate) struct Look {
    progress: PerSection<Progress>,
    step: Option<Step>,
    was_stopped_by_list: bool,
}

impl Monitor {
    pub(crate) fn new(questions: Rc<Vec<Question>>) -> Monitor {
        Monitor {
            roller: None,
            soak: Soak::No,
            answers: vec![None; questions.len()],
            questions,
            first_answer: None,
            slept_since: Duration::ZERO,
            confirmed: false,
            skin_ready: false,
            cues_answered: false,
            gone: false,
            idle: Duration::ZERO,
            dirty_hands: false,
            over: false,
            closed: 0,
            attended: [Duration::ZERO; 5],
        }
    }

    pub(crate) fn look(&self, session: &Session) -> Look {
        Look {
            progress: session.progress().clone(),
            step: session.step(),
            was_stopped_by_list: matches!(session.stage(), Stage::Verdict(Verdict::Stop(_))),
        }
    }

    fn soaked(&self, now: Moment) -> bool {
        match self.soak {
            Soak::No => false,
            Soak::Sealed => true,
            Soak::Since { began, credit } => now.since(began) + credit >= CONTACT,
        }
    }

    fn stops(&self) -> bool {
        self.answers.iter().any(|answer| matches!(answer, Some(Means::Stop)))
    }

    fn left_out(&self) -> Sections {
        let skipped = self.answers.iter().filter_map(|answer| match answer {
            Some(Means::Skip(sections)) => Some(*sections),
            Some(Means::Nothing | Means::Stop) | None => None,
        });
        skipped.flat_map(|sections| sections.iter().collect::<Vec<_>>()).collect()
    }

    /// Time passes; nothing happens at its end yet.
    pub(crate) fn passes(&mut self, session: &Session, span: Duration) {
        match session.step() {
            Some(Step::Running { due: Due::Stroke { section, .. }, .. }) => self.attend(section, span),
            Some(Step::Running { .. } | Step::SoakingAgain(_)) | None => {}
            Some(Step::Paused(_) | Step::RollerTouched(_)) => self.idle += span,
        }
    }

    fn attend(&mut self, section: Section, span: Duration) {
        let place = Section::ALL.iter().position(|other| *other == section).unwrap();
        self.attended[place] += span;
    }

    /// `event` was taken at `now`: its meaning is noted, then what stands there is held against it.
    pub(crate) fn taken(&mut self, event: &Event, before: &Look, session: &Session, effects: &[Effect], now: Moment) {
        self.note(event, before, now);
        for effect in effects {
            if let Effect::Close(summary) = effect {
                self.closed += 1;
                assert!(self.closed <= 1, "closed twice");
                let rolled: Duration = summary.sections.iter().map(|(_, section)| section.rolled).sum();
                assert_eq!(summary.rolled, rolled);
                let touched = summary.sections.iter().any(|(_, section)| section.cut_off > 0) || !rolled.is_zero();
                if before.was_stopped_by_list && !touched {
                    assert_eq!(summary.outcome, Outcome::StoppedByList);
                }
            }
        }
        if session.stage() == &Stage::Ended {
            assert_eq!(self.closed, 1, "ended without a closed record");
        }
        self.follow_the_session(session);
        self.hold(event, before, session, now);
    }

    /// What the event means by itself.
    fn note(&mut self, event: &Event, before: &Look, now: Moment) {
        match event {
            Event::RollerTaken(roller) => self.roller = Some((roller.needle.0, false)),
            Event::LengthAcknowledged => self.roller = self.roller.map(|(length, _)| (length, true)),
            Event::NeedlesRejected => self.roller = None,
            Event::SoakStarted(kept) => self.soak = soak(*kept, now),
            Event::SoakedAgain => self.soak = soak(Kept::InLiquid { already: Duration::ZERO }, now),
            Event::RollerSwapped { roller, kept, acknowledged } => {
                self.roller = Some((roller.needle.0, *acknowledged));
                self.soak = soak(*kept, now);
            }
            Event::ListConfirmed(_) => self.confirmed = true,
            Event::ListReopened => self.confirmed = false,
            Event::Answered { item, answer } => {
                self.answers[item.0] = Some(meaning(&self.questions[item.0], answer));
                self.confirmed = false;
                self.first_answer.get_or_insert(now);
            }
            Event::SkinReady => self.skin_ready = true,
            Event::CuesHeard(_) => self.cues_answered = true,
            Event::SetUp | Event::SteppedBack => (self.skin_ready, self.cues_answered) = (false, false),
            Event::Slept(span) => self.away(*span, *span, before),
            Event::Stalled(span) => self.idle += *span,
            Event::Resumed { away: Away::For { least, most }, .. } => {
                (self.skin_ready, self.cues_answered) = (false, false);
                self.away(*least, *most, before);
            }
            Event::Resumed { away: Away::Unknown, .. } => {
                (self.skin_ready, self.cues_answered) = (false, false);
                // As if for ever: nothing that was soaked or answered counts any more.
                if !self.over {
                    self.soak = Soak::No;
                    self.forget_the_list();
                    self.gone = false;
                }
            }
            Event::RollerRetired | Event::Stopped { .. } | Event::KeptAsPart => self.over = true,
            _ => {}
        }
    }

    fn away(&mut self, least: Duration, most: Duration, before: &Look) {
        if let Soak::Since { credit, .. } = &mut self.soak {
            *credit += least;
        }
        if self.first_answer.is_some() {
            self.slept_since += most;
        }
        if self.gone && !matches!(before.step, Some(Step::SoakingAgain(_))) {
            self.idle += most;
        }
    }

    fn forget_the_list(&mut self) {
        self.answers.fill(None);
        self.first_answer = None;
        self.slept_since = Duration::ZERO;
        self.confirmed = false;
    }

    /// Where the engine asks for more than the monitor knows of, the monitor asks for it too.
    fn follow_the_session(&mut self, session: &Session) {
        if session.answers().count() == 0 && self.answers.iter().any(Option::is_some) {
            self.forget_the_list();
        }
        match session.stage() {
            Stage::Sterilise => {
                if self.gone {
                    self.soak = Soak::No;
                    self.roller = self.roller.map(|(length, _)| (length, false));
                    self.gone = false;
                    self.idle = Duration::ZERO;
                }
            }
            Stage::HandsFree(_) => {
                if !self.gone && !self.over {
                    self.idle = Duration::ZERO;
                }
            }
            Stage::Checklist | Stage::Verdict(_) | Stage::LastTouch(_) | Stage::After { .. } | Stage::Ended => {}
        }
    }

    /// What stands there now, against what is known.
    fn hold(&mut self, event: &Event, before: &Look, session: &Session, now: Moment) {
        self.hold_the_gate(event, session, now);
        self.hold_progress(event, before, session);
        match session.step() {
            Some(Step::Running { due: Due::Stroke { section, .. }, .. }) => self.hold_rolling(section, session, now),
            Some(Step::Running { due: Due::HandClean | Due::Prepare, .. }) => self.dirty_hands = false,
            Some(Step::Running { due: Due::GetReady(_) | Due::Move(_), .. }) => {
                assert!(!self.dirty_hands, "going on without clean hands");
            }
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_)) => self.dirty_hands = true,
            Some(Step::Running { .. }) | None => {}
        }
        if let Stage::HandsFree(hands_free) = session.stage() {
            let allowed = |section: Section| hands_free.permit.allows(section);
            for section in self.left_out().iter() {
                assert!(!allowed(section) || self.over, "{section:?} is left out and allowed");
            }
        }
    }

    fn hold_the_gate(&mut self, event: &Event, session: &Session, now: Moment) {
        if !matches!(event, Event::HandsFree) || !matches!(session.stage(), Stage::HandsFree(_)) {
            return;
        }
        assert!(self.skin_ready && self.cues_answered, "the last key without skin and cues");
        let age = now.since(self.first_answer.unwrap()) + self.slept_since;
        assert!(age <= ANSWERS_LAST, "the answers are {age:?} old");
        self.gone = true;
        self.idle = Duration::ZERO;
        self.hold_open(now);
    }

    /// All that must be so while the drum may be on the skin.
    fn hold_open(&self, now: Moment) {
        assert!(self.gone, "rolling without the last key");
        assert!(!self.over, "rolling after the end of it");
        assert_eq!(self.closed, 0, "rolling after the record was closed");
        assert!(self.soaked(now), "rolling before the contact time is over");
        assert!(self.answers.iter().all(Option::is_some), "rolling with a question open");
        assert!(self.confirmed, "rolling without a confirmed list");
        assert!(!self.stops(), "rolling although the list says stop");
        let (length, acknowledged) = self.roller.expect("rolling without a roller");
        assert!(length < 150 || (length <= 300 && acknowledged), "rolling with needles of {length}");
        assert!(self.idle <= STALE, "rolling after standing still for {:?}", self.idle);
    }

    fn hold_rolling(&mut self, section: Section, session: &Session, now: Moment) {
        self.hold_open(now);
        assert!(!self.left_out().contains(section), "{section:?} is left out and rolled");
        assert!(!self.dirty_hands, "rolling without clean hands");
        assert_eq!(session.section(), Some(section), "the present section is another one");
        assert!(session.progress()[section].end.is_none(), "{section:?} is over and rolled");
    }

    fn hold_progress(&self, event: &Event, before: &Look, session: &Session) {
        for (place, section) in Section::ALL.into_iter().enumerate() {
            let (was, is) = (&before.progress[section], &session.progress()[section]);
            assert!(is.rolled() <= self.attended[place], "{section:?}: a second is invented");
            assert!(is.rolled() <= STROKE * u32::try_from(is.plan.len()).unwrap(), "{section:?}: more than its plan");
            assert!(is.rolled() >= was.rolled(), "{section:?}: a second is lost");
            if was != is {
                let may = matches!(
                    event,
                    Event::RanOut(_)
                        | Event::Paused(_)
                        | Event::Enough
                        | Event::OneMore
                        | Event::Stopped { .. }
                        | Event::RollerRetired
                        | Event::Slept(_)
                        | Event::Stalled(_)
                        | Event::Resumed { .. }
                        | Event::KeptAsPart
                        | Event::Left
                        | Event::CarriedOver(_)
                );
                assert!(may, "{event:?} changes what was rolled");
            }
        }
    }

    /// Facts that decide what may happen next, with time told as far as it matters.
    pub(crate) fn facts(&self, now: Moment) -> String {
        if self.closed > 0 {
            return format!("closed {} {}", self.over, self.dirty_hands);
        }
        let left = match self.soak {
            Soak::Since { began, credit } => CONTACT.saturating_sub(now.since(began) + credit).as_secs(),
            Soak::No => 99,
            Soak::Sealed => 98,
        };
        let old = self.first_answer.is_some_and(|first| now.since(first) + self.slept_since > ANSWERS_LAST);
        format!(
            "{:?} {left} {:?} {old} {} {} {} {} {} {} {} {}",
            self.roller,
            self.answers,
            self.confirmed,
            self.skin_ready,
            self.cues_answered,
            self.gone,
            self.idle.as_secs().min(STALE.as_secs() + 1),
            self.dirty_hands,
            self.over,
            self.closed,
        )
    }
}

fn soak(kept: Kept, now: Moment) -> Soak {
    match kept {
        Kept::SealedPack => Soak::Sealed,
        Kept::InLiquid { already } => Soak::Since { began: now, credit: already },
    }
}

/// The meaning of `answer` by the small protocol's own table.
fn meaning(question: &Question, answer: &Answer) -> Means {
    let known = question.answers.iter().find(|(known, _)| known == answer);
    known.expect("an answer that is not in the table was taken").1
}
