//! The only thread that reads keys. It owns no clock: half an escape sequence keeps it inside the reading for as long
//! as the other half takes, and nothing else may wait for that.

use std::thread;

use crossterm::event::{Event, KeyEventKind, read};

use super::{Mail, Message};

/// Starts the thread. It ends when the terminal cannot be read.
pub fn start(mail: Mail) {
    thread::spawn(move || {
        while let Ok(event) = read() {
            let message = match event {
                Event::Key(key) if key.kind == KeyEventKind::Press => Message::Key(key),
                Event::Paste(text) => Message::Paste(text),
                // The size comes by its signal, which half an escape sequence cannot hold up. Focus is no matter.
                Event::Key(_) | Event::Resize(..) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => continue,
            };
            mail.put(message);
        }
        // An unreadable terminal is as good as gone.
        mail.post(Message::HangUp);
    });
}
