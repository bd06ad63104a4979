//! While hands are busy: countdowns between sections, and rolling itself.

use core::time::Duration;

use super::sheet::{LIST, TEXT, plain, quiet, row, strong};
use super::wash::wash;
use super::{Scene, ScreenName, map};
use crate::cues::text::{capitalised, rolled_before, switches_hands};
use crate::tui::view::{Body, Face, Fit, Foot, Form, Line, MapSize, OneLine, Page, Row, Share, SmallFace, Tone, View};
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

/// What is left in `section` while one of its strokes runs with `stroke_left` to go.
fn section_left_running(session: &Session, section: Section, stroke_left: Duration) -> Duration {
    let progress = &session.progress()[section];
    let after = progress.plan.len().saturating_sub(progress.strokes.len() + 1);
    stroke_left + session.stroke_length(section) * u32::try_from(after).unwrap_or(0)
}

/// The state of a section in a word, for the map.
pub(super) fn state(scene: &Scene, session: &Session, section: Section, rolling: bool) -> (String, Tone, bool) {
    let present = session.section();
    let permit = session.permit();
    if session.progress()[section].end == Some(SectionEnd::LeftOut) {
        return (scene.say("map.left-out"), Tone::Quiet, false);
    }
    if session.progress()[section].end.is_some() {
        return (scene.say("map.done"), Tone::Plain, false);
    }
    if permit.is_some_and(|permit| !permit.allows(section)) || !scene.protocol.order.contains(&section) {
        return (scene.say("map.skip"), Tone::Alert, false);
    }
    if present == Some(section) {
        return if rolling {
            (scene.say("map.now"), Tone::Current, false)
        } else {
            (scene.say("map.next").to_uppercase(), Tone::Strong, false)
        };
    }
    if rolling && following(scene, session) == Some(section) {
        return (scene.say("map.next"), Tone::Plain, false);
    }
    (scene.say("map.wait"), Tone::Quiet, false)
}

/// The section after the present one.
fn following(scene: &Scene, session: &Session) -> Option<Section> {
    let permit = session.permit()?;
    let open = |section: &Section| {
        session.progress()[*section].end.is_none() && permit.allows(*section) && session.section() != Some(*section)
    };
    scene.protocol.order.iter().copied().find(open)
}

/// What must not be rolled near `section`, the spots of the person's own answers included.
fn keep_off(scene: &Scene, session: &Session, section: Section) -> String {
    let spots = session.permit().map(|permit| permit.plan()[section].round.clone()).unwrap_or_default();
    let near = scene.protocol.sections[section].keep_off.clone();
    let own = spots.into_iter().map(|item| super::answer::item_title(scene, item));
    scene.joined(core::iter::once(near).filter(|near| !near.is_empty()).chain(own))
}

fn to_go(scene: &Scene, session: &Session) -> Fit {
    // Both figures are those of the end of everything.
    let left = clock(session.session_left(scene.now));
    let ends = scene.time_of_day(session.session_left(scene.now));
    let left_text = |word: &str| scene.fill(word, &[("left", &left)]);
    let long = || plain(format!("{}   {}", left_text("free.to-go"), scene.fill("free.ends", &[("time", &ends)])));
    scene.fit(long, || plain(left_text("free.left")))
}

pub(super) fn foot(scene: &Scene) -> Foot {
    if !scene.is_wide() {
        return Foot::HandsFree(strong(scene.say("free.foot-narrow")));
    }
    if !scene.session.is_some_and(Session::clicker_was_seen) {
        return Foot::HandsFree(strong(scene.say("free.foot")));
    }
    let keys = scene.app.keymap.of(ScreenName::Clicker).iter().map(|row| format!("{} {}", row.shown(), row.label));
    let keys = scene.fill("free.foot-clicker", &[("keys", &keys.collect::<Vec<_>>().join("  "))]);
    Foot::HandsFree(strong(scene.say("free.foot-any")).and(keys, Tone::Plain))
}

