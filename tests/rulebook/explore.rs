//! Breadth-first exploration. A session is never copied, so a state is the shortest way to it and is built anew from
//! that way whenever it is needed.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;

use dermaroll::protocol::{ItemIx, Section};
use dermaroll::safety::{Answer, Contact, Detail, Doctor, Keep, Place, Which};
use dermaroll::session::{Due, Event, Held, SectionEnd, Session, Stage, Step};
use dermaroll::timeline::{Moment, Now, Wall};

use super::monitor::{At, Monitor, View};
use super::world::{ANSWERS_LAST, EVENTS, SMALL, STALE_AFTER, TICK};

/// One edge of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Move {
    /// A tick of the clock goes by; nothing is told yet.
    Tick,
    /// One of [`EVENTS`], by its place.
    Event(usize),
    /// One answer.
    Answer(Rc<Event>),
    /// The whole list at once.
    Answers(Rc<Vec<Event>>),
}

/// What is explored.
pub(crate) struct Scope {
    /// Leads to the first state; every one of them must be taken.
    pub(crate) start: Vec<Move>,
    /// Answers tried one by one wherever the list stands open.
    pub(crate) answers: Vec<Rc<Event>>,
    /// Lists that are answered in one go.
    pub(crate) lists: Vec<Rc<Vec<Event>>>,
    /// Whether to look beyond a state.
    pub(crate) beyond: fn(&View) -> bool,
    /// Whether an event leads on from where it is taken; it is tried and watched everywhere all the same.
    pub(crate) leads: fn(&Event) -> bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) states: usize,
    pub(crate) taken: u64,
    pub(crate) refused: u64,
    pub(crate) longest: usize,
    pub(crate) rolling: usize,
}

/// A session with its monitor, at a moment.
pub(crate) struct World {
    pub(crate) session: Session,
    pub(crate) monitor: Monitor,
    pub(crate) moment: Moment,
}

fn now(moment: Moment) -> Now {
    Now { moment, wall: Wall { unix: 1_763_836_200, offset: 0 }.plus(moment.since(Moment::ZERO)) }
}

impl World {
    pub(crate) fn new() -> World {
        World { session: Session::begin(SMALL.clone()), monitor: Monitor::new(&SMALL), moment: Moment::ZERO }
    }

    /// Sends one event under the eyes of the monitor. None: refused, as it should be.
    pub(crate) fn watched(&mut self, event: &Event) -> Result<bool, String> {
        let now = now(self.moment);
        let before = View::of(&self.session);
        let takes = self.monitor.takes(&before, event, now);
        let effects = self.session.handle(event.clone(), now);
        if effects.is_empty() {
            return if takes { Err(format!("{event:?} is refused")) } else { Ok(false) };
        }
        if !takes {
            return Err(format!("{event:?} is taken"));
        }
        let after = View::of(&self.session);
        self.monitor.follow(&before, event, now, &effects, &self.session, &after)?;
        Ok(true)
    }

