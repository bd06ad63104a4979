//! The direction of the stroke as it looks in the mirror: a shaft with a head at both ends, in every size.

use engine::protocol::Direction;

/// A head is that part of the length of the whole, and nine tenths of its own length wide to both sides.
const HEAD: f32 = 0.26;
const HEAD_WIDTH: f32 = 0.9;
/// Half the width of the shaft, as a part of the length.
const SHAFT: f32 = 0.055;

/// The arrow in `columns` and `rows`, out of half blocks or, in ASCII, out of whole ones. A point is as wide as it is high.
pub(super) fn rows(direction: Direction, columns: usize, rows: usize, ascii: bool) -> Vec<String> {
    let shape = Shape::new(direction, small(columns), small(rows) * 2.0);
    let is_on = |x: usize, y: f32| shape.contains(small(x) + 0.5, y);
    let cell = |x: usize, y: usize| {
        let [upper, lower] = [0.5, 1.5].map(|half| is_on(x, small(y) * 2.0 + half));
        match (upper, lower) {
            _ if ascii => {
                if is_on(x, small(y) * 2.0 + 1.0) {
                    '#'
                } else {
                    ' '
                }
            }
            (true, true) => '\u{2588}',
            (true, false) => '\u{2580}',
            (false, true) => '\u{2584}',
            (false, false) => ' ',
        }
    };
    (0..rows).map(|y| (0..columns).map(|x| cell(x, y)).collect()).collect()
}

fn small(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// An arrow from one point to another.
struct Shape {
    from: (f32, f32),
    /// Of length one.
    along: (f32, f32),
    length: f32,
}

impl Shape {
    fn new(direction: Direction, width: f32, height: f32) -> Shape {
        let side = width.min(height);
        let (left, top) = ((width - side) / 2.0, (height - side) / 2.0);
        let (right, bottom) = (left + side, top + side);
        let (from, to) = match direction {
            Direction::UpDown => ((width / 2.0, 0.0), (width / 2.0, height)),
            Direction::SideToSide => ((0.0, height / 2.0), (width, height / 2.0)),
            Direction::Diagonal => ((left, bottom), (right, top)),
            Direction::OtherDiagonal => ((left, top), (right, bottom)),
        };
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        Shape { from, along: ((to.0 - from.0) / length.max(1.0), (to.1 - from.1) / length.max(1.0)), length }
    }

    fn contains(&self, x: f32, y: f32) -> bool {
        let (x, y) = (x - self.from.0, y - self.from.1);
        let along = x * self.along.0 + y * self.along.1;
        let across = (x * self.along.1 - y * self.along.0).abs();
        // Where it is wide and low, its heads are as high as the room.
        let head = self.length.min(24.0) * HEAD;
        let from_tip = along.min(self.length - along);
        let is_in_head = from_tip <= head && across <= from_tip * HEAD_WIDTH;
        from_tip >= 0.0
            && (is_in_head || (from_tip > head * 0.5 && across <= (self.length.min(24.0) * SHAFT).max(0.75)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Diagonal, OtherDiagonal, SideToSide, UpDown};

    /// The column of the middle of what is drawn in each row.
    fn middles(direction: Direction, ascii: bool) -> Vec<usize> {
        let middle = |row: &String| {
            let on: Vec<usize> = row.chars().enumerate().filter(|(_, c)| *c != ' ').map(|(at, _)| at).collect();
            Some((on.first()? + on.last()?) / 2)
        };
        rows(direction, 20, 10, ascii).iter().filter_map(middle).collect()
    }

    #[test]
    fn diagonals_slant_as_the_mirror_shows_them() {
        for ascii in [false, true] {
            // From the lower left of the picture to its upper right: further down is further left. The heads are wider than
            // the shaft.
            let (falling, rising) = (middles(OtherDiagonal, ascii), middles(Diagonal, ascii));
            assert!(falling[3..7].is_sorted() && falling[0] + 8 < falling[9], "{falling:?}");
            assert!(rising[3..7].is_sorted_by(|one, other| one >= other) && rising[9] + 8 < rising[0], "{rising:?}");
            let upright = middles(UpDown, ascii);
            assert!(upright.iter().all(|middle| (9..=10).contains(middle)) && upright.len() == 10, "{upright:?}");
            assert!((3..=7).contains(&middles(SideToSide, ascii).len()));
        }
    }

    #[test]
    fn every_arrow_keeps_to_its_room() {
        for direction in [UpDown, SideToSide, Diagonal, OtherDiagonal] {
            for (columns, height) in [(0, 0), (1, 1), (10, 5), (20, 10), (30, 15), (200, 60)] {
                let drawn = rows(direction, columns, height, false);
                assert_eq!(drawn.len(), height);
                assert!(drawn.iter().all(|row| row.chars().count() == columns));
            }
        }
    }
}
