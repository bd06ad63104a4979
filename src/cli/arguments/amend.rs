//! What strikes an entry out, takes that back, or corrects it.

use clap::Args;

use super::one_of::OneOf;
use super::{examples, section, skin};
use engine::protocol::Section;
use engine::session::closing::FELT;
use store::record::Skin;

/// A session or a later note to be struck out.
#[derive(Debug, Args)]
#[command(help_template = examples::TEMPLATE, before_help = examples::STRIKE)]
pub struct StrikeEntry {
    /// ID of the session, its beginning, the day, or last
    #[arg(value_name = "ID|last")]
    pub id: String,
    /// One of its later notes instead: the first, second, ... as `dermaroll show` lists them
    #[arg(long, value_name = "N")]
    pub later: Option<usize>,
    /// What is done, and why.
    #[command(flatten)]
    pub strike: Strike,
}

/// A roller or serum to be struck out.
#[derive(Debug, Args)]
pub struct StrikeNamed {
    /// What you call it
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// What is done, and why.
    #[command(flatten)]
    pub strike: Strike,
}

/// Why something is struck out, or that this is taken back.
#[derive(Debug, Args)]
pub struct Strike {
    /// Why, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, required_unless_present = "take_back")]
    pub why: Option<String>,
    /// Take back that it was struck out
    #[arg(long)]
    pub take_back: bool,
}

/// A session or a later note to be corrected.
#[derive(Debug, Args)]
#[command(help_template = examples::TEMPLATE, before_help = examples::CORRECT)]
pub struct CorrectEntry {
    /// ID of the session, its beginning, the day, or last
    #[arg(value_name = "ID|last")]
    pub id: String,
    /// Its day; of a session that the program ran only where the day lies ahead
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
    /// How it felt, 0 to 5
    #[arg(long, alias = "felt", value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(i64::from(*FELT.start())..=i64::from(*FELT.end())))]
    pub feel: Option<u8>,
    /// Its note; "" leaves none
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// From paper: which sections, by commas
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', hide_possible_values = true, value_parser = OneOf(section, Section::ALL.map(Section::id)))]
    pub sections: Vec<Section>,
    /// From paper: the roller, as you call it
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub roller: Option<String>,
    /// From paper: the serum that was used afterwards
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub serum: Option<String>,
    /// With --day: although there is a session of that day already
    #[arg(long, requires = "day")]
    pub again: bool,
    /// One of its later notes instead: the first, second, ... as `dermaroll show` lists them
    #[arg(long, value_name = "N", conflicts_with_all = ["day", "feel", "note", "sections", "roller", "serum"])]
    pub later: Option<usize>,
    /// With --later: your own words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, requires = "later")]
    pub text: Option<String>,
    /// With --later: how your skin was, in the words of `dermaroll note`
    #[arg(long, value_name = "HOW", requires = "later", value_delimiter = ',', hide_possible_values = true, value_parser = OneOf(skin, Skin::ALL.map(Skin::id)))]
    pub skin: Vec<Skin>,
    /// Why, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub why: Option<String>,
}

/// A roller to be corrected.
#[derive(Debug, Args)]
pub struct CorrectRoller {
    /// What you call it now
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// What it is to be called
    #[arg(long = "name", value_name = "NAME", allow_hyphen_values = true)]
    pub new_name: Option<String>,
    /// Needle length in millimetres, as long as no session used it
    #[arg(long, value_name = "MM", allow_negative_numbers = true)]
    pub length: Option<String>,
    /// The day on which its pack was opened, such as 2026-11-22
    #[arg(long, value_name = "DATE")]
    pub opened: Option<String>,
    /// Where you bought it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub bought_from: Option<String>,
    /// Why, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub why: Option<String>,
}

/// A serum to be corrected.
#[derive(Debug, Args)]
pub struct CorrectSerum {
    /// What you call it now
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// What it is to be called
    #[arg(long = "name", value_name = "NAME", allow_hyphen_values = true)]
    pub new_name: Option<String>,
    /// Who makes it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub brand: Option<String>,
    /// The day on which it was opened, such as 2026-11-22
    #[arg(long, value_name = "DATE")]
    pub opened: Option<String>,
    /// Why, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub why: Option<String>,
}
