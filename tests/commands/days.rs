//! The arithmetic of intervals and courses, across leap days, changes of the clock and time zones.

use std::sync::LazyLock;
use std::time::Duration;

use dermaroll::content::built_in;
use engine::protocol::{Kind, Protocol, Section};
use engine::timeline::Wall;
use proptest::prelude::*;
use store::calendar::Date;
use store::record::{History, ManualEntry, Past, Timestamp, Totals, read};
use store::startup::DueState;
use store::startup::IntervalStatus;

use crate::support::home::Home;

/// From 1971 to 2099, in seconds.
const INSTANTS: std::ops::Range<i64> = 31_536_000..4_100_000_000;

/// Any offset that a place on earth has, in seconds.
fn offset() -> impl Strategy<Value = i32> {
    (-48..=56).prop_map(|quarters| quarters * 900)
}

/// One session that counts; when it began is nobody's business here.
static COUNTED: LazyLock<Past> = LazyLock::new(|| {
    let root = tempfile::tempdir().unwrap();
    let sections = Section::ALL.into_iter().collect();
    let manual_entry = ManualEntry { began: Wall::default(), roller: None, sections, felt: None, note: None };
    let path = manual_entry.enter(root.path(), Wall::default()).unwrap();
    Past::of(&path, &read(&path).unwrap())
});

/// A history of sessions that began then, the newest first.
fn history(began: impl IntoIterator<Item = Wall>) -> History {
    let past = |began| Past { started: Timestamp::of(began), ..COUNTED.clone() };
    History { past: began.into_iter().map(past).collect(), uncounted: Vec::new(), remnants: Vec::new() }
}

fn status(history: &History, protocol: &Protocol, interval: u32, now: Wall) -> IntervalStatus {
    IntervalStatus::of(&Totals::of(history), protocol, interval, now, |_| false)
}

/// The number of the local day since 1970, by division alone.
fn day_number(wall: Wall) -> i64 {
    (wall.unix + i64::from(wall.offset)).div_euclid(86_400)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn days_between_are_those_of_the_two_local_calendars(
        began in INSTANTS, there in offset(), later in 0_i64..40_000_000, here in offset(), interval in 7_u32..=365,
    ) {
        let protocol = built_in(Kind::Session).unwrap();
        let (began, now) = (Wall { unix: began, offset: there }, Wall { unix: began + later, offset: here });
        let status = status(&history([began]), &protocol, interval, now);
        let days = day_number(now) - day_number(began);
        prop_assert_eq!(status.days_ago, Some(days));
        let (in_days, possible_in) = (i64::from(interval) - days, 7 - days);
        let expected = match () {
            () if in_days <= 0 => DueState::Due,
            () if possible_in > 0 => DueState::TooSoon { in_days, possible_in },
            () => DueState::NotYet { in_days },
        };
        prop_assert_eq!(status.due, expected);
        prop_assert_eq!(status.course_done, 1);
    }

    #[test]
    fn the_interval_is_over_on_its_very_day_and_stays_over(
        began in INSTANTS, place in offset(), changed in -1_i32..=1, interval in 7_u32..=365, minute in 0_i64..1_440,
    ) {
        let protocol = built_in(Kind::Session).unwrap();
        let began = Wall { unix: began, offset: place };
        let history = history([began]);
        // The clocks may have been changed in between: any minute of the day counts by the local calendar.
        let offset = place + changed * 3_600;
        let at = |day: i64| Wall { unix: day * 86_400 + minute * 60 - i64::from(offset), offset };
        let opens = day_number(began) + i64::from(interval);
        let due = |day: i64| status(&history, &protocol, interval, at(day)).due == DueState::Due;
        prop_assert!(!due(opens - 1));
        prop_assert!((0..400).all(|more| due(opens + more)));
        let date = Date::of(began).plus_days(i64::from(interval));
        prop_assert_eq!(date, Date::of(at(opens)), "the date that is told is the day on which it opens");
    }

    #[test]
    fn the_earliest_day_is_the_seventh(began in INSTANTS, place in offset(), interval in 7_u32..=365, day in -40_i64..40) {
        let protocol = built_in(Kind::Session).unwrap();
        let began = Wall { unix: began, offset: place };
        let now = Wall { unix: began.unix + day * 86_400, offset: place };
        let due = status(&history([began]), &protocol, interval, now).due;
        prop_assert_eq!(matches!(due, DueState::TooSoon { .. }), day < 7);
    }

    #[test]
    fn a_noon_is_on_its_day_by_this_machines_clock(day in 1_i64..47_000) {
        let date = Date::parse("1970-01-01").unwrap().plus_days(day);
        let noon = date.noon();
        prop_assert_eq!(Date::of(noon), date);
        prop_assert_eq!(noon.hour_and_minute(), (12, 0));
    }

    #[test]
    fn a_course_counts_to_four_and_begins_anew(count in 0_u32..14, began in INSTANTS) {
        let protocol = built_in(Kind::Session).unwrap();
        let first = Wall { unix: began, offset: 0 };
        let days = (0..count).rev().map(|number| first.plus(Duration::from_secs(u64::from(number) * 30 * 86_400)));
        let history = history(days);
        let status = status(&history, &protocol, 28, first.plus(Duration::from_secs(400_000_000)));
        prop_assert_eq!(status.course_done, count % 4);
        prop_assert_eq!(status.due, DueState::Due);
        prop_assert_eq!(status.days_ago.is_none(), count == 0);
    }
}

/// Far east and west, half hours, and changes of the clock on both sides of the equator.
const ZONES: [&str; 7] = [
    "UTC0",
    "TEST-14",
    "TEST12",
    "TEST-5:45",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "PST8PDT,M3.2.0,M11.1.0",
];

#[test]
fn a_day_from_paper_stays_that_day_in_every_zone() {
    let days = ["2024-02-29", "2026-01-01", "2025-12-31", "2026-03-29", "2026-10-25", "2026-04-05", "2025-11-02"];
    for zone in ZONES {
        let home = Home::new();
        for day in days {
            let said = home.run_in(zone, &["log", day]);
            assert_eq!((said.status, said.err.as_str()), (0, ""), "{zone} {day}");
            let id = home.id_of(day);
            let path = home.data().join("sessions").join(&day[..4]).join(format!("{id}.toml"));
            assert!(path.is_file(), "{zone}: {} is in the folder of its local year", path.display());
            let shown = home.run_in("UTC0", &["show", &id]).done();
            assert!(shown.contains(&format!("\n{day}, entered ")), "{zone}: {shown}");
        }
        let json = home.run_in("UTC0", &["due", "--json"]).out;
        assert!(json.contains("\"last\": \"2026-10-25\""), "{zone}: {json}");
    }
}
