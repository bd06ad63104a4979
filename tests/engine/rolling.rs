use std::time::Duration;

use engine::protocol::Section;
use engine::safety::Detail;
use engine::session::{ContactKept, Cue, Due, Effect, Event, Outcome, SectionEnd, Stage};

use crate::engine::session_driver::*;

#[test]
fn from_last_touch_to_saved_record_without_a_key() {
    let mut driver = SessionDriver::hands_free(&[]);
    let began = driver.entries.len();
    // Two seconds for each question, and ten minutes from then on.
    let list = driver.entries.iter().filter(|entry| matches!(entry.event, Event::Answered { .. })).count();
    let list = seconds(2) * u32::try_from(list).unwrap();
    // prepare 60, get ready 5, five sections of 24, four ways of 8, saline 45
    driver.live(seconds(150 + 5 + 5 * 24 + 4 * 8 + 45) - Duration::from_millis(1));
    assert!(driver.summaries.is_empty());
    driver.live(Duration::from_millis(1));
    assert_eq!(driver.summary().outcome, Outcome::Finished);
    assert_eq!(driver.due(), Due::Serum, "saved when the serum clock starts");
    driver.live(seconds(90));
    assert!(matches!(driver.session.stage(), Stage::After { .. }));
    assert!(driver.entries[began..].iter().all(|entry| matches!(entry.event, Event::RanOut(_))));
    let summary = driver.summary();
    assert_eq!((summary.rolled, summary.touches, summary.pauses), (seconds(120), 0, 0));
    for (section, end) in summary.sections.iter() {
        assert_eq!(end.end, SectionEnd::Done, "{section:?}");
        assert_eq!(end.rolled, seconds(24));
        assert_eq!(end.strokes, [(0, seconds(8)), (1, seconds(8)), (2, seconds(8))]);
    }
    assert_eq!(summary.contact, ContactKept::InLiquid(list + minutes(10)), "until the last key");
    assert_eq!(driver.session.deadline(), None);
    driver.replays();
}

#[test]
fn each_countdown_follows_the_other_with_its_cue() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.cues.clear();
    let first = Section::UpperRight;
    assert_eq!((driver.due(), driver.left()), (Due::Prepare, seconds(150)));
    driver.live(seconds(150));
    assert_eq!((driver.due(), driver.left()), (Due::GetReady { section: first }, seconds(5)));
    driver.live(seconds(5));
    assert_eq!((driver.due(), driver.left()), (stroke(first, 0), seconds(8)));
    driver.live(seconds(8));
    assert_eq!(driver.due(), stroke(first, 1));
    driver.live(seconds(16));
    assert_eq!((driver.due(), driver.left()), (Due::Move { section: Section::UpperLeft }, seconds(8)));
    driver.live(seconds(8));
    assert_eq!(driver.due(), stroke(Section::UpperLeft, 0));
    assert_eq!(
        driver.cues,
        [
            Cue::GetReady(first),
            Cue::Start(first),
            Cue::Turn { section: first, stroke: 1 },
            Cue::Turn { section: first, stroke: 2 },
            Cue::Move(Section::UpperLeft),
            Cue::Start(Section::UpperLeft),
        ]
    );
}

#[test]
fn news_that_come_late_do_not_shift_the_clock() {
    let mut driver = SessionDriver::rolling();
    let start = driver.moment;
    for _ in 0..3 {
        let deadline = driver.session.deadline().unwrap();
        let late = deadline.plus(Duration::from_millis(200)).since(driver.moment);
        driver.wait(late);
    }
    assert_eq!(driver.due(), Due::Move { section: Section::UpperLeft });
    assert_eq!(driver.session.deadline(), Some(start.plus(seconds(32))));
    assert_eq!(driver.rolled(Section::UpperRight), seconds(24));
}

#[test]
fn news_later_than_any_wake_up_count_from_when_they_come() {
    let mut driver = SessionDriver::rolling();
    let start = driver.moment;
    driver.wait(seconds(8) + Duration::from_millis(900));
    assert_eq!(driver.left(), seconds(8), "nobody turned before the cue");
    assert_eq!(driver.session.deadline(), Some(start.plus(Duration::from_millis(16_900))));
    assert_eq!(driver.rolled(Section::UpperRight), seconds(8));
}

#[test]
fn skipped_sections_are_never_rolled() {
    let skip = [Section::UpperRight, Section::LowerLeft];
    let mut driver = SessionDriver::hands_free(&[("eczema", yes(Detail::Where(at(&skip))))]);
    driver.live(minutes(8));
    for section in skip {
        let summary = &driver.summary().sections[section];
        assert_eq!((summary.end, summary.rolled), (SectionEnd::Skipped, Duration::ZERO));
        assert_eq!(summary.skip.len(), 1);
    }
    assert_eq!(driver.summary().rolled, seconds(72));
    assert_eq!(driver.summary().outcome, Outcome::Finished, "skipping by the list is no stop");
    let ways = driver.cues.iter().filter(|cue| matches!(cue, Cue::Move(_))).count();
    assert_eq!(ways, 2);
}

#[test]
fn no_event_but_time_moves_a_running_clock() {
    let mut driver = SessionDriver::rolling();
    for event in [
        Event::WentOn,
        Event::Enough,
        Event::OneMore,
        Event::RollerTouched,
        Event::RollerRetired,
        Event::SoakedAgain,
        Event::Stopped { reason: 0 },
        Event::Left,
        Event::HandsFree,
        Event::SetUp,
        Event::ListReopened,
        Event::SerumWanted,
        Event::Felt { level: 1 },
        Event::Noted { text: "x".into() },
        Event::SignedOut { question: 0, said: engine::session::Said::Yes },
        Event::RanOut(stroke(Section::UpperRight, 0)),
        Event::RanOut(stroke(Section::UpperRight, 2)),
        Event::RanOut(Due::Contact),
        Event::RanOut(Due::Serum),
    ] {
        driver.refuses(event);
    }
}

#[test]
fn time_to_go_is_the_sum_of_what_is_left() {
    let mut driver = SessionDriver::hands_free(&[]);
    let rolling = seconds(150 + 5 + 120 + 32);
    assert_eq!(driver.session.rolling_left(driver.now()), rolling);
    assert_eq!(driver.session.session_left(driver.now()), rolling + seconds(135));
    for second in 1..=307 {
        driver.live(seconds(1));
        assert_eq!(driver.session.rolling_left(driver.now()), rolling - seconds(second), "after {second} s");
    }
    assert_eq!(driver.session.session_left(driver.now()), seconds(135));
}

#[test]
fn the_record_is_closed_before_the_serum_cue() {
    let mut driver = SessionDriver::rolling();
    driver.effects.clear();
    driver.live(minutes(5));
    let close = driver.effects.iter().position(|effect| matches!(effect, Effect::Close(_))).unwrap();
    let serum = driver.effects.iter().position(|effect| *effect == Effect::Cue(Cue::Serum)).unwrap();
    let saline = driver
        .effects
        .iter()
        .position(|effect| matches!(effect, Effect::Record(entry) if entry.event == Event::RanOut(Due::Saline)))
        .unwrap();
    assert!(saline < close && close < serum);
}
