//! What a person tells the program stays in their own files: a word typed everywhere is found there and nowhere else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use dermaroll::content::keymap::Key;
use dermaroll::cues::Notifier;
use dermaroll::tui::controller::Controller;
use dermaroll::tui::run::{Input, Program as _};
use dermaroll::tui::ui::{Ink, Theme};
use engine::protocol::Kind;
use engine::timeline::{Moment, Now, Wall};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use store::record::{Lock, Totals};
use store::recorder::Recorder;
use store::startup::{self, ClockReading};

use crate::support::program::{app, own, questions, shipped_protocols};

const CANARY: &str = "canary7261";

/// Sat 22 Nov 2025, 19:30 in UTC+1.
const EVENING: Wall = Wall { unix: 1_763_836_200, offset: 3_600 };

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn holds(path: &Path, word: &str) -> bool {
    let bytes = fs::read(path).unwrap();
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// The real controller and recorder, with a clock moved by hand: a person in no hurry.
struct User {
    controller: Controller,
    moment: Moment,
    screen: String,
}

impl User {
    fn new(home: &Path) -> User {
        let protocols = shipped_protocols();
        let theme = Theme::shipped(Ink::Full, false);
        let clocks = ClockReading { wall: EVENING, boot: None, moment: Moment::ZERO };
        let totals = Totals::read(home);
        let (startup, interrupted) = startup::load(home, &totals, &protocols.session, own(), &clocks);
        let app = app(protocols, startup);
        let mut controller =
            Controller::new(app, Recorder::new(home.to_owned(), false), theme, Notifier::with_bell(true));
        controller.start(Kind::Session, interrupted, Now { moment: Moment::ZERO, wall: EVENING });
        let mut user = User { controller, moment: Moment::ZERO, screen: String::new() };
        user.looks();
        user
    }

    fn now(&self) -> Now {
        Now { moment: self.moment, wall: EVENING.plus(self.moment.since(Moment::ZERO)) }
    }

    fn looks(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        for _ in 0..2 {
            terminal.draw(|frame| self.controller.draw(frame, self.now())).unwrap();
        }
        self.screen = terminal.backend().to_string();
    }

    fn waits(&mut self, span: Duration) {
        let until = self.moment.plus(span);
        while let Some(deadline) = self.controller.deadline(self.now()).filter(|deadline| *deadline <= until) {
            self.moment = deadline.max(self.moment);
            self.controller.handle(Input::Due, self.now());
            self.controller.utter(self.now());
        }
        self.moment = until;
        self.looks();
    }

    #[track_caller]
    fn presses(&mut self, key: Key, wanted: &str) {
        self.waits(Duration::from_millis(900));
        self.controller.handle(Input::Key(key.into()), self.now());
        self.waits(Duration::from_millis(100));
        assert!(self.screen.contains(wanted), "{wanted:?} is not on screen:\n{}", self.screen);
    }

    fn types(&mut self, text: &str) {
        self.waits(Duration::from_secs(1));
        self.controller.handle(Input::Paste(text.to_owned()), self.now());
    }
}

#[test]
fn a_typed_word_is_in_the_records_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let lock = Lock::take(&data).unwrap();
    let mut user = User::new(&data);
    let key = Key::Char;
    user.presses(Key::Enter, "What do you call your roller?");
    user.types(&format!("{CANARY} roller"));
    user.presses(Key::Enter, "How long are the needles");
    user.types("0.13");
    user.presses(Key::Enter, "new in a sealed pack, or used before?");
    user.presses(key('2'), "serum");
    user.types(&format!("{CANARY} serum"));
    user.presses(Key::Enter, "Soak the roller");
    user.presses(key(' '), "Question 1 of");
    for number in 1..=questions() {
        let is_last = number == questions();
        let next = if is_last { "Read your answers".into() } else { format!("Question {} of", number + 1) };
        user.presses(key('n'), &next);
    }
    user.waits(Duration::from_secs(600));
    user.presses(key('c'), "NOTHING ON YOUR CHECKLIST STOPS TODAY");
    user.presses(key('s'), "LAST TOUCH");
    user.presses(key('d'), "done   done");
    user.presses(key('y'), "bell noticed");
    user.presses(key(' '), "CLEAN YOUR HANDS");
    user.waits(Duration::from_secs(600));
    user.presses(Key::Enter, "DONE. 5 of 5 sections");
    user.presses(key('w'), "ote");
    user.types(&format!("{CANARY} note"));
    user.presses(Key::Enter, "DONE. 5 of 5 sections");
    user.presses(Key::Enter, "");
    assert!(user.controller.is_saved());
    drop((user, lock));

    let (own, other): (Vec<_>, Vec<_>) = files(home.path()).into_iter().partition(|path| path.starts_with(&data));
    let told: Vec<&PathBuf> = own.iter().filter(|path| holds(path, CANARY)).collect();
    for word in ["roller", "serum", "note"] {
        let word = format!("{CANARY} {word}");
        assert!(told.iter().any(|path| holds(path, &word)), "{word} was lost: {own:?}");
    }
    for folder in ["sessions", "rollers", "serums"] {
        assert!(told.iter().any(|path| path.starts_with(data.join(folder))), "nothing of it in {folder}: {own:?}");
    }
    let kept = ["sessions", "rollers", "serums"].map(|folder| data.join(folder));
    assert!(told.iter().all(|path| kept.iter().any(|folder| path.starts_with(folder))), "{told:?}");
    for path in other {
        let name = path.to_string_lossy();
        assert!(!holds(&path, CANARY) && !name.contains(CANARY), "{name}");
    }
}

/// Set in the process that breaks on purpose.
const CHILD: &str = "DERMAROLL_TEST_BREAKS";

#[test]
fn a_panic_does_not_tell_what_was_typed() {
    if std::env::var_os(CHILD).is_some() {
        dermaroll::tui::terminal::guard::end_on_panic();
        panic!("{CANARY} \u{1b}[2J");
    }
    let own = std::env::current_exe().unwrap();
    let name = "text::canary::a_panic_does_not_tell_what_was_typed";
    let child = Command::new(own).args(["--exact", name, "--nocapture"]).env(CHILD, "1").output().unwrap();
    assert_eq!(child.status.code(), Some(101));
    let told = String::from_utf8([child.stdout, child.stderr].concat()).unwrap();
    assert!(told.contains("Something broke"), "{told}");
    assert!(!told.contains(CANARY) && !told.contains('\u{1b}'), "{told}");
}
