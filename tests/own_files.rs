//! What a protocol or checklist file of the user's may change, and that nothing in it can break the program.

use std::time::Duration;

use dermaroll::content::{Loaded, Source, Sources, built_in, duration, load};
use engine::protocol::{Group, Kind, Protocol, Section};
use proptest::prelude::*;

use crate::support::computer::Computer;
use crate::support::program::all_questions;

const PROTOCOL: &str = include_str!("../assets/protocol.toml");
const CHECKLIST: &str = include_str!("../assets/checklist.toml");

fn session() -> Protocol {
    built_in(Kind::Session).unwrap()
}

fn question(id: &str, group: &str, consequence: &str) -> String {
    format!(
        "[[question]]\nid = \"{id}\"\ntitle = \"{id}\"\nquestion = \"Is it there?\"\nwhy = \"I want to be asked.\"\n\
         group = \"{group}\"\nconsequence = \"{consequence}\"\n"
    )
}

fn with_checklist(text: &str) -> Loaded {
    let checklist = Some(Source::new("mine.toml", text).unwrap());
    load(&Sources { checklist, ..Sources::default() }).unwrap()
}

fn with_protocol(text: &str) -> Loaded {
    let protocol = Some(Source::new("mine.toml", text).unwrap());
    load(&Sources { protocol, ..Sources::default() }).unwrap()
}

#[test]
fn a_copy_of_an_embedded_file_changes_nothing() {
    let shipped = session();
    for loaded in [with_protocol(PROTOCOL), with_checklist(CHECKLIST)] {
        let copy = Protocol { fingerprint: shipped.fingerprint, ..loaded.session };
        assert_eq!(copy, shipped);
    }
}

#[test]
fn own_questions_come_last_in_their_group() {
    let text = question("piercing", "skin", "area") + &question("long-flight", "general", "stop");
    let loaded = with_checklist(&text);
    let items = &loaded.session.checklist.items;
    assert_eq!(items.len(), all_questions() + 2);
    let last_of = |group| items.iter().rfind(|item| item.group == group).map(|item| (item.id.as_str(), item.own));
    assert_eq!(last_of(Group::General), Some(("long-flight", true)));
    assert_eq!(last_of(Group::Skin), Some(("piercing", true)));
    assert_eq!(loaded.check.checklist, loaded.session.checklist);
    assert_eq!(loaded.rehearsal.checklist.items.len(), 3);
    assert_ne!(loaded.session.checklist.fingerprint, session().checklist.fingerprint);
    assert_ne!(loaded.session.fingerprint, session().fingerprint);
}

#[test]
fn own_questions_fit_up_to_40_in_all() {
    let text: String = (1..=40 - all_questions()).map(|n| question(&format!("own-{n}"), "skin", "ask")).collect();
    assert_eq!(with_checklist(&text).session.checklist.items.len(), 40);
}

#[test]
fn one_question_cannot_come_from_two_files() {
    let own = question("piercing", "skin", "area");
    let sources = Sources {
        protocol: Some(Source::new("p.toml", format!("{PROTOCOL}\n{own}")).unwrap()),
        checklist: Some(Source::new("c.toml", own.as_str()).unwrap()),
        ..Sources::default()
    };
    let refusal = load(&sources).unwrap_err();
    assert_eq!((refusal.file(), refusal.line()), ("c.toml", Some(2)));
}

#[test]
fn another_protocol_may_roll_less_in_another_order() {
    let text = PROTOCOL.replace("contact = \"10m\"", "contact = \"20m\"").replace("article-2018", "mine");
    let start = text.find("[[section]]\nid = \"upper-left\"").unwrap();
    let end = text.find("# The strokes").unwrap();
    let session = with_protocol(&format!("{}{}", &text[..start], &text[end..])).session;
    assert_eq!(session.order, [Section::UpperRight]);
    assert_eq!(session.id, "mine");
    assert_eq!(session.times.contact, Duration::from_secs(1_200));
    assert_eq!(session.checklist.items.len(), all_questions());
    assert_eq!(session.sections[Section::Mouth].name, "around your mouth");
    assert!(!session.trial);
}

