//! From readings of the clocks to the present, and to the gaps before it.

use core::time::Duration;

use engine::timeline::{Boot, Moment, Now, Wall};
use platform::clock::{self, Reading};
use store::calendar::local_offset_anew;

/// A difference between the clocks above this means that the computer slept.
pub const GAP: Duration = Duration::from_secs(2);
/// Waking this late means that the program could not run. While something counts it asks to be woken each second,
/// so that two seconds without it are always noticed, and one never is: within one nobody stops rolling, and the drum
/// was on the skin.
pub const LATE: Duration = Duration::from_secs(1);
/// Time zones change their offset on a quarter of an hour, if at all.
const OFFSET_HOLDS: i64 = 900;

/// Time that passed otherwise than on the session's time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The computer slept for this long.
    Slept(Duration),
    /// The program could not run, and may not have for this long: since it was awake before, nobody saw a thing.
    Stalled(Duration),
}

/// Which boot of the computer this is and how long ago it was at `reading`, where the system says so.
pub fn this_boot(reading: &Reading) -> Option<Boot> {
    let id = clock::boot_id()?;
    // Whole milliseconds, as the record keeps them.
    let up = u64::try_from(reading.boot?.as_millis()).map(Duration::from_millis).ok()?;
    Some(Boot { id, up })
}

/// Turns successive readings into the present and the gaps before it.
#[derive(Debug, Clone)]
pub struct ClockSampler {
    origin: Duration,
    last: Reading,
    offset_at: i64,
    offset: i32,
    local_offset: fn(i64) -> i32,
}

impl ClockSampler {
    /// The time line begins with `first`.
    pub fn new(first: Reading) -> ClockSampler {
        ClockSampler::with_offsets(first, local_offset_anew)
    }

    /// As [`ClockSampler::new`], with another source of time-zone offsets.
    pub fn with_offsets(first: Reading, local_offset: fn(i64) -> i32) -> ClockSampler {
        let offset = local_offset(first.unix);
        ClockSampler {
            origin: first.awake,
            last: first,
            offset_at: first.unix.div_euclid(OFFSET_HOLDS),
            offset,
            local_offset,
        }
    }

    /// Where `reading` stands on the time line.
    pub fn moment(&self, reading: Reading) -> Moment {
        // Whole milliseconds, as the record keeps them: a replay must meet the very same moments.
        let since = reading.awake.saturating_sub(self.origin);
        Moment::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// The present at `reading`. `asked` is the moment for which the program had asked to be woken.
    pub fn sample(&mut self, reading: Reading, asked: Option<Moment>) -> (Now, Option<Gap>) {
        let quarter = reading.unix.div_euclid(OFFSET_HOLDS);
        if quarter != self.offset_at {
            self.offset_at = quarter;
            self.offset = (self.local_offset)(reading.unix);
        }
        let moment = self.moment(reading);
        let slept = slept(self.last, reading);
        let late = asked.map_or(Duration::ZERO, |asked| moment.since(asked));
        let unseen = moment.since(self.moment(self.last));
        self.last = reading;
        let gap = if slept > GAP {
            Some(Gap::Slept(slept))
        } else if late >= LATE {
            Some(Gap::Stalled(unseen))
        } else {
            None
        };
        (Now { moment, wall: Wall { unix: reading.unix, offset: self.offset } }, gap)
    }
}

/// Time asleep between two readings. Where a clock runs on through sleep, it alone is believed: the wall clock may
/// have been set. Elsewhere the wall clock is the only witness; a step of it pauses once too often rather than once
/// too seldom.
fn slept(before: Reading, after: Reading) -> Duration {
    let awake = after.awake.saturating_sub(before.awake);
    match (before.boot, after.boot) {
        (Some(before), Some(after)) => after.saturating_sub(before).saturating_sub(awake),
        _ => {
            let wall = u64::try_from(after.unix.saturating_sub(before.unix)).unwrap_or(0);
            // Whole seconds of the wall clock are cut off, so one of them proves nothing.
            Duration::from_secs(wall).saturating_sub(awake).saturating_sub(Duration::from_secs(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(awake: u64, boot: Option<u64>, unix: i64) -> Reading {
        Reading { awake: Duration::from_secs(awake), boot: boot.map(Duration::from_secs), unix }
    }

    fn clock(first: Reading) -> ClockSampler {
        ClockSampler::with_offsets(first, |_| 3_600)
    }

    #[test]
    fn sleep_is_what_the_clock_through_sleep_has_more() {
        let mut clock = clock(reading(100, Some(500), 1_000));
        let (now, gap) = clock.sample(reading(110, Some(810), 1_310), Some(Moment::from_millis(10_000)));
        assert_eq!(gap, Some(Gap::Slept(Duration::from_secs(300))));
        assert_eq!(now.moment, Moment::from_millis(10_000));
        assert_eq!(now.wall, Wall { unix: 1_310, offset: 3_600 });
    }

    #[test]
    fn setting_the_wall_clock_is_no_sleep() {
        let mut clock = clock(reading(100, Some(500), 1_000));
        for unix in [1_001 + 3_600, 1_002 - 3_600, 0, i64::MAX, i64::MIN] {
            assert_eq!(clock.sample(reading(101, Some(501), unix), None).1, None, "{unix}");
        }
    }

    #[test]
    fn without_such_a_clock_the_wall_clock_is_the_witness() {
        let mut clock = clock(reading(100, None, 1_000));
        assert_eq!(clock.sample(reading(101, None, 1_002), None).1, None, "part of a second proves nothing");
        assert_eq!(clock.sample(reading(102, None, 1_603), None).1, Some(Gap::Slept(Duration::from_secs(599))));
    }

    #[test]
    fn waking_late_is_a_stall() {
        let mut clock = clock(reading(100, Some(100), 1_000));
        assert_eq!(clock.sample(reading(102, Some(102), 1_002), Some(Moment::from_millis(1_001))).1, None);
        let late = clock.sample(reading(112, Some(112), 1_012), Some(Moment::from_millis(3_000))).1;
        assert_eq!(late, Some(Gap::Stalled(Duration::from_secs(10))), "since it was awake before");
    }

    #[test]
    fn clocks_that_jump_back_do_no_harm() {
        let mut clock = clock(reading(100, Some(100), 1_000));
        let (now, gap) = clock.sample(reading(50, Some(20), 10), None);
        assert_eq!((now.moment, gap), (Moment::ZERO, None));
    }
}
