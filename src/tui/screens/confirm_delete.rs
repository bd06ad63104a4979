//! An unfinished session is to be deleted: sure?

use super::dates::day_and_time;
use super::sheet::{CHOICE, plain, row};
use super::welcome::welcome;
use super::{Action, App, Component, Facts, Output, Pressed, Resume, Scene, ScreenName, View};
use crate::tui::app::WriteRequest;
use crate::tui::view::{Fit, Line, Means, Tone};

#[derive(Debug, Clone)]
pub struct ConfirmDelete;

impl Component for ConfirmDelete {
    fn facts(&self, _: &App) -> Facts {
        Facts { must_be_read: true, ..Facts::of(ScreenName::ConfirmDelete) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Some(candidate) = scene.app.candidates.first() else { return welcome(scene) };
        let started = day_and_time(candidate.started, scene.now.wall);
        // A session in which nothing was rolled is no part session.
        let lead = if candidate.preview.anything_rolled() { "delete.lead" } else { "delete.lead-unrolled" };
        let sheet = scene.sheet().gap().text(lead, &[("started", &started)]).gap();
        let keys = scene.app.keymap.of(scene.app.screen_name()).iter().filter(|key| key.is_in_footer());
        let holds = candidate.preview.anything_rolled() && !candidate.preview.protocol().trial;
        let sheet = if holds { sheet.text("delete.rolled", &[]).gap() } else { sheet };
        let sheet = sheet
            .table(
                CHOICE,
                keys.map(|key| {
                    row([Line::meaning(key.shown(), Tone::Strong, Means::Key(key.action)), plain(&key.label)])
                })
                .collect(),
            )
            .gap()
            .nothing_chosen();
        scene.page(scene.title(scene.say("delete.title")), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Yes if !app.candidates.is_empty() => app.claim(WriteRequest::Delete, now),
            Action::Back => app.show(Resume),
            _ => Vec::new(),
        }
    }
}
