//! `dermaroll doctor`: whether this computer and this terminal can take somebody through a session, on one page.

use core::time::Duration;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use serde::Serialize;

use super::looks::looks;
use super::means::{means, speaks};
use super::{Failure, NOT_SAVED, env, now, say, say_json, settings};
use crate::cli::arguments::Global;
use crate::content;
use crate::content::config::Settings;
use crate::content::keymap::Keymap;
use crate::cues::announce;
use crate::cues::awake::{Awake, State};
use crate::cues::notice::Route;
use crate::cues::{Caller, Means};
use crate::tui::terminal::display::Out;
use crate::tui::terminal::{self, Guard, Message, input, kind};
use crate::tui::ui::{Class, Ink};
use engine::protocol::Words;
use engine::timeline::Now;
use platform::files;
use store::calendar::{offset_words, zone};
use store::record::{Lock, LockError};

/// Every program that could keep the screen on has been asked within this, one after the other.
const ASKED_WITHIN: Duration = Duration::from_secs(10);
/// The person's own command is given so long.
const TOLD_WITHIN: Duration = Duration::from_secs(1);
/// The longest utterance is over within this.
const SPOKEN_WITHIN: Duration = Duration::from_secs(11);

/// What was found.
#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    term: String,
    keys_from_terminal: bool,
    screens: bool,
    columns: u16,
    rows: u16,
    size_class: &'static str,
    colour: bool,
    utf8: bool,
    bell: bool,
    voice: Option<String>,
    voice_state: Speech,
    voice_trouble: Option<String>,
    voice_complaint: Option<String>,
    on_event: bool,
    notices: &'static str,
    title: bool,
    kept_awake_by: Option<String>,
    screen_refused_by: Option<String>,
    screen_asked: bool,
    zone: ZoneFound,
    settings: Option<String>,
    records: Place,
    lock: Lockable,
    lock_trouble: Option<String>,
}

/// Whether this instance could write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Lockable {
    Free,
    InUse,
    Unusable,
    /// There is no folder yet.
    NotYet,
}

/// The zone by which days are told apart.
#[derive(Debug, Serialize)]
struct ZoneFound {
    name: String,
    /// At present.
    offset: String,
    known: bool,
}

impl ZoneFound {
    fn here() -> ZoneFound {
        let zone = zone();
        ZoneFound { name: zone.name.clone(), offset: offset_words(now().offset), known: zone.is_understood }
    }
}

/// Why a voice speaks, or none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Speech {
    Found,
    OffBySettings,
    OffInLines,
    NoneFound,
}

#[derive(Debug, Serialize)]
struct Place {
    path: Option<String>,
    writable: bool,
}

impl Place {
    fn of(path: Option<PathBuf>) -> Place {
        let writable = path.as_deref().is_some_and(can_be_written);
        Place { path: path.as_deref().map(as_text), writable }
    }
}

/// JSON has no word for the name of a file that is no text; it is told as far as it is one.
fn as_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A folder that is not there yet is made below the nearest one that is.
fn can_be_written(path: &Path) -> bool {
    // Above a relative path stands nothing that could be looked at.
    let Ok(path) = std::path::absolute(path) else { return false };
    let nearest = path.ancestors().find(|folder| folder.exists());
    nearest.is_some_and(files::can_be_written_in)
}

/// Looks, rings, speaks, and tells; as JSON it only looks.
pub(super) fn run(global: &Global, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(global)?;
    settings.protocols()?;
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    let screens = !settings.plain.value && terminal::places_text(term.as_deref());
    let means = means(&settings, term.as_deref(), screens);
    let mut report = look(&settings, &means, term, screens)?;
    let status = if report.records.writable { 0 } else { NOT_SAVED };
    if json {
        say_json(&report)?;
        return Ok(status);
    }
    let words = settings.keymap.named_in(content::words::built_in());
    call(means, &words, &mut report);
    say(&page(&report, &words))?;
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        try_clicker(&settings.keymap, &words)?;
    }
    Ok(status)
}

