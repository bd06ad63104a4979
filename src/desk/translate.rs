//! Keys as the terminal tells them, to keys as the key table has them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::keymap::Key;

/// A terminal key as the key table knows it, and the character it types.
pub fn translate(event: KeyEvent) -> (Key, Option<char>) {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char(character) if control => (Key::Ctrl(character.to_ascii_lowercase()), None),
        KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => (Key::Other, None),
        KeyCode::Char(character) => {
            let lower = character.to_lowercase().next().unwrap_or(character);
            (Key::Char(lower), Some(character))
        }
        KeyCode::Enter => (Key::Enter, None),
        KeyCode::Esc => (Key::Esc, None),
        KeyCode::Tab => (Key::Tab, None),
        KeyCode::Backspace => (Key::Backspace, None),
        KeyCode::Delete => (Key::Delete, None),
        KeyCode::Up => (Key::Up, None),
        KeyCode::Down => (Key::Down, None),
        KeyCode::Left => (Key::Left, None),
        KeyCode::Right => (Key::Right, None),
        KeyCode::Home => (Key::Home, None),
        KeyCode::End => (Key::End, None),
        KeyCode::PageUp => (Key::PageUp, None),
        KeyCode::PageDown => (Key::PageDown, None),
        KeyCode::F(number) => (Key::F(number), None),
        _ => (Key::Other, None),
    }
}
