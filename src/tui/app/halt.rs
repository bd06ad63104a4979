//! Keys during a halt while hands are busy: going on, enough, one more, a roller that touched something, stopping.

use super::{App, Output};
use crate::content::keymap::Action;
use crate::tui::focus::{Focus, RollerFor, RollerStep};
use engine::session::{Due, Event, Session, Stage, Step};
use engine::timeline::Now;

impl App {
    pub(super) fn hands_free_name(&self) -> &'static str {
        match self.session().and_then(Session::step) {
            Some(Step::Paused(pause)) if matches!(pause.held.due, Due::Saline | Due::Serum) => "pause-after",
            Some(Step::Paused(_)) => "pause",
            Some(Step::RollerTouched(_)) => "roller-touched",
            Some(Step::SoakingAgain(_)) => "soaking-again",
            Some(Step::Running { .. }) | None => "hands-free",
        }
    }

    pub(super) fn act_on_halt(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::GoOn => self.send(Event::WentOn, now),
            Action::Enough => self.send(Event::Enough, now),
            Action::OneMore => {
                let outputs = self.send(Event::OneMore, now);
                if outputs.is_empty() {
                    let was_used = self.session().is_some_and(Session::one_more_was_used);
                    let word = if was_used { "pause.one-more-used" } else { "pause.one-more-none" };
                    self.notice = Some(self.words.say(word));
                }
                outputs
            }
            Action::Dropped => self.send(Event::RollerTouched, now),
            Action::Stop => {
                self.focus = Focus::StopReason;
                Vec::new()
            }
            // It did not fall: nothing is said of it but what the ledger says already.
            Action::Retire if self.session().is_some_and(|session| session.unfit().is_some()) => {
                self.focus = Focus::StopReason;
                Vec::new()
            }
            Action::Retire => {
                self.focus = Focus::ConfirmRetire;
                Vec::new()
            }
            Action::OtherRoller => {
                self.focus = Focus::Roller(RollerStep::List, RollerFor::Spare);
                Vec::new()
            }
            Action::SoakAgain => self.send(Event::SoakedAgain, now),
            _ => Vec::new(),
        }
    }

    pub(super) fn act_on_stop_reason(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => {
                let reasons = self.session().map(|session| &session.protocol().stop_reasons);
                let reason = reasons.and_then(|reasons| reasons.iter().position(|reason| Some(reason.key) == digit));
                match reason {
                    Some(reason) => self.send(Event::Stopped { reason }, now),
                    None => Vec::new(),
                }
            }
            Action::Back => {
                self.focus = Focus::HandsFree;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Nothing is in the liquid yet.
    pub(super) fn is_before_the_soak(&self) -> bool {
        self.session().is_some_and(|session| *session.stage() == Stage::Sterilise)
    }

    pub(super) fn act_on_confirm_retire(&mut self, action: Action, now: Now) -> Vec<Output> {
        let before = self.is_before_the_soak();
        match action {
            Action::Retire if before => {
                self.focus = Focus::Sterilise;
                self.send(Event::NeedlesRejected, now)
            }
            Action::Retire => self.send(Event::RollerRetired, now),
            Action::Back => {
                self.focus = if before { Focus::Sterilise } else { Focus::HandsFree };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
