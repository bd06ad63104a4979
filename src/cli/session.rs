//! `dermaroll`, `dermaroll check` and `dermaroll rehearse`, on screens or in lines.

use core::time::Duration;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use ratatui::Frame;

use super::theme::theme;
use super::{
    Failure, NOT_SAVED, WRONG_USE, channels, check_writable, data_folder, data_folder_unchecked, env, lock, settings,
    state_folder, totals, totals_of,
};
use crate::content;
use crate::content::config::Flags;
use crate::content::config::{Questions, Settings};
use crate::content::folders::Folders;
use crate::cues::Notifier;
use crate::line_mode;
use crate::tui::app::{App, Protocols, Snapshot};
use crate::tui::clock::{ClockSampler, this_boot};
use crate::tui::controller::{Claims, Controller};
use crate::tui::run;
use crate::tui::screens;
use crate::tui::terminal::{self, Display, Guard, Mailbox, Message, guard};
use crate::tui::ui;
use crate::tui::view::Form;
use engine::protocol::{Kind, Protocol};
use engine::session::Session;
use engine::timeline::{Boot, Now};
use platform::clock;
use store::calendar::{Date, day_words};
use store::cue_memory::CueMemory;
use store::record::listing::Listing;
use store::record::{Lock, amendment, listing};
use store::recorder::Recorder;
use store::startup::DueState;
use store::startup::{self, ClockReading, PersonalSettings};

/// How long the person's own command may take for the last event.
const EVENT_COMMAND_LIMIT: Duration = Duration::from_secs(1);

const UNDRAWABLE: &str = "the terminal takes no more output";

/// Reading more records than this takes long enough to be noticed, so the screen first says what it is doing.
const READ_AT_ONCE: usize = 24;

/// `keep` says whether a check is saved.
pub(super) fn run(flags: &Flags, kind: Kind, keep: bool) -> Result<u8, Failure> {
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    terminal::takes_answers().map_err(|message| Failure::new(WRONG_USE, message))?;
    let (settings, _) = settings(flags)?;
    let loaded = settings.protocols()?;
    let protocols = Protocols {
        session: Arc::new(loaded.session),
        rehearsal: Arc::new(loaded.rehearsal),
        check: Arc::new(loaded.check),
    };
    let words = Arc::new(content::words::built_in());
    let theme = theme(&settings, term.as_deref())?;
    // Where records are missing, the first screen of a session says so.
    let root = if kind == Kind::Session { data_folder_unchecked(&settings) } else { data_folder(&settings) }?;
    let mut recorder = Recorder::new(root.clone(), kind == Kind::Check && keep);
    recorder.state = state_folder(&settings, &root);
    recorder.cues = cue_memory(&settings, &root, term.as_deref());
    let keeps = recorder.keeps(kind);
    let on_screens = !settings.plain.value && terminal::places_text(term.as_deref());
    // The first screen of a session writes no record, so it needs no lock.
    let mut claimed: Option<Lock> = None;
    if kind != Kind::Session && keeps {
        claimed = Some(lock(&root)?);
    }

    let begun = clock::read();
    let mut clock = ClockSampler::new(begun);
    let (now, _) = clock.sample(begun, None);
    let clocks = ClockReading { wall: now.wall, boot: this_boot(&begun), moment: now.moment };
    let channels = channels::channels(&settings, term.as_deref(), on_screens);
    let own = PersonalSettings {
        profile: settings.profile.value.clone(),
        interval_days: settings.interval_days.value,
        uses_limit: settings.roller_uses_limit.value,
        serum: settings.serum_name.value.clone(),
        bell: settings.bell.value,
        voice: channels.voice.is_some(),
        cards: settings.questions.value == Questions::Cards,
    };
    guard::also(channels::also(&channels));
    let mut stage = None;
    let listing = Listing::of(&root);
    let records = listing.sessions.len();
    if on_screens && records > READ_AT_ONCE {
        let reading = stage.insert(OpenTerminal::enter()?);
        let draw = |frame: &mut Frame| {
            let form = Form::of_window(frame.area().width, frame.area().height);
            ui::draw(&screens::reading(&words, records, form), &theme, frame);
        };
        reading.display.draw(draw).context(UNDRAWABLE)?;
        reading.display.send().context(UNDRAWABLE)?;
    }
    let mut sessions = totals_of(&settings, &root, listing);
    if kind == Kind::Session && !sessions.interrupted.is_empty() {
        // A session that the checklist stopped is closed before anything is shown, which needs the lock: the session may
        // also be running in another window.
        claimed = Some(lock(&root)?);
        sessions = totals(&settings, &root);
    }
    let (mut startup, interrupted) = startup::load(&root, &sessions, &protocols.session, own.clone(), &clocks);
    startup.cues_heard = recorder.cues.as_ref().and_then(CueMemory::heard);
    // Where records are missing, no session begins and no folder is made in their place.
    if kind == Kind::Session && startup.due != DueState::NotKnown {
        check_writable(&root)?;
    }
    let claims = claims(settings.clone(), root.clone(), protocols.session.clone(), own);
    let mut app = App::new(words, settings.keymap.clone(), protocols, startup);
    app.check_is_kept = keep;
    app.motion = settings.motion.value;
    let mut controller = Controller::new(app, recorder, theme, Notifier::new(channels));
    controller.keeps_awake = settings.keep_awake.value;
    controller.hold(claimed);
    if kind == Kind::Session {
        controller.claim_by(claims);
    }
    let start: Start = Box::new(move |controller| controller.start(kind, interrupted, now));
    // Late, because a folder may be slow to list, and until here a signal ends the program as it ends any other.
    if on_screens && stage.is_none() {
        stage = Some(OpenTerminal::enter()?);
    }
    let (status, mut controller) = match stage {
        Some(stage) => run_screens(controller, start, stage, &mut clock)?,
        None => run_lines(controller, start, &mut clock)?,
    };
    controller.finish(EVENT_COMMAND_LIMIT);
    controller.hold(None);
    match print_farewell(&controller) {
        // Where the terminal has gone nothing can be printed; the status says that it has.
        Err(failure) if failure.status != NOT_SAVED && status == run::HANG_UP => Ok(status),
        Err(failure) => Err(failure),
        Ok(()) => Ok(status),
    }
}

