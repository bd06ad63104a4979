use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::{Exit, Output, Saving};
use engine::protocol::Kind;
use engine::session::{Effect, Event, Outcome};
use store::startup::{AvailableRoller, DueState, LastSession, StartupContext};

use crate::support::app_driver::{AppDriver, NARROW, WIDE, first_run, returning, roller};
use crate::support::program::questions;

/// The script at both sizes.
pub(super) fn at_both(script: impl Fn((u16, u16))) {
    script(WIDE);
    script(NARROW);
}

#[test]
fn welcome() {
    at_both(|size| {
        AppDriver::new(first_run(), size).snapshot("welcome-first");
        AppDriver::new(returning(), size).snapshot("welcome-returning");
        let early = StartupContext { due: DueState::NotYet { in_days: 16 }, ..returning() };
        let mut driver = AppDriver::new(early, size);
        driver.snapshot("welcome-not-due").key(Key::Enter).key(Key::Char('e')).snapshot("early-reason");
        assert!(driver.outputs.is_empty(), "nothing begins without a reason");
        driver.key(Key::Enter).snapshot("early-needs-a-reason").types("wedding");
        assert!(matches!(&driver.outputs[0], Output::Open { early_reason: Some(why), .. } if why == "wedding"));
        let soon = StartupContext { due: DueState::TooSoon { in_days: 25, possible_in: 4 }, ..returning() };
        let mut driver = AppDriver::new(soon, size);
        driver.snapshot("welcome-too-soon").key(Key::Char('e')).key(Key::Enter);
        assert!(driver.outputs.is_empty());
        let mut asked = StartupContext { due: DueState::NotYet { in_days: 21 }, ..returning() };
        asked.last = asked.last.map(|last| LastSession { days_ago: 7, check_in: Some(7), ..last });
        let mut driver = AppDriver::new(asked, size);
        driver.snapshot("welcome-check-in").keys("c").snapshot("check-in").keys("16").snapshot("check-in-two");
        driver.key(Key::Esc).keys("w").snapshot("later-note").types("dry").snapshot("noted");
    });
}

#[test]
fn the_first_run_asks_for_roller_and_serum() {
    at_both(|size| {
        let mut driver = AppDriver::new(first_run(), size);
        driver.key(Key::Enter).snapshot("roller-name").types("blue").snapshot("roller-length");
        driver.types("0.15").snapshot("roller-sealed").keys("2").snapshot("roller-acknowledge").keys("a");
        driver.snapshot("serum-name").types("plain hyaluronic").snapshot("sterilise-first");
        let kept =
            driver.outputs.iter().filter(|output| matches!(output, Output::AddRoller { .. } | Output::AddSerum(_)));
        assert_eq!(kept.count(), 2);
        assert_eq!(driver.count_entries(|event| *event == Event::LengthAcknowledged), 1);
    });
}

/// How often it was used stands where nobody can read it; it must not begin again as unused.
#[test]
fn a_roller_whose_file_cannot_be_read_is_not_described_anew() {
    at_both(|size| {
        let unread_rollers = ["blue-2", "red (conflicted copy)"];
        let unread_rollers = unread_rollers.map(|id| (id.to_owned(), format!("rollers/{id}.toml"))).to_vec();
        let mut driver = AppDriver::new(StartupContext { unread_rollers, ..first_run() }, size);
        driver.key(Key::Enter).snapshot("roller-none-unread");
        driver.keys("o").types("Blue").snapshot("roller-unread");
        assert_eq!(driver.app.screen_name().id(), "text", "{}", driver.screen);
        for _ in 0..4 {
            driver.key(Key::Backspace);
        }
        driver.types("Red");
        assert!(driver.screen.contains("may be this roller"), "{}", driver.screen);
        for _ in 0..3 {
            driver.key(Key::Backspace);
        }
        driver.types("green");
        assert!(driver.screen.contains("How long"), "{}", driver.screen);
    });
}

#[test]
fn long_needles_are_refused() {
    at_both(|size| {
        let mut driver = AppDriver::new(first_run(), size);
        driver.key(Key::Enter).types("long").types("0.5").snapshot("roller-too-long").keys("o");
        assert!(driver.screen.contains("We know of no other roller."), "it is not kept:\n{}", driver.screen);
        assert!(driver.entries.is_empty() && driver.outputs.is_empty());
    });
}

