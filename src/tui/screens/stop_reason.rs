//! Why rolling is stopped.

use super::sheet::{CHOICE, TEXT, alert, plain, row, strong};
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::Fit;
use engine::protocol::{Kind, StopReason as StopReasonWords};
use engine::session::Event;

#[derive(Debug, Clone)]
pub struct StopReason;

impl Component for StopReason {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::StopReason)
    }

    fn page(&self, scene: &Scene) -> View {
        let may_be = |reason: &&StopReasonWords| scene.session.is_none_or(|session| session.may_be_reason(reason));
        let reasons = scene.protocol.stop_reasons.iter().filter(may_be);
        let rows = reasons.map(|reason| row([strong(reason.key.to_string()), plain(&reason.text)])).collect();
        let lead = match scene.session {
            _ if scene.protocol.kind == Kind::Rehearsal => "stop.lead-rehearsal",
            Some(session) if session.anything_rolled() => "stop.lead",
            _ => "stop.lead-unrolled",
        };
        let title = || alert(scene.say("stop.title"));
        let sheet = scene
            .sheet()
            .when_wide(|sheet| sheet.gap().line(TEXT, title()).gap())
            .both(lead, &[])
            .gap()
            .table(CHOICE, rows)
            .gap()
            .nothing_chosen();
        scene.page(scene.steps_or(HeadStage::Roll, title()), Fit::default(), sheet, |_| true)
    }

    fn on(&self, app: &mut App, Pressed { action, digit, now }: Pressed) -> Vec<Output> {
        match action {
            Action::Choose => {
                let reasons = app.session().map(|session| &session.protocol().stop_reasons);
                let reason = reasons.and_then(|reasons| reasons.iter().position(|reason| Some(reason.key) == digit));
                reason.map(|reason| app.send(Event::Stopped { reason }, now)).unwrap_or_default()
            }
            Action::Back => app.show_stage(),
            _ => Vec::new(),
        }
    }
}
