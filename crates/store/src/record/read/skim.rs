//! What a list of sessions needs of a record beside its first block and its summary. Reading an entry takes much longer
//! than comparing its checksum, and a list has no use for most of them.

use engine::protocol::SignOutItem;

/// Which entries of a closed session matter beside its summary: which rollers were on the skin or were retired, how it
/// felt, and the note. The others are most of a record.
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
    /// Whether the entry with these lines matters.
    pub(super) fn matters(&mut self, body: &str) -> bool {
        let value = |wanted: &str| {
            let mut values = body.lines().filter_map(|line| line.strip_prefix(wanted)?.strip_prefix(" = \""));
            values.find_map(|value| value.strip_suffix('"'))
        };
        match value("event") {
            Some("ran-out") => {
                matches!(value("due"), Some("get-ready" | "stroke")) && core::mem::take(&mut self.has_new_roller)
            }
            Some("signed-out") => value("question") == Some(SignOutItem::NEEDLES_STRAIGHT),
            Some("felt" | "noted" | "stopped" | "needles-rejected" | "roller-retired") => true,
            _ => {
                let has_roller = value("roller").is_some();
                self.has_new_roller |= has_roller;
                has_roller
            }
        }
    }
}
