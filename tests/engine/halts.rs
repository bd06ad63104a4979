use std::time::Duration;

use engine::protocol::Section;
use engine::session::{Again, Cue, Due, Effect, Event, Kept, Outcome, PauseCause, Said, SectionEnd, Stage, Step};

use crate::engine::play::*;

const FIRST: Section = Section::UpperRight;
const SECOND: Section = Section::UpperLeft;

#[test]
fn a_touch_halts_and_going_on_starts_with_clean_hands() {
    let mut play = Play::rolling();
    play.live(seconds(3)).touch();
    assert_eq!(play.session.deadline(), None, "nothing runs");
    assert_eq!(play.rolled(FIRST), seconds(3));
    play.live(minutes(2)).does(Event::WentOn);
    assert_eq!((play.due(), play.left()), (Due::HandClean, seconds(30)));
    play.live(seconds(30));
    assert_eq!((play.due(), play.left()), (Due::GetReady { section: FIRST }, seconds(5)));
    play.live(seconds(5));
    assert_eq!((play.due(), play.left()), (stroke(FIRST, 0), seconds(5)), "the rest of the stroke");
    play.live(seconds(5));
    assert_eq!(play.rolled(FIRST), seconds(8));
    play.live(minutes(10));
    assert_eq!(play.summary().rolled, seconds(120), "pauses are not rolling");
    let summary = play.summary();
    assert_eq!((summary.pauses, summary.touches, summary.hand_cleans), (1, 1, 2));
    assert_eq!(summary.paused, minutes(2));
    play.replays();
}

#[test]
fn every_hands_free_step_can_be_halted_and_taken_up() {
    // after so many seconds hands free, going on leads to this
    for (halt_at, then) in [
        (10, Due::Prepare),
        (62, Due::HandClean),
        (70, Due::HandClean),
        (92, Due::HandClean),
        (65 + 120 + 32 + 5, Due::HandClean),
        (65 + 120 + 32 + 45 + 5, Due::HandClean),
    ] {
        let mut play = Play::hands_free(&[]);
        play.live(seconds(halt_at)).touch();
        play.does(Event::WentOn);
        assert_eq!(play.due(), then, "halted after {halt_at} s");
        play.live(seconds(2)).touch().does(Event::WentOn);
        assert_eq!(play.due(), then, "hands are cleaned in full once more");
        play.live(minutes(10));
        assert_eq!(play.summary().rolled, seconds(120), "halted after {halt_at} s");
        assert!(matches!(play.session.stage(), Stage::After { .. }));
        play.replays();
    }
}

#[test]
fn prepare_starts_anew_after_a_touch() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(50)).touch().does(Event::WentOn);
    assert_eq!(play.left(), seconds(60));
}

#[test]
fn enough_ends_a_section_that_has_begun() {
    let mut play = Play::rolling();
    play.live(seconds(10)).touch().does(Event::Enough);
    assert_eq!(play.session.progress()[FIRST].end, Some(SectionEnd::Enough));
    assert_eq!(play.rolled(FIRST), seconds(10));
    assert_eq!(play.due(), Due::HandClean);
    play.live(seconds(35));
    assert_eq!(play.due(), stroke(SECOND, 0));
    play.live(minutes(10));
    assert_eq!(play.summary().outcome, Outcome::Finished, "stopping when it is pink is success");
    assert_eq!(play.summary().sections[FIRST].strokes, [(0, seconds(8)), (1, seconds(2))]);
}

#[test]
fn enough_before_a_section_begins_leaves_it_out() {
    let mut play = Play::rolling();
    play.live(seconds(26)).touch().does(Event::Enough);
    assert_eq!(play.session.progress()[SECOND].end, Some(SectionEnd::LeftOut));
    play.live(minutes(10));
    assert_eq!(play.summary().rolled, seconds(96));
}

#[test]
fn enough_of_the_last_section_leads_to_saline_with_clean_hands() {
    let mut play = Play::rolling();
    play.live(seconds(4 * 32 + 5)).touch().does(Event::Enough);
    assert_eq!(play.due(), Due::HandClean);
    play.live(seconds(30));
    assert_eq!(play.due(), Due::Saline);
}

