//! Everything before hands are free: sterilise, checklist, verdict, last touch.

use alloc::vec;
use alloc::vec::Vec;

use core::mem;
use core::time::Duration;

use super::event::{Cue, Due, Effect, Event, Judgement, Kept};
use super::stage::{HandsFree, LastTouch, Stage, Step};
use super::{Again, ListClock, Session, SoakTime};
use crate::protocol::{ItemIx, Kind};
use crate::safety::{Answer, Answers, Band, Contact, Roller, Verdict, permit, roller_gate};
use crate::timeline::{Countdown, Moment, Now};

impl Session {
    pub(super) fn take_roller(&mut self, roller: &Roller) -> Option<Vec<Effect>> {
        if self.stage != Stage::Sterilise || roller.band(&self.protocol.rules) == Band::TooLong {
            return None;
        }
        if self.is_barred(&roller.id) {
            return None;
        }
        self.retired = false;
        self.unfit = None;
        self.roller = Some(roller.clone());
        self.acknowledged = false;
        Some(Vec::new())
    }

    pub(super) fn acknowledge_length(&mut self) -> Option<Vec<Effect>> {
        let above = self.roller.as_ref().map(|roller| roller.band(&self.protocol.rules)) == Some(Band::AboveArticle);
        if self.stage != Stage::Sterilise || !above || self.acknowledged {
            return None;
        }
        self.acknowledged = true;
        Some(Vec::new())
    }

    pub(super) fn reject_needles(&mut self) -> Option<Vec<Effect>> {
        if self.stage != Stage::Sterilise {
            return None;
        }
        let roller = self.roller.take()?;
        self.retired = true;
        self.acknowledged = false;
        self.bar(roller.id.clone());
        Some(self.retirement(roller.id))
    }

    pub(super) fn start_soak(&mut self, kept: Kept, now: Now) -> Option<Vec<Effect>> {
        if self.stage != Stage::Sterilise {
            return None;
        }
        if self.is_no_longer_sealed(self.roller.as_ref()?, kept) {
            return None;
        }
        let contact = self.contact_of(kept, now.moment);
        // A soak is of no use while anything but the contact time is missing.
        let soaked = if contact.is_done() { contact } else { Contact::Soaked };
        if roller_gate(soaked, self.roller.as_ref(), self.acknowledged, &self.protocol.rules).is_some() {
            return None;
        }
        self.put_in_liquid(kept, now.moment);
        self.stage = Stage::Checklist;
        Some(Vec::new())
    }

    /// The contact clock of a roller so kept.
    pub(super) fn contact_of(&self, kept: Kept, now: Moment) -> Contact {
        match kept {
            Kept::SealedPack => Contact::SealedPack,
            Kept::InLiquid { already } if already >= self.protocol.times.contact => Contact::Soaked,
            Kept::InLiquid { already } => {
                Contact::Soaking { ends: now.plus(self.protocol.times.contact.saturating_sub(already)) }
            }
        }
    }

    pub(super) fn put_in_liquid(&mut self, kept: Kept, now: Moment) {
        self.contact = self.contact_of(kept, now);
        self.soaked = match kept {
            Kept::SealedPack => SoakTime::SealedPack,
            Kept::InLiquid { already } => SoakTime::Since { began: now, before: already },
        };
        self.mark_opened();
    }

    /// Before the last key it can be said anew how the roller was kept; the answers stay. Its pack counts as open all the
    /// same: nobody can tell any more whether it was.
    pub(super) fn take_soak_back(&mut self) -> Option<Vec<Effect>> {
        if !self.may_take_soak_back() {
            return None;
        }
        self.contact = Contact::NotStarted;
        self.soaked = SoakTime::None;
        self.judgement = None;
        self.stage = Stage::Sterilise;
        Some(Vec::new())
    }

    /// Whether how the roller was kept can be said anew.
    pub fn may_take_soak_back(&self) -> bool {
        let is_before_the_last_key = match self.stage {
            Stage::Checklist | Stage::Verdict(Verdict::Clear(_)) | Stage::LastTouch(_) => true,
            Stage::Sterilise
            | Stage::Verdict(Verdict::Stop(_))
            | Stage::HandsFree(_)
            | Stage::After { .. }
            | Stage::Ended => false,
        };
        is_before_the_last_key && self.contact != Contact::NotStarted
    }

