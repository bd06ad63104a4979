//! How screens look, whole.

use engine::protocol::Direction;

use super::fixture::{moving, picture, question};
use super::later::{all, noticed, rehearsal, rolling};

/// Compares a picture with the one kept beside the tests.
macro_rules! kept {
    ($name:expr, $picture:expr) => {
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, $picture);
        })
    };
}

#[test]
fn large_windows() {
    for (name, view) in all() {
        kept!(format!("{name}-80x24"), picture(&view, 80, 24));
    }
}

#[test]
fn compact_windows() {
    for (name, view) in all() {
        kept!(format!("{name}-40x15"), picture(&view, 40, 15));
    }
}

#[test]
fn tiny_windows() {
    let all: Vec<String> = all().iter().map(|(name, view)| format!("{name}\n{}", picture(view, 20, 5))).collect();
    kept!("all-20x5", all.join("\n"));
}

#[test]
fn one_line() {
    let all: Vec<String> = all().iter().map(|(_, view)| picture(view, 19, 1)).collect();
    kept!("all-19x1", all.join("\n"));
}

#[test]
fn every_direction_has_its_arrow() {
    for (name, direction) in [
        ("up-down", Direction::UpDown),
        ("diagonal", Direction::Diagonal),
        ("other-diagonal", Direction::OtherDiagonal),
    ] {
        kept!(format!("rolling-{name}-80x24"), picture(&rolling(direction, "0:06"), 80, 24));
    }
}

#[test]
fn more_room_is_left_empty_and_digits_grow() {
    kept!("question-130x30", picture(&question(), 130, 30));
    kept!("rolling-120x36", picture(&rolling(Direction::SideToSide, "0:14"), 120, 36));
    kept!("move-120x36", picture(&moving(), 120, 36));
}

#[test]
fn a_rehearsal_says_so() {
    let view = rehearsal(rolling(Direction::SideToSide, "0:14"));
    let sizes = [(80, 24), (40, 15), (20, 5), (20, 2), (19, 1)];
    let all = sizes.map(|(width, height)| picture(&view, width, height).lines().take(3).collect::<Vec<_>>().join("\n"));
    kept!("rehearsal-heads", all.join("\n"));
}

#[test]
fn a_word_about_the_last_key_is_read_to_its_end() {
    let sizes = [(80, 24), (40, 15), (20, 7)];
    let all = sizes.map(|(width, height)| picture(&noticed(question()), width, height));
    kept!("notice", all.join("\n"));
}
