//! One session with its record as text, a monitor that counts rolled time by its own clock, and crashes.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use dermaroll::content::{self, Sources, TimeName};
use engine::protocol::{Kind, Micrometres, PerSection, Protocol, Section};
use engine::safety::{Answer, Roller, Verdict};
use engine::session::{Away, Due, Effect, Entry, Event, Kept, Session, Stage, Step, Summary};
use engine::timeline::{Boot, Moment, Now, Wall};
use store::record::{self, FilePart, Header, Reading, RecordedEntry, Start, SummaryFields};

static USUAL: LazyLock<Arc<Protocol>> = LazyLock::new(|| Arc::new(content::built_in(Kind::Session).unwrap()));
/// The same with a longer stroke, so that what was rolled has to be carried over.
static OTHER: LazyLock<Arc<Protocol>> = LazyLock::new(|| {
    let times = [(TimeName::Stroke, Duration::from_secs(10))].into_iter().collect();
    Arc::new(content::load(&Sources { times, ..Sources::default() }).unwrap().session)
});

const EVENING: i64 = 1_795_372_200;

#[derive(Debug, Clone)]
pub(crate) enum Op {
    /// What a person would do next.
    Next,
    /// Something else, sensible or not.
    Any(Event),
    /// Time goes by as the loop lets it.
    Pass(Duration),
    /// The computer sleeps.
    Sleep(Duration),
    /// The program cannot run for a while.
    Stall(Duration),
    /// The program dies and is started again after a while; the wall clock was set, the computer started anew.
    Crash { away: Duration, step: i64, boot: bool },
    /// It dies and is started again under another protocol.
    OtherProtocol,
}

/// What was seen at all.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    rolled: u32,
    cut_off: u32,
    crashes_in_mid_stroke: u32,
    stale: u32,
    carried: u32,
    finished: u32,
    stopped_by_list: u32,
}

impl Seen {
    pub(crate) fn add(&mut self, other: &Seen) {
        self.rolled += other.rolled;
        self.cut_off += other.cut_off;
        self.crashes_in_mid_stroke += other.crashes_in_mid_stroke;
        self.stale += other.stale;
        self.carried += other.carried;
        self.finished += other.finished;
        self.stopped_by_list += other.stopped_by_list;
    }

    pub(crate) fn is_whole(&self) -> bool {
        [self.rolled, self.cut_off, self.crashes_in_mid_stroke, self.stale, self.carried, self.finished]
            .iter()
            .all(|count| *count >= 3)
    }
}

pub(crate) struct RecordedSession {
    session: Session,
    protocol: Arc<Protocol>,
    /// On the session's own time line.
    moment: Moment,
    /// Clocks of the computer: its boot, how long it has been up, and the wall.
    boot: u32,
    up: Duration,
    unix: i64,
    header: Header,
    text: String,
    closed: bool,
    /// By the monitor's own clock: how long the drum could have been on each section.
    attended: PerSection<Duration>,
    pub(crate) seen: Seen,
}

impl RecordedSession {
    pub(crate) fn new() -> RecordedSession {
        let protocol = USUAL.clone();
        let up = Duration::from_secs(5_000);
        let mut start = Start::of(&protocol, Wall { unix: EVENING, offset: 0 }).unwrap();
        start.boot = Some(Boot { id: "0".into(), up });
        let header = Header::new(&start, "20261122T183000Z-ab12");
        RecordedSession {
            session: Session::begin(protocol.clone()),
            protocol,
            moment: Moment::ZERO,
            boot: 0,
            up,
            unix: EVENING,
            text: header.to_text(),
            header,
            closed: false,
            attended: PerSection::from_fn(|_| Duration::ZERO),
            seen: Seen::default(),
        }
    }

    fn now(&self) -> Now {
        Now { moment: self.moment, wall: Wall { unix: self.unix, offset: 0 } }
    }

