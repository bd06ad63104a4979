//! `assets/prepared.bin` is what the embedded data files read as, byte for byte.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use dermaroll::assets::{Embedded, Limits, Looks, Source, words};
use dermaroll::config::{self, Flags, Settings, Shipped as Defaults};
use dermaroll::cue::shipped::Shipped;
use dermaroll::folders::Folders;
use dermaroll::keymap::{self, Keymap};
use dermaroll::prepared::{self, Fresh, Part};
use dermaroll::protocol::words::Texts;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/prepared.bin");

fn parts() -> [Fresh; 7] {
    [
        words::prepare().unwrap(),
        Keymap::prepare().unwrap(),
        Embedded::prepare().unwrap(),
        Limits::prepare().unwrap(),
        Looks::prepare().unwrap(),
        Shipped::prepare().unwrap(),
        Defaults::prepare().unwrap(),
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

/// The value of the part `name`, if it was made from `texts`.
fn found<T: serde::Deserialize<'static>>(name: &'static str, texts: &[&str]) -> Option<T> {
    prepared::find(Part::of(name, texts))
}

#[test]
fn every_part_is_found_in_it_and_fits_its_texts() {
    assert!(found::<Texts>("words", &[include_str!("../assets/words.toml")]).is_some());
    let keys = include_str!("../assets/keymap.toml");
    assert!(found("keys", &[keys]) == Some(keymap::parse::keymap(keys).unwrap()));
    assert!(found::<Looks>("styles", &[include_str!("../assets/theme.toml")]).is_some());
    assert!(found::<Shipped>("cues", &[include_str!("../assets/cues.toml")]).is_some());
    let limits = include_str!("../assets/limits.toml");
    assert!(found::<Limits>("limits", &[limits]).is_some());
    let texts = [include_str!("../assets/protocol.toml"), include_str!("../assets/checklist.toml"), limits];
    assert!(found::<Embedded>("protocol", &texts).is_some());
}

#[test]
fn the_settings_are_what_a_person_gets_who_copies_the_shipped_file() {
    let kept: Settings = found("settings", &[config::SHIPPED]).unwrap();
    let source = Source::new("config.toml", config::SHIPPED).unwrap();
    let user = Some((Path::new("config.toml"), &source));
    let copied = Settings::settle(user, &|_| None, &Flags::default(), &Folders::default()).unwrap();
    let values = |settings: &Settings| postcard::to_allocvec(settings).unwrap();
    assert_eq!(values(&kept), values(&copied));
}

#[test]
fn a_part_that_does_not_fit_the_text_or_the_type_is_not_used() {
    let limits = include_str!("../assets/limits.toml");
    assert_eq!(found::<Limits>("limits", &[&limits.replace("300", "400")]), None);
    assert_eq!(found::<Limits>("limits", &[limits, ""]), None);
    assert_eq!(found::<Limits>("no such part", &[limits]), None);
    assert_eq!(found::<u8>("limits", &[limits]), None);
}
