use engine::protocol::Kind;
use engine::safety::Contact;
use engine::session::{ContactKept, Cue, Effect, Event, Kept, Stage};
use engine::timeline::Moment;

use crate::engine::session_driver::*;

#[test]
fn needles_strictly_below_the_articles_limit_need_no_word() {
    SessionDriver::new().does(Event::RollerTaken(roller(149))).refuses(Event::LengthAcknowledged).does(soak());
}

#[test]
fn needles_at_the_limit_and_above_must_be_acknowledged() {
    for length in [150, 300] {
        let mut driver = SessionDriver::new();
        driver.does(Event::RollerTaken(roller(length))).refuses(soak()).does(Event::LengthAcknowledged).does(soak());
    }
}

#[test]
fn an_acknowledgement_is_for_one_roller() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(200))).does(Event::LengthAcknowledged);
    driver.does(Event::RollerTaken(roller(250))).refuses(soak());
}

#[test]
fn needles_that_are_too_long_are_refused() {
    SessionDriver::new().refuses(Event::RollerTaken(roller(301))).refuses(soak());
}

#[test]
fn bad_needles_retire_the_roller() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130))).does(Event::NeedlesRejected);
    assert!(driver.effects.contains(&Effect::RetireRoller { id: "blue".into() }));
    driver.refuses(soak()).refuses(Event::NeedlesRejected);
}

#[test]
fn the_contact_clock_runs_while_the_list_is_answered() {
    let mut driver = SessionDriver::new().soaking();
    assert_eq!(driver.session.deadline(), Some(Moment::from_millis(600_000)));
    assert_eq!(driver.session.stage(), &Stage::Checklist);
    driver.live(seconds(599));
    assert!(!driver.session.contact().is_done());
    driver.live(seconds(1));
    assert_eq!(driver.session.contact(), Contact::Soaked);
    assert_eq!(driver.cues, [Cue::SoakFinished]);
    assert_eq!(driver.session.deadline(), None);
    driver.replays();
}

#[test]
fn sleep_counts_for_the_soak() {
    let mut driver = SessionDriver::new().soaking();
    driver.live(minutes(1)).does(Event::Slept { span: minutes(8) });
    assert_eq!(driver.session.deadline(), Some(Moment::from_millis(120_000)));
    driver.does(Event::Slept { span: minutes(3) }).wait(seconds(0));
    assert_eq!(driver.session.contact(), Contact::Soaked);
}

#[test]
fn a_roller_that_soaks_already_has_less_to_go() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130)));
    driver.does(Event::SoakStarted(Kept::InLiquid { already: minutes(4) }));
    assert_eq!(driver.session.deadline(), Some(Moment::from_millis(360_000)));
    let mut long = SessionDriver::new();
    long.does(Event::RollerTaken(roller(130)));
    long.does(Event::SoakStarted(Kept::InLiquid { already: minutes(10) }));
    assert!(long.session.contact().is_done());
}

#[test]
fn a_sealed_pack_needs_no_clock() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130))).does(Event::SoakStarted(Kept::SealedPack));
    assert_eq!(driver.session.contact(), Contact::SealedPack);
    assert_eq!(driver.session.deadline(), None);
}

#[test]
fn a_check_begins_with_the_list_and_leads_nowhere() {
    let mut driver = SessionDriver::of(dermaroll::content::built_in(Kind::Check).unwrap());
    assert_eq!(driver.session.stage(), &Stage::Checklist);
    driver = driver.answered(&[]).confirmed();
    driver.refuses(Event::SetUp).refuses(Event::SoakTakenBack).does(Event::Left);
    assert_eq!(driver.session.stage(), &Stage::Ended);
}

fn soak() -> Event {
    Event::SoakStarted(IN_LIQUID_NOW)
}

#[test]
fn after_soaking_again_only_the_time_in_the_liquid_is_summed_up() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().does(Event::RollerTouched).does(Event::SoakedAgain);
    driver.live(minutes(12)).does(Event::WentOn).live(minutes(20));
    assert_eq!(driver.summary().contact, ContactKept::InLiquid(minutes(12)));
    driver.replays();
}
