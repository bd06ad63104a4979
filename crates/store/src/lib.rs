//! What is kept of dermarolling sessions: records, rollers and serums, notes that follow, history and exports. One
//! writer, one reader; nothing in here prints or draws.
#![warn(missing_docs)]

pub mod calendar;
pub mod export;
pub mod gather;
pub mod keeper;
pub mod known;
pub mod record;
pub mod visible;
#[cfg(test)]
#[path = "../../../tests/support/schemas.rs"]
mod schemas;
