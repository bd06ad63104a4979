//! A program in a session of its own. It is signalled as a whole, and never after it was reaped: its number may be
//! somebody else's by then.

use std::io;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Once;

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessSession};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, waitid};

/// Where programs that ask something look for a terminal by its name.
const NAMES_OF_TERMINALS: [&str; 3] = ["GPG_TTY", "SSH_TTY", "TTY"];

/// What this program was started with beside input, output and errors is passed on to nobody: it may be the terminal.
static DESCRIPTORS: Once = Once::new();
const FIRST_AFTER_ERRORS: i32 = 3;

pub(crate) type Group = Pid;

#[derive(Debug)]
pub(crate) struct Program(Box<dyn ChildWrapper>);

impl Program {
    pub(crate) fn start(mut command: Command, stdin: Stdio, out: [Stdio; 2]) -> io::Result<Program> {
        DESCRIPTORS.call_once(|| close_fds::set_fds_cloexec_threadsafe(FIRST_AFTER_ERRORS, &[]));
        let [stdout, stderr] = out;
        command.stdin(stdin).stdout(stdout).stderr(stderr);
        for name in NAMES_OF_TERMINALS {
            command.env_remove(name);
        }
        // A session has a group of its own, so that children go with it and no key that means a signal reaches it; and no
        // terminal, so that /dev/tty does not open in it.
        CommandWrap::from(command).wrap(ProcessSession).spawn().map(Program)
    }

    /// Its number, which is that of its group too.
    pub(crate) fn group(&self) -> Option<Group> {
        i32::try_from(self.0.id()).ok().and_then(Pid::from_raw)
    }

    pub(crate) fn input(&mut self) -> Option<ChildStdin> {
        self.0.stdin().take()
    }

    pub(crate) fn kill(&self) {
        let _ = self.0.signal(Signal::KILL.as_raw());
    }

    pub(crate) fn reap(mut self) -> io::Result<ExitStatus> {
        self.kill();
        self.0.wait()
    }
}

pub(crate) fn until_ended(group: Group) {
    // Another error than an interruption means that there is nothing to wait for.
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
    }
}
