//! Words of the page and the calendar, and values as a person reads them.

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

/// Texts behind one another, a semicolon between them.
pub(super) fn listed<I: IntoIterator<Item = String>>(texts: I) -> String {
    texts.into_iter().collect::<Vec<_>>().join("; ")
}
