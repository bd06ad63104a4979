//! The answers of a session with the wording of their questions: the checklist before rolling, the sign-out after it.

use super::SessionText;
use super::terms::{clean, id, ids, word};
use crate::record::Past;
use crate::record::dialect::{NamedAnswer, Unsure};
use crate::record::past::{AnswerRow, SignOutRow};
use engine::protocol::{SignOutItem, Words};
use engine::session::Said;

impl SessionText {
    /// The last answer to each question, those other than no first.
    pub(super) fn list(&mut self, past: &Past) {
        if past.answers.is_empty() {
            return;
        }
        let (no, risks): (Vec<_>, Vec<_>) = past.answers.iter().partition(|row| row.answer.answer == Said::No);
        let answered = |row: &AnswerRow| put(row.asked.as_ref(), &row.item, &answer_words(&self.words, &row.answer));
        let mut lines: Vec<String> = risks.into_iter().map(answered).collect();
        let count = no.len().to_string();
        let asked: Option<Vec<String>> = no.iter().map(|row| wording(row.asked.as_ref()).map(clean)).collect();
        match (lines.is_empty(), asked) {
            (_, Some(_)) if no.is_empty() => {}
            (_, Some(asked)) => {
                lines.push(self.words.fill("answer.no_these", &[("count", &count)]));
                lines.extend(asked);
            }
            (true, None) => lines.push(self.words.fill("answer.no_all", &[("count", &count)])),
            (false, None) => lines.push(self.words.fill("answer.no_others", &[("count", &count)])),
        }
        self.rows("label.list", &lines);
    }

    /// The closing questions with their answers.
    pub(super) fn sign_out(&mut self, past: &Past) {
        let line = |SignOutRow { question, asked, said }: &SignOutRow| {
            // The records of the first builds do not say how it was asked; this id names one of three things alone.
            let former = (question == SignOutItem::BLOOD).then(|| self.words.say("sign_out.blood"));
            put(asked.as_ref().or(former.as_ref()), question, &self.word("said", (*said).into()))
        };
        let lines: Vec<String> = past.sign_out.iter().map(line).collect();
        self.rows("label.sign_out", &lines);
    }
}

/// An answer in words, with what it says of doctor, kind, time and place.
pub(crate) fn answer_words(words: &Words, answer: &NamedAnswer) -> String {
    let mut parts = vec![word(words, "answer", answer.answer.into())];
    if let Some(doctor) = answer.doctor {
        parts.push(word(words, "doctor", doctor.into()));
    }
    if let (Some(which), Some(days)) = (&answer.which, &answer.days_ago_each) {
        let is_unsure = |kind: &String| answer.unsure_when.iter().flatten().any(|unsure| unsure == kind);
        parts.extend(which.iter().zip(days).map(|(kind, days)| {
            let ago = if is_unsure(kind) { words.say("waited.when_unsure") } else { days_ago(words, *days) };
            format!("{} {ago}", id(kind))
        }));
    } else if let Some(which) = &answer.which {
        parts.push(ids(which));
    } else if answer.is_unsure_of(Unsure::Which) {
        parts.push(words.say("waited.which_unsure"));
    }
    match answer.days_ago {
        Some(days) => parts.push(days_ago(words, days)),
        None if answer.is_unsure_of(Unsure::When) => parts.push(words.say("waited.when_unsure")),
        None => {}
    }
    if let Some(sections) = &answer.sections {
        let names: Vec<String> = sections.iter().map(|section| id(section.id())).collect();
        parts.push(names.join(", "));
    } else if answer.everywhere == Some(true) {
        parts.push(words.say("place.everywhere"));
    }
    if let Some(keep) = answer.keep {
        parts.push(word(words, "keep", keep.into()));
    }
    parts.join(", ")
}

fn days_ago(words: &Words, days: u32) -> String {
    match days {
        0 => words.say("waited.today"),
        1 => words.say("waited.day"),
        days => words.fill("waited.days", &[("days", &days.to_string())]),
    }
}

/// The wording of a question with its answer; its id if the record has no wording.
fn put(asked: Option<&String>, name: &str, answer: &str) -> String {
    match wording(asked) {
        Some(asked) => format!("{} {answer}", clean(asked)),
        None => format!("{}: {answer}", id(name)),
    }
}

/// The wording of the question, if the record has it.
fn wording(asked: Option<&String>) -> Option<&str> {
    asked.map(String::as_str).filter(|asked| !asked.is_empty())
}
