//! Whether a session is due: the command, the welcome screen and the export say the same of any history, whatever zones
//! its sessions were recorded in.

#[allow(dead_code)]
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::support::app_driver::{AppDriver, WIDE};
use crate::support::home::Home;
use dermaroll::content::built_in;
use dermaroll::content::keymap::Key;
use engine::protocol::{Kind, Protocol, Section};
use engine::session::Due;
use engine::timeline::{Moment, Wall};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use store::calendar::{Date, compact_timestamp, local_offset};
use store::export;
use store::record::read::Depth;
use store::record::{FilePart, Header, ManualEntry, RecordedEntry, SessionFile, Start, Timestamp, Totals};
use store::startup::{self, ClockReading, PersonalSettings};
use store::startup::{DueState, StartupContext};

const DAY: i64 = 86_400;
/// Sessions to a course, and days under which the interval never goes.
const COURSE: u32 = 4;
const LEAST: i64 = 7;

/// What there is of one day in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Entered from paper: it counts.
    ManualEntry,
    /// Begun, and left before the first stroke.
    Begun,
    /// A check of the list alone.
    Check,
    /// Cut off after the first stroke began, and never gone on with.
    CutOff,
    /// Deleted; its day is kept.
    Deleted,
    /// Nobody can read its file.
    Unreadable,
}

/// Something so many seconds before noon of today, recorded at its own offset.
#[derive(Debug, Clone, Copy)]
struct Event {
    sort: Sort,
    before: i64,
    offset: i32,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    use Sort::{Begun, Check, CutOff, Deleted, ManualEntry, Unreadable};
    let others = [Begun, Check, CutOff, Deleted, Unreadable];
    let sort = prop_oneof![4 => Just(ManualEntry), 5 => proptest::sample::select(others.to_vec())];
    // Up to three months ago, seconds around a midnight among them, and a clock that was once half a day ahead.
    let before = prop_oneof![
        3 => -DAY / 2..90 * DAY,
        2 => (0_i64..90, -2_i64..=2).prop_map(|(days, seconds)| days * DAY + DAY / 2 + seconds),
    ];
    let offset = || (-48..=56).prop_map(|quarters| quarters * 900);
    // On a trip across the date line the later one of two may be of an earlier day.
    let trip = proptest::option::of((-DAY..DAY, offset()));
    let event = (sort, before, offset(), trip).prop_map(|(sort, before, offset, trip)| {
        let twin = trip.map(|(hours, offset)| Event { sort, before: before + hours, offset });
        [Some(Event { sort, before, offset }), twin]
    });
    proptest::collection::vec(event, 0..5).prop_map(|pairs| pairs.into_iter().flatten().flatten().collect())
}

/// The number of a local day since 1970, by division alone.
fn day_number(wall: Wall) -> i64 {
    (wall.unix + i64::from(wall.offset)).div_euclid(DAY)
}

impl Event {
    fn began(&self, now: Wall) -> Wall {
        Wall { unix: now.unix - self.before, offset: self.offset }
    }

    /// The day that it holds; a name alone tells an instant, which is read in the zone where one is now.
    ///
    /// One that was begun and never closed holds its day while nobody was asked about it: another program may have cut
    /// its record off.
    fn held(&self, now: Wall, is_asked_about: bool, zone: impl Fn(i64) -> i32) -> Option<i64> {
        let began = self.began(now);
        match self.sort {
            Sort::ManualEntry | Sort::CutOff => Some(day_number(began)),
            Sort::Begun if !is_asked_about => Some(day_number(began)),
            Sort::Deleted | Sort::Unreadable => Some(day_number(Wall { offset: zone(began.unix), ..began })),
            Sort::Begun | Sort::Check => None,
        }
    }

    fn write(&self, number: usize, root: &Path, now: Wall) {
        let began = self.began(now);
        // Two of the same second have two names all the same.
        let name = format!("{}-ev{number:02}.toml", compact_timestamp(began.unix));
        match self.sort {
            Sort::ManualEntry => {
                let sections = Section::ALL.into_iter().collect();
                ManualEntry { began, roller: None, sections, felt: None, note: None }.enter(root, now).unwrap();
            }
            Sort::Begun | Sort::Check => {
                let kind = if self.sort == Sort::Check { Kind::Check } else { Kind::Session };
                let start = Start::of(&built_in(kind).unwrap(), began).unwrap();
                SessionFile::create(root, &start).unwrap();
            }
            Sort::CutOff => {
                let start = Start::of(&built_in(Kind::Session).unwrap(), began).unwrap();
                let header = Header::new(&start, name.trim_end_matches(".toml"));
                let event = engine::session::Event::RanOut(Due::GetReady { section: Section::UpperRight });
                let rolling = RecordedEntry { n: 1, t: 0, at: Timestamp::of(began), event, sum: String::new() };
                let text = header.to_text() + &rolling.to_text(FilePart::BeforeSummary, &header.sum).unwrap();
                put(&root.join("sessions").join(&name[..4]), &name, &text);
            }
            Sort::Deleted => put(&root.join("intervals"), &name, "rollers = []\nretired = []\n"),
            Sort::Unreadable => put(&root.join("sessions").join(&name[..4]), &name, "\u{0}\u{0}\n\n"),
        }
    }
}

