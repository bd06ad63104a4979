//! A real pseudo-terminal with a real program in it. Tests wait for what they want to see, never for time to pass.
//!
//! The program gets the terminal as its controlling one through `setsid --ctty`, which needs no `unsafe`; where that
//! is missing it runs without, and is sent what the kernel would have sent.

mod system;
mod typing;
mod setup;

use std::cell::RefCell;
use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Action, tcflow, tcsetwinsize};

pub use setup::{PROGRAM, Setup, command};
pub use system::now;
use system::{cells, has_setsid, modes_left_on, open, settings, title_left, winsize};

/// Put behind a program's output to see that all of it has been read; it shows nothing.
const LAST: &[u8] = b"\x1b]777;all was read\x07";
/// A terminal that takes no input for so long is stuck.
const STUCK: Timespec = Timespec { tv_sec: 20, tv_nsec: 0 };

/// What has become of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
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
    deaf: bool,
    state: State,
    /// When it came into this state.
    since: Instant,
    /// What it had used of the processor by then, in hundredths of a second.
    ticks: u64,
}

impl Seen {
    fn has_ended(&self) -> bool {
        matches!(self.state, State::Left(_) | State::Killed(_))
    }
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// A program in its terminal. Dropping it ends the program.
pub struct Pty {
    master: Option<Arc<OwnedFd>>,
    /// Kept open, so that its settings can be compared after the program has gone.
    slave: File,
    pid: Pid,
    shared: Shared,
    wake: UnixStream,
    reader: Option<JoinHandle<()>>,
    /// Types without end.
    flood: Option<(UnixStream, JoinHandle<()>)>,
    waiter: Option<JoinHandle<()>>,
    /// The settings from before the program began.
    pub before: String,
}

impl Pty {
    #[expect(clippy::zombie_processes, reason = "a thread waits for it, for stops and going on as well")]
    fn start(setup: Setup) -> Pty {
        let (master, slave) = open(setup.size);
        let before = settings(&slave);
        if !setup.takes_output {
            tcflow(&slave, Action::OOff).unwrap();
        }
        let mut words = Vec::new();
        if setup.is_told && has_setsid() {
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
            deaf: false,
            state: State::Running,
            since: now(),
            ticks: 0,
        };
        let shared: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let (wake, woken) = UnixStream::pair().unwrap();
        let reader = thread::spawn({
            let (master, shared) = (master.clone(), shared.clone());
            move || system::read(&master, &woken, &shared, setup.reads_slowly)
        });
        let waiter = thread::spawn({
            let shared = shared.clone();
            move || system::wait(pid, &shared)
        });
        let (reader, waiter) = (Some(reader), Some(waiter));
        Pty { master: Some(master), slave, pid, shared, wake, reader, flood: None, waiter, before }
    }

    /// Waits until the screen is as wanted and gives the time that took; fails with the screen when it never is.
    #[track_caller]
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        self.wait_until(what, Duration::from_secs(20), |seen| wanted(seen.parser.screen()))
    }

    /// Waits until `read` finds something on the screen.
    #[track_caller]
    pub fn wait_read<T>(&self, what: &str, read: impl Fn(&vt100::Screen) -> Option<T>) -> T {
        let found = RefCell::new(None);
        self.wait_for(what, |screen| {
            *found.borrow_mut() = read(screen);
            found.borrow().is_some()
        });
        found.into_inner().unwrap()
    }

    /// Whether nothing at all was written for so long.
    pub fn is_quiet(&self, span: Duration) -> bool {
        let before = self.seen().bytes.len();
        self.wait_at_most(span, |seen| seen.bytes.len() != before).is_none()
    }

    /// Lets so much time pass, whatever is written.
    pub fn let_pass(&self, span: Duration) {
        self.wait_at_most(span, |_| false);
    }

    /// Waits until nothing has been written for so long: the screen has been seen, or output has stopped.
    pub fn settle(&self, span: Duration) {
        while !self.is_quiet(span) && self.seen().parser.screen().alternate_screen() {}
    }

    /// How often the program's threads have gone to sleep and woken again.
    #[cfg(target_os = "linux")]
    pub fn wake_ups(&self) -> u64 {
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
    pub fn wait_state(&self, state: State, limit: Duration) -> Duration {
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
        (!waited.1.timed_out()).then(|| now() - began)
    }

    /// Waits until the program has ended by itself.
    #[track_caller]
    pub fn wait_exit(&self, limit: Duration) -> (State, Duration) {
        let took = self.wait_until("end", limit, Seen::has_ended);
        (self.seen().state, took)
    }

    /// Types, or pastes, or whatever a terminal may send.
    #[track_caller]
    pub fn send(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match rustix::io::write(self.master(), bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => {
                    let room = poll(&mut [PollFd::new(self.master(), PollFlags::OUT)], Some(&STUCK));
                    assert!(matches!(room, Ok(1..)), "the program reads no keys; screen:\n{}", self.screen());
                }
                Err(error) => panic!("typing: {error}"),
            }
        }
    }

