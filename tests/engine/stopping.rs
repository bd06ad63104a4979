//! Every way of stopping, to its end: what to do about it first, clean hands, saline, a closed record.

use engine::protocol::Section;
use engine::session::{Cue, Due, Event, Outcome, PauseCause, Said, SectionEnd, Stage, Step, Summary};

use crate::engine::session_driver::*;

const FIRST: Section = Section::UpperRight;

/// Stopped for `id` when the first section had been rolled for 12 seconds.
fn stopped(id: &str) -> SessionDriver {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let reason = driver.reason(id);
    driver.does(Event::Stopped { reason });
    driver
}

#[track_caller]
fn is_part(driver: &SessionDriver, id: &str) -> Summary {
    assert!(matches!(driver.session.stage(), Stage::After { serum: None }), "no serum by itself after a stop");
    let summary = driver.summary().clone();
    assert_eq!((summary.outcome, summary.rolled), (Outcome::Part, seconds(12)));
    assert_eq!(summary.stop_reason, Some(driver.reason(id)));
    assert_eq!(summary.sections[FIRST].end, SectionEnd::Stopped);
    driver.replays();
    summary
}

#[test]
fn each_reason_leads_to_its_end() {
    // (what has to be done about it first, serum may be asked for, what to look out for stands out)
    for (id, advised, serum, alarming) in [
        ("blood", true, false, true),
        ("sharp-pain", true, false, true),
        ("welts", true, false, true),
        ("dizzy", true, true, true),
        ("pink-enough", false, true, false),
        ("roller", false, true, false),
        ("other", false, true, false),
    ] {
        let mut driver = stopped(id);
        assert!(driver.summaries.is_empty());
        if advised {
            assert_eq!(driver.session.step(), Some(Step::Advice), "{id}");
            assert_eq!(driver.cues.last(), Some(&Cue::Advice));
            driver.replays();
            driver.does(Event::AdviceRead);
        }
        driver.cleans_hands_for_saline().live(seconds(45));
        is_part(&driver, id);
        assert_eq!(driver.session.is_alarming(), alarming, "{id}");
        assert_eq!(driver.retirements().len(), usize::from(id == "roller"), "{id}");
        for question in 0..driver.session.signed_out().len() {
            driver.does(Event::SignedOut { question, said: Said::No });
        }
        assert_eq!(driver.session.serum_may_be_wanted(), serum, "{id}");
    }
    let session = SessionDriver::new().session;
    assert_eq!(session.protocol().stop_reasons.len(), 7, "a reason without a line above");
}

#[test]
fn what_to_do_waits_for_a_key_and_nothing_else() {
    let mut driver = stopped("dizzy");
    assert_eq!(driver.session.deadline(), None, "no clock runs");
    let idle = driver.session.idle(driver.moment);
    driver.live(minutes(120));
    for event in [
        Event::WentOn,
        Event::Enough,
        Event::OneMore,
        Event::RollerTouched,
        Event::SoakedAgain,
        Event::Left,
        Event::Stopped { reason: 0 },
        Event::BloodOrWelts,
        Event::Paused { cause: PauseCause::Touch },
        Event::Paused { cause: PauseCause::Signal },
    ] {
        driver.refuses(event);
    }
    driver.does(Event::Slept { span: minutes(500) });
    assert_eq!((driver.session.step(), driver.session.idle(driver.moment)), (Some(Step::Advice), idle));
    driver.does(Event::AdviceRead).cleans_hands_for_saline().live(seconds(45));
    let summary = is_part(&driver, "dizzy");
    assert_eq!(summary.paused, core::time::Duration::ZERO, "reading it is no pause");
}

#[test]
fn a_closed_window_leads_back_to_what_to_do() {
    for away in [minutes(1), minutes(60 * 24 * 30)] {
        let mut driver = stopped("blood");
        let away = engine::session::Away::For { least: away, most: away };
        assert_eq!(driver.session.again_after(away, driver.now()), None, "nothing is rolled any more");
        driver.does(Event::Resumed { away, boot: None });
        assert_eq!(driver.session.step(), Some(Step::Advice));
        driver.does(Event::KeptAsPart);
        assert_eq!(driver.session.step(), Some(Step::Advice), "it comes first, whatever was chosen");
        driver.does(Event::AdviceRead).cleans_hands_for_saline().live(seconds(45));
        is_part(&driver, "blood");
    }
}

