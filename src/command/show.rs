//! `dermaroll show`: one session as text.

use super::{Failure, UNEXPECTED, WRONG_USE, data_folder, say, settings};
use crate::cli::Global;
use crate::record::{self, history, later, show};

/// Prints the session called `id`, or the last one.
pub(super) fn run(global: &Global, id: &str, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(global)?;
    let root = data_folder(&settings)?;
    let path = if id == "last" { history::files(&root).0.into_iter().next() } else { history::find(&root, id) };
    let Some(path) = path else {
        let message = if id == "last" {
            format!("There is no session in {} yet. Nothing was changed. dermaroll begins one.", root.display())
        } else {
            format!(
                "There is no session {id:?} in {}. Nothing was changed. dermaroll show last shows the last one.",
                root.display()
            )
        };
        return Err(Failure::new(WRONG_USE, message));
    };
    let reading =
        record::read(&path).map_err(|error| Failure::new(UNEXPECTED, format!("{}: {error}", path.display())))?;
    let (remarks, _) = later::remarks(&path);
    if json {
        say(&format!("{}\n", show::json_text(&reading, &remarks)))?;
    } else {
        say(&show::text(&reading, &remarks))?;
    }
    Ok(0)
}
