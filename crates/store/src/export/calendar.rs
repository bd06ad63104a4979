//! The coming dates as iCalendar (RFC 5545): the next session and the days on which to check the skin. It holds dates
//! and the lines that everybody gets: no note, answer or name goes into a calendar that others may see.

use core::fmt::Write as _;
use std::borrow::Borrow;

use icalendar::{Calendar, Class, Component as _, Event, Property};

use super::Range;
use super::words::words;
use crate::calendar::{Date, compact_timestamp};
use crate::record::Past;
use crate::startup::{HeldLine, care};
use engine::protocol::Protocol;
use engine::timeline::Wall;

/// What the calendar needs to know of the sessions that count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    /// The latest day. After a trip across the date line, the newest session is not always the one on the latest day.
    latest: Option<Date>,
    /// When the first session to be closed was closed, and its id.
    first: Option<(i64, String)>,
    /// The id and the day of the newest session, and when it was over.
    newest: Option<(String, Date, Wall)>,
}

impl Dates {
    /// The dates of `sessions`, which come oldest first.
    pub fn of<S: Borrow<Past>>(sessions: impl IntoIterator<Item = S>) -> Dates {
        let mut dates = Dates::default();
        for session in sessions {
            let session = session.borrow();
            if !session.counted {
                continue;
            }
            let closed = session.closed.unwrap_or(session.started).wall().unix;
            dates.latest = dates.latest.max(Some(session.day()));
            if dates.first.as_ref().is_none_or(|(first, _)| closed < *first) {
                dates.first = Some((closed, session.id.clone()));
            }
            dates.newest = Some((session.id.clone(), session.day(), care::ended(session)));
        }
        dates
    }
}

/// The next date, `interval_days` after the last of `dates` or after `held`, the day of a session that is not among
/// them; and the days after the newest session on which `protocol` asks how the skin is, each with the aftercare that still
/// counts on it and with when to get help. Only days in `range` are included; None if there are none. `exported` is the
/// current time.
///
/// A later export updates the same events: the next date keeps one name for good, so that it moves in a calendar that
/// already has it, and each check-in is named after its session. The later export wins.
pub fn calendar(
    dates: &Dates,
    held: Option<Date>,
    range: Range,
    interval_days: u32,
    protocol: &Protocol,
    exported: Wall,
) -> Option<String> {
    let words = words();
    let mut events = Vec::new();
    if let Some(rolled) = dates.latest.max(held) {
        // Two people may share a calendar, so a session's id tells their next dates apart. It is that of the session
        // that was closed first, which an older session that is entered by hand later does not change.
        let whose = dates.first.as_ref().map_or_else(|| rolled.to_string(), |(_, id)| id.clone());
        let day = rolled.plus_days(i64::from(interval_days));
        events.push((format!("next-{whose}"), day, words.say("calendar.next"), String::new()));
    }
    if let Some((id, newest, ended)) = &dates.newest {
        // An entry is of a whole day, so that days decide, and not the hour at which a session was over.
        let lines = HeldLine::after(*ended, exported, protocol);
        for &after in &protocol.rules.check_in.days {
            let summary = words.fill("calendar.check_in", &[("day", &after.to_string())]);
            let day = newest.plus_days(i64::from(after));
            let holding = lines.iter().filter(|line| line.days >= u64::from(after)).map(|line| line.text.as_str());
            let text: Vec<&str> = holding.chain(protocol.red_flags.lines()).collect();
            events.push((format!("{id}-day-{after}"), day, summary, text.join("\n")));
        }
    }
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", concat!("-//dermaroll//dermaroll ", env!("CARGO_PKG_VERSION"), "//EN")),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(&words.say("calendar.name"));
    events.sort_by_key(|(_, day, ..)| *day);
    for (name, day, summary, text) in events.into_iter().filter(|(_, day, ..)| range.holds(*day)) {
        let event = all_day(&name, day, &summary, exported);
        calendar.extend(event.map(|mut event| if text.is_empty() { event } else { event.description(&text).done() }));
    }
    let mut text = String::new();
    let written = !calendar.components.is_empty() && write!(text, "{calendar}").is_ok();
    written.then_some(text)
}

/// A sequence number that grows with every export. Seconds since 1970 would soon exceed what programs accept as a
/// number.
fn sequence(exported: Wall) -> i64 {
    const START_OF_2020: i64 = 1_577_836_800;
    exported.unix.saturating_sub(START_OF_2020).max(0)
}

/// An all-day event that does not mark the day as busy; None for a year that iCalendar cannot write in four digits.
fn all_day(name: &str, day: Date, summary: &str, exported: Wall) -> Option<Event> {
    let date = |key: &str, day: Date| {
        let digits = day.to_string().replace('-', "");
        let is_date = digits.len() == "20261220".len() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_date.then(|| Property::new(key, digits).add_parameter("VALUE", "DATE").done())
    };
    let mut event = Event::new();
    event
        .uid(&format!("{name}@dermaroll"))
        .append_property(Property::new("DTSTAMP", compact_timestamp(exported.unix)))
        .append_property(Property::new("SEQUENCE", sequence(exported).to_string()))
        .append_property(date("DTSTART", day)?)
        // An all-day event ends on the day after it.
        .append_property(date("DTEND", day.plus_days(1))?)
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Class::Private)
        .summary(summary);
    Some(event.done())
}
