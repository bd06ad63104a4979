//! Whole screens, drawn from views made by hand after the design's drawings: how they look, that no size of window
//! breaks them, and that what they say was seen was seen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "ui/canary.rs"]
mod canary;
#[path = "ui/fixture.rs"]
mod fixture;
#[path = "ui/later.rs"]
mod later;
#[path = "ui/screens.rs"]
mod screens;
#[path = "ui/seen.rs"]
mod seen;
#[path = "ui/sizes.rs"]
mod sizes;
#[path = "ui/styles.rs"]
mod styles;
#[path = "ui/ticks.rs"]
mod ticks;
