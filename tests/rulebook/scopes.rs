//! What is explored, part by part.

use std::rc::Rc;

use dermaroll::protocol::{ItemIx, Section, Sections};
use dermaroll::session::{Event, Judgement, Kept};

use super::counts::count;
use super::explore::{Found, Move, Scope, explore};
use super::monitor::View;
use super::world::{EVENTS, QUESTIONS, answers_leaving, every_set, others, roller, set, three_answers};

fn event(event: Event) -> Move {
    Move::Event(EVENTS.iter().position(|known| *known == event).unwrap())
}

fn soaking(kept: Kept) -> Vec<Move> {
    vec![event(Event::RollerTaken(roller(149))), event(Event::SoakStarted(kept))]
}

/// To the last touch, with `allowed` left open.
fn ready(allowed: Sections) -> Vec<Move> {
    let judgement = if others(allowed).is_empty() { Judgement::Clear } else { Judgement::Skip };
    let mut moves = soaking(Kept::SealedPack);
    moves.push(Move::Answers(Rc::new(answers_leaving(allowed))));
    moves.extend([Move::Tick, event(Event::ListConfirmed(judgement)), event(Event::SetUp)]);
    moves
}

fn everything(_: &View) -> bool {
    true
}

/// Rolling, with every halt, every way on and every way out, once for each set of sections that the list leaves open.
#[test]
fn rolling() {
    let all = set(&Section::ALL);
    let few = [set(&[Section::UpperLeft, Section::Mouth]), all];
    let sets: Vec<Sections> = if count(0, 1) == 0 { few.into() } else { every_set().skip(1).collect() };
    for allowed in sets {
        let started = std::time::Instant::now();
        let found = explore(&Scope {
            start: ready(allowed),
            answers: Vec::new(),
            lists: vec![Rc::new(answers_leaving(all)), Rc::new(answers_leaving(set(&[Section::Mouth])))],
            beyond: everything,
            leads: |_| true,
            twins: 97,
        });
        eprintln!("{allowed:?}: {found:?} {:?}", started.elapsed());
    }
}
