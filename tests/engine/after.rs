use dermaroll::content;
use engine::protocol::Kind;
use engine::session::{Due, Effect, Event, Said, Stage};

use crate::engine::session_driver::*;

fn stopped_for(reason: &str) -> SessionDriver {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(12)).touch();
    let reason = driver.reason(reason);
    driver.does(Event::Stopped { reason });
    driver.send(Event::AdviceRead);
    driver.live(seconds(30 + 45));
    driver
}

fn sign_out(driver: &SessionDriver, id: &str) -> usize {
    driver.session.protocol().sign_out.iter().position(|item| item.id == id).unwrap()
}

#[test]
fn the_closing_questions_take_their_answers() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    let unwashed = sign_out(&driver, "roller-unwashed");
    driver.refuses(Event::SignedOut { question: unwashed, said: Said::NotSure });
    driver.does(Event::SignedOut { question: unwashed, said: Said::Yes });
    driver.does(Event::SignedOut { question: unwashed, said: Said::No });
    driver.refuses(Event::SignedOut { question: 99, said: Said::Yes });
    assert_eq!(driver.session.signed_out()[unwashed], Some(Said::No));
    driver.does(Event::Felt { level: 0 }).does(Event::Felt { level: 5 }).refuses(Event::Felt { level: 6 });
    driver.does(Event::Noted { text: "calm".into() }).refuses(Event::Noted { text: "calm".into() });
    driver.refuses(Event::Noted { text: "x".repeat(2_001) }).does(Event::Noted { text: String::new() });
    driver.does(Event::Left);
    assert_eq!(driver.effects.last(), Some(&Effect::Leave));
    assert_eq!(driver.session.stage(), &Stage::Ended);
    assert_eq!(driver.summaries.len(), 1, "what comes later does not close it again");
    driver.replays();
}

#[test]
fn needles_that_are_bent_retire_the_roller_when_the_person_leaves() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    let needles = sign_out(&driver, "needles-bent");
    driver.does(Event::SignedOut { question: needles, said: Said::Yes });
    assert!(driver.session.leaving_retires_roller());
    assert!(driver.retirements().is_empty() && !driver.session.roller_is_retired());
    driver.does(Event::Left);
    assert_eq!(driver.retirements(), ["blue"]);
    assert_eq!(driver.effects.last(), Some(&Effect::Leave));
    driver.replays();
}

#[test]
fn the_answer_about_needles_that_stands_counts() {
    for (answers, retires) in [
        (vec![Said::Yes, Said::No], false),
        (vec![Said::Yes, Said::NotSure], false),
        (vec![Said::NotSure], false),
        (vec![Said::No, Said::Yes], true),
        (vec![Said::Yes, Said::No, Said::Yes], true),
        (vec![], false),
    ] {
        let mut driver = SessionDriver::rolling();
        driver.live(minutes(6));
        let question = sign_out(&driver, "needles-bent");
        for said in &answers {
            driver.does(Event::SignedOut { question, said: *said });
        }
        driver.does(Event::Left);
        assert_eq!(driver.retirements().len(), usize::from(retires), "{answers:?}");
        assert_eq!(driver.session.roller_is_retired(), retires, "{answers:?}");
    }
}

#[test]
fn where_nothing_was_rolled_only_the_needles_are_asked_about() {
    let mut driver = SessionDriver::hands_free(&[]);
    driver.live(seconds(12)).touch();
    let reason = driver.reason("other");
    driver.does(Event::Stopped { reason });
    let asked: Vec<String> = driver.session.closing_questions().map(|(_, item, _)| item.id.clone()).collect();
    assert_eq!(asked, ["needles-bent"]);
    for id in ["roller-unwashed", "bleeding", "welts", "strong-pain"] {
        let question = sign_out(&driver, id);
        driver.refuses(Event::SignedOut { question, said: Said::Yes });
    }
    let question = sign_out(&driver, "needles-bent");
    driver.does(Event::SignedOut { question, said: Said::Yes }).does(Event::Left);
    assert_eq!(driver.retirements(), ["blue"]);
    driver.replays();
}

