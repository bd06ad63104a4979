//! `dermaroll show`: one session as text.

use super::{Failure, UNEXPECTED, chosen, data_folder, say, settings, tell_odd};
use crate::cli::arguments::Global;
use store::record::show::{self, Shape};
use store::record::{self, later};

/// Prints the session called `id`, or the last one.
pub(super) fn run(global: &Global, id: &str, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(global)?;
    let root = data_folder(&settings)?;
    let path = if id == "last" { chosen::last(&root)? } else { chosen::by_id(&root, id)? };
    let reading =
        record::read(&path).map_err(|error| Failure::new(UNEXPECTED, format!("{}: {error}.", path.display())))?;
    let (remarks, odd) = later::remarks(&path);
    tell_odd(&odd);
    if json {
        say(&format!("{}\n", show::json_text(&reading, &remarks)))?;
    } else {
        say(&show::text(&reading, &remarks, Shape::Wide))?;
    }
    Ok(0)
}
