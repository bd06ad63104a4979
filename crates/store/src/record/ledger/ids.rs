//! Makes ids, which are also file names, from the names of rollers and serums, and tells which files may be copies.

use std::path::Path;

use crate::record::names::is_device;
use crate::record::names::original_name;
use crate::record::text::checksum;
use crate::sanitise::folded;

/// The `number`th id that can be made from `name`: `blue-0-13`, `blue-0-13-2`, …
pub fn numbered(name: &str, fallback: &str, number: u32) -> String {
    let base = base(name, fallback);
    if number <= 1 { base } else { format!("{base}-{number}") }
}

/// Whether this program makes, or an older build made, `id` from `name`. Older builds left out what is not ASCII and
/// put nothing in its place, or treated names that differ only in case as different.
pub(super) fn is_made_from(id: &str, name: &str, fallback: &str) -> bool {
    let of_old = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| fallback.to_owned());
    let is_number =
        |rest: &str| rest.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let to_the_letter = with_sum(name, fallback, name);
    [base(name, fallback), of_old, to_the_letter]
        .iter()
        .any(|base| id.strip_prefix(base.as_str()).is_some_and(|rest| rest.is_empty() || is_number(rest)))
}

/// The file extension of rollers and serums.
pub const ENDING: &str = ".toml";

/// Whether the name of the file at `path` is that of `id` with additions by other programs: `blue (1).toml` and
/// `blue-laptop.toml` are for `blue`. `blue-2.toml` and `dark-blue.toml` are rollers of their own.
pub(super) fn is_called_after(path: &Path, id: &str) -> bool {
    let name = original_name(path).to_lowercase();
    let is_of_an_id = |letter: char| letter.is_alphanumeric() || letter == '-';
    let is_number =
        |word: &str| word.strip_prefix('-').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    name.match_indices(id).any(|(at, id)| {
        let (before, rest) = name.split_at(at);
        let word = rest.strip_prefix(id).and_then(|rest| rest.split(|letter| !is_of_an_id(letter)).next());
        let is_copy = word.is_some_and(|word| word.is_empty() || (word.starts_with('-') && !is_number(word)));
        is_copy && !before.ends_with(is_of_an_id)
    })
}

/// Whether the unreadable file at `path` may be a copy of the file of `id`. A person's notes or picture of a roller are
/// none, nor is what macOS keeps beside a file, nor a file that this program did not finish writing.
pub(super) fn may_be_copy(path: &Path, id: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_begun = name.starts_with('.') && name.ends_with(".new");
    name.contains(ENDING) && !name.starts_with("._") && !is_begun && is_called_after(path, id)
}

/// Whether the file at `path`, which is not counted, may be that of a roller called `name`.
pub fn may_hold(path: &Path, name: &str) -> bool {
    let file = original_name(path);
    let id = file.strip_suffix(ENDING).unwrap_or(&file);
    is_made_from(id, name, "roller") || may_be_copy(path, &base(name, "roller"))
}

/// Appends a checksum of the whole name if the slug leaves something out: two rollers whose names differ must not end
/// up in one file when the records of two computers are merged.
fn base(name: &str, fallback: &str) -> String {
    let slug = slug(name);
    if !name.is_ascii() || slug.is_empty() {
        // Both ways to encode an accent count as the same.
        let folded = folded(name);
        with_sum(&folded, fallback, &folded)
    } else if is_device(&slug) {
        format!("{slug}-{fallback}")
    } else {
        slug
    }
}

fn with_sum(name: &str, fallback: &str, summed: &str) -> String {
    let slug = slug(name);
    format!("{}-{}", if slug.is_empty() { fallback } else { &slug }, checksum("", summed))
}

/// `Blue 0.13 mm` as `blue-0-13-mm`: a name that every file system accepts.
pub(super) fn slug(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let spread: String = name.chars().map(plain).collect();
    let words: Vec<&str> = spread.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_letters_that_every_file_system_takes() {
        assert_eq!(numbered("Blue 0.13 mm", "roller", 1), "blue-0-13-mm");
        assert_eq!(numbered("Blue 0.13 mm", "roller", 2), "blue-0-13-mm-2");
        assert_eq!(numbered("CON", "roller", 1), "con-roller");
        assert_eq!(numbered("com1", "serum", 1), "com1-serum");
        assert_eq!(numbered("com12", "serum", 1), "com12");
    }

    #[test]
    fn a_copy_is_called_after_its_original_and_nothing_else_is() {
        for name in [
            "blue (conflicted copy 2026-01-01).toml",
            "blue.sync-conflict-20260101-101010-ABCDEFG.toml",
            "Copy of blue.toml",
            "BLUE-LAPTOP.toml",
            "blue-laptop.toml",
            "blue 2.toml",
            "blue.toml~",
            "blue.toml.bak",
            ".blue.toml.swp",
            ".syncthing.blue.toml.tmp",
            "~syncthing~blue.toml.tmp",
            ".blue.toml.icloud",
            ".blue (1).toml.icloud",
            "#blue.toml#",
        ] {
            assert!(may_be_copy(Path::new(name), "blue"), "{name}");
        }
        for name in [
            "blue-2.toml",
            ".blue-2.toml.icloud",
            "blue-2 (conflicted copy).toml",
            "dark-blue.toml",
            "dark-blue (1).toml",
            "blues.toml~",
            "azblue.toml",
            "blue.txt",
            "blue.jpg",
            "._blue.toml",
            ".blue.toml.ab12cd.new",
            "readme.toml",
            "",
        ] {
            assert!(!may_be_copy(Path::new(name), "blue"), "{name}");
        }
        assert!(!may_be_copy(Path::new("readme.toml"), "e"));
    }

    #[test]
    fn names_in_other_letters_have_ids_of_their_own() {
        let names = ["синий", "красный", "café", "cafè", "!!", "??"];
        let ids = names.map(|name| numbered(name, "roller", 1));
        for (place, id) in ids.iter().enumerate() {
            assert!(!ids[..place].contains(id), "{id} twice");
            assert_eq!(slug(id), *id);
            assert!(is_made_from(id, names[place], "roller"));
        }
        assert!(ids[2].starts_with("caf-"));
        assert!(is_made_from("roller-2", "синий", "roller"), "as builds of old made it");
        assert!(!is_made_from("caf-laptop", "café", "roller"));
    }

    #[test]
    fn names_that_look_the_same_have_one_id() {
        let id = numbered("Café", "roller", 1);
        for name in ["cafe\u{301}", "CAFÉ", " café "] {
            assert_eq!(numbered(name, "roller", 1), id, "{name:?}");
        }
        let of_old = format!("caf-{}", checksum("", "Café"));
        assert!(is_made_from(&of_old, "Café", "roller"), "as builds of old made it");
    }
}
