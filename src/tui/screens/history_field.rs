//! The history: what is searched for, a note on a past session, or why one is struck out. It stands over the screen that
//! it is asked on.

use super::history::title;
use super::{Action, App, Component, Editor, Facts, History, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::Fit;
use engine::timeline::Now;
use store::calendar::Date;
use store::record::What;
use store::record::follow_up::NewFollowUp;
use store::record::text::{LONGEST_NOTE, LONGEST_REASON};

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 40;

/// What is typed.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Search,
    /// A note on the session in that place of the list.
    Note(usize),
    /// Why the session in that place is struck out, or no longer is.
    Strike(usize, What),
}

#[derive(Debug, Clone)]
pub struct HistoryField {
    asked: Asked,
    field: Editor,
}

impl HistoryField {
    pub(super) fn search(app: &App) -> HistoryField {
        let search = app.history.as_ref().map_or("", |past| past.search());
        HistoryField { asked: Asked::Search, field: Editor::new(search, LONGEST_SEARCH) }
    }

    /// Asks for a note on the session in that place of the list, or says why it cannot be read.
    pub(super) fn ask_for_note(app: &mut App, place: usize) -> Vec<Output> {
        match app.read_past(place) {
            Some(_) => app.cover(HistoryField { asked: Asked::Note(place), field: Editor::new("", LONGEST_NOTE) }),
            None => Vec::new(),
        }
    }

    /// Asks why the session in that place of the list is to be struck out, or no longer. One that is not finished is
    /// gone on with, closed or deleted.
    pub(super) fn ask_to_strike(app: &mut App, place: usize) -> Vec<Output> {
        let Some(past) = app.history.as_ref().and_then(|past| past.past(place)) else { return Vec::new() };
        if past.is_interrupted() && past.damaged_lines.is_empty() {
            return app.tell("history.strike-unfinished");
        }
        let what = if past.struck.is_some() { What::Unstruck } else { What::Struck };
        let asked = Asked::Strike(place, what);
        app.cover(HistoryField { asked, field: Editor::new("", LONGEST_REASON) })
    }

    fn strike(&self, app: &App, place: usize, what: What) -> Vec<Output> {
        let why = self.field.text().to_owned();
        let found = app.history.as_ref().and_then(|past| Some((past.root().to_owned(), past.path(place)?.to_owned())));
        match found.filter(|_| !why.is_empty()) {
            Some((data, session)) => vec![Output::StrikePast { data, session, what, why }],
            None => Vec::new(),
        }
    }

    fn note(&self, app: &App, place: usize, now: Now) -> Vec<Output> {
        let text = self.field.text().to_owned();
        let Some((past, session)) = app.history.as_ref().and_then(|past| Some((past, past.path(place)?))) else {
            return Vec::new();
        };
        if text.is_empty() {
            return Vec::new();
        }
        let days = |began: Date| u32::try_from(Date::of(now.wall).days_since(began)).ok();
        let day = past.past(place).and_then(|past| days(past.day()));
        let said = NewFollowUp { day, text, ..NewFollowUp::default() };
        vec![Output::AddFollowUpToPast { data: past.root().to_owned(), session: session.to_owned(), said }]
    }
}

impl Component for HistoryField {
    fn facts(&self, _: &App) -> Facts {
        Facts { counts_at_once: true, ..Facts::of(ScreenName::Text) }
    }

    fn page(&self, scene: &Scene) -> View {
        let (ask, label) = match self.asked {
            Asked::Search => ("history.search", "history.search-field"),
            Asked::Note(_) => ("history.note-ask", "history.note"),
            Asked::Strike(_, What::Unstruck) => ("history.strike-back", "history.strike-field"),
            Asked::Strike(place, _) => {
                let past = scene.app.history.as_ref().and_then(|past| past.past(place));
                let is_held = past.is_some_and(|past| past.holds_interval() && past.is_timed());
                let ask = if is_held { "history.strike-ask-held" } else { "history.strike-ask" };
                (ask, "history.strike-field")
            }
        };
        let sheet = scene.sheet().gap().text(ask, &[]).gap().field(label, &self.field);
        scene.page(title(scene), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let outputs = match (action, self.asked) {
            (Action::Keep, Asked::Search) => {
                let words = app.words.clone();
                if let Some(past) = &mut app.history {
                    past.find(self.field.text(), &words);
                }
                app.show(History(0))
            }
            (Action::Keep, Asked::Note(place)) => self.note(app, place, now),
            (Action::Keep, Asked::Strike(..)) if self.field.text().is_empty() => {
                return app.tell("history.strike-needs-why");
            }
            (Action::Keep, Asked::Strike(place, what)) => self.strike(app, place, what),
            (Action::Back, _) => Vec::new(),
            _ => return Vec::new(),
        };
        app.uncover();
        outputs
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.field)
    }
}
