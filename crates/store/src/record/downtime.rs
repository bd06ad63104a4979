//! For how long nothing ran: from the last entry of an unfinished session to now, by the clocks of both moments.

use core::time::Duration;

use super::entry::RecordedEntry;
use super::reading::Reading;
use engine::session::{Away, Event};
use engine::timeline::{Boot, Wall};

/// Clocks that differ by no more than this agree. Stamps of the wall clock are whole seconds.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(2);
/// Stamps are cut to whole seconds, so that the span between two of them is off by up to this much either way.
const ROUNDING: Duration = Duration::from_secs(1);
/// A span of more seconds than this is not believed of the wall clock alone.
const LONGEST_BELIEVED_SECONDS: u64 = 24 * 60 * 60;

/// How long after the last entry of `reading` it is now, by the wall clock and by the present boot.
///
/// Within one boot both clocks are asked; where they differ, the roller was in the liquid for the shorter span and the
/// session stood still for the longer one. Where the system names no boot the wall clock alone is left. It is doubtful
/// when it went back, when it went on for more than a day, or when the computer has been up for longer than it says.
/// After another boot it may have stood still as well while the computer was off: what it says is the least then, and
/// where the session `stands_still` meanwhile nothing is believed.
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

/// The boot in which the last entry was written, and how long it had been up then: the session's time line stops while
/// the computer sleeps, so what it slept is added.
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
