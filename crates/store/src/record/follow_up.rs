//! Follow-ups: notes written days after a session. Each is a file of its own beside the session, so that a closed
//! session is never changed and programs that sync folders find no conflict.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::amendment::{Amended, Amendments, Struck, in_folder};
use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::header::FORMAT;
use super::history::UncountedFile;
use super::names::{IN_ICLOUD, LATER, evicted, is_note, note_of, original_name};
use super::text::{LONGEST_NOTE, TomlBlock, truncated};
use super::timestamp::Timestamp;
use super::toml_file::{bytes, parse};
use super::walk::children;
use crate::calendar::compact_timestamp;
use engine::timeline::Wall;

/// How the skin was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skin {
    /// Redder, darker or warmer than before the session.
    Pink,
    /// It hurt.
    Sore,
    /// It itched, or there were bumps.
    Itchy,
    /// Dry, or it peeled.
    Dry,
    /// Pimples that were not there before.
    Spots,
    /// Blisters, as of a cold sore.
    Blisters,
    /// It was swollen.
    Swelling,
    /// Marks that are darker than the skin around them.
    DarkMarks,
    /// As before the session; it stands alone.
    Calm,
}

impl Skin {
    /// All of them, in the order in which they are asked. Version 0.1.0 knew pink, sore, calm and spots.
    pub const ALL: [Skin; 9] = [
        Skin::Pink,
        Skin::Sore,
        Skin::Itchy,
        Skin::Dry,
        Skin::Spots,
        Skin::Blisters,
        Skin::Swelling,
        Skin::DarkMarks,
        Skin::Calm,
    ];

    /// Its name in files and on the command line, which never changes.
    pub fn id(self) -> &'static str {
        match self {
            Skin::Pink => "pink",
            Skin::Sore => "sore",
            Skin::Itchy => "itchy",
            Skin::Dry => "dry",
            Skin::Spots => "spots",
            Skin::Blisters => "blisters",
            Skin::Swelling => "swelling",
            Skin::DarkMarks => "dark-marks",
            Skin::Calm => "calm",
        }
    }

    /// The state with the name `id`; None if there is none.
    pub fn from_id(id: &str) -> Option<Skin> {
        Skin::ALL.into_iter().find(|skin| skin.id() == id)
    }
}

/// A follow-up that is about to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewFollowUp {
    /// Which day after the session it is about, if any.
    pub day: Option<u32>,
    /// How the skin was.
    pub felt: Vec<Skin>,
    /// The person's own words; may be empty if something else is said.
    pub text: String,
    /// Where photos are, as absolute paths.
    pub photos: Vec<String>,
}

/// A follow-up as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Always [`FORMAT`].
    pub format: u64,
    /// Id of the session.
    pub session: String,
    /// When it was written.
    pub written: Timestamp,
    /// Which day after the session it is about, if any.
    pub day: Option<u32>,
    /// How the skin was; left out of the file if nothing was said about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub felt: Vec<Skin>,
    /// The person's own words.
    pub text: String,
    /// Absolute paths of photos; left out of the file if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// It was struck out since; left out of the file.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub struck: Option<Struck>,
    /// When it was corrected last; left out of the file.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Timestamp>,
    /// Its file; None until it is read from one.
    #[serde(skip)]
    pub path: Option<PathBuf>,
}

impl FollowUp {
    /// Reads the text of its file.
    ///
    /// # Errors
    /// The reason, as the second half of a sentence that begins with the file's name.
    pub fn read(bytes: &[u8]) -> Result<FollowUp, String> {
        parse(bytes)
    }

    fn amended_by(mut self, amended: &Amended) -> FollowUp {
        if let Some(felt) = amended.last(|one| one.felt.clone()) {
            self.felt = felt;
        }
        if let Some(text) = amended.last(|one| one.text.clone()) {
            self.text = text;
        }
        self.struck = amended.struck();
        self.corrected = amended.corrected();
        self
    }
}

/// Writes a follow-up beside the session file at `session` and returns its path.
///
/// # Errors
/// When it cannot be written.
pub fn add(disk: &dyn Disk, session: &Path, written: Wall, said: &NewFollowUp) -> Result<PathBuf, SaveError> {
    let id = session.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut unix = written.unix;
    loop {
        let name = match unix.saturating_sub(written.unix) {
            // Follow-ups of one second are put in order by the seconds after it. Beyond [`MOST_AT_ONCE`] a random name
            // does.
            0..MOST_AT_ONCE => format!("{id}{LATER}{}.toml", compact_timestamp(unix)),
            _ => format!("{id}{LATER}{}-{}.toml", compact_timestamp(unix), folder::random_name(4)),
        };
        let path = session.with_file_name(&name);
        let text = text(&id, Wall { unix, ..written }, said);
        match folder::write_new(disk, &path, text.as_bytes()) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => unix = unix.saturating_add(1),
            Err(error) => return Err(SaveError::new(&path, error)),
        }
    }
}

