//! A program in a session of its own. It is signalled as a whole, and never after it was reaped: its number may be
//! somebody else's by then. Whoever has a `Program` has one that was not reaped yet.

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

/// A started program.
#[derive(Debug)]
pub(super) struct Program(Box<dyn ChildWrapper>);

impl Program {
    /// Starts `command` with nothing to read unless it was given something, and with `out` for what it writes: the screen
    /// is ours.
    ///
    /// # Errors
    /// When there is no such program or it may not be run.
    pub(super) fn start(mut command: Command, stdin: Stdio, out: [Stdio; 2]) -> io::Result<Program> {
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
    pub(super) fn group(&self) -> Option<Pid> {
        i32::try_from(self.0.id()).ok().and_then(Pid::from_raw)
    }

    /// The end at which its input is written, once.
    pub(super) fn input(&mut self) -> Option<ChildStdin> {
        self.0.stdin().take()
    }

    /// Ends it and all that it has started. That it has ended already is no matter.
    pub(super) fn kill(&self) {
        let _ = self.0.signal(Signal::KILL.as_raw());
    }

    /// Reaps it after it has ended. What it left running in its group ends here: nothing may go on beside the next one.
    pub(super) fn reap(mut self) -> io::Result<ExitStatus> {
        self.kill();
        self.0.wait()
    }
}

/// Blocks until the leader of `group` has ended, and leaves it to be reaped.
pub(super) fn until_ended(group: Option<Pid>) {
    let Some(group) = group else { return };
    // Another error than an interruption means that there is nothing to wait for.
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
    }
}
