//! Time as a value. Nothing here reads a clock: the present is an argument.

use alloc::format;
use alloc::string::String;

use core::time::Duration;

use serde::{Deserialize, Serialize};

/// Time since the session began, on its own time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(Duration);

impl Moment {
    /// When the session began.
    pub const ZERO: Moment = Moment(Duration::ZERO);

    /// `millis` milliseconds after the session began.
    pub const fn from_millis(millis: u64) -> Moment {
        Moment(Duration::from_millis(millis))
    }

    /// Whole milliseconds since the session began.
    pub fn millis(self) -> u64 {
        u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX)
    }

    /// The moment `span` later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Moment {
        Moment(self.0.saturating_add(span))
    }

    /// The moment `span` earlier, not before the session began.
    #[must_use]
    pub fn minus(self, span: Duration) -> Moment {
        Moment(self.0.saturating_sub(span))
    }

    /// Time from `earlier` to this moment; zero when `earlier` is the later one.
    pub fn since(self, earlier: Moment) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// The wall clock, for timestamps and the time of day. While a session runs, no rule measures a span with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Wall {
    /// Seconds since 1970 in UTC.
    pub unix: i64,
    /// Seconds by which local time was ahead of UTC.
    pub offset: i32,
}

impl Wall {
    /// Hour and minute of the local day.
    pub fn hour_and_minute(self) -> (u8, u8) {
        let second_of_day = self.unix.saturating_add(i64::from(self.offset)).rem_euclid(86_400);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        (part(second_of_day / 3600), part(second_of_day / 60 % 60))
    }

    /// The time of day, as `19:46`.
    pub fn time_of_day(self) -> String {
        let (hour, minute) = self.hour_and_minute();
        format!("{hour:02}:{minute:02}")
    }

    /// Second of the local minute, 0 to 59.
    pub fn local_second(self) -> u8 {
        let second = self.unix.saturating_add(i64::from(self.offset)).rem_euclid(60);
        u8::try_from(second).unwrap_or(0)
    }

    /// The instant `span` later, at the same offset.
    #[must_use]
    pub fn plus(self, span: Duration) -> Wall {
        let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        Wall { unix: self.unix.saturating_add(seconds), offset: self.offset }
    }

    /// Seconds from `earlier` to this instant; negative when the clock was set back.
    pub fn seconds_since(self, earlier: Wall) -> i64 {
        self.unix.saturating_sub(earlier.unix)
    }
}

/// An instant by the clock that starts when the computer does. The time between two instants of one boot is known even
/// if the computer slept or the wall clock was set.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Boot {
    /// The system's id of this boot.
    #[serde(rename = "boot")]
    pub id: String,
    /// Time since the computer was started, sleep included, in whole milliseconds.
    #[serde(rename = "boot_ms", with = "as_millis")]
    pub up: Duration,
}

/// Whole milliseconds of `span`, at most as many as a signed number of 64 bits holds: that is the largest in a record.
pub fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX).min(i64::MAX.unsigned_abs())
}

/// A span in a record: [`millis`] of it.
pub(crate) mod as_millis {
    use core::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(super::millis(*span))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

/// Spans in a record, as [`as_millis`].
pub(crate) mod all_as_millis {
    use alloc::vec::Vec;
    use core::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(spans: &[Duration], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(spans.iter().map(|span| super::millis(*span)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Duration>, D::Error> {
        Ok(Vec::<u64>::deserialize(deserializer)?.into_iter().map(Duration::from_millis).collect())
    }
}

/// `span` in seconds, rounded up, so that a person who waits that long has not waited too little.
pub fn whole_seconds(span: Duration) -> u64 {
    span.as_secs() + u64::from(span.subsec_nanos() > 0)
}

/// The present, by the session's time line and by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Now {
    /// On the session's own time line.
    pub moment: Moment,
    /// On the wall.
    pub wall: Wall,
}

/// A countdown that runs or is halted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Countdown {
    /// It runs.
    Running {
        /// When it is over.
        ends: Moment,
    },
    /// It is halted.
    Paused {
        /// What is left.
        left: Duration,
    },
}

impl Countdown {
    /// A countdown of `length` that starts at `at`.
    pub fn start(at: Moment, length: Duration) -> Countdown {
        Countdown::Running { ends: at.plus(length) }
    }

    /// What is left at `now`.
    pub fn left(self, now: Moment) -> Duration {
        match self {
            Countdown::Running { ends } => ends.since(now),
            Countdown::Paused { left } => left,
        }
    }

    /// This countdown, halted at `now`.
    #[must_use]
    pub fn pause(self, now: Moment) -> Countdown {
        Countdown::Paused { left: self.left(now) }
    }

    /// This countdown, going on from `now`; one that runs is unchanged.
    #[must_use]
    pub fn go_on(self, now: Moment) -> Countdown {
        match self {
            Countdown::Running { .. } => self,
            Countdown::Paused { left } => Countdown::start(now, left),
        }
    }

    /// When it runs out, unless it is halted.
    pub fn deadline(self) -> Option<Moment> {
        match self {
            Countdown::Running { ends } => Some(ends),
            Countdown::Paused { .. } => None,
        }
    }

    /// Whether nothing is left at `now`.
    pub fn is_over(self, now: Moment) -> bool {
        self.left(now).is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_keeps_what_is_left() {
        let running = Countdown::start(Moment::from_millis(1_000), Duration::from_secs(8));
        let paused = running.pause(Moment::from_millis(4_000));
        assert_eq!(paused.left(Moment::from_millis(60_000)), Duration::from_secs(5));
        assert_eq!(paused.deadline(), None);
        assert_eq!(paused.go_on(Moment::from_millis(60_000)).deadline(), Some(Moment::from_millis(65_000)));
    }

    #[test]
    fn clocks_at_their_ends_do_not_overflow() {
        assert_eq!(Moment::from_millis(u64::MAX).plus(Duration::MAX).since(Moment::ZERO), Duration::MAX);
        let wall = Wall { unix: i64::MAX, offset: 7_200 };
        assert_eq!(wall.plus(Duration::MAX).unix, i64::MAX);
        let _ = wall.hour_and_minute();
        let _ = Wall { unix: i64::MIN, offset: -7_200 }.hour_and_minute();
    }

    #[test]
    fn the_time_of_day_is_local() {
        assert_eq!(Wall { unix: 0, offset: 3_600 }.hour_and_minute(), (1, 0));
        assert_eq!(Wall { unix: -60, offset: 0 }.hour_and_minute(), (23, 59));
    }
}
