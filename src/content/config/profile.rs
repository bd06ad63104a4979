//! The name of a profile, and its folder.

use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;
use unicode_width::UnicodeWidthChar as _;

use super::Origin;
use crate::content::Refusal;
use crate::content::folders::LONGEST_PROFILE;
use store::record::names::is_device;
use store::sanitise::{brief, concealed, folded, hidden};

/// The folder, within the data folder, of all profiles.
const FOLDER: &str = "profiles";

/// The folder of the profile called `name` within `data`; an empty name means `data` itself. Names that look the same
/// are one profile, as they are one folder on many disks, so an existing folder is found under any of its spellings. A
/// new one is written in small letters, with each accent and its letter as one character.
pub fn folder(data: &Path, name: &str) -> PathBuf {
    if name.is_empty() {
        return data.to_owned();
    }
    let usual = data.join(FOLDER).join(composed(name).to_lowercase());
    let there = spellings(data, name);
    if there.contains(&usual) { usual } else { there.into_iter().next().unwrap_or(usual) }
}

/// Every folder within `data` whose name looks like `name`, sorted. A program that syncs folders may make a second one.
pub fn spellings(data: &Path, name: &str) -> Vec<PathBuf> {
    let wanted = folded(name);
    let is_meant = |path: &PathBuf| path.file_name().is_some_and(|name| folded(&name.to_string_lossy()) == wanted);
    let listed = fs::read_dir(data.join(FOLDER)).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> = listed.filter(is_meant).collect();
    found.sort();
    found
}

/// `name` with each accent and its letter as one character, where Unicode has one.
fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// What is wrong with `name` and what to do, if some computer that it may be synced to takes no folder of that name. An
/// empty one means no profile and is in order.
pub(super) fn wrong(name: &str) -> Option<(String, String)> {
    let name = composed(name);
    let small = name.to_lowercase();
    let is_short = small.chars().count() <= LONGEST_PROFILE;
    let begins_plainly = !small.starts_with(is_mark);
    let is_spelt_plainly =
        concealed(&small).next().is_none() && small.chars().all(|c| is_plain(c) || is_mark(c) || hidden(c).is_some());
    (!is_short || !begins_plainly || !is_spelt_plainly || is_device(&small)).then(|| {
        let what = format!("profile \"{}\" cannot be the name of a folder", brief(&name));
        (what, format!("Write 1 to {LONGEST_PROFILE} letters, digits, - and _, such as anna."))
    })
}

/// A letter or digit of any script that can be seen: an invisible one would make two profiles that look the same.
fn is_plain(c: char) -> bool {
    hidden(c).is_none() && (c.is_alphanumeric() || c == '-' || c == '_')
}

/// An accent, or a mark that scripts such as Devanagari and Thai cannot be written without.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && hidden(c).is_none() && c.width() == Some(0)
}

/// The name of a profile in a variable or a flag.
pub(super) fn named(name: &str, from: Origin) -> Result<String, Refusal> {
    match wrong(name) {
        None => Ok(name.to_owned()),
        Some((what, todo)) => Err(Refusal::unread(&from.to_string(), what, &todo)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_make_a_name() {
        for name in [
            "",
            "anna",
            "Zoë_2-a",
            "हिन्दी",
            "แม่",
            "日本",
            "Ольга",
            "دينا",
            "x",
            "Zoe\u{308}",
            "か\u{3099}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "console",
            "com10",
            "lpt",
            &"x".repeat(LONGEST_PROFILE),
        ] {
            assert_eq!(wrong(name), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_seen_or_is_no_name_of_a_folder_everywhere_is_refused() {
        let hidden = ["\u{3164}", "a\u{115f}", "a\u{ffa0}b", "a\u{202e}b", "a\u{200d}b", "a\u{fe0f}", "a\0", "a\nb"];
        let places = [".", "..", ".a", "a.b", "a/b", "a\\b", "a b", " ", "~", "a:b", "a*"];
        let marks = ["\u{94d}", "\u{e48}a", "\u{301}a"];
        let devices = ["con", "NUL", "Com1", "lpt0", "AUX", "prn"];
        for name in hidden.iter().chain(&places).chain(&marks).chain(&devices) {
            assert!(wrong(name).is_some(), "{name:?}");
        }
        assert!(wrong(&"ä".repeat(LONGEST_PROFILE + 1)).is_some());
    }

    #[test]
    fn a_name_is_one_person_in_capitals_too() {
        let data = Path::new("data");
        assert_eq!(folder(data, "Zoë"), folder(data, "zoë"));
        assert_eq!(folder(data, "ANNA"), data.join("profiles/anna"));
        assert_eq!(folder(data, ""), data);
    }

    #[test]
    fn one_spelling_of_a_name_is_as_good_as_the_other() {
        let data = tempfile::tempdir().unwrap();
        let data = data.path();
        let (composed, apart) = (data.join("profiles/zoë"), data.join("profiles/zoe\u{308}"));
        assert_eq!(folder(data, "Zoe\u{308}"), composed);
        // A disk of old, or one of another system, has it apart.
        fs::create_dir_all(&apart).unwrap();
        assert_eq!(folder(data, "Zoë"), apart, "what is there is found");
        assert_eq!(folder(data, "ZOE\u{308}"), apart);
        if fs::create_dir(&composed).is_ok() {
            assert_eq!(folder(data, "Zoë"), composed);
            assert_eq!(spellings(data, "zoë"), [apart, composed], "which is one too many");
        }
    }
}
