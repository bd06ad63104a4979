use engine::protocol::{Consequence, ItemIx, Kind, Section};
use engine::safety::{Ago, Answer, Because, Detail, Doctor, Keep, Place, Sureness, Verdict, Which};
use engine::session::{Again, Cue, Event, Judgement, Outcome, Stage};

use crate::engine::session_driver::*;
use crate::support::program::all_questions;

fn verdict_of(others: &[(&str, Answer)]) -> Verdict {
    SessionDriver::new().soaking().answered(others).session.judge().unwrap()
}

fn stops_because(others: &[(&str, Answer)]) -> Vec<Because> {
    match verdict_of(others) {
        Verdict::Stop(reasons) => reasons.into_iter().map(|reason| reason.because).collect(),
        Verdict::Clear(_) => Vec::new(),
    }
}

#[test]
fn nothing_is_judged_before_every_question_has_an_answer() {
    let mut driver = SessionDriver::new().soaking();
    let last = all_questions() - 1;
    for ix in 0..last {
        assert!(driver.session.judge().is_none());
        driver.does(Event::Answered { item: ItemIx(ix), answer: Answer::No });
    }
    assert!(driver.session.judge().is_none());
    for judgement in [Judgement::Clear, Judgement::Skip, Judgement::Stop] {
        driver.refuses(Event::ListConfirmed { verdict: judgement });
    }
    driver.does(Event::Answered { item: ItemIx(last), answer: Answer::No });
    assert!(driver.session.judge().is_some());
}

#[test]
fn every_single_yes_and_not_sure_has_its_consequence() {
    let count = SessionDriver::new().session.protocol().checklist.items.len();
    for ix in 0..count {
        for sureness in [Sureness::Yes, Sureness::NotSure] {
            let item = SessionDriver::new().session.protocol().checklist.items[ix].clone();
            let (detail, stops) = match item.consequence {
                Consequence::Stop => (Detail::Plain, true),
                Consequence::Ask => (Detail::Doctor(Doctor::NotAsked), true),
                Consequence::Wait(_) => (Detail::Waited { which: Which::NotSure, ago: Ago::NotSure }, true),
                Consequence::Area => (Detail::Where(at(&[Section::Mouth])), false),
                Consequence::Around => (Detail::Around { place: at(&[Section::Mouth]), keep: Keep::GoRound }, false),
            };
            let answer = Answer::Risk { sureness, detail };
            let verdict = verdict_of(&[(item.id.as_str(), answer)]);
            assert_eq!(matches!(verdict, Verdict::Stop(_)), stops, "{}", item.id);
        }
    }
}

#[test]
fn a_doctors_word_decides_where_one_is_to_be_asked() {
    let said = |doctor| stops_because(&[("diabetes", yes(Detail::Doctor(doctor)))]);
    assert_eq!(said(Doctor::NotAsked), [Because::NotAsked]);
    assert_eq!(said(Doctor::SaidNo), [Because::SaidNo]);
    assert_eq!(said(Doctor::AllRight), []);
}

#[test]
fn a_waiting_time_ends_on_its_day() {
    let driver = SessionDriver::new();
    let Consequence::Wait(kinds) = driver.consequence("recent-procedure") else { panic!("it has waiting times") };
    let longest = kinds.iter().map(|kind| kind.days).max().unwrap();
    let waited =
        |which, days| stops_because(&[("recent-procedure", yes(Detail::Waited { which, ago: Ago::Days(days) }))]);
    for (place, kind) in kinds.iter().enumerate() {
        let which = || Which::These(vec![place]);
        assert_eq!(waited(which(), kind.days), [], "{}", kind.id);
        assert_eq!(waited(which(), kind.days - 1), [Because::TooSoon { days_left: 1 }], "{}", kind.id);
        assert_eq!(waited(which(), 0), [Because::TooSoon { days_left: kind.days }], "{}", kind.id);
    }
    assert_eq!(waited(Which::NotSure, longest), []);
    assert_eq!(waited(Which::NotSure, longest - 1), [Because::TooSoon { days_left: 1 }]);
    let all = Which::These((0..kinds.len()).collect());
    assert_eq!(waited(all, longest - 1), [Because::TooSoon { days_left: 1 }], "the longest of several");
    let unsure = yes(Detail::Waited { which: Which::NotSure, ago: Ago::NotSure });
    assert_eq!(stops_because(&[("recent-procedure", unsure)]), [Because::TooSoon { days_left: longest }]);
}

