//! After rolling, hands still busy: saline, then serum.

use core::time::Duration;

use super::halt::is_serum_over;
use super::rolling::{face_body, foot, large_map, seconds};
use super::sheet::{Sheet, TEXT, alert, marked, plain, quiet, strong};
use super::summary::saved_words;
use super::{HeadStage, Scene, stop_advice};
use crate::content::keymap::Action;
use crate::tui::view::{Face, Fill, Line, OneLine, Tone, View};
use engine::protocol::Section;
use engine::protocol::words::clock;
use engine::session::{Due, Pause, Session};

/// Sections that were rolled at least in part, by name.
pub(super) fn rolled_names(scene: &Scene, session: &Session) -> String {
    let rolled = |section: &&Section| session.progress()[**section].begun();
    scene.joined(scene.protocol.order.iter().filter(rolled).map(|section| scene.section_name(*section)))
}

fn unrolled_names(scene: &Scene, session: &Session) -> String {
    let unrolled = |section: &&Section| !session.progress()[**section].begun();
    scene.joined(scene.protocol.order.iter().filter(unrolled).map(|section| scene.section_name(*section)))
}

/// The roller is in the other hand still: it goes down before anything else.
fn bathe(scene: &Scene, session: &Session) -> (String, Vec<Line>) {
    // After a stop, blood or welts nothing follows by itself.
    let next = if session.serum_follows() {
        scene.fill("free.saline-next", &[("time", &clock(scene.protocol.times.serum))])
    } else {
        scene.say("free.saline-next-stopped")
    };
    let (down, bathe) = (plain(scene.say("free.roller-down")), plain(scene.both("free.saline-do", &[])));
    if !serum_is_open(session) {
        return (scene.say("free.head-saline"), vec![down, bathe, quiet(next)]);
    }
    // What has to be seen before serum comes before what follows.
    let lines = vec![down, bathe, marked(&scene.both("free.blood-key", &[]), Tone::Plain), quiet(next)];
    (scene.say("free.blood-ask"), lines)
}

/// Whether serum may still come, by itself or when it is asked for.
fn serum_is_open(session: &Session) -> bool {
    !session.saw_blood_or_welts() && session.stopped_for().is_none_or(|reason| !reason.no_serum)
}

/// What is asked for first in a halt, in a tiny window.
pub(super) fn signs(session: &Session) -> &'static str {
    if session.saw_blood_or_welts() { "pause.no-serum" } else { "pause.blood-narrow" }
}

/// A halt of saline or serum: blood and welts come first.
pub(super) fn halted<'a>(scene: &Scene<'a>, session: &Session, pause: &Pause, sheet: Sheet<'a>) -> Sheet<'a> {
    let go_on = (Action::GoOn, scene.say("pause.go-on"));
    let enough = (Action::Enough, scene.say("pause.enough-this"));
    if !session.saw_blood_or_welts() {
        let word = if pause.held.due == Due::Serum { "pause.blood-in-serum" } else { "pause.blood" };
        let mut choices = vec![(Action::BloodOrWelts, scene.say(word)), go_on, enough];
        choices.extend(session.enough_to_take_back(pause).map(|_| (Action::Back, scene.say("pause.back-to"))));
        return sheet.choices(&choices);
    }
    let mut sheet = sheet.line(TEXT, alert(scene.say("pause.no-serum")));
    for reason in stop_advice::about_blood_or_welts(scene) {
        let about = scene.fill("pause.blood-do", &[("reason", &reason.text), ("do", &reason.advice)]);
        sheet = sheet.line(TEXT, plain(about));
    }
    sheet = sheet.line(TEXT, strong(stop_advice::emergency_line(scene))).gap();
    let back = (Action::Back, scene.say("pause.no-blood"));
    if is_serum_over(session, pause) {
        return sheet.choices(&[(Action::Enough, scene.say("pause.to-questions")), back]);
    }
    sheet.choices(&[go_on, enough, back])
}

fn spread(scene: &Scene, session: &Session) -> (String, Vec<Line>) {
    let mut lines = vec![plain(scene.both("free.serum-do", &[]))];
    let skipped = unrolled_names(scene, session);
    if !skipped.is_empty() {
        lines.push(plain(scene.fill("free.serum-skip", &[("sections", &skipped)])));
    }
    lines.push(plain(scene.both("free.serum-word", &[])));
    lines.push(quiet(scene.say("free.serum-next")));
    let name = if scene.app.serum.is_empty() { scene.say("free.head-serum") } else { scene.app.serum.clone() };
    (name, lines)
}

pub(super) fn wash(scene: &Scene, session: &Session, due: Due, left: Duration) -> View {
    let digits = seconds(left);
    let serum = due == Due::Serum;
    let (title, what) =
        if serum { ("free.head-serum", "free.serum-do") } else { ("free.head-saline", "free.saline-do") };
    let title = scene.say(title);
    let face = || {
        let (letters, lines) = if serum { spread(scene, session) } else { bathe(scene, session) };
        // The rolled sections are lit: they are what is bathed, and where serum goes.
        let map = large_map(scene, |section| {
            if session.progress()[section].begun() {
                (String::new(), Fill::Now)
            } else {
                (String::new(), Fill::LeftOut)
            }
        });
        Face { map, digits: digits.clone(), arrow: None, letters, strokes: Vec::new(), lines }
    };
    let ends = || scene.fill("free.ends", &[("time", &scene.time_of_day(session.session_left(scene.now)))]);
    let status = saved_words(scene, session).unwrap_or_else(ends);
    let few = || {
        vec![
            plain(&digits).and("  ", Tone::Plain).and(&title, Tone::Strong),
            plain(scene.say(if serum { what } else { "free.roller-down" })),
            if serum || !serum_is_open(session) {
                plain(rolled_names(scene, session))
            } else {
                strong(scene.say("free.blood-few"))
            },
            plain(scene.say("last-touch.pause-narrow")),
        ]
    };
    let line = || OneLine { clock: Some(digits.clone()), text: title.clone(), field: None };
    let body = face_body(scene, face, few, line);
    scene.view(scene.steps_as(HeadStage::Serum, &title), scene.status(status), body, foot(scene))
}
