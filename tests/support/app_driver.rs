//! Drives the real app without a terminal: keys from a script, a clock moved by hand, whole screens as text.

use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::{App, Output, Protocols};
use dermaroll::tui::ui::{self, Ink, Theme};
use dermaroll::tui::view::Form;
use engine::protocol::{Kind, Micrometres};
use engine::safety::{Acquaintance, Knows, Roller};
use engine::session::{Away, Effect, Entry, Event, Session, Summary};
use engine::timeline::{Moment, Now, Wall};
use store::startup::{
    AvailableRoller, DueState, InterruptedSessions, Interruption, LastSession, ResumeCandidate, StartupContext,
    UncountedReport,
};

use super::program::{app, recent, shipped_protocols, snapshot};
use super::window::Window;

/// Sat 22 Nov 2025, 19:30 in UTC+1.
const EVENING: Wall = Wall { unix: 1_763_836_200, offset: 3_600 };

pub const WIDE: (u16, u16) = (80, 24);
pub const NARROW: (u16, u16) = (40, 15);
pub const TINY: (u16, u16) = (20, 5);

pub fn roller(micrometres: u32) -> Roller {
    Roller { id: "blue".into(), name: "blue 0.13".into(), needle: Micrometres(micrometres), uses: 5 }
}

/// Nobody has used the program before.
pub fn first_run() -> StartupContext {
    let session = shipped_protocols().session;
    StartupContext {
        last: None,
        recent: Vec::new(),
        care: Vec::new(),
        was_worrying: false,
        rolled_days_ago: None,
        uncounted: UncountedReport::default(),
        zone_unknown: String::new(),
        profile: String::new(),
        interval_days: 28,
        due: DueState::Due,
        unlisted: Vec::new(),
        ahead: None,
        uses_are_known: true,
        course_done: 0,
        rollers: Vec::new(),
        retired_rollers: Vec::new(),
        unread_rollers: Vec::new(),
        full_questions: session.checklist.items.len(),
        full_contact: session.times.contact,
        serum: String::new(),
        uses_limit: 10,
        bell: true,
        voice: false,
        boot: None,
        cues_heard: None,
        knows: None,
    }
}

/// A month after the last session, with a roller and a serum.
pub fn returning() -> StartupContext {
    StartupContext {
        last: Some(LastSession {
            id: "20261025T183000Z-ab12".into(),
            days_ago: 28,
            done: 2,
            of: 5,
            part: true,
            felt: Some(4),
            note: "upper right pink until Monday".into(),
            check_in: None,
        }),
        recent: recent(EVENING),
        rolled_days_ago: Some(28),
        course_done: 1,
        rollers: vec![AvailableRoller { roller: roller(130), sealed: false, used_before: false }],
        serum: "plain hyaluronic".into(),
        ..first_run()
    }
}

/// A month after a session in which every question was answered in its present wording.
pub fn knowing() -> StartupContext {
    let session = shipped_protocols().session;
    let told = Acquaintance { has_passed: true, sessions_in_course: 1, days_since: Some(28) };
    StartupContext { knows: Knows::of(&session.checklist, &session.rules, told), ..returning() }
}

pub struct AppDriver {
    pub app: App,
    pub moment: Moment,
    pub size: (u16, u16),
    pub entries: Vec<Entry>,
    pub summaries: Vec<Summary>,
    pub outputs: Vec<Output>,
    pub screen: String,
    /// Column and row of the terminal's cursor.
    pub cursor: (u16, u16),
    theme: Theme,
    window: Window,
}

impl AppDriver {
    pub fn new(startup: StartupContext, size: (u16, u16)) -> AppDriver {
        AppDriver::of(Kind::Session, startup, size)
    }

    pub fn of(kind: Kind, startup: StartupContext, size: (u16, u16)) -> AppDriver {
        AppDriver::with(kind, startup, InterruptedSessions::default(), size)
    }

    /// A session that was paused in the first section and cut off there is asked about.
    pub fn interrupted(size: (u16, u16)) -> AppDriver {
        let mut cut_off = AppDriver::rolling(size);
        cut_off.seconds(10).press(Key::Other);
        let entries = cut_off.entries;
        let session = || Session::replay(cut_off.app.protocols.session.clone(), &entries).0;
        let away = Away::For { least: Duration::from_secs(90), most: Duration::from_secs(90) };
        let last = entries.last().unwrap().now;
        let mut preview = session();
        preview.handle(Event::Resumed { away, boot: None }, last);
        let candidate = ResumeCandidate {
            rolled_since: false,
            may_be_cut_short: false,
            id: "20251122T183000Z-ab12".into(),
            started: EVENING,
            serum: String::new(),
            session: session(),
            preview,
            last,
            interruption: Interruption::Paused,
            away,
            found: Moment::ZERO,
            pending: Vec::new(),
            other_protocol: false,
            other_times: false,
            torn: false,
        };
        let interrupted = InterruptedSessions { candidates: vec![candidate], ..InterruptedSessions::default() };
        AppDriver::with(Kind::Session, returning(), interrupted, size)
    }

