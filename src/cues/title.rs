//! The title of the terminal's window: kept, set, and given back. The sequences are xterm's.

use store::visible::hidden;

/// Keeps the present title on the terminal's own stack.
pub const PUSH: &[u8] = b"\x1b[22;2t";
/// Gives the kept title back; a terminal without such a stack is left with none, and its shell sets the next.
pub const RESTORE: &[u8] = b"\x1b]2;\x1b\\\x1b[23;2t";

/// The kinds of terminals that are known to have a title, or to take no notice, by how their names begin. Others might
/// print the words in the middle of the screen.
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

/// Whether a terminal of this kind, the value of `TERM`, can be told its title.
pub fn supported(term: Option<&str>) -> bool {
    term.is_some_and(|kind| kind == "st" || KINDS.iter().any(|start| kind.starts_with(start)))
}

/// The bytes that set the title. Characters that cannot be seen are left out.
pub fn set(text: &str) -> Vec<u8> {
    format!("\x1b]2;{}\x1b\\", visible(text)).into_bytes()
}

/// `text` on one line, without any character that cannot be seen, so that it cannot end the sequence it stands in.
pub(super) fn visible(text: &str) -> String {
    let kept = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    kept.filter(|c| hidden(*c).is_none()).collect()
}
