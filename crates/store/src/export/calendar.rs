//! What lies ahead as iCalendar (RFC 5545): the next date, and the days on which to look at the skin. Dates alone; no
//! note, no answer and no name goes into a calendar that others may see.

use core::fmt::Write as _;
use std::borrow::Borrow;

use icalendar::{Calendar, Class, Component as _, Event, Property};

use super::Range;
use super::words::words;
use crate::calendar::{Date, compact_timestamp};
use crate::record::Past;
use engine::timeline::Wall;

/// What the sessions that count say of the days ahead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    /// The latest day. After a trip across the date line the newest session is not always the one of the latest day.
    latest: Option<Date>,
    /// When the one was closed that was closed first, and its id.
    first: Option<(i64, String)>,
    /// The id and the day of the newest.
    newest: Option<(String, Date)>,
}

impl Dates {
    /// What `sessions` say, which come oldest first.
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
            dates.newest = Some((session.id.clone(), session.day()));
        }
        dates
    }
}

/// The day `interval_days` after the last of `dates`, or after the day `held` of a session that is not among them, and the
/// days `check_ins` after the newest session, as far as they fall into `range`; None when none does. `exported` is the
/// present.
///
/// A later export is taken for the same events: the next date has one name for good, so that it moves in a calendar
/// that has it, and each check-in has the name of its session. Whichever was exported later is the one that holds.
pub fn calendar(
    dates: &Dates,
    held: Option<Date>,
    range: Range,
    interval_days: u32,
    check_ins: &[u32],
    exported: Wall,
) -> Option<String> {
    let words = words();
    let mut events = Vec::new();
    if let Some(rolled) = dates.latest.max(held) {
        // Two people may share a calendar: a session tells their next dates apart. It is the one that was closed first,
        // which an older one that is entered from paper afterwards does not change.
        let whose = dates.first.as_ref().map_or_else(|| rolled.to_string(), |(_, id)| id.clone());
        let day = rolled.plus_days(i64::from(interval_days));
        events.push((format!("next-{whose}"), day, words.say("calendar.next")));
    }
    if let Some((id, newest)) = &dates.newest {
        for &after in check_ins {
            let summary = words.fill("calendar.check_in", &[("day", &after.to_string())]);
            events.push((format!("{id}-day-{after}"), newest.plus_days(i64::from(after)), summary));
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
    events.sort_by_key(|(_, day, _)| *day);
    for (name, day, summary) in events.into_iter().filter(|(_, day, _)| range.holds(*day)) {
        calendar.extend(all_day(&name, day, &summary, exported));
    }
    let mut text = String::new();
    let written = !calendar.components.is_empty() && write!(text, "{calendar}").is_ok();
    written.then_some(text)
}

/// A number that grows from export to export, whatever made the event another one. Seconds since 1970 would soon no
/// longer fit into what programs take for a number.
fn sequence(exported: Wall) -> i64 {
    const START_OF_2020: i64 = 1_577_836_800;
    exported.unix.saturating_sub(START_OF_2020).max(0)
}

/// An event of one whole day, which does not mark that day as busy. None for a day that iCalendar cannot
/// write: it has four digits for a year.
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
        // The end of a whole day is the day after it.
        .append_property(date("DTEND", day.plus_days(1))?)
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Class::Private)
        .summary(summary);
    Some(event.done())
}
