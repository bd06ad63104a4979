//! Why a question is asked.

use super::answer::item_title;
use super::help::scrolls;
use super::sheet::{TEXT, plain};
use super::{Action, App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use engine::protocol::ItemIx;

#[derive(Debug, Clone)]
pub struct Why(pub(super) ItemIx);

impl Component for Why {
    fn facts(&self, _: &App) -> Facts {
        Facts { counts_at_once: true, ..Facts::of(ScreenName::Help) }
    }

    fn page(&self, scene: &Scene) -> View {
        let item = self.0;
        let (why, source) = match scene.protocol.checklist.item(item) {
            // The short name of the article in the data means nothing to who reads it here.
            Some(item) if item.source == "article" => (item.why.clone(), scene.say("help.source-article")),
            Some(item) => (item.why.clone(), item.source.clone()),
            None => Default::default(),
        };
        let sheet = scene
            .sheet()
            .gap()
            .heading_text(item_title(scene, item).to_uppercase())
            .gap()
            .line(TEXT, plain(why))
            .gap()
            .quiet("help.source", &[("source", &source)]);
        let title = scene.title(scene.say("help.why-title"));
        scene.page(title, scene.soak_status(), sheet, |action| scrolls(scene, action))
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        match pressed.action {
            Action::Back => app.uncover(),
            _ => Vec::new(),
        }
    }
}
