//! A small protocol with every kind of question, and everything that can be sent into a session under it.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use dermaroll_engine::protocol::{
    CheckIn, Checklist, Consequence, Direction, Fingerprint, Group, Item, ItemIx, Kind, Micrometres, PerSection,
    Protocol, RedFlags, Rules, Section, SectionWords, Sections, SignOutItem, StopReason, Stroke, Times, WaitKind,
};
use dermaroll_engine::safety::{
    Acquaintance, Ago, Answer, Detail, Doctor, Keep, Knows, Place, Roller, Sureness, Unfit, Which,
};
use dermaroll_engine::session::{Away, Carried, Due, Event, Judgement, Kept, PauseCause, Said, SectionEnd};

/// The smallest span of the model: every time of its protocol is a small number of these.
pub(crate) const TICK: Duration = Duration::from_secs(1);

pub(crate) const STALE_AFTER: u32 = 2;
pub(crate) const ANSWERS_LAST: u32 = 2;
pub(crate) const CONTACT: u32 = 2;
pub(crate) const STROKE: u32 = 2;
pub(crate) const QUESTIONS: usize = 8;

pub(crate) static SMALL: LazyLock<Arc<Protocol>> = LazyLock::new(|| Arc::new(protocol()));

fn item(id: &str, card: &str, question: &str, consequence: Consequence) -> Item {
    Item {
        id: id.into(),
        title: id.into(),
        question: question.into(),
        why: String::new(),
        next: String::new(),
        group: Group::General,
        card: card.into(),
        consequence,
        source: String::new(),
        own: false,
    }
}

/// Knows the small list.
pub(crate) fn knows() -> Knows {
    let told = Acquaintance { has_passed: true, sessions_in_course: 1, days_since: Some(28) };
    Knows::of(&SMALL.checklist, &SMALL.rules, told).unwrap()
}

fn stroke(id: &str, direction: Direction) -> Stroke {
    Stroke { id: id.into(), direction, name: String::new(), short: String::new(), source: String::new() }
}

fn words() -> SectionWords {
    SectionWords {
        name: String::new(),
        bare: String::new(),
        short: String::new(),
        covers: String::new(),
        bounds: String::new(),
        keep_off: String::new(),
        hands: String::new(),
        source: String::new(),
    }
}

fn protocol() -> Protocol {
    let kind = |id: &str, days| WaitKind { id: id.into(), name: id.into(), days, source: String::new() };
    let reason = |id: &str, key, advice: &str, before_rolling| StopReason {
        id: id.into(),
        key,
        text: String::new(),
        advice: advice.into(),
        alarming: !advice.is_empty(),
        emergency_line: false,
        before_rolling,
        no_serum: !before_rolling,
    };
    let asked = |id: &str, may_be_unsure, no_serum| SignOutItem {
        id: id.into(),
        question: String::new(),
        short: String::new(),
        may_be_unsure,
        no_serum,
        what_to_do: String::new(),
    };
    Protocol {
        id: "model".into(),
        kind: Kind::Session,
        trial: false,
        fingerprint: Fingerprint(1),
        order: Section::ALL.into(),
        sections: PerSection::from_fn(|_| words()).into(),
        strokes: vec![stroke("up-down", Direction::UpDown), stroke("side-to-side", Direction::SideToSide)].into(),
        times: Times {
            contact: TICK * CONTACT,
            prepare: TICK,
            hand_clean: TICK,
            get_ready: TICK,
            stroke: TICK * STROKE,
            later_stroke: TICK * STROKE,
            move_on: TICK,
            saline: TICK,
            serum: TICK,
        },
        rules: Rules {
            article_needle_limit: Micrometres(150),
            longest_needle: Micrometres(300),
            stale_after: TICK * STALE_AFTER,
            answers_last: TICK * ANSWERS_LAST,
            // All questions within one tick are answered too fast.
            quick_answer: TICK / 8,
            quick_answer_pause: TICK,
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
                item("stop-a", "first", "Three words long?", Consequence::Stop),
                item("stop-b", "first", "This one is longer by two.", Consequence::Stop),
                item("ask", "", "", Consequence::Ask),
                item("wait", "", "", Consequence::Wait(vec![kind("short", 7), kind("long", 14)])),
                item("area-a", "last", "", Consequence::Area),
                item("area-b", "last", "", Consequence::Area),
                item("around-a", "last", "", Consequence::Around),
                item("around-b", "last", "", Consequence::Around),
            ],
            fingerprint: Fingerprint(2),
        }
        .into(),
        stop_reasons: vec![
            reason("blood", '1', "Press.", false),
            reason(StopReason::ROLLER, '2', "", true),
            reason("dizzy", '3', "Sit down.", true),
        ]
        .into(),
        sign_out: vec![asked(SignOutItem::NEEDLES_BENT, true, false), asked(SignOutItem::BLEEDING, true, true)].into(),
        aftercare: [].into(),
        red_flags: RedFlags::default(),
    }
}

