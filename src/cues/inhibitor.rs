//! Keeps the screen on while hands are busy, by a program of the system's own. Its input is a pipe from this process,
//! so it ends when this process does, even if that is killed: the screen then blanks as usual.
//!
//! Such a program runs a command once it keeps the screen on. What that command sends back is the proof, if the program is
//! still there a moment later. A program that asks for a password, hangs, or runs the command although it was refused
//! sends no proof.

use core::time::Duration;
use std::ffi::OsStr;
use std::io::{Write as _, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::output::{line_containing, read_in_background};
use super::programs::{Programs, Tool};
use platform::clock;
use platform::process::Program;

/// How long dropping an inhibitor waits for its program to end.
const LAST_WAIT: Duration = Duration::from_millis(500);
/// What the command sends back while the screen is kept on.
const PROOF: &str = "dermaroll holds the screen";
/// Stands for [`PROOF`] in an argument.
const PLACEHOLDER: &str = "{held}";

/// Whether the screen is kept on, with the name of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Asked(String),
    Active(String),
    /// No program did it; this one was tried last.
    Refused(String),
    /// No program for it is installed.
    Unavailable,
}

/// Keeps the screen on until it is dropped.
#[derive(Debug)]
pub struct Inhibitor {
    shared: Arc<Shared>,
    /// Closes when the thread ends.
    done: Option<Receiver<()>>,
}

impl Inhibitor {
    /// Starts to keep the screen on and returns at once; `path` is the value of `PATH`. `on_change` is called on
    /// another thread once it is known whether the screen is kept on, and whenever that changes.
    pub fn start(path: Option<&OsStr>, on_change: impl Fn(Status) + Send + 'static) -> Inhibitor {
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        Inhibitor::start_on(&desktop, path, on_change)
    }

    /// As [`Inhibitor::start`], on the desktop of this name, the value of `XDG_CURRENT_DESKTOP`.
    pub fn start_on(desktop: &str, path: Option<&OsStr>, on_change: impl Fn(Status) + Send + 'static) -> Inhibitor {
        let found = Programs::read().ok().and_then(|programs| {
            let proof = Proof { within: programs.active_within, lasts: programs.active_for, refused: programs.refused };
            let tools = programs.inhibitors.into_iter();
            let installed: Vec<Installed> = tools.filter_map(|tool| Installed::find(tool, desktop, path)).collect();
            let first = installed.first()?.tool.program.clone();
            Some((installed, proof, first))
        });
        let Some((installed, proof, first)) = found else {
            return Inhibitor { shared: Arc::new(Shared::new(Status::Unavailable)), done: None };
        };
        let shared = Arc::new(Shared::new(Status::Asked(first)));
        let (running, done) = channel();
        let held = Arc::clone(&shared);
        let thread = thread::Builder::new().name("inhibitor".into()).spawn(move || {
            let _ended: Sender<()> = running;
            held.try_each(&installed, &proof, &on_change);
        });
        if thread.is_err() {
            shared.state().status = Status::Unavailable;
        }
        Inhibitor { shared, done: Some(done) }
    }

    pub fn status(&self) -> Status {
        self.shared.state().status.clone()
    }
}

impl Drop for Inhibitor {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.released = true;
        if let Some(program) = &state.program {
            program.kill();
        }
        drop(state);
        self.shared.release.notify_all();
        if let Some(done) = &self.done {
            let _ = done.recv_timeout(LAST_WAIT);
        }
    }
}

/// A program that is installed, with the path of the one that undoes it.
struct Installed {
    tool: Tool,
    program: PathBuf,
    release: Option<PathBuf>,
}

impl Installed {
    fn find(tool: Tool, desktop: &str, path: Option<&OsStr>) -> Option<Installed> {
        let program = tool.installed(desktop, path)?;
        // Both come from one package. Nothing is begun that could not be undone.
        let release = match &tool.release {
            Some(name) => Some(super::programs::find(name, path)?),
            None => None,
        };
        Some(Installed { tool, program, release })
    }
}

/// How it is told whether a program keeps the screen on.
struct Proof {
    within: Duration,
    lasts: Duration,
    refused: Vec<String>,
}

