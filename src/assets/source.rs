//! The text of a settings, protocol or checklist file, taken in only when it is a plain file of plain characters.

use core::ops::Range;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::refusal::Refusal;
use crate::visible::{concealed, show};

/// No file that a person writes by hand is longer, in bytes.
const LONGEST_FILE: u64 = 1024 * 1024;

/// The text of one file with its name, every character of it visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// Takes `text` in; `name` is how the person named the file. A byte order mark at its start is left out.
    ///
    /// # Errors
    /// Refuses a text that is too long or holds a character that cannot be seen.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Result<Source, Refusal> {
        let (name, mut text) = (name.into(), text.into());
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        if u64::try_from(text.len()).is_ok_and(|length| length > LONGEST_FILE) {
            return Err(too_long(&name));
        }
        let source = Source { name, text };
        if source.text.contains('\0') {
            let todo = "Save it as UTF-8; in Notepad, choose it under Save as, Encoding.";
            let at = source.text.find('\0').unwrap_or_default();
            return Err(source.refuse(at..at + 1, "there is a NUL here, as in a text in UTF-16", todo));
        }
        match source.first_hidden() {
            None => Ok(source),
            Some((at, c, kind)) => Err(source.refuse(
                at..at + c.len_utf8(),
                format!("there is a hidden {kind} character, {}", show(&c.to_string())),
                "Take it out: a file is accepted only when all of it can be seen.",
            )),
        }
    }

    /// A file that is part of the program. That all of it can be seen is held by a test, not looked for at each start.
    pub fn embedded(name: &str, text: &'static str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned() }
    }

    /// Reads the file at `path`. Anything but a regular file is left alone, so that a named pipe cannot hang the
    /// program.
    ///
    /// # Errors
    /// Refuses what cannot be read, is no regular file, is too long, is not UTF-8, or what [`Source::new`] refuses.
    pub fn read(path: &Path) -> Result<Source, Refusal> {
        let name = path.display().to_string();
        let refused = |error: io::Error| {
            Refusal::unread(&name, format!("cannot be read: {}", reason(&error)), "Check the name and who may read it.")
        };
        let irregular = || Refusal::unread(&name, "is not a regular file", "Name a text file in TOML.");
        // Asked before opening: opening some devices already does something.
        if !std::fs::metadata(path).map_err(refused)?.is_file() {
            return Err(irregular());
        }
        let file = open(path).map_err(refused)?;
        if !file.metadata().map_err(refused)?.is_file() {
            return Err(irregular());
        }
        let mut bytes = Vec::new();
        file.take(LONGEST_FILE + 1).read_to_end(&mut bytes).map_err(refused)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_FILE) {
            return Err(too_long(&name));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Source::new(name, text),
            Err(error) => Err(other_encoding(&name, error.as_bytes(), error.utf8_error().valid_up_to())),
        }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same without what stands in the bytes `range`: blanks stand there, so that every place is where it was. None
    /// where there is nothing to leave out.
    pub fn without(&self, range: Range<usize>) -> Option<Source> {
        let left_out = self.text.get(range.clone()).filter(|text| !text.trim().is_empty())?;
        let blanks: String = left_out
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { c.to_string() } else { " ".repeat(c.len_utf8()) })
            .collect();
        let mut text = self.text.clone();
        text.replace_range(range, &blanks);
        Some(Source { name: self.name.clone(), text })
    }

    /// The same with `line` in the place of the one at `range`, with blanks behind it, so that what follows moves as
    /// little as can be.
    pub(super) fn with(&self, range: Range<usize>, line: &str) -> Source {
        let mut text = self.text.clone();
        text.replace_range(range.clone(), &format!("{line:<0$}", range.len()));
        Source { name: self.name.clone(), text }
    }

    /// A refusal of the bytes `span`. `what` follows the place and a colon; `todo` is a sentence of its own.
    pub fn refuse(&self, span: Range<usize>, what: impl Into<String>, todo: impl Into<String>) -> Refusal {
        Refusal::at(&self.name, &self.text, span, what, todo)
    }

    /// The first hidden character that is no line break or tab.
    fn first_hidden(&self) -> Option<(usize, char, &'static str)> {
        let is_laid_out = |at: usize, c: char| {
            matches!(c, '\n' | '\t') || (c == '\r' && self.text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")))
        };
        concealed(&self.text).find(|(at, c, _)| !is_laid_out(*at, *c))
    }
}

/// A text in another encoding, of which `valid` bytes are UTF-8.
fn other_encoding(name: &str, bytes: &[u8], valid: usize) -> Refusal {
    let todo = "Save it as UTF-8; in Notepad, choose it under Save as, Encoding.";
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Refusal::whole(name, "is a text in UTF-16", todo);
    }
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let column = String::from_utf8_lossy(last).chars().count() + 1;
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let what = format!("is not a text in UTF-8: line {line}, column {column} has the byte {byte:#04x}");
    Refusal::whole(name, what, todo)
}

fn too_long(name: &str) -> Refusal {
    Refusal::whole(name, "is longer than 1 MiB", "Name a text file in TOML.")
}

/// What went wrong, without the number that the system gives it.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "it is not open to you".into(),
        _ => error.to_string(),
    }
}

/// Opens without waiting for a writer, should a pipe have taken the file's place a moment ago.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}
