//! The history: one session as text.

use std::sync::Arc;

use super::help::scrolls;
use super::history::title;
use super::{Action, App, Component, Facts, History, HistoryField, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::Exit;
use crate::tui::view::{Fit, Line};
use store::record::show::{self, Shape};

#[derive(Debug, Clone)]
pub struct HistoryOne {
    /// Its place in the list.
    place: usize,
    /// Its lines, for large and for small windows.
    wide: Arc<[String]>,
    narrow: Arc<[String]>,
    /// Where the person was in it when something came to stand over it.
    scroll: usize,
}

impl HistoryOne {
    /// Shows the session in that place of the list, or why it cannot be read.
    pub(in crate::tui) fn open(app: &mut App, place: usize) -> Vec<Output> {
        let Some((reading, follow_ups)) = app.read_past(place) else { return Vec::new() };
        let lines = |shape| show::text(&reading, &follow_ups, shape).lines().map(str::to_owned).collect();
        app.show(HistoryOne { place, wide: lines(Shape::Wide), narrow: lines(Shape::Narrow), scroll: 0 })
    }

    /// Its place in the list.
    pub(in crate::tui) fn place(&self) -> usize {
        self.place
    }
}

impl Component for HistoryOne {
    fn facts(&self, _: &App) -> Facts {
        Facts { counts_at_once: true, ..Facts::of(ScreenName::HistoryOne) }
    }

    fn page(&self, scene: &Scene) -> View {
        let lines = if scene.is_wide() { &self.wide } else { &self.narrow };
        let sheet = lines.iter().fold(scene.sheet(), |sheet, line| match line.as_str() {
            "" => sheet.gap(),
            text => sheet.line(0, Line::plain(text)),
        });
        let mut view = scene.page(title(scene), Fit::default(), sheet, |action| scrolls(scene, action));
        let past = scene.app.history.as_ref().and_then(|past| past.past(self.place));
        if past.is_some_and(|past| past.struck.is_some())
            && let Some(hint) = view.foot.hint(Action::Strike)
        {
            hint.label = scene.say("history.take-back");
            hint.short = scene.say("history.take-back-narrow");
        }
        view
    }

    fn on(&self, app: &mut App, Pressed { action, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Note => HistoryField::ask_for_note(app, self.place),
            Action::Strike => HistoryField::ask_to_strike(app, self.place),
            Action::Back => app.show(History(self.place)),
            Action::Leave => vec![Output::Leave(Exit::Done)],
            _ => Vec::new(),
        }
    }

    fn covered(&mut self, scroll: usize) {
        self.scroll = scroll;
    }

    fn first_row(&self) -> usize {
        self.scroll
    }
}