/// Whatever a file writes there, the eye, the nose and the lips are kept off.
#[test]
fn a_file_adds_to_what_a_section_keeps_off_and_takes_nothing_away() {
    let shipped = session();
    for (keep_off, bounds) in [
        ("hair", "Up to the lashes."),
        ("hair", ""),
        (" , eyes,, hair ", "stay outside"),
        ("eye", "Stay outside the eye socket. Not on the scar."),
        ("nose, eye", "Forget what was said: Stay outside the eye socket."),
        ("Eye", "Not on the lips. Stay below the bone under the eye. Stay outside the eye socket."),
    ] {
        let mut protocol: toml::Table = PROTOCOL.parse().unwrap();
        for section in protocol["section"].as_array_mut().unwrap() {
            section["keep_off"] = keep_off.into();
            section["bounds"] = bounds.into();
        }
        let own = with_protocol(&toml::to_string(&protocol).unwrap());
        for section in Section::ALL {
            let (base, own) = (&shipped.sections[section], &own.session.sections[section]);
            let rest = own.keep_off.strip_prefix(&base.keep_off).unwrap_or_else(|| panic!("{:?}", own.keep_off));
            assert!(rest.is_empty() || rest.starts_with(", "), "{:?}", own.keep_off);
            for added in keep_off.split(',').map(str::trim).filter(|added| !added.is_empty()) {
                assert_eq!(own.keep_off.split(", ").filter(|part| *part == added).count(), 1, "{:?}", own.keep_off);
            }
            assert!(own.bounds.starts_with(&base.bounds) && own.bounds.contains(bounds), "{:?}", own.bounds);
        }
    }
}

#[test]
fn a_trial_is_marked_and_goes_past_the_ranges() {
    let text = PROTOCOL.replace("contact = \"10m\"", "contact = \"300ms\"");
    let protocol = Some(Source::new("mine.toml", text).unwrap());
    let session = load(&Sources { protocol, trial: true, ..Sources::default() }).unwrap().session;
    assert!(session.trial);
    assert_eq!(session.times.contact, Duration::from_millis(300));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever happens to a file, it is read or refused with its place; nothing breaks.
    #[test]
    fn a_damaged_file_is_read_or_refused(at in 0..PROTOCOL.len(), cut in 0usize..40, put in "\\PC{0,6}|[\\[\\]{}=\"'#\n]{0,4}") {
        let floor = |at: usize| (0..=at.min(PROTOCOL.len())).rev().find(|at| PROTOCOL.is_char_boundary(*at)).unwrap();
        let (from, to) = (floor(at), floor(at + cut));
        let text = format!("{}{put}{}", &PROTOCOL[..from], &PROTOCOL[to..]);
        let loaded = Source::new("f.toml", text).and_then(|source| {
            load(&Sources { protocol: Some(source), ..Sources::default() })
        });
        match loaded {
            Err(refusal) => prop_assert!(refusal.to_string().lines().count() >= 3),
            // The embedded questions are there whatever the file says.
            Ok(loaded) => prop_assert!(loaded.session.checklist.items.len() >= all_questions()),
        }
    }

    #[test]
    fn times_within_the_range_are_taken_and_others_refused(seconds in 0u64..30) {
        let text = PROTOCOL.replace("\nstroke = \"8s\"", &format!("\nstroke = \"{}\"", duration::words(Duration::from_secs(seconds))));
        let source = Source::new("f.toml", text).unwrap();
        let loaded = load(&Sources { protocol: Some(source), ..Sources::default() });
        prop_assert_eq!(loaded.is_ok(), (3..=15).contains(&seconds));
    }
}

/// A file of brackets, dots or one endless name must not use up the stack or the memory.
#[test]
fn a_deep_or_endless_file_is_refused() {
    let deep = [
        format!("{} = 1", "x".repeat(1_000_000)),
        format!("id = \"{}\"", "x".repeat(1_000_000)),
        format!("a = {}", "[".repeat(500_000)),
        format!("a = {}{}", "[".repeat(200_000), "]".repeat(200_000)),
        format!("a = {}", "{a = ".repeat(200_000)),
        format!("{}a = 1", "a.".repeat(400_000)),
        format!("[{}a]", "a.".repeat(400_000)),
        format!("[[{}a]]", "a.".repeat(400_000)),
    ];
    for text in deep {
        let start: String = text.chars().take(8).collect();
        let source = Source::new("deep.toml", text).unwrap();
        let message = load(&Sources { protocol: Some(source), ..Sources::default() }).unwrap_err().to_string();
        assert!(message.len() < 1_000, "{start}: {message}");
    }
}

/// However few sections a protocol of the person's own has, the times of the whole session are there.
#[test]
fn a_short_protocol_shows_its_times_before_it_begins() {
    for count in 1..=5 {
        let mut protocol: toml::Table = PROTOCOL.parse().unwrap();
        protocol["section"].as_array_mut().unwrap().truncate(count);
        let mut computer = Computer::new();
        computer.sources.protocol = Some(Source::new("own.toml", toml::to_string(&protocol).unwrap()).unwrap());
        let mut run = computer.start();
        let plan = if count == 1 { "One section is".to_owned() } else { format!("All {count} sections are") };
        run.soaking().answered().shows(&format!("{plan} in the plan."));
        run.seconds(600).hands_free().seconds(1_000).keys("s").keys("q");
        drop(run);
        computer.minutes(60 * 24 * 40);
        let mut run = computer.start();
        run.shows("Start a session").shows("done by");
    }
}
