//! What the bytes of a file that does not bear the name of a record have of one.

use std::io::Read as _;
use std::path::Path;

use rustix::fs::OFlags;

use super::folder::open_plain;
use super::header::FORMAT;
use super::later::Remark;
use super::read::read;

/// How much of a file is looked at: the first entries of a record stand within it, and photos are many and large.
const LOOKED_AT: u64 = 16 * 1024;

/// With what a record, its entries, its end and the note on a deleted day begin, without blanks.
const OF_A_RECORD: [&str; 6] =
    ["format=1app=", "[[entry]]n=", "[summary]outcome=", "[[later]]n=", "rollers=[", "#Asessionwasdeletedinwhich"];

/// What a file is by its content.
pub(super) enum Content {
    /// Nothing of a record.
    Foreign,
    /// Tells of the session of this id.
    Of(String),
    /// Reads like a record, and nobody can say of which session, or cannot be opened; and why, as the second half of a
    /// sentence that begins with its name.
    Unknown(String),
}

/// What the file at `path` is. A link, a pipe or a device is none of a person's files.
pub(super) fn content(path: &Path) -> Content {
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Content::Foreign;
    }
    let mut beginning = Vec::new();
    let looked = open_plain(path, OFlags::RDONLY).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut beginning));
    if let Err(error) = looked {
        return Content::Unknown(format!("could not be read: {error}"));
    }
    if let Ok(remark) = Remark::read(&beginning) {
        return Content::Of(remark.session);
    }
    if !is_of_a_record(&beginning) {
        return Content::Foreign;
    }
    match read(path) {
        Ok(reading) => Content::Of(reading.header.id),
        Err(error) => Content::Unknown(format!("reads like a record and {error}")),
    }
}

/// Blanks, line ends, and the zeros that stand beside letters in UTF-16 make no difference.
fn is_of_a_record(bytes: &[u8]) -> bool {
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte > b' ' && byte.is_ascii()).collect();
    let plain = String::from_utf8_lossy(&plain);
    let newer = plain.strip_prefix("format=").map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    let is_newer = newer.flatten().and_then(|format| format.parse::<u64>().ok()).is_some_and(|format| format > FORMAT);
    is_newer || OF_A_RECORD.into_iter().any(|beginning| plain.contains(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: &str = "format = 1\napp = \"0.1.0\"\nkind = \"session\"\n";

    #[test]
    fn what_is_left_of_a_record_is_known_however_it_is_written() {
        let wide = TOP.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            TOP.into(),
            TOP.replace('\n', "\r").into(),
            TOP.replace(" = ", "   = ").into(),
            format!("\u{feff}{TOP}").into(),
            format!("<<<<<<< HEAD\n{TOP}").into(),
            wide,
            b"format = 2\nanything".to_vec(),
            b"\0\0\0\0\n\n[[entry]]\nn = 4\nt = 0\n".to_vec(),
            b"[summary]\noutcome = \"part\"\n".to_vec(),
            b"rollers = [\"blue\"]\n".to_vec(),
        ] {
            assert!(is_of_a_record(&bytes), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn other_texts_and_pictures_are_no_records() {
        for bytes in [
            &b""[..],
            b"format = 1\nname = \"blue\"\nneedle_um = 130\n",
            b"My rollers are in the cupboard. The format = 1 of a record is for programs.",
            b"session,day,rolled\n20261122T183000Z-ab12,2026-11-22,120\n",
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            b"version https://git-lfs.github.com/spec/v1\n",
            b"Format = 2 columns",
        ] {
            assert!(!is_of_a_record(bytes), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
