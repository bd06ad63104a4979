//! One key press: whether it counts, and what it does on the screen that it belongs to.

use super::debounce::{Decision, KeyClass};
use super::{App, Exit, Output, Saving};
use crate::content::keymap::{Action, Key};
use crate::tui::screens::{ConfirmLeave, Pressed, Screen};
use engine::protocol::Kind;
use engine::session::{Cue, Due, Effect, Event, Judgement, Outcome, PauseCause, Session, Step};
use engine::timeline::Now;

impl App {
    pub(super) fn pressed(&mut self, key: Key, typed: Option<char>, now: Now) -> Vec<Output> {
        self.interrupted = None;
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
        if self.overlay.is_none()
            && !self.saving_failed()
            && action.is_none()
            && let Some(editor) = self.editor()
            && editor.take(key, typed)
        {
            let is_lost = key.is_foreign() && !editor.takes_letters();
            self.debounce.typed(now.moment);
            if is_lost {
                self.notice = Some(self.words.say("latin-letters"));
            }
            return Vec::new();
        }
        let Some(action) = action else {
            let _ = self.debounce.decide(KeyClass::Moves, now.moment);
            if key.is_foreign() {
                self.notice = Some(self.words.say("latin-letters"));
            } else if matches!(self.screen, Screen::Ago(_)) && key == Key::Enter {
                self.notice = Some(self.words.say("ago.needs-unit"));
            }
            return Vec::new();
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

    fn class_of(&self, action: Action) -> KeyClass {
        let light = [Action::Help, Action::Back];
        let is_help = matches!(self.overlay, Some(Screen::Help(_) | Screen::Why(_)));
        if is_help && (action.only_moves() || action == Action::Back) {
            KeyClass::Free
        } else if action.only_moves() {
            KeyClass::Moves
        } else if light.contains(&action) {
            KeyClass::Light
        } else {
            KeyClass::Counts
        }
    }

    /// Ctrl-C: the first one halts and says so, the second one within two seconds leaves. What was confirmed is on
    /// disk already.
    pub(super) fn interrupt(&mut self, now: Now) -> Vec<Output> {
        let soon = self.interrupted.is_some_and(|first| now.moment < first.plus(super::SECOND_INTERRUPT));
        if soon || self.running_session.is_none() {
            return vec![Output::Leave(Exit::Interrupted)];
        }
        self.interrupted = Some(now.moment);
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
            self.overlay = Some(screen.help());
            self.scroll = 0;
            return Vec::new();
        }
        if screen.answers(action, self) && !self.all_was_shown() {
            self.read_first();
            return Vec::new();
        }
        screen.on(self, pressed)
    }

    fn scroll_for(&mut self, action: Action) -> Vec<Output> {
        // Over a screen a whole window is turned; on the screen itself one row stays.
        let page = if self.overlay.is_some() { self.page } else { self.page.saturating_sub(1).max(1) };
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

    /// What stands over the screen is put away.
    pub(in crate::tui) fn uncover(&mut self) -> Vec<Output> {
        self.overlay = None;
        self.scroll = 0;
        Vec::new()
    }

    /// Asks whether to leave.
    pub(in crate::tui) fn ask_to_leave(&mut self) -> Vec<Output> {
        self.overlay = Some(ConfirmLeave.into());
        Vec::new()
    }

    /// A word about the last key.
    pub(in crate::tui) fn tell(&mut self, word: &str) -> Vec<Output> {
        self.notice = Some(self.words.say(word));
        Vec::new()
    }

    fn read_first(&mut self) {
        let down = self.keymap.shown(self.screen_name(), Action::Down);
        self.notice = Some(self.words.fill("read-first", &[("down", &down)]));
    }

    pub(in crate::tui) fn scroll_by(&mut self, direction: i32, rows: usize) -> Vec<Output> {
        self.scroll =
            if direction < 0 { self.scroll.saturating_sub(rows) } else { (self.scroll + rows).min(self.max_scroll) };
        Vec::new()
    }

    /// From the last row of a list on through what stands below it.
    pub(in crate::tui) fn scroll_on(&mut self) -> Vec<Output> {
        self.scroll = self.scroll.max(self.shown_from);
        self.scroll_by(1, 1)
    }

    /// Hands `event` to the session and passes on what follows from it.
    pub(in crate::tui) fn send(&mut self, event: Event, now: Now) -> Vec<Output> {
        let Some(event) = self.past_the_ledger(event) else { return Vec::new() };
        let Some(running) = &mut self.running_session else { return Vec::new() };
        let local = running.local(now);
        let effects = running.session.handle(event, local);
        self.passed_on(effects)
    }

    pub(super) fn run_out(&mut self, now: Now) -> Vec<Output> {
        if self.interrupted.is_some_and(|first| now.moment >= first.plus(super::SECOND_INTERRUPT)) {
            self.interrupted = None;
        }
        if self.saving_failed() {
            return Vec::new();
        }
        let Some(running) = &mut self.running_session else { return Vec::new() };
        let local = running.local(now);
        let effects = running.session.run_out(local);
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
        if let (Screen::After(_), Some(shelf)) = (&self.screen, retired) {
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

    /// Brings the screen in line with the stage, and tells the debounce when another screen stands there.
    pub(super) fn settle(&mut self, now: Now) {
        self.follow_stage();
        let id = (self.screen_name(), self.screen.component().facts(self).about);
        if id != self.screen_id {
            // While hands are busy one step follows the other by itself; only a key changes the screen for the debounce.
            self.debounce.screen_changed(now.moment);
            self.waiting = None;
            self.scroll = 0;
            self.seen_whole = false;
            self.seen_rows.clear();
            self.line_chosen = false;
            self.screen_id = id;
        }
    }

    fn follow_stage(&mut self) {
        let Some(session) = self.running_session.as_ref().map(|running| &running.session) else { return };
        if let Some(screen) = Screen::for_stage(session)
            && !self.screen.belongs(session)
        {
            self.screen = screen;
        }
        // A question that was open must not stand over a running clock.
        if matches!(session.step(), Some(Step::Running { .. })) {
            self.overlay = None;
        }
    }

    /// The bell is tried without anything being recorded.
    pub(in crate::tui) fn play_check(&self) -> Vec<Output> {
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
