//! How the skin was since the last session, in words.

use super::dates::day_words;
use super::welcome::{ago, now_status};
use super::{Action, App, Component, Editor, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::{FollowUpRequest, WriteRequest};
use store::record::follow_up;
use store::startup::LastSession;

#[derive(Debug, Clone)]
pub struct LaterNote(pub(in crate::tui) Editor);

impl Component for LaterNote {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::Text)
    }

    fn page(&self, scene: &Scene) -> View {
        let sheet = scene.sheet().gap();
        let sheet = match &scene.app.startup.last {
            Some(LastSession { days_ago, .. }) => {
                let date = day_words(scene.now.wall, -days_ago);
                sheet.text("check-in.note-ask", &[("date", &date), ("ago", &ago(scene, *days_ago))])
            }
            // It was there when the field was opened.
            None => sheet.text("check-in.note-none", &[]),
        };
        let sheet = sheet.gap().field("note.field", &self.0).gap().quiet("check-in.note-kept", &[]);
        scene.page(scene.title(scene.say("check-in.note-title")), now_status(scene), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let text = self.0.text();
        match action {
            Action::Keep if !text.is_empty() => {
                let Some(last) = &app.startup.last else { return app.tell("check-in.none-left") };
                let said = follow_up::NewFollowUp { text: text.to_owned(), ..follow_up::NewFollowUp::default() };
                app.claim(
                    WriteRequest::FollowUp(FollowUpRequest { session: last.id.clone(), said, words: text.to_owned() }),
                    now,
                )
            }
            Action::Keep | Action::Back => {
                app.ask_about_next();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn field(&mut self) -> Option<&mut Editor> {
        Some(&mut self.0)
    }
}