    pub(crate) fn play(&mut self, op: &Op) {
        match op {
            Op::Next => self.next(),
            Op::Any(event) => {
                self.send(event.clone());
            }
            Op::Pass(span) => self.pass(*span),
            Op::Sleep(span) => {
                self.clocks(*span);
                self.send(Event::Slept { span: *span });
            }
            Op::Stall(span) => {
                // The time line runs on, the person may roll on; nothing of it is credited.
                self.moment = self.moment.plus(*span);
                self.clocks(*span);
                self.send(Event::Stalled { span: *span });
            }
            Op::Crash { away, step, boot } => self.crash(*away, *step, *boot),
            Op::OtherProtocol => {
                let other = if Arc::ptr_eq(&self.protocol, &USUAL) { OTHER.clone() } else { USUAL.clone() };
                self.start_again(&other);
            }
        }
        self.check();
    }

    /// Sends `event`; true when it was taken. What it leads to is recorded as the product records it.
    fn send(&mut self, event: Event) -> bool {
        let effects = self.session.handle(event, self.now());
        self.keep(&effects)
    }

    fn keep(&mut self, effects: &[Effect]) -> bool {
        for effect in effects {
            match effect {
                Effect::Record(entry) => self.record(entry),
                Effect::Close(summary) => self.close(summary),
                Effect::Cue(_) | Effect::RetireRoller { .. } | Effect::Leave => {}
            }
        }
        !effects.is_empty()
    }

    fn record(&mut self, entry: &Entry) {
        let part = if self.closed { FilePart::AfterSummary } else { FilePart::BeforeSummary };
        self.text.push_str(&RecordedEntry::of(&self.protocol, entry).unwrap().to_text(part, &self.header.sum).unwrap());
    }

    fn close(&mut self, summary: &Summary) {
        assert!(!self.closed, "a session is closed once");
        self.closed = true;
        let fields = SummaryFields::of(&self.protocol, summary, self.session.entries()).unwrap();
        self.text.push_str(&fields.to_text(&self.header.sum));
        self.seen.finished += u32::from(summary.sections_done() == 5);
    }

    /// The clocks of the computer go on.
    fn clocks(&mut self, span: Duration) {
        self.up = self.up.saturating_add(span);
        self.unix = self.unix.saturating_add(i64::try_from(span.as_secs()).unwrap_or(i64::MAX));
    }