fn put(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

fn lived(events: &[Event]) -> Home {
    let home = Home::new();
    for (number, event) in events.iter().enumerate() {
        event.write(number, &home.data(), home.now());
    }
    home
}

/// What must be said of these days, by arithmetic alone.
fn expected(days_ago: Option<i64>, interval: i64) -> DueState {
    match days_ago {
        None => DueState::Due,
        Some(days) if days >= interval => DueState::Due,
        Some(days) if days < LEAST => DueState::TooSoon { in_days: interval - days, possible_in: LEAST - days },
        Some(days) => DueState::NotYet { in_days: interval - days },
    }
}

fn protocol() -> Arc<Protocol> {
    Arc::new(built_in(Kind::Session).unwrap())
}

fn startup(home: &Home, interval: u32) -> StartupContext {
    let own = PersonalSettings {
        profile: String::new(),
        interval_days: interval,
        uses_limit: 10,
        serum: String::new(),
        bell: true,
        voice: false,
        cards: true,
    };
    let clocks = ClockReading { wall: home.now(), boot: None, moment: Moment::ZERO };
    let totals = Totals::read(&home.data());
    startup::load(&home.data(), &totals, &protocol(), own, &clocks).0
}

/// Whether Enter begins a session on the welcome screen, and whether `e` begins one early.
fn gate(startup: &StartupContext) -> (bool, bool) {
    let leads_on = |key| {
        let mut driver = AppDriver::new(startup.clone(), WIDE);
        let before = driver.app.screen_name().id();
        driver.key(key);
        driver.app.screen_name().id() != before
    };
    (leads_on(Key::Enter), leads_on(Key::Char('e')))
}

fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config).run(&strategy, test).unwrap();
}

#[test]
fn the_welcome_screen_lets_begin_what_the_days_allow() {
    run(96, (events(), 7_u32..=60), |(events, interval)| {
        let home = lived(&events);
        let (now, today) = (home.now(), day_number(home.now()));
        let last = events.iter().filter_map(|event| event.held(now, true, local_offset)).max();
        let expected = expected(last.map(|day| today - day), i64::from(interval));
        let startup = startup(&home, interval);
        prop_assert_eq!(startup.due, expected);
        let counted = events.iter().filter(|event| event.sort == Sort::ManualEntry).count();
        prop_assert_eq!(startup.course_done, u32::try_from(counted).unwrap() % COURSE);
        let may = (expected == DueState::Due, matches!(expected, DueState::NotYet { .. }));
        prop_assert_eq!(gate(&startup), may);
        Ok(())
    });
}

#[test]
fn a_trip_across_the_date_line_does_not_bring_the_next_session_nearer() {
    // In quarters of an hour: a file keeps whole minutes, and a second more or less may be another day. Of two of the
    // same second either may be the newer.
    let offsets = |quarters: core::ops::RangeInclusive<i32>| quarters.prop_map(|quarters| quarters * 900);
    let (east, west) = (offsets(32..=56), offsets(-48..=-24));
    run(48, (DAY..60 * DAY, 1_i64..6 * 3_600, east, west), |(before, flown, east, west)| {
        let manual_entry = |before, offset| Event { sort: Sort::ManualEntry, before, offset };
        // The second one is the newer, and where it was it is never a later day than where the first one was.
        let trip = [manual_entry(before + flown, east), manual_entry(before, west)];
        let home = lived(&trip);
        let [first, second] = trip.map(|event| day_number(event.began(home.now())));
        prop_assert!(first >= second);
        let startup = startup(&home, 28);
        prop_assert_eq!(startup.rolled_days_ago, Some(day_number(home.now()) - first));
        prop_assert_eq!(startup.last.map(|last| last.days_ago), Some(day_number(home.now()) - second));
        Ok(())
    });
}

