//! One key press: whether it counts, and what it does on the screen that it belongs to.

use super::debounce::{Decision, KeyClass};
use super::{App, Exit, Output, Saving};
use crate::content::keymap::{Action, Key};
use crate::tui::screens::{ConfirmLeave, Pressed, Screen, ScreenKey, verdict};
use engine::protocol::Kind;
use engine::session::{Cue, Due, Effect, Event, Judgement, Outcome, PauseCause, Session, Step};
use engine::timeline::Now;

impl App {
    pub(super) fn pressed(&mut self, key: Key, typed: Option<char>, now: Now) -> Vec<Output> {
        self.ctrl_c_at = None;
        if self.hands_are_busy() {
            return if self.debounce.touch(now.moment) { self.touched(key, now) } else { Vec::new() };
        }
        let clicked = self.clicked(key);
        let mut outputs = Vec::new();
        if clicked.is_none() && self.paused_by_clicker() {
            // Hands are clean no longer, whatever the key does.
            outputs = self.send(Event::Paused { cause: PauseCause::Touch }, now);
        }
        outputs.extend(self.pressed_at_rest(key, clicked, typed, now));
        outputs
    }

    fn pressed_at_rest(&mut self, key: Key, clicked: Option<Action>, typed: Option<char>, now: Now) -> Vec<Output> {
        let (key, action) = match self.keymap.action(self.screen_name(), key) {
            Some(action) => (key, Some(action)),
            None => (key.in_ascii(), self.keymap.action(self.screen_name(), key.in_ascii()).or(clicked)),
        };
        if !self.saving_failed()
            && action.is_none()
            && let Some(editor) = self.editor()
            && editor.take(key, typed)
        {
            let is_lost = key.is_foreign() && !editor.takes_letters();
            self.debounce.typed(now.moment);
            if is_lost {
                self.notice = self.words.say("latin-letters").into();
            }
            return Vec::new();
        }
        let Some(action) = action else {
            let _ = self.debounce.decide(KeyClass::Moves, now.moment);
            let word =
                if key.is_foreign() { Some("latin-letters") } else { self.present().component().word_about(key) };
            return word.map_or_else(Vec::new, |word| self.tell(word));
        };
        let digit = match key {
            Key::Char(digit) if digit.is_ascii_digit() => Some(digit),
            _ => None,
        };
        match self.debounce.decide(self.class_of(action), now.moment) {
            Decision::Act => self.act(Pressed { action, digit, now }),
            Decision::Wait => {
                self.waiting = Some((action, digit));
                Vec::new()
            }
            Decision::Drop => Vec::new(),
        }
    }

    pub(super) fn class_of(&self, action: Action) -> KeyClass {
        if self.present().component().facts(self).counts_at_once {
            KeyClass::Free
        } else if action.only_moves() {
            KeyClass::Moves
        } else if matches!(action, Action::Help | Action::Back) {
            KeyClass::Light
        } else {
            KeyClass::Counts
        }
    }

    /// Ctrl-C: the first one halts and says so, the second one within two seconds leaves. What was confirmed is on
    /// disk already.
    pub(super) fn interrupt(&mut self, now: Now) -> Vec<Output> {
        let soon = self.ctrl_c_at.is_some_and(|first| now.moment < first.plus(super::SECOND_INTERRUPT));
        if soon || self.running_session.is_none() {
            return vec![Output::Leave(Exit::Interrupted)];
        }
        self.ctrl_c_at = Some(now.moment);
        self.send(Event::Paused { cause: PauseCause::Interrupt }, now)
    }

    /// What a key does on the present screen: the help and scrolling are the same on all of them.
    pub(super) fn act(&mut self, pressed: Pressed) -> Vec<Output> {
        let screen = self.present().clone();
        let screen = screen.component();
        let action = pressed.action;
        if action.only_moves() && !screen.moves(action) {
            return self.scroll_for(action);
        }
        if action == Action::Help {
            return self.cover(screen.help());
        }
        if screen.answers(action, self) && !self.viewport.has_shown_all() {
            self.read_first();
            return Vec::new();
        }
        screen.on(self, pressed)
    }

    fn scroll_for(&mut self, action: Action) -> Vec<Output> {
        // Over a screen a whole window is turned; on the screen itself one row stays.
        let page = self.viewport.page.saturating_sub(usize::from(self.overlay.is_none())).max(1);
        match action {
            Action::Up => self.scroll_by(-1, 1),
            Action::Down => self.scroll_by(1, 1),
            Action::PageUp => self.scroll_by(-1, page),
            _ => self.scroll_by(1, page),
        }
    }

    /// Another screen stands there.
    pub(in crate::tui) fn show(&mut self, screen: impl Into<Screen>) -> Vec<Output> {
        self.screen = screen.into();
        Vec::new()
    }

