//! How long a whole session takes, section by section.

use core::time::Duration;

use super::Scene;
use super::sheet::{plain, quiet, strong};
use crate::tui::view::Row;
use engine::protocol::words::clock;

/// Times of the whole session when every section is rolled.
pub(super) struct Spans {
    pub(super) rolling: Duration,
    pub(super) serum: Duration,
    pub(super) free: Duration,
    pub(super) all: Duration,
}

pub(super) fn spans(scene: &Scene) -> Spans {
    let times = &scene.protocol.times;
    let strokes = u32::try_from(scene.protocol.strokes.len()).unwrap_or(0);
    let sections: Duration =
        (0..scene.protocol.order.len()).map(|place| scene.protocol.stroke_time(place) * strokes).sum();
    let ways = u32::try_from(scene.protocol.order.len().saturating_sub(1)).unwrap_or(0);
    let rolling = times.get_ready + sections + times.move_on * ways;
    let serum = times.saline + times.serum;
    let free = times.prepare + rolling + serum;
    Spans { rolling, serum, free, all: times.contact + free }
}

/// Each section with its time. The times of the whole session stand to the right of the last three rows, which have
/// no section where the protocol has fewer.
pub(super) fn plan_rows(scene: &Scene, spans: &Spans) -> Vec<Row> {
    let strokes = u32::try_from(scene.protocol.strokes.len()).unwrap_or(0);
    let totals = [
        ("welcome.plan-rolling", clock(spans.rolling)),
        ("welcome.plan-all", clock(spans.all)),
        ("welcome.plan-ends", scene.time_of_day(spans.all)),
    ];
    let count = scene.protocol.order.len().max(totals.len());
    let each = (0..count).map(|place| {
        let section = scene.protocol.order.get(place).map(|section| {
            let time = clock(scene.protocol.stroke_time(place) * strokes);
            [strong((place + 1).to_string()), plain(scene.section_name(*section)), plain(time)]
        });
        let total = (place + totals.len()).checked_sub(count).and_then(|place| totals.get(place));
        let total = total.map(|(word, value)| [quiet(scene.say(word)), plain(value)]);
        let cells = section.unwrap_or_default().into_iter().chain(total.unwrap_or_default());
        Row { cells: cells.collect(), cursor: false, seen_as: None }
    });
    each.collect()
}
