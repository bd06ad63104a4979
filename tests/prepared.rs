//! `assets/prepared.bin` is what the embedded data files read as, byte for byte.
#![allow(clippy::unwrap_used, missing_docs)]

use dermaroll::assets::{Embedded, Limits, Looks, words};
use dermaroll::cue::shipped::Shipped;
use dermaroll::keymap::Keymap;
use dermaroll::prepared::{self, Fresh};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/prepared.bin");

fn parts() -> [Fresh; 6] {
    [
        words::prepare().unwrap(),
        Keymap::prepare().unwrap(),
        Embedded::prepare().unwrap(),
        Limits::prepare().unwrap(),
        Looks::prepare().unwrap(),
        Shipped::prepare().unwrap(),
    ]
}

#[test]
fn the_prepared_file_is_what_the_data_files_read_as() {
    let fresh = prepared::file(&parts());
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(PATH, &fresh).unwrap();
    }
    let is_current = std::fs::read(PATH).unwrap() == fresh;
    assert!(is_current, "a data file has changed; make it anew: WRITE_GOLDEN=1 cargo test --test prepared");
}

#[test]
fn every_part_is_found_in_it_and_fits_its_texts() {
    assert!(prepared::find::<Vec<(&str, &str)>>("words", &[include_str!("../assets/words.toml")]).is_some());
    assert!(prepared::find("keys", &[include_str!("../assets/keymap.toml")]) == Some(Keymap::shipped().unwrap()));
    assert!(prepared::find::<Looks>("styles", &[include_str!("../assets/theme.toml")]).is_some());
    assert!(prepared::find::<Shipped>("cues", &[include_str!("../assets/cues.toml")]).is_some());
    let limits = include_str!("../assets/limits.toml");
    assert!(prepared::find::<Limits>("limits", &[limits]).is_some());
    let texts = [include_str!("../assets/protocol.toml"), include_str!("../assets/checklist.toml"), limits];
    assert!(prepared::find::<Embedded>("protocol", &texts).is_some());
}

#[test]
fn a_part_that_does_not_fit_the_text_or_the_type_is_not_used() {
    let limits = include_str!("../assets/limits.toml");
    assert_eq!(prepared::find::<Limits>("limits", &[&limits.replace("300", "400")]), None);
    assert_eq!(prepared::find::<Limits>("limits", &[limits, ""]), None);
    assert_eq!(prepared::find::<Limits>("no such part", &[limits]), None);
    assert_eq!(prepared::find::<u8>("limits", &[limits]), None);
}
