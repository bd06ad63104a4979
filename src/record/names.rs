//! The names of folders and files below a data folder, put together and taken apart.

use std::path::Path;

use crate::calendar::{file_stamp, parse_file_stamp};
use crate::timeline::Wall;

/// The folder of sessions, with one for each year in it.
pub const SESSIONS: &str = "sessions";
/// The folder of rollers.
pub const ROLLERS: &str = "rollers";
/// The folder of serums.
pub const SERUMS: &str = "serums";
/// The folder of profiles.
pub(super) const PROFILES: &str = "profiles";
/// The folders of a person's records.
pub(super) const FOLDERS: [&str; 5] = [SESSIONS, ROLLERS, SERUMS, INTERVALS, PROFILES];
/// The folder of days whose records were deleted.
pub(super) const INTERVALS: &str = "intervals";
/// What stands in the place of a file that iCloud keeps elsewhere says so.
pub(super) const ELSEWHERE: &str = "is not on this computer: iCloud keeps it elsewhere. Download it to have it read";
/// Files that file managers of other systems leave in a folder; those whose names begin with a dot apart.
const OF_THE_SYSTEM: [&str; 3] = ["Thumbs.db", "desktop.ini", "Icon\r"];
/// The length of the stamp with which an id begins.
const STAMP: usize = "20261122T183000Z".len();
/// The length of every id.
const ID: usize = "20261122T183000Z-ab12".len();

/// The id of a session that begins at `began`, with `random` to tell it from others of the same second.
pub(super) fn id(began: Wall, random: &str) -> String {
    format!("{}-{random}", file_stamp(began.unix))
}

/// When the session began whose id begins with the stamp at the beginning of `name`, in UTC.
pub fn begun(name: &str) -> Option<Wall> {
    parse_file_stamp(name.get(..STAMP)?)
}

/// The id in the name of the file at `path`, where that is the name of a session.
pub fn id_of(path: &Path) -> Option<&str> {
    match sort_by_name(path.file_name()?.to_str()?) {
        Named::Session(id) => Some(id),
        Named::Beside | Named::Evicted | Named::Copy(_) | Named::OfTheSystem | Named::Foreign => None,
    }
}

/// What the name of a file says about it.
pub(super) enum Named<'a> {
    /// A session, by its id.
    Session(&'a str),
    /// A note, a torn tail, or a file that is still being written.
    Beside,
    /// Stands for a file that iCloud has taken away from this computer.
    Evicted,
    /// Holds the id of a session and is neither its name nor that of a note on it.
    Copy(String),
    /// What file managers keep in every folder.
    OfTheSystem,
    /// Nothing that this program writes.
    Foreign,
}

/// The id at the beginning of the name of a file.
pub(super) fn begins_with_id(name: &str) -> Option<&str> {
    name.get(..ID).filter(|id| is_id(id))
}

/// The name of the file for which one of that name stands: iCloud leaves `.NAME.icloud` where it takes a file away.
pub(super) fn evicted(name: &str) -> Option<&str> {
    name.strip_prefix('.')?.strip_suffix(".icloud")
}

/// What a file is called, also where iCloud has taken it away.
pub(super) fn own_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    evicted(&name).unwrap_or(&name).to_owned()
}

/// The id of the session that a file of that name stands for, wherever the id stands in it: programs that sync, copy or
/// edit put words of their own around it. None for what this program writes beside a session.
pub(super) fn stands_for(name: &str) -> Option<String> {
    match sort_by_name(name) {
        Named::Session(id) => Some(id.to_owned()),
        Named::Copy(id) => Some(id),
        Named::Evicted => {
            let id = begins_with_id(evicted(name)?)?;
            (evicted(name)?.strip_prefix(id)? == ".toml").then(|| id.to_owned())
        }
        Named::Beside | Named::Foreign | Named::OfTheSystem => None,
    }
}

