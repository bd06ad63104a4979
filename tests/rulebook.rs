//! The safety model: the real engine on a small protocol, explored as far as it goes, beside a monitor that works
//! out by itself what may happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "support/counts.rs"]
#[allow(dead_code, unreachable_pub)]
mod counts;
#[path = "rulebook/explore.rs"]
mod explore;
#[path = "rulebook/monitor.rs"]
mod monitor;
#[path = "rulebook/scopes.rs"]
mod scopes;
#[path = "rulebook/world.rs"]
mod world;
