//! Desktop notifications through the terminal. It is never asked what it can do, since the answer may not come; its name
//! decides.
//!
//! OSC 99 is described at <https://sw.kovidgoyal.net/kitty/desktop-notifications/>, OSC 777 in foot-ctlseqs(7), OSC 9 at
//! <https://iterm2.com/documentation-escape-codes.html>.

use super::title::visible;

/// A notification that stands for all of ours: the next one takes its place, and closing it closes what is shown.
const ID: &str = "dermaroll";
/// Terminals cut long sequences off, kitty at 2048 bytes; a character has four at most.
const LONGEST: usize = 200;

/// How a terminal is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A text. iTerm2, WezTerm.
    Osc9,
    /// Title, text, and a name to close it by. kitty.
    Osc99,
    /// Title and text. foot, VTE, rxvt, Ghostty.
    Osc777,
    /// Not at all.
    None,
}

/// What the person has set about notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeSetting {
    /// As the terminal is known to understand it.
    Auto,
    /// None.
    Never,
    /// This way, whatever the terminal.
    Named(Route),
}

impl Route {
    /// The route for a terminal that is described by `env`, and whether its bytes have to be wrapped by
    /// [`through_tmux`].
    pub fn find(setting: &NoticeSetting, env: &dyn Fn(&str) -> Option<String>) -> (Route, bool) {
        let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        match setting {
            NoticeSetting::Never | NoticeSetting::Named(Route::None) => (Route::None, false),
            NoticeSetting::Named(route) => (*route, is_set("TMUX")),
            // What is known of a terminal around another one may have been true when that one was started.
            NoticeSetting::Auto if ["TMUX", "STY", "ZELLIJ"].into_iter().any(is_set) => (Route::None, false),
            NoticeSetting::Auto => (known(env), false),
        }
    }

    /// The bytes that show a notification. Characters that cannot be seen are left out.
    pub fn show(self, title: &str, words: &str) -> Vec<u8> {
        let (title, words) = (fitting(title), fitting(words));
        // A semicolon ends a part, and a number before one is another command: OSC 9;4 is progress.
        let plain = |text: &str| text.replace(';', ",");
        match self {
            Route::None => Vec::new(),
            Route::Osc99 => format!("\x1b]99;i={ID}:d=0;{title}\x1b\\\x1b]99;i={ID}:p=body;{words}\x1b\\").into_bytes(),
            Route::Osc777 => format!("\x1b]777;notify;{};{}\x1b\\", plain(&title), plain(&words)).into_bytes(),
            Route::Osc9 => {
                let parts: Vec<&str> =
                    [title.as_str(), words.as_str()].into_iter().filter(|it| !it.is_empty()).collect();
                let text = plain(&parts.join(": "));
                let gap = if text.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
                format!("\x1b]9;{gap}{text}\x1b\\").into_bytes()
            }
        }
    }

    /// The bytes that take it away again, where that can be done.
    pub fn clear(self) -> Vec<u8> {
        match self {
            Route::Osc99 => format!("\x1b]99;i={ID}:p=close;\x1b\\").into_bytes(),
            Route::Osc9 | Route::Osc777 | Route::None => Vec::new(),
        }
    }
}

/// `bytes` for the terminal around tmux, which passes them on if it is set to (`allow-passthrough`).
pub fn through_tmux(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let mut wrapped = b"\x1bPtmux;".to_vec();
    for byte in bytes {
        if *byte == b'\x1b' {
            wrapped.push(b'\x1b');
        }
        wrapped.push(*byte);
    }
    wrapped.extend(b"\x1b\\");
    wrapped
}

/// What the terminal says of itself. Its kind goes first: every terminal sets that one anew, while the others are left
/// over when one terminal is started from another.
fn known(env: &dyn Fn(&str) -> Option<String>) -> Route {
    let kind = env("TERM").unwrap_or_default();
    let program = env("TERM_PROGRAM").unwrap_or_default();
    if kind == "xterm-kitty" {
        Route::Osc99
    } else if ["foot", "rxvt", "ghostty", "xterm-ghostty"].iter().any(|start| kind.starts_with(start)) {
        Route::Osc777
    } else if kind == "wezterm" {
        Route::Osc9
    } else if kind.is_empty() || ["dumb", "linux"].contains(&kind.as_str()) {
        Route::None
    } else if program == "ghostty" {
        Route::Osc777
    } else if ["iTerm.app", "WezTerm"].contains(&program.as_str()) {
        Route::Osc9
    } else if env("KITTY_WINDOW_ID").is_some() {
        Route::Osc99
    } else if env("VTE_VERSION").is_some() {
        Route::Osc777
    } else {
        Route::None
    }
}

fn fitting(text: &str) -> String {
    visible(text).chars().take(LONGEST).collect()
}
