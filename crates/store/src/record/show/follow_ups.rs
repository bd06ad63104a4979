//! Follow-ups, each in one paragraph.

use super::terms::clean;
use crate::record::follow_up::FollowUp;
use engine::protocol::Words;

/// When `follow_up` was written and which day it is about, how the skin was, the person's words, and the photos.
pub(super) fn line(words: &Words, follow_up: &FollowUp) -> String {
    let date = follow_up.written.day().map(|day| day.to_string()).unwrap_or_default();
    let when = match follow_up.day {
        Some(day) => words.fill("later.on-day", &[("date", &date), ("day", &day.to_string())]),
        None => words.fill("later.on", &[("date", &date)]),
    };
    let said = format!("{when}: {}", said(words, follow_up));
    match &follow_up.struck {
        Some(struck) => words.fill("amended.struck-note", &[("why", &clean(&struck.why)), ("note", &said)]),
        None if follow_up.corrected.is_some() => words.fill("amended.corrected-note", &[("note", &said)]),
        None => said,
    }
}

/// What `follow_up` says, without the day.
pub(super) fn said(words: &Words, follow_up: &FollowUp) -> String {
    let felt: Vec<String> = follow_up.felt.iter().map(|skin| words.say(&format!("skin.{}", skin.id()))).collect();
    let mut said = vec![felt.join(", "), clean(&follow_up.text)];
    said.extend(follow_up.photos.iter().map(|path| words.fill("later.photo", &[("path", &clean(path))])));
    said.retain(|part| !part.is_empty());
    said.join("; ")
}
