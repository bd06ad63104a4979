//! Signals arrive as bytes in a socket, which is polled together with the terminal.

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

/// Signals that arrive together are returned in this order. The exit status after a signal is 128 plus its number, as
/// in shells.
const SIGNALS: [(i32, Signal); 7] = [
    (SIGHUP, Signal::End(129)),
    (SIGINT, Signal::End(130)),
    (SIGTERM, Signal::End(143)),
    (SIGQUIT, Signal::End(131)),
    (SIGTSTP, Signal::Suspend),
    (SIGCONT, Signal::Continued),
    (SIGWINCH, Signal::Resized),
];
/// signal-hook has no name for it.
const SIGXFSZ: i32 = 25;

#[derive(Debug)]
pub(crate) struct Signals(SignalDelivery<UnixStream, SignalOnly>);

impl Signals {
    pub(crate) fn listen() -> io::Result<Signals> {
        let (read, write) = UnixStream::pair()?;
        // SIGXFSZ is only caught and never reported: the write over the limit then fails, and the record handles that.
        let numbers = SIGNALS.iter().map(|(number, _)| number).chain([&SIGXFSZ]);
        SignalDelivery::with_pipe(read, write, SignalOnly, numbers).map(Signals)
    }

    pub(crate) fn wait(&mut self) -> Option<Vec<Signal>> {
        // A terminal that cannot be polled counts as closed.
        if self.until_something_came().unwrap_or(true) {
            return None;
        }
        let came: Vec<i32> = self.0.pending().collect();
        let known = SIGNALS.iter().filter(|(number, _)| came.contains(number));
        Some(known.map(|(_, signal)| *signal).collect())
    }

    /// Returns whether the terminal has been closed.
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
