//! What was answered in a session: to the list before it and to the sign-out after it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Fields, Reading};

/// An answer of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer {
    /// Id of the question.
    pub item: String,
    /// `no`, `yes` or `not-sure`.
    pub answer: String,
    /// What a doctor or pharmacist said: `not-asked`, `said-no` or `all-right`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doctor: Option<String>,
    /// Ids of the things meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub which: Option<Vec<String>>,
    /// Days since the last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_ago: Option<u32>,
    /// What of the two above the person was not sure of: `which`, `when`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsure_of: Option<Vec<String>>,
    /// Ids of sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<String>>,
    /// Everywhere, or not sure where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub everywhere: Option<bool>,
    /// `skip` or `go-round`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<String>,
}

/// A question of the sign-out with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Asked {
    /// Id of the question.
    pub question: String,
    /// `yes`, `no` or `not-sure`.
    pub said: String,
}

/// The last answer to each question of the list, in the order in which they were first answered.
pub(super) fn of_list(reading: &Reading) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for fields in &reading.entries {
        let Some((item, answer)) = answer(fields) else { continue };
        match places.get(item).and_then(|place| answers.get_mut(*place)) {
            Some(former) => *former = answer,
            None => {
                places.insert(item, answers.len());
                answers.push(answer);
            }
        }
    }
    answers
}

fn answer(fields: &Fields) -> Option<(&str, Answer)> {
    let (item, answer) = (fields.item.as_ref()?, fields.answer.as_ref()?);
    Some((
        item,
        Answer {
            item: item.clone(),
            answer: answer.clone(),
            doctor: fields.doctor.clone(),
            which: fields.which.clone(),
            days_ago: fields.days_ago,
            unsure_of: fields.unsure_of.clone(),
            sections: fields.sections.clone(),
            everywhere: fields.everywhere,
            keep: fields.keep.clone(),
        },
    ))
}

/// The last answer to each question of the sign-out.
pub(super) fn of_sign_out(reading: &Reading) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for fields in reading.entries.iter().chain(&reading.later) {
        if let (Some(question), Some(said)) = (&fields.question, &fields.said) {
            asked.retain(|former| former.question != *question);
            asked.push(Asked { question: question.clone(), said: said.clone() });
        }
    }
    asked
}
