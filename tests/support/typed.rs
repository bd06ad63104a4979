//! What keyboards and terminals send: keys, of which crossterm 0.29 drops nine in ten, and answers that nobody
//! typed. Bytes come in pieces at set times, as the input thread reads them.

use std::time::Duration;

use dermaroll::tui::terminal::Message;
use dermaroll::tui::terminal::reader::Reader;
use engine::timeline::Moment;

/// The ends of sequences of a letter alone: number pads, and the function keys of the SCO console.
const LETTERS: &[u8] = b"EGLNTUVWXYabcdefghijklmnopqrstuvwxyz@\\]^_`{";
/// The number pad in application mode, rxvt's arrows with Ctrl, PuTTY's function keys.
const PAD: &[u8] = b"MIXjklmnopqrstuvwxyabcdETUVWYZ[ ";
/// rxvt ends what it sends with Shift, Ctrl and both in these.
const RXVT: [&str; 3] = ["$", "^", "@"];
const RXVT_KEYS: [u8; 12] = [2, 3, 5, 6, 7, 8, 11, 14, 18, 21, 23, 24];

/// Other keys, whole.
const KEYS: &[&[u8]] = &[
    b"\x1b[27;5;13~",
    b"\x1b[27;2;9~",
    b"\x1b[27;6;105~",
    b"\x1b[27;5;46~",
    b"\x1b[1;5E",
    b"\x1b[1;2E",
    b"\x1b[1;5G",
    b"\x1b[1;5p",
    b"\x1b[9~",
    b"\x1b[16~",
    b"\x1b[22~",
    b"\x1b[30~",
    b"\x1b[35~",
    b"\x1b[42~",
    b"\x1b[57;5~",
    b"\x1b[192z",
    b"\x1b[224z",
    b"\x1b[235z",
    b"\x1b[001q",
    b"\x1b[013q",
    b"\x1b[139q",
    b"\x1b[[F",
    // xterm with modifyCursorKeys, modifyFunctionKeys and modifyKeypadKeys at 3.
    b"\x1b[>1;5D",
    b"\x1b[>1;2P",
    b"\x1b[>1;5R",
    b"\x1b[>15;2~",
    b"\x1b[>1;5j",
    b"\x1b[>1;5M",
    b"\x9b>1;2H",
    b"\x1bO2P",
    b"\x1bO5Q",
    b"\x1bO1;5R",
    b"\x1bO3j",
    b"\x1b\x1bOM",
    b"\x1b\x1b[E",
    b"\x1b\x1b[3^",
    // Eight bits: sequences with one byte before them, Alt as the eighth bit, bytes that are no text.
    b"\x9bE",
    b"\x9b27;5;13~",
    b"\x9b3^",
    b"\x8fM",
    b"\x8fp",
    b"\x84",
    b"\x9a",
    b"\xa0",
    b"\xbf",
    b"\xc0",
    b"\xc1",
    b"\xfe",
    b"\xff",
    b"\xc3(",
    b"\xe2(",
    b"\xf0\x9f(",
    b"\x1b\xff",
];

/// Halves that never become whole, and a paste that never ends.
const HALVES: &[&[u8]] = &[
    b"\x1b[",
    b"\x1bO",
    b"\x1bP",
    b"\x1b]",
    b"\x1b^",
    b"\x1b_",
    b"\x1bX",
    b"\x1b/",
    b"\x1b[1",
    b"\x1b[1;",
    b"\x1b[1;5",
    b"\x1b[>",
    b"\x1b[>1;5",
    b"\x1b[[",
    b"\x1b[M",
    b"\x1bO2",
    b"\x1bO1;5",
    b"\x1b\x1b[",
    b"\x1b\x1bO",
    b"\x9b",
    b"\x8f",
    b"\x90",
    b"\x9d",
    b"\x9f",
    b"\xc3",
    b"\xe1",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\x1b\xc3",
    b"\x1b[200~",
    b"\x1b[200~y",
    b"\x1b[200~\xe2\x82",
    b"\x1b[200~y\r\x1b[201",
];