    fn pass(&mut self, span: Duration) {
        let until = self.moment.plus(span);
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= until) {
            self.go_to(deadline.max(self.moment));
            let effects = self.session.run_out(self.now());
            assert!(self.keep(&effects), "a deadline brings nothing");
        }
        self.go_to(until);
    }

    fn go_to(&mut self, moment: Moment) {
        let span = moment.since(self.moment);
        if let Some(Step::Running { due: Due::Stroke { section, .. }, .. }) = self.session.step() {
            self.attended[section] = self.attended[section].saturating_add(span);
            self.seen.rolled += 1;
        }
        self.clocks(span);
        self.moment = moment;
    }

    fn next(&mut self) {
        let event = match self.session.stage() {
            Stage::Sterilise if self.session.roller().is_none() => Event::RollerTaken(self.free_roller()),
            Stage::Sterilise => Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO }),
            Stage::Checklist => match self.session.answers().next_open(engine::protocol::ItemIx(0)) {
                Some(item) => Event::Answered { item, answer: Answer::No },
                None => {
                    self.pass(Duration::from_secs(60));
                    Event::confirmation(&self.session.judge().unwrap())
                }
            },
            Stage::Verdict(Verdict::Clear(_)) if self.session.contact().is_done() => Event::SetUp,
            Stage::Verdict(Verdict::Clear(_)) => return self.pass(Duration::from_secs(600)),
            Stage::Verdict(Verdict::Stop(_)) => Event::ListReopened,
            Stage::LastTouch(last) if !last.skin_ready => Event::SkinReady,
            Stage::LastTouch(last) if last.heard.is_none() => Event::CuesHeard { heard: true },
            Stage::LastTouch(_) => Event::HandsFree,
            Stage::HandsFree(hands_free) => match hands_free.step {
                Step::Running { .. } => return self.pass(Duration::from_secs(9)),
                Step::Paused(_) => Event::WentOn,
                Step::RollerTouched(_) if self.session.unfit().is_some() => Event::RollerSwapped {
                    roller: self.free_roller(),
                    kept: Kept::InLiquid { already: Duration::from_secs(600) },
                    acknowledged: false,
                },
                Step::RollerTouched(_) => Event::SoakedAgain,
                Step::SoakingAgain(_) => return self.pass(Duration::from_secs(700)),
                Step::Advice => Event::AdviceRead,
            },
            Stage::After { .. } | Stage::Ended => return,
        };
        self.send(event);
    }

    /// One that nothing is known against.
    fn free_roller(&self) -> Roller {
        let mut ids = (1..).map(|number| format!("roller-{number}"));
        let id = ids.find(|id| !self.session.is_barred(id)).unwrap();
        Roller { name: id.clone(), id, needle: Micrometres(130), uses: 0 }
    }

    /// The program dies. Its record is read back as the next start reads it.
    fn read_back(&self) -> Reading {
        let reading = record::read::parse(self.text.as_bytes()).unwrap();
        assert!(reading.damage.is_empty(), "{:?}", reading.damage);
        reading
    }

    fn replayed(&self, reading: &Reading) -> Session {
        let entries = reading.events(&self.protocol).unwrap();
        let (session, refused) = Session::replay(self.protocol.clone(), &entries);
        assert_eq!(refused, None);
        assert_same(&session, &self.session);
        session
    }

    pub(crate) fn crash(&mut self, away: Duration, step: i64, boot: bool) {
        let reading = self.read_back();
        let session = self.replayed(&reading);
        if self.closed {
            return;
        }
        let before = Before::of(&session);
        self.seen.crashes_in_mid_stroke += u32::from(before.under_drum.is_some());
        self.session = session;
        // The time line stood still since the last entry; the clocks did not.
        let last = reading.entries.last().map_or(0, |fields| fields.t);
        self.moment = Moment::from_millis(last);
        self.clocks(away);
        self.unix = self.unix.saturating_add(step);
        if boot {
            self.boot += 1;
            self.up = Duration::from_secs(20).min(away);
        }
        let present = Boot { id: self.boot.to_string(), up: self.up };
        let away = record::downtime(&reading, self.session.stands_still(), self.now().wall, Some(&present));
        assert!(!boot || !self.session.stands_still() || away == Away::Unknown, "no clock tells how long it was off");
        let foretold = self.session.again_after(away, self.now()).is_some();
        assert!(self.send(Event::Resumed { away, boot: Some(present) }), "{:?}", self.session.stage());
        self.check_resumed(&before, foretold);
    }

    fn check_resumed(&mut self, before: &Before, foretold: bool) {
        assert!(!matches!(self.session.step(), Some(Step::Running { .. })), "nothing runs by itself");
        for (section, progress) in self.session.progress().iter() {
            assert_eq!(progress.rolled(), before.rolled[section], "recorded seconds are kept, none is gained");
            if before.under_drum == Some(section) {
                assert_eq!(progress.cut_off, before.cut_off[section] + 1);
                self.seen.cut_off += 1;
            } else {
                assert_eq!(progress.cut_off, before.cut_off[section]);
            }
        }
        let stale = self.session.stage() == &Stage::Sterilise && before.was_beyond_soak;
        assert!(!stale || foretold, "what was not foretold does not happen");
        assert!(!foretold || self.session.stage() == &Stage::Sterilise, "what was foretold happens");
        self.seen.stale += u32::from(stale);
    }

    /// Started again under `other`: what was rolled is carried over, soak and list come first.
    fn start_again(&mut self, other: &Arc<Protocol>) {
        let reading = self.read_back();
        if self.closed {
            return;
        }
        self.replayed(&reading);
        let before = Before::of(&self.session);
        self.moment = Moment::from_millis(reading.entries.last().map_or(0, |fields| fields.t));
        self.protocol = other.clone();
        self.session = Session::begin_after(other.clone(), u32::try_from(reading.entries.len()).unwrap());
        let change = Event::change_to(other);
        assert!(self.send(change));
        for carried in reading.rolled() {
            assert!(self.send(Event::CarriedOver(carried.clone())), "{carried:?}");
            self.seen.carried += 1;
        }
        let boot = Boot { id: self.boot.to_string(), up: self.up };
        self.send(Event::Resumed { away: Away::Unknown, boot: Some(boot) });
        let is_over = before.rolls_nothing_more(&self.session);
        let stage = if is_over { Stage::After { serum: None } } else { Stage::Sterilise };
        assert_eq!(self.session.stage(), &stage);
        for section in Section::ALL {
            let progress = &self.session.progress()[section];
            assert_eq!(progress.rolled(), before.rolled[section], "{section:?}: recorded seconds are kept");
            let open = before.open[section] && before.under_drum != Some(section);
            assert!(progress.end.is_none() || !open || progress.stroke().is_none(), "{section:?} is not ended");
        }
    }

    fn check(&self) {
        let wall: Duration = self.attended.iter().map(|(_, span)| *span).sum();
        let mut sum = Duration::ZERO;
        for (section, progress) in self.session.progress().iter() {
            sum += progress.rolled();
            let (rolled, attended) = (progress.rolled(), self.attended[section]);
            assert!(rolled <= attended, "{section:?}: {rolled:?} of {attended:?}");
        }
        assert!(sum <= wall);
    }
}

