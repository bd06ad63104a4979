//! The rules of a session stated a second time, and held against the engine: a monitor that works out by itself, from
//! events and clocks alone, exactly what is taken and what is refused, and what must be so afterwards. The engine is
//! the real one, on a small protocol: eight questions with all five consequences, five sections by two strokes, every
//! time one or two ticks. In every state every event is tried, legal or not; what is refused must change nothing at
//! all, private fields included; from every state a closed record can be reached.
//!
//! The whole product is too large, so it is explored in parts, each complete for what it says:
//!
//! - `scopes::gate`: the way to the last key. Answers are told apart by what they do (no, stops, lets pass); `?`, every
//!   order, every age of answers and soak, three bands of needle, every way of soaking. It ends at the last key.
//! - `lists`: every class of answer (each side of each limit, each set of sections, each way of not being sure), all
//!   combinations of them that can bear on each other; the order of answering is left to the gate.
//! - `scopes::rolling`: from the last touch to the end for each of the 31 sets of sections that a list can leave open,
//!   with halts, crashes, swaps of the roller and the way back through the gate. Sleep, stalls, needles above the
//!   limit and other ways through the gate are tried and watched in every state, but not followed further. Of a section that is over and cannot be taken up again only that is told apart.
//! - `scopes::barred`: two rollers and what bars one, from the beginning to the end, with one section.
//! - `scopes::carried_over`: going on under another protocol.
//!
//! `COUNTS=full cargo test --release -p dermaroll-engine` explores all of it; the normal run one question and one section.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

#[allow(dead_code, reason = "nothing is skipped here")]
#[path = "../../../../tests/support/counts.rs"]
mod counts;
mod explore;
mod key;
mod lists;
mod monitor;
mod scopes;
mod world;
