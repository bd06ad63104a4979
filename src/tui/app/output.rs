//! What the app hands out: things to be done outside, how the program ends, and what became of writing.

use std::path::PathBuf;

use engine::safety::Roller;
use engine::session::Effect;
use engine::timeline::Boot;
use store::record::{What, follow_up};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Finished, or nothing to do.
    Done,
    StoppedByList,
    /// Ended early, saved.
    Early,
    NotSaved,
    /// A check that skips some sections.
    SomeSkipped,
    /// Ctrl-C twice; what was confirmed is saved.
    Interrupted,
}

/// What has to be done outside, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Open a record for a session that begins.
    Open {
        /// Why it begins before the interval is over.
        early_reason: Option<String>,
        serum: String,
        /// The boot of the computer and how long it has been up.
        boot: Option<Boot>,
    },
    /// Take the right to write, and look at what is known once more: [`App::claimed`](super::App::claimed) is told.
    Claim,
    /// Go on with the record of the unfinished session of this id.
    Reopen {
        id: String,
    },
    /// Delete the record of the unfinished session of this id.
    Discard {
        id: String,
    },
    /// The record is closed, and the program goes on without it.
    CloseRecord,
    Session(Effect),
    /// Remember whether bell and voice were noticed, for this terminal and these settings.
    NoteCues(bool),
    /// Entries of the record that are written in one piece.
    Together(Vec<Effect>),
    AddRoller {
        roller: Roller,
        sealed: bool,
    },
    /// Keep the name of the serum.
    AddSerum(String),
    /// Put a note beside the record of a session that is over.
    AddFollowUp {
        session: String,
        said: follow_up::NewFollowUp,
    },
    /// Take back the note that was written last, if it is on the session of this id:
    /// [`App::follow_up_taken_back`](super::App::follow_up_taken_back) is told what became of it.
    TakeFollowUpBack {
        session: String,
    },
    /// Put a note beside the record at `session` in the data folder `data`: [`App::past_followed_up`](super::App::past_followed_up) is
    /// told what became of it.
    AddFollowUpToPast {
        data: PathBuf,
        session: PathBuf,
        said: follow_up::NewFollowUp,
    },
    /// Strike out the record at `session` in the data folder `data`, or take that back:
    /// [`App::past_struck`](super::App::past_struck) is told what became of it.
    StrikePast {
        data: PathBuf,
        session: PathBuf,
        what: What,
        why: String,
    },
    /// List the past sessions in the place of the first screen.
    OpenHistory,
    /// Back on the first screen, what is known is what lies on the disk.
    CloseHistory,
    /// Try to write what could not be written.
    Retry,
    Leave(Exit),
}

/// What became of writing the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Saving {
    /// All that is shown is on disk.
    #[default]
    Saved,
    /// The last write failed; the person has to choose. Says why.
    Failed(String),
    /// The person goes on without.
    Unsaved,
}
