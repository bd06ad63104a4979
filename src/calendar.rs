//! Stand-in for the calendar room: wall times as RFC 3339 text. Replaced by the real room when that is merged.

use chrono::{DateTime, Datelike, FixedOffset, TimeZone, Utc};

use crate::timeline::Wall;

/// `2026-11-22T19:30:00+01:00`. The offset is cut to whole minutes.
pub fn rfc3339(wall: Wall) -> String {
    local(wall).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The wall time that `text` names.
pub fn parse_rfc3339(text: &str) -> Option<Wall> {
    let parsed = DateTime::parse_from_rfc3339(text).ok()?;
    Some(Wall { unix: parsed.timestamp(), offset: parsed.offset().local_minus_utc() })
}

/// `20261122T183000Z`.
pub fn file_stamp(unix: i64) -> String {
    local(Wall { unix, offset: 0 }).format("%Y%m%dT%H%M%SZ").to_string()
}

/// The local year.
pub fn year(wall: Wall) -> i32 {
    local(wall).year()
}

fn local(wall: Wall) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(wall.offset / 60 * 60);
    let instant = Utc.timestamp_opt(wall.unix, 0).single().unwrap_or_default();
    match offset {
        Some(offset) => instant.with_timezone(&offset),
        None => instant.fixed_offset(),
    }
}
