//! `dermaroll show`: one session as text or JSON.

use std::io;

use super::find_session::Meant;
use super::strike::read;
use super::{Failure, data_folder, find_session, print, print_to_be_copied, rows, settings, warn_uncounted};
use crate::content::config::Flags;
use store::record::follow_up;
use store::record::show::{self, Shape};

/// `id` is the beginning of an id, a day, or `last`, for which a struck one counts only if `struck`.
pub(super) fn run(flags: &Flags, id: &str, json: bool, struck: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let path = find_session::named(&root, id, if struck { Meant::Any } else { Meant::NotStruck })?;
    let reading = read(&path)?;
    let (follow_ups, uncounted) = follow_up::of_session(&path);
    warn_uncounted(&uncounted);
    if json {
        let text = show::json(&reading, &follow_ups, 0).map_err(anyhow::Error::from)?;
        print_to_be_copied(&format!("{text}\n"))?;
    } else {
        print(&show::text(&reading, &follow_ups, Shape::of_window(rows::window(&io::stdout()))))?;
    }
    Ok(0)
}
