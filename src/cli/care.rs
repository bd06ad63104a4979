//! `dermaroll care`: what to do and not to do after rolling, and when to get help. It needs no record and no settings:
//! whatever is wrong with them, the lines are there.

use core::cmp::Reverse;
use std::io;

use serde::Serialize;

use super::{
    Failure, data_folder_unchecked, now, path_text, print, print_error, print_json, rows, settings, totals,
    warn_uncounted,
};
use crate::content::config::Flags;
use crate::content::{self, Sources};
use crate::exit::DONE;
use engine::protocol::{Protocol, Words};
use engine::timeline::Wall;
use store::calendar::{Date, day_and_time, rfc3339};
use store::record::show::wrap;
use store::startup::{HeldLine, care};

/// Where the width of the window is not known.
const USUAL_COLUMNS: usize = 78;
/// Longer rows are hard to read.
const MOST_COLUMNS: usize = 100;

#[derive(Debug, Serialize)]
struct Report {
    /// Id of the last session in which skin was rolled, struck out or not, and when that was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    /// It ended with blood, welts, pain or dizziness.
    worrying: bool,
    /// What still holds of it.
    still: Vec<Still>,
    aftercare: Vec<Line>,
    red_flags: RedFlags,
    /// Files and folders that cannot be read and may contain a session.
    unread: Vec<String>,
    #[serde(skip)]
    ended_words: String,
}

#[derive(Debug, Serialize)]
struct Still {
    until: String,
    text: String,
    #[serde(skip)]
    until_words: String,
}

#[derive(Debug, Serialize)]
struct Line {
    span: String,
    hours: u64,
    text: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct RedFlags {
    emergency: String,
    same_day: String,
    see_a_doctor: String,
}

pub(super) fn run(flags: &Flags, json: bool) -> Result<u8, Failure> {
    let words = content::words::built_in();
    let (report, status) = match known(flags) {
        Ok(report) => (report, DONE),
        // Somebody may need the lines in a hurry.
        Err(failure) => {
            print_error(&failure.message);
            (Report::of(&content::load(&Sources::default())?.session), failure.status)
        }
    };
    if json {
        print_json(&report)?;
    } else {
        print(&report.text(&words, columns()))?;
    }
    Ok(status)
}

/// With what the records tell.
fn known(flags: &Flags) -> Result<Report, Failure> {
    let (settings, _) = settings(flags)?;
    let protocol = settings.protocols()?.session;
    let root = data_folder_unchecked(&settings)?;
    let totals = totals(&settings, &root);
    warn_uncounted(&totals.uncounted);
    let mut report = Report::of(&protocol);
    report.unread = totals.unread().map(path_text).collect();
    let unfinished = totals.interrupted.iter().filter(|past| past.touched_skin && past.is_real_session());
    let last = totals.last_rolled.iter().chain(unfinished).min_by_key(|past| Reverse(past.started.wall().unix));
    if let Some(past) = last {
        let (ended, now) = (care::ended(past), now());
        report.session = Some(past.id.clone());
        report.ended = Some(rfc3339(ended));
        // Of paper only the day is known.
        report.ended_words = match past.ended {
            Some(_) => day_and_time(ended, now),
            None => past.day().words_seen_from(Date::of(now)),
        };
        report.worrying = care::was_worrying(past);
        let lines = HeldLine::after(ended, now, &protocol).into_iter().filter(|line| line.holds(now));
        report.still = lines.map(|line| Still::of(line, now)).collect();
    }
    Ok(report)
}

/// The width of the text.
fn columns() -> usize {
    rows::window(&io::stdout()).map_or(USUAL_COLUMNS, |columns| columns.min(MOST_COLUMNS))
}

impl Report {
    /// Without any record.
    fn of(protocol: &Protocol) -> Report {
        let lines = protocol.aftercare.iter().map(|line| Line {
            span: line.span.clone(),
            hours: line.lasts.as_secs() / 3_600,
            text: line.text.clone(),
            source: line.source.clone(),
        });
        let flags = &protocol.red_flags;
        Report {
            session: None,
            ended: None,
            worrying: false,
            still: Vec::new(),
            aftercare: lines.collect(),
            red_flags: RedFlags {
                emergency: flags.emergency.clone(),
                same_day: flags.same_day.clone(),
                see_a_doctor: flags.see_a_doctor.clone(),
            },
            unread: Vec::new(),
            ended_words: String::new(),
        }
    }

    fn text(&self, words: &Words, width: usize) -> String {
        let mut page = Page { rows: Vec::new(), width };
        if !self.unread.is_empty() {
            page.paragraph(&words.fill("care.unread", &[("files", &self.unread.join(", "))]));
        }
        if self.worrying {
            page.paragraph(&words.say("care.worried").replace("**", ""));
        }
        if !self.still.is_empty() {
            page.paragraph(&words.fill("care.since", &[("time", &self.ended_words)]));
            let until = |line: &Still| words.fill("care.until", &[("time", &line.until_words)]);
            page.lines(self.still.iter().map(|line| (until(line), line.text.as_str())));
        }
        page.paragraph(&words.say("care.all"));
        page.lines(self.aftercare.iter().map(|line| (line.span.clone(), line.text.as_str())));
        page.paragraph(&words.say("care.help"));
        let RedFlags { emergency, same_day, see_a_doctor } = &self.red_flags;
        [emergency, same_day, see_a_doctor].into_iter().for_each(|flag| page.line(flag));
        page.rows.join("\n") + "\n"
    }
}

impl Still {
    fn of(line: HeldLine, now: Wall) -> Still {
        let until: Wall = line.until;
        Still { until: rfc3339(until), until_words: day_and_time(until, now), text: line.text }
    }
}

/// Rows of text as wide as the window.
struct Page {
    rows: Vec<String>,
    width: usize,
}

impl Page {
    const INDENT: usize = 2;

    /// After an empty row, unless it is the first.
    fn paragraph(&mut self, text: &str) {
        if !self.rows.is_empty() {
            self.rows.push(String::new());
        }
        self.put(text, 0);
    }

    /// Lines under what they share, such as the time until which they hold.
    fn lines<'a>(&mut self, lines: impl Iterator<Item = (String, &'a str)>) {
        let mut shared = String::new();
        for (label, text) in lines {
            if label != shared {
                self.put(&format!("{label}:"), 0);
                shared = label;
            }
            self.line(text);
        }
    }

    fn line(&mut self, text: &str) {
        self.put(&format!("- {text}"), Page::INDENT);
    }

    fn put(&mut self, text: &str, hang: usize) {
        let rows = wrap(text, self.width.max(2 * Page::INDENT), hang);
        self.rows.extend(rows.iter().map(|row| row.trim_end().to_owned()));
    }
}
