//! After rolling, hands still busy: saline, then serum.

use core::time::Duration;

use super::rolling::foot;
use super::sheet::{LIST, Sheet, TEXT, plain, quiet, strong};
use super::{HeadStage, Scene};
use crate::tui::view::{Tone, View};
use engine::protocol::Section;
use engine::protocol::words::clock;
use engine::session::{Due, Session};

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
fn bathe<'a>(scene: &Scene, session: &Session, left: Duration, sheet: Sheet<'a>) -> Sheet<'a> {
    // After a stop nothing follows by itself.
    let serum_follows = session.session_left(scene.now) > left;
    let next = if serum_follows {
        scene.fill("free.saline-next", &[("time", &clock(scene.protocol.times.serum))])
    } else {
        scene.say("free.saline-next-stopped")
    };
    sheet.text("free.roller-down", &[]).line(LIST, strong(rolled_names(scene, session))).gap().line(TEXT, plain(next))
}

fn spread<'a>(scene: &Scene, session: &Session, sheet: Sheet<'a>) -> Sheet<'a> {
    let mut sheet = sheet.line(LIST, strong(rolled_names(scene, session)));
    let skipped = unrolled_names(scene, session);
    if !skipped.is_empty() {
        sheet = sheet.text("free.serum-skip", &[("sections", &skipped)]);
    }
    let name = if scene.app.serum.is_empty() { String::new() } else { format!("\"{}\"", scene.app.serum) };
    sheet
        .line(TEXT, quiet(scene.say("free.serum-name")).and(format!("  {name}"), Tone::Plain))
        .both("free.serum-word", &[])
        .wide_gap()
        .line(TEXT, plain(scene.say("free.serum-next")))
        .when_wide(|sheet| sheet.quiet("free.roller-down", &[]))
}

pub(super) fn wash(scene: &Scene, session: &Session, due: Due, left: Duration) -> View {
    let digits = clock(left);
    let serum = due == Due::Serum;
    let (title, what) =
        if serum { ("free.head-serum", "free.serum-do") } else { ("free.head-saline", "free.saline-do") };
    let title = scene.say(title);
    let sheet = || {
        let what = format!("{title}  {}", scene.both(what, &[]));
        let sheet = scene.sheet().wide_gap().digits(digits.clone(), true, Vec::new()).gap().heading_text(what);
        if serum { spread(scene, session, sheet) } else { bathe(scene, session, left, sheet) }
    };
    let status = match session.summary().filter(|_| session.is_kept()) {
        Some(summary) => scene.fill("free.saved", &[("time", &summary.closed.time_of_day())]),
        None if !session.is_kept() => scene.say("free.not-kept"),
        None => scene.fill("free.ends", &[("time", &scene.time_of_day(session.session_left(scene.now)))]),
    };
    let few = || {
        vec![
            plain(&digits).and("  ", Tone::Plain).and(&title, Tone::Strong),
            plain(scene.say(if serum { what } else { "free.roller-down" })),
            plain(rolled_names(scene, session)),
            plain(scene.say("last-touch.pause-narrow")),
        ]
    };
    let body = scene.timed_body(digits.clone(), || title.clone(), few, sheet);
    scene.view(scene.steps_as(HeadStage::Serum, &title), scene.status(status), body, foot(scene))
}
