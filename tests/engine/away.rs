//! What comes again after time in which nothing ran: for every step of a session, for every span, after a closed window
//! and after sleep. A step that is added to the engine does not compile here until the table has it.

use std::collections::BTreeMap;
use std::time::Duration;

use engine::protocol::{ItemIx, Section};
use engine::safety::{Answer, Detail, Roller, Verdict};
use engine::session::{Again, Away, Due, Entry, Event, Kept, PauseCause, Session, Stage, Step};

use super::session_driver::{IN_LIQUID_NOW, SessionDriver, minutes, roller, seconds, yes};

/// Where a session can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Sterilise,
    Checklist,
    Verdict,
    Stopped,
    LastTouch,
    Prepare,
    HandClean,
    GetReady,
    Stroke,
    LastStroke,
    Move,
    Paused,
    Touched,
    SoakingAgain,
    SoakedAgain,
    Advice,
    Saline,
    PausedSaline,
    Serum,
    After,
    Ended,
}

/// All of them, and what comes again after each of [`SPANS`]: s soak, l list, k skin and cues; - nothing, + one more soak
/// with nothing but the list, x nothing can go on.
const TABLE: [(Place, [&str; 9]); 21] = {
    use Place as P;
    // Nothing was done yet, or the clock of the liquid runs on.
    let first = ["slk", "slk", "slk", "slk", "slk", "slk", "slk", "slk", "slk"];
    let before = ["k", "k", "k", "k", "k", "lk", "lk", "lk", "slk"];
    let rolling = ["-", "-", "slk", "slk", "slk", "slk", "slk", "slk", "slk"];
    // Four minutes of ten are over: the other six are no standing still.
    let soaking = ["-", "-", "-", "-", "slk", "slk", "slk", "slk", "slk"];
    let over = ["-", "-", "-", "-", "-", "-", "-", "-", "-"];
    let closed = ["x", "x", "x", "x", "x", "x", "x", "x", "x"];
    [
        (P::Sterilise, first),
        (P::Checklist, before),
        (P::Verdict, before),
        (P::Stopped, ["x", "x", "x", "x", "x", "x", "x", "x", "slk"]),
        (P::LastTouch, ["k", "k", "slk", "slk", "slk", "slk", "slk", "slk", "slk"]),
        (P::Prepare, rolling),
        (P::HandClean, rolling),
        (P::GetReady, rolling),
        (P::Stroke, rolling),
        (P::LastStroke, over),
        (P::Move, rolling),
        (P::Paused, rolling),
        (P::Touched, rolling),
        (P::SoakingAgain, soaking),
        (P::SoakedAgain, rolling),
        (P::Advice, over),
        (P::Saline, over),
        (P::PausedSaline, over),
        (P::Serum, closed),
        (P::After, closed),
        (P::Ended, closed),
    ]
};

/// None: the clocks cannot say.
const SPANS: [Option<u64>; 9] = [
    Some(5 * 60),
    Some(9 * 60 + 59),
    Some(10 * 60 + 1),
    Some(15 * 60 + 59),
    Some(16 * 60 + 1),
    Some(3 * 3_600),
    Some(3 * 86_400),
    Some(400 * 86_400),
    None,
];

/// Without a wildcard, so that no step is forgotten.
fn place(session: &Session) -> Place {
    let left = session.to_roll().iter().count();
    let last = |section: Section| {
        let progress = &session.progress()[section];
        left == 1 && progress.strokes.len() + 1 == progress.plan.len()
    };
    match session.stage() {
        Stage::Sterilise => Place::Sterilise,
        Stage::Checklist => Place::Checklist,
        Stage::Verdict(Verdict::Clear(_)) => Place::Verdict,
        Stage::Verdict(Verdict::Stop(_)) => Place::Stopped,
        Stage::LastTouch(_) => Place::LastTouch,
        Stage::HandsFree(hands_free) => match hands_free.step {
            Step::Running { due, .. } => match due {
                Due::Contact => panic!("the contact clock is no step"),
                Due::Prepare => Place::Prepare,
                Due::HandClean => Place::HandClean,
                Due::GetReady { .. } => Place::GetReady,
                Due::Stroke { section, .. } if last(section) => Place::LastStroke,
                Due::Stroke { .. } => Place::Stroke,
                Due::Move { .. } => Place::Move,
                Due::Saline => Place::Saline,
                Due::Serum => Place::Serum,
            },
            Step::Paused(pause) if matches!(pause.held.due, Due::Saline | Due::Serum) => Place::PausedSaline,
            Step::Paused(pause) if pause.cause == PauseCause::Soaked => Place::SoakedAgain,
            Step::Paused(_) => Place::Paused,
            Step::RollerTouched(_) => Place::Touched,
            Step::SoakingAgain(_) => Place::SoakingAgain,
            Step::Advice => Place::Advice,
        },
        Stage::After { .. } => Place::After,
        Stage::Ended => Place::Ended,
    }
}

