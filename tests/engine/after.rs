use engine::session::{Due, Effect, Event, Said, Stage};

use crate::engine::session_driver::*;

fn stopped_for(reason: &str) -> SessionDriver {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let reason = driver.reason(reason);
    driver.does(Event::Stopped { reason }).live(seconds(45));
    driver
}

fn sign_out(driver: &SessionDriver, id: &str) -> usize {
    driver.session.protocol().sign_out.iter().position(|item| item.id == id).unwrap()
}

#[test]
fn the_closing_questions_take_their_answers() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    let washed = sign_out(&driver, "roller-washed");
    driver.refuses(Event::SignedOut { question: washed, said: Said::NotSure });
    driver.does(Event::SignedOut { question: washed, said: Said::Yes });
    driver.does(Event::SignedOut { question: washed, said: Said::No });
    driver.refuses(Event::SignedOut { question: 99, said: Said::Yes });
    assert_eq!(driver.session.signed_out()[washed], Some(Said::No));
    driver.does(Event::Felt { level: 0 }).does(Event::Felt { level: 5 }).refuses(Event::Felt { level: 6 });
    driver.does(Event::Noted { text: "calm".into() }).refuses(Event::Noted { text: "calm".into() });
    driver.refuses(Event::Noted { text: "x".repeat(2_001) }).does(Event::Noted { text: String::new() });
    driver.does(Event::Left);
    assert_eq!(driver.effects.last(), Some(&Effect::Leave));
    assert_eq!(driver.session.stage(), &Stage::Ended);
    assert_eq!(driver.summaries.len(), 1, "what comes later does not close it again");
    driver.replays();
}

#[test]
fn needles_that_are_no_longer_straight_retire_the_roller_once() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    let needles = sign_out(&driver, "needles-straight");
    driver.does(Event::SignedOut { question: needles, said: Said::NotSure });
    driver.does(Event::SignedOut { question: needles, said: Said::Yes });
    assert!(driver.retirements().is_empty());
    driver.does(Event::SignedOut { question: needles, said: Said::No });
    driver.does(Event::SignedOut { question: needles, said: Said::No });
    assert_eq!(driver.retirements(), ["blue"]);
    driver.does(Event::SignedOut { question: needles, said: Said::Yes });
    assert!(driver.session.roller_is_retired(), "what was bent stays so");
    driver.replays();
}

#[test]
fn serum_after_a_stop_is_asked_for_once_blood_is_ruled_out() {
    let mut driver = stopped_for("pink-enough");
    let blood = sign_out(&driver, "blood");
    driver.refuses(Event::SerumWanted);
    driver.does(Event::SignedOut { question: blood, said: Said::NotSure }).refuses(Event::SerumWanted);
    driver.does(Event::SignedOut { question: blood, said: Said::No }).does(Event::SerumWanted);
    assert_eq!(driver.session.deadline(), Some(driver.moment.plus(seconds(90))));
    driver.refuses(Event::SerumWanted).live(seconds(90));
    assert_eq!(driver.session.deadline(), None);
    assert_eq!(driver.entries.last().unwrap().event, Event::RanOut(Due::Serum));
    driver.replays();
}

#[test]
fn no_serum_after_blood() {
    let mut driver = stopped_for("blood");
    let blood = sign_out(&driver, "blood");
    driver.does(Event::SignedOut { question: blood, said: Said::No }).refuses(Event::SerumWanted);
}

#[test]
fn no_serum_is_offered_twice_after_a_whole_session() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    let blood = sign_out(&driver, "blood");
    driver.does(Event::SignedOut { question: blood, said: Said::No }).refuses(Event::SerumWanted);
}
