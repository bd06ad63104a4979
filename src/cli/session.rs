//! The full-screen program: a session, a check or a rehearsal.

use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

use super::looks::theme;
use super::{
    Failure, NOT_SAVED, WRONG_USE, data_folder, data_folder_as_it_is, env, lock, means, ready, settings, state_for,
    totals, totals_of,
};
use crate::cli::arguments::Global;
use crate::content;
use crate::content::config::Settings;
use crate::cues::Caller;
use crate::lines;
use crate::tui::app::{App, Fresh, Protocols};
use crate::tui::clock::{Pulse, this_boot};
use crate::tui::desk::{Claims, Desk};
use crate::tui::run;
use crate::tui::screens;
use crate::tui::terminal::{self, Display, Guard, Mail, Message, guard};
use crate::tui::ui;
use engine::protocol::{Kind, Protocol};
use engine::timeline::{Boot, Now};
use platform::clock;
use store::calendar::Date;
use store::gather::{self, Own, Present};
use store::keeper::Keeper;
use store::known::DueState;
use store::record::listing::Listing;
use store::record::{self, Lock, listing};

/// How long the person's own command may take over the last event once the program ends.
const LAST_WORDS: Duration = Duration::from_secs(1);

const UNDRAWABLE: &str = "the terminal takes no more output";

/// Reading more records than this takes long enough to be noticed; the screen then says first what it is doing.
const READ_AT_ONCE: usize = 24;

/// Runs the full-screen program for `kind`; `keep` says whether a check is saved.
pub(super) fn run(global: &Global, kind: Kind, keep: bool) -> Result<u8, Failure> {
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    terminal::takes_answers().map_err(|message| Failure::new(WRONG_USE, message))?;
    let (settings, _) = settings(global)?;
    let loaded = settings.protocols()?;
    let protocols = Protocols {
        session: Arc::new(loaded.session),
        rehearsal: Arc::new(loaded.rehearsal),
        check: Arc::new(loaded.check),
    };
    let words = Arc::new(content::words::built_in());
    let theme = theme(&settings, term.as_deref())?;
    // A session says on its first screen that its records are missing.
    let root = if kind == Kind::Session { data_folder_as_it_is(&settings) } else { data_folder(&settings) }?;
    let mut keeper = Keeper::new(root.clone(), kind == Kind::Check && keep);
    keeper.state = state_for(&settings, &root);
    let keeps = keeper.keeps(kind);
    let on_screens = !settings.plain.value && terminal::places_text(term.as_deref());
    // The first screen of a session writes nothing among the records, so it holds no lock.
    let mut claimed: Option<Lock> = None;
    if kind != Kind::Session && keeps {
        claimed = Some(lock(&root)?);
    }

    let begun = clock::read();
    let mut pulse = Pulse::new(begun);
    let (now, _) = pulse.beat(begun, None);
    let present = Present { wall: now.wall, boot: this_boot(&begun), moment: now.moment };
    let means = means::means(&settings, term.as_deref(), on_screens);
    let own = Own {
        profile: settings.profile.value.clone(),
        interval_days: settings.interval_days.value,
        uses_limit: settings.roller_uses_limit.value,
        serum: settings.serum_name.value.clone(),
        bell: settings.bell.value,
        voice: means.voice.is_some(),
    };
    guard::also(means::also(&means));
    let mut stage = None;
    let listing = Listing::of(&root);
    let records = listing.sessions.len();
    if on_screens && records > READ_AT_ONCE {
        let reading = stage.insert(Stage::enter()?);
        let view = screens::reading(&words, records);
        reading.display.draw(|frame| _ = ui::draw(&view, &theme, frame)).context(UNDRAWABLE)?;
        reading.display.send().context(UNDRAWABLE)?;
    }
    let mut sessions = totals_of(&settings, &root, listing);
    if kind == Kind::Session && !sessions.unfinished.is_empty() {
        // One that stopped at the list is closed before anything is shown. It may also be the one that runs in another
        // window.
        claimed = Some(lock(&root)?);
        sessions = totals(&settings, &root);
    }
    let (known, unfinished) = gather::gather(&root, &sessions, &protocols.session, own.clone(), &present);
    // Where records are missing nothing begins, and nothing is made in their place.
    if kind == Kind::Session && known.due != DueState::NotKnown {
        ready(&root)?;
    }
    let claims = claims(settings.clone(), root.clone(), protocols.session.clone(), own);
    let mut app = App::new(words, settings.keymap.clone(), protocols, known);
    app.check_is_kept = keep;
    app.motion = settings.motion.value;
    let mut desk = Desk::new(app, keeper, theme, Caller::new(means));
    desk.keeps_awake = settings.keep_awake.value;
    desk.hold(claimed);
    if kind == Kind::Session {
        desk.claim_by(claims);
    }
    let start: Start = Box::new(move |desk| desk.start(kind, unfinished, now));
    // As late as can be: a folder may be slow to list, and until then a signal ends the program as any other.
    if on_screens && stage.is_none() {
        stage = Some(Stage::enter()?);
    }
    let (status, mut desk) = match stage {
        Some(stage) => in_screens(desk, start, stage, &mut pulse)?,
        None => in_lines(desk, start, &mut pulse)?,
    };
    desk.finish(LAST_WORDS);
    desk.hold(None);
    match say_where(&desk) {
        // A terminal that has gone takes no farewell; that it went is what the status says.
        Err(failure) if failure.status != NOT_SAVED && status == run::HANG_UP => Ok(status),
        Err(failure) => Err(failure),
        Ok(()) => Ok(status),
    }
}

