//! Leave, really?

use super::{Action, App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::Saving;
use engine::protocol::Kind;
use engine::session::{Event, Session};

#[derive(Debug, Clone)]
pub struct ConfirmLeave;

impl Component for ConfirmLeave {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::ConfirmLeave)
    }

    fn page(&self, scene: &Scene) -> View {
        let rolled = scene.session.is_some_and(Session::anything_rolled);
        let what = match scene.protocol.kind {
            Kind::Rehearsal => "leave.rehearsal",
            Kind::Check => "leave.check",
            Kind::Session if scene.app.saving != Saving::Saved => "leave.unsaved",
            Kind::Session if rolled => "leave.rolled",
            Kind::Session => "leave.before",
        };
        let sheet = scene
            .sheet()
            .gap()
            .heading("leave.title")
            .gap()
            .text(what, &[])
            .gap()
            .choices(&[(Action::Leave, scene.say("leave.choice-yes")), (Action::Back, scene.say("leave.choice-no"))])
            .gap()
            .nothing_chosen();
        scene.page(scene.title(scene.say("name")), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Leave => {
                app.overlay = None;
                app.send(Event::Left, now)
            }
            Action::Back => app.uncover(),
            _ => Vec::new(),
        }
    }
}
