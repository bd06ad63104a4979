//! The records on disk: what is written, what is read back from sound, torn and damaged files, and how the files
//! are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "record/disk.rs"]
mod disk;
#[path = "record/fixture.rs"]
mod fixture;
#[path = "record/harm.rs"]
mod harm;
#[path = "record/past.rs"]
mod past;
#[path = "record/wire.rs"]
mod wire;
