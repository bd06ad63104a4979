//! What a terminal may send that is no press of a key: nothing of it answers.

use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::session::EventKind;
use rustix::process::Signal;
use store::record;
use tempfile::TempDir;

use crate::edge::{ARMED, SECOND};
use crate::support::counts::count;
use crate::support::many::figure;
use crate::support::pty::{Pty, Setup, State};

/// A check that is kept, at its first question.
fn asking() -> (Pty, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let pty = Setup::dermaroll(&["check", "--save"], home.path()).start();
    pty.wait_text("Question 1 of");
    pty.settle(ARMED);
    (pty, home)
}

fn answers(home: &Path) -> usize {
    let files: Vec<PathBuf> = record::listing::files(&home.join(".local/share/dermaroll")).0;
    let reading = record::read(&files[0]).unwrap();
    assert!(reading.damage.is_empty());
    reading.entries.iter().filter(|entry| entry.event.kind() == EventKind::Answered).count()
}

/// A key as terminals with the newer keyboard protocol send it: its code, and 1 for pressed, 2 repeated, 3 let go.
fn key(code: char, kind: u8) -> String {
    format!("\x1b[{};1:{kind}u", u32::from(code))
}

#[test]
fn only_a_press_acts() {
    let (pty, home) = asking();
    for code in ['n', 'y', 'u', '\r', ' ', 'q', '?'] {
        for kind in [3, 2] {
            pty.send(key(code, kind).as_bytes());
            assert!(pty.is_quiet(ARMED / 4), "{code:?} of kind {kind} changed the screen:\n{}", pty.screen());
        }
    }
    assert_eq!(answers(home.path()), 0);
    // The same key pressed answers, although it is let go at once: letting go is no second key.
    pty.send(format!("{}{}", key('n', 1), key('n', 3)).as_bytes());
    pty.wait_text("Question 2 of");
    assert_eq!(answers(home.path()), 1);
}

#[test]
fn a_held_key_answers_once_and_a_paste_never() {
    let (pty, home) = asking();
    // A whole paste, one whose end came early, one by a terminal that does not mark it.
    for (before, middle, after) in [("\x1b[200~", "", "\x1b[201~"), ("\x1b[200~", "\x1b[201~", ""), ("", "", "")] {
        let half = "y".repeat(500);
        pty.send(format!("{before}{half}{middle}{half}{after}").as_bytes());
        pty.wait_typed();
        pty.settle(ARMED);
        pty.wait_text("Question 1 of");
        assert_eq!(answers(home.path()), 0, "{before:?} {middle:?} {after:?}");
    }
    for (held, most) in [("\r", 0), ("n", 1)] {
        for repeat in 0..count(60, 300) {
            pty.send(held.as_bytes());
            // The first repeat comes later than the others.
            pty.is_quiet(Duration::from_millis(if repeat == 0 { 500 } else { 33 }));
        }
        pty.settle(ARMED);
        assert!(answers(home.path()) <= most, "{held:?} held: {} answers", answers(home.path()));
    }
    assert_eq!(answers(home.path()), 1, "a key pressed counts");
}

/// Pieces that mean something to a terminal, so that noise gets further than its first byte.
const PIECES: [&[u8]; 12] = [
    b"\x1b[",
    b"\x1bO",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[<0;1;1M",
    b"\x1b[110;1:1u",
    b"\x1b[110;1:3u",
    b"\x1b[M",
    b"\x1b]11;rgb:0/0/0\x07",
    b"\x1b[?1u",
    b"\x1b[I",
    b"\x1b\x1b",
];

/// Noise that is the same each time. Ctrl-C and Ctrl-Z do what they always do, so they are left out.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 32);
        while bytes.len() < count {
            let next = self.next();
            let [byte, dice, which, ..] = next.to_le_bytes();
            if dice < 8 {
                bytes.extend_from_slice(PIECES[usize::from(which) % PIECES.len()]);
            } else if byte != 0x03 && byte != 0x1a {
                bytes.push(byte);
            }
        }
        bytes
    }
}

#[test]
fn noise_answers_nothing_and_breaks_nothing() {
    let total = usize::try_from(count(50_000, 2_000_000)).unwrap();
    let (pty, home) = asking();
    let mut noise = Noise(0x5eed_5eed_5eed_5eed);
    let mut sent = 0;
    while sent < total {
        let bytes = noise.bytes(25_000.min(total - sent));
        pty.send(&bytes);
        sent += bytes.len();
    }
    // Whatever was left open is closed, and keys are heard again.
    pty.send(b"\x1b[201~\x1b[201~");
    pty.wait_typed();
    pty.settle(ARMED);
    assert_eq!(pty.state(), State::Running, "screen:\n{}", pty.screen());
    assert_eq!(answers(home.path()), 0);
    pty.press_until("\x1b", "Question 1 of").press_until("n", "Question 2 of");
    assert_eq!(answers(home.path()), 1);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(SECOND).0, State::Left(143));
    pty.assert_given_back();
    figure(&format!("{sent} bytes of noise: 0 answers, 0 crashes"));
}
