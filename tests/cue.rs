//! Cues at the edge: commands that hang, fail, flood or leave children behind, the bytes for terminals, and a screen that
//! is kept on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![cfg(unix)]

#[path = "cue/awake.rs"]
mod awake;
#[path = "cue/bench.rs"]
mod bench;
#[path = "cue/errand.rs"]
mod errand;
#[path = "cue/hook.rs"]
mod hook;
#[path = "cue/last.rs"]
mod last;
#[path = "cue/notice.rs"]
mod notice;
#[path = "cue/title.rs"]
mod title;
#[path = "cue/voice.rs"]
mod voice;