/// All that a session knows but its protocol.
fn state(session: &Session) -> String {
    let whole = format!("{session:?}");
    whole.split_once(", entries: ").unwrap().1.to_owned()
}

/// Says where the two part, not all of both.
fn assert_same(replayed: &Session, live: &Session) {
    if replayed == live {
        return;
    }
    let (replayed, live) = (state(replayed), state(live));
    let at = replayed.bytes().zip(live.bytes()).take_while(|(one, other)| one == other).count();
    let from = at.saturating_sub(60);
    let part = |text: &str| text.get(from..(at + 60).min(text.len())).unwrap_or_default().to_owned();
    panic!("a replay is the live session:\n  {}\n  {}", part(&replayed), part(&live));
}

/// What must be the same after a crash.
struct Before {
    rolled: PerSection<Duration>,
    cut_off: PerSection<u32>,
    open: PerSection<bool>,
    under_drum: Option<Section>,
    was_beyond_soak: bool,
}

impl Before {
    /// Whether all that the protocol asks for was rolled before.
    fn rolls_nothing_more(&self, session: &Session) -> bool {
        let rolled =
            self.rolled.iter().any(|(_, span)| !span.is_zero()) || self.cut_off.iter().any(|(_, cut)| *cut > 0);
        rolled && session.progress().iter().all(|(_, progress)| progress.end.is_some())
    }

    fn of(session: &Session) -> Before {
        Before {
            // A stroke that runs has shown nothing yet but what was halted of it before.
            rolled: PerSection::from_fn(|section| session.progress()[section].rolled()),
            cut_off: PerSection::from_fn(|section| session.progress()[section].cut_off),
            open: PerSection::from_fn(|section| session.progress()[section].end.is_none()),
            under_drum: match session.step() {
                Some(Step::Running { due: Due::Stroke { section, .. }, .. }) => Some(section),
                Some(
                    Step::Running { .. }
                    | Step::Paused(_)
                    | Step::RollerTouched(_)
                    | Step::SoakingAgain(_)
                    | Step::Advice,
                )
                | None => None,
            },
            was_beyond_soak: session.stage() != &Stage::Sterilise,
        }
    }
}
