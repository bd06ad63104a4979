//! What entries tell of the skin and of the rollers, whether or not there is a hole among them.

use super::entry::Fields;
use engine::protocol::{SignOutItem, StopReason};

/// The last key, as records name it.
const HANDS_FREE: &str = "hands-free";

/// What follows from some entries alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// The drum was on the skin, for however long.
    pub touched_skin: bool,
    /// Ids of the rollers that were in hand when a stroke ended or was about to begin, each once and in order.
    pub rollers: Vec<String>,
    /// Ids of the rollers that were retired.
    pub retired: Vec<String>,
    /// Ids of the rollers that were put into the liquid or taken from their packs.
    pub opened: Vec<String>,
}

impl Told {
    /// What `entries` tell. Where some are missing, going hands free counts as having rolled.
    pub fn by<'a>(entries: impl Iterator<Item = &'a Fields>, has_hole: bool) -> Told {
        let mut told = Told::default();
        let mut in_hand: Option<&String> = None;
        for fields in entries {
            in_hand = fields.roller.as_ref().or(in_hand);
            told.touched_skin |= puts_the_drum_on(fields) || (has_hole && fields.event == HANDS_FREE);
            if is_of_rolling(fields) {
                note(&mut told.rollers, in_hand);
            }
            if fields.kept.is_some() {
                note(&mut told.opened, in_hand);
            }
            if retires_the_roller(fields) {
                note(&mut told.retired, in_hand);
            }
        }
        told
    }

    /// Adds that the roller `id` was on the skin.
    pub fn add_roller(&mut self, id: Option<&String>) {
        note(&mut self.rollers, id);
    }
}

fn note(ids: &mut Vec<String>, id: Option<&String>) {
    if let Some(id) = id.filter(|id| !ids.contains(id)) {
        ids.push(id.clone());
    }
}

fn is_of_rolling(fields: &Fields) -> bool {
    matches!(fields.due.as_deref(), Some("get-ready" | "stroke"))
}

/// Not to be used again: it looked bad, fell or bent.
fn retires_the_roller(fields: &Fields) -> bool {
    match fields.event.as_str() {
        "needles-rejected" | "roller-retired" => true,
        "stopped" => fields.reason.as_deref() == Some(StopReason::ROLLER),
        "signed-out" => {
            let is_of_needles = fields.question.as_deref() == Some(SignOutItem::NEEDLES_STRAIGHT);
            is_of_needles && fields.said.as_deref() == Some("no")
        }
        _ => false,
    }
}

/// A stroke begins when getting ready or the way to a section is over.
fn puts_the_drum_on(fields: &Fields) -> bool {
    is_of_rolling(fields) || fields.due.as_deref() == Some("move") || fields.event == "carried-over"
}
