//! For how many minutes the roller has been in the liquid.

use core::time::Duration;

use super::{Action, App, Component, Editor, Facts, HeadStage, OtherSoak, Output, Pressed, Scene, ScreenName, View};
use engine::session::{Event, Kept};

/// Digits of the minutes.
const DIGITS: usize = 3;

#[derive(Debug, Clone)]
pub struct SoakMinutes(Editor);

impl SoakMinutes {
    pub(super) fn new() -> SoakMinutes {
        SoakMinutes(field())
    }
}

impl Component for SoakMinutes {
    fn facts(&self, _: &App) -> Facts {
        Facts { nears_skin: true, ..Facts::of(ScreenName::Text) }
    }

    fn page(&self, scene: &Scene) -> View {
        let sheet = scene
            .sheet()
            .gap()
            .text("other-soak.minutes-ask", &[])
            .gap()
            .field("other-soak.minutes-field", &self.0)
            .gap()
            .quiet(scene.kept_or("other-soak.note", "other-soak.note-unkept"), &[]);
        scene.page(scene.steps(HeadStage::Sterilise), scene.soak_status(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Keep => match minutes(&self.0) {
                Some(already) => app.send(Event::SoakStarted(Kept::InLiquid { already }), now),
                None => app.tell("other-soak.needs-minutes"),
            },
            Action::Back => app.show(OtherSoak),
            _ => Vec::new(),
        }
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.0)
    }
}

/// A field for whole minutes.
pub(super) fn field() -> Editor {
    Editor::number(DIGITS)
}

/// The whole minutes that were typed into it.
pub(super) fn minutes(field: &Editor) -> Option<Duration> {
    field.text().parse::<u32>().ok().map(|minutes| Duration::from_secs(u64::from(minutes) * 60))
}
