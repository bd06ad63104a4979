//! The last touch: skin, cues and clicker before the last key.

use super::sheet::{CHOICE, TEXT, plain, quiet, row, strong};
use super::verdict::{rolling_time, to_roll};
use super::{Action, App, Component, Facts, HeadStage, Now, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::{Line, Row, Tone};
use engine::protocol::Kind;
use engine::protocol::words::clock;
use engine::session::{self, Event, Session, Stage};
use store::startup::InhibitorState;

#[derive(Debug, Clone)]
pub struct LastTouch;

impl Component for LastTouch {
    fn facts(&self, _: &App) -> Facts {
        Facts { nears_skin: true, ..Facts::of(ScreenName::LastTouch) }
    }

    fn page(&self, scene: &Scene) -> View {
        let Some(Stage::LastTouch(last)) = scene.session.map(Session::stage) else {
            return super::Verdict.page(scene);
        };
        let sections = to_roll(scene, &last.clearance);
        let times = &scene.protocol.times;
        let first = sections.first().map(|section| scene.section_name(*section)).unwrap_or_default();
        let rolling = rolling_time(scene, &sections).saturating_sub(times.get_ready);
        let kind = if scene.protocol.kind == Kind::Rehearsal { "-rehearsal" } else { scene.if_saved("", "-unsaved") };
        let narrow = scene.narrow();
        let roll = if scene.is_wide() { "" } else { kind };
        let mut after = vec![
            (times.prepare, scene.say(&format!("last-touch.after-prepare{narrow}"))),
            (times.get_ready, scene.fill("last-touch.after-ready", &[("section", &first)])),
            (rolling, scene.say(&format!("last-touch.after-roll{roll}{narrow}"))),
        ];
        if scene.is_wide() {
            after.push((times.saline + times.serum, scene.say(&format!("last-touch.after-serum{kind}"))));
        }
        let after = after.into_iter().map(|(time, text)| row([strong(clock(time)), plain(text)]));
        let (state, awake) = match scene.app.awake {
            InhibitorState::Unasked => ("last-touch.state", scene.say("last-touch.awake-unasked")),
            InhibitorState::Asked => ("last-touch.state", scene.say("last-touch.awake-asked")),
            InhibitorState::Held => ("last-touch.state", scene.say("last-touch.awake-held")),
            // What to do takes the place of the word.
            InhibitorState::Refused => ("last-touch.state-refused", String::new()),
        };
        let ready = last.skin_ready && last.heard.is_some();
        let last_key = if ready {
            Line::toned(scene.say("last-touch.last"), Tone::Current)
        } else {
            strong(scene.say(not_yet(last)))
        };
        let clicker = scene.say(if last.clicker { "last-touch.clicker-seen" } else { "last-touch.clicker-none" });
        let sheet = scene
            .sheet()
            .when_wide(|sheet| sheet.gap().heading("last-touch.title").gap())
            .both("last-touch.skin", &[])
            .table(
                CHOICE,
                vec![row([
                    scene.key_of(Action::SkinReady),
                    plain(scene.say("last-touch.skin-choice")),
                    skin_state(scene, last),
                ])],
            )
            .gap()
            .both(heard(scene, last), &[])
            .table(CHOICE, heard_choices(scene, last))
            .both(state, &[("awake", &awake), ("clicker", &clicker)])
            .gap()
            .line(TEXT, quiet(scene.say("last-touch.after")))
            .list(after.collect())
            .gap()
            .both("last-touch.pause", &[])
            .gap()
            .line(TEXT, last_key);
        let head = scene.steps_titled(HeadStage::Roll, &scene.say("last-touch.title"), Tone::Strong);
        scene.page(head, scene.soak_status(), sheet, |action| match action {
            Action::Go => ready,
            _ => true,
        })
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::SkinReady => {
                let stage = app.session().map(Session::stage);
                let is_ready = matches!(stage, Some(Stage::LastTouch(last)) if last.skin_ready);
                app.send(if is_ready { Event::SkinTakenBack } else { Event::SkinReady }, now)
            }
            Action::Yes => hear(app, true, now),
            Action::No => hear(app, false, now),
            Action::Click | Action::Enough | Action::OneMore => app.send(Event::ClickerSeen, now),
            Action::TestCues => app.play_check(),
            Action::Back => app.send(Event::SteppedBack, now),
            Action::Go => {
                let outputs = app.send(Event::HandsFree, now);
                let missing = match app.session().map(Session::stage) {
                    Some(Stage::LastTouch(last)) => not_yet(last),
                    _ => "last-touch.not-yet",
                };
                if outputs.is_empty() { app.tell(missing) } else { outputs }
            }
            _ => Vec::new(),
        }
    }

    fn answers(&self, action: Action, _: &App) -> bool {
        matches!(action, Action::SkinReady | Action::Yes | Action::No | Action::Go)
    }
}

