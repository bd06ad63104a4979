//! While hands are busy: countdowns between sections, and rolling itself.

use core::time::Duration;

use super::sheet::{plain, quiet, strong};
use super::wash::wash;
use super::{HeadStage, Scene, ScreenName, map};
use crate::cues::text::{capitalised, rolled_before, switches_hands};
use crate::tui::view::{Body, Face, FaceMap, Fill, Fit, Foot, Form, Line, MapSize, OneLine, Page, Share, Tone, View};
use engine::protocol::words::clock;
use engine::protocol::{Direction, Section};
use engine::session::{Due, HaltedStep, SectionEnd, Session};
use engine::timeline::Countdown;

/// What is left to roll in `section`, the present stroke included, while nothing runs.
pub(super) fn section_left(session: &Session, section: Section) -> Duration {
    let progress = &session.progress()[section];
    let open = progress.plan.len().saturating_sub(progress.strokes.len());
    let whole = session.stroke_length(section) * u32::try_from(open).unwrap_or(0);
    whole.saturating_sub(progress.part)
}

/// The state of a section in a word, and what it is filled with, for the map. Where the roller is, or goes next, is lit.
pub(super) fn state(scene: &Scene, session: &Session, section: Section, rolling: bool) -> (String, Fill) {
    let permit = session.permit();
    let end = session.progress()[section].end;
    if end == Some(SectionEnd::LeftOut) {
        return (scene.say("map.left-out"), Fill::LeftOut);
    }
    if end.is_some() {
        return (scene.say("map.done"), Fill::Done);
    }
    if permit.is_some_and(|permit| !permit.allows(section)) || !scene.protocol.order.contains(&section) {
        return (scene.say("map.skip"), Fill::LeftOut);
    }
    if session.section() == Some(section) {
        return (scene.say(if rolling { "map.now" } else { "map.next" }), Fill::Now);
    }
    if rolling && following(scene, session) == Some(section) {
        return (scene.say("map.next"), Fill::Next);
    }
    (String::new(), Fill::Waiting)
}

/// The section after the present one.
fn following(scene: &Scene, session: &Session) -> Option<Section> {
    let permit = session.permit()?;
    let open = |section: &Section| {
        session.progress()[*section].end.is_none() && permit.allows(*section) && session.section() != Some(*section)
    };
    scene.protocol.order.iter().copied().find(open)
}

/// What must not be rolled near `section`. The spots of the person's own answers come first: they are on no other face.
fn keep_off(scene: &Scene, session: &Session, section: Section) -> Line {
    let spots = session.permit().map(|permit| permit.plan()[section].round.clone()).unwrap_or_default();
    let own: Vec<String> = spots.into_iter().map(|item| super::answer::item_title(scene, item)).collect();
    let near = &scene.protocol.sections[section].keep_off;
    let mut line = Line::default();
    if !own.is_empty() {
        line =
            line.and(scene.fill("free.go-round", &[("what", &scene.joined(own))]), Tone::Alert).and(" ", Tone::Plain);
    }
    line.and(scene.fill("free.keep-off-line", &[("what", near)]), Tone::Plain)
}

/// To the end of everything.
pub(super) fn to_go(scene: &Scene, session: &Session) -> Fit {
    let left = clock(session.session_left(scene.now));
    scene.fit(
        || plain(scene.fill("free.to-go", &[("left", &left)])),
        || plain(scene.fill("free.left", &[("left", &left)])),
    )
}

pub(super) fn foot(scene: &Scene) -> Foot {
    let free = Line::toned(format!(" {} ", scene.say("free.foot")), Tone::Current).and("  ", Tone::Plain);
    let free = free.and(scene.say("free.foot-any"), Tone::Plain);
    if !scene.is_wide() || !scene.session.is_some_and(Session::clicker_was_seen) {
        return Foot::HandsFree(free);
    }
    let keys = scene.app.keymap.of(ScreenName::Clicker).iter().map(|row| format!("{} {}", row.shown(), row.label));
    let keys = scene.fill("free.foot-clicker", &[("keys", &keys.collect::<Vec<_>>().join("  "))]);
    Foot::HandsFree(free.and(keys, Tone::Plain))
}

/// How much of the present countdown is over and not drawn yet: without motion, bars move only at its end.
fn unmoved(scene: &Scene, session: &Session) -> Duration {
    if scene.app.motion { Duration::ZERO } else { session.step_taken(scene.now).unwrap_or_default() }
}

pub(super) fn share(part: Duration, whole: Duration) -> Share {
    if whole.is_zero() {
        return Share { thousandths: 0 };
    }
    let thousandths = (part.as_millis().saturating_mul(1000) / whole.as_millis().max(1)).min(1000);
    Share { thousandths: u16::try_from(thousandths).unwrap_or(1000) }
}

