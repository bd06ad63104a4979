//! Time away counts, whatever step the window was closed in: with the real program on a real folder.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::content::{self, Sources};
use engine::session::{Away, Outcome};
use engine::timeline::{Moment, Wall};
use store::record::Totals;
use store::startup::{self, ClockReading};

use crate::support::computer::{Computer, ProgramRun};
use crate::support::program::questions;

/// Rolling, a key, it touched something, soak again.
fn soaking_again(computer: &mut Computer) -> ProgramRun<'_> {
    let mut run = computer.start();
    run.rolling().seconds(8 + 3).keys(" dk").shows("SOAKING AGAIN");
    run
}

#[test]
fn a_soak_in_mid_session_ages_once_it_is_over() {
    for (away, is_stale) in [(9, false), (19, false), (21, true), (3 * 24 * 60, true)] {
        let mut computer = Computer::new();
        soaking_again(&mut computer).killed();
        let mut run = computer.minutes(away).start();
        if is_stale {
            run.shows("soak the roller").keys("g").shows("Sterilise").shows_not("SOAKING AGAIN");
            run.keys(" ").shows("Question 1 of").answered().seconds(600).shows_not("PAUSED");
            run.keys("s").shows("LAST TOUCH").keys("dy ").seconds(156).shows("upper right");
        } else {
            run.shows_not("soak the roller").keys("g").shows(if away < 10 { "SOAKING AGAIN" } else { "PAUSED" });
        }
    }
}

#[test]
fn the_lid_closed_over_a_soak_in_mid_session_counts_too() {
    let mut computer = Computer::new();
    let mut run = soaking_again(&mut computer);
    run.seconds(60).asleep_for(Duration::from_secs(8 * 3_600)).shows("Sterilise").shows("Soak again, answer again");
}

#[test]
fn windows_closed_for_less_than_ten_minutes_add_up() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(3).keys(" ");
    computer.minutes(6).start().shows_not("soak the roller").keys("g").shows("PAUSED");
    computer.minutes(3).start().shows_not("soak the roller").keys("g").shows("PAUSED");
    computer.minutes(2).start().shows("soak the roller").keys("g").shows("Sterilise");
}

#[test]
fn a_clock_set_back_or_a_computer_started_anew_hides_nothing() {
    let tricks: [fn(&mut Computer) -> &mut Computer; 4] = [
        |computer| computer.minutes(3 * 24 * 60).set_clock(-3 * 24 * 3_600),
        |computer| computer.minutes(3 * 24 * 60).set_clock(-30 * 24 * 3_600),
        |computer| computer.reboot(Duration::from_secs(3 * 86_400)),
        |computer| computer.reboot(Duration::from_secs(3 * 86_400)).set_clock(-4 * 86_400),
    ];
    for trick in tricks {
        let mut computer = Computer::new();
        soaking_again(&mut computer).killed();
        trick(&mut computer);
        computer.start().shows("soak the roller").keys("g").shows("Sterilise");
    }
}

/// A computer without a battery for its clock shows the time of its last shutdown.
#[test]
fn a_clock_that_stood_still_while_the_computer_was_off_is_not_believed() {
    let stops: [fn(&mut ProgramRun); 4] = [
        |run| _ = run.soaking().answered().seconds(600).keys("sdy").shows("LAST TOUCH"),
        |run| _ = run.rolling().seconds(3),
        |run| _ = run.rolling().seconds(3).keys(" ").shows("PAUSED"),
        |run| _ = run.rolling().seconds(8 + 3).keys(" dk").shows("SOAKING AGAIN"),
    ];
    for stop in stops {
        for off in [120, 3 * 86_400] {
            let mut computer = Computer::new();
            let mut run = computer.start();
            stop(&mut run);
            run.killed();
            computer.reboot(Duration::from_secs(off)).set_clock(20 - i64::try_from(off).unwrap());
            let mut run = computer.start();
            run.shows("we can't tell how long ago").shows("We can't tell how long you were away");
            run.shows("soak the roller").keys("g").shows("Sterilise");
            run.keys(" ").shows("Question 1 of");
        }
    }
}

#[test]
fn answers_from_before_another_boot_are_asked_again_and_the_soak_counts_by_the_wall_clock() {
    let mut computer = Computer::new();
    computer.start().soaking().answered();
    computer.reboot(Duration::from_secs(180));
    let mut run = computer.start();
    run.shows_not("soak the roller").keys("g").shows("soak 6:");
    run.seconds(400).keys("s").shows_not("LAST TOUCH").shows("Question 1 of");
}

/// As when another window has left it while this one stood open.
#[test]
fn time_away_is_counted_from_when_the_record_was_read() {
    let mut computer = Computer::new();
    computer.start().soaking();
    computer.minutes(3);
    let unix = computer.reading().unix;
    let protocol = Arc::new(content::load(&Sources::default()).unwrap().session);
    let read = Moment::ZERO.plus(Duration::from_secs(3_600));
    let clocks = ClockReading { wall: Wall { unix, offset: 3_600 }, boot: None, moment: read };
    let interrupted =
        startup::interrupted_sessions(Totals::read(&computer.root()).interrupted.iter(), &protocol, &clocks);
    let minutes = |span: Away| match span {
        Away::For { most, .. } => most.as_secs() / 60,
        Away::Unknown => panic!("not known"),
    };
    let candidate = &interrupted.candidates[0];
    assert_eq!(minutes(candidate.away_at(read)), 3);
    assert_eq!(minutes(candidate.away_at(read.plus(Duration::from_secs(120)))), 5);
}

#[test]
fn a_window_closed_in_the_last_touch_leads_back_after_ten_minutes() {
    for (away, screen) in [(9, "LAST TOUCH"), (11, "Sterilise")] {
        let mut computer = Computer::new();
        computer.start().soaking().answered().seconds(600).keys("sdy").shows("LAST TOUCH");
        computer.minutes(away).start().keys("g").shows(screen).keys(" ").shows_not("PREPARE");
    }
}

/// The list alone: the roller is in the liquid.
#[test]
fn answers_two_hours_old_are_asked_again_after_a_soak_in_mid_session() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().answered().seconds(110 * 60).hands_free().seconds(160).keys(" dk").shows("SOAKING AGAIN");
    run.seconds(11 * 60).shows("Question 1 of").answered().keys("s").shows("LAST TOUCH");
}

/// A stop is kept as what it is, however little the clocks can say.
#[test]
fn a_stop_stays_one_after_any_time() {
    for days in [1, 40] {
        let mut computer = Computer::new();
        let mut run = computer.start();
        run.soaking().keys("y").no(questions() - 1).seconds(6).keys("c").shows("NO ROLLING TODAY");
        run.killed();
        computer.reboot(Duration::from_secs(days * 86_400));
        drop(computer.start());
        assert_eq!(computer.record().summary.unwrap().outcome, Outcome::StoppedByList);
    }
}
