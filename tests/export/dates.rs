//! The calendar: events that another parser reads, on days that are counted in local calendar days.

use std::time::Duration;

use engine::protocol::Section;
use engine::session::Outcome;
use engine::timeline::Wall;
use icalendar::{Calendar, CalendarComponent, Component as _};
use proptest::prelude::*;
use store::calendar::{Date, rfc3339};
use store::export::{self, Range};
use store::record::read::Depth;
use store::record::{Amendment, ManualEntry, OsDisk, What, amendment};

use crate::export::data_folder::{DataFolder, RecordSpec, calendar, wall};
use crate::support::program::shipped_protocols;

const EXPORTED: &str = "2028-03-01T08:00:00+01:00";

/// Name and day of each event, as icalendar's own parser reads them.
fn read(text: &str) -> Vec<(String, String)> {
    let parsed: Calendar = text.parse().unwrap();
    let mut events = Vec::new();
    for component in &parsed.components {
        let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        let day = |name: &str| {
            let property = &event.properties()[name];
            assert_eq!(property.params()["VALUE"].value(), "DATE");
            let value = property.value();
            Date::parse(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..])).unwrap()
        };
        assert_eq!(day("DTEND").days_since(day("DTSTART")), 1, "one whole day");
        for name in ["DTSTAMP", "SUMMARY", "SEQUENCE", "TRANSP", "CLASS"] {
            assert!(event.property_value(name).is_some(), "{name}");
        }
        events.push((event.property_value("UID").unwrap().to_owned(), day("DTSTART").to_string()));
    }
    events
}

fn holds_to_rfc_5545(text: &str) {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//dermaroll//"), "{text}");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
}

fn exported(started: &'static str, interval: u32) -> Vec<(String, String)> {
    let gathered = DataFolder::with(&[RecordSpec::new("20280101T000000Z-aa01", started)]).gather();
    let text = calendar(&gathered, Range::default(), interval, wall(EXPORTED)).unwrap();
    holds_to_rfc_5545(&text);
    read(&text)
}

fn days(events: &[(String, String)]) -> Vec<&str> {
    events.iter().map(|(_, day)| day.as_str()).collect()
}

#[test]
fn days_are_local_and_go_over_leap_days_and_changes_of_the_clocks() {
    // The last evening before a leap day, and the one after it in a year without.
    assert_eq!(
        days(&exported("2028-02-28T23:30:00+01:00", 28)),
        ["2028-02-29", "2028-03-02", "2028-03-06", "2028-03-27"]
    );
    assert_eq!(
        days(&exported("2027-02-28T23:30:00+01:00", 28)),
        ["2027-03-01", "2027-03-03", "2027-03-07", "2027-03-28"]
    );
    // A day of 25 hours lies between; and a place where the day begins half a day sooner than in UTC.
    assert_eq!(
        days(&exported("2026-10-24T23:59:59+02:00", 7)),
        ["2026-10-25", "2026-10-27", "2026-10-31", "2026-10-31"]
    );
    assert_eq!(days(&exported("2026-12-31T00:10:00+14:00", 365))[..2], ["2027-01-01", "2027-01-03"]);
}

#[test]
fn names_stay_so_that_a_calendar_moves_what_it_has() {
    let first = RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00");
    let second = RecordSpec::new("20260927T183000Z-aa03", "2026-09-27T20:30:00+02:00");
    let text = |specs: &[RecordSpec], interval| {
        calendar(&DataFolder::with(specs).gather(), Range::default(), interval, wall(EXPORTED)).unwrap()
    };
    let names = |text: &str| read(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let (before, after) = (text(std::slice::from_ref(&first), 28), text(&[first, second], 30));
    let next = "next-20260830T180000Z-aa01@dermaroll".to_owned();
    assert!(names(&before).contains(&next) && names(&after).contains(&next));
    assert!(names(&after).contains(&"20260927T183000Z-aa03-day-3@dermaroll".to_owned()));
    // Nothing but the interval has changed, and the later export holds.
    let number = |text: &str| {
        let (_, rest) = text.split_once("SEQUENCE:").unwrap();
        rest.lines().next().unwrap().parse::<i32>().unwrap()
    };
    let gathered = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]).gather();
    let later = calendar(&gathered, Range::default(), 35, wall(EXPORTED).plus(Duration::from_secs(1))).unwrap();
    assert!(number(&later) > number(&before), "{later}");
    assert!(read(&after).contains(&(next, "2026-10-27".to_owned())), "{after}");
}

