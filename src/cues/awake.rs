//! Keeps the screen on while hands are busy, as well as it can: by a program of the system's own, whose input ends when
//! this process does, in whatever way. No screen stays on for a program that was killed.
//!
//! Such a program runs a command once it holds the screen, so what that command sends back is the proof. One that asks
//! for a password, hangs, or runs it although it was refused proves nothing.

use core::time::Duration;
use std::ffi::OsStr;
use std::io::{Write as _, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::ear::{line_with, listen};
use super::shipped::{Shipped, Tool};
use platform::clock;
use platform::process::{Program, until_ended};

/// How long letting go waits for the programs to end.
const LAST_WAIT: Duration = Duration::from_millis(500);
/// What the command sends back that a program runs while it holds the screen.
const HELD: &str = "dermaroll holds the screen";
/// What stands for that in an argument.
const PLACE: &str = "{held}";

/// Whether the screen is kept on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The program of this name is being asked.
    Asked(String),
    /// By the program of this name.
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
    /// Starts to keep the screen on and returns at once; `path` is the value of `PATH`. Once it is known whether a program
    /// does, and whenever that changes, `on_change` is called with it on another thread.
    pub fn hold(path: Option<&OsStr>, on_change: impl Fn(State) + Send + 'static) -> Awake {
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        Awake::hold_on(&desktop, path, on_change)
    }

    /// As [`Awake::hold`], on the desktop of this name, the value of `XDG_CURRENT_DESKTOP`.
    pub fn hold_on(desktop: &str, path: Option<&OsStr>, on_change: impl Fn(State) + Send + 'static) -> Awake {
        let none = || Shared { desk: Mutex::new(Desk::new(State::NoWay)), went: Condvar::new() };
        let Ok(shipped) = Shipped::read() else { return Awake { shared: Arc::new(none()), done: None } };
        let proof = Proof { within: shipped.holds_within, refused: shipped.refused };
        let tools = shipped.inhibitors.into_iter();
        let ways: Vec<Way> = tools.filter_map(|tool| Way::find(tool, desktop, path)).collect();
        let Some(first) = ways.first() else { return Awake { shared: Arc::new(none()), done: None } };
        let asked = State::Asked(first.tool.program.clone());
        let shared = Arc::new(Shared { desk: Mutex::new(Desk::new(asked)), went: Condvar::new() });
        let (running, done) = channel();
        let holding = Arc::clone(&shared);
        let thread = thread::Builder::new().name("awake".into()).spawn(move || {
            let _ended: Sender<()> = running;
            holding.hold(&ways, &proof, &on_change);
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

/// How it is told whether a program holds the screen.
struct Proof {
    within: Duration,
    refused: Vec<String>,
}

impl Proof {
    /// Waits for the proof among what is `told`. Some(false): it said that it was refused, or took too long; None: it said
    /// nothing, and never will.
    fn comes(&self, told: &Receiver<Vec<u8>>) -> Option<bool> {
        let until = clock::read().awake.saturating_add(self.within);
        let mut said = Vec::new();
        loop {
            let left = until.saturating_sub(clock::read().awake);
            match told.recv_timeout(left) {
                Ok(part) => said.extend(part),
                Err(RecvTimeoutError::Timeout) => return Some(false),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            let text = String::from_utf8_lossy(&said);
            if line_with(&text, &self.refused).is_some() {
                return Some(false);
            }
            if text.lines().any(|line| line == HELD) {
                return Some(true);
            }
        }
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

    /// Tries one way after the other until it is released.
    fn hold(&self, ways: &[Way], proof: &Proof, on_change: &dyn Fn(State)) {
        for way in ways {
            if !self.turn_to(State::Asked(way.tool.program.clone())) {
                return;
            }
            let went_well = self.run(way, proof, on_change);
            if let Some(release) = &way.release {
                if went_well && self.turn_to(State::Held(way.tool.program.clone())) {
                    on_change(self.desk().state.clone());
                }
                self.until_released(went_well);
                if went_well || self.desk().released {
                    undo(release);
                }
            }
        }
        let last = ways.last().map(|way| way.tool.program.clone()).unwrap_or_default();
        if self.turn_to(State::Refused(last)) {
            on_change(self.desk().state.clone());
        }
    }

    /// Notes how it stands, unless it was released meanwhile.
    fn turn_to(&self, state: State) -> bool {
        let mut desk = self.desk();
        if !desk.released {
            desk.state = state;
        }
        !desk.released
    }

    /// Runs a program to its end. Whether it ended well.
    fn run(&self, way: &Way, proof: &Proof, on_change: &dyn Fn(State)) -> bool {
        let mut command = Command::new(&way.program);
        command.args(way.tool.arguments.iter().map(|argument| argument.replace(PLACE, HELD)));
        // One pipe for both: what was said first is read first.
        let Ok((heard, said)) = pipe() else { return false };
        let Ok(also) = said.try_clone() else { return false };
        let Ok(mut program) = Program::start(command, Stdio::piped(), [said.into(), also.into()]) else { return false };
        let group = program.group();
        // Held open until it has ended, and closed by the system should this process end first.
        let mut input = program.input();
        if let Some(input) = &mut input {
            let _ = writeln!(input, "{HELD}");
        }
        let mut desk = self.desk();
        if desk.released {
            program.kill();
        }
        desk.program = Some(program);
        drop(desk);
        let holds = proof.comes(&listen(heard));
        if holds == Some(true) {
            if self.turn_to(State::Held(way.tool.program.clone())) {
                on_change(self.desk().state.clone());
            }
        } else if let Some(program) =
            self.desk().program.as_ref().filter(|_| holds == Some(false) || way.release.is_none())
        {
            program.kill();
        }
        until_ended(group);
        // It has ended, so that neither the lock nor the reaping waits.
        let program = self.desk().program.take();
        let ended_well = program.is_some_and(|program| program.reap().is_ok_and(|status| status.success()));
        ended_well && holds != Some(false)
    }

    fn until_released(&self, held: bool) {
        let _desk = self.went.wait_while(self.desk(), |desk| held && !desk.released);
    }
}

/// Runs the program that undoes another. It is never killed: that would leave the screen on.
fn undo(release: &Path) {
    if let Ok(program) = Program::start(Command::new(release), Stdio::null(), [Stdio::null(), Stdio::null()]) {
        until_ended(program.group());
        let _ = program.reap();
    }
}
