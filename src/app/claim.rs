//! The right to write is asked for only when something is about to be written. Until then another window may have written,
//! so what was shown is looked at again before anything is done.

use super::fitness::Barred;
use super::{App, DueState, Output};
use crate::focus::{Focus, RollerFor};
use crate::known::{Known, LastSession, Offer, Unfinished};
use crate::protocol::Kind;
use crate::record::later::NewRemark;
use crate::safety::Band;
use crate::timeline::Now;

/// What is done once this window may write.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// Begin a session, which is due.
    Begin,
    /// Begin one before it is due, with a reason.
    BeginEarly,
    /// Go on with the first unfinished session.
    GoOn,
    /// Keep it as it is.
    KeepPart,
    /// Delete it.
    Delete,
    /// Note this on the last session, which is told in these words.
    Remark(NewRemark, String),
}

/// What is known once this window may write.
#[derive(Debug)]
pub struct Fresh {
    /// As before the first screen.
    pub known: Known,
    /// Sessions that were begun and never closed.
    pub unfinished: Unfinished,
}

impl App {
    /// Does what is wished as soon as this window may write.
    pub(super) fn claim(&mut self, wish: Wish, now: Now) -> Vec<Output> {
        if !self.asks_to_write {
            return self.grant(wish, now);
        }
        self.wish = Some(wish);
        vec![Output::Claim]
    }

    /// The answer to [`Output::Claim`]: what is known now that this window may write, or why it may not.
    pub fn claimed(&mut self, found: Result<Fresh, String>, now: Now) -> Vec<Output> {
        let Some(wish) = self.wish.take() else { return Vec::new() };
        let outputs = match found {
            Ok(fresh) => self.look_again(wish, fresh, now),
            Err(problem) => {
                self.notice = Some(problem);
                Vec::new()
            }
        };
        self.settle(now);
        outputs
    }

    fn look_again(&mut self, wish: Wish, fresh: Fresh, now: Now) -> Vec<Output> {
        let is_news = self.is_news(&fresh);
        self.learn(fresh.known);
        if is_news {
            self.early_reason = None;
            self.barred = Barred::default();
            self.offers.clear();
            let outputs = self.offer(fresh.unfinished, now);
            self.notice = Some(self.words.say("welcome.changed"));
            return outputs;
        }
        self.known.unread = fresh.unfinished.unread;
        self.grant(wish, now)
    }

    /// Whether anything is new that the person should have seen before the key was pressed.
    fn is_news(&self, fresh: &Fresh) -> bool {
        let last =
            |last: &Option<LastSession>| last.as_ref().map(|last| (last.id.clone(), last.done, last.of, last.part));
        let offer = |offer: &Offer| (offer.id.clone(), offer.last, offer.rolled_since, offer.other_times);
        // On the first screen a roller was shown that the ledger has taken away since.
        let has_lost_a_roller = matches!(self.focus, Focus::Welcome | Focus::EarlyReason(_)) && !self.barred.is_empty();
        has_lost_a_roller
            || last(&self.known.last) != last(&fresh.known.last)
            || self.known.rollers.first() != fresh.known.rollers.first()
            || self.known.unread.names != fresh.unfinished.unread.names
            || !self.offers.iter().map(offer).eq(fresh.unfinished.offers.iter().map(offer))
    }

    /// Takes what was read of the records once more. Boot, bell and voice are as they were.
    pub fn learn(&mut self, mut known: Known) {
        known.boot = self.known.boot.take();
        known.unread = core::mem::take(&mut self.known.unread);
        (known.bell, known.voice) = (self.known.bell, self.known.voice);
        // One that would be refused is taken by nobody without being asked for.
        let longest_last =
            |shelf: &crate::known::Shelf| shelf.roller.band(&self.protocols.session.rules) == Band::TooLong;
        known.rollers.sort_by_key(longest_last);
        if self.serum == self.known.serum {
            self.serum.clone_from(&known.serum);
        }
        self.known = known;
    }

    /// Does what is wished, if the day still lets it be done.
    fn grant(&mut self, wish: Wish, now: Now) -> Vec<Output> {
        match wish {
            Wish::Begin if self.known.due == DueState::Due => self.begin(now),
            Wish::BeginEarly if matches!(self.known.due, DueState::Due | DueState::NotYet { .. }) => self.begin(now),
            Wish::GoOn if self.offers.first().is_some_and(|offer| self.may_go_on(offer)) => self.go_on_with(now),
            Wish::KeepPart => self.keep_as_part(now),
            Wish::Delete => self.delete(),
            Wish::Remark(said, words) => self.remark(said, &words),
            Wish::Begin | Wish::BeginEarly | Wish::GoOn => {
                self.early_reason = None;
                self.ask_about_next();
                self.notice = Some(self.words.say("welcome.changed"));
                Vec::new()
            }
        }
    }

    /// Whether something is being written, or about to be: until then, and once it is over, others may write.
    pub fn is_writing(&self) -> bool {
        let is_beginning = matches!(self.focus, Focus::Roller(_, RollerFor::FirstRun) | Focus::SerumName(_));
        is_beginning || (self.sitting.is_some() && self.kind() != Kind::Rehearsal)
    }
}
