//! Reads the command line, runs the command, prints why it failed, and exits with its status.

use std::process::ExitCode;

use dermaroll::cli;
use dermaroll::cli::arguments::Cli;
use dermaroll::tui::terminal::guard;

fn main() -> ExitCode {
    guard::end_on_panic();
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(cli::print_usage(error)),
    };
    match cli::run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            cli::print_error(&failure.message);
            ExitCode::from(failure.status)
        }
    }
}