/// The way through the session, the sections as marks, and where the roller is.
pub(super) fn head(scene: &Scene, session: &Session, section: Section, rolling: bool, what: Option<&str>) -> Fit {
    let name = |name: String| {
        let last = scene.last_mark(section);
        let named = what.map_or_else(
            || name.clone(),
            |what| scene.fill("free.head", &[("what", &scene.say(what)), ("section", &name)]),
        );
        Line::toned(named + &last, Tone::Strong)
    };
    let marks = || map::marks(scene, |section| state(scene, session, section, rolling));
    scene.fit(
        || {
            let mut line = scene.steps(HeadStage::Roll).longest().clone().and("    ", Tone::Plain);
            line.0.extend(marks().0);
            line = line.and("  ", Tone::Plain);
            line.0.extend(name(scene.section_name(section)).0);
            line
        },
        || {
            let mut line = if scene.form == Form::Compact { marks().and(" ", Tone::Plain) } else { Line::default() };
            line.0.extend(name(scene.section_bare(section)).0);
            line
        },
    )
}

/// The face with what is read from two metres, in a large or compact window.
pub(super) fn face_body(
    scene: &Scene,
    face: impl FnOnce() -> Face,
    few: impl FnOnce() -> Vec<Line>,
    line: impl FnOnce() -> OneLine,
) -> Body {
    match scene.form {
        // The time first: a mark before it or a narrow window must not push it out.
        Form::OneLine => Body::OneLine(line()),
        Form::Tiny => Body::Few(few()),
        Form::Compact | Form::Full => Body::Face(Box::new(face())),
        // While hands are busy nothing is printed but the cues.
        Form::LineMode => Body::Page(Page::default()),
    }
}

/// The map beside large digits, as large as the window has room for.
pub(super) fn large_map(scene: &Scene, state: impl Fn(Section) -> (String, Fill)) -> FaceMap {
    map::face(scene, if scene.is_wide() { MapSize::Large } else { MapSize::Mini }, state)
}

pub(super) fn rolling(scene: &Scene, section: Section, stroke: usize, running: Countdown) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let left = running.left(scene.now.moment);
    let digits = seconds(left);
    let direction = scene.protocol.strokes.get(stroke).map_or(Direction::UpDown, |stroke| stroke.direction);
    let off = keep_off(scene, session, section);
    let face = || {
        let hint = scene.both("free.hint", &[]);
        Face {
            map: large_map(scene, |section| state(scene, session, section, true)),
            digits: digits.clone(),
            arrow: Some(direction),
            letters: scene.stroke_name(stroke).to_uppercase(),
            strokes: strokes(scene, session, section, left),
            lines: vec![off.clone(), then(scene, session), plain(hint)],
        }
    };
    let few = || {
        let after =
            following(scene, session).map_or_else(|| scene.say("free.next-saline"), |next| scene.section_bare(next));
        vec![
            plain(&digits).and("  ", Tone::Plain).and(scene.stroke_name(stroke), Tone::Strong),
            plain(scene.fill("free.next-line", &[("what", &after)])),
            off.clone(),
            plain(scene.say("last-touch.pause-narrow")),
        ]
    };
    let head = head(scene, session, section, true, None);
    let line = || OneLine { clock: Some(digits.clone()), text: head.short.text(), field: None };
    let body = face_body(scene, face, few, line);
    scene.view(head.clone(), to_go(scene, session), body, foot(scene))
}

/// Seconds alone below a minute: `8`, `1:05`.
pub(super) fn seconds(span: Duration) -> String {
    let text = clock(span);
    let alone = text.strip_prefix("0:0").or_else(|| text.strip_prefix("0:"));
    alone.map(str::to_owned).unwrap_or(text)
}

/// The strokes of the section with the share of each that is over.
fn strokes(scene: &Scene, session: &Session, section: Section, left: Duration) -> Vec<(String, Share)> {
    let progress = &session.progress()[section];
    let whole = session.stroke_length(section);
    let over = |place: usize| match place.cmp(&progress.strokes.len()) {
        core::cmp::Ordering::Less => Share { thousandths: 1000 },
        core::cmp::Ordering::Equal => share(whole.saturating_sub(left + unmoved(scene, session)), whole),
        core::cmp::Ordering::Greater => Share { thousandths: 0 },
    };
    let named = |(place, stroke): (usize, &usize)| (scene.stroke_name(*stroke), over(place));
    progress.plan.iter().enumerate().map(named).collect()
}

/// What comes after this section.
fn then(scene: &Scene, session: &Session) -> Line {
    quiet(scene.say("free.then")).and(next_text(scene, session), Tone::Plain)
}

fn next_text(scene: &Scene, session: &Session) -> String {
    match following(scene, session) {
        Some(section) => {
            let hands = match session.section().is_some_and(|from| switches_hands(session, from, section)) {
                true => scene.say("free.switch-hands"),
                false => scene.protocol.sections[section].hands.clone(),
            };
            scene.fill("free.next-move", &[("section", &scene.section_bare(section)), ("hands", &hands)])
        }
        None => scene.say("free.next-saline"),
    }
}