/// The way to each place: what was recorded until the session stood there, and when.
fn ways() -> BTreeMap<Place, (Vec<Entry>, Duration)> {
    let mut ways = BTreeMap::new();
    let mut note = |driver: &SessionDriver| {
        let since = driver.moment.since(engine::timeline::Moment::ZERO);
        ways.entry(place(&driver.session)).or_insert_with(|| (driver.entries.clone(), since));
    };
    let mut driver = SessionDriver::new();
    note(driver.does(Event::RollerTaken(roller(130))));
    driver.does(Event::SoakStarted(IN_LIQUID_NOW));
    let count = driver.session.protocol().checklist.items.len();
    for item in 0..count {
        driver.live(seconds(2)).does(Event::Answered { item: ItemIx(item), answer: Answer::No });
    }
    note(&driver);
    assert!(driver.confirm());
    note(&driver);
    driver.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
    note(&driver);
    driver.does(Event::HandsFree);
    note(&driver);
    driver.live(seconds(152));
    note(&driver);
    note(driver.live(seconds(5)).touch());
    note(driver.does(Event::RollerTouched));
    note(driver.does(Event::SoakedAgain).live(minutes(4)));
    note(driver.live(minutes(6)));
    note(driver.does(Event::WentOn));
    while place(&driver.session) != Place::Ended {
        note(&driver);
        match driver.session.deadline() {
            Some(_) => drop(driver.live(seconds(1))),
            None => drop(driver.does(Event::Left)),
        }
        if place(&driver.session) == Place::Saline {
            note(&driver);
            note(driver.live(seconds(2)).touch());
            driver.does(Event::WentOn).live(seconds(31));
        }
    }
    note(&driver);
    let mut advised = SessionDriver::rolling();
    let blood = advised.reason("blood");
    note(advised.live(seconds(3)).touch().does(Event::Stopped { reason: blood }));
    let mut stopped = SessionDriver::new().soaking().answered(&[("pregnant", yes(Detail::Plain))]);
    if !matches!(stopped.session.judge(), Some(Verdict::Stop(_))) {
        let item = stop_item(&stopped);
        stopped.does(Event::Answered { item, answer: yes(Detail::Plain) });
    }
    assert!(stopped.confirm());
    note(&stopped);
    ways
}

fn stop_item(driver: &SessionDriver) -> ItemIx {
    let items = &driver.session.protocol().checklist.items;
    ItemIx(items.iter().position(|item| item.consequence == engine::protocol::Consequence::Stop).unwrap())
}

fn at(way: &(Vec<Entry>, Duration)) -> SessionDriver {
    let mut driver = SessionDriver::new();
    let (session, refused) = Session::replay(driver.session.protocol().clone(), &way.0);
    assert_eq!(refused, None);
    driver.session = session;
    driver.moment = driver.moment.plus(way.1);
    driver
}

