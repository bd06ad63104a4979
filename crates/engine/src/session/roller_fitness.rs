//! Keeps rollers off the skin that are unfit: one that is retired in the ledger or not known there, one that was
//! retired in this session, and one said to be sealed although its pack was opened in this session.

use alloc::string::String;
use alloc::vec::Vec;

use super::event::{Effect, Kept};
use super::stage::{Pause, Stage, Step};
use super::{Session, SoakTime};
use crate::safety::{Contact, Roller, Unfit, Verdict};
use crate::timeline::Now;

impl Session {
    /// The ledger says that the roller in use may not touch the skin. Before hands are free, another one is taken and
    /// soaked, and the answers stay; after that the person takes another one or stops.
    pub(super) fn roller_unfit(&mut self, why: Unfit, now: Now) -> Option<Vec<Effect>> {
        let id = self.roller.as_ref()?.id.clone();
        match self.stage {
            Stage::HandsFree(_) => self.halt_for_unfit(now)?,
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(Verdict::Clear(_)) | Stage::LastTouch(_) => {
                self.roller = None;
                self.contact = Contact::NotStarted;
                self.soaked = SoakTime::None;
                self.acknowledged = false;
                self.judgement = None;
                self.stage = Stage::Sterilise;
            }
            Stage::Verdict(Verdict::Stop(_)) | Stage::After { .. } | Stage::Ended => return None,
        }
        self.unfit = Some(why);
        self.bar(id);
        Some(Vec::new())
    }

    fn halt_for_unfit(&mut self, now: Now) -> Option<()> {
        // With nothing left to roll, only saline is to come.
        self.section()?;
        let pause = match self.step()? {
            Step::Running { .. } | Step::Advice => return None,
            Step::RollerTouched(_) if self.unfit.is_some() => return None,
            Step::Paused(pause) | Step::RollerTouched(pause) => pause,
            // The contact time of that roller does not matter any more.
            Step::SoakingAgain(pause) if pause.since.moment > now.moment => Pause { since: now, ..pause },
            Step::SoakingAgain(pause) => pause,
        };
        self.contact = Contact::NotStarted;
        self.soaked = self.soaked.fixed(now.moment);
        self.set_step(Step::RollerTouched(pause));
        Some(())
    }

    /// Bars the roller with this id for the rest of the session.
    pub(super) fn bar(&mut self, id: String) {
        if !self.is_barred(&id) {
            self.barred.push(id);
        }
    }

    /// Whether the roller with this id was found unfit or was retired in this session.
    pub fn is_barred(&self, id: &str) -> bool {
        self.barred.iter().any(|barred| barred == id)
    }

    /// Why the roller that was in use may not touch the skin; None where the present one may.
    pub fn unfit(&self) -> Option<Unfit> {
        self.unfit
    }

    /// Whether the pack of the roller with this id was opened in this session: it was taken from there, or it was in
    /// the liquid.
    pub fn was_opened(&self, id: &str) -> bool {
        self.opened.iter().any(|opened| opened == id)
    }

    /// Whether `roller` is said to be in a sealed pack although that was opened.
    pub(super) fn is_no_longer_sealed(&self, roller: &Roller, kept: Kept) -> bool {
        kept == Kept::SealedPack && self.was_opened(&roller.id)
    }

    pub(super) fn mark_opened(&mut self) {
        if let Some(id) = self.roller.as_ref().map(|roller| roller.id.clone()).filter(|id| !self.was_opened(id)) {
            self.opened.push(id);
        }
    }
}
