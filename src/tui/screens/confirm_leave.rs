//! Leave, really?

use super::{Action, App, Component, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::Saving;
use engine::protocol::Kind;
use engine::safety::Contact;
use engine::session::{Event, Session};

#[derive(Debug, Clone)]
pub struct ConfirmLeave;

/// Whether how the roller was kept can be said anew.
fn may_take_soak_back(session: Option<&Session>) -> bool {
    session.is_some_and(Session::may_take_soak_back)
}

impl Component for ConfirmLeave {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::ConfirmLeave)
    }

    fn page(&self, scene: &Scene) -> View {
        let rolled = scene.session.is_some_and(Session::anything_rolled);
        let what = match scene.protocol.kind {
            Kind::Rehearsal => "leave.rehearsal",
            Kind::Check => "leave.check",
            Kind::Session if scene.app.saving != Saving::Saved => "leave.unsaved",
            Kind::Session if rolled => "leave.rolled",
            Kind::Session => "leave.before",
        };
        let takes_back = may_take_soak_back(scene.session);
        let is_sealed = scene.session.is_some_and(|session| session.contact() == Contact::SealedPack);
        let soak = if is_sealed { "leave.choice-soak-sealed" } else { "leave.choice-soak" };
        let mut choices = vec![(Action::Leave, scene.say("leave.choice-yes"))];
        if takes_back {
            choices.push((Action::OtherSoak, scene.both(soak, &[])));
        }
        choices.push((Action::Back, scene.say("leave.choice-no")));
        let sheet = scene
            .sheet()
            .gap()
            .heading("leave.title")
            .gap()
            .text(what, &[])
            .gap()
            .choices(&choices)
            .gap()
            .nothing_chosen();
        let live = |action| action != Action::OtherSoak || takes_back;
        let mut view = scene.page(scene.title(scene.say("name")), scene.soak_status(), sheet, live);
        view.foot.leave_out_dead();
        view
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Leave => {
                app.overlay = None;
                app.send(Event::Left, now)
            }
            Action::OtherSoak if may_take_soak_back(app.session()) => app.send(Event::SoakTakenBack, now),
            Action::Back => app.uncover(),
            _ => Vec::new(),
        }
    }
}