/// Everything that a person must do until the drum is on the skin or rolling is over.
fn comes_again(driver: &mut SessionDriver) -> String {
    let (mut soak, mut list, mut skin) = (false, 0, false);
    let questions = driver.session.protocol().checklist.items.len();
    driver.live(Duration::ZERO);
    for _ in 0..400 {
        let event = match place(&driver.session) {
            Place::Stroke | Place::Move | Place::LastStroke | Place::Saline => break,
            Place::Stopped | Place::Serum | Place::After | Place::Ended => return "x".to_owned(),
            Place::Sterilise if driver.session.roller().is_none() => Event::RollerTaken(roller(130)),
            Place::Sterilise => {
                soak = true;
                Event::SoakStarted(IN_LIQUID_NOW)
            }
            Place::Checklist => match driver.session.answers().next_open(ItemIx(0)) {
                Some(item) => {
                    list += 1;
                    driver.live(seconds(2));
                    Event::Answered { item, answer: Answer::No }
                }
                None => Event::confirmation(&driver.session.judge().unwrap()),
            },
            Place::Verdict if driver.session.contact().is_done() => Event::SetUp,
            Place::LastTouch => {
                if driver.send(Event::SkinReady) {
                    skin = true;
                    driver.does(Event::CuesHeard { heard: true });
                }
                Event::HandsFree
            }
            Place::Paused | Place::PausedSaline | Place::SoakedAgain => Event::WentOn,
            Place::Touched => Event::SoakedAgain,
            Place::Advice => Event::AdviceRead,
            Place::Verdict | Place::Prepare | Place::HandClean | Place::GetReady | Place::SoakingAgain => {
                driver.live(seconds(5));
                continue;
            }
        };
        driver.does(event);
    }
    assert!(list == 0 || list == questions, "{list} of {questions} questions");
    let told: String = [(soak, 's'), (list > 0, 'l'), (skin, 'k')]
        .into_iter()
        .filter_map(|(comes, letter)| comes.then_some(letter))
        .collect();
    if told.is_empty() { "-".to_owned() } else { told }
}

#[test]
fn what_comes_again_after_each_span_in_each_step() {
    let ways = ways();
    assert_eq!(ways.keys().copied().collect::<Vec<_>>(), TABLE.map(|(place, _)| place), "a step that no way leads to");
    let mut count = 0;
    for (place, row) in TABLE {
        for (span, expected) in SPANS.into_iter().zip(row) {
            let span = span.map(seconds);
            let away = span.map_or(Away::Unknown, |span| Away::For { least: span, most: span });
            let mut closed = at(&ways[&place]);
            let again = closed.session.again_after(away, closed.now());
            if closed.send(Event::Resumed { away, boot: None }) {
                let is_sent_back = closed.session.stage() == &Stage::Sterilise && place != Place::Sterilise;
                assert_eq!(is_sent_back, again.is_some() && place != Place::Sterilise, "{place:?} {span:?}");
                assert_eq!(comes_again(&mut closed), expected, "{place:?}, closed for {span:?}");
            } else {
                assert_eq!("x", expected, "{place:?}, closed for {span:?}");
            }
            count += 1;
            let Some(span) = span else { continue };
            let mut asleep = at(&ways[&place]);
            let _ = asleep.send(Event::Slept { span });
            // What sleep halts is not cut off: there is a stroke to go on with.
            let is_halted = place == Place::LastStroke && span > minutes(10);
            let expected = if is_halted { "slk" } else { expected };
            assert_eq!(comes_again(&mut asleep), expected, "{place:?}, asleep for {span:?}");
            count += 1;
        }
    }
    assert_eq!(count, 21 * 9 + 21 * 8);
    println!("time away: {count} cases of step, span, window and sleep");
}

/// Several of them, each short, come to more than one long one.
#[test]
fn many_short_absences_are_one_long_one() {
    let ways = ways();
    for (place, row) in TABLE.into_iter().filter(|(_, row)| row[2] == "slk" && row[0] != "slk") {
        for beside in [
            |span| Event::Slept { span },
            |span| Event::Resumed { away: Away::For { least: span, most: span }, boot: None },
        ] {
            let mut driver = at(&ways[&place]);
            driver.does(beside(minutes(4)));
            driver.does(beside(minutes(4)));
            driver.does(beside(seconds(121)));
            assert_eq!(comes_again(&mut driver), row[2], "{place:?}");
        }
    }
}

