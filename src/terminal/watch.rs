//! Signals and the end of the terminal. This thread blocks in one poll and wakes for nothing else; when the program
//! is asked to end, it sees to it that it does.

use std::io::{self, Read as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::pipe;

use super::{Message, guard};

/// The program may take so many of these steps to end by itself before this thread ends it. Its output may be blocked.
const FUSE: usize = 10;
/// A main thread that reads no messages is tried again after so long.
const STEP: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

const SIGNALS: [i32; 7] = [SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];

/// Starts the thread.
///
/// # Errors
/// When the signals cannot be listened to.
pub fn start(sender: SyncSender<Message>) -> io::Result<()> {
    let mut pipes = Vec::new();
    for signal in SIGNALS {
        let (read, write) = UnixStream::pair()?;
        read.set_nonblocking(true)?;
        pipe::register(signal, write)?;
        pipes.push((signal, read));
    }
    // A file that grows over a limit gives an error instead of ending the process; the record knows what to do.
    let (ignored, write) = UnixStream::pair()?;
    pipe::register(XFSZ, write)?;
    thread::spawn(move || {
        let _kept_open = ignored;
        watch(&mut pipes, &sender);
    });
    Ok(())
}

/// signal-hook does not name it.
const XFSZ: i32 = 25;

fn watch(pipes: &mut [(i32, UnixStream)], sender: &SyncSender<Message>) {
    let mut outbox = Outbox { sender, unsent: Vec::new() };
    loop {
        // A terminal that can no longer be watched counts as gone.
        if wait(pipes, outbox.unsent.is_empty()).unwrap_or(true) {
            burn(&mut outbox, Message::HangUp, 129);
        }
        for (signal, pipe) in pipes.iter_mut() {
            if !drained(pipe) {
                continue;
            }
            match *signal {
                SIGWINCH => outbox.put(Message::Resized),
                SIGCONT => outbox.put(Message::Continued),
                SIGTSTP => outbox.put(Message::Suspend),
                fatal => burn(&mut outbox, Message::End(fatal), 128 + fatal),
            }
        }
        outbox.send();
    }
}

/// Messages that wait until the main thread takes them. This thread must not wait with them: it still has to end the
/// program when it is asked to, and a message lost would leave a wrong size or a terminal half taken.
struct Outbox<'a> {
    sender: &'a SyncSender<Message>,
    unsent: Vec<Message>,
}

impl Outbox<'_> {
    /// Of each kind one is enough: it only says that something is to be looked at.
    fn put(&mut self, message: Message) {
        if !self.unsent.contains(&message) {
            self.unsent.push(message);
        }
    }

    /// Sends as many as are taken, in order: halting and going on must not change places.
    fn send(&mut self) {
        let is_full = |message: &Message| matches!(self.sender.try_send(message.clone()), Err(TrySendError::Full(_)));
        let sent = self.unsent.iter().position(is_full).unwrap_or(self.unsent.len());
        self.unsent.drain(..sent);
    }
}

/// Blocks until a signal came or the terminal has gone, or for one step where a message is left to be sent. Whether
/// the terminal has gone.
fn wait(pipes: &[(i32, UnixStream)], all_sent: bool) -> io::Result<bool> {
    let terminal = rustix::stdio::stdin();
    // An empty mask: hang-up and error are always reported, and input is none of this thread's business.
    let mut watched = vec![PollFd::from_borrowed_fd(terminal, PollFlags::empty())];
    watched.extend(pipes.iter().map(|(_, pipe)| PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::IN)));
    loop {
        match poll(&mut watched, if all_sent { None } else { Some(&STEP) }) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    Ok(watched.first().is_some_and(|terminal| terminal.revents().intersects(gone)))
}

fn drained(pipe: &mut UnixStream) -> bool {
    let mut some = false;
    let mut bytes = [0; 64];
    while let Ok(1..) = pipe.read(&mut bytes) {
        some = true;
    }
    some
}

/// Tells the main thread to end and gives it its time, then gives the terminal back and ends the process.
#[expect(clippy::disallowed_methods, reason = "the fuse is one of the two places that may end the process")]
fn burn(outbox: &mut Outbox<'_>, last: Message, status: i32) -> ! {
    outbox.put(last);
    for _ in 0..FUSE {
        outbox.send();
        let _ = poll(&mut [], Some(&STEP));
    }
    guard::give_back_at_last();
    std::process::exit(status);
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn a_full_queue_delays_messages_and_loses_none() {
        let (sender, receiver) = sync_channel(1);
        let mut outbox = Outbox { sender: &sender, unsent: Vec::new() };
        for message in [Message::Resized, Message::Suspend, Message::Suspend, Message::Continued] {
            outbox.put(message);
            outbox.send();
        }
        let taken: Vec<Message> = std::iter::from_fn(|| {
            let message = receiver.try_recv().ok();
            outbox.send();
            message
        })
        .collect();
        assert_eq!(taken, [Message::Resized, Message::Suspend, Message::Continued]);
        assert!(outbox.unsent.is_empty());
    }

    #[test]
    fn nobody_left_to_read_is_no_reason_to_try_again() {
        let (sender, receiver) = sync_channel(1);
        drop(receiver);
        let mut outbox = Outbox { sender: &sender, unsent: vec![Message::Resized] };
        outbox.send();
        assert!(outbox.unsent.is_empty());
    }
}
