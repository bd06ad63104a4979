//! The README's picture is the one that the program draws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "../examples/picture.rs"]
#[allow(dead_code, unreachable_pub, reason = "its main is the example's")]
mod picture;

#[test]
fn the_rolling_picture_is_not_stale() {
    let drawn = picture::rolling();
    let kept = std::fs::read_to_string("docs/pictures/rolling.svg").expect("docs/pictures/rolling.svg is kept");
    assert!(
        drawn == kept,
        "the rolling screen has changed. Draw it anew, and look at it:\n\
         cargo run --example picture > docs/pictures/rolling.svg"
    );
}

#[test]
fn the_picture_is_the_same_every_time() {
    assert_eq!(picture::rolling(), picture::rolling());
}
