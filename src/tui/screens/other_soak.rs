//! It is soaking already, or comes from a sealed pack?

use super::sheet::{CHOICE, plain, quiet, row};
use super::{Action, App, Component, Facts, HeadStage, Output, Pressed, Scene, ScreenName, SoakMinutes, View};
use engine::protocol::Kind;
use engine::safety::Roller;
use engine::session::{Event, Kept, Session};

#[derive(Debug, Clone)]
pub struct OtherSoak;

impl Component for OtherSoak {
    fn facts(&self, _: &App) -> Facts {
        Facts { nears_skin: true, must_be_read: true, ..Facts::of(ScreenName::OtherSoak) }
    }

    fn page(&self, scene: &Scene) -> View {
        let roller = scene.session.and_then(Session::roller);
        let rehearsed = scene.protocol.kind == Kind::Rehearsal;
        let was_opened = |id: &str| scene.session.is_some_and(|session| session.was_opened(id));
        let may_be = |roller: &Roller| scene.app.startup.is_sealed(&roller.id) && !was_opened(&roller.id);
        let sealed = rehearsed || roller.is_none_or(may_be);
        let sealed_word = scene.say("other-soak.choice-2");
        let rows = vec![
            row([scene.key_of(Action::StartSoak), plain(scene.say("other-soak.choice-1"))]),
            row([scene.key_of(Action::Yes), if sealed { plain(sealed_word) } else { quiet(sealed_word) }]),
        ];
        let sheet = scene
            .sheet()
            .gap()
            .heading("other-soak.title")
            .gap()
            .table(CHOICE, rows)
            .gap()
            .nothing_chosen()
            .gap()
            .quiet(scene.kept_or("other-soak.note", "other-soak.note-unkept"), &[]);
        scene.page(scene.steps(HeadStage::Sterilise), scene.soak_status(), sheet, |action| {
            action != Action::Yes || sealed
        })
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::StartSoak => app.show(SoakMinutes::new()),
            Action::Yes => {
                let roller = app.session().and_then(Session::roller).cloned();
                if roller.is_some_and(|roller| !may_be_sealed(app, &roller)) {
                    return Vec::new();
                }
                app.send(Event::SoakStarted(Kept::SealedPack), now)
            }
            Action::Back => app.show_stage(),
            _ => Vec::new(),
        }
    }
}

/// Whether `roller` can be new in its pack: it was entered as such and never used since. Says so where it cannot. An
/// empty hand in a rehearsal can be anything.
pub(super) fn may_be_sealed(app: &mut App, roller: &Roller) -> bool {
    let was_opened = app.session().is_some_and(|session| session.was_opened(&roller.id));
    let may_be = app.kind() == Kind::Rehearsal || (app.startup.is_sealed(&roller.id) && !was_opened);
    if !may_be {
        app.notice = app.words.fill("other-soak.not-new", &[("name", &roller.name)]).into();
    }
    may_be
}