/// Ids of the rollers that there are.
pub(crate) const ROLLERS: [&str; 2] = ["blue", "green"];

pub(crate) fn roller(micrometres: u32) -> Roller {
    Roller { id: ROLLERS[0].into(), name: String::new(), needle: Micrometres(micrometres), uses: 0 }
}

/// Another one than [`roller`] gives.
pub(crate) fn spare(micrometres: u32) -> Roller {
    Roller { id: ROLLERS[1].into(), ..roller(micrometres) }
}

pub(crate) fn yes(detail: Detail) -> Answer {
    Answer::Risk { sureness: Sureness::Yes, detail }
}

pub(crate) fn unsure(detail: Detail) -> Answer {
    Answer::Risk { sureness: Sureness::NotSure, detail }
}

pub(crate) fn set(sections: &[Section]) -> Sections {
    sections.iter().copied().collect()
}

/// All but `sections`.
pub(crate) fn others(sections: Sections) -> Sections {
    Section::ALL.into_iter().filter(|section| !sections.contains(*section)).collect()
}

/// All sets of sections, the empty one first.
pub(crate) fn every_set() -> impl Iterator<Item = Sections> {
    (0..32_u32).map(|bits| {
        Section::ALL.into_iter().enumerate().filter(|(ix, _)| bits >> ix & 1 == 1).map(|(_, s)| s).collect()
    })
}

fn waited(which: &[usize], days: u32) -> Detail {
    Detail::Waited { which: Which::These(which.to_vec()), ago: Ago::Days(days) }
}

fn each(each: &[(usize, Ago)]) -> Detail {
    Detail::WaitedEach(each.to_vec())
}

fn around(sections: Sections, keep: Keep) -> Detail {
    Detail::Around { place: Place::Sections(sections), keep }
}

/// Every class of answer to the question at `item`: each side of each limit, each set of sections, each way of not
/// being sure.
pub(crate) fn every_answer(item: usize) -> Vec<Answer> {
    let mut answers = vec![Answer::No];
    let mut risk = |detail: Detail| answers.extend([yes(detail.clone()), unsure(detail)]);
    match &SMALL.checklist.items[item].consequence {
        Consequence::Stop => risk(Detail::Plain),
        Consequence::Ask => {
            [Doctor::NotAsked, Doctor::SaidNo, Doctor::AllRight]
                .into_iter()
                .for_each(|said| risk(Detail::Doctor(said)));
        }
        Consequence::Wait(_) => {
            for (which, days) in [(&[0][..], 6), (&[0], 7), (&[1], 13), (&[1], 14), (&[0, 1], 13), (&[0, 1], 14)] {
                answers.push(yes(waited(which, days)));
            }
            answers.push(yes(Detail::Waited { which: Which::NotSure, ago: Ago::Days(13) }));
            answers.push(unsure(Detail::Waited { which: Which::NotSure, ago: Ago::Days(14) }));
            answers.push(unsure(Detail::Waited { which: Which::These(vec![0]), ago: Ago::NotSure }));
            for (one, other) in [(6, 14), (7, 13), (7, 14), (13, 7)] {
                answers.push(yes(each(&[(0, Ago::Days(one)), (1, Ago::Days(other))])));
            }
            answers.push(yes(each(&[(0, Ago::NotSure), (1, Ago::Days(14))])));
            answers.push(unsure(each(&[(0, Ago::Days(7)), (1, Ago::NotSure)])));
        }
        Consequence::Area => {
            answers.extend(every_set().skip(1).map(|sections| yes(Detail::Where(Place::Sections(sections)))));
            answers.push(unsure(Detail::Where(Place::Everywhere)));
        }
        Consequence::Around => {
            for sections in every_set().skip(1) {
                answers.push(yes(around(sections, Keep::Skip)));
                answers.push(unsure(around(sections, Keep::GoRound)));
            }
            answers.push(unsure(Detail::Around { place: Place::Everywhere, keep: Keep::Skip }));
        }
    }
    answers
}

