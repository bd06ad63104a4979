//! Keys to actions, and what every screen shares: the session, what is known, how a key counts. Touches no disk: what
//! has to be done outside goes out as a value.

mod begin;
mod cards;
mod write_request;
mod roller_fitness;
mod history;
pub mod debounce;
mod notice;
mod output;
mod resume;
mod running_session;
mod touch;
mod turn;
mod viewport;

use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::keymap::{Action, Key, Keymap, ScreenName};
use crate::content::{self, Refusal};
use crate::tui::editor::Editor;
use crate::tui::history::PastSessions;
use crate::tui::screens::{NotSaved, Pressed, Scene, Screen, Welcome};
use crate::tui::view::{Body, Form, Seen, View};
use debounce::{Debounce, KeyClass};
use engine::protocol::{Kind, Protocol, Words};
use engine::safety::{Band, Contact, Unfit};
use engine::session::{Event, PauseCause, Session, Stage, Step};
use engine::timeline::{Moment, Now};
use notice::Notice;
pub use output::{Exit, Output, Saving};
pub use running_session::RunningSession;
use store::record::Skin;
use store::startup::{DueState, InhibitorState, InterruptedSessions, ResumeCandidate, StartupContext};
use viewport::Viewport;
pub use write_request::Snapshot;
pub(super) use write_request::{FollowUpRequest, WriteRequest};

/// A second Ctrl-C within this time leaves.
const SECOND_INTERRUPT: Duration = Duration::from_secs(2);

/// Tells one screen from another: its keys, and what it is about.
pub type ScreenId = (ScreenName, usize);

/// The protocols that can be followed.
#[derive(Debug, Clone)]
pub struct Protocols {
    pub session: Arc<Protocol>,
    /// Without a roller in the hand.
    pub rehearsal: Arc<Protocol>,
    /// The questions alone.
    pub check: Arc<Protocol>,
}

impl Protocols {
    /// # Errors
    /// Never, while the embedded files are in order; a test holds that they are.
    pub fn built_in() -> Result<Protocols, Refusal> {
        let protocol = |kind| content::built_in(kind).map(Arc::new);
        Ok(Protocols {
            session: protocol(Kind::Session)?,
            rehearsal: protocol(Kind::Rehearsal)?,
            check: protocol(Kind::Check)?,
        })
    }
}

/// The program between a key and what follows from it.
#[derive(Debug)]
pub struct App {
    pub words: Arc<Words>,
    pub keymap: Arc<Keymap>,
    pub protocols: Protocols,
    pub startup: StartupContext,
    /// Unfinished sessions that are asked about, newest first.
    pub candidates: Vec<ResumeCandidate>,
    pub running_session: Option<RunningSession>,
    /// Past sessions, where they are looked at instead of a session.
    pub history: Option<PastSessions>,
    /// The history was opened from the first screen, which Esc leads back to.
    pub(in crate::tui) came_from_welcome: bool,
    pub screen: Screen,
    /// What stands over it.
    pub overlay: Option<Screen>,
    pub(super) viewport: Viewport,
    pub notice: Notice,
    pub saving: Saving,
    /// The serum in use; empty until it is named.
    pub serum: String,
    /// Ctrl-C was pressed once; a second one leaves.
    pub ctrl_c_at: Option<Moment>,
    pub check_is_kept: bool,
    /// Bars move each second, and the whole screen may stand in reverse for one.
    pub motion: bool,
    /// Whether the screen stays on.
    pub awake: InhibitorState,
    /// Another window may write too, so that the right to write is asked for.
    pub asks_to_write: bool,
    /// What is done once this window may write.
    pending: Option<WriteRequest>,
    /// Why the session begins before it is due, as it was typed.
    pub(super) early_reason: Option<String>,
    debounce: Debounce,
    room: cards::Room,
    /// Whether bell and voice are noticed was not asked at this last touch, since it was known.
    pub(super) cues_are_known: bool,
    /// The key that waits for the burst time.
    waiting: Option<(Action, Option<char>)>,
    /// Serum was asked for after a stop, and is not offered a second time.
    pub(super) serum_given: bool,
    /// How the skin is, as it was noted just now.
    pub(super) noted: Vec<Skin>,
    /// Id of the session on which something was noted just now that can be taken back, and on which day it was asked
    /// for, if it was.
    pub(super) noted_on: Option<(String, Option<u32>)>,
    /// Id of a roller whose length was acknowledged when it was described, before there was a session.
    pub(super) acknowledged_first: Option<String>,
    /// What the ledger said against rollers when it was asked last, by their ids.
    unfit: BTreeMap<String, Unfit>,
    /// The screen that stood there after the last input.
    screen_id: ScreenId,
}