#[test]
fn sterilise() {
    at_both(|size| {
        let mut driver = AppDriver::new(returning(), size);
        driver
            .key(Key::Enter)
            .snapshot("sterilise")
            .keys("e")
            .snapshot("other-soak")
            .keys("1")
            .snapshot("soak-minutes");
        driver.key(Key::Enter).snapshot("soak-needs-minutes").types("4");
        assert!(driver.screen.contains("soak 6:00"), "{}", driver.screen);
        let mut driver = AppDriver::new(returning(), size);
        driver.key(Key::Enter).keys("x").snapshot("confirm-needles").key(Key::Esc);
        assert!(driver.screen.contains("Put the head in") || driver.screen.contains("Head in"), "{}", driver.screen);
        driver.keys("xy").snapshot("no-roller");
        assert!(driver.outputs.contains(&Output::Session(Effect::RetireRoller { id: "blue".into() })));
        driver.keys("o").snapshot("roller-list-empty");
    });
}

#[test]
fn the_list() {
    at_both(|size| {
        let mut driver = AppDriver::soaking(size);
        driver.snapshot("question-first").keys("?").snapshot("why").key(Key::Esc);
        driver.key(Key::Down).snapshot("question-needs-answer").no(2).key(Key::Up).snapshot("question-answered");
        driver.key(Key::Down).no_until("diabetes").keys("y").snapshot("doctor").keys("3").no(6);
        driver.snapshot("question-thirteenth").no_until("recent-procedure").keys("y").snapshot("which").keys("24");
        driver.snapshot("which-chosen").key(Key::Enter);
        driver.snapshot("ago").keys("d").snapshot("ago-needs-number").keys("13").keys("m");
        driver.no_until("cold-sore").snapshot("question-skin").no_until("eczema").keys("y").snapshot("where");
        driver.key(Key::Enter).snapshot("where-needs-one").keys("3").snapshot("where-chosen").key(Key::Enter);
        driver.keys("u5").key(Key::Enter).no_until("mole").keys("y2").key(Key::Enter).snapshot("around").keys("r");
        driver.no_to_all().snapshot("review");
        if size == NARROW {
            // Here the list is longer than the window, and confirm opens at its end.
            driver.keys("c").snapshot("review-not-read").read_review().snapshot("review-read");
        }
        driver.keys("c").snapshot("verdict-skip-two");
        driver.seconds(600).snapshot("verdict-skip-two-soaked").keys("sdy").snapshot("last-touch-skip-two");
        let judged = driver.count_entries(|event| matches!(event, Event::ListConfirmed { .. }));
        assert_eq!(judged, 1, "c before every line was shown confirms nothing");
    });
}

#[test]
fn answers_that_come_fast() {
    at_both(|size| {
        let mut driver = AppDriver::soaking(size);
        for _ in 0..questions() {
            driver.pass(Duration::from_millis(600)).press(Key::Char('n'));
            driver.pass(Duration::from_millis(80));
        }
        driver.snapshot("review-fast");
    });
}

#[test]
fn verdicts() {
    at_both(|size| {
        let mut driver = AppDriver::soaking(size);
        driver.no_to_all().read_review().keys("c").snapshot("verdict-clear");
        driver.keys("s");
        assert_eq!(driver.count_entries(|event| *event == Event::SetUp), 0, "the soak is not finished");
        driver.seconds(600).snapshot("verdict-clear-soaked").keys("e").snapshot("review-reopened");

        let mut driver = AppDriver::soaking(size);
        driver.keys("u").no_to_all().read_review().keys("c").snapshot("verdict-stop").keys(" s").key(Key::Enter);
        assert!(driver.screen.contains("NO ROLLING TODAY"), "there is no key to roll anyway:\n{}", driver.screen);
        driver.keys("w").types("asked at the pharmacy");
        assert!(driver.screen.contains("NO ROLLING TODAY"), "back from the note:\n{}", driver.screen);
        driver.keys("q");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::StoppedByList)));
        assert_eq!(driver.summaries[0].outcome, Outcome::StoppedByList);

        let mut driver = AppDriver::soaking(size);
        driver.no_until("diabetes").keys("y1").no_until("recent-procedure").keys("y2").key(Key::Enter).keys("3w");
        driver.no_to_all().read_review().keys("c");
        driver.snapshot("verdict-stop-ask-and-wait");

        let mut driver = AppDriver::soaking(size);
        driver.no_until("eczema").keys("ya").no_to_all().read_review();
        driver.keys("c").snapshot("verdict-every-section-skipped");
    });
}

