//! The checklist: how long ago it was.

use super::answer::Asked;
use super::{Action, App, Component, Editor, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View};
use crate::content::keymap::Key;
use engine::safety::{self, Detail, Which};

/// Days in a week and in a month as a person means them. A month is taken short, so that a waiting time never ends
/// early.
const DAYS_IN_WEEK: u32 = 7;
const DAYS_IN_MONTH: u32 = 30;
/// Digits of the number.
const DIGITS: usize = 3;

#[derive(Debug, Clone)]
pub struct Ago {
    asked: Asked,
    which: Which,
    field: Editor,
}

impl Ago {
    pub(super) fn new(asked: Asked, which: Which) -> Ago {
        Ago { asked, which, field: Editor::number(DIGITS) }
    }
}

impl Component for Ago {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.asked.item.0, ..Facts::of(ScreenName::Ago) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Ago { asked, which, field } = self;
        let several = matches!(which, Which::NotSure) || matches!(which, Which::These(chosen) if chosen.len() > 1);
        let sheet = scene
            .sheet()
            .gap()
            .heading_text(asked.titled(scene))
            .text(if several { "ago.ask-several" } else { "ago.ask" }, &[])
            .gap()
            .field("ago.field", field)
            .gap()
            .quiet("ago.note", &[]);
        scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let waited = |ago| Detail::Waited { which: self.which.clone(), ago };
        let unit = match action {
            Action::Days => 1,
            Action::Weeks => DAYS_IN_WEEK,
            Action::Months => DAYS_IN_MONTH,
            Action::NotSure => return self.asked.give(app, waited(safety::Ago::NotSure), now),
            Action::Back => return self.asked.back(app),
            _ => return Vec::new(),
        };
        match self.field.text().parse::<u32>() {
            Ok(count) => self.asked.give(app, waited(safety::Ago::Days(count.saturating_mul(unit))), now),
            Err(_) => app.tell("ago.needs-number"),
        }
    }

    fn word_about(&self, key: Key) -> Option<&'static str> {
        (key == Key::Enter).then_some("ago.needs-unit")
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.field)
    }
}
