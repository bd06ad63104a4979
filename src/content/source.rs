//! The text of a settings, protocol or checklist file, taken in only when it is a plain file of plain characters.

use core::ops::Range;
use std::io::{self, Read};
use std::path::Path;

use super::refusal::Refusal;
use platform::files;
use store::visible::{concealed, show};

/// No file that a person writes by hand is longer, in bytes.
const LONGEST_FILE: u64 = 1024 * 1024;
const IN_UTF_8: &str = "Save it as UTF-8; in Notepad, choose it under Save as, Encoding.";

/// The text of one file with its name, every character of it visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// It is part of the program: a test looks for what cannot be seen in it, not each start.
    is_embedded: bool,
    /// What is wrong with the encoding of a file that is read all the same.
    misread: Option<Box<Refusal>>,
    /// The bytes at which the parser complains of something that was told and is passed over.
    passed: Vec<usize>,
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
        let source = Source::of(name, text);
        source.check_nul()?;
        source.check_visible()?;
        Ok(source)
    }

    fn of(name: String, text: String) -> Source {
        Source { name, text, is_embedded: false, misread: None, passed: Vec::new() }
    }

    fn check_nul(&self) -> Result<(), Refusal> {
        let Some(at) = self.text.find('\0') else { return Ok(()) };
        Err(self.refuse(at..at + 1, "there is a NUL here, as in a text in UTF-16", IN_UTF_8))
    }

    /// Whether every character can be seen.
    ///
    /// # Errors
    /// Refuses the first that cannot, and is no line break or tab.
    pub fn check_visible(&self) -> Result<(), Refusal> {
        self.check_line_ends()?;
        let Some((at, c, kind)) = self.first_hidden() else { return Ok(()) };
        Err(self.refuse(
            at..at + c.len_utf8(),
            format!("there is a hidden {kind} character, {}", show(&c.to_string())),
            "Take it out: a file is accepted only when all of it can be seen.",
        ))
    }

    fn check_line_ends(&self) -> Result<(), Refusal> {
        let is_alone = |at: &usize| !self.text.get(*at..).is_some_and(|rest| rest.starts_with("\r\n"));
        let Some(at) = self.text.match_indices('\r').map(|(at, _)| at).find(is_alone) else { return Ok(()) };
        let todo = "Save it with the line ends of Unix or Windows.";
        Err(self.refuse(at..at + 1, "this line ends in a return alone, which is no line end in TOML", todo))
    }

    /// A file that is part of the program.
    pub fn embedded(name: &str, text: &'static str) -> Source {
        Source { is_embedded: true, ..Source::of(name.to_owned(), text.to_owned()) }
    }

    /// Whether it is part of the program.
    pub(super) fn is_embedded(&self) -> bool {
        self.is_embedded
    }

    /// Reads the file at `path`. Anything but a regular file is left alone, so that a named pipe cannot hang the
    /// program.
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

    /// Reads the file at `path` for somebody who wants to hear of every mistake: one in another encoding is read as what
    /// it probably is, and what that leaves in doubt is kept in [`Source::misread`]. Characters that cannot be seen are
    /// left to [`Source::check_visible`].
    ///
    /// # Errors
    /// Refuses what cannot be read, is no regular file, or is too long.
    pub fn read_leniently(path: &Path) -> Result<Source, Refusal> {
        let name = path.display().to_string();
        let (text, misread) = match String::from_utf8(bytes(&name, path)?) {
            Ok(text) => (text, None),
            Err(error) => {
                let (refusal, text) = other_encoding(&name, error.as_bytes());
                (text, Some(Box::new(refusal)))
            }
        };
        let text = text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned);
        let source = Source { misread, ..Source::of(name, text) };
        // One mistake, on however many lines it shows.
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
        Ok(Source { misread: Some(Box::new(refusal)), ..Source::of(source.name.clone(), text) })
    }

    /// What is wrong with the encoding of the file.
    pub fn misread(&self) -> Option<&Refusal> {
        self.misread.as_deref()
    }

    /// The bytes at which a complaint of the parser counts no more.
    pub fn passed(&self) -> &[usize] {
        &self.passed
    }

    /// The same, where the complaint of the parser at the byte `at` counts no more. None where it did not count before.
    pub fn passing(&self, at: usize) -> Option<Source> {
        let mut source = self.clone();
        source.passed.push(at);
        (!self.passed.contains(&at)).then_some(source)
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

    /// The same with `line` in the place of the one at `range`, with blanks behind it, so that what follows moves as
    /// little as can be.
    pub(super) fn with(&self, range: Range<usize>, line: &str) -> Source {
        let line = format!("{line:<0$}", range.len());
        let moved = |at: &usize| if *at < range.end { *at } else { at + line.len() - range.len() };
        let passed = self.passed.iter().map(moved).collect();
        let mut text = self.text.clone();
        text.replace_range(range.clone(), &line);
        Source { text, passed, ..self.clone() }
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

/// The bytes of the file at `path`, which is called `name`.
fn bytes(name: &str, path: &Path) -> Result<Vec<u8>, Refusal> {
    let refused = |error: io::Error| {
        Refusal::unread(name, format!("cannot be read: {}", reason(&error)), "Check the name and who may read it.")
    };
    let irregular = || Refusal::unread(name, "is not a regular file", "Name a text file in TOML.");
    // Asked before opening: opening some devices already does something.
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

/// What is wrong with a text in another encoding, and the text as it was probably meant: in UTF-16 with a mark at its
/// start, or in Latin 1.
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

/// What went wrong, without the number that the system gives it.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "it is not open to you".into(),
        _ => error.to_string(),
    }
}
