//! The program as the loop drives it: terminal keys in, the app's outputs performed in order, the view drawn when it
//! differs from the one on screen.

use core::time::Duration;
use std::collections::VecDeque;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;

use crate::app::{App, Exit, Output, Saving};
use crate::clock::Gap;
use crate::keeper::Keeper;
use crate::keymap::Key;
use crate::known::Unfinished;
use crate::protocol::Kind;
use crate::record::SaveError;
use crate::run::{Flow, Input, Program};
use crate::session::{Cue, Effect, Event, PauseCause};
use crate::timeline::{Moment, Now};
use crate::ui::{self, Theme};
use crate::view::View;

/// Bells in a row are this far apart, so that they can be counted.
const BETWEEN_BELLS: Duration = Duration::from_millis(250);

/// The program.
#[derive(Debug)]
pub struct Desk {
    app: App,
    keeper: Keeper,
    theme: Theme,
    bell: bool,
    drawn: Option<View>,
    bells: VecDeque<Moment>,
    leave: Option<Exit>,
}

impl Desk {
    /// The program before its first key.
    pub fn new(app: App, keeper: Keeper, theme: Theme, bell: bool) -> Desk {
        Desk { app, keeper, theme, bell, drawn: None, bells: VecDeque::new(), leave: None }
    }

    /// Starts what the command line asked for.
    pub fn start(&mut self, kind: Kind, unfinished: Unfinished, now: Now) {
        let outputs = self.app.start(kind, unfinished, now);
        self.perform(outputs, now);
    }

    /// Everything that was confirmed is on disk, or the person chose to go on without.
    pub fn is_saved(&self) -> bool {
        self.keeper.is_saved()
    }

    /// Where the record is, if one was begun.
    pub fn record(&self) -> Option<&std::path::Path> {
        self.keeper.path()
    }

    /// Performs `outputs` in order. What could not be written stops the clocks and asks the person.
    fn perform(&mut self, outputs: Vec<Output>, now: Now) {
        for output in outputs {
            let written = match &output {
                Output::Open { early_reason, serum, boot } => {
                    let protocol = self.app.session().map(|session| session.protocol().clone());
                    match protocol {
                        Some(protocol) => {
                            self.keeper.open(&protocol, now.wall, early_reason.clone(), serum.clone(), boot.clone())
                        }
                        None => Ok(()),
                    }
                }
                Output::Reopen { id } => self.reopen(id),
                Output::Discard { id } => {
                    if let Err(error) = self.keeper.discard(id) {
                        self.app.notice = Some(error.to_string());
                    }
                    Ok(())
                }
                Output::LetGo => {
                    self.keeper.let_go();
                    Ok(())
                }
                Output::Session(effect) => self.perform_effect(effect, now),
                Output::AddRoller { roller, sealed } => self.keeper.add_roller(roller, *sealed),
                Output::AddSerum(name) => self.keeper.add_serum(name),
                Output::Retry => self.keeper.retry().inspect(|()| self.app.saving = Saving::Saved),
                Output::Leave(exit) => {
                    self.leave = Some(*exit);
                    Ok(())
                }
            };
            if let Err(error) = written {
                self.not_saved(&error.to_string(), now);
            }
        }
    }

