//! Days and times of day. The only module that uses chrono, so that another library could replace it.

mod zone;

use core::fmt;
use std::rc::Rc;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone as _, Utc};

use engine::timeline::Wall;
pub use zone::Zone;

/// The time zone of this computer. It is read once and kept until [`local_offset_anew`] reads it again.
pub fn zone() -> Rc<Zone> {
    zone::zone()
}

/// Seconds by which local time is ahead of UTC at `unix`, by TZ or by the system's own setting.
pub fn local_offset(unix: i64) -> i32 {
    match platform::clock::local_offset(unix) {
        Some(offset) if std::env::var_os("TZ").is_none() => offset,
        Some(_) | None => zone().offset(unix),
    }
}

/// As [`local_offset`], after reading the zone again: people travel while the program runs.
pub fn local_offset_anew(unix: i64) -> i32 {
    zone::forget();
    local_offset(unix)
}

/// `offset`, in seconds, as `+01:00`, cut to whole minutes.
pub fn offset_words(offset: i32) -> String {
    let minutes = offset.unsigned_abs() / 60;
    format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

/// `2026-11-22T19:30:00+01:00`. The offset is cut to whole minutes.
pub fn rfc3339(wall: Wall) -> String {
    local(wall).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The wall clock time that `text` names; None if it names none.
pub fn parse_rfc3339(text: &str) -> Option<Wall> {
    let parsed = DateTime::parse_from_rfc3339(text).ok()?;
    Some(Wall { unix: parsed.timestamp(), offset: parsed.offset().local_minus_utc() })
}

/// The wall clock time of a local date (year, month, day), time of day (hour, minute, second) and offset in minutes. A
/// leap second counts as the second before it.
pub fn wall_of((year, month, day): (u16, u8, u8), (hour, minute, second): (u8, u8, u8), offset: i16) -> Option<Wall> {
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    let local = date.and_hms_opt(hour.into(), minute.into(), second.min(59).into())?;
    let offset = FixedOffset::east_opt(i32::from(offset) * 60)?.local_minus_utc();
    Some(Wall { unix: local.and_utc().timestamp() - i64::from(offset), offset })
}

/// `20261122T183000Z`.
pub fn compact_timestamp(unix: i64) -> String {
    local(Wall { unix, offset: 0 }).format("%Y%m%dT%H%M%SZ").to_string()
}

/// The local wall clock time of the instant in a name such as `20261122T183000Z`.
pub fn parse_compact_timestamp(text: &str) -> Option<Wall> {
    let unix = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").ok()?.and_utc().timestamp();
    Some(Wall { unix, offset: local_offset(unix) })
}

/// The local year.
pub fn year(wall: Wall) -> i32 {
    local(wall).year()
}

/// `wall` as `Sat 22 Nov 19:30`, with the year where that is not the year of `now`.
pub fn day_and_time(wall: Wall, now: Wall) -> String {
    let day = Date::of(wall);
    format!("{} {}", day.words_seen_from(Date::of(now)), local(wall).format("%H:%M"))
}

/// The local day `days_after` days after that of `wall`, as `Sat 22 Nov`, with the year where that is another one.
pub fn day_words(wall: Wall, days_after: i64) -> String {
    let today = Date::of(wall);
    today.plus_days(days_after).words_seen_from(today)
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The local day of `wall`.
    pub fn of(wall: Wall) -> Date {
        Date(local(wall).date_naive())
    }

    /// The day that `text` names, written as `2026-11-22`; None if it names none.
    pub fn parse(text: &str) -> Option<Date> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Date);
        // chrono would also accept signs, blanks and single digits.
        date.filter(|date| date.to_string() == text)
    }

    /// Local noon of this day. Every day has a noon, since clocks are changed at night.
    pub fn noon(self) -> Wall {
        const NOON: i64 = 12 * 3_600;
        let unix = self.days_since(Date(NaiveDate::default())).saturating_mul(86_400).saturating_add(NOON);
        // The offset at noon depends on the instant, which depends on the offset: a second round settles an instant on
        // the far side of a change.
        let near = unix.saturating_sub(i64::from(local_offset(unix)));
        let offset = local_offset(near);
        Wall { unix: unix.saturating_sub(i64::from(offset)), offset }
    }

    /// The day `days` days later, or earlier if negative. A day that no calendar has stays the same.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Date {
        let span = chrono::TimeDelta::try_days(days);
        Date(span.and_then(|span| self.0.checked_add_signed(span)).unwrap_or(self.0))
    }

    /// Days from `earlier` to this day; negative if `earlier` is the later one.
    pub fn days_since(self, earlier: Date) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// `Sat 22 Nov`, with the year where that is not the year of `today`: without it, whoever reads takes it for this one.
    pub fn words_seen_from(self, today: Date) -> String {
        if self.0.year() == today.0.year() { self.0.format("%a %-d %b").to_string() } else { self.words_with_year() }
    }

    /// `22 Nov 2026`.
    pub fn plain_words(self) -> String {
        self.0.format("%-d %b %Y").to_string()
    }

    /// `Sat 22 Nov 2026`, for where the context does not tell the year.
    pub fn words_with_year(self) -> String {
        self.0.format("%a %-d %b %Y").to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.format("%Y-%m-%d"))
    }
}

