//! The clock matrix: whatever is done to the clocks of the computer, no second is counted that was not rolled and none
//! that the roller did not lie in the liquid. One clock is the truth and is known to nobody but the test.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::content;
use dermaroll::tui::clock::{ClockSampler, Gap};
use engine::protocol::{ItemIx, Kind, Micrometres, Section};
use engine::safety::{Answer, Roller};
use engine::session::{Due, Event, Judgement, Kept, PauseCause, Session, Stage, Step};
use engine::timeline::{Moment, Now};
use platform::clock::Reading;

use crate::support::counts::count;

const SECOND: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy)]
enum Trick {
    Suspend(u64),
    SetWall(i64),
    WallTo(i64),
    /// Milliseconds that were seen since the last second, and for which it was frozen.
    Freeze(u64, u64),
    /// Milliseconds that were seen since the last second, and for which it was frozen before a minute of sleep and after.
    LidShut(u64, u64),
    AwakeBack(u64),
    Nothing,
}

struct Bench {
    clock: ClockSampler,
    session: Session,
    reading: Reading,
    /// When the program was awake last.
    awake_at: Moment,
    /// Halts for a stall.
    stalls: u32,
    /// True seconds for which a stroke was shown and the program ran.
    rolled: Duration,
    /// True time in the liquid.
    soaked: Option<Duration>,
    said_done: bool,
    /// The clocks tell the truth as far as they can.
    honest: bool,
}

impl Bench {
    fn new(unix: i64, boot: bool, offsets: fn(i64) -> i32) -> Bench {
        let reading = Reading { awake: SECOND * 1_000, boot: boot.then_some(SECOND * 5_000), unix };
        Bench {
            clock: ClockSampler::with_offsets(reading, offsets),
            session: Session::begin(Arc::new(content::built_in(Kind::Session).unwrap())),
            reading,
            awake_at: Moment::ZERO,
            stalls: 0,
            rolled: Duration::ZERO,
            soaked: None,
            said_done: false,
            honest: true,
        }
    }

    /// True time goes by; how far the clocks follow is up to the trick.
    fn truth(&mut self, span: Duration, runs: bool) {
        if let Some(Step::Running { due: Due::Stroke { .. }, .. }) = self.session.step() {
            self.rolled += if runs { span } else { Duration::ZERO };
        }
        if let Some(soaked) = &mut self.soaked {
            *soaked += span;
        }
    }

    fn sample(&mut self, asked: bool) {
        let moment = self.clock.moment(self.reading);
        let asked = asked.then(|| self.session.deadline().map_or(moment, |deadline| deadline.min(moment)));
        self.tell(asked);
    }

    /// As the loop tells it.
    fn tell(&mut self, asked: Option<Moment>) {
        let before = self.awake_at;
        let (now, gap) = self.clock.sample(self.reading, asked);
        match gap {
            Some(Gap::Slept(span)) => drop(self.session.handle(Event::Slept { span }, Now { moment: before, ..now })),
            Some(Gap::Stalled(span)) => {
                self.stalls += u32::from(!self.session.handle(Event::Stalled { span }, now).is_empty());
            }
            None => {}
        }
        self.awake_at = now.moment;
        self.session.run_out(now);
        self.check();
    }

    /// The moment for which the program asked to be woken: while something counts, the next second.
    fn asked(&self) -> Moment {
        let tick = self.awake_at.plus(SECOND);
        self.session.deadline().map_or(tick, |deadline| deadline.min(tick))
    }

    fn clocks_run(&mut self, span: Duration) {
        self.reading.awake += span;
        self.reading.boot = self.reading.boot.map(|boot| boot + span);
    }

    fn check(&mut self) {
        if !self.honest {
            return;
        }
        let counted: Duration = Section::ALL.into_iter().map(|section| self.session.progress()[section].rolled()).sum();
        assert!(counted <= self.rolled, "{counted:?} counted, {:?} rolled", self.rolled);
        if self.session.contact().is_done() && !self.said_done {
            self.said_done = true;
            let soaked = self.soaked.unwrap();
            assert!(soaked >= SECOND * 600, "soaked for {soaked:?} only");
        }
    }

    fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.truth(SECOND, true);
            self.reading.awake += SECOND;
            self.reading.boot = self.reading.boot.map(|boot| boot + SECOND);
            self.reading.unix += 1;
            self.sample(true);
        }
    }

    fn play(&mut self, trick: Trick) {
        match trick {
            Trick::Suspend(seconds) => {
                self.truth(SECOND * u32::try_from(seconds).unwrap(), false);
                self.reading.boot = self.reading.boot.map(|boot| boot + Duration::from_secs(seconds));
                self.reading.unix += i64::try_from(seconds).unwrap();
                self.sample(false);
            }
            Trick::SetWall(step) => {
                self.reading.unix += step;
                self.sample(false);
            }
            Trick::WallTo(unix) => {
                self.reading.unix = unix;
                self.sample(false);
            }
            Trick::Freeze(seen, frozen) => {
                let (seen, frozen) = (Duration::from_millis(seen), Duration::from_millis(frozen));
                let (stalls, asked) = (self.stalls, self.asked());
                let runs = matches!(self.session.step(), Some(Step::Running { .. }));
                self.truth(seen, true);
                // Within two seconds nobody stops rolling.
                self.truth(frozen, frozen < SECOND * 2);
                self.clocks_run(seen + frozen);
                self.reading.unix += i64::try_from((seen + frozen).as_secs()).unwrap();
                self.tell(Some(asked.min(self.clock.moment(self.reading))));
                assert!(!runs || frozen < SECOND * 2 || self.stalls > stalls, "{seen:?} {frozen:?} is not noticed");
                assert!(frozen >= SECOND || self.stalls == stalls, "{seen:?} {frozen:?} is taken for a stall");
            }
            Trick::LidShut(seen, frozen) => {
                let (seen, frozen) = (Duration::from_millis(seen), Duration::from_millis(frozen));
                let asked = self.asked();
                self.truth(seen, true);
                self.truth(frozen * 2 + SECOND * 60, false);
                self.clocks_run(seen + frozen * 2);
                self.reading.boot = self.reading.boot.map(|boot| boot + SECOND * 60);
                self.reading.unix += i64::try_from((seen + frozen * 2).as_secs()).unwrap() + 60;
                self.tell(Some(asked.min(self.clock.moment(self.reading))));
            }
            Trick::AwakeBack(seconds) => {
                self.reading.awake = self.reading.awake.saturating_sub(Duration::from_secs(seconds));
                self.sample(false);
            }
            Trick::Nothing => {}
        }
    }

    fn send(&mut self, event: Event) -> bool {
        let (now, _) = self.clock.sample(self.reading, None);
        self.awake_at = now.moment;
        let taken = !self.session.handle(event, now).is_empty();
        self.check();
        taken
    }

    /// What a person does next; time goes by where it must.
    fn next(&mut self) {
        let event = match self.session.stage() {
            Stage::Sterilise if self.session.roller().is_none() => {
                Event::RollerTaken(Roller { id: "b".into(), name: "b".into(), needle: Micrometres(130), uses: 0 })
            }
            Stage::Sterilise => {
                (self.soaked, self.said_done) = (Some(Duration::ZERO), false);
                Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO })
            }
            Stage::Checklist => match self.session.answers().next_open(ItemIx(0)) {
                Some(item) => Event::Answered { item, answer: Answer::No },
                None => Event::ListConfirmed { verdict: Judgement::Clear },
            },
            Stage::Verdict(_) if self.session.contact().is_done() => Event::SetUp,
            Stage::LastTouch(last) if !last.skin_ready => Event::SkinReady,
            Stage::LastTouch(last) if last.heard.is_none() => Event::CuesHeard { heard: true },
            Stage::LastTouch(_) => Event::HandsFree,
            Stage::HandsFree(hands_free) if matches!(hands_free.step, Step::Paused(_)) => Event::WentOn,
            Stage::Verdict(_) | Stage::HandsFree(_) | Stage::After { .. } | Stage::Ended => return self.wait(7),
        };
        self.wait(1);
        self.send(event);
    }
}

