use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::{Exit, Output};
use engine::protocol::Kind;
use engine::session::{Effect, Event, Outcome};
use store::known::{DueState, Known, LastSession, Shelf};

use crate::support::program::questions;
use crate::support::stage::{NARROW, Stage, WIDE, first_run, returning, roller};

/// The script at both sizes.
pub(super) fn at_both(script: impl Fn((u16, u16))) {
    script(WIDE);
    script(NARROW);
}

#[test]
fn welcome() {
    at_both(|size| {
        Stage::new(first_run(), size).snapshot("welcome-first");
        Stage::new(returning(), size).snapshot("welcome-returning");
        let early = Known { due: DueState::NotYet { in_days: 16 }, ..returning() };
        let mut stage = Stage::new(early, size);
        stage.snapshot("welcome-not-due").key(Key::Enter).key(Key::Char('e')).snapshot("early-reason");
        assert!(stage.outputs.is_empty(), "nothing begins without a reason");
        stage.key(Key::Enter).snapshot("early-needs-a-reason").types("wedding");
        assert!(matches!(&stage.outputs[0], Output::Open { early_reason: Some(why), .. } if why == "wedding"));
        let soon = Known { due: DueState::TooSoon { in_days: 25, possible_in: 4 }, ..returning() };
        let mut stage = Stage::new(soon, size);
        stage.snapshot("welcome-too-soon").key(Key::Char('e')).key(Key::Enter);
        assert!(stage.outputs.is_empty());
        let mut asked = Known { due: DueState::NotYet { in_days: 21 }, ..returning() };
        asked.last = asked.last.map(|last| LastSession { days_ago: 7, check_in: Some(7), ..last });
        Stage::new(asked, size)
            .snapshot("welcome-check-in")
            .keys("n")
            .snapshot("later-note")
            .types("dry")
            .snapshot("noted");
    });
}

#[test]
fn the_first_run_asks_for_roller_and_serum() {
    at_both(|size| {
        let mut stage = Stage::new(first_run(), size);
        stage.key(Key::Enter).snapshot("roller-name").types("blue").snapshot("roller-length");
        stage.types("0.15").snapshot("roller-sealed").keys("2").snapshot("serum-name").types("plain hyaluronic");
        stage.snapshot("roller-acknowledge").keys("a").snapshot("sterilise-first");
        let kept =
            stage.outputs.iter().filter(|output| matches!(output, Output::AddRoller { .. } | Output::AddSerum(_)));
        assert_eq!(kept.count(), 2);
        assert_eq!(stage.count_entries(|event| *event == Event::LengthAcknowledged), 1);
    });
}

/// How often it was used stands where nobody can read it; it must not begin again as unused.
#[test]
fn a_roller_whose_file_cannot_be_read_is_not_described_anew() {
    at_both(|size| {
        let unread_rollers = ["blue-2", "red (conflicted copy)"];
        let unread_rollers = unread_rollers.map(|id| (id.to_owned(), format!("rollers/{id}.toml"))).to_vec();
        let mut stage = Stage::new(Known { unread_rollers, ..first_run() }, size);
        stage.key(Key::Enter).snapshot("roller-none-unread");
        stage.keys("n").types("Blue").snapshot("roller-unread");
        assert_eq!(stage.app.screen_name().id(), "text", "{}", stage.screen);
        for _ in 0..4 {
            stage.key(Key::Backspace);
        }
        stage.types("Red");
        assert!(stage.screen.contains("may be this roller"), "{}", stage.screen);
        for _ in 0..3 {
            stage.key(Key::Backspace);
        }
        stage.types("green");
        assert!(stage.screen.contains("How long"), "{}", stage.screen);
    });
}

#[test]
fn long_needles_are_refused() {
    at_both(|size| {
        let mut stage = Stage::new(first_run(), size);
        stage.key(Key::Enter).types("long").types("0.5").snapshot("roller-too-long").keys("o");
        assert!(stage.screen.contains("No other roller is known."), "it is not kept:\n{}", stage.screen);
        assert!(stage.entries.is_empty() && stage.outputs.is_empty());
    });
}

#[test]
fn sterilise() {
    at_both(|size| {
        let mut stage = Stage::new(returning(), size);
        stage.key(Key::Enter).snapshot("sterilise").keys("e").snapshot("other-soak").keys("1").snapshot("soak-minutes");
        stage.key(Key::Enter).snapshot("soak-needs-minutes").types("4");
        assert!(stage.screen.contains("soak 6:00"), "{}", stage.screen);
        let mut stage = Stage::new(returning(), size);
        stage.key(Key::Enter).keys("x").snapshot("confirm-needles").key(Key::Esc);
        assert!(stage.screen.contains("Put the head in") || stage.screen.contains("Head in"), "{}", stage.screen);
        stage.keys("xy").snapshot("no-roller");
        assert!(stage.outputs.contains(&Output::Session(Effect::RetireRoller { id: "blue".into() })));
        stage.keys("o").snapshot("roller-list-empty");
    });
}

