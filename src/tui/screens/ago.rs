//! The checklist: how long ago it was. Of several things each is asked for in turn.

use super::answer::{Asked, kinds_of};
use super::{Action, App, Component, Editor, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View, Which};
use crate::content::keymap::Key;
use crate::cues::text::capitalised;
use engine::safety::{self, Detail};

/// Days in a week and in a month as a person means them. A month is taken short, so that a waiting time never ends
/// early.
const DAYS_IN_WEEK: u32 = 7;
const DAYS_IN_MONTH: u32 = 30;
/// Digits of the number.
const DIGITS: usize = 3;

#[derive(Debug, Clone)]
pub struct Ago {
    asked: Asked,
    which: safety::Which,
    /// What was said of those before this one.
    before: Vec<safety::Ago>,
    field: Editor,
}

impl Ago {
    pub(super) fn new(asked: Asked, which: safety::Which) -> Ago {
        Ago { asked, which, before: Vec::new(), field: Editor::number(DIGITS) }
    }

    /// The things chosen, where each has a day of its own.
    fn several(&self) -> Option<&[usize]> {
        match &self.which {
            safety::Which::These(chosen) if chosen.len() > 1 => Some(chosen),
            safety::Which::These(_) | safety::Which::NotSure => None,
        }
    }

    fn said(&self, app: &mut App, ago: safety::Ago, pressed: Pressed) -> Vec<Output> {
        let Some(chosen) = self.several() else {
            return self.asked.give(app, Detail::Waited { which: self.which.clone(), ago }, pressed.now);
        };
        let mut said = self.before.clone();
        said.push(ago);
        if said.len() < chosen.len() {
            return app.show(Ago { before: said, ..Ago::new(self.asked, self.which.clone()) });
        }
        let each = chosen.iter().copied().zip(said).collect();
        self.asked.give(app, Detail::WaitedEach(each), pressed.now)
    }

    fn back(&self, app: &mut App) -> Vec<Output> {
        let Some(chosen) = self.several() else { return self.asked.back(app) };
        match self.before.split_last() {
            Some((_, before)) => app.show(Ago { before: before.into(), ..Ago::new(self.asked, self.which.clone()) }),
            None => app.show(Which { asked: self.asked, chosen: chosen.into() }),
        }
    }

    /// "Filler (2 of 3): how long ago?", where there are several.
    fn question(&self, scene: &Scene) -> Option<String> {
        let chosen = self.several()?;
        let kind = kinds_of(scene.protocol, self.asked.item).get(*chosen.get(self.before.len())?)?;
        let (n, all) = ((self.before.len() + 1).to_string(), chosen.len().to_string());
        Some(scene.fill("ago.which", &[("name", &capitalised(&kind.name)), ("n", &n), ("all", &all)]))
    }
}

impl Component for Ago {
    fn facts(&self, _: &App) -> Facts {
        // The next of several is another screen.
        let about = self.asked.item.0 + self.before.len() * engine::protocol::MAX_ITEMS;
        Facts { about, ..Facts::of(ScreenName::Ago) }
    }

    fn page(&self, scene: &Scene) -> View {
        let sheet = scene.sheet().gap().heading_text(self.asked.titled(scene));
        let sheet = match self.question(scene) {
            Some(question) => sheet.line(super::sheet::TEXT, super::sheet::strong(question)).text("ago.number", &[]),
            None if self.which == safety::Which::NotSure => sheet.text("ago.ask-several", &[]),
            None => sheet.text("ago.ask", &[]),
        };
        let sheet = sheet.gap().field("ago.field", &self.field).gap().quiet("ago.note", &[]);
        scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let unit = match pressed.action {
            Action::Days => 1,
            Action::Weeks => DAYS_IN_WEEK,
            Action::Months => DAYS_IN_MONTH,
            Action::NotSure => return self.said(app, safety::Ago::NotSure, pressed),
            Action::Back => return self.back(app),
            _ => return Vec::new(),
        };
        match self.field.text().parse::<u32>() {
            Ok(count) => self.said(app, safety::Ago::Days(count.saturating_mul(unit)), pressed),
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
