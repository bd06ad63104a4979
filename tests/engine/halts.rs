use std::time::Duration;

use engine::protocol::Section;
use engine::session::{Again, Cue, Due, Effect, Event, Kept, Outcome, PauseCause, Said, SectionEnd, Stage, Step};

use crate::engine::session_driver::*;

const FIRST: Section = Section::UpperRight;
const SECOND: Section = Section::UpperLeft;

#[test]
fn a_touch_halts_and_going_on_starts_with_clean_hands() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch();
    assert_eq!(driver.session.deadline(), None, "nothing runs");
    assert_eq!(driver.rolled(FIRST), seconds(3));
    driver.live(minutes(2)).does(Event::WentOn);
    assert_eq!((driver.due(), driver.left()), (Due::HandClean, seconds(30)));
    driver.live(seconds(30));
    assert_eq!((driver.due(), driver.left()), (Due::GetReady { section: FIRST }, seconds(5)));
    driver.live(seconds(5));
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 0), seconds(5)), "the rest of the stroke");
    driver.live(seconds(5));
    assert_eq!(driver.rolled(FIRST), seconds(8));
    driver.live(minutes(10));
    assert_eq!(driver.summary().rolled, seconds(120), "pauses are not rolling");
    let summary = driver.summary();
    assert_eq!((summary.pauses, summary.touches, summary.hand_cleans), (1, 1, 2));
    assert_eq!(summary.paused, minutes(2));
    driver.replays();
}

#[test]
fn every_hands_free_step_can_be_halted_and_taken_up() {
    // after so many seconds hands free, going on leads to this
    for (halt_at, then) in [
        (10, Due::Prepare),
        (152, Due::HandClean),
        (160, Due::HandClean),
        (182, Due::HandClean),
        (155 + 120 + 32 + 5, Due::HandClean),
        (155 + 120 + 32 + 45 + 5, Due::HandClean),
    ] {
        let mut driver = SessionDriver::hands_free(&[]);
        driver.live(seconds(halt_at)).touch();
        driver.does(Event::WentOn);
        assert_eq!(driver.due(), then, "halted after {halt_at} s");
        driver.live(seconds(2)).touch().does(Event::WentOn);
        assert_eq!(driver.due(), then, "hands are cleaned in full once more");
        driver.live(minutes(10));
        assert_eq!(driver.summary().rolled, seconds(120), "halted after {halt_at} s");
        assert!(matches!(driver.session.stage(), Stage::After { .. }));
        driver.replays();
    }
}

#[test]
fn prepare_starts_anew_after_a_touch() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(50)).touch().does(Event::WentOn);
    assert_eq!(driver.left(), seconds(150));
}

#[test]
fn enough_ends_a_section_that_has_begun() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(10)).touch().does(Event::Enough);
    assert_eq!(driver.session.progress()[FIRST].end, Some(SectionEnd::Enough));
    assert_eq!(driver.rolled(FIRST), seconds(10));
    assert_eq!(driver.due(), Due::HandClean);
    driver.live(seconds(35));
    assert_eq!(driver.due(), stroke(SECOND, 0));
    driver.live(minutes(10));
    assert_eq!(driver.summary().outcome, Outcome::Finished, "stopping when it is pink is success");
    assert_eq!(driver.summary().sections[FIRST].strokes, [(0, seconds(8)), (1, seconds(2))]);
}

#[test]
fn enough_before_a_section_begins_leaves_it_out() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(26)).touch().does(Event::Enough);
    assert_eq!(driver.session.progress()[SECOND].end, Some(SectionEnd::LeftOut));
    driver.live(minutes(10));
    assert_eq!(driver.summary().rolled, seconds(96));
}

#[test]
fn enough_of_the_last_section_leads_to_saline_with_clean_hands() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(4 * 32 + 5)).touch().does(Event::Enough);
    assert_eq!(driver.due(), Due::HandClean);
    driver.live(seconds(30));
    assert_eq!(driver.due(), Due::Saline);
}

#[test]
fn leaving_out_every_section_rolls_nothing_and_bathes_nothing() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(151)).touch();
    for _ in 0..4 {
        driver.does(Event::Enough).live(seconds(31)).touch();
    }
    driver.does(Event::Enough);
    assert!(matches!(driver.session.stage(), Stage::After { .. }));
    assert_eq!(driver.summary().outcome, Outcome::LeftBefore);
}

#[test]
fn enough_is_nothing_while_hands_are_cleaned_for_the_first_time() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(5)).touch().refuses(Event::Enough).refuses(Event::OneMore);
}