#[test]
fn the_command_says_what_the_welcome_screen_does() {
    run(32, (events(), 7_u32..=60), |(events, interval)| {
        let home = lived(&events);
        home.settings(&format!("interval_days = {interval}\n"));
        let (now, today) = (home.now(), day_number(home.now()));
        let last = events.iter().filter_map(|event| event.held(now, false, |_| now.offset)).max();
        let days_ago = last.map(|day| today - day);
        let ended = home.run(&["due", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        let state = match expected(days_ago, i64::from(interval)) {
            DueState::Due if days_ago.is_none() => "first",
            DueState::Due => "due",
            DueState::NotYet { .. } => "not-yet",
            DueState::TooSoon { .. } => "too-soon",
            DueState::NotKnown => "not-known",
        };
        let is_due = matches!(state, "first" | "due");
        prop_assert_eq!((&json["state"], &json["due"]), (&state.into(), &is_due.into()));
        prop_assert_eq!(ended.status, if is_due { 0 } else { 8 });
        prop_assert_eq!(json["days_ago"].as_i64(), days_ago);
        prop_assert_eq!(json["in_days"].as_i64(), days_ago.map(|days| i64::from(interval) - days));
        let on = |days: i64| Date::of(now).plus_days(days).to_string();
        let told = |key: &str| json[key].as_str().map(str::to_owned);
        prop_assert_eq!(told("last"), days_ago.map(|days| on(-days)));
        prop_assert_eq!(told("due_on"), days_ago.map(|days| on(i64::from(interval) - days)));
        prop_assert_eq!(told("earliest_on"), days_ago.filter(|_| state == "too-soon").map(|days| on(LEAST - days)));
        Ok(())
    });
}

#[test]
fn the_calendar_names_the_day_that_the_command_does() {
    // No date is made of a session that was merely begun.
    let closed = events().prop_map(|all| all.into_iter().filter(|event| event.sort != Sort::Begun).collect::<Vec<_>>());
    run(32, (closed, 7_u32..=60), |(events, interval)| {
        let home = lived(&events);
        home.settings(&format!("interval_days = {interval}\n"));
        let due_on = home.json(&["due", "--json"])["due_on"].as_str().map(|day| day.replace('-', ""));
        let calendar = home.run(&["export", "--format", "ics"]).out;
        let next = calendar.split("BEGIN:VEVENT").find(|event| event.contains("UID:next-"));
        let days = next.and_then(|event| event.lines().find_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:")));
        prop_assert_eq!(days.map(str::to_owned), due_on);
        Ok(())
    });
}

/// Across the date line the next one may begin on the local day before: that is no day, rather than one less.
#[test]
fn the_days_between_are_those_of_the_calendar_and_never_below_none() {
    run(64, events(), |events| {
        let home = lived(&events);
        let sessions = export::sessions(&home.data(), Depth::Ends, false);
        let counted: Vec<_> = sessions.filter(|session| session.counted).collect();
        prop_assert_eq!(counted.len(), events.iter().filter(|event| event.sort == Sort::ManualEntry).count());
        let between: Vec<Option<i64>> = counted.iter().map(|session| session.days_since_previous).collect();
        let Some((first, others)) = between.split_first() else { return Ok(()) };
        prop_assert_eq!(*first, None);
        prop_assert!(others.iter().all(Option::is_some));
        let day = |session: &store::record::Past| day_number(session.started.wall());
        let days: Vec<i64> = counted.windows(2).map(|pair| (day(&pair[1]) - day(&pair[0])).max(0)).collect();
        prop_assert_eq!(others.iter().flatten().copied().collect::<Vec<_>>(), days);
        Ok(())
    });
}

#[test]
fn days_are_counted_alike_forwards_and_backwards_over_every_leap_day() {
    // From 1971 to 2099 in days, and over more than a leap year's length in either direction.
    run(512, (365_i64..47_000, -800_i64..=800), |(day, more)| {
        let date = Date::parse("1970-01-01").unwrap().plus_days(day);
        let later = date.plus_days(more);
        prop_assert_eq!(later.days_since(date), more);
        prop_assert_eq!(later.plus_days(-more), date);
        prop_assert_eq!(date.to_string().cmp(&later.to_string()), 0.cmp(&more), "{} and {}", date, later);
        prop_assert_eq!(Date::parse(&later.to_string()), Some(later));
        Ok(())
    });
}

#[test]
fn a_second_before_midnight_is_the_day_before_wherever_it_was() {
    for quarters in -48..=56 {
        let offset = quarters * 900;
        let midnight = 20_000 * DAY - i64::from(offset);
        let at = |unix| Date::of(Wall { unix, offset });
        assert_eq!(at(midnight).days_since(at(midnight - 1)), 1, "{offset}");
        assert_eq!(at(midnight + DAY - 1), at(midnight), "{offset}");
    }
}
