//! One session as a person wants to read it, and as JSON for other programs. It is made from the record alone, so the
//! protocol it was made under is not needed. The words are in `assets/show.toml`.

mod events;
mod list;
mod follow_ups;
mod rows;
mod sections;
mod terms;

use std::io;
use std::path::Path;

use serde::Serialize;

use super::amendment::{Amended, Amendment, Struck};
use super::entry::RecordedEntry;
use super::follow_up::FollowUp;
use super::header::{Header, RecordKind};
use super::past::Past;
use super::reading::{Damage, Reading, Tail};
use super::summary::SummaryFields;
use super::text::{LONGEST_NOTE, sanitised};
use super::timestamp::Timestamp;
use crate::json::{self, Fields};
use engine::protocol::Words;
use engine::protocol::words::{borrowed, clock};
use engine::session::Outcome;
pub(crate) use list::answer_words;
use rows::columns;
pub use rows::wrap;
pub use terms::stop_reason;
use terms::{clean, id, millimetres, time, word};

/// The layout of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Lines of at most 78 columns, as wide as a page of the history; labels to the left.
    Wide,
    /// Lines of at most 38 columns, each label above what it names.
    Narrow,
}

impl Shape {
    /// The one that a window of so many columns has room for; the wide one where that is not known.
    pub fn of_window(columns: Option<usize>) -> Shape {
        if columns.is_some_and(|columns| columns < Shape::Wide.width()) { Shape::Narrow } else { Shape::Wide }
    }

    /// The longest line, in terminal columns.
    fn width(self) -> usize {
        match self {
            Shape::Wide => 78,
            Shape::Narrow => 38,
        }
    }

    /// The column at which text begins: after the labels, or slightly indented below them.
    fn indent(self) -> usize {
        match self {
            Shape::Wide => 13,
            Shape::Narrow => 1,
        }
    }
}

/// `reading` as lines, with its follow-ups.
pub fn text(reading: &Reading, follow_ups: &[FollowUp], shape: Shape) -> String {
    let past = Past::of(Path::new(""), reading);
    let mut page = SessionText { words: words(), shape, lines: Vec::new() };
    page.head(&past, &reading.amended);
    page.roller(&past);
    page.list(&past);
    page.verdict(&past);
    if past.closed.is_some() {
        page.sections(&past, &reading.header.strokes);
    } else if past.damaged_lines.is_empty() {
        page.so_far(&reading.rolled());
    }
    page.counts(&past, reading.summary.as_ref());
    page.events(reading);
    page.closing(&past, follow_ups);
    page.finish()
}

/// A session in full. All names are those of the file.
#[derive(Serialize)]
struct Whole<'a> {
    corrections: Option<Vec<&'a Amendment>>,
    damage: Vec<DamageRow>,
    entries: &'a [RecordedEntry],
    finished: bool,
    header: &'a Header,
    id: &'a str,
    later: &'a [RecordedEntry],
    remarks: &'a [FollowUp],
    struck: Option<Struck>,
    summary: Option<SummaryFields>,
    torn_bytes: usize,
}

#[derive(Serialize)]
struct DamageRow {
    line: usize,
    what: String,
}

/// `reading` in full as JSON, with its follow-ups, `level` levels deep in its document.
///
/// # Errors
/// If it cannot be expressed in JSON.
pub fn json(reading: &Reading, follow_ups: &[FollowUp], level: usize) -> io::Result<String> {
    let row = |damage: &Damage| DamageRow { line: damage.line, what: sanitised(&damage.to_string(), LONGEST_NOTE) };
    let mut summary = reading.summary.clone();
    if let Some(summary) = summary.as_mut().filter(|_| reading.header.kind == RecordKind::Log) {
        summary.roller_uses = None;
    }
    let corrections: Vec<&Amendment> = reading.amended.corrections().collect();
    let whole = Whole {
        corrections: Some(corrections).filter(|all| !all.is_empty()),
        damage: reading.damage.iter().map(row).collect(),
        entries: &reading.entries,
        finished: reading.is_closed(),
        header: &reading.header,
        id: &reading.header.id,
        later: &reading.after_summary,
        remarks: follow_ups,
        struck: reading.amended.struck(),
        summary,
        torn_bytes: match reading.tail {
            Tail::Clean => 0,
            Tail::Torn { bytes } => bytes,
        },
    };
    json::value(&whole, Fields::Sorted, level)
}

/// What a follow-up says, in `words`, which are [`words`]: how the skin was, the person's words, the photos.
pub fn said(words: &Words, follow_up: &FollowUp) -> String {
    follow_ups::said(words, follow_up)
}

/// The words in which a record is shown.
pub fn words() -> Words {
    words_of(include_str!("../../assets/show.toml"))
}