/// How many follow-ups of one second get a timestamp of their own, in seconds.
const MOST_AT_ONCE: i64 = 60;

fn text(id: &str, written: Wall, said: &NewFollowUp) -> String {
    let mut lines = TomlBlock::new("");
    lines.number("format", Some(FORMAT));
    lines.text("session", Some(id));
    lines.time("written", Timestamp::of(written));
    lines.number("day", said.day.map(u64::from));
    if !said.felt.is_empty() {
        let felt: Vec<String> = said.felt.iter().map(|skin| skin.id().to_owned()).collect();
        lines.texts("felt", Some(&felt));
    }
    lines.text("text", Some(&truncated(&said.text, LONGEST_NOTE)));
    if !said.photos.is_empty() {
        lines.texts("photos", Some(&said.photos));
    }
    lines.finish()
}

/// The paths of the follow-ups beside the session files at `paths`, by session id. Each folder is listed once, however
/// many sessions it holds.
pub fn by_session<'a>(paths: impl Iterator<Item = &'a Path>) -> BTreeMap<String, Vec<PathBuf>> {
    let folders: BTreeSet<&Path> = paths.map(folder::of).collect();
    // A folder that cannot be listed was already reported when the sessions were listed.
    let children = folders.into_iter().flat_map(|folder| children(folder, &mut Vec::new()));
    let mut beside: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in children {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(id) = note_of(&name) {
            beside.entry(id.to_owned()).or_default().push(path);
        }
    }
    beside
}

/// The follow-ups on the session `id` in the files at `paths`, oldest first, with what `amendments` say of them, and the
/// files that cannot be read.
pub fn read_all(paths: &[PathBuf], id: &str, amendments: &Amendments) -> (Vec<FollowUp>, Vec<UncountedFile>) {
    let (mut follow_ups, mut uncounted) = (Vec::new(), Vec::new());
    for path in paths {
        match read(path, id) {
            Ok(follow_up) => follow_ups.push(follow_up.amended_by(&amendments.of(&stem(path)))),
            Err(why) => uncounted.push(UncountedFile::new(path.clone(), why)),
        }
    }
    follow_ups.sort_by_key(|follow_up| follow_up.written.wall().unix);
    (follow_ups, uncounted)
}

/// The follow-up in the file at `path`, which is named after the session `id`.
///
/// # Errors
/// The reason it is none, as the second half of a sentence that begins with the file's name.
pub fn read(path: &Path, id: &str) -> Result<FollowUp, String> {
    let follow_up = FollowUp::read(&bytes(path)?)?;
    if follow_up.session == id {
        Ok(FollowUp { path: Some(path.to_owned()), ..follow_up })
    } else {
        Err("belongs to another session".to_owned())
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The follow-ups beside the session file at `session`, oldest first, those that were struck out among them, and the
/// files that cannot be read or only look like one.
pub fn of_session(session: &Path) -> (Vec<FollowUp>, Vec<UncountedFile>) {
    let id = session.file_stem().unwrap_or_default().to_string_lossy();
    let (mut follow_ups, mut uncounted) = (Vec::new(), Vec::new());
    let mut beside = children(folder::of(session), &mut uncounted);
    beside.retain(|path| original_name(path).starts_with(&*id));
    let (amendments, unread, others) = in_folder(beside);
    uncounted.extend(unread);
    for path in others {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let own = original_name(&path);
        let Some(rest) = own.strip_prefix(&*id) else { continue };
        let found = match (is_note(rest), evicted(&name)) {
            (true, None) => read(&path, &id),
            (true, Some(_)) => Err(IN_ICLOUD.to_owned()),
            (false, _) if rest.starts_with(LATER) => Err("looks like a copy of a later note".to_owned()),
            (false, _) => continue,
        };
        match found {
            Ok(follow_up) => follow_ups.push(follow_up.amended_by(&amendments.of(&stem(&path)))),
            Err(why) => uncounted.push(UncountedFile::new(path, why)),
        }
    }
    follow_ups.sort_by_key(|follow_up| follow_up.written.wall().unix);
    (follow_ups, uncounted)
}
