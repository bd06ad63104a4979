//! dermaroll: a guided dermarolling session in a terminal. The engine, the records and what differs between systems are
//! packages of their own (crates/); this is the program around them.

pub mod content;
pub mod cues;
pub mod exit;
pub mod line_mode;
pub mod tui;
// Last, since the command line uses all of the above.
pub mod cli;
#[cfg(test)]
#[path = "../tests/support/schemas.rs"]
mod schemas;
