//! The check-in: how the skin is, days after a session, in as many words as fit. Nothing is written before it is kept.

use super::dates::day_words;
use super::sheet::{LIST, TEXT, plain, quiet, row, strong, tick};
use super::welcome::now_status;
use super::{Action, App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::{FollowUpRequest, WriteRequest};
use store::record::{Skin, follow_up};

#[derive(Debug, Clone, Default)]
pub struct CheckIn {
    /// The words chosen so far, in the order of [`Skin::ALL`].
    chosen: Vec<Skin>,
}

impl Component for CheckIn {
    fn facts(&self, _: &App) -> Facts {
        Facts { must_be_read: true, ..Facts::of(ScreenName::CheckIn) }
    }

    fn page(&self, scene: &Scene) -> View {
        let chosen = &self.chosen;
        let sheet = scene.sheet();
        let sheet = match &scene.app.startup.last {
            Some(last) => {
                let date = day_words(scene.now.wall, -last.days_ago);
                sheet.both("check-in.which", &[("day", &last.days_ago.to_string()), ("date", &date)])
            }
            None => sheet.text("check-in.note-none", &[]),
        };
        let rows = Skin::ALL.into_iter().zip(1..).map(|(skin, number)| {
            let word = scene.say(&format!("check-in.{}", skin.id()));
            let more = if skin == Skin::Calm { scene.say("check-in.calm-alone") } else { String::new() };
            row([tick(chosen.contains(&skin)), strong(number.to_string()), plain(word), quiet(more)])
        });
        let indent = if scene.is_wide() { LIST } else { TEXT };
        let mut sheet = sheet.wide_gap().table(indent, rows.collect());
        if is_more_than_calm(chosen) {
            sheet = sheet.gap().red_flags(true);
        }
        let live = |action| action != Action::Keep || !chosen.is_empty();
        scene.page(scene.title(scene.say("check-in.title")), now_status(scene), sheet, live)
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        match pressed.action {
            Action::Choose => match pressed.place().and_then(|place| Skin::ALL.get(place)) {
                Some(skin) => {
                    let next = self.toggled(*skin);
                    if is_more_than_calm(&next.chosen) && !is_more_than_calm(&self.chosen) {
                        // The page has grown.
                        app.viewport.reset(app.viewport.scroll);
                    }
                    app.show(next)
                }
                None => Vec::new(),
            },
            Action::Keep if self.chosen.is_empty() => app.tell("check-in.needs-one"),
            Action::Keep => {
                let Some(last) = &app.startup.last else { return app.tell("check-in.none-left-now") };
                let words: Vec<String> =
                    self.chosen.iter().map(|skin| app.words.say(&format!("check-in.{}", skin.id()))).collect();
                let words = words.join(&app.words.say("join-phrases"));
                let said = follow_up::NewFollowUp { felt: self.chosen.clone(), ..follow_up::NewFollowUp::default() };
                let request = FollowUpRequest { session: last.id.clone(), said, words };
                app.claim(WriteRequest::FollowUp(request), pressed.now)
            }
            Action::Back => {
                app.ask_about_next();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The first word is chosen by whoever has seen all of them, and kept by whoever has seen when to get help.
    fn answers(&self, action: Action, _: &App) -> bool {
        match action {
            Action::Choose => self.chosen.is_empty(),
            Action::Keep => true,
            _ => false,
        }
    }
}

impl CheckIn {
    /// Calm says that nothing else is there, so it stands alone.
    fn toggled(&self, skin: Skin) -> CheckIn {
        let was_chosen = self.chosen.contains(&skin);
        let stays = |other: &Skin| match (other == &skin, skin == Skin::Calm || *other == Skin::Calm) {
            (true, _) => !was_chosen,
            (false, is_alone) => !is_alone && self.chosen.contains(other),
        };
        CheckIn { chosen: Skin::ALL.into_iter().filter(stays).collect() }
    }
}

/// Whether something was noted that may have to be seen by a doctor.
pub(super) fn is_more_than_calm(felt: &[Skin]) -> bool {
    felt.iter().any(|skin| *skin != Skin::Calm)
}
