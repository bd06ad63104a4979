//! Breadth-first exploration. A session cannot be copied, since a permit cannot; a state is the shortest way to it and
//! is walked anew.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use dermaroll::protocol::{Protocol, Section};
use dermaroll::safety::{Contact, Verdict};
use dermaroll::session::{Event, Pause, PauseCause, Session, Stage, Step};
use dermaroll::timeline::Moment;

use crate::monitor::Monitor;
use crate::moves::{Move, Point};
use crate::small::Question;

/// What is explored.
pub(crate) struct World {
    pub(crate) protocol: Arc<Protocol>,
    pub(crate) questions: Rc<Vec<Question>>,
    /// The way to the first state.
    pub(crate) start: Vec<Move>,
    pub(crate) moves: Vec<Move>,
    /// States of which no move is tried: another exploration begins there.
    pub(crate) is_edge: fn(&Session) -> bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) states: usize,
    pub(crate) transitions: usize,
    pub(crate) refused: usize,
    pub(crate) rolling: usize,
    pub(crate) closed: usize,
    pub(crate) edge: usize,
}

struct Node {
    parent: u32,
    by: u16,
}

/// Explores `world` to its end. Panics with the way to the first state in which something is not as it must be.
pub(crate) fn explore(world: &World) -> Found {
    let mut known: HashMap<u128, u32> = HashMap::new();
    let mut nodes = vec![Node { parent: u32::MAX, by: 0 }];
    let mut backwards: Vec<(u32, u32)> = Vec::new();
    let mut ends: Vec<u32> = Vec::new();
    let mut found = Found::default();
    known.insert(print_of(&world.at(&nodes, 0)), 0);
    let mut next = 0;
    while next < nodes.len() {
        let id = u32::try_from(next).unwrap();
        next += 1;
        let twin = world.at(&nodes, id);
        found.note(&twin.session);
        if is_closed(&twin.session) {
            ends.push(id);
        }
        if (world.is_edge)(&twin.session) {
            ends.push(id);
            found.edge += 1;
            continue;
        }
        world.in_reach(&nodes, id, &twin);
        let mut point = world.at(&nodes, id);
        for (by, step) in world.moves.iter().enumerate() {
            let taken = world.told(&nodes, id, step, || point.take(step));
            if !taken {
                found.refused += 1;
                world.told(&nodes, id, step, || {
                    assert!(point.session == twin.session, "it was refused and changed something");
                });
                continue;
            }
            found.transitions += 1;
            let fresh = u32::try_from(nodes.len()).unwrap();
            let there = *known.entry(print_of(&point)).or_insert(fresh);
            if there == fresh {
                nodes.push(Node { parent: id, by: u16::try_from(by).unwrap() });
            }
            backwards.push((there, id));
            point = world.at(&nodes, id);
        }
    }
    found.states = nodes.len();
    world.every_state_leads_to_an_end(&nodes, &backwards, &ends);
    found
}

impl Found {
    fn note(&mut self, session: &Session) {
        self.closed += usize::from(is_closed(session));
        let rolls = matches!(session.step(), Some(Step::Running { due: dermaroll::session::Due::Stroke { .. }, .. }));
        self.rolling += usize::from(rolls);
    }
}

fn is_closed(session: &Session) -> bool {
    session.summary().is_some()
}

impl World {
    fn way(&self, nodes: &[Node], mut id: u32) -> Vec<&Move> {
        let mut way = Vec::new();
        while nodes[id as usize].parent != u32::MAX {
            way.push(&self.moves[usize::from(nodes[id as usize].by)]);
            id = nodes[id as usize].parent;
        }
        way.reverse();
        way
    }

    fn at(&self, nodes: &[Node], id: u32) -> Point {
        let mut point = Point {
            session: Session::begin(self.protocol.clone()),
            monitor: Monitor::new(self.questions.clone()),
            moment: Moment::ZERO,
        };
        for step in self.start.iter().chain(self.way(nodes, id)) {
            point.take(step);
        }
        point
    }

