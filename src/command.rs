//! One file for each command; here what they share: settings, protocols, folders, and how a failure leaves.

mod doctor;
mod export;
mod history;
mod inspect;
mod means;
mod session;
mod show;

use core::fmt;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::assets::Refusal;
use crate::cli::{Cli, Command, ConfigAction, Global, ProtocolAction};
use crate::config::{Flags, Settings};
use crate::export::Range;
use crate::folders::Folders;
use crate::protocol::Kind;
use crate::visible::printed;

/// Exit status for something nobody expected.
const UNEXPECTED: u8 = 1;
/// Exit status for wrong use, or files that are refused.
const WRONG_USE: u8 = 2;
/// Exit status when the record cannot be written.
const NOT_SAVED: u8 = 5;
/// Exit status when another instance is at work.
const ALREADY_RUNNING: u8 = 6;

/// Why a command ended without doing its work.
#[derive(Debug)]
pub struct Failure {
    /// Exit status.
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

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::new(
            UNEXPECTED,
            format!("Something went wrong: {error:#}. Everything that the screen confirmed is saved."),
        )
    }
}

/// Puts `message` on standard error likewise. One that is closed is no reason to panic, as `eprintln!` would.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{}", printed(message));
}

/// What is wrong with the command line, or the help or version it asks for, with the exit status. It quotes the
/// arguments.
pub fn answer(error: &clap::Error) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        complain(text.trim_end());
    } else {
        // Help that cannot be printed is help that nobody reads.
        let _ = say(&text);
    }
    u8::try_from(error.exit_code()).unwrap_or(WRONG_USE)
}

/// Does what the command line asks for.
///
/// # Errors
/// With the exit status and a message for standard error.
pub fn run(cli: Cli) -> Result<u8, Failure> {
    let global = &cli.global;
    match cli.command {
        None => session::run(global, Kind::Session, true),
        Some(Command::Check { save }) => session::run(global, Kind::Check, save),
        Some(Command::Rehearse) => session::run(global, Kind::Rehearsal, false),
        Some(Command::Doctor { json }) => doctor::run(global, json),
        Some(Command::History { json }) => history::run(global, json),
        Some(Command::Show { id, json }) => show::run(global, &id, json),
        Some(Command::Export { format, since, until, out }) => {
            export::run(global, &export::Wish { format, range: Range { since, until }, out })
        }
        Some(Command::Config { action }) => match action {
            ConfigAction::Path => inspect::paths(global),
            ConfigAction::Check => inspect::check_settings(global),
            ConfigAction::Show => inspect::show_settings(global),
        },
        Some(Command::Protocol { action: ProtocolAction::Check { file } }) => inspect::check_protocol(global, &file),
    }
}

fn env(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn flags(global: &Global) -> Flags {
    Flags {
        config: global.config.clone(),
        data_dir: global.data_dir.clone(),
        protocol: global.protocol.clone(),
        ascii: global.ascii,
        no_color: global.no_color,
        high_contrast: global.high_contrast,
        no_motion: global.no_motion,
        plain: global.plain,
    }
}

fn settings(global: &Global) -> Result<(Settings, Folders), Failure> {
    let folders = Folders::find(&env);
    let settings = Settings::find(&env, &flags(global), &folders)?;
    Ok((settings, folders))
}

fn data_folder(settings: &Settings) -> Result<PathBuf, Failure> {
    settings.data_dir.value.clone().ok_or_else(|| {
        Failure::new(
            WRONG_USE,
            "There is no home folder to keep records in. Nothing was started. Name a folder with --data-dir.",
        )
    })
}

/// Puts `text` on standard output, with nothing hidden in it: it quotes files, paths and arguments that anybody may
/// have named. Whoever closes the pipe early has read enough.
fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(printed(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(UNEXPECTED, format!("Standard output does not take the text: {error}.")))
        }
        _ => Ok(()),
    }
}
