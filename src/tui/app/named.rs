//! Which screen is the present one, as the key table names it.

use super::App;
use crate::tui::focus::{Focus, Overlay, RollerStep};
use engine::protocol::Kind;
use engine::safety::Verdict;
use engine::session::{Session, Stage};

impl App {
    /// The name of the present screen in the key table.
    pub fn screen_name(&self) -> &'static str {
        if self.saving_failed() {
            return "not-saved";
        }
        match self.overlay {
            Some(Overlay::Help | Overlay::Why(_)) => return "help",
            Some(Overlay::ConfirmLeave) => return "confirm-leave",
            None => {}
        }
        self.name_below()
    }

    /// The screen below whatever stands over it.
    pub fn name_below(&self) -> &'static str {
        match &self.focus {
            Focus::Welcome => self.welcome_name(),
            Focus::Resume => "resume",
            Focus::ConfirmDelete => "confirm-delete",
            Focus::LaterNote(_)
            | Focus::EarlyReason(_)
            | Focus::SerumName(_)
            | Focus::SoakMinutes(_)
            | Focus::Note(_) => "text",
            Focus::Roller(step, _) => match step {
                RollerStep::List => "rollers",
                RollerStep::Name(_) | RollerStep::Length(..) | RollerStep::Minutes(..) => "text",
                RollerStep::Sealed(..) => "sealed",
                RollerStep::Acknowledge(_) => "acknowledge",
                RollerStep::TooLong(_) => "too-long",
                RollerStep::Kept(_) => "other-soak",
            },
            Focus::Sterilise => self.sterilise_name(),
            Focus::OtherSoak => "other-soak",
            Focus::Question(_) => "question",
            Focus::Doctor(..) => "doctor",
            Focus::Where(..) => "where",
            Focus::Around(..) => "around",
            Focus::Which(..) => "which",
            Focus::Ago(..) => "ago",
            Focus::Review(_) => "review",
            Focus::Verdict => self.verdict_name(),
            Focus::LastTouch => "last-touch",
            Focus::HandsFree => self.hands_free_name(),
            Focus::StopReason => "stop-reason",
            Focus::ConfirmRetire if self.is_before_the_soak() => "confirm-needles",
            Focus::ConfirmRetire => "confirm-retire",
            Focus::After(_) => "after",
            Focus::Summary => "summary",
        }
    }

    fn verdict_name(&self) -> &'static str {
        match self.session().map(Session::stage) {
            Some(Stage::Verdict(_)) if self.kind() == Kind::Check => "verdict-check",
            Some(Stage::Verdict(Verdict::Stop(_))) => "verdict-stop",
            _ => "verdict-clear",
        }
    }

    /// The screen with what it is about, so that the next question is another screen.
    pub(super) fn screen_identity(&self) -> String {
        let about = match &self.focus {
            Focus::Question(item) | Focus::Doctor(item, _) | Focus::Where(item, ..) | Focus::Around(item, ..) => item.0,
            Focus::Which(item, ..) | Focus::Ago(item, ..) => item.0,
            Focus::Resume => self.offers.len(),
            _ => 0,
        };
        format!("{} {about}", self.screen_name())
    }
}
