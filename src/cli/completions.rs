//! `dermaroll completions`: what completes commands and flags in a shell, made from what `--help` prints.

use clap::{Arg, Command, CommandFactory as _, ValueHint};
use clap_complete::Shell;

use super::{Failure, print_bytes};
use crate::cli::arguments::Cli;

pub(super) fn run(shell: Shell) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut without_files(Cli::command()), "dermaroll", &mut bytes);
    print_bytes(&bytes)
}

/// A shell offers files for every value that has no hint; where no file is meant, this hint keeps it from that.
fn without_files(command: Command) -> Command {
    let hinted = |arg: Arg| {
        let has_no_hint = arg.get_action().takes_values() && arg.get_value_hint() == ValueHint::Unknown;
        if has_no_hint { arg.value_hint(ValueHint::Other) } else { arg }
    };
    command.mut_args(hinted).mut_subcommands(without_files)
}
