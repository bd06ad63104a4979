//! The safety model: the real engine explored breadth first, every event tried in every state it can reach, with a
//! monitor beside it that works out from the raw events alone what may be rolled. Events that are refused must change
//! nothing; from every state a way leads to a closed record.
//!
//! Two explorations, since the product of both would only be larger, not deeper:
//!
//! - **the gate**: eight questions with all five consequences, answered in any order and any way that makes a
//!   difference, three rollers, every way of soaking, up to the last key. Time is told apart as before and after the
//!   contact time and the age of answers.
//! - **the rolling**: five sections by two strokes, with all of them allowed, all but each one, and each one alone,
//!   from the last key to the end, with halts, sleep, stalls, crashes and the way back through the gate once the
//!   session is stale. Time passes in seconds of a protocol whose strokes take two. Of a section that is behind, only whether it was
//!   begun is told apart.
//!
//! The normal run explores a gate of three questions and one section by one stroke;
//! `COUNTS=full cargo test --release --test model` all of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "support/counts.rs"]
#[allow(dead_code, unreachable_pub)]
mod counts;
#[path = "model/explore.rs"]
mod explore;
#[path = "model/gate.rs"]
mod gate;
#[path = "model/monitor.rs"]
mod monitor;
#[path = "model/moves.rs"]
mod moves;
#[path = "model/rolling.rs"]
mod rolling;
#[path = "model/small.rs"]
mod small;