/// Prepare, hand cleaning, get ready, move, saline, serum.
pub(super) fn countdown(scene: &Scene, due: Due, running: Countdown, then: Option<HaltedStep>) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let left = running.left(scene.now.moment);
    match due {
        Due::GetReady { section } | Due::Move { section } => to_section(scene, session, due, section, left),
        Due::Saline | Due::Serum => wash(scene, session, due, left),
        Due::Prepare | Due::HandClean | Due::Contact | Due::Stroke { .. } => hands(scene, session, due, left, then),
    }
}

/// Hands that are cleaned, and on the first way also the roller that dries.
fn hands(scene: &Scene, session: &Session, due: Due, left: Duration, then: Option<HaltedStep>) -> View {
    let title = scene.say("free.head-prepare");
    let next = match (then.map(|held| held.due), session.section()) {
        (Some(Due::Saline), _) => scene.say("free.head-saline"),
        (Some(Due::Serum), _) => scene.say("free.head-serum"),
        (_, Some(section)) => scene.section_name(section),
        (_, None) => scene.say("free.head-saline"),
    };
    let digits = seconds(left);
    let next = quiet(scene.say("free.then")).and(&next, Tone::Plain);
    let few = || vec![plain(&digits), plain(&title), next.clone(), plain(scene.say("last-touch.pause-narrow"))];
    let face = || {
        let words = match (due, session.section()) {
            (Due::Prepare, _) => vec!["free.prepare-2", "free.prepare-3", "free.prepare-4"],
            (_, Some(_)) => vec!["free.hands-2", "free.hands-3"],
            (_, None) => vec!["free.hands-2", "free.roller-down"],
        };
        Face {
            map: large_map(scene, |section| state(scene, session, section, false)),
            digits: digits.clone(),
            arrow: None,
            letters: title.clone(),
            strokes: Vec::new(),
            lines: words.into_iter().map(|word| plain(scene.say(word))).chain([next.clone()]).collect(),
        }
    };
    let line = || OneLine { clock: Some(digits.clone()), text: title.clone(), field: None };
    let body = face_body(scene, face, few, line);
    scene.view(scene.steps_as(HeadStage::Roll, &title), to_go(scene, session), body, foot(scene))
}

fn to_section(scene: &Scene, session: &Session, due: Due, section: Section, left: Duration) -> View {
    let moving = matches!(due, Due::Move { .. });
    let head = head(scene, session, section, false, Some(if moving { "free.head-move" } else { "free.head-ready" }));
    let stroke = scene.stroke_name(session.progress()[section].stroke().unwrap_or(0));
    let digits = seconds(left);
    let bare = scene.section_bare(section).to_uppercase();
    let few = || {
        vec![
            plain(&digits).and("  ", Tone::Plain).and(&bare, Tone::Strong),
            plain(&scene.protocol.sections[section].hands),
            plain(&stroke),
            plain(scene.say("last-touch.pause-narrow")),
        ]
    };
    let face = || Face {
        map: large_map(scene, |section| state(scene, session, section, false)),
        digits: digits.clone(),
        arrow: None,
        letters: bare.clone(),
        strokes: Vec::new(),
        lines: on_the_way(scene, session, section, moving, &stroke),
    };
    let next = scene.fill("free.next", &[("section", &scene.loud_name(section))]);
    let line = || OneLine { clock: Some(digits.clone()), text: next.clone(), field: None };
    let body = face_body(scene, face, few, line);
    scene.view(head, to_go(scene, session), body, foot(scene))
}

/// What to do on the way to `section`, the most important first.
fn on_the_way(scene: &Scene, session: &Session, section: Section, moving: bool, stroke: &str) -> Vec<Line> {
    let words = &scene.protocol.sections[section];
    let begun = session.progress()[section].begun();
    let stroke = scene.fill(if begun { "free.this-stroke" } else { "free.first-stroke" }, &[("stroke", stroke)]);
    let switches = moving && rolled_before(session).is_some_and(|from| switches_hands(session, from, section));
    let mut lines = vec![keep_off(scene, session, section)];
    if moving && scene.is_wide() {
        lines.push(plain(scene.say("free.lift")));
    }
    if switches {
        lines.push(strong(scene.say("free.switch-hands")).and(" ", Tone::Plain).and(&words.hands, Tone::Plain));
    } else {
        lines.push(plain(&words.hands));
    }
    lines.push(plain(scene.say("free.taut")).and(" ", Tone::Plain).and(stroke, Tone::Plain));
    if !words.bounds.is_empty() {
        lines.push(plain(capital(&words.bounds)));
    }
    lines
}

/// `text` as a sentence.
fn capital(text: &str) -> String {
    let sentence = capitalised(text);
    if sentence.is_empty() || sentence.ends_with('.') { sentence } else { sentence + "." }
}
