//! The record could not be written.

use super::sheet::{TEXT, plain};
use super::welcome::welcome;
use super::{Action, App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::{Exit, Saving};
use crate::tui::view::{Fit, Line, Tone};

#[derive(Debug, Clone)]
pub struct NotSaved;

impl Component for NotSaved {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::NotSaved)
    }

    fn page(&self, scene: &Scene) -> View {
        let Saving::Failed(problem) = &scene.app.saving else { return welcome(scene) };
        let sheet = scene.sheet().gap().line(TEXT, plain(problem)).text("not-saved.kept", &[]).gap().choices(&[
            (Action::Retry, scene.say("not-saved.choice-retry")),
            (Action::GoOnUnsaved, scene.say("not-saved.choice-unsaved")),
            (Action::Leave, scene.say("not-saved.choice-leave")),
        ]);
        let head = Fit::same(Line::toned(scene.say("not-saved.title"), Tone::Alert));
        // The head says it; the mark beside it would only say it twice.
        View { mark: None, ..scene.page(head, Fit::default(), sheet, |_| true) }
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        match pressed.action {
            Action::Retry => vec![Output::Retry],
            Action::GoOnUnsaved => {
                app.saving = Saving::Unsaved;
                Vec::new()
            }
            Action::Leave => vec![Output::Leave(Exit::NotSaved)],
            _ => Vec::new(),
        }
    }
}
