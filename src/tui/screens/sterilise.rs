//! Sterilise: the roller goes into the liquid.

use core::time::Duration;

use super::roller::unacknowledged;
use super::sheet::{TEXT, plain, quiet, row, strong};
use super::{
    Action, App, ChooseRoller, Component, ConfirmRetire, Facts, HeadStage, OtherSoak, Output, Pressed, RollerFor,
    RollerStep, Scene, Screen, ScreenName, View,
};
use engine::protocol::Kind;
use engine::protocol::words::clock;
use engine::safety::Unfit;
use engine::session::{Again, Event, Kept, Session};

#[derive(Debug, Clone)]
pub struct Sterilise;

impl Component for Sterilise {
    fn facts(&self, app: &App) -> Facts {
        let name = if app.session().is_some_and(|session| session.roller().is_none()) {
            ScreenName::NoRoller
        } else {
            ScreenName::Sterilise
        };
        Facts { nears_skin: true, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Some(roller) = scene.session.and_then(Session::roller) else { return no_roller(scene) };
        let narrow = scene.narrow();
        let steps = (1..=4).map(|number| {
            row([strong(number.to_string()), plain(scene.say(&format!("sterilise.step-{number}{narrow}")))])
        });
        let contact = clock(scene.protocol.times.contact);
        let length = roller.needle.millimetres();
        let places = [("name", roller.name.as_str()), ("length", &length), ("uses", &scene.uses(roller, false))];
        let about = || {
            let soak = scene.fill("sterilise.soak-text", &[("time", &contact)]);
            vec![
                row([quiet(scene.say("sterilise.roller")), plain(scene.fill("sterilise.roller-text", &places))]),
                row([quiet(scene.say("sterilise.soak")), plain(soak)]),
            ]
        };
        let mut sheet = scene.sheet().wide_gap();
        sheet = lead(scene, sheet);
        sheet = sheet
            .when_wide(|sheet| sheet.heading("sterilise.title").gap())
            .list(steps.collect())
            .gap()
            .digits(contact.clone(), false, Vec::new())
            .gap();
        if scene.protocol.kind != Kind::Rehearsal {
            sheet = sheet.when_wide(|sheet| sheet.table(TEXT, about()));
        }
        let sheet = sheet.wide_gap().both("sterilise.only-time", &[]);
        let status = scene.fit(|| scene.soak_status().longest().clone(), || plain(scene.uses(roller, true)));
        scene.page(scene.steps(HeadStage::Sterilise), status, sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::StartSoak => app.send(Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO }), now),
            Action::OtherSoak => app.show(OtherSoak),
            Action::OtherRoller => app.show(ChooseRoller { step: RollerStep::List, purpose: RollerFor::Session }),
            Action::NeedlesBad => app.show(ConfirmRetire),
            Action::Leave => app.ask_to_leave(),
            _ => Vec::new(),
        }
    }
}

/// The first screen of the soak.
pub(super) fn first(session: &Session) -> Screen {
    match unacknowledged(session) {
        Some(roller) => {
            ChooseRoller { step: RollerStep::Acknowledge(roller, None), purpose: RollerFor::Session }.into()
        }
        None => Sterilise.into(),
    }
}

/// What brought the person here, when it is not the beginning.
fn lead<'a>(scene: &Scene<'a>, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    if scene.protocol.kind == Kind::Rehearsal {
        return sheet.text("rehearsal.lead", &[]).gap();
    }
    let word = match scene.session.and_then(Session::again) {
        Some(Again::Stale) => "sterilise.stale",
        Some(Again::Clocks) => "sterilise.clocks",
        Some(Again::OtherProtocol) => "sterilise.other-protocol",
        Some(Again::OldAnswers) | None => return sheet,
    };
    let Some(session) = scene.session else { return sheet };
    let minutes = scene.protocol.rules.stale_minutes().to_string();
    let sheet = sheet.text(word, &[("minutes", &minutes)]);
    match session.to_roll().iter().find(|section| session.progress()[*section].begun()) {
        Some(section) => {
            let left = clock(super::rolling::section_left(session, section));
            sheet.text("sterilise.stale-place", &[("section", &scene.section_name(section)), ("left", &left)]).gap()
        }
        None => sheet.gap(),
    }
}

fn no_roller(scene: &Scene) -> View {
    let sheet = scene.sheet().gap().heading("roller.none-title").gap();
    let is_barred = |id: &str| scene.session.is_some_and(|session| session.is_barred(id));
    let sheet = match (scene.session.and_then(Session::unfit), scene.app.startup.unread_files(is_barred)) {
        (Some(Unfit::NotKnown), Some(files)) => sheet.text("roller.none-unread", &[("files", &files)]),
        (Some(Unfit::NotKnown), None) => sheet.text("roller.none-not-known", &[]),
        (Some(Unfit::Retired), _) => sheet.text("roller.none-retired", &[]),
        (None, _) if scene.session.is_some_and(|session| session.is_kept() && !session.retires_rollers()) => {
            sheet.text("roller.none-trial", &[])
        }
        (None, _) => sheet.text("roller.none", &[]),
    };
    let sheet = sheet.text("roller.none-next", &[]);
    scene.page(scene.steps(HeadStage::Sterilise), scene.soak_status(), sheet, |_| true)
}
