//! The only thread that reads keys. It owns no clock: half an escape sequence keeps it inside the reading for as long
//! as the other half takes, and nothing else may wait for that.

use std::sync::mpsc::SyncSender;
use std::thread;

use crossterm::event::{Event, KeyEventKind, read};

use super::Message;

/// Starts the thread. It ends when nobody listens any more or the terminal cannot be read.
pub fn start(sender: SyncSender<Message>) {
    thread::spawn(move || {
        while let Ok(event) = read() {
            let message = match event {
                Event::Key(key) if key.kind == KeyEventKind::Press => Message::Key(key),
                Event::Paste(text) => Message::Paste(text),
                // The size comes by its signal, which half an escape sequence cannot hold up. Focus is no matter.
                Event::Key(_) | Event::Resize(..) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => continue,
            };
            if sender.send(message).is_err() {
                return;
            }
        }
        // An unreadable terminal is as good as gone.
        let _ = sender.send(Message::HangUp);
    });
}