#[test]
fn an_older_session_from_paper_does_not_rename_the_next_date() {
    let folder = DataFolder::with(&[RecordSpec::new("20260927T183000Z-aa03", "2026-09-27T20:30:00+02:00")]);
    let text = || calendar(&folder.gather(), Range::default(), 28, wall(EXPORTED)).unwrap();
    let before = text();
    let began = wall("2026-08-30T12:00:00+02:00");
    let sections = Section::ALL.into_iter().collect();
    let manual_entry = ManualEntry { began, roller: None, sections, felt: None, note: None };
    manual_entry.enter(&folder.root(), wall("2026-10-01T08:00:00+02:00")).unwrap();
    assert_eq!(text(), before);
}

#[test]
fn the_range_is_of_the_days_in_the_calendar() {
    let folder = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]);
    let within = |since: &str, until: &str| {
        let range = Range { since: Date::parse(since), until: Date::parse(until) };
        calendar(&folder.gather(), range, 28, wall(EXPORTED)).map(|text| read(&text).len())
    };
    assert_eq!(within("2026-08-31", "2026-09-27"), Some(4), "both ends count");
    assert_eq!(within("2026-09-01", "2026-09-26"), Some(2));
    assert_eq!(within("2026-09-28", "2027-09-28"), None);
}

#[test]
fn nothing_of_what_was_said_goes_into_it() {
    let text = calendar(&crate::export::golden::autumn().gather(), Range::default(), 28, wall(EXPORTED)).unwrap();
    for said in ["pink", "blue", "hyaluronic", "Monday", "eczema", "mole", "jaw", "photograph"] {
        assert!(!text.contains(said), "{said}: {text}");
    }
    assert_eq!(read(&text).len(), 4);
}

#[test]
fn each_check_in_has_what_still_counts_and_when_to_get_help() {
    let gathered = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]).gather();
    let text = calendar(&gathered, Range::default(), 28, wall(EXPORTED)).unwrap();
    holds_to_rfc_5545(&text);
    let protocol = &shipped_protocols().session;
    let parsed: Calendar = text.parse().unwrap();
    let told = parsed.components.iter().map(|component| {
        let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        event.get_description().map(str::to_owned)
    });
    let told: Vec<Option<String>> = told.collect();
    assert_eq!(told.iter().filter(|text| text.is_none()).count(), 1, "the next date tells nothing: {told:?}");
    let told: Vec<String> = told.into_iter().flatten().collect();
    assert_eq!(told.len(), 3);
    for text in &told {
        assert!(protocol.red_flags.lines().iter().all(|line| text.contains(line)), "{text}");
    }
    // Day 1, 3 and 7: what counts for 24 hours, 72 hours and 5 days. What counts today does not reach into the next day.
    let still = |text: &String| protocol.aftercare.iter().filter(|line| text.contains(&line.text)).count();
    assert_eq!(told.iter().map(still).collect::<Vec<_>>(), [7, 5, 0]);
    let today = protocol.aftercare.iter().find(|line| line.span == "today").unwrap();
    assert!(told.iter().all(|text| !text.contains(&today.text)), "{told:?}");
}

