//! A roller that was just described: whether it may be called so, its id, and that it is entered.

use std::path::Path;

use crate::tui::app::{App, Output};
use engine::safety::Roller;
use store::record::ledger::{may_hold, numbered};
use store::startup::AvailableRoller;

/// Enters a roller that was just described.
pub(super) fn enter(app: &mut App, roller: &Roller, sealed: bool) -> Vec<Output> {
    app.startup.rollers.insert(0, AvailableRoller { roller: roller.clone(), sealed, used_before: !sealed });
    vec![Output::AddRoller { roller: roller.clone(), sealed }]
}

/// Why no new roller may have this name.
pub(super) fn why_not_called(app: &App, name: &str) -> Option<String> {
    // It may be that one, and how often that one was used is not known.
    let may_be = |(_, file): &&(String, String)| may_hold(Path::new(file), name);
    if let Some((_, file)) = app.startup.unread_rollers.iter().find(may_be) {
        return Some(app.words.fill("roller.unread", &[("file", file)]));
    }
    let twin = app.startup.roller_called(name)?;
    Some(app.words.fill("roller.twin", &[("length", &twin.needle.millimetres()), ("name", &twin.name)]))
}

/// A name for records that no other roller has.
pub(super) fn free_id(app: &App, name: &str) -> String {
    let taken = |id: &String| {
        app.startup.rollers.iter().any(|available| available.roller.id == *id)
            || app.startup.retired_rollers.contains(id)
            || app.startup.unread_rollers.iter().any(|(other, _)| other == id)
    };
    let mut ids = (1_u32..).map(|number| numbered(name, "roller", number));
    ids.find(|id| !taken(id)).unwrap_or_default()
}
