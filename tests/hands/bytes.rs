//! From the bytes of the terminal to the pause: every key counts, known or not, whole or in pieces, and no answer does.

use std::time::Duration;

use dermaroll::content::keymap::{Key, Press};
use dermaroll::tui::run::Input;
use dermaroll::tui::terminal::Message;
use dermaroll::tui::terminal::reader::{REST_OF_AN_ANSWER, WHOLE_ANSWER, text_of_line};

use crate::support::computer::{Computer, ProgramRun};
use crate::support::many::figure;
use crate::support::typed::{ANSWERS, Line, halves, halves_of_keys, unknown_keys};

/// Milliseconds between two pieces.
pub(super) const DELAYS: [u64; 9] = [0, 1, 2, 20, 50, 99, 100, 150, 200];
/// After so long without a byte whatever was open is given up.
const GIVEN_UP: u64 = 2_000;
/// A terminal as most are.
pub(super) const XTERM: &str = "xterm";
/// What is typed behind half a key; some of them end answers.
const LETTERS: [u8; 8] = *b"nyctuRM~";

pub(super) fn key(key: Key) -> Message {
    Message::Key(key.into())
}

/// Fails unless Ctrl-C and a letter are heard after `came`, the letter as itself.
#[track_caller]
pub(super) fn hears_on(line: &mut Line, bytes: &[u8]) {
    assert!(line.rests(), "{bytes:?} is open still");
    assert_eq!(line.comes(b"\x03"), [key(Key::Ctrl('c'))], "{bytes:?}");
    assert_eq!(line.comes(b"n"), [key(Key::Char('n'))], "{bytes:?}");
}

#[test]
fn every_key_that_crossterm_does_not_know_is_a_key() {
    let (mut played, keys) = (0, unknown_keys());
    assert!(keys.len() >= 100, "{} keys", keys.len());
    for bytes in &keys {
        for (cut, delay) in (0..bytes.len()).flat_map(|cut| DELAYS.map(|delay| (cut, delay))) {
            let mut line = Line::default();
            let mut came = line.comes_in_two(bytes, cut, delay);
            came.extend(line.waits(GIVEN_UP));
            assert!(!came.is_empty(), "{bytes:?} cut after {cut}, {delay} ms");
            hears_on(&mut line, bytes);
            played += 1;
        }
    }
    figure(&format!("{} keys in {played} pieces: each was one", keys.len()));
}

#[test]
fn half_a_key_counts_and_makes_nobody_deaf() {
    // Every byte there is, by itself, is one as well.
    for bytes in halves().into_iter().chain((0..=u8::MAX).map(|byte| vec![byte])) {
        let mut line = Line::default();
        let mut came = line.comes(&bytes);
        // Ctrl-C is heard at once, in the middle of it.
        let mut interrupted = Line::default();
        interrupted.comes(&bytes);
        assert!(interrupted.comes(b"\x03").contains(&key(Key::Ctrl('c'))), "{bytes:?}");

        came.extend(line.waits(GIVEN_UP));
        assert!(!came.is_empty(), "{bytes:?}");
        hears_on(&mut line, &bytes);
    }
}

#[test]
fn half_a_key_counts_soon_and_swallows_no_letter_after_it() {
    let soon = u64::try_from(REST_OF_AN_ANSWER.as_millis()).unwrap();
    assert!(soon <= 300);
    let mut played = 0;
    for bytes in halves_of_keys() {
        for (delay, letter) in [soon, 500, 1_000, 1_999].into_iter().flat_map(|delay| LETTERS.map(|one| (delay, one))) {
            let mut line = Line::default();
            let mut came = line.comes(&bytes);
            came.extend(line.waits(delay));
            assert!(!came.is_empty(), "{bytes:?} after {delay} ms");
            assert_eq!(line.comes(&[letter]), [key(Key::Char(char::from(letter)))], "{bytes:?}, {delay} ms");
            played += 1;
        }
    }
    figure(&format!("{played} letters behind half a key: each was itself"));
}

/// Whatever it sends, it counts before it is let go.
#[test]
fn a_key_that_is_held_counts() {
    let bytes = (0..=u8::MAX).map(|byte| vec![byte]).filter(|bytes| bytes != b"\x03");
    let keys: Vec<Vec<u8>> = unknown_keys().into_iter().chain(halves()).chain(bytes).collect();
    let mut played = 0;
    for (bytes, pace) in keys.iter().flat_map(|bytes| [15, 33, 40, 90].map(|pace| (bytes, pace))) {
        let mut line = Line::default();
        let came = (0..4).any(|_| !line.comes(bytes).is_empty() || !line.waits(pace).is_empty());
        assert!(came, "{bytes:?} every {pace} ms");
        played += 1;
    }
    figure(&format!("{played} keys held down: each counted"));
}