    pub(super) fn answer(&mut self, item: ItemIx, answer: &Answer, now: Now) -> Option<Vec<Effect>> {
        let question = self.protocol.checklist.item(item)?;
        if self.stage != Stage::Checklist || !answer.fits(&question.consequence) {
            return None;
        }
        self.answers.take(item, answer.clone());
        self.list.first.get_or_insert(now.moment);
        if self.answers.complete() {
            self.list.complete.get_or_insert(now.moment);
        }
        Some(Vec::new())
    }

    /// From when on the list can be confirmed: at once, or a little later if the questions were answered too fast to
    /// have been read. None while an answer is missing.
    pub fn confirm_opens(&self) -> Option<Moment> {
        let complete = self.list.complete?;
        Some(if self.answered_fast() { complete.plus(self.protocol.rules.quick_answer_pause) } else { complete })
    }

    /// Whether the whole list was answered faster than it can be read.
    pub fn answered_fast(&self) -> bool {
        let count = u32::try_from(self.protocol.checklist.items.len()).unwrap_or(u32::MAX);
        let readable = self.protocol.rules.quick_answer.saturating_mul(count);
        self.answering_took().is_some_and(|took| took < readable)
    }

    /// Time from the first answer to the last.
    pub fn answering_took(&self) -> Option<Duration> {
        Some(self.list.complete?.since(self.list.first?))
    }

    pub(super) fn confirm_list(&mut self, judgement: Judgement, now: Now) -> Option<Vec<Effect>> {
        if self.stage != Stage::Checklist {
            return None;
        }
        let verdict = match self.judge() {
            Some(_) if now.moment < self.confirm_opens()? => return None,
            Some(verdict) => verdict,
            // No answer takes such a stop back but the one that leads to it.
            None => self.stops_already()?,
        };
        // A record must not claim another verdict than its answers lead to.
        if judgement_of(&verdict) != judgement {
            return None;
        }
        self.judgement = Some(judgement);
        self.reasons = match &verdict {
            Verdict::Stop(reasons) => reasons.clone(),
            Verdict::Clear(_) => Vec::new(),
        };
        self.again = None;
        self.stage = Stage::Verdict(verdict);
        Some(Vec::new())
    }

    pub(super) fn reopen_list(&mut self) -> Option<Vec<Effect>> {
        let Stage::Verdict(_) = self.stage else { return None };
        self.judgement = None;
        self.reasons.clear();
        self.stage = Stage::Checklist;
        Some(Vec::new())
    }

    pub(super) fn set_up(&mut self, now: Now) -> Option<Vec<Effect>> {
        if !self.contact.is_done() || self.protocol.kind == Kind::Check {
            return None;
        }
        let Stage::Verdict(Verdict::Clear(_)) = self.stage else { return None };
        if self.answers_are_old(now) {
            self.ask_again(Again::OldAnswers);
            return Some(Vec::new());
        }
        let Stage::Verdict(Verdict::Clear(clearance)) = mem::replace(&mut self.stage, Stage::Ended) else {
            return None;
        };
        self.stage = Stage::LastTouch(LastTouch { clearance, skin_ready: false, heard: None, clicker: false });
        Some(vec![Effect::Cue(Cue::Check)])
    }

    /// Empties the list, so that it has to be answered again.
    pub(super) fn ask_again(&mut self, why: Again) {
        self.answers = Answers::none(self.protocol.checklist.items.len());
        self.list = ListClock::default();
        self.judgement = None;
        self.reasons.clear();
        self.again = Some(why);
        self.stage = Stage::Checklist;
    }

    pub(super) fn skin_ready(&mut self) -> Option<Vec<Effect>> {
        let Stage::LastTouch(last @ LastTouch { skin_ready: false, .. }) = &mut self.stage else { return None };
        last.skin_ready = true;
        Some(Vec::new())
    }

    pub(super) fn skin_taken_back(&mut self) -> Option<Vec<Effect>> {
        let Stage::LastTouch(last @ LastTouch { skin_ready: true, .. }) = &mut self.stage else { return None };
        last.skin_ready = false;
        Some(Vec::new())
    }

    pub(super) fn hear_cues(&mut self, heard: bool) -> Option<Vec<Effect>> {
        let Stage::LastTouch(last) = &mut self.stage else { return None };
        last.heard = Some(heard);
        self.cues_heard = Some(heard);
        Some(Vec::new())
    }