#[test]
fn a_closed_window_in_the_hand_cleaning_leads_to_saline() {
    let mut driver = stopped("other");
    driver.live(seconds(12));
    let away = engine::session::Away::Unknown;
    driver.does(Event::Resumed { away, boot: None }).does(Event::WentOn);
    driver.cleans_hands_for_saline().live(seconds(45));
    is_part(&driver, "other");
}

#[test]
fn a_stop_is_possible_in_every_halt() {
    for halt_at in [3, 20, 26, 60] {
        let mut driver = SessionDriver::rolling();
        driver.live(seconds(halt_at)).touch();
        let reason = driver.reason("pink-enough");
        driver.refuses(Event::Stopped { reason: 99 }).does(Event::Stopped { reason });
        driver.cleans_hands_for_saline().live(seconds(45));
        assert_eq!((driver.summary().outcome, driver.summary().stop_reason), (Outcome::Part, Some(reason)));
        driver.refuses(Event::WentOn);
        driver.replays();
    }
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().does(Event::RollerTouched).does(Event::SoakedAgain).live(minutes(3));
    let blood = driver.reason("blood");
    driver.does(Event::Stopped { reason: blood }).does(Event::AdviceRead);
    driver.cleans_hands_for_saline().live(minutes(20));
    is_part(&driver, "blood");
}

#[test]
fn before_the_skin_was_touched_only_some_reasons_can_be_true() {
    for (id, is_possible) in [
        ("blood", false),
        ("sharp-pain", false),
        ("welts", false),
        ("dizzy", true),
        ("pink-enough", false),
        ("roller", true),
        ("other", true),
    ] {
        let mut driver = SessionDriver::hands_free(&[]);
        driver.live(seconds(20)).touch();
        let reason = driver.reason(id);
        if !is_possible {
            driver.refuses(Event::Stopped { reason });
            continue;
        }
        driver.does(Event::Stopped { reason });
        if id == "dizzy" {
            driver.does(Event::AdviceRead);
        }
        assert!(matches!(driver.session.stage(), Stage::After { .. }), "nothing to bathe");
        assert_eq!(driver.summary().outcome, Outcome::LeftBefore);
        driver.replays();
    }
}

#[test]
fn a_closed_window_before_the_skin_was_touched_closes_the_session() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(20)).touch();
    let dizzy = driver.reason("dizzy");
    driver.does(Event::Stopped { reason: dizzy }).does(Event::KeptAsPart);
    assert_eq!(driver.session.stage(), &Stage::Ended);
    assert_eq!(driver.summary().outcome, Outcome::LeftBefore);
}

#[test]
fn a_touch_that_was_a_slip_leads_back_to_the_pause() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let Some(Step::Paused(pause)) = driver.session.step() else { panic!("it is paused") };
    driver.live(seconds(5)).does(Event::RollerTouched);
    assert_eq!(driver.session.tally().roller_events, 1);
    driver.live(minutes(2)).does(Event::TouchedNothing).refuses(Event::TouchedNothing);
    assert_eq!(driver.session.step(), Some(Step::Paused(pause)), "the pause that it was");
    assert_eq!(driver.session.tally().roller_events, 0);
    driver
        .does(Event::RollerTouched)
        .does(Event::TouchedNothing)
        .does(Event::RollerTouched)
        .does(Event::TouchedNothing);
    driver.does(Event::WentOn).live(minutes(10));
    let summary = driver.summary();
    assert_eq!((summary.outcome, summary.roller_events, summary.rolled), (Outcome::Finished, 0, seconds(120)));
    assert_eq!(summary.paused, seconds(125));
    driver.replays();
}

#[test]
fn a_slip_is_a_touch_even_where_a_clicker_paused() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::ClickerSeen);
    driver.does(Event::HandsFree).live(seconds(160)).does(Event::Paused { cause: PauseCause::Clicker });
    driver.does(Event::RollerTouched).does(Event::TouchedNothing).does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean);
}

#[test]
fn an_unfit_roller_has_touched_something_for_good() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().does(Event::RollerTouched);
    driver.does(Event::RollerUnfit { cause: engine::safety::Unfit::Retired }).refuses(Event::TouchedNothing);
}

/// In the saline of a whole session, paused after five seconds of it.
fn paused_in_saline() -> SessionDriver {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(152 + 5)).touch();
    driver
}

