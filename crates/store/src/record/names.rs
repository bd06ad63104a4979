//! Makes and recognises the names of folders and files below a data folder.

use std::path::Path;

use super::amendment::amended;
use crate::calendar::{compact_timestamp, parse_compact_timestamp};
use engine::timeline::Wall;

/// The folder of sessions; it holds a folder for each year.
pub const SESSIONS: &str = "sessions";
/// The folder of rollers.
pub const ROLLERS: &str = "rollers";
/// The folder of serums.
pub const SERUMS: &str = "serums";
/// The folder of profiles.
pub(super) const PROFILES: &str = "profiles";
/// The folders of a person's records.
pub(super) const FOLDERS: [&str; 5] = [SESSIONS, ROLLERS, SERUMS, INTERVALS, PROFILES];
/// The folder of interval holds: the days of deleted sessions.
pub(super) const INTERVALS: &str = "intervals";
/// What follows the id in the name of a follow-up.
pub(super) const LATER: &str = ".later-";
/// Why a file that iCloud moved to its servers is not counted.
pub(super) const IN_ICLOUD: &str = "is not on this computer: iCloud keeps it elsewhere. Download it to have it read";
/// What other programs leave in a data folder: the kind and the name of each.
const OTHER_PROGRAMS: &str = include_str!("../../assets/other-programs.txt");
/// Files that file managers leave in every folder, apart from those whose names begin with a dot.
const OF_THE_SYSTEM: [&str; 3] = ["Thumbs.db", "desktop.ini", "Icon\r"];
/// The length of the timestamp that an id begins with, in bytes.
pub(super) const TIMESTAMP_LENGTH: usize = "20261122T183000Z".len();
/// The length of an id, in bytes.
const ID_LENGTH: usize = "20261122T183000Z-ab12".len();

/// The id of a session that began at `began`; `random` tells it apart from others of the same second.
pub(super) fn id(began: Wall, random: &str) -> String {
    format!("{}-{random}", compact_timestamp(began.unix))
}

/// When the session began, in UTC, read from the timestamp at the start of `name`.
pub fn start_of_id(name: &str) -> Option<Wall> {
    parse_compact_timestamp(name.get(..TIMESTAMP_LENGTH)?)
}

/// The session id in the name of the file at `path`; None if it is not the name of a session.
pub fn id_of(path: &Path) -> Option<&str> {
    match classify_name(path.file_name()?.to_str()?) {
        NameKind::Session(id) => Some(id),
        _ => None,
    }
}