#[test]
fn leaving_out_every_section_rolls_nothing_and_bathes_nothing() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(61)).touch();
    for _ in 0..4 {
        play.does(Event::Enough).live(seconds(31)).touch();
    }
    play.does(Event::Enough);
    assert!(matches!(play.session.stage(), Stage::After { .. }));
    assert_eq!(play.summary().outcome, Outcome::LeftBefore);
}

#[test]
fn enough_is_nothing_while_hands_are_cleaned_for_the_first_time() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(5)).touch().refuses(Event::Enough).refuses(Event::OneMore);
}

#[test]
fn enough_of_saline_and_serum_moves_on() {
    let mut play = Play::rolling();
    play.live(seconds(152 + 5)).touch().does(Event::Enough);
    assert_eq!(play.due(), Due::Serum);
    assert_eq!(play.summary().outcome, Outcome::Finished);
    play.live(seconds(5)).touch().does(Event::Enough);
    assert!(matches!(play.session.stage(), Stage::After { .. }));
}

#[test]
fn one_more_stroke_is_to_be_had_once_a_section() {
    let mut play = Play::rolling();
    play.live(seconds(10)).touch().does(Event::OneMore).live(seconds(35));
    assert_eq!((play.due(), play.left()), (stroke(FIRST, 1), seconds(6)));
    play.live(seconds(6));
    assert_eq!((play.due(), play.left()), (stroke(FIRST, 1), seconds(8)), "the same direction again");
    play.touch().refuses(Event::OneMore).does(Event::WentOn).live(seconds(35 + 8));
    assert_eq!(play.due(), stroke(FIRST, 2));
    play.live(minutes(10));
    assert_eq!(play.summary().sections[FIRST].rolled, seconds(32));
    assert!(play.summary().sections[FIRST].one_more);
    assert_eq!(play.summary().rolled, seconds(128));
}

#[test]
fn one_more_stroke_on_the_way_goes_to_the_section_just_left() {
    let mut play = Play::rolling();
    play.live(seconds(26)).touch().does(Event::OneMore).live(seconds(35));
    assert_eq!(play.due(), stroke(FIRST, 2));
    play.live(seconds(8));
    assert_eq!(play.due(), Due::Move { section: SECOND });
    play.touch().refuses(Event::OneMore);
    play.does(Event::WentOn).live(minutes(10));
    assert_eq!(play.summary().rolled, seconds(128));
}

#[test]
fn one_more_stroke_needs_a_section_that_has_begun() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(62)).touch().refuses(Event::OneMore);
}

#[test]
fn a_roller_that_fell_is_retired_and_rolling_is_over() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch().does(Event::RollerTouched).refuses(Event::WentOn).does(Event::RollerRetired);
    assert!(play.effects.contains(&Effect::RetireRoller { id: "blue".into() }));
    assert_eq!(play.due(), Due::Saline);
    play.live(minutes(2));
    assert_eq!(play.summary().outcome, Outcome::Part);
    assert!(play.summary().roller_retired);
    assert_eq!(play.summary().sections[FIRST].end, SectionEnd::Stopped);
    assert_eq!(play.summary().rolled, seconds(12));
    assert!(matches!(play.session.stage(), Stage::After { serum: None }), "no serum by itself after a stop");
}

#[test]
fn a_stop_because_the_roller_fell_or_bent_retires_it_once() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch();
    let reason = play.reason("roller");
    play.does(Event::Stopped { reason }).live(minutes(2));
    assert!(play.summary().roller_retired);
    assert!(play.session.roller_is_retired());
    let needles = play.session.protocol().sign_out.iter().position(|item| item.id == "needles-straight").unwrap();
    play.does(Event::SignedOut { question: needles, said: Said::No });
    assert_eq!(play.retirements(), ["blue"], "what is retired is not retired again");
    play.replays();
}

#[test]
fn a_roller_that_fell_in_the_saline_is_retired_too() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch();
    let pink = play.reason("pink-enough");
    play.does(Event::Stopped { reason: pink }).touch();
    let fell = play.reason("roller");
    play.does(Event::Stopped { reason: fell });
    assert_eq!(play.retirements(), ["blue"]);
    assert_eq!(play.summary().stop_reason, Some(pink), "rolling was over already");
}