/// One answer of each effect: no, the one that stops most, the one that lets most through.
pub(crate) fn three_answers(item: usize) -> Vec<Answer> {
    let mouth = set(&[Section::Mouth]);
    match &SMALL.checklist.items[item].consequence {
        Consequence::Stop => vec![Answer::No, unsure(Detail::Plain)],
        Consequence::Ask => {
            vec![Answer::No, unsure(Detail::Doctor(Doctor::NotAsked)), yes(Detail::Doctor(Doctor::AllRight))]
        }
        Consequence::Wait(_) => vec![Answer::No, yes(waited(&[1], 13)), unsure(waited(&[0, 1], 14))],
        Consequence::Area => {
            vec![
                Answer::No,
                unsure(Detail::Where(Place::Sections(others(mouth)))),
                yes(Detail::Where(Place::Sections(mouth))),
            ]
        }
        Consequence::Around => {
            vec![Answer::No, yes(around(others(mouth), Keep::Skip)), yes(around(mouth, Keep::GoRound))]
        }
    }
}

/// Answers that do not say what their question needs to know.
pub(crate) fn misfits() -> Vec<Event> {
    let answered = |item, detail| Event::Answered { item: ItemIx(item), answer: yes(detail) };
    vec![
        Event::Answered { item: ItemIx(QUESTIONS), answer: Answer::No },
        answered(0, Detail::Doctor(Doctor::AllRight)),
        answered(2, Detail::Plain),
        answered(3, Detail::Waited { which: Which::These(vec![]), ago: Ago::Days(99) }),
        answered(3, Detail::Waited { which: Which::These(vec![2]), ago: Ago::Days(99) }),
        answered(3, each(&[(0, Ago::Days(99))])),
        answered(3, each(&[(0, Ago::Days(99)), (0, Ago::Days(99))])),
        answered(3, each(&[(1, Ago::Days(99)), (0, Ago::Days(99))])),
        answered(3, each(&[(0, Ago::Days(99)), (2, Ago::Days(99))])),
        answered(2, each(&[(0, Ago::Days(99)), (1, Ago::Days(99))])),
        answered(4, Detail::Where(Place::Sections(Sections::NONE))),
        answered(6, around(Sections::NONE, Keep::GoRound)),
        answered(6, Detail::Around { place: Place::Everywhere, keep: Keep::GoRound }),
    ]
}

/// The answers that leave exactly `allowed` open.
pub(crate) fn answers_leaving(allowed: Sections) -> Vec<Event> {
    let shut = others(allowed);
    (0..QUESTIONS)
        .map(|item| {
            let skips = item == 4 && !shut.is_empty();
            let answer = if skips { yes(Detail::Where(Place::Sections(shut))) } else { Answer::No };
            Event::Answered { item: ItemIx(item), answer }
        })
        .collect()
}

pub(crate) fn carried(section: Section, strokes: u32, part: u32, cut_off: u32, end: Option<SectionEnd>) -> Event {
    let strokes = vec![TICK * STROKE; usize::try_from(strokes).unwrap_or(0)];
    Event::CarriedOver(Carried { section, strokes, part: TICK * part, cut_off, end })
}

pub(crate) const CHANGED: Event =
    Event::ProtocolChanged { protocol: Fingerprint(1), checklist: Fingerprint(2), strokes: Vec::new() };

