//! A note on the session is written.

use super::summary::saved;
use super::{Action, App, Component, Editor, Facts, HeadStage, Output, Pressed, Scene, ScreenName, Summary, View};
use engine::session::{Event, Session, Stage};
use store::record::text::LONGEST_NOTE;

#[derive(Debug, Clone)]
pub struct Note(pub(in crate::tui) Editor);

impl Note {
    fn noted(&self) -> Event {
        Event::Noted { text: self.0.text().to_owned() }
    }

    /// The note that the session of `app` has.
    pub(super) fn of(app: &App) -> Note {
        Note(Editor::new(app.session().map_or("", Session::note), LONGEST_NOTE))
    }
}

impl Component for Note {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::Text)
    }

    fn page(&self, scene: &Scene) -> View {
        let sheet = scene
            .sheet()
            .gap()
            .heading("note.title")
            .text(scene.kept_or("note.ask", "note.ask-rehearsal"), &[])
            .gap()
            .field("note.field", &self.0);
        let is_stopped = matches!(scene.session.map(Session::stage), Some(Stage::Verdict(_)));
        let step = if is_stopped { HeadStage::Check } else { HeadStage::After };
        scene.page(scene.steps(step), saved(scene), sheet, |_| true)
    }

    /// Enter keeps what was typed; Esc leaves the former note as it was.
    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let outputs = match action {
            Action::Keep => app.send(self.noted(), now),
            Action::Back => Vec::new(),
            _ => return Vec::new(),
        };
        match app.session().map(Session::stage) {
            Some(Stage::After { .. }) => app.show(Summary),
            _ => app.show_stage(),
        };
        outputs
    }

    fn kept_at_the_end(&self) -> Option<Event> {
        Some(self.noted())
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.0)
    }
}
