//! Signals and the end of the terminal. This thread blocks until one comes and wakes for nothing else; when the program
//! is asked to end, it sees to it that it does.

use core::time::Duration;
use std::{io, thread};

use super::{Mailbox, Message, guard};
use platform::signals::{Signal, Signals};

/// How many steps the program has to end by itself before this thread ends it. Its output may be blocked.
const FUSE: usize = 8;
const STEP: Duration = Duration::from_millis(50);
/// Exit status when the terminal has gone.
const HANG_UP: u8 = 129;

/// Hears signals from now on, and starts the thread that tells of them and of the end of the terminal.
///
/// # Errors
/// When they cannot be listened to.
pub fn start(mailbox: Mailbox) -> io::Result<()> {
    let mut signals = Signals::listen()?;
    thread::spawn(move || watch(&mut signals, &mailbox));
    Ok(())
}

fn watch(signals: &mut Signals, mailbox: &Mailbox) {
    while let Some(came) = signals.wait() {
        for signal in came {
            match signal {
                Signal::Resized => mailbox.post(Message::Resized),
                Signal::Continued => mailbox.post(Message::Continued),
                Signal::Suspend => mailbox.post(Message::Suspend),
                Signal::End(status) => burn(mailbox, Message::End(status), status),
            }
        }
    }
    burn(mailbox, Message::HangUp, HANG_UP);
}

/// Tells the main thread to end and gives it its time, then gives the terminal back and ends the process.
#[expect(clippy::disallowed_methods, reason = "the fuse is one of the two places that may end the process")]
fn burn(mailbox: &Mailbox, last: Message, status: u8) -> ! {
    mailbox.post(last);
    for _ in 0..FUSE {
        // What cuts a step short makes the fuse shorter, never longer.
        thread::park_timeout(STEP);
    }
    guard::give_back_at_last();
    std::process::exit(i32::from(status));
}
