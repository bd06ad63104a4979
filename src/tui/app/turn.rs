//! One key press: whether it counts, and what it does on the screen that it belongs to.

use super::gate::{Care, Ruling};
use super::roller::unacknowledged;
use super::{App, Exit, Output, Saving};
use crate::content::keymap::{Action, Key};
use crate::tui::focus::{Focus, Overlay, RollerFor, RollerStep};
use engine::protocol::Kind;
use engine::session::{Cue, Due, Effect, Event, Judgement, Outcome, PauseCause, Session, Stage, Step};
use engine::timeline::Now;

impl App {
    pub(super) fn pressed(&mut self, key: Key, typed: Option<char>, now: Now) -> Vec<Output> {
        self.interrupted = None;
        if self.hands_are_busy() {
            return if self.gate.touch(now.moment) { self.touched(key, now) } else { Vec::new() };
        }
        let clicked = self.clicked(key);
        let mut outputs = Vec::new();
        if clicked.is_none() && self.paused_by_clicker() {
            // Hands are clean no longer, whatever the key does.
            outputs = self.send(Event::Paused(PauseCause::Touch), now);
        }
        outputs.extend(self.pressed_at_rest(key, clicked, typed, now));
        outputs
    }

    fn pressed_at_rest(&mut self, key: Key, clicked: Option<Action>, typed: Option<char>, now: Now) -> Vec<Output> {
        let (key, action) = match self.keymap.action(self.screen_name(), key) {
            Some(action) => (key, Some(action)),
            None => (key.in_ascii(), self.keymap.action(self.screen_name(), key.in_ascii()).or(clicked)),
        };
        if self.overlay.is_none()
            && !self.saving_failed()
            && action.is_none()
            && let Some(editor) = self.editor()
            && editor.take(key, typed)
        {
            let is_lost = key.is_foreign() && !editor.takes_letters();
            self.gate.typed(now.moment);
            if is_lost {
                self.notice = Some(self.words.say("latin-letters"));
            }
            return Vec::new();
        }
        let Some(action) = action else {
            let _ = self.gate.rule(Care::Moves, now.moment);
            if key.is_foreign() {
                self.notice = Some(self.words.say("latin-letters"));
            } else if matches!(self.focus, Focus::Ago(..)) && key == Key::Enter {
                self.notice = Some(self.words.say("ago.needs-unit"));
            }
            return Vec::new();
        };
        let digit = match key {
            Key::Char(digit) if digit.is_ascii_digit() => Some(digit),
            _ => None,
        };
        match self.gate.rule(self.care(action), now.moment) {
            Ruling::Act => self.act(action, digit, now),
            Ruling::Wait => {
                self.waiting = Some((action, digit));
                Vec::new()
            }
            Ruling::Drop => Vec::new(),
        }
    }

    fn care(&self, action: Action) -> Care {
        let light = [Action::Help, Action::Back];
        let is_help = matches!(self.overlay, Some(Overlay::Help | Overlay::Why(_)));
        if is_help && (action.only_moves() || action == Action::Back) {
            Care::Free
        } else if action.only_moves() {
            Care::Moves
        } else if light.contains(&action) {
            Care::Light
        } else {
            Care::Counts
        }
    }

    /// Ctrl-C: the first one halts and says so, the second one within two seconds leaves. What was confirmed is on
    /// disk already.
    pub(super) fn interrupt(&mut self, now: Now) -> Vec<Output> {
        let soon = self.interrupted.is_some_and(|first| now.moment < first.plus(super::SECOND_INTERRUPT));
        if soon || self.sitting.is_none() {
            return vec![Output::Leave(Exit::Interrupted)];
        }
        self.interrupted = Some(now.moment);
        self.send(Event::Paused(PauseCause::Interrupt), now)
    }