impl App {
    /// The program before its first key. Sentences among `words` that name a key name it as `keymap` has it.
    pub fn new(words: Arc<Words>, keymap: Arc<Keymap>, protocols: Protocols, mut startup: StartupContext) -> App {
        // Rollers that are too long come last, so that none of them is taken by default.
        startup.rollers.sort_by_key(|available| available.roller.band(&protocols.session.rules) == Band::TooLong);
        let serum = startup.serum.clone();
        App {
            words: Arc::new(keymap.named_in(Arc::unwrap_or_clone(words))),
            keymap,
            protocols,
            startup,
            candidates: Vec::new(),
            running_session: None,
            history: None,
            came_from_welcome: false,
            screen: Welcome.into(),
            overlay: None,
            viewport: Viewport::default(),
            notice: Notice::default(),
            saving: Saving::Saved,
            serum,
            ctrl_c_at: None,
            check_is_kept: false,
            motion: true,
            awake: InhibitorState::default(),
            asks_to_write: false,
            pending: None,
            early_reason: None,
            debounce: Debounce::default(),
            room: cards::Room::default(),
            cues_are_known: false,
            waiting: None,
            serum_given: false,
            noted: Vec::new(),
            noted_on: None,
            acknowledged_first: None,
            unfit: BTreeMap::new(),
            screen_id: (ScreenName::HandsFree, 0),
        }
    }

    /// Goes straight to what the command line asked for. The welcome screen stays for a session, but an unfinished one
    /// is asked about before.
    pub fn start(&mut self, kind: Kind, interrupted: InterruptedSessions, now: Now) -> Vec<Output> {
        let outputs = match kind {
            Kind::Session => self.offer_resume(interrupted, now),
            Kind::Check => {
                self.run(RunningSession::begin(self.protocols.check.clone(), now));
                vec![Output::Open { early_reason: None, serum: String::new(), boot: self.boot_at(now) }]
            }
            Kind::Rehearsal => self.rehearse(now),
        };
        self.settle(now);
        outputs
    }

    /// A key was pressed. `typed` is its character with upper and lower case apart, for fields.
    pub fn key(&mut self, key: Key, typed: Option<char>, now: Now) -> Vec<Output> {
        let mut outputs = self.run_out(now);
        if self.reads_on(key, now) {
            return outputs;
        }
        self.notice = Notice::default();
        outputs.extend(if key == Key::Ctrl('c') { self.interrupt(now) } else { self.pressed(key, typed, now) });
        self.settle(now);
        outputs
    }

    /// Text was pasted: it goes into a field, and nowhere else. Nobody pastes without touching something, so while hands
    /// are busy or clean it is a touch as any key is.
    pub fn paste(&mut self, text: &str, now: Now) -> Vec<Output> {
        let mut outputs = self.run_out(now);
        if self.hands_are_busy() || self.paused_by_clicker() {
            if self.debounce.touch(now.moment) {
                outputs.extend(self.send(Event::Paused { cause: PauseCause::Touch }, now));
            }
            self.settle(now);
            return outputs;
        }
        // What follows a paste may be a part of it: it is not at the pace of typing.
        let _ = self.debounce.decide(KeyClass::Moves, now.moment);
        if let Some(editor) = self.editor() {
            editor.paste(text);
        }
        outputs
    }

    /// The deadline has come.
    pub fn due(&mut self, now: Now) -> Vec<Output> {
        let mut outputs = self.run_out(now);
        if self.debounce.ripe(now.moment)
            && let Some((action, digit)) = self.waiting.take()
        {
            outputs.extend(self.act(Pressed { action, digit, now }));
        }
        self.settle(now);
        outputs
    }

    /// Something happened that is not a key: sleep, a stall, a signal.
    pub fn happened(&mut self, event: Event, now: Now) -> Vec<Output> {
        let mut outputs = Vec::new();
        if let Event::Slept { span } = event {
            self.slept(span);
        }
        self.unsee_card(&event);
        // Sleep must be known before countdowns run out: what was slept through counts for the soak alone.
        outputs.extend(self.send(event, now));
        outputs.extend(self.run_out(now));
        self.settle(now);
        outputs
    }

    /// What could not be written is on disk now: the screen below comes back, and the next key is one of its own.
    pub fn saved(&mut self, now: Now) {
        self.saving = Saving::Saved;
        self.settle(now);
    }

    /// When the program has to look again if no key comes: a countdown's end, its next second, a waiting key.
    pub fn deadline(&self, now: Now) -> Option<Moment> {
        // While a record waits to be written the clocks stand still; a deadline would only spin.
        let running = self.running_session.as_ref().filter(|_| !self.saving_failed());
        let session = running.and_then(|running| {
            let local = running.local(now).moment;
            let ticks = self.visible_ends().into_iter().map(|ends| next_second(ends, local));
            running.session.deadline().into_iter().chain(ticks).min().map(|moment| running.outside(moment))
        });
        let second_interrupt = self.ctrl_c_at.map(|first| first.plus(SECOND_INTERRUPT));
        [session, self.debounce.deadline(), second_interrupt].into_iter().flatten().min()
    }

