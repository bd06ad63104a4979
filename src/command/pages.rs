//! `dermaroll completions` and `dermaroll man`: made from the very description of the command line that `--help` prints.

use std::io::{self, Write as _};
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, UNEXPECTED, WRONG_USE};
use crate::cli::Cli;

const NAME: &str = "dermaroll";

/// Prints what completes commands and flags in `shell`.
pub(super) fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut bytes);
    put(&bytes)
}

/// Prints the manual page; into the folder at `out` go one for the program and one for each command.
pub(super) fn manual(out: Option<&Path>) -> Result<u8, Failure> {
    let command = Cli::command();
    if let Some(folder) = out {
        let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
        return written.map(|()| 0).map_err(|error| {
            let message =
                format!("The pages cannot be written to {}: {error}. Name a folder that can be.", folder.display());
            Failure::new(WRONG_USE, message)
        });
    }
    let mut bytes = Vec::new();
    Man::new(command)
        .render(&mut bytes)
        .map_err(|error| Failure::new(UNEXPECTED, format!("The page cannot be put together: {error}.")))?;
    put(&bytes)
}

/// All of it is the program's own text, and tabs and dots at the beginning of a line mean something to who reads it.
/// Whoever closes the pipe early has read enough.
fn put(bytes: &[u8]) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(UNEXPECTED, format!("Standard output does not take the text: {error}.")))
        }
        _ => Ok(0),
    }
}
