//! A folder of made-up commands, and pipes by which these and a test wait for each other.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, test_kill_process};
use tempfile::TempDir;

/// Nothing here takes this long. A test that is broken fails after it rather than never.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// A limit that no test meets by itself, so that it cannot do what something else is meant to.
pub(crate) const NEVER: Duration = Duration::from_secs(3_600);

pub(crate) struct CommandFolder {
    folder: TempDir,
}

impl CommandFolder {
    pub(crate) fn new() -> CommandFolder {
        CommandFolder { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The value of PATH that has this folder alone.
    pub(crate) fn search(&self) -> OsString {
        self.folder.path().into()
    }

    /// A command that runs `body` in this folder.
    pub(crate) fn shell(&self, body: &str) -> Vec<OsString> {
        let body = format!("cd {} || exit\n{body}", self.folder.path().display());
        ["/bin/sh", "-c", &body].into_iter().map(OsString::from).collect()
    }

    /// A program called `name` that runs `body` in this folder.
    pub(crate) fn program(&self, name: &str, body: &str) {
        let draft = self.path(&format!("{name}.draft"));
        fs::write(&draft, format!("#!/bin/sh\ncd {} || exit\n{body}\n", self.folder.path().display())).unwrap();
        // Copied by another process: one that this one has open for writing while it forks cannot be run.
        assert!(Command::new("cp").arg(&draft).arg(self.path(name)).status().unwrap().success());
        assert!(Command::new("chmod").arg("755").arg(self.path(name)).status().unwrap().success());
    }

    /// A named pipe.
    pub(crate) fn pipe(&self, name: &str) {
        assert!(Command::new("mkfifo").arg(self.path(name)).status().unwrap().success());
    }

    /// A named pipe that this test listens to.
    pub(crate) fn listen(&self, name: &str) -> Line {
        self.pipe(name);
        let path = self.path(name);
        let (tell, told) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(File::open(path).unwrap()).lines();
            lines.map_while(Result::ok).for_each(|line| drop(tell.send(line)));
        });
        Line(told)
    }

    /// Lets a command go on that reads from the pipe `name`.
    pub(crate) fn open(&self, name: &str) {
        let path = self.path(name);
        within(move || OpenOptions::new().write(true).open(path).unwrap().write_all(b"go\n").unwrap());
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

/// A pipe into which commands write.
pub(crate) struct Line(Receiver<String>);

impl Line {
    /// The next line.
    pub(crate) fn next(&self) -> String {
        self.0.recv_timeout(LONG).expect("a line in time")
    }

    /// Waits until nobody has it open for writing any more: the last process that had is dead.
    pub(crate) fn ended(&self) {
        assert_eq!(self.0.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected), "someone still has the pipe open");
    }
}

/// Does something that must not take long on a thread of its own.
pub(crate) fn within<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = channel();
    thread::spawn(move || drop(tell.send(act())));
    told.recv_timeout(LONG).expect("done in time")
}

/// The number that a command has written.
pub(crate) fn number(text: &str) -> Pid {
    Pid::from_raw(text.trim().parse().unwrap()).unwrap()
}

/// Whether a process of this number is there, be it dead and not reaped.
pub(crate) fn is_there(text: &str) -> bool {
    test_kill_process(number(text)).is_ok()
}
