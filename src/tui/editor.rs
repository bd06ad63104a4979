//! A line being typed: a name, a number, a reason, a note.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::content::keymap::Key;
use crate::content::keymap::script::as_ascii;

/// Text with a cursor and a longest length.
#[derive(Debug, Clone)]
pub struct Editor {
    input: Input,
    longest: usize,
    digits_only: bool,
}

impl Editor {
    /// A field that holds up to `longest` characters, with `text` in it and the cursor at its end.
    pub fn new(text: &str, longest: usize) -> Editor {
        Editor { input: Input::new(text.to_owned()), longest, digits_only: false }
    }

    /// A field for digits, a point or a comma, and nothing else. Those of other scripts are taken as the same in ASCII.
    pub fn number(longest: usize) -> Editor {
        Editor::number_of("", longest)
    }

    /// As [`Editor::number`], with `text` in it.
    pub fn number_of(text: &str, longest: usize) -> Editor {
        Editor { digits_only: true, ..Editor::new(text, longest) }
    }

    /// What was typed, without blanks at its ends.
    pub fn text(&self) -> &str {
        self.input.value().trim()
    }

    /// Text left and right of the cursor.
    pub fn around_cursor(&self) -> (String, String) {
        let at =
            self.input.value().char_indices().nth(self.input.cursor()).map_or(self.input.value().len(), |(at, _)| at);
        let (before, after) = self.input.value().split_at(at);
        (before.to_owned(), after.to_owned())
    }

    /// Takes a key as it was typed, upper and lower case apart. False: it is none of a field's keys.
    pub fn take(&mut self, key: Key, typed: Option<char>) -> bool {
        let request = match key {
            Key::Char(_) => return typed.is_some_and(|character| self.insert(character)),
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            Key::Ctrl('w') => InputRequest::DeletePrevWord,
            Key::Ctrl('u') => InputRequest::DeleteLine,
            Key::Enter
            | Key::Esc
            | Key::Tab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::F(_)
            | Key::Ctrl(_)
            | Key::Other => return false,
        };
        self.input.handle(request);
        true
    }

    /// Puts `text` in the place of what was there.
    pub fn replace(&mut self, text: &str) {
        self.input.reset();
        self.paste(text);
    }

    /// Takes pasted text as it is, as far as there is room for whole characters. A field is one line: a line break, which
    /// terminals send as a carriage return, and a tab become a blank.
    pub fn paste(&mut self, text: &str) {
        let line = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        for grapheme in line.graphemes(true) {
            if self.input.value().chars().count() + grapheme.chars().count() > self.longest {
                break;
            }
            for character in grapheme.chars() {
                self.insert(character);
            }
        }
    }

    /// Whether letters can be typed into it.
    pub fn takes_letters(&self) -> bool {
        !self.digits_only
    }

    /// What is hidden is typed, too: joiners of Persian and marks of Hebrew are keys of a keyboard. The drawing makes
    /// visible what has to be.
    fn insert(&mut self, character: char) -> bool {
        let character = if self.digits_only { as_ascii(character) } else { character };
        let fits = self.input.value().chars().count() < self.longest;
        let allowed = !self.digits_only || character.is_ascii_digit() || character == '.' || character == ',';
        if fits && allowed {
            self.input.handle(InputRequest::InsertChar(character));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_lines_are_words_apart_however_their_ends_are_sent() {
        for text in ["two\nlines", "two\r\nlines", "two\rlines", "two\tlines"] {
            let mut editor = Editor::new("", 20);
            editor.paste(text);
            assert_eq!(editor.text(), "two lines", "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_or_pasted_is_there_as_it_was() {
        let joined = "می\u{200c}خواهم \u{1f469}\u{200d}\u{1f52c} \u{2764}\u{fe0f} \u{202e}a\u{1b}[2J";
        let mut pasted = Editor::new("", 40);
        pasted.paste(joined);
        assert_eq!(pasted.text(), joined);
        let mut typed = Editor::new("", 40);
        joined.chars().for_each(|c| assert!(typed.take(Key::Char(c), Some(c))));
        assert_eq!(typed.text(), joined);
    }

    #[test]
    fn a_paste_that_is_too_long_ends_behind_a_whole_character() {
        let mut editor = Editor::new("", 4);
        editor.paste("ab\u{1f469}\u{200d}\u{1f52c}c");
        assert_eq!(editor.text(), "ab");
    }
}
