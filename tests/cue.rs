//! Cues at the edge: commands that hang, fail, flood or leave children behind, the bytes for terminals, and a screen that
//! is kept on.
#![cfg(unix)]

mod awake;
mod bench;
mod errand;
mod hook;
mod last;
mod notice;
mod title;
mod voice;
