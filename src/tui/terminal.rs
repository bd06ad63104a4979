//! The terminal: taken over step by step, given back whatever happens, and watched from two threads that block.

pub mod guard;
pub mod input;
pub mod kind;
pub mod mailbox;
pub mod reader;
pub mod display;
mod unit;
pub mod signals;

use std::io::IsTerminal as _;

use crate::content::keymap::Press;
pub use display::Display;
pub use guard::Guard;
pub use mailbox::Mailbox;

/// Something from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key was pressed. Releases and repeats never come here.
    Key(Press),
    /// Text was pasted.
    Paste(String),
    /// A whole line was typed, where there are lines instead of a screen.
    Line(String),
    /// Something outside that the screen tells of has changed.
    News,
    /// The window has another size, or wants to be drawn again.
    Resized,
    /// The system asks the program to end, with this exit status.
    End(u8),
    /// The program is asked to stop for a while.
    Suspend,
    /// It goes on after that.
    Continued,
    /// The terminal has gone.
    HangUp,
}

/// Whether answers can be taken at all: only a person at a terminal gives them.
///
/// # Errors
/// One sentence that says what is missing and that nothing was started.
pub fn takes_answers() -> Result<(), String> {
    if std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err("dermaroll needs its keys from a terminal, never from a pipe or a file. Nothing was started. Run it in a \
         terminal window."
        .to_owned())
}

/// Whether full screens can be shown here. `term` is the terminal's kind.
pub fn places_text(term: Option<&str>) -> bool {
    std::io::stdout().is_terminal() && term.is_some_and(kind::takes_places)
}

/// Starts to listen to signals and to the end of the terminal, and gives the box into which all messages go. What is
/// typed comes into it once [`input::start`] or [`input::start_lines`] is called.
///
/// # Errors
/// When signals cannot be listened to.
pub fn listen() -> std::io::Result<Mailbox> {
    let mailbox = Mailbox::default();
    signals::start(mailbox.clone())?;
    Ok(mailbox)
}
