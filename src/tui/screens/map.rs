//! The face as in the mirror, with a word for the state of each section.

use super::Scene;
use crate::tui::view::{FaceMap, Line, MapCell, MapSize, Tone};
use engine::protocol::{PerSection, Section};

/// The map with `state` for each section: a word, its weight, filled or not.
pub(super) fn face(scene: &Scene, size: MapSize, state: impl Fn(Section) -> (String, Tone, bool)) -> FaceMap {
    let cells = PerSection::from_fn(|section| {
        let (state, tone, filled) = state(section);
        let bare = scene.section_bare(section);
        let bare = if tone == Tone::Current { bare.to_uppercase() } else { bare };
        let mut words = bare.split_whitespace().map(str::to_owned);
        let name = [words.next().unwrap_or_default(), words.collect::<Vec<_>>().join(" ")];
        MapCell { number: section.number().to_string(), name, state, tone, filled }
    });
    FaceMap {
        cells,
        size,
        eye: scene.say("map.eye"),
        lips: scene.say("map.lips"),
        your_left: scene.say("map.your-left"),
        your_right: scene.say("map.your-right"),
        as_in_mirror: scene.say("map.as-in-mirror"),
    }
}

/// The order in which a mirror shows the sections, row by row.
const AS_IN_MIRROR: [Section; 5] =
    [Section::UpperLeft, Section::UpperRight, Section::LowerLeft, Section::LowerRight, Section::Mouth];

/// `UL NOW  UR done  LL wait  LR next  M wait`.
pub(super) fn line(scene: &Scene, state: impl Fn(Section) -> (String, Tone, bool)) -> Line {
    let mut line = Line::default();
    for (place, section) in AS_IN_MIRROR.into_iter().enumerate() {
        let (word, tone, _) = state(section);
        let gap = if place == 0 { "" } else { " " };
        let short = &scene.protocol.sections[section].short;
        let tone = if tone == Tone::Alert { Tone::Plain } else { tone };
        line = line.and(gap, Tone::Plain).and(format!("{short} {word}"), tone);
    }
    line
}
