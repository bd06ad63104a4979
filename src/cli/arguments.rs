//! The command line.

mod amend;
mod mistyped;
mod examples;
mod one_of;
mod suggest;
mod theme;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::content::config::Flags;
use engine::protocol::Section;
use engine::session::closing::FELT;
use store::calendar::Date;
use store::record::Skin;

pub use amend::{CorrectEntry, CorrectRoller, CorrectSerum, Strike, StrikeEntry, StrikeNamed};
use one_of::OneOf;
pub use suggest::suggest;
pub use theme::ThemeCommand;

/// A guided dermarolling session beside the bathroom mirror.
#[derive(Debug, Default, Parser)]
#[command(
    name = "dermaroll",
    version,
    about = "A guided dermarolling session beside the bathroom mirror",
    long_about = "A guided dermarolling session beside the bathroom mirror: soak clock, checklist, five sections by the \
                  clock, hands free, and a saved record. It sends nothing anywhere. It keeps time and notes; it does \
                  not give medical advice.",
    help_template = examples::TEMPLATE,
    before_help = examples::PROGRAM,
    after_help = examples::EXIT_STATUS
)]
pub struct Cli {
    /// What to do; without it a session begins.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What holds for every command.
    #[command(flatten)]
    pub flags: Flags,
}

impl Cli {
    /// Reads the command line.
    ///
    /// # Errors
    /// What is wrong with it, or the help or version that it asks for.
    pub fn read() -> Result<Cli, clap::Error> {
        Cli::parse_args(std::env::args_os())
    }

