//! The face as in the mirror, and the screens of rolling.

use super::Line;
use engine::protocol::{Direction, PerSection};

/// A share of a whole, drawn as a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Parts done, in thousandths of the whole: 0 to 1000.
    pub thousandths: u16,
}

/// What is read from two metres: the face, what the hand does, its seconds. All else is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub map: FaceMap,
    /// Seconds left of what the hand does now: `8`, `1:40`.
    pub digits: String,
    /// The direction of the stroke, while one runs.
    pub arrow: Option<Direction>,
    /// What the hand does, in large letters: "SIDE TO SIDE".
    pub letters: String,
    /// The strokes of the section, each with its name and the share of it that is over.
    pub strokes: Vec<(String, Share)>,
    /// Smaller words, the most important first.
    pub lines: Vec<Line>,
}

/// The face as in the mirror: the person's left is on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceMap {
    pub cells: PerSection<MapCell>,
    pub size: MapSize,
    /// Below the left half.
    pub your_left: String,
    /// Below the right half.
    pub your_right: String,
    /// Says that it is drawn as in the mirror.
    pub as_in_mirror: String,
}

/// How much of the face is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapSize {
    /// With states, and the sides named.
    Large,
    /// With states.
    Small,
    /// With numbers alone.
    Mini,
}

/// One section of the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapCell {
    /// "2".
    pub number: String,
    /// Its state in a word: "done", "NOW", "next", "wait", "skip"; may be empty.
    pub state: String,
    pub fill: Fill,
}

/// What a section is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fill {
    /// Not rolled, or not chosen.
    #[default]
    Waiting,
    Next,
    /// Being rolled, or chosen.
    Now,
    Done,
    /// Not to be rolled.
    LeftOut,
}
