//! The terminal at descriptors 0 and 1.

use core::time::Duration;
use std::io;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stderr, stdin, stdout};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

pub(crate) fn read(bytes: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::read(stdin(), bytes)?)
}

pub(crate) fn wait_for_input(limit: Option<Duration>) -> io::Result<bool> {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    match poll(&mut [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)], limit.as_ref()) {
        Ok(count) => Ok(count > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn write(bytes: &[u8]) -> io::Result<usize> {
    loop {
        match rustix::io::write(stdout(), bytes) {
            // Another program on this terminal may have left it in non-blocking mode.
            Err(Errno::AGAIN) => wait_for_room()?,
            written => return Ok(written?),
        }
    }
}

fn wait_for_room() -> io::Result<()> {
    match poll(&mut [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)], None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn write_to_stderr(bytes: &[u8]) -> io::Result<usize> {
    Ok(rustix::io::write(stderr(), bytes)?)
}

pub(crate) fn size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(stdout())?;
    Ok((size.ws_col, size.ws_row))
}

pub(crate) type Settings = Termios;

pub(crate) fn take_raw() -> io::Result<Settings> {
    let before = tcgetattr(stdin())?;
    let mut raw = before.clone();
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    Ok(before)
}

pub(crate) fn give_back(before: &Settings) -> io::Result<()> {
    Ok(tcsetattr(stdin(), OptionalActions::Now, before)?)
}

/// What to poll for [`is_gone`]. No events are asked for: hang-up and errors are always reported, and another thread
/// reads the input.
pub(super) fn watched() -> PollFd<'static> {
    PollFd::from_borrowed_fd(stdin(), PollFlags::empty())
}

pub(super) fn is_gone(watched: &PollFd<'_>) -> bool {
    watched.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

pub(crate) fn has_gone() -> bool {
    let mut terminal = [watched()];
    poll(&mut terminal, Some(&Timespec::default())).is_ok() && terminal.iter().any(is_gone)
}

pub(crate) fn tells_of_the_end(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::IO.raw_os_error())
}
