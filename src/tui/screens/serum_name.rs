//! What the serum is called.

use super::{Action, App, Component, Editor, Facts, Output, Pressed, Scene, ScreenName, View, Welcome};
use crate::tui::view::Fit;

#[derive(Debug, Clone)]
pub struct SerumName(pub(in crate::tui) Editor);

impl Component for SerumName {
    fn facts(&self, _: &App) -> Facts {
        Facts { nears_skin: true, is_beginning: true, ..Facts::of(ScreenName::Text) }
    }

    fn page(&self, scene: &Scene) -> View {
        let sheet = scene
            .sheet()
            .gap()
            .text("serum-name.ask", &[])
            .gap()
            .field("serum-name.field", &self.0)
            .gap()
            .quiet("serum-name.note", &[]);
        scene.page(scene.title(scene.say("serum-name.title")), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Keep if self.0.text().is_empty() => app.tell("serum-name.needs-name"),
            Action::Keep => {
                app.serum = self.0.text().to_owned();
                let mut outputs = vec![Output::AddSerum(app.serum.clone())];
                outputs.extend(app.begin(now));
                outputs
            }
            _ => app.show(Welcome),
        }
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.0)
    }
}
