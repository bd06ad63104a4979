//! Times of the parts of a start. `cargo bench --bench start`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use dermaroll::content::config::{Flags, Settings};
use dermaroll::content::folders::Folders;
use dermaroll::content::keymap::{Keymap, ScreenName};
use dermaroll::content::{self, Sources, StyleSets};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The embedded files, each by itself; of words and keys only the table of the first screen.
#[divan::bench]
fn words() {
    black_box(content::words::built_in().say("welcome.offline"));
}

#[divan::bench]
fn keys() {
    black_box(Keymap::shipped().screen(ScreenName::Welcome));
}

#[divan::bench]
fn styles() {
    black_box(StyleSets::shipped("dark").unwrap());
}

#[divan::bench]
fn protocols() {
    black_box(content::load(&Sources::default()).unwrap());
}

/// The settings without a file of the person's own.
#[divan::bench]
fn settings(bencher: Bencher) {
    let folders = Folders::default();
    bencher.bench(|| Settings::resolve(None, &|_| None, &Flags::default(), &folders).unwrap());
}
