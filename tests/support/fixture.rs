//! A small protocol and one whole session under it, written by hand so that no other module can change it.

use std::time::Duration;

use engine::protocol::{
    CheckIn, Checklist, Consequence, Direction, Fingerprint, Group, Item, ItemIx, Kind, Micrometres, PerSection,
    Protocol, RedFlags, Rules, Section, SectionWords, SignOutItem, StopReason, Stroke, Times, WaitKind,
};
use engine::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Roller, Sureness, Which};
use engine::session::{
    ContactKept, Due, Entry, Event, Judgement, Kept, Outcome, PauseCause, Said, SectionEnd, SectionSummary, Summary,
};
use engine::timeline::{Boot, Moment, Now, Wall};
use store::record::{Day, FilePart, Header, RecordedEntry, SerumNote, Start, SummaryFields};

pub(crate) const BEGAN: Wall = Wall { unix: 1_795_372_200, offset: 3_600 };

pub(crate) fn protocol() -> Protocol {
    let second = Duration::from_secs(1);
    let item = |id: &str, consequence| Item {
        id: id.into(),
        title: id.into(),
        question: String::new(),
        why: String::new(),
        next: String::new(),
        group: Group::General,
        consequence,
        source: String::new(),
        card: String::new(),
        own: false,
    };
    let kind = |id: &str, days| WaitKind { id: id.into(), name: id.into(), days, source: String::new() };
    let stroke = |id: &str, direction| Stroke {
        id: id.into(),
        direction,
        name: String::new(),
        short: String::new(),
        source: String::new(),
    };
    let words = || SectionWords {
        name: String::new(),
        bare: String::new(),
        short: String::new(),
        covers: String::new(),
        bounds: String::new(),
        keep_off: String::new(),
        hands: String::new(),
        source: String::new(),
    };
    let reason = |id: &str, key| StopReason {
        id: id.into(),
        key,
        text: String::new(),
        advice: String::new(),
        alarming: false,
        emergency_line: false,
        before_rolling: true,
        no_serum: false,
    };
    let asked = |id: &str| SignOutItem {
        id: id.into(),
        question: String::new(),
        short: String::new(),
        may_be_unsure: true,
        no_serum: false,
        what_to_do: String::new(),
    };
    Protocol {
        id: "article-2018".into(),
        kind: Kind::Session,
        trial: false,
        fingerprint: Fingerprint(0x0a1b_2c3d),
        order: Section::ALL.into(),
        sections: PerSection::from_fn(|_| words()).into(),
        strokes: vec![
            stroke("up-down", Direction::UpDown),
            stroke("side-to-side", Direction::SideToSide),
            stroke("diagonal", Direction::Diagonal),
        ]
        .into(),
        times: Times {
            contact: 600 * second,
            prepare: 60 * second,
            hand_clean: 30 * second,
            get_ready: 5 * second,
            stroke: 8 * second,
            later_stroke: 8 * second,
            move_on: 6 * second,
            saline: 45 * second,
            serum: 90 * second,
        },
        rules: Rules {
            article_needle_limit: Micrometres(150),
            longest_needle: Micrometres(300),
            stale_after: 600 * second,
            answers_last: 7_200 * second,
            quick_answer: second,
            quick_answer_pause: 10 * second,
            least_interval_days: 7,
            roller_uses_warn: 8,
            roller_uses_limit: 10,
            check_in: CheckIn { days: vec![1, 3, 7], last_for: 7 },
            course: 4,
            words_a_second: 4,
            known_for_days: 90,
        },
        checklist: Checklist {
            items: vec![
                item("clotting", Consequence::Stop),
                item("diabetes", Consequence::Ask),
                item("recent-work", Consequence::Wait(vec![kind("filler", 14), kind("peel", 28)])),
                item("eczema", Consequence::Area),
                item("mole", Consequence::Around),
                item("cold-sore", Consequence::Stop),
            ],
            fingerprint: Fingerprint(0x1122_3344),
        }
        .into(),
        stop_reasons: vec![reason("pink", '1'), reason("pain", '2'), reason("no-time", '3')].into(),
        sign_out: vec![asked("washed"), asked("needles-straight"), asked("blood")].into(),
        aftercare: [].into(),
        red_flags: RedFlags::default(),
    }
}

pub(crate) fn start() -> Start {
    Start {
        app: "0.1.0".into(),
        boot: Some(Boot { id: "7f0c9a52-1a77-4f0e-9d57-0a3c7c1b2d3e".into(), up: Duration::from_millis(5_000_000) }),
        strokes: protocol().strokes.iter().map(|stroke| stroke.id.clone()).collect(),
        early_reason: Some("away from Monday".into()),
        serum: Some(SerumNote { name: "plain \"hyaluronic\"".into(), brand: None, opened: Day::parse("2026-10-01") }),
        ..Start::of(&protocol(), BEGAN).unwrap()
    }
}

pub(crate) fn roller() -> Roller {
    Roller { id: "blue".into(), name: "blue 0.13".into(), needle: Micrometres(130), uses: 5 }
}

pub(crate) fn risk(sureness: Sureness, detail: Detail) -> Answer {
    Answer::Risk { sureness, detail }
}

