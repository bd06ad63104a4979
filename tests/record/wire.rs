//! What is written: the golden file, and every event there and back.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use engine::protocol::{Fingerprint, ItemIx, Micrometres, Section, Sections};
use engine::safety::{Ago, Answer, Because, Detail, Doctor, Keep, Place, Reason, Roller, Sureness, Unfit, Which};
use engine::session::{Away, Carried, Due, Entry, Event, EventKind, Judgement, Kept, PauseCause, Said, SectionEnd};
use engine::timeline::{Boot, Moment, Now, Wall};
use proptest::prelude::*;
use store::record::text::{LONGEST_NAME, LONGEST_NOTE, LONGEST_REASON, truncated as as_typed};
use store::record::{FilePart, Header, RecordedEntry, Start, SummaryFields, read};
use strum::VariantArray as _;

use crate::support::fixture;

pub(crate) const GOLDEN: &str = include_str!("../golden/session.toml");
pub(crate) const ID: &str = "20261122T183000Z-ab12";

/// A run with `WRITE_GOLDEN` set writes the golden files anew. A change in one is a change of the format: records of
/// released versions must still be read.
#[test]
fn a_whole_session_is_written_to_the_byte() {
    let text = fixture::blocks(ID).concat();
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/session.toml");
        std::fs::write(golden, &text).unwrap();
    }
    assert_eq!(text, GOLDEN);
}

#[test]
fn the_file_is_toml_as_a_whole_and_its_blocks_are_what_was_written() {
    let table: toml::Table = toml::from_str(GOLDEN).unwrap();
    assert_eq!(table["entry"].as_array().unwrap().len(), fixture::entries().len());
    assert_eq!(table["later"].as_array().unwrap().len(), fixture::later().len());
    let reading = read::parse(GOLDEN.as_bytes()).unwrap();
    let told: Vec<Entry> = fixture::entries().into_iter().chain(fixture::later()).collect();
    assert_eq!(reading.events(&fixture::protocol()).unwrap(), told);
    assert_eq!(reading.header, Header::new(&fixture::start(), ID));
    assert!(reading.follows(&fixture::protocol()));
    let written = SummaryFields::of(&fixture::protocol(), &fixture::summary(), 22).unwrap();
    let summary = reading.summary.unwrap();
    assert_eq!(summary, SummaryFields { sum: summary.sum.clone(), ..written });
    assert!(reading.damage.is_empty() && reading.tail == store::record::Tail::Clean);
}

/// The field takes as many characters as the file keeps.
#[test]
fn the_longest_reason_for_an_early_start_is_kept_whole() {
    let reason = "é".repeat(LONGEST_REASON);
    let start = Start { early_reason: Some(reason.clone()), ..fixture::start() };
    let reading = read::parse(Header::new(&start, ID).to_text().as_bytes()).unwrap();
    assert_eq!(reading.header.early_reason, Some(reason));
}

#[test]
fn another_wording_of_the_protocol_is_noticed() {
    let reading = read::parse(GOLDEN.as_bytes()).unwrap();
    let mut other = fixture::protocol();
    Arc::make_mut(&mut other.checklist).fingerprint.0 += 1;
    assert!(!reading.follows(&other));
}

#[test]
fn every_reason_of_the_list_is_written() {
    let reason = |because| Reason { item: ItemIx(1), sureness: Sureness::NotSure, because };
    let mut summary = fixture::summary();
    summary.reasons = [
        Because::Listed,
        Because::NotAsked,
        Because::SaidNo,
        Because::TooSoon { days_left: 9 },
        Because::NoSectionLeft,
    ]
    .map(reason)
    .to_vec();
    let written = SummaryFields::of(&fixture::protocol(), &summary, 0).unwrap();
    let text = written.to_text("");
    let read: SummaryFields = toml::from_str(text.strip_prefix("[summary]\n").unwrap()).unwrap();
    assert_eq!(read, SummaryFields { sum: read.sum.clone(), ..written });
    assert_eq!(read.reasons[3].days_left, Some(9));
}

#[test]
fn what_the_protocol_does_not_have_is_refused_in_both_directions() {
    let protocol = fixture::protocol();
    let entry = |event| Entry { number: 7, now: Now::default(), event };
    for event in [
        Event::Answered { item: ItemIx(6), answer: Answer::No },
        Event::Stopped { reason: 3 },
        Event::SignedOut { question: 3, said: Said::Yes },
        Event::RanOut(Due::Stroke { section: Section::Mouth, stroke: 3 }),
    ] {
        let error = RecordedEntry::of(&protocol, &entry(event)).unwrap_err();
        assert_eq!(error.number, 7);
    }
    let good = RecordedEntry::of(&protocol, &entry(Event::Stopped { reason: 1 })).unwrap();
    good.entry(&protocol).unwrap();
    RecordedEntry { event: Event::Stopped { reason: "wings".into() }, ..good }.entry(&protocol).unwrap_err();
}