fn look(settings: &Settings, means: &Means, term: Option<String>, screens: bool) -> Result<Report, Failure> {
    let (columns, rows) = platform::terminal::size().unwrap_or_default();
    let class = match Class::of_window(columns, rows) {
        Class::Full => "full",
        Class::Compact => "compact",
        Class::Tiny => "tiny",
        Class::Line => "line",
    };
    let (ink, ascii) = looks(settings, term.as_deref());
    let (lock, lock_trouble) = lockable(settings.records().as_deref());
    let asked = settings.keep_awake.value.then(ask_for_the_screen);
    Ok(Report {
        version: env!("CARGO_PKG_VERSION"),
        term: term.unwrap_or_default(),
        keys_from_terminal: std::io::stdin().is_terminal(),
        screens,
        columns,
        rows,
        size_class: if columns == 0 { "none" } else { class },
        colour: ink == Ink::Full,
        utf8: !ascii,
        bell: means.bell,
        voice: means.voice.as_ref().map(|voice| voice.name().to_owned()),
        voice_state: match () {
            () if means.voice.is_some() => Speech::Found,
            () if !settings.voice.value => Speech::OffBySettings,
            () if !speaks(settings, screens) => Speech::OffInLines,
            () => Speech::NoneFound,
        },
        voice_trouble: None,
        voice_complaint: None,
        on_event: means.hook.is_some(),
        notices: match means.notices {
            Some((Route::Osc9, _)) => "osc9",
            Some((Route::Osc99, _)) => "osc99",
            Some((Route::Osc777, _)) => "osc777",
            Some((Route::None, _)) | None => "none",
        },
        title: means.title,
        kept_awake_by: match &asked {
            Some(State::Held(program)) => Some(program.clone()),
            _ => None,
        },
        screen_refused_by: match &asked {
            Some(State::Refused(program) | State::Asked(program)) => Some(program.clone()),
            _ => None,
        },
        screen_asked: asked.is_some(),
        zone: ZoneFound::here(),
        settings: settings.file.as_deref().map(as_text),
        records: Place::of(settings.records()),
        lock,
        lock_trouble,
    })
}

/// Takes the lock on the folder for records, if there is one, and lets go of it at once.
fn lockable(records: Option<&Path>) -> (Lockable, Option<String>) {
    match records.filter(|folder| folder.is_dir()).map(Lock::try_once) {
        None => (Lockable::NotYet, None),
        Some(Ok(_)) => (Lockable::Free, None),
        Some(Err(LockError::Held)) => (Lockable::InUse, None),
        Some(Err(error)) => (Lockable::Unusable, Some(error.to_string())),
    }
}

/// Asks for the screen to be kept on, and lets go again.
fn ask_for_the_screen() -> State {
    let (tell, told) = channel();
    let awake = Awake::hold(env("PATH").as_deref(), move |state| _ = tell.send(state));
    match awake.state() {
        // Either is told before long.
        State::Asked(_) => told.recv_timeout(ASKED_WITHIN).unwrap_or_else(|_| awake.state()),
        known => known,
    }
}

/// Rings and speaks, as at the last touch.
fn call(means: Means, words: &Words, report: &mut Report) {
    let mut caller = Caller::new(means);
    caller.call(&announce::check(words), true, Now::default());
    if std::io::stdout().is_terminal() {
        // Both at once: they are heard, not counted.
        let later = Now { moment: engine::timeline::Moment::from_millis(u64::MAX), ..Now::default() };
        let _ = Out.put(&caller.bytes(later));
    }
    if let Some(voice) = &caller.means().voice {
        voice.finish(SPOKEN_WITHIN);
        report.voice_trouble = voice.trouble();
        report.voice_complaint = voice.complaint();
    }
    caller.finish(TOLD_WITHIN);
}