    /// What `action` does on the present screen.
    pub(super) fn act(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        if self.saving_failed() {
            return self.act_on_not_saved(action);
        }
        if let Some(overlay) = self.overlay {
            return self.act_on_overlay(overlay, action, now);
        }
        match action {
            Action::Help => {
                self.overlay = Some(match self.focus {
                    Focus::Question(item) | Focus::Doctor(item, _) => Overlay::Why(item),
                    _ => Overlay::Help,
                });
                self.scroll = 0;
                return Vec::new();
            }
            Action::PageUp | Action::PageDown if matches!(self.focus, Focus::Review(_)) => {
                self.page_review(action == Action::PageDown);
                return Vec::new();
            }
            Action::PageUp => return self.scroll_by(-1, self.page.saturating_sub(1).max(1)),
            Action::PageDown => return self.scroll_by(1, self.page.saturating_sub(1).max(1)),
            Action::Up if !self.has_a_list() => return self.scroll_by(-1, 1),
            Action::Down if !self.has_a_list() => return self.scroll_by(1, 1),
            action if self.answers_what_is_read(action) && !self.all_was_shown() => {
                self.read_first();
                return Vec::new();
            }
            _ => {}
        }
        match self.focus.clone() {
            Focus::Welcome => self.act_on_welcome(action, digit, now),
            Focus::Resume => self.act_on_resume(action, now),
            Focus::ConfirmDelete => self.act_on_confirm_delete(action, now),
            Focus::LaterNote(editor) => self.act_on_later_note(action, &editor, now),
            Focus::EarlyReason(editor) => self.act_on_early_reason(action, &editor, now),
            Focus::Roller(step, purpose) => self.act_on_roller(step, purpose, action, digit, now),
            Focus::SerumName(editor) => self.act_on_serum(action, &editor, now),
            Focus::Sterilise => self.act_on_sterilise(action, now),
            Focus::OtherSoak => self.act_on_other_soak(action, now),
            Focus::SoakMinutes(editor) => self.act_on_soak_minutes(action, &editor, now),
            Focus::Question(item) => self.act_on_question(item, action, now),
            Focus::Doctor(item, sureness) => self.act_on_doctor(item, sureness, action, digit, now),
            Focus::Where(item, sureness, chosen) => self.act_on_where(item, sureness, chosen, action, digit, now),
            Focus::Around(item, sureness, place) => self.act_on_around(item, sureness, place, action, now),
            Focus::Which(item, sureness, chosen) => self.act_on_which(item, sureness, chosen, action, digit),
            Focus::Ago(item, sureness, which, editor) => self.act_on_ago(item, sureness, which, &editor, action, now),
            Focus::Review(item) => self.act_on_review(item, action, now),
            Focus::Verdict => self.act_on_verdict(action, now),
            Focus::LastTouch => self.act_on_last_touch(action, now),
            Focus::HandsFree => self.act_on_halt(action, now),
            Focus::StopReason => self.act_on_stop_reason(action, digit, now),
            Focus::ConfirmRetire => self.act_on_confirm_retire(action, now),
            Focus::After(question) => self.act_on_after(question, action, now),
            Focus::Summary => self.act_on_summary(action, digit, now),
            Focus::Note(editor) => self.act_on_note(action, &editor, now),
        }
    }

    /// Up and down go through questions or lines here.
    fn has_a_list(&self) -> bool {
        matches!(self.focus, Focus::Question(_) | Focus::Review(_) | Focus::After(_))
    }

    /// Whether `action` answers a question that has to be read to its end before. Leaving, stopping and going back are
    /// open at any time.
    fn answers_what_is_read(&self, action: Action) -> bool {
        use crate::tui::focus::RollerStep as Step;
        match &self.focus {
            Focus::Question(_) => matches!(action, Action::Yes | Action::No | Action::NotSure),
            Focus::Welcome => action == Action::Choose,
            Focus::LastTouch => matches!(action, Action::SkinReady | Action::Yes | Action::No | Action::Go),
            Focus::ConfirmDelete
            | Focus::ConfirmRetire
            | Focus::OtherSoak
            | Focus::Doctor(..)
            | Focus::Where(..)
            | Focus::Around(..)
            | Focus::Which(..)
            | Focus::Roller(Step::Sealed(..) | Step::Acknowledge(_) | Step::Kept(_), _) => {
                !matches!(action, Action::Back | Action::Leave | Action::OtherRoller)
            }
            _ => false,
        }
    }

