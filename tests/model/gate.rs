//! The way to the last key.

use std::rc::Rc;
use std::time::Duration;

use dermaroll::session::{Away, Event, Session, Stage};

use crate::counts::count;
use crate::explore::{World, explore};
use crate::moves::{Move, answers, before_rolling, forged, resumed, while_rolling};
use crate::small::{ANSWERS_LAST, protocol, questions};

fn is_hands_free(session: &Session) -> bool {
    matches!(session.stage(), Stage::HandsFree(_) | Stage::After { .. })
}

#[test]
fn nothing_rolls_before_list_soak_roller_and_last_touch_are_in_order() {
    let questions = questions(count(3, 8) as usize);
    let mut moves = before_rolling();
    moves.extend(answers(&questions));
    moves.extend(while_rolling());
    moves.extend(forged());
    moves.extend([
        Move::ToDeadline,
        Move::Wait(ANSWERS_LAST + Duration::from_secs(1)),
        Move::Sleep(Duration::from_secs(2)),
        Move::Sleep(ANSWERS_LAST + Duration::from_secs(1)),
        Move::Do(resumed(Duration::from_secs(2))),
        Move::Do(Event::Resumed { away: Away::Unknown, boot: None }),
    ]);
    let world = World {
        protocol: protocol(&questions, 1),
        questions: Rc::new(questions),
        start: Vec::new(),
        moves,
        is_edge: is_hands_free,
    };
    let found = explore(&world);
    println!("gate: {found:?}");
    assert!(found.edge > 0 && found.closed > 0, "{found:?}");
}
