//! An unfinished session is to be closed as it is: sure? A closed record is never gone on with.

use super::dates::day_and_time;
use super::welcome::welcome;
use super::{Action, App, Component, Facts, Output, Pressed, Resume, Scene, ScreenName, View};
use crate::tui::app::WriteRequest;
use crate::tui::view::Fit;

#[derive(Debug, Clone)]
pub struct ConfirmPart;

impl Component for ConfirmPart {
    fn facts(&self, _: &App) -> Facts {
        Facts { must_be_read: true, nears_skin: true, ..Facts::of(ScreenName::ConfirmPart) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Some(candidate) = scene.app.candidates.first() else { return welcome(scene) };
        let started = day_and_time(candidate.started, scene.now.wall);
        let rolled = candidate.preview.anything_rolled();
        let lead = if rolled { "keep-part.lead" } else { "keep-part.lead-unrolled" };
        let sheet = scene.sheet().gap().text(lead, &[("started", &started)]).gap();
        let sheet = if candidate.preview.step().is_some() && rolled {
            sheet.text("keep-part.saline", &[]).gap()
        } else {
            sheet
        };
        let sheet = if candidate.may_be_cut_short { sheet.both("resume.cut-short", &[]).gap() } else { sheet };
        let sheet = sheet
            .choices(&[(Action::Yes, scene.say("keep-part.yes")), (Action::Back, scene.say("keep-part.no"))])
            .gap()
            .nothing_chosen();
        scene.page(scene.title(scene.say("keep-part.title")), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Yes if !app.candidates.is_empty() => app.claim(WriteRequest::KeepPart, now),
            Action::Back => app.show(Resume),
            _ => Vec::new(),
        }
    }
}