#[test]
fn a_roller_that_brushed_cloth_is_soaked_again_and_waits() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch().does(Event::RollerTouched).does(Event::SoakedAgain);
    assert_eq!(play.session.deadline(), Some(play.moment.plus(minutes(10))));
    play.live(minutes(10));
    assert!(play.is_paused(), "it waits for the person");
    assert_eq!(play.session.deadline(), None);
    play.live(minutes(9)).does(Event::WentOn);
    assert_eq!(play.due(), Due::HandClean, "soaking again is no standing still");
    play.live(minutes(10));
    assert_eq!(play.summary().rolled, seconds(120));
    assert_eq!(play.summary().roller_events, 1);
    play.replays();
}

#[test]
fn a_spare_roller_passes_the_same_gates() {
    let swap = |micrometres, kept, acknowledged| {
        let mut spare = roller(micrometres);
        spare.id = "spare".into();
        Event::RollerSwapped { roller: spare, kept, acknowledged }
    };
    let soaked = Kept::InLiquid { already: minutes(10) };
    let mut play = Play::rolling();
    play.live(seconds(12)).touch().refuses(swap(130, soaked, false)).does(Event::RollerTouched);
    play.refuses(swap(301, soaked, true)).refuses(swap(150, soaked, false));
    play.does(swap(150, soaked, true));
    assert_eq!(play.due(), Due::HandClean);
    play.live(seconds(40)).touch().does(Event::RollerTouched);
    play.does(swap(130, Kept::InLiquid { already: minutes(4) }, false));
    assert!(matches!(play.session.step(), Some(Step::SoakingAgain(_))));
    play.live(minutes(6));
    assert!(play.is_paused());
    play.touch_is_refused();
    play.does(Event::WentOn).live(seconds(20)).touch().does(Event::RollerTouched);
    play.refuses(swap(130, Kept::SealedPack, false)).does(swap(130, soaked, false));
    assert_eq!(play.due(), Due::HandClean);
}

#[test]
fn a_stop_leads_through_saline_to_a_saved_record() {
    for halt_at in [3, 20, 26, 60] {
        let mut play = Play::rolling();
        play.live(seconds(halt_at)).touch();
        let reason = play.reason("pink-enough");
        play.refuses(Event::Stopped { reason: 99 }).does(Event::Stopped { reason });
        assert_eq!(play.due(), Due::Saline);
        assert!(play.summaries.is_empty());
        play.live(seconds(45));
        let summary = play.summary();
        assert_eq!((summary.outcome, summary.stop_reason), (Outcome::Part, Some(reason)));
        assert_eq!(play.session.section(), None);
        play.refuses(Event::WentOn);
        play.replays();
    }
}

#[test]
fn a_stop_before_the_skin_was_touched_has_nothing_to_bathe() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(20)).touch();
    let reason = play.reason("other");
    play.does(Event::Stopped { reason });
    assert!(matches!(play.session.stage(), Stage::After { .. }));
    assert_eq!(play.summary().outcome, Outcome::LeftBefore);
}

#[test]
fn a_stop_is_possible_while_soaking_again() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch().does(Event::RollerTouched).does(Event::SoakedAgain).live(minutes(3));
    play.does(Event::Stopped { reason: 0 });
    assert_eq!(play.due(), Due::Saline);
    play.live(minutes(20));
    assert_eq!(play.summary().outcome, Outcome::Part);
}

#[test]
fn a_stop_during_saline_or_serum_goes_to_the_closing_questions() {
    let mut play = Play::rolling();
    play.live(seconds(152 + 45 + 3)).touch().does(Event::Stopped { reason: 0 });
    assert!(matches!(play.session.stage(), Stage::After { .. }));
    assert_eq!(play.summary().outcome, Outcome::Finished, "rolling was over before");
}

