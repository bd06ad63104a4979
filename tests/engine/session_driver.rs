//! Drives a session: a clock moved by hand, and short words for what a person does.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::content;
use engine::protocol::{Consequence, ItemIx, Kind, Micrometres, Protocol, Section, Sections};
use engine::safety::{Answer, Detail, Place, Roller, Sureness};
use engine::session::{Cue, Due, Effect, Entry, Event, Kept, PauseCause, Session, Step, Summary};
use engine::timeline::{Moment, Now, Wall};

/// Sat 22 Nov 2025, 19:30 in UTC+1.
pub const EVENING: Wall = Wall { unix: 1_763_836_200, offset: 3_600 };

pub fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

pub fn roller(micrometres: u32) -> Roller {
    Roller { id: "blue".into(), name: "blue".into(), needle: Micrometres(micrometres), uses: 4 }
}

pub const IN_LIQUID_NOW: Kept = Kept::InLiquid { already: Duration::ZERO };

pub fn yes(detail: Detail) -> Answer {
    Answer::Risk { sureness: Sureness::Yes, detail }
}

pub fn at(sections: &[Section]) -> Place {
    Place::Sections(sections.iter().copied().collect::<Sections>())
}

/// A session at a moment, with everything that was recorded.
pub struct SessionDriver {
    pub session: Session,
    pub moment: Moment,
    pub entries: Vec<Entry>,
    pub cues: Vec<Cue>,
    pub summaries: Vec<Summary>,
    pub effects: Vec<Effect>,
}

impl SessionDriver {
    pub fn of(protocol: Protocol) -> SessionDriver {
        SessionDriver {
            session: Session::begin(Arc::new(protocol)),
            moment: Moment::ZERO,
            entries: Vec::new(),
            cues: Vec::new(),
            summaries: Vec::new(),
            effects: Vec::new(),
        }
    }

    pub fn new() -> SessionDriver {
        SessionDriver::of(content::built_in(Kind::Session).unwrap())
    }

    pub fn now(&self) -> Now {
        Now { moment: self.moment, wall: EVENING.plus(self.moment.since(Moment::ZERO)) }
    }

    /// Ids of the rollers that were retired, in order.
    pub fn retirements(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        for effect in &self.effects {
            if let Effect::RetireRoller { id } = effect {
                ids.push(id.as_str());
            }
        }
        ids
    }

    /// Sends `event`; true when the engine took it.
    pub fn send(&mut self, event: Event) -> bool {
        let effects = self.session.handle(event, self.now());
        self.keep(effects)
    }

    fn keep(&mut self, effects: Vec<Effect>) -> bool {
        for effect in &effects {
            match effect {
                Effect::Record(entry) => self.entries.push(entry.clone()),
                Effect::Cue(cue) => self.cues.push(*cue),
                Effect::Close(summary) => self.summaries.push((**summary).clone()),
                Effect::RetireRoller { .. } | Effect::Leave => {}
            }
        }
        self.effects.extend(effects.iter().cloned());
        !effects.is_empty()
    }

    /// The event is taken.
    #[track_caller]
    pub fn does(&mut self, event: Event) -> &mut SessionDriver {
        assert!(self.send(event.clone()), "{event:?} is refused at {:?}", self.session.stage());
        self
    }

    /// The event is refused, and nothing at all has changed.
    #[track_caller]
    pub fn refuses(&mut self, event: Event) -> &mut SessionDriver {
        let before = format!("{:?}", self.session);
        assert!(!self.send(event.clone()), "{event:?} is taken at {before}");
        assert_eq!(format!("{:?}", self.session), before);
        self
    }

    /// Time passes in one go; the session learns late what ran out meanwhile.
    pub fn wait(&mut self, span: Duration) -> &mut SessionDriver {
        self.moment = self.moment.plus(span);
        let effects = self.session.run_out(self.now());
        self.keep(effects);
        self
    }

