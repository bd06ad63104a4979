//! The checklist: skip the section, or go round the spot.

use super::answer::Asked;
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View, Where};
use crate::cues::text::capitalised;
use engine::safety::{Detail, Keep, Place};

#[derive(Debug, Clone)]
pub struct Around {
    pub(super) asked: Asked,
    pub(super) place: Place,
}

impl Component for Around {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.asked.item.0, must_be_read: true, ..Facts::of(ScreenName::Around) }
    }

    fn page(&self, scene: &Scene) -> View {
        let choices =
            [(Action::Skip, scene.say("around.choice-skip")), (Action::GoRound, scene.say("around.choice-round"))];
        let names = scene.joined(self.place.sections().iter().map(|section| scene.section_name(section)));
        let sheet = scene
            .sheet()
            .gap()
            .heading_text(self.asked.titled(scene))
            .text("around.ask", &[("where", &capitalised(&names))])
            .gap()
            .choices(&choices)
            .gap()
            .nothing_chosen()
            .gap()
            .quiet("around.note", &[]);
        scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let Around { asked, place } = *self;
        match action {
            Action::Skip => asked.give(app, Detail::Around { place, keep: Keep::Skip }, now),
            Action::GoRound => asked.give(app, Detail::Around { place, keep: Keep::GoRound }, now),
            Action::Back => app.show(Where { asked, chosen: place.sections() }),
            _ => Vec::new(),
        }
    }
}
