//! A replayed session goes on after the program was gone.

use std::time::Duration;

use engine::protocol::Section;
use engine::safety::Contact;
use engine::session::{Again, Away, Carried, Due, Event, PauseCause, SectionEnd, Session, Stage, Step};

use super::session_driver::{IN_LIQUID_NOW, SessionDriver, minutes, roller, seconds, stroke};

fn away(span: Duration) -> Event {
    Event::Resumed { away: Away::For { least: span, most: span }, boot: None }
}

const UNKNOWN: Event = Event::Resumed { away: Away::Unknown, boot: None };

#[test]
fn a_stroke_cut_off_counts_as_rolled_and_gives_no_seconds() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 + 5)).does(away(seconds(30)));
    assert!(driver.is_paused());
    let first = &driver.session.progress()[Section::UpperRight];
    assert_eq!((first.rolled(), first.cut_off, first.stroke()), (seconds(8), 1, Some(2)));
    // One more stroke exists for who missed it.
    driver.does(Event::OneMore);
    assert_eq!(driver.session.progress()[Section::UpperRight].plan.len(), 4);
    driver.replays();
}

#[test]
fn what_was_seen_of_a_stroke_before_a_pause_is_kept_when_it_is_cut_off() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch().does(Event::WentOn).live(seconds(35 + 2));
    driver.does(away(seconds(1)));
    let first = &driver.session.progress()[Section::UpperRight];
    assert_eq!((first.strokes.as_slice(), first.cut_off), ([seconds(3)].as_slice(), 1));
}

#[test]
fn the_last_stroke_cut_off_ends_its_section() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 * 2 + 1)).does(away(seconds(30)));
    assert_eq!(driver.session.progress()[Section::UpperRight].end, Some(SectionEnd::Done));
    assert_eq!(driver.session.section(), Some(Section::UpperLeft));
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 * 15 + 8 * 4 - 1)).does(away(minutes(60)));
    // Nothing is left to roll: saline, however long it was.
    let Some(Step::Paused(pause)) = driver.session.step() else { panic!("{:?}", driver.session.step()) };
    assert_eq!((pause.held.due, pause.cause), (Due::Saline, PauseCause::Closed));
}

#[test]
fn every_other_countdown_is_halted_and_begins_anew() {
    for (second, due) in [(1, Due::Prepare), (151, stroke(Section::UpperRight, 0))] {
        let mut driver = SessionDriver::hands_free(&[]);
        driver.live(seconds(second)).does(away(seconds(30)));
        let Some(Step::Paused(pause)) = driver.session.step() else { panic!("{:?}", driver.session.step()) };
        assert_eq!((pause.held.due, pause.cause), (due, PauseCause::Closed));
        assert!(!driver.session.anything_rolled());
    }
}

#[test]
fn ten_minutes_in_all_are_stale_and_the_place_is_kept() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 * 3 + 4)).touch().live(minutes(4)).does(away(minutes(5)));
    assert!(driver.is_paused(), "nine minutes are not");
    driver.live(minutes(2)).does(away(seconds(1)));
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    assert_eq!((driver.session.again(), driver.session.contact()), (Some(Again::Stale), Contact::NotStarted));
    assert_eq!(driver.rolled(Section::UpperRight), seconds(24));
    driver.refuses(Event::SetUp).refuses(Event::HandsFree).refuses(Event::WentOn);
    driver.does(Event::SoakStarted(IN_LIQUID_NOW));
    driver.replays();
}

#[test]
fn what_is_said_beforehand_is_what_happens() {
    let spans = [seconds(599), seconds(601)].map(|span| Away::For { least: span, most: span });
    for away in [spans[0], spans[1], Away::Unknown] {
        // From the first stroke on until saline is over, cut off or touched before.
        for (count, is_touched) in (0..190).flat_map(|count| [(count, false), (count, true)]) {
            let mut driver = SessionDriver::rolling();
            driver.live(seconds(count));
            if is_touched {
                driver.touch();
            }
            let said = driver.session.again_after(away, driver.now());
            driver.does(Event::Resumed { away, boot: None });
            assert_eq!(
                said.is_some(),
                driver.session.stage() == &Stage::Sterilise,
                "{count} s, {is_touched}, {away:?}"
            );
            assert!(said.is_none() || said == driver.session.again());
        }
    }
}