#[test]
fn enough_of_saline_and_serum_moves_on() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(152 + 5)).touch().does(Event::Enough);
    assert_eq!(driver.due(), Due::HandClean, "a key was touched");
    assert_eq!(driver.summary().outcome, Outcome::Finished);
    driver.live(seconds(30));
    assert_eq!((driver.due(), driver.left()), (Due::Serum, seconds(90)));
    driver.live(seconds(5)).touch().does(Event::Enough);
    assert!(matches!(driver.session.stage(), Stage::After { .. }));
}

#[test]
fn one_more_stroke_is_to_be_had_once_a_section() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(10)).touch().does(Event::OneMore).live(seconds(35));
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 1), seconds(6)));
    driver.live(seconds(6));
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 1), seconds(8)), "the same direction again");
    driver.touch().refuses(Event::OneMore).does(Event::WentOn).live(seconds(35 + 8));
    assert_eq!(driver.due(), stroke(FIRST, 2));
    driver.live(minutes(10));
    assert_eq!(driver.summary().sections[FIRST].rolled, seconds(32));
    assert!(driver.summary().sections[FIRST].one_more);
    assert_eq!(driver.summary().rolled, seconds(128));
}

#[test]
fn one_more_stroke_on_the_way_goes_to_the_section_just_left() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(26)).touch().does(Event::OneMore).live(seconds(35));
    assert_eq!(driver.due(), stroke(FIRST, 2));
    driver.live(seconds(8));
    assert_eq!(driver.due(), Due::Move { section: SECOND });
    driver.touch().refuses(Event::OneMore);
    driver.does(Event::WentOn).live(minutes(10));
    assert_eq!(driver.summary().rolled, seconds(128));
}

#[test]
fn one_more_stroke_needs_a_section_that_has_begun() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(152)).touch().refuses(Event::OneMore);
}

#[test]
fn a_roller_that_fell_is_retired_and_rolling_is_over() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().does(Event::RollerTouched).refuses(Event::WentOn).does(Event::RollerRetired);
    assert!(driver.effects.contains(&Effect::RetireRoller { id: "blue".into() }));
    driver.cleans_hands_for_saline().live(minutes(2));
    assert_eq!(driver.summary().outcome, Outcome::Part);
    assert!(driver.summary().roller_retired);
    assert_eq!(driver.summary().sections[FIRST].end, SectionEnd::Stopped);
    assert_eq!(driver.summary().rolled, seconds(12));
    assert!(matches!(driver.session.stage(), Stage::After { serum: None }), "no serum by itself after a stop");
}

#[test]
fn a_stop_because_the_roller_fell_or_bent_retires_it_once() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let reason = driver.reason("roller");
    driver.does(Event::Stopped { reason }).live(minutes(2));
    assert!(driver.summary().roller_retired);
    assert!(driver.session.roller_is_retired());
    let needles = driver.session.protocol().sign_out.iter().position(|item| item.id == "needles-bent").unwrap();
    driver.does(Event::SignedOut { question: needles, said: Said::Yes }).does(Event::Left);
    assert_eq!(driver.retirements(), ["blue"], "what is retired is not retired again");
    driver.replays();
}

#[test]
fn a_roller_that_fell_in_the_saline_is_retired_too() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let pink = driver.reason("pink-enough");
    driver.does(Event::Stopped { reason: pink }).touch();
    let fell = driver.reason("roller");
    driver.does(Event::Stopped { reason: fell });
    assert_eq!(driver.retirements(), ["blue"]);
    assert_eq!(driver.summary().stop_reason, Some(pink), "rolling was over already");
}

#[test]
fn a_roller_that_brushed_cloth_is_soaked_again_and_waits() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().does(Event::RollerTouched).does(Event::SoakedAgain);
    assert_eq!(driver.session.deadline(), Some(driver.moment.plus(minutes(10))));
    driver.live(minutes(10));
    assert!(driver.is_paused(), "it waits for the person");
    assert_eq!(driver.session.deadline(), None);
    driver.live(minutes(9)).does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean, "soaking again is no standing still");
    driver.live(minutes(10));
    assert_eq!(driver.summary().rolled, seconds(120));
    assert_eq!(driver.summary().roller_events, 1);
    driver.replays();
}

