//! Breadth-first exploration. A session is never copied, so a state is the shortest way to it and is built anew from
//! that way whenever it is needed.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;

use dermaroll_engine::session::{Event, Session};
use dermaroll_engine::timeline::{Moment, Now, Wall};

use super::key::key;
use super::monitor::{At, CardMove, Monitor, View};
use super::world::{EVENTS, SMALL, TICK};

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
    /// A card is shown, covered, put away, or the rest of it answered.
    Card(CardMove),
}

/// What is explored.
pub(crate) struct Scope {
    /// Leads to the first state; every one of them must be taken.
    pub(crate) start: Vec<Move>,
    /// Answers tried one by one wherever the list stands open.
    pub(crate) answers: Vec<Rc<Event>>,
    /// Lists that are answered in one go.
    pub(crate) lists: Vec<Rc<Vec<Event>>>,
    /// Whether what happens to cards leads on; it is tried and watched everywhere all the same.
    pub(crate) cards: bool,
    /// Whether to look beyond a state.
    pub(crate) beyond: fn(&View) -> bool,
    /// Whether an event leads on from where it is taken; it is tried and watched everywhere all the same.
    pub(crate) leads: fn(&Event) -> bool,
    /// Whether time that passes in a state leads on from it; it is tried and watched everywhere all the same.
    pub(crate) waits: fn(&View) -> bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) states: usize,
    pub(crate) taken: u64,
    pub(crate) refused: u64,
    pub(crate) longest: usize,
    pub(crate) rolling: usize,
    /// States in which what to do about a stop waits to be read, and in which blood or welts were seen.
    pub(crate) advised: usize,
    pub(crate) reacted: usize,
    /// How often the rest of a card was answered.
    pub(crate) rests: usize,
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
            Move::Card(step) => self.monitor.watch_card(&mut self.session, *step, now(self.moment)),
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
                Move::Card(step) => drop(step.make(&mut session, now(moment))),
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
                Move::Answers(_) | Move::Tick | Move::Card(_) => writeln!(told, "  {step:?}"),
            };
        }
        panic!("{sentence}\nafter\n{told}");
    }

    fn expand(&mut self, node: usize) {
        let Some(monitor) = self.nodes[node].monitor.take() else { return };
        let way = self.way(node);
        self.found.longest = self.found.longest.max(way.len());
        let session = Explorer::build(&way).0;
        let view = View::of(&session);
        self.found.advised += usize::from(view.at == At::Advice);
        self.found.reacted += usize::from(session.saw_blood_or_welts());
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
                Move::Tick => still.may_tick() && (self.scope.waits)(view),
                Move::Event(ix) => (self.scope.leads)(&EVENTS[*ix]),
                Move::Answer(_) | Move::Answers(_) => true,
                Move::Card(step) => {
                    self.found.rests += usize::from(*step == CardMove::Rest);
                    self.scope.cards
                }
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
        moves.extend(CardMove::ALL.map(Move::Card));
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
