//! The screen stays on while hands are busy, best effort, and what became of it is told at the last touch.

use core::fmt;
use std::sync::Arc;

use super::Controller;
use crate::cues::inhibitor::{Inhibitor, Status};
use engine::session::{Session, Stage};
use store::startup;

/// Wakes the loop.
#[derive(Clone)]
pub(super) struct Wake(Arc<dyn Fn() + Send + Sync>);

impl fmt::Debug for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wake")
    }
}

impl Controller {
    /// Has `wake` called, from any thread, when something has changed that the screen tells of.
    pub fn wake_by(&mut self, wake: Arc<dyn Fn() + Send + Sync>) {
        self.wake = Some(Wake(wake));
    }

    /// The screen is kept awake from the last touch to the end of what needs no key.
    pub(super) fn keep_awake(&mut self) {
        let stage = self.app.session().map(Session::stage);
        let wanted = self.keeps_awake && matches!(stage, Some(Stage::LastTouch(_) | Stage::HandsFree(_)));
        if !wanted {
            self.inhibitor = None;
        } else if self.inhibitor.is_none() {
            let wake = self.wake.clone();
            self.inhibitor = Some(Inhibitor::start(std::env::var_os("PATH").as_deref(), move |_| {
                if let Some(Wake(wake)) = &wake {
                    wake();
                }
            }));
        }
        self.app.awake = match self.inhibitor.as_ref().map(Inhibitor::status) {
            None => startup::InhibitorState::Unasked,
            Some(Status::Asked(_)) => startup::InhibitorState::Asked,
            Some(Status::Active(_)) => startup::InhibitorState::Held,
            Some(Status::Refused(_) | Status::Unavailable) => startup::InhibitorState::Refused,
        };
    }
}
