//! What still holds of the aftercare, and whether the last session ended with something that a doctor may have to see.

use crate::calendar::local_offset;
use crate::record::Past;
use crate::record::header::RecordKind;
use engine::protocol::{Aftercare, Protocol, SignOutItem, StopReason};
use engine::session::Said;
use engine::timeline::Wall;

/// Rolling is never over later than this after the start, in seconds: a record may be closed days later.
const LONGEST_SESSION: i64 = 6 * 3_600;
/// Seconds of a day.
const DAY: u64 = 24 * 3_600;

/// A line of aftercare, and until when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLine {
    /// The instant at which it holds no longer.
    pub until: Wall,
    /// How many calendar days after that of the session it reaches: what counts today, or for less than a whole day, none.
    pub days: u64,
    /// What to do or not to do.
    pub text: String,
}

impl HeldLine {
    /// The lines of `protocol` after a session that ended at `ended`, in the local time of `now`; those first that are
    /// over first.
    pub fn after(ended: Wall, now: Wall, protocol: &Protocol) -> Vec<HeldLine> {
        // The clocks may be changed before a line is over.
        let offset = |unix| now.offset.saturating_add(local_offset(unix).saturating_sub(local_offset(now.unix)));
        HeldLine::in_zone(ended, &protocol.aftercare, offset)
    }

    /// As [`HeldLine::after`], where local time is ahead of UTC by the `offset` of each instant.
    fn in_zone(ended: Wall, lines: &[Aftercare], offset: impl Fn(i64) -> i32) -> Vec<HeldLine> {
        let line = |line: &Aftercare| {
            let unix = ended.unix.saturating_add(i64::try_from(line.lasts.as_secs()).unwrap_or(i64::MAX));
            let days = line.lasts.as_secs() / DAY;
            HeldLine { until: Wall { unix, offset: offset(unix) }, days, text: line.text.clone() }
        };
        let mut lines: Vec<HeldLine> = lines.iter().map(line).collect();
        lines.sort_by_key(|line| line.until.unix);
        lines
    }

    /// Whether it holds at `now`.
    pub fn holds(&self, now: Wall) -> bool {
        now.unix < self.until.unix
    }
}

/// When rolling was over, as far as is known. Of paper only the day is known, so it is the end of that day, or when it was
/// entered, if that was earlier.
pub fn ended(past: &Past) -> Wall {
    let started = past.started.wall();
    let closed = past.closed.unwrap_or(past.started).wall();
    let latest = match past.kind {
        RecordKind::Log => past.day().plus_days(1).noon().unix.saturating_sub(12 * 3_600),
        RecordKind::Session | RecordKind::Check => started.unix.saturating_add(LONGEST_SESSION),
    };
    if closed.unix <= latest { closed } else { Wall { unix: latest, ..started } }
}

/// Whether blood, welts, pain or dizziness was the reason for stopping, was seen afterwards, or was not answered with no
/// at the end.
pub fn was_worrying(past: &Past) -> bool {
    let said = past.sign_out.iter().filter(|row| matches!(row.said, Said::Yes | Said::NotSure));
    let stopped = past.stop_reason.as_deref().is_some_and(|reason| StopReason::ALARMING.contains(&reason));
    stopped
        || past.blood_or_welts
        || said.into_iter().any(|row| SignOutItem::ABOUT_SKIN.contains(&row.question.as_str()))
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    const HOUR: i64 = 3_600;

    fn line(hours: u64) -> Aftercare {
        let lasts = Duration::from_secs(hours * 3_600);
        Aftercare { span: format!("{hours} hours"), lasts, text: format!("for {hours}"), source: String::new() }
    }

    fn lines(ended: Wall, hours: &[u64], offset: impl Fn(i64) -> i32) -> Vec<HeldLine> {
        let lines: Vec<Aftercare> = hours.iter().map(|hours| line(*hours)).collect();
        HeldLine::in_zone(ended, &lines, offset)
    }

    #[test]
    fn a_line_holds_until_its_instant_whatever_the_clocks_say() {
        // Berlin, Sat 28 Mar 2026 19:30, the evening before the clocks go forward, and Sat 24 Oct, before they go back.
        for (ended, change, before, after) in
            [(1_774_722_600, 1_774_746_000, 3_600, 7_200), (1_792_863_000, 1_792_890_000, 7_200, 3_600)]
        {
            let ended = Wall { unix: ended, offset: before };
            let held = lines(ended, &[72, 24], |unix| if unix < change { before } else { after });
            assert_eq!(held.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["for 24", "for 72"]);
            assert_eq!(held[0].until, Wall { unix: ended.unix + 24 * HOUR, offset: after });
            let last = Wall { unix: held[0].until.unix - 1, offset: after };
            assert!(held[0].holds(last) && !held[0].holds(Wall { unix: last.unix + 1, ..last }));
            // The same instant as somebody tells it who has flown to the west meanwhile.
            assert!(held[0].holds(Wall { offset: -36_000, ..last }));
        }
    }

    #[test]
    fn midnight_ends_nothing() {
        let ended = Wall { unix: 1_795_388_100, offset: 3_600 };
        assert_eq!(crate::calendar::day_and_time(ended, ended), "Sun 22 Nov 23:55");
        let held = lines(ended, &[12], |_| 3_600);
        assert!(held[0].holds(Wall { unix: ended.unix + 600, ..ended }));
        assert!(!held[0].holds(Wall { unix: ended.unix + 12 * HOUR, ..ended }));
    }
}
