//! The answers of a session, in the wording of their questions: the list before rolling, the sign-out after it.

use super::Page;
use super::terms::{clean, id, ids};
use crate::record::entry::Fields;
use crate::record::read::Reading;

impl Page {
    /// The answer that held in the end to each question: first what was not answered with no.
    pub(super) fn list(&mut self, reading: &Reading) {
        let answers = held(reading.entries.iter(), |fields| fields.item.as_ref());
        if answers.is_empty() {
            return;
        }
        let (no, risks): (Vec<&Fields>, Vec<&Fields>) =
            answers.into_iter().partition(|fields| fields.answer.as_deref() == Some("no"));
        let mut lines: Vec<String> = risks.into_iter().map(|fields| self.answered(fields)).collect();
        let count = no.len().to_string();
        let wording: Option<Vec<String>> = no.iter().map(|fields| wording(fields).map(clean)).collect();
        match (lines.is_empty(), wording) {
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
    pub(super) fn sign_out(&mut self, reading: &Reading) {
        let said = held(reading.entries.iter().chain(&reading.later), |fields| fields.question.as_ref());
        let line = |fields: &&Fields| {
            let said = self.word("said", fields.said.as_deref().unwrap_or_default());
            put(fields, fields.question.as_deref(), &said)
        };
        let lines: Vec<String> = said.iter().map(line).collect();
        self.rows("label.sign_out", &lines);
    }

    fn answered(&self, fields: &Fields) -> String {
        let mut parts = vec![self.word("answer", fields.answer.as_deref().unwrap_or_default())];
        if let Some(doctor) = &fields.doctor {
            parts.push(self.word("doctor", doctor));
        }
        let unsure = |what: &str| fields.unsure_of.iter().flatten().any(|unsure| unsure == what);
        if let Some(which) = &fields.which {
            parts.push(ids(which));
        } else if unsure("which") {
            parts.push(self.words.say("waited.which_unsure"));
        }
        match fields.days_ago {
            Some(0) => parts.push(self.words.say("waited.today")),
            Some(1) => parts.push(self.words.say("waited.day")),
            Some(days) => parts.push(self.words.fill("waited.days", &[("days", &days.to_string())])),
            None if unsure("when") => parts.push(self.words.say("waited.when_unsure")),
            None => {}
        }
        if let Some(sections) = &fields.sections {
            parts.push(ids(sections));
        } else if fields.everywhere == Some(true) {
            parts.push(self.words.say("place.everywhere"));
        }
        if let Some(keep) = &fields.keep {
            parts.push(self.word("keep", keep));
        }
        put(fields, fields.item.as_deref(), &parts.join(", "))
    }
}

/// The wording of a question with the answer behind it; its name where the record has no wording.
fn put(fields: &Fields, name: Option<&str>, answer: &str) -> String {
    match wording(fields) {
        Some(asked) => format!("{} {answer}", clean(asked)),
        None => format!("{}: {answer}", id(name.unwrap_or_default())),
    }
}

/// How the question was asked, where the record says so.
fn wording(fields: &Fields) -> Option<&str> {
    fields.asked.as_deref().filter(|asked| !asked.is_empty())
}

/// The last entry about each thing that `of` names, in the order in which they came first.
fn held<'a>(entries: impl Iterator<Item = &'a Fields>, of: impl Fn(&Fields) -> Option<&String>) -> Vec<&'a Fields> {
    let mut held: Vec<&Fields> = Vec::new();
    for fields in entries.filter(|fields| of(fields).is_some()) {
        match held.iter_mut().find(|former| of(former) == of(fields)) {
            Some(former) => *former = fields,
            None => held.push(fields),
        }
    }
    held
}