/// The share of the hands-free time from the first stroke on that is over.
fn session_share(scene: &Scene, session: &Session) -> Share {
    let rolled: Duration = scene.protocol.order.iter().map(|section| session.progress()[*section].rolled()).sum();
    let left = session.rolling_left(scene.now) + unmoved(scene, session);
    // The stroke under way is in neither of the two before it ends, so the whole is taken from the plan.
    let whole: Duration = scene
        .planned_sections(scene.session)
        .into_iter()
        .map(|section| {
            session.stroke_length(section) * u32::try_from(session.progress()[section].plan.len()).unwrap_or(0)
        })
        .sum::<Duration>()
        .max(rolled);
    let ways = scene.planned_sections(scene.session).len().saturating_sub(1);
    let whole = whole + scene.protocol.times.move_on * u32::try_from(ways).unwrap_or(0);
    share(whole.saturating_sub(left), whole)
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

pub(super) fn rolling(scene: &Scene, section: Section, stroke: usize, running: Countdown) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let stroke_left = running.left(scene.now.moment);
    let left = section_left_running(session, section, stroke_left);
    let digits = clock(left);
    let states = |section: Section| state(scene, session, section, true);
    let bare = scene.section_bare(section).to_uppercase();
    let (number, last) = (section.number().to_string(), scene.last_mark(section));
    let head = scene.fit(
        || {
            let numbered = scene.fill("free.head-roll", &[("n", &number), ("last", &last)]);
            strong(numbered).and("   ", Tone::Plain).and(scene.loud_name(section), Tone::Current)
        },
        || {
            let places = [("n", number.as_str()), ("section", &bare), ("last", &last)];
            Line::toned(scene.fill("free.head-roll-narrow", &places), Tone::Current)
        },
    );
    let direction = scene.protocol.strokes.get(stroke).map_or(Direction::UpDown, |stroke| stroke.direction);
    let loud_stroke = || Line::toned(scene.stroke_name(stroke).to_uppercase(), Tone::Strong);
    let turn = || plain(turn_text(scene, session, section, &clock(stroke_left)));
    let off = plain(scene.fill("free.keep-off-line", &[("what", &keep_off(scene, session, section))]));
    let next_line = |what: &str| plain(scene.fill("free.next-line", &[("what", what)]));
    let body = match scene.form {
        // The time first: a mark before it or a narrow window must not push it out.
        Form::OneLine => Body::OneLine(OneLine { clock: Some(digits), text: head.short.text(), field: None }),
        Form::Tiny => {
            let after = following(scene, session)
                .map_or_else(|| scene.say("free.next-saline"), |next| scene.section_bare(next));
            Body::Few(vec![
                plain(&digits).and("  ", Tone::Plain).and(scene.stroke_name(stroke), Tone::Strong),
                next_line(&after),
                off,
                plain(scene.say("last-touch.pause-narrow")),
            ])
        }
        Form::Compact => Body::SmallFace(Box::new(SmallFace {
            digits,
            arrow: direction,
            stroke: loud_stroke(),
            turn: turn(),
            hint: plain(scene.say("free.hint-narrow")),
            sections: map::line(scene, states),
            session: session_share(scene, session),
            next: next_line(&next_text(scene, session)),
            keep_off: off,
        })),
        Form::Full => {
            let progress = &session.progress()[section];
            let whole = session.stroke_length(section) * u32::try_from(progress.plan.len()).unwrap_or(0);
            let done = share(whole.saturating_sub(left + unmoved(scene, session)), whole);
            Body::Face(Box::new(Face {
                digits,
                map: map::face(scene, MapSize::Large, states),
                arrow: direction,
                stroke: loud_stroke(),
                hint: ["free.hint", "free.hint-2"].map(|word| plain(scene.say(word))).into(),
                turn: turn(),
                strokes_label: scene.say("free.stroke"),
                strokes: strokes_line(scene, session, section),
                section: (scene.say("free.section"), done),
                session: (scene.say("free.session"), session_share(scene, session)),
                next_label: scene.say("map.next"),
                next: plain(next_text(scene, session)),
                keep_off: off,
            }))
        }
        // While hands are busy nothing is printed but the cues.
        Form::LineMode => Body::Page(Page::default()),
    };
    scene.view(head, to_go(scene, session), body, foot(scene))
}

