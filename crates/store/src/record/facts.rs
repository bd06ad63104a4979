//! What a session's entries alone tell about the skin and the rollers, even if some entries are missing.

use super::dialect::ByName;
use super::entry::RecordedEntry;
use engine::protocol::{SignOutItem, StopReason};
use engine::session::{Due, Event, Said};

/// That a roller was retired in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retirement {
    /// Its id.
    pub roller: String,
    /// When, in seconds since the beginning of 1970; where no entry tells, when the session began.
    pub at: i64,
}

impl Retirement {
    /// `some` and those of `more` that are not among them; of one roller the latest counts.
    pub(super) fn union(some: &[Retirement], more: &[Retirement]) -> Vec<Retirement> {
        let mut all = some.to_vec();
        more.iter().for_each(|retirement| add_retirement(&mut all, retirement.clone()));
        all
    }
}

/// What follows from a list of entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The drum touched the skin, for however long.
    pub touched_skin: bool,
    /// Ids of the rollers in hand when a stroke began or ended, each once, in order of use.
    pub rollers: Vec<String>,
    /// The rollers that were retired.
    pub retired: Vec<Retirement>,
    /// Ids of the rollers that were put into the liquid or taken out of their packs.
    pub opened: Vec<String>,
    /// Blood or welts were seen in the saline or the serum, and that was not taken back.
    pub blood_or_welts: bool,
}

impl Facts {
    /// The facts in `entries`. If some entries are missing (`has_hole`), going hands free counts as rolling.
    pub fn of<'a>(entries: impl Iterator<Item = &'a RecordedEntry>, has_hole: bool) -> Facts {
        let mut facts = Facts::default();
        let mut in_hand: Option<&String> = None;
        // The answer about the needles that stands, as far as it is a yes.
        let mut bent: Option<Retirement> = None;
        for RecordedEntry { event, at, .. } in entries {
            in_hand = event.roller().map(|roller| &roller.id).or(in_hand);
            facts.touched_skin |= puts_the_drum_on(event) || (has_hole && matches!(event, Event::HandsFree));
            if is_of_rolling(event) {
                add(&mut facts.rollers, in_hand);
            }
            if event.opens_a_pack() {
                add(&mut facts.opened, in_hand);
            }
            facts.blood_or_welts = says_blood_or_welts(event).unwrap_or(facts.blood_or_welts);
            let retirement = || Some(Retirement { roller: in_hand?.clone(), at: at.wall().unix });
            if retires_the_roller(event) {
                retirement().into_iter().for_each(|retired| add_retirement(&mut facts.retired, retired));
            }
            if let Some(is_bent) = says_needles_are_bent(event) {
                bent = retirement().filter(|_| is_bent);
            }
        }
        bent.into_iter().for_each(|retired| add_retirement(&mut facts.retired, retired));
        facts
    }

    /// Adds that the roller `id` touched the skin.
    pub fn add_roller(&mut self, id: Option<&String>) {
        add(&mut self.rollers, id);
    }
}

fn add(ids: &mut Vec<String>, id: Option<&String>) {
    if let Some(id) = id.filter(|id| !ids.contains(id)) {
        ids.push(id.clone());
    }
}

fn add_retirement(all: &mut Vec<Retirement>, one: Retirement) {
    match all.iter_mut().find(|known| known.roller == one.roller) {
        Some(known) => known.at = known.at.max(one.at),
        None => all.push(one),
    }
}

fn is_of_rolling(event: &Event<ByName>) -> bool {
    matches!(event, Event::RanOut(Due::GetReady { .. } | Due::Stroke { .. }))
}

/// It must not be used again: it looked bad, fell or bent.
fn retires_the_roller(event: &Event<ByName>) -> bool {
    match event {
        Event::NeedlesRejected | Event::RollerRetired => true,
        Event::Stopped { reason } => reason == StopReason::ROLLER,
        // Under version 0.1.0 the first no retired it, whatever was answered later.
        Event::SignedOut { question, said } => question.question == SignOutItem::NEEDLES_STRAIGHT && *said == Said::No,
        _ => false,
    }
}

/// What a closing question says of the needles, if it is about them. The answer that stands at the end counts.
fn says_needles_are_bent(event: &Event<ByName>) -> Option<bool> {
    let Event::SignedOut { question, said } = event else { return None };
    (question.question == SignOutItem::NEEDLES_BENT).then_some(*said == Said::Yes)
}

/// What is noted of blood and welts in the saline or the serum, if the event is about them.
fn says_blood_or_welts(event: &Event<ByName>) -> Option<bool> {
    match event {
        Event::BloodOrWelts => Some(true),
        Event::NoBloodOrWelts => Some(false),
        _ => None,
    }
}

/// A stroke begins when the time to get ready, or to move to the next section, is over.
fn puts_the_drum_on(event: &Event<ByName>) -> bool {
    is_of_rolling(event) || matches!(event, Event::RanOut(Due::Move { .. }) | Event::CarriedOver(_))
}
