//! Text from outside on every way out: whatever stands in a file, a name, an argument or the environment, nothing
//! leaves for a terminal but characters that can be seen, and line breaks of the program's own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

#[path = "../fuzz/src/lib.rs"]
#[allow(dead_code, reason = "the second opinion on hidden characters, and the seals of a record")]
mod bodies;
mod support;
#[path = "text/canary.rs"]
mod canary;
#[path = "text/payloads.rs"]
mod payloads;
#[path = "text/printed.rs"]
mod printed;
#[path = "text/screens.rs"]
mod screens;
