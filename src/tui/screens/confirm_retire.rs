//! The roller is to be retired: sure? Before the soak its needles are to be rejected.

use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::Fit;
use engine::session::{Event, Session, Stage};

#[derive(Debug, Clone)]
pub struct ConfirmRetire;

/// Nothing is in the liquid yet.
fn is_before_the_soak(session: Option<&Session>) -> bool {
    session.is_some_and(|session| *session.stage() == Stage::Sterilise)
}

impl Component for ConfirmRetire {
    fn facts(&self, app: &App) -> Facts {
        let name =
            if is_before_the_soak(app.session()) { ScreenName::ConfirmNeedles } else { ScreenName::ConfirmRetire };
        Facts { must_be_read: true, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        let name = scene.session.and_then(Session::roller).map(|roller| roller.name.clone()).unwrap_or_default();
        let before = is_before_the_soak(scene.session);
        let (step, lead, yes) = if before {
            (HeadStage::Sterilise, "retire.lead-before", "retire.choice-yes-before")
        } else if scene.session.is_some_and(Session::anything_rolled) {
            (HeadStage::Roll, "retire.lead", "retire.choice-yes")
        } else {
            (HeadStage::Roll, "retire.lead-unrolled", "retire.choice-yes")
        };
        let (lead, yes) = if scene.session.is_some_and(Session::retires_rollers) {
            (lead, yes)
        } else {
            let as_if = if before { "retire.choice-yes-before-rehearsal" } else { "retire.choice-yes-rehearsal" };
            (scene.kept_or("retire.lead-trial", "retire.lead-rehearsal"), as_if)
        };
        let sheet = scene
            .sheet()
            .gap()
            .heading("retire.title")
            .gap()
            .text(lead, &[("name", &name)])
            .gap()
            .choices(&[(Action::Retire, scene.say(yes)), (Action::Back, scene.say("retire.choice-no"))])
            .gap()
            .nothing_chosen();
        scene.page(scene.steps(step), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let before = is_before_the_soak(app.session());
        match action {
            Action::Retire if before => {
                let outputs = app.send(Event::NeedlesRejected, now);
                app.show_stage();
                outputs
            }
            Action::Retire => app.send(Event::RollerRetired, now),
            Action::Back => app.show_stage(),
            _ => Vec::new(),
        }
    }
}
