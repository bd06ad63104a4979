//! What was answered in a session: to the list before it and to the sign-out after it.

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
    let answers = reading.entries.iter().filter_map(|entry| match &entry.event {
        Event::Answered { item: NamedItem { item, asked }, answer } => {
            Some(AnswerRow { item: item.clone(), asked: asked.clone(), answer: answer.clone() })
        }
        _ => None,
    });
    last_of_each(answers, |row| &row.item)
}

/// The last answer to each question of the sign-out, in the order in which they were first answered.
pub(super) fn of_sign_out(reading: &Reading) -> Vec<SignOutRow> {
    let said = reading.entries.iter().chain(&reading.after_summary).filter_map(|entry| match &entry.event {
        Event::SignedOut { question: NamedQuestion { question, asked }, said } => {
            let asked = asked.clone().filter(|wording| !wording.is_empty());
            Some(SignOutRow { question: question.clone(), asked, said: *said })
        }
        _ => None,
    });
    last_of_each(said, |row| &row.question)
}

fn last_of_each<T>(rows: impl Iterator<Item = T>, question: impl Fn(&T) -> &String) -> Vec<T> {
    let mut last: Vec<T> = Vec::new();
    for row in rows {
        match last.iter_mut().find(|former| question(former) == question(&row)) {
            Some(former) => *former = row,
            None => last.push(row),
        }
    }
    last
}
