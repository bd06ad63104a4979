//! The closing questions, and serum after a stop.

use super::sheet::{Sheet, TEXT, plain, quiet, strong};
use super::summary::saved;
use super::wash::rolled_names;
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, Summary, View};
use crate::tui::view::{Fit, Row};
use engine::protocol::words::clock;
use engine::protocol::{SignOutItem, Words};
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
        let retires = session.leaving_retires_roller() && session.retires_rollers();
        let answer = |item: &SignOutItem, said: Option<Said>| match said {
            None => scene.unanswered(),
            Some(Said::Yes) if retires && scene.is_wide() && item.yes_retires_roller() => {
                strong(scene.say("after.yes-retires"))
            }
            Some(Said::Yes) => strong(scene.say("yes")),
            Some(Said::No) => strong(scene.say("no")),
            Some(Said::NotSure) => strong(scene.say("not-sure")),
        };
        let rows = session.closing_questions().enumerate().map(|(place, (_, item, said))| {
            let keys = quiet(scene.say(if item.may_be_unsure { "after.or-unsure" } else { "after.or" }));
            let text = if scene.is_wide() { &item.question } else { &item.short };
            Row {
                cells: vec![strong((place + 1).to_string()), plain(text), keys, answer(item, said)],
                cursor: place == question,
                seen_as: None,
            }
        });
        let over = match (session.is_kept(), session.anything_rolled()) {
            (false, _) => "after.over-rehearsal",
            (true, true) => scene.if_saved("after.over", "after.over-unsaved"),
            (true, false) => scene.if_saved("after.over-nothing", "after.over-nothing-unsaved"),
        };
        let mut sheet = serum(scene, session, scene.sheet().wide_gap()).text(over, &[]);
        if session.left_saline_out() {
            sheet = sheet.text("after.no-saline", &[]);
        }
        sheet = sheet.gap().wide("after.close", &[]).wide_gap().list(rows.collect()).gap();
        let is_in_trouble = session.is_alarming();
        for (line, stands_out) in what_to_do(&scene.app.words, session) {
            sheet = sheet.line(TEXT, if stands_out { strong(line) } else { plain(line) });
        }
        if is_in_trouble {
            sheet = sheet.red_flags(true).gap();
        }
        let offers_serum = session.serum_may_be_wanted() && !scene.app.serum_given;
        if offers_serum {
            let time = clock(scene.protocol.times.serum);
            sheet = sheet.text("after.serum-offer", &[("time", &time)]).gap();
        }
        if session.anything_rolled() {
            sheet = sheet.aftercare(is_in_trouble);
        }
        let mut status = saved(scene);
        if let Stage::After { serum: Some(running) } = session.stage() {
            let left = clock(running.left(scene.now.moment));
            status = Fit::same(strong(scene.fill("after.serum-running", &[("left", &left)])));
        }
        let unsure = session.closing_questions().nth(question).is_some_and(|(_, item, _)| item.may_be_unsure);
        scene.page(scene.steps(HeadStage::After), status, sheet, |action| match action {
            Action::Serum => offers_serum,
            Action::NotSure => unsure,
            _ => true,
        })
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let row = self.0;
        let asked = app.session().into_iter().flat_map(Session::closing_questions).map(|(place, ..)| place);
        let asked: Vec<usize> = asked.collect();
        let last = asked.len().saturating_sub(1);
        let said = match action {
            Action::Yes => Said::Yes,
            Action::No => Said::No,
            Action::NotSure => Said::NotSure,
            Action::Up if app.viewport.scroll > 0 => return app.scroll_by(-1, app.viewport.scroll),
            Action::Down if row == last => return app.scroll_on(),
            Action::Up => return app.show(After(row.saturating_sub(1))),
            Action::Down => return app.show(After(row + 1)),
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
        let Some(question) = asked.get(row).copied() else { return Vec::new() };
        let had_serum = runs_serum(app);
        let outputs = app.send(Event::SignedOut { question, said }, now);
        if !outputs.is_empty() {
            app.screen = After((row + 1).min(last)).into();
        }
        // An answer that ended it may have been a slip.
        app.serum_given &= runs_serum(app) == had_serum;
        if let Some(line) = app.session().and_then(|session| follows(&app.words, session, question)) {
            // In a small window the page may stand where its own line about it is out of sight.
            app.notice = line.into();
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

fn runs_serum(app: &App) -> bool {
    matches!(app.session().map(Session::stage), Some(Stage::After { serum: Some(_) }))
}

fn is_a_risk(said: Option<Said>) -> bool {
    matches!(said, Some(Said::Yes | Said::NotSure))
}

/// What follows from the answer to `question`, if anything does.
fn follows(words: &Words, session: &Session, question: usize) -> Option<String> {
    let (_, item, said) = session.closing_questions().find(|(place, ..)| *place == question)?;
    let bent = item.yes_retires_roller() && said == Some(Said::Yes);
    let about_needles = retiring(words, session).filter(|_| bent);
    about_needles.or_else(|| Some(item.what_to_do.clone()).filter(|line| is_a_risk(said) && !line.is_empty()))
}

/// What follows from the answers, one line for each, and whether it stands out; these come first.
fn what_to_do(words: &Words, session: &Session) -> Vec<(String, bool)> {
    let of_roller = retiring(words, session).filter(|_| session.roller_is_retired());
    let of_answers = session.closing_questions().filter_map(|(place, item, _)| {
        let stands_out = item.no_serum || item.yes_retires_roller();
        Some((follows(words, session, place)?, stands_out))
    });
    let mut lines: Vec<(String, bool)> = of_answers.collect();
    // The answer about the needles may have said it already.
    lines.extend(of_roller.map(|line| (line, true)).filter(|line| !lines.contains(line)));
    lines.sort_by_key(|(_, stands_out)| !stands_out);
    lines
}

/// What becomes of the roller, once it fell, bent or looked bad.
pub(super) fn retiring(words: &Words, session: &Session) -> Option<String> {
    let roller = session.roller()?;
    let word = match (session.roller_is_retired(), session.leaving_retires_roller()) {
        (false, false) => return None,
        _ if !session.is_kept() => "after.retired-rehearsal",
        _ if !session.retires_rollers() => "after.retired-trial",
        (true, _) => "after.retired",
        (false, true) => "after.will-retire",
    };
    Some(words.fill(word, &[("name", &roller.name)]))
}
