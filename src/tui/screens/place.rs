//! The checklist: where something is.

use super::answer::Asked;
use super::sheet::{LIST, plain, row, strong, tick};
use super::{Action, App, Around, Component, Facts, HeadStage, Now, Output, Pressed, Scene, ScreenName, View, map};
use crate::tui::view::{Fill, MapSize};
use engine::protocol::{Consequence, Section, Sections};
use engine::safety::{Detail, Keep, Place};

#[derive(Debug, Clone)]
pub struct Where {
    pub(super) asked: Asked,
    /// Sections chosen so far.
    pub chosen: Sections,
}

impl Component for Where {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.asked.item.0, must_be_read: true, ..Facts::of(ScreenName::Where) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Where { asked, chosen } = *self;
        let around =
            scene.protocol.checklist.item(asked.item).is_some_and(|item| item.consequence == Consequence::Around);
        let here = scene.say(if around { "where.here" } else { "where.skip" });
        let face = map::face(scene, MapSize::Small, |section| match (chosen.contains(section), around) {
            (true, true) => (here.clone(), Fill::Now),
            (true, false) => (here.clone(), Fill::LeftOut),
            (false, _) => (String::new(), Fill::Waiting),
        });
        let rows = scene
            .protocol
            .order
            .iter()
            .map(|&section| {
                row([
                    tick(chosen.contains(section)),
                    strong(section.number().to_string()),
                    plain(scene.section_name(section)),
                ])
            })
            .collect();
        let all = vec![row([scene.key_of(Action::Everywhere), plain(scene.say("where.everywhere"))])];
        let sheet = scene
            .sheet()
            .wide_gap()
            .when_wide(|sheet| sheet.map(face))
            .heading_text(asked.titled(scene))
            .both("where.ask", &[])
            .gap()
            .table(LIST, rows)
            .gap()
            .table(LIST, all)
            .gap()
            .quiet(if around { "where.around" } else { "where.area" }, &[]);
        scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |action| {
            action != Action::Keep || !chosen.is_empty()
        })
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let Where { asked, chosen } = *self;
        match pressed.action {
            Action::Choose => {
                let number = pressed.number().and_then(|number| u8::try_from(number).ok());
                let followed = app.session().map(|session| session.protocol().order.clone());
                let is_followed = |section: &Section| followed.iter().flatten().any(|known| known == section);
                match number.and_then(Section::from_number).filter(is_followed) {
                    Some(section) => app.show(Where { asked, chosen: chosen.toggled(section) }),
                    None => Vec::new(),
                }
            }
            Action::Everywhere => self.known(app, Place::Everywhere, pressed.now),
            Action::Keep if chosen.is_empty() => app.tell("where.needs-one"),
            Action::Keep => self.known(app, Place::Sections(chosen), pressed.now),
            Action::Back => asked.back(app),
            _ => Vec::new(),
        }
    }
}

impl Where {
    fn known(&self, app: &mut App, place: Place, now: Now) -> Vec<Output> {
        let asked = self.asked;
        let item = app.session().and_then(|session| session.protocol().checklist.item(asked.item));
        let around = item.is_some_and(|item| item.consequence == Consequence::Around);
        match place {
            Place::Sections(_) if around => app.show(Around { asked, place }),
            // Not sure where: there is nothing to go round.
            Place::Everywhere if around => asked.give(app, Detail::Around { place, keep: Keep::Skip }, now),
            Place::Sections(_) | Place::Everywhere => asked.give(app, Detail::Where(place), now),
        }
    }
}