#[test]
fn the_list() {
    at_both(|size| {
        let mut stage = Stage::soaking(size);
        stage.snapshot("question-first").keys("?").snapshot("why").key(Key::Esc);
        stage.key(Key::Down).snapshot("question-needs-answer").no(2).key(Key::Up).snapshot("question-answered");
        stage.key(Key::Down).key(Key::Char('y')).snapshot("doctor").keys("3").no(9).snapshot("question-thirteenth");
        stage.no(1).keys("y").snapshot("which").keys("24").snapshot("which-chosen").key(Key::Enter);
        stage.snapshot("ago").keys("d").snapshot("ago-needs-number").keys("13").keys("m");
        stage.no(2).snapshot("question-skin").no(1).keys("y").snapshot("where").key(Key::Enter);
        stage.snapshot("where-needs-one").keys("3").snapshot("where-chosen").key(Key::Enter).no(1).keys("y2");
        stage.key(Key::Enter).snapshot("around").keys("r").no(1).keys("u5").key(Key::Enter).no(2);
        stage.snapshot("review");
        if size == NARROW {
            // Here the list is longer than the window, and confirm opens at its end.
            stage.keys("c").snapshot("review-not-read").read_review().snapshot("review-read");
        }
        stage.keys("c").snapshot("verdict-skip-two");
        stage.seconds(600).snapshot("verdict-skip-two-soaked").keys("sdy").snapshot("last-touch-skip-two");
        let judged = stage.count_entries(|event| matches!(event, Event::ListConfirmed { .. }));
        assert_eq!(judged, 1, "c before every line was shown confirms nothing");
    });
}

#[test]
fn answers_that_come_fast() {
    at_both(|size| {
        let mut stage = Stage::soaking(size);
        for _ in 0..questions() {
            stage.pass(Duration::from_millis(600)).press(Key::Char('n'));
            stage.pass(Duration::from_millis(80));
        }
        stage.snapshot("review-fast");
    });
}

#[test]
fn verdicts() {
    at_both(|size| {
        let mut stage = Stage::soaking(size);
        stage.no_to_all().read_review().keys("c").snapshot("verdict-clear");
        stage.keys("s");
        assert_eq!(stage.count_entries(|event| *event == Event::SetUp), 0, "the soak is not finished");
        stage.seconds(600).snapshot("verdict-clear-soaked").keys("e").snapshot("review-reopened");

        let mut stage = Stage::soaking(size);
        stage.keys("u").no_to_all().read_review().keys("c").snapshot("verdict-stop").keys(" s").key(Key::Enter);
        assert!(stage.screen.contains("NO ROLLING TODAY"), "there is no key to roll anyway:\n{}", stage.screen);
        stage.keys("n").types("asked at the pharmacy");
        assert!(stage.screen.contains("NO ROLLING TODAY"), "back from the note:\n{}", stage.screen);
        stage.keys("q");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::StoppedByList)));
        assert_eq!(stage.summaries[0].outcome, Outcome::StoppedByList);

        let mut stage = Stage::soaking(size);
        stage.no(2).keys("y1").no(10).keys("y2").key(Key::Enter).keys("3w").no_to_all().read_review().keys("c");
        stage.snapshot("verdict-stop-ask-and-wait");

        let mut stage = Stage::soaking(size);
        stage.no_until("eczema").keys("ya").no_to_all().read_review();
        stage.keys("c").snapshot("verdict-every-section-skipped");
    });
}

#[test]
fn a_whole_session_with_no_key_between_last_touch_and_saved() {
    at_both(|size| {
        let mut stage = Stage::cleared(size);
        stage.keys("s").snapshot("last-touch").keys(" ");
        assert_eq!(stage.count_entries(|event| *event == Event::HandsFree), 0, "two answers are missing");
        stage.keys("dy").snapshot("last-touch-ready").keys(" ").pass(Duration::from_millis(1_900)).snapshot("prepare");
        stage.seconds(58).pass(Duration::from_millis(100)).snapshot("get-ready");
        stage.seconds(6).snapshot("rolling-up-down").seconds(8).snapshot("rolling-side-to-side");
        stage
            .seconds(8)
            .snapshot("rolling-diagonal")
            .seconds(9)
            .snapshot("move")
            .seconds(70)
            .snapshot("rolling-fourth");
        stage.seconds(32).snapshot("rolling-last").seconds(25).snapshot("saline").seconds(44).snapshot("serum");
        assert_eq!(stage.summaries[0].outcome, Outcome::Finished);
        stage.seconds(90).snapshot("after").keys("yyn").snapshot("after-answered").key(Key::Enter);
        stage.snapshot("summary").keys("2").keys("n").snapshot("note").types("light hand near the jaw");
        stage.snapshot("summary-with-note").key(Key::Enter);
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Done)));
        assert_eq!(stage.summaries[0].touches, 0);
    });
}

