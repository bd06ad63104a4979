//! How long a whole session takes.

use core::time::Duration;

use super::Scene;

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
