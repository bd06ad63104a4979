//! The right to write is asked for only when something is about to be written. Until then another window may have written,
//! so what was shown is looked at again before anything is done.

use super::{App, DueState, Output};
use crate::tui::editor::Editor;
use crate::tui::screens::{EarlyReason, LaterNote};
use engine::protocol::Kind;
use engine::safety::Band;
use engine::timeline::Now;
use store::known::{Known, Unfinished};
use store::record::later::NewRemark;
use store::record::text::{LONGEST_NOTE, LONGEST_REASON};

/// What is done once this window may write.
#[derive(Debug, Clone)]
pub(in crate::tui) enum WriteRequest {
    /// Begin a session, which is due.
    Begin,
    /// Begin one before it is due, with a reason.
    BeginEarly,
    /// Go on with the first unfinished session.
    GoOn,
    /// Keep it as it is.
    KeepPart,
    Delete,
    FollowUp(FollowUp),
}

/// A note on a day after the session.
#[derive(Debug, Clone)]
pub(in crate::tui) struct FollowUp {
    /// Id of the session that it was written for.
    pub(in crate::tui) session: String,
    pub(in crate::tui) said: NewRemark,
    /// The words in which it is told.
    pub(in crate::tui) words: String,
}

/// What is known once this window may write.
#[derive(Debug)]
pub struct Snapshot {
    /// As before the first screen.
    pub known: Known,
    /// Sessions that were begun and never closed.
    pub unfinished: Unfinished,
    /// Local calendar days since the session of [`App::remarked`]; None: it cannot be read, or nothing is to be noted.
    pub remarked_days_ago: Option<i64>,
}

impl App {
    /// Does what is wished as soon as this window may write.
    pub(in crate::tui) fn claim(&mut self, request: WriteRequest, now: Now) -> Vec<Output> {
        if !self.asks_to_write {
            return self.grant(request, now);
        }
        self.pending = Some(request);
        vec![Output::Claim]
    }

    /// The answer to [`Output::Claim`]: what is known now that this window may write, or why it may not.
    pub fn claimed(&mut self, found: Result<Snapshot, String>, now: Now) -> Vec<Output> {
        let Some(request) = self.pending.take() else { return Vec::new() };
        let outputs = match found {
            Ok(snapshot) => self.look_again(request, snapshot, now),
            Err(problem) => {
                self.notice = problem.into();
                Vec::new()
            }
        };
        self.settle(now);
        outputs
    }

    /// Id of the session on which something is to be noted.
    pub fn remarked(&self) -> Option<&str> {
        match &self.pending {
            Some(WriteRequest::FollowUp(remark)) => Some(&remark.session),
            _ => None,
        }
    }

    fn look_again(&mut self, request: WriteRequest, snapshot: Snapshot, now: Now) -> Vec<Output> {
        let Snapshot { known, unfinished, remarked_days_ago } = snapshot;
        // The first screen showed a roller that the ledger has taken away since.
        let is_about_unfinished = matches!(request, WriteRequest::GoOn | WriteRequest::KeepPart | WriteRequest::Delete);
        let has_lost_a_roller = !is_about_unfinished && !self.unfit.is_empty();
        if !self.learn(known, &unfinished) && !has_lost_a_roller {
            return self.grant(request, now);
        }
        self.unfit.clear();
        self.offers.clear();
        let mut outputs = self.offer(unfinished, now);
        self.notice = self.words.say("welcome.changed").into();
        // What was typed is kept, whatever became of the rest.
        match request {
            WriteRequest::FollowUp(remark) => match remarked_days_ago {
                Some(days_ago) => outputs.extend(self.remark(remark, days_ago, true, now)),
                None => self.keep_typing(remark),
            },
            WriteRequest::BeginEarly if self.offers.is_empty() && matches!(self.known.due, DueState::NotYet { .. }) => {
                self.screen = EarlyReason(self.reason_field()).into();
                self.notice = self.words.say("early.changed").into();
            }
            _ => {}
        }
        outputs
    }

    /// The session of this note is gone. Its text stays in the field; an answer of one key is given anew.
    fn keep_typing(&mut self, remark: FollowUp) {
        if remark.said.text.is_empty() {
            return;
        }
        let word = if self.known.last.is_some() { "check-in.gone" } else { "check-in.none-left" };
        self.notice = self.words.say(word).into();
        self.screen = LaterNote(Editor::new(&remark.said.text, LONGEST_NOTE)).into();
    }

    /// The field for the reason of an early start, with what was typed there before.
    pub(in crate::tui) fn reason_field(&self) -> Editor {
        Editor::new(self.early_reason.as_deref().unwrap_or_default(), LONGEST_REASON)
    }

    /// Takes what was read of the records once more, and gives whether anything is new that the person should have seen
    /// before the key was pressed.
    pub fn learn(&mut self, known: Known, unfinished: &Unfinished) -> bool {
        let known = self.as_here(known, unfinished);
        let is_the_same = known == self.known
            && self.offers.len() == unfinished.offers.len()
            && self.offers.iter().zip(&unfinished.offers).all(|(offer, other)| offer.is_the_same_as(other));
        if self.serum == self.known.serum {
            self.serum.clone_from(&known.serum);
        }
        self.known = known;
        !is_the_same
    }

    /// `known`, as this window would have it had it begun with it. Boot, bell and voice are as they were.
    fn as_here(&self, mut known: Known, unfinished: &Unfinished) -> Known {
        known.boot.clone_from(&self.known.boot);
        (known.bell, known.voice) = (self.known.bell, self.known.voice);
        known.unread.clone_from(&unfinished.unread);
        unfinished.opened.iter().for_each(|id| known.unseal(id));
        // Rollers that are too long come last, so that none of them is taken by default.
        known.rollers.sort_by_key(|shelf| shelf.roller.band(&self.protocols.session.rules) == Band::TooLong);
        known
    }

    /// Does what is wished, if the day still lets it be done.
    fn grant(&mut self, request: WriteRequest, now: Now) -> Vec<Output> {
        match request {
            WriteRequest::Begin if self.known.due == DueState::Due => self.begin(now),
            WriteRequest::BeginEarly if matches!(self.known.due, DueState::Due | DueState::NotYet { .. }) => {
                self.begin(now)
            }
            WriteRequest::GoOn if self.offers.first().is_some_and(|offer| self.may_go_on(offer)) => {
                self.go_on_with(now)
            }
            WriteRequest::KeepPart => self.keep_as_part(now),
            WriteRequest::Delete => self.delete(),
            WriteRequest::FollowUp(remark) => match self.known.last.as_ref().filter(|last| last.id == remark.session) {
                Some(last) => self.remark(remark, last.days_ago, false, now),
                None => Vec::new(),
            },
            WriteRequest::Begin | WriteRequest::BeginEarly | WriteRequest::GoOn => {
                self.ask_about_next();
                self.notice = self.words.say("welcome.changed").into();
                Vec::new()
            }
        }
    }

    /// Whether something is being written, or about to be: until then, and once it is over, others may write.
    pub fn is_writing(&self) -> bool {
        let is_beginning = self.screen.component().facts(self).is_beginning;
        is_beginning || (self.running_session.is_some() && self.kind() != Kind::Rehearsal)
    }
}
