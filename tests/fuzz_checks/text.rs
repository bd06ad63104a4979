//! What text may be shown: a second opinion, kept apart from the program's own list of hidden characters.

/// Whether a terminal would obey `c`, or a reader not see it, or see its neighbours in another order.
pub fn is_hidden(c: char) -> bool {
    let default_ignorable = [
        0xad..=0xad,
        0x34f..=0x34f,
        0x61c..=0x61c,
        0x115f..=0x1160,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x200b..=0x200f,
        0x202a..=0x202e,
        0x2060..=0x206f,
        0x3164..=0x3164,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffb,
        0x1bca0..=0x1bca3,
        0x1d173..=0x1d17a,
        0xe0000..=0xe0fff,
    ];
    let separators = 0x2028..=0x2029;
    let code = u32::from(c);
    c.is_control() || separators.contains(&code) || default_ignorable.iter().any(|range| range.contains(&code))
}

/// The first hidden character of `text` that nothing before it calls for. A joiner or a selector after what is neither
/// ASCII nor hidden itself belongs to a script or an emoji; a tag follows a black flag or another tag. What exactly may
/// stand there is the program's own matter; that nothing of it stands behind plain letters is held here.
pub fn first_hidden(text: &str) -> Option<char> {
    let mut before = ' ';
    text.chars().find(|c| {
        let last = core::mem::replace(&mut before, *c);
        if !is_hidden(*c) || *c == '\n' {
            return false;
        }
        let after_script = !last.is_ascii() && !is_hidden(last) && !last.is_whitespace();
        let is_called_for = match *c {
            '\u{200d}' => after_script || matches!(last, '\u{fe0e}' | '\u{fe0f}'),
            '\u{fe0e}' | '\u{fe0f}' => after_script || last.is_ascii_digit() || last == '#' || last == '*',
            '\u{200c}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => after_script,
            '\u{e0020}'..='\u{e007f}' => last == '\u{1f3f4}' || ('\u{e0020}'..='\u{e007e}').contains(&last),
            _ => false,
        };
        !is_called_for
    })
}

/// Holds that `text`, which is about to be shown, has nothing hidden in it but line breaks.
#[track_caller]
pub fn assert_plain(text: &str) {
    let hidden = first_hidden(text);
    assert!(hidden.is_none(), "{:#x} in {text:?}", u32::from(hidden.unwrap_or_default()));
}

/// Whether it is the turn of something slow, which is done for one input in `every`. The input itself decides, so that
/// it does the same each time it is tried.
pub fn is_turn(data: &[u8], every: u32) -> bool {
    crc32fast::hash(data).is_multiple_of(every)
}

/// Characters that have broken a terminal program somewhere; the bytes above 0x7f stand for them.
const NASTY: &[char] = &[
    'é',
    'ß',
    '日',
    '語',
    '本',
    '한',
    '\u{301}',
    '\u{308}',
    '\u{20dd}',
    '\u{e31}',
    '\u{5b0}',
    '\u{64e}',
    '👩',
    '🔬',
    '👍',
    '🏽',
    '🇩',
    '🇪',
    '\u{200d}',
    '\u{fe0f}',
    '\u{fe0e}',
    '\u{202e}',
    '\u{202d}',
    '\u{202c}',
    '\u{2066}',
    '\u{2069}',
    '\u{200e}',
    '\u{200f}',
    '\u{61c}',
    '\u{200b}',
    '\u{200c}',
    '\u{2060}',
    '\u{feff}',
    '\u{ad}',
    '\u{34f}',
    '\u{115f}',
    '\u{1160}',
    '\u{3164}',
    '\u{ffa0}',
    '\u{2028}',
    '\u{2029}',
    '\u{85}',
    '\u{9b}',
    '\u{9d}',
    '\u{90}',
    '\u{a0}',
    '\u{3000}',
    '\u{1100}',
    '\u{1161}',
    '\u{11a8}',
    '\u{ac00}',
    '\u{e0041}',
    '\u{e007f}',
    '\u{e0100}',
    '\u{1d173}',
    '\u{fff9}',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10ffff}',
    '\u{180e}',
    '\u{17b4}',
    '\u{2800}',
    '\u{16fe4}',
    '\u{1bca0}',
    'ﷺ',
    '\u{12219}',
    '\u{fdfd}',
    '\u{a9c1}',
    '\u{102a}',
    'ｱ',
    '\u{ff9e}',
    '\u{1f1e6}',
    '\u{1f3f4}',
    '\u{e0067}',
];

/// Text made of `bytes`: ASCII as it is, anything above as one of the nasty ones, 0xff with the next three as any
/// character at all.
pub fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == 0xff {
            let code = (0..3).fold(0, |code, _| code << 8 | u32::from(bytes.next().unwrap_or_default()));
            text.extend(char::from_u32(code % 0x11_0000));
        } else if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.extend(NASTY.get(usize::from(byte & 0x7f) % NASTY.len()));
        }
    }
    text
}