    /// Time passes as the loop lets it pass: from deadline to deadline.
    pub fn live(&mut self, span: Duration) -> &mut SessionDriver {
        let until = self.moment.plus(span);
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= until) {
            self.moment = deadline;
            let effects = self.session.run_out(self.now());
            self.keep(effects);
        }
        self.moment = until;
        self
    }

    pub fn item(&self, id: &str) -> ItemIx {
        self.session.protocol().checklist.find(id).unwrap()
    }

    /// The roller is taken and in the liquid.
    pub fn soaking(mut self) -> SessionDriver {
        self.does(Event::RollerTaken(roller(130))).does(Event::SoakStarted(IN_LIQUID_NOW));
        self
    }

    /// Answers everything with no, two seconds each, but for `others`.
    pub fn answered(mut self, others: &[(&str, Answer)]) -> SessionDriver {
        for ix in 0..self.session.protocol().checklist.items.len() {
            self.live(seconds(2));
            let id = self.session.protocol().checklist.items[ix].id.clone();
            let other = others.iter().find(|(other, _)| *other == id).map(|(_, answer)| answer.clone());
            self.does(Event::Answered { item: ItemIx(ix), answer: other.unwrap_or(Answer::No) });
        }
        self
    }

    pub fn confirm(&mut self) -> bool {
        let verdict = self.session.judge().expect("every question has an answer");
        self.send(Event::confirmation(&verdict))
    }

    pub fn confirmed(mut self) -> SessionDriver {
        assert!(self.confirm());
        self
    }

    /// At the verdict, soak finished.
    pub fn cleared(others: &[(&str, Answer)]) -> SessionDriver {
        let mut driver = SessionDriver::new().soaking().answered(others).confirmed();
        driver.live(minutes(10));
        driver
    }

    /// Hands free, at the very start.
    pub fn hands_free(others: &[(&str, Answer)]) -> SessionDriver {
        let mut driver = SessionDriver::cleared(others);
        driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
        driver
    }

    /// At the start of the first stroke.
    pub fn rolling() -> SessionDriver {
        let mut driver = SessionDriver::hands_free(&[]);
        driver.live(seconds(155));
        driver
    }

    pub fn touch(&mut self) -> &mut SessionDriver {
        self.does(Event::Paused { cause: PauseCause::Touch })
    }

    #[track_caller]
    pub fn due(&self) -> Due {
        match self.session.step() {
            Some(Step::Running { due, .. }) => due,
            other => panic!("nothing runs: {other:?} at {:?}", self.session.stage()),
        }
    }

    #[track_caller]
    pub fn left(&self) -> Duration {
        match self.session.step() {
            Some(Step::Running { clock, .. }) => clock.left(self.moment),
            other => panic!("nothing runs: {other:?}"),
        }
    }

    /// Keys were touched to stop, so hands come before saline.
    #[track_caller]
    pub fn cleans_hands_for_saline(&mut self) -> &mut SessionDriver {
        assert_eq!((self.due(), self.left()), (Due::HandClean, seconds(30)));
        assert_eq!(self.session.section(), None);
        self.live(seconds(30));
        assert_eq!((self.due(), self.left()), (Due::Saline, seconds(45)));
        self
    }

    pub fn is_paused(&self) -> bool {
        matches!(self.session.step(), Some(Step::Paused(_)))
    }

    pub fn rolled(&self, section: Section) -> Duration {
        self.session.progress()[section].rolled()
    }

    #[track_caller]
    pub fn summary(&self) -> &Summary {
        assert_eq!(self.summaries.len(), 1, "a session is closed once");
        &self.summaries[0]
    }

    pub fn reason(&self, id: &str) -> usize {
        self.session.protocol().stop_reasons.iter().position(|reason| reason.id == id).unwrap()
    }

    pub fn consequence(&self, id: &str) -> Consequence {
        self.session.protocol().checklist.item(self.item(id)).unwrap().consequence.clone()
    }

    /// What was recorded leads to this very state.
    #[track_caller]
    pub fn replays(&self) {
        let (again, refused) = Session::replay(self.session.protocol().clone(), &self.entries);
        assert_eq!(refused, None);
        assert_eq!(format!("{again:?}"), format!("{:?}", self.session));
    }
}

pub fn stroke(section: Section, stroke: usize) -> Due {
    Due::Stroke { section, stroke }
}
