//! The only thread that reads keys. It owns no clock: half an escape sequence keeps it inside the reading for as long
//! as the other half takes, and nothing else may wait for that.

use std::io::{self, BufRead as _};
use std::thread;

use crossterm::event::{Event, KeyEventKind, read};

use super::{Mail, Message};

/// How many bytes of a line are kept: more is no answer.
const LONGEST_LINE: usize = 8 * 1024;

/// Starts the thread. It ends when the terminal cannot be read.
pub fn start(mail: Mail) {
    thread::spawn(move || {
        while let Ok(event) = read() {
            let message = match event {
                Event::Key(key) if key.kind == KeyEventKind::Press => Message::Key(key),
                Event::Paste(text) => Message::Paste(text),
                // The size comes by its signal, which half an escape sequence cannot hold up. Focus changes nothing.
                Event::Key(_) | Event::Resize(..) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => continue,
            };
            mail.put(message);
        }
        // An unreadable terminal is as good as gone.
        mail.post(Message::HangUp);
    });
}

/// Starts the thread where whole lines are typed.
pub fn start_lines(mail: Mail) {
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            match io::Read::take(&mut input, LONGEST_LINE as u64).read_until(b'\n', &mut line) {
                Ok(1..) => mail.put(Message::Line(String::from_utf8_lossy(&line).trim_end().to_owned())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // The end of the input is as good as a terminal that has gone.
                Ok(0) | Err(_) => break mail.post(Message::HangUp),
            }
        }
    });
}