    /// The screen of the session's own stage stands there. When the session has ended there is none, and the last one
    /// stays.
    pub(in crate::tui) fn show_stage(&mut self) -> Vec<Output> {
        if let Some(screen) = self.session().and_then(Screen::for_stage) {
            self.screen = match screen {
                Screen::Question(question) => self.asking(question.0),
                screen => screen,
            };
        }
        Vec::new()
    }

    /// `screen` stands over the present one.
    pub(in crate::tui) fn cover(&mut self, screen: impl Into<Screen>) -> Vec<Output> {
        let scroll = self.viewport.scroll;
        self.screen.component_mut().covered(scroll);
        self.overlay = Some(screen.into());
        self.viewport.scroll = 0;
        Vec::new()
    }

    /// What stands over the screen is put away.
    pub(in crate::tui) fn uncover(&mut self) -> Vec<Output> {
        self.overlay = None;
        self.viewport.scroll = 0;
        Vec::new()
    }

    /// Asks whether to leave.
    pub(in crate::tui) fn ask_to_leave(&mut self) -> Vec<Output> {
        self.cover(ConfirmLeave)
    }

    /// A word about the last key.
    pub(in crate::tui) fn tell(&mut self, word: &str) -> Vec<Output> {
        self.notice = self.words.say(word).into();
        Vec::new()
    }

    fn read_first(&mut self) {
        let down = self.keymap.shown(self.screen_name(), Action::Down);
        self.notice = self.words.fill("read-first", &[("down", &down)]).into();
    }

    pub(in crate::tui) fn scroll_by(&mut self, direction: i32, rows: usize) -> Vec<Output> {
        self.viewport.scroll_by(direction, rows);
        Vec::new()
    }

    /// From the last row of a list on through what stands below it.
    pub(in crate::tui) fn scroll_on(&mut self) -> Vec<Output> {
        self.viewport.scroll_on();
        Vec::new()
    }

    /// Hands `event` to the session and passes on what follows from it.
    pub(in crate::tui) fn send(&mut self, event: Event, now: Now) -> Vec<Output> {
        match self.past_the_ledger(event) {
            Some(event) => self.advance(now, |session, now| session.handle(event, now)),
            None => Vec::new(),
        }
    }

    pub(super) fn run_out(&mut self, now: Now) -> Vec<Output> {
        if self.ctrl_c_at.is_some_and(|first| now.moment >= first.plus(super::SECOND_INTERRUPT)) {
            self.ctrl_c_at = None;
        }
        if self.saving_failed() {
            return Vec::new();
        }
        let mut outputs = self.advance(now, Session::run_out);
        let is_soaked = outputs.contains(&Output::Session(Effect::Cue(Cue::SoakFinished)));
        if is_soaked && verdict::leads_on_by_itself(self) {
            outputs.extend(verdict::set_up(self, now));
        }
        outputs
    }

    /// The only way in which the session changes. A new stage brings its own screen; whatever the person opened at the
    /// former one is closed.
    fn advance(&mut self, now: Now, change: impl FnOnce(&mut Session, Now) -> Vec<Effect>) -> Vec<Output> {
        let Some(running) = &mut self.running_session else { return Vec::new() };
        let (before, local) = (ScreenKey::of(&running.session), running.local(now));
        let effects = change(&mut running.session, local);
        if ScreenKey::of(&running.session) != before {
            self.overlay = None;
            self.show_stage();
        }
        self.passed_on(effects)
    }

    fn passed_on(&mut self, effects: Vec<Effect>) -> Vec<Output> {
        let is_kept = self.session().is_some_and(Session::is_kept);
        if is_kept {
            self.mark_opened(&effects);
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
        self.startup.rollers.retain(|available| available.roller.id != id);
        self.startup.retired_rollers.push(id.to_owned());
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

    /// Tells the debounce when another screen stands there than before the last input.
    pub(super) fn settle(&mut self, now: Now) {
        let id = (self.screen_name(), self.screen.component().facts(self).about);
        if id != self.screen_id {
            // While hands are busy one step follows the other by itself; only a key changes the screen for the debounce.
            self.debounce.screen_changed(now.moment);
            self.waiting = None;
            self.viewport.reset(self.present().component().first_row());
            self.screen_id = id;
        }
        self.cover_card(now);
    }

    /// The bell is tried without anything being recorded.
    pub(in crate::tui) fn play_check(&self) -> Vec<Output> {
        vec![Output::Session(Effect::Cue(Cue::Check))]
    }

    /// The present countdown, while one runs.
    pub fn running(&self) -> Option<Due> {
        match self.session().and_then(Session::step) {
            Some(Step::Running { due, .. }) => Some(due),
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) | None => None,
        }
    }
}