    fn with(kind: Kind, startup: StartupContext, interrupted: InterruptedSessions, size: (u16, u16)) -> AppDriver {
        AppDriver::begun(app(shipped_protocols(), startup), kind, interrupted, size)
    }

    /// The first screen of a session under another protocol.
    pub fn following(protocols: Protocols, size: (u16, u16)) -> AppDriver {
        AppDriver::begun(app(protocols, returning()), Kind::Session, InterruptedSessions::default(), size)
    }

    fn begun(app: App, kind: Kind, interrupted: InterruptedSessions, size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver {
            app,
            moment: Moment::ZERO,
            size,
            entries: Vec::new(),
            summaries: Vec::new(),
            outputs: Vec::new(),
            screen: String::new(),
            cursor: (0, 0),
            theme: Theme::shipped(Ink::Full, false),
            window: Window::new(size),
        };
        let outputs = driver.app.start(kind, interrupted, driver.now());
        driver.keep(outputs);
        driver.draw();
        driver
    }

    pub fn started(kind: Kind, size: (u16, u16)) -> AppDriver {
        AppDriver::of(kind, returning(), size)
    }

    pub fn now(&self) -> Now {
        Now { moment: self.moment, wall: EVENING.plus(self.moment.since(Moment::ZERO)) }
    }

    pub fn keep(&mut self, outputs: Vec<Output>) {
        for output in &outputs {
            match output {
                Output::Session(Effect::Record(entry)) => self.entries.push(entry.clone()),
                Output::Together(effects) => self.entries.extend(effects.iter().map(|effect| match effect {
                    Effect::Record(entry) => entry.clone(),
                    other => panic!("{other:?} is no entry"),
                })),
                Output::Session(Effect::Close(summary)) => self.summaries.push((**summary).clone()),
                _ => {}
            }
        }
        self.outputs.extend(outputs);
    }

    /// Draws as the loop does: twice when the first frame changes what is allowed.
    pub fn draw(&mut self) {
        self.app.resized(self.size.0, self.size.1, self.now());
        let mut drawn = None;
        for _ in 0..2 {
            let view = self.app.view(self.now(), Form::of_window(self.size.0, self.size.1));
            if drawn.as_ref() == Some(&view) {
                break;
            }
            let (theme, mut seen) = (&self.theme, None);
            self.window.draw(self.size, |frame| seen = Some(ui::draw(&view, theme, frame)));
            self.app.shown(&seen.unwrap(), self.now());
            self.cursor = self.window.cursor();
            self.screen = self.window.text();
            drawn = Some(view);
        }
    }

    /// Time passes as the loop lets it pass: from deadline to deadline.
    pub fn pass(&mut self, span: Duration) -> &mut AppDriver {
        self.elapse(span);
        self.draw();
        self
    }

    fn elapse(&mut self, span: Duration) {
        let until = self.moment.plus(span);
        let mut turns = 0;
        while let Some(deadline) = self.app.deadline(self.now()).filter(|deadline| *deadline <= until) {
            turns += 1;
            assert!(turns < 5_000, "the loop would spin: deadline {deadline:?} at {:?}", self.now());
            self.moment = deadline.max(self.moment);
            let outputs = self.app.due(self.now());
            self.keep(outputs);
        }
        self.moment = until;
        let outputs = self.app.due(self.now());
        self.keep(outputs);
    }

    /// Time passes and nobody looks: nothing is drawn unless another screen stands there.
    pub fn pass_unseen(&mut self, span: Duration) {
        let before = self.app.screen_name().id();
        self.elapse(span);
        if self.app.screen_name().id() != before {
            self.draw();
        }
    }

    pub fn seconds(&mut self, count: u64) -> &mut AppDriver {
        self.pass(Duration::from_secs(count))
    }

    /// A key, a second after the last one.
    pub fn key(&mut self, key: Key) -> &mut AppDriver {
        self.elapse(Duration::from_millis(900));
        self.press(key);
        self.pass(Duration::from_millis(100))
    }

