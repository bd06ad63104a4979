//! The direction of the stroke as it looks in the mirror.

use crate::protocol::Direction;

/// Over five rows, for large windows.
pub(super) fn tall(direction: Direction) -> [&'static str; 5] {
    match direction {
        Direction::UpDown => ["    ^    ", "    |    ", "    |    ", "    |    ", "    v    "],
        Direction::SideToSide => ["", "<====================>", "", "", ""],
        Direction::Diagonal => ["         ___", "          /|", "        /   ", "    | /     ", "    |/__    "],
        Direction::OtherDiagonal => {
            ["    ___     ", "    |\\      ", "      \\     ", "        \\ | ", "       __\\| "]
        }
    }
}

/// In one row, for small ones.
pub(super) fn flat(direction: Direction) -> &'static str {
    match direction {
        Direction::UpDown => "^ | v",
        Direction::SideToSide => "<==============>",
        Direction::Diagonal => "/ / /",
        Direction::OtherDiagonal => "\\ \\ \\",
    }
}
