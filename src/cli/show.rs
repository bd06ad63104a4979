//! `dermaroll show`: one session as text or JSON.

use super::{Failure, UNEXPECTED, data_folder, find_session, print, settings, warn_uncounted};
use crate::content::config::Flags;
use store::record::show::{self, Shape};
use store::record::{self, follow_up};

/// `id` is the beginning of an id, a day, or `last`.
pub(super) fn run(flags: &Flags, id: &str, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let path = if id == "last" { find_session::last(&root)? } else { find_session::by_id(&root, id)? };
    let reading =
        record::read(&path).map_err(|error| Failure::new(UNEXPECTED, format!("{}: {error}.", path.display())))?;
    let (follow_ups, uncounted) = follow_up::of_session(&path);
    warn_uncounted(&uncounted);
    if json {
        let text = show::json(&reading, &follow_ups, 0).map_err(anyhow::Error::from)?;
        print(&format!("{text}\n"))?;
    } else {
        print(&show::text(&reading, &follow_ups, Shape::Wide))?;
    }
    Ok(0)
}
