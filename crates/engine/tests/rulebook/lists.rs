//! Every list of answers is judged as the rules say, whichever way round it was filled in.

use dermaroll_engine::protocol::{ItemIx, Section};
use dermaroll_engine::safety::{Answer, Detail, Keep, Place};
use dermaroll_engine::session::{Event, Judgement, Kept};

use super::explore::World;
use super::monitor::View;
use super::world::{QUESTIONS, TICK, answers_leaving, every_answer, roller, set, three_answers};
use crate::counts::count;

/// At the list, with everything answered no and confirm open.
fn at_the_list() -> World {
    let mut world = World::new();
    let start = [Event::RollerTaken(roller(149)), Event::SoakStarted(Kept::SealedPack)];
    for event in start.into_iter().chain(answers_leaving(set(&Section::ALL))) {
        assert_eq!(world.watched(&event), Ok(true));
    }
    world.moment = world.moment.plus(TICK);
    world
}

/// Goes through all combinations of `classes` on one session, changing one answer at a time. How many there were.
fn judge_all(classes: &[Vec<Answer>]) -> usize {
    let mut world = at_the_list();
    let mut digits = vec![0; classes.len()];
    let mut judged = 0;
    loop {
        judge_one(&mut world);
        judged += 1;
        let Some(item) = (0..classes.len()).find(|item| digits[*item] + 1 < classes[*item].len()) else {
            return judged;
        };
        for lower in 0..=item {
            digits[lower] = if lower == item { digits[lower] + 1 } else { 0 };
            let answer = classes[lower][digits[lower]].clone();
            assert_eq!(world.watched(&Event::Answered { item: ItemIx(lower), answer }), Ok(true));
        }
    }
}

fn judge_one(world: &mut World) {
    let expected = world.monitor.expected(&View::of(&world.session)).unwrap();
    for judgement in [Judgement::Clear, Judgement::Skip, Judgement::Stop] {
        if judgement != expected {
            assert_eq!(world.watched(&Event::ListConfirmed { verdict: judgement }), Ok(false));
        }
    }
    assert_eq!(world.watched(&Event::ListConfirmed { verdict: expected }), Ok(true));
    if let dermaroll_engine::session::Stage::Verdict(dermaroll_engine::safety::Verdict::Clear(clearance)) =
        world.session.stage()
    {
        assert_eq!(clearance.skipped(), world.monitor.shut());
    }
    assert_eq!(world.watched(&Event::ListReopened), Ok(true));
}

/// Every class of answer to the questions that stop or let pass, with some of each answer about places.
#[test]
fn stops() {
    let few = count(0, 1) == 0;
    let one = |item: usize| if few { vec![Answer::No] } else { three_answers(item) };
    let classes: Vec<Vec<Answer>> =
        (0..QUESTIONS).map(|item| if item < 4 { every_answer(item) } else { one(item) }).collect();
    println!("{} lists", judge_all(&classes));
}

/// Every set of sections in each of two questions about places, with and without a stop.
#[test]
fn places() {
    let few = count(0, 1) == 0;
    let no = || vec![Answer::No];
    let area = if few { three_answers(5) } else { every_answer(5) };
    let around = if few { three_answers(7) } else { every_answer(7) };
    let ends = Answer::Risk { sureness: dermaroll_engine::safety::Sureness::NotSure, detail: Detail::Plain };
    let everywhere = Detail::Around { place: Place::Everywhere, keep: Keep::Skip };
    let everywhere = Answer::Risk { sureness: dermaroll_engine::safety::Sureness::Yes, detail: everywhere };
    let mut some = three_answers(6);
    some.push(everywhere);
    let classes =
        vec![vec![Answer::No, ends], no(), no(), no(), every_answer(4), area, if few { no() } else { some }, around];
    println!("{} lists", judge_all(&classes));
}
