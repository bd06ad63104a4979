//! Whatever a terminal may send, cut into pieces anyhow, at any pace.
//!
//! An input is a row of pieces: a byte whose low half is the length of the piece and whose high half says how long it
//! was waited for, then the piece.

use core::time::Duration;

use dermaroll::content::keymap::{Key, Press};
use dermaroll::tui::terminal::Message;
use dermaroll::tui::terminal::reader::{Reader, WHOLE_PASTE};
use engine::timeline::Moment;

/// Milliseconds before a piece, by the high half of its first byte.
const WAITS: [u64; 16] = [0, 0, 0, 1, 2, 20, 50, 99, 100, 101, 200, 500, 1_999, 2_000, 5_000, 10_001];
/// What a reader may be told to hold at most, written out.
const LARGEST: usize = 2_000;

/// Reads `data` as from a terminal of each kind and looks at what came of it.
pub fn run(data: &[u8]) {
    ["xterm", "scoansi"].into_iter().for_each(|term| on(term, data));
}

fn on(term: &str, data: &[u8]) {
    let mut reader = Reader::of(term);
    let mut now = Moment::ZERO;
    let (mut came, mut all) = (0, Vec::new());
    let mut rest = data;
    while let Some((first, after)) = rest.split_first() {
        let (piece, behind) = after.split_at(usize::from(first & 15).min(after.len()));
        rest = behind;
        let until = now.plus(Duration::from_millis(WAITS[usize::from(first >> 4)]));
        came += count(&waits(&mut reader, &mut now, until));
        came += count(&reader.take(piece, now));
        assert!(format!("{reader:?}").len() < LARGEST, "it holds more and more");
        all.extend_from_slice(piece);
    }
    // What is told of half an answer is at most a key for each byte, and the beginning of a paste.
    assert!(came <= all.len() + data.len(), "{came} from {} bytes", all.len());
    let ctrl_c = Message::Key(Press { key: Key::Ctrl('c'), typed: None });
    assert!(reader.take(b"\x03", now).contains(&ctrl_c), "Ctrl-C is not heard");
    let until = now.plus(WHOLE_PASTE + WHOLE_PASTE);
    waits(&mut reader, &mut now, until);
    assert_eq!(reader.deadline(), None, "something stays open");
    assert_eq!(reader.take(b"n", now), [Message::Key(Press::of('n'))], "the next key is not heard");
    assert_eq!(
        told(term, [all.as_slice()].into_iter()),
        told(term, all.chunks(1)),
        "pieces at one time are other than the whole"
    );
}

fn waits(reader: &mut Reader, now: &mut Moment, until: Moment) -> Vec<Message> {
    let mut came = Vec::new();
    while let Some(deadline) = reader.deadline().filter(|deadline| *deadline <= until) {
        came.extend(reader.due(deadline.max(*now)));
        assert!(reader.deadline() != Some(deadline), "a deadline that never ends");
    }
    *now = until;
    came
}

fn count(messages: &[Message]) -> usize {
    messages
        .iter()
        .map(|message| match message {
            Message::Paste(text) => 1 + text.chars().count(),
            _ => 1,
        })
        .sum()
}

/// The messages, with pieces of one paste put together.
fn told<'a>(term: &str, pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Message> {
    let mut reader = Reader::of(term);
    let mut told: Vec<Message> = Vec::new();
    for message in pieces.flat_map(|piece| reader.take(piece, Moment::ZERO)).collect::<Vec<_>>() {
        match (told.last_mut(), message) {
            (Some(Message::Paste(before)), Message::Paste(after)) => before.push_str(&after),
            (_, message) => told.push(message),
        }
    }
    told
}
