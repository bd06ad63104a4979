//! The record under faults: every call to the disk fails once, fails for good, is cut short, or is the last one before
//! a power cut. `COUNTS=full cargo test --release --test suite faults::` runs all of it.

mod crash;
mod image;
mod kill;
mod faulty_disk;
mod limit;
mod script;
mod power;
mod shown;
mod sweep;
mod writer;