/// Where it is remembered whether bell and voice were noticed, in this terminal and with these settings.
fn cue_memory(settings: &Settings, root: &Path, term: Option<&str>) -> Option<CueMemory> {
    // Of the last two only whether they are there: what they hold is another thing each time.
    let terminal = (env("TERM_PROGRAM"), ["WT_SESSION", "SSH_CONNECTION"].map(|name| env(name).is_some()));
    let by = (settings.bell.value, settings.voice.value, &settings.say_command.value, settings.plain.value);
    let state = Folders::find(&env).state?;
    Some(CueMemory::new(&state, root, &format!("{term:?} {terminal:?} {by:?}")))
}

/// How the lock on the folder `root` is taken, and what is known of it read again.
fn claims(settings: Settings, root: PathBuf, protocol: Arc<Protocol>, own: PersonalSettings) -> Claims {
    let data = root.clone();
    let take = move || lock(&data).map_err(|failure| failure.message);
    let look = move |now: Now, boot: Option<Boot>, followed_up: Option<&str>| {
        let sessions = totals(&settings, &root);
        let clocks = ClockReading { wall: now.wall, boot, moment: now.moment };
        let (startup, interrupted) = startup::load(&root, &sessions, &protocol, own.clone(), &clocks);
        let followed_up = followed_up.and_then(|id| amendment::read_session(&listing::find(&root, id)?).ok());
        let days_since = |day: Date| Date::of(now.wall).days_since(day);
        let follow_up_days_ago = followed_up.map(|reading| days_since(Date::of(reading.header.started.wall())));
        Snapshot { startup, interrupted, follow_up_days_ago }
    };
    Claims { take: Box::new(take), look: Box::new(look) }
}

/// What is done first, once signals are caught and the screen is there.
pub(super) type Start = Box<dyn FnOnce(&mut Controller)>;

/// The terminal that was taken over, and what comes from it.
pub(super) struct OpenTerminal {
    messages: Mailbox,
    guard: Guard,
    display: Display,
}

impl OpenTerminal {
    /// Listens first, so that a signal is not missed while the terminal is being taken over.
    pub(super) fn enter() -> anyhow::Result<OpenTerminal> {
        let messages = terminal::listen().context("signals cannot be listened to")?;
        let guard = Guard::enter().context("the terminal cannot be taken over")?;
        let display = Display::new().context("the terminal does not tell its size")?;
        Ok(OpenTerminal { messages, guard, display })
    }
}

pub(super) fn run_screens(
    mut controller: Controller,
    start: Start,
    stage: OpenTerminal,
    clock: &mut ClockSampler,
) -> anyhow::Result<(u8, Controller)> {
    let OpenTerminal { messages, guard, mut display } = stage;
    wake_by(&mut controller, &messages);
    start(&mut controller);
    let status = run::run(&mut controller, &guard, &mut display, &messages, clock);
    drop(guard);
    Ok((status.context(UNDRAWABLE)?, controller))
}

fn run_lines(mut controller: Controller, start: Start, clock: &mut ClockSampler) -> anyhow::Result<(u8, Controller)> {
    let messages = terminal::listen().context("signals cannot be listened to")?;
    wake_by(&mut controller, &messages);
    start(&mut controller);
    let mut line_mode = line_mode::LineMode::new(controller);
    let status = run::run_in_lines(&mut line_mode, &messages, clock);
    Ok((status.context("standard output takes no more lines")?, line_mode.into_controller()))
}

/// News from other threads wakes the loop.
fn wake_by(controller: &mut Controller, messages: &Mailbox) {
    let messages = messages.clone();
    controller.wake_by(Arc::new(move || messages.post(Message::News)));
}

/// Says that the record is saved, and of a session that was rolled how much and from when on the next one.
fn print_farewell(controller: &Controller) -> Result<(), Failure> {
    let words = &controller.app().words;
    if !controller.is_saved() {
        return Err(Failure::new(NOT_SAVED, words.say("farewell.not-saved")));
    }
    match controller.record() {
        Some(path) => {
            let app = controller.app();
            let session = app.session().filter(|session| session.anything_rolled());
            let text = match session.and_then(Session::summary) {
                Some(summary) => {
                    let (done, all) = (summary.sections_done().to_string(), summary.order.len().to_string());
                    let next = day_words(summary.closed, i64::from(app.startup.interval_days));
                    let is_trial = app.protocols.session.trial;
                    let name = if is_trial { "farewell.saved-trial" } else { "farewell.saved-rolled" };
                    words.fill(name, &[("done", &done), ("all", &all), ("next", &next)])
                }
                None => words.say("farewell.saved"),
            };
            super::print_saved(&format!("{text}\n"), path);
            Ok(())
        }
        None => Ok(()),
    }
}
