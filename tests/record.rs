//! The records on disk: what is written, what is read back from sound, torn and damaged files, and how the files
//! are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(unreachable_pub, reason = "the support room is shared")]

#[path = "record/disk.rs"]
mod disk;
#[path = "record/fixture.rs"]
mod fixture;
#[path = "record/gate.rs"]
mod gate;
#[path = "record/deleted.rs"]
mod deleted;
#[path = "record/harm.rs"]
mod harm;
#[path = "record/past.rs"]
mod past;
#[path = "record/places.rs"]
mod places;
#[path = "record/shown.rs"]
mod shown;
mod support;
#[path = "record/wire.rs"]
mod wire;
