//! A clicker or pedal: what it may do, and what it takes to be allowed to.

use engine::protocol::Section;
use engine::safety::Roller;
use engine::session::{Cue, Due, Event, Kept, PauseCause, SectionEnd, Stage, Step};

use super::session_driver::{SessionDriver, minutes, roller, seconds, stroke};

const FIRST: Section = Section::UpperRight;
const SECOND: Section = Section::UpperLeft;
const CLICK: Event = Event::Paused { cause: PauseCause::Clicker };

/// At the start of the first stroke, with a clicker.
fn rolling() -> SessionDriver {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::ClickerSeen);
    driver.does(Event::HandsFree).live(seconds(155));
    driver
}

#[test]
fn a_clicker_that_was_not_seen_does_nothing() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).refuses(CLICK).refuses(Event::Enough).refuses(Event::OneMore);
    assert_eq!(driver.due(), stroke(FIRST, 0));
}

#[test]
fn it_is_seen_at_the_last_touch_alone_and_once() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.refuses(Event::ClickerSeen).does(Event::SetUp);
    driver.does(Event::ClickerSeen).refuses(Event::ClickerSeen);
    driver.does(Event::SteppedBack).refuses(Event::ClickerSeen).does(Event::SetUp).does(Event::ClickerSeen);
    rolling().refuses(Event::ClickerSeen);
}

#[test]
fn a_pause_by_it_goes_on_without_cleaning_hands() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK).live(seconds(20)).does(Event::WentOn);
    assert_eq!((driver.due(), driver.left()), (Due::GetReady { section: FIRST }, seconds(5)));
    driver.live(seconds(5));
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 0), seconds(5)));
    let tally = driver.session.tally();
    assert_eq!((tally.touches, tally.pauses, tally.paused), (0, 1, seconds(20)));
    driver.replays();
}

#[test]
fn a_key_touched_during_it_asks_for_clean_hands() {
    for cause in [PauseCause::Touch, PauseCause::Interrupt, PauseCause::Signal] {
        let mut driver = rolling();
        driver.live(seconds(3)).does(CLICK).does(Event::Paused { cause }).refuses(Event::Paused { cause });
        driver.refuses(CLICK).does(Event::WentOn);
        assert_eq!(driver.due(), Due::HandClean, "{cause:?}");
        assert_eq!(driver.session.tally().touches, u32::from(cause != PauseCause::Signal));
        driver.replays();
    }
}

#[test]
fn it_does_not_clean_hands_that_touched_a_key_before() {
    let mut driver = rolling();
    driver.live(seconds(3)).touch().refuses(CLICK).does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean);
}

#[test]
fn enough_leads_straight_to_the_next_section() {
    let mut driver = rolling();
    driver.live(seconds(11)).does(Event::Enough);
    assert_eq!((driver.due(), driver.left()), (Due::Move { section: SECOND }, seconds(8)));
    assert_eq!(driver.cues.last(), Some(&Cue::Move(SECOND)));
    assert_eq!(driver.session.progress()[FIRST].end, Some(SectionEnd::Enough));
    assert_eq!(driver.rolled(FIRST), seconds(11));
    assert_eq!(driver.session.tally().pauses, 0);
    driver.replays();
}

#[test]
fn a_second_click_on_the_way_leaves_nothing_out() {
    let mut driver = rolling();
    driver.live(seconds(11)).does(Event::Enough).live(seconds(1)).refuses(Event::Enough);
    driver.live(seconds(7));
    assert_eq!(driver.due(), stroke(SECOND, 0));
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::ClickerSeen);
    driver.does(Event::HandsFree).live(seconds(1)).refuses(Event::Enough).live(seconds(150)).refuses(Event::Enough);
    assert_eq!(driver.due(), Due::GetReady { section: FIRST });
}

#[test]
fn enough_of_the_last_section_leads_to_saline_and_of_serum_to_the_questions() {
    let mut driver = rolling();
    for _ in 0..4 {
        driver.live(seconds(1)).does(Event::Enough).live(seconds(8));
    }
    driver.live(seconds(1)).does(Event::Enough);
    assert_eq!((driver.due(), driver.cues.last()), (Due::Saline, Some(&Cue::RollingOver)));
    driver.does(Event::Enough);
    assert_eq!((driver.due(), driver.cues.last()), (Due::Serum, Some(&Cue::Serum)));
    driver.does(Event::Enough);
    assert!(matches!(driver.session.stage(), Stage::After { serum: None }));
    assert_eq!(driver.summaries.len(), 1);
    driver.replays();
}

#[test]
fn enough_during_a_pause_by_it_goes_on_to_the_next_section_without_cleaning_hands() {
    let mut driver = rolling();
    driver.live(seconds(11)).does(CLICK).live(seconds(2)).does(Event::Enough);
    assert_eq!(driver.due(), Due::GetReady { section: SECOND });
    driver.replays();
}

#[test]
fn one_more_stroke_follows_the_one_under_the_drum_without_a_break() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(Event::OneMore);
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 0), seconds(5)));
    driver.refuses(Event::OneMore).live(seconds(29));
    assert_eq!(driver.due(), Due::Move { section: SECOND });
    assert_eq!(driver.rolled(FIRST), seconds(32));
    driver.refuses(Event::OneMore).replays();
}

#[test]
fn one_more_stroke_on_the_way_goes_back_to_the_section_just_left() {
    let mut driver = rolling();
    driver.live(seconds(25)).does(Event::OneMore);
    assert_eq!(driver.due(), Due::GetReady { section: FIRST });
    driver.live(seconds(5 + 8));
    assert_eq!(driver.due(), Due::Move { section: SECOND });
    assert_eq!(driver.rolled(FIRST), seconds(32));
    driver.live(seconds(8 + 24));
    assert_eq!(driver.due(), Due::Move { section: Section::LowerRight });
    driver.replays();
}

#[test]
fn standing_still_for_too_long_is_stale_with_a_clicker_as_well() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK).live(minutes(11)).does(Event::WentOn);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    driver.replays();
}

#[test]
fn after_another_last_touch_it_has_to_be_seen_again() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK).live(minutes(11)).does(Event::WentOn);
    driver.does(Event::SoakStarted(Kept::InLiquid { already: minutes(10) }));
    let mut driver = driver.answered(&[]).confirmed();
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
    driver.live(seconds(156)).refuses(CLICK);
}

#[test]
fn another_roller_asks_for_clean_hands_all_the_same() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK).does(Event::RollerTouched);
    let other = Roller { id: "spare".into(), ..roller(130) };
    driver.does(Event::RollerSwapped { roller: other, kept: Kept::SealedPack, acknowledged: false });
    assert_eq!(driver.due(), Due::HandClean);
}

#[test]
fn a_closed_program_asks_for_clean_hands() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK);
    let span = seconds(5);
    let away = engine::session::Away::For { least: span, most: span };
    driver.does(Event::Resumed { away, boot: None });
    assert!(matches!(driver.session.step(), Some(Step::Paused(pause)) if pause.cause == PauseCause::Closed));
    driver.does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean);
    driver.replays();
}

/// Whoever wakes a computer has touched it.
#[test]
fn sleep_during_a_pause_by_it_asks_for_clean_hands() {
    let mut driver = rolling();
    driver.live(seconds(3)).does(CLICK).does(Event::Slept { span: minutes(2) }).does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean);
    driver.replays();
}
