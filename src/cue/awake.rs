//! Keeps the screen on while hands are busy, as well as it can: by a program of the system's own, whose input ends when
//! this process does, in whatever way. No screen stays on for a program that was killed.

use core::time::Duration;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::program::{Program, until_ended};
use super::shipped::{Shipped, Tool};

/// How long letting go waits for the programs to end.
const LAST_WAIT: Duration = Duration::from_millis(500);

/// Whether the screen is kept on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// By the program of this name, as far as is known.
    Held(String),
    /// No program could; this one was tried last.
    Refused(String),
    /// No program for it is installed.
    NoWay,
}

/// Keeps the screen on until it is dropped.
#[derive(Debug)]
pub struct Awake {
    shared: Arc<Shared>,
    /// Ends with the thread.
    done: Option<Receiver<()>>,
}

impl Awake {
    /// Starts to keep the screen on and returns at once; `path` is the value of `PATH`. Should no program be able to,
    /// `on_change` is called with that on another thread, once.
    pub fn hold(path: Option<&OsStr>, on_change: impl FnOnce(State) + Send + 'static) -> Awake {
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        Awake::hold_on(&desktop, path, on_change)
    }

    /// As [`Awake::hold`], on the desktop of this name, the value of `XDG_CURRENT_DESKTOP`.
    pub fn hold_on(desktop: &str, path: Option<&OsStr>, on_change: impl FnOnce(State) + Send + 'static) -> Awake {
        let tools = Shipped::read().map(|shipped| shipped.inhibitors).unwrap_or_default();
        let ways: Vec<Way> = tools.into_iter().filter_map(|tool| Way::find(tool, desktop, path)).collect();
        let first = ways.first().map_or(State::NoWay, |way| State::Held(way.tool.program.clone()));
        let shared = Arc::new(Shared { desk: Mutex::new(Desk::new(first)), went: Condvar::new() });
        if ways.is_empty() {
            return Awake { shared, done: None };
        }
        let (running, done) = channel();
        let holding = Arc::clone(&shared);
        let thread = thread::Builder::new().name("awake".into()).spawn(move || {
            let _ended: Sender<()> = running;
            if let Some(refused) = holding.hold(&ways) {
                on_change(refused);
            }
        });
        if thread.is_err() {
            shared.desk().state = State::NoWay;
        }
        Awake { shared, done: Some(done) }
    }

    /// How it stands.
    pub fn state(&self) -> State {
        self.shared.desk().state.clone()
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        let mut desk = self.shared.desk();
        desk.released = true;
        if let Some(program) = &desk.program {
            program.kill();
        }
        drop(desk);
        self.shared.went.notify_all();
        if let Some(done) = &self.done {
            let _ = done.recv_timeout(LAST_WAIT);
        }
    }
}

/// A program that is installed, with the one that undoes it.
struct Way {
    tool: Tool,
    program: PathBuf,
    release: Option<PathBuf>,
}

impl Way {
    fn find(tool: Tool, desktop: &str, path: Option<&OsStr>) -> Option<Way> {
        let program = tool.installed(desktop, path)?;
        // The pair comes from one package. What could not be undone is not begun.
        let release = match &tool.release {
            Some(name) => Some(super::shipped::find(name, path)?),
            None => None,
        };
        Some(Way { tool, program, release })
    }
}

#[derive(Debug)]
struct Shared {
    desk: Mutex<Desk>,
    went: Condvar,
}

#[derive(Debug)]
struct Desk {
    state: State,
    released: bool,
    program: Option<Program>,
}

impl Desk {
    fn new(state: State) -> Desk {
        Desk { state, released: false, program: None }
    }
}

impl Shared {
    /// A thread that panicked has left the desk whole: each change is a single step.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries one way after the other until it is released. The state in the end, if none was of use.
    fn hold(&self, ways: &[Way]) -> Option<State> {
        for way in ways {
            let mut desk = self.desk();
            if desk.released {
                return None;
            }
            desk.state = State::Held(way.tool.program.clone());
            drop(desk);
            let went_well = self.run(way);
            if let Some(release) = &way.release {
                self.until_released(went_well);
                if went_well || self.desk().released {
                    undo(release);
                }
            }
        }
        let mut desk = self.desk();
        if desk.released {
            return None;
        }
        let last = ways.last().map(|way| way.tool.program.clone()).unwrap_or_default();
        desk.state = State::Refused(last);
        Some(desk.state.clone())
    }

    /// Runs a program to its end. Whether it ended well.
    fn run(&self, way: &Way) -> bool {
        let mut command = Command::new(&way.program);
        let Ok(mut program) = Program::start(command.args(&way.tool.arguments), Stdio::piped()) else { return false };
        let group = program.group();
        // Held open until it has ended, and closed by the system should this process end first.
        let _input = program.input();
        let mut desk = self.desk();
        if desk.released {
            program.kill();
        }
        desk.program = Some(program);
        drop(desk);
        until_ended(group);
        // It has ended, so that neither the lock nor the reaping waits.
        let program = self.desk().program.take();
        program.is_some_and(|program| program.reap().is_ok_and(|status| status.success()))
    }

    fn until_released(&self, held: bool) {
        let _desk = self.went.wait_while(self.desk(), |desk| held && !desk.released);
    }
}

/// Runs the program that undoes another. It is never killed: that would leave the screen on.
fn undo(release: &Path) {
    if let Ok(program) = Program::start(&mut Command::new(release), Stdio::null()) {
        until_ended(program.group());
        let _ = program.reap();
    }
}
