//! The text of a settings, protocol, checklist or theme file. Only a regular file is read, and no hidden character is
//! accepted.

use core::ops::Range;
use std::io::{self, Read};
use std::path::Path;

use super::refusal::Refusal;
use platform::files;
use store::sanitise::{concealed, escape_hidden};

/// In bytes. No file that a person writes by hand is longer.
const LONGEST_FILE: u64 = 1024 * 1024;
const IN_UTF_8: &str = "Save it as UTF-8; in Notepad, choose it under Save as, Encoding.";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// It is part of the program: a test checks it for hidden characters, so that a start need not.
    is_embedded: bool,
    /// What is wrong with the encoding, in a file that was read leniently.
    encoding_error: Option<Box<Refusal>>,
    /// Where the parser finds errors that were reported before.
    ignored_errors: Vec<usize>,
}

impl Source {
    /// `name` is the name of the file as the person wrote it. A byte order mark at the start of `text` is left out.
    ///
    /// # Errors
    /// Refuses a text that is too long or contains a hidden character.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Result<Source, Refusal> {
        let (name, mut text) = (name.into(), text.into());
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        if u64::try_from(text.len()).is_ok_and(|length| length > LONGEST_FILE) {
            return Err(too_long(&name));
        }
        let source = Source::of(name, text);
        source.check_nul()?;
        source.check_visible()?;
        Ok(source)
    }

    fn of(name: String, text: String) -> Source {
        Source { name, text, is_embedded: false, encoding_error: None, ignored_errors: Vec::new() }
    }

    fn check_nul(&self) -> Result<(), Refusal> {
        let Some(at) = self.text.find('\0') else { return Ok(()) };
        Err(self.refuse(at..at + 1, "there is a NUL here, as in a text in UTF-16", IN_UTF_8))
    }

    /// # Errors
    /// Refuses the first hidden character that is no line break or tab.
    pub fn check_visible(&self) -> Result<(), Refusal> {
        self.check_line_ends()?;
        let Some((at, c, kind)) = self.first_hidden() else { return Ok(()) };
        Err(self.refuse(
            at..at + c.len_utf8(),
            format!("there is a hidden {kind} character, {}", escape_hidden(&c.to_string())),
            "Take it out: a file is accepted only when all of it can be seen.",
        ))
    }

    fn check_line_ends(&self) -> Result<(), Refusal> {
        let is_alone = |at: &usize| !self.text.get(*at..).is_some_and(|rest| rest.starts_with("\r\n"));
        let Some(at) = self.text.match_indices('\r').map(|(at, _)| at).find(is_alone) else { return Ok(()) };
        let todo = "Save it with the line ends of Unix or Windows.";
        Err(self.refuse(at..at + 1, "this line ends in a return alone, which is no line end in TOML", todo))
    }

    pub fn embedded(name: &str, text: &'static str) -> Source {
        Source { is_embedded: true, ..Source::of(name.to_owned(), text.to_owned()) }
    }

    pub(super) fn is_embedded(&self) -> bool {
        self.is_embedded
    }

    /// Reads the file at `path`. Only a regular file is opened: a named pipe would block.
    ///
    /// # Errors
    /// Refuses what cannot be read, is no regular file, is too long, is not UTF-8, or what [`Source::new`] refuses.
    pub fn read(path: &Path) -> Result<Source, Refusal> {
        let name = path.display().to_string();
        match String::from_utf8(bytes(&name, path)?) {
            Ok(text) => Source::new(name, text),
            Err(error) => Err(other_encoding(&name, error.as_bytes()).0),
        }
    }

    /// Reads the file at `path` so that every mistake in it can be found. A text in another encoding is read as what it
    /// probably is, with the refusal in [`Source::encoding_error`]. Hidden characters are left to
    /// [`Source::check_visible`].
    ///
    /// # Errors
    /// Refuses what cannot be read, is no regular file, or is too long.
    pub fn read_leniently(path: &Path) -> Result<Source, Refusal> {
        let name = path.display().to_string();
        let (text, encoding_error) = match String::from_utf8(bytes(&name, path)?) {
            Ok(text) => (text, None),
            Err(error) => {
                let (refusal, text) = other_encoding(&name, error.as_bytes());
                (text, Some(Box::new(refusal)))
            }
        };
        let text = text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned);
        let source = Source { encoding_error, ..Source::of(name, text) };
        // Each of these is one mistake, however many lines it is on.
        let without = |c: char, other: &str| source.text.replace(c, other);
        let (refusal, text) = if let Err(refusal) = source.check_nul() {
            (refusal, without('\0', ""))
        } else if source.text.contains('\n') {
            return Ok(source);
        } else if let Err(refusal) = source.check_line_ends() {
            (refusal, without('\r', "\n"))
        } else {
            return Ok(source);
        };
        Ok(Source { encoding_error: Some(Box::new(refusal)), ..Source::of(source.name.clone(), text) })
    }

    pub fn encoding_error(&self) -> Option<&Refusal> {
        self.encoding_error.as_deref()
    }

    /// Where the parser finds errors that were reported before.
    pub fn ignored_errors(&self) -> &[usize] {
        &self.ignored_errors
    }

    /// The same, with the parser's error at the byte `at` ignored from now on; None where it was ignored before.
    pub fn ignoring_error_at(&self, at: usize) -> Option<Source> {
        let mut source = self.clone();
        source.ignored_errors.push(at);
        (!self.ignored_errors.contains(&at)).then_some(source)
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same with blanks in the bytes `range`, so that all other positions stay. None where there are only blanks
    /// already.
    pub fn without(&self, range: Range<usize>) -> Option<Source> {
        let left_out = self.text.get(range.clone()).filter(|text| !text.trim().is_empty())?;
        let mut left = left_out.chars().peekable();
        let mut blanks = String::with_capacity(left_out.len());
        while let Some(c) = left.next() {
            match c {
                '\n' => blanks.push('\n'),
                '\r' if left.peek().is_none_or(|next| *next == '\n') => blanks.push('\r'),
                c => blanks.extend(core::iter::repeat_n(' ', c.len_utf8())),
            }
        }
        let mut text = self.text.clone();
        text.replace_range(range, &blanks);
        Some(Source { text, ..self.clone() })
    }

    /// The same with `line` in place of the line at `range`. Blanks fill it up, so that positions after it stay if they
    /// can.
    pub(super) fn with_line(&self, range: Range<usize>, line: &str) -> Source {
        let line = format!("{line:<0$}", range.len());
        let moved = |at: &usize| if *at < range.end { *at } else { at + line.len() - range.len() };
        let ignored_errors = self.ignored_errors.iter().map(moved).collect();
        let mut text = self.text.clone();
        text.replace_range(range.clone(), &line);
        Source { text, ignored_errors, ..self.clone() }
    }

    /// A refusal of the bytes `span`. `what` follows the position and a colon; `todo` is a sentence of its own.
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

/// The bytes of the file at `path`, which is called `name`.
fn bytes(name: &str, path: &Path) -> Result<Vec<u8>, Refusal> {
    let refused = |error: io::Error| {
        Refusal::unread(name, format!("cannot be read: {}", reason(&error)), "Check the name and who may read it.")
    };
    let irregular = || Refusal::unread(name, "is not a regular file", "Name a text file in TOML.");
    // Before it is opened, since opening some devices already has an effect.
    if !std::fs::metadata(path).map_err(refused)?.is_file() {
        return Err(irregular());
    }
    let file = files::open(path).map_err(refused)?;
    if !file.metadata().map_err(refused)?.is_file() {
        return Err(irregular());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST_FILE + 1).read_to_end(&mut bytes).map_err(refused)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_FILE) {
        return Err(too_long(name));
    }
    Ok(bytes)
}

/// The refusal of a text in another encoding, and the text as it was probably meant: in UTF-16 with a byte order mark,
/// or in Latin 1.
fn other_encoding(name: &str, bytes: &[u8]) -> (Refusal, String) {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1).filter_map(|pair| Some(read(pair.try_into().ok()?)));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        (Refusal::whole(name, "is a text in UTF-16", IN_UTF_8), text)
    };
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return wide(u16::from_le_bytes);
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        return wide(u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut text = String::new();
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            first.get_or_insert((text.len(), *byte));
            text.push(if *byte < 0xA0 { char::REPLACEMENT_CHARACTER } else { char::from(*byte) });
        }
    }
    let (at, byte) = first.unwrap_or_default();
    let what = format!("the byte {byte:#04x} stands here, and in a text in UTF-8 it cannot");
    (Refusal::at(name, &text, at..at + 1, what, IN_UTF_8), text)
}

fn too_long(name: &str) -> Refusal {
    Refusal::whole(name, "is longer than 1 MiB", "Name a text file in TOML.")
}

/// What went wrong, without the number of the error.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "it is not open to you".into(),
        _ => error.to_string(),
    }
}
