//! The history: a line for each session, of which no more are read than are looked at.

use super::sheet::{Sheet, TEXT, plain, quiet};
use super::{
    Action, App, Component, Facts, HistoryField, HistoryOne, Output, Pressed, Scene, ScreenName, View, spark, welcome,
};
use crate::tui::app::Exit;
use crate::tui::history::{Cells, PastSessions, cells};
use crate::tui::view::{Fit, Line, Row, Tone};
use engine::protocol::words::borrowed;
use store::calendar::Date;
use store::record::show;

/// How many rows of the list are made: more than fit on most screens, so that no session is read in vain.
const AROUND: usize = 40;
/// How many of them stand above the cursor.
const ABOVE: usize = 12;
/// How many sessions are compared with each other.
const COMPARED: usize = 9;

/// The list, with the cursor on one of its rows.
#[derive(Debug, Clone)]
pub struct History(pub(in crate::tui) usize);

impl Component for History {
    fn facts(&self, app: &App) -> Facts {
        let is_empty = app.history.as_ref().is_some_and(PastSessions::is_empty);
        let name = if is_empty { ScreenName::HistoryEmpty } else { ScreenName::History };
        Facts { counts_at_once: true, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        match &scene.app.history {
            None => welcome::welcome(scene),
            Some(past) if past.is_empty() => empty(scene),
            Some(past) => list(scene, past, self.0),
        }
    }

    fn on(&self, app: &mut App, Pressed { action, .. }: Pressed) -> Vec<Output> {
        let cursor = self.0;
        let (words, page) = (app.words.clone(), app.viewport.page);
        let Some(past) = &mut app.history else { return Vec::new() };
        let last = past.len().saturating_sub(1);
        let row = match action {
            Action::Up => cursor.saturating_sub(1),
            Action::Down => cursor + 1,
            Action::PageUp => cursor.saturating_sub(page),
            Action::PageDown => cursor + page,
            Action::Newest => 0,
            Action::Oldest => last,
            Action::Open => return HistoryOne::open(app, cursor),
            Action::Find => return app.cover(HistoryField::search(app)),
            Action::Note => return HistoryField::ask_for_note(app, cursor),
            Action::Back if !past.search().is_empty() => {
                past.find("", &words);
                0
            }
            Action::Back => return app.leave_history(),
            Action::Leave if past.is_empty() => return app.leave_history(),
            Action::Leave => return vec![Output::Leave(Exit::Done)],
            _ => return Vec::new(),
        };
        app.show(History(row.min(last)))
    }

    fn moves(&self, action: Action) -> bool {
        action.only_moves()
    }
}

/// Of every screen of the history.
pub(super) fn title(scene: &Scene) -> Fit {
    scene.title(match scene.app.startup.profile.as_str() {
        "" => scene.say("history.title"),
        profile => scene.fill("history.title-of", &[("profile", profile)]),
    })
}

fn empty(scene: &Scene) -> View {
    let sheet = scene.sheet().gap().heading("history.empty").text("history.empty-next", &[]);
    let sheet = sheet.gap().text("history.empty-paper", &[]);
    scene.page(title(scene), scene.status(scene.say("history.nothing")), sheet, |_| true)
}

fn list(scene: &Scene, past: &PastSessions, cursor: usize) -> View {
    let from = cursor.saturating_sub(ABOVE);
    let rows = (from..past.len().min(from + AROUND)).map(|place| Row {
        cells: match past.past(place) {
            Some(it) => columns(&cells(it, past.before(place), &scene.app.words), scene.is_wide()),
            None => vec![Line::toned(unreadable(scene, past, place), Tone::Alert)],
        },
        cursor: place == cursor,
        seen_as: None,
    });
    let mut sheet = scene.sheet().wide_gap().table(TEXT, core::iter::once(heads(scene)).chain(rows).collect());
    if !past.lists_any() {
        sheet = sheet.gap().text("history.not-found", &[]);
    }
    let sheet = about(scene, past, cursor, sheet.gap()).when_wide(|sheet| compared(scene, past, sheet));
    let count = past.len().to_string();
    let status = if past.search().is_empty() {
        let since = past.oldest().map(Date::words_with_year).unwrap_or_default();
        scene.fill("history.count", &[("count", &count), ("since", &since)])
    } else {
        scene.fill("history.found", &[("count", &count), ("search", past.search())])
    };
    scene.page(title(scene), scene.status(status), sheet, |action| match action {
        Action::Open | Action::Note => past.lists_any(),
        action => past.lists_any() || !action.only_moves(),
    })
}

fn unreadable(scene: &Scene, past: &PastSessions, place: usize) -> String {
    let name = past.path(place).and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy();
    scene.fill("history.unreadable", &[("file", &name)])
}

fn heads(scene: &Scene) -> Row {
    let head = |word: &str| quiet(scene.say(word));
    let mut cells = ["date", "ended", "sections", "feel", "gap", "roller", "skipped"]
        .map(|column| head(&format!("history.head-{column}")))
        .to_vec();
    if !scene.is_wide() {
        cells.truncate(5);
    }
    Row { cells, cursor: false, seen_as: None }
}

fn columns(cells: &Cells, is_wide: bool) -> Vec<Line> {
    let tone = if cells.is_stop { Tone::Alert } else { Tone::Plain };
    let result = Line::toned(&cells.result, tone);
    if !is_wide {
        return vec![plain(&cells.date), result, plain(&cells.sections), plain(&cells.felt), plain(&cells.gap)];
    }
    vec![
        plain(&cells.date),
        result,
        plain(&cells.sections),
        plain(&cells.felt),
        plain(&cells.gap),
        plain(&cells.roller),
        plain(&cells.skipped),
    ]
}

/// What else there is to say about the one with the cursor.
fn about<'a>(scene: &Scene, past: &PastSessions, cursor: usize, mut sheet: Sheet<'a>) -> Sheet<'a> {
    let Some(it) = past.past(cursor) else { return sheet };
    let labelled = |word: &str, what: &str| quiet(scene.say(word)).and("  ", Tone::Plain).and(what, Tone::Plain);
    if let Some(note) = &it.note {
        sheet = sheet.line(TEXT, labelled("history.note", note));
    }
    for follow_up in past.follow_ups(cursor).iter().filter(|follow_up| follow_up.struck.is_none()) {
        let written = || Date::of(follow_up.written.wall()).days_since(it.day());
        let days = follow_up.day.map_or_else(written, i64::from).to_string();
        let places = [("day", days), ("text", show::said(past.record_words(), follow_up))];
        sheet = sheet.line(TEXT, labelled("history.later", &scene.fill("history.day", &borrowed(&places))));
    }
    sheet
}

/// Days between sessions and how they felt, one below the other, oldest first: for looking rather than reading.
fn compared<'a>(scene: &Scene, past: &PastSessions, sheet: Sheet<'a>) -> Sheet<'a> {
    let sessions: Vec<_> = past.counted(COMPARED).into_iter().rev().map(|past| (past.day(), past.felt)).collect();
    match spark::rows(scene, &sessions) {
        rows if rows.is_empty() => sheet,
        rows => sheet.gap().table(TEXT, rows),
    }
}
