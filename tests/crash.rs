//! Random sessions, cut off at random points and gone on with: what was recorded leads to the very state that was
//! lost, nothing rolls by itself afterwards, and no second is credited that was not rolled.
//!
//! `COUNTS=full cargo test --release --test suite crash::` runs 100,000 sequences.

mod recorded_session;

use std::time::Duration;

use engine::safety::Unfit;
use engine::session::{Event, PauseCause, Said};
use proptest::prelude::*;

use crate::support::program::all_questions;

use recorded_session::{Op, RecordedSession};

/// Spans that matter: within a stroke, over it, over the stale limit, over the age of answers, and at the very ends.
fn span() -> impl Strategy<Value = Duration> {
    prop_oneof![
        8 => (0..12_000_u64).prop_map(Duration::from_millis),
        4 => (0..120_000_u64).prop_map(Duration::from_millis),
        2 => (0..900_000_u64).prop_map(Duration::from_millis),
        1 => (0..10_000_000_u64).prop_map(Duration::from_millis),
        1 => prop::sample::select(vec![Duration::ZERO, Duration::from_millis(1), Duration::from_secs(10 * 365 * 86_400)]),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let plain = vec![
        Event::ListReopened,
        Event::SetUp,
        Event::SkinReady,
        Event::SkinTakenBack,
        Event::SoakTakenBack,
        Event::EnoughTakenBack,
        Event::ClickerSeen,
        Event::SteppedBack,
        Event::HandsFree,
        Event::WentOn,
        Event::Enough,
        Event::OneMore,
        Event::RollerTouched,
        Event::RollerUnfit { cause: Unfit::Retired },
        Event::SoakedAgain,
        Event::SerumWanted,
        Event::KeptAsPart,
        Event::CuesHeard { heard: true },
        Event::Paused { cause: PauseCause::Touch },
        Event::Paused { cause: PauseCause::Signal },
        Event::Paused { cause: PauseCause::Clicker },
        Event::Stopped { reason: 0 },
        Event::SignedOut { question: 0, said: Said::Yes },
        Event::Felt { level: 2 },
    ];
    prop::sample::select(plain)
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        30 => Just(Op::Next),
        20 => span().prop_map(Op::Pass),
        8 => any_event().prop_map(Op::Any),
        2 => span().prop_map(Op::Sleep),
        1 => span().prop_map(Op::Stall),
        2 => (span(), -7_200_i64..7_200, any::<bool>()).prop_map(|(away, step, boot)| Op::Crash { away, step, boot }),
        1 => Just(Op::OtherProtocol),
    ]
}

/// Most sessions get as far as the last touch before chance takes over, or rolling would hardly ever be seen.
fn ops() -> impl Strategy<Value = Vec<Op>> {
    let start = prop_oneof![1 => Just(0_usize), 9 => Just(all_questions() + 18)];
    (start, proptest::collection::vec(op(), 1..170)).prop_map(|(start, ops)| {
        let ready = std::iter::repeat_n(Op::Next, start);
        ready.chain(ops).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: crate::support::counts::count(100, 100_000),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_session_gone_on_with_is_the_one_that_was_cut_off(ops in ops()) {
        let mut session = RecordedSession::new();
        for op in ops {
            session.play(&op);
        }
        session.crash(Duration::from_secs(60), 0, false);
    }
}

/// The sequences see what they are for: without this the property could hold because nothing ever rolled.
#[test]
fn random_sessions_roll_pause_crash_and_finish() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = recorded_session::Seen::default();
    for _ in 0..100 {
        let ops = ops().new_tree(&mut runner).unwrap();
        let mut session = RecordedSession::new();
        for op in proptest::strategy::ValueTree::current(&ops) {
            session.play(&op);
        }
        seen.add(&session.seen);
    }
    assert!(seen.is_whole(), "{seen:?}");
}