    fn read_first(&mut self) {
        let down = self.keymap.shown(self.screen_name(), Action::Down);
        self.notice = Some(self.words.fill("read-first", &[("down", &down)]));
    }

    pub(super) fn scroll_by(&mut self, direction: i32, rows: usize) -> Vec<Output> {
        self.scroll =
            if direction < 0 { self.scroll.saturating_sub(rows) } else { (self.scroll + rows).min(self.max_scroll) };
        Vec::new()
    }

    /// From the last row of a list on through what stands below it.
    pub(super) fn scroll_on(&mut self) -> Vec<Output> {
        self.scroll = self.scroll.max(self.shown_from);
        self.scroll_by(1, 1)
    }

    fn act_on_not_saved(&mut self, action: Action) -> Vec<Output> {
        match action {
            Action::Up => self.scroll_by(-1, 1),
            Action::Down => self.scroll_by(1, 1),
            Action::Retry => vec![Output::Retry],
            Action::GoOnUnsaved => {
                self.saving = Saving::Unsaved;
                Vec::new()
            }
            Action::Leave => vec![Output::Leave(Exit::NotSaved)],
            _ => Vec::new(),
        }
    }

    fn act_on_overlay(&mut self, overlay: Overlay, action: Action, now: Now) -> Vec<Output> {
        match (overlay, action) {
            (_, Action::Up) => return self.scroll_by(-1, 1),
            (_, Action::Down) => return self.scroll_by(1, 1),
            (_, Action::PageUp) => return self.scroll_by(-1, self.page),
            (_, Action::PageDown) => return self.scroll_by(1, self.page),
            (Overlay::ConfirmLeave, Action::Leave) => {
                self.overlay = None;
                return self.send(Event::Left, now);
            }
            (_, Action::Back) => {
                self.overlay = None;
                self.scroll = 0;
            }
            _ => {}
        }
        Vec::new()
    }

    /// Hands `event` to the session and passes on what follows from it.
    pub(super) fn send(&mut self, event: Event, now: Now) -> Vec<Output> {
        let Some(event) = self.past_the_ledger(event) else { return Vec::new() };
        let Some(sitting) = &mut self.sitting else { return Vec::new() };
        let local = sitting.local(now);
        let effects = sitting.session.handle(event, local);
        self.passed_on(effects)
    }

    pub(super) fn run_out(&mut self, now: Now) -> Vec<Output> {
        if self.interrupted.is_some_and(|first| now.moment >= first.plus(super::SECOND_INTERRUPT)) {
            self.interrupted = None;
        }
        if self.saving_failed() {
            return Vec::new();
        }
        let Some(sitting) = &mut self.sitting else { return Vec::new() };
        let local = sitting.local(now);
        let effects = sitting.session.run_out(local);
        self.passed_on(effects)
    }

    fn passed_on(&mut self, effects: Vec<Effect>) -> Vec<Output> {
        let is_kept = self.session().is_some_and(Session::is_kept);
        if is_kept {
            self.note_opened(&effects);
        }
        for effect in &effects {
            // The hand is empty in a rehearsal: nothing fell.
            if let Effect::RetireRoller { id } = effect
                && is_kept
            {
                self.take_from_shelf(id);
            }
        }
        effects
            .into_iter()
            .map(|effect| match effect {
                Effect::Leave => Output::Leave(self.exit()),
                effect => Output::Session(effect),
            })
            .collect()
    }

    /// A retired roller is not offered again, and its name is not given to another one.
    fn take_from_shelf(&mut self, id: &str) {
        let retired = self.known.rollers.iter().find(|shelf| shelf.roller.id == id);
        if let (Focus::After(_), Some(shelf)) = (&self.focus, retired) {
            // In a small window the page may stand where its own line about it is out of sight.
            self.notice = Some(self.words.fill("after.retired", &[("name", &shelf.roller.name)]));
        }
        self.known.rollers.retain(|shelf| shelf.roller.id != id);
        self.known.retired_rollers.push(id.to_owned());
    }

