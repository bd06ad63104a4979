//! Downtime: how long nothing ran between the last entry of an interrupted session and now.

use core::time::Duration;

use super::entry::RecordedEntry;
use super::reading::Reading;
use engine::session::{Away, Event};
use engine::timeline::{Boot, Wall};

/// Two clocks agree if they differ by at most this; wall clock timestamps are whole seconds.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(2);
/// Timestamps are cut to whole seconds, so the span between two of them can be wrong by this much either way.
const ROUNDING: Duration = Duration::from_secs(1);
/// The wall clock alone is not believed for a longer span than this, in seconds.
const LONGEST_BELIEVED_SECONDS: u64 = 24 * 60 * 60;

/// The downtime from the last entry of `reading` to `wall`, checked against `boot`, the current boot.
///
/// Within one boot, both clocks are compared. If they differ, the shorter span counts as time in the liquid, and the
/// longer one as time standing still. If the system names no boot, only the wall clock is left. It is not believed if
/// it went back, if it advanced by more than a day, or if the computer has been up for longer than it says. After
/// another boot, the session may also have stood still while the computer was off, so the wall clock gives only the
/// least span; if the session `stands_still` meanwhile, nothing is believed.
pub fn downtime(reading: &Reading, stands_still: bool, wall: Wall, boot: Option<&Boot>) -> Away {
    let written = reading.entries.last().map_or(reading.header.started, |entry| entry.at);
    let by_wall = wall.seconds_since(written.wall());
    match (boot_of_last_entry(reading), boot) {
        (Some(then), Some(now)) if then.id == now.id && then.up <= now.up => {
            same_boot(now.up.saturating_sub(then.up), by_wall)
        }
        (Some(_), Some(_)) if stands_still => Away::Unknown,
        (Some(_), Some(now)) => match by_the_wall(by_wall, now.up) {
            Away::For { least, most } => {
                Away::For { least, most: most.max(Duration::from_secs(LONGEST_BELIEVED_SECONDS)) }
            }
            Away::Unknown => Away::Unknown,
        },
        (None, _) | (_, None) => by_the_wall(by_wall, boot.map_or(Duration::ZERO, |boot| boot.up)),
    }
}

fn same_boot(by_boot: Duration, by_wall: i64) -> Away {
    let by_wall = Duration::from_secs(u64::try_from(by_wall).unwrap_or(0));
    if by_boot.abs_diff(by_wall) <= CLOCK_TOLERANCE {
        Away::For { least: by_boot, most: by_boot }
    } else {
        Away::For { least: by_boot.min(by_wall), most: by_boot.max(by_wall) }
    }
}

fn by_the_wall(by_wall: i64, up: Duration) -> Away {
    match u64::try_from(by_wall) {
        Ok(seconds) if seconds <= LONGEST_BELIEVED_SECONDS && up <= Duration::from_secs(seconds) + CLOCK_TOLERANCE => {
            let span = Duration::from_secs(seconds);
            Away::For { least: span.saturating_sub(ROUNDING), most: span + ROUNDING }
        }
        _ => Away::Unknown,
    }
}

/// The boot in which the last entry was written, and its uptime then. The session's timeline stops while the computer
/// sleeps, so time asleep is added.
fn boot_of_last_entry(reading: &Reading) -> Option<Boot> {
    let header = &reading.header;
    let of_header = header.boot.clone().zip(header.boot_ms);
    let mut known = of_header.map(|(id, up)| (Boot { id, up: Duration::from_millis(up) }, 0));
    for RecordedEntry { event, t, .. } in &reading.entries {
        match (event, &mut known) {
            (Event::Resumed { boot, .. }, known) => *known = boot.clone().map(|boot| (boot, *t)),
            (Event::Slept { span }, Some((boot, _))) => boot.up = boot.up.saturating_add(*span),
            _ => {}
        }
    }
    let t = reading.entries.last().map_or(0, |entry| entry.t);
    known.map(|(Boot { id, up }, from)| Boot { id, up: up + Duration::from_millis(t.saturating_sub(from)) })
}
