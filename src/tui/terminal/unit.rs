//! What a unit from the terminal is: a key, the beginning of a paste, or something that nobody typed. The only place
//! that decides it.
//!
//! What no keyboard makes is an answer or a report, and counts as nothing: an answer ends in another letter than a key
//! does, or has numbers or a private mark where a key has none. Whatever is left is a key, known by name or not.

use crate::content::keymap::{Key, Press};

/// Begins whatever is more than a character.
pub(super) const ESC: u8 = 0x1b;

/// What a whole unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A key was pressed.
    Key(Press),
    /// What follows is pasted.
    PasteBegins,
    /// An answer or a report: of colours, of the mouse, of the focus, of a key that was let go.
    Report,
}

/// A key that no table names.
const UNNAMED: Unit = Unit::Key(Press { key: Key::Other, typed: None });

fn named(key: Key) -> Unit {
    Unit::Key(Press { key, typed: None })
}

/// Whether the bytes of a unit are all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// More belongs to it, or may.
    Open,
    /// They are.
    Whole,
    /// The last one belongs to the next unit: this one was cut off before it.
    Cut,
    /// They are a string, which goes on to an end that the caller knows.
    String,
}

/// The same without the Escape that stands for Alt before a sequence, as rxvt sends it.
fn without_alt(bytes: &[u8]) -> &[u8] {
    match bytes {
        [ESC, rest @ ..] if rest.first() == Some(&ESC) => rest,
        _ => bytes,
    }
}

/// How far `bytes` are a unit; `sco` says whether the terminal has the keys of the SCO console.
pub(super) fn frame(bytes: &[u8], sco: bool) -> Frame {
    match without_alt(bytes) {
        [] | [ESC] => Frame::Open,
        [ESC, ESC, ..] => Frame::Cut,
        [ESC, b'[', body @ ..] => frame_of_csi(body, sco),
        [ESC, b'O', body @ ..] => frame_of_ss3(body),
        // A VT52 answers which terminal it is with one letter more.
        [ESC, b'/', more @ ..] => match more {
            [] => Frame::Open,
            [letter, ..] if letter.is_ascii_uppercase() => Frame::Whole,
            _ => Frame::Cut,
        },
        // No answer is an empty string; a key that is held sends its beginning again and again.
        [ESC, _, ESC | 0x80..=0x9f] if is_string(bytes) => Frame::Cut,
        [ESC, _, _, ..] if is_string(bytes) => Frame::String,
        [ESC, _] if is_string(bytes) => Frame::Open,
        [ESC, character @ ..] | character => frame_of_character(character),
    }
}

/// Whether `bytes` begin one of the strings that go on to their own end: DCS, SOS, OSC, PM, APC.
fn is_string(bytes: &[u8]) -> bool {
    matches!(without_alt(bytes), [ESC, b'P' | b'X' | b']' | b'^' | b'_', ..])
}

/// Whether `bytes`, which are not whole, can only be the beginning of an answer. With `>` a key may begin as well.
pub(super) fn only_answers(bytes: &[u8]) -> bool {
    match without_alt(bytes) {
        [ESC, b'[', b'<' | b'=' | b'?', ..] => true,
        rest @ [_, _, _, ..] => is_string(rest),
        _ => false,
    }
}

/// Whether the rest of `bytes`, which are not whole, may take as long as an answer may: no key begins an answer with
/// fewer than three bytes.
pub(super) fn may_be_answer(bytes: &[u8]) -> bool {
    match without_alt(bytes) {
        [ESC, b'[', b'[', ..] => false,
        [ESC, b'[', _, ..] => true,
        rest @ [_, _, _, ..] => is_string(rest),
        _ => false,
    }
}

/// Whether `bytes` begin the oldest report of a mouse, whose three bytes come at once.
pub(super) fn is_oldest_mouse(bytes: &[u8], sco: bool) -> bool {
    matches!(without_alt(bytes), [ESC, b'[', body @ ..] if oldest_mouse(body, sco).is_some())
}

