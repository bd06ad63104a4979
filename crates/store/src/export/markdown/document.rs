//! The lines of the page, and how texts and dates stand in them.

use crate::calendar::Date;
use crate::export::words::{clean, id, words};
use crate::record::show;
use crate::sanitise::cut;
use engine::protocol::Words;

/// So many rows of so many characters go on a page of A4 in letters of 11 points, in tenths of a row.
const PAGE: usize = 550;
const COLUMNS: usize = 90;
/// What a row of text takes, a heading without the empty rows about it, the title, and a row of the table.
const ROW: usize = 10;
const HEADING: usize = 23;
const TITLE: usize = 45;
const TABLE_ROW: usize = 13;
/// What replaces the rest of a shortened text.
const CUT: &str = "...";
/// More days than these are told by the first and the last one.
const DAYS_LISTED: usize = 3;

pub(super) struct Document {
    pub(super) words: Words,
    /// The words of the records themselves.
    pub(super) record: Words,
    pub(super) lines: Vec<String>,
    /// How many pages it may have.
    pages: usize,
    /// A note was cut.
    pub(super) is_cut: bool,
}

impl Document {
    pub(super) fn new(pages: usize) -> Document {
        Document { words: words(), record: show::words(), lines: Vec::new(), pages: pages.max(1), is_cut: false }
    }

    pub(super) fn finish(self) -> String {
        self.lines.join("\n") + "\n"
    }

    pub(super) fn heading(&mut self, name: &str) {
        let heading = self.words.say(name);
        self.lines.extend([String::new(), format!("## {heading}"), String::new()]);
    }

    /// A line of a list. The person's own text is filled in last, so that a `{place}` in it stays as it is.
    pub(super) fn item(&mut self, name: &str, places: &[(&str, &str)]) {
        let line = self.words.fill(name, places);
        self.lines.push(format!("- {line}"));
    }

    pub(super) fn row(&mut self, cells: &[String]) {
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// How many rows are left on the page below a table of `rows` and so many lines more.
    pub(super) fn rows_left(&self, rows: usize, lines: usize) -> usize {
        let tenths = |line: &String| match line.as_bytes() {
            [b'#', b' ', ..] => TITLE,
            [b'#', ..] => HEADING,
            _ => ROW * line.chars().count().div_ceil(COLUMNS).max(1),
        };
        let taken = self.lines.iter().map(tenths).sum::<usize>() + rows * TABLE_ROW + lines * ROW;
        (PAGE * self.pages).saturating_sub(taken) / ROW
    }

    /// The word for a name in a record. A name without one is shown as it is.
    pub(super) fn named(&self, table: &str, code: &str) -> String {
        let name = format!("{table}.{code}");
        self.record.find(&name).unwrap_or_else(|| id(code))
    }

    /// `days` in words, each once and oldest first; many of them by their number, the first and the last.
    pub(super) fn days(&self, days: &[Date]) -> String {
        match days {
            [first, .., last] if days.len() > DAYS_LISTED => {
                let count = days.len().to_string();
                self.words.fill("days.many", &[("count", &count), ("from", &date(*first)), ("to", &date(*last))])
            }
            few => few.iter().map(|day| date(*day)).collect::<Vec<_>>().join(", "),
        }
    }
}

/// What was found on some days, each thing once and with its days, in the order in which it was first found.
#[derive(Default)]
pub(super) struct Grouped(Vec<(String, Vec<Date>)>);

impl Grouped {
    pub(super) fn add(&mut self, what: String, day: Date) {
        match self.0.iter_mut().find(|(known, _)| *known == what) {
            Some((_, days)) if days.last() == Some(&day) => {}
            Some((_, days)) => days.push(day),
            None => self.0.push((what, vec![day])),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As lines of a list, in the words called `name`.
    pub(super) fn write(self, page: &mut Document, name: &str) {
        for (what, days) in self.0 {
            let days = page.days(&days);
            page.item(name, &[("days", &days), ("what", &what)]);
        }
    }
}

/// `15 Mar 2026`, which no converter breaks at its blanks.
pub(super) fn date(day: Date) -> String {
    day.plain_words().replace(' ', "\u{a0}")
}

/// A text of the person, or of a file that anybody may have written, on one line and without marks.
pub(super) fn own(text: &str) -> String {
    escaped(&clean(text))
}

/// The first `most` characters of `text`, at most.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    cut(text, most.saturating_sub(CUT.len())).trim_end().to_owned() + CUT
}

/// `text` with a backslash before every character that means something in Markdown or HTML. It is never used at the
/// start of a line, so dashes and numbers need none.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|!~&$^".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