    /// What `work` panics with is told together with the way to it.
    fn told<T>(&self, nodes: &[Node], id: u32, step: &Move, work: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let way: Vec<String> = self.way(nodes, id).iter().map(|step| format!("  {step:?}")).collect();
            panic!("after\n{}\nthen {step:?}", way.join("\n"))
        })
    }

    /// From every state one or two keys lead out; from every pause one leads on.
    fn in_reach(&self, nodes: &[Node], id: u32, twin: &Point) {
        let wanted = match twin.session.stage() {
            Stage::Ended => return,
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::LastTouch(_) | Stage::After { .. } => {
                vec![Event::Left]
            }
            Stage::HandsFree(hands_free) => match hands_free.step {
                Step::Running { .. } => vec![Event::Paused(PauseCause::Touch)],
                Step::Paused(_) => vec![Event::Stopped { reason: 0 }, Event::WentOn],
                Step::RollerTouched(_) => vec![Event::Stopped { reason: 0 }, Event::SoakedAgain],
                Step::SoakingAgain(_) => vec![Event::Stopped { reason: 0 }],
            },
        };
        for event in wanted {
            let mut point = self.at(nodes, id);
            let step = Move::Do(event);
            let taken = self.told(nodes, id, &step, || point.take(&step));
            self.told(nodes, id, &step, || assert!(taken, "refused where it must be possible"));
        }
    }

    fn every_state_leads_to_an_end(&self, nodes: &[Node], backwards: &[(u32, u32)], ends: &[u32]) {
        let mut into: Vec<Vec<u32>> = vec![Vec::new(); nodes.len()];
        for (there, from) in backwards {
            into[*there as usize].push(*from);
        }
        let mut reaches = vec![false; nodes.len()];
        let mut queue = ends.to_vec();
        while let Some(id) = queue.pop() {
            if !std::mem::replace(&mut reaches[id as usize], true) {
                queue.extend(&into[id as usize]);
            }
        }
        if let Some(stuck) = reaches.iter().position(|reaches| !reaches) {
            let way = self.way(nodes, u32::try_from(stuck).unwrap());
            panic!("no way leads out of the state after {way:?}");
        }
    }
}

/// A state as two hashes of everything that decides what can happen in it.
fn print_of(point: &Point) -> u128 {
    let text = format!("{} | {}", canonical(&point.session, point.moment), point.monitor.facts(point.moment));
    let hash = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, &text).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    hash(1) << 64 | hash(2)
}

/// The session with its times told from now.
fn canonical(session: &Session, now: Moment) -> String {
    if is_closed(session) {
        // What was rolled and answered before decides nothing any more.
        let rolled = session.anything_rolled();
        return format!("closed {} {rolled} {:?}", stage(session, now), session.signed_out());
    }
    let contact = match session.contact() {
        Contact::Soaking { ends } => format!("{}", ends.since(now).as_millis()),
        other => format!("{other:?}"),
    };
    let progress: Vec<String> = Section::ALL.iter().map(|section| section_state(session, *section)).collect();
    format!(
        "{} {contact} {:?} {:?} {} {:?} {progress:?} {:?}",
        stage(session, now),
        session.answers(),
        session.roller().map(|roller| roller.needle),
        session.acknowledged(),
        session.again(),
        session.signed_out(),
    )
}

fn section_state(session: &Session, section: Section) -> String {
    let progress = &session.progress()[section];
    let last = match session.stage() {
        Stage::HandsFree(hands_free) => hands_free.last == Some(section),
        _ => false,
    };
    if progress.end.is_some() && !last {
        return format!("over {}", progress.begun());
    }
    format!(
        "{} {} {:?} {} {} {:?}",
        progress.plan.len(),
        progress.strokes.len(),
        progress.part,
        progress.cut_off > 0,
        progress.one_more,
        progress.end.is_some(),
    )
}

fn stage(session: &Session, now: Moment) -> String {
    match session.stage() {
        Stage::Verdict(Verdict::Clear(clearance)) => format!("clear {:?}", clearance.skipped()),
        Stage::Verdict(Verdict::Stop(_)) => "stop".to_owned(),
        Stage::LastTouch(last) => format!("last {:?} {} {:?}", last.clearance.skipped(), last.skin_ready, last.heard),
        Stage::HandsFree(free) => {
            let allowed: Vec<bool> = Section::ALL.iter().map(|section| free.permit.allows(*section)).collect();
            format!("free {allowed:?} {:?} {:?} {}", free.section, free.last, step(free.step, now))
        }
        Stage::After { serum } => format!("after {:?}", serum.map(|clock| clock.left(now))),
        Stage::Sterilise | Stage::Checklist | Stage::Ended => format!("{:?}", session.stage()),
    }
}

fn step(step: Step, now: Moment) -> String {
    let halted = |pause: Pause| {
        // Longer than what makes it stale is all the same; what was halted and why is for the screen alone.
        let stood = now.since(pause.since.moment).min(crate::small::STALE + Duration::from_secs(1));
        format!("{:?} {stood:?}", pause.held)
    };
    match step {
        Step::Running { due, clock, then } => format!("runs {due:?} {:?} {then:?}", clock.left(now)),
        Step::Paused(pause) => format!("paused {}", halted(pause)),
        Step::RollerTouched(pause) => format!("touched {}", halted(pause)),
        Step::SoakingAgain(pause) => format!("soaks {}", halted(pause)),
    }
}
