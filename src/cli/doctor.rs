//! `dermaroll doctor`: whether a session can be held on this computer and terminal, on one page.

use core::time::Duration;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use serde::Serialize;

use super::channels::{channels, wants_voice};
use super::theme::ink_and_ascii;
use super::{Failure, NOT_SAVED, env, now, print, print_json, settings};
use crate::content;
use crate::content::config::Flags;
use crate::content::config::Settings;
use crate::content::keymap::{Keymap, ScreenName};
use crate::cues::inhibitor::{Inhibitor, Status};
use crate::cues::notification::Route;
use crate::cues::text;
use crate::cues::{Channels, Notifier};
use crate::tui::terminal::display::Out;
use crate::tui::terminal::{self, Guard, Message, input, kind};
use crate::tui::ui::Ink;
use crate::tui::view::Form;
use engine::protocol::Words;
use engine::timeline::Now;
use platform::files;
use store::calendar::{offset_words, zone};
use store::record::{Lock, LockError};

/// Long enough to ask every program that could keep the screen on, one after the other.
const INHIBITOR_LIMIT: Duration = Duration::from_secs(10);
const EVENT_COMMAND_LIMIT: Duration = Duration::from_secs(1);
/// Longer than the limit of the voice.
const VOICE_LIMIT: Duration = Duration::from_secs(11);

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
    records: Folder,
    lock: Lockable,
    lock_trouble: Option<String>,
}

/// Whether this instance could lock the folder for records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Lockable {
    Free,
    InUse,
    Unusable,
    /// There is no folder yet.
    NotYet,
}

/// The time zone, by which days begin and end.
#[derive(Debug, Serialize)]
struct ZoneFound {
    name: String,
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
struct Folder {
    path: Option<String>,
    writable: bool,
}

impl Folder {
    fn of(path: Option<PathBuf>) -> Folder {
        let writable = path.as_deref().is_some_and(can_be_written);
        Folder { path: path.as_deref().map(as_text), writable }
    }
}

/// JSON holds text alone, so what is no UTF-8 in a path is replaced.
fn as_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A folder that does not exist yet will be made in the nearest one that does.
fn can_be_written(path: &Path) -> bool {
    // A relative path has no folder above it that could be checked.
    let Ok(path) = std::path::absolute(path) else { return false };
    let nearest = path.ancestors().find(|folder| folder.exists());
    nearest.is_some_and(files::can_be_written_in)
}

/// Examines the computer, tries each channel and prints what was found; with `json` it tries no channel.
pub(super) fn run(flags: &Flags, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    settings.protocols()?;
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    let screens = !settings.plain.value && terminal::places_text(term.as_deref());
    let channels = channels(&settings, term.as_deref(), screens);
    let mut report = examine(&settings, &channels, term, screens)?;
    let status = if report.records.writable { 0 } else { NOT_SAVED };
    if json {
        print_json(&report)?;
        return Ok(status);
    }
    let words = settings.keymap.named_in(content::words::built_in());
    try_channels(channels, &words, &mut report);
    print(&page(&report, &words))?;
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        try_clicker(&settings.keymap, &words)?;
    }
    Ok(status)
}

fn examine(settings: &Settings, channels: &Channels, term: Option<String>, screens: bool) -> Result<Report, Failure> {
    let (columns, rows) = platform::terminal::size().unwrap_or_default();
    let class = match Form::of_window(columns, rows) {
        Form::Full => "full",
        Form::Compact => "compact",
        Form::Tiny => "tiny",
        Form::OneLine | Form::LineMode => "line",
    };
    let (ink, ascii) = ink_and_ascii(settings, term.as_deref());
    let (lock, lock_trouble) = lockable(settings.records().as_deref());
    let asked = settings.keep_awake.value.then(try_inhibitor);
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
        bell: channels.bell,
        voice: channels.voice.as_ref().map(|voice| voice.name().to_owned()),
        voice_state: match () {
            () if channels.voice.is_some() => Speech::Found,
            () if !settings.voice.value => Speech::OffBySettings,
            () if !wants_voice(settings, screens) => Speech::OffInLines,
            () => Speech::NoneFound,
        },
        voice_trouble: None,
        voice_complaint: None,
        on_event: channels.event_command.is_some(),
        notices: channels.notifications.map_or(Route::None, |(route, _)| route).id(),
        title: channels.title,
        kept_awake_by: match &asked {
            Some(Status::Active(program)) => Some(program.clone()),
            _ => None,
        },
        screen_refused_by: match &asked {
            Some(Status::Refused(program) | Status::Asked(program)) => Some(program.clone()),
            _ => None,
        },
        screen_asked: asked.is_some(),
        zone: ZoneFound::here(),
        settings: settings.file.as_deref().map(as_text),
        records: Folder::of(settings.records()),
        lock,
        lock_trouble,
    })
}

/// Takes the lock on the folder for records, if there is one, and releases it at once.
fn lockable(records: Option<&Path>) -> (Lockable, Option<String>) {
    match records.filter(|folder| folder.is_dir()).map(Lock::try_once) {
        None => (Lockable::NotYet, None),
        Some(Ok(_)) => (Lockable::Free, None),
        Some(Err(LockError::Held)) => (Lockable::InUse, None),
        Some(Err(error)) => (Lockable::Unusable, Some(error.to_string())),
    }
}

/// Has the screen kept on for a moment.
fn try_inhibitor() -> Status {
    let (sender, statuses) = channel();
    let inhibitor = Inhibitor::start(env("PATH").as_deref(), move |status| _ = sender.send(status));
    match inhibitor.status() {
        Status::Asked(_) => statuses.recv_timeout(INHIBITOR_LIMIT).unwrap_or_else(|_| inhibitor.status()),
        known => known,
    }
}

/// Rings, speaks and notifies, as at the last touch.
fn try_channels(channels: Channels, words: &Words, report: &mut Report) {
    let mut notifier = Notifier::new(channels);
    notifier.notify(&text::test_cue(words), true, Now::default());
    if std::io::stdout().is_terminal() {
        // Both bells at once: here they only have to be heard.
        let later = Now { moment: engine::timeline::Moment::from_millis(u64::MAX), ..Now::default() };
        let _ = Out.put(&notifier.take_bytes(later));
    }
    if let Some(voice) = &notifier.channels().voice {
        voice.finish(VOICE_LIMIT);
        report.voice_trouble = voice.trouble();
        report.voice_complaint = voice.complaint();
    }
    notifier.finish(EVENT_COMMAND_LIMIT);
}

fn page(report: &Report, words: &Words) -> String {
    let yes_no = |holds: bool| words.say(if holds { "checkup.on" } else { "checkup.off" });
    let place = |place: &Folder| {
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

/// Where the voice wrote an error, its words stand in place of the claim that it spoke.
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

/// Names each clicker key that is pressed, until another key is.
fn try_clicker(keymap: &Keymap, words: &Words) -> Result<(), Failure> {
    print(&format!("  {:12}{}\n", words.say("checkup.clicker"), words.say("checkup.clicker-ask")))?;
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
        let Some(row) = keymap.of(ScreenName::Clicker).iter().find(|row| row.keys.contains(&key)) else { break };
        let heard = words.fill("checkup.clicker-heard", &[("key", &key.name()), ("what", &row.help)]);
        // In raw mode a line feed does not go back to the margin.
        Out.put(format!("  {:12}{heard}\r\n", "").as_bytes()).map_err(anyhow::Error::from)?;
    }
    drop(guard);
    Ok(())
}