fn turn_text(scene: &Scene, session: &Session, section: Section, left: &str) -> String {
    let progress = &session.progress()[section];
    match progress.plan.get(progress.strokes.len() + 1) {
        Some(next) => scene.fill("free.turn", &[("stroke", &scene.stroke_name(*next)), ("left", left)]),
        None if following(scene, session).is_some() => scene.fill("free.turn-move", &[("left", left)]),
        None => scene.fill("free.turn-end", &[("left", left)]),
    }
}

/// `up-down done | SIDE-SIDE | diagonal`. No seconds: the digits have them.
fn strokes_line(scene: &Scene, session: &Session, section: Section) -> Line {
    let progress = &session.progress()[section];
    let mut line = Line::default();
    for (place, stroke) in progress.plan.iter().enumerate() {
        let short = scene.protocol.strokes.get(*stroke).map(|stroke| stroke.short.clone()).unwrap_or_default();
        if place > 0 {
            line = line.and(" | ", Tone::Quiet);
        }
        line = match place.cmp(&progress.strokes.len()) {
            core::cmp::Ordering::Less => line.and(format!("{short} {}", scene.say("free.stroke-done")), Tone::Quiet),
            core::cmp::Ordering::Equal => line.and(short.to_uppercase(), Tone::Strong),
            core::cmp::Ordering::Greater => line.and(short, Tone::Plain),
        };
    }
    line
}

