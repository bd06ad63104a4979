//! While hands are busy: countdowns between sections, and rolling itself.

use core::time::Duration;

use super::sheet::{LIST, TEXT, plain, quiet, row, strong};
use super::wash::wash;
use super::{Scene, ScreenName, map};
use crate::cues::text::{capitalised, rolled_before, switches_hands};
use crate::tui::view::{Body, Face, Fit, Foot, Line, MapSize, On, Page, Share, Tone, View, What};
use engine::protocol::words::{borrowed, clock};
use engine::protocol::{Direction, Section};
use engine::session::{Due, Held, SectionEnd, Session};
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
    let rolling = clock(session.rolling_left(scene.now));
    let left = if session.section().is_some() { rolling } else { clock(session.session_left(scene.now)) };
    let ends = scene.time_of_day(session.session_left(scene.now));
    let wide =
        format!("{}   {}", scene.fill("free.to-go", &[("left", &left)]), scene.fill("free.ends", &[("time", &ends)]));
    Fit { wide: plain(wide), narrow: plain(scene.fill("free.left", &[("left", &left)])) }
}

fn foot(scene: &Scene) -> Foot {
    let narrow = strong(scene.say("free.foot-narrow"));
    if !scene.session.is_some_and(Session::clicker_was_seen) {
        return Foot::HandsFree(Fit { wide: strong(scene.say("free.foot")), narrow });
    }
    let keys = scene.app.keymap.of(ScreenName::Clicker).iter().map(|row| format!("{} {}", row.shown(), row.label));
    let keys = scene.fill("free.foot-clicker", &[("keys", &keys.collect::<Vec<_>>().join("  "))]);
    Foot::HandsFree(Fit { wide: strong(scene.say("free.foot-any")).and(keys, Tone::Plain), narrow })
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
    let (number, count) = scene.place_in_plan(section);
    let places = [("n", number.to_string()), ("all", count.to_string())];
    let places = borrowed(&places);
    let name = scene.loud_name(section);
    let bare = scene.section_bare(section).to_uppercase();
    let head = Fit {
        wide: strong(scene.fill("free.head-roll", &places)).and("   ", Tone::Plain).and(&name, Tone::Current),
        narrow: strong(scene.fill("free.head-roll-narrow", &places)).and(" ", Tone::Plain).and(&bare, Tone::Current),
    };
    let progress = &session.progress()[section];
    let whole = session.stroke_length(section) * u32::try_from(progress.plan.len()).unwrap_or(0);
    let direction = scene.protocol.strokes.get(stroke).map_or(Direction::UpDown, |stroke| stroke.direction);
    let next = next_fit(scene, session);
    let off = keep_off(scene, session, section);
    let off_line = scene.fill("free.keep-off-line", &[("what", &off)]);
    let face = Face {
        digits: digits.clone(),
        map: map::face(scene, MapSize::Large, states),
        arrow: direction,
        stroke: Line::toned(scene.stroke_name(stroke).to_uppercase(), Tone::Strong),
        hint: quiet(scene.say("free.hint")),
        turn: plain(turn_text(scene, session, section, &clock(stroke_left))),
        strokes_label: scene.say("free.stroke"),
        strokes: strokes_line(scene, session, section),
        section: (scene.say("free.section"), share(whole.saturating_sub(left + unmoved(scene, session)), whole)),
        session: (scene.say("free.session"), session_share(scene, session)),
        next_label: scene.say("map.next"),
        next,
        keep_off: Fit::same(plain(&off_line)),
        map_line: map::line(scene, states),
    };
    let after =
        following(scene, session).map_or_else(|| scene.say("free.next-saline"), |next| scene.section_bare(next));
    let tiny = vec![
        plain(&digits).and("  ", Tone::Plain).and(scene.stroke_name(stroke), Tone::Strong),
        plain(scene.fill("free.next-line", &[("what", &after)])),
        plain(&off_line),
        plain(scene.say("last-touch.pause-narrow")),
    ];
    let narrow_head = scene.fill("free.head-roll-narrow", &places);
    View {
        head,
        status: to_go(scene, session),
        reversed: false,
        mark: scene.mark(),
        body: Body::Face(Box::new(face)),
        foot: foot(scene),
        tiny,
        // The time first: a mark before it or a narrow window must not push it out.
        clock: Some(digits),
        line: format!("{narrow_head} {bare}"),
    }
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

fn next_fit(scene: &Scene, session: &Session) -> Fit {
    let next = match following(scene, session) {
        Some(section) => {
            let hands = match session.section().is_some_and(|from| switches_hands(session, from, section)) {
                true => scene.say("free.switch-hands"),
                false => scene.protocol.sections[section].hands.clone(),
            };
            scene.fill("free.next-move", &[("section", &scene.loud_name(section)), ("hands", &hands)])
        }
        None => scene.say("free.next-saline"),
    };
    Fit { narrow: plain(scene.fill("free.next-line", &[("what", &next)])), wide: plain(next) }
}

/// Prepare, hand cleaning, get ready, move, saline, serum.
pub(super) fn countdown(scene: &Scene, due: Due, running: Countdown, then: Option<Held>) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let left = running.left(scene.now.moment);
    match due {
        Due::GetReady { section } | Due::Move { section } => to_section(scene, session, due, section, left),
        Due::Saline | Due::Serum => wash(scene, session, due, left),
        Due::Prepare | Due::HandClean | Due::Contact | Due::Stroke { .. } => hands(scene, session, due, left, then),
    }
}

