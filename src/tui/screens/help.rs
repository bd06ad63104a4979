//! The keys of a screen in whole sentences, and what is the same everywhere.

use super::halt::unfit_takes;
use super::history::title;
use super::sheet::{CHOICE, TEXT, plain, row, strong};
use super::{App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::content::keymap::{Action, Binding, ScreenKeys};
use crate::tui::view::{Fit, Row};
use engine::session::{Session, Step};

#[derive(Debug, Clone)]
pub struct Help;

impl Component for Help {
    fn facts(&self, _: &App) -> Facts {
        Facts { counts_at_once: true, ..Facts::of(ScreenName::Help) }
    }

    fn page(&self, scene: &Scene) -> View {
        let keys = scene
            .app
            .keymap
            .screen(scene.app.screen.component().facts(scene.app).name)
            .map(|screen| of_present(scene, screen));
        let keys: Vec<Row> = keys.as_ref().map(key_rows).unwrap_or_default();
        if scene.app.history.is_some() {
            let sheet = scene.sheet().gap().table(TEXT, keys);
            return scene.page(title(scene), Fit::default(), sheet, |action| scrolls(scene, action));
        }
        let fixed = |rows: &[(&str, &str)]| -> Vec<Row> {
            rows.iter().map(|(key, help)| row([strong(key), plain(scene.say(help))])).collect()
        };
        let any_key = scene.say("help.any-key");
        let bells = ["help.bell-1", "help.bell-2", "help.bell-3"].map(|word| (scene.say(word), format!("{word}-help")));
        let bells: Vec<(&str, &str)> = bells.iter().map(|(bell, help)| (bell.as_str(), help.as_str())).collect();
        let mut sheet = scene.sheet().gap().heading("help.keys").table(CHOICE, keys);
        let busy = scene.session.is_some_and(|session| session.step().is_some());
        if scene.session.is_some_and(Session::clicker_was_seen) {
            let clicker = scene.app.keymap.of(ScreenName::Clicker).iter();
            let rows = clicker.map(|binding| row([strong(binding.shown()), plain(&binding.help)])).collect();
            sheet = sheet.gap().heading("help.clicker").table(CHOICE, rows).gap();
        }
        if busy {
            sheet = sheet.gap().text("help.once", &[]).text("help.hands", &[]);
            sheet = sheet.gap().heading("help.busy").table(CHOICE, fixed(&[(&any_key, "help.any-key-help")]));
        }
        let sheet = sheet
            .gap()
            .heading("help.everywhere")
            .table(CHOICE, fixed(&[("Ctrl-C", "help.ctrl-c"), ("Ctrl-L", "help.ctrl-l")]))
            .gap()
            .heading("help.cues")
            .table(CHOICE, fixed(&bells))
            .gap()
            .text("help.mirror", &[])
            .text("help.marks", &[]);
        let status = if busy { scene.status(scene.say("help.stopped")) } else { Fit::default() };
        scene.page(scene.title(scene.say("help.title")), status, sheet, |action| scrolls(scene, action))
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        match pressed.action {
            Action::Back => app.uncover(),
            _ => Vec::new(),
        }
    }
}

/// `screen` with what its keys do at present, as its foot has it.
fn of_present(scene: &Scene, screen: &ScreenKeys) -> ScreenKeys {
    let mut rows: Vec<Binding> = screen.rows.to_vec();
    let is_unfit = scene.session.is_some_and(|session| session.unfit().is_some());
    if is_unfit && matches!(scene.session.and_then(Session::step), Some(Step::RollerTouched(_))) {
        rows.retain(|row| unfit_takes(row.action));
        for row in rows.iter_mut().filter(|row| row.action == Action::Retire) {
            row.label = scene.say("touched.unfit-stop");
        }
    }
    ScreenKeys { rows, ..screen.clone() }
}

/// The rows of the footer, and those that have a sentence of their own.
fn key_rows(screen: &ScreenKeys) -> Vec<Row> {
    let rows = screen.rows.iter().filter(|row| row.is_in_footer() || !row.help.is_empty());
    rows.map(|binding| {
        let help = if binding.help.is_empty() { &binding.label } else { &binding.help };
        // What has a sentence of its own has a row of its own.
        let has_none = |action: Action| screen.row(action).is_some_and(|row| row.help.is_empty());
        row([strong(screen.shown_with(binding, has_none)), plain(help)])
    })
    .collect()
}

/// Keys that move do something where there is more than the window shows.
pub(super) fn scrolls(scene: &Scene, action: Action) -> bool {
    scene.app.viewport.max_scroll > 0 || !action.only_moves()
}
