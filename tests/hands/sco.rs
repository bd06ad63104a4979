//! The SCO and FreeBSD consoles: what reports the focus and the mouse on other terminals is a key there.

use dermaroll::content::keymap::{Key, Press};
use dermaroll::tui::terminal::Message;
use dermaroll::tui::terminal::reader::text_of_line;

use super::bytes::{DELAYS, Hears, PAUSES, XTERM, goes_on, hears_on, key, rolling};
use crate::support::computer::Computer;
use crate::support::many::figure;
use crate::support::typed::{ANSWERS, Line, SCO_TERMS, sco_keys};

#[test]
fn every_key_of_the_sco_console_is_one_where_it_has_no_reports() {
    let (mut played, keys) = (0, sco_keys());
    for (term, bytes) in SCO_TERMS.iter().flat_map(|term| keys.iter().map(move |bytes| (term, bytes))) {
        for (cut, delay) in (0..bytes.len()).flat_map(|cut| DELAYS.map(|delay| (cut, delay))) {
            let mut line = Line::of(term);
            let came = line.comes_in_two(bytes, cut, delay);
            if cut == 0 || delay < 100 {
                assert!(
                    matches!(came[..], [Message::Key(Press { typed: None, .. })]),
                    "{term} {bytes:?} cut after {cut}, {delay} ms: {came:?}"
                );
            } else {
                assert!(!came.is_empty(), "{term} {bytes:?} cut after {cut}, {delay} ms");
            }
            hears_on(&mut line, bytes);
            played += 1;
        }
        // What comes right behind it is none of it.
        let mut line = Line::of(term);
        let came = line.comes(&[bytes, b"Any".as_slice()].concat());
        let letters = came.iter().skip(1).filter_map(|message| match message {
            Message::Key(press) => press.typed,
            _ => None,
        });
        assert_eq!((came.len(), letters.collect::<String>().as_str()), (4, "Any"), "{term} {bytes:?}: {came:?}");
    }
    figure(&format!("{} keys of the SCO console on {} terminals in {played} pieces", keys.len(), SCO_TERMS.len()));
}

#[test]
fn keys_of_the_sco_console_have_their_names_there_and_nowhere_else() {
    let named: [(&[u8], Key); 12] = [
        (b"\x1b[I", Key::PageUp),
        (b"\x1b[G", Key::PageDown),
        (b"\x1b[H", Key::Home),
        (b"\x1b[F", Key::End),
        (b"\x1b[A", Key::Up),
        (b"\x1b[M", Key::F(1)),
        (b"\x1b[O", Key::F(3)),
        (b"\x1b[P", Key::F(4)),
        (b"\x1b[X", Key::F(12)),
        (b"\x1b[Y", Key::Other),
        (b"\x1b[a", Key::Other),
        (b"\x1b[[", Key::Other),
    ];
    for (bytes, wanted) in named {
        assert_eq!(Line::of("cons25").comes(bytes), [key(wanted)], "{bytes:?}");
    }
    for term in [XTERM, "linux", "screen", "tmux-256color", "vt220", "", "never-heard-of"] {
        let mut line = Line::of(term);
        assert_eq!(line.comes(b"\x1b[I\x1b[O\x1b[M !!"), [], "{term}");
        assert_eq!(line.comes(b"\x1b[[A\x1b[P"), [key(Key::F(1)), key(Key::F(1))], "{term}");
    }
}

#[test]
fn answers_are_none_on_the_sco_console_either() {
    let is_key_there = |bytes: &&[u8]| [b'I', b'O', b'M'].iter().any(|key| bytes.starts_with(&[0x1b, b'[', *key]));
    // The mouse as xterm tells of it where it has the keys of the SCO console.
    let mice: [&[u8]; 2] = [b"\x1b[>M !!", b"\x1b[>M`yn"];
    for bytes in ANSWERS.iter().copied().filter(|bytes| !is_key_there(bytes)).chain(mice) {
        for (cut, delay) in (0..bytes.len()).flat_map(|cut| [0, 99, 200].map(|delay| (cut, delay))) {
            if delay < 100 || cut == 0 || cut > 2 {
                let mut line = Line::of("xterm-sco");
                assert_eq!(line.comes_in_two(bytes, cut, delay), [], "{bytes:?} cut after {cut}, {delay} ms");
                hears_on(&mut line, bytes);
            }
        }
    }
}

#[test]
fn every_key_of_the_sco_console_pauses_and_types_nothing() {
    for some in sco_keys().chunks(PAUSES) {
        let mut computer = Computer::new();
        let mut run = rolling(&mut computer);
        for bytes in some {
            run.hears(Line::of("cons25").comes(bytes));
            assert!(run.screen.contains("PAUSED"), "{bytes:?}: {}", run.screen);
            goes_on(&mut run);
        }
    }
    for bytes in &sco_keys() {
        assert_eq!(text_of_line(&[bytes, b"yes\n".as_slice()].concat(), "cons25").trim_end(), "yes", "{bytes:?}");
    }
    let mut computer = Computer::new();
    std::fs::remove_dir_all(computer.root().join("rollers")).unwrap();
    let mut run = computer.start();
    run.key(Key::Enter).shows("What do you call your roller?");
    for bytes in &sco_keys() {
        run.hears(Line::of("cons25").comes(bytes));
    }
    run.hears(Line::of("cons25").comes(b"\x1b[Mwarm")).shows("  warm");
}
