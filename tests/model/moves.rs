//! What can be done in a state: an event, sensible or forged, or time passing.

use std::time::Duration;

use dermaroll::protocol::{ItemIx, Micrometres, Section};
use dermaroll::safety::Roller;
use dermaroll::session::{Away, Carried, Due, Event, Judgement, Kept, PauseCause, Said, SectionEnd, Session, Step};
use dermaroll::timeline::{Moment, Now, Wall};

use crate::monitor::Monitor;
use crate::small::{CONTACT, Question, STALE};

/// One move.
#[derive(Debug, Clone)]
pub(crate) enum Move {
    /// An event, now.
    Do(Event),
    /// Time passes as the loop lets it: to the next deadline.
    ToDeadline,
    /// The same, but the news comes a second late.
    Late,
    /// A second passes, in which no countdown runs out.
    Second,
    /// So much passes while nothing runs.
    Wait(Duration),
    /// The computer slept.
    Sleep(Duration),
    /// The program could not run, though its clock did.
    Stall(Duration),
    /// Several moves that make sense together, as far as they are taken.
    All(Vec<Move>),
}

/// The session, its time and its monitor.
pub(crate) struct Point {
    pub(crate) session: Session,
    pub(crate) monitor: Monitor,
    pub(crate) moment: Moment,
}

impl Point {
    pub(crate) fn now(&self) -> Now {
        Now { moment: self.moment, wall: Wall::default() }
    }

    /// Makes `step`; false when it was refused or is not possible here. A refused event is compared by the caller.
    pub(crate) fn take(&mut self, step: &Move) -> bool {
        match step {
            Move::Do(event) => self.send(event),
            Move::ToDeadline => self.run_to(Duration::ZERO),
            Move::Late => self.run_to(Duration::from_secs(1)),
            Move::Second => {
                let next = self.moment.plus(Duration::from_secs(1));
                let free = self.session.deadline().is_none_or(|deadline| deadline > next);
                if free && self.is_running() {
                    self.go_to(next);
                }
                free && self.is_running()
            }
            Move::Wait(span) => {
                let next = self.moment.plus(*span);
                let free = !self.is_running() && self.session.deadline().is_none_or(|deadline| deadline > next);
                if free {
                    self.go_to(next);
                }
                free
            }
            Move::Sleep(span) => self.send(&Event::Slept(*span)),
            Move::Stall(span) => {
                if !self.is_running() {
                    return self.send(&Event::Stalled(*span));
                }
                self.moment = self.moment.plus(*span);
                self.send(&Event::Stalled(*span))
            }
            Move::All(moves) => {
                let mut taken = false;
                for step in moves {
                    taken |= self.take(step);
                }
                taken
            }
        }
    }

    fn is_running(&self) -> bool {
        matches!(self.session.step(), Some(Step::Running { .. }))
    }

    fn go_to(&mut self, moment: Moment) {
        self.monitor.passes(&self.session, moment.since(self.moment));
        self.moment = moment;
    }

    fn run_to(&mut self, late: Duration) -> bool {
        let Some(deadline) = self.session.deadline() else { return false };
        self.go_to(deadline.max(self.moment));
        self.moment = self.moment.plus(late);
        // What is told late is told in order, each as an event of its own.
        let mut taken = false;
        while let Some(due) = due(&self.session, self.moment) {
            if !self.send(&Event::RanOut(due)) {
                break;
            }
            taken = true;
        }
        taken
    }

    fn send(&mut self, event: &Event) -> bool {
        let before = self.monitor.look(&self.session);
        let effects = self.session.handle(event.clone(), self.now());
        if effects.is_empty() {
            return false;
        }
        self.monitor.taken(event, &before, &self.session, &effects, self.moment);
        true
    }
}

/// What has run out by `now`, first things first.
fn due(session: &Session, now: Moment) -> Option<Due> {
    let deadline = session.deadline().filter(|deadline| *deadline <= now)?;
    let step = match session.step() {
        Some(Step::Running { due, clock, .. }) if clock.deadline() == Some(deadline) => Some(due),
        Some(_) | None => None,
    };
    Some(step.unwrap_or(match session.stage() {
        dermaroll::session::Stage::After { serum: Some(_) } => Due::Serum,
        _ => Due::Contact,
    }))
}

pub(crate) fn roller(micrometres: u32) -> Roller {
    Roller { id: micrometres.to_string(), name: "r".into(), needle: Micrometres(micrometres), uses: 0 }
}

/// Resuming after so long, by clocks that agree.
pub(crate) fn resumed(span: Duration) -> Event {
    Event::Resumed { away: Away::For { least: span, most: span }, boot: None }
}

