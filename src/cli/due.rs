//! `dermaroll due`: whether a session is due by the person's own interval, as one line and an exit status.

use serde::Serialize;

use super::{
    Failure, NOT_DUE, data_folder_unchecked, now, path_text, print, print_json, settings, totals, warn_uncounted,
};
use crate::content;
use crate::content::config::Flags;
use engine::protocol::Words;
use engine::protocol::words::borrowed;
use engine::timeline::Wall;
use store::calendar::{Date, day_words};
use store::record::Past;
use store::record::names::{ROLLERS, stem_of};
use store::startup::DueState;
use store::startup::IntervalStatus;

#[derive(Debug, Serialize)]
struct Report {
    due: bool,
    state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_ago: Option<i64>,
    interval_days: u32,
    /// Days until the interval is over; negative when it is over already.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_days: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest_on: Option<String>,
    next_of_course: u32,
    course: u32,
    /// Unfinished sessions that the start offers.
    unfinished: usize,
    /// The session of the last day was struck out; skin was rolled all the same.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    held_by_struck: bool,
    /// Files and folders that cannot be read and may contain a session.
    unread: Vec<String>,
    #[serde(skip)]
    trial: bool,
    /// A record that is dated in the future.
    #[serde(skip)]
    ahead: Option<String>,
    /// Whether it is uncertain that anything was rolled on the last day.
    #[serde(skip)]
    doubt: Option<Doubt>,
    /// A folder that cannot be listed, and why.
    #[serde(skip)]
    unlisted: Option<(String, String)>,
    /// That folder is the one of the rollers, so the last day is known.
    #[serde(skip)]
    rollers_unlisted: bool,
    #[serde(skip)]
    earliest_in: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    First,
    Due,
    NotYet,
    TooSoon,
    NotKnown,
}

/// Why it is uncertain that anything was rolled on the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// Its record cannot be read; only the name of the file is known.
    Unread,
    /// Its record is not closed.
    Unfinished,
}

pub(super) fn run(flags: &Flags, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let protocol = settings.protocols()?.session;
    let root = data_folder_unchecked(&settings)?;
    let now = now();
    let totals = totals(&settings, &root);
    warn_uncounted(&totals.uncounted);
    let interval = settings.interval_days.value;
    let status = IntervalStatus::of(&totals, &protocol, interval, now, |_| false);
    let mut report = report(&status, now, interval, protocol.rules.course);
    // A damaged session is not offered at the start.
    let is_offered = |past: &&Past| past.damaged_lines.is_empty();
    report.unfinished = totals.interrupted.iter().filter(is_offered).count();
    report.trial = protocol.trial;
    report.unread = totals.unread().map(|path| path.to_string_lossy().into_owned()).collect();
    // A folder that may contain sessions matters more than that of the rollers.
    let unlisted = totals.unlisted().min_by_key(|uncounted| uncounted.path.ends_with(ROLLERS));
    report.rollers_unlisted = unlisted.is_some_and(|uncounted| uncounted.path.ends_with(ROLLERS));
    report.unlisted = unlisted.map(|uncounted| (path_text(&uncounted.path), uncounted.why.clone()));
    report.doubt = status.hold.as_ref().filter(|hold| hold.is_doubtful).map(|hold| {
        let is_unfinished = totals.interrupted.iter().filter(is_offered).any(|past| past.path == hold.path);
        if is_unfinished { Doubt::Unfinished } else { Doubt::Unread }
    });
    if json {
        print_json(&report)?;
    } else {
        print(&format!("{}\n", line(&report, now, &content::words::built_in())))?;
    }
    Ok(if report.due { 0 } else { NOT_DUE })
}

fn report(status: &IntervalStatus, now: Wall, interval: u32, course: u32) -> Report {
    let today = Date::of(now);
    let on = |days: i64| today.plus_days(days).to_string();
    let in_days = status.hold_days_ago.map(|days| i64::from(interval).saturating_sub(days));
    let (state, earliest_in) = match status.due {
        DueState::Due if status.hold_days_ago.is_none() => (State::First, None),
        DueState::Due => (State::Due, None),
        DueState::NotYet { .. } => (State::NotYet, None),
        DueState::TooSoon { possible_in, .. } => (State::TooSoon, Some(possible_in)),
        DueState::NotKnown => (State::NotKnown, None),
    };
    Report {
        due: status.due == DueState::Due,
        state,
        last: status.hold_days_ago.map(|days| on(days.saturating_neg())),
        days_ago: status.hold_days_ago,
        interval_days: interval,
        in_days,
        due_on: in_days.map(on),
        earliest_on: earliest_in.map(on),
        next_of_course: status.course_done.saturating_add(1),
        course,
        unfinished: 0,
        held_by_struck: status.hold.as_ref().is_some_and(|hold| hold.is_struck),
        unread: Vec::new(),
        trial: false,
        ahead: status.hold.as_ref().filter(|_| status.is_ahead()).map(|hold| path_text(&hold.path)),
        doubt: None,
        unlisted: None,
        rollers_unlisted: false,
        earliest_in,
    }
}

fn line(report: &Report, now: Wall, words: &Words) -> String {
    let in_days = report.in_days.unwrap_or(0);
    let (word, days) = match report.state {
        State::First => ("due.first", 0),
        State::Due if report.trial => ("due.trial", 0),
        State::Due if in_days == 0 => ("due.today", 0),
        State::Due if in_days == -1 => ("due.over-day", 1),
        State::Due => ("due.over", in_days.saturating_neg()),
        State::NotKnown if report.rollers_unlisted => ("due.not-known-rollers", 0),
        State::NotKnown => ("due.not-known", 0),
        State::NotYet | State::TooSoon if report.ahead.is_some() => ("due.ahead", 0),
        State::NotYet | State::TooSoon if in_days == 1 => ("due.tomorrow", 1),
        State::NotYet => ("due.not-yet", in_days),
        State::TooSoon => ("due.too-soon", in_days),
    };
    let (folder, why) = report.unlisted.clone().unwrap_or_default();
    let places = [
        ("date", &day_words(now, in_days)),
        ("days", &days.to_string()),
        ("earliest", &day_words(now, report.earliest_in.unwrap_or(0))),
        ("last", &day_words(now, report.days_ago.unwrap_or(0).saturating_neg())),
        ("n", &report.next_of_course.to_string()),
        ("course", &report.course.to_string()),
        // Paths come last, so that braces in a path are not filled in.
        ("file", &report.ahead.clone().unwrap_or_default()),
        ("id", &report.ahead.as_deref().map(stem_of).unwrap_or_default()),
        ("folder", &folder),
        ("why", &why),
    ]
    .map(|(place, value)| (place, value.clone()));
    let places = borrowed(&places);
    let mut line = words.fill(word, &places);
    let is_held = matches!(report.state, State::NotYet | State::TooSoon);
    match report.doubt.filter(|_| is_held && report.ahead.is_none()) {
        Some(Doubt::Unread) => line = format!("{line} {}", words.fill("due.unread", &places)),
        Some(Doubt::Unfinished) => line = format!("{line} {}", words.fill("due.held-unfinished", &places)),
        None if is_held && report.held_by_struck && report.ahead.is_none() => {
            line = format!("{line} {}", words.fill("due.held-struck", &places));
        }
        None if report.unfinished > 0 => line = format!("{line} {}", words.say("due.unfinished")),
        None => {}
    }
    line
}