#[test]
fn an_entry_with_another_set_of_lines_than_it_is_written_with_is_not_understood() {
    let good =
        "n = 7\nt = 0\nat = 2026-11-22T19:30:00+01:00\nevent = \"stopped\"\nreason = \"dizzy\"\nsum = \"12345678\"\n";
    assert!(RecordedEntry::read(good).is_some());
    for (line, other) in [
        ("reason = \"dizzy\"\n", ""),
        ("reason = \"dizzy\"\n", "reason = 3\n"),
        ("reason = \"dizzy\"\n", "reason = \"dizzy\"\nheard = true\n"),
        ("event = \"stopped\"\nreason", "event = \"left\"\nreason"),
        ("\"stopped\"", "\"flew\""),
        ("at = 2026-11-22T19:30:00+01:00\n", ""),
        ("at = 2026-11-22T19:30:00+01:00\n", "at = 2026-11-22\n"),
    ] {
        let bad = good.replace(line, other);
        assert!(bad != good && RecordedEntry::read(&bad).is_none(), "{bad}");
    }
}

#[test]
fn hidden_characters_reach_the_file_by_their_codes() {
    let note = "calm\u{1b}]52;c;aGk=\u{7}\n[[entry]]\n\n\u{202e}evil\u{200b}";
    let entry = Entry { number: 1, now: Now::default(), event: Event::Noted { text: note.into() } };
    let text = RecordedEntry::of(&fixture::protocol(), &entry).unwrap().to_text(FilePart::BeforeSummary, "").unwrap();
    assert!(text.contains("calm\\u001B]52;c;aGk=\\u0007\\u000A[[entry]]\\u000A\\u000A\\u202Eevil\\u200B"), "{text}");
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
    assert_eq!(text.matches("\n\n").count(), 1);
}

fn seconds() -> impl Strategy<Value = Duration> {
    (0..=i64::MAX.unsigned_abs()).prop_map(Duration::from_millis)
}

fn section() -> impl Strategy<Value = Section> {
    prop::sample::select(Section::ALL.to_vec())
}

fn sections() -> impl Strategy<Value = Sections> {
    prop::collection::vec(section(), 0..6).prop_map(|all| all.into_iter().collect())
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![sections().prop_map(Place::Sections), Just(Place::Everywhere)]
}

fn name() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| as_typed(&text, LONGEST_NAME))
}

fn roller() -> impl Strategy<Value = Roller> {
    (name(), name(), any::<u32>(), any::<u32>()).prop_map(|(id, name, needle, uses)| Roller {
        id,
        name,
        needle: Micrometres(needle),
        uses,
    })
}

fn kept() -> impl Strategy<Value = Kept> {
    prop_oneof![Just(Kept::SealedPack), seconds().prop_map(|already| Kept::InLiquid { already })]
}

fn sureness() -> impl Strategy<Value = Sureness> {
    prop::sample::select(vec![Sureness::Yes, Sureness::NotSure])
}

fn detail() -> impl Strategy<Value = Detail> {
    let which = prop_oneof![prop::collection::vec(0..2_usize, 0..4).prop_map(Which::These), Just(Which::NotSure),];
    let ago = prop_oneof![any::<u32>().prop_map(Ago::Days), Just(Ago::NotSure)];
    let keep = prop::sample::select(vec![Keep::Skip, Keep::GoRound]);
    let doctor = prop::sample::select(vec![Doctor::NotAsked, Doctor::SaidNo, Doctor::AllRight]);
    prop_oneof![
        Just(Detail::Plain),
        doctor.prop_map(Detail::Doctor),
        (which, ago.clone()).prop_map(|(which, ago)| Detail::Waited { which, ago }),
        prop::collection::btree_map(0..2_usize, ago, 0..3)
            .prop_map(|each| Detail::WaitedEach(each.into_iter().collect())),
        place().prop_map(Detail::Where),
        (place(), keep).prop_map(|(place, keep)| Detail::Around { place, keep }),
    ]
}

/// Any answer; to the question with waiting times where the answer speaks of its things.
fn answered() -> impl Strategy<Value = Event> {
    let answer = prop_oneof![
        Just(Answer::No),
        (sureness(), detail()).prop_map(|(sureness, detail)| Answer::Risk { sureness, detail })
    ];
    (0..6_usize, answer).prop_map(|(item, answer)| {
        let waited = matches!(&answer, Answer::Risk { detail: Detail::Waited { .. } | Detail::WaitedEach(_), .. });
        Event::Answered { item: ItemIx(if waited { 2 } else { item }), answer }
    })
}

fn due() -> impl Strategy<Value = Due> {
    prop_oneof![
        prop::sample::select(vec![Due::Contact, Due::Prepare, Due::HandClean, Due::Saline, Due::Serum]),
        section().prop_map(|section| Due::GetReady { section }),
        section().prop_map(|section| Due::Move { section }),
        (section(), 0..3_usize).prop_map(|(section, stroke)| Due::Stroke { section, stroke }),
    ]
}

fn away() -> impl Strategy<Value = Away> {
    prop_oneof![
        1 => Just(Away::Unknown),
        3 => (seconds(), seconds()).prop_map(|(least, most)| Away::For { least, most }),
    ]
}

