//! Signals as bytes in a pair of sockets, which is polled beside the terminal.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{getpid, kill_process};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::terminal::{is_gone, watched};
use crate::signals::Signal;

/// In the order in which those that came at once are passed on. The exit status of one that ends the program is 128
/// and its number, as shells have it.
const SIGNALS: [(i32, Signal); 7] = [
    (SIGHUP, Signal::End(129)),
    (SIGINT, Signal::End(130)),
    (SIGTERM, Signal::End(143)),
    (SIGQUIT, Signal::End(131)),
    (SIGTSTP, Signal::Suspend),
    (SIGCONT, Signal::Continued),
    (SIGWINCH, Signal::Resized),
];
/// signal-hook does not name it.
const XFSZ: i32 = 25;

#[derive(Debug)]
pub(crate) struct Signals(SignalDelivery<UnixStream, SignalOnly>);

impl Signals {
    pub(crate) fn listen() -> io::Result<Signals> {
        let (read, write) = UnixStream::pair()?;
        // Of this one nothing is told: the write that went over the limit fails, and the record knows what to do.
        let numbers = SIGNALS.iter().map(|(number, _)| number).chain([&XFSZ]);
        SignalDelivery::with_pipe(read, write, SignalOnly, numbers).map(Signals)
    }

    pub(crate) fn wait(&mut self) -> Option<Vec<Signal>> {
        // A terminal that can no longer be watched counts as gone.
        if self.until_something_came().unwrap_or(true) {
            return None;
        }
        let came: Vec<i32> = self.0.pending().collect();
        let known = SIGNALS.iter().filter(|(number, _)| came.contains(number));
        Some(known.map(|(_, signal)| *signal).collect())
    }

    /// Whether the terminal has gone.
    fn until_something_came(&self) -> io::Result<bool> {
        let mut both = [watched(), PollFd::from_borrowed_fd(self.0.get_read().as_fd(), PollFlags::IN)];
        loop {
            match poll(&mut both, None) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(both.first().is_some_and(is_gone))
    }
}

pub(crate) fn stop() -> io::Result<()> {
    // Not TSTP: an orphaned process group ignores it.
    Ok(kill_process(getpid(), rustix::process::Signal::STOP)?)
}