    /// Reads the arguments `args`, the name of the program first.
    ///
    /// # Errors
    /// As [`Cli::read`].
    pub fn parse_args(args: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
        let args: Vec<OsString> = args.collect();
        mistyped::check(args.get(1..).unwrap_or_default())?;
        Cli::try_parse_from(args)
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The checklist alone, by keyboard; the verdict is the exit status
    Check {
        /// Keep it as a record of its own
        #[arg(long)]
        save: bool,
    },
    /// The whole session in about a minute with an empty hand; nothing is saved
    Rehearse,
    /// Whether this computer and terminal can take you through a session: window, bell, voice, folders, clicker
    Doctor {
        /// As JSON, for scripts; nothing rings and nothing speaks
        #[arg(long)]
        json: bool,
    },
    /// All sessions: what was rolled, how it felt, the days between
    History {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
        /// As a table for a spreadsheet, the same as `export --format csv`
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        /// With --json or --csv: also what was struck out
        #[arg(long)]
        struck: bool,
    },
    /// One session as text
    Show {
        /// ID of the session, its beginning, or the day
        #[arg(default_value = "last")]
        id: String,
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
        /// The last one, even if it was struck out
        #[arg(long)]
        struck: bool,
    },
    /// Add to a session, on any later day, how your skin was
    Note(NewNote),
    /// Enter an older session from paper
    Log(NewLog),
    /// Strike out a session or a note on it: it is shown as struck and counts no more
    Strike(StrikeEntry),
    /// Correct a session or a note on it; the record itself stays as it is
    Correct(CorrectEntry),
    /// Take back what was written last among the records, within the hour
    Undo,
    /// Whether a session is due by your interval: one line, and 0 or 8 as exit status
    Due {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
    },
    /// What to do and not to do after rolling, what of it still counts, and when to get help
    Care {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
    },
    /// How the screen is painted: the themes that there are, and what one of them says
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// The rollers that you own: list them, enter, retire, restore, strike out or correct one
    Roller {
        /// What to do with them.
        #[command(subcommand)]
        action: RollerAction,
    },
    /// The serums that you use afterwards: list them, enter, retire, restore, strike out or correct one
    Serum {
        /// What to do with them.
        #[command(subcommand)]
        action: SerumAction,
    },
    /// The records for other programs and other people: table, JSON, a page to print, calendar
    #[command(help_template = examples::TEMPLATE, before_help = examples::EXPORT)]
    Export {
        /// Form of the export
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// First day, as in 2026-11-22
        #[arg(long, value_name = "DATE", value_parser = day)]
        since: Option<Date>,
        /// Last day, as in 2026-11-22
        #[arg(long, value_name = "DATE", value_parser = day)]
        until: Option<Date>,
        /// File to write, instead of standard output, which - names too
        #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
        out: Option<PathBuf>,
        /// Table and JSON: also what was struck out
        #[arg(long)]
        struck: bool,
    },
    /// Find, check or print the settings
    Config {
        /// What to do with them.
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// What completes commands and flags in your shell, on standard output
    Completions {
        /// Your shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page on standard output, or one for each command in a folder
    Man {
        /// Folder for the pages, instead of standard output
        #[arg(long, value_name = "DIR", allow_hyphen_values = true, value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
    },
    /// Check a protocol or checklist file
    Protocol {
        /// What to do with it.
        #[command(subcommand)]
        action: ProtocolAction,
    },
}

/// A note to be added to a session.
#[derive(Debug, Args)]
#[command(help_template = examples::TEMPLATE, before_help = examples::NOTE)]
pub struct NewNote {
    /// ID of the session, its beginning, or the day; left out: the last one in which something was rolled
    #[arg(value_name = "ID|last", allow_hyphen_values = true)]
    pub session: Option<String>,
    /// Your own words, in quotation marks
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: Option<String>,
    /// How your skin is: pink, sore, itchy, dry, spots, blisters, swelling, dark-marks; several by commas or by saying it
    /// again; or calm alone
    #[arg(long = "skin", alias = "felt", value_name = "HOW", value_delimiter = ',', hide_possible_values = true, value_parser = OneOf(skin, Skin::ALL.map(Skin::id)))]
    pub felt: Vec<Skin>,
    /// A photo; its path is kept, the file stays where it is
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    pub photo: Vec<PathBuf>,
    /// Which day after the session it is about; left out: today
    #[arg(long, value_name = "N")]
    pub day: Option<u32>,
}

/// An older session to be entered.
#[derive(Debug, Args)]
#[command(help_template = examples::TEMPLATE, before_help = examples::LOG)]
pub struct NewLog {
    /// Its day, such as 2026-11-22
    pub date: String,
    /// The roller, as you call it; it counts as one more use
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub roller: Option<String>,
    /// Which sections: upper-right, upper-left, lower-right, lower-left, mouth, by commas; left out: all five
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', hide_possible_values = true, value_parser = OneOf(section, Section::ALL.map(Section::id)))]
    pub sections: Vec<Section>,
    /// How it felt, 0 to 5
    #[arg(long = "feel", alias = "felt", value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(i64::from(*FELT.start())..=i64::from(*FELT.end())))]
    pub felt: Option<u8>,
    /// Your own words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Although there is a session of that day already
    #[arg(long)]
    pub again: bool,
}

/// What to do with the rollers.
#[derive(Debug, Subcommand)]
pub enum RollerAction {
    /// Each roller with its needle length and its uses against your limit
    List {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
        /// Also those that were struck out
        #[arg(long)]
        struck: bool,
    },
    /// Enter a roller
    Add(NewRoller),
    /// Note that a roller is not to be used again
    Retire {
        /// What you call it
        #[arg(allow_hyphen_values = true)]
        name: String,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        why: Option<String>,
    },
    /// Take back that a roller was retired; look at its needles in good light first
    Restore {
        /// What you call it
        #[arg(allow_hyphen_values = true)]
        name: String,
    },
    /// Strike out a roller that was entered by mistake, as long as no session used it
    Strike(StrikeNamed),
    /// Correct what was entered of a roller
    Correct(CorrectRoller),
}

/// What to do with the serums.
#[derive(Debug, Subcommand)]
pub enum SerumAction {
    /// Each serum with its brand and the day on which it was opened
    List {
        /// As JSON, for scripts
        #[arg(long)]
        json: bool,
        /// Also those that were struck out
        #[arg(long)]
        struck: bool,
    },
    /// Enter a serum; the one entered last is the one that sessions name
    Add {
        /// What you call it
        #[arg(allow_hyphen_values = true)]
        name: String,
        /// Who makes it
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        brand: Option<String>,
        /// The day on which it was opened, such as 2026-11-22
        #[arg(long, value_name = "DATE")]
        opened: Option<String>,
    },
    /// Note that a serum is used up or thrown away
    Retire {
        /// What you call it
        #[arg(allow_hyphen_values = true)]
        name: String,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        why: Option<String>,
    },
    /// Take back that a serum was retired
    Restore {
        /// What you call it
        #[arg(allow_hyphen_values = true)]
        name: String,
    },
    /// Strike out a serum that was entered by mistake
    Strike(StrikeNamed),
    /// Correct what was entered of a serum
    Correct(CorrectSerum),
}

/// A roller to be entered.
#[derive(Debug, Args)]
#[command(help_template = examples::TEMPLATE, before_help = examples::ROLLER)]
pub struct NewRoller {
    /// What you call it; any name that tells it from others, such as "blue"
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// Needle length in millimetres, as it stands on the pack: 0.13, 0,13 or .13
    #[arg(long, value_name = "MM", allow_negative_numbers = true)]
    pub length: String,
    /// The day on which its pack was opened, such as 2026-11-22
    #[arg(long, value_name = "DATE", conflicts_with = "sealed")]
    pub opened: Option<String>,
    /// Where you bought it; the article asks for a well-made roller from a retailer that you trust
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub bought_from: Option<String>,
    /// It is new, in its sealed pack
    #[arg(long)]
    pub sealed: bool,
}

/// What to do with the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Print where the settings, the records and what is remembered of them are
    Path,
    /// Read the settings and say what is wrong with them
    Check,
    /// Print the settings in force and where each comes from
    Show,
}

/// What to do with a protocol.
#[derive(Debug, Subcommand)]
pub enum ProtocolAction {
    /// Read the file and say what is wrong with it
    Check {
        /// Protocol or checklist
        #[arg(allow_hyphen_values = true)]
        file: PathBuf,
    },
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A table for spreadsheets, one row for each session
    Csv,
    /// Everything that is known of each session, for programs
    Json,
    /// One page for an appointment, as Markdown
    Md,
    /// The next date and the check-ins after the last session, for a calendar
    Ics,
}

fn skin(text: &str) -> Result<Skin, String> {
    Skin::from_id(&text.trim().to_lowercase()).ok_or_else(|| expected(text, &Skin::ALL.map(Skin::id)))
}

fn section(text: &str) -> Result<Section, String> {
    Section::from_id(&text.trim().to_lowercase()).ok_or_else(|| expected(text, &Section::ALL.map(Section::id)))
}

fn expected(text: &str, names: &[&str]) -> String {
    let near = suggest::nearest(text.trim(), names).map(|near| format!("; {near} is nearest")).unwrap_or_default();
    format!("expected one of {}{near}", names.join(", "))
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day of the calendar is needed, written YYYY-MM-DD as in 2026-11-22".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
