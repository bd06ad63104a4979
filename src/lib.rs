//! dermaroll: a guided dermarolling session in a terminal. The engine, the records and what differs from
//! system to system are packages of their own (crates/); here is the program around them.

pub mod content;
pub mod cues;
pub mod exit;
pub mod line_mode;
pub mod tui;
// Last: the command line puts all of it together.
pub mod cli;
#[cfg(test)]
#[path = "../tests/support/schemas.rs"]
mod schemas;