/// Of a soak in mid-session no more is excused than was left of it, however often the window was closed, and by the
/// clock that went furthest.
#[test]
fn of_a_soak_in_mid_session_no_more_is_excused_than_was_left() {
    let way = &ways()[&Place::SoakingAgain];
    let short = |least, most| Event::Resumed { away: Away::For { least, most }, boot: None };
    let mut driver = at(way);
    for _ in 0..4 {
        driver.does(short(minutes(4), minutes(4)));
    }
    driver.does(short(seconds(1), seconds(1)));
    assert_eq!(driver.session.again(), Some(Again::Stale), "sixteen minutes and one second after six that were left");
    let mut driver = at(way);
    for _ in 0..4 {
        driver.does(short(Duration::ZERO, minutes(4)));
    }
    assert!(matches!(driver.session.step(), Some(Step::SoakingAgain(_))));
    assert!(!driver.session.contact().is_done(), "the liquid is credited the shorter span");
    driver.does(short(Duration::ZERO, seconds(1)));
    assert_eq!(driver.session.again(), Some(Again::Stale));
}

/// It waits for the person, who may be gone: with the window open, on the time line and in sleep.
#[test]
fn after_a_soak_in_mid_session_nobody_comes() {
    let way = &ways()[&Place::SoakingAgain];
    for (waits, sleeps, expected) in [
        (minutes(15), Duration::ZERO, "-"),
        (minutes(17), Duration::ZERO, "slk"),
        (minutes(8), minutes(7), "-"),
        (minutes(8), minutes(9), "slk"),
    ] {
        let mut driver = at(way);
        driver.live(waits);
        if !sleeps.is_zero() {
            driver.does(Event::Slept { span: sleeps });
        }
        assert_eq!(comes_again(&mut driver), expected, "{waits:?} {sleeps:?}");
    }
    // The program learns late that it is over; it was over all the same.
    let mut driver = at(way);
    driver.wait(minutes(17));
    assert_eq!(comes_again(&mut driver), "slk");
}

/// The roller is in the liquid, so that only the list comes again, and with it the last touch.
#[test]
fn answers_older_than_two_hours_are_asked_again_after_any_soak_in_mid_session() {
    let green = || Roller { id: "green".into(), ..roller(130) };
    let spare = |kept| Event::RollerSwapped { roller: green(), kept, acknowledged: false };
    let already = |count| Kept::InLiquid { already: minutes(count) };
    let mut cases = vec![Event::SoakedAgain];
    cases.extend([already(0), already(9), already(10), Kept::SealedPack].map(spare));
    for event in cases {
        for is_old in [false, true] {
            let mut driver = SessionDriver::new().soaking().answered(&[]).confirmed();
            driver.live(minutes(if is_old { 117 } else { 100 }));
            driver
                .does(Event::SetUp)
                .does(Event::SkinReady)
                .does(Event::CuesHeard { heard: true })
                .does(Event::HandsFree);
            driver.live(seconds(160)).touch().does(Event::RollerTouched);
            driver.live(minutes(2)).does(event.clone());
            assert_eq!(comes_again(&mut driver), if is_old { "lk" } else { "-" }, "{event:?}");
            assert!(driver.session.again().is_none());
            assert!(driver.session.contact().is_done());
            driver.replays();
        }
    }
    // Going on into a soak, and out of one that was over already: what was asked is two hours old by now.
    for waits in [5, 9] {
        let mut driver = SessionDriver::new().soaking().answered(&[]).confirmed();
        driver.live(minutes(104));
        driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
        driver.live(seconds(160)).touch().does(Event::RollerTouched).does(Event::SoakedAgain);
        let span = minutes(waits);
        driver.does(Event::Resumed { away: Away::For { least: span, most: span }, boot: None });
        driver.live(minutes(10 - waits));
        assert_eq!(place(&driver.session), Place::SoakedAgain);
        assert_eq!(comes_again(driver.live(minutes(6))), "lk");
    }
}

/// What was said of the skin before sleep, or before the program was stopped, is not said of it after.
#[test]
fn sleep_at_the_last_touch_asks_for_the_skin_again() {
    for beside in [|span| Event::Slept { span }, |span| Event::Stalled { span }] {
        let mut driver = at(&ways()[&Place::LastTouch]);
        driver.does(beside(seconds(3))).refuses(Event::HandsFree).does(Event::SkinReady);
        driver.refuses(Event::HandsFree).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
        let mut driver = at(&ways()[&Place::LastTouch]);
        driver.does(beside(seconds(3))).does(beside(minutes(10)));
        assert_eq!((driver.session.stage(), driver.session.again()), (&Stage::Sterilise, Some(Again::Stale)));
    }
}