/// What has come of its three bytes. Where its beginning is F1 of the SCO console, xterm sends another one.
fn oldest_mouse(body: &[u8], sco: bool) -> Option<&[u8]> {
    match body {
        [b'M', rest @ ..] if !sco => Some(rest),
        [b'>', b'M', rest @ ..] if sco => Some(rest),
        _ => None,
    }
}

fn frame_of_character(bytes: &[u8]) -> Frame {
    match bytes {
        [0xc2..=0xf4, ..] => match core::str::from_utf8(bytes) {
            Ok(_) => Frame::Whole,
            Err(error) if error.error_len().is_none() => Frame::Open,
            Err(_) if bytes.len() == 1 => Frame::Whole,
            Err(_) => Frame::Cut,
        },
        _ => Frame::Whole,
    }
}

fn frame_of_ss3(body: &[u8]) -> Frame {
    match body.last() {
        // Modifiers stand before the letter.
        None | Some(b'0'..=b'9' | b';') => Frame::Open,
        Some(b' '..=b'~') => Frame::Whole,
        Some(_) => Frame::Cut,
    }
}

fn frame_of_csi(body: &[u8], sco: bool) -> Frame {
    if let Some(rest) = oldest_mouse(body, sco) {
        return match rest.last() {
            Some(0..=0x1f) => Frame::Cut,
            _ if rest.len() < 3 => Frame::Open,
            _ => Frame::Whole,
        };
    }
    match body {
        // The function keys of the Linux console have one letter more.
        [b'['] if !sco => Frame::Open,
        [b'[', last] if last.is_ascii_alphabetic() => Frame::Whole,
        [b'[', _, ..] => Frame::Cut,
        // rxvt ends the keys that it sends with Shift in what is no end elsewhere.
        [number @ .., b'$'] if is_number(number) => Frame::Whole,
        [.., b' '..=b'?'] | [] => Frame::Open,
        [.., b'@'..=b'~'] => Frame::Whole,
        _ => Frame::Cut,
    }
}