fn boot() -> impl Strategy<Value = Boot> {
    ("[0-9a-f-]{36}", seconds()).prop_map(|(id, up)| Boot { id, up })
}

fn carried() -> impl Strategy<Value = Carried> {
    let ends = vec![SectionEnd::Done, SectionEnd::Enough, SectionEnd::LeftOut, SectionEnd::Stopped];
    let end = proptest::option::of(prop::sample::select(ends));
    let strokes = proptest::collection::vec(seconds(), 0..5);
    (section(), strokes, seconds(), any::<u32>(), end).prop_map(|(section, strokes, part, cut_off, end)| Carried {
        section,
        strokes,
        part,
        cut_off,
        end,
    })
}

fn event() -> impl Strategy<Value = Event> {
    let plain = vec![
        Event::LengthAcknowledged,
        Event::NeedlesRejected,
        Event::ListReopened,
        Event::SetUp,
        Event::SkinReady,
        Event::SkinTakenBack,
        Event::SoakTakenBack,
        Event::EnoughTakenBack,
        Event::ClickerSeen,
        Event::SteppedBack,
        Event::HandsFree,
        Event::WentOn,
        Event::Enough,
        Event::OneMore,
        Event::RollerTouched,
        Event::TouchedNothing,
        Event::AdviceRead,
        Event::BloodOrWelts,
        Event::NoBloodOrWelts,
        Event::RollerUnfit { cause: Unfit::Retired },
        Event::RollerUnfit { cause: Unfit::NotKnown },
        Event::RollerRetired,
        Event::SoakedAgain,
        Event::SerumWanted,
        Event::KeptAsPart,
        Event::Left,
    ];
    let judgement = prop::sample::select(vec![Judgement::Clear, Judgement::Skip, Judgement::Stop]);
    let said = prop::sample::select(vec![Said::Yes, Said::No, Said::NotSure]);
    let cause = prop::sample::select(vec![
        PauseCause::Touch,
        PauseCause::Clicker,
        PauseCause::Interrupt,
        PauseCause::Signal,
        PauseCause::Slept,
        PauseCause::Stalled,
        PauseCause::Soaked,
        PauseCause::Closed,
    ]);
    prop_oneof![
        15 => prop::sample::select(plain),
        1 => roller().prop_map(Event::RollerTaken),
        1 => kept().prop_map(Event::SoakStarted),
        6 => answered(),
        1 => judgement.prop_map(|verdict| Event::ListConfirmed { verdict }),
        1 => any::<bool>().prop_map(|heard| Event::CuesHeard { heard }),
        1 => any::<bool>().prop_map(|heard| Event::CuesKnown { heard }),
        2 => due().prop_map(Event::RanOut),
        1 => cause.prop_map(|cause| Event::Paused { cause }),
        1 => (roller(), kept(), any::<bool>())
            .prop_map(|(roller, kept, acknowledged)| Event::RollerSwapped { roller, kept, acknowledged }),
        1 => (0..3_usize).prop_map(|reason| Event::Stopped { reason }),
        1 => seconds().prop_map(|span| Event::Slept { span }),
        1 => seconds().prop_map(|span| Event::Stalled { span }),
        1 => (0..3_usize, said).prop_map(|(question, said)| Event::SignedOut { question, said }),
        1 => (away(), proptest::option::of(boot())).prop_map(|(away, boot)| Event::Resumed { away, boot }),
        1 => (any::<u32>(), any::<u32>()).prop_map(|(protocol, checklist)| Event::ProtocolChanged {
            protocol: Fingerprint(protocol),
            checklist: Fingerprint(checklist),
            strokes: vec!["up-down".into(), "diagonal".into()],
        }),
        1 => carried().prop_map(Event::CarriedOver),
        1 => any::<u8>().prop_map(|level| Event::Felt { level }),
        1 => any::<String>().prop_map(|text| Event::Noted { text: as_typed(&text, LONGEST_NOTE) }),
    ]
}

#[test]
fn the_strategy_knows_every_event() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut unseen: HashSet<EventKind> = EventKind::VARIANTS.iter().copied().collect();
    for _ in 0..3_000 {
        let tree = event().new_tree(&mut runner).unwrap();
        unseen.remove(&proptest::strategy::ValueTree::current(&tree).kind());
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_comes_back_as_it_was(
        event in event(),
        number in 1..u32::MAX,
        millis in 0..=i64::MAX.unsigned_abs(),
        unix in -2_208_988_800_i64..253_370_764_800,
        quarters in -48..=56_i32,
    ) {
        let protocol = fixture::protocol();
        let wall = Wall { unix, offset: quarters * 900 };
        let entry = Entry { number, now: Now { moment: Moment::from_millis(millis), wall }, event };
        let written = RecordedEntry::of(&protocol, &entry).unwrap();
        let text = written.to_text(FilePart::BeforeSummary, "key").unwrap();
        prop_assert_eq!(text.matches("\n\n").count(), 1);
        let read = RecordedEntry::read(text.strip_prefix("[[entry]]\n").unwrap()).unwrap();
        prop_assert_eq!(read.entry(&protocol).unwrap(), entry);
    }
}
