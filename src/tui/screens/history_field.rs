//! The history: what is searched for, or a note on a past session. It stands over the screen that it is asked on.

use super::history::title;
use super::{Action, App, Component, Editor, Facts, History, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::Fit;
use engine::timeline::Now;
use store::calendar::Date;
use store::record::follow_up::NewFollowUp;
use store::record::text::LONGEST_NOTE;

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 40;

#[derive(Debug, Clone)]
pub struct HistoryField {
    /// The place in the list of the session that a note is written on; None: a search.
    on: Option<usize>,
    field: Editor,
}

impl HistoryField {
    pub(super) fn search(app: &App) -> HistoryField {
        let search = app.history.as_ref().map_or("", |past| past.search());
        HistoryField { on: None, field: Editor::new(search, LONGEST_SEARCH) }
    }

    /// Asks for a note on the session in that place of the list, or says why it cannot be read.
    pub(super) fn ask_for_note(app: &mut App, place: usize) -> Vec<Output> {
        match app.read_past(place) {
            Some(_) => app.cover(HistoryField { on: Some(place), field: Editor::new("", LONGEST_NOTE) }),
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
        let day = past.past(place).and_then(|past| days(Date::of(past.started.wall())));
        let said = NewFollowUp { day, text, ..NewFollowUp::default() };
        vec![Output::AddFollowUpToPast { data: past.root().to_owned(), session: session.to_owned(), said }]
    }
}

impl Component for HistoryField {
    fn facts(&self, _: &App) -> Facts {
        Facts { counts_at_once: true, ..Facts::of(ScreenName::Text) }
    }

    fn page(&self, scene: &Scene) -> View {
        let (ask, label) = match self.on {
            None => ("history.search", "history.search-field"),
            Some(_) => ("history.note-ask", "history.note"),
        };
        let sheet = scene.sheet().gap().text(ask, &[]).gap().field(label, &self.field);
        scene.page(title(scene), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let outputs = match (action, self.on) {
            (Action::Keep, None) => {
                let words = app.words.clone();
                if let Some(past) = &mut app.history {
                    past.find(self.field.text(), &words);
                }
                app.show(History(0))
            }
            (Action::Keep, Some(place)) => self.note(app, place, now),
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
