//! The record under faults: every call to the disk fails once, fails for good, is cut short, or is the last one before
//! a power cut. `COUNTS=full cargo test --release --test faults` runs all of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(unreachable_pub, reason = "the support room is shared")]

#[path = "faults/crash.rs"]
mod crash;
#[path = "record/fixture.rs"]
mod fixture;
#[path = "faults/image.rs"]
mod image;
#[path = "faults/kill.rs"]
mod kill;
#[path = "faults/layer.rs"]
mod layer;
#[path = "faults/limit.rs"]
mod limit;
#[path = "faults/play.rs"]
mod play;
#[path = "faults/power.rs"]
mod power;
#[path = "faults/shown.rs"]
mod shown;
mod support;
#[path = "faults/sweep.rs"]
mod sweep;
#[path = "faults/writer.rs"]
mod writer;