/// The name of the file at `path` without its extension: of a record its id.
pub fn stem_of(path: &str) -> String {
    Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the name of a file says about it.
pub(super) enum NameKind<'a> {
    /// A session; its id.
    Session(&'a str),
    /// A follow-up on the session with this id, its torn tail, or an amendment of either.
    Beside(&'a str),
    /// A file that is still being written; the id of its session.
    BeingWritten(&'a str),
    /// A placeholder for a file of this session, which iCloud moved off this computer.
    Evicted(String),
    /// Any other name with the id of a session in it, or at least the timestamp of one.
    Copy(String),
    /// A file that file managers leave in every folder.
    OfTheSystem,
    /// Nothing that this program writes or copies of it.
    Foreign,
}

/// The id at the start of a file name.
pub(super) fn begins_with_id(name: &str) -> Option<&str> {
    name.get(..ID_LENGTH).filter(|id| is_id(id))
}

/// The name of the file that the placeholder `name` stands for: iCloud leaves `.NAME.icloud` when it moves a file to
/// its servers.
pub(super) fn evicted(name: &str) -> Option<&str> {
    name.strip_prefix('.')?.strip_suffix(".icloud")
}

/// The name of a file, even if only iCloud's placeholder is left of it.
pub(super) fn original_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    evicted(&name).unwrap_or(&name).to_owned()
}

/// What the name of a file below the data folder says about it.
pub(super) fn classify_name(name: &str) -> NameKind<'_> {
    if is_of_the_system(name) {
        return NameKind::OfTheSystem;
    }
    if let Some(own) = evicted(name) {
        return session_in(own).map_or(NameKind::Foreign, NameKind::Evicted);
    }
    let (id, rest) = name.split_at_checked(ID_LENGTH).filter(|(id, _)| is_id(id)).unwrap_or(("", name));
    if !id.is_empty() && rest == ".toml" {
        return NameKind::Session(id);
    }
    if let Some(id) = belongs_to(name) {
        return NameKind::Beside(id);
    }
    if let Some(id) = being_written(name) {
        return NameKind::BeingWritten(id);
    }
    session_in(name).map_or(NameKind::Foreign, NameKind::Copy)
}

/// Whether a folder called `name` is a bin or keeps old versions, so that its content does not count.
pub(super) fn is_put_away(name: &str) -> bool {
    is_listed("put-away", name)
}

/// Whether a file called `name` is a lock or the like of another program, and no copy.
pub(super) fn is_lock(name: &str) -> bool {
    is_listed("lock", name)
}

fn is_listed(what: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let mut patterns = OTHER_PROGRAMS.lines().filter_map(|row| row.strip_prefix(what)?.strip_prefix("  "));
    patterns.any(|pattern| match pattern.split_once('*') {
        Some((beginning, end)) => name.starts_with(beginning) && name.ends_with(end),
        None => name == pattern,
    })
}

/// Whether file managers leave a file called `name` in every folder.
pub(super) fn is_of_the_system(name: &str) -> bool {
    OF_THE_SYSTEM.contains(&name)
}

/// The session id anywhere in `name`, since programs that sync, copy or edit add words of their own around it. If there
/// is no whole id, the timestamp that an id begins with, since it tells the day. Returned in the case an id is written
/// in, since some file systems do not distinguish upper and lower case.
pub(super) fn session_in(name: &str) -> Option<String> {
    let first = |length: usize, shape: fn(&str) -> bool| {
        let parts = name.char_indices().filter_map(|(at, _)| in_its_letters(name.get(at..at + length)?));
        parts.into_iter().find(|part| shape(part))
    };
    first(ID_LENGTH, is_id).or_else(|| first(TIMESTAMP_LENGTH, |part| has_shape(part, "99999999T999999Z")))
}

fn in_its_letters(part: &str) -> Option<String> {
    let (timestamp, random) = part.split_at_checked(TIMESTAMP_LENGTH)?;
    Some(format!("{}{}", timestamp.to_ascii_uppercase(), random.to_ascii_lowercase()))
}

/// The year whose folder a file called `name` stands for: some systems check out a link to a folder as a file, programs
/// that sync leave a file where they removed a folder, and a packed folder is a file. A name that tells a day is no
/// year.
pub(super) fn year_in(name: &str) -> Option<&str> {
    let name = evicted(name).unwrap_or(name).trim_start_matches(|c: char| !c.is_alphanumeric());
    let (year, rest) = name.split_at_checked("2026".len())?;
    let is_digit = |c: char| c.is_ascii_digit();
    let is_year = year.starts_with("19") || year.starts_with("20");
    let mut after = rest.chars();
    let goes_on =
        after.next().is_some_and(|c| is_digit(c) || after.by_ref().take(2).filter(|c| is_digit(*c)).count() > 1);
    (is_year && year.chars().all(is_digit) && !goes_on).then_some(year)
}

/// The id in a name like `.20261122T183000Z-ab12.toml.ab12cd.new`: a file that is still being written and no record
/// yet.
fn being_written(name: &str) -> Option<&str> {
    let (own, random) = name.strip_prefix('.')?.strip_suffix(".new")?.rsplit_once('.')?;
    begins_with_id(own).filter(|_| random.len() == "ab12cd".len())
}

/// The id of the session that a file called `name` belongs to, as a follow-up, torn tail or amendment.
pub(super) fn belongs_to(name: &str) -> Option<&str> {
    let id = begins_with_id(name)?;
    let is_amendment = || {
        let of = amended(name).and_then(|stem| stem.strip_prefix(id));
        of.is_some_and(|rest| rest.is_empty() || is_note(&format!("{rest}.toml")))
    };
    name.strip_prefix(id).filter(|rest| is_note(rest) || rest.starts_with(".torn-") || is_amendment()).map(|_| id)
}

/// The id of the session that the file called `name` is a follow-up on.
pub fn note_of(name: &str) -> Option<&str> {
    begins_with_id(name).filter(|id| name.strip_prefix(id).is_some_and(is_note))
}

/// Whether a name that begins with an id and continues with `rest` is that of a follow-up.
pub(super) fn is_note(rest: &str) -> bool {
    let timestamp = rest.strip_prefix(LATER).and_then(|rest| rest.strip_suffix(".toml"));
    timestamp.is_some_and(|timestamp| {
        has_shape(timestamp, "99999999T999999Z") || has_shape(timestamp, "99999999T999999Z-xxxx")
    })
}

/// As in `20261122T183000Z-ab12`.
fn is_id(text: &str) -> bool {
    has_shape(text, "99999999T999999Z-xxxx")
}

/// A `9` stands for any digit, an `x` for a lower-case letter or digit.
pub(super) fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, shape)| match shape {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_digit() || byte.is_ascii_lowercase(),
            exact => byte == exact,
        })
}