fn page(report: &Report, words: &Words) -> String {
    let yes_no = |holds: bool| words.say(if holds { "checkup.on" } else { "checkup.off" });
    let place = |place: &Place| {
        let path = place.path.as_deref().unwrap_or("-");
        words.fill(if place.writable { "checkup.writable" } else { "checkup.not-writable" }, &[("path", path)])
    };
    let size = format!("{}x{}", report.columns, report.rows);
    let window = match report.size_class {
        "full" => "checkup.size-full",
        "compact" => "checkup.size-compact",
        "tiny" => "checkup.size-tiny",
        "line" => "checkup.size-line",
        _ => "checkup.size-none",
    };
    let window = words.fill(window, &[("size", &size)]);
    let awake = match (&report.kept_awake_by, &report.screen_refused_by) {
        (Some(program), _) => words.fill("checkup.awake-by", &[("program", program)]),
        (None, Some(program)) => words.fill("checkup.awake-refused", &[("program", program)]),
        (None, None) if report.screen_asked => words.say("checkup.awake-none"),
        (None, None) => words.say("checkup.awake-off"),
    };
    let bell = match (report.bell, std::io::stdout().is_terminal()) {
        (true, true) => "checkup.bell-rang",
        (true, false) => "checkup.bell-elsewhere",
        (false, _) => "checkup.off",
    };
    let lock = match (report.lock, &report.lock_trouble) {
        (Lockable::Free, _) => words.say("checkup.lock-free"),
        (Lockable::InUse, _) => words.say("checkup.lock-in-use"),
        (Lockable::NotYet, _) => words.say("checkup.lock-not-yet"),
        (Lockable::Unusable, trouble) => trouble.clone().unwrap_or_default(),
    };
    let settings = match &report.settings {
        Some(path) => path.clone(),
        None => words.say("checkup.settings-none"),
    };
    let zone = if report.zone.known { "checkup.zone-known" } else { "checkup.zone-unknown" };
    let colours = match (report.colour, kind::has_colours(&report.term)) {
        (false, false) => words.fill("checkup.colours-none", &[("term", &report.term)]),
        (colour, _) => yes_no(colour),
    };
    let rows = [
        ("checkup.terminal", report.term.clone()),
        ("checkup.keys", words.say(if report.keys_from_terminal { "checkup.keys-yes" } else { "checkup.keys-no" })),
        ("checkup.window", window),
        ("checkup.mode", mode(report, words)),
        ("checkup.colours", colours),
        ("checkup.characters", words.say(if report.utf8 { "checkup.utf8" } else { "checkup.ascii" })),
        ("checkup.bell", words.say(bell)),
        ("checkup.voice", voice(report, words)),
        ("checkup.notices", words.say(notices(report.notices))),
        ("checkup.title", yes_no(report.title)),
        ("checkup.on-event", yes_no(report.on_event)),
        ("checkup.awake", awake),
        ("checkup.zone", words.fill(zone, &[("zone", &report.zone.name), ("offset", &report.zone.offset)])),
        ("checkup.settings", settings),
        ("checkup.records", place(&report.records)),
        ("checkup.lock", lock),
    ];
    let rows = rows.map(|(name, text)| format!("  {:12}{text}\n", words.say(name)));
    format!("dermaroll {}\n{}", report.version, rows.concat())
}

fn mode(report: &Report, words: &Words) -> String {
    if report.screens {
        words.say("checkup.mode-screens")
    } else if kind::takes_places(&report.term) {
        words.say("checkup.mode-lines")
    } else {
        words.fill("checkup.mode-kind", &[("term", &report.term)])
    }
}

/// A voice that complained is not said to have been heard.
fn voice(report: &Report, words: &Words) -> String {
    let name = report.voice.as_deref().unwrap_or_default();
    match (report.voice_state, &report.voice_trouble, &report.voice_complaint) {
        (Speech::OffBySettings, ..) => words.say("checkup.voice-off"),
        (Speech::OffInLines, ..) => words.say("checkup.voice-off-lines"),
        (Speech::NoneFound, ..) => words.say("checkup.voice-none"),
        (Speech::Found, Some(trouble), _) => trouble.clone(),
        (Speech::Found, None, Some(said)) => words.fill("checkup.voice-complains", &[("name", name), ("said", said)]),
        (Speech::Found, None, None) => words.fill("checkup.voice-spoke", &[("name", name)]),
    }
}

fn notices(route: &str) -> &'static str {
    match route {
        "osc9" => "checkup.notices-osc9",
        "osc99" => "checkup.notices-osc99",
        "osc777" => "checkup.notices-osc777",
        _ => "checkup.notices-none",
    }
}

/// Names each key of a clicker that comes; any other key ends it.
fn try_clicker(keymap: &Keymap, words: &Words) -> Result<(), Failure> {
    say(&format!("  {:12}{}\n", words.say("checkup.clicker"), words.say("checkup.clicker-ask")))?;
    let messages = terminal::listen().map_err(anyhow::Error::from)?;
    let guard = Guard::keys_alone().map_err(anyhow::Error::from)?;
    input::start(messages.clone());
    loop {
        let message = messages.wait(None);
        let key = match message {
            Some(Message::Key(press)) => press.key,
            Some(Message::Resized | Message::Continued | Message::News) => continue,
            _ => break,
        };
        let Some(row) = keymap.of("clicker").iter().find(|row| row.keys.contains(&key)) else { break };
        let heard = words.fill("checkup.clicker-heard", &[("key", &key.name()), ("what", &row.help)]);
        // The terminal is told key by key, so a line needs its own way back to the margin.
        Out.put(format!("  {:12}{heard}\r\n", "").as_bytes()).map_err(anyhow::Error::from)?;
    }
    drop(guard);
    Ok(())
}
