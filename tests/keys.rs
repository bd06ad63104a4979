//! The person's own keys: they do what the shipped ones did, the shipped ones do nothing, and all that is on screen names
//! them.

mod dealt;
mod sentences;
mod session;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::support::app_driver::AppDriver;
use crate::support::program::{keymap as shipped, words};
use dermaroll::content::Source;
use dermaroll::content::config::{Flags, Settings};
use dermaroll::content::folders::Folders;
use dermaroll::content::keymap::remap::Change;
use dermaroll::content::keymap::{Action, Keymap, ScreenKeys};
use engine::protocol::Words;

fn settled(text: &str) -> Settings {
    let source = Source::new("config.toml", text).unwrap();
    let user = Some((Path::new("config.toml"), &source));
    Settings::resolve(user, &|_: &str| None, &Flags::default(), &Folders::default()).unwrap_or_else(|no| panic!("{no}"))
}

/// Every name in the file of the words with what `words` say for it.
fn all(words: &Words) -> BTreeMap<String, String> {
    let file: toml::Table = toml::from_str(include_str!("../assets/words.toml")).unwrap();
    let names = file.iter().flat_map(|(name, value)| match value.as_table() {
        Some(table) => table.keys().map(|key| format!("{name}.{key}")).collect(),
        None => vec![name.clone()],
    });
    names.map(|name| (name.clone(), words.say(&name))).collect()
}

/// The same program with other keys from here on.
fn with_keys(driver: &mut AppDriver, keymap: &Keymap) {
    driver.app.keymap = Arc::new(keymap.clone());
    driver.app.words = Arc::new(driver.app.keymap.named_in(words()));
    driver.draw();
}

fn change(screen: &ScreenKeys, action: Action, keys: Vec<String>) -> Change {
    Change { screen: screen.name.to_string(), action: action.id().to_owned(), keys }
}
