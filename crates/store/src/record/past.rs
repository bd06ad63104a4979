//! What is known of a past session: the one form in which history, due, show, export and the welcome screen read it.
//! What is exported of it has the fields of docs/schemas/export.schema.json, in this order.

mod answers;
mod parts;

use core::time::Duration;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use self::answers::{AnswerRow, SignOutRow};
pub use self::parts::{ContactRow, OnTheWay, RollerRow, SectionRow};
use super::amendment::Struck;
use super::facts::{Facts, Retirement};
use super::header::{RecordKind, SerumNote};
use super::reading::{Reading, Tail};
use super::summary::ReasonFields;
use super::timestamp::Timestamp;
use crate::calendar::Date;
use crate::export::FollowUpRow;
#[cfg(test)]
use crate::export::shape;
use engine::protocol::Section;
use engine::session::{Carried, Judgement, Outcome, SectionEnd};

/// A session, a trial or a check of the list. What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Session"))]
pub struct Past {
    /// Its file.
    #[serde(skip)]
    pub path: PathBuf,
    /// The name of its file without the ending: the start in UTC and four characters.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub id: String,
    /// Of what it is a record.
    pub kind: RecordKind,
    /// Made with times outside the usual ranges; never counted.
    pub trial: bool,
    /// It counts as a session: no check, no trial, and the drum was on the skin.
    pub counted: bool,
    /// It was struck out since; it counts no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub struck: Option<Struck>,
    /// When it was corrected last; it is given as corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Moment>"))]
    pub corrected: Option<Timestamp>,
    /// A part of its file is damaged; what is sound is given.
    pub damaged: bool,
    /// When it began: local time with its offset.
    #[cfg_attr(test, schemars(with = "shape::Moment"))]
    pub started: Timestamp,
    /// When it was closed, if that is known; of paper it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Moment>"))]
    pub ended: Option<Timestamp>,
    /// When its record was closed: for a session from paper when it was entered. None for an unfinished one.
    #[serde(skip)]
    pub closed: Option<Timestamp>,
    /// Local days since the session before it that counts, for one that does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_since_previous: Option<i64>,
    /// Why it was begun before the interval was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_reason: Option<String>,
    /// How it ended; not known of a damaged record that was never closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::End>"))]
    pub outcome: Option<Outcome>,
    /// Of the list, if it was confirmed: `clear`, `skip` or `stop`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub verdict: Option<Judgement>,
    /// Why the list stopped it.
    pub reasons: Vec<ReasonFields>,
    /// Id of the person's reason for stopping early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<String>,
    /// Blood or welts were seen in the saline or the serum after rolling.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub blood_or_welts: bool,
    /// The answers that held in the end, one for each question.
    pub answers: Vec<AnswerRow>,
    /// The roller that was in use at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roller: Option<RollerRow>,
    /// Ids of all rollers that touched the skin, in order: more than one where a spare was taken.
    #[serde(rename = "rollers_used")]
    pub rollers: Vec<String>,
    /// How the roller was kept before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactRow>,
    /// The sections in the article's order; none for a check.
    pub sections: Vec<SectionRow>,
    /// Rolling time in all, in milliseconds. Nobody timed what was on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolled_ms: Option<u64>,
    /// What came between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_the_way: Option<OnTheWay>,
    /// The serum that was meant to be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serum: Option<SerumNote>,
    /// The answers of the sign-out.
    pub sign_out: Vec<SignOutRow>,
    /// How it felt; the program asks for 0 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub felt: Option<u8>,
    /// The person's note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Notes of the days after, oldest first.
    #[serde(rename = "later")]
    pub follow_ups: Vec<FollowUpRow>,
    /// Version of the program that made the record.
    pub app: String,
    /// Id of the protocol that was followed.
    pub protocol: String,
    /// The checksum of the questions to which every answer was given and confirmed. None where some may not have been
    /// asked: a stop may come before the last one.
    #[serde(skip)]
    pub passed_checklist: Option<String>,
    /// The drum was on the skin, for however long.
    #[serde(skip)]
    pub touched_skin: bool,
    /// Sections that were done or were enough.
    #[serde(skip)]
    pub sections_done: usize,
    /// The sections in the order in which they were to be rolled; none without a summary, which alone says so.
    #[serde(skip)]
    pub order: Vec<Section>,
    /// Rolling time in all, also of one that was never closed.
    #[serde(skip)]
    pub rolled: Duration,
    /// The rollers that were retired in it: the ledger may not have been reached before a crash. A trial retires none.
    #[serde(skip)]
    pub retired: Vec<Retirement>,
    /// Lines at which the file is damaged, or none.
    #[serde(skip)]
    pub damaged_lines: Vec<usize>,
    /// Its last part was cut off while it was being written.
    #[serde(skip)]
    pub torn: bool,
}

