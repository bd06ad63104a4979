//! Days in the words of the calendar, with no break between a number and its month.

use engine::timeline::Wall;
use store::calendar;

/// The local day `days_after` days after `wall`, as `Sat 22 Nov`.
pub(super) fn day_words(wall: Wall, days_after: i64) -> String {
    tied(&calendar::day_words(wall, days_after))
}

/// `wall` as `Sat 22 Nov 19:30`.
pub(super) fn day_and_time(wall: Wall) -> String {
    tied(&calendar::day_and_time(wall))
}

fn tied(date: &str) -> String {
    let mut words = date.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(weekday), Some(day), Some(month)) => format!("{weekday} {day}\u{a0}{month}"),
        _ => date.to_owned(),
    }
}
