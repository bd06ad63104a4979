//! What the answers mean, what the clocks say and what may happen, read from the rules alone.

use std::collections::BTreeSet;
use std::time::Duration;

use dermaroll_engine::protocol::{Consequence, ItemIx, Section, Sections, SignOutItem};
use dermaroll_engine::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Roller, Which};
use dermaroll_engine::session::{Due, Event, HaltedStep, Judgement, Kept, Pause, PauseCause, Said, SectionEnd};
use dermaroll_engine::timeline::{Moment, Now};

use super::{At, Monitor, Soak, View};

impl Monitor {
    /// The answer says all that its question needs.
    pub(super) fn fits(&self, item: ItemIx, answer: &Answer) -> bool {
        let Some(question) = self.protocol.checklist.items.get(item.0) else { return false };
        let Answer::Risk { detail, .. } = answer else { return true };
        match (&question.consequence, detail) {
            (Consequence::Stop, Detail::Plain) | (Consequence::Ask, Detail::Doctor(_)) => true,
            (Consequence::Wait(_), Detail::Waited { which: Which::NotSure, .. }) => true,
            (Consequence::Wait(kinds), Detail::Waited { which: Which::These(these), .. }) => {
                !these.is_empty() && these.iter().all(|ix| kinds.get(*ix).is_some())
            }
            (Consequence::Wait(kinds), Detail::WaitedEach(each)) => {
                let places: BTreeSet<usize> = each.iter().map(|(ix, _)| *ix).collect();
                let in_order: Vec<usize> = each.iter().map(|(ix, _)| *ix).collect();
                places.len() > 1
                    && places.iter().all(|ix| kinds.get(*ix).is_some())
                    && places.into_iter().collect::<Vec<_>>() == in_order
            }
            (Consequence::Area, Detail::Where(Place::Sections(sections)))
            | (Consequence::Around, Detail::Around { place: Place::Sections(sections), .. }) => !sections.is_empty(),
            (Consequence::Area, Detail::Where(Place::Everywhere))
            | (Consequence::Around, Detail::Around { place: Place::Everywhere, keep: Keep::Skip }) => true,
            _ => false,
        }
    }

    /// The answer ends the session whatever the others are.
    pub(super) fn blocks(&self, item: usize, answer: &Answer) -> bool {
        let Answer::Risk { detail, .. } = answer else { return false };
        match (&self.protocol.checklist.items[item].consequence, detail) {
            (Consequence::Stop, _) => true,
            (Consequence::Ask, Detail::Doctor(said)) => *said != Doctor::AllRight,
            (Consequence::Wait(kinds), Detail::Waited { which, ago }) => {
                let passed = if let Ago::Days(days) = ago { *days } else { 0 };
                match which {
                    Which::NotSure => kinds.iter().any(|kind| passed < kind.days),
                    Which::These(these) => these.iter().any(|ix| passed < kinds[*ix].days),
                }
            }
            (Consequence::Wait(kinds), Detail::WaitedEach(each)) => each.iter().any(|(ix, ago)| match ago {
                Ago::Days(days) => *days < kinds[*ix].days,
                Ago::NotSure => true,
            }),
            _ => false,
        }
    }

    /// The sections that the answer shuts.
    pub(super) fn shuts(answer: &Answer) -> Sections {
        let Answer::Risk { detail, .. } = answer else { return Sections::NONE };
        match detail {
            Detail::Where(place) | Detail::Around { place, keep: Keep::Skip } => place.sections(),
            Detail::Plain
            | Detail::Doctor(_)
            | Detail::Waited { .. }
            | Detail::WaitedEach(_)
            | Detail::Around { .. } => Sections::NONE,
        }
    }

    pub(crate) fn shut(&self) -> Sections {
        self.answers.iter().flatten().fold(Sections::NONE, |all, answer| all.union(Monitor::shuts(answer)))
    }

    pub(super) fn blocked(&self) -> bool {
        self.answers.iter().enumerate().any(|(ix, answer)| answer.as_ref().is_some_and(|given| self.blocks(ix, given)))
    }

