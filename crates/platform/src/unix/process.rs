//! A program in a session of its own, so that a signal reaches it with all that it has started.

use std::io;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessSession};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, waitid};

/// Variables in which programs that ask for a password look for a terminal.
const TERMINAL_VARIABLES: [&str; 3] = ["GPG_TTY", "SSH_TTY", "TTY"];

/// Descriptors that this process was started with, beyond the first three, are closed in every program: one of them may
/// be the terminal.
static DESCRIPTORS: Once = Once::new();
const FIRST_AFTER_STDERR: i32 = 3;

#[derive(Debug)]
pub(crate) struct Program {
    /// None once it was reaped: its number may belong to another process by then.
    child: Mutex<Option<Box<dyn ChildWrapper>>>,
    /// Its number, which is that of its group too.
    id: Option<Pid>,
}

impl Program {
    pub(crate) fn start(mut command: Command, stdin: Stdio, out: [Stdio; 2]) -> io::Result<Program> {
        DESCRIPTORS.call_once(|| close_fds::set_fds_cloexec_threadsafe(FIRST_AFTER_STDERR, &[]));
        let [stdout, stderr] = out;
        command.stdin(stdin).stdout(stdout).stderr(stderr);
        for name in TERMINAL_VARIABLES {
            command.env_remove(name);
        }
        // A session is a group of its own: its children are killed with it, and Ctrl-C does not reach it. It also has
        // no terminal, so that /dev/tty does not open in it.
        let child = CommandWrap::from(command).wrap(ProcessSession).spawn()?;
        let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        Ok(Program { child: Mutex::new(Some(child)), id })
    }

    /// A thread that panicked has left the child whole: each change is a single step.
    fn child(&self) -> MutexGuard<'_, Option<Box<dyn ChildWrapper>>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn take_input(&self) -> Option<ChildStdin> {
        self.child().as_mut()?.stdin().take()
    }

    pub(crate) fn kill(&self) {
        if let Some(child) = self.child().as_ref() {
            let _ = child.signal(Signal::KILL.as_raw());
        }
    }

    pub(crate) fn wait(&self) -> io::Result<ExitStatus> {
        // Without the lock, so that it can be killed meanwhile, and without reaping it, so that its number stays its
        // own.
        if let Some(id) = self.id {
            until_ended(id);
        }
        let child = self.child().take();
        let mut child = child.ok_or_else(|| io::Error::other("the program was waited for before"))?;
        let _ = child.signal(Signal::KILL.as_raw());
        child.wait()
    }
}

fn until_ended(id: Pid) {
    // Any error but an interruption means that there is nothing to wait for.
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {}
}
