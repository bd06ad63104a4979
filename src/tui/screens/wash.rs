//! After rolling, hands still busy: saline, then serum.

use core::time::Duration;

use super::rolling::view;
use super::sheet::{LIST, Sheet, TEXT, plain, quiet, strong};
use super::{HeadStage, Scene};
use crate::tui::view::{On, Tone, View, What};
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
    sheet.text("free.roller-down", &[]).line(On::All, LIST, strong(rolled_names(scene, session))).gap().line(
        On::All,
        TEXT,
        plain(next),
    )
}

fn spread<'a>(scene: &Scene, session: &Session, sheet: Sheet<'a>) -> Sheet<'a> {
    let mut sheet = sheet.line(On::All, LIST, strong(rolled_names(scene, session)));
    let skipped = unrolled_names(scene, session);
    if !skipped.is_empty() {
        sheet = sheet.text("free.serum-skip", &[("sections", &skipped)]);
    }
    let name = if scene.app.serum.is_empty() { String::new() } else { format!("\"{}\"", scene.app.serum) };
    sheet
        .line(On::All, TEXT, quiet(scene.say("free.serum-name")).and(format!("  {name}"), Tone::Plain))
        .both("free.serum-word", &[])
        .gap_on(On::Wide)
        .line(On::All, TEXT, plain(scene.say("free.serum-next")))
        .line(On::Wide, TEXT, quiet(scene.say("free.roller-down")))
}

pub(super) fn wash(scene: &Scene, session: &Session, due: Due, left: Duration) -> View {
    let digits = clock(left);
    let serum = due == Due::Serum;
    let (title, what) =
        if serum { ("free.head-serum", "free.serum-do") } else { ("free.head-saline", "free.saline-do") };
    let (title, narrow, what) = (scene.say(title), scene.say(&format!("{what}-narrow")), scene.say(what));
    let sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .put(On::All, What::Digits { text: digits.clone(), large: true, beside: Vec::new() })
        .gap()
        .line(On::Wide, TEXT, strong(format!("{title}  {what}")))
        .line(On::Narrow, TEXT, strong(format!("{title}  {narrow}")));
    let sheet = if serum { spread(scene, session, sheet) } else { bathe(scene, session, left, sheet) };
    let status = match session.summary().filter(|_| session.is_kept()) {
        Some(summary) => scene.fill("free.saved", &[("time", &summary.closed.time_of_day())]),
        None if !session.is_kept() => scene.say("free.not-kept"),
        None => scene.fill("free.ends", &[("time", &scene.time_of_day(session.session_left(scene.now)))]),
    };
    let tiny = vec![
        plain(&digits).and("  ", Tone::Plain).and(&title, Tone::Strong),
        plain(if serum { what } else { scene.say("free.roller-down") }),
        plain(rolled_names(scene, session)),
        plain(scene.say("last-touch.pause-narrow")),
    ];
    let head = scene.steps_as(HeadStage::Serum, &title);
    let mut view = view(scene, session, head, sheet, tiny, digits, title);
    view.status = scene.status(status);
    view
}