    pub(super) fn is_complete(&self) -> bool {
        self.answers.iter().all(Option::is_some)
    }

    /// What is confirmed by these answers; None while one is missing and the others do not stop already.
    pub(crate) fn expected(&self, view: &View) -> Option<Judgement> {
        let shut = self.shut();
        let open: Vec<Section> = self.open(view).collect();
        let nothing_left = !open.is_empty() && open.iter().all(|section| shut.contains(*section));
        let is_stop = self.blocked() || nothing_left;
        if !is_stop && !self.is_complete() {
            return None;
        }
        Some(if is_stop {
            Judgement::Stop
        } else if shut.is_empty() {
            Judgement::Clear
        } else {
            Judgement::Skip
        })
    }

    /// Whether a section is left that may be rolled.
    pub(super) fn more(&self, view: &View) -> bool {
        let shut = self.shut();
        self.open(view).any(|section| !shut.contains(section))
    }

    pub(super) fn open<'a>(&'a self, view: &'a View) -> impl Iterator<Item = Section> + 'a {
        self.protocol.order.iter().copied().filter(|section| view.end[*section].is_none())
    }

    pub(super) fn demand(&self) -> Duration {
        self.protocol.times.contact
    }

    pub(super) fn credit(&self, now: Moment) -> Duration {
        match self.soak {
            Soak::None => Duration::ZERO,
            Soak::Sealed => Duration::MAX,
            Soak::Liquid { credit, upto } => credit.saturating_add(now.since(upto)),
        }
    }

    pub(super) fn answers_are_old(&self, now: Moment) -> bool {
        self.first.is_some_and(|first| now.since(first).saturating_add(self.older) > self.protocol.rules.answers_last)
    }

    pub(super) fn confirm_is_open(&self, now: Moment) -> bool {
        let (Some(first), Some(complete)) = (self.first, self.complete) else { return false };
        let count = u32::try_from(self.answers.len()).unwrap();
        let fast = complete.since(first) < self.protocol.rules.quick_answer * count;
        now >= if fast { complete.plus(self.protocol.rules.quick_answer_pause) } else { complete }
    }

    pub(super) fn may_be(&self, id: Option<&String>, kept: Kept) -> bool {
        id.is_some_and(|id| !self.barred.contains(id) && (kept != Kept::SealedPack || !self.opened.contains(id)))
    }

    pub(super) fn needle_fits(&self, roller: &Roller, acknowledged: bool) -> bool {
        let rules = &self.protocol.rules;
        roller.needle <= rules.longest_needle && (roller.needle < rules.article_needle_limit || acknowledged)
    }

