//! The text of a settings, protocol or checklist file, taken in only when it is a plain file of plain characters.

use core::ops::Range;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::refusal::Refusal;
use crate::visible::{hidden, show};

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
        let irregular = || Refusal::whole(&name, "is not a regular file", "Name a text file in TOML.");
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
            Err(error) => {
                let line = error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|b| **b == b'\n');
                let what = format!("is not a UTF-8 text from line {} on", line.count() + 1);
                Err(Refusal::whole(&name, what, "Save it as UTF-8."))
            }
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

    /// A refusal of the bytes `span`. `what` follows the place and a colon; `todo` is a sentence of its own.
    pub fn refuse(&self, span: Range<usize>, what: impl Into<String>, todo: impl Into<String>) -> Refusal {
        Refusal::at(&self.name, &self.text, span, what, todo)
    }

    /// The first hidden character that is no line break or tab.
    fn first_hidden(&self) -> Option<(usize, char, &'static str)> {
        let mut characters = self.text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let laid_out = matches!(c, '\n' | '\t') || (c == '\r' && next == Some('\n'));
            if let (Some(kind), false) = (hidden(c), laid_out) {
                return Some((at, c, kind));
            }
        }
        None
    }
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
