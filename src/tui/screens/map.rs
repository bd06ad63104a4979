//! The face as in the mirror, with a word for the state of each section.

use super::Scene;
use crate::tui::view::{FaceMap, Fill, Line, MapCell, MapSize, Means, Piece, Tone};
use engine::protocol::{PerSection, Section};

/// The map with `state` for each section: a word, and what it is filled with.
pub(super) fn face(scene: &Scene, size: MapSize, state: impl Fn(Section) -> (String, Fill)) -> FaceMap {
    let cells = PerSection::from_fn(|section| {
        let (state, fill) = state(section);
        MapCell { number: section.number().to_string(), state, fill }
    });
    FaceMap {
        cells,
        size,
        your_left: scene.say("map.your-left"),
        your_right: scene.say("map.your-right"),
        as_in_mirror: scene.say("map.as-in-mirror"),
    }
}

/// A mark for each section of the protocol, in the order in which they come: done, now, to come, left out.
pub(super) fn marks(scene: &Scene, state: impl Fn(Section) -> (String, Fill)) -> Line {
    let mark = |section: &Section| {
        let (drawn, ascii, tone) = match state(*section).1 {
            Fill::Done => ("\u{2713}", "+", Tone::Good),
            Fill::Now => ("\u{25b6}", ">", Tone::Strong),
            Fill::Next | Fill::Waiting => ("\u{b7}", ".", Tone::Quiet),
            Fill::LeftOut => ("\u{2573}", "x", Tone::Quiet),
        };
        Piece { text: ascii.to_owned(), tone, means: Means::Mark(drawn) }
    };
    let gap = || Piece::new(if scene.is_wide() { " " } else { "" }, Tone::Plain);
    Line(scene.protocol.order.iter().flat_map(|section| [mark(section), gap()]).collect())
}