    /// Whether `event` is to be taken, and nothing else is.
    pub(crate) fn takes(&self, view: &View, event: &Event, now: Now) -> bool {
        let rules = &self.protocol.rules;
        let needle = |range: fn(u32, u32) -> bool, limit: u32| self.needle.is_some_and(|length| range(length, limit));
        let limit = rules.article_needle_limit.0;
        let untouched = view.at == At::Sterilise && self.needle.is_none() && self.soak == Soak::None;
        match event {
            Event::RollerTaken(roller) => {
                let is_barred = self.barred.contains(&roller.id);
                view.at == At::Sterilise && roller.needle <= rules.longest_needle && !is_barred
            }
            Event::RollerUnfit { .. } => match view.at {
                At::Sterilise | At::Checklist | At::Verdict { stop: false } | At::LastTouch { .. } => {
                    self.in_use.is_some()
                }
                At::Paused(_) | At::Soaking(_) => view.section.is_some(),
                At::Touched(_) => !self.unfit,
                At::Verdict { stop: true } | At::Running { .. } | At::Advice | At::After { .. } | At::Ended => false,
            },
            Event::LengthAcknowledged => {
                view.at == At::Sterilise && needle(|length, limit| length >= limit, limit) && !self.acknowledged
            }
            Event::NeedlesRejected => view.at == At::Sterilise && self.needle.is_some(),
            Event::SoakStarted(kept) => {
                let fits = needle(|length, limit| length < limit, limit) || self.acknowledged;
                view.at == At::Sterilise && self.may_be(self.in_use.as_ref(), *kept) && fits
            }
            Event::SoakTakenBack => {
                let before = matches!(view.at, At::Checklist | At::Verdict { stop: false } | At::LastTouch { .. });
                before && self.soak != Soak::None
            }
            Event::Answered { item, answer } => view.at == At::Checklist && self.fits(*item, answer),
            Event::ListConfirmed { verdict: judgement } => {
                let opens = !self.is_complete() || self.confirm_is_open(now.moment);
                view.at == At::Checklist && self.expected(view) == Some(*judgement) && opens
            }
            Event::ListReopened => matches!(view.at, At::Verdict { .. }),
            Event::SetUp => view.at == At::Verdict { stop: false } && self.soaked,
            Event::SkinReady => matches!(view.at, At::LastTouch { .. }) && !self.skin,
            Event::SkinTakenBack => matches!(view.at, At::LastTouch { .. }) && self.skin,
            Event::CuesHeard { .. } | Event::CuesKnown { .. } | Event::SteppedBack => {
                matches!(view.at, At::LastTouch { .. })
            }
            Event::HandsFree => {
                let leads = self.answers_are_old(now.moment) || self.more(view);
                matches!(view.at, At::LastTouch { .. }) && self.skin && self.heard && leads
            }
            Event::RanOut(Due::Contact) => {
                let in_liquid = matches!(self.soak, Soak::Liquid { .. }) && !self.unfit;
                let running = in_liquid && !self.soaked && view.at != At::Ended;
                running && self.credit(now.moment) >= self.demand()
            }
            Event::RanOut(over) => match view.at {
                At::Running { due, ends, .. } => due == *over && now.moment >= ends,
                At::After { serum: Some(ends) } => *over == Due::Serum && now.moment >= ends,
                _ => false,
            },
            Event::ClickerSeen => matches!(view.at, At::LastTouch { .. }) && !self.clicker,
            Event::Paused { cause: PauseCause::Clicker } => view.runs().is_some() && self.clicker,
            Event::Paused { .. } => view.runs().is_some() || matches!(view.at, At::Paused(_)) && self.hands_clean,
            Event::Stalled { .. } => view.runs().is_some() || matches!(view.at, At::LastTouch { .. }),
            Event::WentOn => matches!(view.at, At::Paused(_)),
            Event::Enough => match view.at {
                At::Paused(pause) => matches!(pause.held.due, Due::Stroke { .. } | Due::Saline | Due::Serum),
                At::Running { due, .. } => self.clicker && matches!(due, Due::Stroke { .. } | Due::Saline | Due::Serum),
                _ => false,
            },
            Event::EnoughTakenBack => self.reopened(view).is_some(),
            Event::OneMore => self.one_more_goes_to(view).is_some(),
            Event::RollerTouched => matches!(view.at, At::Paused(_)) && view.section.is_some(),
            Event::RollerRetired => matches!(view.at, At::Touched(_)),
            Event::TouchedNothing => matches!(view.at, At::Touched(_)) && !self.unfit,
            Event::AdviceRead => view.at == At::Advice,
            Event::BloodOrWelts => {
                let paused = matches!(view.at, At::Paused(_));
                paused && matches!(view.held(), Some(Due::Saline | Due::Serum)) && !self.reaction
            }
            Event::NoBloodOrWelts => {
                let paused = matches!(view.at, At::Paused(_));
                paused && matches!(view.held(), Some(Due::Saline | Due::Serum)) && self.reaction
            }
            Event::SoakedAgain => matches!(view.at, At::Touched(_)) && !self.unfit,
            Event::RollerSwapped { roller, kept, acknowledged } => {
                let may_be = self.may_be(Some(&roller.id), *kept);
                matches!(view.at, At::Touched(_)) && self.needle_fits(roller, *acknowledged) && may_be
            }
            Event::Stopped { reason } => {
                let halted = matches!(view.at, At::Paused(_) | At::Touched(_) | At::Soaking(_));
                let because = self.protocol.stop_reasons.get(*reason);
                halted && because.is_some_and(|because| because.before_rolling || view.anything_rolled())
            }
            Event::Slept { span } => !span.is_zero() && view.at != At::Ended,
            Event::Resumed { .. } => self.closes == 0 && view.at != At::Ended,
            Event::ProtocolChanged { .. } => untouched && !self.carries,
            Event::CarriedOver(carried) => {
                let fresh = !view.begun(carried.section) && view.end[carried.section].is_none();
                untouched && self.carries && fresh
            }
            Event::KeptAsPart => {
                let over = matches!(view.at, At::Running { .. } | At::After { .. } | At::Ended);
                self.closes == 0 && !over
            }
            Event::SignedOut { question, said } => {
                let asked = self.protocol.sign_out.get(*question);
                let can_be_true = |asked: &SignOutItem| view.anything_rolled() || !asked.no_serum;
                matches!(view.at, At::After { .. })
                    && asked.is_some_and(|asked| *said != Said::NotSure || asked.may_be_unsure)
                    && asked.is_some_and(can_be_true)
            }
            Event::SerumWanted => view.at == At::After { serum: None } && self.serum_after_stop(view),
            Event::Felt { level } => *level <= 5 && matches!(view.at, At::After { .. }),
            Event::Noted { text } => {
                let here = matches!(view.at, At::After { .. } | At::Verdict { stop: true });
                here && text.chars().count() <= 2_000 && *text != self.note
            }
            Event::Left => view.at != At::Ended && !view.hands_free(),
        }
    }

