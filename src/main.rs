//! dermaroll: wiring, the message of a failure, the exit status.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use dermaroll::cli::Cli;
use dermaroll::command;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match command::run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            // Not eprintln: a closed standard error is no reason to panic.
            let _ = writeln!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.status)
        }
    }
}
