//! Notes written days after a session: files of their own beside it, so that a closed session is never touched
//! again and folder sync finds no conflict.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::Plain;
use super::file::SaveError;
use super::folder;
use super::header::FORMAT;
use super::history::{Odd, children};
use super::small::{bytes, parse};
use super::stamp::Stamp;
use super::text::{LONGEST_NOTE, Lines, visible};
use crate::calendar::file_stamp;
use crate::timeline::Wall;

/// A note on a session, written later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Always [`FORMAT`].
    pub format: u64,
    /// Id of the session.
    pub session: String,
    /// When it was written.
    pub written: Stamp,
    /// Which day after the session it is about, if it is about one.
    pub day: Option<u32>,
    /// The person's own words.
    pub text: String,
}

impl Remark {
    /// Reads the text of its file.
    ///
    /// # Errors
    /// Says why not, as the second half of a sentence that begins with the file's name.
    pub fn read(bytes: &[u8]) -> Result<Remark, String> {
        parse(bytes)
    }
}

/// Puts a note beside the session file at `session`, and returns its path.
///
/// # Errors
/// When it cannot be written.
pub fn add(session: &Path, written: Wall, day: Option<u32>, text: &str) -> Result<PathBuf, SaveError> {
    let id = session.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut lines = Lines::new("");
    lines.number("format", Some(FORMAT));
    lines.text("session", Some(&id));
    lines.time("written", Stamp::of(written));
    lines.number("day", day.map(u64::from));
    lines.text("text", Some(&visible(text, LONGEST_NOTE)));
    let text = lines.finish();
    let stamp = file_stamp(written.unix);
    let mut name = format!("{id}.later-{stamp}.toml");
    loop {
        let path = session.with_file_name(&name);
        match folder::write_new(&Plain, &path, text.as_bytes()) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                name = format!("{id}.later-{stamp}-{}.toml", folder::random_name(4));
            }
            Err(error) => return Err(SaveError::new(&path, error)),
        }
    }
}

/// The notes beside the session file at `session`, oldest first, and those that cannot be read.
pub fn remarks(session: &Path) -> (Vec<Remark>, Vec<Odd>) {
    let id = session.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut odd = Vec::new();
    let mut remarks: Vec<Remark> = Vec::new();
    for path in children(folder::of(session), &mut odd) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !(name.starts_with(&format!("{id}.later-")) && name.ends_with(".toml")) {
            continue;
        }
        match bytes(&path).and_then(|bytes| Remark::read(&bytes)) {
            Ok(remark) if remark.session == id => remarks.push(remark),
            Ok(_) => odd.push(Odd { path, why: "belongs to another session".to_owned() }),
            Err(why) => odd.push(Odd { path, why }),
        }
    }
    remarks.sort_by_key(|remark| remark.written.wall().unix);
    (remarks, odd)
}
