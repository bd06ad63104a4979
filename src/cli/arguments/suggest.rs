//! The command, flag or value that was probably meant by a mistyped one.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, Error};

use super::Cli;

/// In characters. The comparison takes memory in proportion to the length of the word.
const LONGEST: usize = 60;

/// Adds the word that was probably meant to `error`, where clap suggests none: its measure misses two swapped letters
/// in a short word, as in `deu`, `--otu` and `cvs`. `args` is the command line without the name of the program.
pub fn suggest(error: &mut Error, args: impl Iterator<Item = OsString>) {
    // clap suggests to put a mistyped flag after `--`, where it would be text.
    error.remove(ContextKind::Suggested);
    let named = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if named.into_iter().any(|kind| error.get(kind).is_some()) {
        return;
    }
    let found = match error.kind() {
        ErrorKind::InvalidSubcommand => command(error, args),
        ErrorKind::UnknownArgument => flag(error, args),
        ErrorKind::InvalidValue => value(error),
        _ => None,
    };
    if let Some((kind, near)) = found {
        error.insert(kind, ContextValue::String(near));
    }
}

/// The one of `known` that is most like `word`, if at most one letter in three is wrong, missing, added or swapped with
/// the next. Case does not matter.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.chars().take(LONGEST).collect::<String>().to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&word, &known.to_lowercase());
    let near = known.iter().copied().min_by_key(|known| distance(known))?;
    (distance(near) * 3 <= near.chars().count()).then_some(near)
}

fn command(error: &Error, args: impl Iterator<Item = OsString>) -> Option<(ContextKind, String)> {
    let word = said(error, ContextKind::InvalidSubcommand)?;
    let command = command_before(word, args);
    let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    nearest(word, &known).map(|near| (ContextKind::SuggestedSubcommand, near.to_owned()))
}

fn flag(error: &Error, args: impl Iterator<Item = OsString>) -> Option<(ContextKind, String)> {
    let flag = said(error, ContextKind::InvalidArg)?;
    let command = command_before(flag, args);
    let known: Vec<&str> = command.get_arguments().filter_map(Arg::get_long).collect();
    nearest(flag.strip_prefix("--")?, &known).map(|near| (ContextKind::SuggestedArg, format!("--{near}")))
}

fn value(error: &Error) -> Option<(ContextKind, String)> {
    let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue) else { return None };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = nearest(said(error, ContextKind::InvalidValue)?, &known)?;
    Some((ContextKind::SuggestedValue, near.to_owned()))
}

fn said(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind)? {
        ContextValue::String(said) => Some(said),
        _ => None,
    }
}

/// The command that the arguments before `word` name, with the flags of every command.
fn command_before(word: &str, args: impl Iterator<Item = OsString>) -> Command {
    let mut command = Cli::command();
    command.build();
    let is_before = |arg: &OsString| arg.to_str().is_none_or(|arg| arg.split('=').next() != Some(word));
    for arg in args.take_while(is_before) {
        if let Some(inner) = arg.to_str().and_then(|name| command.find_subcommand(name)) {
            command = inner.clone();
        }
    }
    command
}
