//! The terminal: taken over step by step, given back whatever happens, and watched from two threads that block.

pub mod guard;
pub mod input;
pub mod mail;
pub mod screen;
pub mod watch;

use std::io::IsTerminal as _;

use crossterm::event::KeyEvent;

pub use guard::Guard;
pub use mail::Mail;
pub use screen::Screen;

/// Something from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key was pressed. Releases and repeats never come here.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The window has another size, or wants to be drawn again.
    Resized,
    /// A signal asks to end: HUP, INT, TERM or QUIT, by its number.
    End(i32),
    /// The program is asked to stop for a while.
    Suspend,
    /// It goes on after that.
    Continued,
    /// The terminal has gone.
    HangUp,
}

/// Whether full screens can be shown here. `term` is the terminal's kind.
///
/// # Errors
/// One sentence that says what is missing and that nothing was started.
pub fn usable(term: Option<&str>) -> Result<(), String> {
    let missing = if !std::io::stdin().is_terminal() {
        "its keys from a terminal, never from a pipe or a file"
    } else if !std::io::stdout().is_terminal() {
        "a terminal for its screens"
    } else if matches!(term, None | Some("" | "dumb")) {
        "a terminal that can place text; TERM says that this one cannot"
    } else {
        return Ok(());
    };
    Err(format!("dermaroll needs {missing}. Nothing was started. Run it in a terminal window."))
}

/// Starts the two blocking threads and gives what they send.
///
/// # Errors
/// When signals cannot be listened to.
pub fn listen() -> std::io::Result<Mail> {
    let mail = Mail::default();
    watch::start(mail.clone())?;
    input::start(mail.clone());
    Ok(mail)
}
