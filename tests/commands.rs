//! The commands that ask nothing: rollers, due, later notes, sessions from paper. Run as the real program without a
//! terminal; the arithmetic of days also by itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "record/fixture.rs"]
#[allow(dead_code)]
mod fixture;

#[path = "commands/astray.rs"]
mod astray;
#[path = "commands/copies.rs"]
mod copies;
#[path = "commands/damage.rs"]
mod damage;
#[path = "commands/days.rs"]
mod days;
#[path = "commands/due.rs"]
mod due;
#[path = "commands/hidden.rs"]
mod hidden;
#[path = "commands/house.rs"]
mod house;
#[path = "commands/log.rs"]
mod log;
#[path = "commands/mistakes.rs"]
mod mistakes;
#[path = "commands/note.rs"]
mod note;
#[path = "commands/places.rs"]
mod places;
#[path = "commands/pages.rs"]
mod pages;
#[path = "commands/profiles.rs"]
mod profiles;
#[path = "commands/roller.rs"]
mod roller;
#[path = "commands/serum.rs"]
mod serum;
#[path = "commands/sync.rs"]
mod sync;
#[path = "commands/typed.rs"]
mod typed;
#[path = "commands/unknown.rs"]
mod unknown;
#[path = "commands/dash.rs"]
mod dash;
#[path = "commands/unprinted.rs"]
mod unprinted;
#[path = "commands/windows.rs"]
mod windows;
#[path = "commands/writing.rs"]
mod writing;
