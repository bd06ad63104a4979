//! What a program says on its way, on standard output or standard error. All of it is read, or the program would have to
//! wait; little of it is kept.

use std::io::{PipeReader, Read as _};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// As much as is kept of what one program says, in bytes.
const KEPT: usize = 4096;

/// Reads `pipe` to its end on a thread of its own. What is kept arrives in parts; the end of the last one is the end of
/// the pipe.
pub(super) fn listen(mut pipe: PipeReader) -> Receiver<Vec<u8>> {
    let (tell, told) = channel();
    // Without a thread nothing is heard, and whoever listens learns that at once.
    let _ = thread::Builder::new().name("ear".into()).spawn(move || {
        let mut room = KEPT;
        let mut part = [0; 1024];
        while let Some(read) = read(&mut pipe, &mut part) {
            let kept = read.get(..room.min(read.len())).unwrap_or_default();
            room -= kept.len();
            if !kept.is_empty() && tell.send(kept.to_vec()).is_err() {
                room = 0;
            }
        }
    });
    told
}

fn read<'a>(pipe: &mut PipeReader, part: &'a mut [u8]) -> Option<&'a [u8]> {
    loop {
        match pipe.read(part) {
            Ok(0) => return None,
            Ok(count) => return part.get(..count),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The first line of `said` in which one of `phrases` stands, written in small letters.
pub(super) fn line_with<'a>(said: &'a str, phrases: &[String]) -> Option<&'a str> {
    said.lines().find(|line| {
        let line = line.to_lowercase();
        phrases.iter().any(|phrase| line.contains(phrase.as_str()))
    })
}