    pub(crate) fn make(&mut self, step: &Move) -> Result<bool, String> {
        match step {
            Move::Tick => {
                self.moment = self.moment.plus(TICK);
                Ok(true)
            }
            Move::Event(ix) => self.watched(&EVENTS[*ix]),
            Move::Answer(event) => self.watched(event),
            Move::Answers(events) => {
                for event in events.iter() {
                    if !self.watched(event)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// Time may go on: nothing is more than a tick late.
    fn may_tick(&self) -> bool {
        self.session.deadline().is_none_or(|deadline| self.moment.since(deadline) < TICK)
    }
}

struct Node {
    from: usize,
    by: Option<Move>,
    monitor: Option<Box<Monitor>>,
    closes: bool,
}

/// The graph as far as it was seen.
pub(crate) struct Explorer<'a> {
    scope: &'a Scope,
    nodes: Vec<Node>,
    known: HashMap<Vec<u8>, usize>,
    edges: Vec<(usize, usize)>,
    found: Found,
}

/// Explores all of `scope`.
///
/// # Panics
/// With the way to the first state where something does not hold.
pub(crate) fn explore(scope: &Scope) -> Found {
    let mut explorer =
        Explorer { scope, nodes: Vec::new(), known: HashMap::new(), edges: Vec::new(), found: Found::default() };
    explorer.begin();
    let mut next = 0;
    while next < explorer.nodes.len() {
        explorer.expand(next);
        next += 1;
    }
    explorer.check_liveness();
    explorer.found.states = explorer.nodes.len();
    explorer.found
}

impl Explorer<'_> {
    fn begin(&mut self) {
        let mut world = World::new();
        for (ix, step) in self.scope.start.iter().enumerate() {
            let made = world.make(step);
            assert_eq!(made, Ok(true), "start, step {ix}: {step:?}");
        }
        let key = key(&world);
        self.known.insert(key, 0);
        let node = Node { from: 0, by: None, closes: false, monitor: Some(Box::new(world.monitor)) };
        self.nodes.push(node);
    }

    fn way(&self, mut node: usize) -> Vec<Move> {
        let mut steps = Vec::new();
        while let Some(step) = &self.nodes[node].by {
            steps.push(step.clone());
            node = self.nodes[node].from;
        }
        steps.extend(self.scope.start.iter().rev().cloned());
        steps.reverse();
        steps
    }

    /// The session at the end of `way`.
    fn build(way: &[Move]) -> (Session, Moment) {
        let mut session = Session::begin(SMALL.clone());
        let mut moment = Moment::ZERO;
        for step in way {
            match step {
                Move::Tick => moment = moment.plus(TICK),
                Move::Event(ix) => drop(session.handle(EVENTS[*ix].clone(), now(moment))),
                Move::Answer(event) => drop(session.handle((**event).clone(), now(moment))),
                Move::Answers(events) => {
                    events.iter().for_each(|event| drop(session.handle(event.clone(), now(moment))));
                }
            }
        }
        (session, moment)
    }

    fn fail(&self, way: &[Move], step: &Move, sentence: &str) -> ! {
        let mut told = String::new();
        for step in way.iter().chain([step]) {
            let _ = match step {
                Move::Event(ix) => writeln!(told, "  {:?}", EVENTS[*ix]),
                Move::Answer(event) => writeln!(told, "  {event:?}"),
                Move::Answers(_) | Move::Tick => writeln!(told, "  {step:?}"),
            };
        }
        panic!("{sentence}\nafter\n{told}");
    }

    fn expand(&mut self, node: usize) {
        let Some(monitor) = self.nodes[node].monitor.take() else { return };
        let way = self.way(node);
        self.found.longest = self.found.longest.max(way.len());
        let view = View::of(&Explorer::build(&way).0);
        self.found.rolling += usize::from(view.under_drum().is_some());
        // Another scope goes on from here, and finds the end.
        self.nodes[node].closes |= !(self.scope.beyond)(&view);
        for (step, key, monitor) in self.successors(&way, &monitor, &view) {
            let closes = monitor.closes > 0;
            self.add(node, step, key, monitor, closes);
        }
    }

    /// Every move from the end of `way` that leads on, with the state it leads to.
    fn successors(&mut self, way: &[Move], monitor: &Monitor, view: &View) -> Vec<(Move, Vec<u8>, Box<Monitor>)> {
        let mut reached = Vec::new();
        if !(self.scope.beyond)(view) {
            return reached;
        }
        let fresh = |monitor: &Monitor| {
            let (session, moment) = Explorer::build(way);
            World { session, moment, monitor: monitor.clone() }
        };
        let still = fresh(monitor);
        let mut world = fresh(monitor);
        for step in self.moves(view) {
            match world.make(&step) {
                Err(sentence) => self.fail(way, &step, &sentence),
                Ok(false) => {
                    self.found.refused += 1;
                    if world.session != still.session {
                        self.fail(way, &step, "refused, and yet something has changed");
                    }
                    continue;
                }
                Ok(true) => self.found.taken += 1,
            }
            let leads = match &step {
                Move::Tick => still.may_tick(),
                Move::Event(ix) => (self.scope.leads)(&EVENTS[*ix]),
                Move::Answer(_) | Move::Answers(_) => true,
            };
            if leads {
                reached.push((step, key(&world), Box::new(world.monitor)));
            }
            world = fresh(monitor);
        }
        reached
    }

    fn moves(&self, view: &View) -> Vec<Move> {
        let mut moves = vec![Move::Tick];
        moves.extend((0..EVENTS.len()).map(Move::Event));
        moves.extend(self.scope.answers.iter().cloned().map(Move::Answer));
        if view.at == At::Checklist {
            moves.extend(self.scope.lists.iter().cloned().map(Move::Answers));
        }
        moves
    }

    fn add(&mut self, from: usize, step: Move, key: Vec<u8>, monitor: Box<Monitor>, closes: bool) {
        let fresh = self.nodes.len();
        let node = *self.known.entry(key).or_insert(fresh);
        self.edges.push((from, node));
        if node == fresh {
            self.nodes.push(Node { from, by: Some(step), closes, monitor: Some(monitor) });
        }
    }

    /// From every state the end is reached.
    fn check_liveness(&mut self) {
        let mut before = vec![Vec::new(); self.nodes.len()];
        for (from, to) in &self.edges {
            before[*to].push(*from);
        }
        let mut reaches: Vec<bool> = self.nodes.iter().map(|node| node.closes).collect();
        let mut open: Vec<usize> = (0..reaches.len()).filter(|node| reaches[*node]).collect();
        while let Some(node) = open.pop() {
            for from in &before[node] {
                if !reaches[*from] {
                    reaches[*from] = true;
                    open.push(*from);
                }
            }
        }
        if let Some(stuck) = reaches.iter().position(|reaches| !reaches) {
            self.fail(&self.way(stuck), &Move::Tick, "no summary can be reached");
        }
    }
}

/// All that can make a difference from here on, with moments relative to the present and spans as far as the rules
/// look at them.
fn key(world: &World) -> Vec<u8> {
    let World { session, monitor, moment } = world;
    let mut key = Key(Vec::with_capacity(64));
    let hands_free = matches!(session.stage(), Stage::HandsFree(_));
    let over = matches!(session.stage(), Stage::After { .. } | Stage::Ended);
    key.stage(session, *moment);
    key.push(u8::from(monitor.stopped));
    key.push(monitor.reason.map_or(9, |reason| u8::try_from(reason).unwrap_or(8)));
    key.push(u8::from(session.anything_rolled()));
    key.push(u8::from(monitor.closes > 0));
    if over {
        session.signed_out().iter().for_each(|said| key.push(said.map_or(9, |said| said as u8)));
        key.push(u8::from(session.felt().is_some()));
        key.push(u8::from(session.note().is_empty()));
        return key.0;
    }
    key.push(session.roller().map_or(9, |roller| u8::from(roller.needle.0 >= 150)));
    key.push(u8::from(session.acknowledged()));
    key.contact(session.contact(), *moment);
    key.push(u8::from(monitor.carries));
    if hands_free {
        let permit = session.permit();
        Section::ALL.into_iter().for_each(|section| key.push(u8::from(permit.is_some_and(|permit| permit.allows(section)))));
        let band = (0..=STALE_AFTER).take_while(|ticks| !session.would_be_stale(TICK * *ticks)).count();
        key.push(u8::try_from(band).unwrap_or(8));
    } else {
        for ix in 0..SMALL.checklist.items.len() {
            key.answer(session.answers().given(ItemIx(ix)));
        }
        let age = |since: Option<Moment>, older| since.map_or(9, |since| ticks(moment.since(since) + older, ANSWERS_LAST + 1));
        key.push(age(monitor.first, monitor.older));
        key.push(age(monitor.complete, Duration::ZERO).min(1));
        key.push(session.answering_took().map_or(9, |took| u8::from(took < TICK)));
        key.push(u8::from(session.note().is_empty()));
    }
    key.progress(session);
    key.0
}

fn ticks(span: Duration, most: u32) -> u8 {
    u8::try_from(span.as_secs().min(u64::from(most))).unwrap_or(u8::MAX)
}

struct Key(Vec<u8>);

impl Key {
    fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// How long until `ends`, or how long ago it was.
    fn until(&mut self, ends: Moment, now: Moment) {
        self.push(ticks(ends.since(now), 200));
        self.push(ticks(now.since(ends), 3));
    }

    fn due(&mut self, due: Due) {
        let (tag, part) = match due {
            Due::Contact => (0, 0),
            Due::Prepare => (1, 0),
            Due::HandClean => (2, 0),
            Due::GetReady(section) => (3, section.number()),
            Due::Stroke { section, stroke } => (4, section.number() * 8 + u8::try_from(stroke).unwrap_or(7)),
            Due::Move(section) => (5, section.number()),
            Due::Saline => (6, 0),
            Due::Serum => (7, 0),
        };
        self.0.extend([tag, part]);
    }

    fn held(&mut self, held: Held) {
        self.due(held.due);
        self.push(ticks(held.left, 200));
    }

    fn stage(&mut self, session: &Session, now: Moment) {
        match session.stage() {
            Stage::Sterilise => self.push(0),
            Stage::Checklist => self.push(1),
            Stage::Verdict(_) => self.push(2),
            Stage::LastTouch(last) => self.0.extend([3, u8::from(last.skin_ready), u8::from(last.heard.is_some())]),
            Stage::HandsFree(hands_free) => {
                self.push(4);
                self.push(hands_free.section.map_or(0, Section::number));
                self.push(hands_free.last.map_or(0, Section::number));
                self.step(hands_free.step, now);
            }
            Stage::After { serum } => {
                self.push(5);
                if let Some(ends) = serum.and_then(dermaroll::timeline::Countdown::deadline) {
                    self.until(ends, now);
                }
            }
            Stage::Ended => self.push(6),
        }
    }

    fn step(&mut self, step: Step, now: Moment) {
        match step {
            Step::Running { due, clock, then } => {
                self.push(0);
                self.due(due);
                clock.deadline().into_iter().for_each(|ends| self.until(ends, now));
                then.into_iter().for_each(|held| self.held(held));
            }
            Step::Paused(pause) | Step::RollerTouched(pause) => {
                self.push(if matches!(step, Step::Paused(_)) { 1 } else { 2 });
                self.held(pause.held);
                self.push(ticks(now.since(pause.since.moment), STALE_AFTER + 1));
            }
            Step::SoakingAgain(pause) => {
                self.push(3);
                self.held(pause.held);
            }
        }
    }

    fn contact(&mut self, contact: Contact, now: Moment) {
        match contact {
            Contact::NotStarted => self.push(0),
            Contact::SealedPack => self.push(1),
            Contact::Soaked => self.push(2),
            Contact::Soaking { ends } => {
                self.push(3);
                self.until(ends, now);
            }
        }
    }

    fn answer(&mut self, answer: Option<&Answer>) {
        let detail = match answer {
            None => return self.push(0),
            Some(Answer::No) => return self.push(1),
            Some(Answer::Risk { detail, .. }) => detail,
        };
        match detail {
            Detail::Plain => self.push(2),
            Detail::Doctor(said) => self.push(3 + u8::from(*said == Doctor::AllRight)),
            Detail::Waited { which, ago } => {
                self.push(5);
                self.push(if let Which::These(these) = which { u8::try_from(these.len()).unwrap_or(8) } else { 9 });
                self.push(if let dermaroll::safety::Ago::Days(days) = ago { u8::try_from(*days).unwrap_or(99) } else { 98 });
            }
            Detail::Where(place) => self.place(6, *place),
            Detail::Around { place, keep } => self.place(7 + u8::from(*keep == Keep::Skip), *place),
        }
    }

    fn place(&mut self, tag: u8, place: Place) {
        self.push(tag);
        self.push(place.sections().iter().map(|section| 1 << (section.number() - 1)).sum());
    }

    /// Of a section that is over and cannot be taken up again, only that matters.
    fn progress(&mut self, session: &Session) {
        let last = match session.stage() {
            Stage::HandsFree(hands_free) => hands_free.last,
            _ => None,
        };
        for (section, progress) in session.progress().iter() {
            let again = last == Some(section) || session.section() == Some(section) || progress.end.is_none();
            if !again {
                self.push(0);
                continue;
            }
            let tag = match progress.end {
                None => 1,
                Some(SectionEnd::LeftOut) => 2,
                Some(_) => 3,
            };
            self.push(tag);
            self.push(u8::from(progress.begun()));
            self.push(u8::from(progress.one_more));
            self.push(ticks(progress.part, 200));
            let to_go = progress.plan.get(progress.strokes.len()..).unwrap_or_default();
            to_go.iter().for_each(|stroke| self.push(u8::try_from(*stroke).unwrap_or(7)));
            self.push(9);
        }
    }
}
