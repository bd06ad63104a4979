//! The real program on a real data folder, without a terminal: it is started, driven, killed and started again, with
//! every clock of the computer moved by hand.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use dermaroll::content::Sources;
use dermaroll::content::keymap::Key;
use dermaroll::cues::Notifier;
use dermaroll::tui::clock::ClockSampler;
use dermaroll::tui::controller::Controller;
use dermaroll::tui::run::{Flow, Input, Program};
use dermaroll::tui::ui::{Ink, Theme};
use engine::protocol::{Kind, Micrometres};
use engine::safety::Roller;
use engine::session::EventKind;
use engine::timeline::{Boot, Moment, Now, Wall};
use platform::clock::Reading;
use ratatui::style::Modifier;
use store::record::ledger::Condition;
use store::record::{self, Disk, Ledger, OsDisk, Totals};
use store::recorder::Recorder;
use store::startup::{self, ClockReading};

use super::program::{app, own, protocols, questions, snapshot};
use super::window::Window;

/// Sun 22 Nov 2026, 19:30 in UTC+1.
const EVENING: i64 = 1_795_372_200;

/// A computer: its clocks and its disk.
pub struct Computer {
    home: tempfile::TempDir,
    awake: Duration,
    asleep: Duration,
    unix: i64,
    boot: String,
    /// Own files in place of the built-in ones.
    pub sources: Sources,
    pub size: (u16, u16),
    /// What the record is written to.
    pub disk: Arc<dyn Disk>,
    /// Bars move and the screen may turn.
    pub motion: bool,
    pub theme: Theme,
}

/// The program while it runs.
pub struct ProgramRun<'a> {
    computer: &'a mut Computer,
    controller: Controller,
    clock: ClockSampler,
    now: Now,
    pub screen: String,
    window: Window,
    pub left: Option<u8>,
    /// Bells so far.
    pub rung: u32,
    /// What was said so far, by a voice or in lines.
    pub heard: Vec<String>,
}

impl Computer {
    pub fn new() -> Computer {
        let computer = Computer {
            home: tempfile::tempdir().unwrap(),
            awake: Duration::from_secs(50_000),
            asleep: Duration::ZERO,
            unix: EVENING,
            boot: "7f0c9a52-1a77-4f0e-9d57-0a3c7c1b2d3e".to_owned(),
            sources: Sources::default(),
            size: (80, 24),
            disk: OsDisk::shared(),
            motion: true,
            theme: Theme::shipped(Ink::Full, false),
        };
        let roller = Roller { id: "blue".into(), name: "blue 0.13".into(), needle: Micrometres(130), uses: 0 };
        Ledger::new(computer.home.path()).enter_roller(&roller, Condition::Used).unwrap();
        Ledger::new(computer.home.path()).add_serum("plain", None, None, Wall::default()).unwrap();
        computer
    }

    /// Time goes by with the computer on and the program off.
    pub fn pass(&mut self, span: Duration) -> &mut Computer {
        self.awake += span;
        self.unix += i64::try_from(span.as_secs()).unwrap();
        self
    }

    pub fn minutes(&mut self, count: u64) -> &mut Computer {
        self.pass(Duration::from_secs(60 * count))
    }

    /// The computer sleeps.
    pub fn asleep_for(&mut self, span: Duration) -> &mut Computer {
        self.asleep += span;
        self.unix += i64::try_from(span.as_secs()).unwrap();
        self
    }

    /// The computer is started anew; it takes so long.
    pub fn reboot(&mut self, span: Duration) -> &mut Computer {
        self.pass(span);
        self.awake = Duration::from_secs(10);
        self.asleep = Duration::ZERO;
        self.boot = format!("{}'", self.boot);
        self
    }

    /// Somebody sets the wall clock by so many seconds.
    pub fn set_clock(&mut self, seconds: i64) -> &mut Computer {
        self.unix += seconds;
        self
    }

    pub(crate) fn reading(&self) -> Reading {
        Reading { awake: self.awake, boot: Some(self.awake + self.asleep), unix: self.unix }
    }

    pub fn sessions(&self) -> Vec<PathBuf> {
        record::listing::files(self.home.path()).0
    }

    pub fn record(&self) -> record::Reading {
        record::read(&self.sessions()[0]).unwrap()
    }

    pub fn entries(&self, kind: EventKind) -> usize {
        self.record().entries.iter().filter(|entry| entry.event.kind() == kind).count()
    }

