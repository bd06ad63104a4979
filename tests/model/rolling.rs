//! The way from the last key to the end, for every set of sections that the list can leave.

use std::rc::Rc;
use std::time::Duration;

use dermaroll::protocol::{Consequence, ItemIx, Section, Sections};
use dermaroll::safety::{Answer, Detail, Place, Sureness};
use dermaroll::session::{Event, Judgement, Kept};

use crate::counts::count;
use crate::explore::{World, explore};
use crate::moves::{Move, forged, roller, time, while_rolling};
use crate::small::{CONTACT, Means, Question, only, protocol};

/// One question, which sections to leave out, answered so that `left_out` are.
fn question(left_out: Sections) -> Question {
    let detail = Detail::Where(Place::Sections(left_out));
    let skip = Answer::Risk { sureness: Sureness::Yes, detail };
    let mut answers = vec![(Answer::No, Means::Nothing)];
    if !left_out.is_empty() {
        answers.push((skip, Means::Skip(left_out)));
    }
    Question { consequence: Consequence::Area, answers }
}

/// From the soak to the last key with that answer.
fn gate(answer: &Answer) -> Vec<Move> {
    let judgement = if *answer == Answer::No { Judgement::Clear } else { Judgement::Skip };
    let events = [
        Event::RollerTaken(roller(130)),
        Event::SoakStarted(Kept::InLiquid { already: CONTACT }),
        Event::Answered { item: ItemIx(0), answer: answer.clone() },
        Event::ListConfirmed(judgement),
        Event::SetUp,
        Event::SkinReady,
        Event::CuesHeard(true),
        Event::HandsFree,
    ];
    events.into_iter().map(Move::Do).collect()
}

/// Steps of the gate taken one by one, in any order: none may lead past the others.
fn back_through_the_gate() -> Vec<Move> {
    let events = [
        Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO }),
        Event::ListConfirmed(Judgement::Clear),
        Event::SetUp,
        Event::SkinReady,
        Event::CuesHeard(true),
        Event::HandsFree,
        Event::Left,
        Event::KeptAsPart,
    ];
    events.into_iter().map(Move::Do).collect()
}

fn world(left_out: Sections) -> World {
    let question = question(left_out);
    let gates: Vec<Vec<Move>> = question.answers.iter().map(|(answer, _)| gate(answer)).collect();
    let mut moves = while_rolling();
    moves.extend(time());
    moves.extend(back_through_the_gate());
    moves.extend(forged());
    moves.extend(gates.iter().skip(usize::from(count(0, 1) == 0)).cloned().map(Move::All));
    let start = gates.last().cloned().unwrap();
    let questions = vec![question];
    World {
        protocol: protocol(&questions, count(1, 2) as usize),
        questions: Rc::new(questions),
        start,
        moves,
        is_edge: |_| false,
    }
}

#[test]
fn only_what_is_allowed_rolls_and_no_second_is_invented_or_lost() {
    let alone =
        |section: Section| only(&Section::ALL.into_iter().filter(|other| *other != section).collect::<Vec<_>>());
    let mut chosen = vec![alone(Section::UpperRight)];
    if count(0, 1) == 1 {
        chosen.push(Sections::default());
        chosen.extend(Section::ALL.map(|section| only(&[section])));
        chosen.extend(Section::ALL.into_iter().skip(1).map(alone));
    }
    for left_out in chosen {
        let found = explore(&world(left_out));
        println!("rolling without {left_out:?}: {found:?}");
        assert!(found.rolling > 0 && found.closed > 0, "{found:?}");
    }
}