    /// How the program ends when the session has.
    fn exit(&self) -> Exit {
        if self.saving == Saving::Unsaved {
            return Exit::NotSaved;
        }
        let Some(summary) = self.session().and_then(Session::summary) else { return Exit::Done };
        match (self.kind(), summary.judgement, summary.outcome) {
            (Kind::Rehearsal, ..) => Exit::Done,
            (Kind::Check, Some(Judgement::Clear), _) => Exit::Done,
            (Kind::Check, Some(Judgement::Skip), _) => Exit::SomeSkipped,
            (_, _, Outcome::StoppedByList) => Exit::StoppedByList,
            (Kind::Session, _, Outcome::Finished) => Exit::Done,
            (Kind::Check, None, _) | (_, _, Outcome::Part | Outcome::LeftBefore | Outcome::Finished) => Exit::Early,
        }
    }

    /// Brings the screen in line with the stage, and tells the gate when another screen stands there.
    pub(super) fn settle(&mut self, now: Now) {
        self.follow_stage();
        let screen = self.screen_identity();
        if screen != self.screen {
            // While hands are busy one step follows the other by itself; only a key changes the screen for the gate.
            self.gate.screen_changed(now.moment);
            self.waiting = None;
            self.scroll = 0;
            self.seen_whole = false;
            self.seen_rows.clear();
            self.line_chosen = false;
            self.screen = screen;
        }
    }

    fn follow_stage(&mut self) {
        let Some(session) = self.sitting.as_ref().map(|sitting| &sitting.session) else { return };
        match session.stage() {
            Stage::Sterilise => {
                if !matches!(
                    self.focus,
                    Focus::Sterilise
                        | Focus::OtherSoak
                        | Focus::SoakMinutes(_)
                        | Focus::ConfirmRetire
                        | Focus::Roller(..)
                        | Focus::SerumName(_)
                ) {
                    self.focus = Focus::Sterilise;
                }
                // Without the word about its length the soak would be refused, whichever way led here: a list that was
                // left, a long pause, a session that was cut off.
                let at_the_soak = matches!(self.focus, Focus::Sterilise | Focus::OtherSoak | Focus::SoakMinutes(_));
                if let Some(roller) = unacknowledged(session).filter(|_| at_the_soak) {
                    self.focus = Focus::Roller(RollerStep::Acknowledge(roller), RollerFor::Session);
                }
            }
            Stage::Checklist => {
                if !self.focus.is_of_the_list() {
                    self.focus = self.list_focus();
                }
            }
            Stage::Verdict(_) => {
                if !matches!(self.focus, Focus::Verdict | Focus::Note(_)) {
                    self.focus = Focus::Verdict;
                }
            }
            Stage::LastTouch(_) => self.focus = Focus::LastTouch,
            Stage::HandsFree(hands_free) => {
                let halted = !matches!(hands_free.step, Step::Running { .. });
                let deciding = matches!(
                    (&self.focus, hands_free.step),
                    (Focus::StopReason, _) | (Focus::Roller(..) | Focus::ConfirmRetire, Step::RollerTouched(_))
                );
                if !(halted && deciding) {
                    self.focus = Focus::HandsFree;
                }
                // A question that was open must not stand over a running clock.
                if !halted {
                    self.overlay = None;
                }
            }
            Stage::After { .. } => {
                if !matches!(self.focus, Focus::After(_) | Focus::Summary | Focus::Note(_)) {
                    self.focus = Focus::After(0);
                }
            }
            Stage::Ended => {}
        }
    }

    /// The bell is tried without anything being recorded.
    pub(super) fn play_check(&self) -> Vec<Output> {
        vec![Output::Session(Effect::Cue(Cue::Check))]
    }

    /// The present countdown, while one runs.
    pub fn running(&self) -> Option<Due> {
        match self.session().and_then(Session::step) {
            Some(Step::Running { due, .. }) => Some(due),
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_)) | None => None,
        }
    }
}