#[test]
fn a_pause_and_what_can_be_chosen() {
    at_both(|size| {
        let mut stage = Stage::rolling(size);
        stage.seconds(40).press(Key::Other);
        stage.snapshot("pause").keys("?").snapshot("help-on-pause").key(Key::Esc).keys("+").snapshot("hand-clean");
        stage.seconds(36).press(Key::Enter);
        stage.keys("+").snapshot("pause-one-more-used").keys("x").snapshot("stop-reason").key(Key::Esc);
        stage.snapshot("pause-again").keys("x5").snapshot("saline-after-stop").seconds(45).snapshot("after-stop");
        stage.key(Key::Down).key(Key::Down).keys("n").snapshot("after-stop-serum-offered").keys("s");
        stage.snapshot("after-stop-serum").key(Key::Enter).snapshot("summary-part").key(Key::Enter);
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Early)));
    });
}

#[test]
fn halts_of_other_kinds() {
    at_both(|size| {
        let mut stage = Stage::rolling(size);
        stage.seconds(3).happens(Event::Slept { span: Duration::from_secs(120) }).snapshot("pause-slept");
        let mut stage = Stage::ready(size);
        stage.keys(" ").seconds(20).press(Key::Other);
        stage.snapshot("pause-prepare");
        let mut stage = Stage::rolling(size);
        stage.seconds(152 + 50).press(Key::Other);
        stage.snapshot("pause-serum").keys("n");
        assert!(stage.screen.contains("AFTER"), "{}", stage.screen);
        let mut stage = Stage::rolling(size);
        stage.seconds(3).press(Key::Other);
        stage.seconds(700).keys(" ").snapshot("sterilise-stale");
        let mut stage = Stage::rolling(size);
        stage.press(Key::Ctrl('c'));
        stage.draw();
        stage.snapshot("interrupted").press(Key::Ctrl('c'));
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Interrupted)));
    });
}

#[test]
fn a_roller_that_an_answer_retires_is_named_in_every_window() {
    at_both(|size| {
        let mut stage = Stage::rolling(size);
        stage.seconds(400).keys("yn");
        let text = stage.screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("is retired"), "{size:?}:\n{}", stage.screen);
    });
}

#[test]
fn the_roller_touched_something() {
    at_both(|size| {
        let mut stage = Stage::rolling(size);
        stage.seconds(10).press(Key::Other);
        stage.keys("d").snapshot("roller-touched").keys("o").snapshot("spare-none").keys("n").types("spare");
        stage.types("0.2").keys("1").snapshot("spare-acknowledge").keys("a").snapshot("spare-kept").keys("1");
        stage.snapshot("spare-minutes").types("4").snapshot("soaking-again").seconds(360).snapshot("pause-soaked");
        stage.keys(" ").seconds(40).press(Key::Other);
        stage.keys("dx").snapshot("confirm-retire").keys("y").seconds(50).snapshot("after-retired");
        let mut stage = Stage::rolling(size);
        stage.seconds(10).press(Key::Other);
        stage.keys("dk").snapshot("soaking-again-same");
    });
}

#[test]
fn leaving_asks() {
    at_both(|size| {
        let mut stage = Stage::soaking(size);
        stage.no(3).keys("q").snapshot("leave").key(Key::Esc).keys("?").key(Key::Esc).keys("qy");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Early)));
        assert_eq!(stage.summaries[0].outcome, Outcome::LeftBefore);
        let mut stage = Stage::new(returning(), size);
        stage.keys("?").snapshot("help-on-welcome");
        let mut stage = Stage::cleared(size);
        stage.keys("?").snapshot("help-on-verdict");
    });
}

#[test]
fn a_record_that_cannot_be_written() {
    at_both(|size| {
        let mut stage = Stage::rolling(size);
        let problem = "The record could not be saved: no space left on the device.";
        stage.app.saving = dermaroll::tui::app::Saving::Failed(problem.into());
        stage.snapshot("not-saved").seconds(30).keys("r");
        assert_eq!(stage.outputs.last(), Some(&Output::Retry));
        stage.keys("g").snapshot("unsaved");
    });
}