fn next_text(scene: &Scene, session: &Session) -> String {
    match following(scene, session) {
        Some(section) => {
            let hands = match session.section().is_some_and(|from| switches_hands(session, from, section)) {
                true => scene.say("free.switch-hands"),
                false => scene.protocol.sections[section].hands.clone(),
            };
            scene.fill("free.next-move", &[("section", &scene.loud_name(section)), ("hands", &hands)])
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

/// Seconds stand alone where the whole step has one figure, and as a clock in every other step: what stands beside
/// the digits must not hop when they come below ten.
fn seconds(span: Duration, whole: Duration) -> String {
    let text = clock(span);
    let alone = text.strip_prefix("0:0").filter(|_| whole <= Duration::from_secs(9));
    alone.map(str::to_owned).unwrap_or(text)
}

fn hands(scene: &Scene, session: &Session, due: Due, left: Duration, then: Option<HaltedStep>) -> View {
    let title = scene.say("free.head-prepare");
    let next = match (then.map(|held| held.due), session.section()) {
        (Some(Due::Saline), _) => scene.say("free.head-saline"),
        (Some(Due::Serum), _) => scene.say("free.head-serum"),
        (_, Some(section)) => scene.loud_name(section),
        (_, None) => scene.say("free.head-saline"),
    };
    let next = scene.fill("free.next", &[("section", &next)]);
    let digits = clock(left);
    let few = || vec![plain(&digits), plain(&title), plain(&next), plain(scene.say("last-touch.pause-narrow"))];
    let sheet = || {
        let words = match (due, session.section()) {
            (Due::Prepare, _) => vec!["free.prepare-2", "free.prepare-3", "free.prepare-4"],
            (_, Some(_)) => vec!["free.hands-2", "free.hands-3"],
            (_, None) => vec!["free.hands-2", "free.roller-down"],
        };
        let gap = Line::default;
        let words = words.into_iter().flat_map(|word| [plain(scene.say(word)), gap()]);
        let beside = [strong(&title), gap()].into_iter().chain(words).chain([strong(&next)]).collect();
        let sheet = scene.sheet().wide_gap().digits(digits.clone(), true, beside);
        if session.section().is_some() { sheet.gap().line(TEXT, states_line(scene, session)) } else { sheet }
    };
    let body = scene.timed_body(digits.clone(), || title.clone(), few, sheet);
    let head = Fit::same(Line::toned(&title, Tone::Current));
    scene.view(head, to_go(scene, session), body, foot(scene))
}

fn states_line(scene: &Scene, session: &Session) -> Line {
    map::line(scene, |section| state(scene, session, section, false))
}

fn to_section(scene: &Scene, session: &Session, due: Due, section: Section, left: Duration) -> View {
    let moving = matches!(due, Due::Move { .. });
    let words = if moving {
        ["free.head-move", "free.head-move-narrow"]
    } else {
        ["free.head-ready", "free.head-ready-narrow"]
    };
    let (number, last) = (section.number().to_string(), scene.last_mark(section));
    let places = &[("n", number.as_str()), ("last", &last)];
    let [long, short] = words.map(|word| move || Line::toned(scene.fill(word, places), Tone::Current));
    let head = scene.fit(long, short);
    let next = scene.fill("free.next", &[("section", &scene.loud_name(section))]);
    let stroke = scene.stroke_name(session.progress()[section].stroke().unwrap_or(0));
    let digits = seconds(left, session.whole(due));
    let few = || {
        let bare = scene.section_bare(section).to_uppercase();
        vec![
            plain(&digits).and("  ", Tone::Plain).and(bare, Tone::Strong),
            plain(&scene.protocol.sections[section].hands),
            plain(&stroke),
            plain(scene.say("last-touch.pause-narrow")),
        ]
    };
    let sheet = || {
        let beside = beside(scene, session, section, moving, &next, &stroke);
        let sheet = scene.sheet().wide_gap().digits(digits.clone(), true, beside).gap();
        let sheet = sheet.when_wide(|sheet| {
            let sheet = if moving { sheet.text("free.lift", &[]).gap() } else { sheet };
            sheet.table(LIST - TEXT, done_and_off(scene, session, section)).gap()
        });
        sheet.line(TEXT, states_line(scene, session))
    };
    let body = scene.timed_body(digits.clone(), || next.clone(), few, sheet);
    scene.view(head, to_go(scene, session), body, foot(scene))
}

/// What stands beside the digits on the way to `section`.
fn beside(scene: &Scene, session: &Session, section: Section, moving: bool, next: &str, stroke: &str) -> Vec<Line> {
    let words = &scene.protocol.sections[section];
    let begun = session.progress()[section].begun();
    let stroke = scene.fill(if begun { "free.this-stroke" } else { "free.first-stroke" }, &[("stroke", stroke)]);
    let mut beside = vec![strong(next), Line::default()];
    if moving && rolled_before(session).is_some_and(|from| switches_hands(session, from, section)) {
        beside.push(plain(scene.say("free.switch-hands")));
    }
    beside.extend([plain(&words.hands), plain(scene.say("free.taut")), strong(&stroke)]);
    if !words.bounds.is_empty() {
        beside.extend([Line::default(), plain(capital(&words.bounds))]);
    }
    beside
}

/// What is done, and what to keep off.
fn done_and_off(scene: &Scene, session: &Session, section: Section) -> Vec<Row> {
    let done = scene.joined(done_sections(scene, session).into_iter().map(|section| scene.section_bare(section)));
    let done = if done.is_empty() { scene.say("free.none-yet") } else { done };
    vec![
        row([quiet(scene.say("free.done-list")), plain(done)]),
        row([quiet(scene.say("free.keep-off")), plain(keep_off(scene, session, section))]),
    ]
}

/// `text` as a sentence.
fn capital(text: &str) -> String {
    let sentence = capitalised(text);
    if sentence.is_empty() || sentence.ends_with('.') { sentence } else { sentence + "." }
}

fn done_sections(scene: &Scene, session: &Session) -> Vec<Section> {
    let done = |section: &Section| session.progress()[*section].begun() && session.progress()[*section].end.is_some();
    scene.protocol.order.iter().copied().filter(done).collect()
}
