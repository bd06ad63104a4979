//! Keys, pastes, passing time, sleep and windows of any size through the real app, with a clock moved by hand.
//!
//! An input is a script: a printable character is that key, pressed by somebody in no hurry; the bytes below 0x20 are
//! the named keys and what happens besides, some with an operand in the next byte.

use core::time::Duration;
use std::sync::{Arc, OnceLock};

use dermaroll::content::keymap::{self, Key, Keymap};
use dermaroll::content::{self, Sources};
use dermaroll::tui::app::{App, Output, Protocols, Saving};
use dermaroll::tui::screens::Screen;
use dermaroll::tui::ui::{self, Ink, Theme};
use dermaroll::tui::view::{Form, Seen};
use engine::protocol::{Kind, Micrometres, Protocol, Words};
use engine::safety::{Acquaintance, Knows, Roller};
use engine::session::{Effect, Entry, Event, PauseCause, Session};
use engine::timeline::{Moment, Now, Wall};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use store::startup::{
    AvailableRoller, DueState, HeldLine, InterruptedSessions, LastSession, StartupContext, UncountedReport,
};

use super::safety_monitor::{SafetyMonitor, rolling};
use super::text::{assert_plain, is_turn, text_of};

/// So many looks at the deadline before the clock jumps the rest of the way.
const LOOKS: usize = 8;
/// Longer scripts are cut.
const LONGEST: usize = 256;

struct Shared {
    protocols: Protocols,
    words: Arc<Words>,
    keymap: Arc<Keymap>,
    theme: Theme,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let loaded = content::load(&Sources::default()).expect("the embedded files are sound");
        let keymap = keymap::Keymap::shipped();
        Shared {
            protocols: Protocols {
                session: Arc::new(loaded.session),
                rehearsal: Arc::new(loaded.rehearsal),
                check: Arc::new(loaded.check),
            },
            words: Arc::new(content::words::built_in()),
            keymap: Arc::new(keymap),
            theme: Theme::shipped(Ink::Full, false),
        }
    })
}

fn startup(bits: u8) -> StartupContext {
    let shared = shared();
    let roller = |id: &str, needle| Roller { id: id.into(), name: format!("{id} \u{202e}日"), needle, uses: 5 };
    let available =
        |id, um, sealed| AvailableRoller { roller: roller(id, Micrometres(um)), sealed, used_before: !sealed };
    let returning = bits & 1 == 0;
    StartupContext {
        care: vec![HeldLine { until: Wall { unix: i64::MAX, offset: 0 }, days: 5, text: "No sun.".into() }],
        recent: Vec::new(),
        was_worrying: returning && bits & 8 == 0,
        rolled_days_ago: None,
        uncounted: UncountedReport::default(),
        zone_unknown: String::new(),
        profile: String::new(),
        last: returning.then(|| LastSession {
            id: "20261025T183000Z-ab12".into(),
            check_in: (bits & 8 == 0).then_some(3),
            days_ago: 28,
            done: 2,
            of: 5,
            part: true,
            felt: Some(4),
            note: "pink \u{1b}[2J until Monday".into(),
        }),
        interval_days: 28,
        due: match bits >> 1 & 3 {
            0 | 1 => DueState::Due,
            2 => DueState::NotYet { in_days: 3 },
            _ => DueState::TooSoon { in_days: 27, possible_in: 6 },
        },
        unlisted: Vec::new(),
        ahead: None,
        uses_are_known: bits & 16 == 0,
        course_done: 0,
        rollers: if returning { vec![available("blue", 130, false), available("long", 250, true)] } else { Vec::new() },
        retired_rollers: Vec::new(),
        unread_rollers: Vec::new(),
        full_questions: shared.protocols.session.checklist.items.len(),
        full_contact: shared.protocols.session.times.contact,
        serum: if returning { "plain hyaluronic".into() } else { String::new() },
        uses_limit: 10,
        bell: true,
        voice: false,
        cues_heard: None,
        knows: Knows::of(
            &shared.protocols.session.checklist,
            &shared.protocols.session.rules,
            Acquaintance { has_passed: bits & 32 == 0, sessions_in_course: 1, days_since: Some(28) },
        ),
        boot: None,
    }
}

