//! The word that was meant: for a command, a flag or a value that is nearly one which is known.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, Error};

use super::Cli;

/// Longest word that is compared, in characters; the comparison takes room in proportion to it.
const LONGEST: usize = 60;

/// Adds to `error` the word that was probably meant, where clap names none: it takes two letters in each other's place
/// for strangers when the word is short, and would leave `deu`, `--otu` and `cvs` without an answer. `args` is the
/// command line behind the program's name.
pub fn suggest(error: &mut Error, args: impl Iterator<Item = OsString>) {
    // It would have any mistyped flag put behind `--`, where it would be text.
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

/// The one of `known` that `word` nearly is: at most one letter in three is another one, missing, too many, or in the
/// place of its neighbour. Capital letters are no difference.
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

/// The command whose words stand before `word` in `args`, with the flags that hold for every command.
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
