//! The right to write is asked for only when something is about to be written. Until then another window may have written,
//! so what was shown is looked at again before anything is done.

use super::{App, DueState, Output};
use crate::tui::editor::Editor;
use crate::tui::screens::{EarlyReason, LaterNote};
use engine::protocol::Kind;
use engine::safety::Band;
use engine::timeline::Now;
use store::record::follow_up::NewFollowUp;
use store::record::text::{LONGEST_NOTE, LONGEST_REASON};
use store::startup::{InterruptedSessions, StartupContext};

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
    FollowUp(FollowUpRequest),
    /// Take back what was noted just now.
    TakeBack,
}

/// A note on a day after the session.
#[derive(Debug, Clone)]
pub(in crate::tui) struct FollowUpRequest {
    /// Id of the session that it was written for.
    pub(in crate::tui) session: String,
    pub(in crate::tui) said: NewFollowUp,
    /// The words in which it is told.
    pub(in crate::tui) words: String,
}

/// What is known once this window may write.
#[derive(Debug)]
pub struct Snapshot {
    /// As before the first screen.
    pub startup: StartupContext,
    /// Sessions that were begun and never closed.
    pub interrupted: InterruptedSessions,
    /// Local calendar days since the session of [`App::followed_up`]; None: it cannot be read, or nothing is to be noted.
    pub follow_up_days_ago: Option<i64>,
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
    pub fn followed_up(&self) -> Option<&str> {
        match &self.pending {
            Some(WriteRequest::FollowUp(follow_up)) => Some(&follow_up.session),
            _ => None,
        }
    }

    fn look_again(&mut self, request: WriteRequest, snapshot: Snapshot, now: Now) -> Vec<Output> {
        let Snapshot { startup, interrupted, follow_up_days_ago } = snapshot;
        // The first screen showed a roller that the ledger has taken away since.
        let is_about_unfinished = matches!(request, WriteRequest::GoOn | WriteRequest::KeepPart | WriteRequest::Delete);
        let has_lost_a_roller = !is_about_unfinished && !self.unfit.is_empty();
        if !self.learn(startup, &interrupted) && !has_lost_a_roller {
            return self.grant(request, now);
        }
        self.unfit.clear();
        self.candidates.clear();
        let mut outputs = self.offer_resume(interrupted, now);
        self.notice = self.words.say("welcome.changed").into();
        // What was typed is kept, whatever became of the rest.
        match request {
            WriteRequest::FollowUp(follow_up) => match follow_up_days_ago {
                Some(days_ago) => outputs.extend(self.follow_up(follow_up, days_ago, true, now)),
                None => self.keep_typing(follow_up),
            },
            WriteRequest::BeginEarly
                if self.candidates.is_empty() && matches!(self.startup.due, DueState::NotYet { .. }) =>
            {
                self.screen = EarlyReason(self.reason_field()).into();
                self.notice = self.words.say("early.changed").into();
            }
            _ => {}
        }
        outputs
    }

    /// The session of this note is gone. Its text stays in the field; an answer of one key is given anew.
    fn keep_typing(&mut self, follow_up: FollowUpRequest) {
        if follow_up.said.text.is_empty() {
            return;
        }
        let word = if self.startup.last.is_some() { "check-in.gone" } else { "check-in.none-left" };
        self.notice = self.words.say(word).into();
        self.screen = LaterNote(Editor::new(&follow_up.said.text, LONGEST_NOTE)).into();
    }

    /// The field for the reason of an early start, with what was typed there before.
    pub(in crate::tui) fn reason_field(&self) -> Editor {
        Editor::new(self.early_reason.as_deref().unwrap_or_default(), LONGEST_REASON)
    }

    /// Takes what was read of the records once more, and gives whether anything is new that the person should have seen
    /// before the key was pressed.
    pub fn learn(&mut self, startup: StartupContext, interrupted: &InterruptedSessions) -> bool {
        let startup = self.as_here(startup, interrupted);
        let is_the_same = startup == self.startup
            && self.candidates.len() == interrupted.candidates.len()
            && self
                .candidates
                .iter()
                .zip(&interrupted.candidates)
                .all(|(candidate, other)| candidate.is_the_same_as(other));
        if self.serum == self.startup.serum {
            self.serum.clone_from(&startup.serum);
        }
        self.startup = startup;
        !is_the_same
    }

    /// `known`, as this window would have it had it begun with it. Boot, bell and voice are as they were.
    fn as_here(&self, mut startup: StartupContext, interrupted: &InterruptedSessions) -> StartupContext {
        startup.boot.clone_from(&self.startup.boot);
        (startup.bell, startup.voice) = (self.startup.bell, self.startup.voice);
        startup.cues_heard = self.startup.cues_heard;
        startup.uncounted.clone_from(&interrupted.uncounted);
        interrupted.opened.iter().for_each(|id| startup.unseal(id));
        // Rollers that are too long come last, so that none of them is taken by default.
        startup.rollers.sort_by_key(|available| available.roller.band(&self.protocols.session.rules) == Band::TooLong);
        startup
    }

    /// Does what is wished, if the day still lets it be done.
    fn grant(&mut self, request: WriteRequest, now: Now) -> Vec<Output> {
        match request {
            WriteRequest::Begin if self.startup.due == DueState::Due => self.begin(now),
            WriteRequest::BeginEarly if matches!(self.startup.due, DueState::Due | DueState::NotYet { .. }) => {
                self.begin(now)
            }
            WriteRequest::GoOn if self.candidates.first().is_some_and(|candidate| self.may_go_on(candidate)) => {
                self.go_on_with(now)
            }
            WriteRequest::KeepPart => self.keep_as_part(now),
            WriteRequest::TakeBack => self.take_follow_up_back(),
            WriteRequest::Delete => self.delete(),
            WriteRequest::FollowUp(follow_up) => {
                match self.startup.last.as_ref().filter(|last| last.id == follow_up.session) {
                    Some(last) => self.follow_up(follow_up, last.days_ago, false, now),
                    None => Vec::new(),
                }
            }
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
