//! Whose records: the name of a profile, and the folder that is its own.

use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthChar as _;

use super::Origin;
use crate::assets::Refusal;
use crate::visible::{brief, hidden};

/// The folder of all profiles within the data folder.
const FOLDER: &str = "profiles";

/// Characters of a name.
pub(super) const LONGEST: usize = 32;

/// Names that Windows keeps for devices, whatever their case; com and lpt stand before a digit.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const PORTS: [&str; 2] = ["com", "lpt"];

/// The data folder of the profile called `name` within `data`; an empty name means `data` itself. Its folder is
/// written in small letters: where the disk takes Anna and anna for one folder they are one person, so they are one
/// everywhere.
pub fn folder(data: &Path, name: &str) -> PathBuf {
    if name.is_empty() { data.to_owned() } else { data.join(FOLDER).join(name.to_lowercase()) }
}

/// What is wrong with `name` and what to do, if it cannot be that of a folder on every computer that it may be synced
/// to. An empty one is no name and in order.
pub(super) fn wrong(name: &str) -> Option<(String, String)> {
    let small = name.to_lowercase();
    let is_short = small.chars().count() <= LONGEST;
    let begins_plainly = !small.starts_with(is_mark);
    let is_spelt_plainly = small.chars().all(|c| is_plain(c) || is_mark(c));
    (!is_short || !begins_plainly || !is_spelt_plainly || is_device(&small)).then(|| {
        let what = format!("profile \"{}\" cannot be the name of a folder", brief(name));
        (what, format!("Write 1 to {LONGEST} letters, digits, - and _, such as anna."))
    })
}

/// Whether Windows would open a device in place of a folder called `small`.
fn is_device(small: &str) -> bool {
    let is_port = PORTS.iter().filter_map(|port| small.strip_prefix(port)).any(|rest| {
        let mut digits = rest.chars();
        digits.next().is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    });
    DEVICES.contains(&small) || is_port
}

/// A letter or digit of any script that can be seen: two names that look the same would lead to two shelves of rollers.
fn is_plain(c: char) -> bool {
    hidden(c).is_none() && (c.is_alphanumeric() || c == '-' || c == '_')
}

/// A mark that scripts such as Hindi and Thai cannot be written without. Those that have letters with the mark already
/// in them, as Latin and Japanese do, are left out: computers disagree on which of the two spellings a folder has.
fn is_mark(c: char) -> bool {
    let is_spelt_in_one = matches!(c, '\u{0300}'..='\u{036F}' | '\u{3099}' | '\u{309A}');
    !c.is_ascii() && !is_spelt_in_one && hidden(c).is_none() && c.width() == Some(0)
}

/// A name that a variable or a flag gives.
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
            "console",
            "com10",
            "lpt",
            &"x".repeat(LONGEST),
        ] {
            assert_eq!(wrong(name), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_seen_or_is_no_name_of_a_folder_everywhere_is_refused() {
        let hidden = ["\u{3164}", "a\u{115f}", "a\u{ffa0}b", "a\u{202e}b", "a\u{200d}b", "a\u{fe0f}", "a\0", "a\nb"];
        let places = [".", "..", ".a", "a.b", "a/b", "a\\b", "a b", " ", "~", "a:b", "a*"];
        // Two spellings of one word: some computers take them for one folder, others for two.
        let marks = ["Zoe\u{308}", "か\u{3099}", "\u{94d}", "\u{e48}a"];
        let devices = ["con", "NUL", "Com1", "lpt0", "AUX", "prn"];
        for name in hidden.iter().chain(&places).chain(&marks).chain(&devices) {
            assert!(wrong(name).is_some(), "{name:?}");
        }
        assert!(wrong(&"ä".repeat(LONGEST + 1)).is_some());
    }

    #[test]
    fn a_name_is_one_person_in_capitals_too() {
        let data = Path::new("data");
        assert_eq!(folder(data, "Zoë"), folder(data, "zoë"));
        assert_eq!(folder(data, "ANNA"), data.join("profiles/anna"));
        assert_eq!(folder(data, ""), data);
    }
}
