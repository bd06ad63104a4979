//! Ids, times and lengths of a record as a person reads them.

use core::time::Duration;

use crate::protocol::Micrometres;
use crate::protocol::words::clock;
use crate::record::text::{LONGEST_NOTE, visible};

/// Text from a file that anybody may have written.
pub(super) fn clean(text: &str) -> String {
    visible(text, LONGEST_NOTE)
}

/// `cold-sore` as `cold sore`.
pub(super) fn id(id: &str) -> String {
    clean(&id.replace('-', " "))
}

/// Several of them.
pub(super) fn ids(all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|one| id(one)).collect();
    all.join(", ")
}

/// `0:24`.
pub(super) fn time(millis: u64) -> String {
    clock(Duration::from_millis(millis))
}

/// 130 micrometres as `0.13`.
pub(super) fn millimetres(micrometres: u32) -> String {
    Micrometres(micrometres).millimetres()
}
