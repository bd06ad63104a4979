//! Ids, times and lengths of a record as a person reads them.

use core::time::Duration;

use crate::record::text::{LONGEST_NOTE, sanitised};
use engine::protocol::words::clock;
use engine::protocol::{Micrometres, Words};

/// Text from a file that anybody may have written.
pub(super) fn clean(text: &str) -> String {
    sanitised(text, LONGEST_NOTE)
}

/// `cold-sore` as `cold sore`.
pub(super) fn id(id: &str) -> String {
    clean(&id.replace('-', " "))
}

/// Several ids, in words.
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

/// The protocol's words for a reason to stop, by its name in the file. An unknown one is returned as it is.
pub fn stop_reason(code: &str) -> String {
    word(&super::words(), "stop", code)
}

/// The word for a name in the file. A name without one is shown as it is.
pub(super) fn word(words: &Words, table: &str, code: &str) -> String {
    let name = format!("{table}.{}", clean(code));
    match words.say(&name) {
        missing if missing == format!("<{name}>") => id(code),
        word => word,
    }
}