impl Past {
    /// The session in `reading`, which was read from the file at `path`. Its follow-ups and the session before it are
    /// not looked at.
    pub fn of(path: &Path, reading: &Reading) -> Past {
        let (header, summary) = (&reading.header, reading.summary.as_ref());
        let facts = facts(reading);
        let parts = || summary.iter().flat_map(|summary| &summary.sections);
        // In a manual entry, everything that nobody counted is 0.
        let is_timed = header.kind != RecordKind::Log;
        // Without a summary the entries tell, unless some are missing.
        let is_from_entries = summary.is_none() && reading.damage.is_empty();
        let so_far = if is_from_entries { reading.rolled() } else { Vec::new() };
        let closed = summary.map(|summary| summary.closed);
        let is_real_session = header.kind.is_rolling() && !header.trial;
        let rolled_ms = summary.map_or(0, |summary| summary.rolled_ms);
        // A damaged session that can no longer be closed counts too: the skin does not heal faster for it.
        let may_count = closed.is_some() || !reading.damage.is_empty();
        let struck = reading.amended.struck();
        let is_sound = struck.is_none() && reading.damage.is_empty();
        Past {
            path: path.to_owned(),
            id: header.id.clone(),
            kind: header.kind,
            trial: header.trial,
            counted: is_real_session && facts.touched_skin && may_count && struck.is_none(),
            struck,
            corrected: reading.amended.corrected(),
            damaged: !reading.damage.is_empty() || reading.tail != Tail::Clean,
            started: header.started,
            ended: closed.filter(|_| is_timed),
            closed,
            days_since_previous: None,
            early_reason: header.early_reason.clone(),
            outcome: summary.map(|summary| summary.outcome),
            verdict: summary.and_then(|summary| summary.verdict),
            reasons: summary.map(|summary| summary.reasons.clone()).unwrap_or_default(),
            stop_reason: summary.and_then(|summary| summary.stop_reason.clone()),
            blood_or_welts: facts.blood_or_welts,
            answers: answers::of_list(reading),
            roller: parts::roller(reading, &facts.retired),
            rollers: facts.rollers,
            contact: summary
                .and_then(|summary| Some(ContactRow { kept: summary.contact.clone()?, ms: summary.contact_ms }))
                .filter(|_| header.kind == RecordKind::Session),
            sections: parts().map(|part| SectionRow::of(part, is_timed)).collect(),
            rolled_ms: is_timed.then_some(rolled_ms),
            on_the_way: summary.filter(|_| is_timed).and_then(OnTheWay::of),
            serum: header.serum_note(),
            sign_out: answers::of_sign_out(reading),
            felt: reading.felt(),
            note: reading.note().map(str::to_owned),
            follow_ups: Vec::new(),
            app: header.app.clone(),
            protocol: header.protocol.clone(),
            passed_checklist: summary
                .filter(|summary| matches!(summary.verdict, Some(Judgement::Clear | Judgement::Skip)))
                .filter(|_| is_sound)
                .map(|_| header.checklist_fingerprint.clone()),
            touched_skin: facts.touched_skin,
            sections_done: parts().filter(|section| section.is_done()).count()
                + so_far.iter().filter(|one| one.is_done()).count(),
            order: summary.map(|summary| summary.order.clone()).unwrap_or_default(),
            rolled: Duration::from_millis(rolled_ms) + so_far.iter().map(Carried::spent).sum::<Duration>(),
            retired: facts.retired,
            damaged_lines: reading.damage.iter().map(|damage| damage.line).collect(),
            torn: reading.tail != Tail::Clean,
        }
    }

    /// Whether the interval is counted from its day: it is no check and no trial, and the drum touched the skin or
    /// nobody can say that it did not. A record that is not closed may have been cut off at any line by another
    /// program.
    pub fn holds_interval(&self) -> bool {
        self.is_real_session() && !self.is_void() && (self.touched_skin || self.closed.is_none())
    }

    /// Whether nothing of it counts any more: it was entered from paper, and struck out. What the program recorded
    /// itself was rolled, also where its record is struck out.
    pub fn is_void(&self) -> bool {
        self.struck.is_some() && self.kind == RecordKind::Log
    }

    /// Whether it was struck out although the program saw skin being rolled.
    pub fn is_rolled_and_struck(&self) -> bool {
        self.struck.is_some() && self.is_timed() && self.is_real_session() && self.touched_skin
    }

    /// Its day, if that counts as a person typed it: it is from paper and not struck out.
    pub fn typed_day(&self) -> Option<Date> {
        (self.kind == RecordKind::Log && self.struck.is_none()).then(|| self.day())
    }

    /// Whether the only reason that its day holds the interval is that it was never closed.
    pub fn may_have_rolled(&self) -> bool {
        self.holds_interval() && !self.touched_skin
    }

    /// Whether it is a session, recorded or entered by hand, and no trial.
    pub fn is_real_session(&self) -> bool {
        self.kind.is_rolling() && !self.trial
    }

    /// Whether the program ran it, so that its times are known.
    pub fn is_timed(&self) -> bool {
        self.kind == RecordKind::Session
    }

    /// Whether it was begun and never closed.
    pub fn is_interrupted(&self) -> bool {
        self.kind == RecordKind::Session && self.closed.is_none()
    }

    /// The local day on which it began.
    pub fn day(&self) -> Date {
        Date::of(self.started.wall())
    }

    /// The sections that ended in a way for which `is_meant` holds.
    pub fn ended_as(&self, is_meant: impl Fn(SectionEnd) -> bool) -> impl Iterator<Item = &SectionRow> {
        self.sections.iter().filter(move |part| is_meant(part.end))
    }
}

/// What the entries tell, corrected by what else is known.
fn facts(reading: &Reading) -> Facts {
    let mut facts = Facts::of(reading.verified_entries(), !reading.damage.is_empty());
    if let Some(summary) = &reading.summary {
        // The summary decides whether the skin was touched. Its roller may have been taken in an entry that is damaged.
        facts.touched_skin = summary.touched_skin();
    }
    // Nobody enters a session by hand in which nothing was rolled.
    facts.touched_skin |= reading.header.kind == RecordKind::Log;
    if reading.header.trial {
        facts.retired.clear();
    }
    let roller = reading.summary.as_ref().and_then(|summary| summary.roller.as_ref());
    facts.add_roller(roller.filter(|_| facts.touched_skin));
    facts
}
