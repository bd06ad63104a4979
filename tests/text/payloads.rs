//! What has hidden text, moved it, or made a terminal do something, somewhere.

/// Each by its name. The last two are no UTF-8.
pub const PAYLOADS: [(&str, &[u8]); 28] = [
    ("escape, clear screen", b"\x1b[2J\x1b[H"),
    ("escape, colour", b"\x1b[31mred\x1b[0m"),
    ("window title", b"\x1b]0;title\x07"),
    ("clipboard, OSC 52", b"\x1b]52;c;ZXZpbA==\x07"),
    ("hyperlink, OSC 8", b"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"),
    ("device control", b"\x1bP+q544e\x1b\\"),
    ("C1 control sequence", "\u{9b}2J".as_bytes()),
    ("C1 operating system command", "\u{9d}0;t\u{9c}".as_bytes()),
    ("next line", "a\u{85}b".as_bytes()),
    ("bell", b"\x07"),
    ("backspaces", b"no\x08\x08yes"),
    ("carriage return", b"no rolling\rroll on"),
    ("line feed", b"one\ntwo"),
    ("vertical tab and form feed", b"\x0b\x0c"),
    ("NUL", b"a\0b"),
    ("shift out", b"\x0e\x0f"),
    ("delete", b"a\x7fb"),
    ("right-to-left override", "\u{202e}gnillor on\u{202c}".as_bytes()),
    ("isolates", "\u{2066}a\u{2067}b\u{2069}".as_bytes()),
    ("direction marks", "\u{200e}\u{200f}\u{61c}".as_bytes()),
    ("zero width", "n\u{200b}o\u{200c}t\u{200d}\u{2060}\u{feff}".as_bytes()),
    ("tags", "a\u{e0041}\u{e007f}".as_bytes()),
    ("soft hyphen, joiner", "s\u{ad}t\u{34f}op".as_bytes()),
    ("fillers", "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{17b4}".as_bytes()),
    ("line and paragraph separators", "a\u{2028}b\u{2029}c".as_bytes()),
    ("variation selectors", "a\u{fe0f}\u{e0100}\u{180b}\u{fff9}\u{1d173}".as_bytes()),
    ("bare C1 byte", b"a\x9b2Jb"),
    ("cut UTF-8", b"a\xf0\x9f\x91"),
];

/// As text, for paths that take nothing else.
pub fn text(payload: &[u8]) -> String {
    String::from_utf8_lossy(payload).into_owned()
}

/// In a TOML string, every character by its code.
pub fn escaped(payload: &[u8]) -> String {
    text(payload).chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect()
}

/// In a TOML string as far as it may stand there as it is.
pub fn half_escaped(payload: &[u8]) -> String {
    let plain = |c: char| if c.is_control() { format!("\\u{:04X}", u32::from(c)) } else { c.to_string() };
    text(payload).chars().map(plain).collect()
}