    pub fn text(&self) -> String {
        std::fs::read_to_string(&self.sessions()[0]).unwrap()
    }

    pub fn root(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// The program as the command line puts it together, with its clock.
    pub(crate) fn controller(&self, kind: Kind) -> (Controller, ClockSampler, Now) {
        let protocols = protocols(&self.sources);
        let mut clock = ClockSampler::with_offsets(self.reading(), |_| 3_600);
        let (now, _) = clock.sample(self.reading(), None);
        let up = Duration::from_millis(u64::try_from((self.awake + self.asleep).as_millis()).unwrap());
        let clocks =
            ClockReading { wall: now.wall, boot: Some(Boot { id: self.boot.clone(), up }), moment: now.moment };
        let home = self.home.path();
        let totals = Totals::read(home);
        let (startup, interrupted) = startup::load(home, &totals, &protocols.session, own(), &clocks);
        let theme = self.theme.clone();
        let recorder = Recorder::on(self.disk.clone(), self.home.path().to_owned(), false);
        let mut app = app(protocols, startup);
        app.motion = self.motion;
        let mut controller = Controller::new(app, recorder, theme, Notifier::with_bell(true));
        controller.start(kind, interrupted, now);
        (controller, clock, now)
    }

    /// Starts the program as the command line does.
    pub fn start(&mut self) -> ProgramRun<'_> {
        let (controller, clock, now) = self.controller(Kind::Session);
        let window = Window::new(self.size);
        let mut run = ProgramRun {
            computer: self,
            controller,
            clock,
            now,
            screen: String::new(),
            window,
            left: None,
            rung: 0,
            heard: Vec::new(),
        };
        run.draw();
        run
    }
}