#[test]
fn standing_still_for_over_ten_minutes_asks_for_soak_and_list_again() {
    let mut play = Play::rolling();
    play.live(seconds(12)).touch().live(minutes(6)).does(Event::WentOn).live(seconds(36)).touch();
    play.live(minutes(4) + Duration::from_millis(1)).does(Event::WentOn);
    assert_eq!(play.session.stage(), &Stage::Sterilise);
    assert_eq!(play.session.again(), Some(Again::Stale));
    assert_eq!(play.rolled(FIRST), seconds(13), "every rolled second is kept");
    assert_eq!(play.session.answers().count(), 0);
    play.refuses(Event::HandsFree);
    play.does(Event::SoakStarted(IN_LIQUID_NOW));
    play = play.answered(&[]).confirmed();
    play.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
    play.does(Event::HandsFree).live(seconds(65));
    assert_eq!((play.due(), play.left()), (stroke(FIRST, 1), seconds(3)), "at the place kept");
    play.live(minutes(10));
    assert_eq!(play.summary().rolled, seconds(120));
    play.replays();
}

#[test]
fn ten_minutes_exactly_are_not_too_long() {
    let mut play = Play::rolling();
    play.live(seconds(1)).touch().live(minutes(10)).does(Event::WentOn);
    assert_eq!(play.due(), Due::HandClean);
}

#[test]
fn leaving_after_a_long_pause_keeps_what_was_rolled() {
    let mut play = Play::rolling();
    play.live(seconds(30)).touch().live(minutes(11)).does(Event::WentOn).does(Event::Left);
    assert_eq!(play.summary().outcome, Outcome::Part);
    assert_eq!(play.summary().rolled, seconds(24));
    assert!(matches!(play.session.stage(), Stage::After { .. }), "the closing questions come first");
}

#[test]
fn sleep_halts_and_is_not_rolling() {
    let mut play = Play::rolling();
    play.live(seconds(3)).does(Event::Slept { span: minutes(3) });
    assert!(play.is_paused());
    assert_eq!(play.cues.last(), Some(&Cue::Paused(PauseCause::Slept)));
    assert_eq!(play.rolled(FIRST), seconds(3));
    play.does(Event::Slept { span: minutes(8) }).does(Event::WentOn);
    assert_eq!(play.session.again(), Some(Again::Stale), "sleep is standing still");
}

#[test]
fn what_the_clock_counted_while_nothing_ran_is_given_back() {
    let mut play = Play::rolling();
    play.live(seconds(2));
    play.moment = play.moment.plus(seconds(5));
    play.does(Event::Stalled { span: seconds(4) });
    assert!(play.is_paused());
    assert_eq!(play.rolled(FIRST), seconds(3));
    play.replays();
}

#[test]
fn a_halt_for_a_signal_is_no_touch() {
    let mut play = Play::rolling();
    play.does(Event::Paused { cause: PauseCause::Signal }).refuses(Event::Paused { cause: PauseCause::Touch });
    assert_eq!(play.session.tally().touches, 0);
    assert_eq!(play.session.tally().pauses, 1);
}

impl Play {
    fn touch_is_refused(&mut self) {
        self.refuses(Event::Paused { cause: PauseCause::Touch });
    }
}

#[test]
fn enough_after_standing_still_for_too_long_leads_to_the_soak_and_not_to_the_next_section() {
    let mut play = Play::rolling();
    play.live(seconds(3)).touch().live(minutes(11)).does(Event::Enough);
    assert_eq!(play.session.stage(), &Stage::Sterilise);
    assert_eq!(play.session.progress()[Section::UpperRight].end, Some(SectionEnd::Enough));
    assert_eq!(play.rolled(Section::UpperRight), seconds(3));
    play.replays();
}

#[test]
fn a_stall_is_standing_still() {
    let mut play = Play::rolling();
    play.live(seconds(3));
    play.moment = play.moment.plus(minutes(11));
    play.does(Event::Stalled { span: minutes(11) }).does(Event::WentOn);
    assert_eq!((play.session.stage(), play.rolled(FIRST)), (&Stage::Sterilise, seconds(3)));
}

#[test]
fn a_section_that_was_left_out_has_no_one_more_stroke() {
    let mut play = Play::hands_free(&[]);
    play.live(seconds(61)).touch().does(Event::Enough).live(seconds(1)).touch();
    assert_eq!(play.session.progress()[FIRST].end, Some(SectionEnd::LeftOut));
    play.refuses(Event::OneMore);
}