/// Events before the summary, with their seconds.
fn session_events() -> Vec<(u64, Event)> {
    use Section::{LowerRight, Mouth, UpperLeft, UpperRight};
    let answered = |item, answer| Event::Answered { item: ItemIx(item), answer };
    let places = |sections: &[Section]| Place::Sections(sections.iter().copied().collect());
    let work = Detail::Waited { which: Which::These(vec![0]), ago: Ago::Days(40) };
    let spots = Detail::Around { place: places(&[UpperLeft]), keep: Keep::GoRound };
    vec![
        (0, Event::RollerTaken(roller())),
        (4, Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO })),
        (31, answered(0, Answer::No)),
        (36, answered(1, risk(Sureness::Yes, Detail::Doctor(Doctor::AllRight)))),
        (44, answered(2, risk(Sureness::Yes, work))),
        (51, answered(3, risk(Sureness::NotSure, Detail::Where(places(&[LowerRight, Mouth]))))),
        (60, answered(4, risk(Sureness::Yes, spots))),
        (66, answered(5, Answer::No)),
        (90, Event::ListConfirmed { verdict: Judgement::Skip }),
        (604, Event::RanOut(Due::Contact)),
        (610, Event::SetUp),
        (640, Event::SkinReady),
        (650, Event::CuesHeard { heard: true }),
        (660, Event::HandsFree),
        (720, Event::RanOut(Due::Prepare)),
        (725, Event::RanOut(Due::GetReady { section: UpperRight })),
        (733, Event::RanOut(Due::Stroke { section: UpperRight, stroke: 0 })),
        (736, Event::Paused { cause: PauseCause::Touch }),
        (760, Event::WentOn),
        (790, Event::RanOut(Due::HandClean)),
        (800, Event::Stopped { reason: 0 }),
        (845, Event::RanOut(Due::Saline)),
    ]
}

fn later_events() -> Vec<(u64, Event)> {
    vec![
        (860, Event::SignedOut { question: 0, said: Said::Yes }),
        (864, Event::SignedOut { question: 2, said: Said::NotSure }),
        (870, Event::Felt { level: 2 }),
        (899, Event::Noted { text: "mole area fine, light hand near the jaw; für \"später\" \\ 日本".into() }),
        (905, Event::Left),
    ]
}

fn numbered(events: Vec<(u64, Event)>, before: u32) -> Vec<Entry> {
    let entry = |(number, (second, event)): (u32, (u64, Event))| Entry {
        number,
        now: Now { moment: Moment::from_millis(second * 1000), wall: BEGAN.plus(Duration::from_secs(second)) },
        event,
    };
    (before + 1..).zip(events).map(entry).collect()
}

pub(crate) fn entries() -> Vec<Entry> {
    numbered(session_events(), 0)
}

pub(crate) fn later() -> Vec<Entry> {
    numbered(later_events(), u32::try_from(entries().len()).unwrap())
}

pub(crate) fn summary() -> Summary {
    let stroke = Duration::from_secs(8);
    let section = |section| {
        let (end, rolled, strokes, skip, round) = match section {
            Section::UpperRight => {
                (SectionEnd::Stopped, 11, vec![(0, stroke), (1, Duration::from_secs(3))], vec![], vec![])
            }
            Section::UpperLeft => (SectionEnd::NotReached, 0, vec![], vec![], vec![ItemIx(4)]),
            Section::LowerRight | Section::Mouth => (SectionEnd::Skipped, 0, vec![], vec![ItemIx(3)], vec![]),
            Section::LowerLeft => (SectionEnd::NotReached, 0, vec![], vec![], vec![]),
        };
        let (planned, rolled) = (3 * stroke, Duration::from_secs(rolled));
        SectionSummary { end, planned, rolled, strokes, skip, round, cut_off: 0, one_more: false }
    };
    Summary {
        outcome: Outcome::Part,
        closed: BEGAN.plus(Duration::from_secs(845)),
        judgement: Some(Judgement::Skip),
        reasons: Vec::new(),
        stop_reason: Some(0),
        roller: Some(roller()),
        roller_retired: false,
        length_acknowledged: false,
        contact: ContactKept::InLiquid(Duration::from_secs(656)),
        cues_heard: Some(true),
        sections: PerSection::from_fn(section),
        order: Section::ALL.into(),
        rolled: Duration::from_secs(11),
        carried: false,
        pauses: 1,
        paused: Duration::from_secs(54),
        touches: 1,
        hand_cleans: 1,
        roller_events: 0,
    }
}

/// The blocks of the whole session as a file called `id` holds them.
pub(crate) fn blocks(id: &str) -> Vec<String> {
    let (protocol, header) = (protocol(), Header::new(&start(), id));
    let text = |part: FilePart, entry: &Entry| {
        RecordedEntry::of(&protocol, entry).unwrap().to_text(part, &header.sum).unwrap()
    };
    let (entries, later) = (entries(), later());
    let closing = SummaryFields::of(&protocol, &summary(), u32::try_from(entries.len()).unwrap()).unwrap();
    let mut blocks = vec![header.to_text()];
    blocks.extend(entries.iter().map(|entry| text(FilePart::BeforeSummary, entry)));
    blocks.push(closing.to_text(&header.sum));
    blocks.extend(later.iter().map(|entry| text(FilePart::AfterSummary, entry)));
    blocks
}
