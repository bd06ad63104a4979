//! The person's own keys: they do what the shipped ones did, the shipped ones do nothing, and all that is on screen names
//! them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "keys/dealt.rs"]
mod dealt;
#[path = "keys/sentences.rs"]
mod sentences;
#[path = "keys/session.rs"]
mod session;
#[path = "keys/settings.rs"]
mod settings;

use std::path::Path;
use std::sync::Arc;

use dermaroll::assets::{self, Source};
use dermaroll::config::{Flags, Settings};
use dermaroll::folders::Folders;
use dermaroll::keymap::remap::Change;
use dermaroll::keymap::{Action, Keymap, Screen};
use dermaroll::protocol::Words;
use support::stage::Stage;

fn settled(text: &str) -> Settings {
    let source = Source::new("config.toml", text).unwrap();
    let user = Some((Path::new("config.toml"), &source));
    Settings::settle(user, &|_: &str| None, &Flags::default(), &Folders::default()).unwrap_or_else(|no| panic!("{no}"))
}

fn shipped() -> Keymap {
    Keymap::shipped().unwrap()
}

fn words() -> Words {
    assets::words::built_in().unwrap()
}

/// The same program with other keys from here on.
fn with_keys(stage: &mut Stage, keymap: &Keymap) {
    stage.app.keymap = Arc::new(keymap.clone());
    stage.app.words = Arc::new(stage.app.keymap.named_in(words()));
    stage.draw();
}

fn change(screen: &Screen, action: Action, keys: Vec<String>) -> Change {
    Change { screen: screen.name.to_string(), action: action.id().to_owned(), keys }
}
