//! The only thread that reads the terminal. It waits for as long as nothing comes; only while a sequence is open does it
//! look at the clock.

use std::io::{self, BufRead as _, ErrorKind};
use std::{env, thread};

use super::reader::{Reader, text_of_line};
use super::{Mailbox, Message};
use engine::timeline::Moment;
use platform::{clock, terminal};

/// How many bytes of a line are kept: more is no answer.
const LONGEST_LINE: usize = 8 * 1024;
/// How many bytes are read at once.
const AT_ONCE: usize = 4 * 1024;

/// Starts the thread. It ends when the terminal cannot be read.
pub fn start(mailbox: Mailbox) {
    thread::spawn(move || {
        // An unreadable terminal is as good as gone, and so is one that has come to its end.
        let _ = read_keys(&mailbox);
        mailbox.post(Message::HangUp);
    });
}

fn read_keys(mailbox: &Mailbox) -> io::Result<()> {
    let mut reader = Reader::of(&term());
    let mut bytes = [0; AT_ONCE];
    loop {
        let came = if wait(reader.deadline())? {
            match terminal::read(&mut bytes) {
                Ok(0) => return Ok(()),
                Ok(count) => reader.take(bytes.get(..count).unwrap_or_default(), now()),
                // Whoever shares the terminal may have left it so that it refuses instead of letting wait.
                Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => continue,
                Err(error) => return Err(error),
            }
        } else {
            reader.due(now())
        };
        came.into_iter().for_each(|message| mailbox.put(message));
    }
}

/// Waits until there is something to read, or until the deadline. Whether there is something.
fn wait(deadline: Option<Moment>) -> io::Result<bool> {
    terminal::wait_for_input(deadline.map(|deadline| deadline.since(now())))
}

/// The kind of the terminal; empty where it is not told.
fn term() -> String {
    env::var("TERM").unwrap_or_default()
}

fn now() -> Moment {
    Moment::ZERO.plus(clock::read().awake)
}

/// Starts the thread where whole lines are typed.
pub fn start_lines(mailbox: Mailbox) {
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        let (mut line, term) = (Vec::new(), term());
        loop {
            line.clear();
            match io::Read::take(&mut input, LONGEST_LINE as u64).read_until(b'\n', &mut line) {
                Ok(1..) => mailbox.put(Message::Line(text_of_line(&line, &term).trim_end().to_owned())),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // The end of the input is as good as a terminal that has gone.
                Ok(0) | Err(_) => break mailbox.post(Message::HangUp),
            }
        }
    });
}