#[test]
fn the_check_alone() {
    at_both(|size| {
        let mut stage = Stage::started(Kind::Check, size);
        stage.snapshot("check-question").no_to_all().read_review().keys("c").snapshot("check-clear").keys("q");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Done)));
        let mut stage = Stage::started(Kind::Check, size);
        stage.no_until("eczema").keys("y1").key(Key::Enter).no_to_all().read_review();
        stage.keys("c").snapshot("check-skip").keys("q");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::SomeSkipped)));
        let mut stage = Stage::started(Kind::Check, size);
        stage.keys("y").no_to_all().read_review().keys("c").snapshot("check-stop").keys("q");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::StoppedByList)));
        let mut stage = Stage::started(Kind::Check, size);
        stage.no(3).keys("q").snapshot("check-leave").keys("y");
        assert_eq!(stage.outputs.last(), Some(&Output::Leave(Exit::Early)));
    });
}

#[test]
fn a_roller_that_is_named_in_a_rehearsal_is_not_kept() {
    let mut stage = Stage::started(Kind::Rehearsal, WIDE);
    stage.keys("on").types("zz").key(Key::Enter).types("0.1").key(Key::Enter).keys("1");
    let taken = stage.app.session().and_then(|session| session.roller()).map(|roller| roller.name.clone());
    assert_eq!(taken.as_deref(), Some("zz"), "{}", stage.screen);
    let kept = |output: &Output| matches!(output, Output::AddRoller { .. });
    assert!(!stage.outputs.iter().any(kept), "{:?}", stage.outputs);
    assert!(!stage.app.known.rollers.iter().any(|shelf| shelf.roller.name == "zz"));
}

#[test]
fn a_rehearsal_is_marked_on_every_screen_and_keeps_nothing() {
    for size in [WIDE, NARROW, (20, 5), (30, 3), (120, 36)] {
        let mut stage = Stage::started(Kind::Rehearsal, size);
        let marked = |stage: &Stage| assert!(stage.screen.contains("REHEARSAL"), "{size:?}:\n{}", stage.screen);
        marked(&stage);
        if size == WIDE || size == NARROW {
            stage.snapshot("rehearsal-sterilise");
        }
        stage.keys(" ");
        for _ in 0..12 {
            marked(&stage);
            stage.key(Key::Down);
        }
        if size.1 < 15 {
            continue;
        }
        stage.no_to_all().read_review().keys("c").seconds(6);
        marked(&stage);
        stage.keys("sdy");
        marked(&stage);
        stage.keys(" ");
        for _ in 0..70 {
            stage.seconds(1);
            marked(&stage);
        }
        stage.key(Key::Enter);
        marked(&stage);
        if size == WIDE || size == NARROW {
            stage.snapshot("rehearsal-summary");
        }
        assert!(!stage.outputs.iter().any(|output| matches!(output, Output::Open { .. })), "nothing is opened");
    }
}

#[test]
fn small_windows_show_what_matters() {
    for (size, name) in [((20, 5), "tiny"), ((19, 4), "line"), ((120, 36), "large")] {
        let mut stage = Stage::rolling(WIDE);
        stage.size = size;
        stage.seconds(10).snapshot(&format!("{name}-rolling")).press(Key::Other);
        stage.draw();
        stage.snapshot(&format!("{name}-pause"));
        let mut stage = Stage::soaking(size);
        stage.snapshot(&format!("{name}-question"));
    }
}

#[test]
fn in_a_small_window_a_question_is_read_to_its_end_first() {
    let mut stage = Stage::soaking((20, 5));
    stage.keys("n").snapshot("tiny-read-first");
    assert_eq!(stage.count_entries(|event| matches!(event, Event::Answered { .. })), 0);
    for _ in 0..20 {
        stage.key(Key::Down);
    }
    stage.keys("n");
    assert_eq!(stage.count_entries(|event| matches!(event, Event::Answered { .. })), 1);
}

#[test]
fn several_rollers_to_choose_from() {
    at_both(|size| {
        let mut known = returning();
        known.rollers.push(Shelf {
            roller: engine::safety::Roller { id: "red".into(), ..roller(200) },
            sealed: true,
            used_before: false,
        });
        let mut stage = Stage::new(known, size);
        stage.key(Key::Enter).keys("o").snapshot("roller-list").keys("2").snapshot("roller-acknowledge-second");
    });
}
