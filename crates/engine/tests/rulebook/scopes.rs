//! What is explored, part by part.

use std::rc::Rc;

use dermaroll_engine::protocol::{ItemIx, Section, Sections};
use dermaroll_engine::safety::Unfit;
use dermaroll_engine::session::{Away, Due, Event, Judgement, Kept, PauseCause, SectionEnd};

use super::explore::{Found, Move, Scope, explore};
use super::monitor::{At, View};
use super::world::{
    CHANGED, CONTACT, EVENTS, QUESTIONS, ROLLERS, TICK, answers_leaving, carried, every_set, others, roller, set,
    three_answers,
};
use crate::counts::count;

fn event(event: Event) -> Move {
    Move::Event(EVENTS.iter().position(|known| *known == event).unwrap())
}

/// To the last touch, with `allowed` left open.
fn ready(allowed: Sections) -> Vec<Move> {
    let judgement = if others(allowed).is_empty() { Judgement::Clear } else { Judgement::Skip };
    vec![
        event(Event::RollerTaken(roller(149))),
        event(Event::SoakStarted(Kept::SealedPack)),
        Move::Answers(Rc::new(answers_leaving(allowed))),
        Move::Tick,
        event(Event::ListConfirmed { verdict: judgement }),
        event(Event::SetUp),
    ]
}

fn whole_list(allowed: &[Section]) -> Rc<Vec<Event>> {
    Rc::new(answers_leaving(set(allowed)))
}

fn told(what: &str, found: &Found) {
    println!("{what}: {found:?}");
}

/// While rolling is looked at, the way back through the gate is taken in one manner only: the gate has a scope of its
/// own. Everything else is tried in every state all the same; it only leads no further.
fn leads_on_rolling(event: &Event) -> bool {
    match event {
        Event::RollerTaken(_) | Event::LengthAcknowledged | Event::NeedlesRejected | Event::Noted { .. } => false,
        // They answer the same as those of today do.
        Event::CuesKnown { .. } => false,
        Event::Felt { .. } | Event::ListReopened | Event::SteppedBack | Event::ProtocolChanged { .. } => false,
        Event::SoakTakenBack => false,
        // A roller that was opened is sealed no longer.
        Event::SoakStarted(kept) => *kept == Kept::InLiquid { already: TICK * CONTACT },
        Event::RollerSwapped { roller, .. } => roller.needle.0 < 150 && roller.id == ROLLERS[0],
        // The other roller, and what bars one, have a scope of their own.
        Event::RollerUnfit { .. } => false,
        Event::SignedOut { question, .. } => *question == 1,
        // Time passes in a pause as well, tick by tick.
        Event::Slept { .. } | Event::Stalled { .. } => false,
        Event::Resumed { away: Away::For { most, .. }, .. } => *most != TICK,
        _ => true,
    }
}

/// The same without a clicker, which doubles the states of a face: what it does does not depend on how many sections
/// there are, so one and two will do.
fn leads_without_clicker(event: &Event) -> bool {
    leads_on_rolling(event) && *event != Event::ClickerSeen
}

/// How the list is answered when it is asked again: the same, and in one set another section instead.
fn lists_after(allowed: Sections, whole: bool) -> Vec<Rc<Vec<Event>>> {
    let mut lists = Vec::new();
    if whole {
        lists.push(Rc::new(answers_leaving(allowed)));
    }
    if whole && allowed == set(&[Section::UpperRight]) {
        lists.push(whole_list(&Section::ALL[4..]));
    }
    lists
}

/// How long a halt lasts makes no difference once rolling is over.
fn waits_while_rolling(view: &View) -> bool {
    view.section.is_some() || !matches!(view.at, At::Paused(_))
}

/// Rolling, with every halt, every way on and every way out, once for each set of sections that the list leaves open.
#[test]
fn rolling() {
    let whole = count(0, 1) == 1;
    let sets = if whole { every_set().skip(1).collect() } else { vec![set(&[Section::Mouth])] };
    for allowed in sets {
        let found = explore(&Scope {
            start: ready(allowed),
            answers: Vec::new(),
            lists: lists_after(allowed, whole),
            cards: false,
            beyond: |_| true,
            leads: if allowed.iter().count() <= 2 { leads_on_rolling } else { leads_without_clicker },
            waits: if whole { |_| true } else { waits_while_rolling },
        });
        told(&format!("rolling {allowed:?}"), &found);
        assert!(found.rolling > 0 && found.advised > 0 && found.reacted > 0);
    }
}

fn before_rolling(view: &View) -> bool {
    let over =
        matches!(view.at, At::Running { .. } | At::Paused(_) | At::Touched(_) | At::Soaking(_) | At::After { .. });
    !over && view.at != At::Advice
}

/// The way to the last key: every roller, every soak, every order of answering, every age of the answers.
#[test]
fn gate() {
    let items: Vec<usize> = if count(0, 1) == 0 { vec![0] } else { (0..QUESTIONS).collect() };
    let answers = items.into_iter().flat_map(|item| {
        three_answers(item).into_iter().map(move |answer| Rc::new(Event::Answered { item: ItemIx(item), answer }))
    });
    let found = explore(&Scope {
        start: Vec::new(),
        answers: answers.collect(),
        lists: vec![whole_list(&Section::ALL), whole_list(&[])],
        cards: false,
        beyond: before_rolling,
        leads: |event| {
            let is_of_the_other = matches!(event, Event::RollerTaken(roller) if roller.id != ROLLERS[0]);
            let is_elsewhere = matches!(event, Event::CarriedOver(_) | Event::Noted { .. } | Event::Slept { .. });
            let is_elsewhere = is_elsewhere || matches!(event, Event::CuesKnown { .. });
            !is_elsewhere && !is_of_the_other && !matches!(event, Event::RollerUnfit { .. })
        },
        waits: |_| true,
    });
    told("gate", &found);
}

