//! What dermaroll keeps on disk: session records, rollers and serums, follow-ups, and what is made from them: the
//! history, the exports, and what a session has to know at its start. Nothing here prints or draws.
#![warn(missing_docs)]

pub mod calendar;
pub mod cue_memory;
pub mod export;
pub mod json;
pub mod record;
pub mod recorder;
pub mod sanitise;
pub mod startup;
#[cfg(test)]
#[path = "../../../tests/support/schemas.rs"]
mod schemas;
