//! The words of the screens. A name is `table.key`.

use std::collections::BTreeMap;

use super::tables::Tables;
use engine::protocol::Words;

const TEXT: &str = include_str!("../../assets/words.toml");

/// The embedded words. Where a table had a mistake, names would be shown in place of its texts; a test holds that none
/// has.
pub fn built_in() -> Words {
    let tables: Tables<BTreeMap<String, String>> = Tables::split(TEXT, |_, text| toml::from_str(text).ok());
    Words::found_by(move |name| {
        let (table, key) = name.split_once('.').unwrap_or(("", name));
        tables.get(table)?.get(key).cloned()
    })
}
