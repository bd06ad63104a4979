//! What a key did before the skin is touched, or while it is paused, and how it is taken back.

use engine::protocol::Section;
use engine::safety::Contact;
use engine::session::{ContactKept, Due, Event, Kept, Outcome, SectionEnd, Stage};

use crate::engine::session_driver::*;

const FIRST: Section = Section::UpperRight;
const SECOND: Section = Section::UpperLeft;

#[test]
fn a_soak_that_did_not_begin_begins_anew_and_the_answers_stay() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130)));
    driver.refuses(Event::SoakTakenBack).does(Event::SoakStarted(Kept::InLiquid { already: minutes(10) }));
    assert!(driver.session.contact().is_done());
    let mut driver = driver.answered(&[]).confirmed();
    driver.does(Event::SoakTakenBack).refuses(Event::SoakTakenBack).refuses(Event::SetUp);
    assert_eq!((driver.session.stage(), driver.session.contact()), (&Stage::Sterilise, Contact::NotStarted));
    driver.does(Event::SoakStarted(IN_LIQUID_NOW));
    assert_eq!(driver.session.stage(), &Stage::Checklist);
    assert!(driver.session.answers().complete(), "nobody answers twice");
    let mut driver = driver.confirmed();
    driver.refuses(Event::SetUp).live(minutes(10)).does(Event::SetUp).does(Event::SoakTakenBack);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    driver.replays();
}

/// Nobody can see any more whether the pack that was taken for sealed is so.
#[test]
fn a_pack_that_was_taken_for_sealed_is_soaked_after_that() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130))).does(Event::SoakStarted(Kept::SealedPack)).does(Event::SoakTakenBack);
    driver.refuses(Event::SoakStarted(Kept::SealedPack)).does(Event::SoakStarted(IN_LIQUID_NOW)).replays();
}

#[test]
fn once_hands_are_free_a_soak_is_not_taken_back() {
    let mut driver = SessionDriver::rolling();
    driver.refuses(Event::SoakTakenBack).live(seconds(4)).touch().refuses(Event::SoakTakenBack);
    driver.does(Event::RollerTouched).refuses(Event::SoakTakenBack).does(Event::SoakedAgain);
    driver.refuses(Event::SoakTakenBack);
}

/// The stroke that was halted goes on where it was: nothing is rolled twice and nothing is missing.
#[test]
fn enough_by_a_slip_leads_back_to_the_stroke_that_was_halted() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(11)).touch().refuses(Event::EnoughTakenBack).does(Event::Enough);
    driver.refuses(Event::EnoughTakenBack).live(seconds(5)).touch().does(Event::EnoughTakenBack);
    driver.refuses(Event::EnoughTakenBack).does(Event::WentOn).live(seconds(30 + 5));
    assert_eq!((driver.due(), driver.left()), (Due::Stroke { section: FIRST, stroke: 1 }, seconds(5)));
    driver.live(minutes(10));
    let summary = driver.summary().clone();
    assert_eq!((summary.outcome, summary.rolled), (Outcome::Finished, minutes(2)));
    assert_eq!((summary.sections[FIRST].end, summary.sections[FIRST].strokes.len()), (SectionEnd::Done, 3));
    driver.replays();
}

#[test]
fn a_section_left_out_by_a_slip_comes_back() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(24)).touch().does(Event::Enough).touch();
    assert_eq!(driver.session.progress()[SECOND].end, Some(SectionEnd::LeftOut));
    driver.does(Event::EnoughTakenBack).does(Event::WentOn).live(seconds(30 + 5));
    assert_eq!(driver.due(), Due::Stroke { section: SECOND, stroke: 0 });
    driver.replays();
}

/// Once the drum or the saline is on the skin, what was before it is over.
#[test]
fn enough_is_not_taken_back_after_the_next_thing_has_begun() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(11)).touch().does(Event::Enough).live(seconds(30 + 5 + 1)).touch();
    driver.refuses(Event::EnoughTakenBack);
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(4 * 32 + 4)).touch().does(Event::Enough).live(seconds(5)).touch().does(Event::EnoughTakenBack);
    driver.does(Event::Enough).touch().does(Event::BloodOrWelts).refuses(Event::EnoughTakenBack);
    driver.does(Event::NoBloodOrWelts).does(Event::WentOn).live(seconds(30 + 1)).touch();
    driver.refuses(Event::EnoughTakenBack).replays();
    assert_eq!(driver.session.summary().map(|summary| summary.contact), None::<ContactKept>);
}

/// A stop is none of these: it is the careful side, and was asked about before.
#[test]
fn a_stop_takes_the_way_back_away() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(4 * 32 + 4)).touch().does(Event::Enough).touch();
    let reason = driver.reason("pink-enough");
    driver.does(Event::Stopped { reason }).refuses(Event::EnoughTakenBack).replays();
}
