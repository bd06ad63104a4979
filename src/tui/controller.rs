//! The program as the loop drives it: terminal keys in, the app's outputs performed in order, the view drawn when it
//! differs from the one on screen.

mod cues;
mod inhibitor;
mod past;
mod status;
mod write_lock;

use core::time::Duration;
use std::sync::Arc;

use ratatui::Frame;

use crate::content::keymap::{Key, Press};
use crate::cues::Notifier;
use crate::cues::inhibitor::Inhibitor;
use crate::tui::app::{App, Exit, Output, Saving};
use crate::tui::clock::Gap;
use crate::tui::history::PastSessions;
use crate::tui::run::{Flow, FrameCache, Input, Program};
use crate::tui::ui::{self, Theme};
use crate::tui::view::Seen;
use engine::protocol::{Kind, Words};
use engine::session::{Effect, Event, PauseCause, Session, Stage};
use engine::timeline::{Moment, Now, Wall};
use inhibitor::Wake;
pub use status::status;
use store::record::{Lock, SaveError};
use store::recorder::Recorder;
use store::startup::InterruptedSessions;
pub use write_lock::{Claims, Look};

/// The title of the window while there is no time to show.
const TITLE: &str = "dermaroll";

/// Words that were said, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// On the wall.
    pub wall: Wall,
    /// Whole sentences, or a number that is counted.
    pub words: String,
}

/// The program.
#[derive(Debug)]
pub struct Controller {
    app: App,
    recorder: Recorder,
    theme: Theme,
    notifier: Notifier,
    /// The screen is kept awake while hands are busy.
    pub keeps_awake: bool,
    inhibitor: Option<Inhibitor>,
    wake: Option<Wake>,
    counted: Option<u8>,
    said: Vec<Spoken>,
    cache: FrameCache,
    leave: Option<Exit>,
    claims: Option<Claims>,
    lock: Option<Lock>,
    /// Something was written since what is known was read.
    has_written: bool,
}

impl Controller {
    /// The program before its first key.
    pub fn new(app: App, recorder: Recorder, theme: Theme, notifier: Notifier) -> Controller {
        Controller {
            app,
            recorder,
            theme,
            notifier,
            keeps_awake: false,
            inhibitor: None,
            wake: None,
            counted: None,
            said: Vec::new(),
            cache: FrameCache::default(),
            leave: None,
            claims: None,
            lock: None,
            has_written: false,
        }
    }

    /// Starts what the command line asked for.
    pub fn start(&mut self, kind: Kind, interrupted: InterruptedSessions, now: Now) {
        let outputs = self.app.start(kind, interrupted, now);
        self.perform(outputs, now);
        self.give_way(now);
    }

    /// Lists `past` in the place of a session.
    pub fn start_history(&mut self, past: PastSessions, now: Now) {
        self.app.start_history(past, now);
    }

    /// Everything that was confirmed is on disk, or the person chose to go on without.
    pub fn is_saved(&self) -> bool {
        self.recorder.is_saved()
    }

    /// Has texts whose names end with `suffix` as well go before the others.
    pub fn prefer_words(&mut self, suffix: &'static str) {
        self.app.words = Arc::new(Words::clone(&self.app.words).preferring(suffix));
    }

    /// The app below.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// A countdown runs that needs no key.
    pub fn hands_are_busy(&self) -> bool {
        self.app.hands_are_busy()
    }

    /// Moves the cursor of a list to its row, from 0.
    pub fn go_to(&mut self, row: usize) {
        self.app.go_to(row);
    }

    /// Puts `text` into the field that is open, if one is.
    pub fn fill_field(&mut self, text: &str) {
        if let Some(editor) = self.app.editor() {
            editor.replace(text);
        }
    }

    /// A key, as the key table knows it.
    pub fn press(&mut self, key: Key, typed: Option<char>, now: Now) -> Flow {
        self.cache.disturb();
        let asked = self.app.asks_the_ledger();
        if !asked.is_empty() {
            self.app.heed_ledger(self.recorder.standing(&asked));
        }
        let outputs = self.app.key(key, typed, now);
        self.perform(outputs, now);
        self.give_way(now);
        self.count(now);
        self.keep_awake();
        self.flow()
    }

