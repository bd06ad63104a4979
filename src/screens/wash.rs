//! After rolling, hands still busy: saline, then serum.

use core::time::Duration;

use super::hands_free::view;
use super::sheet::{LIST, TEXT, plain, quiet, strong};
use super::{HeadStage, Scene};
use crate::protocol::Section;
use crate::protocol::words::clock;
use crate::session::{Due, Session};
use crate::view::{On, Tone, View, What};

/// Sections that were rolled at least in part, by name.
pub(super) fn rolled_names(scene: &Scene, session: &Session) -> String {
    let rolled = |section: &&Section| session.progress()[**section].begun();
    scene.joined(scene.protocol.order.iter().filter(rolled).map(|section| scene.section_name(*section)))
}

fn unrolled_names(scene: &Scene, session: &Session) -> String {
    let unrolled = |section: &&Section| !session.progress()[**section].begun();
    scene.joined(scene.protocol.order.iter().filter(unrolled).map(|section| scene.section_name(*section)))
}

pub(super) fn wash(scene: &Scene, session: &Session, due: Due, left: Duration) -> View {
    let digits = clock(left);
    let serum = due == Due::Serum;
    let title = scene.say(if serum { "free.head-serum" } else { "free.head-saline" });
    let mut sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .put(On::All, What::Digits { text: digits.clone(), large: true, beside: Vec::new() })
        .gap()
        .line(On::All, TEXT, strong(scene.say("free.saline-1")));
    if serum {
        sheet =
            sheet.gap_on(On::Wide).both("free.serum-1", &[]).line(On::All, LIST, strong(rolled_names(scene, session)));
        let skipped = unrolled_names(scene, session);
        if !skipped.is_empty() {
            sheet = sheet.text("free.serum-skip", &[("sections", &skipped)]);
        }
        let name = if scene.serum.is_empty() { String::new() } else { format!("\"{}\"", scene.serum) };
        sheet = sheet
            .gap_on(On::Wide)
            .line(On::All, TEXT, quiet(scene.say("free.serum-name")).and(format!("  {name}"), Tone::Plain))
            .wide("free.serum-word", &[]);
    } else {
        sheet =
            sheet.gap_on(On::Wide).text("free.saline-2", &[]).line(On::All, LIST, strong(rolled_names(scene, session)));
    }
    let status = match session.summary().filter(|_| session.is_kept()) {
        Some(summary) => scene.fill("free.saved", &[("time", &summary.closed.time_of_day())]),
        None if !session.is_kept() => scene.say("free.not-kept"),
        None => scene.fill("free.ends", &[("time", &scene.time_of_day(session.session_left(scene.now)))]),
    };
    let tiny = vec![
        plain(&digits).and("  ", Tone::Plain).and(&title, Tone::Strong),
        plain(scene.say("free.saline-1")),
        plain(rolled_names(scene, session)),
        plain(scene.say("last-touch.pause-narrow")),
    ];
    let head = match serum {
        true => scene.steps(HeadStage::Serum),
        false => scene.steps_titled(HeadStage::Serum, &title, Tone::Current),
    };
    let mut view = view(scene, session, head, sheet, tiny, format!("{digits} {title}"));
    view.status = scene.status(status);
    view
}
