//! The direction of the stroke as it looks in the mirror. ASCII alone, so that every terminal has it.

use engine::protocol::Direction;

/// Columns of the tall form, whatever the direction, so that a turn moves nothing else.
pub(super) const COLUMNS: u16 = 22;

/// Over five rows, for large windows. The side-to-side arrow stands in the row of its name.
// One row below the other, as they are seen.
#[rustfmt::skip]
pub(super) fn tall(direction: Direction) -> [&'static str; 5] {
    match direction {
        Direction::UpDown => [
            r"          ^",
            r"         /|\",
            r"          |",
            r"         \|/",
            r"          v",
        ],
        Direction::SideToSide => ["", "<====================>", "", "", ""],
        Direction::Diagonal => [
            r"            ___",
            r"              /|",
            r"            /  |",
            r"       |  /",
            r"       |/__",
        ],
        Direction::OtherDiagonal => [
            r"       ___",
            r"      |\",
            r"      |  \",
            r"           \  |",
            r"           __\|",
        ],
    }
}

/// In one row, for small ones.
pub(super) fn flat(direction: Direction) -> &'static str {
    match direction {
        Direction::UpDown => "^ | v",
        Direction::SideToSide => "<==============>",
        Direction::Diagonal => "/ / /",
        Direction::OtherDiagonal => r"\ \ \",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arrow_is_ascii_in_its_own_place() {
        use Direction::{Diagonal, OtherDiagonal, SideToSide, UpDown};
        for direction in [UpDown, SideToSide, Diagonal, OtherDiagonal] {
            for row in tall(direction) {
                assert!(row.is_ascii() && row.len() <= usize::from(COLUMNS), "{direction:?}: {row}");
            }
            assert!(flat(direction).is_ascii());
        }
    }

    /// The row and the column of each stroke of the slash.
    fn slant(rows: [&str; 5], slash: char) -> Vec<usize> {
        rows.iter().filter_map(|row| row.find(slash)).collect()
    }

    #[test]
    fn diagonals_slant_as_the_mirror_shows_them() {
        // From the lower left of the picture to its upper right: further down is further left.
        assert_eq!(slant(tall(Direction::Diagonal), '/'), [14, 12, 10, 8]);
        assert_eq!(slant(tall(Direction::OtherDiagonal), '\\'), [7, 9, 11, 13]);
    }
}
