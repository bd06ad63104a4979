//! While hands are busy no key is needed; during a halt the person chooses: going on, enough, one more, a roller that
//! touched something, stopping.

use super::{
    Action, App, ChooseRoller, Component, ConfirmRetire, Facts, Output, Pressed, Scene, ScreenName, StopReason, View,
    halt, rolling, stop_advice,
};
use engine::session::{Due, Event, Session, Step};

#[derive(Debug, Clone)]
pub struct HandsFree;

impl Component for HandsFree {
    fn facts(&self, app: &App) -> Facts {
        let name = match app.session().and_then(Session::step) {
            Some(Step::Paused(pause)) if matches!(pause.held.due, Due::Saline | Due::Serum) => ScreenName::PauseAfter,
            Some(Step::Paused(_)) => ScreenName::Pause,
            Some(Step::RollerTouched(_)) => ScreenName::RollerTouched,
            Some(Step::SoakingAgain(_)) => ScreenName::SoakingAgain,
            Some(Step::Advice) => ScreenName::StopAdvice,
            Some(Step::Running { .. }) | None => ScreenName::HandsFree,
        };
        // A key while hands are busy pauses, whatever the ledger says.
        let must_be_read = name == ScreenName::StopAdvice;
        Facts { nears_skin: !app.hands_are_busy(), must_be_read, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        match scene.session.and_then(Session::step) {
            Some(Step::Running { due: Due::Stroke { section, stroke }, clock, .. }) => {
                rolling::rolling(scene, section, stroke, clock)
            }
            Some(Step::Running { due, clock, then }) => rolling::countdown(scene, due, clock, then),
            Some(Step::Paused(pause)) => halt::paused(scene, &pause),
            Some(Step::RollerTouched(pause)) => halt::roller_touched(scene, &pause),
            Some(Step::SoakingAgain(pause)) => halt::soaking_again(scene, &pause),
            Some(Step::Advice) => stop_advice::stop_advice(scene),
            None => super::welcome::welcome(scene),
        }
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let step = app.session().and_then(Session::step);
        match action {
            Action::GoOn if step == Some(Step::Advice) => app.send(Event::AdviceRead, now),
            Action::GoOn => app.send(Event::WentOn, now),
            Action::BloodOrWelts => app.send(Event::BloodOrWelts, now),
            Action::Back if matches!(step, Some(Step::RollerTouched(_))) => app.send(Event::TouchedNothing, now),
            Action::Back if app.session().is_some_and(Session::saw_blood_or_welts) => {
                app.send(Event::NoBloodOrWelts, now)
            }
            Action::Back => app.send(Event::EnoughTakenBack, now),
            Action::Enough => app.send(Event::Enough, now),
            Action::OneMore => {
                let outputs = app.send(Event::OneMore, now);
                if !outputs.is_empty() {
                    return outputs;
                }
                let was_used = app.session().is_some_and(Session::one_more_was_used);
                app.tell(if was_used { "pause.one-more-used" } else { "pause.one-more-none" })
            }
            Action::Dropped => app.send(Event::RollerTouched, now),
            Action::Stop => app.show(StopReason),
            // It did not fall: nothing is said of it but what the ledger says already.
            Action::Retire if app.session().is_some_and(|session| session.unfit().is_some()) => app.show(StopReason),
            Action::Retire => app.show(ConfirmRetire),
            Action::OtherRoller => app.show(ChooseRoller::spare(app)),
            Action::SoakAgain => app.send(Event::SoakedAgain, now),
            _ => Vec::new(),
        }
    }
}