    pub(super) fn step_back(&mut self) -> Option<Vec<Effect>> {
        if !matches!(self.stage, Stage::LastTouch(_)) {
            return None;
        }
        let Stage::LastTouch(last) = mem::replace(&mut self.stage, Stage::Ended) else { return None };
        self.stage = Stage::Verdict(Verdict::Clear(last.clearance));
        Some(Vec::new())
    }

    pub(super) fn go_hands_free(&mut self, now: Now) -> Option<Vec<Effect>> {
        let Stage::LastTouch(LastTouch { skin_ready: true, heard: Some(_), .. }) = self.stage else { return None };
        if self.answers_are_old(now) {
            self.ask_again(Again::OldAnswers);
            return Some(Vec::new());
        }
        let Stage::LastTouch(last) = mem::replace(&mut self.stage, Stage::Ended) else { return None };
        self.open_the_gate(last, now)
    }

    fn open_the_gate(&mut self, last: LastTouch, now: Now) -> Option<Vec<Effect>> {
        let LastTouch { clearance, skin_ready, heard, clicker } = last;
        let leads_somewhere = self.to_roll().iter().any(|section| clearance.plan()[section].skip.is_empty());
        if !leads_somewhere {
            // Only an edited record leads here. Without a section to roll, no countdown would ever end.
            self.stage = Stage::LastTouch(LastTouch { clearance, skin_ready, heard, clicker });
            return None;
        }
        let rules = &self.protocol.rules;
        match permit(clearance, self.contact, self.roller.as_ref(), self.acknowledged, rules) {
            Ok(permit) => {
                self.soaked = SoakTime::fixed(self.soaked, now.moment);
                self.stage = Stage::HandsFree(HandsFree {
                    section: self.next_section(|section| permit.allows(section)),
                    permit,
                    last: None,
                    clicker,
                    step: Step::Running {
                        due: Due::Prepare,
                        clock: Countdown::start(now.moment, self.protocol.times.prepare),
                        then: None,
                    },
                });
                Some(vec![Effect::Cue(Cue::HandClean)])
            }
            Err((clearance, _missing)) => {
                self.stage = Stage::LastTouch(LastTouch { clearance, skin_ready, heard, clicker });
                None
            }
        }
    }

    pub(super) fn contact_over(&mut self, now: Now) -> Option<Vec<Effect>> {
        let Contact::Soaking { ends } = self.contact else { return None };
        if now.moment < ends || self.stage == Stage::Ended {
            return None;
        }
        self.contact = Contact::Soaked;
        self.soaked_again_is_over(now);
        Some(vec![Effect::Cue(Cue::SoakFinished)])
    }

    pub(super) fn slept(&mut self, span: Duration, now: Now) -> Option<Vec<Effect>> {
        if span.is_zero() || self.stage == Stage::Ended {
            return None;
        }
        let effects = self.halt_for_sleep(now);
        self.pass(span, span, now);
        Some(if matches!(self.stage, Stage::LastTouch(_)) { self.touch_anew(now) } else { effects })
    }

    /// Nothing ran for a while at the last touch. This has to lead back now, since no later step does.
    pub(super) fn touch_anew(&mut self, now: Now) -> Vec<Effect> {
        self.ask_skin_and_cues();
        if self.would_be_stale(Duration::ZERO, now.moment) { self.start_over(Again::Stale) } else { Vec::new() }
    }
}

impl SoakTime {
    /// The roller is taken out, so its time in the liquid ends.
    pub(super) fn fixed(self, now: Moment) -> SoakTime {
        match self {
            SoakTime::Since { began, before } => SoakTime::For(now.since(began).saturating_add(before)),
            SoakTime::None | SoakTime::SealedPack | SoakTime::For(_) => self,
        }
    }
}

/// The short form of a verdict.
fn judgement_of(verdict: &Verdict) -> Judgement {
    match verdict {
        Verdict::Stop(_) => Judgement::Stop,
        Verdict::Clear(clearance) if clearance.skipped().is_empty() => Judgement::Clear,
        Verdict::Clear(_) => Judgement::Skip,
    }
}

impl Event {
    /// The confirmation of `verdict`.
    pub fn confirmation(verdict: &Verdict) -> Event {
        Event::ListConfirmed { verdict: judgement_of(verdict) }
    }
}
