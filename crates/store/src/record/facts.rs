//! What a session's entries alone tell about the skin and the rollers, even if some entries are missing.

use super::dialect::ByName;
use super::entry::RecordedEntry;
use engine::protocol::{SignOutItem, StopReason};
use engine::session::{Due, Event, Said};

/// What follows from a list of entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The drum touched the skin, for however long.
    pub touched_skin: bool,
    /// Ids of the rollers in hand when a stroke began or ended, each once, in order of use.
    pub rollers: Vec<String>,
    /// Ids of the rollers that were retired.
    pub retired: Vec<String>,
    /// Ids of the rollers that were put into the liquid or taken out of their packs.
    pub opened: Vec<String>,
}

impl Facts {
    /// The facts in `entries`. If some entries are missing (`has_hole`), going hands free counts as rolling.
    pub fn of<'a>(entries: impl Iterator<Item = &'a RecordedEntry>, has_hole: bool) -> Facts {
        let mut facts = Facts::default();
        let mut in_hand: Option<&String> = None;
        for RecordedEntry { event, .. } in entries {
            in_hand = event.roller().map(|roller| &roller.id).or(in_hand);
            facts.touched_skin |= puts_the_drum_on(event) || (has_hole && matches!(event, Event::HandsFree));
            if is_of_rolling(event) {
                add(&mut facts.rollers, in_hand);
            }
            if event.opens_a_pack() {
                add(&mut facts.opened, in_hand);
            }
            if retires_the_roller(event) {
                add(&mut facts.retired, in_hand);
            }
        }
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

fn is_of_rolling(event: &Event<ByName>) -> bool {
    matches!(event, Event::RanOut(Due::GetReady { .. } | Due::Stroke { .. }))
}

/// It must not be used again: it looked bad, fell or bent.
fn retires_the_roller(event: &Event<ByName>) -> bool {
    match event {
        Event::NeedlesRejected | Event::RollerRetired => true,
        Event::Stopped { reason } => reason == StopReason::ROLLER,
        Event::SignedOut { question, said } => question.question == SignOutItem::NEEDLES_STRAIGHT && *said == Said::No,
        _ => false,
    }
}

/// A stroke begins when the time to get ready, or to move to the next section, is over.
fn puts_the_drum_on(event: &Event<ByName>) -> bool {
    is_of_rolling(event) || matches!(event, Event::RanOut(Due::Move { .. }) | Event::CarriedOver(_))
}
