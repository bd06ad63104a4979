//! Days in the words of the calendar, with no break between a number and its month.

use super::Scene;
use engine::timeline::Wall;
use store::calendar;

/// The local day `days_after` days after `wall`, as `Sat 22 Nov`, with the year where that is another one.
pub(super) fn day_words(wall: Wall, days_after: i64) -> String {
    tied(&calendar::day_words(wall, days_after))
}

/// `wall` as `Sat 22 Nov 19:30`, with the year where that is another one.
pub(super) fn day_and_time(wall: Wall, now: Wall) -> String {
    tied(&calendar::day_and_time(wall, now))
}

/// The day that a wait is over, and how long that is: "Wed 26 May 2027, in 6 months".
pub(super) fn day_ahead(scene: &Scene, days: u32) -> String {
    scene.joined([day_words(scene.now.wall, days.into()), scene.span_ahead(days)])
}

fn tied(date: &str) -> String {
    let mut words = date.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(weekday), Some(day), Some(month)) => format!("{weekday} {day}\u{a0}{month}"),
        _ => date.to_owned(),
    }
}
