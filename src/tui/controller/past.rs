//! Past sessions: what is noted on them, or struck out, and the way from the first screen to them and back.

use super::Controller;
use crate::tui::app::Output;
use crate::tui::history::PastSessions;
use engine::timeline::Now;
use store::record::{Amendment, Lock, OsDisk, amendment, follow_up};

impl Controller {
    /// Performs what has to do with past sessions.
    pub(super) fn look_back(&mut self, output: &Output, now: Now) {
        match output {
            Output::AddFollowUpToPast { data, session, said } => {
                // One instance at a time writes; the lock is held for no longer than the note takes.
                let lock = Lock::take(data).map_err(|error| error.to_string());
                let add = |_lock| follow_up::add(&OsDisk, session, now.wall, said).map_err(|error| error.to_string());
                self.app.past_followed_up(session, lock.and_then(add).map(drop));
            }
            Output::StrikePast { data, session, what, why } => {
                let lock = Lock::take(data).map_err(|error| error.to_string());
                let stem = session.file_stem().unwrap_or_default().to_string_lossy();
                let amendment = Amendment::new(*what, &stem, now.wall, why);
                let write = |_lock| amendment::write(&OsDisk, session, &amendment).map_err(|error| error.to_string());
                self.app.past_struck(session, *what, lock.and_then(write).map(drop));
            }
            Output::OpenHistory => self.app.look_back(PastSessions::of(self.recorder.root()), now),
            Output::CloseHistory => {
                if let Some(claims) = &self.claims {
                    let fresh = (claims.look)(now, self.app.boot_at(now), None);
                    let _ = self.app.learn(fresh.startup, &fresh.interrupted);
                }
            }
            _ => {}
        }
    }
}