#[test]
fn serum_after_a_stop_is_asked_for_once_blood_is_ruled_out() {
    let mut driver = stopped_for("pink-enough");
    driver.refuses(Event::SerumWanted);
    for id in ["bleeding", "welts", "strong-pain"] {
        let question = sign_out(&driver, id);
        for said in [Said::NotSure, Said::Yes] {
            driver.does(Event::SignedOut { question, said }).refuses(Event::SerumWanted);
        }
        driver.does(Event::SignedOut { question, said: Said::No });
    }
    driver.does(Event::SerumWanted);
    assert_eq!(driver.session.deadline(), Some(driver.moment.plus(seconds(90))));
    driver.refuses(Event::SerumWanted).live(seconds(90));
    assert_eq!(driver.session.deadline(), None);
    assert_eq!(driver.entries.last().unwrap().event, Event::RanOut(Due::Serum));
    driver.replays();
}

#[test]
fn serum_after_a_stop_ends_with_an_answer_of_blood() {
    for id in ["bleeding", "welts", "strong-pain"] {
        for said in [Said::NotSure, Said::Yes] {
            let mut driver = stopped_for("pink-enough");
            for id in ["bleeding", "welts", "strong-pain"] {
                let question = sign_out(&driver, id);
                driver.does(Event::SignedOut { question, said: Said::No });
            }
            driver.does(Event::SerumWanted).live(seconds(10));
            let (question, washed) = (sign_out(&driver, id), sign_out(&driver, "roller-unwashed"));
            driver.does(Event::SignedOut { question: washed, said: Said::Yes });
            assert!(driver.session.deadline().is_some(), "the roller has nothing to do with it");
            driver.does(Event::SignedOut { question, said });
            assert_eq!(driver.session.deadline(), None, "{id} {said:?}");
            // A slip is taken back.
            driver.does(Event::SignedOut { question, said: Said::No }).does(Event::SerumWanted).replays();
        }
    }
}

#[test]
fn no_serum_after_blood() {
    let mut driver = stopped_for("blood");
    for id in ["bleeding", "welts", "strong-pain"] {
        let question = sign_out(&driver, id);
        driver.does(Event::SignedOut { question, said: Said::No }).refuses(Event::SerumWanted);
    }
}

#[test]
fn no_serum_is_offered_twice_after_a_whole_session() {
    let mut driver = SessionDriver::rolling();
    driver.live(minutes(6));
    for id in ["bleeding", "welts", "strong-pain"] {
        let question = sign_out(&driver, id);
        driver.does(Event::SignedOut { question, said: Said::No }).refuses(Event::SerumWanted);
    }
}

/// A trial counts nowhere, so it retires no roller on any of the ways; in the run itself that roller is not used again.
#[test]
fn a_trial_retires_no_roller() {
    let trial = |kind| {
        let mut protocol = content::built_in(kind).unwrap();
        protocol.trial = kind == Kind::Session;
        SessionDriver::of(protocol)
    };
    for kind in [Kind::Session, Kind::Rehearsal] {
        let rolling = || {
            let mut driver = trial(kind).soaking().answered(&[]).confirmed();
            driver.live(minutes(10)).does(Event::SetUp).does(Event::SkinReady);
            driver.does(Event::CuesHeard { heard: true }).does(Event::HandsFree).live(seconds(30));
            driver
        };
        let mut rejected = trial(kind);
        rejected.does(Event::RollerTaken(roller(130))).does(Event::NeedlesRejected);
        rejected.refuses(Event::RollerTaken(roller(130)));
        let mut fell = rolling();
        fell.touch().does(Event::RollerTouched).does(Event::RollerRetired).live(minutes(3));
        let mut stopped = rolling();
        let reason = stopped.reason("roller");
        stopped.touch().does(Event::Stopped { reason }).live(minutes(3));
        let mut bent = rolling();
        bent.live(minutes(10));
        let question = sign_out(&bent, "needles-bent");
        bent.does(Event::SignedOut { question, said: Said::Yes }).does(Event::Left);
        for driver in [rejected, fell, stopped, bent] {
            assert!(driver.retirements().is_empty() && driver.session.roller_is_retired());
            assert!(driver.summaries.iter().all(|summary| !summary.roller_retired));
            driver.replays();
        }
    }
}