#[test]
fn blood_or_welts_in_the_saline_leave_serum_out() {
    for ends_it in [Event::WentOn, Event::Enough] {
        let mut driver = paused_in_saline();
        driver.does(Event::BloodOrWelts).refuses(Event::BloodOrWelts);
        assert!(driver.is_paused(), "nothing goes on by itself");
        driver.does(ends_it.clone()).live(minutes(2));
        assert!(matches!(driver.session.stage(), Stage::After { serum: None }), "{ends_it:?}");
        assert_eq!(driver.summary().outcome, Outcome::Finished);
        assert!(driver.session.is_alarming());
        assert!(!driver.cues.contains(&Cue::Serum));
        driver.refuses(Event::SerumWanted).replays();
    }
}

#[test]
fn blood_or_welts_are_taken_back_while_in_the_saline() {
    let mut driver = paused_in_saline();
    driver.refuses(Event::NoBloodOrWelts).does(Event::BloodOrWelts).does(Event::NoBloodOrWelts);
    assert!(!driver.session.is_alarming());
    driver.does(Event::WentOn).live(seconds(30 + 40));
    assert_eq!((driver.due(), driver.left()), (Due::Serum, seconds(90)));
    driver.refuses(Event::BloodOrWelts).replays();
}

#[test]
fn blood_or_welts_end_the_serum() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(152 + 45 + 3)).touch().refuses(Event::NoBloodOrWelts).does(Event::BloodOrWelts);
    driver.refuses(Event::BloodOrWelts).does(Event::NoBloodOrWelts);
    assert!(!driver.session.is_alarming());
    driver.does(Event::BloodOrWelts).live(minutes(5)).does(Event::WentOn);
    assert!(matches!(driver.session.stage(), Stage::After { serum: None }));
    assert!(driver.session.is_alarming());
    driver.refuses(Event::NoBloodOrWelts).replays();
}

#[test]
fn blood_or_welts_after_a_stop_take_the_serum_away_too() {
    let mut driver = stopped("pink-enough");
    driver.live(seconds(35)).touch().does(Event::BloodOrWelts).does(Event::WentOn).live(minutes(2));
    for question in 0..driver.session.signed_out().len() {
        driver.does(Event::SignedOut { question, said: Said::No });
    }
    driver.refuses(Event::SerumWanted).replays();
}

#[test]
fn nothing_is_seen_before_rolling_is_over() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).refuses(Event::BloodOrWelts).touch().refuses(Event::BloodOrWelts);
}

#[test]
fn a_stop_during_saline_or_serum_goes_to_the_closing_questions() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(152 + 45 + 3)).touch().does(Event::Stopped { reason: 0 });
    assert!(matches!(driver.session.stage(), Stage::After { .. }));
    assert_eq!(driver.summary().outcome, Outcome::Finished, "rolling was over before");
    let mut driver = paused_in_saline();
    let blood = driver.reason("blood");
    driver.does(Event::Stopped { reason: blood });
    assert!(matches!(driver.session.stage(), Stage::After { serum: None }), "no serum on blood");
    driver.replays();
}

#[test]
fn what_is_left_counts_to_the_end_of_everything() {
    let mut driver = SessionDriver::rolling();
    let whole = seconds(152 + 45 + 90);
    assert_eq!(driver.session.session_left(driver.now()), whole);
    driver.live(seconds(12)).touch();
    let hands = seconds(30 + 5);
    assert_eq!(driver.session.session_left(driver.now()), whole - seconds(12) + hands);
    driver.does(Event::WentOn);
    assert_eq!(driver.session.session_left(driver.now()), whole - seconds(12) + hands);
    let end = driver.moment.plus(whole - seconds(12) + hands);
    while driver.session.deadline().is_some() {
        driver.live(seconds(1));
        let left = driver.session.session_left(driver.now());
        assert_eq!(driver.moment.plus(left), end.max(driver.moment), "at {:?}", driver.session.step());
    }
    let mut driver = stopped("blood");
    assert_eq!(driver.session.session_left(driver.now()), seconds(75));
    driver.does(Event::AdviceRead);
    assert_eq!(driver.session.session_left(driver.now()), seconds(75));
    driver.live(seconds(30));
    assert_eq!(driver.session.session_left(driver.now()), seconds(45));
}
