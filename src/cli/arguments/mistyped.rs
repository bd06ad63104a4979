//! Arguments may begin with a dash, so a mistyped flag would be taken for text. This refuses what is probably a flag
//! and says how to write it as text; in doubt it is text.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, Error};

use super::Cli;
use super::suggest::nearest;

/// After this argument there are no flags.
const END: &str = "--";

/// Refuses a mistyped flag in `args`, and a flag in the place of another flag's value.
pub(super) fn check(args: &[OsString]) -> Result<(), Error> {
    // Building the commands takes time, so only where it is needed.
    if !args.iter().any(|arg| arg.to_str().is_some_and(|arg| arg.len() > END.len() && arg.starts_with(END))) {
        return Ok(());
    }
    let mut command = Cli::command();
    command.build();
    let mut wants: Option<Arg> = None;
    for arg in args.iter().map(|arg| arg.to_str().unwrap_or_default()) {
        if arg == END {
            break;
        }
        let flag = arg.strip_prefix(END).and_then(|flag| flag.split('=').next()).filter(|flag| is_word(flag));
        let known = flag.and_then(|flag| find(&command, flag)).cloned();
        match (wants.take(), flag, known) {
            (Some(wanting), Some(_), Some(_)) => return Err(without_value(&command, &wanting, arg)),
            // Anything else is a value.
            (Some(_), ..) => {}
            (None, Some(_), Some(known)) => {
                let takes_more = matches!(known.get_action(), ArgAction::Set | ArgAction::Append) && !arg.contains('=');
                wants = Some(known).filter(|_| takes_more);
            }
            (None, Some(flag), None) => {
                if let Some(near) = near(&command, flag) {
                    return Err(mistyped(&command, flag, near));
                }
            }
            (None, None, _) => {
                if let Some(inner) = command.find_subcommand(arg).cloned() {
                    command = inner;
                }
            }
        }
    }
    Ok(())
}

/// Flags are words of small letters, joined by dashes.
fn is_word(flag: &str) -> bool {
    !flag.is_empty() && flag.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b'-')
}

fn find<'a>(command: &'a Command, flag: &str) -> Option<&'a Arg> {
    let is_former_name = |arg: &Arg| arg.get_all_aliases().unwrap_or_default().contains(&flag);
    command.get_arguments().find(|arg| arg.get_long() == Some(flag) || is_former_name(arg))
}

fn near<'a>(command: &'a Command, flag: &str) -> Option<&'a str> {
    let names = |arg: &'a Arg| arg.get_long().into_iter().chain(arg.get_all_aliases().unwrap_or_default());
    let known: Vec<&str> = command.get_arguments().flat_map(names).collect();
    nearest(flag, &known)
}

fn mistyped(command: &Command, flag: &str, near: &str) -> Error {
    let mut error = Error::new(ErrorKind::UnknownArgument).with_cmd(command);
    error.insert(ContextKind::InvalidArg, ContextValue::String(format!("--{flag}")));
    error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{near}")));
    error
}

fn without_value(command: &Command, wanting: &Arg, instead: &str) -> Error {
    let flag = wanting.get_long().unwrap_or_default();
    let text = format!(
        "a value is required for '--{flag}', and {instead} is a flag of its own. If it is your text, write \
         --{flag}={instead}"
    );
    Error::raw(ErrorKind::InvalidValue, text + "\n").with_cmd(command)
}