/// F1 of the SCO console begins as the oldest report of a mouse.
#[test]
fn keys_behind_a_key_that_begins_a_report_are_keys() {
    let mut line = Line::default();
    line.comes(b"\x1b[M");
    let came: Vec<_> = (0..4).map(|_| [line.waits(150), line.comes(b"n")].concat()).collect();
    assert_eq!(came[1], [key(Key::Other), key(Key::Char('n'))]);
    assert_eq!(came[2..], [[key(Key::Char('n'))], [key(Key::Char('n'))]]);
    assert_eq!(line.comes(b"\x1b[M\x1b[M"), [key(Key::Other)], "held down");
}

#[test]
fn half_an_answer_is_over_in_two_seconds() {
    for bytes in ANSWERS {
        for cut in 3..bytes.len() {
            let mut line = Line::default();
            line.comes(&bytes[..cut]);
            // However many bytes come meanwhile, which may be keys.
            let came: Vec<_> = (0..4).map(|_| [line.waits(GIVEN_UP / 4), line.comes(b"1")].concat()).collect();
            assert!(came[3].contains(&key(Key::Char('1'))), "{bytes:?} cut after {cut}: {came:?}");
            hears_on(&mut line, bytes);
        }
    }
    assert_eq!(WHOLE_ANSWER, Duration::from_millis(GIVEN_UP));
}

#[test]
fn no_answer_is_a_key_whole_or_in_pieces() {
    let mut played = 0;
    for bytes in ANSWERS {
        for (cut, delay) in (0..bytes.len()).flat_map(|cut| DELAYS.map(|delay| (cut, delay))) {
            let mut line = Line::default();
            let came = line.comes_in_two(bytes, cut, delay);
            // What begins with Escape, or with Escape and one byte, cannot be told from a key for longer.
            let counts = delay >= 100 && bytes[0] == 0x1b && (1..=2).contains(&cut);
            let counts_as_one = delay >= 100 && bytes[0] != 0x1b && cut == 1;
            if !counts && !counts_as_one {
                assert_eq!(came, [], "{bytes:?} cut after {cut}, {delay} ms");
                hears_on(&mut line, bytes);
                played += 1;
            }
        }
        // Every byte by itself.
        let mut line = Line::default();
        for byte in *bytes {
            assert_eq!(line.comes(&[*byte]), [], "{bytes:?}");
            assert_eq!(line.waits(50), [], "{bytes:?}");
        }
    }
    figure(&format!("{} answers in {played} pieces: 0 keys", ANSWERS.len()));
}

#[test]
fn an_escape_with_its_rest_soon_behind_it_is_none() {
    for delay in [0, 2, 40, 99] {
        assert_eq!(Line::default().comes_in_two(b"\x1b[D", 1, delay), [key(Key::Left)]);
        assert_eq!(Line::default().comes_in_two(b"\x1b\x1b[D", 1, delay), [key(Key::Left)]);
        assert_eq!(Line::default().comes_in_two(b"\x1bOH", 2, delay), [key(Key::Home)]);
    }
    let mut line = Line::default();
    assert_eq!(line.comes(b"\x1b"), []);
    assert_eq!(line.waits(99), []);
    assert_eq!(line.waits(1), [key(Key::Esc)]);
    assert_eq!(line.comes(b"\x1bn"), [key(Key::Other)], "Alt");
}

