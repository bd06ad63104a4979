//! Reads a session file. Blocks whose checksums match are returned; everything else is reported and never guessed. If
//! the file ends in the middle of a block, it has a torn tail; a complete block that is wrong is damage. Line ends of
//! other systems and a byte order mark are read as if this program had written them.

mod skim;

use core::fmt;
use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::amendment::Amended;
use super::entry::RecordedEntry;
use super::folder;
use super::header::{FORMAT, Header};
use super::reading::{Damage, Fault, Reading, Tail};
use super::summary::SummaryFields;
use super::text::{SUM, is_checksum};
pub use skim::Depth;
use skim::Skim;

/// Why nothing in a file can be read.
#[derive(Debug)]
pub enum ReadError {
    /// It cannot be opened or read, or is no plain file of sensible size.
    Unreadable(io::Error),
    /// A newer version wrote it.
    Newer {
        /// Its format.
        format: u64,
    },
    /// Its header is damaged or cut off, or another program wrote the file.
    NoHeader,
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Unreadable(error) => write!(out, "could not be read: {error}. It was left as it is"),
            ReadError::Newer { format } => write!(
                out,
                "was written by a newer version (format {format}, this one knows {FORMAT}). It was left as it is. \
                 Update the program to read it"
            ),
            ReadError::NoHeader => {
                out.write_str("is no session record, or its first lines are damaged. It was left as it is")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Unreadable(error) => Some(error),
            ReadError::Newer { .. } | ReadError::NoHeader => None,
        }
    }
}

/// Reads the session file at `path`. Changes nothing and waits for nothing.
///
/// # Errors
/// If it cannot be opened, is newer, or has no intact header.
pub fn read(path: &Path) -> Result<Reading, ReadError> {
    read_to(path, Depth::Whole)
}

/// Reads the session file at `path` to the given `depth`. Changes nothing and waits for nothing.
///
/// # Errors
/// As [`read`].
pub fn read_to(path: &Path, depth: Depth) -> Result<Reading, ReadError> {
    let bytes = folder::read(path).map_err(ReadError::Unreadable)?;
    if let Some(skim) = Skim::at(depth) {
        let ends = parse_all(&bytes, Some(skim))?;
        if ends.is_closed() && ends.damage.is_empty() {
            return Ok(ends);
        }
    }
    parse(&bytes)
}

/// Reads the text of a session file.
///
/// # Errors
/// If it is newer or has no intact header.
pub fn parse(bytes: &[u8]) -> Result<Reading, ReadError> {
    parse_all(bytes, None)
}

fn parse_all(bytes: &[u8], skim: Option<Skim>) -> Result<Reading, ReadError> {
    let bytes = without_mark(bytes);
    let (header, _, mut rest) = split_header(bytes)?;
    let mut reader = Reader {
        skim,
        entries: 0,
        after_summary: 0,
        reading: Reading {
            header,
            entries: Vec::new(),
            summary: None,
            after_summary: Vec::new(),
            tail: Tail::Clean,
            after_damage: Vec::new(),
            damage: Vec::new(),
            amended: Amended::default(),
        },
    };
    // Lines are only counted if something is wrong.
    let line = |rest: &[u8]| 1 + lines(bytes.get(..bytes.len() - rest.len()).unwrap_or_default());
    let mut last = Last::default();
    while let Some((block, after)) = split_block(rest) {
        let what = reader.take(block).err();
        reader.reading.damage.extend(what.map(|what| Damage { line: line(rest), what }));
        last = Last { block, fault: what };
        rest = after;
    }
    reader.end(last, rest);
    Ok(reader.reading)
}

/// The last whole block, and what is wrong with it.
#[derive(Clone, Copy, Default)]
struct Last<'a> {
    block: &'a [u8],
    fault: Option<Fault>,
}

/// Everything in `bytes` that still reads like an entry. The file's header is damaged, so no checksum can be verified.
pub fn unverified_entries(bytes: &[u8]) -> Vec<RecordedEntry> {
    let mut entries = Vec::new();
    let mut rest = without_mark(bytes);
    while let Some((block, after)) = split_block(rest) {
        let text = core::str::from_utf8(block).ok().map(lines_as_written);
        let body = text.as_deref().and_then(|text| text.trim_start().strip_prefix("[[entry]]\n"));
        entries.extend(body.and_then(RecordedEntry::read));
        rest = after;
    }
    entries
}

/// The header of a file, the block that holds it, and the rest.
fn split_header(bytes: &[u8]) -> Result<(Header, &[u8], &[u8]), ReadError> {
    refuse_newer(bytes)?;
    let (top, rest) = split_block(bytes).ok_or(ReadError::NoHeader)?;
    let header: Header = top
        .strip_prefix(b"format = ")
        .and_then(|_| verified(top, ""))
        .and_then(|text| toml::from_str(&text).ok())
        .filter(|header: &Header| header.format == FORMAT)
        .ok_or(ReadError::NoHeader)?;
    Ok((header, top, rest))
}