/// The filler of two years ago does not wait with the laser of last week.
#[test]
fn each_of_several_has_its_own_day() {
    let each = |said: &[(&str, Ago)]| {
        let driver = SessionDriver::new();
        let Consequence::Wait(kinds) = driver.consequence("recent-procedure") else { panic!("it has waiting times") };
        let place = |id: &str| kinds.iter().position(|kind| kind.id == id).unwrap();
        let said = said.iter().map(|(id, ago)| (place(id), *ago)).collect();
        stops_because(&[("recent-procedure", yes(Detail::WaitedEach(said)))])
    };
    let days = Ago::Days;
    assert_eq!(each(&[("laser", days(30)), ("filler", days(180))]), []);
    assert_eq!(each(&[("laser", days(3)), ("filler", days(730))]), [Because::TooSoon { days_left: 27 }]);
    assert_eq!(each(&[("laser", days(3)), ("filler", days(3))]), [Because::TooSoon { days_left: 177 }]);
    assert_eq!(each(&[("laser", days(400)), ("filler", Ago::NotSure)]), [Because::TooSoon { days_left: 180 }]);
}

#[test]
fn areas_are_skipped_and_spots_gone_round() {
    let others = [
        ("eczema", yes(Detail::Where(at(&[Section::LowerRight, Section::Mouth])))),
        ("mole", yes(Detail::Around { place: at(&[Section::UpperLeft]), keep: Keep::GoRound })),
        ("rosacea", Answer::Risk { sureness: Sureness::NotSure, detail: Detail::Where(at(&[Section::Mouth])) }),
    ];
    let Verdict::Clear(clearance) = verdict_of(&others) else { panic!("three sections are left") };
    assert_eq!(clearance.skipped(), [Section::LowerRight, Section::Mouth].into_iter().collect());
    assert_eq!(clearance.plan()[Section::Mouth].skip.len(), 2);
    assert_eq!(clearance.plan()[Section::UpperLeft].round.len(), 1);
    let driver = SessionDriver::new().soaking().answered(&others).confirmed();
    assert_eq!(driver.entries.last().unwrap().event, Event::ListConfirmed { verdict: Judgement::Skip });
}

#[test]
fn a_spot_whose_place_is_not_known_cannot_be_gone_round() {
    let mut driver = SessionDriver::new().soaking();
    let item = driver.item("mole");
    let detail = Detail::Around { place: Place::Everywhere, keep: Keep::GoRound };
    driver.refuses(Event::Answered { item, answer: yes(detail) });
    let skipped = yes(Detail::Around { place: Place::Everywhere, keep: Keep::Skip });
    assert_eq!(stops_because(&[("mole", skipped)]), [Because::NoSectionLeft]);
}

#[test]
fn every_section_skipped_is_no_session() {
    let first = [Section::UpperRight, Section::UpperLeft, Section::Mouth];
    let others = [
        ("eczema", yes(Detail::Where(at(&first)))),
        ("sunburn", yes(Detail::Where(at(&[Section::LowerLeft, Section::LowerRight])))),
    ];
    assert_eq!(stops_because(&others), [Because::NoSectionLeft, Because::NoSectionLeft]);
    let four = [Section::UpperRight, Section::UpperLeft, Section::Mouth, Section::LowerLeft];
    assert_eq!(stops_because(&[("eczema", yes(Detail::Where(at(&four))))]), [], "one section is a session");
}

#[test]
fn answers_without_their_detail_are_refused() {
    let mut driver = SessionDriver::new().soaking();
    for (id, detail) in [
        ("diabetes", Detail::Plain),
        ("recent-procedure", Detail::Plain),
        ("recent-procedure", Detail::Waited { which: Which::These(vec![]), ago: Ago::Days(400) }),
        ("recent-procedure", Detail::Waited { which: Which::These(vec![99]), ago: Ago::Days(400) }),
        ("recent-procedure", Detail::WaitedEach(vec![(0, Ago::Days(400))])),
        ("recent-procedure", Detail::WaitedEach(vec![(1, Ago::Days(400)), (0, Ago::Days(400))])),
        ("recent-procedure", Detail::WaitedEach(vec![(0, Ago::Days(400)), (99, Ago::Days(400))])),
        ("under-18", Detail::WaitedEach(vec![(0, Ago::Days(400)), (1, Ago::Days(400))])),
        ("eczema", Detail::Plain),
        ("eczema", Detail::Where(at(&[]))),
        ("mole", Detail::Where(at(&[Section::Mouth]))),
        ("blood-clotting", Detail::Doctor(Doctor::AllRight)),
    ] {
        let item = driver.item(id);
        driver.refuses(Event::Answered { item, answer: yes(detail) });
    }
    driver.refuses(Event::Answered { item: ItemIx(all_questions()), answer: Answer::No });
}