pub(super) fn view(
    scene: &Scene,
    session: &Session,
    head: Fit,
    sheet: super::Sheet,
    tiny: Vec<Line>,
    clock: String,
    line: String,
) -> View {
    View {
        head,
        status: to_go(scene, session),
        reversed: false,
        mark: scene.mark(),
        body: Body::Page(Page { blocks: sheet.finish(), scroll: 0 }),
        foot: foot(scene),
        tiny,
        clock: Some(clock),
        line,
    }
}

/// Seconds stand alone where the whole step has one figure, and as a clock in every other step: what stands beside
/// the digits must not hop when they come below ten.
fn seconds(span: Duration, whole: Duration) -> String {
    let text = clock(span);
    let alone = text.strip_prefix("0:0").filter(|_| whole <= Duration::from_secs(9));
    alone.map(str::to_owned).unwrap_or(text)
}

fn hands(scene: &Scene, session: &Session, due: Due, left: Duration, then: Option<Held>) -> View {
    let title = scene.say("free.head-prepare");
    let next = match (then.map(|held| held.due), session.section()) {
        (Some(Due::Saline), _) => scene.say("free.head-saline"),
        (Some(Due::Serum), _) => scene.say("free.head-serum"),
        (_, Some(section)) => scene.loud_name(section),
        (_, None) => scene.say("free.head-saline"),
    };
    let next = scene.fill("free.next", &[("section", &next)]);
    let mut beside = vec![strong(&title), Line::default()];
    if due == Due::Prepare {
        beside.extend([plain(scene.say("free.prepare-2")), Line::default(), plain(scene.say("free.prepare-3"))]);
    } else {
        beside.extend([plain(scene.say("free.hands-2")), Line::default(), plain(scene.say("free.hands-3"))]);
    }
    beside.extend([Line::default(), strong(&next)]);
    let digits = clock(left);
    let tiny = vec![plain(&digits), plain(&title), plain(&next), plain(scene.say("last-touch.pause-narrow"))];
    let mut sheet =
        scene.sheet().gap_on(On::Wide).put(On::All, What::Digits { text: digits.clone(), large: true, beside });
    if session.section().is_some() {
        sheet = sheet.gap().put(On::All, What::Text { indent: TEXT, line: states_line(scene, session) });
    }
    view(scene, session, Fit::same(Line::toned(&title, Tone::Current)), sheet, tiny, digits, title)
}

fn states_line(scene: &Scene, session: &Session) -> Line {
    map::line(scene, |section| state(scene, session, section, false))
}

fn to_section(scene: &Scene, session: &Session, due: Due, section: Section, left: Duration) -> View {
    let (number, count) = scene.place_in_plan(section);
    let places = [("n", number.to_string()), ("all", count.to_string())];
    let places = borrowed(&places);
    let moving = matches!(due, Due::Move { .. });
    let (wide, narrow) = if moving {
        ("free.head-move", "free.head-move-narrow")
    } else {
        ("free.head-ready", "free.head-ready-narrow")
    };
    let head = Fit {
        wide: Line::toned(scene.fill(wide, &places), Tone::Current),
        narrow: Line::toned(scene.fill(narrow, &places), Tone::Current),
    };
    let words = &scene.protocol.sections[section];
    let next = scene.fill("free.next", &[("section", &scene.loud_name(section))]);
    let progress = &session.progress()[section];
    let stroke = scene.stroke_name(progress.stroke().unwrap_or(0));
    let word = if progress.begun() { "free.this-stroke" } else { "free.first-stroke" };
    let tiny_stroke = plain(&stroke);
    let stroke = scene.fill(word, &[("stroke", &stroke)]);
    let off = keep_off(scene, session, section);
    let mut beside = vec![strong(&next), Line::default()];
    if moving && rolled_before(session).is_some_and(|from| switches_hands(session, from, section)) {
        beside.push(plain(scene.say("free.switch-hands")));
    }
    beside.push(plain(&words.hands));
    beside.push(plain(scene.say("free.taut")));
    beside.push(strong(&stroke));
    if !words.bounds.is_empty() {
        beside.push(Line::default());
        beside.push(plain(capital(&words.bounds)));
    }
    let digits = seconds(left, session.whole(due));
    let done = scene.joined(done_sections(scene, session).into_iter().map(|section| scene.section_bare(section)));
    let done = if done.is_empty() { scene.say("free.none-yet") } else { done };
    let rows = vec![
        row([quiet(scene.say("free.done-list")), plain(done)]),
        row([quiet(scene.say("free.keep-off")), plain(off)]),
    ];
    let mut sheet =
        scene.sheet().gap_on(On::Wide).put(On::All, What::Digits { text: digits.clone(), large: true, beside }).gap();
    if moving {
        sheet = sheet.wide("free.lift", &[]).gap_on(On::Wide);
    }
    sheet =
        sheet.table_on(On::Wide, LIST - TEXT, rows).gap_on(On::Wide).line(On::All, TEXT, states_line(scene, session));
    let bare = scene.section_bare(section).to_uppercase();
    let tiny = vec![
        plain(&digits).and("  ", Tone::Plain).and(bare, Tone::Strong),
        plain(&words.hands),
        tiny_stroke,
        plain(scene.say("last-touch.pause-narrow")),
    ];
    view(scene, session, head, sheet, tiny, digits, next)
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
