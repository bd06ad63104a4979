//! One file for each command. Here is what they share: the settings, what they print, and how a failure ends the
//! program.

pub mod arguments;
mod amend_ledger;
mod care;
mod channels;
mod correct;
mod find_roller;
mod find_session;
mod doctor;
mod due;
mod export;
mod history;
mod completions;
mod config;
mod log;
mod note;
mod man;
mod data_folder;
mod retire;
mod roller;
mod rows;
mod serum;
mod session;
mod show;
mod strike;
mod theme;
mod undo;

use core::fmt;
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::cli::arguments::{Cli, Command, ConfigAction, ExportFormat, ProtocolAction, RollerAction, SerumAction};
use crate::content::config::{Flags, Settings, profile};
use crate::content::folders::Folders;
use crate::content::{self, Refusal};
use crate::exit::{ALREADY_RUNNING, DONE, NOT_DUE, NOT_SAVED, UNEXPECTED, WRONG_USE};
use data_folder::{
    check_writable, data_folder, data_folder_unchecked, lock, lock_if_there, refuse_unlisted, refuse_unlisted_top,
    state_folder, totals, totals_of, warn_uncounted,
};
use engine::protocol::{Kind, Words};
use engine::timeline::Wall;
use platform::clock;
use store::calendar::{Date, local_offset, offset_words, zone};
use store::export::Range;
use store::record::ledger::RetireError;
use store::record::text::LONGEST_REASON;
use store::record::{Day, LockError, SaveError, Timestamp, UncountedFile};
use store::sanitise::{escape_hidden, printed, printed_json, unbroken};

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    pub status: u8,
    /// What happened, what is kept, what to do.
    pub message: String,
}