/// The first byte says what the program was started for; the rest is the script.
pub fn run(data: &[u8]) {
    let _ = rolls(data);
}

/// Runs `data`, and says whether anything was rolled: a corpus that never gets so far proves nothing.
pub fn rolls(data: &[u8]) -> bool {
    let Some((first, script)) = data.split_first() else { return false };
    let kind = match first & 3 {
        0 | 1 => Kind::Session,
        2 => Kind::Check,
        _ => Kind::Rehearsal,
    };
    let script = script.get(..LONGEST).unwrap_or(script);
    let mut user = User::new(kind, first >> 2, is_turn(data, 6));
    let mut script = script.iter().copied();
    while let Some(byte) = script.next() {
        user.does(byte, &mut script);
        if user.left {
            break;
        }
    }
    user.looks(97, 31);
    user.rolled
}

struct User {
    app: App,
    moment: Moment,
    wall: Wall,
    entries: u32,
    watch: Option<SafetyMonitor<'static>>,
    /// Fast fingers: the next key comes at once.
    hurries: bool,
    left: bool,
    rolled: bool,
    /// Views are drawn, not only made.
    draws: bool,
}

impl User {
    fn new(kind: Kind, bits: u8, draws: bool) -> User {
        let shared = shared();
        let app = App::new(shared.words.clone(), shared.keymap.clone(), shared.protocols.clone(), startup(bits));
        let wall = Wall { unix: 1_763_836_200, offset: 3_600 };
        let mut user = User {
            app,
            moment: Moment::ZERO,
            wall,
            entries: 0,
            watch: None,
            hurries: false,
            left: false,
            rolled: false,
            draws,
        };
        let outputs = user.app.start(kind, InterruptedSessions::default(), user.now());
        user.take(outputs);
        user.glances();
        user
    }

    fn now(&self) -> Now {
        Now { moment: self.moment, wall: self.wall }
    }

    fn does(&mut self, byte: u8, script: &mut impl Iterator<Item = u8>) {
        let mut operand = || script.next().unwrap_or_default();
        match byte {
            0x00 => self.waits_for_the_clock(),
            0x01 => self.waits(Duration::from_millis(u64::from(operand()) * 20)),
            0x02 => self.waits(Duration::from_secs(u64::from(operand()) * 8)),
            0x03 => self.presses(Key::Ctrl('c'), None),
            0x04 => self.sleeps(Duration::from_secs(u64::from(operand()) * 30)),
            0x05 => self.happens(Event::Stalled { span: Duration::from_millis(u64::from(operand()) * 500) }),
            0x06 => self.happens(Event::Paused { cause: PauseCause::Signal }),
            0x07 => {
                let bytes: Vec<u8> = script.take_while(|byte| *byte != 0x07).collect();
                let outputs = self.app.paste(&text_of(&bytes), self.now());
                self.take(outputs);
            }
            0x08 => {
                let (width, height) = (operand(), operand());
                self.looks(u16::from(width % 130), u16::from(height % 50));
            }
            0x0e => self.wall.unix += (i64::from(operand()) - 128) * 3_600,
            0x0f => {
                let failed = self.app.saving == Saving::Saved && self.app.session().is_some();
                self.app.saving = if failed { Saving::Failed("no room \u{9b}2J".into()) } else { Saving::Saved };
            }
            0x10 => self.hurries = true,
            0x09 => self.presses(Key::Tab, None),
            0x0a | 0x0d => self.presses(Key::Enter, None),
            0x0b => self.presses(Key::Up, None),
            0x0c => self.presses(Key::Down, None),
            0x11 => self.presses(Key::Left, None),
            0x12 => self.presses(Key::Right, None),
            0x13 => self.presses(Key::Home, None),
            0x14 => self.presses(Key::End, None),
            0x15 => self.presses(Key::PageUp, None),
            0x16 => self.presses(Key::PageDown, None),
            0x17 => self.presses(Key::Delete, None),
            0x18 => self.presses(Key::Ctrl('w'), None),
            0x19 => self.presses(Key::Ctrl('u'), None),
            0x1b => self.presses(Key::Esc, None),
            0x7f => self.presses(Key::Backspace, None),
            0x1a | 0x1c..=0x1f => self.presses(Key::Other, None),
            0x20..=0x7e => self.types(char::from(byte)),
            0x80.. => text_of(&[byte, operand(), operand(), operand()]).chars().take(1).for_each(|c| self.types(c)),
        }
        self.glances();
    }

