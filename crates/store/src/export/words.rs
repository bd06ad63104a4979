//! The words of the page and the calendar, and values in words.

use crate::record::show::words_of;
pub(super) use crate::sanitise::unbroken as clean;
use engine::protocol::Words;

/// The words of the page and the calendar.
pub(super) fn words() -> Words {
    words_of(include_str!("../../assets/export.toml"))
}

/// `cold-sore` as `cold sore`.
pub(super) fn id(id: &str) -> String {
    clean(&id.replace('-', " "))
}

/// `texts` joined by semicolons.
pub(super) fn listed<I: IntoIterator<Item = String>>(texts: I) -> String {
    texts.into_iter().collect::<Vec<_>>().join("; ")
}