impl Failure {
    fn new(status: u8, message: impl Into<String>) -> Failure {
        Failure { status, message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::new(WRONG_USE, refusal.to_string())
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Failure {
        Failure::new(NOT_SAVED, error.to_string())
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Failure {
        let status = if matches!(error, LockError::Held) { ALREADY_RUNNING } else { NOT_SAVED };
        Failure::new(status, error.to_string())
    }
}

impl From<RetireError> for Failure {
    fn from(error: RetireError) -> Failure {
        let status = if matches!(error, RetireError::Save(_)) { NOT_SAVED } else { WRONG_USE };
        Failure::new(status, error.to_string())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::new(
            UNEXPECTED,
            format!("Something went wrong: {error:#}. Everything that the screen confirmed is saved."),
        )
    }
}

/// Prints `message` on standard error, in rows as wide as the terminal and with hidden characters shown. Where standard
/// error is closed this does nothing; `eprintln!` would panic.
pub fn print_error(message: &str) {
    let _ = writeln!(io::stderr(), "{}", rows::fitted(&printed(message), rows::window(&io::stderr())));
}

/// Prints what is wrong with the command line, or the help or version that it asks for, and returns the exit status.
pub fn print_usage(mut error: clap::Error) -> u8 {
    arguments::suggest(&mut error, std::env::args_os().skip(1));
    let text = error.render().to_string();
    if error.use_stderr() {
        print_error(text.trim_end());
    } else {
        if let Err(failure) = print(&text) {
            print_error(&failure.message);
            return failure.status;
        }
    }
    u8::try_from(error.exit_code()).unwrap_or(WRONG_USE)
}

/// Runs the command that the command line asks for, and returns the exit status.
///
/// # Errors
/// The exit status and the message for standard error.
pub fn run(cli: Cli) -> Result<u8, Failure> {
    let flags = &cli.flags;
    match cli.command {
        None => session::run(flags, Kind::Session, true),
        Some(Command::Check { save }) => session::run(flags, Kind::Check, save),
        Some(Command::Rehearse) => session::run(flags, Kind::Rehearsal, false),
        Some(Command::Doctor { json }) => doctor::run(flags, json),
        Some(Command::History { json, csv: false, struck }) => history::run(flags, json, struck),
        Some(Command::History { csv: true, struck, .. }) => {
            let (format, range, out) = (ExportFormat::Csv, Range::default(), None);
            export::run(flags, &export::Request { format, range, out, struck })
        }
        Some(Command::Show { id, json, struck }) => show::run(flags, &id, json, struck),
        Some(Command::Note(new)) => note::run(flags, &new),
        Some(Command::Log(new)) => log::run(flags, &new),
        Some(Command::Strike(entry)) => strike::run(flags, &entry),
        Some(Command::Correct(entry)) => correct::run(flags, &entry),
        Some(Command::Undo) => undo::run(flags),
        Some(Command::Due { json }) => due::run(flags, json),
        Some(Command::Care { json }) => care::run(flags, json),
        Some(Command::Theme(command)) => theme::run(flags, &command),
        Some(Command::Roller { action }) => match action {
            RollerAction::List { json, struck } => roller::list(flags, json, struck),
            RollerAction::Add(new) => roller::add(flags, &new),
            RollerAction::Retire { name, why } => retire::retire_roller(flags, &name, why.as_deref()),
            RollerAction::Restore { name } => retire::restore_roller(flags, &name),
            RollerAction::Strike(named) => amend_ledger::strike_roller(flags, &named),
            RollerAction::Correct(fields) => amend_ledger::correct_roller(flags, &fields),
        },
        Some(Command::Serum { action }) => match action {
            SerumAction::List { json, struck } => serum::list(flags, json, struck),
            SerumAction::Add { name, brand, opened } => serum::add(flags, &name, brand.as_deref(), opened.as_deref()),
            SerumAction::Retire { name, why } => retire::retire_serum(flags, &name, why.as_deref()),
            SerumAction::Restore { name } => retire::restore_serum(flags, &name),
            SerumAction::Strike(named) => amend_ledger::strike_serum(flags, &named),
            SerumAction::Correct(fields) => amend_ledger::correct_serum(flags, &fields),
        },
        Some(Command::Export { format, since, until, out, struck }) => {
            export::run(flags, &export::Request { format, range: Range { since, until }, out, struck })
        }
        Some(Command::Config { action }) => match action {
            ConfigAction::Path => config::paths(flags),
            ConfigAction::Check => config::check_settings(flags),
            ConfigAction::Show => config::show_settings(flags),
        },
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { out }) => man::run(out.as_deref()),
        Some(Command::Protocol { action: ProtocolAction::Check { file } }) => config::check_protocol(flags, &file),
    }
}

fn env(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn settings(flags: &Flags) -> Result<(Settings, Folders), Failure> {
    let folders = Folders::find(&env);
    let settings = Settings::find(&env, flags, &folders).map_err(|first| {
        let (_, all) = Settings::with_mistakes(&env, flags, &folders);
        let more = match all.len() {
            0 | 1 => String::new(),
            count => format!("\nThese settings have {count} mistakes: dermaroll config check lists them all."),
        };
        Failure::new(WRONG_USE, format!("{first}{more}"))
    })?;
    refuse_two_folders(&settings)?;
    warn_of_unknown_zone()?;
    Ok((settings, folders))
}

/// Refuses a profile with two folders: what is in one would be missing from the other.
fn refuse_two_folders(settings: &Settings) -> Result<(), Failure> {
    let Some(data) = settings.data_dir.value.as_deref().filter(|_| !settings.profile.value.is_empty()) else {
        return Ok(());
    };
    let there = profile::spellings(data, &settings.profile.value);
    if there.len() < 2 {
        return Ok(());
    }
    let names: Vec<String> = there.iter().map(|path| path_text(path)).collect();
    let message = format!(
        "The profile {:?} has more than one folder, since its name is spelt in more than one way: {}. Nothing was \
         started or changed. Move the files of all into one of them.",
        settings.profile.value,
        names.join(", ")
    );
    Err(Failure::new(WRONG_USE, message))
}

/// Warns that dates may be off: where the time zone is not known, every program of the system counts in UTC.
fn warn_of_unknown_zone() -> Result<(), Failure> {
    let zone = zone();
    if !zone.is_understood {
        let places = [("zone", zone.name.as_str()), ("offset", &offset_words(now().offset))];
        print_error(&content::words::built_in().fill("welcome.zone-unknown", &places));
    }
    Ok(())
}

/// The wall clock, with the local offset.
fn now() -> Wall {
    let unix = clock::read().unix;
    Wall { unix, offset: local_offset(unix) }
}

fn today() -> Result<Day, Failure> {
    Timestamp::of(now()).day().ok_or_else(|| Failure::new(UNEXPECTED, "The clock names no day. Nothing was saved."))
}

/// The day that `text` names, which must not be after `now`. `what` is the argument that it is for, such as `--opened`.
fn day_until(now: Wall, what: &str, text: &str) -> Result<(Date, Day), Failure> {
    let today = Date::of(now);
    let Some((date, day)) = Date::parse(text).zip(Day::parse(text)) else {
        let message = format!(
            "{what} {text:?} is no day of the calendar. Nothing was saved. Write year, month and day, as in \
             {today}."
        );
        return Err(Failure::new(WRONG_USE, message));
    };
    if date > today {
        let message = format!(
            "{what} {text} has not come yet; today is {today}. Nothing was saved. Name today or a day before it."
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    Ok((date, day))
}

/// `text` without blanks around it. It must not be empty or longer than `longest` characters. `what` is the argument
/// that it is for, such as `--why`.
fn text_within<'a>(what: &str, text: &'a str, longest: usize) -> Result<&'a str, Failure> {
    let text = text.trim();
    let count = text.chars().count();
    if text.is_empty() {
        Err(Failure::new(WRONG_USE, format!("{what} is empty. Nothing was saved. Give it some words or leave it out.")))
    } else if count > longest {
        let message = format!("{what} has {count} characters; {longest} fit. Nothing was saved. Make it shorter.");
        Err(Failure::new(WRONG_USE, message))
    } else {
        Ok(text)
    }
}

/// `why`, checked for its length; empty if it is left out.
fn reason(why: Option<&str>) -> Result<&str, Failure> {
    Ok(why.map(|text| text_within("--why", text, LONGEST_REASON)).transpose()?.unwrap_or_default())
}

/// How to take back what a command wrote: within the hour, and later by `command`.
fn way_back(command: &str) -> String {
    content::words::built_in().fill("undo.way-back", &[("command", command)])
}

/// A path on one line, with hidden characters shown.
fn path_text(path: &Path) -> String {
    escape_hidden(&path.to_string_lossy())
}

/// A name for the middle of a sentence.
fn in_quotes(name: &str) -> String {
    format!("\"{}\"", escape_hidden(name))
}

/// Prints `lines`, each in the words of `line`. For an empty list it prints the words called `none`, unless a file in
/// `uncounted` might have been on it.
fn print_list<T: Serialize>(
    lines: &[T],
    uncounted: &[UncountedFile],
    json: bool,
    none: &str,
    line: impl Fn(&Words, &T) -> String,
) -> Result<u8, Failure> {
    if lines.is_empty() {
        refuse_unlisted(uncounted.iter())?;
    }
    if json {
        return print_json(lines);
    }
    let words = content::words::built_in();
    let mut text: String = lines.iter().map(|each| escape_hidden(&line(&words, each)) + "\n").collect();
    if lines.is_empty() && uncounted.is_empty() {
        text = words.say(none) + "\n";
    }
    print(&text)?;
    Ok(0)
}

/// Prints `value` as JSON, with hidden characters escaped.
fn print_json<T: Serialize + ?Sized>(value: &T) -> Result<u8, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(anyhow::Error::from)?;
    print_to_be_copied(&format!("{}\n", printed_json(&text)))?;
    Ok(0)
}

/// Prints `text` on standard output, in rows as wide as the terminal and with hidden characters shown, since it may quote
/// files, paths and arguments.
fn print(text: &str) -> Result<(), Failure> {
    print_to_be_copied(&for_stdout(text))
}

/// As [`print()`], with each line as it is.
fn print_to_be_copied(text: &str) -> Result<(), Failure> {
    write_stdout(|out| out.write_all(printed(text).as_bytes())).map_err(stdout_failure)
}

fn for_stdout(text: &str) -> String {
    rows::fitted(&printed(text), rows::window(&io::stdout()))
}

/// Prints `text`, which says that something was saved in the file `place`. Where that fails, standard error says it, so
/// that the person does not save it a second time.
fn print_saved(text: &str, place: &Path) -> u8 {
    if let Err(error) = write_stdout(|out| out.write_all(for_stdout(text).as_bytes())) {
        let mut text = unbroken(text.trim_end());
        if !text.ends_with('.') {
            text.push('.');
        }
        let place = path_text(place);
        let at = if text.contains(&place) { String::new() } else { format!(" in {place}") };
        print_error(&format!(
            "{text} It is saved{at}, so do not do it again. Standard output does not take this: {error}."
        ));
    }
    DONE
}

/// Prints `bytes` as they are: they are the program's own text, in which a shell or roff needs every tab.
fn print_bytes(bytes: &[u8]) -> Result<u8, Failure> {
    write_stdout(|out| out.write_all(bytes)).map(|()| DONE).map_err(stdout_failure)
}

fn stdout_failure(error: io::Error) -> Failure {
    Failure::new(UNEXPECTED, format!("Standard output does not take the text: {error}."))
}

/// Has `write` write to standard output. A pipe that is closed early is no error: its reader has read enough.
fn write_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}