/// Whether rolling was over in the morning, in the evening or after midnight, each day has the same lines.
#[test]
fn what_counts_on_a_day_does_not_hang_on_the_hour_of_the_session() {
    let told = |started| {
        let gathered = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", started)]).gather();
        let text = calendar(&gathered, Range::default(), 28, wall(EXPORTED)).unwrap();
        let parsed: Calendar = text.parse().unwrap();
        let events = parsed.components.into_iter().map(|component| {
            let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
            event.get_description().map(str::to_owned)
        });
        events.collect::<Vec<_>>()
    };
    let evening = told("2026-08-30T20:00:00+02:00");
    for started in ["2026-08-30T00:01:00+02:00", "2026-08-30T09:00:00+02:00", "2026-08-30T23:59:00+02:00"] {
        assert_eq!(told(started), evening, "{started}");
    }
}

#[test]
fn a_day_that_only_a_deleted_record_held_still_moves_the_next_date() {
    let folder = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]);
    let held = Date::parse("2026-09-20");
    let mut gathered = folder.gather();
    gathered.rest.last_hold = held;
    let text = calendar(&gathered, Range::default(), 28, wall(EXPORTED)).unwrap();
    assert!(read(&text).iter().any(|(name, day)| name.starts_with("next-") && day == "2026-10-18"), "{text}");
}

#[test]
fn what_is_not_counted_has_no_dates() {
    let trial = RecordSpec { trial: true, ..RecordSpec::new("20261110T183000Z-aa06", "2026-11-10T19:30:00+01:00") };
    let left = RecordSpec::new("20261111T183000Z-aa07", "2026-11-11T19:30:00+01:00").not_rolled(Outcome::LeftBefore);
    assert_eq!(calendar(&DataFolder::with(&[trial, left]).gather(), Range::default(), 28, wall(EXPORTED)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_day_of_any_zone_gives_days_at_their_distance(
        unix in 0_i64..253_000_000_000, offset in -14_i32 * 60..=14 * 60, interval in 7_u32..=365
    ) {
        let started = rfc3339(Wall { unix, offset: offset * 60 });
        let day = Date::parse(&started[..10]).unwrap();
        let events = exported(Box::leak(started.into_boxed_str()), interval);
        let mut expected = [1, 3, 7, i64::from(interval)].map(|after| day.plus_days(after).to_string());
        expected.sort();
        prop_assert_eq!(days(&events), expected);
    }
}

/// A damaged trial was rolled with an empty hand for all that is known: it is in the export, and holds no date.
#[test]
fn a_damaged_trial_moves_nothing() {
    let folder = DataFolder::with(&[RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00")]);
    let trial = RecordSpec {
        trial: true,
        felt: Some(1),
        ..RecordSpec::new("20260910T180000Z-aa02", "2026-09-10T20:00:00+02:00")
    };
    let text = trial.text().replacen("level = 1", "level = 2", 1) + "# event = \"hands-free\"\n\n";
    folder.put(trial.id, &text);
    let gathered = folder.gather();
    assert!(gathered.sessions[1].damaged && gathered.rest.last_hold.is_none(), "{gathered:?}");
    assert_eq!(gathered.rest.uncounted.len(), 1);
}

/// It can be closed no more, so that it can be struck out: what is said of it is that, and not that it may go on.
#[test]
fn a_damaged_session_that_is_struck_out_is_not_called_unfinished() {
    let folder = DataFolder::new();
    let id = "20261122T183000Z-ab12";
    let whole = include_str!("../golden/session.toml");
    let (begun, _) = whole.split_once("[summary]").unwrap();
    let path = folder.put(id, &begun.replacen("event = \"skin-ready\"", "event = \"skin-redy\"", 1));
    assert_eq!(folder.gather().sessions.len(), 1, "damaged, it counts");
    amendment::write(&OsDisk, &path, &Amendment::new(What::Struck, id, wall(EXPORTED), "typed by mistake")).unwrap();
    for (with_struck, exported) in [(false, 0), (true, 1)] {
        let mut sessions = export::sessions(&folder.root(), Depth::Whole, with_struck);
        assert_eq!(sessions.by_ref().count(), exported);
        assert_eq!(sessions.rest().interrupted, [""; 0].map(std::path::PathBuf::from));
    }
    assert_eq!(folder.gather().rest.last_hold, Date::parse("2026-11-22"));
}
