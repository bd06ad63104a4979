//! What stands over a screen: its keys, why a question is asked, leaving, a record that could not be written.

use super::halt::unfit_takes;
use super::sheet::{CHOICE, TEXT, plain, row, strong};
use super::{Scene, list};
use crate::content::keymap::{Action, Binding, Screen};
use crate::tui::view::{Fit, Line, Row, Tone, View};
use engine::protocol::{ItemIx, Kind};
use engine::session::{Session, Step};

/// The footer's key table once more, in full sentences, and what is the same everywhere.
pub(super) fn keys(scene: &Scene) -> View {
    let keys = scene.keymap.screen(scene.below).map(|screen| of_present(scene, screen));
    let keys: Vec<Row> = keys.as_ref().map(key_rows).unwrap_or_default();
    let fixed = |rows: &[(&str, &str)]| -> Vec<Row> {
        rows.iter().map(|(key, help)| row([strong(key), plain(scene.say(help))])).collect()
    };
    let any_key = scene.say("help.any-key");
    let bells = ["help.bell-1", "help.bell-2", "help.bell-3"].map(|word| (scene.say(word), format!("{word}-help")));
    let bells: Vec<(&str, &str)> = bells.iter().map(|(bell, help)| (bell.as_str(), help.as_str())).collect();
    let mut sheet = scene.sheet().gap().heading("help.keys").table(CHOICE, keys);
    let busy = scene.session.is_some_and(|session| session.step().is_some());
    if scene.session.is_some_and(Session::clicker_was_seen) {
        let clicker = scene.keymap.of("clicker").iter();
        let rows = clicker.map(|binding| row([strong(binding.shown()), plain(&binding.help)])).collect();
        sheet = sheet.gap().heading("help.clicker").table(CHOICE, rows).gap();
    }
    if busy {
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

/// `screen` with what its keys do at present, as its foot has it.
fn of_present(scene: &Scene, screen: &Screen) -> Screen {
    let mut rows: Vec<Binding> = screen.rows.to_vec();
    let is_unfit = scene.session.is_some_and(|session| session.unfit().is_some());
    if is_unfit && matches!(scene.session.and_then(Session::step), Some(Step::RollerTouched(_))) {
        rows.retain(|row| unfit_takes(row.action));
        for row in rows.iter_mut().filter(|row| row.action == Action::Retire) {
            row.label = scene.say("touched.unfit-stop");
        }
    }
    Screen { rows, ..screen.clone() }
}

/// The rows of the footer, and those that have a sentence of their own.
pub fn key_rows(screen: &Screen) -> Vec<Row> {
    let rows = screen.rows.iter().filter(|row| row.is_in_footer() || !row.help.is_empty());
    rows.map(|binding| {
        let help = if binding.help.is_empty() { &binding.label } else { &binding.help };
        // What has a sentence of its own has a row of its own.
        let has_none = |action: Action| screen.row(action).is_some_and(|row| row.help.is_empty());
        row([strong(screen.shown_with(binding, has_none)), plain(help)])
    })
    .collect()
}

pub(super) fn why(scene: &Scene, item: ItemIx) -> View {
    let (why, source) = match scene.protocol.checklist.item(item) {
        // The short name of the article in the data means nothing to who reads it here.
        Some(item) if item.source == "article" => (item.why.clone(), scene.say("help.source-article")),
        Some(item) => (item.why.clone(), item.source.clone()),
        None => Default::default(),
    };
    let sheet = scene
        .sheet()
        .gap()
        .heading_text(list::item_title(scene, item).to_uppercase())
        .gap()
        .line(crate::tui::view::On::All, TEXT, plain(why))
        .gap()
        .quiet("help.source", &[("source", &source)]);
    let title = scene.title(scene.say("help.why-title"));
    scene.page(title, scene.soak_status(), sheet, |action| scrolls(scene, action))
}

/// Keys that move do something where there is more than the window shows.
fn scrolls(scene: &Scene, action: Action) -> bool {
    scene.scrolls || !action.only_moves()
}

pub(super) fn leave(scene: &Scene) -> View {
    let rolled = scene.session.is_some_and(Session::anything_rolled);
    let what = match scene.protocol.kind {
        Kind::Rehearsal => "leave.rehearsal",
        Kind::Check => "leave.check",
        Kind::Session if rolled => "leave.rolled",
        Kind::Session => "leave.before",
    };
    let sheet = scene
        .sheet()
        .gap()
        .heading("leave.title")
        .gap()
        .text(what, &[])
        .gap()
        .choices(&[(Action::Leave, scene.say("leave.choice-yes")), (Action::Back, scene.say("leave.choice-no"))])
        .gap()
        .nothing_chosen();
    scene.page(scene.title(scene.say("name")), scene.soak_status(), sheet, |_| true)
}

pub(super) fn not_saved(scene: &Scene, problem: &str) -> View {
    let sheet = scene
        .sheet()
        .gap()
        .line(crate::tui::view::On::All, TEXT, plain(problem))
        .text("not-saved.kept", &[])
        .gap()
        .choices(&[
            (Action::Retry, scene.say("not-saved.choice-retry")),
            (Action::GoOnUnsaved, scene.say("not-saved.choice-unsaved")),
            (Action::Leave, scene.say("not-saved.choice-leave")),
        ]);
    let head = Fit::same(Line::toned(scene.say("not-saved.title"), Tone::Alert));
    // The head says it; the mark beside it would only say it twice.
    View { mark: None, ..scene.page(head, Fit::default(), sheet, |_| true) }
}
