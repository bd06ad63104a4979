//! The right to write among the records: taken when a session begins or something else is about to be written, and given
//! back when that is over.

use core::fmt;

use super::Controller;
use crate::tui::app::{Output, Snapshot};
use engine::timeline::{Boot, Now};
use store::record::Lock;

/// Reads what is known by the present clock and boot of the computer, and of the session of an id, where something is to
/// be noted on it.
pub type Look = dyn Fn(Now, Option<Boot>, Option<&str>) -> Snapshot;

/// How the right to write is taken, and what is known read once more.
pub struct Claims {
    /// Takes it, or says why not.
    pub take: Box<dyn Fn() -> Result<Lock, String>>,
    /// Reads what is known once more.
    pub look: Box<Look>,
}

impl fmt::Debug for Claims {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(core::any::type_name::<Claims>())
    }
}

impl Controller {
    /// Has the right to write taken by `claims` from now on. Without them nobody else is expected to write.
    pub fn claim_by(&mut self, claims: Claims) {
        self.app.asks_to_write = true;
        self.claims = Some(claims);
    }

    /// Holds `lock` for as long as something is being written.
    pub fn hold(&mut self, lock: Option<Lock>) {
        self.lock = lock;
    }

    /// What is known once this window may write, or why it may not.
    pub(super) fn claim(&mut self, now: Now) -> Option<Result<Snapshot, String>> {
        let claims = self.claims.as_ref()?;
        if self.lock.is_none() {
            match (claims.take)() {
                Ok(lock) => self.lock = Some(lock),
                Err(problem) => return Some(Err(problem)),
            }
        }
        Some(Ok((claims.look)(now, self.app.boot_at(now), self.app.followed_up())))
    }

    /// Lets others write once nothing is written here any more. What is known from then on is what lies on the disk.
    pub(super) fn give_way(&mut self, now: Now) {
        if self.lock.is_none() || self.app.is_writing() || !self.recorder.is_saved() {
            return;
        }
        if let Some(claims) = self.claims.as_ref().filter(|_| self.has_written && self.leave.is_none()) {
            let fresh = (claims.look)(now, self.app.boot_at(now), None);
            let _ = self.app.learn(fresh.startup, &fresh.interrupted);
        }
        self.has_written = false;
        self.lock = None;
    }
}

/// Whether something else lies on the disk after `output`.
pub(super) fn writes(output: &Output) -> bool {
    !matches!(output, Output::Claim | Output::OpenHistory | Output::CloseHistory | Output::Leave(_))
}
