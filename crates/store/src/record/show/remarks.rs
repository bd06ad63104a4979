//! Notes written days after a session, each in one paragraph.

use super::terms::clean;
use crate::record::later::Remark;
use engine::protocol::Words;

/// When `remark` was written and which day it is about, how the skin was, the person's words, and the photos.
pub(super) fn line(words: &Words, remark: &Remark) -> String {
    let date = remark.written.day().map(|day| day.to_string()).unwrap_or_default();
    let when = match remark.day {
        Some(day) => words.fill("later.on-day", &[("date", &date), ("day", &day.to_string())]),
        None => words.fill("later.on", &[("date", &date)]),
    };
    format!("{when}: {}", said(words, remark))
}

/// What `remark` says, without the day.
pub(super) fn said(words: &Words, remark: &Remark) -> String {
    let felt: Vec<String> = remark.felt.iter().map(|skin| words.say(&format!("skin.{}", skin.id()))).collect();
    let mut said = vec![felt.join(", "), clean(&remark.text)];
    said.extend(remark.photos.iter().map(|path| words.fill("later.photo", &[("path", &clean(path))])));
    said.retain(|part| !part.is_empty());
    said.join("; ")
}
