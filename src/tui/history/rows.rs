//! One session as the cells of a row.

use engine::protocol::Words;
use engine::protocol::words::clock;
use engine::session::{Outcome, SectionEnd};
use store::record::{FollowUp, Past, RecordKind, show};
use store::sanitise::folded;

/// How much of a day or an id as files have it has to be typed: the year and a hyphen.
const LEAST_OF_NAME: usize = 5;
/// How many characters of the name of a roller stand in a row.
const LONGEST_ROLLER: usize = 14;

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::tui) struct Cells {
    pub(in crate::tui) date: String,
    pub(in crate::tui) result: String,
    pub(in crate::tui) sections: String,
    pub(in crate::tui) rolled: String,
    pub(in crate::tui) skipped: String,
    pub(in crate::tui) felt: String,
    pub(in crate::tui) gap: String,
    pub(in crate::tui) roller: String,
    pub(in crate::tui) is_stop: bool,
}

/// The cells of `past`; `before` is the session before it that counts.
pub(in crate::tui) fn cells(past: &Past, before: Option<&Past>, words: &Words) -> Cells {
    let none = words.say("history.none");
    // Of a damaged record without a summary nobody knows how much.
    let is_known = past.outcome.is_some() || past.damaged_lines.is_empty();
    let rolled = past.touched_skin && is_known;
    let gap = before.filter(|_| past.counted).map(|before| days_between(before, past));
    let skipped: Vec<String> = past
        .ended_as(|end| end == SectionEnd::Skipped)
        .map(|row| format!("{} {}", row.section.id(), row.skipped_because.join(" ")).trim().to_owned())
        .collect();
    let stopped = past
        .stop_reason
        .as_ref()
        .map(|reason| words.fill("history.stopped", &[("reason", &show::stop_reason(reason))]));
    Cells {
        date: past.day().words_with_year().split_once(' ').map(|(_, date)| date.to_owned()).unwrap_or_default(),
        result: result(past, words),
        sections: if rolled {
            let (done, of) = (past.sections_done.to_string(), past.order.len().to_string());
            if past.order.is_empty() { done } else { words.fill("history.of", &[("done", &done), ("of", &of)]) }
        } else {
            none.clone()
        },
        // Nobody timed what was on paper.
        rolled: if rolled && past.kind != RecordKind::Log { clock(past.rolled) } else { none.clone() },
        skipped: stopped.or_else(|| (!skipped.is_empty()).then(|| skipped.join(", "))).unwrap_or_else(|| none.clone()),
        felt: past.felt.map_or_else(|| none.clone(), |felt| felt.to_string()),
        gap: gap.map_or_else(|| none.clone(), |gap| gap.to_string()),
        roller: roller(past).unwrap_or(none),
        is_stop: past.outcome == Some(Outcome::StoppedByList),
    }
}

/// Local days from one session to the next. Where a day was left out, as on a way across the date line, the next one
/// may begin on the day before.
fn days_between(before: &Past, past: &Past) -> i64 {
    let days = past.day().days_since(before.day());
    if before.started.wall().unix <= past.started.wall().unix { days.max(0) } else { days }
}

/// Its name and which use of it this was: `blue 6`.
fn roller(past: &Past) -> Option<String> {
    let roller = past.roller.as_ref().filter(|_| past.touched_skin)?;
    let short: String = roller.name.chars().take(LONGEST_ROLLER).collect();
    Some(match roller.use_number() {
        Some(number) => format!("{short} {number}"),
        None => short,
    })
}

fn result(past: &Past, words: &Words) -> String {
    let word = match (past.kind, past.trial, past.outcome) {
        _ if past.struck.is_some() => "history.struck",
        (RecordKind::Check, ..) => "history.check",
        (_, true, _) => "history.trial",
        (_, false, Some(Outcome::Finished)) => "history.done",
        (_, false, Some(Outcome::Part)) => "history.part",
        (_, false, Some(Outcome::StoppedByList)) => "history.stop",
        (_, false, Some(Outcome::LeftBefore)) => "history.left",
        (_, false, None) => "history.unfinished",
    };
    words.say(word)
}

/// All that a search looks through: the day as it is shown, also the whole name of the roller, and what `follow_ups` say.
/// Where nothing that is shown has it, the day and the id as files have them, from the year on.
pub(super) fn is_found(
    search: &str,
    past: &Past,
    follow_ups: &[FollowUp],
    words: &Words,
    record_words: &Words,
) -> bool {
    let is_in = |text: &str| text.lines().any(|line| folded(line).contains(search));
    let by_name = || folded(&past.day().to_string()).starts_with(search) || folded(&past.id).contains(search);
    is_in(&shown(past, follow_ups, words, record_words)) || (search.chars().count() >= LEAST_OF_NAME && by_name())
}

fn shown(past: &Past, follow_ups: &[FollowUp], words: &Words, record_words: &Words) -> String {
    let cells = cells(past, None, words);
    let note = past.note.clone().unwrap_or_default();
    let roller =
        past.roller.as_ref().filter(|_| past.touched_skin).map(|roller| roller.name.clone()).unwrap_or_default();
    let later: Vec<String> = follow_ups.iter().map(|follow_up| show::said(record_words, follow_up)).collect();
    [cells.date, cells.result, cells.skipped, cells.roller, roller, note, later.join(" ")].join("\n")
}

/// A session in one line, for reading and for other programs: columns apart by two blanks.
pub fn line(past: &Past, before: Option<&Past>, words: &Words) -> String {
    let cells = cells(past, before, words);
    let Cells { date, result, sections, rolled, skipped, felt, gap, roller, .. } = cells;
    format!("{}  {date:15}  {result:6}  {sections:7}  {rolled:5}  {felt:2}  {gap:6}  {roller:10}  {skipped}", past.id)
        .trim_end()
        .to_owned()
}
