//! Remembers whether bell and voice were noticed at the mirror, once for each terminal and its settings. A note in the
//! state folder says so; where there is none, the person is asked.

use std::fs;
use std::path::{Path, PathBuf};

use crate::record::text::checksum;
use crate::record::{OsDisk, folder};

const NOTICED: &str = "noticed\n";
const WATCHED: &str = "not noticed: the screen is watched\n";

/// What is remembered of one terminal with its settings, for one person's data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueMemory(PathBuf);

impl CueMemory {
    /// In the state folder `state`, for the data folder `root`. `calls` tells terminals and settings apart.
    pub fn new(state: &Path, root: &Path, calls: &str) -> CueMemory {
        let key = checksum("", &format!("{}\n{calls}", root.to_string_lossy()));
        CueMemory(state.join(format!("cues-{key}.txt")))
    }

    /// Whether they were noticed; None where nobody was asked.
    pub fn heard(&self) -> Option<bool> {
        match fs::read_to_string(&self.0).ok()?.as_str() {
            NOTICED => Some(true),
            WATCHED => Some(false),
            _ => None,
        }
    }

    /// Remembers whether they were noticed. Where that cannot be written, the person is asked again.
    pub fn note(&self, heard: bool) {
        let text = if heard { NOTICED } else { WATCHED };
        if self.0.parent().is_some_and(|state| folder::make_at_once(state).is_ok()) {
            let _ = folder::replace(&OsDisk, &self.0, text.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_for_its_terminal_and_settings_alone() {
        let state = tempfile::tempdir().unwrap();
        let state = state.path().join("deep/state");
        let of = |root: &str, calls: &str| CueMemory::new(&state, Path::new(root), calls);
        assert_eq!(of("/data", "xterm, bell").heard(), None);
        of("/data", "xterm, bell").note(true);
        assert_eq!(of("/data", "xterm, bell").heard(), Some(true));
        assert_eq!(of("/data", "xterm").heard(), None);
        assert_eq!(of("/data/profiles/anna", "xterm, bell").heard(), None);
        of("/data", "xterm, bell").note(false);
        assert_eq!(of("/data", "xterm, bell").heard(), Some(false));
        fs::write(&of("/data", "xterm, bell").0, "noticed").unwrap();
        assert_eq!(of("/data", "xterm, bell").heard(), None, "what was cut short is asked again");
    }
}
