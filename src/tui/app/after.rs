//! Keys after the rolling: the closing questions, the summary, the note.

use super::{App, Output};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::Focus;
use engine::session::{Event, Said};
use engine::timeline::Now;
use store::record::text::LONGEST_NOTE;

impl App {
    pub(super) fn act_on_after(&mut self, question: usize, action: Action, now: Now) -> Vec<Output> {
        let last = self.session().map_or(0, |session| session.signed_out().len().saturating_sub(1));
        let said = match action {
            Action::Yes => Said::Yes,
            Action::No => Said::No,
            Action::NotSure => Said::NotSure,
            Action::Up if self.scroll > 0 => return self.scroll_by(-1, self.scroll),
            Action::Down if question == last => return self.scroll_on(),
            Action::Up => {
                self.focus = Focus::After(question.saturating_sub(1));
                return Vec::new();
            }
            Action::Down => {
                self.focus = Focus::After(question + 1);
                return Vec::new();
            }
            Action::Serum if self.serum_given => return Vec::new(),
            Action::Serum => {
                let outputs = self.send(Event::SerumWanted, now);
                if !outputs.is_empty() {
                    self.serum_given = true;
                    // Its digits stand above the questions.
                    self.focus = Focus::After(0);
                }
                return outputs;
            }
            Action::Summary => {
                self.focus = Focus::Summary;
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let outputs = self.send(Event::SignedOut { question, said }, now);
        if !outputs.is_empty() {
            self.focus = Focus::After((question + 1).min(last));
        }
        outputs
    }

    pub(super) fn act_on_summary(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => {
                let level = digit.and_then(|digit| digit.to_digit(10)).and_then(|level| u8::try_from(level).ok());
                level.map(|level| self.send(Event::Felt(level), now)).unwrap_or_default()
            }
            Action::Note => {
                self.open_note();
                Vec::new()
            }
            Action::Back => {
                self.focus = Focus::After(0);
                Vec::new()
            }
            Action::Finish => self.send(Event::Left, now),
            _ => Vec::new(),
        }
    }

    pub(super) fn open_note(&mut self) {
        let text = self.session().map(|session| session.note().to_owned()).unwrap_or_default();
        self.focus = Focus::Note(Editor::new(&text, LONGEST_NOTE));
    }

    /// Enter keeps what was typed; Esc leaves the former note as it was.
    pub(super) fn act_on_note(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        let outputs = match action {
            Action::Keep => self.send(Event::Noted(editor.text().to_owned()), now),
            Action::Back => Vec::new(),
            _ => return Vec::new(),
        };
        self.focus = Focus::Summary;
        outputs
    }

    /// What is half typed when the terminal goes away: a note is kept, everything else was not an answer yet.
    pub fn keep_note(&mut self, now: Now) -> Vec<Output> {
        if let Focus::Note(editor) = &self.focus {
            let text = editor.text().to_owned();
            return self.send(Event::Noted(text), now);
        }
        Vec::new()
    }
}
