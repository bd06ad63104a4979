//! A real pseudo-terminal with a real program in it. Tests wait for what they want to see, never for time to pass.
//!
//! The program gets the terminal as its controlling one through `setsid --ctty`, which needs no `unsafe`; where that
//! is missing it runs without, and is sent what the kernel would have sent.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::cell::RefCell;
use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Action, Winsize, tcflow, tcgetattr, tcsetwinsize};

/// What has become of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Stopped,
    /// It left with this status.
    Left(i32),
    /// This signal ended it.
    Killed(i32),
}

/// What the terminal has shown, and what has become of the program.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    closes: bool,
    state: State,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// How a program is to be run.
pub(crate) struct Setup {
    command: Vec<String>,
    env: Vec<(String, String)>,
    size: (u16, u16),
    ignores_hang_up: bool,
}

impl Setup {
    /// `program` in 80 columns and 24 rows, with an empty environment but for the terminal's kind and the search path.
    pub(crate) fn new(program: &str, args: &[&str]) -> Setup {
        let command = [program].iter().chain(args).map(|word| (*word).to_owned()).collect();
        let setup = Setup { command, env: Vec::new(), size: (80, 24), ignores_hang_up: false };
        setup.env("TERM", "xterm-256color").env("LANG", "C.UTF-8").env("TZ", "UTC")
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Setup {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn home(self, folder: &Path) -> Setup {
        self.env("HOME", folder.to_str().unwrap())
    }

    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Setup {
        self.size = (columns, rows);
        self
    }

    /// As under `nohup`.
    pub(crate) fn ignoring_hang_up(mut self) -> Setup {
        self.ignores_hang_up = true;
        self
    }

    pub(crate) fn start(self) -> Pty {
        Pty::start(self)
    }
}

/// A program in its terminal. Dropping it ends the program.
pub(crate) struct Pty {
    master: Option<Arc<OwnedFd>>,
    /// Kept open, so that its settings can be compared after the program has gone.
    slave: File,
    pid: Pid,
    shared: Shared,
    wake: UnixStream,
    reader: Option<JoinHandle<()>>,
    waiter: Option<JoinHandle<()>>,
    /// The settings from before the program began.
    pub(crate) before: String,
}

impl Pty {
    #[expect(clippy::zombie_processes, reason = "a thread waits for it, for stops and going on as well")]
    fn start(setup: Setup) -> Pty {
        let (master, slave) = open(setup.size);
        let before = settings(&slave);
        let mut words = Vec::new();
        if has_setsid() {
            words.extend(["setsid", "--ctty"].map(str::to_owned));
        }
        if setup.ignores_hang_up {
            words.extend(["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""].map(str::to_owned));
        }
        words.extend(setup.command);
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        // Each of these words runs the next in its own place, so the process keeps its number.
        let child = Command::new(&words[0])
            .args(&words[1..])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(setup.env)
            .stdin(stdio())
            .stdout(stdio())
            .stderr(stdio())
            .spawn()
            .unwrap();
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        let (columns, rows) = setup.size;
        let seen = Seen {
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            bytes: Vec::new(),
            closes: false,
            state: State::Running,
        };
        let shared: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let (wake, woken) = UnixStream::pair().unwrap();
        let reader = thread::spawn({
            let (master, shared) = (master.clone(), shared.clone());
            move || read(&master, &woken, &shared)
        });
        let waiter = thread::spawn({
            let shared = shared.clone();
            move || wait(pid, &shared)
        });
        Pty { master: Some(master), slave, pid, shared, wake, reader: Some(reader), waiter: Some(waiter), before }
    }

    /// Waits until the screen is as wanted and gives the time that took; fails with the screen when it never is.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        self.wait_until(what, Duration::from_secs(10), |seen| wanted(seen.parser.screen()))
    }

    #[track_caller]
    pub(crate) fn wait_text(&self, text: &str) -> Duration {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    /// Waits until `read` finds something on the screen.
    #[track_caller]
    pub(crate) fn wait_read<T>(&self, what: &str, read: impl Fn(&vt100::Screen) -> Option<T>) -> T {
        let found = RefCell::new(None);
        self.wait_for(what, |screen| {
            *found.borrow_mut() = read(screen);
            found.borrow().is_some()
        });
        found.into_inner().unwrap()
    }

    /// Whether nothing at all was written for so long.
    pub(crate) fn is_quiet(&self, span: Duration) -> bool {
        let before = self.seen().bytes.len();
        self.wait_at_most(span, |seen| seen.bytes.len() != before).is_none()
    }

    /// Waits until nothing has been written for so long: the screen has been seen, or output has stopped.
    pub(crate) fn settle(&self, span: Duration) {
        while !self.is_quiet(span) && self.seen().parser.screen().alternate_screen() {}
    }

    /// How often the program's threads have gone to sleep and woken again.
    #[cfg(target_os = "linux")]
    pub(crate) fn wake_ups(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap();
        let status = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("status")).unwrap());
        let count = |status: String| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
            line.trim().parse::<u64>().unwrap()
        };
        status.map(count).sum()
    }

    /// Waits until the program is in this state.
    #[track_caller]
    pub(crate) fn wait_state(&self, state: State, limit: Duration) -> Duration {
        self.wait_until(&format!("{state:?}"), limit, |seen| seen.state == state)
    }

    #[track_caller]
    fn wait_until(&self, what: &str, limit: Duration, wanted: impl Fn(&Seen) -> bool) -> Duration {
        let took = self.wait_at_most(limit, wanted);
        took.unwrap_or_else(|| panic!("no {what} within {limit:?}; {:?}, screen:\n{}", self.state(), self.screen()))
    }

    fn wait_at_most(&self, limit: Duration, wanted: impl Fn(&Seen) -> bool) -> Option<Duration> {
        let began = now();
        let (_, changed) = &*self.shared;
        let waited = changed.wait_timeout_while(self.seen(), limit, |seen| !wanted(seen)).unwrap();
        (!waited.1.timed_out()).then(|| began.elapsed())
    }

    /// Waits until the program has ended by itself.
    #[track_caller]
    pub(crate) fn wait_exit(&self, limit: Duration) -> (State, Duration) {
        let took = self.wait_until("end", limit, |seen| matches!(seen.state, State::Left(_) | State::Killed(_)));
        (self.seen().state, took)
    }

    /// Types, or pastes, or whatever a terminal may send. Blocks while the program reads nothing and the terminal is
    /// full, which is after some tens of kilobytes.
    pub(crate) fn send(&self, bytes: &[u8]) {
        File::from(self.master().try_clone().unwrap()).write_all(bytes).unwrap();
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser.screen_mut().set_size(cells(rows), cells(columns));
        tcsetwinsize(self.master(), winsize((columns, rows))).unwrap();
        if !has_setsid() {
            self.signal(Signal::WINCH);
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// From now on the terminal takes no output, as after Ctrl-S, until [`Pty::take_output`].
    pub(crate) fn block_output(&self) {
        tcflow(&self.slave, Action::OOff).unwrap();
    }

    pub(crate) fn take_output(&self) {
        tcflow(&self.slave, Action::OOn).unwrap();
    }

    /// Closes the terminal's window.
    pub(crate) fn hang_up(&mut self) {
        self.seen().closes = true;
        (&self.wake).write_all(b"!").unwrap();
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.master = None;
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// Everything the program has written.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    pub(crate) fn state(&self) -> State {
        self.seen().state
    }

    pub(crate) fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// The terminal's settings, every field.
    pub(crate) fn settings(&self) -> String {
        settings(&self.slave)
    }

    /// Fails unless the terminal is as it was before the program began.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(self.settings(), self.before, "settings of the terminal");
        // All that was written before the end has to be read first.
        self.wait_for("the ordinary screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
    }

    fn master(&self) -> &OwnedFd {
        self.master.as_deref().expect("the terminal is closed")
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().unwrap()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let state = self.shared.0.lock().map(|seen| seen.state).unwrap_or(State::Running);
        if matches!(state, State::Running | State::Stopped) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
        if self.reader.is_some() && self.shared.0.lock().is_ok() {
            self.hang_up();
        }
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
    }
}

fn open(size: (u16, u16)) -> (Arc<OwnedFd>, File) {
    #[cfg(target_os = "linux")]
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
    #[cfg(not(target_os = "linux"))]
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
    let master = openpt(flags).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
    tcsetwinsize(&master, winsize(size)).unwrap();
    (Arc::new(master), File::from(slave))
}

fn winsize((columns, rows): (u16, u16)) -> Winsize {
    Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 }
}

/// The picture of the screen has at least one cell and no more than memory holds; the program is told the true size.
fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count.clamp(1, 600)).unwrap()
}