#[test]
fn a_whole_session_with_no_key_between_last_touch_and_saved() {
    at_both(|size| {
        let mut driver = AppDriver::cleared(size);
        driver.keys("s").snapshot("last-touch").keys(" ");
        assert_eq!(driver.count_entries(|event| *event == Event::HandsFree), 0, "two answers are missing");
        driver.keys("dy").snapshot("last-touch-ready").keys(" ").pass(Duration::from_millis(1_900)).snapshot("prepare");
        driver.seconds(148).pass(Duration::from_millis(100)).snapshot("get-ready");
        driver.seconds(6).snapshot("rolling-up-down").seconds(8).snapshot("rolling-side-to-side");
        driver.seconds(8).snapshot("rolling-diagonal").seconds(9).snapshot("move");
        driver.seconds(70).snapshot("rolling-fourth");
        driver.seconds(32).snapshot("rolling-last").seconds(25).snapshot("saline").seconds(44).snapshot("serum");
        assert_eq!(driver.summaries[0].outcome, Outcome::Finished);
        driver.seconds(90).snapshot("after").keys("nnnnn").snapshot("after-answered").key(Key::Enter);
        driver.snapshot("summary").keys("2").keys("w").snapshot("note").types("light hand near the jaw");
        driver.snapshot("summary-with-note").key(Key::Enter);
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Done)));
        assert_eq!(driver.summaries[0].touches, 0);
    });
}

#[test]
fn a_pause_and_what_can_be_chosen() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        driver.seconds(40).press(Key::Other);
        driver.snapshot("pause").keys("?").snapshot("help-on-pause").key(Key::Esc).keys("+").snapshot("hand-clean");
        driver.seconds(36).press(Key::Enter);
        driver.keys("+").snapshot("pause-one-more-used").keys("x").snapshot("stop-reason").key(Key::Esc);
        driver
            .snapshot("pause-again")
            .keys("x5")
            .seconds(30)
            .snapshot("saline-after-stop")
            .seconds(45)
            .snapshot("after-stop");
        driver.key(Key::Down).key(Key::Down).keys("n").snapshot("after-stop-serum-offered").keys("s");
        driver.snapshot("after-stop-serum").key(Key::Enter).snapshot("summary-part").key(Key::Enter);
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Early)));
    });
}

#[test]
fn halts_of_other_kinds() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        driver.seconds(3).happens(Event::Slept { span: Duration::from_secs(120) }).snapshot("pause-slept");
        let mut driver = AppDriver::ready(size);
        driver.keys(" ").seconds(20).press(Key::Other);
        driver.snapshot("pause-prepare");
        let mut driver = AppDriver::rolling(size);
        driver.seconds(152 + 50).press(Key::Other);
        driver.snapshot("pause-serum").keys("e");
        assert!(driver.screen.contains("Aftercare"), "{}", driver.screen);
        let mut driver = AppDriver::rolling(size);
        driver.seconds(3).press(Key::Other);
        driver.seconds(700).keys(" ").snapshot("sterilise-stale");
        let mut driver = AppDriver::rolling(size);
        driver.press(Key::Ctrl('c'));
        driver.draw();
        driver.snapshot("interrupted").press(Key::Ctrl('c'));
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Interrupted)));
    });
}

#[test]
fn the_roller_touched_something() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        driver.seconds(10).press(Key::Other);
        driver.keys("d").snapshot("roller-touched").keys("o").snapshot("spare-name").types("spare");
        driver.types("0.2").keys("1").snapshot("spare-acknowledge").keys("a").snapshot("spare-kept").keys("1");
        driver.snapshot("spare-minutes").types("4").snapshot("soaking-again").seconds(360).snapshot("pause-soaked");
        driver.keys(" ").seconds(40).press(Key::Other);
        driver.keys("dx").snapshot("confirm-retire").keys("y").seconds(50).snapshot("after-retired");
        let mut driver = AppDriver::rolling(size);
        driver.seconds(10).press(Key::Other);
        driver.keys("dk").snapshot("soaking-again-same");
    });
}

#[test]
fn leaving_asks() {
    at_both(|size| {
        let mut driver = AppDriver::soaking(size);
        driver.no(3).keys("q").snapshot("leave").key(Key::Esc).keys("?").key(Key::Esc).keys("qy");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Early)));
        assert_eq!(driver.summaries[0].outcome, Outcome::LeftBefore);
        let mut driver = AppDriver::new(returning(), size);
        driver.keys("?").snapshot("help-on-welcome");
        let mut driver = AppDriver::cleared(size);
        driver.keys("?").snapshot("help-on-verdict");
    });
}

#[test]
fn a_record_that_cannot_be_written() {
    at_both(|size| {
        let mut driver = AppDriver::rolling(size);
        let problem = "The record could not be saved: no space left on the device.";
        driver.app.saving = Saving::Failed(problem.into());
        driver.snapshot("not-saved").seconds(30).keys("r");
        assert_eq!(driver.outputs.last(), Some(&Output::Retry));
        driver.keys("g").snapshot("unsaved");
    });
}

