//! Why a session starts before the interval is over.

use super::welcome::now_status;
use super::{Action, App, Component, Editor, Facts, Output, Pressed, Scene, ScreenName, View, Welcome};
use crate::tui::app::WriteRequest;
use store::startup::DueState;

#[derive(Debug, Clone)]
pub struct EarlyReason(pub(in crate::tui) Editor);

impl Component for EarlyReason {
    fn facts(&self, _: &App) -> Facts {
        Facts { nears_skin: true, ..Facts::of(ScreenName::Text) }
    }

    fn page(&self, scene: &Scene) -> View {
        let in_days = match scene.app.startup.due {
            DueState::NotYet { in_days } | DueState::TooSoon { in_days, .. } => in_days,
            DueState::Due | DueState::NotKnown => 0,
        };
        let sheet = scene.sheet().gap();
        let sheet = match in_days {
            1 => sheet.text("early.ask-one", &[]),
            days => sheet.text("early.ask", &[("days", &days.to_string())]),
        };
        let sheet = sheet.gap().field("early.field", &self.0).gap().quiet("early.kept", &[]);
        scene.page(scene.title(scene.say("early.title")), now_status(scene), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Keep if self.0.text().is_empty() => app.tell("early.needs-reason"),
            Action::Keep => {
                app.early_reason = Some(self.0.text().to_owned());
                app.claim(WriteRequest::BeginEarly, now)
            }
            Action::Back => app.show(Welcome),
            _ => Vec::new(),
        }
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.0)
    }
}
