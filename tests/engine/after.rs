use engine::session::{Due, Effect, Event, Said, Stage};

use crate::engine::play::*;

fn stopped_for(reason: &str) -> Play {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch();
    let reason = play.reason(reason);
    play.does(Event::Stopped { reason }).live(seconds(45));
    play
}

fn sign_out(play: &Play, id: &str) -> usize {
    play.session.protocol().sign_out.iter().position(|item| item.id == id).unwrap()
}

#[test]
fn the_closing_questions_take_their_answers() {
    let mut play = Play::rolling();
    play.live(minutes(6));
    let washed = sign_out(&play, "roller-washed");
    play.refuses(Event::SignedOut { question: washed, said: Said::NotSure });
    play.does(Event::SignedOut { question: washed, said: Said::Yes });
    play.does(Event::SignedOut { question: washed, said: Said::No });
    play.refuses(Event::SignedOut { question: 99, said: Said::Yes });
    assert_eq!(play.session.signed_out()[washed], Some(Said::No));
    play.does(Event::Felt { level: 0 }).does(Event::Felt { level: 5 }).refuses(Event::Felt { level: 6 });
    play.does(Event::Noted { text: "calm".into() }).refuses(Event::Noted { text: "calm".into() });
    play.refuses(Event::Noted { text: "x".repeat(2_001) }).does(Event::Noted { text: String::new() });
    play.does(Event::Left);
    assert_eq!(play.effects.last(), Some(&Effect::Leave));
    assert_eq!(play.session.stage(), &Stage::Ended);
    assert_eq!(play.summaries.len(), 1, "what comes later does not close it again");
    play.replays();
}

#[test]
fn needles_that_are_no_longer_straight_retire_the_roller_once() {
    let mut play = Play::rolling();
    play.live(minutes(6));
    let needles = sign_out(&play, "needles-straight");
    play.does(Event::SignedOut { question: needles, said: Said::NotSure });
    play.does(Event::SignedOut { question: needles, said: Said::Yes });
    assert!(play.retirements().is_empty());
    play.does(Event::SignedOut { question: needles, said: Said::No });
    play.does(Event::SignedOut { question: needles, said: Said::No });
    assert_eq!(play.retirements(), ["blue"]);
    play.does(Event::SignedOut { question: needles, said: Said::Yes });
    assert!(play.session.roller_is_retired(), "what was bent stays so");
    play.replays();
}

#[test]
fn serum_after_a_stop_is_asked_for_once_blood_is_ruled_out() {
    let mut play = stopped_for("pink-enough");
    let blood = sign_out(&play, "blood");
    play.refuses(Event::SerumWanted);
    play.does(Event::SignedOut { question: blood, said: Said::NotSure }).refuses(Event::SerumWanted);
    play.does(Event::SignedOut { question: blood, said: Said::No }).does(Event::SerumWanted);
    assert_eq!(play.session.deadline(), Some(play.moment.plus(seconds(90))));
    play.refuses(Event::SerumWanted).live(seconds(90));
    assert_eq!(play.session.deadline(), None);
    assert_eq!(play.entries.last().unwrap().event, Event::RanOut(Due::Serum));
    play.replays();
}

#[test]
fn no_serum_after_blood() {
    let mut play = stopped_for("blood");
    let blood = sign_out(&play, "blood");
    play.does(Event::SignedOut { question: blood, said: Said::No }).refuses(Event::SerumWanted);
}

#[test]
fn no_serum_is_offered_twice_after_a_whole_session() {
    let mut play = Play::rolling();
    play.live(minutes(6));
    let blood = sign_out(&play, "blood");
    play.does(Event::SignedOut { question: blood, said: Said::No }).refuses(Event::SerumWanted);
}
