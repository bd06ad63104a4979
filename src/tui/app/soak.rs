//! Keys while the roller goes into the liquid.

use core::time::Duration;

use super::{App, Output};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::{Focus, IN_LIQUID_NOW, Overlay, RollerFor, RollerStep};
use engine::protocol::Kind;
use engine::safety::Roller;
use engine::session::{Event, Kept, Session};
use engine::timeline::Now;

/// Digits of the minutes for which a roller has been in the liquid.
pub(super) const MINUTE_DIGITS: usize = 3;

impl App {
    pub(super) fn sterilise_name(&self) -> &'static str {
        if self.session().is_some_and(|session| session.roller().is_none()) { "no-roller" } else { "sterilise" }
    }

    pub(super) fn act_on_sterilise(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::StartSoak => return self.send(Event::SoakStarted(IN_LIQUID_NOW), now),
            Action::OtherSoak => self.focus = Focus::OtherSoak,
            Action::OtherRoller => self.focus = Focus::Roller(RollerStep::List, RollerFor::Session),
            Action::NeedlesBad => self.focus = Focus::ConfirmRetire,
            Action::Leave => self.overlay = Some(Overlay::ConfirmLeave),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn act_on_other_soak(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::StartSoak => self.focus = Focus::SoakMinutes(Editor::number(MINUTE_DIGITS)),
            Action::Yes => {
                let roller = self.session().and_then(Session::roller).cloned();
                if roller.is_none_or(|roller| self.may_be_sealed(&roller)) {
                    return self.send(Event::SoakStarted(Kept::SealedPack), now);
                }
            }
            Action::Back => self.focus = Focus::Sterilise,
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn act_on_soak_minutes(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        match action {
            Action::Keep => match minutes(editor) {
                Some(already) => return self.send(Event::SoakStarted(Kept::InLiquid { already }), now),
                None => self.notice = Some(self.words.say("other-soak.needs-minutes")),
            },
            Action::Back => self.focus = Focus::OtherSoak,
            _ => {}
        }
        Vec::new()
    }
}

impl App {
    /// Whether `roller` can be new in its pack: it was entered as such and never used since. Says so where it cannot. An
    /// empty hand in a rehearsal can be anything.
    pub(super) fn may_be_sealed(&mut self, roller: &Roller) -> bool {
        let was_opened = self.session().is_some_and(|session| session.was_opened(&roller.id));
        let may_be = self.kind() == Kind::Rehearsal || (self.known.is_sealed(&roller.id) && !was_opened);
        if !may_be {
            self.notice = Some(self.words.fill("other-soak.not-new", &[("name", &roller.name)]));
        }
        may_be
    }
}

/// Whole minutes typed into a field.
pub(super) fn minutes(editor: &Editor) -> Option<Duration> {
    editor.text().parse::<u32>().ok().map(|minutes| Duration::from_secs(u64::from(minutes) * 60))
}
