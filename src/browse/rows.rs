//! One session as the cells of a row.

use crate::calendar::Date;
use crate::protocol::Words;
use crate::protocol::words::clock;
use crate::record::{Past, RecordKind, show};
use crate::session::Outcome;

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cells {
    pub(super) date: String,
    pub(super) result: String,
    pub(super) sections: String,
    pub(super) rolled: String,
    pub(super) skipped: String,
    pub(super) felt: String,
    pub(super) gap: String,
    pub(super) roller: String,
    pub(super) is_stop: bool,
}

/// The cells of `past`; `before` is the session before it that counts.
pub(super) fn cells(past: &Past, before: Option<&Past>, words: &Words) -> Cells {
    let none = words.say("history.none");
    let rolled = past.touched_skin;
    let gap = before.filter(|_| past.counts()).map(|before| day(past).days_since(day(before)).to_string());
    let skipped: Vec<String> =
        past.skipped.iter().map(|(section, why)| format!("{section} {}", why.join(" ")).trim().to_owned()).collect();
    let stopped = past
        .stop_reason
        .as_ref()
        .map(|reason| words.fill("history.stopped", &[("reason", &show::stop_reason(reason))]));
    Cells {
        date: day(past).words_with_year().split_once(' ').map(|(_, date)| date.to_owned()).unwrap_or_default(),
        result: result(past, words),
        sections: if rolled {
            let (done, of) = (past.sections_done.to_string(), past.sections_in_all.to_string());
            words.fill("history.of", &[("done", &done), ("of", &of)])
        } else {
            none.clone()
        },
        // Nobody timed what was on paper.
        rolled: if rolled && past.kind != RecordKind::Log { clock(past.rolled) } else { none.clone() },
        skipped: stopped.or_else(|| (!skipped.is_empty()).then(|| skipped.join(", "))).unwrap_or_else(|| none.clone()),
        felt: past.felt.map_or_else(|| none.clone(), |felt| felt.to_string()),
        gap: gap.unwrap_or_else(|| none.clone()),
        roller: past.rollers.last().cloned().unwrap_or(none),
        is_stop: past.outcome == Some(Outcome::StoppedByList),
    }
}

pub(super) fn day(past: &Past) -> Date {
    Date::of(past.started.wall())
}

fn result(past: &Past, words: &Words) -> String {
    let word = match (past.kind, past.trial, past.outcome) {
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

/// All that a search looks through.
pub(super) fn searched(past: &Past, words: &Words) -> String {
    let cells = cells(past, None, words);
    let note = past.note.clone().unwrap_or_default();
    [cells.date, cells.result, cells.skipped, cells.roller, past.id.clone(), note].join(" ")
}

/// A session in one line, for reading and for other programs: columns apart by two blanks.
pub fn line(past: &Past, before: Option<&Past>, words: &Words) -> String {
    let cells = cells(past, before, words);
    let Cells { date, result, sections, rolled, skipped, felt, gap, roller, is_stop: _ } = cells;
    format!("{}  {date:15}  {result:6}  {sections:7}  {rolled:5}  {felt:2}  {gap:6}  {roller:10}  {skipped}", past.id)
        .trim_end()
        .to_owned()
}
