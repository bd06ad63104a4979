//! Signals and the end of the terminal. This thread blocks in one poll and wakes for nothing else; when the program
//! is asked to end, it sees to it that it does.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::{Mail, Message, guard};

/// How many steps the program has to end by itself before this thread ends it. Its output may be blocked.
const FUSE: usize = 8;
const STEP: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// In the order in which those that came at once are passed on.
const SIGNALS: [i32; 7] = [SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
/// signal-hook does not name it.
const XFSZ: i32 = 25;

/// Hears signals from now on, and starts the thread that tells of them and of the end of the terminal.
///
/// # Errors
/// When they cannot be listened to.
pub fn start(mail: Mail) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    // A file that grows over a limit gives an error instead of ending the process; the record knows what to do.
    let mut signals = SignalDelivery::with_pipe(read, write, SignalOnly, SIGNALS.iter().chain([&XFSZ]))?;
    thread::spawn(move || watch(&mut signals, &mail));
    Ok(())
}

fn watch(signals: &mut SignalDelivery<UnixStream, SignalOnly>, mail: &Mail) {
    loop {
        // A terminal that can no longer be watched counts as gone.
        if wait(signals.get_read()).unwrap_or(true) {
            burn(mail, Message::HangUp, 129);
        }
        let came: Vec<i32> = signals.pending().collect();
        for signal in SIGNALS.into_iter().filter(|signal| came.contains(signal)) {
            match signal {
                SIGWINCH => mail.post(Message::Resized),
                SIGCONT => mail.post(Message::Continued),
                SIGTSTP => mail.post(Message::Suspend),
                fatal => burn(mail, Message::End(fatal), 128 + fatal),
            }
        }
    }
}

/// Blocks until a signal came or the terminal has gone. Whether the terminal has gone.
fn wait(signals: &UnixStream) -> io::Result<bool> {
    // An empty mask: hang-up and error are always reported, and input is read by another thread.
    let mut watched = [
        PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::empty()),
        PollFd::from_borrowed_fd(signals.as_fd(), PollFlags::IN),
    ];
    loop {
        match poll(&mut watched, None) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(is_gone(&watched))
}

/// Whether the terminal has gone by now. Does not wait.
pub fn has_gone() -> bool {
    let mut watched = [PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::empty())];
    poll(&mut watched, Some(&Timespec::default())).is_ok() && is_gone(&watched)
}

fn is_gone(watched: &[PollFd<'_>]) -> bool {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    watched.first().is_some_and(|terminal| terminal.revents().intersects(gone))
}

/// Tells the main thread to end and gives it its time, then gives the terminal back and ends the process.
#[expect(clippy::disallowed_methods, reason = "the fuse is one of the two places that may end the process")]
fn burn(mail: &Mail, last: Message, status: i32) -> ! {
    mail.post(last);
    for _ in 0..FUSE {
        // A signal that cuts a step short makes the fuse shorter, never longer.
        let _ = poll(&mut [], Some(&STEP));
    }
    guard::give_back_at_last();
    std::process::exit(status);
}