#[test]
fn keys_have_their_names_however_they_are_sent() {
    let named: [(&[u8], Key); 60] = [
        (b"\r", Key::Enter),
        (b"\n", Key::Enter),
        (b"\t", Key::Tab),
        (b"\x7f", Key::Backspace),
        (b"\x08", Key::Backspace),
        (b"\0", Key::Ctrl(' ')),
        (b"\x0c", Key::Ctrl('l')),
        (b"\x1c", Key::Ctrl('4')),
        (b"\x1b\r", Key::Enter),
        (b"\x1b\x7f", Key::Backspace),
        (b"\x1b[A", Key::Up),
        (b"\x1bOB", Key::Down),
        (b"\x1b[1;2C", Key::Right),
        (b"\x1b[1;5D", Key::Left),
        (b"\x1b[1;3A", Key::Up),
        (b"\x1b[1;1:1A", Key::Up),
        (b"\x1b[a", Key::Up),
        (b"\x1b[c", Key::Right),
        (b"\x1bOd", Key::Left),
        (b"\x1b[H", Key::Home),
        (b"\x1b[1~", Key::Home),
        (b"\x1b[7~", Key::Home),
        (b"\x1b[7$", Key::Home),
        (b"\x1b[F", Key::End),
        (b"\x1b[4~", Key::End),
        (b"\x1b[8^", Key::End),
        (b"\x1b[3~", Key::Delete),
        (b"\x1b[3;5~", Key::Delete),
        (b"\x1b[5~", Key::PageUp),
        (b"\x1b[6~", Key::PageDown),
        (b"\x1b[6;2~", Key::PageDown),
        (b"\x1b[Z", Key::Other),
        (b"\x1b[2~", Key::Other),
        (b"\x1bOP", Key::F(1)),
        (b"\x1b[S", Key::F(4)),
        (b"\x1b[R", Key::F(3)),
        (b"\x1b[1;2R", Key::F(3)),
        (b"\x1b[1;16R", Key::F(3)),
        (b"\x1b[1;1:1R", Key::F(3)),
        (b"\x1b[1;5P", Key::F(1)),
        (b"\x1b[[A", Key::F(1)),
        (b"\x1b[[E", Key::F(5)),
        (b"\x1b[11~", Key::F(1)),
        (b"\x1b[15;2~", Key::F(5)),
        (b"\x1b[17~", Key::F(6)),
        (b"\x1b[21~", Key::F(10)),
        (b"\x1b[24^", Key::F(12)),
        (b"\x1b[25~", Key::F(13)),
        (b"\x1b[28~", Key::F(15)),
        (b"\x1b[34~", Key::F(20)),
        (b"\x1bOM", Key::Enter),
        (b"\x1b[27u", Key::Esc),
        (b"\x1b[13u", Key::Enter),
        (b"\x1b[9;2u", Key::Other),
        (b"\x1b[99;5u", Key::Ctrl('c')),
        (b"\x1b[27;5;99~", Key::Ctrl('c')),
        (b"\x1b[110;3u", Key::Other),
        (b"\x1b[110;9u", Key::Other),
        (b"\x1b[57414u", Key::Enter),
        (b"\x1b[57441u", Key::Other),
    ];
    for (bytes, wanted) in named {
        for cut in 0..bytes.len() {
            assert_eq!(Line::default().comes_in_two(bytes, cut, 99), [key(wanted)], "{bytes:?} cut after {cut}");
        }
    }
    let typed: [(&[u8], char); 13] = [
        (b"n", 'n'),
        (b"N", 'N'),
        ("\u{e4}".as_bytes(), '\u{e4}'),
        ("\u{65e5}".as_bytes(), '\u{65e5}'),
        ("\u{1f469}".as_bytes(), '\u{1f469}'),
        (b"\x1bOp", '0'),
        (b"\x1bOy", '9'),
        (b"\x1b[110u", 'n'),
        (b"\x1b[110;2u", 'N'),
        (b"\x1b[49:33;2u", '!'),
        (b"\x1b[97;;229u", '\u{e5}'),
        (b"\x1b[0;;229u", '\u{e5}'),
        (b"\x1b[57399u", '0'),
    ];
    for (bytes, character) in typed {
        assert_eq!(Line::default().comes(bytes), [Message::Key(Press::of(character))], "{bytes:?}");
    }
}

fn pasted(messages: Vec<Message>) -> (usize, String) {
    let texts: Vec<String> = messages
        .into_iter()
        .map(|message| match message {
            Message::Paste(text) => text,
            other => panic!("{other:?} in a paste"),
        })
        .collect();
    (texts.len(), texts.concat())
}

#[test]
fn a_paste_is_told_as_it_comes_and_cut_nowhere() {
    let bytes = "\x1b[200~\u{e4}y\r\nn\x1b[20\u{65e5}\x1b[201~".as_bytes();
    for cut in 6..bytes.len() {
        let (_, text) = pasted(Line::default().comes_in_two(bytes, cut, 1_999));
        assert_eq!(text, "\u{e4}y\rn\x1b[20\u{65e5}", "cut after {cut}");
    }
    assert_eq!(pasted(Line::default().comes(b"\x1b[200~\x1b[201~")), (1, String::new()), "an empty one is noticed");
    let mut line = Line::default();
    assert_eq!(pasted(line.comes(b"\x1b[200~")), (1, String::new()), "at its beginning");
    assert_eq!(pasted(line.comes(&[b'y'; 4_096])).1.len(), 4_096, "and nothing is kept of it");
}

