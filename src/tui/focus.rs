//! What the person is looking at: which screen, which line, what is half typed. Nothing here is recorded; an answer
//! becomes an event only when it is whole.

use crate::tui::editor::Editor;
use engine::protocol::{ItemIx, Micrometres, Sections};
use engine::safety::{Place, Roller, Sureness, Which};
use engine::session::Kept;

/// The screen.
#[derive(Debug, Clone)]
pub enum Focus {
    /// Before a session.
    Welcome,
    /// An unfinished session: go on with it?
    Resume,
    /// It is to be deleted: sure?
    ConfirmDelete,
    /// How the skin was since the last session, in words.
    LaterNote(Editor),
    /// Why start before the interval is over?
    EarlyReason(Editor),
    /// Choosing or describing a roller.
    Roller(RollerStep, RollerFor),
    /// What the serum is called.
    SerumName(Editor),
    /// Put the roller into the liquid.
    Sterilise,
    /// It is soaking already, or comes from a sealed pack?
    OtherSoak,
    /// For how many minutes already?
    SoakMinutes(Editor),
    /// One question of the list.
    Question(ItemIx),
    /// What did a doctor say?
    Doctor(ItemIx, Sureness),
    /// Where?
    Where(ItemIx, Sureness, Sections),
    /// Skip the section or go round the spot?
    Around(ItemIx, Sureness, Place),
    /// Which of them? By their places in the question.
    Which(ItemIx, Sureness, Vec<usize>),
    /// How long ago?
    Ago(ItemIx, Sureness, Which, Editor),
    /// All answers once more, with the cursor on one.
    Review(ItemIx),
    /// What the list leads to.
    Verdict,
    /// Before the last key.
    LastTouch,
    /// No key needed; or halted, and the person chooses.
    HandsFree,
    /// Why stop?
    StopReason,
    /// The roller is to be retired: sure?
    ConfirmRetire,
    /// The closing questions, with the cursor on one.
    After(usize),
    /// The summary.
    Summary,
    /// A note is being written.
    Note(Editor),
}

impl Focus {
    /// Whether it belongs to the list: a question, what it asks next, or the review.
    pub fn is_of_the_list(&self) -> bool {
        matches!(
            self,
            Focus::Question(_)
                | Focus::Doctor(..)
                | Focus::Where(..)
                | Focus::Around(..)
                | Focus::Which(..)
                | Focus::Ago(..)
                | Focus::Review(_)
        )
    }

    /// Whether text is being typed.
    pub fn has_field(&self) -> bool {
        use RollerStep as Step;
        matches!(
            self,
            Focus::LaterNote(_)
                | Focus::EarlyReason(_)
                | Focus::SerumName(_)
                | Focus::SoakMinutes(_)
                | Focus::Ago(..)
                | Focus::Note(_)
                | Focus::Roller(Step::Name(_) | Step::Length(..) | Step::Minutes(..), _)
        )
    }
}

/// Steps of choosing a roller.
#[derive(Debug, Clone)]
pub enum RollerStep {
    /// One of those known.
    List,
    /// What it is called.
    Name(Editor),
    /// How long its needles are.
    Length(String, Editor),
    /// In a sealed pack, or used before?
    Sealed(String, Micrometres),
    /// Its needles are above the article's limit.
    Acknowledge(Roller),
    /// Its needles are too long.
    TooLong(Roller),
    /// For a spare one: how it was kept.
    Kept(Roller),
    /// For a spare one: for how many minutes it has been in the liquid.
    Minutes(Roller, Editor),
}

/// What the roller is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollerFor {
    /// The very first one, asked on the first run.
    FirstRun,
    /// This session, before the soak.
    Session,
    /// In place of one that touched something.
    Spare,
}

/// What stands over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Keys, cues, marks.
    Help,
    /// Why this question is asked.
    Why(ItemIx),
    /// Leave, really?
    ConfirmLeave,
}

/// A roller that goes into the liquid at this moment.
pub const IN_LIQUID_NOW: Kept = Kept::InLiquid { already: core::time::Duration::ZERO };
