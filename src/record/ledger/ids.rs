//! The names of the files of rollers and serums, made from what their owner calls them.

use crate::folders::is_device;
use crate::record::text::checksum;
use crate::visible::folded;

/// The `number`th id that can be made from `name`: `blue-0-13`, `blue-0-13-2`, …
pub fn numbered(name: &str, fallback: &str, number: u32) -> String {
    let base = base(name, fallback);
    if number <= 1 { base } else { format!("{base}-{number}") }
}

/// Whether `id` is one that this program makes or made from `name`. Builds of old left out what is not ASCII and put
/// nothing in its place, or took the name letter by letter for another one than the same in capitals.
pub(super) fn is_made_from(id: &str, name: &str, fallback: &str) -> bool {
    let of_old = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| fallback.to_owned());
    let is_number =
        |rest: &str| rest.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let to_the_letter = with_sum(name, fallback, name);
    [base(name, fallback), of_old, to_the_letter]
        .iter()
        .any(|base| id.strip_prefix(base.as_str()).is_some_and(|rest| rest.is_empty() || is_number(rest)))
}

/// Whether the file called `id`, which is not counted among the rollers, could be that of one called `name`: by its id,
/// or as a copy of such a file.
pub fn may_be_called(id: &str, name: &str) -> bool {
    let wanted = slug(name);
    let is_copy = !wanted.is_empty() && id.to_lowercase().contains(&wanted) && slug(id) != id;
    is_copy || is_made_from(id, name, "roller")
}

/// What a slug leaves out stands behind it as a checksum of the whole name: two rollers called by other letters only
/// must not meet in one file when two computers are brought together.
fn base(name: &str, fallback: &str) -> String {
    let slug = slug(name);
    if !name.is_ascii() || slug.is_empty() {
        // One spelling of an accent is as good as the other.
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

/// `Blue 0.13 mm` as `blue-0-13-mm`: what every file system takes as a name.
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