fn local(wall: Wall) -> DateTime<FixedOffset> {
    let instant = Utc.timestamp_opt(wall.unix, 0).single().unwrap_or_default();
    match FixedOffset::east_opt(wall.offset / 60 * 60) {
        Some(offset) => instant.with_timezone(&offset),
        None => instant.fixed_offset(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENING: Wall = Wall { unix: 1_795_372_200, offset: 3_600 };

    #[test]
    fn an_instant_is_written_and_read_back() {
        assert_eq!(rfc3339(EVENING), "2026-11-22T19:30:00+01:00");
        assert_eq!(parse_rfc3339("2026-11-22T19:30:00+01:00"), Some(EVENING));
        assert_eq!(compact_timestamp(EVENING.unix), "20261122T183000Z");
        assert_eq!(day_and_time(EVENING, EVENING), "Sun 22 Nov 19:30");
    }

    #[test]
    fn days_are_local_calendar_days() {
        let before_midnight = Wall { unix: EVENING.unix + 4 * 3_600, offset: 3_600 };
        let after_midnight = Wall { unix: EVENING.unix + 5 * 3_600, offset: 3_600 };
        assert_eq!(Date::of(after_midnight).days_since(Date::of(before_midnight)), 1);
        assert_eq!(day_words(EVENING, 28), "Sun 20 Dec");
        let leap = Date::parse("2028-02-28").unwrap();
        assert_eq!(leap.plus_days(1).to_string(), "2028-02-29");
        assert_eq!(leap.plus_days(i64::MAX), leap);
        assert_eq!(leap.plus_days(1).words_with_year(), "Tue 29 Feb 2028");
    }

    #[test]
    fn a_day_of_23_or_25_hours_is_one_day() {
        // Berlin, spring and autumn of 2026: the offset changes in the night between the two evenings.
        for (evening, before, after) in [(1_774_722_600, 3_600, 7_200), (1_792_863_000, 7_200, 3_600)] {
            let first = Wall { unix: evening, offset: before };
            let second = Wall { unix: evening + 86_400 - i64::from(after - before), offset: after };
            assert_eq!(first.hour_and_minute(), second.hour_and_minute());
            assert_eq!(Date::of(second).days_since(Date::of(first)), 1, "{}", rfc3339(first));
        }
    }

    #[test]
    fn one_time_of_day_that_comes_twice_stays_two_instants() {
        let summer = Wall { unix: 1_792_888_200, offset: 7_200 };
        let winter = Wall { unix: summer.unix + 3_600, offset: 3_600 };
        assert_eq!(day_and_time(summer, summer), day_and_time(winter, summer));
        for wall in [summer, winter] {
            assert_eq!(parse_rfc3339(&rfc3339(wall)), Some(wall));
        }
    }

    #[test]
    fn instants_that_no_calendar_has_do_no_harm() {
        for unix in [i64::MIN, i64::MAX] {
            for offset in [i32::MIN, 0, i32::MAX] {
                let wall = Wall { unix, offset };
                let _ = (rfc3339(wall), day_and_time(wall, EVENING), year(wall), Date::of(wall).plus_days(i64::MIN));
            }
            let _ = (compact_timestamp(unix), local_offset(unix));
        }
        assert_eq!(parse_rfc3339("2026-02-29T00:00:00Z"), None);
        for wrong in ["2026-11-31", "2026-1-2", "+2026-11-22", " 2026-11-22", "12026-11-22", ""] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }
}