/// Only the first line states the format, so that a newer format may change all other lines.
fn refuse_newer(bytes: &[u8]) -> Result<(), ReadError> {
    let first = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let number = first.strip_prefix(b"format = ").and_then(|number| core::str::from_utf8(number).ok());
    match number.and_then(|number| number.trim().parse::<u64>().ok()) {
        Some(format) if format > FORMAT => Err(ReadError::Newer { format }),
        Some(_) | None => Ok(()),
    }
}

struct Reader {
    skim: Option<Skim>,
    /// How many entries came in the right order, read or skipped.
    entries: u32,
    /// How many of those came after the summary.
    after_summary: u32,
    reading: Reading,
}

impl Reader {
    /// Bytes after the `last` complete block are a torn tail. So is that block itself if it contains a zero byte: after
    /// a power cut the end of a write may be on disk while its beginning is still zeros, and this program never writes
    /// a zero.
    fn end(&mut self, last: Last<'_>, rest: &[u8]) {
        let mut bytes = rest.len();
        let is_alone = self.reading.damage.len() == 1 && last.fault == Some(Fault::Checksum);
        if is_alone && last.block.contains(&0) {
            self.reading.damage.clear();
            bytes += last.block.len();
        }
        if bytes > 0 {
            self.reading.tail = Tail::Torn { bytes };
        }
    }

    fn take(&mut self, block: &[u8]) -> Result<(), Fault> {
        let text = verified(block, &self.reading.header.sum).ok_or(Fault::Checksum)?;
        let (head, body) = text.split_once('\n').ok_or(Fault::Unknown)?;
        match head {
            // An entry after damage may be intact, but a history with a gap is not passed on as one.
            "[[entry]]" if !self.reading.damage.is_empty() => {
                self.reading.after_damage.extend(RecordedEntry::read(body));
                Ok(())
            }
            "[[entry]]" => self.entry(body),
            "[summary]" => self.summary(toml::from_str(body).map_err(|_| Fault::Unknown)?),
            "[[later]]" => self.after_summary(body),
            _ => Err(Fault::Unknown),
        }
    }

    /// The number of an entry, and the entry itself unless it is skipped.
    fn numbered(&mut self, body: &str) -> Result<(u32, Option<RecordedEntry>), Fault> {
        if self.skim.as_mut().is_some_and(|skim| !skim.matters(body)) {
            let number = body.lines().next().and_then(|line| line.strip_prefix("n = ")?.parse().ok());
            if let Some(number) = number {
                return Ok((number, None));
            }
        }
        let entry = RecordedEntry::read(body).ok_or(Fault::Unknown)?;
        Ok((entry.n, Some(entry)))
    }

    fn entry(&mut self, body: &str) -> Result<(), Fault> {
        let (number, entry) = self.numbered(body)?;
        if self.reading.summary.is_some() || Some(number) != self.entries.checked_add(1) {
            return Err(Fault::OutOfPlace);
        }
        self.entries = number;
        self.reading.entries.extend(entry);
        Ok(())
    }

    /// A summary has a checksum of its own, so it is returned even if entries before it are damaged.
    fn summary(&mut self, fields: SummaryFields) -> Result<(), Fault> {
        let reading = &mut self.reading;
        if reading.summary.is_some() {
            return Err(Fault::OutOfPlace);
        }
        let whole = !reading.damage.is_empty() || self.entries == fields.entries;
        reading.summary = Some(fields);
        if whole { Ok(()) } else { Err(Fault::OutOfPlace) }
    }

    fn after_summary(&mut self, body: &str) -> Result<(), Fault> {
        let (number, entry) = self.numbered(body)?;
        let before = self.reading.summary.as_ref().and_then(|summary| summary.entries.checked_add(self.after_summary));
        if before.and_then(|before| before.checked_add(1)) != Some(number) {
            return Err(Fault::OutOfPlace);
        }
        self.after_summary += 1;
        self.reading.after_summary.extend(entry);
        Ok(())
    }
}

/// The first block, including the empty line that closes it, and the rest; None if no block is complete.
fn split_block(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let end = from + memchr::memchr2(b'\n', b'\r', rest)?;
        let next = end + line_end(bytes.get(end..)?);
        let closing = line_end(bytes.get(next..)?);
        if closing > 0 {
            return bytes.split_at_checked(next + closing);
        }
        from = next;
    }
}

/// How many bytes at the start of `bytes` form a line end of any system.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` with this program's line ends. A carriage return inside a string is always written as an escape.
pub(super) fn lines_as_written(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// `bytes` without the byte order mark that some editors put first.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// The text of `block` if its checksum under `key` matches.
fn verified<'a>(block: &'a [u8], key: &str) -> Option<Cow<'a, str>> {
    let text = lines_as_written(core::str::from_utf8(block).ok()?);
    let sealed = text.strip_suffix("\"\n\n")?;
    let (body, sum) = sealed.split_at_checked(sealed.len().checked_sub(SUM)?)?;
    let body = body.strip_suffix("sum = \"")?;
    (body.ends_with('\n') && is_checksum(sum, key, body)).then_some(text)
}

fn lines(block: &[u8]) -> usize {
    let mut bytes = block.iter().peekable();
    let mut count = 0;
    while let Some(byte) = bytes.next() {
        count += usize::from(*byte == b'\n' || (*byte == b'\r' && bytes.peek() != Some(&&b'\n')));
    }
    count
}
