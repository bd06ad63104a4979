//! Reading a session file back. What the checksums vouch for is given; everything else is reported and never
//! guessed. A file that was cut off in the middle of a block has a torn tail; a block that is whole but wrong is
//! damage. The line ends of other systems and a byte order mark are neither: they read as those that were written.

mod skim;

use core::fmt;
use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::entry::RecordedEntry;
use super::folder;
use super::header::{FORMAT, Header};
use super::reading::{Damage, Fault, Reading, Tail};
use super::summary::SummaryFields;
use super::text::{SUM, is_checksum};
pub use skim::Depth;
use skim::Skim;

/// Why nothing of a file can be given.
#[derive(Debug)]
pub enum ReadError {
    /// It cannot be opened or read, or is no plain file of sensible size.
    Unreadable(io::Error),
    /// A newer version wrote it.
    Newer {
        /// Its format.
        format: u64,
    },
    /// Its top is damaged, was cut off, or was not written by this program.
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

/// Reads the session file at `path`. Changes nothing and never waits.
///
/// # Errors
/// When it cannot be opened, is newer, or has no sound top.
pub fn read(path: &Path) -> Result<Reading, ReadError> {
    read_to(path, Depth::Whole)
}

/// Reads the session file at `path` as far as `depth` says. Changes nothing and never waits.
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
/// When it is newer or has no sound top.
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
        },
    };
    // Lines are counted where something is wrong, and nowhere else.
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

/// What still reads like an entry in `bytes`, the text of a file whose top is damaged. Nothing vouches for any of it.
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

/// The top of a file, the block that it stands in, and what follows.
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

/// The first line alone tells the format, so that a newer one may change all the others.
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
    /// How many entries were found in their places, read or passed over.
    entries: u32,
    /// How many of those after the summary.
    after_summary: u32,
    reading: Reading,
}

impl Reader {
    /// What stands behind the `last` whole block was cut off. So was the last block itself when a hole is in it: a
    /// power cut can leave its end on disk and zeros in place of its beginning, and nothing here ever writes a zero.
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
            // What follows damage may be sound, but a history with a hole in it is not handed on.
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

    /// The number of an entry, and the entry unless it is passed over.
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

    /// A summary vouches for itself, so it is given even when entries before it are damaged.
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

/// The first block, its closing empty line included, and what follows; None when no block is whole.
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

/// How many bytes at the beginning of `bytes` end a line, on whatever system it was written.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` with the line ends that this program writes. It writes no carriage return itself: a string spells it out.
pub(super) fn lines_as_written(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// `bytes` without the mark that editors of other systems put before a text.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// The text of `block` if its checksum under `key` is right.
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
