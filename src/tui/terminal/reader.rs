//! Bytes of the terminal to keys and pastes. Time is an argument: bytes come with the moment at which they were read, and
//! while something is open the reader says until when it waits for the rest.
//!
//! What libraries do with the same bytes is in docs/dependencies.md.

use core::time::Duration;

use super::unit::{ESC, Frame, Unit, frame, half, is_oldest_mouse, may_be_answer, only_answers, whole};
use super::{Message, kind};
use crate::content::keymap::{Key, Press};
use engine::timeline::Moment;

/// For how long the rest of a key may take: a slow line cuts a sequence in two. Escape itself counts after that.
pub const REST_OF_A_KEY: Duration = Duration::from_millis(100);
/// For how long an answer of which three bytes have come may go on.
pub const WHOLE_ANSWER: Duration = Duration::from_secs(2);
/// The pieces of an answer come no further apart than this, unless it cannot be the beginning of a key.
pub const REST_OF_AN_ANSWER: Duration = Duration::from_millis(300);
/// A paste is over when its end was sent, when nothing came for so long, or after [`WHOLE_PASTE`].
pub const NEXT_OF_A_PASTE: Duration = Duration::from_secs(2);
/// A paste may take so long: what is still to come then is text without a mark, as of a terminal that marks none.
pub const WHOLE_PASTE: Duration = Duration::from_secs(10);

/// More bytes of a sequence than any key has are not kept.
const LONGEST: usize = 64;
/// The end of a paste.
const PASTE_ENDS: &[u8] = b"\x1b[201~";
const BELL: u8 = 0x07;
const CTRL_C: u8 = 0x03;

/// Reads what a terminal sends.
#[derive(Debug, Default)]
pub struct Reader {
    /// The terminal has the keys of the SCO console.
    sco: bool,
    /// The bytes of the unit that is open; of a string the first ones.
    held: Vec<u8>,
    /// When the last byte came.
    last: Moment,
    /// When the third byte of the open unit came, or the paste began.
    began: Moment,
    /// The open string was begun by a single byte of eight bits, and may end with one.
    has_eight_bits: bool,
    /// In the open string an Escape came, which may begin its end.
    may_end: bool,
    paste: Option<Paste>,
}

/// A paste that is open. It is passed on piece by piece, so that it takes no memory and is noticed at once.
#[derive(Debug, Default)]
struct Paste {
    piece: Vec<u8>,
    /// Its beginning was passed on.
    is_told: bool,
    /// How much of its end has come.
    end: usize,
    after_return: bool,
}

impl Reader {
    /// One for a terminal of the kind `term`.
    pub fn of(term: &str) -> Reader {
        Reader { sco: kind::has_sco_keys(term), ..Reader::default() }
    }

    /// Takes `bytes`, which came at `now`, and gives what they are.
    pub fn take(&mut self, bytes: &[u8], now: Moment) -> Vec<Message> {
        let mut out = Vec::new();
        if self.whole_until().is_some_and(|until| until <= now) {
            self.give_up(&mut out);
        }
        for byte in bytes {
            self.byte(*byte, now, &mut out);
        }
        self.tell_paste(&mut out);
        self.last = now;
        out
    }

    /// Until when more is waited for; None when nothing is open.
    pub fn deadline(&self) -> Option<Moment> {
        let next = match &self.paste {
            Some(_) => Some(self.last.plus(NEXT_OF_A_PASTE)),
            None if self.held.is_empty() || only_answers(&self.held) => None,
            None if may_be_answer(&self.held) => Some(self.last.plus(REST_OF_AN_ANSWER)),
            None => Some(self.last.plus(REST_OF_A_KEY)),
        };
        next.into_iter().chain(self.whole_until()).min()
    }

    /// When the unit that is open ends whatever comes.
    fn whole_until(&self) -> Option<Moment> {
        match &self.paste {
            Some(_) => Some(self.began.plus(WHOLE_PASTE)),
            None if is_oldest_mouse(&self.held, self.sco) => Some(self.began.plus(REST_OF_AN_ANSWER)),
            None if may_be_answer(&self.held) => Some(self.began.plus(WHOLE_ANSWER)),
            None => None,
        }
    }