/// What the name of a file below the folder of sessions says about it.
pub(super) fn sort_by_name(name: &str) -> Named<'_> {
    if is_of_the_system(name) {
        return Named::OfTheSystem;
    }
    if evicted(name).is_some_and(|name| begins_with_id(name).is_some()) {
        return Named::Evicted;
    }
    let (id, rest) = name.split_at_checked(ID).filter(|(id, _)| is_id(id)).unwrap_or(("", name));
    match rest {
        ".toml" if !id.is_empty() => Named::Session(id),
        _ if belongs_to(name).is_some() => Named::Beside,
        _ if is_being_written(name) => Named::Beside,
        _ => match id_within(name) {
            Some(id) => Named::Copy(id),
            None if name.starts_with('.') => Named::Beside,
            None => Named::Foreign,
        },
    }
}

/// Whether file managers of other systems leave a file of that name in every folder.
pub(super) fn is_of_the_system(name: &str) -> bool {
    OF_THE_SYSTEM.contains(&name)
}

/// The first id in `name`, in the letters of an id. Some file systems do not tell capitals from small letters.
fn id_within(name: &str) -> Option<String> {
    let in_its_letters = |text: &str| {
        let (stamp, random) = text.split_at_checked(STAMP)?;
        Some(format!("{}{}", stamp.to_ascii_uppercase(), random.to_ascii_lowercase()))
    };
    let ids = name.char_indices().filter_map(|(at, _)| in_its_letters(name.get(at..at + ID)?));
    ids.into_iter().find(|id| is_id(id))
}

/// As in `.20261122T183000Z-ab12.toml.ab12cd.new`: not a record before it bears the name of one.
fn is_being_written(name: &str) -> bool {
    let own = || name.strip_prefix('.')?.strip_suffix(".new")?.rsplit_once('.');
    own().is_some_and(|(name, random)| random.len() == "ab12cd".len() && begins_with_id(name).is_some())
}

/// The id of the session to which a file of that name belongs, as a note on it or as its torn tail.
pub(super) fn belongs_to(name: &str) -> Option<&str> {
    let id = begins_with_id(name)?;
    name.strip_prefix(id).filter(|rest| is_note(rest) || rest.starts_with(".torn-")).map(|_| id)
}

/// The id of the session on which the file of that name is a note.
pub fn note_of(name: &str) -> Option<&str> {
    begins_with_id(name).filter(|id| name.strip_prefix(id).is_some_and(is_note))
}

/// Whether a name that begins with an id and goes on with `rest` is that of a note on it.
pub(super) fn is_note(rest: &str) -> bool {
    let stamp = rest.strip_prefix(".later-").and_then(|rest| rest.strip_suffix(".toml"));
    stamp.is_some_and(|stamp| has_shape(stamp, "99999999T999999Z") || has_shape(stamp, "99999999T999999Z-xxxx"))
}

/// As in `20261122T183000Z-ab12`.
fn is_id(text: &str) -> bool {
    has_shape(text, "99999999T999999Z-xxxx")
}

/// A `9` stands for any digit, an `x` for a lower-case letter or digit.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, shape)| match shape {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_digit() || byte.is_ascii_lowercase(),
            exact => byte == exact,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "20261122T183000Z-ab12";

    #[test]
    fn an_id_is_found_wherever_it_stands_in_a_name() {
        for name in [
            "20261122T183000Z-ab12.toml",
            "20261122t183000z-AB12.TOML",
            "Kopie von 20261122T183000Z-ab12.toml",
            ".syncthing.20261122T183000Z-ab12.toml.tmp",
            "日本 20261122T183000Z-ab12 \u{200b}.toml",
            ".20261122T183000Z-ab12.toml.icloud",
        ] {
            assert_eq!(stands_for(name).as_deref(), Some(OWN), "{name}");
        }
    }

    #[test]
    fn what_this_program_writes_beside_a_session_and_foreign_names_stand_for_none() {
        for name in [
            "20261122T183000Z-ab12.later-20261123T080000Z.toml",
            ".20261122T183000Z-ab12.later-20261123T080000Z.toml.icloud",
            "20261122T183000Z-ab12.torn-1",
            ".20261122T183000Z-ab12.toml.ab12cd.new",
            "20261122T183000Z-ab1\u{e9}.toml",
            // As many bytes as an id, with a character across its middle.
            "2026112\u{200b}2T18300\u{200b}Z-ab12",
            "\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}",
            "Thumbs.db",
            "",
        ] {
            assert_eq!(stands_for(name), None, "{name}");
        }
    }
}
