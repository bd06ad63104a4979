//! Scripted keys and a hand clock through whole sessions; every screen whole, at two sizes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "walkthrough/cursor.rs"]
mod cursor;
#[path = "walkthrough/guards.rs"]
mod guards;
#[path = "walkthrough/held.rs"]
mod held;
#[path = "walkthrough/mirror.rs"]
mod mirror;
#[path = "walkthrough/named.rs"]
mod named;
#[path = "walkthrough/paging.rs"]
mod paging;
#[path = "walkthrough/screens.rs"]
mod screens;
#[path = "walkthrough/scripts.rs"]
mod scripts;
