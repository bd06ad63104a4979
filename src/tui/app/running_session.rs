//! A session in progress: its own time line laid over the program's.

use std::sync::Arc;

use engine::protocol::Protocol;
use engine::session::Session;
use engine::timeline::{Moment, Now};

/// A session in progress and where its time line starts on the program's.
#[derive(Debug)]
pub struct RunningSession {
    pub session: Session,
    pub(super) began: Moment,
    /// Where the session's time line stood then; it stands still while no program runs.
    pub(super) from: Moment,
}

impl RunningSession {
    /// A session by `protocol` whose time line begins at `now`.
    pub fn begin(protocol: Arc<Protocol>, now: Now) -> RunningSession {
        RunningSession { session: Session::begin(protocol), began: now.moment, from: Moment::ZERO }
    }

    /// `now` of the program on the session's own time line.
    pub fn local(&self, now: Now) -> Now {
        Now { moment: self.from.plus(now.moment.since(self.began)), wall: now.wall }
    }

    /// A moment of the session on the program's time line.
    pub fn outside(&self, moment: Moment) -> Moment {
        self.began.plus(moment.since(self.from))
    }
}