/// Names that Windows reserves for devices in any case; com and lpt are followed by a digit.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const PORTS: [&str; 2] = ["com", "lpt"];

/// Whether Windows would open a device instead of a file or folder called `small`, a name in lower case.
pub fn is_device(small: &str) -> bool {
    let is_digit =
        |rest: &str| rest.chars().count() == 1 && rest.starts_with(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'));
    DEVICES.contains(&small) || PORTS.iter().filter_map(|port| small.strip_prefix(port)).any(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "20261122T183000Z-ab12";
    const TIMESTAMP_LENGTH: &str = "20261122T183000Z";

    #[test]
    fn an_id_is_found_wherever_it_stands_in_a_name() {
        for (name, id) in [
            ("20261122t183000z-AB12.TOML", OWN),
            ("Kopie von 20261122T183000Z-ab12.toml", OWN),
            (".syncthing.20261122T183000Z-ab12.toml.tmp", OWN),
            ("日本 20261122T183000Z-ab12 \u{200b}.toml", OWN),
            ("20261122T183000Z-ab12", OWN),
            ("20261122T183000Z.toml", TIMESTAMP_LENGTH),
            ("20261122T183000Z-ab1\u{e9}.toml", TIMESTAMP_LENGTH),
            ("x20261122T183000Z-ab", TIMESTAMP_LENGTH),
        ] {
            assert!(matches!(classify_name(name), NameKind::Copy(found) if found == id), "{name}");
        }
        for name in [
            ".20261122T183000Z-ab12.toml.icloud",
            ".20261122T183000Z-ab12.later-20261123T080000Z.toml.icloud",
            ".Copy of 20261122T183000Z-ab12.toml.icloud",
        ] {
            assert!(matches!(classify_name(name), NameKind::Evicted(id) if id == OWN), "{name}");
        }
    }

    #[test]
    fn what_this_program_writes_beside_a_session_is_told_apart() {
        for name in [
            "20261122T183000Z-ab12.later-20261123T080000Z.toml",
            "20261122T183000Z-ab12.torn-1",
            "20261122T183000Z-ab12.struck-20261130-221000-k3m9.toml",
            "20261122T183000Z-ab12.later-20261123T080000Z.struck-20261130-221000-k3m9.toml",
        ] {
            assert!(matches!(classify_name(name), NameKind::Beside(OWN)), "{name}");
        }
        assert!(matches!(classify_name(".20261122T183000Z-ab12.toml.ab12cd.new"), NameKind::BeingWritten(OWN)));
        assert!(matches!(classify_name(".20261122T183000Z-ab12.toml.ab12cd"), NameKind::Copy(_)));
    }

    #[test]
    fn foreign_names_stand_for_no_session() {
        for name in [
            // As many bytes as an id, with a character across its middle.
            "2026112\u{200b}2T18300\u{200b}Z-ab12",
            "\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}",
            "IMG_20261122_183000.jpg",
            "2026-11-22T18:30:00Z.jpg",
            "20261122T183000.mp4",
            "",
        ] {
            assert!(matches!(classify_name(name), NameKind::Foreign), "{name}");
        }
        assert!(matches!(classify_name("Thumbs.db"), NameKind::OfTheSystem));
    }

    #[test]
    fn a_year_is_told_from_a_day_and_from_a_number() {
        for name in ["2026", "2026.zip", "2026.tar.gz", "2026.7z", ".2026.icloud", "2026 (1)", "2026-desktop", "2026 2"]
        {
            assert_eq!(year_in(name), Some("2026"), "{name}");
        }
        for name in
            ["2026-11-22.jpg", "2026_1122.jpg", "20261122.csv", "IMG_2026.jpg", "3026", "202", "readme", "", "."]
        {
            assert_eq!(year_in(name), None, "{name}");
        }
    }

    #[test]
    fn bins_and_stores_of_versions_are_known_in_any_letters() {
        for name in [".git", ".stversions", ".stfolder", ".Trash", ".Trash-1000", ".Trashes", "$RECYCLE.BIN"] {
            assert!(is_put_away(name), "{name}");
        }
        for name in [".gitattributes", ".~tmp~", ".2026.partial", ".sessions", "trash", "sessions", ""] {
            assert!(!is_put_away(name), "{name}");
        }
    }
}
