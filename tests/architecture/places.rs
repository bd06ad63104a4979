//! Reads calls out of the source: which arguments follow a name, and which places they fill.

use crate::architecture::source::File;

/// A use of a word of `assets/words.toml`, as far as a text search can tell.
pub(crate) struct Use<'a> {
    /// The file.
    pub(crate) file: &'a File,
    /// Where the literal stands in its code.
    pub(crate) at: usize,
    /// The literal: a name, or a pattern with `{…}` in it.
    pub(crate) name: &'a str,
}

impl Use<'_> {
    /// The code before the literal, on its line.
    fn before(&self) -> &str {
        self.file.code[..self.at].trim_end()
    }

    /// The function that takes the literal as its first argument.
    pub(crate) fn function(&self) -> Option<&str> {
        let before = self.before().strip_suffix('(')?;
        let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
        Some(&before[start..])
    }

    /// The names of the places that the call fills, when they are written out in it; None when they come from
    /// elsewhere.
    pub(crate) fn filled(&self) -> Option<Vec<&str>> {
        let call = self.arguments_after()?;
        let begins = call.trim_start().strip_prefix(',')?.trim_start();
        if !begins.starts_with("&[") {
            return None;
        }
        Some(self.places(self.at, self.at + 2 + call.len()))
    }

    /// The names of all places that are filled anywhere in the file.
    pub(crate) fn filled_in_file(&self) -> Vec<&str> {
        self.places(0, self.file.code.len())
    }

    fn places(&self, from: usize, to: usize) -> Vec<&str> {
        let opens = |at: usize| self.file.code[..at].trim_end().ends_with('(');
        let places = self.file.strings.iter().filter(|literal| (from..to).contains(&literal.at) && opens(literal.at));
        places.map(|literal| literal.text.as_str()).collect()
    }

    /// The code from behind the literal to the bracket that closes the call.
    fn arguments_after(&self) -> Option<&str> {
        self.function()?;
        let rest = &self.file.code[self.at + 2..];
        let mut depth = 0_i32;
        for (at, c) in rest.char_indices() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => return Some(&rest[..at]),
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}
