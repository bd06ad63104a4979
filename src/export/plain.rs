//! Words of the page and the calendar, and values as a person reads them, with nothing in them that cannot be seen.

use crate::protocol::Words;
use crate::record::text::visible;

/// The words of `assets/export.toml`. A mistake in the shipped file shows as `<name>` in place of the word.
pub(super) fn words() -> Words {
    let tables: toml::Table = toml::from_str(include_str!("../../assets/export.toml")).unwrap_or_default();
    let mut entries = Vec::new();
    for (table, words) in &tables {
        for (name, word) in words.as_table().into_iter().flatten() {
            entries.push((format!("{table}.{name}"), word.as_str().unwrap_or_default().to_owned()));
        }
    }
    Words::new(entries)
}

/// Text that anybody may have written, on one line and whole.
pub(super) fn clean(text: &str) -> String {
    visible(text, usize::MAX)
}

/// `cold-sore` as `cold sore`.
pub(super) fn id(id: &str) -> String {
    clean(&id.replace('-', " "))
}

/// Texts behind one another, a semicolon between them.
pub(super) fn listed<I: IntoIterator<Item = String>>(texts: I) -> String {
    texts.into_iter().collect::<Vec<_>>().join("; ")
}

/// 130 micrometres as `0.13`.
pub(super) fn millimetres(micrometres: u32) -> String {
    let exact = format!("{}.{:03}", micrometres / 1000, micrometres % 1000);
    exact.trim_end_matches('0').trim_end_matches('.').to_owned()
}
