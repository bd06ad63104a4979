//! Desktop notifications through the terminal. The terminal is chosen by its name and never asked what it can do, since
//! no answer might come.
//!
//! OSC 99 is described at <https://sw.kovidgoyal.net/kitty/desktop-notifications/>, OSC 777 in foot-ctlseqs(7), OSC 9
//! at <https://iterm2.com/documentation-escape-codes.html>.

use super::title::visible;
use crate::content::Notify;

/// One id for all notifications: the next one replaces the one that is shown, and closing it closes that.
const ID: &str = "dermaroll";
/// In characters of up to four bytes: terminals cut long sequences off, kitty at 2048 bytes.
const LONGEST: usize = 200;

/// The escape sequence by which a terminal shows a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Text alone. iTerm2, WezTerm.
    Osc9,
    /// Title, text, and an id to close it by. kitty.
    Osc99,
    /// Title and text. foot, VTE, rxvt, Ghostty.
    Osc777,
    None,
}

impl Route {
    /// The route for the terminal that `env` describes, and whether its bytes have to go through [`through_tmux`].
    pub fn find(setting: Notify, env: &dyn Fn(&str) -> Option<String>) -> (Route, bool) {
        let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        match setting {
            Notify::Never => (Route::None, false),
            Notify::Osc9 => (Route::Osc9, is_set("TMUX")),
            Notify::Osc99 => (Route::Osc99, is_set("TMUX")),
            Notify::Osc777 => (Route::Osc777, is_set("TMUX")),
            // A multiplexer passes on the variables of the terminal that it was started in; by now it may be in
            // another.
            Notify::Auto if ["TMUX", "STY", "ZELLIJ"].into_iter().any(is_set) => (Route::None, false),
            Notify::Auto => (of_terminal(env), false),
        }
    }

    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Route::Osc9 => "osc9",
            Route::Osc99 => "osc99",
            Route::Osc777 => "osc777",
            Route::None => "none",
        }
    }

    /// The bytes that show a notification, without characters that cannot be seen.
    pub fn show(self, title: &str, words: &str) -> Vec<u8> {
        let (title, words) = (fitting(title), fitting(words));
        // A semicolon would end the text, and a number before it would be another command: OSC 9;4 shows progress.
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

    /// The bytes that take the notification away, where the terminal can do that.
    pub fn clear(self) -> Vec<u8> {
        match self {
            Route::Osc99 => format!("\x1b]99;i={ID}:p=close;\x1b\\").into_bytes(),
            Route::Osc9 | Route::Osc777 | Route::None => Vec::new(),
        }
    }
}

/// `bytes` wrapped for the terminal around tmux, which passes them on if its `allow-passthrough` is on.
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

/// The route for a terminal by its variables. `TERM` goes first, since every terminal sets it; the others may be left
/// over from the terminal that this one was started in.
fn of_terminal(env: &dyn Fn(&str) -> Option<String>) -> Route {
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