/// The terminal's settings, every field of them.
fn settings(slave: &File) -> String {
    format!("{:?}", tcgetattr(slave).unwrap())
}

fn has_setsid() -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("setsid").is_file()))
}

/// The only clock of the tests: how long something real took.
#[expect(clippy::disallowed_methods, reason = "a real program is being timed")]
fn now() -> Instant {
    Instant::now()
}

/// Feeds what the program writes to the picture of the screen, until the window is closed. It must not hold the
/// terminal then: a read that goes on would keep it from hanging up.
fn read(master: &OwnedFd, woken: &UnixStream, shared: &Shared) {
    let (seen, changed) = &**shared;
    let mut buffer = [0; 16 * 1024];
    while !seen.lock().unwrap().closes {
        let mut ready = [PollFd::new(master, PollFlags::IN), PollFd::new(woken, PollFlags::IN)];
        let _ = poll(&mut ready, None);
        if !ready[1].revents().is_empty() {
            continue;
        }
        match rustix::io::read(master, &mut buffer) {
            Ok(count) => {
                let mut seen = seen.lock().unwrap();
                seen.parser.process(&buffer[..count]);
                seen.bytes.extend_from_slice(&buffer[..count]);
                drop(seen);
                changed.notify_all();
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Notes what becomes of the program.
fn wait(pid: Pid, shared: &Shared) {
    let (seen, changed) = &**shared;
    loop {
        let state = match waitpid(Some(pid), WaitOptions::UNTRACED | WaitOptions::CONTINUED) {
            Ok(Some((_, status))) => match (status.exit_status(), status.terminating_signal()) {
                (Some(code), _) => State::Left(code),
                (_, Some(signal)) => State::Killed(signal),
                _ if status.stopped() => State::Stopped,
                _ => State::Running,
            },
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(error) => panic!("waiting for the program: {error}"),
        };
        seen.lock().unwrap().state = state;
        changed.notify_all();
        if matches!(state, State::Left(_) | State::Killed(_)) {
            return;
        }
    }
}
