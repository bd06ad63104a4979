//! Line mode: the same session in lines, for screen readers, for terminals that cannot position text, and for
//! recordings. Nothing is drawn twice, nothing depends on position or colour, and every choice has a word or a number.

mod request;
mod text;

use std::collections::BTreeSet;

use crate::content::keymap::Key;
use crate::content::keymap::script::is_foreign;
use crate::tui::app::ScreenId;
use crate::tui::controller::{Controller, Spoken};
use crate::tui::run::{Flow, Input, Program};
use crate::tui::view::{Foot, Form, Seen, View};
use engine::timeline::{Moment, Now, Wall};
use request::{Choice, Request};
use store::sanitise::printed;

const PROMPT: &str = "> ";
/// The ending of words for line mode, where a key counts only after Enter.
const WORDS_FOR_LINES: &str = "-lines";

#[derive(Debug)]
pub struct LineMode {
    controller: Controller,
    /// The screen that was printed last.
    screen: Option<ScreenId>,
    /// Its lines, so that only new ones are printed when it changes.
    lines: BTreeSet<String>,
    choices: Vec<Choice>,
    /// What is to be printed next.
    out: String,
    at_prompt: bool,
    /// A line was typed since the screen was printed last.
    typed: bool,
}

impl LineMode {
    pub fn new(mut controller: Controller) -> LineMode {
        controller.prefer_words(WORDS_FOR_LINES);
        LineMode {
            controller,
            screen: None,
            lines: BTreeSet::new(),
            choices: Vec::new(),
            out: String::new(),
            at_prompt: false,
            typed: false,
        }
    }

    pub fn into_controller(self) -> Controller {
        self.controller
    }

    fn print(&mut self, line: &str) {
        if std::mem::take(&mut self.at_prompt) {
            self.out.push('\n');
        }
        // Lines are not wrapped, so a non-breaking space is a plain one here.
        self.out.push_str(&printed(&line.replace('\u{a0}', " ")));
        self.out.push('\n');
    }

    fn say(&mut self, word: &str, places: &[(&str, &str)]) {
        let text = self.controller.app().words.fill(word, places);
        self.print(&text);
    }

    fn prompt(&mut self) {
        self.out.push_str(PROMPT);
        self.at_prompt = true;
    }

    /// Handles a line that was typed, by the present screen.
    fn line(&mut self, line: &str, now: Now) -> Flow {
        // The Enter key has ended the line with the prompt.
        self.at_prompt = false;
        self.typed = true;
        if self.controller.hands_are_busy() {
            return self.controller.press(Key::Other, None, now);
        }
        if !self.controller.app().takes_a_key(now) {
            self.controller.press(Key::Other, None, now);
            self.say("plain.too-soon", &[]);
            return Flow::On;
        }
        match request::read(line, self.controller.app(), &self.choices, now) {
            Request::Press(key) => self.controller.press(key, None, now),
            Request::Text { text, then } => {
                self.controller.fill_field(&text);
                self.controller.press(then, None, now)
            }
            Request::GoTo(row) => {
                self.controller.go_to(row);
                Flow::On
            }
            Request::Nothing => {
                let keys = request::listed(&self.choices);
                self.say("plain.no-answer", &[("keys", &keys)]);
                Flow::On
            }
            Request::Unknown => {
                let keys = request::listed(&self.choices);
                self.say("plain.unknown", &[("line", line.trim()), ("keys", &keys)]);
                if line.chars().any(is_foreign) {
                    self.say("latin-letters", &[]);
                }
                Flow::On
            }
        }
    }

    fn print_changes(&mut self, now: Now) {
        for Spoken { wall, words } in self.controller.take_said() {
            let time = time_of_day(wall);
            self.print(&format!("{time} {words}"));
        }
        let busy = self.controller.hands_are_busy();
        // Questions take answers once they were shown in full, and whatever is printed is.
        self.mark_as_seen(now);
        let view = self.controller.app().view(now, Form::LineMode);
        let screen = Some(self.controller.app().screen_id());
        // A notice about the last line takes the place of the choices for a moment.
        let is_same = screen == self.screen && matches!(view.foot, Foot::Notice { .. });
        let choices = if is_same { self.choices.clone() } else { request::choices(self.controller.app(), &view) };
        // The first of two keys has not changed anything yet.
        let typed = self.typed && !self.controller.app().is_waiting();
        self.typed &= !typed;
        if busy {
            // While hands are busy there is nothing to choose, and the cues say what happens.
            self.screen = screen;
            self.lines.clear();
            self.choices = choices;
            return;
        }
        let opened: Vec<Choice> = choices.iter().filter(|choice| !self.choices.contains(choice)).cloned().collect();
        let is_new = screen != self.screen;
        if is_new || typed || !opened.is_empty() {
            self.choices = choices;
            self.print_screen(&view, is_new, &opened);
            self.screen = screen;
        }
    }

    fn print_screen(&mut self, view: &View, is_new: bool, opened: &[Choice]) {
        let lines = text::lines(view, &request::actions(&self.choices), &self.controller.app().words);
        let fresh: Vec<&String> = lines.iter().filter(|line| is_new || !self.lines.contains(*line)).collect();
        let fresh: Vec<String> = fresh.into_iter().cloned().collect();
        if is_new {
            self.print("");
            let head = text::head(view);
            self.print(&head);
        }
        for line in &fresh {
            self.print(line);
        }
        if let Some(notice) = text::notice(view) {
            self.print(&notice);
        }
        let choices = if is_new { self.choices.clone() } else { opened.to_owned() };
        for line in request::list(&choices) {
            self.print(&line);
        }
        if is_new {
            if text::numbered(view) > 0 {
                self.say("plain.lines", &[]);
            }
            if self.controller.app().screen.field().is_some() {
                self.say("plain.text", &[]);
            }
        }
        self.lines = lines.into_iter().collect();
        self.prompt();
    }

    fn mark_as_seen(&mut self, now: Now) {
        let rows = text::seen(&self.controller.app().view(now, Form::LineMode));
        self.controller.shown(&Seen { whole: true, end: true, rows, page: 1, ..Seen::default() }, now);
    }
}

/// `19:42:05`.
fn time_of_day(wall: Wall) -> String {
    format!("{}:{:02}", wall.time_of_day(), wall.local_second())
}

impl Program for LineMode {
    fn deadline(&self, now: Now) -> Option<Moment> {
        self.controller.deadline(now)
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        match input {
            Input::Line(line) => self.line(&line, now),
            input => self.controller.handle(input, now),
        }
    }

    fn utter(&mut self, now: Now) -> Vec<u8> {
        self.print_changes(now);
        let mut bytes = std::mem::take(&mut self.out).into_bytes();
        bytes.extend(self.controller.utter(now));
        bytes
    }
}
