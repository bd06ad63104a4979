//! A key: as it comes, as it is shown, as it is written in files.

use unicode_width::UnicodeWidthChar;

/// A key press without regard to case, as far as this program tells keys apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character; letters in lower case.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    F(u8),
    /// A letter with Ctrl.
    Ctrl(char),
    /// Any other key; it pauses like every key, and does nothing else.
    Other,
}

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Press {
    /// Its place in the key tables.
    pub key: Key,
    /// The character that it types, upper and lower case apart; None where it types none.
    pub typed: Option<char>,
}

impl Press {
    /// The key that types `character`.
    pub fn of(character: char) -> Press {
        let lower = character.to_lowercase().next().unwrap_or(character);
        Press { key: Key::Char(lower), typed: Some(character) }
    }
}

impl From<Key> for Press {
    fn from(key: Key) -> Press {
        match key {
            Key::Char(character) => Press::of(character),
            key => Press { key, typed: None },
        }
    }
}

impl Key {
    /// The keys that files call by a word of their own.
    pub const NAMED: [(&'static str, Key); 14] = [
        ("Space", Key::Char(' ')),
        ("Enter", Key::Enter),
        ("Esc", Key::Esc),
        ("Tab", Key::Tab),
        ("Backspace", Key::Backspace),
        ("Delete", Key::Delete),
        ("Up", Key::Up),
        ("Down", Key::Down),
        ("Left", Key::Left),
        ("Right", Key::Right),
        ("Home", Key::Home),
        ("End", Key::End),
        ("PageUp", Key::PageUp),
        ("PageDown", Key::PageDown),
    ];

    /// The key that files call `id`: a word, F1 to F12, or its one character in either case.
    pub fn from_id(id: &str) -> Option<Key> {
        let mut characters = id.chars();
        match (characters.next()?, characters.as_str()) {
            // As the terminal's keys are taken: the first of the small letters, where a capital has several. What takes
            // no room of its own, or only room, could not be named to the person.
            (single, "") if single.width().is_some_and(|width| width > 0) && !single.is_whitespace() => {
                single.to_lowercase().next().map(Key::Char)
            }
            ('F', number) if number.starts_with(|digit| matches!(digit, '1'..='9')) => {
                number.parse().ok().filter(|number| *number <= 12).map(Key::F)
            }
            _ => Key::NAMED.into_iter().find(|(name, _)| *name == id).map(|(_, key)| key),
        }
    }

    /// Its name in files; empty for a key that no file can name.
    pub fn id(self) -> String {
        match (Key::NAMED.into_iter().find(|(_, key)| *key == self), self) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Key::Char(_) | Key::F(_)) => self.name(),
            (None, _) => String::new(),
        }
    }

    /// How it is named to the person.
    pub fn name(self) -> String {
        match self {
            Key::Char(' ') => "Space".to_owned(),
            Key::Char(character) => character.to_string(),
            Key::Enter => "Enter".to_owned(),
            Key::Esc => "Esc".to_owned(),
            Key::Tab => "Tab".to_owned(),
            Key::Backspace => "Backspace".to_owned(),
            Key::Delete => "Del".to_owned(),
            Key::Up => "up".to_owned(),
            Key::Down => "down".to_owned(),
            Key::Left => "left".to_owned(),
            Key::Right => "right".to_owned(),
            Key::Home => "Home".to_owned(),
            Key::End => "End".to_owned(),
            Key::PageUp => "PgUp".to_owned(),
            Key::PageDown => "PgDn".to_owned(),
            Key::F(number) => format!("F{number}"),
            Key::Ctrl(letter) => format!("Ctrl-{}", letter.to_uppercase()),
            Key::Other => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_files_call_a_key_leads_back_to_it() {
        let others = ["a", "?", "+", "F1", "F12", "ä"].map(|id| (id, Key::from_id(id).unwrap()));
        for (id, key) in Key::NAMED.into_iter().chain(others) {
            assert_eq!((Key::from_id(id), key.id().as_str()), (Some(key), id));
        }
        assert_eq!(Key::from_id("Q"), Some(Key::Char('q')));
        for nonsense in [
            "", " ", "\u{301}", "\u{a0}", "\u{7}", "F0", "F13", "F01", "F+1", "F268", "f1", "space", "Ctrl-C", "ab",
            "1-5",
        ] {
            assert_eq!(Key::from_id(nonsense), None, "{nonsense:?}");
        }
        assert_eq!((Key::Ctrl('c').id(), Key::Other.id()), (String::new(), String::new()));
    }
}
