//! What a list of sessions needs of a record beside its first block and its summary. Reading an entry takes much longer
//! than comparing its checksum, and a list has no use for most of them.

use engine::protocol::SignOutItem;

/// How much of a session file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Whole,
    /// Of a whole, closed record the first block, the summary, and the few entries that say something for a list of
    /// sessions. All checksums are compared all the same; whether this version knows the entries that are passed over is
    /// not looked at. Of any other record, everything.
    Ends,
}

/// Tells which entries of a closed session matter beside its summary: those that say which rollers were on the skin or
/// were retired, how it felt, what was noted, and what the sign-out brought up. Only what certainly does not is passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skim {
    /// No stroke was read since a roller was taken. The first one says that it was on the skin.
    has_new_roller: bool,
}

impl Default for Skim {
    fn default() -> Skim {
        Skim { has_new_roller: true }
    }
}

impl Skim {
    /// Whether the entry with these lines matters. Its keys are looked for in the order in which they are written.
    pub(super) fn matters(&mut self, body: &str) -> bool {
        let mut lines = body.lines();
        let mut value =
            |key: &str| lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        match value("event") {
            Some("ran-out") => match value("due") {
                Some("get-ready" | "stroke") => core::mem::take(&mut self.has_new_roller),
                due => due.is_none(),
            },
            // Whatever was answered: it may take a former answer back.
            Some("signed-out") => {
                matches!(value("question"), None | Some(SignOutItem::NEEDLES_STRAIGHT | SignOutItem::BLOOD))
            }
            Some(
                "soak-started" | "answered" | "list-confirmed" | "set-up" | "skin-ready" | "cues-heard" | "hands-free"
                | "paused" | "went-on" | "resumed" | "serum-wanted",
            ) => false,
            _ => {
                self.has_new_roller = true;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_takes_another_one_back_matters() {
        for question in [SignOutItem::BLOOD, SignOutItem::NEEDLES_STRAIGHT] {
            for said in ["yes", "no", "not-sure"] {
                let body = format!("event = \"signed-out\"\nquestion = \"{question}\"\nsaid = \"{said}\"\n");
                assert!(Skim::default().matters(&body), "{body}");
            }
        }
    }
}