#[test]
fn the_soak_is_credited_the_shorter_span_and_answers_grow_older_by_the_longer() {
    let mut driver = SessionDriver::new().soaking().answered(&[]).confirmed();
    driver.does(Event::Resumed { away: Away::For { least: minutes(1), most: minutes(180) }, boot: None });
    assert!(!driver.session.contact().is_done());
    driver.live(minutes(9));
    assert!(driver.session.contact().is_done());
    driver.does(Event::SetUp);
    assert_eq!(driver.session.again(), Some(Again::OldAnswers));
}

#[test]
fn clocks_that_cannot_say_mean_soak_and_list() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(UNKNOWN);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    assert!(!driver.session.contact().is_done());
    driver.refuses(Event::SetUp);
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 * 3 + 4)).touch().does(UNKNOWN);
    assert_eq!(driver.session.stage(), &Stage::Sterilise);
    assert_eq!(driver.rolled(Section::UpperRight), seconds(24));
}

#[test]
fn a_soak_in_mid_session_goes_on_while_nothing_runs() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(2)).touch().does(Event::RollerTouched).does(Event::SoakedAgain).live(minutes(2));
    driver.does(away(minutes(17))).live(Duration::ZERO);
    let Some(Step::Paused(pause)) = driver.session.step() else { panic!("{:?}", driver.session.step()) };
    assert_eq!(pause.cause, PauseCause::Soaked);
}

#[test]
fn at_the_last_touch_skin_and_cues_are_asked_once_more() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(away(seconds(5)));
    driver.refuses(Event::HandsFree).does(Event::SkinReady).refuses(Event::HandsFree);
    driver.does(Event::CuesHeard { heard: false }).does(Event::HandsFree);
}

#[test]
fn a_closed_session_is_not_gone_on_with() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    assert_eq!(driver.summaries.len(), 1);
    driver.refuses(away(seconds(5))).refuses(UNKNOWN).refuses(Event::KeptAsPart);
}

#[test]
fn it_may_be_kept_as_it_is() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(8 * 3 + 8 + 4)).touch().does(Event::KeptAsPart);
    assert_eq!((driver.due(), driver.summaries.len()), (Due::HandClean, 0), "as after any stop");
    driver.refuses(Event::KeptAsPart).live(seconds(90));
    assert!(!driver.session.left_saline_out());
    assert_eq!(driver.summary().rolled, seconds(28));
    assert_eq!(driver.summary().sections[Section::UpperLeft].end, SectionEnd::Stopped);
    assert_eq!(driver.session.stage(), &Stage::After { serum: None });
    let mut driver = SessionDriver::rolling();
    driver.refuses(Event::KeptAsPart);
    let mut driver = SessionDriver::new().soaking();
    driver.does(Event::KeptAsPart);
    assert_eq!((driver.session.stage(), driver.summaries.len()), (&Stage::Ended, 1));
}

#[test]
fn what_was_rolled_under_another_protocol_is_carried_over_before_anything_else() {
    let mut driver = SessionDriver::new();
    let change = Event::change_to(driver.session.protocol());
    let carried = |section, strokes: &[u64], part, end| {
        Event::CarriedOver(Carried {
            section,
            strokes: strokes.iter().copied().map(seconds).collect(),
            part: seconds(part),
            cut_off: 0,
            end,
        })
    };
    let right = carried(Section::UpperRight, &[8, 8, 8, 8], 0, Some(SectionEnd::Done));
    driver.refuses(right.clone()).does(change.clone()).refuses(change.clone());
    driver.does(right.clone()).refuses(right);
    driver.does(carried(Section::UpperLeft, &[5], 3, None)).does(UNKNOWN);
    driver.does(Event::RollerTaken(roller(130))).refuses(carried(Section::LowerLeft, &[8], 0, None)).refuses(change);
    let driver = driver.soaking().answered(&[]).confirmed();
    assert_eq!(driver.rolled(Section::UpperRight), seconds(32));
    assert_eq!(driver.rolled(Section::UpperLeft), seconds(8));
    assert!(!driver.session.to_roll().contains(Section::UpperRight));
    let mut driver = driver;
    driver.live(minutes(10));
    driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
    assert_eq!(driver.session.section(), Some(Section::UpperLeft));
    driver.live(seconds(155));
    assert_eq!(driver.left(), seconds(5), "the stroke that was halted goes on");
    driver.replays();
}

