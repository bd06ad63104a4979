//! A small protocol: eight questions with all five consequences, five sections, two strokes, times of some seconds.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::assets;
use dermaroll::protocol::{Consequence, Item, Kind, Protocol, Section, Sections, WaitKind};
use dermaroll::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Sureness, Which};

/// Contact time of the small protocol.
pub(crate) const CONTACT: Duration = Duration::from_secs(4);
/// One stroke.
pub(crate) const STROKE: Duration = Duration::from_secs(2);
/// Standing still for longer than this makes the session stale.
pub(crate) const STALE: Duration = Duration::from_secs(10);
/// Answers that are older are asked again.
pub(crate) const ANSWERS_LAST: Duration = Duration::from_secs(1_000);
/// Days that the question with a waiting time asks for.
const WAITING: u32 = 30;

/// A question, its answers that make a difference, and what the monitor holds of each: the independent reading of the
/// rules, written down once more on purpose.
pub(crate) struct Question {
    pub(crate) consequence: Consequence,
    pub(crate) answers: Vec<(Answer, Means)>,
}

/// What an answer means by the rules as they are written, not as they are programmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Means {
    /// Nothing.
    Nothing,
    /// No session.
    Stop,
    /// These sections are left out.
    Skip(Sections),
}

fn yes(detail: Detail) -> Answer {
    Answer::Risk { sureness: Sureness::Yes, detail }
}

fn unsure(detail: Detail) -> Answer {
    Answer::Risk { sureness: Sureness::NotSure, detail }
}

pub(crate) fn only(sections: &[Section]) -> Sections {
    sections.iter().copied().collect()
}

/// The first `count` of the eight questions.
pub(crate) fn questions(count: usize) -> Vec<Question> {
    let no = (Answer::No, Means::Nothing);
    let all: Sections = Section::ALL.into_iter().collect();
    let right = only(&[Section::UpperRight]);
    let left = only(&[Section::UpperLeft, Section::Mouth]);
    let waited = |days| Detail::Waited { which: Which::These(vec![0]), ago: Ago::Days(days) };
    let at = |sections| Detail::Where(Place::Sections(sections));
    let round = |sections, keep| Detail::Around { place: Place::Sections(sections), keep };
    let question = |consequence, answers: Vec<(Answer, Means)>| Question {
        consequence,
        answers: std::iter::once(no.clone()).chain(answers).collect(),
    };
    let wait = vec![WaitKind { id: "peel".into(), name: "peel".into(), days: WAITING, source: "test".into() }];
    let mut questions = vec![
        question(Consequence::Stop, vec![(yes(Detail::Plain), Means::Stop)]),
        question(Consequence::Area, vec![(yes(at(right)), Means::Skip(right))]),
        question(
            Consequence::Ask,
            vec![
                (yes(Detail::Doctor(Doctor::AllRight)), Means::Nothing),
                (unsure(Detail::Doctor(Doctor::NotAsked)), Means::Stop),
            ],
        ),
        question(
            Consequence::Around,
            vec![(yes(round(left, Keep::GoRound)), Means::Nothing), (yes(round(left, Keep::Skip)), Means::Skip(left))],
        ),
        question(
            Consequence::Wait(wait),
            vec![(yes(waited(WAITING)), Means::Nothing), (yes(waited(WAITING - 1)), Means::Stop)],
        ),
        question(Consequence::Area, vec![(unsure(Detail::Where(Place::Everywhere)), Means::Skip(all))]),
        question(Consequence::Stop, vec![(unsure(Detail::Plain), Means::Stop)]),
        question(Consequence::Ask, vec![(yes(Detail::Doctor(Doctor::SaidNo)), Means::Stop)]),
    ];
    questions.truncate(count);
    questions
}

/// The protocol with these questions and so many strokes.
pub(crate) fn protocol(questions: &[Question], strokes: usize) -> Arc<Protocol> {
    let mut protocol = assets::built_in(Kind::Session).unwrap();
    let second = Duration::from_secs(1);
    protocol.strokes.truncate(strokes);
    protocol.times.contact = CONTACT;
    protocol.times.prepare = 2 * second;
    protocol.times.hand_clean = 2 * second;
    protocol.times.get_ready = 2 * second;
    protocol.times.stroke = STROKE;
    protocol.times.later_stroke = STROKE;
    protocol.times.move_on = 2 * second;
    protocol.times.saline = 2 * second;
    protocol.times.serum = 2 * second;
    protocol.rules.stale_after = STALE;
    protocol.rules.answers_last = ANSWERS_LAST;
    protocol.rules.quick_answer = Duration::ZERO;
    protocol.rules.quick_answer_pause = Duration::ZERO;
    let model: Item = protocol.checklist.items[0].clone();
    protocol.checklist.items = questions
        .iter()
        .enumerate()
        .map(|(place, question)| Item {
            id: format!("question-{place}"),
            consequence: question.consequence.clone(),
            ..model.clone()
        })
        .collect();
    Arc::new(protocol)
}