#[test]
fn the_check_alone() {
    at_both(|size| {
        let mut driver = AppDriver::started(Kind::Check, size);
        driver.snapshot("check-question").no_to_all().read_review().keys("c").snapshot("check-clear").keys("q");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Done)));
        let mut driver = AppDriver::started(Kind::Check, size);
        driver.no_until("eczema").keys("y1").key(Key::Enter).no_to_all().read_review();
        driver.keys("c").snapshot("check-skip").keys("q");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::SomeSkipped)));
        let mut driver = AppDriver::started(Kind::Check, size);
        driver.keys("y").no_to_all().read_review().keys("c").snapshot("check-stop").keys("q");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::StoppedByList)));
        let mut driver = AppDriver::started(Kind::Check, size);
        driver.no(3).keys("q").snapshot("check-leave").keys("y");
        assert_eq!(driver.outputs.last(), Some(&Output::Leave(Exit::Early)));
    });
}

#[test]
fn a_roller_that_is_named_in_a_rehearsal_is_not_kept() {
    let mut driver = AppDriver::started(Kind::Rehearsal, WIDE);
    driver.keys("oo").types("zz").key(Key::Enter).types("0.1").key(Key::Enter).keys("1");
    let taken = driver.app.session().and_then(|session| session.roller()).map(|roller| roller.name.clone());
    assert_eq!(taken.as_deref(), Some("zz"), "{}", driver.screen);
    let kept = |output: &Output| matches!(output, Output::AddRoller { .. });
    assert!(!driver.outputs.iter().any(kept), "{:?}", driver.outputs);
    assert!(!driver.app.startup.rollers.iter().any(|available| available.roller.name == "zz"));
}

#[test]
fn a_rehearsal_is_marked_on_every_screen_and_keeps_nothing() {
    for size in [WIDE, NARROW, (20, 5), (30, 3), (120, 36)] {
        let mut driver = AppDriver::started(Kind::Rehearsal, size);
        let marked = |driver: &AppDriver| assert!(driver.screen.contains("REHEARSAL"), "{size:?}:\n{}", driver.screen);
        marked(&driver);
        if size == WIDE || size == NARROW {
            driver.snapshot("rehearsal-sterilise");
        }
        driver.keys(" ");
        for _ in 0..12 {
            marked(&driver);
            driver.key(Key::Down);
        }
        if size.1 < 15 {
            continue;
        }
        driver.no_to_all().read_review().keys("c").seconds(6);
        marked(&driver);
        driver.keys("sdy");
        marked(&driver);
        driver.keys(" ");
        for _ in 0..70 {
            driver.seconds(1);
            marked(&driver);
        }
        driver.key(Key::Enter);
        marked(&driver);
        if size == WIDE || size == NARROW {
            driver.snapshot("rehearsal-summary");
        }
        assert!(!driver.outputs.iter().any(|output| matches!(output, Output::Open { .. })), "nothing is opened");
    }
}

#[test]
fn small_windows_show_what_matters() {
    for (size, name) in [((20, 5), "tiny"), ((19, 4), "line"), ((120, 36), "large")] {
        let mut driver = AppDriver::rolling(WIDE);
        driver.size = size;
        driver.seconds(10).snapshot(&format!("{name}-rolling")).press(Key::Other);
        driver.draw();
        driver.snapshot(&format!("{name}-pause"));
        let mut driver = AppDriver::soaking(size);
        driver.snapshot(&format!("{name}-question"));
    }
}

#[test]
fn in_a_small_window_a_question_is_read_to_its_end_first() {
    let mut driver = AppDriver::soaking((20, 5));
    driver.keys("n").snapshot("tiny-read-first");
    assert_eq!(driver.count_entries(|event| matches!(event, Event::Answered { .. })), 0);
    for _ in 0..20 {
        driver.key(Key::Down);
    }
    driver.keys("n");
    assert_eq!(driver.count_entries(|event| matches!(event, Event::Answered { .. })), 1);
}

#[test]
fn several_rollers_to_choose_from() {
    at_both(|size| {
        let mut startup = returning();
        startup.rollers.push(AvailableRoller {
            roller: engine::safety::Roller { id: "red".into(), ..roller(200) },
            sealed: true,
            used_before: false,
        });
        let mut driver = AppDriver::new(startup, size);
        driver.key(Key::Enter).keys("o").snapshot("roller-list").keys("2").snapshot("roller-acknowledge-second");
    });
}