#[test]
fn entries_made_under_another_protocol_are_counted_and_left_alone() {
    let driver = SessionDriver::new();
    let mut session = Session::begin_after(driver.session.protocol().clone(), 40);
    let effects = session.handle(UNKNOWN, driver.now());
    let again = |effects: &[engine::session::Effect]| match &effects[0] {
        engine::session::Effect::Record(entry) => entry.clone(),
        other => panic!("{other:?}"),
    };
    let entry = again(&effects);
    assert_eq!(entry.number, 41);
    let (replayed, refused) = Session::replay(driver.session.protocol().clone(), &[entry]);
    assert_eq!((replayed.entries(), refused), (41, None));
}

#[test]
fn when_all_was_rolled_under_another_protocol_only_the_closing_questions_are_left() {
    let mut driver = SessionDriver::new();
    let change = Event::change_to(driver.session.protocol());
    driver.does(change);
    for section in Section::ALL {
        let strokes = vec![seconds(8); 3];
        driver.does(Event::CarriedOver(Carried {
            section,
            strokes,
            part: Duration::ZERO,
            cut_off: 0,
            end: Some(SectionEnd::Done),
        }));
    }
    let mut forged = SessionDriver::new();
    for entry in &driver.entries {
        forged.does(entry.event.clone());
    }
    assert_eq!(driver.session.again_after(Away::Unknown, driver.now()), None);
    driver.does(UNKNOWN);
    assert_eq!((driver.session.stage(), driver.summary().rolled), (&Stage::After { serum: None }, seconds(120)));

    // Without that, no last key leads into a countdown that could never end.
    let mut forged = forged.soaking().answered(&[]).confirmed();
    forged.live(minutes(10));
    forged.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).refuses(Event::HandsFree);
}

#[test]
fn a_part_longer_than_a_stroke_of_this_protocol_is_kept_whole() {
    let mut driver = SessionDriver::new();
    let change = Event::change_to(driver.session.protocol());
    driver.does(change);
    let section = Section::UpperRight;
    let carried = Carried { section, strokes: Vec::new(), part: seconds(20), cut_off: 0, end: None };
    driver.does(Event::CarriedOver(carried));
    let mut driver = driver.soaking().answered(&[]).confirmed();
    driver.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
    driver.does(Event::HandsFree).live(seconds(155 + 1));
    assert_eq!(driver.session.progress()[section].strokes, [seconds(20)]);
}

/// The next section was begun under another protocol; the drum still comes from the one before it.
#[test]
fn one_more_stroke_on_the_way_to_a_section_that_was_carried_over_goes_to_the_one_just_left() {
    let mut driver = SessionDriver::new();
    let change = Event::change_to(driver.session.protocol());
    driver.does(change);
    let section = Section::UpperLeft;
    driver.does(Event::CarriedOver(Carried {
        section,
        strokes: vec![seconds(8)],
        part: seconds(0),
        cut_off: 0,
        end: None,
    }));
    let mut driver = driver.soaking().answered(&[]).confirmed();
    driver.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
    driver.does(Event::HandsFree).live(seconds(155 + 24 + 2));
    assert_eq!(driver.due(), Due::Move { section });
    driver.touch().does(Event::OneMore);
    assert_eq!(driver.session.section(), Some(Section::UpperRight));
}