    /// Types `keys` again and again, as fast as they are taken, until [`Pty::calm`].
    pub fn flood(&mut self, keys: &'static [u8]) {
        let master = self.master.clone().expect("the terminal is closed");
        let slave = self.slave.try_clone().unwrap();
        let (wake, woken) = UnixStream::pair().unwrap();
        self.flood = Some((wake, thread::spawn(move || system::flood(&master, &slave, &woken, keys))));
    }

    /// Ends the flood.
    pub fn calm(&mut self) {
        if let Some((wake, thread)) = self.flood.take() {
            // It may have ended by itself, with the terminal.
            let _ = (&wake).write_all(b"!");
            thread.join().unwrap();
        }
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser.screen_mut().set_size(cells(rows), cells(columns));
        tcsetwinsize(self.master(), winsize((columns, rows))).unwrap();
        if !has_setsid() {
            self.signal(Signal::WINCH);
        }
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// From now on the terminal takes no output, as after Ctrl-S, until [`Pty::take_output`].
    pub fn block_output(&self) {
        tcflow(&self.slave, Action::OOff).unwrap();
    }

    /// From now on nobody reads what the program writes, as when the window's own program hangs.
    pub fn stop_reading(&self) {
        self.seen().deaf = true;
        (&self.wake).write_all(b"!").unwrap();
    }

    /// Leaves the terminal as some programs do: a write without room is refused, a read without keys too.
    pub fn refuse_to_wait(&self) {
        rustix::io::ioctl_fionbio(&self.slave, true).unwrap();
    }

    pub fn take_output(&self) {
        tcflow(&self.slave, Action::OOn).unwrap();
    }

    /// Closes the terminal's window.
    pub fn hang_up(&mut self) {
        self.calm();
        self.seen().closes = true;
        // It may have seen that already, and be gone.
        let _ = (&self.wake).write_all(b"!");
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.master = None;
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// Everything the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// How many bytes the program has written.
    pub fn count(&self) -> usize {
        self.seen().bytes.len()
    }

    /// Waits until the program has written so many bytes.
    #[track_caller]
    pub fn wait_count(&self, count: usize) {
        self.wait_until("output", Duration::from_secs(20), |seen| seen.bytes.len() >= count);
    }

    pub fn state(&self) -> State {
        self.seen().state
    }

    /// When it came into its present state.
    pub fn since(&self) -> Instant {
        self.seen().since
    }

    /// What the program has used of the processor; of a program that has ended, by its end.
    pub fn processor_time(&self) -> Duration {
        let seen = self.seen();
        Duration::from_millis(10 * if seen.has_ended() { seen.ticks } else { system::ticks(self.pid) })
    }

    /// Bytes of memory that the program holds; 0 where the system does not say so in a file.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Waits until the program has read all that was typed.
    #[track_caller]
    pub fn wait_typed(&self) {
        let began = now();
        while rustix::io::ioctl_fionread(&self.slave).unwrap() > 0 {
            let reads = self.state() == State::Running && (now() - began) < Duration::from_secs(20);
            assert!(reads, "the program reads no keys; {:?}, screen:\n{}", self.state(), self.screen());
            self.is_quiet(Duration::from_millis(1));
        }
    }

    /// Waits until all that a program which has ended or halted wrote has been read.
    #[track_caller]
    pub fn drain(&self) {
        rustix::io::ioctl_fionbio(&self.slave, false).unwrap();
        (&self.slave).write_all(LAST).unwrap();
        // Keys that were typed into the restored terminal may be echoed behind it.
        let place = |seen: &Seen| seen.bytes.windows(LAST.len()).rposition(|bytes| bytes == LAST);
        self.wait_until("end of output", Duration::from_secs(20), |seen| place(seen).is_some());
        let mut seen = self.seen();
        let at = place(&seen).unwrap();
        seen.bytes.drain(at..at + LAST.len());
    }

    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// The terminal's settings, every field.
    pub fn settings(&self) -> String {
        settings(&self.slave)
    }

    /// Fails unless the terminal is as it was before the program began. The program has ended or halted.
    #[track_caller]
    pub fn assert_given_back(&self) {
        assert_eq!(self.settings(), self.before, "settings of the terminal");
        self.drain();
        let seen = self.seen();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(!screen.application_cursor() && !screen.application_keypad(), "another key mode is left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "mouse reports are left on");
        assert_eq!(screen.fgcolor(), vt100::Color::Default, "a colour is left on");
        assert_eq!(screen.bgcolor(), vt100::Color::Default, "a colour is left on");
        assert!(!screen.bold() && !screen.inverse() && !screen.underline() && !screen.dim(), "a style is left on");
        assert_eq!(modes_left_on(&seen.bytes), Vec::<String>::new(), "modes that were set and not undone");
        assert_eq!(title_left(&seen.bytes), (0, String::new()), "the title of the window");
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
