//! Choosing or describing a roller, and naming the serum.

use super::Scene;
use super::sheet::{CHOICE, plain, quiet, row, strong};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::{RollerFor, RollerStep};
use crate::tui::view::{Fit, View};
use engine::safety::{Band, Roller};
use engine::session::Session;

pub(super) fn roller(scene: &Scene, step: &RollerStep, purpose: RollerFor) -> View {
    let rules = &scene.protocol.rules;
    let longest = rules.longest_needle.millimetres();
    let limit = rules.article_needle_limit.millimetres();
    let sheet = scene.sheet().gap();
    let (title, sheet) = match step {
        RollerStep::List => {
            let is_bare = purpose == RollerFor::FirstRun && scene.known.rollers.is_empty();
            (if is_bare { "roller.none-title" } else { title(purpose) }, list(scene, sheet, purpose))
        }
        RollerStep::Name(editor) => (
            title(purpose),
            sheet
                .text("roller.name-ask", &[])
                .gap()
                .field("roller.name-field", editor)
                .gap()
                .quiet("roller.name-note", &[]),
        ),
        RollerStep::Length(name, editor) => (
            title(purpose),
            sheet
                .text("roller.length-ask", &[("name", name)])
                .gap()
                .field("roller.length-field", editor)
                .gap()
                .quiet("roller.length-note", &[("longest", &longest), ("limit", &limit)]),
        ),
        RollerStep::Sealed(name, _) => (
            title(purpose),
            sheet
                .text("roller.sealed-ask", &[("name", name)])
                .gap()
                .choices(&choices(scene, &[(Action::Yes, "roller.sealed-1"), (Action::No, "roller.sealed-2")]))
                .gap()
                .nothing_chosen(),
        ),
        RollerStep::Acknowledge(roller) => {
            let length = roller.needle.millimetres();
            let sheet = sheet
                .text("roller.acknowledge", &[("name", &roller.name), ("length", &length)])
                .text("roller.acknowledge-limit", &[("limit", &limit)])
                .gap()
                .text("roller.acknowledge-note", &[])
                .gap()
                .text("roller.acknowledge-ask", &[])
                .nothing_chosen();
            ("roller.acknowledge-title", sheet)
        }
        RollerStep::TooLong(roller) => {
            let length = roller.needle.millimetres();
            let places = [("name", roller.name.as_str()), ("length", &length), ("longest", &longest)];
            let sheet = sheet
                .text("roller.too-long", &places)
                .text("roller.too-long-why", &[])
                .gap()
                .text("roller.too-long-next", &[]);
            ("roller.too-long-title", sheet)
        }
        RollerStep::Kept(roller) => (
            title(purpose),
            sheet
                .text("roller.kept-ask", &[("name", &roller.name)])
                .gap()
                .choices(&choices(scene, &[(Action::StartSoak, "roller.kept-1"), (Action::Yes, "roller.kept-2")]))
                .gap()
                .nothing_chosen()
                .gap()
                .quiet("other-soak.note", &[]),
        ),
        RollerStep::Minutes(_, editor) => {
            (title(purpose), sheet.text("other-soak.minutes-ask", &[]).gap().field("other-soak.minutes-field", editor))
        }
    };
    // A spare one comes with a soak of its own.
    let has_soak = scene.session.is_some() && purpose != RollerFor::Spare;
    let status = if has_soak { scene.soak_status() } else { Fit::default() };
    let view = scene.page(scene.title(scene.say(title)), status, sheet, |_| true);
    match step {
        RollerStep::List => scene.numbered(view, scene.known.offered(in_use(scene, purpose)).count()),
        _ => view,
    }
}

fn title(purpose: RollerFor) -> &'static str {
    match purpose {
        RollerFor::FirstRun => "roller.title-first",
        RollerFor::Session => "roller.title",
        RollerFor::Spare => "roller.title-spare",
    }
}

fn choices(scene: &Scene, choices: &[(Action, &str)]) -> Vec<(Action, String)> {
    choices.iter().map(|(action, word)| (*action, scene.say(word))).collect()
}

/// The roller that is no spare for itself.
fn in_use<'a>(scene: &Scene<'a>, purpose: RollerFor) -> Option<&'a str> {
    let in_use = scene.session.and_then(Session::roller).map(|roller| roller.id.as_str());
    in_use.filter(|_| purpose == RollerFor::Spare)
}

fn list<'a>(scene: &Scene, sheet: super::Sheet<'a>, purpose: RollerFor) -> super::Sheet<'a> {
    let in_use = in_use(scene, purpose);
    let unread = scene.known.unread_files(|_| true);
    let sheet = match &unread {
        None => sheet,
        // Without another one that is all that there is to say.
        Some(files) if scene.known.rollers.is_empty() => sheet.text("roller.list-unread", &[("files", files)]),
        Some(files) => sheet.wide("roller.list-unread", &[("files", files)]),
    };
    if scene.known.offered(in_use).next().is_none() {
        return sheet.text("roller.list-none", &[]);
    }
    let rows = scene.known.offered(in_use).enumerate().map(|(place, shelf)| {
        let Roller { name, needle, uses, .. } = &shelf.roller;
        let too_long = shelf.roller.band(&scene.protocol.rules) == Band::TooLong;
        let word = if too_long { "roller.list-row-long" } else { "roller.list-row" };
        let about = scene.fill(word, &[("length", &needle.millimetres()), ("used", &uses.to_string())]);
        row([strong((place + 1).to_string()), plain(name), quiet(about)])
    });
    sheet.text("roller.list", &[]).gap().table(CHOICE, rows.collect()).gap().nothing_chosen()
}

pub(super) fn serum_name(scene: &Scene, editor: &Editor) -> View {
    let sheet = scene
        .sheet()
        .gap()
        .text("serum-name.ask", &[])
        .gap()
        .field("serum-name.field", editor)
        .gap()
        .quiet("serum-name.note", &[]);
    scene.page(scene.title(scene.say("serum-name.title")), Fit::default(), sheet, |_| true)
}