#[test]
fn a_spare_roller_passes_the_same_gates() {
    let swap = |micrometres, kept, acknowledged| {
        let mut spare = roller(micrometres);
        spare.id = "spare".into();
        Event::RollerSwapped { roller: spare, kept, acknowledged }
    };
    let soaked = Kept::InLiquid { already: minutes(10) };
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().refuses(swap(130, soaked, false)).does(Event::RollerTouched);
    driver.refuses(swap(301, soaked, true)).refuses(swap(150, soaked, false));
    driver.does(swap(150, soaked, true));
    assert_eq!(driver.due(), Due::HandClean);
    driver.live(seconds(40)).touch().does(Event::RollerTouched);
    driver.does(swap(130, Kept::InLiquid { already: minutes(4) }, false));
    assert!(matches!(driver.session.step(), Some(Step::SoakingAgain(_))));
    driver.live(minutes(6));
    assert!(driver.is_paused());
    driver.touch_is_refused();
    driver.does(Event::WentOn).live(seconds(20)).touch().does(Event::RollerTouched);
    driver.refuses(swap(130, Kept::SealedPack, false)).does(swap(130, soaked, false));
    assert_eq!(driver.due(), Due::HandClean);
}

#[test]
fn standing_still_for_over_ten_minutes_asks_for_soak_and_list_again() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch().live(minutes(6)).does(Event::WentOn).live(seconds(36)).touch();
    driver.live(minutes(4) + Duration::from_millis(1)).does(Event::WentOn);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    assert_eq!(driver.session.again(), Some(Again::Stale));
    assert_eq!(driver.rolled(FIRST), seconds(13), "every rolled second is kept");
    assert_eq!(driver.session.answers().count(), 0);
    driver.refuses(Event::HandsFree);
    driver.does(Event::SoakStarted(IN_LIQUID_NOW));
    driver = driver.answered(&[]).confirmed();
    driver.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
    driver.does(Event::HandsFree).live(seconds(155));
    assert_eq!((driver.due(), driver.left()), (stroke(FIRST, 1), seconds(3)), "at the place kept");
    driver.live(minutes(10));
    assert_eq!(driver.summary().rolled, seconds(120));
    driver.replays();
}

#[test]
fn ten_minutes_exactly_are_not_too_long() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(1)).touch().live(minutes(10)).does(Event::WentOn);
    assert_eq!(driver.due(), Due::HandClean);
}

#[test]
fn leaving_after_a_long_pause_keeps_what_was_rolled() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(30)).touch().live(minutes(11)).does(Event::WentOn).does(Event::Left);
    assert_eq!(driver.summary().outcome, Outcome::Part);
    assert_eq!(driver.summary().rolled, seconds(24));
    assert!(matches!(driver.session.stage(), Stage::After { .. }), "the closing questions come first");
}

#[test]
fn sleep_halts_and_is_not_rolling() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).does(Event::Slept { span: minutes(3) });
    assert!(driver.is_paused());
    assert_eq!(driver.cues.last(), Some(&Cue::Paused(PauseCause::Slept)));
    assert_eq!(driver.rolled(FIRST), seconds(3));
    driver.does(Event::Slept { span: minutes(8) }).does(Event::WentOn);
    assert_eq!(driver.session.again(), Some(Again::Stale), "sleep is standing still");
}

#[test]
fn what_the_clock_counted_while_nothing_ran_is_given_back() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(2));
    driver.moment = driver.moment.plus(seconds(5));
    driver.does(Event::Stalled { span: seconds(4) });
    assert!(driver.is_paused());
    assert_eq!(driver.rolled(FIRST), seconds(3));
    driver.replays();
}

#[test]
fn a_halt_for_a_signal_is_no_touch() {
    let mut driver = SessionDriver::rolling();
    driver.does(Event::Paused { cause: PauseCause::Signal }).refuses(Event::Paused { cause: PauseCause::Touch });
    assert_eq!(driver.session.tally().touches, 0);
    assert_eq!(driver.session.tally().pauses, 1);
}

impl SessionDriver {
    fn touch_is_refused(&mut self) {
        self.refuses(Event::Paused { cause: PauseCause::Touch });
    }
}

#[test]
fn enough_after_standing_still_for_too_long_leads_to_the_soak_and_not_to_the_next_section() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch().live(minutes(11)).does(Event::Enough);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    assert_eq!(driver.session.progress()[Section::UpperRight].end, Some(SectionEnd::Enough));
    assert_eq!(driver.rolled(Section::UpperRight), seconds(3));
    driver.replays();
}

#[test]
fn a_stall_is_standing_still() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3));
    driver.moment = driver.moment.plus(minutes(11));
    driver.does(Event::Stalled { span: minutes(11) }).does(Event::WentOn);
    assert_eq!((driver.session.stage(), driver.rolled(FIRST)), (&Stage::Sterilise, seconds(3)));
}

#[test]
fn a_section_that_was_left_out_has_no_one_more_stroke() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(151)).touch().does(Event::Enough).live(seconds(1)).touch();
    assert_eq!(driver.session.progress()[FIRST].end, Some(SectionEnd::LeftOut));
    driver.refuses(Event::OneMore);
}
