//! What every question of the shipped checklist leads to, held against a table that was written by hand.

use std::collections::BTreeSet;

use engine::protocol::{Consequence, Section, Sections, WaitKind};
use engine::safety::{Ago, Answer, Because, Detail, Doctor, Keep, Place, Sureness, Verdict, Which};

use crate::engine::session_driver::*;

const TABLE: &str = include_str!("verdicts.toml");

fn table() -> toml::Table {
    TABLE.parse().unwrap()
}

fn mouth() -> Sections {
    [Section::Mouth].into_iter().collect()
}

fn all_but_the_mouth() -> Sections {
    Section::ALL.into_iter().filter(|section| *section != Section::Mouth).collect()
}

/// The details that the table has to have for a question, whatever else it has: the most and the least careful ones.
fn needed(consequence: &Consequence) -> Vec<String> {
    let words: &[&str] = match consequence {
        Consequence::Stop => &[],
        Consequence::Ask => &["not asked", "said no", "all right"],
        Consequence::Area => &["everywhere", "all but the mouth", "mouth"],
        Consequence::Around => &["everywhere", "skip mouth", "go round mouth"],
        Consequence::Wait(kinds) => {
            let sides =
                kinds.iter().flat_map(|kind| [kind.days - 1, kind.days].map(|days| format!("{} {days}", kind.id)));
            let longest = kinds.iter().map(|kind| kind.days).max().unwrap();
            let unsure = [longest - 1, longest].map(|days| format!("not sure {days}"));
            return sides.chain(unsure).chain(["not sure not sure".to_owned()]).collect();
        }
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn ago(text: &str) -> Ago {
    if text == "not sure" { Ago::NotSure } else { Ago::Days(text.parse().unwrap()) }
}

/// `filler 180`, `laser 3, filler not sure`, `not sure 364`.
fn waited(kinds: &[WaitKind], text: &str) -> Detail {
    if let Some(days) = text.strip_prefix("not sure ") {
        return Detail::Waited { which: Which::NotSure, ago: ago(days) };
    }
    let one = |part: &str| {
        let (id, days) = part.split_once(' ').unwrap();
        (kinds.iter().position(|kind| kind.id == id).unwrap_or_else(|| panic!("no kind {id}")), ago(days))
    };
    match text.split(", ").map(one).collect::<Vec<_>>().as_slice() {
        [(place, ago)] => Detail::Waited { which: Which::These(vec![*place]), ago: *ago },
        each => Detail::WaitedEach(each.to_vec()),
    }
}

fn detail(consequence: &Consequence, text: &str) -> Detail {
    let around = |place, keep| Detail::Around { place, keep };
    match (consequence, text) {
        (Consequence::Ask, "not asked") => Detail::Doctor(Doctor::NotAsked),
        (Consequence::Ask, "said no") => Detail::Doctor(Doctor::SaidNo),
        (Consequence::Ask, "all right") => Detail::Doctor(Doctor::AllRight),
        (Consequence::Area, "everywhere") => Detail::Where(Place::Everywhere),
        (Consequence::Area, "all but the mouth") => Detail::Where(Place::Sections(all_but_the_mouth())),
        (Consequence::Area, "mouth") => Detail::Where(Place::Sections(mouth())),
        (Consequence::Around, "everywhere") => around(Place::Everywhere, Keep::Skip),
        (Consequence::Around, "skip mouth") => around(Place::Sections(mouth()), Keep::Skip),
        (Consequence::Around, "go round mouth") => around(Place::Sections(mouth()), Keep::GoRound),
        (Consequence::Wait(kinds), text) => waited(kinds, text),
        (consequence, text) => panic!("{text:?} does not go with {consequence:?}"),
    }
}

/// The verdict of the engine where every other question is answered with no, in the words of the table.
fn verdict(id: &str, answer: Answer) -> String {
    let verdict = SessionDriver::new().soaking().answered(&[(id, answer)]).session.judge().unwrap();
    match verdict {
        Verdict::Stop(reasons) => match reasons.iter().map(|reason| reason.because).collect::<Vec<_>>().as_slice() {
            [Because::Listed] => "stop".to_owned(),
            [Because::NotAsked] => "stop: not asked".to_owned(),
            [Because::SaidNo] => "stop: said no".to_owned(),
            [Because::TooSoon { days_left: 1 }] => "stop: 1 day left".to_owned(),
            [Because::TooSoon { days_left }] => format!("stop: {days_left} days left"),
            [Because::NoSectionLeft] => "stop: no section left".to_owned(),
            other => panic!("{id}: {other:?}"),
        },
        Verdict::Clear(clearance) => {
            let round: Vec<Section> = clearance
                .plan()
                .iter()
                .filter(|(_, plan)| !plan.round.is_empty())
                .map(|(section, _)| section)
                .collect();
            match (clearance.skipped(), round.as_slice()) {
                (skipped, []) if skipped.is_empty() => "clear".to_owned(),
                (skipped, []) if skipped == mouth() => "skip mouth".to_owned(),
                (skipped, []) if skipped == all_but_the_mouth() => "skip four".to_owned(),
                (skipped, [Section::Mouth]) if skipped.is_empty() => "go round mouth".to_owned(),
                other => panic!("{id}: {other:?}"),
            }
        }
    }
}

#[test]
fn every_answer_to_every_question_leads_where_the_table_says() {
    let (table, mut count) = (table(), 0);
    for item in &SessionDriver::new().session.protocol().checklist.items {
        let id = item.id.as_str();
        let of =
            |said: &str| table.get(id).and_then(|row| row.get(said)).unwrap_or_else(|| panic!("no {said} of {id}"));
        assert_eq!(verdict(id, Answer::No), of("no").as_str().unwrap(), "{id}, no");
        for (said, sureness) in [("yes", Sureness::Yes), ("not-sure", Sureness::NotSure)] {
            if item.consequence == Consequence::Stop {
                let given = verdict(id, Answer::Risk { sureness, detail: Detail::Plain });
                assert_eq!(given, of(said).as_str().unwrap(), "{id}, {said}");
                count += 1;
                continue;
            }
            let details = of(said).as_table().unwrap();
            for word in needed(&item.consequence) {
                assert!(details.contains_key(&word), "{id}, {said}: no line for {word:?}");
            }
            for (word, expected) in details {
                let given = verdict(id, Answer::Risk { sureness, detail: detail(&item.consequence, word) });
                assert_eq!(given, expected.as_str().unwrap(), "{id}, {said}, {word}");
                count += 1;
            }
        }
    }
    assert!(count > 150, "{count} lines");
}

#[test]
fn the_table_has_the_questions_of_the_checklist_and_no_others() {
    let checklist = SessionDriver::new().session.protocol().checklist.clone();
    let asked: BTreeSet<&str> = checklist.items.iter().map(|item| item.id.as_str()).collect();
    let table = table();
    assert_eq!(table.keys().map(String::as_str).collect::<BTreeSet<_>>(), asked);
}