    /// What the window showed.
    pub fn shown(&mut self, seen: &Seen, now: Now) {
        let _ = self.app.shown(seen, now);
    }

    /// Where the record is, if one was begun.
    pub fn record(&self) -> Option<&std::path::Path> {
        self.recorder.path()
    }

    /// Lets what was told to the person's own command come to its end, for no longer than `within`.
    pub fn finish(&mut self, within: Duration) {
        self.inhibitor = None;
        self.notifier.finish(within);
    }

    /// What was said since this was asked last, in order.
    pub fn take_said(&mut self) -> Vec<Spoken> {
        std::mem::take(&mut self.said)
    }

    /// Performs `outputs` in order. What could not be written stops the clocks and asks the person.
    fn perform(&mut self, outputs: Vec<Output>, now: Now) {
        for output in outputs {
            self.has_written |= write_lock::writes(&output);
            let written = match &output {
                Output::Open { early_reason, serum, boot } => {
                    let protocol = self.app.session().map(|session| session.protocol().clone());
                    match protocol {
                        Some(protocol) => {
                            self.recorder.open(&protocol, now.wall, early_reason.clone(), serum.clone(), boot.clone())
                        }
                        None => Ok(()),
                    }
                }
                Output::Claim => {
                    let found = self.claim(now);
                    let outputs = found.map(|found| self.app.claimed(found, now));
                    self.perform(outputs.unwrap_or_default(), now);
                    Ok(())
                }
                Output::Reopen { id } => self.reopen(id),
                Output::Discard { id } => {
                    if let Err(error) = self.recorder.discard(id) {
                        self.app.notice = error.to_string().into();
                    }
                    Ok(())
                }
                Output::CloseRecord => {
                    self.recorder.release();
                    Ok(())
                }
                Output::Session(effect) => self.perform_effect(effect, now),
                Output::NoteCues(heard) => {
                    self.recorder.note_cues(self.app.kind(), *heard);
                    Ok(())
                }
                Output::Together(effects) => self.recorder.write_together(effects),
                Output::AddRoller { roller, sealed } => self.recorder.add_roller(roller, *sealed),
                Output::AddSerum(name) => self.recorder.add_serum(name, now.wall),
                Output::AddFollowUp { session, said } => self.recorder.add_follow_up(session, said, now.wall),
                Output::TakeFollowUpBack { session } => {
                    let taken = self.recorder.take_follow_up_back(session, now.wall);
                    self.app.follow_up_taken_back(taken.map_err(|error| error.to_string()));
                    Ok(())
                }
                Output::AddFollowUpToPast { .. }
                | Output::StrikePast { .. }
                | Output::OpenHistory
                | Output::CloseHistory => {
                    self.look_back(&output, now);
                    Ok(())
                }
                Output::Retry => self.recorder.retry().inspect(|()| self.app.saved(now)),
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
        let opened = self.recorder.reopen(&protocol, id);
        if let Some(path) = self.recorder.take_torn_tail() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.app.notice = self.app.words.fill("resume.set-aside", &[("file", &name)]).into();
        }
        opened
    }

    fn perform_effect(&mut self, effect: &Effect, now: Now) -> Result<(), SaveError> {
        match effect {
            Effect::Record(entry) if entry.event.opens_a_pack() => {
                let written = self.recorder.write(effect);
                let id = self.app.session().and_then(Session::roller).map(|roller| roller.id.clone());
                let noted = id.map_or(Ok(()), |id| self.recorder.open_pack(self.app.kind(), &id, now.wall));
                written.and(noted)
            }
            Effect::Record(_) | Effect::Close(_) => self.recorder.write(effect),
            Effect::Cue(cue) => {
                if !self.is_void(*cue) {
                    self.tell(*cue, now);
                }
                Ok(())
            }
            Effect::RetireRoller { id } => {
                if self.recorder.keeps(self.app.kind()) {
                    self.recorder.retire_roller(id, &self.app.words.say("ledger.retired-because"), now.wall)
                } else {
                    Ok(())
                }
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
        // Nor does it say that something was noted.
        self.app.notice = Default::default();
        // This pause is not on disk either; it waits with the rest.
        let outputs = self.app.happened(Event::Paused { cause: PauseCause::Signal }, now);
        for output in outputs {
            if let Output::Session(effect) = output {
                let _ = self.recorder.write(&effect);
                if let Effect::Cue(cue) = effect {
                    self.tell(cue, now);
                }
            }
        }
    }

    /// Section and time in the title of the window, while hands are busy. The time is that at which the countdown ends:
    /// a title that counts would be written, and drawn by whoever shows it, once a second.
    fn set_title(&mut self, now: Now) {
        let is_hands_free = matches!(self.app.session().map(Session::stage), Some(Stage::HandsFree(_)));
        let title = if is_hands_free { self.app.title(now) } else { TITLE.to_owned() };
        self.notifier.set_title(&title);
    }

    fn flow(&mut self) -> Flow {
        match self.leave {
            // Nobody leaves with something unsaved before they have chosen to.
            Some(exit) if self.app.saving_failed() && !matches!(exit, Exit::NotSaved | Exit::Interrupted) => Flow::On,
            Some(_) if self.app.saving == Saving::Unsaved => Flow::Leave(status(Exit::NotSaved)),
            Some(exit) => Flow::Leave(status(exit)),
            None => Flow::On,
        }
    }

    fn key(&mut self, press: Press, now: Now) -> Flow {
        let Press { key, typed } = press;
        match key {
            Key::Ctrl('l') => {
                // On the way through a session it is a touch like that of any other key.
                let flow = if self.app.session().is_some_and(|session| session.step().is_some()) {
                    self.press(key, typed, now)
                } else {
                    Flow::On
                };
                return if flow == Flow::On { Flow::Repaint } else { flow };
            }
            Key::Ctrl('z') => {
                let _ = self.handle(Input::Suspend, now);
                return Flow::Halt;
            }
            _ => {}
        }
        self.press(key, typed, now)
    }
}

impl Program for Controller {
    fn deadline(&self, now: Now) -> Option<Moment> {
        self.app.deadline(now).into_iter().chain(self.notifier.deadline()).min()
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        self.cache.disturb();
        let outputs = match input {
            Input::Key(press) => return self.key(press, now),
            Input::Paste(text) => self.app.paste(&text, now),
            // Lines are read where there is no screen; here none is typed. News are looked at below.
            Input::Line(_) | Input::News => Vec::new(),
            Input::Due => self.app.due(now),
            Input::Gap(Gap::Slept(span)) => self.app.happened(Event::Slept { span }, now),
            Input::Gap(Gap::Stalled(span)) => self.app.happened(Event::Stalled { span }, now),
            Input::Suspend => {
                self.notifier.forget_title();
                let outputs = self.app.happened(Event::Paused { cause: PauseCause::Signal }, now);
                self.perform(outputs, now);
                return Flow::Halt;
            }
            Input::End => {
                let mut outputs = self.app.keep_note(now);
                outputs.extend(self.app.happened(Event::Paused { cause: PauseCause::Signal }, now));
                outputs
            }
        };
        self.perform(outputs, now);
        self.give_way(now);
        self.count(now);
        self.keep_awake();
        self.flow()
    }

    fn is_changed(&mut self, now: Now) -> bool {
        self.cache.is_changed(now, |form| self.app.view(now, form))
    }

    fn draw(&mut self, frame: &mut Frame, now: Now) {
        if self.app.resized(frame.area().width, frame.area().height, now) {
            self.cache.disturb();
        }
        let view = self.cache.next(frame.area(), |form| self.app.view(now, form));
        let seen = ui::draw(&view, &self.theme, frame);
        let told_something = self.app.shown(&seen, now);
        self.cache.drew(view, now, !told_something);
    }

    fn utter(&mut self, now: Now) -> Vec<u8> {
        self.said.clear();
        if self.notifier.channels().title {
            self.set_title(now);
        }
        self.notifier.take_bytes(now)
    }
}
