//! The checklist: what a doctor said.

use super::answer::Asked;
use super::sheet::{CHOICE, plain, row, strong};
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, Screen, ScreenName, View, Why};
use engine::safety::{self, Detail};

#[derive(Debug, Clone)]
pub struct Doctor(pub(super) Asked);

impl Component for Doctor {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.0.item.0, must_be_read: true, ..Facts::of(ScreenName::Doctor) }
    }

    fn page(&self, scene: &Scene) -> View {
        let choices = safety::Doctor::ALL.into_iter().zip(1..).map(|(said, key)| {
            let word = match said {
                safety::Doctor::NotAsked => "doctor.not-asked",
                safety::Doctor::SaidNo => "doctor.said-no",
                safety::Doctor::AllRight => "doctor.all-right",
            };
            row([strong(key.to_string()), plain(scene.say(word))])
        });
        let sheet = scene
            .sheet()
            .gap()
            .heading_text(self.0.titled(scene))
            .text("doctor.ask", &[])
            .gap()
            .table(CHOICE, choices.collect())
            .gap()
            .nothing_chosen()
            .gap()
            .quiet(scene.kept_or("doctor.note", "doctor.note-unkept"), &[]);
        scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let said = pressed.place().and_then(|place| safety::Doctor::ALL.get(place));
        match (pressed.action, said) {
            (Action::Back, _) => self.0.back(app),
            (Action::Choose, Some(said)) => self.0.give(app, Detail::Doctor(*said), pressed.now),
            _ => Vec::new(),
        }
    }

    fn help(&self) -> Screen {
        Why(self.0.item).into()
    }
}