fn is_number(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// What `bytes` are after nothing more came, or something else did. Half a key is a key.
pub(super) fn half(bytes: &[u8]) -> Unit {
    match bytes {
        [ESC] | [ESC, ESC] => named(Key::Esc),
        _ if only_answers(bytes) => Unit::Report,
        _ => UNNAMED,
    }
}

/// What `bytes` are, which [`frame`] has found whole.
pub(super) fn whole(bytes: &[u8], sco: bool) -> Unit {
    match without_alt(bytes) {
        [ESC, b'[', body @ .., last] => csi(body, *last, sco),
        [ESC, b'O', .., last] => ss3(*last),
        [ESC, b'/', _] => Unit::Report,
        [ESC, character @ ..] => with_alt(of_character(character)),
        character => of_character(character),
    }
}

/// Alt with a key that types something is no key of ours; with any other it is that key.
fn with_alt(unit: Unit) -> Unit {
    match unit {
        Unit::Key(Press { typed: Some(_), .. }) => UNNAMED,
        unit => unit,
    }
}

fn of_character(bytes: &[u8]) -> Unit {
    match core::str::from_utf8(bytes).ok().and_then(|text| text.chars().next()) {
        Some(character) => key_of(u32::from(character)),
        // A byte that is no text: the eighth bit stands for Alt on old terminals.
        None => UNNAMED,
    }
}

/// The key of a character, of control characters as well.
fn key_of(code: u32) -> Unit {
    match code {
        0 => named(Key::Ctrl(' ')),
        0x09 => named(Key::Tab),
        0x0a | 0x0d => named(Key::Enter),
        0x1b => named(Key::Esc),
        0x08 | 0x7f => named(Key::Backspace),
        0x01..=0x1a => letter(b'a', code - 0x01),
        0x1c..=0x1f => letter(b'4', code - 0x1c),
        0x80..=0x9f => UNNAMED,
        _ => char::from_u32(code).map_or(UNNAMED, |character| Unit::Key(Press::of(character))),
    }
}

/// Ctrl with the character that comes `count` after `first`.
fn letter(first: u8, count: u32) -> Unit {
    let code = u32::from(first) + count;
    char::from_u32(code).map_or(UNNAMED, |character| named(Key::Ctrl(character)))
}

fn ss3(last: u8) -> Unit {
    match last {
        // The number pad in application mode.
        b'M' => named(Key::Enter),
        b'I' => named(Key::Tab),
        b'X' => Unit::Key(Press::of('=')),
        b'j'..=b'y' => key_of(u32::from(last - b'j') + u32::from(b'*')),
        b'P'..=b'S' => named(Key::F(1 + last - b'P')),
        _ => arrow(last).map_or(UNNAMED, named),
    }
}

/// Arrows and their neighbours by their letter; small ones are rxvt's with Shift or Ctrl.
fn arrow(last: u8) -> Option<Key> {
    Some(match last {
        b'A' | b'a' => Key::Up,
        b'B' | b'b' => Key::Down,
        b'C' | b'c' => Key::Right,
        b'D' | b'd' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        _ => return None,
    })
}

/// Numbers between semicolons, each with what stands behind its colons.
fn numbers(body: &[u8]) -> Vec<Vec<u32>> {
    let number = |bytes: &[u8]| core::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let parts = |part: &[u8]| part.split(|byte| *byte == b':').map(number).collect();
    if body.is_empty() { Vec::new() } else { body.split(|byte| *byte == b';').map(parts).collect() }
}

/// What is held together with a key, and whether it goes down or up.
#[derive(Debug, Clone, Copy)]
struct With {
    mask: u32,
    kind: u32,
}

impl With {
    fn of(part: Option<&Vec<u32>>) -> With {
        let at = |place: usize| part.and_then(|part| part.get(place)).copied();
        With { mask: at(0).unwrap_or(1).saturating_sub(1), kind: at(1).unwrap_or(1) }
    }

    fn has(self, bits: u32) -> bool {
        self.mask & bits != 0
    }

    /// `unit`, unless the key is let go or held down: neither is a press.
    fn pressed(self, unit: Unit) -> Unit {
        if matches!(self.kind, 2 | 3) { Unit::Report } else { unit }
    }
}

const SHIFT: u32 = 1;
const CTRL: u32 = 4;
/// Alt, Super, Hyper, Meta.
const OTHERS: u32 = 2 | 8 | 16 | 32;

fn csi(body: &[u8], last: u8, sco: bool) -> Unit {
    let has_mark = body.iter().any(|byte| matches!(byte, b' '..=b'/' | b'<'..=b'?'));
    match (body, last) {
        ([], _) if sco => sco_key(last),
        _ if oldest_mouse(body, sco).is_some() => Unit::Report,
        ([b'>', numbers @ ..], _) if is_marked_key(numbers, last) => match csi_of_numbers(numbers, last) {
            key @ Unit::Key(_) => key,
            _ => UNNAMED,
        },
        // A private mark or one before the end: device attributes, modes, mice, locators.
        _ if has_mark => Unit::Report,
        ([b'['], b'A'..=b'E') => named(Key::F(1 + last - b'A')),
        ([b'['], _) => UNNAMED,
        _ => csi_of_numbers(body, last),
    }
}

/// A key of the SCO console, which sends each as one letter.
fn sco_key(last: u8) -> Unit {
    match last {
        b'I' => named(Key::PageUp),
        b'G' => named(Key::PageDown),
        b'M'..=b'X' => named(Key::F(1 + last - b'M')),
        b'A'..=b'Z' => arrow(last).map_or(UNNAMED, named),
        _ => UNNAMED,
    }
}

/// Whether xterm sends a key so, with `>` before its numbers, as `modifyCursorKeys: 3` and its like have it do. The ends
/// of the answers that begin so are left out.
fn is_marked_key(numbers: &[u8], last: u8) -> bool {
    let is_answer = matches!(last, b'c' | b'm' | b'n' | b'q' | b't' | b'u' | b'y');
    !is_answer && numbers.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'))
}

fn csi_of_numbers(body: &[u8], last: u8) -> Unit {
    let parts = numbers(body);
    let first = parts.first().and_then(|part| part.first()).copied().unwrap_or(0);
    let with = With::of(parts.get(1));
    match (last, parts.len()) {
        // Focus; a mouse as rxvt tells of it; states, sizes, modes, attributes.
        (b'I' | b'O', 0) | (b'M', 3) | (b'n' | b't' | b'c' | b'y', 1..) | (b'x', 3..) => Unit::Report,
        // The place of the cursor, or F3 with what is held: in the first row these are the same bytes.
        (b'R', 1..) if !is_f3(&parts) => Unit::Report,
        (b'~', _) if first == 200 => Unit::PasteBegins,
        // The end of a paste that is over already.
        (b'~', _) if first == 201 => Unit::Report,
        (b'~', 3..) if first == 27 => {
            let code = parts.get(2).and_then(|part| part.first()).copied().unwrap_or(0);
            with.pressed(typed(code, with, None))
        }
        (b'~' | b'$' | b'^' | b'@', 1..) => with.pressed(numbered(first)),
        (b'u', 1..) => {
            let part = |part: usize, place: usize| parts.get(part).and_then(|part| part.get(place)).copied();
            let text = part(2, 0).or_else(|| part(0, 1).filter(|_| with.has(SHIFT))).filter(|code| *code > 0);
            // An input method sends the text alone.
            let code = if first == 0 { text.unwrap_or(0) } else { first };
            with.pressed(typed(code, with, text))
        }
        (b'P'..=b'S', _) => with.pressed(named(Key::F(1 + last - b'P'))),
        _ => with.pressed(arrow(last).map_or(UNNAMED, named)),
    }
}

/// F3 with modifiers is sent as 1 and their number, from 2 to 16.
fn is_f3(parts: &[Vec<u32>]) -> bool {
    match parts {
        [one, with] if one.as_slice() == [1] => with.len() > 1 || with.iter().all(|with| (2..=16).contains(with)),
        _ => false,
    }
}

/// The keys that are sent as a number.
fn numbered(number: u32) -> Unit {
    let function = |less: u32| u8::try_from(number - less).map_or(UNNAMED, |number| named(Key::F(number)));
    match number {
        1 | 7 => named(Key::Home),
        3 => named(Key::Delete),
        4 | 8 => named(Key::End),
        5 => named(Key::PageUp),
        6 => named(Key::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=26 => function(12),
        28..=29 => function(13),
        31..=34 => function(14),
        _ => UNNAMED,
    }
}

/// What the number pad types, in kitty's order.
const PAD: &[u8; 18] = b"0123456789./*-+\r=,";

/// A key that is sent as the number of its character, with what is held; `text` is what it types where that is said too.
fn typed(code: u32, with: With, text: Option<u32>) -> Unit {
    let unit = match code {
        9 if with.has(SHIFT) => UNNAMED,
        57399..=57416 => usize::try_from(code - 57399)
            .ok()
            .and_then(|place| PAD.get(place))
            .map_or(UNNAMED, |character| key_of(u32::from(*character))),
        57417 => named(Key::Left),
        57418 => named(Key::Right),
        57419 => named(Key::Up),
        57420 => named(Key::Down),
        57421 => named(Key::PageUp),
        57422 => named(Key::PageDown),
        57423 => named(Key::Home),
        57424 => named(Key::End),
        57426 => named(Key::Delete),
        57376..=57387 => u8::try_from(code - 57363).map_or(UNNAMED, |number| named(Key::F(number))),
        // What else has a number in this range has no name here: volume, print screen, a Shift by itself.
        0xe000..=0xf8ff => UNNAMED,
        code => key_of(code),
    };
    let Unit::Key(Press { key: Key::Char(character), .. }) = unit else { return unit };
    if with.has(CTRL) {
        return named(Key::Ctrl(character));
    }
    if with.has(OTHERS) {
        return UNNAMED;
    }
    let shifted = |character: char| character.to_uppercase().next().filter(|_| with.has(SHIFT)).unwrap_or(character);
    let said = text.and_then(char::from_u32).filter(|text| !text.is_control());
    let plain = char::from_u32(code).filter(|_| !(57399..=57416).contains(&code)).unwrap_or(character);
    Unit::Key(Press::of(said.unwrap_or_else(|| shifted(plain))))
}