/// What terminals send of themselves.
pub const ANSWERS: &[&[u8]] = &[
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]4;1;rgb:cccc/0000/0000\x1b\\",
    b"\x1b]12;#ffffff\x07",
    b"\x1b]52;c;eXk=\x1b\\",
    b"\x1b]lwindow y n\x1b\\",
    b"\x1b]L\xe2\x82\xac y\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1bP!|7E565445\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^y n\x1b\\",
    b"\x1bXy n\x1b\\",
    b"\x1b[?1;2c",
    b"\x1b[?62;4;6;22c",
    b"\x1b[>41;379;0c",
    b"\x1b[=0c",
    b"\x1b[65;1c",
    b"\x1b[0n",
    b"\x1b[3n",
    b"\x1b[?13n",
    b"\x1b[?997;1n",
    b"\x1b[1;1R",
    b"\x1b[24;80R",
    b"\x1b[1;80R",
    b"\x1b[?24;80;1R",
    b"\x1b[8;24;80t",
    b"\x1b[4;600;800t",
    b"\x1b[48;24;80;600;800t",
    b"\x1b[3;0;0t",
    b"\x1b[1t",
    b"\x1b[?2026;2$y",
    b"\x1b[4;2$y",
    b"\x1b[?0u",
    b"\x1b[?31u",
    b"\x1b[>4;2m",
    b"\x1b[?1;0;256S",
    b"\x1b[2;1;1;120;120;1;0x",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[M !!",
    b"\x1b[M`yn",
    b"\x1b[<0;10;20M",
    b"\x1b[<0;10;20m",
    b"\x1b[32;10;20M",
    b"\x1b[1;2;3;4;1&w",
    b"\x1b[110;1:3u",
    b"\x1b[110;1:2u",
    b"\x1b[1;1:3A",
    b"\x1b[3;1:3~",
    b"\x1b/Z",
    b"\x9d11;rgb:0/0/0\x9c",
    b"\x901$r0m\x9c",
    b"\x9b?1;2c",
];

/// Every key that crossterm does not know, whole.
pub fn unknown_keys() -> Vec<Vec<u8>> {
    let letters = LETTERS.iter().map(|letter| vec![0x1b, b'[', *letter]);
    let pad = PAD.iter().map(|letter| vec![0x1b, b'O', *letter]);
    let rxvt = RXVT_KEYS.iter().flat_map(|key| RXVT.map(|end| format!("\x1b[{key}{end}").into_bytes()));
    letters.chain(pad).chain(rxvt).chain(KEYS.iter().map(|key| key.to_vec())).collect()
}

/// The terminals which have [`sco_keys`].
pub const SCO_TERMS: [&str; 4] = ["cons25", "scoansi", "xterm-sco", "pc3"];
/// Every key of the SCO and FreeBSD consoles is CSI and one of these, as terminfo has them: arrows and their neighbours,
/// function keys by themselves and with Shift, Ctrl and both, the one of Tab with Shift.
const SCO_KEYS: &[u8] = b"ABCDEFGHILMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@[\\]^_`{";

/// Those keys.
pub fn sco_keys() -> Vec<Vec<u8>> {
    let keys = SCO_KEYS.iter().flat_map(|key| [vec![0x1b, b'[', *key], vec![0x1b, 0x1b, b'[', *key], vec![0x9b, *key]]);
    keys.collect()
}

/// Those that never become whole.
pub fn halves() -> Vec<Vec<u8>> {
    HALVES.iter().map(|half| half.to_vec()).collect()
}

/// Those of keys.
pub fn halves_of_keys() -> Vec<Vec<u8>> {
    halves().into_iter().filter(|half| !half.starts_with(b"\x1b[200~")).collect()
}

/// A reader with its clock, moved by hand.
#[derive(Default)]
pub struct Line {
    reader: Reader,
    now: Moment,
}

impl Line {
    /// Of a terminal of the kind `term`.
    pub fn of(term: &str) -> Line {
        Line { reader: Reader::of(term), now: Moment::default() }
    }

    /// Time goes by: what is open is given up when its time has come.
    pub fn waits(&mut self, millis: u64) -> Vec<Message> {
        let until = self.now.plus(Duration::from_millis(millis));
        let mut came = Vec::new();
        while let Some(deadline) = self.reader.deadline().filter(|deadline| *deadline <= until) {
            came.extend(self.reader.due(deadline));
        }
        self.now = until;
        came
    }

    /// Bytes come, all at once.
    pub fn comes(&mut self, bytes: &[u8]) -> Vec<Message> {
        self.reader.take(bytes, self.now)
    }

    /// Bytes come in two pieces, so many milliseconds apart.
    pub fn comes_in_two(&mut self, bytes: &[u8], cut: usize, millis: u64) -> Vec<Message> {
        let mut came = self.comes(&bytes[..cut]);
        came.extend(self.waits(millis));
        came.extend(self.comes(&bytes[cut..]));
        came
    }

    /// Whether it waits for nothing and takes no time for it.
    pub fn rests(&self) -> bool {
        self.reader.deadline().is_none()
    }
}
