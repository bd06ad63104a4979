//! A program that breaks when a key says so: the real controller with a real record, on the real loop and guard, in this test
//! program's own binary, which starts itself once more in a terminal.
//!
//! Not in dermaroll itself: it has no key and no variable that makes it break. Not an example either: a test can start
//! its own binary by its path and always finds it as new as itself.

use std::fs::File;
use std::path::Path;
use std::thread;

use dermaroll::content::keymap::Key;
use dermaroll::cues::Notifier;
use dermaroll::tui::clock::ClockSampler;
use dermaroll::tui::controller::Controller;
use dermaroll::tui::run::{self, Flow, Input, Program};
use dermaroll::tui::terminal::{self, Display, Guard, guard};
use dermaroll::tui::ui::{Ink, Theme};
use engine::protocol::Kind;
use engine::timeline::{Moment, Now};
use platform::clock;
use ratatui::Frame;
use rustix::event::{Timespec, poll};
use store::recorder::Recorder;
use store::startup::InterruptedSessions;

use crate::support::app_driver::returning;
use crate::support::program::{app, shipped_protocols};
use crate::support::pty::Setup;

/// Where the program finds its folder; set only when it is to be one.
const FOLDER: &str = "BREAKS_IN";
/// What must never be seen: the words of a panic may hold what a person typed.
pub(crate) const SECRET: &str = "canary";
const LATER: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };
/// Its exit status when the loop comes back with an error.
pub(crate) const FAILED: i32 = 74;

/// How it breaks, by the control key that makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The loop fails: one frame cannot be written.
    Frame,
    /// The loop's own thread panics in the middle of drawing.
    Draw,
    /// It panics as soon as something more has been recorded, before that is drawn.
    Record,
    /// Another thread panics while this one goes on.
    Thread,
    /// The same, half a second later.
    LaterThread,
}

impl Break {
    pub(crate) fn key(self) -> char {
        match self {
            Break::Frame => 'f',
            Break::Draw => 'd',
            Break::Record => 'r',
            Break::Thread => 't',
            Break::LaterThread => 'p',
        }
    }

    /// The byte that a terminal sends for the key.
    pub(crate) fn byte(self) -> u8 {
        self.key() as u8 & 0x1f
    }
}

/// The program, which begins at the first question of the list and keeps a record.
pub(crate) fn setup(home: &Path) -> Setup {
    let binary = std::env::current_exe().unwrap();
    let words =
        ["--exact", "edge::breaking::is_a_program_when_it_is_started_as_one", "--nocapture", "--test-threads=1"];
    Setup::new(binary.to_str().unwrap(), &words).home(home).env(FOLDER, home.to_str().unwrap())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "as main does, with the status of the loop")]
fn is_a_program_when_it_is_started_as_one() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    std::process::exit(program(Path::new(&folder)));
}

/// What `command::session` does, for a check that is kept.
fn program(folder: &Path) -> i32 {
    let theme = Theme::shipped(Ink::Full, false);
    let mut clock = ClockSampler::new(clock::read());
    let (now, _) = clock.sample(clock::read(), None);
    let mut app = app(shipped_protocols(), returning());
    app.check_is_kept = true;
    let controller = Controller::new(app, Recorder::new(folder.to_owned(), true), theme, Notifier::with_bell(true));
    let mut program = Breaking { controller, next: None, output: None };

    guard::end_on_panic();
    let messages = terminal::listen().unwrap();
    let guard = Guard::enter().unwrap();
    program.controller.start(Kind::Check, InterruptedSessions::default(), now);
    let mut screen = Display::new().unwrap();
    let status = run::run(&mut program, &guard, &mut screen, &messages, &mut clock);
    drop(guard);
    status.map_or(FAILED, i32::from)
}

struct Breaking {
    controller: Controller,
    next: Option<Break>,
    /// Standard output while a full device stands in its place.
    output: Option<File>,
}

impl Breaking {
    fn recorded(&self) -> u64 {
        self.controller.record().map_or(0, |path| path.metadata().unwrap().len())
    }
}

impl Program for Breaking {
    fn deadline(&self, now: Now) -> Option<Moment> {
        self.controller.deadline(now)
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        if let Input::Key(press) = &input
            && let Key::Ctrl(letter) = press.key
        {
            let breaks = [Break::Frame, Break::Draw, Break::Record, Break::Thread, Break::LaterThread];
            let asked = breaks.into_iter().find(|way| way.key() == letter);
            if asked == Some(Break::Thread) {
                thread::spawn(|| panic!("{SECRET}"));
                return Flow::Repaint;
            }
            if asked == Some(Break::LaterThread) {
                thread::spawn(|| {
                    let _ = poll(&mut [], Some(&LATER));
                    panic!("{SECRET}");
                });
                return Flow::On;
            }
            if asked.is_some() {
                self.next = asked;
                return Flow::Repaint;
            }
        }
        if let Some(output) = self.output.take() {
            rustix::stdio::dup2_stdout(output).unwrap();
        }
        let before = self.recorded();
        let flow = self.controller.handle(input, now);
        assert!(self.next != Some(Break::Record) || self.recorded() == before, "{SECRET}");
        flow
    }

    fn is_changed(&mut self, now: Now) -> bool {
        self.controller.is_changed(now)
    }

    fn draw(&mut self, frame: &mut Frame, now: Now) {
        self.controller.draw(frame, now);
        match self.next {
            Some(Break::Draw) => panic!("{SECRET}"),
            Some(Break::Frame) => {
                let output = rustix::io::dup(rustix::stdio::stdout()).unwrap();
                self.output = Some(File::from(output));
                rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/full").unwrap()).unwrap();
            }
            Some(Break::Record | Break::Thread | Break::LaterThread) | None => {}
        }
    }

    fn utter(&mut self, now: Now) -> Vec<u8> {
        self.controller.utter(now)
    }
}