fn zone(unix: i64) -> i32 {
    // Summer time comes at one point and goes at another; in between somebody travels.
    match unix.rem_euclid(7_200) {
        0..2_000 => 3_600,
        2_000..4_000 => 7_200,
        4_000..5_000 => -34_200,
        _ => 3_600,
    }
}

/// A trick is played at every so many steps of the session.
fn stride() -> usize {
    count(9, 1) as usize
}

#[test]
fn no_clock_counts_what_was_not_rolled_or_soaked() {
    let tricks = [
        Trick::Nothing,
        Trick::Suspend(600),
        Trick::Suspend(90),
        Trick::SetWall(3_600),
        Trick::SetWall(-3_600),
        Trick::WallTo(0),
        Trick::WallTo(-1),
        Trick::WallTo(i64::from(u32::MAX) + 10),
        Trick::WallTo(i64::MAX - 1_000_000),
        Trick::Freeze(0, 10_000),
        Trick::Freeze(0, 3_600_000),
        Trick::Freeze(300, 3_000),
        Trick::Freeze(999, 12_000),
        Trick::Freeze(0, 2_000),
        Trick::Freeze(999, 2_000),
        Trick::Freeze(500, 1_999),
        Trick::Freeze(900, 999),
        Trick::LidShut(700, 0),
        Trick::LidShut(300, 2_500),
        Trick::AwakeBack(5),
        Trick::AwakeBack(100_000),
    ];
    let mut finished = 0;
    let stride = stride();
    for unix in [0, 1_795_372_200, i64::from(u32::MAX) - 300] {
        for trick in tricks {
            for step in (0..140).step_by(stride) {
                let mut bench = Bench::new(unix, true, zone);
                for _ in 0..step {
                    bench.next();
                }
                bench.play(trick);
                for _ in step..220 {
                    bench.next();
                }
                finished += u32::from(bench.session.summary().is_some());
            }
        }
    }
    assert!(finished > 10, "{finished} sessions came to their end");
}

/// Without a clock that runs through sleep the wall clock is the witness of it; set back, it gives no credit.
#[test]
fn the_wall_clock_alone_gives_no_credit_when_set_back() {
    for trick in [Trick::Suspend(600), Trick::SetWall(-3_600), Trick::WallTo(0), Trick::Freeze(400, 10_000)] {
        for step in (0..140).step_by(stride()) {
            let mut bench = Bench::new(1_795_372_200, false, zone);
            for _ in 0..step {
                bench.next();
            }
            bench.play(trick);
            for _ in step..220 {
                bench.next();
            }
        }
    }
}

/// No value of the time line is too much for the engine.
#[test]
fn moments_at_their_ends_do_no_harm() {
    use engine::timeline::Wall;
    let ends = [0, 1, u64::MAX / 2, u64::MAX - 1, u64::MAX];
    for first in ends {
        for second in ends {
            let mut bench = Bench::new(0, true, zone);
            bench.honest = false;
            for step in 0..80 {
                bench.next();
                let moment = Moment::from_millis(if step % 2 == 0 { first } else { second });
                let now = Now { moment, wall: Wall { unix: i64::MIN, offset: i32::MAX } };
                for event in [
                    Event::Slept { span: Duration::MAX },
                    Event::Stalled { span: Duration::MAX },
                    Event::Paused { cause: PauseCause::Touch },
                ] {
                    bench.session.handle(event, now);
                }
                bench.session.run_out(now);
                let _ = (bench.session.rolling_left(now), bench.session.session_left(now), bench.session.deadline());
            }
        }
    }
}
