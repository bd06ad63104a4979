//! dermaroll: wiring, the message of a failure, the exit status.

use std::process::ExitCode;

use dermaroll::cli::Cli;
use dermaroll::command;
use dermaroll::terminal::guard;

fn main() -> ExitCode {
    guard::end_on_panic();
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(command::answer(error)),
    };
    match command::run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            command::complain(&failure.message);
            ExitCode::from(failure.status)
        }
    }
}
