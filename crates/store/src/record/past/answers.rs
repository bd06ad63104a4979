//! What was answered in a session: to the list before it and to the sign-out after it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{NamedAnswer, NamedItem, NamedQuestion, Reading};
use engine::session::{Event, Said};

/// An answer of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Answer"))]
pub struct AnswerRow {
    /// Id of the question.
    pub item: String,
    /// How it was asked, if the record says so.
    #[serde(skip)]
    pub asked: Option<String>,
    /// The answer to it.
    #[serde(flatten)]
    pub answer: NamedAnswer,
}

/// A question of the sign-out with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Asked"))]
pub struct SignOutRow {
    /// Id of the question.
    pub question: String,
    /// The question as it was asked, where the record says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// `yes`, `no` or `not-sure`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub said: Said,
}

/// The last answer to each question of the list, in the order in which they were first answered.
pub(super) fn of_list(reading: &Reading) -> Vec<AnswerRow> {
    let mut answers: Vec<AnswerRow> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &reading.entries {
        let Event::Answered { item: NamedItem { item, asked }, answer } = &entry.event else { continue };
        let answer = AnswerRow { item: item.clone(), asked: asked.clone(), answer: answer.clone() };
        match places.get(item.as_str()).and_then(|place| answers.get_mut(*place)) {
            Some(former) => *former = answer,
            None => {
                places.insert(item, answers.len());
                answers.push(answer);
            }
        }
    }
    answers
}

/// The last answer to each question of the sign-out.
pub(super) fn of_sign_out(reading: &Reading) -> Vec<SignOutRow> {
    let mut asked: Vec<SignOutRow> = Vec::new();
    for entry in reading.entries.iter().chain(&reading.after_summary) {
        if let Event::SignedOut { question: NamedQuestion { question, asked: wording }, said } = &entry.event {
            asked.retain(|former| former.question != *question);
            let wording = wording.clone().filter(|wording| !wording.is_empty());
            asked.push(SignOutRow { question: question.clone(), asked: wording, said: *said });
        }
    }
    asked
}