    /// Countdowns that the screen shows, by their ends on the session's time line.
    fn visible_ends(&self) -> Vec<Moment> {
        let Some(session) = self.session() else { return Vec::new() };
        let contact = match session.contact() {
            Contact::Soaking { ends } => Some(ends),
            Contact::NotStarted | Contact::SealedPack | Contact::Soaked => None,
        };
        let step = match session.stage() {
            Stage::HandsFree(hands_free) => match hands_free.step {
                Step::Running { clock, .. } => clock.deadline(),
                Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice => None,
            },
            Stage::After { serum } => serum.and_then(|clock| clock.deadline()),
            Stage::Sterilise | Stage::Checklist | Stage::Verdict(_) | Stage::LastTouch(_) | Stage::Ended => None,
        };
        contact.into_iter().chain(step).chain(self.screen.component().counts_down(session)).collect()
    }

    pub fn view(&self, now: Now, form: Form) -> View {
        let scene = Scene::new(self, now, form);
        View { reversed: scene.is_turned(), ..self.present().component().page(&scene) }
    }

    /// What is to be done while hands are free, and until when: the screen's own line without its clock.
    pub fn title(&self, now: Now) -> String {
        let Body::OneLine(line) = self.view(now, Form::OneLine).body else { return String::new() };
        let ends = match self.session().and_then(Session::step) {
            Some(Step::Running { clock, .. }) => clock.deadline(),
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) | None => None,
        };
        let (Some(ends), Some(running)) = (ends, &self.running_session) else { return line.whole() };
        let local = running.local(now);
        let time = local.wall.plus(ends.since(local.moment)).time_of_day();
        self.words.fill("free.title", &[("what", &line.text), ("time", &time)])
    }

    /// What the window showed of the last view. Gives whether that was anything new.
    pub fn shown(&mut self, seen: &Seen, now: Now) -> bool {
        self.notice.shown(seen.notice_below);
        let is_new = self.viewport.observe(seen);
        self.card_shown(seen, now) || is_new
    }

    /// Whether every line of the review was on screen since it was opened.
    pub fn review_read(&self) -> bool {
        let count = self.session().map_or(0, |session| session.protocol().checklist.items.len());
        self.viewport.first_unseen(count).is_none()
    }

    pub fn session(&self) -> Option<&Session> {
        self.running_session.as_ref().map(|running| &running.session)
    }

    /// What is being followed, or would be.
    pub fn kind(&self) -> Kind {
        self.session().map_or(Kind::Session, |session| session.protocol().kind)
    }

    /// The last write failed and the person has not chosen yet.
    pub fn saving_failed(&self) -> bool {
        matches!(self.saving, Saving::Failed(_))
    }

    /// The screen, or what stands over it.
    pub fn present(&self) -> &Screen {
        static NOT_SAVED: Screen = Screen::NotSaved(NotSaved);
        if self.saving_failed() { &NOT_SAVED } else { self.overlay.as_ref().unwrap_or(&self.screen) }
    }

    /// The name of the present screen in the key table.
    pub fn screen_name(&self) -> ScreenName {
        self.present().component().facts(self).name
    }

    pub fn screen_id(&self) -> ScreenId {
        self.screen_id
    }

    /// The field being typed into.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        self.overlay.as_mut().unwrap_or(&mut self.screen).component_mut().field()
    }

    /// Whether a key that answers or starts something would count now.
    pub fn takes_a_key(&self, now: Now) -> bool {
        self.debounce.is_ready(now.moment)
    }

    /// Whether a key still waits, since a second one would show that both come from a paste.
    pub fn is_waiting(&self) -> bool {
        self.debounce.is_waiting()
    }

    /// Moves the cursor of a list to its row, from 0, as the keys that move it would.
    pub fn go_to(&mut self, row: usize) {
        self.screen.component_mut().go_to(row);
    }

    /// What is half typed when the terminal goes away and is no answer: it is kept.
    pub fn keep_note(&mut self, now: Now) -> Vec<Output> {
        let kept = self.screen.component().kept_at_the_end();
        kept.map_or_else(Vec::new, |event| self.send(event, now))
    }
}

/// The next moment after `now` at which a countdown to `ends` shows another second; `ends` itself when that is near.
fn next_second(ends: Moment, now: Moment) -> Moment {
    let left = ends.since(now);
    let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
    let step = if part.is_zero() { Duration::from_secs(1) } else { part };
    if left.is_zero() { Moment::from_millis(u64::MAX) } else { now.plus(step.min(left)) }
}