/// The words of an embedded file of tables, each named `table.key`. A mistake in the file shows as `<name>` in place of
/// the word.
pub fn words_of(file: &str) -> Words {
    let tables: toml::Table = toml::from_str(file).unwrap_or_default();
    let mut entries = Vec::new();
    for (table, words) in &tables {
        for (name, word) in words.as_table().into_iter().flatten() {
            entries.push((format!("{table}.{name}"), word.as_str().unwrap_or_default().to_owned()));
        }
    }
    Words::new(entries)
}

fn date_of(timestamp: Timestamp) -> String {
    timestamp.day().map(|day| day.to_string()).unwrap_or_default()
}

struct SessionText {
    words: Words,
    shape: Shape,
    lines: Vec<String>,
}

impl SessionText {
    fn head(&mut self, past: &Past, amended: &Amended) {
        self.struck(past);
        let kind = match past.kind {
            RecordKind::Session => "kind.session",
            RecordKind::Check => "kind.check",
            RecordKind::Log => "kind.log",
        };
        self.wrapped(0, 0, &format!("{} {}", self.words.say(kind), clean(&past.id)));
        let from = past.started.local_minute();
        let when = match past.closed {
            Some(closed) if past.kind == RecordKind::Log => {
                let places = [("day", date_of(past.started)), ("entered", date_of(closed))];
                self.words.fill("head.log", &borrowed(&places))
            }
            Some(closed) => {
                let to = closed.local_minute();
                let same_day = closed.day() == past.started.day();
                let to = if same_day { to.get(11..).unwrap_or_default().to_owned() } else { to };
                self.words.fill("head.closed", &[("from", &from), ("to", &to)])
            }
            None => self.words.fill("head.unfinished", &[("from", &from)]),
        };
        self.wrapped(0, 0, &when);
        self.corrected(amended);
        if let Some(outcome) = past.outcome {
            self.wrapped(0, 0, &self.outcome(past, outcome));
        }
        if past.trial {
            self.wrapped(0, 0, &self.words.say("head.trial"));
        }
        if let Some(line) = past.damaged_lines.first() {
            self.wrapped(0, 0, &self.words.fill("head.damage", &[("line", &line.to_string())]));
        }
        if past.torn {
            self.wrapped(0, 0, &self.words.say("head.torn"));
        }
        self.lines.push(String::new());
        if let Some(reason) = &past.early_reason {
            self.row("label.early", &clean(reason));
        }
    }

    /// Struck out is said before anything else.
    fn struck(&mut self, past: &Past) {
        let Some(struck) = &past.struck else { return };
        let places = [("date", date_of(struck.at)), ("why", clean(&struck.why))];
        self.wrapped(0, 0, &self.words.fill("amended.struck", &borrowed(&places)));
        if past.holds_interval() {
            self.wrapped(0, 0, &self.words.say("amended.held"));
        }
        self.lines.push(String::new());
    }

    fn corrected(&mut self, amended: &Amended) {
        for one in amended.corrections() {
            let word = if one.why.is_empty() { "amended.corrected" } else { "amended.corrected-why" };
            let fields = one.fields().join(", ");
            let places = [("date", date_of(one.written)), ("fields", fields), ("why", clean(&one.why))];
            self.wrapped(0, 0, &self.words.fill(word, &borrowed(&places)));
        }
    }

    fn outcome(&self, past: &Past, outcome: Outcome) -> String {
        if past.kind == RecordKind::Check && outcome == Outcome::LeftBefore {
            // A review of the checklist rolls nothing: what counts is whether it was confirmed.
            return self.words.say(if past.verdict.is_some() { "outcome.reviewed" } else { "outcome.unconfirmed" });
        }
        let outcome = self.word("outcome", outcome.into());
        if past.rolled.is_zero() || past.kind == RecordKind::Check {
            return outcome;
        }
        let (done, all) = (past.sections_done.to_string(), past.order.len().to_string());
        let rolled = clock(past.rolled);
        let places = [("outcome", outcome.as_str()), ("done", &done), ("all", &all), ("rolled", &rolled)];
        self.words.fill("head.outcome", &places)
    }

    fn roller(&mut self, past: &Past) {
        if let Some(roller) = &past.roller {
            // The name is filled in last, so that braces in it stay as its owner wrote them.
            let places = [("mm", millimetres(roller.needle_um)), ("name", clean(&roller.name))];
            let mut parts = vec![self.words.fill("roller.line", &borrowed(&places))];
            // Sessions earlier than a manual entry may have been entered after it.
            parts.extend(roller.uses_before.map(|uses| match uses {
                0 => self.words.say("roller.new"),
                1 => self.words.say("roller.used_once"),
                more => self.words.fill("roller.uses", &[("uses", &more.to_string())]),
            }));
            if past.closed.is_some() && roller.length_acknowledged == Some(true) {
                parts.push(self.words.say("roller.acknowledged"));
            }
            if roller.retired {
                parts.push(self.words.say("roller.retired"));
            }
            self.row("label.roller", &parts.join(", "));
        }
        if let Some(contact) = &past.contact {
            let name = format!("contact.{}", clean(&contact.kept));
            let spent = time(contact.ms.unwrap_or(0));
            self.row("label.contact", &self.words.fill(&name, &[("time", &spent)]));
        }
    }