/// Events of the way to the last key, but for answers.
pub(crate) fn before_rolling() -> Vec<Move> {
    let in_liquid = |already| Event::SoakStarted(Kept::InLiquid { already });
    let events = [
        Event::RollerTaken(roller(130)),
        Event::RollerTaken(roller(200)),
        Event::RollerTaken(roller(301)),
        Event::LengthAcknowledged,
        Event::NeedlesRejected,
        in_liquid(Duration::ZERO),
        in_liquid(CONTACT),
        Event::SoakStarted(Kept::SealedPack),
        Event::ListConfirmed(Judgement::Clear),
        Event::ListConfirmed(Judgement::Skip),
        Event::ListConfirmed(Judgement::Stop),
        Event::ListReopened,
        Event::SetUp,
        Event::SkinReady,
        Event::CuesHeard(true),
        Event::CuesHeard(false),
        Event::SteppedBack,
        Event::HandsFree,
        Event::Left,
        Event::KeptAsPart,
    ];
    events.into_iter().map(Move::Do).collect()
}

/// Events of the way from the last key to the end.
pub(crate) fn while_rolling() -> Vec<Move> {
    let spare =
        |micrometres, kept, acknowledged| Event::RollerSwapped { roller: roller(micrometres), kept, acknowledged };
    let now = Kept::InLiquid { already: Duration::ZERO };
    let events = [
        Event::Paused(PauseCause::Touch),
        Event::WentOn,
        Event::Enough,
        Event::OneMore,
        Event::RollerTouched,
        Event::RollerRetired,
        Event::SoakedAgain,
        spare(140, now, false),
        spare(140, Kept::SealedPack, false),
        spare(200, Kept::SealedPack, false),
        spare(301, Kept::SealedPack, true),
        Event::Stopped { reason: 0 },
        Event::Stopped { reason: 99 },
        Event::SerumWanted,
        Event::SignedOut { question: 2, said: Said::No },
    ];
    events.into_iter().map(Move::Do).collect()
}

/// Events that nobody sends, or not now: forged entries of an edited record.
pub(crate) fn forged() -> Vec<Move> {
    let stroke = |section, stroke| Event::RanOut(Due::Stroke { section, stroke });
    let carried = Carried {
        section: Section::LowerLeft,
        strokes: vec![Duration::from_secs(2)],
        part: Duration::ZERO,
        cut_off: 0,
        end: Some(SectionEnd::Done),
    };
    let mut events = vec![
        Event::RanOut(Due::Contact),
        Event::RanOut(Due::Prepare),
        Event::RanOut(Due::HandClean),
        Event::RanOut(Due::Saline),
        Event::RanOut(Due::Serum),
        Event::RanOut(Due::GetReady(Section::UpperRight)),
        Event::RanOut(Due::GetReady(Section::Mouth)),
        Event::RanOut(Due::Move(Section::LowerLeft)),
        stroke(Section::UpperRight, 0),
        stroke(Section::UpperRight, 1),
        stroke(Section::Mouth, 0),
        stroke(Section::Mouth, 9),
        Event::CarriedOver(carried),
        Event::Answered { item: ItemIx(99), answer: dermaroll::safety::Answer::No },
        Event::Slept(Duration::ZERO),
        Event::Felt(6),
    ];
    events.push(Event::Paused(PauseCause::Signal));
    events.into_iter().map(Move::Do).collect()
}

/// Answers, right ones and some that do not fit their question.
pub(crate) fn answers(questions: &[Question]) -> Vec<Move> {
    let mut moves = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        for (answer, _) in &question.answers {
            moves.push(Move::Do(Event::Answered { item: ItemIx(place), answer: answer.clone() }));
        }
        let other =
            questions.iter().flat_map(|other| &other.answers).find(|(answer, _)| !answer.fits(&question.consequence));
        if let Some((answer, _)) = other {
            moves.push(Move::Do(Event::Answered { item: ItemIx(place), answer: answer.clone() }));
        }
    }
    moves
}

/// Time.
pub(crate) fn time() -> Vec<Move> {
    // One span is short of stale and two are beyond it, so that few sums have to be told apart.
    let most_of_stale = Duration::from_secs(6);
    vec![
        Move::ToDeadline,
        Move::Late,
        Move::Second,
        Move::Wait(most_of_stale),
        Move::Sleep(most_of_stale),
        Move::Sleep(STALE + Duration::from_secs(1)),
        Move::Stall(most_of_stale),
        Move::Stall(STALE + Duration::from_secs(1)),
        Move::Do(resumed(most_of_stale)),
        Move::Do(resumed(STALE + Duration::from_secs(1))),
        Move::Do(Event::Resumed { away: Away::Unknown, boot: None }),
    ]
}
