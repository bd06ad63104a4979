//! The flags that every command takes, since they go before settings. Their descriptions are the text of `--help`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// What holds for every command.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args)]
pub struct Flags {
    /// Settings file to use instead of your own
    #[arg(long, global = true, value_name = "FILE", allow_hyphen_values = true)]
    pub config: Option<PathBuf>,
    /// Folder for records, rollers and serums
    #[arg(long, global = true, value_name = "DIR", allow_hyphen_values = true, value_hint = ValueHint::DirPath)]
    pub data_dir: Option<PathBuf>,
    /// Whose records, where several people share this computer
    #[arg(long, global = true, value_name = "NAME", allow_hyphen_values = true)]
    pub profile: Option<String>,
    /// Protocol to follow instead of the built-in one
    #[arg(long, global = true, value_name = "FILE", allow_hyphen_values = true)]
    pub protocol: Option<PathBuf>,
    /// Draw with ASCII characters alone
    #[arg(long, global = true)]
    pub ascii: bool,
    /// No colours; weight stays
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Bold and reverse alone; nothing is dimmed
    #[arg(long, global = true)]
    pub high_contrast: bool,
    /// Nothing on the screen moves but the time
    #[arg(long, global = true)]
    pub no_motion: bool,
    /// Lines to be read or spoken one after the other, instead of a screen
    #[arg(long, global = true)]
    pub plain: bool,
}
