//! The closing questions, and serum after a stop.

use super::sheet::{Sheet, TEXT, plain, quiet, row, strong};
use super::summary::saved;
use super::wash::rolled_names;
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, Summary, View};
use crate::tui::view::{Fit, Row, Tone};
use engine::protocol::words::clock;
use engine::session::{Event, Said, Session, Stage};

/// The closing questions, with the cursor on one.
#[derive(Debug, Clone)]
pub struct After(pub(super) usize);

impl Component for After {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::After)
    }

    fn page(&self, scene: &Scene) -> View {
        let question = self.0;
        let Some(session) = scene.session else { return super::welcome::welcome(scene) };
        let said = |place: usize| match session.signed_out().get(place).copied().flatten() {
            None => scene.unanswered(),
            Some(Said::Yes) => strong(scene.say("yes")),
            Some(Said::No) => strong(scene.say("no")),
            Some(Said::NotSure) => strong(scene.say("not-sure")),
        };
        let items = scene.protocol.sign_out.iter().enumerate();
        let rows = items.map(|(place, item)| {
            let keys = quiet(scene.say(if item.may_be_unsure { "after.or-unsure" } else { "after.or" }));
            let text = if scene.is_wide() { &item.question } else { &item.short };
            Row {
                cells: vec![strong((place + 1).to_string()), plain(text), keys, said(place)],
                cursor: place == question,
                seen_as: None,
            }
        });
        let over = match (session.is_kept(), session.anything_rolled()) {
            (false, _) => "after.over-rehearsal",
            (true, true) => "after.over",
            (true, false) => "after.over-nothing",
        };
        let mut sheet = serum(scene, session, scene.sheet().wide_gap()).text(over, &[]);
        if session.left_saline_out() {
            sheet = sheet.text("after.no-saline", &[]);
        }
        if let Some(roller) = session.roller().filter(|_| session.roller_is_retired() && session.is_kept()) {
            sheet = sheet.text("after.retired", &[("name", &roller.name)]);
        }
        sheet = sheet.gap().wide("after.close", &[]).wide_gap().list(rows.collect()).gap();
        let offers_serum = session.serum_may_be_wanted() && !scene.app.serum_given;
        if offers_serum {
            let time = clock(scene.protocol.times.serum);
            sheet = sheet.text("after.serum-offer", &[("time", &time)]).gap();
        }
        let care = scene.protocol.aftercare.iter();
        let care = care.map(|care| row([quiet(&care.span), plain(&care.text)])).collect();
        if session.anything_rolled() {
            let tone = if is_worried(scene, session) { Tone::Strong } else { Tone::Plain };
            sheet = if scene.is_wide() {
                sheet.table(TEXT, care).gap().red_flags(tone)
            } else {
                // Where not everything fits, they come first.
                sheet.red_flags(tone).gap().table(TEXT, care)
            };
        }
        let mut status = saved(scene);
        if let Stage::After { serum: Some(running) } = session.stage() {
            let left = clock(running.left(scene.now.moment));
            status = Fit::same(strong(scene.fill("after.serum-running", &[("left", &left)])));
        }
        let unsure = scene.protocol.sign_out.get(question).is_some_and(|item| item.may_be_unsure);
        scene.page(scene.steps(HeadStage::After), status, sheet, |action| match action {
            Action::Serum => offers_serum,
            Action::NotSure => unsure,
            _ => true,
        })
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let question = self.0;
        let last = app.session().map_or(0, |session| session.signed_out().len().saturating_sub(1));
        let said = match action {
            Action::Yes => Said::Yes,
            Action::No => Said::No,
            Action::NotSure => Said::NotSure,
            Action::Up if app.viewport.scroll > 0 => return app.scroll_by(-1, app.viewport.scroll),
            Action::Down if question == last => return app.scroll_on(),
            Action::Up => return app.show(After(question.saturating_sub(1))),
            Action::Down => return app.show(After(question + 1)),
            Action::Serum if app.serum_given => return Vec::new(),
            Action::Serum => {
                let outputs = app.send(Event::SerumWanted, now);
                if !outputs.is_empty() {
                    app.serum_given = true;
                    // Its digits stand above the questions.
                    app.screen = After(0).into();
                }
                return outputs;
            }
            Action::Summary => return app.show(Summary),
            _ => return Vec::new(),
        };
        let was_retired = app.session().is_some_and(Session::roller_is_retired);
        let outputs = app.send(Event::SignedOut { question, said }, now);
        if !outputs.is_empty() {
            app.screen = After((question + 1).min(last)).into();
        }
        let is_retired = |session: &&Session| session.roller_is_retired() && session.is_kept() && !was_retired;
        if let Some(roller) = app.session().filter(is_retired).and_then(Session::roller) {
            // In a small window the page may stand where its own line about it is out of sight.
            app.notice = app.words.fill("after.retired", &[("name", &roller.name)]).into();
        }
        outputs
    }

    fn go_to(&mut self, row: usize) {
        self.0 = row;
    }

    fn moves(&self, action: Action) -> bool {
        matches!(action, Action::Up | Action::Down)
    }
}

/// Serum that was asked for after a stop, as large as it is before the record is saved.
fn serum<'a>(scene: &Scene, session: &Session, sheet: Sheet<'a>) -> Sheet<'a> {
    let Stage::After { serum: Some(running) } = session.stage() else { return sheet };
    let digits = clock(running.left(scene.now.moment));
    let what = scene.fill("after.serum-where", &[("sections", &rolled_names(scene, session))]);
    sheet.digits(digits, false, Vec::new()).gap().line(TEXT, strong(what)).gap()
}

/// Whether blood, welts or pain were answered with yes, or with not sure.
fn is_worried(scene: &Scene, session: &Session) -> bool {
    let mut items = scene.protocol.sign_out.iter().zip(session.signed_out());
    items.any(|(item, said)| item.no_serum && matches!(said, Some(Said::Yes | Said::NotSure)))
}
