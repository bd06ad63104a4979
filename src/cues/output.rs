//! What a helper program writes. All of it is read, since a full pipe would stop the program; only the beginning is
//! kept.

use std::io::{PipeReader, Read as _};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// How much is kept of what one program writes, in bytes.
const KEPT: usize = 4096;

/// Reads `pipe` to its end on a thread of its own. What is kept arrives in parts; the channel closes with the pipe.
pub(super) fn read_in_background(mut pipe: PipeReader) -> Receiver<Vec<u8>> {
    let (sender, parts) = channel();
    // If no thread can be started, the channel closes at once.
    let _ = thread::Builder::new().name("output".into()).spawn(move || {
        let mut room = KEPT;
        let mut buffer = [0; 1024];
        while let Some(read) = read(&mut pipe, &mut buffer) {
            let kept = read.get(..room.min(read.len())).unwrap_or_default();
            room -= kept.len();
            if !kept.is_empty() && sender.send(kept.to_vec()).is_err() {
                room = 0;
            }
        }
    });
    parts
}

fn read<'a>(pipe: &mut PipeReader, buffer: &'a mut [u8]) -> Option<&'a [u8]> {
    loop {
        match pipe.read(buffer) {
            Ok(0) => return None,
            Ok(count) => return buffer.get(..count),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The first line of `text` that contains one of `phrases`. The phrases are in small letters; the case of the line does
/// not matter.
pub(super) fn line_containing<'a>(text: &'a str, phrases: &[String]) -> Option<&'a str> {
    text.lines().find(|line| {
        let line = line.to_lowercase();
        phrases.iter().any(|phrase| line.contains(phrase.as_str()))
    })
}