    fn verdict(&mut self, past: &Past) {
        let Some(verdict) = past.verdict else { return };
        let mut lines = vec![self.word("verdict", verdict.into())];
        for reason in &past.reasons {
            let days = reason.days_left.unwrap_or(0).to_string();
            let because = self.words.fill(&format!("because.{}", clean(&reason.because)), &[("days", &days)]);
            lines.push(format!("{}: {}, {because}", id(&reason.item), self.word("answer", reason.answer.into())));
        }
        self.rows("label.verdict", &lines);
    }

    fn counts(&mut self, past: &Past, summary: Option<&SummaryFields>) {
        if let Some(way) = past.on_the_way.as_ref().filter(|_| past.touched_skin) {
            let paused = time(way.paused_ms);
            let pauses = if way.pauses == 0 { "count.pauses" } else { "count.pauses_for" };
            let counts = [
                (pauses, way.pauses),
                ("count.touches", way.touches),
                ("count.hand_cleans", way.hand_cleans),
                ("count.roller_events", way.roller_events),
            ];
            let parts =
                counts.map(|(name, count)| self.words.fill(name, &[("count", &count.to_string()), ("time", &paused)]));
            self.row("label.count", &parts.join(", "));
        }
        match summary.and_then(|summary| summary.cues_heard) {
            Some(true) => self.row("label.cues", &self.words.say("cues.yes")),
            Some(false) => self.row("label.cues", &self.words.say("cues.no")),
            None => {}
        }
    }

    fn closing(&mut self, past: &Past, follow_ups: &[FollowUp]) {
        if let Some(serum) = &past.serum {
            let mut parts = vec![clean(&serum.name)];
            parts.extend(serum.brand.iter().map(|brand| self.words.fill("serum.by", &[("brand", &clean(brand))])));
            let opened = serum.opened.map(|day| day.to_string());
            parts.extend(opened.map(|day| self.words.fill("serum.opened", &[("day", &day)])));
            let line = parts.join(", ");
            self.row("label.serum", &line);
        }
        self.sign_out(past);
        if let Some(level) = past.felt {
            self.row("label.felt", &self.words.fill("felt.line", &[("level", &level.to_string())]));
        }
        if let Some(note) = &past.note {
            self.row("label.note", &clean(note));
        }
        let later: Vec<String> = follow_ups.iter().map(|follow_up| follow_ups::line(&self.words, follow_up)).collect();
        self.rows("label.later", &later);
        let (app, protocol) = (clean(&past.app), clean(&past.protocol));
        let made = if past.kind == RecordKind::Log { "made.log" } else { "made.line" };
        self.row("label.made", &self.words.fill(made, &[("app", &app), ("protocol", &protocol)]));
    }

    /// The word for a code of the file. A code that has none is shown as it is.
    fn word(&self, table: &str, code: &str) -> String {
        word(&self.words, table, code)
    }

    fn rows(&mut self, label: &str, lines: &[String]) {
        for (place, line) in lines.iter().enumerate() {
            self.labelled(if place == 0 { self.words.say(label) } else { String::new() }, 0, line);
        }
    }

    fn row(&mut self, label: &str, line: &str) {
        self.labelled(self.words.say(label), 0, line);
    }

    /// `line` with its label. Rows after the first are set in by `hang` columns more where there is room for that.
    fn labelled(&mut self, label: String, hang: usize, line: &str) {
        let indent = self.shape.indent();
        if self.shape == Shape::Narrow {
            self.lines.extend(Some(label).filter(|label| !label.is_empty()));
            self.wrapped(indent, 1, line);
            return;
        }
        let first = self.lines.len();
        self.wrapped(indent, hang, line);
        if let Some(line) = self.lines.get_mut(first) {
            let gap = " ".repeat(indent.saturating_sub(columns(&label)));
            *line = format!("{label}{gap}{}", line.trim_start());
        }
    }

    /// `line` in rows that keep to the width, each behind `indent` spaces, all but the first behind `hang` more.
    fn wrapped(&mut self, indent: usize, hang: usize, line: &str) {
        let room = self.shape.width().saturating_sub(indent);
        self.lines.extend(wrap(line, room, hang).into_iter().map(|row| " ".repeat(indent) + &row));
    }

    fn finish(self) -> String {
        self.lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}
