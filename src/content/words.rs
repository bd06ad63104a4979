//! The words of the screens, each found by the name of its table and its own.

use std::collections::BTreeMap;

use super::tables::Tables;
use engine::protocol::Words;

/// The embedded text of the words.
const TEXT: &str = include_str!("../../assets/words.toml");

/// The embedded words. A table with a mistake in it shows as the names of its texts; a test holds that there is none.
pub fn built_in() -> Words {
    let tables: Tables<BTreeMap<String, String>> = Tables::split(TEXT, |_, text| toml::from_str(text).ok());
    Words::found_by(move |name| {
        let (table, key) = name.split_once('.').unwrap_or(("", name));
        tables.get(table)?.get(key).cloned()
    })
}
