//! Recognises a session record, or a piece of one, by the content of a file with another name.

use std::io::{self, Read as _};
use std::path::Path;

use super::follow_up::FollowUp;
use super::header::FORMAT;
use super::read::read;
use platform::files::open_plain;

/// How much of a file is read, in bytes: the first entries of a record fit in it, and photos are many and large.
const LOOKED_AT: u64 = 16 * 1024;

/// How a record, its entries, its summary and an interval hold begin, without blanks.
const OF_A_RECORD: [&str; 5] =
    ["format=1app=", "[[entry]]n=", "[summary]outcome=", "[[later]]n=", "#Asessionwasdeletedinwhich"];
/// The second line of an interval hold, which may be all that is left of it.
const OF_A_NOTE: &str = "rollers=[";
/// How the lines begin that git writes around both versions in a conflict.
const MARKS_OF_GIT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What a file is, judged by its content.
pub(super) enum Content {
    /// No part of a record.
    Foreign,
    /// Part of the record of the session with this id.
    Of(String),
    /// Reads like a record of an unknown session, or cannot be opened; the reason is the second half of a sentence that
    /// begins with the file's name.
    Unknown(String),
}

/// What the file at `path` is. A link, pipe or device never counts as a person's file. In a records folder
/// (`is_among_them`), a piece of a record counts wherever it is in the file. Elsewhere it counts only after lines that
/// may be a record's own, since backups and pages about this program contain such pieces too.
pub(super) fn content(path: &Path, is_among_them: bool) -> Content {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Content::Foreign,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Content::Foreign,
        Err(error) => return Content::Unknown(format!("could not be read: {error}")),
    }
    let mut beginning = Vec::new();
    let looked = open_plain(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut beginning));
    if let Err(error) = looked {
        return Content::Unknown(format!("could not be read: {error}"));
    }
    if let Ok(follow_up) = FollowUp::read(&beginning) {
        return Content::Of(follow_up.session);
    }
    if !is_of_a_record(&beginning, is_among_them) {
        return Content::Foreign;
    }
    match read(path) {
        Ok(reading) => Content::Of(reading.header.id),
        Err(error) => Content::Unknown(format!("reads like a record and {error}")),
    }
}

/// Blanks, line ends, and the zero bytes of UTF-16 make no difference.
fn is_of_a_record(bytes: &[u8], is_among_them: bool) -> bool {
    let is_seen = |byte: &u8| *byte > b' ' && byte.is_ascii();
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let seen = lines.map(|line| line.iter().copied().filter(is_seen).map(char::from).collect::<String>());
    let is_own = |line: &String| !line.is_empty() && !MARKS_OF_GIT.iter().any(|mark| line.starts_with(mark));
    let lines: Vec<String> = seen.filter(is_own).collect();
    let plain = lines.concat();
    let is_newer = plain.strip_prefix("format=").is_some_and(|rest| {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let format = rest.strip_suffix(after).and_then(|format| format.parse::<u64>().ok());
        format.is_some_and(|format| format > FORMAT) && (is_among_them || after.starts_with("app="))
    });
    if is_among_them {
        return is_newer || OF_A_RECORD.into_iter().chain([OF_A_NOTE]).any(|piece| plain.contains(piece));
    }
    // No pattern is longer than two lines.
    let begins = |lines: &[String]| OF_A_RECORD.iter().any(|piece| lines.concat().starts_with(piece));
    let pieces = lines.windows(2).position(begins);
    is_newer || pieces.is_some_and(|at| is_cut_off(bytes, lines.get(..at).unwrap_or_default()))
}

/// Whether `lines`, the first lines of a file with these `bytes`, may be the rest of a record before its next entry.
/// The first line may have lost its beginning. An archive has zero bytes in it, and a page begins with a heading.
fn is_cut_off(bytes: &[u8], lines: &[String]) -> bool {
    let is_pair = |line: &String| {
        let key = line.split_once('=').map(|(key, _)| key);
        key.is_some_and(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
    };
    let is_text = || !bytes.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).any(|byte| *byte == 0);
    lines.split_first().is_none_or(|(first, others)| !first.starts_with('#') && is_text() && others.iter().all(is_pair))
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
            b"l = \"4\"\nspan_ms = 4000\nsum = \"0a\"\n\n[[entry]]\nn = 5\n".to_vec(),
            b"rollers = [\"blue\"]\n".to_vec(),
        ] {
            assert!(is_of_a_record(&bytes, true), "{}", String::from_utf8_lossy(&bytes));
            let is_piece = bytes.starts_with(b"rollers") || bytes.ends_with(b"anything");
            assert_eq!(is_of_a_record(&bytes, false), !is_piece, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn what_holds_a_record_among_other_things_is_one_among_the_records_alone() {
        for bytes in [
            format!("sessions/2026/x.toml\0\0\0000644\0{TOP}\n[[entry]]\nn = 1\n"),
            format!("# The form of a record\n\n    {TOP}"),
            "[mine]\nrollers = [\"blue\"]\n".to_owned(),
            "format = 2\ncolumns = 3\n".to_owned(),
        ] {
            assert!(is_of_a_record(bytes.as_bytes(), true) && !is_of_a_record(bytes.as_bytes(), false), "{bytes}");
        }
        assert!(is_of_a_record(b"format = 2\napp = \"1.0.0\"\n", false));
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
            assert!(!is_of_a_record(bytes, true), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