    /// A key, now.
    pub fn press(&mut self, key: Key) {
        let typed = match key {
            Key::Char(character) => Some(character),
            _ => None,
        };
        let outputs = self.app.key(key, typed, self.now());
        self.keep(outputs);
    }

    /// Keys one after the other; a blank is the space bar.
    pub fn keys(&mut self, keys: &str) -> &mut AppDriver {
        for key in keys.chars() {
            self.key(Key::Char(key));
        }
        self
    }

    /// Text typed into a field, then Enter.
    pub fn types(&mut self, text: &str) -> &mut AppDriver {
        self.pass(Duration::from_secs(1));
        for character in text.chars() {
            self.press(Key::Char(character));
        }
        self.key(Key::Enter)
    }

    pub fn happens(&mut self, event: Event) -> &mut AppDriver {
        let outputs = self.app.happened(event, self.now());
        self.keep(outputs);
        self
    }

    /// The whole screen as it is kept in `tests/snapshots`.
    #[track_caller]
    pub fn snapshot(&mut self, name: &str) -> &mut AppDriver {
        self.draw();
        for flaw in ['{', '}', '<'] {
            let arrow = self.screen.contains("<===");
            assert!(!self.screen.contains(flaw) || (flaw == '<' && arrow), "{flaw} on screen {name}:\n{}", self.screen);
        }
        snapshot(&format!("{name}@{}x{}", self.size.0, self.size.1), &self.screen);
        self
    }

    /// Answers `count` questions from the present one on with no.
    pub fn no(&mut self, count: usize) -> &mut AppDriver {
        for _ in 0..count {
            self.key(Key::Char('n'));
        }
        self
    }

    /// Answers every question that is left with no.
    pub fn no_to_all(&mut self) -> &mut AppDriver {
        while self.app.screen_name().id() == "question" {
            self.key(Key::Char('n'));
        }
        self
    }

    /// Answers from the present question up to the one with this id with no.
    pub fn no_until(&mut self, id: &str) -> &mut AppDriver {
        let items = &self.app.protocols.session.checklist.items;
        let wanted = items.iter().position(|item| item.id == id).unwrap();
        let asked_again = |entry: &Entry| matches!(entry.event, Event::SoakStarted(_));
        let start = self.entries.iter().rposition(asked_again).unwrap_or(0);
        let answers = self.entries[start..].iter().filter(|entry| matches!(entry.event, Event::Answered { .. }));
        let answered = answers.count();
        self.no(wanted.checked_sub(answered).expect("it was asked before"))
    }

    /// Reads the review to its end.
    pub fn read_review(&mut self) -> &mut AppDriver {
        if self.size == WIDE {
            // All of it is on screen; a second for each answer was faster than reading, so confirm opens later.
            return self.seconds(6);
        }
        for _ in 0..40 {
            self.key(Key::Down);
        }
        self
    }

    /// A session with its roller in the liquid, at the first question.
    pub fn soaking(size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver::new(returning(), size);
        driver.key(Key::Enter).keys(" ");
        driver
    }

    /// The same for a person who knows the checklist.
    pub fn on_cards(size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver::new(knowing(), size);
        driver.key(Key::Enter).keys(" ");
        driver
    }

    /// Reads the card on the screen to its end.
    pub fn read_card(&mut self) -> &mut AppDriver {
        for _ in 0..60 {
            if self.screen.contains("open now") {
                return self;
            }
            self.seconds(1);
        }
        panic!("it never opens:\n{}", self.screen)
    }

    /// The whole list answered with no, confirmed, soak finished.
    pub fn cleared(size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver::soaking(size);
        driver.no_to_all().read_review().keys("c").seconds(600);
        driver
    }

    /// At the last touch with everything said.
    pub fn ready(size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver::cleared(size);
        driver.keys("sdy");
        driver
    }

    /// The moment at which the first stroke begins.
    pub fn rolling(size: (u16, u16)) -> AppDriver {
        let mut driver = AppDriver::ready(size);
        driver.keys(" ");
        for _ in 0..2_000 {
            if matches!(driver.app.running(), Some(engine::session::Due::Stroke { .. })) {
                driver.draw();
                return driver;
            }
            driver.pass_unseen(Duration::from_millis(100));
        }
        panic!("rolling never began:\n{}", driver.screen)
    }

    pub fn count_entries(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.entries.iter().filter(|entry| wanted(&entry.event)).count()
    }
}
