//! Only this module reads clocks. Everything else has time as an argument.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};

use crate::clock::Reading;

pub(crate) fn read() -> Reading {
    Reading { awake: seconds_of(ClockId::Monotonic), boot: boot(), unix: unix() }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot() -> Option<Duration> {
    Some(seconds_of(ClockId::Boottime))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn boot() -> Option<Duration> {
    None
}

pub(crate) fn boot_id() -> Option<String> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

fn seconds_of(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    let part = |value: i64| u64::try_from(value).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

#[expect(clippy::disallowed_methods, reason = "only this module reads clocks")]
fn unix() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(not(target_os = "android"))]
pub(crate) fn local_offset(_: i64) -> Option<i32> {
    None
}

#[cfg(target_os = "android")]
pub(crate) fn local_offset(unix: i64) -> Option<i32> {
    use chrono::{Offset as _, TimeZone as _};

    let local = chrono::Local.timestamp_opt(unix, 0).single();
    Some(local.map_or(0, |instant| instant.offset().fix().local_minus_utc()))
}