#[test]
fn answers_faster_than_reading_open_confirm_later() {
    let mut driver = SessionDriver::new().soaking();
    for ix in 0..all_questions() {
        driver.live(seconds(1) / 2).does(Event::Answered { item: ItemIx(ix), answer: Answer::No });
    }
    assert!(driver.session.answered_fast());
    assert!(!driver.confirm());
    driver.live(seconds(5));
    assert!(driver.confirm());
}

#[test]
fn the_record_must_say_what_was_judged() {
    let mut driver = SessionDriver::new().soaking().answered(&[("under-18", yes(Detail::Plain))]);
    driver
        .refuses(Event::ListConfirmed { verdict: Judgement::Clear })
        .refuses(Event::ListConfirmed { verdict: Judgement::Skip });
    driver.does(Event::ListConfirmed { verdict: Judgement::Stop });
}

#[test]
fn a_stop_leads_to_no_rolling_and_is_closed_on_leaving() {
    let mut driver = SessionDriver::new().soaking().answered(&[("blood-thinners", yes(Detail::Plain))]).confirmed();
    driver.live(minutes(10));
    for event in [Event::SetUp, Event::HandsFree, Event::WentOn, Event::SkinReady, Event::CuesHeard { heard: true }] {
        driver.refuses(event);
    }
    assert!(driver.summaries.is_empty(), "the window may still close here");
    driver.does(Event::Noted { text: "asked at the pharmacy".into() }).does(Event::Left);
    assert_eq!(driver.summary().outcome, Outcome::StoppedByList);
    assert_eq!(driver.summary().reasons.len(), 1);
    driver.replays();
}

#[test]
fn changed_answers_void_the_verdict() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.refuses(Event::Answered { item: ItemIx(0), answer: yes(Detail::Plain) });
    driver.does(Event::ListReopened).does(Event::Answered { item: ItemIx(0), answer: yes(Detail::Plain) });
    driver.refuses(Event::SetUp);
    assert!(driver.confirm());
    assert!(matches!(driver.session.stage(), Stage::Verdict(Verdict::Stop(_))));
}

#[test]
fn last_touch_opens_when_the_soak_is_finished() {
    let mut driver = SessionDriver::new().soaking().answered(&[]).confirmed();
    driver.refuses(Event::SetUp).live(minutes(10)).does(Event::SetUp);
    assert_eq!(driver.cues, [Cue::SoakFinished, Cue::Check]);
}

#[test]
fn the_last_key_needs_both_answers() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::SetUp).refuses(Event::HandsFree);
    driver.does(Event::SkinReady).refuses(Event::HandsFree).refuses(Event::SkinReady);
    driver.does(Event::SkinTakenBack).refuses(Event::SkinTakenBack).does(Event::CuesHeard { heard: true });
    driver.refuses(Event::HandsFree).does(Event::SkinReady);
    driver.does(Event::CuesHeard { heard: false }).does(Event::SteppedBack).refuses(Event::HandsFree);
    driver.does(Event::SetUp).refuses(Event::HandsFree);
    driver.does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
}

#[test]
fn old_answers_are_asked_again() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.live(minutes(109)).does(Event::SetUp);
    assert!(matches!(driver.session.stage(), Stage::LastTouch(_)), "not quite two hours");
    driver.does(Event::SkinReady).does(Event::CuesHeard { heard: true }).live(minutes(2)).does(Event::HandsFree);
    assert_eq!(driver.session.stage(), &Stage::Checklist);
    assert_eq!(driver.session.again(), Some(Again::OldAnswers));
    assert_eq!(driver.session.answers().count(), 0);
}

#[test]
fn time_asleep_makes_answers_old_too() {
    let mut driver = SessionDriver::cleared(&[]);
    driver.does(Event::Slept { span: minutes(120) }).does(Event::SetUp);
    assert_eq!(driver.session.again(), Some(Again::OldAnswers));
}

#[test]
fn leaving_before_rolling_closes_the_record() {
    for stages in 0..4 {
        let mut driver = match stages {
            0 => SessionDriver::new(),
            1 => SessionDriver::new().soaking(),
            2 => SessionDriver::cleared(&[]),
            _ => {
                let mut driver = SessionDriver::cleared(&[]);
                driver.does(Event::SetUp);
                driver
            }
        };
        driver.does(Event::Left);
        assert_eq!(driver.summary().outcome, Outcome::LeftBefore);
        assert_eq!(driver.session.stage(), &Stage::Ended);
        driver.refuses(Event::Left);
    }
}

#[test]
fn a_check_gives_its_verdict() {
    let driver = SessionDriver::of(dermaroll::content::built_in(Kind::Check).unwrap());
    let mut driver = driver.answered(&[("sunburn", yes(Detail::Where(at(&[Section::Mouth]))))]).confirmed();
    driver.does(Event::Left);
    assert_eq!(driver.summary().judgement, Some(Judgement::Skip));
}
