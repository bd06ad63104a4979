//! What is done with a bad input, once for libFuzzer (`fuzz/fuzz_targets`) and once for the normal test run
//! (`tests/fuzz.rs`).

pub mod bytes;
pub mod config;
pub mod keys;
pub mod protocol;
pub mod record;
pub mod small;
pub mod text;
pub mod safety_monitor;
pub mod wrap;

/// A target: its name, which is that of its seeds' folder, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 7] = [
    ("record", record::run),
    ("config", config::run),
    ("protocol", protocol::run),
    ("keys", keys::run),
    ("small", small::run),
    ("wrap", wrap::run),
    ("bytes", bytes::run),
];
