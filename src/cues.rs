//! Cues at the edge: what reaches a person whose hands are busy, by ear and through the terminal. Nothing in here can
//! delay a session or make it fail.

pub mod announce;
pub mod awake;
pub mod caller;
pub mod errand;
pub mod hook;
pub mod notice;
pub mod shipped;
pub mod title;
pub mod voice;

mod ear;

pub use caller::{Caller, Means};
