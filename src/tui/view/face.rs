//! The face as in the mirror, and the screens of rolling.

use super::{Line, Tone};
use engine::protocol::{Direction, PerSection};

/// A share of a whole, drawn as a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Parts done, in thousandths of the whole: 0 to 1000.
    pub thousandths: u16,
}

/// Rolling in a large window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Time left in this section: `0:14`.
    pub digits: String,
    pub map: FaceMap,
    /// The direction of the stroke.
    pub arrow: Direction,
    /// "SIDE TO SIDE".
    pub stroke: Line,
    /// "light hand; each place once", and what follows from that.
    pub hint: Vec<Line>,
    /// "then diagonal, in 0:06".
    pub turn: Line,
    /// Word before the strokes.
    pub strokes_label: String,
    /// All strokes of the section with their state.
    pub strokes: Line,
    /// Label and share of the section.
    pub section: (String, Share),
    /// Label and share of the whole session.
    pub session: (String, Share),
    /// Word before what comes next.
    pub next_label: String,
    /// "YOUR LOWER RIGHT. Switch hands."
    pub next: Line,
    /// "keep off: eye, mole".
    pub keep_off: Line,
}

/// Rolling in a compact window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallFace {
    /// Time left in this section: `0:14`.
    pub digits: String,
    /// The direction of the stroke.
    pub arrow: Direction,
    /// "SIDE TO SIDE".
    pub stroke: Line,
    /// "then diagonal, in 0:06".
    pub turn: Line,
    /// "each place once; lift, wait"; left out where what follows is long.
    pub hint: Line,
    /// The sections in the mirror's order: `UL NOW UR done  LL wait LR next  M wait`.
    pub sections: Line,
    /// The share of the whole session.
    pub session: Share,
    /// "next: YOUR LOWER RIGHT. Switch hands."
    pub next: Line,
    /// "keep off: eye, mole".
    pub keep_off: Line,
}

/// The face as in the mirror: the person's left is on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceMap {
    pub cells: PerSection<MapCell>,
    pub size: MapSize,
    /// Word for the eyes.
    pub eye: String,
    /// Word for the lips.
    pub lips: String,
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
    /// With eyes, lips and sides marked, names and states.
    Large,
    /// With names and states.
    Small,
    /// With numbers alone, filled where it was rolled.
    Mini,
}

/// One section of the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapCell {
    /// "2".
    pub number: String,
    /// Its name in up to two words: "upper", "left"; one word for the mouth.
    pub name: [String; 2],
    /// Its state in a word: "done", "NOW", "next", "wait", "skip"; may be empty.
    pub state: String,
    pub tone: Tone,
    /// Filled, as at the end where it was rolled.
    pub filled: bool,
}