/// What has to be answered before the last key.
fn not_yet(last: &session::LastTouch) -> &'static str {
    match (last.skin_ready, last.heard) {
        (false, Some(_)) => "last-touch.not-yet-skin",
        (true, None) => "last-touch.not-yet-heard",
        (false, None) | (true, Some(_)) => "last-touch.not-yet",
    }
}

/// It holds for this terminal and these settings from now on.
fn hear(app: &mut App, heard: bool, now: Now) -> Vec<Output> {
    let mut outputs = app.send(Event::CuesHeard { heard }, now);
    if !outputs.is_empty() && app.kind() == Kind::Session {
        app.cues_are_known = false;
        app.startup.cues_heard = Some(heard);
        outputs.push(Output::NoteCues(heard));
    }
    outputs
}

/// What was answered at an earlier last touch, where it was not asked at this one.
fn known(scene: &Scene, last: &session::LastTouch) -> Option<bool> {
    last.heard.filter(|_| scene.app.cues_are_known)
}

fn heard_choices(scene: &Scene, last: &session::LastTouch) -> Vec<Row> {
    match known(scene, last) {
        Some(_) => Vec::new(),
        None if scene.is_wide() => heard_rows(scene, last),
        None => heard_row_narrow(scene, last),
    }
}

/// The word for what just called the person, or for what is known of that.
fn heard(scene: &Scene, last: &session::LastTouch) -> &'static str {
    match known(scene, last) {
        Some(true) => return "last-touch.known",
        Some(false) => return "last-touch.known-not",
        None => {}
    }
    match (scene.app.startup.bell, scene.app.startup.voice) {
        (true, true) => "last-touch.heard-both",
        (true, false) => "last-touch.heard",
        (false, true) => "last-touch.heard-voice",
        (false, false) => "last-touch.heard-off",
    }
}

fn heard_yes(scene: &Scene) -> Line {
    strong(scene.say(match (scene.app.startup.bell, scene.app.startup.voice) {
        (true, true) => "last-touch.heard-both-yes",
        (true, false) => "last-touch.heard-yes",
        (false, true) => "last-touch.heard-voice-yes",
        (false, false) => "last-touch.heard-off-yes",
    }))
}

fn skin_state(scene: &Scene, last: &session::LastTouch) -> Line {
    if last.skin_ready { strong(scene.say("last-touch.skin-done")) } else { quiet(scene.say("nothing-chosen")) }
}

fn heard_row_narrow(scene: &Scene, last: &session::LastTouch) -> Vec<Row> {
    let state = match last.heard {
        None => scene.unanswered(),
        Some(true) => heard_yes(scene),
        Some(false) => strong(scene.say("last-touch.heard-no")),
    };
    let yes = plain(scene.say("last-touch.heard-choice-yes"));
    let no = plain(scene.say("last-touch.heard-choice-no-narrow"));
    vec![row([scene.key_of(Action::Yes), yes, scene.key_of(Action::No), no, state])]
}

fn heard_rows(scene: &Scene, last: &session::LastTouch) -> Vec<Row> {
    let state = |heard: bool| match last.heard {
        None if heard => quiet(scene.say("nothing-chosen")),
        Some(said) if said == heard && heard => heard_yes(scene),
        Some(said) if said == heard => strong(scene.say("last-touch.heard-no")),
        Some(_) | None => Line::default(),
    };
    vec![
        row([scene.key_of(Action::Yes), plain(scene.say("last-touch.heard-choice-yes")), state(true)]),
        row([scene.key_of(Action::No), plain(scene.say("last-touch.heard-choice-no")), state(false)]),
    ]
}
