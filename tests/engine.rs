//! Every transition of the engine, as scripts against a hand-moved clock.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

#[path = "engine/play.rs"]
mod play;

#[path = "engine/after.rs"]
mod after;
#[path = "engine/away.rs"]
mod away;
#[path = "engine/clicker.rs"]
mod clicker;
#[path = "engine/fitness.rs"]
mod fitness;
#[path = "engine/halts.rs"]
mod halts;
#[path = "engine/list.rs"]
mod list;
#[path = "engine/resuming.rs"]
mod resuming;
#[path = "engine/rolling.rs"]
mod rolling;
#[path = "engine/soak.rs"]
mod soak;