    fn types(&mut self, character: char) {
        let lower = character.to_lowercase().next().unwrap_or(character);
        self.presses(Key::Char(lower), Some(character));
    }

    fn presses(&mut self, key: Key, typed: Option<char>) {
        let hurries = core::mem::take(&mut self.hurries);
        if !hurries {
            self.waits(Duration::from_millis(900));
        }
        let outputs = self.app.key(key, typed, self.now());
        self.take(outputs);
        if !hurries {
            self.glances();
            self.waits(Duration::from_millis(100));
        }
    }

    /// A window in which everything fits.
    fn glances(&mut self) {
        let rows = if matches!(self.app.screen, Screen::Review(_)) { (0..32).collect() } else { Vec::new() };
        self.app.shown(&Seen { whole: true, end: true, rows, page: 20, ..Seen::default() }, self.now());
    }

    fn happens(&mut self, event: Event) {
        let outputs = self.app.happened(event, self.now());
        self.take(outputs);
    }

    fn sleeps(&mut self, span: Duration) {
        self.wall = self.wall.plus(span);
        self.happens(Event::Slept { span });
    }

    fn waits_for_the_clock(&mut self) {
        if let Some(deadline) = self.app.deadline(self.now()) {
            self.waits(deadline.since(self.moment).min(Duration::from_secs(86_400)));
        }
    }

    fn waits(&mut self, span: Duration) {
        let until = self.moment.plus(span);
        for _ in 0..LOOKS {
            let Some(deadline) = self.app.deadline(self.now()).filter(|deadline| *deadline <= until) else { break };
            self.passes(deadline.max(self.moment));
        }
        self.passes(until);
    }

    fn passes(&mut self, until: Moment) {
        self.wall = self.wall.plus(until.since(self.moment));
        self.moment = until;
        let outputs = self.app.due(self.now());
        self.take(outputs);
    }

    fn take(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Session(Effect::Record(entry)) => self.note(&entry),
                Output::Together(effects) => effects.iter().for_each(|effect| match effect {
                    Effect::Record(entry) => self.note(entry),
                    other => panic!("{other:?} is no entry"),
                }),
                Output::Leave(_) => self.left = true,
                _ => {}
            }
        }
        let Some(running) = &self.app.running_session else { return };
        self.rolled |= rolling(&running.session).is_some();
        match &self.watch {
            Some(watch) => watch.hold(&running.session, running.local(self.now()).moment),
            None => assert!(rolling(&running.session).is_none(), "rolls before anything was said"),
        }
    }

    fn note(&mut self, entry: &Entry) {
        if entry.number == 1 {
            self.entries = 0;
            self.watch = self.app.session().map(|session| SafetyMonitor::new(self.protocol_of(session)));
        }
        self.entries += 1;
        assert_eq!(entry.number, self.entries, "the record has no gap");
        if let Some(watch) = &mut self.watch {
            watch.take(entry);
        }
    }

    fn protocol_of(&self, session: &Session) -> &'static Protocol {
        let protocols = &shared().protocols;
        match session.protocol().kind {
            Kind::Session => &protocols.session,
            Kind::Rehearsal => &protocols.rehearsal,
            Kind::Check => &protocols.check,
        }
    }

    /// Two frames: what is wrong with the cells of one shows in the next.
    fn looks(&mut self, width: u16, height: u16) {
        if !self.draws {
            drop(self.app.view(self.now(), Form::of_window(width, height)));
            return;
        }
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal has no limits");
        self.app.resized(width, height, self.now());
        for _ in 0..2 {
            let view = self.app.view(self.now(), Form::of_window(width, height));
            let mut seen = Seen::default();
            terminal.draw(|frame| seen = ui::draw(&view, &shared().theme, frame)).expect("it takes everything");
            self.app.shown(&seen, self.now());
        }
        terminal.backend().buffer().content().iter().for_each(|cell| assert_plain(cell.symbol()));
    }
}