/// Cards: shown, covered and put away in every order, with answers between, and the rest of each answered as soon as it
/// may be and later.
#[test]
fn cards() {
    let whole = count(0, 1) == 1;
    let items = if whole { 0..4 } else { 0..2 };
    let answers = items.flat_map(|item| {
        three_answers(item).into_iter().map(move |answer| Rc::new(Event::Answered { item: ItemIx(item), answer }))
    });
    let found = explore(&Scope {
        start: vec![event(Event::RollerTaken(roller(149))), event(Event::SoakStarted(Kept::SealedPack))],
        answers: answers.collect(),
        lists: vec![whole_list(&Section::ALL)],
        cards: true,
        beyond: |view| matches!(view.at, At::Checklist | At::Verdict { .. }),
        leads: |event| match event {
            Event::ListConfirmed { .. } | Event::ListReopened | Event::Left => true,
            Event::Slept { span } => *span == TICK,
            Event::Resumed { away, .. } => matches!(away, Away::For { most, .. } if most.is_zero()),
            _ => false,
        },
        waits: |view| view.at == At::Checklist,
    });
    told("cards", &found);
    assert!(found.rests > 0);
}

fn leads_barred(event: &Event) -> bool {
    match event {
        Event::RollerTaken(roller) | Event::RollerSwapped { roller, .. } => roller.needle.0 < 150,
        Event::SoakStarted(_) | Event::SoakTakenBack | Event::NeedlesRejected => true,
        Event::RollerUnfit { cause: why } => *why == Unfit::Retired,
        Event::OneMore | Event::Enough | Event::SteppedBack | Event::ListReopened => false,
        _ => leads_without_clicker(event),
    }
}

/// Without what only lets time pass in yet another way: no soak is waited for at the gate, and whoever says where a
/// roller was says that it was in the liquid for long enough.
fn leads_barred_in_short(event: &Event) -> bool {
    match event {
        Event::Resumed { away, .. } => *away == Away::Unknown,
        Event::SoakStarted(kept) | Event::RollerSwapped { kept, .. } => {
            *kept == Kept::InLiquid { already: TICK * CONTACT } && leads_barred(event)
        }
        Event::CuesHeard { heard } => *heard,
        Event::Paused { cause } => *cause == PauseCause::Touch,
        _ => leads_barred(event),
    }
}

/// To the second stroke: it is halted as the first is, and once rolling is over no roller is taken.
fn until_second_stroke(view: &View) -> bool {
    match view.at {
        At::Running { due: Due::Stroke { stroke, .. }, .. } => stroke == 0,
        At::Running { .. } | At::Paused(_) => view.section.is_some(),
        _ => !matches!(view.at, At::After { .. }),
    }
}

/// Where a clock has to run out before another roller can be asked for. All other waiting is for the gate and for rolling.
fn waits_for_a_clock(view: &View) -> bool {
    matches!(view.at, At::Checklist | At::Running { .. })
}

/// The closing questions, each answered and changed in every order, and left with every answer standing: after a whole
/// session, after every stop, and where nothing was rolled.
#[test]
fn closing() {
    let found = explore(&Scope {
        start: ready(set(&[Section::Mouth])),
        answers: Vec::new(),
        lists: vec![whole_list(&[Section::Mouth])],
        cards: false,
        beyond: |_| true,
        leads: |event| match event {
            Event::SkinReady | Event::HandsFree | Event::RanOut(_) | Event::WentOn | Event::Stopped { .. } => true,
            Event::CuesHeard { heard } => *heard,
            Event::Paused { cause } => *cause == PauseCause::Touch,
            Event::RollerTouched | Event::RollerRetired | Event::AdviceRead => true,
            Event::SignedOut { .. } | Event::SerumWanted | Event::Left => true,
            _ => false,
        },
        waits: waits_for_a_clock,
    });
    told("closing", &found);
    assert!(found.rolling > 0);
}

/// What bars a roller, from the beginning to the end, with two rollers and one section: found unfit at every gate,
/// rejected, retired, swapped, taken for sealed, after every way back to the soak.
#[test]
fn barred() {
    let whole = count(0, 1) == 1;
    let found = explore(&Scope {
        start: Vec::new(),
        answers: Vec::new(),
        lists: vec![whole_list(&[Section::Mouth])],
        cards: false,
        beyond: if whole { |view| !matches!(view.at, At::After { .. }) } else { until_second_stroke },
        leads: if whole { leads_barred } else { leads_barred_in_short },
        waits: if whole { |_| true } else { waits_for_a_clock },
    });
    told("barred", &found);
    assert!(found.rolling > 0);
}

/// Going on under another protocol, with nothing, a part, some or all of the face rolled before.
#[test]
fn carried_over() {
    let whole = |section| carried(section, 2, 0, 0, Some(SectionEnd::Done));
    let part = |section| carried(section, 1, 1, 1, None);
    let all: Vec<Event> = Section::ALL.into_iter().map(whole).collect();
    let most: Vec<Event> = Section::ALL[..4].iter().copied().map(whole).chain([part(Section::Mouth)]).collect();
    let starts = if count(0, 1) == 0 { vec![all] } else { vec![most, all] };
    for events in starts {
        let mut start = vec![event(CHANGED)];
        start.extend(events.into_iter().map(|event| Move::Answer(Rc::new(event))));
        start.push(event(Event::RollerTaken(roller(149))));
        let found = explore(&Scope {
            start,
            answers: Vec::new(),
            lists: vec![whole_list(&Section::ALL)],
            cards: false,
            beyond: |_| true,
            leads: leads_on_rolling,
            waits: |_| true,
        });
        told("carried over", &found);
    }
}