pub(crate) fn away(least: u32, most: u32) -> Event {
    Event::Resumed { away: Away::For { least: TICK * least, most: TICK * most }, boot: None }
}

/// Everything but answers that fit their question.
pub(crate) static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let kept = |already| Kept::InLiquid { already: TICK * already };
    let mut events: Vec<Event> = [149, 150, 300, 301].map(|length| Event::RollerTaken(roller(length))).into();
    events.push(Event::RollerTaken(spare(149)));
    events.extend([Event::LengthAcknowledged, Event::NeedlesRejected]);
    events.extend([Unfit::Retired, Unfit::NotKnown].map(|cause| Event::RollerUnfit { cause }));
    let all_kept = [kept(0), kept(CONTACT - 1), kept(CONTACT), Kept::SealedPack];
    events.extend(all_kept.map(Event::SoakStarted));
    events.extend(misfits());
    events.extend([Judgement::Clear, Judgement::Skip, Judgement::Stop].map(|verdict| Event::ListConfirmed { verdict }));
    events.extend([
        Event::ListReopened,
        Event::SetUp,
        Event::SkinReady,
        Event::SkinTakenBack,
        Event::SoakTakenBack,
        Event::CuesHeard { heard: true },
        Event::CuesKnown { heard: true },
        Event::SteppedBack,
    ]);
    events.extend([Event::HandsFree, Event::CuesHeard { heard: false }]);
    events.extend(every_due().into_iter().map(Event::RanOut));
    events.push(Event::ClickerSeen);
    events.extend([PauseCause::Touch, PauseCause::Signal, PauseCause::Clicker].map(|cause| Event::Paused { cause }));
    events.extend([Event::WentOn, Event::Enough, Event::OneMore, Event::RollerTouched, Event::RollerRetired]);
    for (length, kept, acknowledged) in [
        (149, kept(0), false),
        (149, kept(CONTACT), false),
        (149, Kept::SealedPack, false),
        (150, kept(CONTACT), false),
        (150, kept(0), false),
        (150, kept(CONTACT), true),
        (301, Kept::SealedPack, true),
    ] {
        events.push(Event::RollerSwapped { roller: roller(length), kept, acknowledged });
    }
    for kept in [kept(0), kept(CONTACT), Kept::SealedPack] {
        events.push(Event::RollerSwapped { roller: spare(149), kept, acknowledged: false });
    }
    events.extend([Event::SoakedAgain, Event::TouchedNothing, Event::EnoughTakenBack]);
    events.extend([0, 1, 2, 3].map(|reason| Event::Stopped { reason }));
    events.extend([Event::AdviceRead, Event::BloodOrWelts, Event::NoBloodOrWelts]);
    events.extend([0, 1, STALE_AFTER + 1].map(|ticks| Event::Slept { span: TICK * ticks }));
    events.extend([1, STALE_AFTER + 1].map(|ticks| Event::Stalled { span: TICK * ticks }));
    let longest = CONTACT + STALE_AFTER + 1;
    events.extend([away(0, 0), away(0, 1), away(1, STALE_AFTER + 1), away(longest, longest)]);
    events.push(Event::Resumed { away: Away::Unknown, boot: None });
    events.push(CHANGED);
    events.extend([carried(Section::UpperRight, 2, 0, 0, Some(SectionEnd::Done))]);
    events.push(Event::KeptAsPart);
    for question in 0..3 {
        events.extend([Said::Yes, Said::No, Said::NotSure].map(|said| Event::SignedOut { question, said }));
    }
    events.extend([Event::SerumWanted, Event::Felt { level: 5 }, Event::Felt { level: 6 }, Event::Left]);
    events.extend([String::new(), "calm".into(), "x".repeat(2_001)].map(|text| Event::Noted { text }));
    events
});

pub(crate) fn every_due() -> Vec<Due> {
    let mut dues = vec![Due::Contact, Due::Prepare, Due::HandClean, Due::Saline, Due::Serum];
    for section in Section::ALL {
        dues.extend([Due::GetReady { section }, Due::Move { section }]);
        dues.extend([0, 1].map(|stroke| Due::Stroke { section, stroke }));
    }
    dues
}
