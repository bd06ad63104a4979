//! What the person is told while they need not look: cues, and the last seconds of a section.

use super::{Controller, Spoken};
use crate::cues::text;
use crate::tui::app::Saving;
use engine::session::{Cue, Session, Step};
use engine::timeline::Now;

impl Controller {
    /// Whether `cue` calls to a step that could not be saved and was halted for that. Whoever stands at the mirror would
    /// go on rolling by it, with the clocks stopped.
    pub(super) fn is_void(&self, cue: Cue) -> bool {
        let calls_to_a_step = match cue {
            Cue::HandClean | Cue::GetReady(_) | Cue::Start(_) | Cue::Turn { .. } | Cue::Move(_) => true,
            Cue::RollingOver | Cue::Serum => true,
            Cue::SoakFinished | Cue::Check | Cue::Paused(_) | Cue::Advice | Cue::Saved => false,
        };
        let is_halted = matches!(self.app.session().and_then(Session::step), Some(Step::Paused(_)));
        calls_to_a_step && is_halted && self.app.saving_failed()
    }

    pub(super) fn tell(&mut self, cue: Cue, now: Now) {
        let saved = self.recorder.is_saved() && self.app.saving == Saving::Saved;
        let cue_text = match &self.app.running_session {
            Some(running) => text::cue_text(cue, &running.session, &self.app.words, running.local(now), saved),
            None => text::test_cue(&self.app.words),
        };
        // Whoever did not notice them watches the screen alone; trying them is what they are asked about.
        let aloud = cue == Cue::Check || self.is_aloud();
        self.notifier.notify(&cue_text, aloud, now);
        self.said.push(Spoken { wall: now.wall, words: cue_text.words });
    }

    fn is_aloud(&self) -> bool {
        self.app.session().is_none_or(|session| session.cues_heard() != Some(false))
    }

    /// The last seconds of a section are counted down. The engine says which they are.
    pub(super) fn count(&mut self, now: Now) {
        let running = self.app.running_session.as_ref();
        let left = running.and_then(|running| running.session.seconds_to_lift(running.local(now)));
        if let Some(seconds) = left.filter(|_| left != self.counted) {
            if self.is_aloud() {
                self.notifier.count(seconds);
            }
            self.said.push(Spoken { wall: now.wall, words: seconds.to_string() });
        }
        self.counted = left;
    }
}
