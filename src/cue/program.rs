//! A program in a process group of its own. It is signalled as a whole, and never after it was reaped: its number may
//! be somebody else's by then. Whoever has a `Program` has one that was not reaped yet.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// A started program.
#[derive(Debug)]
pub(super) struct Program(Child);

impl Program {
    /// Starts `command` with nothing to read unless it was given something, and nowhere to write: the screen is ours.
    ///
    /// # Errors
    /// When there is no such program or it may not be run.
    pub(super) fn start(command: &mut Command, stdin: Stdio) -> io::Result<Program> {
        command.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null());
        // Of its own, so that its children go with it, and so that keys which mean a signal never reach it.
        command.process_group(0).spawn().map(Program)
    }

    /// Its number, which is that of its group too.
    pub(super) fn group(&self) -> Pid {
        Pid::from_child(&self.0)
    }

    /// The end at which its input is written, once.
    pub(super) fn input(&mut self) -> Option<ChildStdin> {
        self.0.stdin.take()
    }

    /// Ends it and all that it has started. That it has ended already is no matter.
    pub(super) fn kill(&self) {
        let _ = kill_process_group(self.group(), Signal::KILL);
    }

    /// Reaps it after it has ended. What it left running in its group ends here: nothing may go on beside the next one.
    pub(super) fn reap(mut self) -> io::Result<ExitStatus> {
        self.kill();
        self.0.wait()
    }
}

/// Blocks until the leader of `group` has ended, and leaves it to be reaped.
pub(super) fn until_ended(group: Pid) {
    // Another error than an interruption means that there is nothing to wait for.
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
    }
}