    /// Whether `event` says of the roller in use that it must not be used again, for the first time. The closing
    /// questions say so only once they are left.
    pub(super) fn is_to_retire(&self, event: &Event, before: &View) -> bool {
        match event {
            Event::NeedlesRejected => true,
            Event::RollerRetired => !self.retired,
            Event::Stopped { reason } => !self.retired && self.protocol.stop_reasons[*reason].id == "roller",
            Event::Left => {
                let bent = self.protocol.sign_out.iter().position(|asked| asked.id == "needles-bent").unwrap();
                let is_left = matches!(before.at, At::After { .. });
                is_left && self.said[bent] == Some(Said::Yes) && !self.retired && self.needle.is_some()
            }
            _ => false,
        }
    }

    pub(super) fn one_more_goes_to(&self, view: &View) -> Option<Section> {
        let section = match view.at {
            // The drum has left one section and not reached the other.
            At::Paused(Pause { of: Due::Move { .. }, held: HaltedStep { due: Due::Stroke { .. }, .. }, .. }) => {
                view.last?
            }
            At::Running { due: Due::Move { .. }, .. } if self.clicker => view.last?,
            At::Paused(Pause { held: HaltedStep { due: Due::Stroke { section, .. }, .. }, .. }) => section,
            At::Running { due: Due::Stroke { section, .. }, .. } if self.clicker => {
                return (!self.one_more.contains(section)).then_some(section);
            }
            _ => return None,
        };
        let section = if view.begun(section) { section } else { view.last? };
        (view.begun(section) && !self.one_more.contains(section)).then_some(section)
    }

    /// The section that a slip of a key has ended, as long as nothing has begun since.
    pub(super) fn reopened(&self, view: &View) -> Option<Section> {
        let At::Paused(pause) = view.at else { return None };
        let is_still_open = match pause.held.due {
            Due::Stroke { section, .. } => !view.begun(section),
            Due::Saline => !self.stopped && !self.reaction && pause.held.left == self.protocol.times.saline,
            _ => false,
        };
        let section = view.last.filter(|_| is_still_open)?;
        matches!(view.end[section], Some(SectionEnd::Enough | SectionEnd::LeftOut)).then_some(section)
    }

    pub(super) fn serum_after_stop(&self, view: &View) -> bool {
        let no_serum = self.reason.is_some_and(|reason| self.protocol.stop_reasons[reason].no_serum);
        let mut asked = self.protocol.sign_out.iter().zip(&self.said);
        let no_blood = asked.all(|(asked, said)| !asked.no_serum || *said == Some(Said::No));
        self.stopped && view.anything_rolled() && !no_serum && !self.reaction && no_blood
    }
}
