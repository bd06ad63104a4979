//! Cues: what reaches a person whose hands are busy, by ear and through the terminal. Nothing here can delay a session
//! or make it fail.

pub mod event_command;
pub mod inhibitor;
pub mod jobs;
pub mod notification;
pub mod notifier;
mod output;
pub mod programs;
pub mod text;
pub mod title;
pub mod voice;

pub use notifier::{Channels, Notifier};
