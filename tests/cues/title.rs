//! The title: kept, set and given back, byte for byte, and only where there is one.

use dermaroll::cues::title::{PUSH, RESTORE, set, supported};

#[test]
fn the_bytes_are_xterms() {
    assert_eq!(PUSH, b"\x1b[22;2t");
    assert_eq!(set("0:14 your upper left"), b"\x1b]2;0:14 your upper left\x1b\\");
    assert_eq!(RESTORE, b"\x1b]2;\x1b\\\x1b[23;2t");
}

#[test]
fn no_text_ends_the_sequence() {
    assert_eq!(set("a\x1b\\b\x07\u{9c}\u{202e}c\nd"), "\x1b]2;a\\bc d\x1b\\".as_bytes());
}

#[test]
fn consoles_and_unknown_terminals_are_left_alone() {
    for kind in
        ["xterm", "xterm-256color", "tmux-256color", "screen", "foot", "alacritty", "rxvt-unicode", "st", "st-256color"]
    {
        assert!(supported(Some(kind)), "{kind}");
    }
    for kind in
        [None, Some(""), Some("dumb"), Some("linux"), Some("cons25"), Some("vt100"), Some("unknown"), Some("emacs")]
    {
        assert!(!supported(kind), "{kind:?}");
    }
}
