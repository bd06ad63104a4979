//! The real program in a real pseudo-terminal. Tests wait for what the screen shows, never for time to pass.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Termios, Winsize, tcgetattr, tcsetwinsize};

/// How long a screen may take before the test has failed. Generous: machines are busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a key may go unheeded before it is pressed again: the program lets a new screen rest for 400 ms.
const AGAIN: Duration = Duration::from_millis(420);

struct Seen {
    screen: Mutex<(vt100::Parser, bool)>,
    changed: Condvar,
}

pub struct Terminal {
    child: Child,
    master: OwnedFd,
    slave: OwnedFd,
    seen: Arc<Seen>,
}

impl Terminal {
    /// Starts the program with `arguments` in a window of `columns` and `rows`, with its folders below `home`.
    pub fn start(arguments: &[&str], size: (u16, u16), home: &Path) -> Terminal {
        Terminal::start_program(Path::new(env!("CARGO_BIN_EXE_dermaroll")), arguments, size, home)
    }

    /// The same with another program, which runs this one.
    pub fn start_program(program: &Path, arguments: &[&str], (columns, rows): (u16, u16), home: &Path) -> Terminal {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave: OwnedFd = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap().into();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).unwrap();
        let child = command_of(program, arguments, home)
            .env("TERM", "xterm-256color")
            .stdin(slave.try_clone().unwrap())
            .stdout(slave.try_clone().unwrap())
            .stderr(slave.try_clone().unwrap())
            .spawn()
            .unwrap();
        let seen = Arc::new(Seen {
            screen: Mutex::new((
                vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0),
                false,
            )),
            changed: Condvar::new(),
        });
        let mut reader = File::from(master.try_clone().unwrap());
        let told = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                told.screen.lock().unwrap().0.process(&bytes[..count]);
                told.changed.notify_all();
            }
            told.screen.lock().unwrap().1 = true;
            told.changed.notify_all();
        });
        Terminal { child, master, slave, seen }
    }

    pub fn text(&self) -> String {
        self.seen.screen.lock().unwrap().0.screen().contents()
    }

    /// Waits until the screen shows `wanted`; false when it does not within `patience`.
    fn shows(&self, wanted: &str, patience: Duration) -> bool {
        let screen = self.seen.screen.lock().unwrap();
        let waiting = |state: &mut (vt100::Parser, bool)| !state.1 && !state.0.screen().contents().contains(wanted);
        let (state, _) = self.seen.changed.wait_timeout_while(screen, patience, waiting).unwrap();
        state.0.screen().contents().contains(wanted)
    }

    #[track_caller]
    pub fn wait_for(&self, wanted: &str) -> &Terminal {
        assert!(self.shows(wanted, PATIENCE), "{wanted:?} never came:\n{}", self.text());
        self
    }

    pub fn send(&self, bytes: &str) {
        let mut master = File::from(self.master.try_clone().unwrap());
        master.write_all(bytes.as_bytes()).unwrap();
    }

    /// Presses `key` until the screen shows `wanted`.
    #[track_caller]
    pub fn press_until(&self, key: &str, wanted: &str) -> &Terminal {
        for _ in 0..30 {
            self.send(key);
            if self.shows(wanted, AGAIN) {
                return self;
            }
        }
        panic!("{key:?} never led to {wanted:?}:\n{}", self.text());
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&self.slave, size).unwrap();
        self.seen
            .screen
            .lock()
            .unwrap()
            .0
            .screen_mut()
            .set_size(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap());
        self.signal(rustix::process::Signal::WINCH);
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, signal).unwrap();
    }

    /// The terminal's settings, to be compared.
    pub fn settings(&self) -> String {
        let settings: Termios = tcgetattr(&self.slave).unwrap();
        format!("{settings:?}")
    }

    /// Waits for the end; gives the terminal's settings then, and the status.
    pub fn settings_after(mut self) -> (String, ExitStatus) {
        let status = self.child.wait().unwrap();
        (self.settings(), status)
    }

    /// Presses `key` until the program has ended.
    pub fn quit_with(mut self, key: &str) -> ExitStatus {
        for _ in 0..30 {
            if self.shows("\u{0}", AGAIN) || self.child.try_wait().unwrap().is_some() {
                break;
            }
            self.send(key);
        }
        self.child.wait().unwrap()
    }

    /// Waits for `wanted`, then for the end.
    #[track_caller]
    pub fn end_after(self, wanted: &str) -> (ExitStatus, String) {
        self.wait_for(wanted);
        self.end()
    }

    /// Waits for the end and gives its status.
    pub fn end(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        (status, self.text())
    }
}

impl Drop for Terminal {
    /// A test that failed leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with its folders below `home` and nothing of this machine's own settings.
pub fn command(arguments: &[&str], home: &Path) -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_dermaroll")), arguments, home)
}

fn command_of(program: &Path, arguments: &[&str], home: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("HOME", home).env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
    command.stdin(Stdio::null());
    command
}
