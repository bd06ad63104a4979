//! The title of the terminal's window: saved, set and restored by xterm's sequences.

use store::sanitise::hidden;

/// Saves the present title on the terminal's own stack.
pub const PUSH: &[u8] = b"\x1b[22;2t";
/// Restores the saved title. A terminal without such a stack is left with an empty one, which its shell sets anew.
pub const RESTORE: &[u8] = b"\x1b]2;\x1b\\\x1b[23;2t";

/// How the names of terminals begin that have a title, or at least ignore the sequence. Others might print the words in
/// the middle of the screen.
const KINDS: [&str; 20] = [
    "xterm",
    "screen",
    "tmux",
    "rxvt",
    "vte",
    "gnome",
    "konsole",
    "foot",
    "alacritty",
    "kitty",
    "wezterm",
    "ghostty",
    "contour",
    "mintty",
    "mlterm",
    "putty",
    "iterm",
    "st-",
    "stterm",
    "rio",
];

/// `term` is the value of `TERM`.
pub fn supported(term: Option<&str>) -> bool {
    term.is_some_and(|kind| kind == "st" || KINDS.iter().any(|start| kind.starts_with(start)))
}

/// The bytes that set the title, without characters that cannot be seen.
pub fn set(text: &str) -> Vec<u8> {
    format!("\x1b]2;{}\x1b\\", visible(text)).into_bytes()
}

/// `text` on one line and without characters that cannot be seen: an escape would end the sequence that it is in.
pub(super) fn visible(text: &str) -> String {
    let kept = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    kept.filter(|c| hidden(*c).is_none()).collect()
}
