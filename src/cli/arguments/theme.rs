//! `dermaroll theme`.

use clap::Subcommand;

/// What to do with themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the shipped themes, and say which one is in use
    List {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
    },
    /// Print a shipped theme, to begin one of your own with
    Show {
        /// Its name
        name: String,
    },
}
