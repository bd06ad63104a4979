//! Dates and times as files hold them: date-times with an offset for what happened, plain dates for what was bought.

use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::value::{Datetime, Offset};

use crate::calendar::{parse_rfc3339, rfc3339, wall_of};
use engine::timeline::Wall;

/// A wall clock time in a file, with its offset, so that the local day can be told years later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp(Wall);

impl Timestamp {
    /// `wall` as a file can hold it: whole seconds, the offset in whole minutes. A clock beyond the year 9999 stands
    /// at the beginning of 1970, since a file with a date that cannot be read would be worth less.
    pub fn of(wall: Wall) -> Timestamp {
        Timestamp(parse_rfc3339(&rfc3339(wall)).unwrap_or_default())
    }

    /// As the file holds it: `2026-11-22T19:30:00+01:00`.
    pub fn text(self) -> String {
        rfc3339(self.0)
    }

    /// The wall time.
    pub fn wall(self) -> Wall {
        self.0
    }

    /// The local day.
    pub fn day(self) -> Option<Day> {
        Day::parse(self.text().get(..10)?)
    }

    /// `2026-11-22 19:30`, local.
    pub fn local_minute(self) -> String {
        let text = self.text();
        format!("{} {}", text.get(..10).unwrap_or_default(), text.get(11..16).unwrap_or_default())
    }

    /// The local time of day, as `19:30:04`.
    pub fn local_second(self) -> String {
        self.text().get(11..19).unwrap_or_default().to_owned()
    }
}

/// The earlier one is the lesser, wherever on earth it was written down.
impl Ord for Timestamp {
    fn cmp(&self, other: &Timestamp) -> core::cmp::Ordering {
        (self.0.unix, self.0.offset).cmp(&(other.0.unix, other.0.offset))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Timestamp) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let read = Datetime::deserialize(deserializer)?;
        wall(read).map(Timestamp).ok_or_else(|| D::Error::custom("a date and time with its offset is needed"))
    }
}

fn wall(read: Datetime) -> Option<Wall> {
    let Datetime { date: Some(date), time: Some(time), offset: Some(offset) } = read else { return None };
    let minutes = match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => minutes,
    };
    wall_of((date.year, date.month, date.day), (time.hour, time.minute, time.second?), minutes)
}

/// A calendar day, written `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day that `text` names; None when there is no such day.
    pub fn parse(text: &str) -> Option<Day> {
        let date = text.parse::<Datetime>().ok()?;
        match date {
            Datetime { date: Some(date), time: None, offset: None } => {
                Some(Day { year: date.year, month: date.month, day: date.day })
            }
            Datetime { .. } => None,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = Datetime::deserialize(deserializer)?.to_string();
        Day::parse(&text).ok_or_else(|| D::Error::custom("a date without a time is needed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_of_the_calendar() {
        assert_eq!(Day::parse("2028-02-29").map(|day| day.to_string()).as_deref(), Some("2028-02-29"));
        for wrong in ["2026-02-29", "2026-13-01", "22 Nov", "2026-11-22T10:00:00Z", ""] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_clock_makes_a_file_unreadable() {
        for unix in [i64::MIN, -62_135_596_801, -1, 253_402_300_800, i64::MAX] {
            for offset in [i32::MIN, -3_601, 59, 86_400, i32::MAX] {
                let text = Timestamp::of(Wall { unix, offset }).text();
                assert!(text.parse::<Datetime>().is_ok() && parse_rfc3339(&text).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn the_day_of_a_stamp_is_the_local_one() {
        let timestamp = Timestamp::of(Wall { unix: 1_795_388_400, offset: 7_200 });
        assert_eq!(timestamp.local_minute(), "2026-11-23 01:00");
        assert_eq!(timestamp.day(), Day::parse("2026-11-23"));
    }
}