impl Proof {
    /// Waits for the proof in `output`, and then whether it lasts: some programs run their command and end. Some(false):
    /// the program said that it was refused, took too long or ended after the proof. None: it closed its output without
    /// a word.
    fn arrives(&self, output: &Receiver<Vec<u8>>) -> Option<bool> {
        let mut until = clock::read().awake.saturating_add(self.within);
        let mut bytes = Vec::new();
        let mut is_there = false;
        loop {
            let left = until.saturating_sub(clock::read().awake);
            match output.recv_timeout(left) {
                Ok(part) => bytes.extend(part),
                Err(RecvTimeoutError::Timeout) => return Some(is_there),
                Err(RecvTimeoutError::Disconnected) => return is_there.then_some(false),
            }
            let text = String::from_utf8_lossy(&bytes);
            if line_containing(&text, &self.refused).is_some() {
                return Some(false);
            }
            if !is_there && text.lines().any(|line| line == PROOF) {
                is_there = true;
                until = clock::read().awake.saturating_add(self.lasts);
            }
        }
    }
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    release: Condvar,
}

#[derive(Debug)]
struct State {
    status: Status,
    /// The inhibitor was dropped.
    released: bool,
    /// The program that was started last.
    program: Option<Arc<Program>>,
}

impl Shared {
    fn new(status: Status) -> Shared {
        Shared { state: Mutex::new(State { status, released: false, program: None }), release: Condvar::new() }
    }

    /// A thread that panicked has left the state whole: each change is a single step.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries one program after the other, until the inhibitor is dropped.
    fn try_each(&self, installed: &[Installed], proof: &Proof, on_change: &dyn Fn(Status)) {
        for one in installed {
            if !self.set(Status::Asked(one.tool.program.clone())) {
                return;
            }
            let went_well = self.run(one, proof, on_change);
            if let Some(release) = &one.release {
                if went_well {
                    self.set_and_tell(Status::Active(one.tool.program.clone()), on_change);
                    drop(self.release.wait_while(self.state(), |state| !state.released));
                }
                if went_well || self.state().released {
                    undo(release);
                }
            }
        }
        let last = installed.last().map(|one| one.tool.program.clone()).unwrap_or_default();
        self.set_and_tell(Status::Refused(last), on_change);
    }

    /// Returns false, and changes nothing, once the inhibitor was dropped.
    fn set(&self, status: Status) -> bool {
        let mut state = self.state();
        if !state.released {
            state.status = status;
        }
        !state.released
    }

    fn set_and_tell(&self, status: Status, on_change: &dyn Fn(Status)) {
        if self.set(status.clone()) {
            on_change(status);
        }
    }

    /// Runs a program to its end, and returns whether it ended well.
    fn run(&self, one: &Installed, proof: &Proof, on_change: &dyn Fn(Status)) -> bool {
        let mut command = Command::new(&one.program);
        command.args(one.tool.arguments.iter().map(|argument| argument.replace(PLACEHOLDER, PROOF)));
        // One pipe for both, so that what was written first is read first.
        let Ok((reader, stdout)) = pipe() else { return false };
        let Ok(stderr) = stdout.try_clone() else { return false };
        let started = Program::start(command, Stdio::piped(), [stdout.into(), stderr.into()]);
        let Ok(program) = started.map(Arc::new) else { return false };
        // Open until the program has ended.
        let mut input = program.take_input();
        if let Some(input) = &mut input {
            let _ = writeln!(input, "{PROOF}");
        }
        let mut state = self.state();
        if state.released {
            program.kill();
        }
        state.program = Some(Arc::clone(&program));
        drop(state);
        let arrived = proof.arrives(&read_in_background(reader));
        match arrived {
            Some(true) => self.set_and_tell(Status::Active(one.tool.program.clone()), on_change),
            // One that has a program to undo it may end without a word.
            None if one.release.is_some() => {}
            None | Some(false) => program.kill(),
        }
        program.wait().is_ok_and(|status| status.success()) && arrived != Some(false)
    }
}

/// Runs the program that undoes another. It is never killed, since that would leave the screen on.
fn undo(release: &Path) {
    if let Ok(program) = Program::start(Command::new(release), Stdio::null(), [Stdio::null(), Stdio::null()]) {
        let _ = program.wait();
    }
}