impl ProgramRun<'_> {
    fn sample(&mut self, asked: Option<Moment>) {
        let (now, gap) = self.clock.sample(self.computer.reading(), asked);
        self.now = now;
        if let Some(gap) = gap {
            self.tell(Input::Gap(gap));
        }
    }

    pub fn tell(&mut self, input: Input) {
        if let Flow::Leave(status) = self.controller.handle(input, self.now) {
            self.left = Some(status);
        }
    }

    fn listen(&mut self) {
        self.heard.extend(self.controller.take_said().into_iter().map(|said| said.words));
        let bells = self.controller.utter(self.now).into_iter().filter(|byte| *byte == 7).count();
        self.rung += u32::try_from(bells).unwrap();
    }

    fn draw(&mut self) {
        self.listen();
        for _ in 0..2 {
            if self.controller.is_changed(self.now) {
                self.draw_now();
            }
        }
    }

    fn draw_now(&mut self) {
        let (controller, now) = (&mut self.controller, self.now);
        self.window.draw(self.computer.size, |frame| controller.draw(frame, now));
        self.screen = self.window.text();
    }

    /// How much of the screen is in reverse, in cells.
    pub fn turned(&self) -> usize {
        self.window.buffer().content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count()
    }

    /// The style of each cell as a letter, row by row; rows without any are empty.
    fn styles(&self) -> Vec<String> {
        let rows = self.window.buffer().content.chunks(usize::from(self.computer.size.0));
        rows.map(|row| row.iter().map(mark).collect::<String>().trim_end().to_owned()).collect()
    }

    /// The same screen in a window of another size, which is as it was afterwards.
    pub fn at(&mut self, size: (u16, u16)) -> (String, Vec<String>) {
        let before = std::mem::replace(&mut self.computer.size, size);
        self.draw_now();
        let seen = (self.screen.clone(), self.styles());
        self.computer.size = before;
        self.draw_now();
        seen
    }

    /// Time goes by as the loop lets it: from deadline to deadline.
    pub fn pass(&mut self, span: Duration) -> &mut Self {
        self.elapse(span);
        self.draw();
        self
    }

    /// Nothing is drawn, since nobody looks at the frames in between; what sounds is heard all the same.
    fn elapse(&mut self, span: Duration) {
        let until = self.now.moment.plus(span);
        while let Some(deadline) = self.controller.deadline(self.now).filter(|deadline| *deadline <= until) {
            self.computer.pass_exactly(deadline.since(self.now.moment));
            self.sample(Some(deadline));
            self.tell(Input::Due);
            self.listen();
        }
        self.computer.pass_exactly(until.since(self.now.moment));
        self.sample(None);
    }

    pub fn seconds(&mut self, count: u64) -> &mut Self {
        self.pass(Duration::from_secs(count))
    }

    /// The computer sleeps with the program running.
    pub fn asleep_for(&mut self, span: Duration) -> &mut Self {
        self.computer.asleep_for(span);
        self.sample(None);
        self.draw();
        self
    }

    /// A key, a second after the last one.
    pub fn key(&mut self, key: Key) -> &mut Self {
        self.elapse(Duration::from_millis(900));
        self.press(key)
    }

    /// A key at once.
    pub fn press(&mut self, key: Key) -> &mut Self {
        self.tell(Input::Key(key.into()));
        self.pass(Duration::from_millis(100))
    }

    /// A letter with Ctrl, a second after the last key.
    pub fn control(&mut self, letter: char) -> &mut Self {
        self.elapse(Duration::from_millis(900));
        self.tell(Input::Key(Key::Ctrl(letter).into()));
        self.pass(Duration::from_millis(100))
    }

    /// Keys one after the other; a blank is the space bar.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.key(Key::Char(key));
        }
        self
    }

    /// A field is filled and kept with one key.
    pub fn typed_at_once(&mut self, text: &str) -> &mut Self {
        self.tell(Input::Paste(text.to_owned()));
        self.pass(Duration::from_millis(900));
        self.tell(Input::Key(Key::Enter.into()));
        self.pass(Duration::from_millis(100))
    }

    /// A countdown runs that needs no key.
    #[allow(dead_code)]
    pub fn hands_are_busy(&self) -> bool {
        self.controller.hands_are_busy()
    }

    /// The terminal closes, or the program is told to end.
    pub fn ended(mut self) {
        self.tell(Input::End);
    }

    /// Dies without a word, as by a power cut.
    pub fn killed(self) {}

    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        assert!(self.screen.contains(text), "no {text:?} on\n{}", self.screen);
        self
    }

    #[track_caller]
    pub fn shows_not(&mut self, text: &str) -> &mut Self {
        assert!(!self.screen.contains(text), "{text:?} on\n{}", self.screen);
        self
    }

    /// From the welcome screen to the first question.
    pub fn soaking(&mut self) -> &mut Self {
        self.key(Key::Enter).keys(" ")
    }

    /// Every question answered with no, confirmed.
    pub fn answered(&mut self) -> &mut Self {
        self.no(questions()).seconds(6).keys("c")
    }

    /// As many questions answered with no.
    pub fn no(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            self.keys("n");
        }
        self
    }

    /// From the verdict, soak finished, to the last key.
    pub fn hands_free(&mut self) -> &mut Self {
        self.keys("sdy ")
    }

    /// From the welcome screen to the beginning of the first stroke.
    pub fn rolling(&mut self) -> &mut Self {
        self.soaking().answered().seconds(600).hands_free();
        // A minute to prepare and five seconds to get ready, less the tenth that the last key took.
        self.pass(Duration::from_millis(155_000 - 40))
    }

    /// The whole screen as it is kept in `tests/snapshots`.
    #[track_caller]
    pub fn snapshot(&mut self, name: &str) -> &mut Self {
        let (width, height) = self.computer.size;
        snapshot(&format!("{name}@{width}x{height}"), &self.screen);
        self
    }
}

/// b bold, d dim, u underlined, r reverse, B bold and reverse, c in colour, ! bold in colour.
fn mark(cell: &ratatui::buffer::Cell) -> char {
    let has = |what| cell.modifier.contains(what);
    let coloured = cell.fg != ratatui::style::Color::Reset;
    match (coloured, has(Modifier::BOLD), has(Modifier::REVERSED), has(Modifier::DIM), has(Modifier::UNDERLINED)) {
        (true, true, ..) => '!',
        (true, false, ..) => 'c',
        (false, true, true, ..) => 'B',
        (false, true, false, ..) => 'b',
        (false, false, true, ..) => 'r',
        (false, false, false, true, _) => 'd',
        (false, false, false, false, true) => 'u',
        (false, false, false, false, false) => ' ',
    }
}

impl Computer {
    /// The wall clock counts whole seconds of the time awake and asleep since the evening began.
    pub(crate) fn pass_exactly(&mut self, span: Duration) {
        let before = self.awake.as_secs();
        self.awake += span;
        self.unix += i64::try_from(self.awake.as_secs() - before).unwrap();
    }
}