#[test]
fn a_paste_that_never_ends_is_over_in_time() {
    let mut line = Line::default();
    line.comes(b"\x1b[200~yy");
    assert_eq!(line.comes(b"\x03"), [key(Key::Ctrl('c'))], "heard within it");
    assert_eq!(pasted(line.comes(b"y")), (1, "y".into()), "which changes nothing about the rest");
    line.waits(2_000);
    hears_on(&mut line, b"paste");
    assert_eq!(line.comes(b"\x1b[201~"), [], "its end comes too late to mean anything");

    // Somebody goes on pressing keys.
    let mut line = Line::default();
    line.comes(b"\x1b[200~");
    let heard = (0..12).position(|_| {
        line.waits(1_000);
        line.comes(b"n") == [key(Key::Char('n'))]
    });
    assert_eq!(heard, Some(9), "ten seconds in all");
}

/// Tells `run` what the reader tells.
pub(super) trait Hears {
    fn hears(&mut self, messages: Vec<Message>) -> &mut Self;
}

impl Hears for ProgramRun<'_> {
    fn hears(&mut self, messages: Vec<Message>) -> &mut Self {
        for message in messages {
            self.tell(match message {
                Message::Key(press) => Input::Key(press),
                Message::Paste(text) => Input::Paste(text),
                other => panic!("no reader tells {other:?}"),
            });
        }
        self.pass(Duration::ZERO)
    }
}

/// At the beginning of the first stroke.
pub(super) fn rolling(computer: &mut Computer) -> ProgramRun<'_> {
    let mut run = computer.start();
    run.rolling().shows("HANDS FREE");
    run
}

/// So many pauses of half a minute each are not too long a time without rolling.
pub(super) const PAUSES: usize = 8;

/// From a pause on until it rolls again.
pub(super) fn goes_on(run: &mut ProgramRun<'_>) {
    run.keys(" ").shows_not("PAUSED").seconds(36).shows("▶ · · · ·   your upper right");
}

#[test]
fn every_one_of_them_pauses_and_no_answer_does() {
    let (keys, halves) = (unknown_keys(), halves());
    let all: Vec<_> = keys.iter().chain(&halves).collect();
    for some in all.chunks(PAUSES) {
        let mut computer = Computer::new();
        let mut run = rolling(&mut computer);
        for bytes in some {
            let mut line = Line::default();
            let mut came = line.comes(bytes);
            came.extend(line.waits(GIVEN_UP));
            run.hears(came);
            assert!(run.screen.contains("PAUSED"), "{bytes:?}: {}", run.screen);
            assert_eq!(run.left, None);
            goes_on(&mut run);
        }
    }
    let mut computer = Computer::new();
    let mut run = rolling(&mut computer);
    let mut line = Line::default();
    for bytes in ANSWERS {
        run.hears(line.comes(bytes)).shows("HANDS FREE");
    }
    run.hears(line.comes(b"\x1b[E")).shows("PAUSED");
}

#[test]
fn a_key_without_a_name_does_nothing_at_rest_but_breaks_a_burst() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().shows("Question 1 of");
    for bytes in unknown_keys() {
        // Those that have a name here may move or answer as that key does.
        let came = Line::default().comes(&bytes);
        if came.iter().all(|message| *message == key(Key::Other)) {
            run.seconds(1).hears(came).seconds(1).shows("Question 1 of").shows("nothing chosen").shows("n no");
        }
    }
    run.hears(Line::default().comes(b"n\x1b[E")).seconds(1).shows("Question 1 of");
    run.keys("n").shows("Question 2 of");
}

#[test]
fn answers_type_nothing_in_a_field_and_answer_nothing_in_a_line() {
    let mut computer = Computer::new();
    std::fs::remove_dir_all(computer.root().join("rollers")).unwrap();
    let mut run = computer.start();
    run.key(Key::Enter).shows("What do you call your roller?");
    run.hears(Line::default().comes(b"war"));
    for bytes in ANSWERS {
        run.hears(Line::default().comes(bytes));
    }
    run.hears(Line::default().comes_in_two(b"\x1b[D", 1, 2)).hears(Line::default().comes(b"x")).shows("waxr");

    for bytes in ANSWERS {
        assert_eq!(text_of_line(&[bytes, b"y\n".as_slice()].concat(), XTERM).trim_end(), "y", "{bytes:?}");
        assert_eq!(text_of_line(&[b"wa", *bytes, b"rm\n"].concat(), XTERM).trim_end(), "warm", "{bytes:?}");
    }
    for bytes in unknown_keys().iter().filter(|bytes| bytes.starts_with(b"\x1b[")) {
        assert_eq!(text_of_line(&[bytes, b"n\n".as_slice()].concat(), XTERM).trim_end(), "n", "{bytes:?}");
    }
    assert_eq!(text_of_line("3\tweeks, \u{e4}\n".as_bytes(), XTERM), "3\tweeks, \u{e4}");
}
