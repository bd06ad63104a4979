//! How a program is to be run in its terminal.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Pty;

/// The program's path.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_dermaroll");

/// How a program is to be run.
pub struct Setup {
    pub(super) command: Vec<String>,
    pub(super) env: Vec<(String, String)>,
    pub(super) size: (u16, u16),
    pub(super) ignores_hang_up: bool,
    pub(super) reads_slowly: bool,
    pub(super) is_told: bool,
    pub(super) takes_output: bool,
}

impl Setup {
    /// `program` in 80 columns and 24 rows, with an empty environment but for the terminal's kind and the search path.
    pub fn new(program: &str, args: &[&str]) -> Setup {
        let command = [program].iter().chain(args).map(|word| (*word).to_owned()).collect();
        let setup = Setup {
            command,
            env: Vec::new(),
            size: (80, 24),
            ignores_hang_up: false,
            reads_slowly: false,
            is_told: true,
            takes_output: true,
        };
        setup.env("TERM", "xterm-256color").env("LANG", "C.UTF-8").env("TZ", "UTC")
    }

    /// dermaroll with its folders below `home`, on a computer without a voice or anything else to be found.
    pub fn dermaroll(args: &[&str], home: &Path) -> Setup {
        // What gives it its terminal has to be found; what it looks for itself has not.
        let words: Vec<&str> = ["PATH=/nowhere", PROGRAM].iter().chain(args).copied().collect();
        Setup::new("env", &words).home(home)
    }

    pub fn env(mut self, name: &str, value: &str) -> Setup {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn home(self, folder: &Path) -> Setup {
        self.env("HOME", folder.to_str().unwrap())
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Setup {
        self.size = (columns, rows);
        self
    }

    /// As under `nohup`.
    pub fn ignoring_hang_up(mut self) -> Setup {
        self.ignores_hang_up = true;
        self
    }

    /// Not the terminal's own session, as below some wrappers: no signal says that the window was closed.
    pub fn untold(mut self) -> Setup {
        self.is_told = false;
        self
    }

    /// A terminal that takes some 256 kilobytes a second, as over a poor line.
    pub fn reading_slowly(mut self) -> Setup {
        self.reads_slowly = true;
        self
    }

    /// A terminal that takes no output from the beginning, as after Ctrl-S.
    pub fn halted(mut self) -> Setup {
        self.takes_output = false;
        self
    }

    pub fn start(self) -> Pty {
        Pty::start(self)
    }
}

/// The program without a terminal, with its folders below `home` and nothing of this machine's own settings.
pub fn command(args: &[&str], home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).env_clear().env("HOME", home).env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
    command.stdin(Stdio::null());
    command
}