    /// Gives what is open once its [`Reader::deadline`] has come.
    pub fn due(&mut self, now: Moment) -> Vec<Message> {
        let mut out = Vec::new();
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            self.give_up(&mut out);
        }
        out
    }

    fn give_up(&mut self, out: &mut Vec<Message>) {
        if let Some(mut paste) = self.paste.take() {
            paste.tell(true, out);
        }
        self.cut(out);
    }

    /// What is held is all that came of it.
    fn cut(&mut self, out: &mut Vec<Message>) {
        if !self.held.is_empty() {
            let unit = half(&self.held);
            self.held.clear();
            self.is(unit, Moment::ZERO, out);
        }
    }

    fn is(&mut self, unit: Unit, now: Moment, out: &mut Vec<Message>) {
        match unit {
            Unit::Key(press) => out.push(Message::Key(press)),
            Unit::PasteBegins => {
                self.paste = Some(Paste::default());
                self.began = now;
            }
            Unit::Report => {}
        }
    }

    fn tell_paste(&mut self, out: &mut Vec<Message>) {
        if let Some(paste) = &mut self.paste {
            paste.tell(false, out);
        }
    }

    fn byte(&mut self, byte: u8, now: Moment, out: &mut Vec<Message>) {
        if byte == CTRL_C {
            return self.interrupt(out);
        }
        if let Some(paste) = &mut self.paste {
            if paste.ends_with(byte) {
                paste.tell(true, out);
                self.paste = None;
            }
            return;
        }
        self.hold(byte, now);
        match frame(&self.held, self.sco) {
            Frame::Open => {}
            Frame::String => self.byte_of_string(byte, now, out),
            Frame::Whole => {
                let unit = whole(&self.held, self.sco);
                self.held.clear();
                self.is(unit, now, out);
            }
            Frame::Cut => {
                self.held.pop();
                self.cut(out);
                self.byte(byte, now, out);
            }
        }
    }

    fn hold(&mut self, byte: u8, now: Moment) {
        if self.held.is_empty() {
            self.has_eight_bits = matches!(byte, 0x80..=0x9f);
            self.may_end = false;
        }
        match byte {
            // Escape and another byte in one.
            0x80..=0x9f if self.held.is_empty() => self.held.extend([ESC, byte - 0x40]),
            _ => {
                if self.held.len() == LONGEST {
                    self.held.pop();
                }
                self.held.push(byte);
                if self.held.len() == 3 {
                    self.began = now;
                }
            }
        }
    }

    /// A byte of the open string, which ends with a bell, with Escape and a backslash, or with one byte for both.
    fn byte_of_string(&mut self, byte: u8, now: Moment, out: &mut Vec<Message>) {
        let began_to_end = core::mem::replace(&mut self.may_end, byte == ESC);
        match byte {
            BELL => self.held.clear(),
            0x9c if self.has_eight_bits => self.held.clear(),
            b'\\' if began_to_end => self.held.clear(),
            // What is cancelled, or cut off by another sequence, is over.
            0x18 | 0x1a => {
                self.held.clear();
                self.byte(byte, now, out);
            }
            _ if began_to_end => {
                self.held.clear();
                self.byte(ESC, now, out);
                self.byte(byte, now, out);
            }
            _ => {}
        }
    }

    /// Ctrl-C is heard whatever is open. A key that is open is one before it; what is still to come of an answer or a
    /// paste is none after it.
    fn interrupt(&mut self, out: &mut Vec<Message>) {
        self.tell_paste(out);
        if self.held == [ESC] {
            self.held.clear();
        } else if !only_answers(&self.held) {
            self.cut(out);
        }
        out.push(Message::Key(Press { key: Key::Ctrl('c'), typed: None }));
    }
}

impl Paste {
    /// Takes a byte; whether the paste ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if PASTE_ENDS.get(self.end) == Some(&byte) {
            self.end += 1;
            return self.end == PASTE_ENDS.len();
        }
        let begun = core::mem::take(&mut self.end);
        self.piece.extend(PASTE_ENDS.iter().take(begun));
        if byte == ESC {
            self.end = 1;
            return false;
        }
        // The two of a line's end may come in two pieces.
        let was_return = core::mem::replace(&mut self.after_return, byte == b'\r');
        if !(was_return && byte == b'\n') {
            self.piece.push(byte);
        }
        false
    }

    /// Passes on what has come since the last time, but for half a character, unless that was `all`. That something is
    /// pasted is told even where that is nothing yet.
    fn tell(&mut self, all: bool, out: &mut Vec<Message>) {
        let is_half = |bytes: &&[u8]| core::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
        let last = self.piece.utf8_chunks().last().map(|chunk| chunk.invalid()).filter(is_half).unwrap_or_default();
        let whole = if all { self.piece.len() } else { self.piece.len() - last.len() };
        if whole == 0 && self.is_told {
            return;
        }
        self.is_told = true;
        let piece: Vec<u8> = self.piece.drain(..whole).collect();
        out.push(Message::Paste(String::from_utf8_lossy(&piece).into_owned()));
    }
}

/// The text of a line that a terminal of the kind `term` has let be typed and changed: answers and keys which type nothing
/// are no part of it.
pub fn text_of_line(line: &[u8], term: &str) -> String {
    let messages = Reader::of(term).take(line, Moment::ZERO);
    messages.into_iter().fold(String::new(), |mut text, message| {
        match message {
            Message::Key(Press { key: Key::Tab, .. }) => text.push('\t'),
            Message::Key(press) => text.extend(press.typed),
            Message::Paste(pasted) => text.push_str(&pasted),
            _ => {}
        }
        text
    })
}
