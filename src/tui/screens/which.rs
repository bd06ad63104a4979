//! The checklist: which of several it was.

use super::answer::{Asked, kinds_of};
use super::sheet::{LIST, plain, quiet, row, strong, tick};
use super::{Action, Ago, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::Row;
use engine::safety;

#[derive(Debug, Clone)]
pub struct Which {
    pub(super) asked: Asked,
    /// Those chosen so far, by their places in the question, in order.
    pub(super) chosen: Vec<usize>,
}

impl Component for Which {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.asked.item.0, must_be_read: true, ..Facts::of(ScreenName::Which) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Which { asked, chosen } = self;
        let kinds = kinds_of(scene.protocol, asked.item);
        let rows = kinds.iter().enumerate().map(|(place, kind)| {
            let cells = [tick(chosen.contains(&place)), strong((place + 1).to_string()), plain(&kind.name)];
            if scene.is_wide() {
                let days = scene.fill("which.days", &[("days", &kind.days.to_string())]);
                Row { cells: cells.into_iter().chain([quiet(days)]).collect(), ..row([]) }
            } else {
                row(cells)
            }
        });
        let sheet = scene
            .sheet()
            .wide_gap()
            .heading_text(asked.titled(scene))
            .text("which.ask", &[])
            .gap()
            .table(LIST, rows.collect())
            .gap()
            .table(LIST, vec![row([scene.key_of(Action::NotSure), plain(scene.both("which.unsure", &[]))])]);
        let live = |action| action != Action::Keep || !chosen.is_empty();
        scene.numbered(scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, live), kinds.len())
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let Which { asked, chosen } = self;
        match pressed.action {
            Action::Choose => {
                let count = app.session().map_or(0, |session| kinds_of(session.protocol(), asked.item).len());
                match pressed.place().filter(|place| *place < count) {
                    Some(place) => app.show(self.toggled(place)),
                    None => Vec::new(),
                }
            }
            Action::NotSure => app.show(Ago::new(*asked, safety::Which::NotSure)),
            Action::Keep if chosen.is_empty() => app.tell("which.needs-one"),
            Action::Keep => app.show(Ago::new(*asked, safety::Which::These(chosen.clone()))),
            Action::Back => asked.back(app),
            _ => Vec::new(),
        }
    }
}

impl Which {
    fn toggled(&self, place: usize) -> Which {
        let mut chosen = self.chosen.clone();
        match chosen.iter().position(|other| *other == place) {
            Some(there) => drop(chosen.remove(there)),
            None => chosen.push(place),
        }
        chosen.sort_unstable();
        Which { asked: self.asked, chosen }
    }
}