/// How the right to write to the folder `root` is taken, and what is known of it read once more.
fn claims(settings: Settings, root: PathBuf, protocol: Arc<Protocol>, own: Own) -> Claims {
    let data = root.clone();
    let take = move || lock(&data).map_err(|failure| failure.message);
    let look = move |now: Now, boot: Option<Boot>, remarked: Option<&str>| {
        let sessions = totals(&settings, &root);
        let present = Present { wall: now.wall, boot, moment: now.moment };
        let (known, unfinished) = gather::gather(&root, &sessions, &protocol, own.clone(), &present);
        let remarked = remarked.and_then(|id| record::read(&listing::find(&root, id)?).ok());
        let days_since = |day: Date| Date::of(now.wall).days_since(day);
        let remarked_days_ago = remarked.map(|reading| days_since(Date::of(reading.header.started.wall())));
        Fresh { known, unfinished, remarked_days_ago }
    };
    Claims { take: Box::new(take), look: Box::new(look) }
}

/// What is done first, once signals are heard and the screen is there.
type Start = Box<dyn FnOnce(&mut Desk)>;

/// The terminal, taken over, and what comes from it.
struct Stage {
    messages: Mail,
    guard: Guard,
    display: Display,
}

impl Stage {
    /// Listens first: what comes while the terminal is being taken over must not be missed.
    fn enter() -> anyhow::Result<Stage> {
        let messages = terminal::listen().context("signals cannot be listened to")?;
        let guard = Guard::enter().context("the terminal cannot be taken over")?;
        let display = Display::new().context("the terminal does not tell its size")?;
        Ok(Stage { messages, guard, display })
    }
}

fn in_screens(mut desk: Desk, start: Start, stage: Stage, pulse: &mut Pulse) -> anyhow::Result<(u8, Desk)> {
    let Stage { messages, guard, mut display } = stage;
    wake_by(&mut desk, &messages);
    start(&mut desk);
    let status = run::run(&mut desk, &guard, &mut display, &messages, pulse);
    drop(guard);
    Ok((status.context(UNDRAWABLE)?, desk))
}

fn in_lines(mut desk: Desk, start: Start, pulse: &mut Pulse) -> anyhow::Result<(u8, Desk)> {
    let messages = terminal::listen().context("signals cannot be listened to")?;
    wake_by(&mut desk, &messages);
    start(&mut desk);
    let mut plain = lines::Plain::new(desk);
    let status = run::run_in_lines(&mut plain, &messages, pulse);
    Ok((status.context("standard output takes no more lines")?, plain.into_desk()))
}

/// What the desk hears of on another thread wakes the loop.
fn wake_by(desk: &mut Desk, messages: &Mail) {
    let messages = messages.clone();
    desk.wake_by(Arc::new(move || messages.post(Message::News)));
}

/// The last words on the terminal: where the record is.
fn say_where(desk: &Desk) -> Result<(), Failure> {
    let words = &desk.app().words;
    if !desk.is_saved() {
        return Err(Failure::new(NOT_SAVED, words.say("farewell.not-saved")));
    }
    match desk.record() {
        Some(path) => {
            let text = words.fill("farewell.saved", &[("path", &path.display().to_string())]);
            super::say_saved(&format!("{text}\n"), path);
            Ok(())
        }
        None => Ok(()),
    }
}
