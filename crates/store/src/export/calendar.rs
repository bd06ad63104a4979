//! What lies ahead as iCalendar (RFC 5545): the next date, and the days on which to look at the skin. Dates alone; no
//! note, no answer and no name goes into a calendar that others may see.

use super::plain::words;
use super::{Gathered, Range, Session};
use crate::calendar::{Date, file_stamp};
use engine::timeline::Wall;

/// The day `interval_days` after the last session, and the days `check_ins` after that session, as far as they fall into
/// `range`; None when none does. `exported` is the present.
///
/// A later export is taken for the same events: the next date has one name for good, so that it moves in a calendar
/// that has it, and each check-in has the name of its session. Whichever was exported later is the one that holds.
pub fn calendar(
    gathered: &Gathered,
    range: Range,
    interval_days: u32,
    check_ins: &[u32],
    exported: Wall,
) -> Option<String> {
    let words = words();
    let counted = || gathered.sessions.iter().filter(|session| session.counted);
    let mut events = Vec::new();
    // After a trip across the date line the newest session is not always the one of the latest day.
    let rolled = counted().map(Session::day).chain(gathered.held).max();
    if let Some(rolled) = rolled {
        // Two people may share a calendar: a session tells their next dates apart. It is the one that was closed first,
        // which an older one that is entered from paper afterwards does not change.
        let closed = |session: &&Session| session.entered.unwrap_or(session.started).wall().unix;
        let whose = counted().min_by_key(closed).map_or_else(|| rolled.to_string(), |first| first.id.clone());
        let day = rolled.plus_days(i64::from(interval_days));
        events.push((format!("next-{whose}"), day, words.say("calendar.next")));
    }
    if let Some(session) = counted().next_back() {
        for &after in check_ins {
            let summary = words.fill("calendar.check_in", &[("day", &after.to_string())]);
            events.push((format!("{}-day-{after}", session.id), session.day().plus_days(i64::from(after)), summary));
        }
    }
    events.sort_by_key(|(_, day, _)| *day);
    let in_range = events.iter().filter(|(_, day, _)| range.holds(*day));
    let all_days: Vec<_> = in_range.filter_map(|(name, day, summary)| all_day(name, *day, summary, exported)).collect();
    if all_days.is_empty() {
        return None;
    }
    let name = escaped(&words.say("calendar.name"));
    let mut text = String::new();
    put(&mut text, "BEGIN:VCALENDAR");
    put(&mut text, "VERSION:2.0");
    put(&mut text, concat!("PRODID:-//dermaroll//dermaroll ", env!("CARGO_PKG_VERSION"), "//EN"));
    put(&mut text, "CALSCALE:GREGORIAN");
    put(&mut text, &format!("NAME:{name}"));
    put(&mut text, &format!("X-WR-CALNAME:{name}"));
    for line in all_days.iter().flatten() {
        put(&mut text, line);
    }
    put(&mut text, "END:VCALENDAR");
    Some(text)
}

/// Writes a line, folded to 75 bytes at most.
fn put(text: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// A value of the type TEXT. Our own words have no line breaks.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;")
}

/// A number that grows from export to export, whatever made the event another one. Seconds since 1970 would soon no
/// longer fit into what programs take for a number.
fn sequence(exported: Wall) -> i64 {
    const START_OF_2020: i64 = 1_577_836_800;
    exported.unix.saturating_sub(START_OF_2020).max(0)
}

/// The lines of an event of one whole day, which does not mark that day as busy. None for a day that iCalendar cannot
/// write: it has four digits for a year.
fn all_day(name: &str, day: Date, summary: &str, exported: Wall) -> Option<[String; 10]> {
    let date = |day: Date| {
        let digits = day.to_string().replace('-', "");
        let is_date = digits.len() == "20261220".len() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_date.then_some(digits)
    };
    Some([
        "BEGIN:VEVENT".to_owned(),
        "CLASS:PRIVATE".to_owned(),
        // The end of a whole day is the day after it.
        format!("DTEND;VALUE=DATE:{}", date(day.plus_days(1))?),
        format!("DTSTAMP:{}", file_stamp(exported.unix)),
        format!("DTSTART;VALUE=DATE:{}", date(day)?),
        format!("SEQUENCE:{}", sequence(exported)),
        format!("SUMMARY:{}", escaped(summary)),
        "TRANSP:TRANSPARENT".to_owned(),
        format!("UID:{name}@dermaroll"),
        "END:VEVENT".to_owned(),
    ])
}
