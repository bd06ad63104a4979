//! What to do about the reason for a stop. Nothing runs and nothing goes on by itself: the person may have left the mirror.

use super::Scene;
use super::sheet::{TEXT, alert, strong};
use crate::content::keymap::Action;
use crate::tui::view::{Fit, View};
use engine::protocol::{Kind, StopReason};
use engine::session::Session;

pub(super) fn stop_advice(scene: &Scene) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let Some(reason) = session.stopped_for() else { return super::welcome::welcome(scene) };
    let (first, rest) = sentences(&reason.advice);
    let mut sheet = scene.sheet().wide_gap().letters(first, false).gap();
    if !rest.is_empty() {
        sheet = sheet.line(TEXT, strong(rest)).gap();
    }
    if reason.emergency_line {
        sheet = sheet.line(TEXT, strong(emergency_line(scene))).gap();
    }
    let sheet = sheet.text("stop-advice.waits", &[]).choices(&[(Action::GoOn, scene.say(next(scene, session)))]);
    let head = Fit::same(alert(scene.fill("stop-advice.head", &[("reason", &reason.text)])));
    let view = scene.page(head, Fit::default(), sheet, |_| true);
    view.in_one_line(|| reason.advice.clone())
}

/// When to call an emergency number, the same wherever it is said.
pub(super) fn emergency_line<'a>(scene: &Scene<'a>) -> &'a str {
    &scene.protocol.red_flags.emergency
}

/// What comes after it.
fn next(scene: &Scene, session: &Session) -> &'static str {
    match (session.anything_rolled(), scene.protocol.kind) {
        (true, _) => "stop-advice.choice",
        (false, Kind::Rehearsal) => "stop-advice.choice-rehearsal",
        (false, Kind::Session | Kind::Check) => "stop-advice.choice-unrolled",
    }
}

/// What to do about blood or welts that show after rolling.
pub(super) fn about_blood_or_welts<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a StopReason> {
    scene.protocol.stop_reasons.iter().filter(|reason| StopReason::SEEN_AFTER_ROLLING.contains(&reason.id.as_str()))
}

/// The first sentence, and the others.
fn sentences(text: &str) -> (&str, &str) {
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    let (first, rest) = text.split_at(end);
    (first, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn the_first_sentence_stands_alone() {
        for (text, first, rest) in [
            ("Sit down. Now. Wait.", "Sit down.", "Now. Wait."),
            ("Sit down.", "Sit down.", ""),
            ("Sit down", "Sit down", ""),
            ("", "", ""),
        ] {
            assert_eq!(sentences(text), (first, rest), "{text:?}");
        }
    }
}