    fn reopen(&mut self, id: &str) -> Result<(), SaveError> {
        // A session that was closed at once has left the app already; its record follows the same protocol.
        let protocol = self.app.session().map_or(&self.app.protocols.session, |session| session.protocol()).clone();
        let opened = self.keeper.reopen(&protocol, id);
        if let Some(path) = self.keeper.take_torn() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.app.notice = Some(self.app.words.fill("resume.set-aside", &[("file", &name)]));
        }
        opened
    }

    fn perform_effect(&mut self, effect: &Effect, now: Now) -> Result<(), SaveError> {
        match effect {
            Effect::Record(_) | Effect::Close(_) => self.keeper.write(effect),
            Effect::Cue(cue) => {
                self.ring(*cue, now);
                Ok(())
            }
            Effect::RetireRoller { id } => {
                if self.keeper.keeps(self.app.kind())
                    && let Err(problem) = self.keeper.retire_roller(id, now.wall)
                {
                    self.app.notice = Some(problem);
                }
                Ok(())
            }
            Effect::Leave => Ok(()),
        }
    }

    /// The clocks stop until the person has chosen. Once they go on unsaved, they are not asked again.
    fn not_saved(&mut self, problem: &str, now: Now) {
        if self.app.saving == Saving::Unsaved || self.app.saving_failed() {
            return;
        }
        self.app.saving = Saving::Failed(problem.to_owned());
        // This pause is not on disk either; it waits with the rest.
        let outputs = self.app.happened(Event::Paused(PauseCause::Signal), now);
        for output in outputs {
            if let Output::Session(effect) = output {
                let _ = self.keeper.write(&effect);
            }
        }
    }

    /// Bells coded by count: one turns the stroke, two move on, three end.
    fn ring(&mut self, cue: Cue, now: Now) {
        let count = match cue {
            Cue::Start(_) | Cue::Turn { .. } => 1,
            Cue::Paused(PauseCause::Slept | PauseCause::Stalled) => 1,
            Cue::SoakFinished | Cue::Check | Cue::Move(_) | Cue::Serum => 2,
            Cue::RollingOver | Cue::Saved => 3,
            Cue::HandClean | Cue::GetReady(_) | Cue::Paused(_) => 0,
        };
        if self.bell {
            self.bells.clear();
            self.bells.extend((0..count).map(|number| now.moment.plus(BETWEEN_BELLS * number)));
        }
    }

    fn flow(&mut self) -> Flow {
        match self.leave {
            Some(exit) => Flow::Leave(status(exit)),
            None => Flow::On,
        }
    }

    fn key(&mut self, key: KeyEvent, now: Now) -> Flow {
        let (key, typed) = translate(key);
        match key {
            Key::Ctrl('l') => return Flow::Repaint,
            Key::Ctrl('z') => {
                let _ = self.handle(Input::Suspend, now);
                return Flow::Halt;
            }
            _ => {}
        }
        let outputs = self.app.key(key, typed, now);
        self.perform(outputs, now);
        self.flow()
    }
}

impl Program for Desk {
    fn deadline(&self, now: Now) -> Option<Moment> {
        self.app.deadline(now).into_iter().chain(self.bells.front().copied()).min()
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        let outputs = match input {
            Input::Key(key) => return self.key(key, now),
            Input::Paste(text) => self.app.paste(&text, now),
            Input::Due => self.app.due(now),
            Input::Gap(Gap::Slept(span)) => self.app.happened(Event::Slept(span), now),
            Input::Gap(Gap::Stalled(span)) => self.app.happened(Event::Stalled(span), now),
            Input::Suspend => {
                let outputs = self.app.happened(Event::Paused(PauseCause::Signal), now);
                self.perform(outputs, now);
                return Flow::Halt;
            }
            Input::End => {
                let mut outputs = self.app.keep_note(now);
                outputs.extend(self.app.happened(Event::Paused(PauseCause::Signal), now));
                outputs
            }
        };
        self.perform(outputs, now);
        self.flow()
    }

    fn is_changed(&mut self, now: Now) -> bool {
        self.drawn.as_ref() != Some(&self.app.view(now))
    }

    fn draw(&mut self, frame: &mut Frame, now: Now) {
        let view = self.app.view(now);
        let seen = ui::draw(&view, &self.theme, frame);
        self.app.shown(&seen);
        self.drawn = Some(view);
    }

    fn bells(&mut self, now: Now) -> u32 {
        let mut count = 0;
        while self.bells.front().is_some_and(|due| *due <= now.moment) {
            self.bells.pop_front();
            count += 1;
        }
        count
    }
}

/// Exit status, as README and decisions have them.
pub fn status(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::StoppedByList => 3,
        Exit::Early => 4,
        Exit::NotSaved => 5,
        Exit::SomeSkipped => 7,
        Exit::Interrupted => 130,
    }
}

/// A terminal key as the key table knows it, and the character it types.
fn translate(event: KeyEvent) -> (Key, Option<char>) {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char(character) if control => (Key::Ctrl(character.to_ascii_lowercase()), None),
        KeyCode::Char(character) if event.modifiers.contains(KeyModifiers::ALT) => {
            let _ = character;
            (Key::Other, None)
        }
        KeyCode::Char(character) => {
            let lower = character.to_lowercase().next().unwrap_or(character);
            (Key::Char(lower), Some(character))
        }
        KeyCode::Enter => (Key::Enter, None),
        KeyCode::Esc => (Key::Esc, None),
        KeyCode::Tab => (Key::Tab, None),
        KeyCode::Backspace => (Key::Backspace, None),
        KeyCode::Delete => (Key::Delete, None),
        KeyCode::Up => (Key::Up, None),
        KeyCode::Down => (Key::Down, None),
        KeyCode::Left => (Key::Left, None),
        KeyCode::Right => (Key::Right, None),
        KeyCode::Home => (Key::Home, None),
        KeyCode::End => (Key::End, None),
        KeyCode::PageUp => (Key::PageUp, None),
        KeyCode::PageDown => (Key::PageDown, None),
        KeyCode::F(number) => (Key::F(number), None),
        _ => (Key::Other, None),
    }
}
